"""Where the grids of a window's arithmetic lie, how large their cells are, and which part of a large one is shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from PySide6.QtCore import QPointF, QRectF

WIDE: Final = 1.45  # width of a cell by its height
SIGN: Final = 30.0  # pixels between two grids, with the sign
EDGE: Final = 6.0
_MOST: Final = {1: 110.0, 3: 84.0}  # pixels of a cell's height, by how many grids there are
_DIGITS: Final = 0.5  # size of the digits by the height of a cell
_LARGEST: Final = 40  # pixels of the digits
_AIR: Final = 3.0  # pixels of a cell beside its digits
_TIGHT: Final = 20.0  # pixels of the digits, up to which they fill their cells
_LOOSE: Final = 0.85  # of the width that larger ones take


@dataclass(frozen=True)
class Measures:
    """What the letters need.

    Attributes:
        caption: height of a grid's title and legend.
        lines: height of the sum.
        widest: width of the longest number in a cell by the size of its digits.
        box: width that the shortest title and the legend of a grid need.

    """

    caption: float
    lines: float
    widest: float
    box: float = 168.0


@dataclass(frozen=True)
class WindowPlaces:
    """Where everything lies.

    Attributes:
        grids: each grid.
        signs: the middle of the signs between them.
        text: of the sum.
        cell: height of a cell.

    """

    grids: tuple[QRectF, ...]
    signs: tuple[QPointF, ...]
    text: QRectF
    cell: float


@dataclass(frozen=True)
class Part:
    """Rows and columns of a window that are shown: all of them where there is room for digits."""

    row: int
    col: int
    rows: int
    cols: int


def digits_of(cell: float, measures: Measures) -> int:
    """The size of the digits in a cell so high, in pixels."""
    whole = (cell * WIDE - _AIR) / measures.widest
    return int(min(_LARGEST, cell * _DIGITS, whole if whole <= _TIGHT else max(_TIGHT, _LOOSE * whole)))


def places(rows: int, cols: int, count: int, width: float, height: float, measures: Measures) -> WindowPlaces:
    """One grid beside its words or above them; three in a row, or two and the third below the first."""
    return _one(rows, cols, width, height, measures) if count == 1 else _three(rows, cols, width, height, measures)


def part_of(shape: tuple[int, int], centre: tuple[int, int], least: int, digits: Callable[[int, int], int]) -> Part:
    """The largest block around a cell whose digits are at least `least` pixels large.

    `digits` says how large they are in a block of so many rows and columns.
    """
    rows, cols = shape
    while max(rows, cols) > 1:
        if digits(rows, cols) >= least:
            break
        rows, cols = (rows - 1 if rows >= cols else rows), (cols - 1 if cols >= rows else cols)
    row = min(max(0, centre[0] - rows // 2), shape[0] - rows)
    col = min(max(0, centre[1] - cols // 2), shape[1] - cols)
    return Part(row, col, rows, cols)


def _one(rows: int, cols: int, width: float, height: float, measures: Measures) -> WindowPlaces:
    across, down = width - 2 * EDGE, height - 2 * EDGE
    beside = min(_MOST[1], (down - measures.caption) / rows, (0.55 * across) / (cols * WIDE))
    below = min(_MOST[1], (down - measures.caption - measures.lines) / rows, across / (cols * WIDE))
    cell = max(beside, below)
    grid = QRectF(EDGE, EDGE + measures.caption, cols * cell * WIDE, rows * cell)
    if beside >= below:
        left = EDGE + max(measures.box, grid.width()) + SIGN
        text = QRectF(left, grid.y(), width - EDGE - left, down - measures.caption)
    else:
        text = QRectF(EDGE, grid.bottom() + 12, across, height - EDGE - grid.bottom() - 12)
    return WindowPlaces((grid,), (), text, cell)


def _three(rows: int, cols: int, width: float, height: float, measures: Measures) -> WindowPlaces:
    across, down = width - 2 * EDGE, height - 2 * EDGE
    in_row = min(
        _MOST[3],
        (across - 2 * SIGN) / (3 * cols * WIDE),
        (down - measures.caption - measures.lines - 10) / rows,
    )
    box = min(measures.box, max(1.0, (across - SIGN) / 2))  # in a narrow window the legends go
    if 3 * max(box, cols * WIDE * in_row) + 2 * SIGN > across + 1:
        in_row = 0.0
    in_two = min(_MOST[3], (across - SIGN) / (2 * cols * WIDE), (down - 2 * measures.caption - 10) / (2 * rows))
    cell = max(1.0, in_row, in_two)
    step = max(box, cols * WIDE * cell) + SIGN
    top = EDGE + measures.caption
    size = (cols * cell * WIDE, rows * cell)
    if in_row >= in_two:
        grids = tuple(QRectF(EDGE + number * step, top, *size) for number in range(3))
        text = QRectF(EDGE, grids[0].bottom() + 10, across, down - measures.caption - size[1] - 10)
        return WindowPlaces(grids, tuple(_between(one, other) for one, other in pairwise(grids)), text, cell)
    below = top + size[1] + 10 + measures.caption
    grids = (QRectF(EDGE, top, *size), QRectF(EDGE + step, top, *size), QRectF(EDGE, below, *size))
    first = below - measures.caption / 2
    text = QRectF(grids[1].x(), first, width - EDGE - grids[1].x(), height - EDGE - first)
    return WindowPlaces(grids, (_between(grids[0], grids[1]),), text, cell)


def _between(one: QRectF, other: QRectF) -> QPointF:
    return QPointF((one.right() + other.x()) / 2, one.center().y())
