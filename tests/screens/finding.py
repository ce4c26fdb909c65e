"""What a measurement found, and how it names the place."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong on a screen.

    Attributes:
        kind: `cut`, `overlap`, `outside`, `nested`, `wide`, `crowded`, `contrast` or `small`.
        where: the names of the widget and of what it stands in, innermost last.
        text: the words concerned, or nothing.
        note: what is wrong, with its numbers.

    """

    kind: str
    where: str
    text: str
    note: str

    def __str__(self) -> str:
        words = f' "{self.text if len(self.text) <= 48 else self.text[:47] + "…"}"' if self.text else ""
        return f"{self.kind:9} {self.where}{words}: {self.note}"


def where(widget: QWidget) -> str:
    """The object's name below those of up to two named parents; its class, where it has no name."""
    parts = [_own_name(widget)]
    parent: QObject | None = widget.parent()
    while parent is not None and len(parts) < 3:
        name = parent.objectName()
        if name and not name.startswith("qt_"):
            parts.insert(0, name)
        parent = parent.parent()
    return "/".join(parts)


def _own_name(widget: QWidget) -> str:
    name = widget.objectName()
    return name if name and not name.startswith("qt_") else type(widget).__name__
