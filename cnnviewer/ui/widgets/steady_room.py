"""A place for a widget whose words change many times a second."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget


class SteadyRoom(QWidget):
    """Holds one widget, and has the window laid out again only when that needs another size.

    A layout of Qt passes every change of a label's text on, up to the window, which then lays out and paints everything
    between them: beside a training that costs more than the label itself.
    """

    def __init__(self, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._content = content
        content.setParent(self)
        self.setSizePolicy(content.sizePolicy())
        self._needed = self._needs()

    def sizeHint(self) -> QSize:
        """As the widget within."""
        return self._content.sizeHint().expandedTo(self.minimumSizeHint())

    def minimumSizeHint(self) -> QSize:
        """As the widget within, whose own minimum counts too."""
        return self._content.minimumSizeHint().expandedTo(self._content.minimumSize())

    def hasHeightForWidth(self) -> bool:
        """Whether the widget within has lines that wrap."""
        return self._content.hasHeightForWidth()

    def heightForWidth(self, width: int) -> int:
        """As the widget within."""
        return self._content.heightForWidth(width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The widget within fills it."""
        super().resizeEvent(event)
        self._content.setGeometry(self.rect())
        self._needed = self._needs()

    def event(self, event: QEvent) -> bool:
        """Pass on that another size is needed, nothing else."""
        if event.type() == QEvent.Type.LayoutRequest:
            needed = self._needs()
            if needed != self._needed:
                self._needed = needed
                self.updateGeometry()
            return True
        return super().event(event)

    def _needs(self) -> tuple[QSize, QSize, int]:
        return self.sizeHint(), self.minimumSizeHint(), self.heightForWidth(self.width())
