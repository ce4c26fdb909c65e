"""What an empty canvas shows: an invitation with a pencil that has just begun a line."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPainterPath, QPen

from cnnviewer.ui.theme import theme


def paint_invitation(painter: QPainter, sheet: QRectF, words: str, font: QFont) -> None:
    """Paint `words` large and calm below a faint pencil, in the middle of `sheet`."""
    side = sheet.width()
    painter.save()
    painter.translate(sheet.center().x(), sheet.center().y() - side * 0.09)
    painter.setPen(QPen(theme().color("faint"), max(side / 140, 1.4), c=Qt.PenCapStyle.RoundCap))
    _pencil(painter, side * 0.26)
    painter.restore()

    face = QFont(font)
    face.setPixelSize(max(int(side * 0.075), 13))
    face.setWeight(QFont.Weight.Medium)
    painter.setFont(face)
    painter.setPen(theme().color("muted"))
    room = QRectF(sheet.left() + 8, sheet.center().y() + side * 0.1, side - 16, side * 0.25)
    painter.drawText(room, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap, words)


def _pencil(painter: QPainter, size: float) -> None:
    """A pencil leaning right with its point at the lower left, and the curl it has drawn, around (0, 0)."""
    painter.save()
    painter.translate(-size * 0.1, size * 0.34)
    curl = QPainterPath(QPointF(-size * 0.62, -size * 0.12))
    curl.cubicTo(QPointF(-size * 0.5, -size * 0.42), QPointF(-size * 0.3, size * 0.3), QPointF(0.0, 0.0))
    painter.drawPath(curl)
    painter.rotate(45)
    half, tip, body, ferrule = size * 0.085, size * 0.2, size * 0.78, size * 0.66
    outline = QPainterPath(QPointF(0, 0))
    outline.lineTo(-half, -tip)
    outline.lineTo(-half, -body)
    outline.arcTo(QRectF(-half, -body - half, 2 * half, 2 * half), 180, -180)
    outline.lineTo(half, -tip)
    outline.closeSubpath()
    painter.drawPath(outline)
    painter.drawLine(QPointF(-half, -tip), QPointF(half, -tip))
    painter.drawLine(QPointF(-half, -ferrule), QPointF(half, -ferrule))
    painter.restore()
