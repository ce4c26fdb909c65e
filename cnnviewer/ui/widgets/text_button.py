"""A button that is nothing but its word: no frame, no room that the word does not need."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton, QWidget


class TextButton(QPushButton):
    """The style sheet knows it by the property `textual`, or `link` for one in the accent."""

    def __init__(self, name: str, parent: QWidget | None = None, is_link: bool = False) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setProperty("link" if is_link else "textual", True)
