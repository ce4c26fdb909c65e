"""The maps side by side on the image, each with its legend; one is chosen, a place can be pointed at."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from cnnviewer.core.inspection.attribution.records import METHODS, Attribution, Method
from cnnviewer.core.inspection.records import FloatArray
from cnnviewer.ui.explore.network.labels import number
from cnnviewer.ui.explore.why.map_picture import bound_of, flat, legend, on_image, plain_image
from cnnviewer.ui.explore.why.map_texts import method_name, short_unit
from cnnviewer.ui.widgets.cell_grid import list_step, within
from cnnviewer.ui.widgets.painted_text import draw_text
from cnnviewer.ui.widgets.pictures import pixels_to_image
from cnnviewer.ui.widgets.plain_text import fitting
from cnnviewer.ui.widgets.styled import Styled
from cnnviewer.ui.widgets.text_size import grown
from cnnviewer.ui.widgets.translated import Translated

ADD_UP: Final[tuple[Method, ...]] = ("gradient-x-input", "integrated-gradients")
"""The methods whose values are shares of the logit, so that a sum over pixels says something."""
_LEAST, _GAP, _BAR = 98, 10, 8  # pixels
_NARROWEST: Final = 104  # of a tile where two in a row have no more room
_SMALLEST: Final = 64  # of a picture where there is no height
_FADED = 0.3
_STEPS: Final = 14  # places that are pointed at along an image's shorter side


@dataclass(frozen=True)
class _Tile:
    """One map.

    Attributes:
        picture: what is painted; None while there is none.
        values: `(H, W)`.
        bound: the size of the largest value.
        negative: whether its legend has a negative half.
        sentence: what stands in the place of the picture, or under the name.

    """

    picture: QImage | None = None
    values: FloatArray | None = None
    bound: float = 0.0
    negative: bool = True
    sentence: str = ""


class MapTiles(Translated, Styled, QWidget):
    """A grid: the image, then every method. Arrows, Home and End choose a method, as a click does.

    Signals:
        chosen: a method.
        pointed: row, column and side of the square of the image under the pointer, in pixels; side 0: none.
    """

    accessible_role = QAccessible.Role.Graphic

    chosen = Signal(str)
    pointed = Signal(int, int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("whyMaps")
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._image: FloatArray | None = None
        self._plain: QImage | None = None
        self._tiles: dict[Method, _Tile] = {method: _Tile() for method in METHODS}
        self._stale: frozenset[Method] = frozenset()
        self._current: Method = METHODS[0]
        self._place = (0, 0, 0)
        self._pointed_method: Method | None = None
        self._place_method: Method = self._current  # of `_place`
        self.retranslate()

    # values in

    @property
    def current(self) -> Method:
        """The method that is chosen."""
        return self._current

    def set_current(self, method: Method) -> None:
        """Choose a method."""
        self._current = method
        self._describe()
        self.update()

    def set_image(self, image: FloatArray | None) -> None:
        """The model's input, `(C, H, W)` in 0..1."""
        self._image = image
        self._plain = pixels_to_image(plain_image(image)) if image is not None else None
        self.update()

    def set_stale(self, methods: frozenset[Method]) -> None:
        """The maps of these methods are about what was shown before: they fade."""
        if methods != self._stale:
            self._stale = methods
            self.update()

    def set_map(
        self, method: Method, found: Attribution | None, image: FloatArray | None = None, sentence: str = ""
    ) -> None:
        """A method's map, the image it is about, and what is said on it; None: `sentence` stands in its place."""
        if found is None or image is None or found.map.shape[-2:] != image.shape[1:]:
            self._tiles[method] = _Tile(sentence=sentence)
        else:
            values = flat(found)
            bound = bound_of(values)
            picture = pixels_to_image(on_image(image, values, bound))
            signed = method != "grad-cam" or found.request.against is not None
            self._tiles[method] = _Tile(picture, values, bound, signed, sentence)
        self._describe()
        self.update()

    def value_at(self, method: Method, row: int, col: int, side: int) -> float | None:
        """Of a map over a square: the sum of what adds up, else the mean, which of one pixel is its value.

        None without a map.
        """
        values = self._tiles[method].values
        if values is None:
            return None
        part = values[row : row + side, col : col + side]
        return float(part.sum() if method in ADD_UP else part.mean())

    # geometry

    def _columns(self) -> int:
        most = int((self.width() + _GAP) // (grown(_LEAST) + _GAP))
        return next((columns for columns in (6, 3) if columns <= most), 2)  # no tile stands alone in a row

    def _rows(self) -> int:
        return math.ceil((1 + len(METHODS)) / self._columns())

    def _line(self) -> float:
        return self.paint_style.numbers.height

    def _tile_rect(self, place: int) -> QRectF:
        columns, rows = self._columns(), self._rows()
        width = self._tile_width()
        high = min(width + self._extra(), (self.height() - (rows - 1) * _GAP) / rows)
        return QRectF((place % columns) * (width + _GAP), (place // columns) * (high + _GAP), width, high)

    def _tile_width(self) -> float:
        columns = self._columns()
        return (self.width() - (columns - 1) * _GAP) / columns

    def _extra(self) -> float:
        """Height of a tile above and below its picture: the name, the legend and its numbers."""
        return 2 * self._line() + _BAR + 10

    def _picture_rect(self, tile: QRectF) -> QRectF:
        high = max(1.0, tile.height() - self._extra() - 6)
        room = QRectF(tile.x() + 3, tile.y() + self._line() + 4, tile.width() - 6, high)
        if self._image is None:
            return room
        height, width = self._image.shape[1:]
        scale = min(room.width() / width, room.height() / height)
        size = width * scale, height * scale
        return QRectF(room.center().x() - size[0] / 2, room.center().y() - size[1] / 2, *size)

    def _height(self, tile: float) -> int:
        """With pictures in tiles of this width."""
        return math.ceil(self._rows() * (tile + self._extra()) + (self._rows() - 1) * _GAP)

    def sizeHint(self) -> QSize:
        """Three in a row, as high as they are wide."""
        return QSize(3 * (grown(_LEAST) + _GAP), self._height(self._tile_width()))

    def minimumSizeHint(self) -> QSize:
        """Two in a row, of pictures that can be told apart."""
        least = min(float(grown(_SMALLEST)), self._tile_width())
        return QSize(2 * grown(_NARROWEST) + _GAP, self._height(least))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width asks for another height."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Every tile."""
        painter = QPainter(self)
        self._paint_tile(painter, self._tile_rect(0), self.tr("Image"), _Tile(self._plain), None)
        for place, (method, tile) in enumerate(self._tiles.items(), 1):
            self._paint_tile(painter, self._tile_rect(place), method_name(method), tile, method)

    def _paint_tile(self, painter: QPainter, room: QRectF, name: str, tile: _Tile, method: Method | None) -> None:
        style, line = self.paint_style, self._line()
        chosen = method == self._current and method is not None
        if chosen:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
            painter.setPen(QPen(style.color("accent"), 2.0 if self.hasFocus() else 1.0))
            painter.setBrush(style.color("accent_soft", 0.5))
            painter.drawRoundedRect(room.adjusted(1, 1, -1, -1), 6, 6)
        painter.setFont(style.name_font if chosen else style.small_font)
        painter.setPen(style.color("text" if chosen else "muted"))
        metrics = painter.fontMetrics()
        short = self.tr("Integr. gradients") if method == "integrated-gradients" else name
        text = fitting(metrics, room.width() - 6, name, short)
        draw_text(
            painter, QRectF(room.x() + 3, room.y() + 2, room.width() - 6, line), Qt.AlignmentFlag.AlignVCenter, text
        )
        picture = self._picture_rect(room)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        if tile.picture is not None:
            smooth = tile.picture.width() > picture.width()
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
            painter.setOpacity(_FADED if method in self._stale else 1.0)
            painter.drawImage(picture, tile.picture)
            painter.setOpacity(1.0)
            self._paint_place(painter, picture)
            if method is not None:
                self._paint_legend(painter, room, tile, method)
        else:
            painter.fillRect(picture, style.color("sunken"))
        if tile.sentence:
            self._paint_sentence(painter, picture, tile)

    def _paint_sentence(self, painter: QPainter, picture: QRectF, tile: _Tile) -> None:
        style = self.paint_style
        room = picture.adjusted(4, 4, -4, -4)
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.setFont(style.small_font)
        if tile.picture is not None:
            covers = QRectF(painter.boundingRect(room, flags, tile.sentence)).adjusted(-3, -2, 3, 2)
            painter.fillRect(covers, style.color("surface", 0.86))
        painter.setPen(style.color("text" if tile.picture is not None else "muted"))
        draw_text(painter, room, flags, tile.sentence)

    def _paint_place(self, painter: QPainter, picture: QRectF) -> None:
        row, col, side = self._place
        if not side or self._image is None:
            return
        height, width = self._image.shape[1:]
        x, y = picture.width() / width, picture.height() / height
        square = QRectF(picture.x() + col * x, picture.y() + row * y, side * x, side * y)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self.paint_style.color("surface"), 3))
        painter.drawRect(square)
        painter.setPen(QPen(self.paint_style.color("highlight"), 1.5))
        painter.drawRect(square)

    def _paint_legend(self, painter: QPainter, room: QRectF, tile: _Tile, method: Method) -> None:
        style, line = self.paint_style, self._line()
        bar = QRectF(room.x() + 3, room.bottom() - line - _BAR - 3, room.width() - 6, _BAR)
        painter.drawImage(bar, pixels_to_image(legend(64, tile.negative)))
        painter.setFont(style.number_font)
        painter.setPen(style.color("muted"))
        words = QRectF(bar.x(), bar.bottom() + 1, bar.width(), line)
        middle = Qt.AlignmentFlag.AlignVCenter
        largest = number(tile.bound, 2)
        left = (f"−{largest}" if tile.negative else "0") if tile.bound else ""
        right = f"{largest} {short_unit(method)}" if tile.bound else self.tr("0 everywhere")
        shorter = [(left, right), (left, largest), ("", f"±{largest}" if tile.negative else largest)]
        width = painter.fontMetrics().horizontalAdvance
        left, right = next((ends for ends in shorter if sum(map(width, ends)) + 6 <= words.width()), shorter[-1])
        draw_text(painter, words, middle | Qt.AlignmentFlag.AlignLeft, left)
        draw_text(painter, words, middle | Qt.AlignmentFlag.AlignRight, right)

    # what the user does

    def _place_at(self, point: QPointF) -> tuple[int, int, int]:
        if self._image is None:
            return 0, 0, 0
        height, width = self._image.shape[1:]
        side = max(1, round(min(height, width) / _STEPS))
        for place in range(1 + len(METHODS)):
            picture = self._picture_rect(self._tile_rect(place))
            if picture.contains(point):
                self._pointed_method = METHODS[place - 1] if place else None
                row = int((point.y() - picture.y()) / picture.height() * height) // side * side
                col = int((point.x() - picture.x()) / picture.width() * width) // side * side
                return min(row, height - side), min(col, width - side), side
        return 0, 0, 0

    def _point(self, place: tuple[int, int, int]) -> None:
        method = self.pointed_method
        if (place, method) != (self._place, self._place_method):
            self._place, self._place_method = place, method
            self.update()
            self.pointed.emit(*place)

    @property
    def pointed_method(self) -> Method:
        """Whose map is under the pointer: the one that is chosen, over the image itself."""
        return self._pointed_method or self._current

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Point at a square of the image."""
        self._point(self._place_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is pointed at."""
        self._pointed_method = None
        self._point((0, 0, 0))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the method that is clicked."""
        for place, method in enumerate(METHODS, 1):
            if self._tile_rect(place).contains(event.position()) and event.button() == Qt.MouseButton.LeftButton:
                self._choose(method)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose another method."""
        step = list_step(event, len(METHODS), len(METHODS), self._columns())
        if step is None:
            super().keyPressEvent(event)
        else:
            self._choose(METHODS[within(METHODS.index(self._current) + step, len(METHODS))])

    def _choose(self, method: Method) -> None:
        if method != self._current:
            self.set_current(method)
            self.chosen.emit(method)

    def on_look_changed(self) -> None:
        """Other letters have other heights."""
        super().on_look_changed()
        self.updateGeometry()

    def _describe(self) -> None:
        tile = self._tiles[self._current]
        size = f"±{number(tile.bound, 2)} {short_unit(self._current)}" if tile.values is not None else tile.sentence
        self.setAccessibleDescription(f"{method_name(self._current)}: {size}")

    def retranslate(self) -> None:
        """Set every text in the window's language."""
        self.setAccessibleName(self.tr("Maps of the image, by method"))
        self._describe()
        self.update()
