"""An attribution on its image as pixels, and the colours of its legend. Free of Qt."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from cnnviewer.core.inspection.attribution.records import Attribution
from cnnviewer.core.inspection.records import FloatArray
from cnnviewer.core.palettes import table

_DARKEST, _LIGHTEST = 0.22, 0.82
"""The image is painted in these greys, so that red and blue are seen on black and on white."""
_RED, _BLUE = 228, 27  # in the signed palette
Pixels = npt.NDArray[np.uint8]


def flat(found: Attribution) -> FloatArray:
    """The map `(H, W)`, its channels added up."""
    return found.map.sum(0) if found.map.ndim == 3 else found.map


def bound_of(values: FloatArray) -> float:
    """The size of the largest value that is a number; 0 where none is."""
    sizes = np.abs(values[np.isfinite(values)])
    return float(sizes.max()) if sizes.size else 0.0


def on_image(image: FloatArray, values: FloatArray, bound: float) -> Pixels:
    """`(H, W, 3)`: red where a value is positive, blue where it is negative, the stronger the larger it is.

    Args:
        image: `(C, H, W)` in 0..1, of the size of the map.
        values: `(H, W)`.
        bound: the size that gets the full colour.
    """
    grey = _DARKEST + (_LIGHTEST - _DARKEST) * np.clip(image.mean(0), 0, 1)
    return _mixed(grey, values, bound)


def legend(count: int, negative: bool) -> Pixels:
    """`(1, count, 3)`: the colours from the least value to the largest, on a middle grey; from 0 without `negative`."""
    values = np.linspace(-1.0 if negative else 0.0, 1.0, count, dtype=np.float32)[None]
    return _mixed(np.full((1, count), (_DARKEST + _LIGHTEST) / 2), values, 1.0)


def plain_image(image: FloatArray) -> Pixels:
    """`(C, H, W)` in 0..1 as `(H, W, 3)` in its own colours."""
    planes = image[:3] if image.shape[0] >= 3 else np.repeat(image[:1], 3, axis=0)
    return np.round(np.clip(np.moveaxis(planes, 0, -1), 0, 1) * 255).astype(np.uint8)


def _mixed(grey: npt.NDArray[np.floating], values: FloatArray, bound: float) -> Pixels:
    colours = table("signed")[:, :3].astype(np.float32)
    finite = np.nan_to_num(values, nan=0.0, posinf=0.0, neginf=0.0)
    strength = np.clip(np.abs(finite) / bound, 0, 1)[..., None] if bound > 0 else np.zeros((*values.shape, 1))
    tint = np.where(finite[..., None] >= 0, colours[_RED], colours[_BLUE])
    mixed = (1 - strength) * (255 * grey[..., None]) + strength * tint
    made: Pixels = np.round(mixed).astype(np.uint8)
    made[~np.isfinite(values)] = (255, 0, 255)
    return made
