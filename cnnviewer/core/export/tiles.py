"""Kernels and feature maps as coloured pictures: tiles side by side, every value a square. Free of torch and Qt."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
import numpy.typing as npt

from cnnviewer.core.palettes import PaletteName, Range, colourise, value_range

Pixels = npt.NDArray[np.uint8]  # (H, W, 4) RGBA
Values = npt.NDArray[np.float32]
GAP: Final = 4
"""Pixels between two tiles, see-through."""
_ROOM = 1080  # pixels across, unless a single tile needs more
_LARGE, _SMALL, _FEW = 88, 52, 24  # sides of tiles of a few maps and of many


def tiles(values: Values, palette: PaletteName, bounds: Range | None = None) -> tuple[Pixels, Range]:
    """`(N, H, W)` as tiles in rows of equal length, and the range that the palette's ends stand for.

    Every value is a square of pixels; of maps larger than a tile squares of values are shown by their mean.

    Args:
        values: what to show.
        palette: of `core.palettes`.
        bounds: of the palette; those of all values together where left out.
    """
    bounds = bounds or value_range(values, palette)
    side = _LARGE if len(values) <= _FEW else _SMALL
    shown = _averaged(values, math.ceil(max(values.shape[1:]) / (side * 1.25)))
    scale = max(1, side // max(shown.shape[1:]))
    rows = math.ceil(len(shown) * (shown.shape[2] * scale + GAP) / _ROOM)
    return _in_rows(colourise(shown, palette, bounds), math.ceil(len(shown) / rows), scale), bounds


def kernel_tiles(weight: Values) -> tuple[Pixels, Range]:
    """A layer's kernels `(out, in, kh, kw)`: a column for each output channel, a row for each input channel."""
    out, per_output, height, width = weight.shape
    side = min(64 if per_output <= 4 else 36, _ROOM // out)
    by_row = weight.transpose(1, 0, 2, 3).reshape(out * per_output, height, width)
    bounds = value_range(weight, "kernel")
    return _in_rows(colourise(by_row, "kernel", bounds), out, max(1, side // max(height, width))), bounds


def _in_rows(coloured: npt.NDArray[np.uint8], columns: int, scale: int) -> Pixels:
    """Tiles `(N, H, W, 4)` side by side, each pixel enlarged to `scale` × `scale`."""
    height, width = coloured.shape[1] * scale, coloured.shape[2] * scale
    rows = math.ceil(len(coloured) / columns)
    picture = np.zeros((rows * (height + GAP) - GAP, columns * (width + GAP) - GAP, 4), np.uint8)
    for place, tile in enumerate(coloured):
        top, left = place // columns * (height + GAP), place % columns * (width + GAP)
        picture[top : top + height, left : left + width] = tile.repeat(scale, 0).repeat(scale, 1)
    return picture


def image_pixels(image: Values, side: int = 112) -> npt.NDArray[np.uint8]:
    """An image `(C, H, W)` in 0..1 as RGB `(h, w, 3)`, enlarged by whole pixels to about `side`."""
    rgb = image if image.shape[0] == 3 else np.repeat(image[:1], 3, 0)
    scale = max(1, side // max(rgb.shape[1:]))
    pixels = np.clip(np.rint(rgb.transpose(1, 2, 0) * 255), 0, 255).astype(np.uint8)
    return pixels.repeat(scale, 0).repeat(scale, 1)


def _averaged(values: Values, every: int) -> Values:
    """Means of squares of `every` × `every` values; what is left at the edges is cut off."""
    if every <= 1:
        return values
    count, height, width = values.shape
    cut = values[:, : height // every * every, : width // every * every]
    means: Values = cut.reshape(count, height // every, every, width // every, every).mean((2, 4), dtype=np.float32)
    return means
