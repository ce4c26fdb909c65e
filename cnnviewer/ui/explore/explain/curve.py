"""Paints a function of one value: its curve, the axes, and where the number lies on it."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from cnnviewer.ui.explore.explain.steps import Curve
from cnnviewer.ui.explore.network.labels import short_number
from cnnviewer.ui.widgets.paint_style import PaintStyle
from cnnviewer.ui.widgets.painted_text import draw_text

_DOT = 5.0
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def paint_curve(painter: QPainter, style: PaintStyle, room: QRectF, curve: Curve) -> None:
    """The title above, the numbers of both axes at their ends; a dashed line leads from x to the curve and to y."""
    x, y = curve.points
    fine = np.isfinite(x) & np.isfinite(y)
    if not fine.any() or room.height() < 80:
        return
    numbers, tall = style.numbers, style.numbers.height
    low, high = min(float(y[fine].min()), 0.0), max(float(y[fine].max()), 0.0)
    high = high if high > low else low + 1.0
    ends = [short_number(high), short_number(low)]
    left = max(numbers.width(text) for text in ends) + 8
    plot = room.adjusted(left, style.name_line + 10, -8, -(tall + 6))

    def at(px: float, py: float) -> QPointF:
        across = (px - x[0]) / (x[-1] - x[0])
        return QPointF(plot.x() + across * plot.width(), plot.bottom() - (py - low) / (high - low) * plot.height())

    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(style.text_font)
    painter.setPen(style.color("text"))
    draw_text(painter, QRectF(room.x(), room.y(), room.width(), style.name_line + 2), _LEFT, curve.title)
    painter.setPen(QPen(style.color("border"), 1))
    painter.drawRect(plot)
    painter.setPen(QPen(style.color("faint"), 1))
    painter.drawLine(at(0, low), at(0, high))
    painter.drawLine(at(float(x[0]), 0), at(float(x[-1]), 0))
    painter.setFont(style.number_font)
    painter.setPen(style.color("muted"))
    for text, value in zip(ends, (high, low), strict=True):
        draw_text(painter, QRectF(room.x(), at(0, value).y() - tall / 2, left - 6, tall), _RIGHT, text)
    below = QRectF(plot.x(), plot.bottom() + 3, plot.width(), tall)
    first, last = short_number(float(x[0])), short_number(float(x[-1]))
    draw_text(painter, below, _LEFT, first)
    draw_text(painter, below, _RIGHT, last)
    zero, wide = at(0, low).x(), numbers.width("0")
    if plot.x() + numbers.width(first) + wide < zero < plot.right() - numbers.width(last) - wide:
        draw_text(painter, QRectF(zero - wide, below.y(), 2 * wide, tall), Qt.AlignmentFlag.AlignCenter, "0")
    painter.setPen(QPen(style.color("accent"), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(QPolygonF([at(float(px), float(py)) for px, py in zip(x[fine], y[fine], strict=True)]))
    if np.isfinite(curve.y) and np.isfinite(curve.x):
        spot = at(curve.x, curve.y)
        painter.setPen(QPen(style.color("highlight"), 1.6, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(spot.x(), plot.bottom()), spot)
        painter.drawLine(spot, QPointF(plot.x(), spot.y()))
        painter.setPen(QPen(style.color("surface"), 1.5))
        painter.setBrush(style.color("highlight"))
        painter.drawEllipse(spot, _DOT, _DOT)
        painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
