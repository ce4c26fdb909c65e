"""Where the maps beside a number lie: beside or below one another, as large as can be."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QRectF

_GAP = 34.0  # the sign of an operation has room there


Place = tuple[int, int]
"""Column and row of a slot."""


class Slot(NamedTuple):
    """Where a map lies, how wide the room is that it and its title have, and how high that of the title."""

    picture: QRectF
    width: float
    caption: float


class Captions(NamedTuple):
    """Room above a map for its title and legend: beside one another in a slot of at least `wide`, else below."""

    beside: float
    below: float
    wide: float


def arranged(sizes: list[tuple[float, float]], area: QRectF, captions: Captions, written: bool) -> list[Slot]:
    """A slot for each map of so many columns and rows, with room above each for its title.

    In a row, below one another, or those that are read below one another and the one that is `written`, the last of
    them, beside them: whichever makes the smallest map largest.
    """
    count = len(sizes)
    ways = [[(number, 0) for number in range(count)], [(0, number) for number in range(count)]]
    if written and count > 2:
        ways.append([*((0, number) for number in range(count - 1)), (1, 0)])
    return max((_placed(sizes, way, area, captions) for way in ways), key=_smallest)


def _placed(
    sizes: list[tuple[float, float]], way: list[tuple[int, int]], area: QRectF, captions: Captions
) -> list[Slot]:
    across, down = (1 + max(place[axis] for place in way) for axis in (0, 1))
    wide = max(1.0, (area.width() - _GAP * (across - 1)) / across)
    caption = captions.beside if wide >= captions.wide else captions.below
    tall = max(1.0, (area.height() - caption * down) / down)
    slots = []
    for (cols, rows), (column, row) in zip(sizes, way, strict=True):
        cell = min(wide / cols, tall / rows)
        x, y = area.x() + column * (wide + _GAP), area.y() + row * (tall + caption) + caption
        alone = sum(place[0] == column for place in way) < down  # beside several: in the middle of them
        if alone:
            y = area.y() + caption + (area.height() - caption - rows * cell) / 2
        slots.append(Slot(QRectF(x, y, cols * cell, rows * cell), wide, caption))
    return slots


def _smallest(slots: list[Slot]) -> tuple[float, float]:
    """The longer side of the smallest map, and its area."""
    sizes = [(slot.picture.width(), slot.picture.height()) for slot in slots]
    return round(min(max(size) for size in sizes)), min(wide * tall for wide, tall in sizes)
