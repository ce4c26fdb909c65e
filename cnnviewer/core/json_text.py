"""JSON as every file and every command of the program writes it."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping


def json_text(document: object, indent: int | None = None) -> str:
    """`document` as JSON in ASCII, which any terminal and any reader takes; NaN and infinity are null.

    What JSON has no word for is written as text.
    """
    try:
        return json.dumps(document, indent=indent, allow_nan=False)
    except (TypeError, ValueError):
        return json.dumps(plain(document), indent=indent, allow_nan=False)


def plain(value: object, text: Callable[[str], str] = str) -> object:
    """`value` as JSON can say it: null for what is not finite, text for what is no number, list or object.

    `text` is what becomes of each text.
    """
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, Mapping):
        return {text(str(key)): plain(item, text) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item, text) for item in value]
    return text(str(value))
