"""The one exception whose text a person reads."""

from __future__ import annotations

from collections.abc import Callable


class UserError(Exception):
    """Something a person can do something about, as one plain sentence.

    The sentence is a template and its values, so that the window can translate the template:
    `UserError("{file} is empty.", file=path.name)`. `str(error)` is the English sentence.

    Attributes:
        template: the English sentence with `{name}` places; the key of its translation.
        values: what stands in the places, already words or numbers.
        field: the hyperparameter it is about (`"batch_size"`, …), where there is one.

    """

    def __init__(self, template: str, *, field: str | None = None, **values: object) -> None:
        super().__init__(template.format(**values))
        self.template = template
        self.values = values
        self.field = field


def in_words(error: UserError, translate: Callable[[str], str]) -> str:
    """The error's sentence with its template, and the sentences inside it, translated.

    A translation that does not fit its values is no reason to say nothing: the English sentence stands for it.
    """
    values = {
        name: in_words(value, translate) if isinstance(value, UserError) else value
        for name, value in error.values.items()
    }
    try:
        return translate(error.template).format(**values)
    except (KeyError, IndexError, ValueError):
        return str(error)


class Cancelled(Exception):  # noqa: N818 - it is an outcome, not an error
    """The person pressed Cancel; nothing went wrong and nothing was changed."""
