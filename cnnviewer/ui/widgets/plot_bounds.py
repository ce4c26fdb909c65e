"""How far the user may zoom and pan: something of the curves always stays in sight."""

from __future__ import annotations

import math
from typing import Final

Bounds = tuple[float, float]

_LEAST: Final = 1e-4
_MOST: Final = 1.2
_IN_SIGHT: Final = 0.1


def within(shown: Bounds, extent: Bounds, least: float | None = None, near: Bounds | None = None) -> Bounds:
    """The range to show in place of `shown`: neither too far nor too near, nor beside what there is.

    Args:
        shown: what the user has zoomed or panned to.
        extent: of everything there is; of some length.
        least: how much is shown at least; a small part of everything where it is left out.
        near: what has to stay in sight; everything where it is left out. It may be of no length.

    """
    low, high = shown
    span = extent[1] - extent[0]
    if not (math.isfinite(low) and math.isfinite(high) and low < high):
        return extent
    width = min(max(high - low, _LEAST * span if least is None else least), _MOST * span)
    if width != high - low:
        middle = (low + high) / 2
        low, high = middle - width / 2, middle + width / 2
    first, last = near or extent
    overlap = _IN_SIGHT * min(width, max(last - first, _IN_SIGHT * width))
    if high < first + overlap:
        low, high = first + overlap - width, first + overlap
    elif low > last - overlap:
        low, high = last - overlap, last - overlap + width
    return low, high
