"""Makes large feature maps small, where there is time for it: in the thread that computed them."""

from __future__ import annotations

import torch
import torch.nn.functional as F

from cnnviewer.core.inspection.arrays import array_of
from cnnviewer.core.inspection.records import Digest, FloatArray

LARGE = 65_536
"""A layer with more values than this is given a digest."""
_LARGEST_LEVEL, _SMALLEST_LEVEL = 60, 6  # pixels a side


def digest(value: torch.Tensor) -> Digest:
    """The digest of maps `(1, C, H, W)`; a map without a finite value has the range 0..0."""
    maps = value[0]
    finite = maps if bool(torch.isfinite(maps.sum())) else torch.nan_to_num(maps, nan=0.0, posinf=0.0, neginf=0.0)
    lows, highs = torch.aminmax(finite.flatten(1), dim=1)
    levels: list[FloatArray] = []
    small = value
    while min(small.shape[-2:]) >= 2 * _SMALLEST_LEVEL:
        small = F.avg_pool2d(small, 2)
        if max(small.shape[-2:]) <= _LARGEST_LEVEL:
            levels.append(array_of(small[0]))
    return Digest(tuple(levels), array_of(lows), array_of(highs))
