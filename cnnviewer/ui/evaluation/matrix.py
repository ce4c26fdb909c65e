"""The confusion matrix, painted: rows are the labels, columns what is read; recall and precision at its sides."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from PySide6.QtCore import Property, QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from cnnviewer.core.inspection.confusion import Confusion
from cnnviewer.ui.evaluation.shades import colour_at, ink_on, place_of
from cnnviewer.ui.theme import theme

Numbers = Literal["counts", "percent"]

_FEW: Final = 20  # classes that have names and numbers of their own
_LOWEST_CELL, _SMALLEST_CELL = 12, 5  # pixels: with numbers, without
_WIDEST_NAME: Final = 84.0
_ARROWS: Final = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}


@dataclass(frozen=True)
class _Grid:
    """Where the cells lie, in pixels."""

    left: float
    top: float
    width: float
    height: float
    count: int

    def cell(self, row: int, col: int) -> QRectF:
        return QRectF(self.left + col * self.width, self.top + row * self.height, self.width, self.height)

    def at(self, point: QPointF) -> tuple[int, int] | None:
        row, col = math.floor((point.y() - self.top) / self.height), math.floor((point.x() - self.left) / self.width)
        return (row, col) if 0 <= row < self.count and 0 <= col < self.count else None


class ConfusionMatrix(QWidget):
    """Takes a table, gives the cell that is pointed at or chosen. The Qt property `counts` is the `(C, C)` array.

    Signals:
        pointed: row and column under the pointer or the cursor, `(-1, -1)` when there is none.
        chosen: row and column of a cell that was clicked, or chosen with Enter.
    """

    pointed = Signal(int, int)
    chosen = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("confusionMatrix")
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._table: Confusion | None = None
        self._numbers: Numbers = "counts"
        self._shares = np.zeros((0, 0))
        self._cell: tuple[int, int] | None = None
        theme().changed.connect(self.update)

    def set_table(self, table: Confusion | None) -> None:
        """Show this table."""
        before, self._table = self._table, table
        if table is not None:
            rows = table.counts.sum(axis=1, keepdims=True)
            self._shares = table.counts / np.maximum(rows, 1)
        if before is None or table is None or len(before.classes) != len(table.classes):
            self._cell = None
            self.setMinimumSize(self.minimumSizeHint())
        self.update()

    def set_numbers(self, numbers: Numbers) -> None:
        """Write counts, or the percentages of each row."""
        self._numbers = numbers
        self.update()

    def _get_counts(self) -> object:
        return self._table.counts if self._table is not None else np.zeros((0, 0), np.int64)

    counts = Property(object, _get_counts)

    @property
    def cell(self) -> tuple[int, int] | None:
        """Row and column that are pointed at."""
        return self._cell

    def cell_centre(self, row: int, col: int) -> QPointF:
        """Where a cell is, in the widget's pixels."""
        return self._grid().cell(row, col).center()

    # layout

    @property
    def _count(self) -> int:
        return len(self._table.classes) if self._table is not None else 0

    def _grid(self) -> _Grid:
        count = max(1, self._count)
        if count > _FEW:
            margin = self._line() + 4
            side = max(_SMALLEST_CELL, min((self.width() - margin - 2) / count, (self.height() - margin - 2) / count))
            return _Grid(margin, margin, side, side, count)
        line = self._line()
        left = self._left()
        right = self._side_width()
        height = max(_LOWEST_CELL, (self.height() - 2 * line - 4) / (count + 1))
        width = max(16.0, (self.width() - left - right) / count)
        return _Grid(left, 2 * line + 2, width, height, count)

    def _left(self) -> float:
        precision = QFontMetricsF(self.font()).horizontalAdvance(self.tr("precision"))
        return max(self._name_width() + self._line(), precision) + 8

    def _line(self) -> float:
        return QFontMetricsF(self.font()).height()

    def _name_width(self) -> float:
        metrics = QFontMetricsF(self.font())
        names = self._table.classes if self._table is not None else ()
        return min(_WIDEST_NAME, max((metrics.horizontalAdvance(name) for name in names), default=0.0))

    def _side_width(self) -> float:
        return QFontMetricsF(self.font()).horizontalAdvance(self.tr("recall")) + 16

    def sizeHint(self) -> QSize:
        """Room for ten classes."""
        return QSize(520, 240)

    def minimumSizeHint(self) -> QSize:
        """Cells that can be pointed at; the view scrolls when there is less."""
        count, line = self._count, int(self._line())
        if count > _FEW:
            return QSize(count * _SMALLEST_CELL + line + 8, count * _SMALLEST_CELL + line + 8)
        return QSize(int(self._left() + self._side_width()) + 24 * count, (count + 1) * _LOWEST_CELL + 2 * line)

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Cells, names, recall and precision."""
        if self._table is None:
            return
        painter, grid, few = QPainter(self), self._grid(), self._count <= _FEW
        font = QFont(self.font())
        font.setPixelSize(max(8, min(13, int(grid.height * 0.74)))) if few else None
        painter.setFont(font)
        self._paint_cells(painter, grid, few)
        self._paint_titles(painter, grid)
        if few:
            self._paint_names(painter, grid)
            self._paint_sides(painter, grid)
        if self._cell is not None:
            painter.setPen(QPen(theme().color("highlight"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(grid.cell(*self._cell).adjusted(0.5, 0.5, -0.5, -0.5))

    def _paint_cells(self, painter: QPainter, grid: _Grid, few: bool) -> None:
        table = self._table
        if table is None:
            return
        gap = 1.0 if few else 0.0
        empty = theme().color("sunken")
        painter.fillRect(QRectF(grid.left, grid.top, grid.width * grid.count, grid.height * grid.count), empty)
        for row, col in zip(*np.nonzero(table.counts), strict=True):
            colour = colour_at(place_of(float(self._shares[row, col])))
            box = grid.cell(int(row), int(col)).adjusted(0, 0, -gap, -gap)
            painter.fillRect(box, colour)
            if few:
                painter.setPen(ink_on(colour))
                _write(painter, box, self._text(int(row), int(col)))

    def _text(self, row: int, col: int) -> str:
        if self._table is None:
            return ""
        if self._numbers == "counts":
            return f"{self._table.counts[row, col]:,}"
        share = 100 * float(self._shares[row, col])
        return f"{share:.1f}" if share < 99.95 else "100"

    def _paint_titles(self, painter: QPainter, grid: _Grid) -> None:
        painter.setPen(theme().color("muted"))
        wide, high = grid.width * grid.count, grid.height * grid.count
        centre = Qt.AlignmentFlag.AlignCenter
        painter.drawText(QRectF(grid.left, 0, wide, self._line()), centre, self.tr("read as →"))
        painter.save()
        painter.translate(self._line() / 2 + 1, grid.top + high / 2)
        painter.rotate(-90)
        painter.drawText(QRectF(-high / 2, -self._line() / 2, high, self._line()), centre, self.tr("← labelled"))
        painter.restore()

    def _paint_names(self, painter: QPainter, grid: _Grid) -> None:
        if self._table is None:
            return
        metrics = QFontMetricsF(painter.font())
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        elide = Qt.TextElideMode.ElideRight
        painter.setPen(theme().color("text"))
        for place, name in enumerate(self._table.classes):
            row = grid.cell(place, 0)
            begin = self._line() + 2
            box = QRectF(begin, row.top(), grid.left - begin - 5, row.height())
            painter.drawText(box, right, metrics.elidedText(name, elide, box.width()))
            head = QRectF(grid.left + place * grid.width, self._line(), grid.width - 1, self._line())
            painter.drawText(head, Qt.AlignmentFlag.AlignCenter, metrics.elidedText(name, elide, head.width()))

    def _paint_sides(self, painter: QPainter, grid: _Grid) -> None:
        """Recall to the right of each row, precision below each column."""
        if self._table is None:
            return
        centre, metrics = Qt.AlignmentFlag.AlignCenter, QFontMetricsF(painter.font())
        painter.setPen(theme().color("muted"))
        right, below = grid.left + grid.count * grid.width, grid.top + grid.count * grid.height
        painter.drawText(QRectF(right, self._line(), self._side_width(), self._line()), centre, self.tr("recall"))
        label = QRectF(0, below, grid.left - 5, grid.height)
        painter.drawText(label, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self.tr("precision"))
        for place, (recall, precision) in enumerate(zip(self._table.recall, self._table.precision, strict=True)):
            row, col = grid.cell(place, 0), grid.cell(0, place)
            box = QRectF(right, row.top(), self._side_width(), row.height())
            painter.drawText(box, centre, _percent(float(recall), metrics, box.width()))
            box = QRectF(col.left(), below, grid.width, grid.height)
            painter.drawText(box, centre, _percent(float(precision), metrics, box.width()))

    # pointing

    def _point_at(self, cell: tuple[int, int] | None) -> None:
        if cell != self._cell:
            self._cell = cell
            self.pointed.emit(*(cell if cell is not None else (-1, -1)))
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Point at a cell."""
        self._point_at(self._grid().at(event.position()) if self._table is not None else None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose a cell."""
        cell = self._grid().at(event.position()) if self._table is not None else None
        if cell is not None and event.button() == Qt.MouseButton.LeftButton:
            self._point_at(cell)
            self.chosen.emit(*cell)

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is pointed at any more."""
        self._point_at(None)
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk from cell to cell, Enter chooses, Esc lets go."""
        key = Qt.Key(event.key())
        if self._table is not None and key in _ARROWS:
            (row, col), (down, right) = self._cell or (0, 0), _ARROWS[key] if self._cell is not None else (0, 0)
            last = self._count - 1
            self._point_at((min(last, max(0, row + down)), min(last, max(0, col + right))))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._cell is not None:
            self.chosen.emit(*self._cell)
        elif key == Qt.Key.Key_Escape and self._cell is not None:
            self._point_at(None)
        else:
            super().keyPressEvent(event)


def _write(painter: QPainter, box: QRectF, text: str) -> None:
    """A number in the middle of its cell: without its comma, then smaller, where it would not fit."""
    font, room = painter.font(), box.width() - 2
    if QFontMetricsF(font).horizontalAdvance(text) > room:
        text = text.replace(",", "")
        share = min(1.0, room / QFontMetricsF(font).horizontalAdvance(text))
        fitting = QFont(font)
        fitting.setPixelSize(max(8, int(font.pixelSize() * share)))
        painter.setFont(fitting)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
    painter.setFont(font)


def _percent(share: float, metrics: QFontMetricsF, width: float) -> str:
    """A share as long as there is room for."""
    if not math.isfinite(share):
        return "–"
    forms = (f"{100 * share:.1f} %", f"{100 * share:.1f}")
    return next((text for text in forms if metrics.horizontalAdvance(text) < width - 2), f"{100 * share:.0f}")
