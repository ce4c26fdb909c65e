"""The values of all layers as one picture: what changes while a model learns, put together by numpy alone.

Painting a hundred tiles takes hundreds of Qt calls, and while another thread trains each of them may wait for the
interpreter. Here every device pixel knows once, for a layout and a camera, which value it shows; a refresh is then one
lookup a layer and one image for Qt to draw. Files are painted by `painter`, as vectors.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage

from cnnviewer.ui.explore.network.geometry import Camera, Rect
from cnnviewer.ui.explore.network.layout import LayerColumn, NetworkLayout
from cnnviewer.ui.explore.network.pictures import Pictures

Pixels = npt.NDArray[np.uint32]
"""Premultiplied ARGB, as Qt stores it."""

_NOWHERE = -1
T = TypeVar("T", np.uint32, np.intp)


@dataclass(frozen=True)
class _Span:
    """Device pixels along one axis of a column: where they begin, and what each shows.

    Attributes:
        start: the first device pixel.
        tiles: per pixel, the tile's place along this axis; -1 in a gap.
        within: per pixel, how far it is inside its tile, in device pixels.
        sizes: per tile, its length in device pixels.
    """

    start: int
    tiles: npt.NDArray[np.intp]
    within: npt.NDArray[np.intp]
    sizes: npt.NDArray[np.intp]


def span(first: float, step: float, length: float, count: int, low: int, high: int) -> _Span:
    """Spread `count` tiles of `length`, the first at `first` and each `step` on, over device pixels `low`..`high`.

    Edges are rounded as `style.snapped` rounds them, so that what is painted around a tile meets it.
    """
    begins = np.round(first + step * np.arange(count)).astype(np.intp)
    ends = np.maximum(begins + 1, np.round(first + step * np.arange(count) + length).astype(np.intp))
    start, stop = max(low, int(begins[0])), min(high, int(ends[-1]))
    pixels = np.arange(start, max(start, stop))
    tiles = np.searchsorted(begins, pixels, side="right") - 1
    inside = pixels < ends[tiles] if len(pixels) else np.zeros(0, bool)
    within = np.where(inside, pixels - begins[tiles], 0) if len(pixels) else pixels
    return _Span(start, np.where(inside, tiles, _NOWHERE), within, ends - begins)


class MapCompositor:
    """Puts the values together for one layout, camera and size; made again when one of them changes."""

    def __init__(self, plan: NetworkLayout, camera: Camera, view: Rect, size: QSize, ratio: float) -> None:
        """Spread every column of `plan` over the device pixels of `view`, in a picture of `size` device pixels."""
        self._ratio = ratio
        self._canvas = np.zeros((size.height(), size.width()), np.uint32)
        self._parts: list[_Tiles | _Bars] = []
        low_y, high_y = round(view.y * ratio), min(size.height(), round(view.bottom * ratio))
        low_x, high_x = max(0, round(view.x * ratio)), min(size.width(), round(view.right * ratio))
        scale = camera.scale * ratio
        for column in plan.columns:
            if column.form == "classes":
                continue
            body = camera.to_view(column.body)
            if not body.intersects(view):
                continue
            tall, wide, gap = column.tile_height * scale, column.tile_width * scale, column.gap * scale
            down = span(body.y * ratio, column.pitch * scale, tall, column.rows, low_y, high_y)
            across = span(body.x * ratio, wide + gap, wide, column.columns, low_x, high_x)
            if len(down.tiles) and len(across.tiles):
                kind = _Bars if column.form == "bars" else _Tiles
                self._parts.append(kind(column, down, across))

    def set_order(self, plan: NetworkLayout) -> None:
        """Show the maps of the same places in another order."""
        for part in self._parts:
            column = plan.column(part.name)
            if column is not None and isinstance(part, _Tiles):
                part.channels = column.channels

    def compose(self, pictures: Pictures, zero_line: int) -> QImage:
        """The current values: a picture that shares this compositor's memory until the next call.

        `zero_line` is the colour of the bars' zero, as Qt's 32-bit pixel.
        """
        for part in self._parts:
            shown = part.shown(pictures, zero_line)
            place = self._canvas[part.top : part.top + part.size[0], part.left : part.left + part.size[1]]
            place[...] = 0 if shown is None else shown
        height, width = self._canvas.shape
        image = QImage(self._canvas.data, width, height, 4 * width, QImage.Format.Format_ARGB32_Premultiplied)
        image.setDevicePixelRatio(self._ratio)
        return image


class _Tiles:
    """The maps (or cells) of a column on their device pixels; transparent in the gaps."""

    def __init__(self, column: LayerColumn, down: _Span, across: _Span) -> None:
        self.name = column.layer.name
        self.channels = column.channels
        self.top, self.left = down.start, across.start
        self.size = (len(down.tiles), len(across.tiles))
        count = column.count
        height, width = column.layer.shape[1:] if column.form == "maps" else (1, 1)
        self._shape = (count, height, width)
        # smaller than it is: every value takes part in its pixel
        self._reduced = (min(height, int(down.sizes.max())), min(width, int(across.sizes.max())))
        height, width = self._reduced
        self._down, self._across, self._columns = down, across, column.columns
        self._gaps = np.flatnonzero(down.tiles == _NOWHERE), np.flatnonzero(across.tiles == _NOWHERE)
        last = column.rows - 1  # the row of maps that need not be full
        behind = across.tiles >= count - last * column.columns
        self._missing = np.ix_(down.tiles == last, behind)
        self._nothing = count * height * width  # one transparent pixel behind all values
        self._flat = np.zeros(0, np.uint32)
        self._index = np.zeros((0, 0), np.intp)

    def shown(self, pictures: Pictures, _zero_line: int) -> Pixels | None:
        """The current device pixels, or None without values."""
        large = pictures.maps(self.name, *self._reduced, self.channels)
        if large is not None:
            return self._gathered(pictures, large)
        values = pictures.pixels(self.name, self.channels)
        if values is None:
            return None
        if not self._index.size:
            self._index = self._without_gaps(self._places(*self._reduced), self._nothing)
            self._flat = np.zeros(self._nothing + 1, np.uint32)
        maps = values.reshape(self._shape)
        if self._reduced != self._shape[1:]:
            maps = _reduced(maps, *self._reduced)
        self._flat[:-1] = maps.reshape(-1)
        return self._flat.take(self._index)

    def _places(self, height: int, width: int) -> npt.NDArray[np.intp]:
        """For each device pixel the place of its value in maps of that size; anything where none is shown."""
        down, across = self._down, self._across
        rows = np.minimum(down.within * height // down.sizes[down.tiles], height - 1)
        columns = np.minimum(across.within * width // across.sizes[across.tiles], width - 1)
        below = (down.tiles * (self._columns * height) + rows) * width
        beside = across.tiles * (height * width) + columns
        places: npt.NDArray[np.intp] = below[:, None] + beside[None, :]
        return places

    def _without_gaps(self, pixels: npt.NDArray[T], nothing: int) -> npt.NDArray[T]:
        """The same array with `nothing` wherever no map is."""
        rows, columns = self._gaps
        pixels[rows] = nothing
        pixels[:, columns] = nothing
        pixels[self._missing] = nothing
        return pixels

    def _gathered(self, pictures: Pictures, maps: npt.NDArray[np.float32]) -> Pixels:
        """Of a large layer only the values that are seen are coloured."""
        index = self._places(*maps.shape[1:])
        channels = None
        if pictures.mode == "map":
            channels = self._down.tiles[:, None] * self._columns + self._across.tiles[None, :]
            channels = np.clip(channels, 0, self._shape[0] - 1)
            channels = channels if self.channels is None else np.array(self.channels, np.intp)[channels]
        values = maps.reshape(-1).take(index, mode="clip")
        return self._without_gaps(pictures.coloured(self.name, values, channels), 0)


class _Bars:
    """A vector as bars from a common zero."""

    def __init__(self, column: LayerColumn, down: _Span, across: _Span) -> None:
        self.name = column.layer.name
        self.top, self.left = down.start, across.start
        self.size = (len(down.tiles), len(across.tiles))
        self._rows = down.tiles[:, None]
        self._x = across.within[None, :]
        self._width = int(across.sizes[0])

    def shown(self, pictures: Pictures, zero_line: int) -> Pixels | None:
        """The current device pixels, or None without values."""
        values, colours = pictures.values(self.name), pictures.pixels(self.name)
        if values is None or colours is None:
            return None
        bounds, width = pictures.bounds(self.name), self._width
        extent = bounds.high - bounds.low
        zero = -bounds.low / extent
        # double precision, and bounded first: the values of diverged weights reach the largest float32
        known = np.clip(np.nan_to_num(values.astype(np.float64), nan=bounds.high), bounds.low, bounds.high)
        part = (known - bounds.low) / extent
        left = np.round(np.minimum(part, zero) * width).astype(np.intp)
        right = np.maximum(left + 1, np.round(np.maximum(part, zero) * width).astype(np.intp))
        filled = (self._x >= left[self._rows]) & (self._x < right[self._rows]) & (self._rows != _NOWHERE)
        shown = np.where(filled, colours[self._rows], np.uint32(0))
        shown[:, self._x[0] == min(width - 1, round(zero * width))] = zero_line
        return shown


def _reduced(maps: Pixels, height: int, width: int) -> Pixels:
    """Maps `(N, H, W)` made smaller to `(N, height, width)`, smoothly, by Qt, in one call."""
    count, tall, wide = maps.shape
    strip = np.ascontiguousarray(maps.reshape(count * tall, wide))
    image = QImage(strip.data, wide, count * tall, 4 * wide, QImage.Format.Format_ARGB32_Premultiplied)
    mode = Qt.TransformationMode.SmoothTransformation
    small = image.scaled(width, count * height, Qt.AspectRatioMode.IgnoreAspectRatio, mode)
    flat = np.frombuffer(small.constBits(), np.uint32).reshape(count * height, small.bytesPerLine() // 4)
    return flat[:, :width].reshape(count, height, width).copy()
