"""Numbers as a person lists them: `0.001, 0.01, 0.1`. Free of torch."""

from __future__ import annotations

import math
import re

from cnnviewer.core.errors import UserError


def decimals(text: str, field: str) -> tuple[float, ...]:
    """The numbers in `text`, separated by commas, semicolons or spaces; each once, in their order; none for nothing.

    Raises:
        UserError: a word is no number; `field` is that of the error.
    """
    found: list[float] = []
    for word in _words(text):
        try:
            value = float(word)
        except ValueError:
            value = math.nan
        if not math.isfinite(value):
            raise UserError("{word} is not a number: list them as 0.001, 0.01, 0.1.", field=field, word=f"“{word}”")
        found.append(value)
    return tuple(dict.fromkeys(found))


def whole_numbers(text: str, field: str) -> tuple[int, ...]:
    """Likewise for whole numbers; `3-6` is 3, 4, 5, 6.

    Raises:
        UserError: a word is no whole number, or a range of them that is empty or longer than 1,000.
    """
    found: list[int] = []
    for word in _words(text):
        ends = re.fullmatch(r"(\d+)(?:[-–](\d+))?", word)
        first, last = (int(ends[1]), int(ends[2] or ends[1])) if ends else (1, 0)
        if not first <= last < first + 1000:
            raise UserError("{word} is not a whole number: list them as 1, 2, 3 or 1-3.", field=field, word=f"“{word}”")
        found += range(first, last + 1)
    return tuple(dict.fromkeys(found))


def _words(text: str) -> list[str]:
    return [word for word in re.split(r"[,;\s]+", text) if word]
