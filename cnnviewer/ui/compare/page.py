"""Runs or moments side by side."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QLabel, QStackedWidget, QTabWidget, QVBoxLayout, QWidget

from cnnviewer.core.inspection.records import Kernels, Prediction
from cnnviewer.core.runs.compare import Compared, Verdicts
from cnnviewer.core.runs.summary import RunSummary
from cnnviewer.ui.calm import CalmTabBar
from cnnviewer.ui.compare.bar import ColumnsBar
from cnnviewer.ui.compare.curves import CurvesTab
from cnnviewer.ui.compare.disagreements import DisagreementsTab
from cnnviewer.ui.compare.kernels import KernelsTab
from cnnviewer.ui.compare.reading import ReadingTab
from cnnviewer.ui.compare.saving import ask_where
from cnnviewer.ui.compare.table import DifferencesTab
from cnnviewer.ui.compare.texts import column_text
from cnnviewer.ui.rendering import KINDS
from cnnviewer.ui.theme import SPACING


class ComparePage(QWidget):
    """Columns of runs and moments; what they have in common and what sets them apart.

    Signals:
        runs_wanted: the list of runs is being opened: give the newest with `set_runs`.
        add_requested: folders of runs to compare, too.
        remove_requested: number of a column that shall go.
        moment_requested: number of a column, and the moment of it that is wanted.
        layer_selected: name of the layer whose kernels are wanted.
        judge_requested, judge_cancelled: every column shall read the test set, or stop.
        image_requested: index into the test set of an image to look at.
        curves_written: path and bytes of a picture of the curves that shall be written.
        table_wanted: path of the table that shall be written.
    """

    runs_wanted = Signal()
    add_requested = Signal(object)
    remove_requested = Signal(int)
    moment_requested = Signal(int, object)
    layer_selected = Signal(str)
    judge_requested = Signal()
    judge_cancelled = Signal()
    image_requested = Signal(int)
    curves_written = Signal(str, object)
    table_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("comparePage")
        self._columns: tuple[Compared, ...] = ()
        self.bar = ColumnsBar(self)
        self.curves = CurvesTab(self)
        self.differences = DifferencesTab(self)
        self.reading = ReadingTab(self)
        self.kernels = KernelsTab(self)
        self.disagreements = DisagreementsTab(self)
        self.tabs = QTabWidget(self)
        self.tabs.setTabBar(CalmTabBar(self.tabs))
        self.tabs.setObjectName("compareTabs")
        for tab in (self.curves, self.differences, self.reading, self.kernels, self.disagreements):
            self.tabs.addTab(tab, "")
        self._empty = QLabel(self)
        self._empty.setObjectName("compareEmpty")
        self._empty.setProperty("role", "caption")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self.tabs)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACING, 4, SPACING, SPACING)
        column.setSpacing(6)
        column.addWidget(self.bar)
        column.addWidget(self._stack, 1)
        self._connect()
        self.retranslate()

    def _connect(self) -> None:
        self.bar.runs_wanted.connect(self.runs_wanted)
        self.bar.add_requested.connect(self.add_requested)
        self.bar.remove_requested.connect(self.remove_requested)
        self.bar.moment_requested.connect(self.moment_requested)
        self.kernels.layer_selected.connect(self.layer_selected)
        self.disagreements.judge_requested.connect(self.judge_requested)
        self.disagreements.judge_cancelled.connect(self.judge_cancelled)
        self.disagreements.image_requested.connect(self.image_requested)
        self.curves.export_requested.connect(self._ask_where_curves_go)
        self.differences.export_requested.connect(self._ask_where_table_goes)

    # values in

    def set_runs(self, runs: tuple[RunSummary, ...]) -> None:
        """The runs that can be added."""
        self.bar.set_runs(runs)

    def set_columns(self, columns: tuple[Compared, ...]) -> None:
        """What is compared, in this order; what did not change costs next to nothing."""
        self._columns = columns
        self.bar.set_columns(columns)
        self.curves.set_columns(columns)
        self.differences.set_columns(columns)
        self.reading.set_columns(columns)
        self.kernels.set_columns(columns)
        self.disagreements.set_columns(columns)
        self._stack.setCurrentIndex(1 if columns else 0)

    def set_predictions(self, predictions: Mapping[int, Prediction], truth: str | None) -> None:
        """What each column says of the image looked at; `truth` is its label where it is known."""
        self.reading.set_predictions(predictions, truth)

    def set_layers(self, layers: tuple[str, ...], current: str) -> None:
        """The layers with kernels, and the one whose kernels come."""
        self.kernels.set_layers(layers, current)

    def set_kernels(self, kernels: Mapping[int, Kernels | None]) -> None:
        """The kernels of that layer by column."""
        self.kernels.set_kernels(kernels)

    def set_images(self, images: npt.NDArray[np.uint8]) -> None:
        """The test set's images, uint8 `(N, C, H, W)`."""
        self.disagreements.set_images(images)

    def set_verdicts(self, verdicts: Verdicts | None) -> None:
        """What every column reads on the test set; None: not known."""
        self.disagreements.set_verdicts(verdicts)

    def set_judging(self, fraction: float | None) -> None:
        """How far the reading of the test set is; None: it is not under way."""
        self.disagreements.set_judging(fraction)

    def set_judging_problem(self, sentence: str) -> None:
        """Why the test set cannot be read by all."""
        self.disagreements.set_problem(sentence)

    def caption(self) -> str:
        """One line that says what is compared, for a file."""
        return " · ".join(column_text(column) for column in self._columns)

    # files

    def export_curves(self, path: str, size: tuple[int, int] = (1600, 640), dark: bool = False) -> None:
        """Have the curves written as they are shown: `.png`, `.svg` or `.pdf`, `size` in pixels."""
        kind = path.rpartition(".")[2].lower()
        data = self.curves.render_file(kind if kind in KINDS else "png", size, dark, self.caption())
        self.curves_written.emit(path, data)

    def _ask_where_curves_go(self) -> None:
        filters = self.tr("Pictures (*.png *.svg *.pdf)")
        ask_where(self, self.tr("Export curves"), filters, "comparison.png", self.export_curves)

    def _ask_where_table_goes(self) -> None:
        ask_where(self, self.tr("Save the table"), self.tr("Tables (*.csv)"), "comparison.csv", self.table_wanted.emit)

    # texts

    def retranslate(self) -> None:
        """All texts in the language of the moment."""
        self.setAccessibleName(self.tr("Runs side by side"))
        self._empty.setText(
            self.tr(
                "Add two runs, or one run twice to compare two of its moments: their curves, settings, predictions, "
                "kernels and mistakes stand here side by side."
            )
        )
        for index, (text, tip) in enumerate(
            (
                (self.tr("Curves"), self.tr("Loss and accuracy of all, in one plot each")),
                (self.tr("Differences"), self.tr("Settings in which they differ, and how they ended")),
                (self.tr("Image"), self.tr("The image on the right, read by each")),
                (self.tr("Kernels"), self.tr("Weights of a layer, side by side")),
                (self.tr("Disagreements"), self.tr("Test images that they do not read alike")),
            )
        ):
            self.tabs.setTabText(index, text)
            self.tabs.setTabToolTip(index, tip)
        self.tabs.tabBar().setAccessibleName(self.tr("Parts of the comparison"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
