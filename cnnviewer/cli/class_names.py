"""Classes named on the command line."""

from __future__ import annotations

from cnnviewer.cli.exit_codes import RequestError
from cnnviewer.core.plain_text import short


def class_index(name: str, classes: tuple[str, ...]) -> int:
    """Index of the class of this name.

    Raises:
        RequestError: there is none; the sentence lists the classes.
    """
    if name not in classes:
        known = ", ".join(map(short, classes[:20])) + (", …" if len(classes) > 20 else "")
        raise RequestError("There is no class {name}. The classes are: {known}.", name=name, known=known)
    return classes.index(name)
