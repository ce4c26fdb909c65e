"""All layers of a large network as thumbnails in one row: what is seen of it, and the way to any layer."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from cnnviewer.core.inspection.blocks import Block
from cnnviewer.core.inspection.records import Architecture, LayerInfo
from cnnviewer.ui.explore.network.geometry import Rect
from cnnviewer.ui.explore.network.headings import described
from cnnviewer.ui.explore.network.pictures import Pictures
from cnnviewer.ui.explore.network.qt_rects import qrect
from cnnviewer.ui.widgets.cell_grid import arrow_step
from cnnviewer.ui.widgets.focus import paint_focus
from cnnviewer.ui.widgets.painted_text import draw_text
from cnnviewer.ui.widgets.plain_text import tool_tip
from cnnviewer.ui.widgets.styled import Styled

_EDGE, _GAP, _BLOCK_GAP = 10.0, 3.0, 7.0
_CLOSE: Final = 12.0  # pixels of a layer: narrower ones stand closer together
_CLOSE_GAP, _CLOSE_BLOCK_GAP = 1.0, 4.0
_NARROWEST: Final = 6.0  # pixels of a layer: of a network of hundreds a part is shown, around the current layer
_LARGEST: Final = 40.0
_SMALL: Final = 19.0  # side of a tile where a layer has the room for two rows of them
_MOST_ABREAST: Final = 6
_CENTRE = Qt.AlignmentFlag.AlignCenter


@dataclass(frozen=True)
class Slot:
    """Where one layer stands."""

    layer: LayerInfo
    x: float
    width: float


def slots_of(architecture: Architecture, blocks: Sequence[Block], width: float) -> tuple[Slot, ...]:
    """The layers side by side in `width` pixels, blocks a little apart; wider where they would become too narrow."""
    if not architecture.layers:
        return ()
    begins = {block.layers[0] for block in blocks} | {
        after.name
        for before, after in zip(architecture.layers, architecture.layers[1:], strict=False)
        if any(before.name == block.layers[-1] for block in blocks)
    }
    count = len(architecture.layers)
    gap, block_gap, wide = _GAP, _BLOCK_GAP, 0.0
    for gap, block_gap in ((_GAP, _BLOCK_GAP), (_CLOSE_GAP, _CLOSE_BLOCK_GAP)):
        gaps = (count - 1) * gap + len(begins) * (block_gap - gap)
        wide = max(_NARROWEST, (width - 2 * _EDGE - gaps) / count)
        if wide >= _CLOSE:
            break
    wide = min(wide, 130.0)
    total = wide * count + gaps
    x = max(_EDGE, (width - total) / 2)
    found = []
    for place, layer in enumerate(architecture.layers):
        x += 0.0 if not place else block_gap if layer.name in begins else gap
        found.append(Slot(layer, x, wide))
        x += wide
    return tuple(found)


class OverviewStrip(Styled, QWidget):
    """Shows every layer by its strongest map; says which ones are in view, and goes to the one that is clicked.

    Signals:
        layer_chosen: name of the layer to go to.
        layer_walked: likewise, where a key leads there.
        turned: pixels by which the wheel goes along the network.
    """

    layer_chosen = Signal(str)
    layer_walked = Signal(str)
    turned = Signal(float)

    def __init__(self, pictures: Pictures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("overviewStrip")
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._pictures = pictures
        self._architecture = Architecture("", ())
        self._blocks: tuple[Block, ...] = ()
        self._slots: tuple[Slot, ...] = ()
        self._seen: tuple[str, str] | None = None
        self._current = ""
        self._thumbnails: QPixmap | None = None
        self._parameters = "{count:parameter|parameters}"
        self.on_look_changed()

    # -- values in

    def set_network(self, architecture: Architecture, blocks: Sequence[Block]) -> None:
        """Other layers."""
        self._architecture, self._blocks = architecture, tuple(blocks)
        self._seen, self._current = None, ""
        self._place()

    def set_parameter_text(self, text: str) -> None:
        """How a number `{n}` of parameters is said."""
        self._parameters = text

    def refresh(self) -> None:
        """The values or their colours are others."""
        self._thumbnails = None
        self.update()

    def set_seen(self, first: str, last: str) -> None:
        """The first and the last layer that are in view on the stage."""
        if (first, last) != self._seen:
            self._seen = (first, last) if first else None
            self.update()

    def set_current(self, name: str) -> None:
        """Mark this layer."""
        if name != self._current:
            before, self._current = self._offset, name
            if self._offset != before:
                self._thumbnails = None
            layer = next((layer for layer in self._architecture.layers if layer.name == name), None)
            self.setAccessibleDescription(described(layer, self._parameters) if layer is not None else "")
            self.update()

    @property
    def current(self) -> str:
        """The layer that is marked."""
        return self._current

    # -- geometry

    @property
    def _offset(self) -> float:
        """How far a strip that is wider than the widget is moved to the left."""
        if not self._slots:
            return 0.0
        last = self._slots[-1]
        most = last.x + last.width + _EDGE - self.width()
        slot = next((slot for slot in self._slots if slot.layer.name == self._current), self._slots[0])
        return max(0.0, min(most, slot.x + slot.width / 2 - self.width() / 2))

    def layer_at(self, x: float) -> LayerInfo | None:
        """The layer at that place across."""
        x += self._offset
        return next((s.layer for s in self._slots if s.x - _BLOCK_GAP / 2 <= x < s.x + s.width + _GAP), None)

    def _place(self) -> None:
        self._slots = slots_of(self._architecture, self._blocks, float(self.width()))
        self.refresh()

    def _tile(self, slot: Slot) -> float:
        return min(_LARGEST, slot.width)

    # -- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """The thumbnails, what is in view, and the names that have room."""
        style, painter = self.paint_style, QPainter(self)
        painter.fillRect(self.rect(), style.color("raised"))
        painter.setPen(QPen(style.color("border"), 1))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        offset = self._offset
        places = {slot.layer.name: slot for slot in self._slots}
        if self._seen is not None and self._seen[0] in places and self._seen[1] in places:
            first, last = places[self._seen[0]], places[self._seen[1]]
            room = Rect(first.x - 3 - offset, 3, last.x + last.width - first.x + 6, self.height() - 7.0)
            painter.setPen(QPen(style.color("accent", 0.7), 1))
            painter.setBrush(style.color("accent", 0.09))
            painter.drawRect(qrect(room))  # not rounded: that costs milliseconds while one goes along
        ratio = self.devicePixelRatioF()
        if self._thumbnails is None or self._thumbnails.devicePixelRatio() != ratio:
            self._thumbnails = self._painted(ratio)
        painter.drawPixmap(0, 0, self._thumbnails)
        self._paint_names(painter, offset)
        if self._current in places:
            slot = places[self._current]
            painter.setPen(QPen(style.color("highlight"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(slot.x - offset - 1, 7, slot.width + 2, _LARGEST + 4))
        if self.hasFocus():
            paint_focus(painter, self, style.color("accent", 0.8))
        painter.end()

    def _painted(self, ratio: float) -> QPixmap:
        picture = QPixmap(round(self.width() * ratio), round(self.height() * ratio))
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        offset = self._offset
        for slot in self._slots:
            if slot.x + slot.width - offset > 0 and slot.x - offset < self.width():
                self._paint_slot(painter, slot, slot.x - offset, ratio)
        painter.end()
        return picture

    def _paint_slot(self, painter: QPainter, slot: Slot, x: float, ratio: float) -> None:
        layer = slot.layer
        maps = len(layer.shape) == 3
        abreast = min(_MOST_ABREAST, int((slot.width + 2) // (_SMALL + 2))) if maps and layer.palette != "image" else 1
        count = min(layer.shape[0], 2 * abreast) if abreast > 1 else 1
        abreast = min(abreast, math.ceil(count / 2)) if count > 1 else 1
        side = _SMALL if count > 1 else self._tile(slot)
        left = x + (slot.width - abreast * (side + 2) + 2) / 2
        top = 9 + (_LARGEST - (2 * (side + 2) - 2 if count > 1 else side)) / 2
        for place, image in enumerate(self._images(layer, count, math.ceil(side * ratio))):
            column, row = divmod(place, 2) if count > 1 else (0, 0)
            room = QRectF(left + column * (side + 2), top + row * (side + 2), side, side)
            if image is None:
                painter.fillRect(room, self.paint_style.color("sunken"))
            else:
                painter.drawImage(_fitted(room, image), image)

    def _images(self, layer: LayerInfo, count: int, side: int) -> list[QImage | None]:
        """The strongest maps of a layer as images; of a vector all its values in a square."""
        pictures = self._pictures
        if pictures.empty or not pictures.holds(layer.name):
            return [None] * count
        if len(layer.shape) != 3:
            colours = pictures.pixels(layer.name)
            return [None if colours is None else _as_image(_square(colours))]
        if layer.palette == "image":
            together = pictures.photograph(layer.name)
            colours = pictures.pixels(layer.name)
            return [together if together is not None or colours is None else _as_image(colours[0])]
        strengths = pictures.strengths(layer.name)
        order = range(count) if strengths is None else np.argsort(-strengths, kind="stable")[:count].tolist()
        small = pictures.maps(layer.name, side, side, list(order))
        if small is not None:
            each = np.broadcast_to(np.array(list(order), np.intp)[:, None, None], small.shape)
            shown = pictures.coloured(layer.name, small, each if pictures.mode == "map" else None)
            return [_as_image(one) for one in shown]
        colours = pictures.pixels(layer.name, list(order))
        return [None] * count if colours is None else [_as_image(one) for one in colours]

    def _paint_names(self, painter: QPainter, offset: float) -> None:
        """Names of layers where all have room, else of the blocks; the current one's always."""
        style = self.paint_style
        y = 15 + _LARGEST
        painter.setFont(style.small_font)
        all_fit = all(style.small(slot.layer.name) <= slot.width + _GAP - 2 for slot in self._slots)
        places = {slot.layer.name: slot for slot in self._slots}
        current = places.get(self._current)
        taken = (math.inf, -math.inf)
        if current is not None:
            wide = style.small(self._current) + 8
            left = min(max(2.0, current.x + current.width / 2 - offset - wide / 2), self.width() - wide - 2)
            taken = (left, left + wide)
            painter.setPen(style.color("highlight_text"))
            draw_text(painter, QRectF(left, y, wide, style.line), _CENTRE, self._current)
        labels = [(slot.layer.name, slot.x, slot.x + slot.width) for slot in self._slots]
        if not all_fit:
            labels = []
            for block in self._blocks:
                first, last = places[block.layers[0]], places[block.layers[-1]]
                labels.append((block.name, first.x, last.x + last.width))
                painter.setPen(QPen(style.color("faint"), 1))
                line = (QPointF(first.x - offset, y - 1), QPointF(last.x + last.width - offset, y - 1))
                painter.drawLine(*line)
        painter.setPen(style.color("muted"))
        for text, left, right in labels:
            wide = style.small(text)
            x = (left + right) / 2 - offset - wide / 2
            if wide <= right - left + _GAP and not (x < taken[1] and taken[0] < x + wide):
                draw_text(painter, QRectF(x - 2, y, wide + 4, style.line), _CENTRE, text)

    # -- Qt

    def on_look_changed(self) -> None:
        """As high as a thumbnail and a name."""
        super().on_look_changed()
        self.setFixedHeight(round(_LARGEST + self.paint_style.line + 22))
        self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The layers share another width."""
        self._place()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the layer."""
        layer = self.layer_at(event.position().x())
        if event.button() == Qt.MouseButton.LeftButton and layer is not None:
            self.layer_chosen.emit(layer.name)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say which layer it is; go along the network while pressed."""
        layer = self.layer_at(event.position().x())
        self.setCursor(Qt.CursorShape.PointingHandCursor if layer is not None else Qt.CursorShape.ArrowCursor)
        if layer is None:
            return
        if event.buttons() & Qt.MouseButton.LeftButton:
            if layer.name != self._current:
                self.layer_chosen.emit(layer.name)
            return
        below = self.mapToGlobal(QPoint(round(event.position().x()), self.height()))
        QToolTip.showText(below, tool_tip(described(layer, self._parameters)), self)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Go along the network."""
        step = event.pixelDelta() if not event.pixelDelta().isNull() else event.angleDelta()
        self.turned.emit(float(step.x() or step.y()))
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is said any more."""
        QToolTip.hideText()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right go layer by layer, Home and End to the ends."""
        names = [slot.layer.name for slot in self._slots]
        step = arrow_step(event)
        place = names.index(self._current) if self._current in names else 0
        if step is not None and step[1] and names:
            place += step[1]
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End) and names:
            place = 0 if event.key() == Qt.Key.Key_Home else len(names) - 1
        else:
            super().keyPressEvent(event)
            return
        self.layer_walked.emit(names[min(max(place, 0), len(names) - 1)])


def _fitted(room: QRectF, image: QImage) -> QRectF:
    """The image as large as fits, with its proportions."""
    scale = min(room.width() / image.width(), room.height() / image.height())
    wide, high = max(1.0, image.width() * scale), max(1.0, image.height() * scale)
    return QRectF(room.center().x() - wide / 2, room.center().y() - high / 2, wide, high)


def _square(
    colours: np.ndarray[tuple[int, ...], np.dtype[np.uint32]],
) -> np.ndarray[tuple[int, ...], np.dtype[np.uint32]]:
    """`(N,)` in rows that make about a square; what is missing in the last row is transparent."""
    across = math.ceil(math.sqrt(len(colours)))
    filled = np.zeros(-(-len(colours) // across) * across, np.uint32)
    filled[: len(colours)] = colours
    return filled.reshape(-1, across)


def _as_image(colours: np.ndarray[tuple[int, ...], np.dtype[np.uint32]]) -> QImage:
    """`(H, W)` of Qt's 32-bit pixels as an image of its own."""
    data = np.ascontiguousarray(colours)
    height, width = data.shape
    return QImage(data.data, width, height, 4 * width, QImage.Format.Format_ARGB32_Premultiplied).copy()
