"""The confusion matrix, painted: rows are the true classes, columns the predicted ones, cells are square."""

from __future__ import annotations

from typing import Final, Literal

import numpy as np
from PySide6.QtCore import Property, QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from cnnviewer.core.evaluation.confusion import Confusion
from cnnviewer.core.evaluation.difference import Difference
from cnnviewer.core.evaluation.metrics import Amounts, amounts_of
from cnnviewer.ui.evaluate.layout import MatrixLayout, arrange
from cnnviewer.ui.evaluate.numbers import count_forms, difference_forms, share_forms, write_number
from cnnviewer.ui.evaluate.shades import colour_at, letters_at, strength
from cnnviewer.ui.widgets.cell_grid import Cell, GridGeometry, arrow_step, moved
from cnnviewer.ui.widgets.class_words import class_words
from cnnviewer.ui.widgets.painted_text import draw_text
from cnnviewer.ui.widgets.plain_text import elided
from cnnviewer.ui.widgets.styled import Styled
from cnnviewer.ui.widgets.theme import theme

Diagonal = Literal["quiet", "hidden", "coloured"]
"""Whether the correct predictions are grey, left out, or have a colour as the errors have."""

NOWHERE: Final = (-1, -1)
_FEW: Final = 5.0  # errors that have the strongest colour where no cell has more
_GAP: Final = 2.0
_ROUND: Final = 3.0


class ConfusionMatrix(Styled, QWidget):
    """Takes a table, gives the cell that is pointed at or chosen. The Qt property `counts` is the `(C, C)` array.

    It grows with its room and scrolls where there is less than its smallest cells take; then the names of the classes
    stay in sight.

    Signals:
        pointed: row and column under the pointer or the cursor; a row and -1 for the name of a true class, -1 and a
            column for that of a predicted one, `(-1, -1)` for none.
        chosen: row and column of a cell that was clicked, or chosen with Enter; `(-1, -1)` when it was let go.
    """

    accessible_role = QAccessible.Role.Chart

    pointed = Signal(int, int)
    chosen = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        self._table: Confusion | None = None
        super().__init__(parent)
        self.setObjectName("confusionMatrix")
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._amounts: Amounts = "counts"
        self._diagonal: Diagonal = "quiet"
        self._least = 0.0
        self._difference: Difference | None = None
        self._values = np.zeros((0, 0))
        self._shown = np.zeros((0, 0), bool)
        self._most = 0.0
        self._pointed: Cell = NOWHERE
        self._chosen: Cell | None = None

    def set_table(self, table: Confusion | None, difference: Difference | None = None) -> None:
        """Show this table; the chosen cell stays chosen while the classes are the same.

        `difference`: shows what differs from another table in place of the numbers themselves.
        """
        before, self._table, self._difference = self._table, table, difference
        if before is None or table is None or before.classes != table.classes:
            self._pointed, self._chosen = NOWHERE, None
        self._weigh()
        self.setMinimumSize(self.minimumSizeHint())

    def set_amounts(self, amounts: Amounts, diagonal: Diagonal, least: float = 0.0) -> None:
        """Say what stands in the cells.

        Args:
            amounts: counts, or shares of the row (recall) or column (precision).
            diagonal: how the correct predictions are shown.
            least: cells below it, of either sign, stay empty: images, or a share 0..1.

        """
        self._amounts, self._diagonal, self._least = amounts, diagonal, least
        self._weigh()

    def _get_counts(self) -> object:
        return self._table.counts if self._table is not None else np.zeros((0, 0), np.int64)

    counts = Property(object, _get_counts)

    @property
    def cell(self) -> Cell | None:
        """Row and column that are pointed at."""
        return self._pointed if min(self._pointed) >= 0 else None

    @property
    def chosen_cell(self) -> Cell | None:
        """Row and column that were chosen."""
        return self._chosen

    @property
    def scale(self) -> tuple[float, float]:
        """The amounts that have the weakest and the strongest colour: images, or shares."""
        if self._difference is not None:
            return (0.0, max(self._most, _FEW) if self._amounts == "counts" else self._most)
        return (1.0, max(self._most, _FEW)) if self._amounts == "counts" else (0.0, self._most)

    @property
    def largest(self) -> float:
        """The largest amount, of either sign, in a cell with a colour; 0 where none has one."""
        return self._most

    def choose(self, cell: Cell | None) -> None:
        """Choose a cell, or let the chosen one go."""
        if cell != self._chosen:
            self._chosen = cell
            self.chosen.emit(*(cell if cell is not None else NOWHERE))
            self.update()

    def cell_centre(self, row: int, col: int) -> QPointF:
        """Where a cell is, in the widget's pixels."""
        return self._layout.grid.rect(row, col).center()

    def _weigh(self) -> None:
        """What each cell shows, which cells show it, and the largest amount that has a colour."""
        counts = self._table.counts if self._table is not None else np.zeros((0, 0), np.int64)
        difference = self._difference
        self._values = amounts_of(counts, self._amounts) if difference is None else difference.values(self._amounts)
        sizes = np.abs(self._values)
        self._shown = (sizes > 0) & (sizes >= self._least)
        if self._diagonal != "coloured":
            np.fill_diagonal(self._shown, False)
        self._most = float(sizes.max(where=self._shown, initial=0.0))
        if self._diagonal == "quiet":
            np.fill_diagonal(self._shown, np.diagonal(sizes) > 0)
        self.update()

    # layout

    @property
    def _count(self) -> int:
        return len(self._table.classes) if self._table is not None else 0

    @property
    def _layout(self) -> MatrixLayout:
        names = class_words(self._table.classes) if self._table is not None else ()
        return arrange(names, self.font(), self.width(), self.height())

    def sizeHint(self) -> QSize:
        """Room for ten classes."""
        return QSize(460, 440)

    def minimumSizeHint(self) -> QSize:
        """Cells that can be pointed at and read; the view scrolls when there is less."""
        return QSize(*self._layout.smallest)

    def width_for(self, height: int) -> int:
        """Pixels that the matrix takes across when its cells fill `height` pixels."""
        grid = self._layout.grid
        return max(int(height - grid.top + grid.left), self.minimumWidth())

    def _sight(self) -> QRect:
        """What the user sees of it, all of it where it is painted out of sight."""
        region = self.visibleRegion()
        return self.rect() if region.isEmpty() else region.boundingRect()

    def _corner(self) -> QPointF:
        """Upper left corner of what is in sight, where the names of the classes stand."""
        return QPointF(self._sight().topLeft())

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Cells, then the names of the classes over what has been scrolled."""
        if self._table is None:
            return
        painter, layout, corner = QPainter(self), self._layout, self._corner()
        grid = layout.grid
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.save()
        painter.setClipRect(QRectF(corner.x() + grid.left, corner.y() + grid.top, self.width(), self.height()))
        painter.setFont(layout.digit_font)
        self._paint_cells(painter, grid, event.rect())
        painter.restore()
        painter.setFont(layout.name_font)
        self._paint_row_names(painter, grid, corner)
        self._paint_column_names(painter, grid, corner, layout.turned)
        if self.hasFocus() and self.cell is None:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme().color("accent"), 1))
            painter.drawRoundedRect(grid.area().adjusted(-1, -1, 0, 0), _ROUND, _ROUND)

    def _paint_cells(self, painter: QPainter, grid: GridGeometry, exposed: QRect) -> None:
        first_row, last_row = self._span(grid.top, grid.height, exposed.top(), exposed.bottom())
        first_col, last_col = self._span(grid.left, grid.width, exposed.left(), exposed.right())
        cells = QRectF(grid.rect(first_row, first_col).topLeft(), grid.rect(last_row - 1, last_col - 1).bottomRight())
        painter.fillRect(cells, theme().color("raised"))
        for row, col in np.argwhere(self._shown[first_row:last_row, first_col:last_col]):
            place = first_row + int(row), first_col + int(col)
            self._paint_cell(painter, grid.rect(*place).adjusted(0, 0, -_GAP, -_GAP), *place)
        between = theme().color("surface")
        for col in range(first_col, last_col):
            right = grid.rect(0, col).right()
            painter.fillRect(QRectF(right - _GAP, cells.top(), _GAP, cells.height()), between)
        for row in range(first_row, last_row):
            bottom = grid.rect(row, 0).bottom()
            painter.fillRect(QRectF(cells.left(), bottom - _GAP, cells.width(), _GAP), between)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for cell, token, width in ((self.cell, "text", 1.5), (self._chosen, "highlight", 3.0)):
            if cell is not None:
                painter.setPen(QPen(theme().color(token), width))
                painter.drawRoundedRect(grid.rect(*cell).adjusted(0, 0, -_GAP, -_GAP), _ROUND, _ROUND)

    def _span(self, start: float, side: float, low: int, high: int) -> tuple[int, int]:
        """The rows, or columns, between two pixels."""
        return max(0, int((low - start) // side)), min(self._count, int((high - start) // side) + 1)

    def _paint_cell(self, painter: QPainter, box: QRectF, row: int, col: int) -> None:
        value = float(self._values[row, col])
        if row == col and self._diagonal == "quiet":
            dark = theme().tokens.name == "dark"
            back, ink = theme().color("chosen" if dark else "sunken"), theme().color("muted")
        else:
            place, falling = strength(abs(value), *self.scale), value < 0
            back, ink = colour_at(place, falling), letters_at(place, falling)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(back)
        painter.drawRoundedRect(box, _ROUND, _ROUND)
        painter.setPen(ink)
        write_number(painter, box, self.forms(row, col))

    def forms(self, row: int, col: int) -> tuple[str, ...]:
        """What stands in a cell, the longest form first."""
        value = float(self._values[row, col])
        if self._difference is not None:
            return difference_forms(value, self._amounts == "counts")
        return count_forms(int(value)) if self._amounts == "counts" else share_forms(value)

    def _paint_row_names(self, painter: QPainter, grid: GridGeometry, corner: QPointF) -> None:
        if self._table is None:
            return
        metrics = QFontMetricsF(painter.font())
        strip = QRectF(corner.x(), corner.y() + grid.top, grid.left, self.height())
        painter.save()
        painter.setClipRect(strip)
        flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        names, sight = class_words(self._table.classes), self._sight()
        for place in range(*self._span(grid.top, grid.height, sight.top(), sight.bottom())):
            name, row = names[place], grid.rect(place, 0)
            self._choose_pen(painter, self._pointed[0] == place)
            box = QRectF(strip.left(), row.top(), grid.left - 8, row.height() - _GAP)
            draw_text(painter, box, flags, elided(metrics, name, box.width()))
        painter.restore()

    def _paint_column_names(self, painter: QPainter, grid: GridGeometry, corner: QPointF, turned: bool) -> None:
        if self._table is None:
            return
        metrics = QFontMetricsF(painter.font())
        painter.save()
        painter.setClipRect(QRectF(corner.x() + grid.left, corner.y(), self.width(), grid.top))
        names, sight = class_words(self._table.classes), self._sight()
        for place in range(*self._span(grid.left, grid.width, sight.left(), sight.right())):
            name, col = names[place], grid.rect(0, place)
            self._choose_pen(painter, self._pointed[1] == place)
            if turned:
                painter.save()
                painter.translate(col.center().x() - _GAP / 2, corner.y() + grid.top - 6)
                painter.rotate(-90)
                box = QRectF(0, -col.width() / 2, grid.top - 8, col.width())
                draw_text(painter, box, Qt.AlignmentFlag.AlignVCenter, elided(metrics, name, box.width()))
                painter.restore()
            else:
                box = QRectF(col.left(), corner.y(), col.width() - _GAP, grid.top - 4)
                flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom
                draw_text(painter, box, flags, elided(metrics, name, box.width()))
        painter.restore()

    def _choose_pen(self, painter: QPainter, here: bool) -> None:
        painter.setPen(theme().color("text" if here else "muted"))

    # pointing

    def _point_at(self, place: Cell) -> None:
        if place != self._pointed:
            self._pointed = place
            self.pointed.emit(*place)
            self.update()

    def _place_at(self, point: QPointF) -> Cell:
        """The cell, or the class in whose name, a point lies."""
        if self._table is None:
            return NOWHERE
        grid, within = self._layout.grid, point - self._corner()
        heads = within.x() < grid.left, within.y() < grid.top
        if all(heads):
            return NOWHERE
        cell = grid.at(QPointF(grid.left + 1 if heads[0] else point.x(), grid.top + 1 if heads[1] else point.y()))
        if cell is None:
            return NOWHERE
        return (cell[0], -1) if heads[0] else (-1, cell[1]) if heads[1] else cell

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Point at a cell."""
        self._point_at(self._place_at(event.position()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose a cell; a click on the chosen one lets it go."""
        place = self._place_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton:
            self._point_at(place)
            if min(place) >= 0:
                self.choose(None if place == self._chosen else place)

    def on_look_changed(self) -> None:
        """Larger letters take larger cells."""
        self.setMinimumSize(self.minimumSizeHint())
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is pointed at any more."""
        self._point_at(NOWHERE)
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk from cell to cell, Enter chooses, Esc lets go."""
        key, step = Qt.Key(event.key()), arrow_step(event)
        if self._table is not None and step is not None:
            start = self.cell or self._chosen
            self._point_at((0, 0) if start is None else moved(start, step, self._count, self._count))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.cell is not None:
            self.choose(self.cell)
        elif key == Qt.Key.Key_Escape and (self.cell is not None or self._chosen is not None):
            self._point_at(NOWHERE)
            self.choose(None)
        else:
            super().keyPressEvent(event)
