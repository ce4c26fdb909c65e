"""The handle by which a row is dragged."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from cnnviewer.ui.widgets.theme import theme

LET_GO = -1


class Grip(QWidget):
    """Two columns of dots.

    Signals:
        dragged: the cursor's height on the screen while it is held, `LET_GO` when it is no longer.
    """

    dragged = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("dragHandle")
        self.setFixedSize(14, 24)
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        theme().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Small: the keys and the buttons do the same."""
        return QSize(14, 24)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Six dots."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme().color("faint"))
        for x in (5.0, 10.0):
            for y in (7.0, 12.0, 17.0):
                painter.drawEllipse(QPointF(x, y), 1.2, 1.2)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold."""
        self.setCursor(Qt.CursorShape.ClosedHandCursor)
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Pull."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self.dragged.emit(max(0, round(event.globalPosition().y())))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Release it."""
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.dragged.emit(LET_GO)
