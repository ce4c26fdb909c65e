"""Content that scrolls where there is less height than it needs at least: large text in a small window."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLayout, QScrollArea, QVBoxLayout, QWidget


class TallContent(QScrollArea):
    """As high as its room, or as its content must be; as wide as its room."""

    def __init__(self, parent: QWidget) -> None:
        """Fill `parent`, which gets a layout for it."""
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._content = QWidget()
        self._least = 0  # the content's least width that the layout around knows, in pixels
        self.setWidget(self._content)
        for part in (self._content, self.viewport()):  # `setWidget` lets the content fill its background
            part.setAutoFillBackground(False)
        self._content.installEventFilter(self)
        around = QVBoxLayout(parent)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self)

    @property
    def content(self) -> QWidget:
        """What is to get the layout."""
        return self._content

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another room."""
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The content needs another height, or another width at least."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
            if self._content.minimumSizeHint().width() != self._least:
                self._least = self._content.minimumSizeHint().width()
                self.updateGeometry()
        return super().eventFilter(watched, event)

    def minimumSizeHint(self) -> QSize:
        """As narrow as the content can be beside the scroll bar, and of hardly any height."""
        bar = self.verticalScrollBar().sizeHint().width()
        return QSize(self._content.minimumSizeHint().width() + bar, 40)

    def sizeHint(self) -> QSize:
        """The content's."""
        return self._content.sizeHint()

    def _fit(self) -> None:
        room, layout = self.viewport().size(), self._content.layout()
        height = max(room.height(), least_height(layout, room.width()) if layout is not None else 0)
        self._content.resize(room.width(), height)


def least_height(layout: QLayout, width: int) -> int:
    """The height below which something would be cut at this width."""
    return layout.minimumHeightForWidth(width) if layout.hasHeightForWidth() else layout.minimumSize().height()
