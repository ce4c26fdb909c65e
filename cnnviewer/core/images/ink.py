"""Where the ink is in a photo: light evened out, ink and paper separated by the edges of strokes. numpy, Pillow."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from cnnviewer.core.images.pixel_areas import window_max, window_min, window_sum

Floats = NDArray[np.float32]

LONGEST = 1024
"""Pixels of the longer side that are looked at: a line of 3 pixels on a photo of 3,000 is still one pixel wide."""
_STROKE = 0.11
"""Half the widest stroke, as a share of the shorter side: what is wider is paper, a shadow or a desk."""
_LEAST_CONTRAST = 0.1
"""Share of the paper's brightness that an edge of ink takes away at least."""
_LONG = 1.8
"""Proportions of the longest pictures that are looked at as they are: a little more than 16:9."""
_ABOVE_NOISE = 3
"""An edge changes so many times more than paper does between neighbouring pixels."""
_EDGE = 2
"""An edge of ink rises within so many pixels to each side; a shadow's takes longer."""


@dataclass(frozen=True)
class FoundInk:
    """The ink found in a picture.

    Attributes:
        amount: `(h, w)` in 0..1, the share of each pixel that ink covers.
        mask: which pixels are ink, half covered at least.
        depth: `(h, w)` share of the paper's brightness that is missing.
        rise: `(h, w)` how much depth changes within a few pixels: about the ink's own depth at the edge of a stroke,
            little at the edge of a shadow.
        edges: where that is more than noise.

    """

    amount: Floats
    mask: NDArray[np.bool_]
    depth: Floats
    rise: Floats
    edges: NDArray[np.bool_]


def find_ink(image: NDArray[np.uint8], longest: int = LONGEST) -> FoundInk | None:
    """Find the ink in uint8 `(H, W, 3)`, dark on light or light on dark; None where nothing stands out.

    1. The paper's brightness around each pixel is the closing of the picture by a window wider than any stroke: it
       follows shadows and desks and leaves strokes out. What a pixel lacks of it, as a share, is its depth.
    2. Where depth changes much within a few pixels, there is an edge. Half way up the edges around a pixel lies
       the threshold between paper and ink (as Yanowitz and Bruckstein 1989; Su, Lu and Tan 2013).
    """
    grey = _widened(reduced(image, longest))
    if grey.min() == grey.max():
        return None
    if _is_light_on_dark(grey):
        grey = 255 - grey
    soft = _smoothed(grey)
    paper = window_min(window_max(soft, radius := _radius(grey.shape)), radius)
    level = np.maximum(paper, 16).astype(np.float32)
    depth = np.clip((level - soft) / level, 0, None)
    return _ink_of_depth(depth, level, radius)


def reduced(image: NDArray[np.uint8], longest: int = LONGEST) -> NDArray[np.uint8]:
    """uint8 `(H, W, 3)` in grey, its longer side at most `longest`; a pixel is the mean of those it stands for."""
    picture = Image.fromarray(image).convert("L")
    picture.thumbnail((longest, longest), Image.Resampling.BOX)
    return np.asarray(picture)


def _widened(grey: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """A picture cut close around a 1 with paper on both sides, so that its stroke is thin beside the picture."""
    height, width = grey.shape
    if max(height, width) <= _LONG * min(height, width):
        return grey
    border = np.concatenate([grey[0], grey[-1], grey[:, 0], grey[:, -1]])
    missing = round(max(height, width) / _LONG) - min(height, width)
    rows, columns = (missing, 0) if height < width else (0, missing)
    sides = ((rows // 2, rows - rows // 2), (columns // 2, columns - columns // 2))
    return np.pad(grey, sides, constant_values=np.uint8(np.median(border)))


def _radius(shape: tuple[int, ...]) -> int:
    return max(2, round(_STROKE * min(shape)))


def _smoothed(grey: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Noise of single pixels averaged out, 1 2 1 in each direction."""
    padded = np.pad(grey, 1, mode="edge").astype(np.uint16)
    rows = padded[:-2] + 2 * padded[1:-1] + padded[2:]
    return np.asarray((rows[:, :-2] + 2 * rows[:, 1:-1] + rows[:, 2:] + 8) >> 4, np.uint8)


def _edges(values: Floats, unit: Floats | float, least: float) -> tuple[Floats, Floats, Floats]:
    """Lowest and highest value around each pixel, and the weight of the edge there: 0 where it is no edge.

    Paper fills most of a picture: what its noise does is no edge, neither in `values` nor, where light is low and
    noise large beside it, in grey levels, of which `unit` are one of `values`.
    """
    high = window_max(values, _EDGE)
    low = -window_max(-values, _EDGE)
    rise = high - low
    least = max(least, _ABOVE_NOISE * float(np.median(rise)), 0.35 * float(np.percentile(rise, 99.9)))
    levels = rise * unit
    return low, high, np.where((rise >= least) & (levels >= _ABOVE_NOISE * float(np.median(levels))), rise, 0)


def _around(weight: Floats, radius: int, *values: Floats) -> tuple[Floats, list[Floats]]:
    """The sum of `weight` around each pixel, and the means of `values` there, weighted by it.

    They change slowly, so they are computed on blocks of pixels and interpolated.
    """
    block = max(1, radius // 16)
    shape = (weight.shape[1], weight.shape[0])

    def summed(part: Floats) -> Floats:
        small = np.asarray(Image.fromarray(part).reduce(block), np.float32)
        whole = Image.fromarray(window_sum(small, radius // block))
        return np.asarray(whole.resize(shape, Image.Resampling.BILINEAR), np.float32)

    total = summed(weight)
    least = np.maximum(total, np.float32(1e-6))
    return total, [np.asarray(summed(weight * value) / least, np.float32) for value in values]


def _is_light_on_dark(grey: NDArray[np.uint8]) -> bool:
    """Strokes are thin: of what lies around edges, ink is the smaller part."""
    values = _smoothed(grey).astype(np.float32)
    low, high, weight = _edges(values, 1, 12)
    total, (threshold,) = _around(weight, _radius(grey.shape), (low + high) * np.float32(0.5))
    near = total > 0
    return bool(near.any() and (values[near] > threshold[near]).mean() < 0.5)


def _ink_of_depth(depth: Floats, level: Floats, radius: int) -> FoundInk | None:
    low, high, weight = _edges(depth, level, _LEAST_CONTRAST)
    if not weight.any():
        return None
    total, (paper, full) = _around(weight, radius, low, high)
    near = total > 1e-6
    contrast = np.maximum(full - paper, np.float32(1e-3))
    amount = np.where(near, np.clip((depth - paper) / contrast, 0, 1), 0).astype(np.float32)
    return FoundInk(amount, amount > 0.5, depth, high - low, weight > 0)
