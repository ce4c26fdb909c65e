"""Rows of small pictures, a heading each: composed by numpy, painted in one call a layer, chosen by click or key."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QFocusEvent,
    QFontMetricsF,
    QHelpEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from cnnviewer.core.counting import counted
from cnnviewer.core.inspection.learned_records import LearnedTiles
from cnnviewer.ui.widgets.cell_grid import arrow_step
from cnnviewer.ui.widgets.painted_text import draw_text
from cnnviewer.ui.widgets.palettes import pixels
from cnnviewer.ui.widgets.plain_text import elided, tool_tip
from cnnviewer.ui.widgets.styled import Styled
from cnnviewer.ui.widgets.translated import Translated

GAP = 6.0
_BETWEEN = 14.0  # pixels between two layers
_FEWEST = 5  # tiles in a row
_LEAST_TILE = 16.0
_MOST_ROWS = 8
_TOP_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True)
class Place:
    """Where the pictures of a layer stand.

    Attributes:
        top: of the first row.
        tile: length of a side.
        columns: pictures in a row.
        shown: how many of them there are.
        heading: where the words above them stand; None of the first layer.
        below: height of the number below each picture; 0 where none has one.

    """

    top: float
    tile: float
    columns: int
    shown: int
    heading: QRectF | None
    below: float = 0.0

    def rect(self, channel: int) -> QRectF:
        """Where a picture stands."""
        row, column = divmod(channel, self.columns)
        return QRectF(column * (self.tile + GAP), self.top + row * self.pitch, self.tile, self.tile)

    @property
    def pitch(self) -> float:
        """From the top of a row to that of the next."""
        return self.tile + self.below + GAP

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return -(-self.shown // self.columns)

    @property
    def bottom(self) -> float:
        """Where the last row ends."""
        return self.top + self.rows * self.pitch - GAP


def arranged(counts: list[int], width: float, height: float, line: float, named: bool = False) -> list[Place]:
    """Places for so many pictures a layer: as large as has room, in a few rows, the rest left out.

    Above each layer but the first stands a line of words; above the first only where it is `named`.
    """
    places: list[Place] = []
    for most in range(_MOST_ROWS, 0, -1):
        top, places = 0.0, []
        for index, count in enumerate(counts):
            heading = QRectF(0.0, top, width, line) if index or named else None
            top += line + 4.0 if heading is not None else 0.0
            columns = _FEWEST
            while -(-count // columns) > most and (width + GAP) / (columns + 1) - GAP >= _LEAST_TILE:
                columns += 1
            tile = math.floor((width + GAP) / columns - GAP)
            places.append(Place(top, tile, columns, min(count, most * columns), heading))
            top = places[-1].bottom + _BETWEEN
        if top - _BETWEEN <= height:
            break
    return [place for place in places if place.bottom <= height]


class TileSheet(Styled, Translated, QWidget):
    """The pictures of a few layers, one below the other.

    Signals:
        chosen: layer and channel of a picture, by click or Enter.
        current_changed: `(layer, channel)`, both as numbers, of the picture under the pointer or the keyboard, or None.
    """

    accessible_role = QAccessible.Role.Graphic

    chosen = Signal(str, int)
    current_changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("learningTiles")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        self.tiles: tuple[LearnedTiles, ...] = ()
        self._places: list[Place] = []
        self._images: list[QImage] = []
        self._nothing = False  # to show, of a model that was asked
        self._current: tuple[int, int] | None = None  # layer and channel under the pointer or the keyboard
        self.retranslate()

    def set_tiles(self, tiles: tuple[LearnedTiles, ...]) -> None:
        """Show these; newer values of the same layers change colours only."""
        before = [(shown.layer, shown.count, shown.inputs) for shown in self.tiles]
        self.tiles = tiles
        self._nothing = not tiles
        if before != [(shown.layer, shown.count, shown.inputs) for shown in tiles]:
            self._current = None
            self._arrange()
        self._compose()
        self._describe()
        self.update()

    def sizeHint(self) -> QSize:
        """About what LeNet needs."""
        return QSize(270, 400)

    def minimumSizeHint(self) -> QSize:
        """A row of kernels."""
        return QSize(120, 60)

    # -- where things are

    def _arrange(self) -> None:
        counts = [len(shown.values) for shown in self.tiles]
        named = bool(self.tiles) and self.tiles[0].inputs > 1
        self._places = arranged(counts, float(self.width()), float(self.height()), self.paint_style.line, named)

    def _compose(self) -> None:
        """One picture for each layer, in device pixels, without smoothing."""
        ratio = self.devicePixelRatioF()
        self._images = [
            _image(pixels(shown.values[: place.shown], shown.palette, shown.bounds), place, ratio)
            for shown, place in zip(self.tiles, self._places, strict=False)
        ]

    def _at(self, point: QPointF) -> tuple[int, int] | None:
        for index, place in enumerate(self._places):
            for channel in range(place.shown):
                if place.rect(channel).contains(point):
                    return index, channel
        return None

    # -- what is said

    def _heading(self, index: int) -> str:
        shown, place = self.tiles[index], self._places[index]
        if shown.kind == "kernels":
            words = counted(self.tr("for the first of {count:input channel|input channels}"), count=f"{shown.inputs:,}")
        else:
            words = self.tr("maps of {layer}").format(layer=shown.layer)
        if place.shown < shown.count:
            part = self.tr("{shown} of {count}").format(shown=place.shown, count=f"{shown.count:,}")
            return f"{words} · {part}"
        return words

    def _words(self, current: tuple[int, int]) -> str:
        shown, channel = self.tiles[current[0]], current[1]
        if shown.kind == "maps":
            words = self.tr("Map {channel} of {layer}")
        elif shown.inputs == 1:
            words = self.tr("Kernel {channel} of {layer}")
        else:
            words = self.tr("Kernel {channel} of {layer}, for the first of {count:input channel|input channels}")
        words = counted(words, channel=channel, layer=shown.layer, count=f"{shown.inputs:,}")
        return self.tr("{words}. A click shows it in Explore.").format(words=words)

    def retranslate(self) -> None:
        """Set every text in the window's language."""
        self.setAccessibleName(self.tr("Kernels and feature maps of the weights on the screen"))
        self._describe()
        self.update()

    def _describe(self) -> None:
        words = self._words(self._current) if self._current is not None else ", ".join(t.layer for t in self.tiles)
        self.setAccessibleDescription(words)

    # -- Qt

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint headings and pictures, and a frame around the current one."""
        painter, style = QPainter(self), self.paint_style
        painter.setFont(style.small_font)
        if self._nothing:
            painter.setPen(style.color("muted"))
            words = self.tr("This model has no convolution and no feature maps.")
            draw_text(painter, QRectF(self.rect()), _TOP_LEFT, words)
        for index, (place, image) in enumerate(zip(self._places, self._images, strict=False)):
            if place.heading is not None:
                painter.setPen(style.color("muted"))
                words = elided(QFontMetricsF(style.small_font), self._heading(index), place.heading.width())
                draw_text(painter, place.heading, _LEFT, words)
            painter.drawImage(QPointF(0.0, place.top), image)
            painter.setPen(style.color("muted"))
            for channel in range(place.shown) if place.below else ():
                tile = place.rect(channel)
                under = QRectF(tile.x(), tile.bottom(), tile.width(), place.below)
                style.smalls.paint(painter, under, str(channel), Qt.AlignmentFlag.AlignHCenter)
        if self._current is not None and self._current[0] < len(self._places):
            index, channel = self._current
            inside = QRectF(self.rect()).adjusted(1, 1, -1, -1)
            rect = self._places[index].rect(channel).adjusted(-2, -2, 2, 2).intersected(inside)
            painter.setPen(QPen(style.color("accent" if self.hasFocus() else "highlight"), 2.0))
            painter.drawRect(rect)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other places."""
        super().resizeEvent(event)
        self._arrange()
        self._compose()

    def on_look_changed(self) -> None:
        """Headings of another height."""
        self._arrange()
        self._compose()
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Frame what is under the pointer."""
        self._point_at(self._at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the pointer."""
        super().leaveEvent(event)
        self._point_at(None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose what lies there."""
        found = self._at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and found is not None:
            self.chosen.emit(self.tiles[found[0]].layer, found[1])

    def event(self, event: QEvent) -> bool:
        """Say under the pointer what it is."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            found = self._at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), tool_tip(self._words(found)) if found is not None else "", self)
            return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard begins at the first picture."""
        super().focusInEvent(event)
        if self._current is None and self._places:
            self._point_at((0, 0))
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The keyboard is elsewhere."""
        super().focusOutEvent(event)
        self._point_at(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk, Enter and Space choose."""
        step = arrow_step(event)
        if self._current is None or not self._places:
            super().keyPressEvent(event)
        elif step is not None:
            self._walk(*step)
        elif Qt.Key(event.key()) in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.chosen.emit(self.tiles[self._current[0]].layer, self._current[1])
        else:
            super().keyPressEvent(event)

    def _walk(self, down: int, across: int) -> None:
        index, channel = self._current or (0, 0)
        place = self._places[index]
        target = channel + down * place.columns + across
        if 0 <= target < place.shown:
            self._point_at((index, target))
        elif down > 0 and index + 1 < len(self._places):
            self._point_at((index + 1, 0))
        elif down < 0 and index > 0:
            self._point_at((index - 1, self._places[index - 1].shown - 1))

    def _point_at(self, current: tuple[int, int] | None) -> None:
        if current != self._current:
            self.set_current(current)
            self.current_changed.emit(current)

    def set_current(self, current: tuple[int, int] | None) -> None:
        """Frame a picture, where there is one; emits nothing."""
        places = self._places
        if current is not None and not (current[0] < len(places) and current[1] < places[current[0]].shown):
            current = None
        self._current = current
        self.setCursor(Qt.CursorShape.ArrowCursor if current is None else Qt.CursorShape.PointingHandCursor)
        self._describe()
        self.update()

    @property
    def shown(self) -> int:
        """How many pictures of the first layer have room."""
        return self._places[0].shown if self._places else 0


def _image(colours: npt.NDArray[np.uint32], place: Place, ratio: float) -> QImage:
    """Maps `(N, h, w)` at their places in a transparent picture, each value a rectangle of device pixels."""
    count, height, width = colours.shape
    side, pitch, down = max(1, round(place.tile * ratio)), (place.tile + GAP) * ratio, place.pitch * ratio
    rows = np.arange(side) * height // side
    columns = np.arange(side) * width // side
    large = colours[:, rows[:, None], columns[None, :]]
    canvas = np.zeros((round((place.rows - 1) * down) + side, round((place.columns - 1) * pitch) + side), np.uint32)
    for channel in range(count):
        row, column = divmod(channel, place.columns)
        top, left = round(row * down), round(column * pitch)
        canvas[top : top + side, left : left + side] = large[channel]
    image = QImage(canvas.data, canvas.shape[1], canvas.shape[0], 4 * canvas.shape[1], QImage.Format.Format_ARGB32)
    image = image.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)  # a copy of its own
    image.setDevicePixelRatio(ratio)
    return image
