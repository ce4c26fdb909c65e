"""A wall of thumbnails that costs what is visible of it, however many images there are."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFontMetricsF,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from cnnviewer.ui.input.pictures import planes_to_image
from cnnviewer.ui.theme import theme

_WANTED_CELL = 50.0
_GAP = 4.0
_KEPT_PICTURES = 2000

IndexArray = npt.NDArray[np.int64]


class SampleGrid(QAbstractScrollArea):
    """Thumbnails of some images of a split, in rows; exactly one or none is current.

    It paints itself: an item view lays all of 60,000 items out before it shows the first.

    Signals:
        current_changed: index into the split of the image that the person, or `set_current`, chose.
    """

    current_changed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sampleGrid")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFrameShape(self.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.viewport().setMouseTracking(True)
        self._images: npt.NDArray[np.uint8] = np.zeros((0, 1, 1, 1), np.uint8)
        self._shown: IndexArray = np.zeros(0, np.int64)
        self._labels: IndexArray = np.zeros(0, np.int64)
        self._predicted: IndexArray | None = None
        self._classes: tuple[str, ...] = ()
        self._current = -1
        self._notice = ""
        self._pictures: dict[int, QImage] = {}
        theme().changed.connect(self.viewport().update)

    # -- what others ask and tell -------------------------------------------------------------------------------

    def set_images(self, images: npt.NDArray[np.uint8], labels: IndexArray, classes: tuple[str, ...]) -> None:
        """Show a split: images uint8 `(N, C, H, W)`, labels `(N,)`; all of them, none current."""
        self._images, self._labels, self._classes = images, labels, classes
        self._pictures.clear()
        self._predicted = None
        self._current = -1
        self.verticalScrollBar().setValue(0)
        self.set_shown(np.arange(len(images)))

    def set_predicted(self, predicted: IndexArray | None) -> None:
        """What the model read, `(N,)`; wrong ones are framed and tagged."""
        self._predicted = predicted
        self.viewport().update()

    def set_shown(self, shown: IndexArray, notice: str = "") -> None:
        """Which images are shown, in this order; `notice` says why there are none."""
        self._shown, self._notice = shown, notice
        self._update_range()
        if self._current >= 0:
            self._bring_into_view()
        self.viewport().update()

    def shown(self) -> IndexArray:
        """Indices of the images shown."""
        return self._shown

    def current(self) -> int:
        """Index into the split, or -1."""
        return self._current

    def place(self) -> int:
        """Where the current image stands among those shown, or -1."""
        at = int(np.searchsorted(self._shown, self._current))
        return at if self._current >= 0 and at < len(self._shown) and self._shown[at] == self._current else -1

    def set_current(self, index: int) -> None:
        """Choose the image `index` of the split and bring it into view; tells it even when it was current."""
        self._current = index
        self._bring_into_view()
        self.viewport().update()
        self.current_changed.emit(index)

    def clear_current(self) -> None:
        """No image is current; says nothing."""
        self._current = -1
        self.viewport().update()

    # -- geometry -----------------------------------------------------------------------------------------------

    def columns(self) -> int:
        """Thumbnails in a row."""
        return max(int((self.viewport().width() + _GAP) / (_WANTED_CELL + _GAP)), 1)

    def _cell(self) -> float:
        return (self.viewport().width() - (self.columns() - 1) * _GAP) / self.columns()

    def cell_rect(self, place: int) -> QRectF:
        """Where the `place`-th shown image lies in the viewport."""
        row, column = divmod(place, self.columns())
        pitch = self._cell() + _GAP
        return QRectF(column * pitch, row * pitch - self.verticalScrollBar().value(), self._cell(), self._cell())

    def place_at(self, position: QPoint) -> int:
        """Which of the shown images lies under `position`, or -1."""
        pitch = self._cell() + _GAP
        column = int(position.x() // pitch)
        row = int((position.y() + self.verticalScrollBar().value()) // pitch)
        place = row * self.columns() + column
        return place if 0 <= column < self.columns() and 0 <= place < len(self._shown) else -1

    def _update_range(self) -> None:
        rows = -(-len(self._shown) // self.columns())
        pitch = self._cell() + _GAP
        bar = self.verticalScrollBar()
        bar.setRange(0, max(int(rows * pitch - _GAP - self.viewport().height() + 0.999), 0))
        bar.setSingleStep(max(int(pitch), 1))
        bar.setPageStep(max(self.viewport().height(), 1))

    def _bring_into_view(self) -> None:
        place = self.place()
        if place < 0:
            return
        rect, bar = self.cell_rect(place), self.verticalScrollBar()
        if rect.top() < 0:
            bar.setValue(bar.value() + int(rect.top()))
        elif rect.bottom() > self.viewport().height():
            bar.setValue(bar.value() + int(rect.bottom() - self.viewport().height() + 0.999))

    # -- looks --------------------------------------------------------------------------------------------------

    def is_wrong(self, index: int) -> bool:
        """Whether the model is known to have misread the image."""
        return self._predicted is not None and self._predicted[index] != self._labels[index]

    def _class_name(self, label: int) -> str:
        return self._classes[label] if 0 <= label < len(self._classes) else str(label)

    def _picture(self, index: int) -> QImage:
        picture = self._pictures.get(index)
        if picture is None:
            if len(self._pictures) >= _KEPT_PICTURES:
                self._pictures.clear()
            picture = self._pictures[index] = planes_to_image(self._images[index])
        return picture

    def paintEvent(self, event: QPaintEvent) -> None:
        """The thumbnails that are visible, or the notice."""
        painter = QPainter(self.viewport())
        painter.setRenderHints(QPainter.RenderHint.SmoothPixmapTransform | QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.viewport().rect(), theme().color("surface"))
        if not len(self._shown):
            painter.setPen(theme().color("muted"))
            room = self.viewport().rect().adjusted(12, 12, -12, -12)
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._notice)
            return
        pitch = self._cell() + _GAP
        scrolled = self.verticalScrollBar().value()
        first = int(scrolled // pitch) * self.columns()
        last = (int((scrolled + self.viewport().height()) // pitch) + 1) * self.columns()
        for place in range(first, min(last, len(self._shown))):
            self._paint_cell(painter, self.cell_rect(place), int(self._shown[place]))

    def _paint_cell(self, painter: QPainter, cell: QRectF, index: int) -> None:
        picture = self._picture(index)
        size = picture.size().scaled(QSize(1000, 1000), Qt.AspectRatioMode.KeepAspectRatio)
        box = QRectF(0, 0, cell.width() * size.width() / 1000, cell.height() * size.height() / 1000)
        box.moveCenter(cell.center())
        painter.drawImage(box, picture)
        wrong, current = self.is_wrong(index), index == self._current
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if wrong:
            self._paint_tag(painter, cell, index)
            painter.setPen(QPen(theme().color("error"), 1.5))
            painter.drawRect(cell.adjusted(0.75, 0.75, -0.75, -0.75))
        if current:
            painter.setPen(QPen(theme().color("surface"), 5.0))
            painter.drawRect(cell.adjusted(1.5, 1.5, -1.5, -1.5))
            painter.setPen(QPen(theme().color("highlight" if not self.hasFocus() else "accent"), 3.0))
            painter.drawRect(cell.adjusted(1.5, 1.5, -1.5, -1.5))

    def _paint_tag(self, painter: QPainter, cell: QRectF, index: int) -> None:
        assert self._predicted is not None
        face = self.font()
        face.setPixelSize(10)
        painter.setFont(face)
        metrics = QFontMetricsF(face)
        label, read = self._class_name(int(self._labels[index])), self._class_name(int(self._predicted[index]))
        tag = QRectF(cell.left(), cell.bottom() - metrics.height(), cell.width(), metrics.height())
        ground = theme().color("error_soft")
        ground.setAlpha(235)
        painter.fillRect(tag, ground)
        painter.setPen(theme().color("error"))
        room = (tag.width() - metrics.horizontalAdvance("→") - 4) / 2
        short = [metrics.elidedText(name, Qt.TextElideMode.ElideRight, room) for name in (label, read)]
        painter.drawText(tag, Qt.AlignmentFlag.AlignCenter, "→".join(short))

    # -- Qt -----------------------------------------------------------------------------------------------------

    def minimumSizeHint(self) -> QSize:
        """Two rows and four columns."""
        return QSize(220, 90)

    def sizeHint(self) -> QSize:
        """A handful of rows."""
        return QSize(300, 300)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The columns change; what is current stays in view."""
        super().resizeEvent(event)
        self._update_range()
        self._bring_into_view()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Paint anew: the cells lie at fractional places."""
        self.viewport().update()

    def focusInEvent(self, event: QEvent) -> None:
        """The current one shows where the keys go."""
        self.viewport().update()

    def focusOutEvent(self, event: QEvent) -> None:
        """As above."""
        self.viewport().update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose what lies there."""
        place = self.place_at(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and place >= 0:
            self.set_current(int(self._shown[place]))

    def viewportEvent(self, event: QEvent) -> bool:
        """The tool tip tells number, label and reading."""
        if event.type() == QEvent.Type.ToolTip:
            self._update_tool_tip()
        return super().viewportEvent(event)

    def _update_tool_tip(self) -> None:
        place = self.place_at(self.viewport().mapFromGlobal(self.cursor().pos()))
        self.viewport().setToolTip("" if place < 0 else self.describe(int(self._shown[place])))

    def describe(self, index: int) -> str:
        """Number, label and, where known, what the model read."""
        label = self._class_name(int(self._labels[index]))
        if self._predicted is None:
            return self.tr("#{index} · label {label}").format(index=f"{index:,}", label=label)
        return self.tr("#{index} · label {label}, read as {read}").format(
            index=f"{index:,}", label=label, read=self._class_name(int(self._predicted[index]))
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows, Page Up and Down, Home and End choose as they go."""
        count = len(self._shown)
        rows = max(int(self.viewport().height() / (self._cell() + _GAP)), 1)
        columns = self.columns()
        steps = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -columns,
            Qt.Key.Key_Down: columns,
            Qt.Key.Key_PageUp: -columns * rows,
            Qt.Key.Key_PageDown: columns * rows,
            Qt.Key.Key_Home: -count,
            Qt.Key.Key_End: count,
        }
        step = steps.get(Qt.Key(event.key()))
        if step is None or not count:
            super().keyPressEvent(event)
            return
        place = self.place()
        target = min(max(place + step, 0), count - 1) if place >= 0 else 0
        if target != place:
            self.set_current(int(self._shown[target]))
