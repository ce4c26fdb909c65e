"""A number as users write it: `0.001`, `0,001`, `1e-3`. Free of torch and Qt."""

from __future__ import annotations

import math
import re

from cnnviewer.core.errors import UserError

_SMALLEST = 1e-300
"""Below it a float64 loses digits."""
_LONGEST = 40
"""Signs of a whole number; Python refuses to read thousands of them."""
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}  # ０１２．，－ｅ of Korean and Japanese keyboards
_SIGNS = str.maketrans("−‐‑–", "----")  # a minus as printed, and hyphens that word processors make of one
_REAL = re.compile(r"[+-]?(\d+[.,]?\d*|[.,]\d+)(e[+-]?\d+)?", re.ASCII | re.IGNORECASE)
_THOUSANDS_OR_DECIMALS = re.compile(r"[+-]?[1-9]\d{0,2}([.,])\d{3}", re.ASCII)
_WHOLE = re.compile(r"[+-]?(\d+|[1-9]\d{0,2}(,\d{3})+|[1-9]\d{0,2}([ \u00a0\u2009\u202f]\d{3})+)", re.ASCII)
_WHOLE_TIMES_TEN = re.compile(r"([+-]?\d+)e\+?(\d{1,2})", re.ASCII | re.IGNORECASE)


def plain(text: str) -> str:
    """`text` without spaces around it, in the digits and signs of a keyboard; nothing else is changed."""
    return text.translate(_FULL_WIDTH).translate(_SIGNS).strip()


def real(text: str) -> float:
    """The number that `text` says: digits with a decimal point or comma, and an exponent where there is one.

    Raises:
        UserError: it is no number, not a finite one, so near 0 that digits are lost, or it can be read in two ways.
    """
    word = plain(text)
    if "," in word and _THOUSANDS_OR_DECIMALS.fullmatch(word):
        raise _ambiguous(word)
    if not _REAL.fullmatch(word):
        raise UserError("{text} is not a number: write it like 0.001 or 1e-3.", text=_quoted(text))
    value = float(word.replace(",", "."))
    written_zero = not re.search("[1-9]", re.split("[eE]", word)[0])
    if not math.isfinite(value) or (abs(value) < _SMALLEST and not written_zero):
        raise UserError("{text} is too large or too near 0 to be computed with.", text=_quoted(text))
    return value


def whole(text: str) -> int:
    """The whole number that `text` says; `1,000`, `1 000` and `1e3` are a thousand.

    Raises:
        UserError: it is no whole number, or it can be read in two ways.
    """
    word = plain(text)
    if "." in word and _THOUSANDS_OR_DECIMALS.fullmatch(word):
        raise _ambiguous(word)
    if found := _WHOLE_TIMES_TEN.fullmatch(word):
        return int(found[1] + "0" * int(found[2]))
    if not _WHOLE.fullmatch(word) or len(word) > _LONGEST:
        raise UserError("{text} is not a whole number: write it like 1000.", text=_quoted(text))
    return int(re.sub(r"[^\d+-]", "", word))


def written(value: float) -> str:
    """The shortest decimal number that is exactly `value`: `0.01`, `1e-5`, `3`."""
    if value == round(value) and abs(value) < 1e16:
        return str(round(value))
    mantissa, sign, exponent = repr(value).partition("e")
    return f"{mantissa}{sign}{int(exponent)}" if sign else mantissa


def _ambiguous(word: str) -> UserError:
    large = re.sub("[.,]", "", word)
    small = written(float(word.replace(",", ".")))
    return UserError(
        "{text} can mean {large} or {small}: write one of them.",
        text=_quoted(word),
        large=large,
        small=small,
    )


def _quoted(text: str) -> str:
    return f"“{text.strip()[:40]}”"
