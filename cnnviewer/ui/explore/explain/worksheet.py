"""Paints a worksheet, only the rows in sight: a layer with 25,088 terms scrolls as smoothly as one with four."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QBrush,
    QColor,
    QFont,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from cnnviewer.ui.explore.explain.sheet import Item, Sheet, SheetBar, SheetGrid, SheetRow, SheetText, Stack, TextRole
from cnnviewer.ui.explore.network.labels import fitted_cell_number
from cnnviewer.ui.explore.network.pictures import to_image
from cnnviewer.ui.widgets.cell_grid import step_down, within
from cnnviewer.ui.widgets.focus import ViewportFocus, paint_focus
from cnnviewer.ui.widgets.paint_style import PaintStyle
from cnnviewer.ui.widgets.palettes import colourise, sign_colours
from cnnviewer.ui.widgets.styled import Styled
from cnnviewer.ui.widgets.text_cache import TextCache
from cnnviewer.ui.widgets.text_colour import BLACK, WHITE, takes_black
from cnnviewer.ui.widgets.type_sizes import NUMBER, scaled

_GAP = 8.0
_BAR, _SHARE = 64.0, 140.0
_PAD = 4.0
_NARROW = 3  # columns of a grid whose cells may be wider
_WALKED = 4096  # rows that the keys go through
_MEASURED = 10  # rows of text, for the width
_ROWS_IN_SIGHT, _LINES_IN_SIGHT = 2, 9  # rows of grids, and lines of text, that shall fit the height
_LARGEST = 2.0  # times the usual letters


class Worksheet(Styled, ViewportFocus, QAbstractScrollArea):
    """The rows of a sheet.

    Signals:
        row_chosen: the key of the row that was clicked, or walked to with the keys.
    """

    row_chosen = Signal(int)

    accessible_role = QAccessible.Role.Graphic

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("explainWorksheet")
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._sheet = Sheet()
        self._chosen = -1
        self._text_caches: dict[tuple[bool, bool, int], _TextCaches] = {}
        self._letters = self._letters_for(0)

    def set_sheet(self, sheet: Sheet, chosen: int = -1) -> None:
        """Show other rows; the place stays where the rows are as many and as high as before."""
        kept = _kind(sheet) == _kind(self._sheet)
        self._sheet, self._chosen = sheet, chosen
        if not kept:
            self._measure()
        self._arrange()
        if not kept:
            self.verticalScrollBar().setValue(0)
            self.horizontalScrollBar().setValue(0)
        self.viewport().update()

    def sizeHint(self) -> QSize:
        """A few rows."""
        return QSize(420, 160)

    def narrowest(self) -> int:
        """The width with which no row needs to be scrolled, in letters of the usual size."""
        before = self._letters
        self._use_letters(0)
        wide = max((self._row_width(row) for row in self._first_rows()), default=0.0)
        self._letters = before
        return int(np.ceil(wide)) + self.verticalScrollBar().sizeHint().width()

    def height_of(self, rows: int) -> int:
        """The height of the head and so many rows, in letters of the usual size."""
        before = self._letters
        self._use_letters(0)
        tall = self._head_height + min(rows, self._sheet.count) * self._body_height
        self._letters = before
        return int(np.ceil(tall))

    def place_of_chosen(self) -> QRect | None:
        """Where the chosen row lies; None where none is chosen."""
        for number in range(min(self._sheet.count, _WALKED)):
            if self._sheet.row is not None and self._sheet.row(number).key == self._chosen >= 0:
                top = self._head_height + number * self._body_height - self.verticalScrollBar().value()
                return QRect(0, int(top), self.width(), int(np.ceil(self._body_height)))
        return None

    # -- measures

    def _measure(self) -> None:
        """Take the largest letters with which the rows fit the room; another number of the same kind keeps them."""
        self._use_letters(0)
        sheet, view = self._sheet, self.viewport().size()
        wide = max((self._row_width(row) for row in self._first_rows()), default=0.0)
        shown = min(sheet.count, _ROWS_IN_SIGHT if any(sheet.grid) else _LINES_IN_SIGHT)
        if self._head_height + sheet.count * self._body_height <= view.height():
            shown = sheet.count  # what is seen whole stays so
        tall = self._head_height + shown * self._body_height
        if wide and tall:
            size = self._letters.plain.font.pixelSize()
            factor = min(view.width() / wide, view.height() / tall, _LARGEST)
            self._use_letters(max(0, int(size * factor) - size))

    def _use_letters(self, more: int) -> None:
        """Write with letters so many pixels larger than usual."""
        self._letters = self._letters_for(more)

    def _letters_for(self, more: int) -> _TextCaches:
        key = (self._sheet.roomy, self._sheet.grid[1] <= _NARROW, more)
        if key not in self._text_caches:
            self._text_caches[key] = _TextCaches(self.paint_style, *key)
        return self._text_caches[key]

    def _first_rows(self) -> list[SheetRow]:
        """The rows that say how wide the sheet is."""
        sheet = self._sheet
        looked_at = 1 if any(sheet.grid) else min(sheet.count, _MEASURED)
        return [*sheet.head, *(sheet.row(number) for number in range(looked_at) if sheet.row and sheet.count)]

    def _height(self, row: SheetRow) -> float:
        lines = [len(item.values) for item in row.items if isinstance(item, SheetGrid)]
        letters = self._letters
        tall = letters.result.height + 6.0 if row.strong else letters.line
        return max(tall, max(lines, default=0) * letters.cell_size[1] + 2 * _PAD)

    @property
    def _body_height(self) -> float:
        rows = self._sheet.grid[0]
        return rows * self._letters.cell_size[1] + 2 * _PAD if rows else self._letters.line

    @property
    def _head_height(self) -> float:
        return sum(self._height(row) for row in self._sheet.head)

    def _width(self, item: Item) -> float:
        match item:
            case SheetGrid():
                return float(item.values.shape[1] * self._letters.cell_size[0])
            case SheetBar():
                return _SHARE if item.share else _BAR
            case Stack():
                return max(self._width(part) for part in item.items)
        return max(self._letters.of(item.role).width(item.text) + 1, item.width * self._letters.digit)

    def _row_width(self, row: SheetRow) -> float:
        return sum(self._width(item) + _GAP for item in row.items) + _GAP

    def _arrange(self) -> None:
        sheet, view = self._sheet, self.viewport().size()
        room = max(1.0, view.height() - self._head_height)
        total = sheet.count * self._body_height
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, int(np.ceil(total - room))))
        bar.setPageStep(int(room))
        bar.setSingleStep(int(self._body_height))
        wide = max((self._row_width(row) for row in self._first_rows()), default=0.0)
        across = self.horizontalScrollBar()
        across.setRange(0, max(0, int(np.ceil(wide - view.width()))))
        across.setPageStep(view.width())
        across.setSingleStep(24)

    # -- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """The rows, and the ring of the focus."""
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), self.paint_style.color("surface"))
        self._paint_rows(painter, event.rect())
        if self.hasFocus():
            painter.setClipping(False)
            paint_focus(painter, self.viewport(), self.paint_style.color("accent"))
        painter.end()

    def _paint_rows(self, painter: QPainter, part: QRect) -> None:
        """The head, and the rows in sight, of which that part is painted."""
        left = -float(self.horizontalScrollBar().value())
        top = 0.0
        for row in self._sheet.head:
            height = self._height(row)
            self._paint_row(painter, row, left, top, height)
            top += height
        if self._sheet.row is None or not self._sheet.count:
            return
        painter.setPen(QPen(self.paint_style.color("border"), 1))
        if self._sheet.head:
            painter.drawLine(QPointF(0, top - 0.5), QPointF(self.viewport().width(), top - 0.5))
        painter.setClipRect(QRectF(0, top, self.viewport().width(), self.viewport().height() - top))
        height, offset = self._body_height, self.verticalScrollBar().value()
        first = max(0, int((offset + part.top() - top) // height))
        last = min(self._sheet.count, int((offset + part.bottom() - top) // height) + 1)
        for number in range(first, last):
            row = self._sheet.row(number)
            y = top + number * height - offset
            if row.key >= 0 and row.key == self._chosen:
                painter.fillRect(QRectF(0, y, self.viewport().width(), height), self.paint_style.color("accent_soft"))
            self._paint_row(painter, row, left, y, height)

    def _paint_row(self, painter: QPainter, row: SheetRow, left: float, top: float, height: float) -> None:
        x = left + _GAP
        for item in row.items:
            width = self._width(item)
            match item:
                case SheetGrid():
                    self._paint_grid(
                        painter, item, x, top + (height - len(item.values) * self._letters.cell_size[1]) / 2
                    )
                case SheetBar():
                    self._paint_bar(painter, item, QRectF(x, top + height / 2 - 4, width, 8))
                case Stack():
                    self._paint_stack(painter, item, QRectF(x, top, width, height))
                case SheetText():
                    self._paint_text(painter, item, QRectF(x, top, width, height))
            x += width + _GAP

    def _paint_text(self, painter: QPainter, item: SheetText, room: QRectF) -> None:
        painter.setPen(self.paint_style.color({"caption": "muted", "result": "accent_text"}.get(item.role, "text")))
        side = Qt.AlignmentFlag.AlignRight if item.right else Qt.AlignmentFlag.AlignLeft
        self._letters.of(item.role).paint(painter, room, item.text, side)

    def _paint_stack(self, painter: QPainter, stack: Stack, room: QRectF) -> None:
        line = self._letters.plain.height + 1
        y = room.y() + (room.height() - line * len(stack.items)) / 2
        for part in stack.items:
            if isinstance(part, SheetBar):
                self._paint_bar(painter, part, QRectF(room.x(), y + line / 2 - 4, room.width(), 8))
            else:
                self._paint_text(painter, part, QRectF(room.x(), y, room.width(), line))
            y += line

    def _paint_bar(self, painter: QPainter, bar: SheetBar, room: QRectF) -> None:
        painter.fillRect(room, self.paint_style.color("sunken"))
        if bar.share:
            part = QRectF(room.x(), room.y(), room.width() * min(1.0, bar.value / bar.extent), room.height())
            painter.fillRect(part, self.paint_style.color("accent"))
            return
        middle = room.center().x()
        length = room.width() / 2 * min(1.0, abs(bar.value) / bar.extent) if np.isfinite(bar.value) else 0.0
        colour = QColor(*(int(part) for part in sign_colours(np.array([bar.value]))[0, :3]))
        start = middle if bar.value >= 0 else middle - length
        painter.fillRect(QRectF(start, room.y(), length, room.height()), colour)
        painter.fillRect(QRectF(middle - 0.5, room.y() - 2, 1, room.height() + 4), self.paint_style.color("faint"))

    def _paint_grid(self, painter: QPainter, grid: SheetGrid, left: float, top: float) -> None:
        """The colours of all cells at once, then the numbers: a layer of 64 maps has thousands of cells in sight."""
        wide, tall = self._letters.cell_size
        rgba = colourise(grid.values.astype(np.float32), grid.palette, grid.bounds)
        height, width = grid.values.shape
        whole = QRectF(left, top, width * wide, height * tall)
        painter.drawImage(whole, to_image(rgba))
        padded = np.zeros((height, width), bool) if grid.hatched is None else grid.hatched
        for r, c in np.argwhere(padded):
            room = QRectF(left + c * wide, top + r * tall, wide, tall)
            painter.fillRect(room, self.paint_style.color("sunken"))
            painter.fillRect(room, QBrush(self.paint_style.color("faint", 0.5), Qt.BrushStyle.BDiagPattern))
        light = takes_black(rgba)
        for pen, places in (
            (BLACK, light & ~padded),
            (WHITE, ~light & ~padded),
            (self.paint_style.color("muted"), padded),
        ):
            painter.setPen(pen)
            for (r, c), value in zip(np.argwhere(places).tolist(), grid.values[places].tolist(), strict=True):
                room = QRectF(left + c * wide, top + r * tall, wide, tall)
                text = fitted_cell_number(value, self._letters.cell.width, wide - 2)
                self._letters.cell.paint(painter, room, text, Qt.AlignmentFlag.AlignCenter)
        painter.setPen(QPen(self.paint_style.color("border"), 1))
        painter.drawRect(whole)
        if grid.framed is not None:
            painter.setPen(QPen(self.paint_style.color("highlight"), 2))
            for r, c in np.argwhere(grid.framed):
                painter.drawRect(QRectF(left + c * wide + 1, top + r * tall + 1, wide - 2, tall - 2))

    # -- Qt

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose a row."""
        y = event.position().y() - self._head_height
        if y < 0 or self._sheet.row is None or event.button() != Qt.MouseButton.LeftButton:
            return
        number = int((y + self.verticalScrollBar().value()) // self._body_height)
        if 0 <= number < self._sheet.count:
            self._choose(self._sheet.row(number).key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down choose rows where rows can be chosen; else they scroll."""
        step = step_down(event)
        if not step or self._sheet.row is None or self._chosen < 0:
            super().keyPressEvent(event)
            return
        keys = [self._sheet.row(number).key for number in range(min(self._sheet.count, _WALKED))]
        place = keys.index(self._chosen) if self._chosen in keys else 0
        place = within(place + step, len(keys))
        self._choose(keys[place])
        top = int(place * self._body_height)
        self.verticalScrollBar().setValue(min(top, max(self.verticalScrollBar().value(), top - 40)))

    def _choose(self, key: int) -> None:
        if key >= 0:
            self._chosen = key
            self.row_chosen.emit(key)
            self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More or fewer rows fit, in larger or smaller letters."""
        self._measure()
        self._arrange()

    def on_look_changed(self) -> None:
        """Other measures need other room."""
        self._text_caches.clear()
        self._measure()
        self._arrange()
        self.viewport().update()


class _TextCaches:
    """The fonts of a sheet, and what is measured with them: larger where there is little to write."""

    def __init__(self, style: PaintStyle, roomy: bool, narrow: bool, more: int = 0) -> None:
        plain = QFont(style.text_font if roomy else style.number_font)
        plain.setPixelSize(plain.pixelSize() + more)
        result = scaled(style.text_font, 1.0, NUMBER)
        result.setPixelSize(result.pixelSize() + more)
        cell = scaled(plain, 1.0, NUMBER)
        self.plain, self.cell = TextCache(plain), TextCache(cell)
        self.strong, self.result = (
            TextCache(_demi_bold(plain)),
            TextCache(_demi_bold(result)),
        )
        air = 12.0 if roomy else 7.0 if narrow else 1.0
        self.cell_size = (self.cell.width("−0.00") + air, self.cell.height + (14.0 if roomy else 3.0))
        self.digit = self.plain.width("0")
        self.line = self.plain.height + (7.0 if roomy else 6.0)

    def of(self, role: TextRole) -> TextCache:
        """What a text of that role is written with."""
        return {"strong": self.strong, "result": self.result}.get(role, self.plain)


def _kind(sheet: Sheet) -> tuple[int, tuple[int, int], bool, int]:
    return sheet.count, sheet.grid, sheet.roomy, len(sheet.head)


def _demi_bold(font: QFont) -> QFont:
    bold = QFont(font)
    bold.setWeight(QFont.Weight.DemiBold)
    return bold
