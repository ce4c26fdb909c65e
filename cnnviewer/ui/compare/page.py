"""Runs or snapshots side by side."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cnnviewer.core.evaluation.records import ModelPredictions
from cnnviewer.core.inspection.records import Kernels, Prediction
from cnnviewer.core.runs.compare.comparison import ComparedRun
from cnnviewer.core.runs.compare.maps import ComparedMaps
from cnnviewer.core.runs.read.summary import RunSummary
from cnnviewer.core.wording import Words
from cnnviewer.ui.compare.bar import ColumnsBar
from cnnviewer.ui.compare.curves import CurvesTab
from cnnviewer.ui.compare.disagreements import DisagreementsTab
from cnnviewer.ui.compare.invitation import ComparisonInvitation
from cnnviewer.ui.compare.kernels import KernelsTab
from cnnviewer.ui.compare.maps import MapsTab
from cnnviewer.ui.compare.predictions import PredictionsTab
from cnnviewer.ui.compare.saving import ask_where
from cnnviewer.ui.compare.table import DifferencesTab
from cnnviewer.ui.compare.texts import column_text
from cnnviewer.ui.widgets.lazy_pages import LazyPages
from cnnviewer.ui.widgets.rendering import KINDS
from cnnviewer.ui.widgets.tabbed_pages import TabbedPages
from cnnviewer.ui.widgets.tall_content import TallContent
from cnnviewer.ui.widgets.theme import SPACING
from cnnviewer.ui.widgets.translated import Translated


class ComparePage(Translated, QWidget):
    """Columns of runs and snapshots; what they have in common and what sets them apart.

    Signals:
        add_requested: folders of runs to compare, too.
        remove_requested: number of a column that shall go.
        move_requested: number of a column, and how many places to the right it shall go.
        snapshot_requested: number of a column, and the snapshot of it that is requested.
        layer_selected: name of the layer whose kernels are requested.
        map_layer_selected: name of the layer whose feature maps are requested.
        maps_seen_changed: whether the feature maps are looked at.
        evaluate_requested, evaluate_cancelled: every column shall read the test set, or stop.
        image_requested: index into the test set of an image to look at.
        curves_written: path and bytes of a picture of the curves that shall be written.
        table_requested: path of the table that shall be written.
        training_requested: there is no run yet, and one shall be trained.
    """

    add_requested = Signal(object)
    remove_requested = Signal(int)
    move_requested = Signal(int, int)
    snapshot_requested = Signal(int, object)
    layer_selected = Signal(str)
    map_layer_selected = Signal(str)
    maps_seen_changed = Signal(bool)
    evaluate_requested = Signal()
    evaluate_cancelled = Signal()
    image_requested = Signal(int)
    curves_written = Signal(str, object)
    table_requested = Signal(str)
    training_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("comparePage")
        self._columns: tuple[ComparedRun, ...] = ()
        self.bar = ColumnsBar(self)
        self.curves = CurvesTab(self)
        self.differences = DifferencesTab(self)
        self.reading = PredictionsTab(self)
        self.maps = MapsTab(self)
        self.kernels = KernelsTab(self)
        self.disagreements = DisagreementsTab(self)
        self.tabs = TabbedPages(self)
        self.tabs.setObjectName("compareTabs")
        self.tabs.pages.setProperty("card", True)
        for name, tab in (
            ("curves", self.curves),
            ("differences", self.differences),
            ("image", self.reading),
            ("maps", self.maps),
            ("kernels", self.kernels),
            ("disagreements", self.disagreements),
        ):
            self.tabs.add(name, tab)
        self._empty = ComparisonInvitation(self)
        self._stack = LazyPages(self)
        self._stack.add("empty", self._empty)
        self._stack.add("compared", self.tabs)
        column = QVBoxLayout(TallContent(self).content)
        column.setContentsMargins(SPACING, 4, SPACING, SPACING)
        column.setSpacing(6)
        column.addWidget(self.bar)
        column.addWidget(self._stack, 1)
        self.bar.hide()
        self._connect()
        self.retranslate()

    def _connect(self) -> None:
        self._empty.runs_chosen.connect(self.add_requested)
        self._empty.training_requested.connect(self.training_requested)
        self.bar.move_requested.connect(self.move_requested)
        self.bar.add_requested.connect(self.add_requested)
        self.bar.remove_requested.connect(self.remove_requested)
        self.bar.snapshot_requested.connect(self.snapshot_requested)
        self.maps.layer_selected.connect(self.map_layer_selected)
        self.maps.seen_changed.connect(self.maps_seen_changed)
        self.kernels.layer_selected.connect(self.layer_selected)
        self.disagreements.evaluate_requested.connect(self.evaluate_requested)
        self.disagreements.evaluate_cancelled.connect(self.evaluate_cancelled)
        self.disagreements.image_requested.connect(self.image_requested)
        self.curves.export_requested.connect(self._ask_where_curves_go)
        self.differences.export_requested.connect(self._ask_where_table_goes)

    # values in

    def set_runs(self, runs: tuple[RunSummary, ...]) -> None:
        """The runs there are, the newest first."""
        self._empty.set_runs(runs)

    def set_columns(self, columns: tuple[ComparedRun, ...]) -> None:
        """What is compared, in this order; what did not change costs next to nothing."""
        self._columns = columns
        self.bar.set_columns(columns)
        self.curves.set_columns(columns)
        self.differences.set_columns(columns)
        self.reading.set_columns(columns)
        self.maps.set_columns(columns)
        self.kernels.set_columns(columns)
        self.disagreements.set_columns(columns)
        self.bar.setVisible(bool(columns))
        self._stack.open("compared" if columns else "empty")

    def set_predictions(self, predictions: Mapping[int, Prediction], truth: str | None) -> None:
        """What each column says of the image looked at; `truth` is its label where it is known."""
        self.reading.set_predictions(predictions, truth)

    def set_map_layers(self, layers: tuple[str, ...], current: str) -> None:
        """The layers with feature maps, and the one whose maps come."""
        self.maps.set_layers(layers, current)

    def set_maps(self, maps: Mapping[int, ComparedMaps | None]) -> None:
        """The maps of that layer by column, of the image looked at; empty without one."""
        self.maps.set_maps(maps)

    def set_layers(self, layers: tuple[str, ...], current: str) -> None:
        """The layers with kernels, and the one whose kernels come."""
        self.kernels.set_layers(layers, current)

    def set_kernels(self, kernels: Mapping[int, Kernels | None]) -> None:
        """The kernels of that layer by column."""
        self.kernels.set_kernels(kernels)

    def set_images(self, images: npt.NDArray[np.uint8]) -> None:
        """The test set's images, uint8 `(N, C, H, W)`."""
        self.disagreements.set_images(images)

    def set_test_predictions(self, predictions: ModelPredictions | None) -> None:
        """What every column reads on the test set; None: not known."""
        self.disagreements.set_test_predictions(predictions)

    def set_evaluating(self, fraction: float | None) -> None:
        """How far the reading of the test set is; None: it is not under way."""
        self.disagreements.set_evaluating(fraction)

    def set_evaluation_obstacle(self, sentence: Words) -> None:
        """Why the columns have no common test set; empty: they have one."""
        self.disagreements.set_obstacle(sentence)

    def set_evaluation_error(self, sentence: Words) -> None:
        """Why the test set cannot be read by all."""
        self.disagreements.set_error(sentence)

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
        ask_where(
            self, self.tr("Save the table"), self.tr("Tables (*.csv)"), "comparison.csv", self.table_requested.emit
        )

    # texts

    def retranslate(self) -> None:
        """All texts in the current language."""
        self.setAccessibleName(self.tr("Runs side by side"))
        self.tabs.set_texts(
            {
                "curves": (self.tr("Curves"), self.tr("Loss and accuracy of all, in one plot each")),
                "differences": (self.tr("Differences"), self.tr("Settings in which they differ, and how they ended")),
                "image": (self.tr("Image"), self.tr("The image at the side, predicted by each")),
                "maps": (self.tr("Feature maps"), self.tr("Maps of the image at the side in a layer of each")),
                "kernels": (self.tr("Kernels"), self.tr("Weights of a layer, side by side")),
                "disagreements": (self.tr("Disagreements"), self.tr("Test images on which the models disagree")),
            }
        )
        self.tabs.tabs.setAccessibleName(self.tr("Parts of the comparison"))
