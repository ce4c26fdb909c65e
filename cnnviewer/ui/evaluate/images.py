"""Images of the table as thumbnails with index and confidence; one is looked at, any number can be selected."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QFontInfo, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from cnnviewer.core.evaluation.confusion import Confusion
from cnnviewer.core.evaluation.difference import Difference
from cnnviewer.core.evaluation.ranking import Order
from cnnviewer.ui.evaluate.image_texts import classes_text, image_text, number_texts
from cnnviewer.ui.widgets.cell_grid import list_step, within
from cnnviewer.ui.widgets.image_wall import ImageWall, Indices, Pixels
from cnnviewer.ui.widgets.painted_text import draw_text
from cnnviewer.ui.widgets.pictures import planes_to_image
from cnnviewer.ui.widgets.plain_text import fitting
from cnnviewer.ui.widgets.theme import theme

_SMALLER = 0.7  # of its width, that a thumbnail has at least where a row would not fit
_WIDTH = 7.4  # sizes of the letters that a thumbnail is wide, at least: room for its index and confidence
_FRAME = 3.0
_MARK = 15.0  # pixels of the mark of a selected image


class CellImages(ImageWall):
    """Some of the test images; arrow keys and clicks choose one.

    Ctrl and Shift with a click, Shift with an arrow key, Space and Ctrl+A select several without looking at them; Esc
    selects none.

    Signals:
        chosen: index into the test set.
        selection_changed: how many are selected.
    """

    accessible_role = QAccessible.Role.Graphic

    GAP = 10.0
    EDGE = 4.0

    chosen = Signal(int)
    selection_changed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("evaluationImages", parent)
        self._table: Confusion | None = None
        self._difference: Difference | None = None
        self._rows: Indices = np.zeros(0, np.int64)
        self._named = True
        self._order: Order = "surest"
        self._inspected = -1
        self._selected: set[int] = set()
        self._anchor = self._cursor = -1  # indices of images

    def set_images(self, images: Pixels) -> None:
        """The test set's images, uint8 `(N, C, H, W)`."""
        self._images = images
        self.viewport().update()

    def show_rows(
        self,
        table: Confusion | None,
        rows: Indices,
        named: bool,
        notice: str,
        order: Order = "surest",
        difference: Difference | None = None,
    ) -> None:
        """Show these rows of a table, in their order; what is selected and still shown stays selected.

        Args:
            table: what was predicted.
            rows: which of its images.
            named: whether the classes stand below each, because they differ.
            notice: why there are none.
            order: whose number stands below each.
            difference: from what was predicted before; None: nothing is compared.

        """
        if not np.array_equal(rows, self._rows):
            self.verticalScrollBar().setValue(0)
        self._table, self._rows, self._named, self._notice = table, rows, named, notice
        self._order, self._difference = order, difference
        self._shown = table.indices[rows] if table is not None else np.zeros(0, np.int64)
        if self._selected:
            self._select(self._selected.intersection(self._shown.tolist()))
        self.update_range()
        self.viewport().update()

    def set_inspected(self, index: int) -> None:
        """Frame the image that is looked at; -1: none of the test set."""
        if index != self._inspected:
            self._inspected = self._cursor = index
            self.bring_into_view()
            self.viewport().update()

    # what is selected

    @property
    def selected(self) -> Indices:
        """Indices of the images selected, in the order shown."""
        return self._shown[np.isin(self._shown, list(self._selected))] if self._selected else np.zeros(0, np.int64)

    def select_all(self) -> None:
        """Select every image shown."""
        self._select(set(self._shown.tolist()))

    def select_none(self) -> None:
        """Select no image."""
        self._select(set())

    def _select(self, indices: set[int]) -> None:
        if indices != self._selected:
            self._selected = indices
            self.selection_changed.emit(len(indices))
            self.viewport().update()

    def _place_of(self, index: int) -> int:
        found = np.flatnonzero(self._shown == index)
        return int(found[0]) if len(found) else -1

    def _toggle(self, place: int) -> None:
        self._anchor = self._cursor = int(self._shown[place])
        self._select(self._selected ^ {self._anchor})

    def _extend(self, place: int) -> None:
        """Select everything from where the selection began to this place."""
        start = max(0, self._place_of(self._anchor))
        low, high = min(start, place), max(start, place)
        self._anchor, self._cursor = int(self._shown[start]), int(self._shown[place])
        self._select(set(self._shown[low : high + 1].tolist()))

    # geometry

    def columns(self) -> int:
        """Thumbnails in a row."""
        wide = _WIDTH * QFontInfo(self.font()).pixelSize()
        return max(1, int((self.viewport().width() - 2 * self.EDGE + self.GAP) / (wide + self.GAP)))

    def _line(self) -> float:
        return QFontMetricsF(self.font()).height()

    def cell_size(self) -> tuple[float, float]:
        """A square with one line or two below; somewhat lower, its words as wide, where a whole row fits by that."""
        room = self.viewport().width() - 2 * self.EDGE - (self.columns() - 1) * self.GAP
        wide = max(24.0, room / self.columns())
        tall = self.viewport().height() - 2 * self.EDGE - self._words()
        return wide, (tall if _SMALLER * wide <= tall < wide else wide) + self._words()

    def _words(self) -> float:
        return 4 + self._line() * (2 if self._named else 1)

    def place(self) -> int:
        """Where the image stands from which the arrow keys lead on, or -1."""
        return self._place_of(self._cursor)

    def choose(self, place: int) -> None:
        """Ask for the `place`-th image shown to be inspected; it alone is selected."""
        self._inspected = self._anchor = self._cursor = int(self._shown[place])
        self._select({self._inspected})
        self.bring_into_view()
        self.describe_inspected()
        self.viewport().update()
        self.chosen.emit(self._inspected)

    def describe_inspected(self) -> None:
        """Say to a screen reader which image is the input; nothing before one was chosen."""
        if self._inspected >= 0:
            self.setAccessibleDescription(self.describe(self._inspected))

    # looks

    def paintEvent(self, event: QPaintEvent) -> None:
        """The thumbnails that are visible, or why there are none."""
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._table is None or not len(self._shown):
            self.paint_notice(painter, 16)
            return
        for place in self.visible_places():
            self._paint_cell(painter, self.cell_rect(place), place, self._table)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme().color("accent"), 1))
            painter.drawRoundedRect(QRectF(self.viewport().rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)

    def _paint_cell(self, painter: QPainter, cell: QRectF, place: int, table: Confusion) -> None:
        index, row = int(self._shown[place]), int(self._rows[place])
        if index >= len(self._images):
            return
        side = cell.height() - self._words()
        square = QRectF(cell.center().x() - side / 2, cell.top(), side, side)
        box = self.paint_picture(painter, planes_to_image(self._images[index]), square)
        current = index == self._inspected
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme().color("highlight" if current else "border"), _FRAME if current else 1.0))
        painter.drawRoundedRect(box.adjusted(-1, -1, 1, 1), 3, 3)
        if index in self._selected and len(self._selected) > 1:
            self._paint_mark(painter, box)
        metrics, centre = QFontMetricsF(self.font()), Qt.AlignmentFlag.AlignCenter
        line = QRectF(cell.left() - 4, cell.top() + side + 4, cell.width() + 8, self._line())
        painter.setPen(theme().color("text" if current else "muted"))
        if self._named:
            words = classes_text(table, row, self._difference, metrics, line.width())
            draw_text(painter, line, centre, words)
            line.translate(0, self._line())
        numbers = number_texts(table, row, self._order)
        words = fitting(metrics, line.width(), *(f"#{index} · {number}" for number in numbers), numbers[-1])
        draw_text(painter, line, centre, words)

    def _paint_mark(self, painter: QPainter, box: QRectF) -> None:
        """A frame in the colour of what can be pressed, and a tick."""
        accent = theme().color("accent")
        painter.setPen(QPen(accent, 2))
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 2, 2)
        mark = QRectF(box.right() - _MARK - 2, box.top() + 2, _MARK, _MARK)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(accent)
        painter.drawRoundedRect(mark, 3, 3)
        painter.setPen(QPen(theme().color("surface"), 1.8))
        points = ((0.22, 0.52), (0.43, 0.74), (0.80, 0.28))
        painter.drawPolyline([QPointF(mark.left() + x * _MARK, mark.top() + y * _MARK) for x, y in points])

    def describe(self, index: int) -> str:
        """Number, classes and confidence of an image that is shown."""
        found = self._place_of(index)
        if self._table is None or found < 0:
            return ""
        return image_text(self._table, int(self._rows[found]), self._difference)

    # Qt

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Look at what lies there; with Ctrl or Shift select it, or everything up to it."""
        place, held = self.place_at(event.position().toPoint()), event.modifiers()
        if event.button() != Qt.MouseButton.LeftButton or place < 0:
            return
        if held & Qt.KeyboardModifier.ControlModifier:
            self._toggle(place)
        elif held & Qt.KeyboardModifier.ShiftModifier:
            self._extend(place)
        else:
            self.choose(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Select with Shift and an arrow key, Space, Ctrl+A, Esc; every other key is the wall's."""
        key, held, count = Qt.Key(event.key()), event.modifiers(), len(self._shown)
        if count and key == Qt.Key.Key_A and held == Qt.KeyboardModifier.ControlModifier:
            self.select_all()
        elif key == Qt.Key.Key_Escape and len(self._selected) > 1:
            self.select_none()
        elif count and key == Qt.Key.Key_Space:
            self._toggle(max(self.place(), 0))
        elif count and held & Qt.KeyboardModifier.ShiftModifier and self._shift_key(event):
            pass
        else:
            super().keyPressEvent(event)

    def _shift_key(self, event: QKeyEvent) -> bool:
        columns, count = self.columns(), len(self._shown)
        rows = max(int(self.viewport().height() / (self.cell_size()[1] + self.GAP)), 1)
        step = list_step(event, count, columns * rows, columns)
        if step is None:
            return False
        self._extend(within(max(self.place(), 0) + step, count))
        self.bring_into_view()
        return True

    def minimumSizeHint(self) -> QSize:
        """Two thumbnails."""
        return QSize(220, 100)
