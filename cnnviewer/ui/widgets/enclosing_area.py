"""The scroll area that a widget stands in."""

from __future__ import annotations

from PySide6.QtWidgets import QScrollArea, QWidget


def enclosing_area(widget: QWidget) -> QScrollArea | None:
    """The innermost one; None where nothing around it scrolls."""
    place = widget.parentWidget()
    while place is not None and not isinstance(place, QScrollArea):
        place = place.parentWidget()
    return place
