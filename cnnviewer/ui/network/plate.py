"""The values of all layers as one picture: what changes while a model learns, put together by numpy alone.

Painting a hundred tiles takes hundreds of Qt calls, and while another thread trains each of them may wait for the
interpreter. Here every device pixel knows once, for a layout and a camera, which value it shows; a refresh is then one
lookup a layer and one image for Qt to draw. Files are painted by `painter`, as vectors.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage

from cnnviewer.ui.network.geometry import Camera, Rect
from cnnviewer.ui.network.layout import Column, NetworkLayout
from cnnviewer.ui.network.pictures import Pictures

Pixels = npt.NDArray[np.uint32]
"""Premultiplied ARGB, as Qt stores it."""

_NOWHERE = -1


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

    Edges are rounded as `ink.snapped` rounds them, so that what is painted around a tile meets it.
    """
    begins = np.round(first + step * np.arange(count)).astype(np.intp)
    ends = np.maximum(begins + 1, np.round(first + step * np.arange(count) + length).astype(np.intp))
    start, stop = max(low, int(begins[0])), min(high, int(ends[-1]))
    pixels = np.arange(start, max(start, stop))
    tiles = np.searchsorted(begins, pixels, side="right") - 1
    inside = pixels < ends[tiles] if len(pixels) else np.zeros(0, bool)
    within = np.where(inside, pixels - begins[tiles], 0) if len(pixels) else pixels
    return _Span(start, np.where(inside, tiles, _NOWHERE), within, ends - begins)


class Plate:
    """Puts the values together for one layout, camera and size; made anew when one of them changes."""

    def __init__(self, plan: NetworkLayout, camera: Camera, view: Rect, size: QSize, ratio: float) -> None:
        """Spread every column of `plan` over the device pixels of `view`, in a picture of `size` device pixels."""
        self.key = (id(plan), camera, view, size.width(), size.height(), ratio)
        self._ratio = ratio
        self._pixels = np.zeros((size.height(), size.width()), np.uint32)
        self._spans: dict[str, tuple[_Span, _Span]] = {}
        low_y, high_y = round(view.y * ratio), min(size.height(), round(view.bottom * ratio))
        low_x, high_x = max(0, round(view.x * ratio)), min(size.width(), round(view.right * ratio))
        self._plan = plan
        scale = camera.scale * ratio
        for column in plan.columns:
            if column.form == "classes":
                continue
            body = camera.to_view(column.body)
            down = span(
                body.y * ratio,
                (column.tile_height + column.gap) * scale,
                column.tile_height * scale,
                column.rows,
                low_y,
                high_y,
            )
            across = span(
                body.x * ratio,
                (column.tile_width + column.gap) * scale,
                column.tile_width * scale,
                column.columns,
                low_x,
                high_x,
            )
            if len(down.tiles) and len(across.tiles):
                self._spans[column.layer.name] = (down, across)

    def compose(self, pictures: Pictures, zero_line: int) -> QImage:
        """The values of this moment: a picture that shares this plate's memory until the next call.

        `zero_line` is the colour of the bars' zero, premultiplied ARGB.
        """
        self._pixels.fill(0)
        for column in self._plan.columns:
            spans = self._spans.get(column.layer.name)
            if spans is None:
                continue
            shown = (
                _bars(column, pictures, spans, zero_line) if column.form == "bars" else _tiles(column, pictures, spans)
            )
            if shown is not None:
                down, across = spans
                self._pixels[down.start : down.start + len(shown), across.start : across.start + shown.shape[1]] = shown
        height, width = self._pixels.shape
        image = QImage(self._pixels.data, width, height, 4 * width, QImage.Format.Format_ARGB32_Premultiplied)
        image.setDevicePixelRatio(self._ratio)
        return image


def _bars(column: Column, pictures: Pictures, spans: tuple[_Span, _Span], zero_line: int) -> Pixels | None:
    values, colours = pictures.values(column.layer.name), pictures.colours(column.layer.name)
    if values is None or colours is None:
        return None
    down, across = spans
    bounds, width = pictures.bounds(column.layer.name), int(across.sizes[0])
    extent = bounds.high - bounds.low
    zero = (0.0 - bounds.low) / extent
    part = np.clip((np.nan_to_num(values, nan=bounds.high) - bounds.low) / extent, 0.0, 1.0)
    left = np.round(np.minimum(part, zero) * width).astype(np.intp)
    right = np.maximum(left + 1, np.round(np.maximum(part, zero) * width).astype(np.intp))
    x = across.within[None, :]
    row = down.tiles[:, None]
    filled = (x >= left[row]) & (x < right[row]) & (row != _NOWHERE)
    shown = np.where(filled, argb(colours)[row], np.uint32(0))
    shown[:, across.within == min(width - 1, round(zero * width))] = zero_line
    return shown


def _tiles(column: Column, pictures: Pictures, spans: tuple[_Span, _Span]) -> Pixels | None:
    """The maps (or cells) of a column on their device pixels; transparent in the gaps."""
    colours = pictures.colours(column.layer.name)
    if colours is None:
        return None
    maps = argb(colours).reshape(column.count, *(column.layer.shape[1:] if colours.ndim == 4 else (1, 1)))
    down, across = spans
    height, width = maps.shape[1:]
    tall, wide = int(down.sizes.max()), int(across.sizes.max())
    if tall < height or wide < width:  # smaller than it is: every value takes part in its pixel
        maps = _reduced(maps, min(tall, height), min(wide, width))
        height, width = maps.shape[1:]
    rows = np.minimum(down.within * height // down.sizes[down.tiles], height - 1)
    columns = np.minimum(across.within * width // across.sizes[across.tiles], width - 1)
    channel = down.tiles[:, None] * column.columns + across.tiles[None, :]
    there = (down.tiles != _NOWHERE)[:, None] & (across.tiles != _NOWHERE)[None, :] & (channel < column.count)
    shown: Pixels = maps[np.where(there, channel, 0), rows[:, None], columns[None, :]]
    shown[~there] = 0
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


def argb(rgba: npt.NDArray[np.uint8]) -> Pixels:
    """Opaque RGBA uint8 `(..., 4)` as Qt's 32-bit pixels `(...)`."""
    parts = rgba.astype(np.uint32)
    return np.asarray(np.uint32(0xFF000000) | parts[..., 0] << 16 | parts[..., 1] << 8 | parts[..., 2], np.uint32)
