"""Which lines run over the columns of a large network, and along which of the lanes above the tiles. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from cnnviewer.core.inspection.blocks import Block

MOST_LANES: Final = 8
"""Lines that overlap beyond that many share the last lane."""


@dataclass(frozen=True)
class Wire:
    """A line over the columns, from those that are read to the one that reads them, or between calls of one module.

    Attributes:
        sources: places of the columns that it begins at.
        target: place of the column where it ends.
        lane: which line above the tiles it runs along, 0 next to them.
        shared: whether it says that both have the same weights; nothing flows along it then.

    """

    sources: tuple[int, ...]
    target: int
    lane: int = 0
    shared: bool = False

    @property
    def first(self) -> int:
        """Place of the column furthest to the left."""
        return min(*self.sources, self.target)

    @property
    def last(self) -> int:
        """Place of the column furthest to the right."""
        return max(*self.sources, self.target)


@dataclass(frozen=True)
class Bracket:
    """An unfolded block: the places of its first and its last column."""

    block: Block
    first: int
    last: int


def in_lanes(wires: Iterable[Wire]) -> tuple[Wire, ...]:
    """The same lines, each in the lowest lane that is free: short ones below, so that they lie within long ones."""
    lanes: list[list[Wire]] = []
    placed: list[Wire] = []
    for wire in sorted(wires, key=lambda each: (each.last - each.first, each.first)):
        free = [all(wire.last <= other.first or other.last <= wire.first for other in lane) for lane in lanes]
        # above all that it overlaps: its ends would cross them otherwise
        lane = next((at for at in range(len(lanes)) if all(free[at:])), len(lanes))
        lane = min(lane, MOST_LANES - 1)
        if lane == len(lanes):
            lanes.append([])
        lanes[lane].append(wire)
        placed.append(Wire(wire.sources, wire.target, lane, wire.shared))
    return tuple(placed)
