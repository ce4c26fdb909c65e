"""Lines much finer or broader than a pen's are drawn again with a usual pen. numpy and Pillow only."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from cnnviewer.core.images.pixel_areas import window_max

Floats = NDArray[np.float32]

_SIDE = 200
"""Pixels of the longer side at which widths are changed: ten times MNIST's box."""
_ROOM = 16
"""Pixels around it into which lines may grow."""
_FINEST, _BROADEST = 0.085, 0.18
"""Widths as shares of the digit's longer side: in MNIST a quarter of the digits is finer, one in a hundred broader."""


def with_usual_strokes(amount: Floats) -> NDArray[np.uint8]:
    """Ink `(h, w)` in 0..1 as a raster, ink 255 on 0, 200 pixels and some room large.

    Widths usual in MNIST stay. A pencil's line on a large photo would all but vanish in 20 pixels: it is drawn
    broader. A brush that fills the loops is drawn finer.
    """
    height, width = amount.shape
    scale = _SIDE / max(height, width)
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    resample = Image.Resampling.BICUBIC if scale > 1 else Image.Resampling.BOX
    large = np.asarray(Image.fromarray(amount).resize(size, resample), np.float32)
    large = np.pad(np.clip(large, 0, 1), _ROOM)
    share = stroke_width(large > 0.5)
    if 0 < share < _FINEST:
        large = _spread(large, (_FINEST - share) * _SIDE / 2)
    elif share > _BROADEST:
        large = 1 - _spread(1 - large, (share - _BROADEST) * _SIDE / 2)
    return np.asarray(np.rint(np.clip((large - 0.1) / 0.8, 0, 1) * 255), np.uint8)


def stroke_width(mask: NDArray[np.bool_]) -> float:
    """The mean width of the lines in `(h, w)` as a share of the longer side of what they cover; 0 without any.

    A line's area is its length times its width, its outline about twice its length.
    """
    if not mask.any():
        return 0.0
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    longer = max(rows[-1] - rows[0], columns[-1] - columns[0]) + 1
    framed = np.pad(mask, 1)
    outline = np.count_nonzero(framed[1:] != framed[:-1]) + np.count_nonzero(framed[:, 1:] != framed[:, :-1])
    return float(2 * np.count_nonzero(mask) / outline / longer)


def _spread(values: Floats, distance: float) -> Floats:
    """Maxima within about `distance` pixels: squares and crosses in turn make an octagon."""
    for turn in range(round(distance * 4 / np.pi)):  # outlines were measured along pixels' sides: 4/π too long
        values = window_max(values, 1) if turn % 2 else _cross_max(values)
    return values


def _cross_max(values: Floats) -> Floats:
    framed = np.pad(values, 1, mode="edge")
    sides = (framed[:-2, 1:-1], framed[2:, 1:-1], framed[1:-1, :-2], framed[1:-1, 2:])
    return np.asarray(np.maximum.reduce([values, *sides]))
