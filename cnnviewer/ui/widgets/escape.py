"""Small windows that are no dialogs of Qt close with Esc as those do."""

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget


def close_with_escape(window: QWidget) -> None:
    """Esc closes this window, wherever in it the keyboard is."""
    QShortcut(QKeySequence("Esc"), window).activated.connect(window.close)
