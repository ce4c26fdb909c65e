"""Classes named on the command line."""

from __future__ import annotations

from cnnviewer.cli.exit_codes import RequestError
from cnnviewer.core.models.class_names import class_index as of_name
from cnnviewer.core.plain_text import short


def class_index(name: str, classes: tuple[str, ...]) -> int:
    """Index of the class of this name, or of this number where no class has a name of its own.

    Raises:
        RequestError: there is none; the sentence lists the classes.
    """
    index = of_name(name, classes)
    if index is None:
        known = ", ".join(map(short, classes[:20])) + (", …" if len(classes) > 20 else "")
        raise RequestError("There is no class {name}. The classes are: {known}.", name=name, known=known)
    return index
