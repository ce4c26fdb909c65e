"""Covers what belongs to the last model while the values of another one are being computed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from cnnviewer.ui.widgets.painted_text import draw_text
from cnnviewer.ui.widgets.styled import Styled


class Waiting(Styled, QWidget):
    """Lies over `covered`, a sibling, and says what is waited for; hidden at first."""

    def __init__(self, covered: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("exploreWaiting")
        self.setProperty("floating", True)
        self._covered, self._text = covered, ""
        covered.installEventFilter(self)
        self.hide()

    def setText(self, text: str) -> None:
        """Say this."""
        self._text = text
        self.setAccessibleName(text)
        self.update()

    def showEvent(self, event: QShowEvent) -> None:
        """Cover it from now on."""
        self.setGeometry(self._covered.geometry())
        self.raise_()
        super().showEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go where what is covered goes."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move):
            self.setGeometry(self._covered.geometry())
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The sentence in the middle."""
        painter, style = QPainter(self), self.paint_style
        painter.fillRect(self.rect(), style.color("surface"))
        painter.setFont(style.text_font)
        painter.setPen(style.color("muted"))
        draw_text(painter, self.rect().toRectF(), Qt.AlignmentFlag.AlignCenter, self._text)
        painter.end()

    def on_look_changed(self) -> None:
        """Write in the new font."""
        self.update()
