"""A card: a surface with a thin edge, on which a part of a workspace lies."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget


def card(content: QWidget, margin: int = 8) -> QFrame:
    """A card with this content, `margin` pixels from its edge."""
    made = QFrame()
    made.setProperty("card", True)
    column = QVBoxLayout(made)
    column.setContentsMargins(margin, margin, margin, margin)
    column.addWidget(content)
    return made
