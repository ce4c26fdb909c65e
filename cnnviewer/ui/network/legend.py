"""A palette as a bar with its numbers."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPen

from cnnviewer.core.inspection.records import Palette
from cnnviewer.ui.network.geometry import Rect
from cnnviewer.ui.network.ink import Ink, qrect
from cnnviewer.ui.network.labels import short_number
from cnnviewer.ui.network.pictures import to_image
from cnnviewer.ui.palettes import Range, table


def gradient(palette: Palette) -> QImage:
    """All 256 colours side by side."""
    return to_image(table(palette).reshape(1, 256, 4))


def paint_legend(painter: QPainter, ink: Ink, room: Rect, palette: Palette, bounds: Range) -> None:
    """The bar on top, below it the values of its first colour, of 0 and of its last."""
    bar = QRectF(room.x, room.y + (room.h - ink.line - 12) / 2, room.w, 10)
    painter.drawImage(bar, gradient(palette))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setPen(QPen(ink.color("border"), 0))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(bar)
    painter.setFont(ink.small_font)
    painter.setPen(ink.color("muted"))
    under = qrect(Rect(room.x, bar.bottom() + 1, room.w, ink.line))
    top = Qt.AlignmentFlag.AlignTop
    painter.drawText(under, Qt.AlignmentFlag.AlignLeft | top, short_number(bounds.low))
    painter.drawText(under, Qt.AlignmentFlag.AlignRight | top, short_number(bounds.high))
    if bounds.low < 0 < bounds.high:
        painter.drawText(under, Qt.AlignmentFlag.AlignHCenter | top, "0")
