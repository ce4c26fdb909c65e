"""All maps of one layer in large tiles, the strongest first; of a vector its values."""

from __future__ import annotations

import math
from typing import Final, Literal

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import (
    QAccessible,
    QColor,
    QContextMenuEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from cnnviewer.core.inspection.records import Cell, LayerInfo
from cnnviewer.ui.explore.network.labels import cell_number
from cnnviewer.ui.explore.network.muted import paint_muted_tile
from cnnviewer.ui.explore.network.pictures import Pictures
from cnnviewer.ui.widgets.image_wall import ImageWall
from cnnviewer.ui.widgets.painted_text import draw_text
from cnnviewer.ui.widgets.text_colour import text_colour_on
from cnnviewer.ui.widgets.theme import theme
from cnnviewer.ui.widgets.type_sizes import scaled

Order = Literal["strength", "number"]
_SMALLEST, _LARGEST = 64.0, 160.0
"""Sides of a tile, in pixels."""
_VALUE: Final = (76.0, 30.0)  # width and height of the cell of a single value


class MapsWall(ImageWall):
    """Shows a layer of `Pictures`; what is seen alone is coloured.

    Signals:
        cell_chosen: the `Cell` of the map that was clicked.
        channel_hovered: of the map under the pointer, None beside them.
        cell_opened: the `Cell` of the map that was double-clicked, or whose numbers Enter asked for.
        cell_walked: the `Cell` of the map that a key led to.
        cell_marked: the `Cell` of the framed map, when Space was pressed.
        menu_requested: the `Cell` of a map, and a place on the screen: what can be done with it shall be offered there.
        mute_toggled: the `Cell` of the framed map, when M was pressed: mute it, or let it through.
    """

    cell_chosen = Signal(object)
    channel_hovered = Signal(object)
    cell_opened = Signal(object)
    cell_walked = Signal(object)
    cell_marked = Signal(object)
    menu_requested = Signal(object, QPoint)
    mute_toggled = Signal(object)

    accessible_role = QAccessible.Role.Graphic

    EDGE = 2.0  # of the frames of the outermost maps

    def __init__(self, name: str, pictures: Pictures, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._pictures = pictures
        self._layer: LayerInfo | None = None
        self._order: Order = "strength"
        self._current: int | None = None
        self._over: int | None = None
        self._walking = False
        self._colours: npt.NDArray[np.uint32] | None = None

    # -- values in

    def set_layer(self, layer: LayerInfo | None) -> None:
        """Show the maps of another layer."""
        if layer != self._layer:
            self._layer = layer
            self.verticalScrollBar().setValue(0)
        self.refresh()

    @property
    def layer(self) -> LayerInfo | None:
        """The layer that is shown."""
        return self._layer

    def set_order(self, order: Order) -> None:
        """`strength`: by the largest size of a value; `number`: as the layer has them."""
        self._order = order
        self.refresh()

    def set_current(self, channel: int | None) -> None:
        """Frame this map."""
        if channel != self._current:
            self._current = channel
            self.viewport().update()

    def frame(self, cell: Cell) -> None:
        """Frame a map of this layer, and bring it into view."""
        self.set_current(cell.channel)
        self.bring_into_view()

    def refresh(self) -> None:
        """The values or their colours are others."""
        self._colours = None
        layer = self._layer
        order = None if layer is None else self._pictures.strongest_first(layer.name)
        count = 0 if layer is None else layer.shape[0]
        self._shown = np.arange(count)
        if order is not None and self._order == "strength":
            self._shown = order.astype(np.int64)
        self.update_range()
        self.viewport().update()

    def sizeHint(self) -> QSize:
        """Four tiles abreast."""
        return QSize(320, 360)

    # -- ImageWall

    @property
    def _is_map(self) -> bool:
        return self._layer is not None and len(self._layer.shape) == 3

    @property
    def _caption(self) -> float:
        return self.fontMetrics().height() + 2.0 if self._is_map else 0.0

    def columns(self) -> int:
        """As many as leave the tiles as large as possible, without a need to scroll where that can be."""
        width = max(1.0, self.viewport().width() - 2 * self.EDGE)
        if not self._is_map:
            return max(1, int((width + self.GAP) // (_VALUE[0] + self.GAP)))
        most = max(1, int((width + self.GAP) // (_SMALLEST + self.GAP)))
        count = len(self._shown)
        for columns in range(1, most):
            tile = self._tile(columns)
            rows = math.ceil(count / columns)
            if rows * (tile * self._aspect + self._caption + self.GAP) <= self.viewport().height():
                return columns
        return most

    def _tile(self, columns: int) -> float:
        width = max(1.0, self.viewport().width() - 2 * self.EDGE)
        return min(_LARGEST, (width - (columns - 1) * self.GAP) / columns)

    @property
    def _aspect(self) -> float:
        """Height of a map by its width."""
        return self._layer.shape[1] / self._layer.shape[2] if self._layer is not None and self._is_map else 1.0

    def cell_size(self) -> tuple[float, float]:
        """A tile with its number below."""
        if not self._is_map:
            return _VALUE
        tile = self._tile(self.columns())
        return tile, tile * self._aspect + self._caption

    def place(self) -> int:
        """Where the framed map stands."""
        found = np.flatnonzero(self._shown == (-1 if self._current is None else self._current))
        return int(found[0]) if len(found) else -1

    def choose(self, place: int) -> None:
        """Say which map was clicked, or walked to."""
        self._say(self.cell_walked if self._walking else self.cell_chosen, int(self._shown[place]))

    def _say(self, signal: SignalInstance, channel: int) -> None:
        if self._layer is not None:
            signal.emit(Cell(self._layer.name, channel))

    # -- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """The tiles in sight."""
        painter = QPainter(self.viewport())
        layer = self._layer
        colours = None if layer is None else self._colours_of(layer)
        if layer is None or colours is None:
            self.paint_notice(painter, 12)
            return
        values = None if self._is_map else self._pictures.values(layer.name)
        painter.setFont(scaled(self.font(), 0.92))
        for place in self.visible_places():
            channel, room = int(self._shown[place]), self.cell_rect(place)
            tile = QRectF(room.x(), room.y(), room.width(), room.height() - self._caption)
            if self._is_map:
                painter.drawImage(tile, image_of(colours[channel]))
                under = QRectF(room.x(), tile.bottom(), room.width(), self._caption)
                painter.setPen(theme().color("muted"))
                draw_text(painter, under, Qt.AlignmentFlag.AlignCenter, str(channel))
            else:
                colour = QColor.fromRgba(int(colours[channel]))
                painter.fillRect(tile, colour)
                painter.setPen(text_colour_on(colour))
                number = "" if values is None else cell_number(float(values[channel]))
                draw_text(painter, tile, Qt.AlignmentFlag.AlignCenter, f"{channel}: {number}")
            if channel in self._pictures.muted.get(layer.name, ()):
                paint_muted_tile(painter, tile, theme().color("highlight_text"), theme().color("surface"))
            marked = {self._current: "highlight", self._over: "accent"}.get(channel)
            painter.setPen(QPen(theme().color(marked or "border"), 3 if marked else 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(tile)
        if self.hasFocus():
            painter.setPen(QPen(theme().color("accent"), 1))
            painter.drawRect(self.viewport().rect().adjusted(0, 0, -1, -1))
        painter.end()

    def _colours_of(self, layer: LayerInfo) -> npt.NDArray[np.uint32] | None:
        """The colours of the values, small where the maps are large: made once a refresh."""
        if self._colours is None and not self._pictures.empty:
            tile = math.ceil(_LARGEST)
            small = self._pictures.maps(layer.name, tile, tile) if self._is_map else None
            if small is not None:
                self._colours = self._pictures.coloured(layer.name, small, self._each_map(small.shape))
            else:
                self._colours = self._pictures.pixels(layer.name)
        return self._colours

    def _each_map(self, shape: tuple[int, ...]) -> npt.NDArray[np.intp] | None:
        if self._pictures.mode != "map":
            return None
        return np.broadcast_to(np.arange(shape[0])[:, None, None], shape)

    # -- Qt

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell which map is pointed at."""
        place = self.place_at(event.position().toPoint())
        self._point(None if place < 0 else int(self._shown[place]))
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if place >= 0 else Qt.CursorShape.ArrowCursor)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Ask for the map's numbers."""
        place = self.place_at(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and place >= 0:
            self._say(self.cell_opened, int(self._shown[place]))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter asks for the framed map's numbers, Space marks it, M mutes it; the other keys lead on."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._current is not None:
            self._say(self.cell_opened, self._current)
        elif event.key() == Qt.Key.Key_Space and self._current is not None:
            self._say(self.cell_marked, self._current)
        elif event.key() == Qt.Key.Key_M and self._current is not None:
            self._say(self.mute_toggled, self._current)
        else:
            self._walking = True
            super().keyPressEvent(event)
            self._walking = False

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with the map below the pointer, or with the framed one when a key asks."""
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        place = self.place() if by_key else self.place_at(self.viewport().mapFrom(self, event.pos()))
        if self._layer is None or place < 0:
            return
        corner = self.viewport().mapToGlobal(self.cell_rect(place).center().toPoint())
        cell = Cell(self._layer.name, int(self._shown[place]))
        self.menu_requested.emit(cell, corner if by_key else event.globalPos())

    @property
    def shows_maps(self) -> bool:
        """Whether the layer has maps, and not single values."""
        return self._is_map

    @property
    def current(self) -> int | None:
        """The framed map."""
        return self._current

    @property
    def explained_channel(self) -> int | None:
        """The map whose colours a legend explains: the one pointed at, the framed one, or the first."""
        chosen = (each for each in (self._over, self._current) if each is not None)
        first = int(self._shown[0]) if len(self._shown) else None
        return next(chosen, first)

    def tile_rect(self, channel: int) -> QRectF:
        """Where a map lies in the viewport, without its number."""
        found = np.flatnonzero(self._shown == channel)
        room = self.cell_rect(int(found[0])) if len(found) else QRectF()
        return QRectF(room.x(), room.y(), room.width(), max(0.0, room.height() - self._caption))

    def leaveEvent(self, event: QEvent) -> None:
        """None any more."""
        self._point(None)

    def _point(self, channel: int | None) -> None:
        if channel != self._over:
            self._over = channel
            self.channel_hovered.emit(channel)
            self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tiles of another size."""
        super().resizeEvent(event)
        self.viewport().update()


def image_of(colours: npt.NDArray[np.uint32]) -> QImage:
    """`(H, W)` of Qt's 32-bit pixels as an image over the same memory."""
    data = np.ascontiguousarray(colours)
    height, width = data.shape
    return QImage(data.data, width, height, 4 * width, QImage.Format.Format_RGB32).copy()
