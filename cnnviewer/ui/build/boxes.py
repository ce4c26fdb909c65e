"""How large the outputs of a design are drawn. Pure: no Qt."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from cnnviewer.core.models.design_check import Shape

_SIDE: Final = 76.0  # of the largest map, in pixels at the usual text size
_DEPTH: Final = 58.0  # of the most channels, along the slanted edge
_VECTOR: Final = 120.0  # of the longest vector
_FLAT: Final = 12.0  # height of a vector
_POWER: Final = 0.6  # sizes are told apart from 1 to 1,000: areas grow slower than numbers
SLANT: Final = (0.80, 0.45)  # of the edges that lead back


@dataclass(frozen=True)
class Box:
    """How large a layer's output is drawn; without channels it is a vector.

    Attributes:
        width: of the front.
        height: of the front.
        depth: along the slanted edge.

    """

    width: float
    height: float
    depth: float = 0.0

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the whole."""
        return self.width + self.depth * SLANT[0], self.height + self.depth * SLANT[1]


def boxes(shapes: Sequence[Shape | None], growth: float = 1.0) -> list[Box | None]:
    """A box for every shape, in one proportion: the largest map, the most channels, the longest vector are full."""
    maps = [shape for shape in shapes if shape is not None and len(shape) == 3]
    side = max((max(shape[1:]) for shape in maps), default=1)
    channels = max((shape[0] for shape in maps), default=1)
    longest = max((shape[0] for shape in shapes if shape is not None and len(shape) == 1), default=1)

    def part(whole: float, number: int, most: int, least: float) -> float:
        return growth * max(least, whole * math.pow(number / most, _POWER))

    made: list[Box | None] = []
    for shape in shapes:
        if shape is None:
            made.append(None)
        elif len(shape) == 1:
            made.append(Box(part(_VECTOR, shape[0], longest, 10.0), growth * _FLAT))
        else:
            height, width = (part(_SIDE, number, side, 5.0) for number in shape[1:])
            made.append(Box(width, height, part(_DEPTH, shape[0], channels, 3.0)))
    return made
