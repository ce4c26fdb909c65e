"""A sentence with a button that helps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, eq=False)
class Offer:
    """Something a person may want to be done.

    Attributes:
        sentence: what has happened.
        action: the button's label.
        accept: does it.
        kind: `info`, `success` or `error`.

    """

    sentence: str
    action: str
    accept: Callable[[], object]
    kind: Literal["info", "success", "error"] = "info"
