"""What argparse makes of an option's text: numbers and sizes. Each function refuses with one sentence."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from typing import TypeVar

from cnnviewer.core.errors import UserError
from cnnviewer.core.runs.sweep.number_list import every_decimal
from cnnviewer.core.typed_number import real, whole

T = TypeVar("T")

_WITHOUT_A_UNIT = 1_000_000  # a number of bytes below it is a size whose unit was forgotten


def number(text: str) -> float:
    """A number as the window's fields take it: `0.001`, `0,001`, `1e-3`."""
    return _read(real, text)


def whole_number(text: str) -> int:
    """Likewise a whole number."""
    return _read(whole, text)


def numbers(text: str) -> tuple[float, ...]:
    """`0.5` or `0.485,0.456,0.406`."""
    return _read(lambda words: every_decimal(words, ""), text)


def list_of(read: Callable[[str, str], tuple[T, ...]]) -> Callable[[str], tuple[T, ...]]:
    """The type of an option that takes several values in one word: `0.1,0.03`.

    Args:
        read: makes the values of a text; its second argument names the hyperparameter in an error.
    """
    return lambda text: _read(lambda words: read(words, ""), text)


def byte_size(text: str) -> int:
    """`500MB`, `2 GB` or a number of bytes, as bytes. A small number alone is refused: who writes 10 means no bytes."""
    found = re.fullmatch(r"\s*([\d.,]+)\s*([kKmMgGtT]?)(i?[bB]?)\s*", text)
    try:
        if found is None:
            raise ValueError(text)
        size = int(real(found[1]) * 2 ** (10 * " kmgt".index(found[2].lower() or " ")))
    except (UserError, ValueError):
        raise argparse.ArgumentTypeError(f"{text!r} is no size: write 500MB or 2GB") from None
    if 0 < size < _WITHOUT_A_UNIT and not found[2] and not found[3]:
        raise argparse.ArgumentTypeError(f"{text!r} has no unit: write {found[1]}MB or {found[1]}GB")
    return size


def image_size(text: str) -> tuple[int, int]:
    """`224` or `48x64` as height and width in pixels."""
    parts = text.lower().replace("×", "x").split("x")
    if len(parts) not in (1, 2) or not all(part.isascii() and part.isdigit() for part in parts):
        raise argparse.ArgumentTypeError(f"{text!r} is no size: write 224 or 48x64")
    return int(parts[0]), int(parts[-1])


def video_seconds(text: str) -> float:
    """The length of a video, 0.1 to 600 seconds."""
    value = number(text)
    if not 0.1 <= value <= 600:
        raise argparse.ArgumentTypeError("from 0.1 to 600")
    return value


def frame_rate(text: str) -> int:
    """Frames per second, 1 to 60."""
    value = whole_number(text)
    if not 1 <= value <= 60:
        raise argparse.ArgumentTypeError("from 1 to 60")
    return value


def _read(read: Callable[[str], T], text: str) -> T:
    try:
        return read(text)
    except UserError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
