"""Signs that this panel paints itself, in any colour and width: polylines and circles on a 24×24 grid."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

_SIZE = 24

# SVG-like strokes: M(ove), L(ine) with points, Z closes, O is a circle (centre x, y, radius)
_STROKES = {
    "picture": "M 3.5 5 L 20.5 5 L 20.5 19 L 3.5 19 Z M 3.5 16.5 L 9 11 L 13 15 L 15.5 12.5 L 20.5 17 O 15.5 9 1.2",
    "right": "M 5 12.5 L 10 17.5 L 19.5 7",
    "unfamiliar": "M 12 4 L 21 20 L 3 20 Z M 12 10 L 12 14.5 M 12 17 L 12 17.6",
    "wrong": "M 6 6 L 18 18 M 18 6 L 6 18",
}


def icon_path(name: str) -> QPainterPath:
    """The strokes of the icon `name`, on a 24×24 grid; KeyError without one."""
    path = QPainterPath()
    words = iter(_STROKES[name].split())

    def point() -> QPointF:
        return QPointF(float(next(words)), float(next(words)))

    for letter in words:
        if letter == "M":
            path.moveTo(point())
        elif letter == "L":
            path.lineTo(point())
        elif letter == "O":
            centre, radius = point(), float(next(words))
            path.addEllipse(centre, radius, radius)
        else:
            path.closeSubpath()
    return path


def paint_icon(painter: QPainter, name: str, box: QRectF, colour: QColor, width: float = 1.8) -> None:
    """Paint the icon `name` into `box`, lines `width` of 24 wide."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(box.topLeft())
    painter.scale(box.width() / _SIZE, box.height() / _SIZE)
    painter.setPen(QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(icon_path(name))
    painter.restore()
