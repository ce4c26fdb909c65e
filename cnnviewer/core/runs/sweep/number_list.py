"""Numbers as the user lists them: `0.001, 0.01, 0.1`. Free of torch."""

from __future__ import annotations

import re

from cnnviewer.core.errors import UserError
from cnnviewer.core.typed_number import plain, real

_TWO_WAYS = re.compile(r"(?:^|(?<=,))[+-]?\d*,\d+(?:e[+-]?\d+)?(?=,|$)", re.ASCII | re.IGNORECASE)
"""Two whole numbers with a comma and no space between them, or one with a decimal comma: `0,1`, not `0.1,0`."""
_THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2}(?:(?:\.\d{3})+,\d+|(?:,\d{3})+\.\d+)", re.ASCII)


def decimals(text: str, field: str) -> tuple[float, ...]:
    """The numbers in `text`, separated by commas, semicolons or spaces; each once, in their order; none for nothing.

    Between semicolons a comma is a decimal comma.

    Raises:
        UserError: a word is no number, or one like `0,1`, which can be one number or two; `field` is that of the error.
    """
    return tuple(dict.fromkeys(every_decimal(text, field)))


def every_decimal(text: str, field: str) -> tuple[float, ...]:
    """The same, with those that come again.

    Raises:
        UserError: as `decimals`.
    """
    text = plain(text)
    apart = ";" in text
    found: list[float] = []
    for word in re.split(r"[;\s]+", text):
        word = word.rstrip(",")
        if not apart and _TWO_WAYS.search(word):
            raise UserError(
                "{word} can be read in two ways: write {points} or {apart}.",
                field=field,
                word=f"“{word[:40]}”",
                points=f"“{_with_points(word)[:60]}”",
                apart=f"“{', '.join(filter(None, word.split(',')))[:60]}”",
            )
        pieces = [word] if apart or _THOUSANDS.fullmatch(word) else word.split(",")
        for piece in filter(None, pieces):
            try:
                found.append(real(piece))
            except UserError:
                raise UserError(
                    "{word} is not a number: list them as 0.001, 0.01, 0.1.", field=field, word=f"“{piece}”"
                ) from None
    return tuple(found)


def _with_points(word: str) -> str:
    """`0.1, 0.03` for `0,1,0,03`: every comma that can be a decimal comma, from the left, is one."""
    pieces: list[str] = []
    for piece in word.split(","):
        before = pieces[-1] if pieces else "."
        joins = re.fullmatch(r"[+-]?\d*", before, re.ASCII) and re.fullmatch(r"\d+(e[+-]?\d+)?", piece, re.ASCII | re.I)
        pieces[-1:] = [f"{before or '0'}.{piece}"] if joins else [*pieces[-1:], piece]
    return ", ".join(filter(None, pieces))


def whole_numbers(text: str, field: str) -> tuple[int, ...]:
    """Likewise for whole numbers; `3-6` is 3, 4, 5, 6.

    Raises:
        UserError: a word is no whole number, or a range of them that is empty or longer than 1,000.
    """
    found: list[int] = []
    for word in _words(text):
        # no zeros in front: they are the rest of 1,000 or of 1 000
        ends = re.fullmatch(r"(0|[1-9]\d{0,18})(?:-(0|[1-9]\d{0,18}))?", word, re.ASCII)
        first, last = (int(ends[1]), int(ends[2] or ends[1])) if ends else (1, 0)
        if not first <= last < first + 1000:
            raise UserError("{word} is not a whole number: list them as 1, 2, 3 or 1-3.", field=field, word=f"“{word}”")
        found += range(first, last + 1)
    return tuple(dict.fromkeys(found))


def _words(text: str) -> list[str]:
    return [word for word in re.split(r"[,;\s]+", plain(text)) if word]
