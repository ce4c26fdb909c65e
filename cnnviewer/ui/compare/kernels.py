"""The kernels of one layer in every column: one range of colours for all, or what sets each apart from the first."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from PySide6.QtCore import QRectF, QSignalBlocker, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget

from cnnviewer.core.inspection.records import Kernels
from cnnviewer.core.runs.compare.comparison import kernel_difference
from cnnviewer.ui.compare.kernel_pane import KernelPane
from cnnviewer.ui.compare.panes import PanesTab
from cnnviewer.ui.explore.kernels.layout import Mode, Weight
from cnnviewer.ui.explore.kernels.painter import paint_legend
from cnnviewer.ui.explore.kernels.values import LayerValues
from cnnviewer.ui.widgets.number_fields import WholeField
from cnnviewer.ui.widgets.palettes import Range
from cnnviewer.ui.widgets.plain_text import PlainLabel
from cnnviewer.ui.widgets.styled import Styled


class _Legend(Styled, QWidget):
    """The colours all panes share, with their numbers."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMaximumWidth(260)
        self._values: LayerValues | None = None

    def set_values(self, values: LayerValues | None) -> None:
        self._values = values
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, 28)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._values is None:
            return
        painter = QPainter(self)
        paint_legend(painter, self.paint_style, QRectF(self.rect()).adjusted(2, 1, -2, 0), self._values, "matrix")
        painter.end()


class KernelsTab(PanesTab):
    """A pane a column; pointing at a weight in one frames and reads it in all."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("compareLayerCombo", parent)
        self._kernels: Mapping[int, Kernels | None] = {}
        self._input_label = PlainLabel(self)
        self._input_label.setProperty("role", "caption")
        self._input = WholeField(self)
        self._input.setObjectName("compareInputSpin")
        self._input.setMinimum(-1)
        self._input_label.setBuddy(self._input)
        self._difference = QCheckBox(self)
        self._difference.setObjectName("compareDifferenceCheck")
        self._legend = _Legend(self)
        for widget in (self._input_label, self._input, self._difference):
            self._head.addWidget(widget)
        self._head.addStretch(1)
        self._head.addWidget(self._legend, 1)
        self._input.valueChanged.connect(self._on_shown)
        self._difference.toggled.connect(self._on_shown)
        self.retranslate()

    # values in

    def set_kernels(self, kernels: Mapping[int, Kernels | None]) -> None:
        """The layer's weights by column; None where a column has no such layer."""
        self._kernels = kernels
        with QSignalBlocker(self._input):
            self._input.setMaximum(max((k.weight.shape[1] for k in kernels.values() if k is not None), default=1) - 1)
        self.show_all()

    # inside

    def new_pane(self, place: int) -> KernelPane:
        """Pointing at a weight in it is told to all."""
        pane = KernelPane(place, self)
        pane.hovered_changed.connect(self._on_hovered)
        return pane

    def show_all(self) -> None:
        """The layer's kernels in every pane, and the legend of their colours."""
        shown = self._values()
        mode, inp = self._mode()
        for pane, column in zip(self._panes, self._columns, strict=True):
            entry = shown.get(column.number)
            pane.set_mode(mode, inp)
            pane.set_values(*entry if entry is not None else (None, False))
        legend = next((values for values, different in shown.values() if different), None)
        self._legend.set_values(legend or next((values for values, _ in shown.values()), None))
        shapes = [kernels.weight.shape for kernels in self._kernels.values() if kernels is not None]
        several = any(inputs > 1 and (height, width) != (1, 1) for _, inputs, height, width in shapes)
        self._input_label.setVisible(several)
        self._input.setVisible(several)
        self._difference.setEnabled(len(self._columns) > 1)

    def _values(self) -> dict[int, tuple[LayerValues, bool]]:
        """What each pane shows, and whether it is a difference to the first column."""
        base = self._kernels.get(self._columns[0].number) if self._columns else None
        plain: dict[int, Kernels] = {}
        apart: dict[int, Kernels] = {}
        for place, column in enumerate(self._columns):
            kernels = self._kernels.get(column.number)
            if kernels is None:
                continue
            difference = kernel_difference(kernels, base) if base is not None and place else None
            if self._difference.isChecked() and difference is not None:
                apart[column.number] = difference
            else:
                plain[column.number] = kernels
        found: dict[int, tuple[LayerValues, bool]] = {}
        for group, different in ((plain, False), (apart, True)):
            bounds = _common(group.values())
            found |= {number: (LayerValues(kernels, bounds), different) for number, kernels in group.items()}
        return found

    def _mode(self) -> tuple[Mode, int]:
        shapes = [kernels.weight.shape for kernels in self._kernels.values() if kernels is not None]
        if not shapes or shapes[0][2:] == (1, 1):
            return "matrix", 0
        if shapes[0][1] == 1:
            return "input", 0
        return ("matrix", 0) if self._input.value() < 0 else ("input", self._input.value())

    def _on_shown(self, _value: object) -> None:
        self.show_all()

    def _on_hovered(self, weight: Weight | None) -> None:
        for pane in self._panes:
            pane.point_at(weight)

    def retranslate(self) -> None:
        """All texts in the current language."""
        self.setAccessibleName(self.tr("Kernels side by side"))
        self._layer.setAccessibleName(self.tr("Layer to compare"))
        self._layer.setToolTip(self.tr("The layer whose kernels are set side by side"))
        self._input_label.setText(self.tr("Input channel"))
        self._input.set_word(self.tr("all"))
        self._input.setAccessibleName(self.tr("Input channel to compare"))
        self._input.setToolTip(self.tr("Show the kernels of one input channel, or all of them"))
        self._difference.setText(self.tr("Difference to the first"))
        self._difference.setAccessibleName(self.tr("Difference to the first run"))
        self._difference.setToolTip(
            self.tr("Show what each run's weights have more or less than the first one's, where shapes agree")
        )
        self._legend.setToolTip(self.tr("The colours mean the same numbers for every run"))


def _common(group: Iterable[Kernels]) -> Range:
    """Symmetric about 0, over all of them."""
    largest = 0.0
    for kernels in group:
        low, high = LayerValues(kernels).extremes
        bound = max(-low, high)
        largest = max(largest, bound) if math.isfinite(bound) else largest
    return Range(-largest, largest) if largest > 0 else Range(-1.0, 1.0)
