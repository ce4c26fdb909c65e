"""What the user reads, kept so that it can be said again in another language."""

from __future__ import annotations

from collections.abc import Callable

from cnnviewer.core.errors import UserError, in_words

Words = str | UserError | Callable[[], str]
"""A text that is the same in every language; or what is said, put into the language of the window when it is shown:
an error, or a function that gives the text in the language of now."""


def in_language(words: Words, translate: Callable[[str], str]) -> str:
    """The text in a language; `translate` gives a template of an error in it."""
    if isinstance(words, UserError):
        return in_words(words, translate)
    return words if isinstance(words, str) else words()
