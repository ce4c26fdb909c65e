"""How many images a model is asked about where the answer is awaited: as many as its multiplications allow."""

from __future__ import annotations

from typing import Final

from cnnviewer.core.inspection.costs import costs
from cnnviewer.core.inspection.records import Architecture

_MULTIPLY_ADDS: Final = 3_000_000_000
"""A fifth of a second for a core of 2020."""
_LEAST, _MOST = 20, 1000


def sample_size(architecture: Architecture, available: int) -> int:
    """The size of a sample of `available` images: 1,000 for LeNet, 390 for SimpleCNN, 20 for VGG16.

    The same on every machine, so that two people who compare numbers compare those of the same images.
    """
    once = costs(architecture).multiply_adds
    return min(available, max(_LEAST, min(_MOST, _MULTIPLY_ADDS // max(1, once))))


def spread(available: int, wanted: int) -> list[int]:
    """Indices of `wanted` of `available` images, ascending and evenly spread; all of them where there are fewer."""
    wanted = min(available, wanted)
    return [place * available // wanted for place in range(wanted)]
