"""The keyboard's focus: its ring, and where it goes when the button that has it is turned off.

Qt gives it to the next widget that takes it, which may be the canvas: the next key would clear the drawing.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFocusEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

if TYPE_CHECKING:
    _Scrolling = QAbstractScrollArea
else:
    _Scrolling = object  # see `Translated`


class ViewportFocus(_Scrolling):
    """Mixin of scroll areas that paint the focus in their viewport: Qt itself repaints only what is around that."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the focus."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that it is gone."""
        super().focusOutEvent(event)
        self.viewport().update()


def enable(home: QWidget, states: Iterable[tuple[QWidget, bool]], heir: QWidget | None = None) -> None:
    """Enable and disable the widgets of `home`.

    The focus of one that is turned off goes to `heir`, else stays at `home` itself until `heir` is enabled.
    """
    states = tuple(states)
    lost = home.hasFocus() or any(widget.hasFocus() and not on for widget, on in states)
    for widget, on in states:
        if on:
            widget.setEnabled(True)
    if lost:
        there = heir is not None and heir.isEnabled() and all(on for widget, on in states if widget is heir)
        (heir if heir is not None and there else home).setFocus(Qt.FocusReason.OtherFocusReason)
    for widget, on in states:
        if not on:
            widget.setEnabled(False)


def paint_focus(painter: QPainter, widget: QWidget, colour: QColor) -> None:
    """The ring of the focus, at the edge of what a widget paints itself."""
    painter.setPen(QPen(colour, 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(QRectF(widget.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
