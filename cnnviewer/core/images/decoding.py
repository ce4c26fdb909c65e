"""By which rules the user's own data become images: kept in every run and in weights.

A run resumes with the very images that it began with, whatever has been improved since.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

Scale = tuple[float, float]
"""The values of wide grey pictures that become 0 and 255."""

FIRST: Final = 1
"""Runs and weights that record no version. A wide grey picture was scaled on its own, validation images were trained
on, and the commonest size in a folder decided."""
LATEST: Final = 2
"""One scale for all wide grey pictures of a folder; validation images validate; the median proportions decide; each
part of an `.npz` has its own scale, and its classes are the labels that occur."""


@dataclass(frozen=True)
class Decoding:
    """How images were read, or are to be read.

    Attributes:
        version: of the rules.
        scale: of wide grey pictures (float, 32 bits); None: there are none, or they decide themselves.

    """

    version: int = LATEST
    scale: Scale | None = None

    @property
    def is_first(self) -> bool:
        """Whether these are the rules of before."""
        return self.version == FIRST


NOW: Final = Decoding()
"""As is right today."""


def recorded(recipe: Mapping[str, Any]) -> Decoding:
    """The reading in a recipe's JSON; that of before where there is none. ValueError, TypeError, KeyError otherwise."""
    fields = recipe.get("reading", {"version": FIRST, "scale": None})
    version, scale = fields["version"], fields["scale"]
    if type(version) is not int or version < FIRST:
        raise ValueError("version")
    if scale is None:
        return Decoding(version)
    low, high = (float(value) for value in scale)
    if not (math.isfinite(low) and math.isfinite(high) and low <= high):
        raise ValueError("scale")
    return Decoding(version, (low, high))
