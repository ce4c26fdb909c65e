"""Which class is asked about, and against which other one."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QWidget

from cnnviewer.ui.widgets.calm import CalmCombo
from cnnviewer.ui.widgets.class_words import class_word
from cnnviewer.ui.widgets.plain_text import PlainLabel, tool_tip
from cnnviewer.ui.widgets.translated import Translated
from cnnviewer.ui.widgets.wrapping_row import WrappingRow

AUTOMATIC, NONE = -1, -2
_LETTERS, _MOST_LETTERS = 8, 16  # of the name of a class with what it is, at least and at most
_SPARE = 14  # pixels that a field has beside its letters
_EDGES = 24  # pixels beside a text in a list


class QuestionRow(Translated, QWidget):
    """Two lists of the classes.

    Signals:
        target_chosen: index of a class; -1: the predicted one.
        against_chosen: index of another class; -1: the true one where the answer is wrong, -2: none.
    """

    target_chosen = Signal(int)
    against_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._classes: tuple[str, ...] = ()
        self._asked: tuple[int, int | None] | None = None
        self._labels = PlainLabel(self), PlainLabel(self)
        self._target, self._against = CalmCombo(self), CalmCombo(self)
        row = WrappingRow(self)
        for label, combo, name in zip(
            self._labels, (self._target, self._against), ("whyTargetCombo", "whyAgainstCombo"), strict=True
        ):
            combo.setObjectName(name)
            combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            combo.setMinimumContentsLength(_LETTERS)
            label.setProperty("role", "title")
            label.setBuddy(combo)
            row.add_together(label, combo)
        self._target.activated.connect(self._on_target)
        self._against.activated.connect(self._on_against)
        self.retranslate()

    @property
    def target(self) -> str:
        """Name of the class asked about; empty without one."""
        return self._classes[self._asked[0]] if self._asked is not None else ""

    @property
    def sentence(self) -> str:
        """The question in words."""
        if self._asked is None:
            return self.tr("Why this answer?")
        target, against = self._asked
        name = class_word(self._classes[target])
        if against is None:
            return self.tr("Why {name}?").format(name=name)
        return self.tr("Why {name} and not {other}?").format(name=name, other=class_word(self._classes[against]))

    def set_classes(self, classes: tuple[str, ...]) -> None:
        """The classes in the order of the model's outputs."""
        self._classes, self._asked = classes, None
        self._fill()

    def set_question(self, target: int, against: int | None, target_choice: int, against_choice: int) -> None:
        """What is asked, and as what it was chosen."""
        self._asked = target, against
        for combo, choice in ((self._target, target_choice), (self._against, against_choice)):
            with QSignalBlocker(combo):
                combo.setCurrentIndex(combo.findData(choice))
        if against is None:  # it says what is explained, also where there is no true class, or the answer is correct
            with QSignalBlocker(self._against):
                self._against.setCurrentIndex(self._against.findData(NONE))
        self._name_automatic()

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
