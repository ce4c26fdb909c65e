"""The kernel as cells to type into; as wide as its column, as high as the kernel needs."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QAccessible, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from cnnviewer.core.sandbox import Array, Pair
from cnnviewer.ui.sandbox.cells import exact, kernel_shading
from cnnviewer.ui.sandbox.grid import EDGE, CellGrid
from cnnviewer.ui.widgets.text_size import grown
from cnnviewer.ui.widgets.translated import Translated

_LARGEST_CELL, _MOST = 48.0, 64.0  # at the usual text size, and at any


class KernelEditor(Translated, CellGrid):
    """The weights, coloured as in the kernel view. While it has the focus the wheel changes a weight by 1."""

    accessible_role = QAccessible.Role.Graphic

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("sandboxKernelGrid", True, parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.retranslate()

    def set_kernel(self, kernel: Array) -> None:
        """Show `kernel`, `(kh, kw)`."""
        other = kernel.shape != self._values.shape
        self.set_values(kernel, kernel_shading(kernel))
        if other:
            self._fit()

    def origin(self) -> QPointF:
        """In the middle of the column."""
        return QPointF(math.floor(max((self.width() - self.cols * self.cell) / 2, 0.0)), EDGE)

    def say(self, cell: Pair) -> str:
        """A weight for a screen reader."""
        return self.tr("weight row {row}, column {col}: {value}").format(
            row=cell[0], col=cell[1], value=exact(self._values[cell])
        )

    def retranslate(self) -> None:
        """Set all texts in the current language."""
        self.setAccessibleName(self.tr("Kernel"))
        self.setToolTip(
            self.tr("Click a weight and type a number; the wheel changes it by 1. The arrow keys go to its neighbours.")
        )
        self.describe()

    def _fit(self) -> None:
        self.set_cell(min((self.width() - 2 * EDGE) / self.cols, min(float(grown(_LARGEST_CELL)), _MOST)))
        self.setFixedHeight(math.ceil(self.rows * self.cell + 2 * EDGE))

    def sizeHint(self) -> QSize:
        """As high as the kernel."""
        return QSize(180, math.ceil(self.rows * self.cell + 2 * EDGE))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another column."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Change the weight under the mouse, but only with the focus: otherwise the wheel scrolls the column."""
        cell = self.cell_at(event.position())
        if cell is None or not self.hasFocus() or not event.angleDelta().y():
            event.ignore()
            return
        step = 1.0 if event.angleDelta().y() > 0 else -1.0
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            step /= 10
        self.set_cursor(cell)
        self.value_entered.emit(*cell, round(float(self._values[cell]) + step, 6))
