"""A message with buttons for what one may want to do next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from cnnviewer.core.wording import Words
from cnnviewer.presenters.error_text import worded


@dataclass(frozen=True, eq=False)
class Action:
    """A button of a message.

    Attributes:
        words: what stands on it.
        accept: carries the action out.

    """

    words: Words
    accept: Callable[[], object]

    @property
    def label(self) -> str:
        """What stands on it, in the language of now."""
        return worded(self.words)


@dataclass(frozen=True, eq=False)
class ActionMessage:
    """A message with one action or a few.

    Attributes:
        words: what has happened.
        button: what stands on the first button.
        accept: carries the first action out.
        kind: `info`, `success` or `error`.
        more: further buttons.
        passing: whether the message goes by itself after a while; else it stays until it is taken up or dismissed.
        elsewhere: whether the window has the actions elsewhere too: the message goes once another workspace is shown.

    """

    words: Words
    button: Words
    accept: Callable[[], object]
    kind: Literal["info", "success", "error"] = "info"
    more: tuple[Action, ...] = ()
    passing: bool = False
    elsewhere: bool = False

    @property
    def sentence(self) -> str:
        """What has happened, in the language of now."""
        return worded(self.words)

    @property
    def actions(self) -> tuple[Action, ...]:
        """All buttons, in the order in which they stand."""
        return (Action(self.button, self.accept), *self.more)
