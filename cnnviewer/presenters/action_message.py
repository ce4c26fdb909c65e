"""A message with buttons for what one may want to do next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, eq=False)
class Action:
    """A button of a message.

    Attributes:
        label: what stands on it.
        accept: carries the action out.

    """

    label: str
    accept: Callable[[], object]


@dataclass(frozen=True, eq=False)
class ActionMessage:
    """A message with one action or a few.

    Attributes:
        sentence: what has happened.
        action: the first button's label.
        accept: carries the first action out.
        kind: `info`, `success` or `error`.
        more: further buttons.
        passing: whether the message goes by itself after a while; else it stays until it is taken up or dismissed.

    """

    sentence: str
    action: str
    accept: Callable[[], object]
    kind: Literal["info", "success", "error"] = "info"
    more: tuple[Action, ...] = ()
    passing: bool = False

    @property
    def actions(self) -> tuple[Action, ...]:
        """All buttons, in the order in which they stand."""
        return (Action(self.action, self.accept), *self.more)
