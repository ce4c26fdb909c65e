"""The program's palettes as Qt's pixels; the palettes themselves are in `core.palettes`."""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt

from cnnviewer.core.palettes import (
    NOT_A_NUMBER,
    PaletteName,
    Range,
    colourise,
    places,
    table,
    value_range,
)

__all__ = ["PaletteName", "Range", "colourise", "packed", "pixels", "sign_colours", "table", "value_range"]
_SIGNS = Range(-1.3, 1.3)  # the ends of the palette are too dark for a bar


def pixels(values: npt.NDArray[np.float32], palette: PaletteName, bounds: Range) -> npt.NDArray[np.uint32]:
    """The same as `colourise` in Qt's 32-bit pixels, `0xAARRGGBB`, of the shape of `values`: for what changes often."""
    coloured: npt.NDArray[np.uint32] = _table32(palette)[places(values, bounds)]
    broken = ~np.isfinite(values)
    if broken.any():
        coloured[broken] = packed(np.array(NOT_A_NUMBER, np.uint8))
    return coloured


def sign_colours(values: npt.NDArray[np.floating]) -> npt.NDArray[np.uint8]:
    """The colours of bars whose length says how large `values` are: one for each sign, `(*values.shape, 4)` RGBA."""
    return colourise(np.sign(values).astype(np.float32), "signed", _SIGNS)


def packed(rgba: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint32]:
    """Opaque RGBA uint8 `(..., 4)` as Qt's 32-bit pixels `(...)`."""
    parts = rgba.astype(np.uint32)
    return np.asarray(np.uint32(0xFF000000) | parts[..., 0] << 16 | parts[..., 1] << 8 | parts[..., 2], np.uint32)


@cache
def _table32(palette: PaletteName) -> npt.NDArray[np.uint32]:
    return packed(table(palette))
