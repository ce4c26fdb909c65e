"""The question: which class is asked about, and against which other one."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QSignalBlocker, QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QWidget

from cnnviewer.ui.widgets.calm import CalmCombo
from cnnviewer.ui.widgets.class_words import class_word
from cnnviewer.ui.widgets.plain_text import PlainLabel, caption, elided, tool_tip
from cnnviewer.ui.widgets.popover_button import PopoverButton
from cnnviewer.ui.widgets.translated import Translated

AUTOMATIC, NONE = -1, -2
_LETTERS, _MOST_LETTERS = 8, 16  # of the name of a class with what it is, at least and at most
_SPARE = 14  # pixels that a field has beside its letters
_EDGES = 24  # pixels beside a text in a list


class QuestionButton(Translated, PopoverButton):
    """The question in words; its popover has two lists of the classes.

    Signals:
        target_chosen: index of a class; -1: the predicted one.
        against_chosen: index of another class; -1: the true one where the answer is wrong, -2: none.
    """

    target_chosen = Signal(int)
    against_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("whyQuestionButton", parent)
        self.setProperty("question", True)
        self.setMinimumWidth(60)
        self._classes: tuple[str, ...] = ()
        self._asked: tuple[int, int | None] | None = None
        self._labels = PlainLabel(), PlainLabel()
        self._target, self._against = CalmCombo(), CalmCombo()
        for label, combo, name in zip(
            self._labels, (self._target, self._against), ("whyTargetCombo", "whyAgainstCombo"), strict=True
        ):
            combo.setObjectName(name)
            combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            combo.setMinimumContentsLength(_LETTERS)
            self.add_row(label, combo)
        self._target.activated.connect(self._on_target)
        self._against.activated.connect(self._on_against)
        self.retranslate()

    @property
    def target(self) -> str:
        """Name of the class asked about; empty without one."""
        return self._classes[self._asked[0]] if self._asked is not None else ""

    @property
    def names(self) -> tuple[str, str]:
        """Both classes as they are called here; empty without one."""
        if self._asked is None:
            return "", ""
        target, against = self._asked
        return class_word(self._classes[target]), "" if against is None else class_word(self._classes[against])

    @property
    def sentence(self) -> str:
        """The question in words."""
        if self._asked is None:
            return self.tr("Why this answer?")
        name, other = self.names
        text = self.tr("Why {name} and not {other}?") if other else self.tr("Why {name}?")
        return text.format(name=name, other=other)

    def set_classes(self, classes: tuple[str, ...]) -> None:
        """The classes in the order of the model's outputs."""
        self._classes, self._asked = classes, None
        self._fill()

    def set_question(self, target: int, against: int | None, target_choice: int, against_choice: int) -> None:
        """What is asked, and as what it was chosen."""
        self._asked = target, against
        self.setEnabled(True)
        for combo, choice in ((self._target, target_choice), (self._against, against_choice)):
            with QSignalBlocker(combo):
                combo.setCurrentIndex(combo.findData(choice))
        if against is None:  # it says what is explained, also where there is no true class, or the answer is correct
            with QSignalBlocker(self._against):
                self._against.setCurrentIndex(self._against.findData(NONE))
        self._name_automatic()
        self._say()

    def set_nothing(self) -> None:
        """There is no answer to ask about."""
        self._asked = None
        self.setEnabled(False)
        self._name_automatic()
        self._say()

    def _fill(self) -> None:
        for combo, special in ((self._target, (AUTOMATIC,)), (self._against, (AUTOMATIC, NONE))):
            chosen = combo.currentData()
            with QSignalBlocker(combo):
                combo.clear()
                for choice in special:
                    combo.addItem("", choice)
                for index, name in enumerate(self._classes):
                    combo.addItem(class_word(name), index)
                combo.setCurrentIndex(max(0, combo.findData(chosen)))
        self._name_automatic()
        self._make_room()
        self._say()

    def _say(self) -> None:
        self.show_words(self.sentence)
        self.updateGeometry()
        self._fit()

    def _fit(self) -> None:
        """Leave out what has no room of long names; the tool tip has all."""
        whole = f"{caption(self.sentence)} ▾"
        over = self._wide(whole) - self.width()
        metrics = self.fontMetrics()
        room = metrics.horizontalAdvance(whole) - max(0, over) - metrics.horizontalAdvance(" ▾")
        self.setText(f"{elided(metrics, caption(self.sentence), room)} ▾" if over > 0 else whole)

    def _wide(self, text: str) -> int:
        """Pixels that the button needs for a text."""
        metrics = self.fontMetrics()
        return super().sizeHint().width() + metrics.horizontalAdvance(text) - metrics.horizontalAdvance(self.text())

    def sizeHint(self) -> QSize:
        """As wide as the whole question."""
        return QSize(self._wide(f"{caption(self.sentence)} ▾"), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """The question gives way."""
        return QSize(self.minimumWidth(), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More or less fits."""
        super().resizeEvent(event)
        self._fit()

    def _make_room(self) -> None:
        """As wide as the longest name of a class asks for: the same for every image."""
        longest = max(map(class_word, self._classes), key=len, default="")
        texts = self.tr("{name}, predicted"), self.tr("{name}, true class")
        for combo, text in zip((self._target, self._against), texts, strict=True):
            metrics = combo.fontMetrics()
            wide = metrics.horizontalAdvance(text.format(name=longest)) - _SPARE
            letters = ceil(wide / metrics.horizontalAdvance("X"))
            combo.setMinimumContentsLength(min(_MOST_LETTERS, max(_LETTERS, letters)))
            combo.view().setMinimumWidth(combo.view().sizeHintForColumn(0) + _EDGES)

    def _name_automatic(self) -> None:
        """Say what the automatic choices are now."""
        if not self._target.count():
            return
        automatic = self._target.currentData() == AUTOMATIC and self._asked is not None
        name = class_word(self._classes[self._asked[0]]) if automatic and self._asked is not None else ""
        self._target.setItemText(0, self.tr("{name}, predicted").format(name=name) if name else self.tr("predicted"))
        other = self._asked[1] if self._asked is not None and self._against.currentData() == AUTOMATIC else None
        self._against.setItemText(
            0,
            self.tr("{name}, true class").format(name=class_word(self._classes[other]))
            if other is not None
            else self.tr("true class if wrong"),
        )
        self._against.setItemText(1, self.tr("none"))

    def _on_target(self, index: int) -> None:
        self.target_chosen.emit(self._target.itemData(index))

    def _on_against(self, index: int) -> None:
        self.against_chosen.emit(self._against.itemData(index))

    def retranslate(self) -> None:
        """Set every text in the window's language."""
        self.setToolTip(tool_tip(self.tr("Ask about another class, or about one class against another")))
        self._labels[0].setText(self.tr("Why"))
        self._labels[1].setText(self.tr("and not"))
        self._target.setAccessibleName(self.tr("Class asked about"))
        self._target.setToolTip(tool_tip(self.tr("The logit of this class is explained, not its probability")))
        self._against.setAccessibleName(self.tr("Compared with"))
        self._against.setToolTip(
            tool_tip(
                self.tr(
                    "With another class the difference of the two logits is explained. “True class” is the image's own "
                    "class, where it is known and the answer is wrong."
                )
            )
        )
        self._fill()
