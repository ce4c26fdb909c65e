"""What of a user's Python file is the model: a name, perhaps with arguments: `Net(depth=2, widths=[8, 16])`.

The name is that of a class, of a function that gives a model, or of a model. Arguments are plain Python values. Free of
torch.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from cnnviewer.core.errors import UserError


@dataclass(frozen=True)
class Call:
    """What of a file is used as the model.

    Attributes:
        name: of a class, a function or a model.
        positional: arguments by their place.
        named: arguments by their name.

    """

    name: str
    positional: tuple[Any, ...] = ()
    named: Mapping[str, Any] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """As it stands in a key: `Net`, or `Net(depth=2)`."""
        given = [repr(value) for value in self.positional] + [f"{name}={value!r}" for name, value in self.named.items()]
        return f"{self.name}({', '.join(given)})" if given else self.name


def parse_call(text: str) -> Call:
    """`Net` or `Net(depth=2, widths=[8, 16])`, of plain values: nothing of it is run.

    Raises:
        UserError: it is no call, or an argument is no plain value.
    """
    try:
        tree = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        tree = None
    if isinstance(tree, ast.Name):
        return Call(tree.id)
    if not (isinstance(tree, ast.Call) and isinstance(tree.func, ast.Name)):
        raise UserError(
            "{text} cannot be read: write a name and plain values, such as Net(depth=2, widths=[8, 16]).",
            field="model",
            text=text,
        )
    named: dict[str, Any] = {}
    for word in tree.keywords:
        if word.arg is None:
            raise _no_plain_value(word.value)
        named[word.arg] = _plain(word.value)
    return Call(tree.func.id, tuple(_plain(value) for value in tree.args), named)


def _plain(node: ast.expr) -> Any:
    try:
        return ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError, RecursionError, MemoryError) as error:
        raise _no_plain_value(node) from error


def _no_plain_value(node: ast.expr) -> UserError:
    return UserError(
        "{value} is no plain value (a number, a text, True, None, or a list of them): write a function in the file "
        "that returns the model, and choose that.",
        field="model",
        value=ast.unparse(node),
    )
