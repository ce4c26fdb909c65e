"""What the model says: the top class in large, the best ones as bars, and the same in words for screen readers."""

from __future__ import annotations

from PySide6.QtCore import Property, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from cnnviewer.core.counting import counted
from cnnviewer.core.inspection.records import Prediction
from cnnviewer.core.percent_number import percent_number
from cnnviewer.core.wording import Words
from cnnviewer.ui.widgets.class_words import class_word
from cnnviewer.ui.widgets.language import worded
from cnnviewer.ui.widgets.plain_text import tool_tip
from cnnviewer.ui.widgets.probability_bars import ProbabilityBars
from cnnviewer.ui.widgets.shown_icon import show_icon
from cnnviewer.ui.widgets.text_button import TextButton
from cnnviewer.ui.widgets.translated import Translated
from cnnviewer.ui.window.input.predicted_class import PredictedClass, unfamiliar_text

BEST = 5
"""Bars that are shown until all classes are asked for."""

_SPOKEN = 3
_ANNOUNCE_AFTER_MS = 700


class _BarsArea(QScrollArea):
    """As high as the bars want, and lower where there is no room: then they scroll."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)

    def sizeHint(self) -> QSize:
        bars = self.widget()
        return bars.sizeHint() if bars is not None else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        return QSize(60, 24)


class PredictionView(Translated, QWidget):
    """The top class, and the five most likely ones as bars, best first; all classes on request.

    All classes stand in class order, where they are steady to watch, or best first.
    Qt properties: `ranking`, a list of `(class, probability)`, best first, empty without an image; `bestFirst`.

    Signals:
        best_first_changed: the user chose the other order of all classes; worth remembering.
        as_it_is_requested: the picture shall not be prepared as a digit.
        class_selected: name of the class whose bar was clicked: why is it so likely?
        changed: another prediction is shown.
        rows_changed: five rows, or all of them.
    """

    best_first_changed = Signal(bool)
    as_it_is_requested = Signal()
    class_selected = Signal(str)
    changed = Signal()
    rows_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("predictionView")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._prediction = Prediction()
        self._truth: str | None = None
        self._refusal: Words = ""
        self._words = ""
        self._unfamiliar = 0
        self.predicted_class = PredictedClass(self)
        self.bars = ProbabilityBars(self)
        self.bars.class_selected.connect(self.class_selected)
        self.bars.set_choosable()
        self.all_button = TextButton("allClassesButton", self, is_link=True)
        self.all_button.setCheckable(True)
        self.all_button.toggled.connect(self._on_all_toggled)
        self.as_it_is_button = TextButton("readAsItIsButton", self, is_link=True)
        self.as_it_is_button.clicked.connect(self.as_it_is_requested)
        self.as_it_is_button.hide()
        self.order_button = QToolButton(self)
        self.order_button.setObjectName("rankingOrderButton")
        self.order_button.setCheckable(True)
        self.order_button.setProperty("flat", True)
        self.order_button.setProperty("small", True)
        show_icon(self.order_button, "ranked", "muted")
        self.order_button.toggled.connect(self._on_order_toggled)
        self._scroll = _BarsArea(self)
        self._scroll.setWidget(self.bars)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.viewport().setAutoFillBackground(False)
        self.bars.setAutoFillBackground(False)
        self.foot = QHBoxLayout()
        self.foot.setSpacing(4)
        self.foot.addWidget(self.all_button)
        self.foot.addWidget(self.order_button)
        self.foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.predicted_class)
        column.addWidget(self._scroll, 100)
        column.addWidget(self.as_it_is_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(self.foot)
        column.addStretch(1)
        # a screen reader hears where the bars came to rest, not every frame of a stroke
        self._announce = QTimer(self)
        self._announce.setSingleShot(True)
        self._announce.setInterval(_ANNOUNCE_AFTER_MS)
        self._announce.timeout.connect(self._speak)
        self._arrange_bars()
        self.retranslate()

    # -- what others ask and tell -------------------------------------------------------------------------------

    def _get_ranking(self) -> list[tuple[str, float]]:
        return list(self._prediction.ranking)

    ranking = Property(list, _get_ranking)

    @property
    def truth(self) -> str | None:
        """The image's label where it is known."""
        return self._truth

    def set_prediction(
        self, prediction: Prediction, truth: str | None = None, refusal: Words = "", readable_as_it_is: bool = False
    ) -> None:
        """Show `prediction`; `truth` is the image's label where it is known.

        An empty ranking: there is no image, or `refusal` says why it cannot be looked at; `readable_as_it_is`: a
        picture that could not be prepared as a digit can be read without.
        """
        if prediction.ranking and not {name for name, _ in prediction.ranking} <= set(self.bars.classes):
            self.set_classes(tuple(name for name, _ in prediction.ranking))
        self._prediction, self._truth, self._refusal = prediction, truth, refusal
        self.predicted_class.set_prediction(prediction, truth, refusal)
        self._show_notice()
        self.bars.set_prediction(prediction, truth)
        self.predicted_class.repaint()  # the bars with it, at once: whoever draws looks here
        self.as_it_is_button.setVisible(readable_as_it_is)
        self._update_words()
        self.changed.emit()

    def set_unfamiliar(self, classes: int, score: float = 0.0, threshold: float = 0.0) -> None:
        """Say that the image looks like none of so many classes, by this score; 0: it looks like one."""
        detail = ""
        if classes:
            detail = self.tr(
                "Its score {score} is above the threshold {threshold}: the model never learned from images like this, "
                "so its probabilities mean little here. See Evaluate, Calibration."
            ).format(score=f"{score:.2f}", threshold=f"{threshold:.2f}")
        self.predicted_class.set_unfamiliar(classes, detail)
        if classes != self._unfamiliar:
            self._unfamiliar = classes
            self._update_words()

    def set_classes(self, classes: tuple[str, ...]) -> None:
        """The model's classes in the order of its outputs."""
        before = len(self.bars.classes)
        self.bars.set_classes(classes)
        if len(classes) != before:
            self._scroll.updateGeometry()
            self._show_all_text()

    def set_motion(self, on: bool) -> None:
        """Whether bars glide to new values or jump."""
        self.bars.set_motion(on)

    @property
    def shows_all(self) -> bool:
        """Whether every class has a bar."""
        return self.all_button.isChecked()

    def set_all(self, on: bool) -> None:
        """A bar for every class, or for the best five."""
        self.all_button.setChecked(on)

    def _get_best_first(self) -> bool:
        return self.order_button.isChecked()

    def set_best_first(self, on: bool) -> None:
        """All classes best first, or in class order."""
        self.order_button.setChecked(on)

    bestFirst = Property(bool, _get_best_first, set_best_first)  # noqa: N815 - a Qt property's name

    def accessibleDescription(self) -> str:
        """The prediction in words, always the current one."""
        return self._words

    def height_for_rows(self, rows: int) -> int:
        """What the whole needs for so many rows of bars at least, in pixels."""
        foot = max(self.all_button.sizeHint().height(), self.order_button.sizeHint().height())
        return self.predicted_class.sizeHint().height() + self.bars.height_for(rows) + foot + 8

    def retranslate(self) -> None:
        """Set all texts in the current language."""
        self.setAccessibleName(self.tr("Prediction"))
        self.order_button.setAccessibleName(self.tr("Sort by probability"))
        self.order_button.setToolTip(self.tr("Sort the bars by probability instead of by class"))
        self.as_it_is_button.setText(self.tr("Read it as it is"))
        self.as_it_is_button.setAccessibleName(self.as_it_is_button.text())
        self.as_it_is_button.setToolTip(tool_tip(self.tr("Do not prepare the picture as a digit")))
        self.bars.setAccessibleName(self.tr("Probabilities of the classes"))
        self._show_all_text()
        self._show_notice()
        self._update_words()

    def _show_all_text(self) -> None:
        count = len(self.bars.classes)
        if self.shows_all:
            text, tip = self.tr("Best five"), self.tr("Show only the five most likely classes")
        else:
            text = self.tr("All ten classes") if count == 10 else self.tr("All {count:class|classes}")
            text, tip = counted(text, count=f"{count:,}"), self.tr("Show a bar for every class")
        self.all_button.setText(text)
        self.all_button.setAccessibleName(text)
        self.all_button.setToolTip(tool_tip(tip))
        self.all_button.setVisible(count > BEST)

    def _show_notice(self) -> None:
        self.bars.set_notice("" if self._prediction.ranking else worded(self._refusal))

    # -- words --------------------------------------------------------------------------------------------------

    def _update_words(self) -> None:
        words = self._sentence()
        if words != self._words:
            self._words = words
            self._announce.start()

    def _sentence(self) -> str:
        ranking = self._prediction.ranking
        if not ranking:
            return worded(self._refusal) or self.tr("No prediction: there is no image.")
        parts = [
            self.tr("{name} with {percent}").format(name=class_word(ranking[0][0]), percent=self._spoken(ranking[0][1]))
        ]
        parts += [
            self.tr("then {name} with {percent}").format(name=class_word(name), percent=self._spoken(probability))
            for name, probability in ranking[1:_SPOKEN]
        ]
        sentence = ", ".join(parts) + "."
        if self._truth is None:
            return f"{sentence} {unfamiliar_text(self._unfamiliar)}" if self._unfamiliar else sentence
        sentence = f"{sentence} " + self.tr("The true class is {label}.").format(label=class_word(self._truth))
        if not self._prediction.can_answer(self._truth):
            return sentence
        return f"{sentence} " + (self.tr("Correct.") if self._truth == ranking[0][0] else self.tr("Wrong."))

    def _spoken(self, probability: float) -> str:
        return self.tr("{number} percent").format(number=percent_number(probability))

    def _speak(self) -> None:
        self.setAccessibleDescription(self._words)  # tells the platform that the description changed
        if self.isVisible() and QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self._words))

    # -- Qt -----------------------------------------------------------------------------------------------------

    def _arrange_bars(self) -> None:
        shows_all = self.shows_all
        self.order_button.setVisible(shows_all)
        self.bars.set_most(None if shows_all else BEST)
        self.bars.set_best_first(self.order_button.isChecked() or not shows_all)
        self._scroll.updateGeometry()

    def _on_all_toggled(self, _on: bool) -> None:
        self._arrange_bars()
        self._show_all_text()
        self.rows_changed.emit()

    def _on_order_toggled(self, on: bool) -> None:
        self._arrange_bars()
        self.best_first_changed.emit(on)
