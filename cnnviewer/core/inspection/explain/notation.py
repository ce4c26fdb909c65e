"""How numbers, places and long sums are written in lines of mathematics."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from math import floor, log10

import numpy as np

from cnnviewer.core.inspection.explain.group_records import Doubles, Flags, Indices
from cnnviewer.core.inspection.records import Cell

MOST_TERMS = 512
"""So many terms are written out; of more, the largest, and the sum of the others as Σ′."""
_WRITTEN = 96
_SPARE_PLACES = 3  # decimals of terms beyond those of their sum


def said(value: float) -> str:
    """A number in six significant digits, with a minus sign."""
    return f"{value:.6g}".replace("-", "−")


def adding_up(terms: Sequence[float], value: float) -> tuple[list[str], str]:
    """The terms of a sum and behind a sign its value in six significant digits, as `said`: `= 0.5`.

    The terms are written so that they add up to it as they stand: in six significant digits, else all with the same
    number of decimals, as few as lead to these digits; where no number of them does, the sign is `≈`.
    """
    result = f"{value:.6g}"
    forms = [[f"{term:.6g}" for term in terms]]
    exact = sum(map(Decimal, forms[0])) == Decimal(result)
    right = forms if exact else []
    if not exact and all(number == 0 or 1e-4 <= abs(number) < 1e6 for number in (*terms, value)):
        fewest = max(2, 5 - floor(log10(abs(value)))) if value else 2
        forms += [[f"{term:.{places}f}" for term in terms] for places in range(fewest, fewest + _SPARE_PLACES + 1)]
        right = [form for form in forms[1:] if f"{float(sum(map(Decimal, form))):.6g}" == result]
    written = [text.replace("-", "−") for text in (right or forms)[0]]
    return written, f"{'=' if right else '≈'} {said(value)}"


def bracketed(value: float) -> str:
    """In brackets where it is negative."""
    return f"({said(value)})" if value < 0 else said(value)


def subscript(cell: Cell) -> str:
    """`[3, 5, 7]`."""
    parts = [part for part in (cell.channel, cell.row, cell.col) if part is not None]
    return f"[{', '.join(str(part) for part in parts)}]" if parts else ""


def written(cell: Cell) -> str:
    """`conv1[3, 5, 7]`."""
    return f"{cell.layer}{subscript(cell)}"


def added(terms: Sequence[float] | Doubles) -> str:
    """`a + b + (−c)`; of very many the largest, and Σ′ for the sum of the others."""
    values = np.asarray(terms, dtype=np.float64)
    if len(values) <= MOST_TERMS:
        return " + ".join(bracketed(float(v)) for v in values)
    largest, rest = _by_size(values)
    shown = " + ".join(bracketed(float(v)) for v in values[largest])
    return f"{shown} + Σ′ {bracketed(float(values[rest].sum()))}"


def multiplied(a: Doubles, b: Doubles) -> str:
    """`a·b + c·d`; of very many products the largest, and Σ′ for the sum of the others."""
    if len(a) <= MOST_TERMS:
        return " + ".join(f"{bracketed(float(x))}·{bracketed(float(y))}" for x, y in zip(a, b, strict=True))
    largest, rest = _by_size(a * b)
    shown = " + ".join(f"{bracketed(float(a[i]))}·{bracketed(float(b[i]))}" for i in largest)
    return f"{shown} + Σ′ {bracketed(float((a[rest] * b[rest]).sum()))}"


def _by_size(values: Doubles) -> tuple[Indices, Flags]:
    """The places of the largest, in order, and which are the others; a map of a million values is not sorted."""
    sizes = -np.abs(values)
    largest = np.argpartition(sizes, _WRITTEN)[:_WRITTEN]
    rest = np.ones(len(values), bool)
    rest[largest] = False
    return largest[np.argsort(sizes[largest], kind="stable")], rest
