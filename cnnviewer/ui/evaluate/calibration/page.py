"""The page Calibration: the reliability diagram of the test images, the temperature, and what is unfamiliar."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from cnnviewer.core.evaluation.calibrated import Calibrated
from cnnviewer.core.wording import Words
from cnnviewer.ui.evaluate.calibration import texts
from cnnviewer.ui.evaluate.calibration.bar_plot import BarPlot
from cnnviewer.ui.widgets.beside_or_below import BesideOrBelow
from cnnviewer.ui.widgets.cancellable_progress import CancellableProgress
from cnnviewer.ui.widgets.invitation import choice_texts
from cnnviewer.ui.widgets.language import worded
from cnnviewer.ui.widgets.plain_text import PlainLabel, tool_tip
from cnnviewer.ui.widgets.seen import TellsWhenSeen
from cnnviewer.ui.widgets.tall_content import TallContent
from cnnviewer.ui.widgets.translated import Translated

_MARGIN = 14  # pixels around the cards and between them


class CalibrationPage(Translated, TellsWhenSeen, QWidget):
    """Two cards side by side, or words why there is nothing to show.

    Signals:
        seen_changed: whether the user can see it: it is computed only then.
        measure_requested: measure it, however long that takes.
        cancelled: stop measuring.
        choice_requested: other weights or another data set shall be chosen.
    """

    seen_changed = Signal(bool)
    measure_requested = Signal()
    cancelled = Signal()
    choice_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("calibrationPage")
        self._found: Calibrated | None = None
        self._why_not: Words = ""
        self._why_unknown: Words = ""
        self._sentence: Words = ""
        self.diagram, self.histogram = BarPlot("reliabilityDiagram"), BarPlot("unfamiliarHistogram")
        self.error = _label("calibrationError", "title")
        self.unfamiliar = _label("unfamiliarThreshold", "title")
        self.gap, self.reading, self.temperature = (
            _label(name) for name in ("calibrationGap", "", "calibrationTemperature")
        )
        self.alarms, self.score = _label("unfamiliarAlarms"), _label("")
        self.notice = _label("calibrationNotice")
        self.notice.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.choose_button = QPushButton()
        self.choose_button.setObjectName("calibrationChooseButton")
        self.choose_button.hide()
        self.progress = CancellableProgress("calibration")
        self.measure_button = QPushButton()
        self.measure_button.setObjectName("calibrationMeasureButton")
        self._lay_out()
        self.measure_button.clicked.connect(self.measure_requested)
        self.choose_button.clicked.connect(self.choice_requested)
        self.progress.cancelled.connect(self.cancelled)
        self.retranslate()

    def _lay_out(self) -> None:
        left = _card((self.error, self.gap), self.diagram, (self.reading, self.temperature))
        right = _card((self.unfamiliar, self.alarms), self.histogram, (self.score,))
        both, found = BesideOrBelow(_MARGIN), QWidget()
        both.add(left, 1)
        both.add(right, 1)
        column = QVBoxLayout(TallContent(found).content)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(both)
        waiting = QWidget()
        middle = QVBoxLayout(waiting)
        middle.setContentsMargins(_MARGIN, 0, _MARGIN, _MARGIN)
        middle.addStretch(1)
        middle.addWidget(self.notice)
        for button in (self.measure_button, self.choose_button):
            middle.addWidget(button, 0, Qt.AlignmentFlag.AlignCenter)
        row = QHBoxLayout()  # words, bar and button are seen at one glance
        row.addStretch(1)
        row.addWidget(self.progress, 2)
        row.addStretch(1)
        middle.addLayout(row)
        middle.addStretch(2)
        self._pages = QStackedWidget()
        self._pages.addWidget(waiting)
        self._pages.addWidget(found)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._pages)

    # values in

    def set_calibrated(self, found: Calibrated | None, why_not: Words = "", why_unknown: Words = "") -> None:
        """Show this; None: nothing is known.

        Args:
            found: what was measured.
            why_not: why there is no temperature.
            why_unknown: why there is no threshold of unfamiliar images.
        """
        self._found, self._why_not, self._why_unknown = found, why_not, why_unknown
        self._show_found()

    def set_notice(self, sentence: Words, can_measure: bool = False, must_choose: bool = False) -> None:
        """Say why nothing is shown, with a button that measures it, or leads to what has to be chosen first."""
        self._found, self._sentence = None, sentence
        self.measure_button.setVisible(can_measure)
        self.choose_button.setVisible(must_choose)
        self.progress.set_progress(None)
        self._show_found()

    def set_progress(self, fraction: float | None) -> None:
        """How far measuring is; None: nothing is measured."""
        if fraction is not None:
            self._sentence = ""
            self.measure_button.setVisible(False)
            self.choose_button.setVisible(False)
            self.notice.setText("")
        words = self.tr("Predicting test and validation images") if fraction is not None else ""
        self.progress.set_progress(fraction, words)

    def _show_found(self) -> None:
        found = self._found
        self._pages.setCurrentIndex(0 if found is None else 1)
        self.notice.setText(worded(self._sentence))
        if found is None:
            for plot in (self.diagram, self.histogram):
                plot.set_bars(None)
            return
        measured, known = found.calibration, found.familiarity
        self.error.setText(texts.error_text(measured))
        self.gap.setText(texts.gap_text(measured))
        self.reading.setText(texts.diagram_text())
        self.temperature.setText(texts.temperature_text(measured, worded(self._why_not)))
        self.diagram.set_bars(texts.reliability_bars(measured))
        self.diagram.setAccessibleDescription(texts.reliability_words(measured.before))
        self.histogram.setVisible(known is not None)
        self.score.setVisible(known is not None)
        if known is None:
            self.unfamiliar.setText(self.tr("No threshold of unfamiliar images"))
            self.alarms.setText(worded(self._why_unknown))
            return
        self.unfamiliar.setText(texts.unfamiliar_title(known))
        self.alarms.setText(texts.unfamiliar_text(known, found.above, len(found.scores)))
        self.score.setText(texts.score_text())
        self.histogram.set_bars(texts.score_bars(known, found.scores))
        self.histogram.setAccessibleDescription(self.alarms.text())

    def retranslate(self) -> None:
        """Set all texts in the current language."""
        self.setAccessibleName(self.tr("Calibration"))
        self.diagram.setAccessibleName(self.tr("Reliability diagram"))
        self.diagram.setToolTip(
            tool_tip(self.tr("Bars: as the model predicts. Points: with the logits divided by the temperature"))
        )
        self.histogram.setAccessibleName(self.tr("Scores of the test images"))
        self.histogram.setToolTip(tool_tip(self.tr("Right of the line images are called unfamiliar")))
        self.measure_button.setText(self.tr("Measure calibration"))
        self.measure_button.setAccessibleName(self.measure_button.text())
        words, tip = choice_texts()
        self.choose_button.setText(words)
        self.choose_button.setAccessibleName(words)
        self.choose_button.setToolTip(tool_tip(tip))
        self._show_found()


def _label(name: str, role: str = "caption") -> PlainLabel:
    made = PlainLabel()
    made.setObjectName(name)
    made.setProperty("role", role)
    made.setWordWrap(True)
    return made


def _card(above: tuple[PlainLabel, ...], plot: BarPlot, below: tuple[PlainLabel, ...]) -> QFrame:
    made = QFrame()
    made.setProperty("card", True)
    column = QVBoxLayout(made)
    column.setContentsMargins(16, 12, 16, 12)
    column.setSpacing(6)
    for label in above:
        column.addWidget(label)
    column.addWidget(plot, 1)
    for label in below:
        column.addWidget(label)
    column.addStretch()  # without a diagram the words stand at the top all the same
    return made
