"""A grid of values that can be pointed at, and where it is editable, typed and painted into."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QApplication, QSizePolicy, QToolTip, QWidget

from cnnviewer.core.errors import UserError
from cnnviewer.core.sandbox import Array, Pair
from cnnviewer.core.typed_number import plain, real
from cnnviewer.ui.sandbox.cells import Shading, paint_cells, paint_ring
from cnnviewer.ui.widgets.cell_grid import GridGeometry, arrow_step, moved
from cnnviewer.ui.widgets.language import translate_error
from cnnviewer.ui.widgets.painted_text import draw_text
from cnnviewer.ui.widgets.plain_text import elided, tool_tip
from cnnviewer.ui.widgets.theme import theme

_MOST_TYPED = 12
_SIGNS = tuple("0123456789.,-+eE")
EDGE = 4.0


class CellGrid(QWidget):
    """Square cells of one size under a title; the parent says how large a cell is.

    Arrow keys move the cursor, Home and End go to a row's ends. In an editable grid digits, minus, point, comma and
    e write a number as one types, Delete and Backspace make it 0.

    Signals:
        pointed: `(row, col)` under the mouse or the cursor; None when the mouse leaves.
        value_entered: row, col and the value typed so far.
    """

    pointed = Signal(object)
    value_entered = Signal(int, int, float)

    def __init__(self, name: str, editable: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._editable = editable
        self._values: Array = np.zeros((1, 1))
        self._shade: Shading | None = None
        self._cell = 20.0
        self._title = self._short_title = ""
        self._cursor: Pair = (0, 0)
        self._typed = ""
        self._base: QPixmap | None = None
        self._hovered: Pair | None = None
        theme().changed.connect(self.refresh)

    # -- what others ask and tell -------------------------------------------------------------------------------

    def set_values(self, values: Array, shade: Shading) -> None:
        """Show `values`, `(R, C)`; the very same array again costs nothing."""
        if values is self._values and shade == self._shade:
            return
        if values.shape != self._values.shape:
            self._typed = ""
            self._hovered = None
        self._values, self._shade = values, shade
        self.set_cursor((min(self._cursor[0], self.rows - 1), min(self._cursor[1], self.cols - 1)))
        self.refresh()

    def set_cell(self, pixels: float) -> None:
        """How large a cell is, cut down to whole device pixels so that lines stay sharp."""
        ratio = self.devicePixelRatioF()
        cell = max(math.floor(pixels * ratio) / ratio, 2.0)
        if cell != self._cell:
            self._cell = cell
            self.refresh()

    def set_title(self, text: str, short: str = "") -> None:
        """What stands above; `short` where there is no room for it."""
        if (text, short) != (self._title, self._short_title):
            self._title, self._short_title = text, short
            self.refresh()

    @property
    def rows(self) -> int:
        """Rows shown."""
        return int(self._values.shape[0])

    @property
    def cols(self) -> int:
        """Columns shown."""
        return int(self._values.shape[1])

    @property
    def cell(self) -> float:
        """Side of a cell in pixels."""
        return self._cell

    @property
    def cursor_cell(self) -> Pair:
        """Where the keyboard is."""
        return self._cursor

    def set_cursor(self, cell: Pair) -> None:
        """Put the keyboard's cursor there, silently; a number being typed is finished."""
        if cell != self._cursor:
            self._cursor, self._typed = cell, ""
            self.update()
        self.describe()

    def head(self) -> float:
        """Height of the title."""
        return QFontMetricsF(self.title_font()).height() + 5 if self._title else EDGE

    def title_font(self) -> QFont:
        """Of the title."""
        font = QFont(QApplication.font())
        font.setWeight(QFont.Weight.DemiBold)
        return font

    def origin(self) -> QPointF:
        """Top left corner of the cells, on a whole device pixel."""
        return QPointF(EDGE, math.ceil(self.head()))

    def cell_rect(self, row: int, col: int) -> QRectF:
        """Where a cell is painted."""
        return self._geometry().rect(row, col)

    def cell_at(self, position: QPointF) -> Pair | None:
        """The cell at a point of the widget."""
        return self._geometry().at(position)

    def _geometry(self) -> GridGeometry:
        origin = self.origin()
        return GridGeometry(origin.x(), origin.y(), self._cell, self._cell, self.rows, self.cols)

    def refresh(self) -> None:
        """Paint everything again."""
        self._base = None
        self.update()

    def say(self, cell: Pair) -> str:
        """What a screen reader says about a cell; subclasses put it in the window's language."""
        return str(self._values[cell])

    # -- painting -----------------------------------------------------------------------------------------------

    def paint_base(self, painter: QPainter) -> None:
        """What changes only with the values: title and cells."""
        if self._title:
            painter.setFont(self.title_font())
            painter.setPen(theme().color("text"))
            room = QRectF(EDGE, 0, self.width() - EDGE, self.head() - 3)
            metrics = QFontMetricsF(self.title_font())
            fits = metrics.horizontalAdvance(self._title) <= room.width() or not self._short_title
            text = self._title if fits else self._short_title
            words = elided(metrics, text, room.width())
            draw_text(painter, room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)
        if self._shade is not None:
            paint_cells(painter, self.origin(), self._cell, self._values, self._shade, self.padding_mask(), self.bare())

    def padding_mask(self) -> npt.NDArray[np.bool_] | None:
        """Which cells are padding; None: none."""
        return None

    def bare(self) -> npt.NDArray[np.bool_] | None:
        """Which cells show their colour without their number; None: none."""
        return None

    def paint_over(self, painter: QPainter) -> None:
        """What moves: the cursor."""
        if self.hasFocus():
            paint_ring(painter, self.cell_rect(*self._cursor), "accent", 2.0)
            if self._typed:
                self._paint_typed(painter)

    def _paint_typed(self, painter: QPainter) -> None:
        """The number being typed as it stands, which is not yet how it will be shown."""
        rect = self.cell_rect(*self._cursor)
        font = QFont(QApplication.font())
        width = max(rect.width(), QFontMetricsF(font).horizontalAdvance(self._typed) + 8)
        height = max(rect.height(), QFontMetricsF(font).height())
        box = QRectF(0, 0, width, height)
        box.moveCenter(rect.center())
        box.moveLeft(min(max(box.left(), 0.0), self.width() - width))
        painter.fillRect(box, theme().color("surface"))
        painter.setPen(QPen(theme().color("error" if typed_value(self._typed) is None else "accent"), 2))
        painter.drawRect(box)
        painter.setFont(font)
        painter.setPen(theme().color("text"))
        draw_text(painter, box, Qt.AlignmentFlag.AlignCenter, self._typed.replace("-", "−"))

    def whole(self) -> QRectF:
        """All cells."""
        return self._geometry().area()

    # -- Qt -----------------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        """The cells as large as they are now."""
        width, height = self.cols * self._cell + 2 * EDGE, self.rows * self._cell + self.head() + EDGE
        return QSize(math.ceil(width), math.ceil(height))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The kept picture of the values, and on it what moves."""
        ratio = self.devicePixelRatioF()
        if self._base is None or self._base.devicePixelRatio() != ratio:
            self._base = QPixmap((self.size().toSizeF() * ratio).toSize())
            self._base.setDevicePixelRatio(ratio)
            self._base.fill(Qt.GlobalColor.transparent)
            painter = QPainter(self._base)
            self.paint_base(painter)
            painter.end()
        painter = QPainter(self)
        painter.drawPixmap(QPointF(0, 0), self._base)
        self.paint_over(painter)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another room."""
        self._base = None
        super().resizeEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The cursor goes to the cell pressed."""
        cell = self.cell_at(event.position())
        if cell is not None:
            self.set_cursor(cell)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say which cell is under the mouse."""
        cell = self.cell_at(event.position())
        if cell != self._hovered:
            self._hovered = cell
            self.pointed.emit(cell)

    def leaveEvent(self, event: QEvent) -> None:
        """No cell."""
        if self._hovered is not None:
            self._hovered = None
            self.pointed.emit(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move, type, erase."""
        key = Qt.Key(event.key())
        step = arrow_step(event)
        if step is not None:
            self._move_to(moved(self._cursor, step, self.rows, self.cols))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._move_to((self._cursor[0], 0 if key == Qt.Key.Key_Home else self.cols - 1))
        elif not self._editable:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._type("" if key == Qt.Key.Key_Delete else self._typed[:-1])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._typed:
            self._finish()
        elif event.text() and plain(event.text()) in _SIGNS:
            self._type(with_sign(self._typed, event.text()))
        else:
            super().keyPressEvent(event)

    def _move_to(self, cell: Pair) -> None:
        self.set_cursor(cell)
        self.pointed.emit(self._cursor)

    def _type(self, text: str) -> None:
        self._typed = text
        value = typed_value(text)
        if value is not None:
            self.value_entered.emit(*self._cursor, value)
        self.update()

    def _finish(self) -> None:
        """Let the number be written, or say why it stays as it was typed."""
        try:
            real(self._typed)
        except UserError as error:
            corner = self.cell_rect(*self._cursor).bottomLeft().toPoint()
            QToolTip.showText(self.mapToGlobal(corner), tool_tip(translate_error(error)), self)
            return
        self._type_done()

    def _type_done(self) -> None:
        self._typed = ""
        self.update()

    def describe(self) -> None:
        """Say in words which cell the cursor is at, and its value."""
        words = self.say(self._cursor)
        if words != self.accessibleDescription():
            self.setAccessibleDescription(words)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the cursor; what was typed stands."""
        self._type_done()
        super().focusOutEvent(event)


def with_sign(typed: str, sign: str) -> str:
    """`typed` with one more key: a minus turns the sign, of the exponent behind an `e`; twelve signs at most."""
    sign = plain(sign)
    if sign == "-" and typed[-1:] not in ("e", "E"):
        return typed.removeprefix("-") if typed.startswith("-") else "-" + typed
    return typed + sign if len(typed) < _MOST_TYPED else typed


def typed_value(typed: str) -> float | None:
    """The number typed so far; 0 for nothing, None for what is no number, or not yet one."""
    if not typed:
        return 0.0
    try:
        return real(typed)
    except UserError:
        return None
