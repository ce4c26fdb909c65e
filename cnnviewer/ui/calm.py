"""Choices, sliders and tabs that the wheel scrolls past unless a person works in them.

Qt's own change their value under the pointer of somebody who only scrolls the page.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QSlider, QTabBar, QWidget


class CalmCombo(QComboBox):
    """A choice; the wheel changes it only with the focus, which the wheel does not give."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Change the choice only with the focus."""
        super().wheelEvent(event) if self.hasFocus() else event.ignore()


class CalmSlider(QSlider):
    """Likewise a slider."""

    def __init__(self, orientation: Qt.Orientation, parent: QWidget | None = None) -> None:
        super().__init__(orientation, parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Move only with the focus."""
        super().wheelEvent(event) if self.hasFocus() else event.ignore()


class CalmTabBar(QTabBar):
    """Likewise tabs."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Go to the next tab only with the focus."""
        super().wheelEvent(event) if self.hasFocus() else event.ignore()


class CalmTabs(QObject):
    """Keeps the wheel from tab bars that Qt makes itself, such as those of docks."""

    def watch(self, window: QWidget) -> None:
        """Watch all tab bars of the window, those too that it had before."""
        for bar in window.findChildren(QTabBar):
            if not isinstance(bar, CalmTabBar):
                bar.installEventFilter(self)  # a filter is installed once, however often one asks

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the wheel go on to the page."""
        if event.type() == QEvent.Type.Wheel and isinstance(watched, QTabBar) and not watched.hasFocus():
            event.ignore()
            return True
        return False
