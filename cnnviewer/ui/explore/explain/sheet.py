"""What stands on the worksheet: rows of small grids, numbers and bars. Pure: no Qt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from cnnviewer.core.inspection.explain.records import Doubles, Flags
from cnnviewer.ui.widgets.palettes import PaletteName, Range

TextRole = Literal["plain", "caption", "strong", "result"]


@dataclass(frozen=True)
class SheetGrid:
    """A small matrix, its numbers in coloured cells.

    Attributes:
        values: `(h, w)`.
        palette: of the colours.
        bounds: of the colours.
        hatched: `(h, w)` cells drawn as padding.
        framed: `(h, w)` cells that won.

    """

    values: Doubles
    palette: PaletteName
    bounds: Range
    hatched: Flags | None = None
    framed: Flags | None = None


@dataclass(frozen=True)
class SheetText:
    """Words, a sign or a number; `width` in characters where columns shall stand below each other."""

    text: str
    role: TextRole = "plain"
    width: int = 0
    right: bool = False


@dataclass(frozen=True)
class SheetBar:
    """A number as a bar from the zero in its middle, a `share` from its left; `extent` is the largest size."""

    value: float
    extent: float
    share: bool = False


@dataclass(frozen=True)
class Stack:
    """Texts and a bar below each other, where a row is high and its width is dear."""

    items: tuple[SheetText | SheetBar, ...]


Item = SheetGrid | SheetText | SheetBar | Stack


@dataclass(frozen=True)
class SheetRow:
    """Items from left to right. `key` is handed over when the row is clicked."""

    items: tuple[Item, ...]
    key: int = -1
    strong: bool = False


@dataclass(frozen=True)
class Sheet:
    """A worksheet: a few rows that stay in sight, and any number of rows of equal height that scroll.

    Attributes:
        head: rows above.
        count: how many rows follow.
        row: makes one of them when it comes into sight.
        grid: rows and columns of the grids in the rows, `(0, 0)` where rows are lines of text.
        roomy: whether everything is written larger, because there is little of it.

    """

    head: tuple[SheetRow, ...] = ()
    count: int = 0
    row: Callable[[int], SheetRow] | None = None
    grid: tuple[int, int] = (0, 0)
    roomy: bool = False


def extent_of(values: Doubles) -> float:
    """The largest size among them; 1 where there is none."""
    finite = values[np.isfinite(values)]
    return float(np.abs(finite).max(initial=0.0)) or 1.0


def around_zero(values: Doubles) -> Range:
    """A range of colours as wide to both sides of zero."""
    bound = extent_of(values)
    return Range(-bound, bound)
