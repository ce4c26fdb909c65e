"""What tells columns apart: colour and dash (`widgets.series_style`) and a symbol each, in this order everywhere."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from cnnviewer.ui.widgets.series_style import colour, pen
from cnnviewer.ui.widgets.theme import Tokens, theme

__all__ = ["SIGNS", "SYMBOLS", "Swatch", "colour", "paint_sample", "paint_symbol", "pen"]

SYMBOLS: Final = ("o", "s", "t", "d", "+", "x")
"""pyqtgraph's names."""
SIGNS: Final = ("●", "■", "▼", "◆", "✚", "✖")
"""The same in a text."""


def paint_sample(painter: QPainter, place: int, rect: QRectF, tokens: Tokens | None = None) -> None:
    """A piece of the column's line with its symbol, filling `rect`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    y = rect.center().y()
    painter.setPen(pen(place, 2.0, tokens))
    painter.drawLine(QPointF(rect.left(), y), QPointF(rect.right(), y))
    paint_symbol(painter, place, rect.center(), 3.6, tokens)
    painter.restore()


def paint_symbol(painter: QPainter, place: int, centre: QPointF, radius: float, tokens: Tokens | None = None) -> None:
    """The column's symbol."""
    run_colour = colour(place, tokens)
    painter.setPen(QPen(run_colour, 1.6))
    painter.setBrush(run_colour)
    x, y, r = centre.x(), centre.y(), radius
    match SYMBOLS[place % len(SYMBOLS)]:
        case "o":
            painter.drawEllipse(centre, r, r)
        case "s":
            painter.drawRect(QRectF(x - r, y - r, 2 * r, 2 * r))
        case "t":  # pyqtgraph's points downwards
            painter.drawPolygon([QPointF(x - r, y - r), QPointF(x + r, y - r), QPointF(x, y + r)])
        case "d":
            painter.drawPolygon([QPointF(x, y - r), QPointF(x + r, y), QPointF(x, y + r), QPointF(x - r, y)])
        case "+":
            painter.drawLine(QPointF(x - r, y), QPointF(x + r, y))
            painter.drawLine(QPointF(x, y - r), QPointF(x, y + r))
        case _:
            painter.drawLine(QPointF(x - r, y - r), QPointF(x + r, y + r))
            painter.drawLine(QPointF(x - r, y + r), QPointF(x + r, y - r))


class Swatch(QWidget):
    """A column's line and symbol, beside its name."""

    def __init__(self, place: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.place = place
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        theme().changed.connect(self.update)

    def set_place(self, place: int) -> None:
        """Stand for another column."""
        self.place = place
        self.update()

    def sizeHint(self) -> QSize:
        """A short piece of a line."""
        return QSize(28, 14)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        paint_sample(painter, self.place, QRectF(self.rect()).adjusted(1, 0, -1, 0))
        painter.end()
