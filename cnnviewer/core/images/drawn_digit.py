"""A drawn raster becomes the 28x28 image that MNIST's makers would have made of it.

Their recipe (LeCun, Cortes, Burges, "The MNIST database of handwritten digits"): the digit's bounding box is
scaled, proportions kept, into 20x20 pixels, where the antialiasing of the scaling brings the grey levels about,
and is then placed in a 28x28 field so that its centre of mass lies at the field's centre. Place and size on the
canvas therefore do not matter. Free of torch and Qt: the window shows every step.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

BOX = 20
"""The longest side of the scaled digit, in pixels."""

FIELD = 28
"""The side of the field the digit is placed in, in pixels."""


@dataclass(frozen=True)
class DigitSteps:
    """What became of a drawing, step by step; the input lens shows these.

    Attributes:
        box: `(top, left, bottom, right)` of the ink in the raster, in pixels; bottom and right lie just outside.
        cropped: uint8, the raster inside `box`.
        scaled: uint8 `(h, w)`, `max(h, w) == 20`.
        centred: float32 `(28, 28)` in 0..1, the centre of mass in the middle: the model's input before normalisation.
        shift: `(down, right)`, how far the centre of mass moved the digit from where its box alone would stand
            in the middle, in pixels.

    """

    box: tuple[int, int, int, int]
    cropped: NDArray[np.uint8]
    scaled: NDArray[np.uint8]
    centred: NDArray[np.float32]
    shift: tuple[int, int]


def prepare(raster: NDArray[np.uint8]) -> DigitSteps | None:
    """Crop, scale and centre a raster `(H, W)`, ink 255 on 0. None where there is no ink."""
    box = ink_box(raster)
    if box is None:
        return None
    top, left, bottom, right = box
    cropped = raster[top:bottom, left:right].copy()
    scaled = _scale(cropped)
    offset = centre_of_mass_offset(scaled)
    height, width = scaled.shape
    centred = np.zeros((FIELD, FIELD), np.float32)
    centred[offset[0] : offset[0] + height, offset[1] : offset[1] + width] = scaled
    centred /= 255
    shift = (offset[0] - (FIELD - height) // 2, offset[1] - (FIELD - width) // 2)
    return DigitSteps(box, cropped, scaled, centred, shift)


def ink_box(raster: NDArray[np.uint8]) -> tuple[int, int, int, int] | None:
    """`(top, left, bottom, right)` of all that is not 0, or None."""
    rows = np.flatnonzero(raster.any(axis=1))
    if not len(rows):
        return None
    columns = np.flatnonzero(raster[rows[0] : rows[-1] + 1].any(axis=0))
    return int(rows[0]), int(columns[0]), int(rows[-1]) + 1, int(columns[-1]) + 1


def centre_of_mass_offset(scaled: NDArray[np.uint8]) -> tuple[int, int]:
    """`(top, left)` where `scaled` goes in the field for its centre of mass to be nearest the field's centre.

    Whole pixels, as in MNIST (a fraction would blur); clipped, so that nothing is cut off.
    """
    height, width = scaled.shape
    mass = scaled.sum(dtype=np.float64)
    down = scaled.sum(axis=1, dtype=np.float64) @ np.arange(height) / mass
    right = scaled.sum(axis=0, dtype=np.float64) @ np.arange(width) / mass
    top = min(max(round(FIELD / 2 - down), 0), FIELD - height)
    left = min(max(round(FIELD / 2 - right), 0), FIELD - width)
    return top, left


def _scale(cropped: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Resample so that the longest side is 20 pixels: averaging when it shrinks, interpolating when it grows."""
    height, width = cropped.shape
    ratio = BOX / max(height, width)
    size = (max(1, round(width * ratio)), max(1, round(height * ratio)))
    if size == (width, height):
        return cropped.copy()
    resample = Image.Resampling.BOX if ratio < 1 else Image.Resampling.BILINEAR
    return np.asarray(Image.fromarray(cropped).resize(size, resample))
