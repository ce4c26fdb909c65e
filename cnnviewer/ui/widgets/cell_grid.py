"""Cells in rows and columns: which one lies under the pointer, and where the arrow keys lead.

Whatever shows a matrix, a map, a kernel or a list of its own painting uses this: the same keys do the same everywhere.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QKeyEvent

Cell = tuple[int, int]
"""Row and column."""

_ARROWS: Final = {
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
}


def arrow_step(event: QKeyEvent) -> Cell | None:
    """How far an arrow key leads, in rows and columns; None for every other key."""
    return _ARROWS.get(Qt.Key(event.key()))


def step_down(event: QKeyEvent) -> int:
    """1 for the arrow down, -1 for the arrow up, 0 for every other key."""
    return (arrow_step(event) or (0, 0))[0]


def step_right(event: QKeyEvent) -> int:
    """1 for the arrow to the right, -1 for the arrow to the left, 0 for every other key."""
    return (arrow_step(event) or (0, 0))[1]


def list_step(event: QKeyEvent, count: int, page: int, columns: int = 1) -> int | None:
    """How far a key leads in a list of `count` items in `columns`, `page` of which are seen at once.

    Returns:
        A number of items, which may lead beyond either end; None for keys other than arrows, Page Up and Down, Home
        and End.

    """
    step = arrow_step(event)
    if step is not None:
        return step[0] * columns + step[1]
    pages = {Qt.Key.Key_PageUp: -page, Qt.Key.Key_PageDown: page, Qt.Key.Key_Home: -count, Qt.Key.Key_End: count}
    return pages.get(Qt.Key(event.key()))


def within(index: int, count: int) -> int:
    """The index, or the nearest one that a list of `count` items has."""
    return min(max(index, 0), count - 1)


def moved(cell: Cell, step: Cell, rows: int, cols: int) -> Cell:
    """The cell `step` further in a grid of `rows` and `cols`; at its edge the way ends."""
    return within(cell[0] + step[0], rows), within(cell[1] + step[1], cols)


@dataclass(frozen=True)
class GridGeometry:
    """Where the cells of a grid lie, in the pixels of whatever paints it.

    Attributes:
        left: of the first column.
        top: of the first row.
        width: of a cell.
        height: of a cell.
        rows: how many.
        cols: how many.

    """

    left: float
    top: float
    width: float
    height: float
    rows: int
    cols: int

    @classmethod
    def filling(cls, area: QRectF, rows: int, cols: int) -> GridGeometry:
        """The grid whose cells fill `area`."""
        return cls(area.left(), area.top(), area.width() / cols, area.height() / rows, rows, cols)

    def rect(self, row: int, col: int) -> QRectF:
        """Where a cell lies."""
        return QRectF(self.left + col * self.width, self.top + row * self.height, self.width, self.height)

    def area(self) -> QRectF:
        """Where all cells lie."""
        return QRectF(self.left, self.top, self.cols * self.width, self.rows * self.height)

    def at(self, point: QPointF) -> Cell | None:
        """The cell under a point; None beside the grid."""
        row, col = math.floor((point.y() - self.top) / self.height), math.floor((point.x() - self.left) / self.width)
        return (row, col) if 0 <= row < self.rows and 0 <= col < self.cols else None
