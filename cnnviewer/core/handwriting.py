"""A photo or picture of one handwritten digit -> the ink of a drawing. numpy and Pillow only."""

from __future__ import annotations

import itertools

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from cnnviewer.core.digits import DigitSteps, prepare
from cnnviewer.core.errors import UserError

_LONGEST = 560
"""Pixels of the longer side that are looked at: twice the canvas, far more than 20x20 needs."""
_CELLS = 12
"""The paper's brightness is estimated in this many cells each way: a shadow varies slowly."""
_LEAST_CONTRAST = 24
"""Grey levels between paper and ink below which there is nothing to read."""


def as_digit(image: NDArray[np.uint8]) -> DigitSteps:
    """Read uint8 `(H, W, 3)` as one digit, dark on light or light on dark, and prepare it as MNIST's makers did.

    The border tells which of the two is the paper; the paper's brightness is estimated locally, so that the shadow on
    a phone's photo does not count as ink; Otsu's threshold (1979) separates ink from paper.

    Raises:
        UserError: there is no writing in it.
    """
    steps = prepare(ink_of(image))
    if steps is None:
        raise _nothing_to_read()
    return steps


def ink_of(image: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The ink in a picture, uint8 `(h, w)`: 255 full ink, 0 paper; the longer side at most 560.

    Raises:
        UserError: there is no contrast in it.
    """
    picture = Image.fromarray(image).convert("L")
    picture.thumbnail((_LONGEST, _LONGEST), Image.Resampling.BOX)
    grey = np.asarray(picture, np.float32)
    if np.median(_border(grey)) > 127:
        grey = 255 - grey
    ink = np.clip(grey - _paper(grey), 0, None)
    strongest = float(np.percentile(ink, 99.5))
    if max(strongest, float(ink.max()) / 2) < _LEAST_CONTRAST:
        raise _nothing_to_read()
    threshold = _otsu(ink)
    # pixels a little below the threshold are the grey edges of strokes; further below is paper
    full = float(ink[ink > threshold].mean()) if (ink > threshold).any() else float(ink.max())
    clean = np.clip((ink - threshold / 2) / max(full - threshold / 2, 1.0), 0, 1)
    return np.asarray(np.round(clean * 255), np.uint8)


def canvas_of(image: NDArray[np.uint8], shape: tuple[int, ...]) -> NDArray[np.uint8]:
    """A saved drawing as a canvas of `shape` `(h, w)`: as it is when the sizes agree, else fitted and centred.

    Raises:
        UserError: there is no ink in it.
    """
    height, width = shape
    grey = np.asarray(Image.fromarray(image).convert("L"))
    if grey.shape == (height, width) and np.median(_border(grey.astype(np.float32))) <= 127:
        return grey.copy()
    ink = Image.fromarray(ink_of(image))
    ink.thumbnail((width, height), Image.Resampling.BOX)
    canvas = np.zeros((height, width), np.uint8)
    top, left = (height - ink.height) // 2, (width - ink.width) // 2
    canvas[top : top + ink.height, left : left + ink.width] = np.asarray(ink)
    return canvas


def _nothing_to_read() -> UserError:
    return UserError("There is no digit to be seen in this picture: it needs writing that differs from its background.")


def _border(grey: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.concatenate([grey[0], grey[-1], grey[:, 0], grey[:, -1]])


def _paper(grey: NDArray[np.float32]) -> NDArray[np.float32]:
    """The background's brightness at every pixel, writing left out: dark quartile of each cell, joined smoothly."""
    height, width = grey.shape
    rows = np.linspace(0, height, min(_CELLS, height) + 1).astype(int)
    columns = np.linspace(0, width, min(_CELLS, width) + 1).astype(int)
    cells = np.array(
        [
            [np.percentile(grey[top:bottom, left:right], 25) for left, right in itertools.pairwise(columns)]
            for top, bottom in itertools.pairwise(rows)
        ],
        np.float32,
    )
    # a cell full of ink takes the level of the paper around it
    cells = np.minimum(cells, np.percentile(cells, 75) + _LEAST_CONTRAST)
    return np.asarray(Image.fromarray(cells).resize((width, height), Image.Resampling.BICUBIC), np.float32)


def _otsu(values: NDArray[np.float32]) -> float:
    """The threshold that separates `values` into two groups of least variance within (Otsu 1979)."""
    counts, edges = np.histogram(values, bins=128)
    centres = (edges[:-1] + edges[1:]) / 2
    below = np.cumsum(counts)
    above = below[-1] - below
    sum_below = np.cumsum(counts * centres)
    with np.errstate(divide="ignore", invalid="ignore"):
        between = below * above * (sum_below / below - (sum_below[-1] - sum_below) / above) ** 2
    return float(centres[int(np.nanargmax(between[:-1]))])
