"""A wall of images in rows that costs what is visible of it, however many there are."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QEvent, QPoint, QRectF, Qt
from PySide6.QtGui import QHelpEvent, QImage, QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QToolTip, QWidget

from cnnviewer.ui.widgets.cell_grid import list_step, within
from cnnviewer.ui.widgets.focus import paint_focus
from cnnviewer.ui.widgets.painted_text import draw_text
from cnnviewer.ui.widgets.plain_text import tool_tip
from cnnviewer.ui.widgets.theme import theme

Indices = npt.NDArray[np.int64]
Pixels = npt.NDArray[np.uint8]
_ROUNDED_UP = 0.999


class ImageWall(QAbstractScrollArea):
    """Base of the grids that show some images of a split: their places, what is visible, the mouse and the keys.

    It paints itself: an item view lays all of 60,000 items out before it shows the first. A subclass says how large a
    cell is, which place is current, what choosing a place does, and paints.
    """

    GAP = 4.0
    """Pixels between two cells."""
    EDGE = 0.0
    """Pixels around all of them."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setProperty("uncovered", True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFrameShape(self.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setMouseTracking(True)
        self._images: Pixels = np.zeros((0, 1, 1, 1), np.uint8)
        self._shown: Indices = np.zeros(0, np.int64)
        self._notice = ""
        theme().changed.connect(self.viewport().update)

    @property
    def shown(self) -> Indices:
        """Indices of the images shown, in their order."""
        return self._shown

    # -- what a subclass says -----------------------------------------------------------------------------------

    def columns(self) -> int:
        """Cells in a row."""
        raise NotImplementedError

    def cell_size(self) -> tuple[float, float]:
        """Width and height of a cell, in pixels."""
        raise NotImplementedError

    def place(self) -> int:
        """Where the current image stands among those shown, or -1."""
        raise NotImplementedError

    def choose(self, place: int) -> None:
        """Make the `place`-th shown image current."""
        raise NotImplementedError

    def describe(self, index: int) -> str:
        """What the tool tip says of the image `index` of the split; empty: nothing."""
        return ""

    # -- geometry -----------------------------------------------------------------------------------------------

    def cell_rect(self, place: int) -> QRectF:
        """Where the `place`-th shown image lies in the viewport."""
        row, column = divmod(place, self.columns())
        width, height = self.cell_size()
        left = self.EDGE + column * (width + self.GAP)
        top = self.EDGE + row * (height + self.GAP) - self.verticalScrollBar().value()
        return QRectF(left, top, width, height)

    def place_at(self, position: QPoint) -> int:
        """Which of the shown images lies under `position`, or -1."""
        width, height = self.cell_size()
        column = int((position.x() - self.EDGE) // (width + self.GAP))
        row = int((position.y() + self.verticalScrollBar().value() - self.EDGE) // (height + self.GAP))
        place = row * self.columns() + column
        return place if 0 <= column < self.columns() and 0 <= place < len(self._shown) else -1

    def visible_places(self) -> range:
        """The places that are seen, at least in part."""
        pitch = self.cell_size()[1] + self.GAP
        scrolled = self.verticalScrollBar().value()
        first = max(0, int((scrolled - self.EDGE) // pitch)) * self.columns()
        last = (int((scrolled + self.viewport().height()) // pitch) + 1) * self.columns()
        return range(first, min(last, len(self._shown)))

    def update_range(self) -> None:
        """Let the scroll bar reach what is shown now."""
        rows = -(-len(self._shown) // self.columns())
        pitch = self.cell_size()[1] + self.GAP
        total = 2 * self.EDGE + rows * pitch - self.GAP
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, int(total - self.viewport().height() + _ROUNDED_UP)))
        bar.setSingleStep(max(1, int(pitch)))
        bar.setPageStep(max(1, self.viewport().height()))

    def bring_into_view(self) -> None:
        """Scroll to the current image."""
        place = self.place()
        if place < 0:
            return
        rect, bar = self.cell_rect(place), self.verticalScrollBar()
        if rect.top() < 0:
            bar.setValue(bar.value() + int(rect.top()) - int(self.EDGE))
        elif rect.bottom() > self.viewport().height():
            bar.setValue(bar.value() + int(rect.bottom() - self.viewport().height() + max(self.EDGE, _ROUNDED_UP)))

    def paint_picture(self, painter: QPainter, picture: QImage, room: QRectF) -> QRectF:
        """Paint a picture as large as fits, in the middle, its proportions kept; the box that it fills."""
        scale = min(room.width() / picture.width(), room.height() / picture.height())
        box = QRectF(0, 0, picture.width() * scale, picture.height() * scale)
        box.moveCenter(room.center())
        painter.drawImage(box, picture)
        return box

    def set_notice(self, sentence: str) -> None:
        """What stands where there are no images: why there are none."""
        if sentence != self._notice:
            self._notice = sentence
            self.viewport().update()

    def paint_notice(self, painter: QPainter, margin: int) -> None:
        """Say why there are no images."""
        painter.setPen(theme().color("muted"))
        room = self.viewport().rect().adjusted(margin, margin, -margin, -margin)
        draw_text(painter, room, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._notice)
        if self.hasFocus():
            paint_focus(painter, self.viewport(), theme().color("accent"))

    # -- Qt -----------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The columns change."""
        super().resizeEvent(event)
        self.update_range()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Paint everything again: the cells lie at fractional places."""
        self.viewport().update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose what lies there."""
        place = self.place_at(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and place >= 0:
            self.choose(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows, Page Up and Down, Home and End choose as they go; Enter chooses the current image, or the first."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and len(self._shown):
            self.choose(max(self.place(), 0))
            return
        count, columns = len(self._shown), self.columns()
        rows = max(int(self.viewport().height() / (self.cell_size()[1] + self.GAP)), 1)
        step = list_step(event, count, columns * rows, columns)
        if step is None or not count:
            super().keyPressEvent(event)
            return
        place = self.place()
        target = within(place + step, count) if place >= 0 else 0
        if target != place:
            self.choose(target)

    def viewportEvent(self, event: QEvent) -> bool:
        """The tool tip describes what lies under the pointer."""
        if not isinstance(event, QHelpEvent):
            return super().viewportEvent(event)
        place = self.place_at(event.pos())
        words = self.describe(int(self._shown[place])) if place >= 0 else ""
        if words:
            QToolTip.showText(event.globalPos(), tool_tip(words), self)
        else:
            QToolTip.hideText()
        return True
