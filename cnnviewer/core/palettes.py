"""Numbers to colours. Signed values diverge from 0 (RdBu), others are sequential, kernels have BrBG.

The maps come from the library `cmap` (ColorBrewer's RdBu and BrBG; viridis): perceptually ordered and safe for
colour-blind readers. They do not change with the theme. NaN and infinity are magenta: never a silent colour.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

import numpy as np
import numpy.typing as npt
from cmap import Colormap

PaletteName = Literal["signed", "sequential", "kernel", "image"]
_MAPS = {
    "signed": "colorbrewer:RdBu_r",
    "sequential": "viridis",
    "kernel": "colorbrewer:BrBG",
    "image": "gray",
}
NOT_A_NUMBER: Final = (255, 0, 255, 255)
"""The colour of NaN and infinity, RGBA."""


@cache
def table(palette: PaletteName) -> npt.NDArray[np.uint8]:
    """The palette's 256 colours, `(256, 4)` RGBA uint8."""
    lut = Colormap(_MAPS[palette]).lut(256)
    return np.round(np.asarray(lut) * 255).astype(np.uint8)


@dataclass(frozen=True)
class Range:
    """The values that get the first and the last colour of a palette."""

    low: float
    high: float


def value_range(values: npt.NDArray[np.float32], palette: PaletteName) -> Range:
    """The range that shows `values` best: symmetric about 0 for signed palettes, 0..max otherwise.

    Images keep 0..1. Values that are not finite are left out; an empty or constant array gets a range of width 1.
    """
    if palette == "image":
        return Range(0.0, 1.0)
    finite = values[np.isfinite(values)]
    if not finite.size:
        return Range(-1.0, 1.0) if palette in ("signed", "kernel") else Range(0.0, 1.0)
    if palette in ("signed", "kernel"):
        bound = float(np.abs(finite).max()) or 1.0
        return Range(-bound, bound)
    low, high = min(0.0, float(finite.min())), float(finite.max())
    return Range(low, high if high > low else low + 1.0)


def colourise(values: npt.NDArray[np.float32], palette: PaletteName, bounds: Range) -> npt.NDArray[np.uint8]:
    """Colour `values` of any shape: a new uint8 array of the shape `(*values.shape, 4)`, RGBA."""
    rgba: npt.NDArray[np.uint8] = table(palette)[places(values, bounds)]
    broken = ~np.isfinite(values)
    if broken.any():
        rgba[broken] = NOT_A_NUMBER
    return rgba


def places(values: npt.NDArray[np.float32], bounds: Range) -> npt.NDArray[np.uint8]:
    """Where in its palette each value lies, 0..255; anything for what is no number."""
    with np.errstate(invalid="ignore", over="ignore"):
        scaled = (values - np.float32(bounds.low)) * np.float32(255.0 / (bounds.high - bounds.low))
        return np.clip(scaled, 0, 255, out=scaled).astype(np.uint8)
