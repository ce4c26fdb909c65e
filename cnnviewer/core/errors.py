"""The one exception whose text the user reads, and how an error is kept."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from os import PathLike
from typing import TypeVar

from cnnviewer.core.counting import counted
from cnnviewer.core.plain_text import visible

E = TypeVar("E", bound=BaseException)
_LONGEST = 400
"""Letters of one value; the longest sentences that hold others have some 300."""


class UserError(Exception):
    """Something the user can do something about, as one plain sentence.

    The sentence is a template and its values, so that the window can translate the template:
    `UserError("{file} is empty.", file=path.name)`. `str(error)` is the English sentence. A number stands with its
    noun: `{count:image|images}` (`core/counting.py`).

    Attributes:
        template: the English sentence with `{name}` places; the key of its translation.
        values: what stands in the places, already words or numbers.
        field: the hyperparameter it is about (`"batch_size"`, …), where there is one.

    """

    def __init__(self, template: str, *, field: str | None = None, **values: object) -> None:
        super().__init__(counted(template, **{name: _said(value) for name, value in values.items()}))
        self.template = template
        self.values = values
        self.field = field


def in_words(error: UserError, translate: Callable[[str], str]) -> str:
    """The error's sentence with its template, and the sentences inside it, translated; values stay on their line.

    The title of a data set of the program's own (`{title}`) is translated, too.

    A translation that does not fit its values is no reason to say nothing: the English sentence stands for it.
    """
    values = {
        name: in_words(value, translate)
        if isinstance(value, UserError)
        else _said(translate(value) if name == "title" and isinstance(value, str) else value)
        for name, value in error.values.items()
    }
    try:
        return counted(translate(error.template), **values)
    except (KeyError, IndexError, ValueError):
        return str(error)


def _said(value: object) -> object:
    """A value as a sentence holds it: text on one line, without control characters, a long one without its middle."""
    if not isinstance(value, str | PathLike | Exception):
        return value
    text = visible(str(value) if isinstance(value, UserError | str | PathLike) else " ".join(str(value).split()))
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST // 2]} … {text[-_LONGEST // 3 :]}"


def without_frames(error: E) -> E:
    """The same error to be kept or handed to another thread: without its traceback, and without its causes.

    A traceback holds the local variables of every function on the way, such as a picture of 75 MB, and often the error
    itself: a circle, which stays until Python collects cycles. Of an error that is no sentence for the user, the way it
    came is kept as text.
    """
    if not isinstance(error, UserError | Cancelled | MemoryError) and error.__traceback__ is not None:
        error.add_note("".join(traceback.format_exception(error)))
    left: list[BaseException | None] = [error]
    while left:
        one = left.pop()
        if one is None:
            continue
        left += [one.__cause__, one.__context__, *getattr(one, "exceptions", ())]
        if isinstance(one, UserError):
            left += [value for value in one.values.values() if isinstance(value, BaseException)]
        one.__traceback__ = one.__cause__ = one.__context__ = None  # a circle of causes ends here too
    return error


class Cancelled(Exception):  # noqa: N818 - it is an outcome, not an error
    """The user pressed Cancel; nothing went wrong and nothing was changed."""
