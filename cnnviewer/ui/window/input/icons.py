"""Line icons of this panel, painted in the theme's colours at any resolution: polylines and curves on a 24×24 grid."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath, QPen, QPixmap

from cnnviewer.ui.widgets.theme import theme

_SIZE = 24
_RATIOS = (1.0, 1.5, 2.0, 3.0)

# SVG-like strokes: M(ove), L(ine), C(urve) with points, Z closes, O is a circle (centre x, y, radius)
_STROKES = {
    "undo": "M 8 5 L 4 9 L 8 13 M 4 9 L 14 9 C 18 9 20 11.5 20 14.5 C 20 17.5 18 20 14 20 L 9 20",
    "redo": "M 16 5 L 20 9 L 16 13 M 20 9 L 10 9 C 6 9 4 11.5 4 14.5 C 4 17.5 6 20 10 20 L 15 20",
    "clear": "M 5 7 L 19 7 M 10 7 L 10 4 L 14 4 L 14 7 M 7 7 L 8 20 L 16 20 L 17 7 M 12 11 L 12 16",
    "eraser": "M 4 15 L 13 6 L 19 12 L 11 20 L 8.5 20 Z M 8.5 10.5 L 14.5 16.5 M 11 20 L 20 20",
    "save": "M 12 4 L 12 14 M 8 10.5 L 12 14.5 L 16 10.5 M 4 15 L 4 20 L 20 20 L 20 15",
    "open": "M 3.5 19 L 3.5 5 L 9.5 5 L 11.5 7.5 L 19 7.5 L 19 10.5 M 3.5 19 L 7 10.5 L 22 10.5 L 18.5 19 Z",
    "random": "M 4 4 L 20 4 L 20 20 L 4 20 Z O 8.5 8.5 1 O 15.5 8.5 1 O 12 12 1 O 8.5 15.5 1 O 15.5 15.5 1",
    "ranked": "M 4 6 L 20 6 M 4 12 L 14 12 M 4 18 L 9 18",
    "paste": "M 8 5 L 5 5 L 5 20 L 19 20 L 19 5 L 16 5 M 8.5 3.5 L 15.5 3.5 L 15.5 7 L 8.5 7 Z M 9 13 L 15 13",
    "picture": "M 3.5 5 L 20.5 5 L 20.5 19 L 3.5 19 Z M 3.5 16.5 L 9 11 L 13 15 L 15.5 12.5 L 20.5 17 O 15.5 9 1.2",
    "more": "O 5 12 1.2 O 12 12 1.2 O 19 12 1.2",
    "previous": "M 15 5 L 8 12 L 15 19",
    "next": "M 9 5 L 16 12 L 9 19",
    "narrow": "M 13 6 L 7 12 L 13 18 M 19 6 L 13 12 L 19 18",
    "widen": "M 11 6 L 17 12 L 11 18 M 5 6 L 11 12 L 5 18",
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
        elif letter == "C":
            path.cubicTo(point(), point(), point())
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


def icon(name: str) -> QIcon:
    """The icon `name` in the current theme's colours, enabled and disabled; make it again when the theme changes."""
    result = QIcon()
    for mode, token in ((QIcon.Mode.Normal, "muted"), (QIcon.Mode.Disabled, "border")):
        for ratio in _RATIOS:
            pixmap = QPixmap(int(_SIZE * ratio), int(_SIZE * ratio))
            pixmap.setDevicePixelRatio(ratio)
            pixmap.fill(Qt.GlobalColor.transparent)
            painter = QPainter(pixmap)
            paint_icon(painter, name, QRectF(0, 0, _SIZE, _SIZE), theme().color(token))
            painter.end()
            result.addPixmap(pixmap, mode)
    return result
