"""Names of classes: made up where nobody gave any, and looked up. Free of torch."""

from __future__ import annotations

from collections.abc import Sequence


def made_up_names(count: int) -> tuple[str, ...]:
    """Names for so many classes that have none of their own: `class 0`, `class 1`, …."""
    return tuple(f"class {number}" for number in range(count))


def class_index(name: str, classes: Sequence[str]) -> int | None:
    """Index of the class of this name; None: there is none. Where all names are made up, their numbers alone do too."""
    if name not in classes and tuple(classes) == made_up_names(len(classes)):
        name = f"class {name}"
    return classes.index(name) if name in classes else None
