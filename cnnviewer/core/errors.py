"""The one exception whose text a person reads."""


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


class Cancelled(Exception):  # noqa: N818 - it is an outcome, not an error
    """The person pressed Cancel; nothing went wrong and nothing was changed."""
