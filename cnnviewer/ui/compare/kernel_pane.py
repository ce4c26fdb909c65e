"""One column's kernels with the value under the pointer."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cnnviewer.core.runs.compare.comparison import ComparedRun
from cnnviewer.ui.compare.column_pane import ColumnPane
from cnnviewer.ui.compare.texts import column_text
from cnnviewer.ui.explore.kernels.grid import KernelGrid
from cnnviewer.ui.explore.kernels.layout import Mode, Weight
from cnnviewer.ui.explore.kernels.values import LayerValues
from cnnviewer.ui.explore.network.labels import number


class KernelPane(ColumnPane):
    """A column's kernels, or what sets them apart from the first column's.

    Signals:
        hovered_changed: the `Weight` under the pointer, or None.
    """

    hovered_changed = Signal(object)

    def __init__(self, place: int, parent: QWidget | None = None) -> None:
        self.grid = KernelGrid()
        super().__init__("Kernel", place, self.grid, parent)
        self.grid.setObjectName(f"compareKernelGrid_{place}")
        self._values: LayerValues | None = None
        self._different = False
        self._name = ""
        self.grid.viewport().setAutoFillBackground(False)
        self.grid.hovered_changed.connect(self.hovered_changed)

    def set_column(self, column: ComparedRun) -> None:
        """Be this column's."""
        self._name = column_text(column)
        self._show_title()

    def set_mode(self, mode: Mode, inp: int) -> None:
        """What a tile is."""
        self.grid.set_mode(mode, inp)

    def set_values(self, values: LayerValues | None, different: bool) -> None:
        """Show these weights; `different` where they are those of a difference."""
        self._values, self._different = values, different
        self.grid.set_values(values)
        self._show_title()
        self.point_at(self.grid.hovered())

    def point_at(self, weight: Weight | None) -> None:
        """Frame and read a weight; where there is no such one, what the layer is like."""
        values = self._values
        if values is None:
            self._readout.show_text(self.tr("This run has no such layer."))
            return
        out, inputs, height, width = values.shape
        inside = (
            weight is not None
            and weight.out < out
            and (weight.inp or 0) < inputs
            and weight.row < height
            and weight.col < width
        )
        if weight is None or not inside:
            self.grid.show_hovered(None)
            facts = values.statistics
            text = self.tr("mean {mean}, std {std}").format(mean=number(facts.mean), std=number(facts.std))
        else:
            self.grid.show_hovered(weight)
            inp = weight.inp or 0
            value = float(values.weight[weight.out, inp, weight.row, weight.col])
            name = (
                f"[{weight.out}, {inp}]"
                if height == width == 1
                else f"[{weight.out}, {inp}, {weight.row}, {weight.col}]"
            )
            text = f"{name} = {number(value)}"
        self._readout.show_text(text)
        self.grid.setAccessibleDescription(text)

    def _show_title(self) -> None:
        text = self.tr("{run}, difference").format(run=self._name) if self._different else self._name
        self._title.show_text(text)
        self.grid.setAccessibleName(self.tr("Kernels of {run}").format(run=text))
