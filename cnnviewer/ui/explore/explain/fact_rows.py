"""Parts that worksheets of every kind are made of: places by name, rows of facts."""

from __future__ import annotations

from unicodedata import east_asian_width

from cnnviewer.core.inspection.explain.notation import said
from cnnviewer.core.inspection.explain.records import Explanation
from cnnviewer.core.inspection.records import Cell
from cnnviewer.ui.explore.explain.sheet import Sheet, SheetRow, SheetText

REST = 1 << 30
"""Key of the row that stands for all smaller terms: chosen, it makes room for them."""
RANKED = 24
"""So many terms are listed before that row."""


def named(cell: Cell) -> str:
    """`conv1[3] (5, 7)`, `fc1[12]`, `loss`."""
    if cell.channel is None:
        return cell.layer
    place = f"{cell.layer}[{cell.channel}]"
    return place if cell.row is None else f"{place} ({cell.row}, {cell.col})"


def columns(text: str) -> int:
    """How many digits wide it is at most: Korean letters are two."""
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def result_row(explanation: Explanation, *parts: SheetText) -> SheetRow:
    """What stands before the sign of equality, and the number."""
    return SheetRow((*parts, SheetText("="), SheetText(said(explanation.value), "result")), strong=True)


def fact_rows(*facts: tuple[str, str]) -> list[SheetRow]:
    """A name and a text on each line, the texts below each other."""
    wide = max(columns(name) for name, _ in facts) + 1
    return [SheetRow((SheetText(name, "caption", wide), SheetText(text))) for name, text in facts]


def facts(explanation: Explanation, *facts: tuple[str, str]) -> Sheet:
    """A worksheet of a few lines."""
    rows = fact_rows(*facts)
    return Sheet(
        (result_row(explanation, SheetText(named(explanation.cell))),), len(rows), rows.__getitem__, roomy=True
    )
