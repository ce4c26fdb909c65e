"""Paints a worksheet, only the rows in sight: a layer with 25,088 terms scrolls as smoothly as one with four."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
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

from cnnviewer.ui.explain.sheet import Bar, Grid, Item, Row, Sheet, Stack, Text, TextRole
from cnnviewer.ui.lettering import Lettering
from cnnviewer.ui.network.ink import Ink
from cnnviewer.ui.network.labels import short_number
from cnnviewer.ui.network.pictures import to_image
from cnnviewer.ui.palettes import Range, colourise
from cnnviewer.ui.theme import theme

_GAP = 8.0
_BAR, _SHARE = 64.0, 140.0
_PAD = 4.0
_NARROW = 3  # columns of a grid whose cells may be wider
_MEASURED = 10  # rows of text, for the width
_SIGN = Range(-1.3, 1.3)  # the ends of the palette are too dark for a bar
_LUMA, _LIGHT = np.array([0.299, 0.587, 0.114]), 140  # above it dark letters are read better (ITU-R BT.601)
_ON_LIGHT, _ON_DARK = QColor("#10151c"), QColor("#ffffff")


class Worksheet(QAbstractScrollArea):
    """The rows of a sheet.

    Signals:
        row_chosen: the key of the row that was clicked, or walked to with the keys.
    """

    row_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("explainWorksheet")
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._sheet = Sheet()
        self._chosen = -1
        self._ink = Ink(theme().tokens)
        self._letterings: dict[tuple[bool, bool], _Letterings] = {}
        self._measure()
        theme().changed.connect(self._on_theme)

    def set_sheet(self, sheet: Sheet, chosen: int = -1) -> None:
        """Show other rows; the place stays where the rows are as many and as high as before."""
        kept = (sheet.count, sheet.grid) == (self._sheet.count, self._sheet.grid)
        self._sheet, self._chosen = sheet, chosen
        self._measure()
        self._arrange()
        if not kept:
            self.verticalScrollBar().setValue(0)
            self.horizontalScrollBar().setValue(0)
        self.viewport().update()

    def sizeHint(self) -> QSize:
        """A few rows."""
        return QSize(420, 160)

    # -- measures

    def _measure(self) -> None:
        key = (self._sheet.roomy, self._sheet.grid[1] <= _NARROW)
        if key not in self._letterings:
            self._letterings[key] = _Letterings(self._ink, *key)
        self._letters = self._letterings[key]

    def _height(self, row: Row) -> float:
        lines = [len(item.values) for item in row.items if isinstance(item, Grid)]
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
            case Grid():
                return float(item.values.shape[1] * self._letters.cell_size[0])
            case Bar():
                return _SHARE if item.share else _BAR
            case Stack():
                return max(self._width(part) for part in item.items)
        return max(self._letters.of(item.role).width(item.text) + 1, item.width * self._letters.digit)

    def _row_width(self, row: Row) -> float:
        return sum(self._width(item) + _GAP for item in row.items) + _GAP

    def _arrange(self) -> None:
        sheet, view = self._sheet, self.viewport().size()
        room = max(1.0, view.height() - self._head_height)
        total = sheet.count * self._body_height
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, int(np.ceil(total - room))))
        bar.setPageStep(int(room))
        bar.setSingleStep(int(self._body_height))
        looked_at = 1 if any(sheet.grid) else min(sheet.count, _MEASURED)
        rows = [*sheet.head, *(sheet.row(number) for number in range(looked_at) if sheet.row and sheet.count)]
        wide = max((self._row_width(row) for row in rows), default=0.0)
        across = self.horizontalScrollBar()
        across.setRange(0, max(0, int(np.ceil(wide - view.width()))))
        across.setPageStep(view.width())
        across.setSingleStep(24)

    # -- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """The head, and the rows in sight."""
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), self._ink.color("surface"))
        left = -float(self.horizontalScrollBar().value())
        top = 0.0
        for row in self._sheet.head:
            height = self._height(row)
            self._paint_row(painter, row, left, top, height)
            top += height
        if self._sheet.row is None or not self._sheet.count:
            return
        painter.setPen(QPen(self._ink.color("border"), 1))
        if self._sheet.head:
            painter.drawLine(QPointF(0, top - 0.5), QPointF(self.viewport().width(), top - 0.5))
        painter.setClipRect(QRectF(0, top, self.viewport().width(), self.viewport().height() - top))
        height, offset = self._body_height, self.verticalScrollBar().value()
        first = int(offset // height)
        last = min(self._sheet.count, int((offset + self.viewport().height() - top) // height) + 1)
        for number in range(first, last):
            row = self._sheet.row(number)
            y = top + number * height - offset
            if row.key >= 0 and row.key == self._chosen:
                painter.fillRect(QRectF(0, y, self.viewport().width(), height), self._ink.color("accent_soft"))
            self._paint_row(painter, row, left, y, height)
        painter.end()

    def _paint_row(self, painter: QPainter, row: Row, left: float, top: float, height: float) -> None:
        x = left + _GAP
        for item in row.items:
            width = self._width(item)
            match item:
                case Grid():
                    self._paint_grid(
                        painter, item, x, top + (height - len(item.values) * self._letters.cell_size[1]) / 2
                    )
                case Bar():
                    self._paint_bar(painter, item, QRectF(x, top + height / 2 - 4, width, 8))
                case Stack():
                    self._paint_stack(painter, item, QRectF(x, top, width, height))
                case Text():
                    self._paint_text(painter, item, QRectF(x, top, width, height))
            x += width + _GAP

    def _paint_text(self, painter: QPainter, item: Text, room: QRectF) -> None:
        painter.setPen(self._ink.color({"caption": "muted", "result": "accent"}.get(item.role, "text")))
        side = Qt.AlignmentFlag.AlignRight if item.right else Qt.AlignmentFlag.AlignLeft
        self._letters.of(item.role).paint(painter, room, item.text, side)

    def _paint_stack(self, painter: QPainter, stack: Stack, room: QRectF) -> None:
        line = self._letters.plain.height + 1
        y = room.y() + (room.height() - line * len(stack.items)) / 2
        for part in stack.items:
            if isinstance(part, Bar):
                self._paint_bar(painter, part, QRectF(room.x(), y + line / 2 - 4, room.width(), 8))
            else:
                self._paint_text(painter, part, QRectF(room.x(), y, room.width(), line))
            y += line

    def _paint_bar(self, painter: QPainter, bar: Bar, room: QRectF) -> None:
        painter.fillRect(room, self._ink.color("sunken"))
        if bar.share:
            part = QRectF(room.x(), room.y(), room.width() * min(1.0, bar.value / bar.extent), room.height())
            painter.fillRect(part, self._ink.color("accent"))
            return
        middle = room.center().x()
        length = room.width() / 2 * min(1.0, abs(bar.value) / bar.extent) if np.isfinite(bar.value) else 0.0
        rgba = colourise(np.array([np.sign(bar.value)], np.float32), "signed", _SIGN)[0]
        colour = QColor(int(rgba[0]), int(rgba[1]), int(rgba[2]))
        start = middle if bar.value >= 0 else middle - length
        painter.fillRect(QRectF(start, room.y(), length, room.height()), colour)
        painter.fillRect(QRectF(middle - 0.5, room.y() - 2, 1, room.height() + 4), self._ink.color("faint"))

    def _paint_grid(self, painter: QPainter, grid: Grid, left: float, top: float) -> None:
        """The colours of all cells at once, then the numbers: a layer of 64 maps has thousands of cells in sight."""
        wide, tall = self._letters.cell_size
        rgba = colourise(grid.values.astype(np.float32), grid.palette, grid.bounds)
        height, width = grid.values.shape
        whole = QRectF(left, top, width * wide, height * tall)
        painter.drawImage(whole, to_image(rgba))
        padded = np.zeros((height, width), bool) if grid.hatched is None else grid.hatched
        for r, c in np.argwhere(padded):
            room = QRectF(left + c * wide, top + r * tall, wide, tall)
            painter.fillRect(room, self._ink.color("sunken"))
            painter.fillRect(room, QBrush(self._ink.color("faint", 0.5), Qt.BrushStyle.BDiagPattern))
        light = rgba[..., :3] @ _LUMA > _LIGHT
        for pen, places in (
            (_ON_LIGHT, light & ~padded),
            (_ON_DARK, ~light & ~padded),
            (self._ink.color("muted"), padded),
        ):
            painter.setPen(pen)
            for (r, c), value in zip(np.argwhere(places).tolist(), grid.values[places].tolist(), strict=True):
                room = QRectF(left + c * wide, top + r * tall, wide, tall)
                self._letters.cell.paint(painter, room, _in_a_cell(value), Qt.AlignmentFlag.AlignCenter)
        painter.setPen(QPen(self._ink.color("border"), 1))
        painter.drawRect(whole)
        if grid.framed is not None:
            painter.setPen(QPen(self._ink.color("highlight"), 2))
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
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is None or self._sheet.row is None or self._chosen < 0:
            super().keyPressEvent(event)
            return
        keys = [self._sheet.row(number).key for number in range(min(self._sheet.count, 4096))]
        place = keys.index(self._chosen) if self._chosen in keys else 0
        place = min(max(place + step, 0), len(keys) - 1)
        self._choose(keys[place])
        top = int(place * self._body_height)
        self.verticalScrollBar().setValue(min(top, max(self.verticalScrollBar().value(), top - 40)))

    def _choose(self, key: int) -> None:
        if key >= 0:
            self._chosen = key
            self.row_chosen.emit(key)
            self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More or fewer rows fit."""
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        """Another font has other measures."""
        if event.type() == QEvent.Type.FontChange:
            self._on_theme()
        super().changeEvent(event)

    def _on_theme(self) -> None:
        self._ink = Ink(theme().tokens)
        self._letterings.clear()
        self._measure()
        self._arrange()
        self.viewport().update()


class _Letterings:
    """The fonts of a sheet, and what is measured with them: larger where there is little to write."""

    def __init__(self, ink: Ink, roomy: bool, narrow: bool) -> None:
        plain = QFont(ink.text_font if roomy else ink.small_font)
        cell = QFont(plain)
        if not roomy:
            cell.setPixelSize(max(9, plain.pixelSize() - 1))
        self.plain, self.cell = Lettering(plain), Lettering(cell)
        self.strong, self.result = Lettering(_demi_bold(plain)), Lettering(_demi_bold(ink.text_font))
        air = 12.0 if roomy else 7.0 if narrow else 1.0
        self.cell_size = (self.cell.width("−0.00") + air, self.cell.height + (14.0 if roomy else 3.0))
        self.digit = self.plain.width("0")
        self.line = self.plain.height + (7.0 if roomy else 6.0)

    def of(self, role: TextRole) -> Lettering:
        """What a text of that role is written with."""
        return {"strong": self.strong, "result": self.result}.get(role, self.plain)


def _demi_bold(font: QFont) -> QFont:
    bold = QFont(font)
    bold.setWeight(QFont.Weight.DemiBold)
    return bold


def _in_a_cell(value: float) -> str:
    """A number no wider than a cell: `−.003` where `−3e−3` would reach into the next."""
    if 0.0005 <= abs(value) < 0.005:
        return f"{value:.3f}".replace("0.", ".", 1).replace("-", "−")
    return short_number(value)
