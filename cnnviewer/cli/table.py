"""Text tables with aligned columns."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence

from cnnviewer.core.plain_text import short, width

_WIDEST = 40
_LAST = 200
"""Width of the last column, in characters, where there is no terminal that has one."""


def table(columns: Sequence[str], rows: Sequence[Sequence[str]], right: frozenset[str] = frozenset()) -> list[str]:
    """The lines of a table. Long cells are cut; the last column takes what is left of the terminal's width.

    Args:
        columns: the headings.
        rows: one text per column each.
        right: headings of columns that are aligned to the right, such as numbers.
    """
    lines = [[*(short(cell, _WIDEST) for cell in line[:-1]), line[-1]] for line in (columns, *rows)]
    widths = [max(width(line[place]) for line in lines) for place in range(len(columns) - 1)]
    room = _LAST
    if sys.stdout.isatty():
        room = max(shutil.get_terminal_size().columns - sum(widths) - 2 * len(widths), 12)
    for line in lines:
        line[-1] = short(line[-1], room)
    widths.append(max(width(line[-1]) for line in lines))
    made = []
    for line in lines:
        cells = [
            " " * (wide - width(cell)) + cell if name in right else cell + " " * (wide - width(cell))
            for name, cell, wide in zip(columns, line, widths, strict=True)
        ]
        made.append("  ".join(cells).rstrip())
    return made
