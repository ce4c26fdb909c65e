"""Tables of words for a person, in columns of one width."""

from __future__ import annotations

import shutil
import sys
import unicodedata
from collections.abc import Sequence


def table(columns: Sequence[str], rows: Sequence[Sequence[str]], right: frozenset[str] = frozenset()) -> list[str]:
    """The lines of a table; on a terminal the last column is cut to what is left of its width.

    Args:
        columns: the headings.
        rows: a text for each column.
        right: columns that are aligned to the right, numbers.
    """
    lines = [list(columns), *([" ".join(cell.split()) for cell in row] for row in rows)]
    widths = [max(width(line[place]) for line in lines) for place in range(len(columns))]
    if sys.stdout.isatty():
        room = shutil.get_terminal_size().columns - sum(widths[:-1]) - 2 * (len(widths) - 1)
        for line in lines:
            line[-1] = _cut(line[-1], max(room, 12))
    made = []
    for line in lines:
        cells = [
            " " * (wide - width(cell)) + cell if name in right else cell + " " * (wide - width(cell))
            for name, cell, wide in zip(columns, line, widths, strict=True)
        ]
        made.append("  ".join(cells).rstrip())
    return made


def width(text: str) -> int:
    """Places that a text takes on a terminal: Korean letters take two."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def _cut(text: str, room: int) -> str:
    if width(text) <= room:
        return text
    while text and width(text) > room - 1:
        text = text[:-1]
    return text + "…"
