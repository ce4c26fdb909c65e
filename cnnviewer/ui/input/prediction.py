"""What the model says: the winner in large, every class as a bar, and the same in words for those who listen."""

from __future__ import annotations

from PySide6.QtCore import Property, QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from cnnviewer.core.inspection.records import Prediction
from cnnviewer.ui.input.bars import ProbabilityBars
from cnnviewer.ui.input.icons import icon
from cnnviewer.ui.input.percent import percent
from cnnviewer.ui.input.verdict import Verdict
from cnnviewer.ui.theme import theme

_SPOKEN = 3
_ANNOUNCE_AFTER_MS = 700


class PredictionView(QWidget):
    """The ranked classes. Bars stand in class order, where they are steady to watch, or best first.

    Qt properties: `ranking`, a list of `(class, probability)`, best first, empty without an image; `bestFirst`.

    Signals:
        best_first_changed: the person chose the other order; worth remembering.
        class_selected: name of the class whose bar was clicked: why is it so likely?
    """

    best_first_changed = Signal(bool)
    class_selected = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("predictionView")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._prediction = Prediction()
        self._truth: str | None = None
        self._words = ""
        self.verdict = Verdict(self)
        self.bars = ProbabilityBars(self)
        self.bars.class_selected.connect(self.class_selected)
        self.order_button = QToolButton(self)
        self.order_button.setObjectName("rankingOrderButton")
        self.order_button.setCheckable(True)
        self.order_button.setProperty("flat", True)
        self.order_button.setIconSize(QSize(16, 16))
        self.order_button.toggled.connect(self._on_order_toggled)
        self._scroll = QScrollArea(self)
        self._scroll.setWidget(self.bars)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.viewport().setAutoFillBackground(False)
        self.bars.setAutoFillBackground(False)
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(self.verdict, 1)
        head.addWidget(self.order_button, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self._scroll, 1)
        # a screen reader hears where the bars came to rest, not every frame of a stroke
        self._announce = QTimer(self)
        self._announce.setSingleShot(True)
        self._announce.setInterval(_ANNOUNCE_AFTER_MS)
        self._announce.timeout.connect(self._speak)
        theme().changed.connect(self._on_theme_changed)
        self._on_theme_changed()
        self.retranslate()

    # -- what others ask and tell -------------------------------------------------------------------------------

    def _get_ranking(self) -> list[tuple[str, float]]:
        return list(self._prediction.ranking)

    ranking = Property(list, _get_ranking)

    def set_prediction(self, prediction: Prediction, truth: str | None = None) -> None:
        """Show `prediction`; `truth` is the image's label where it is known. An empty ranking: there is no image."""
        if prediction.ranking and not {name for name, _ in prediction.ranking} <= set(self.bars.classes):
            self.bars.set_classes(tuple(name for name, _ in prediction.ranking))
        self._prediction, self._truth = prediction, truth
        self.verdict.set_prediction(prediction, truth)
        self.bars.set_prediction(prediction, truth)
        self._update_words()

    def set_classes(self, classes: tuple[str, ...]) -> None:
        """The model's classes in the order of its outputs."""
        self.bars.set_classes(classes)

    def set_motion(self, on: bool) -> None:
        """Whether bars glide to new values or jump."""
        self.bars.set_motion(on)

    def _get_best_first(self) -> bool:
        return self.order_button.isChecked()

    def set_best_first(self, on: bool) -> None:
        """Bars best first, or in class order."""
        self.order_button.setChecked(on)

    bestFirst = Property(bool, _get_best_first, set_best_first)  # noqa: N815 - a Qt property's name

    def accessibleDescription(self) -> str:
        """The prediction in words, always the current one."""
        return self._words

    def retranslate(self) -> None:
        """Set all texts in the current language."""
        self.setAccessibleName(self.tr("Prediction"))
        self.order_button.setAccessibleName(self.tr("Best first"))
        self.order_button.setToolTip(self.tr("Best first: order the bars by probability instead of by class"))
        self.bars.setAccessibleName(self.tr("Probabilities of the classes"))
        self._update_words()

    # -- words --------------------------------------------------------------------------------------------------

    def _update_words(self) -> None:
        words = self._sentence()
        if words != self._words:
            self._words = words
            self._announce.start()

    def _sentence(self) -> str:
        ranking = self._prediction.ranking
        if not ranking:
            return self.tr("No prediction: there is no image.")
        parts = [self.tr("{name} with {percent}").format(name=ranking[0][0], percent=self._spoken(ranking[0][1]))]
        parts += [
            self.tr("then {name} with {percent}").format(name=name, percent=self._spoken(probability))
            for name, probability in ranking[1:_SPOKEN]
        ]
        sentence = ", ".join(parts) + "."
        if self._truth is None:
            return sentence
        verdict = self.tr("Right.") if self._truth == ranking[0][0] else self.tr("Wrong.")
        return f"{sentence} " + self.tr("The label is {label}.").format(label=self._truth) + f" {verdict}"

    def _spoken(self, probability: float) -> str:
        return self.tr("{number} percent").format(number=percent(probability))

    def _speak(self) -> None:
        self.setAccessibleDescription(self._words)  # tells the platform that the description changed
        if self.isVisible() and QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self._words))

    # -- Qt -----------------------------------------------------------------------------------------------------

    def _on_order_toggled(self, on: bool) -> None:
        self.bars.set_best_first(on)
        self.best_first_changed.emit(on)

    def _on_theme_changed(self) -> None:
        self.order_button.setIcon(icon("ranked"))

    def changeEvent(self, event: QEvent) -> None:
        """Another language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
