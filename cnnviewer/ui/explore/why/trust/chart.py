"""A small chart: a few curves over one axis, each with the band that its measurements fill."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from cnnviewer.core.inspection.attribution.trust.records import Numbers
from cnnviewer.ui.explore.network.labels import short_number
from cnnviewer.ui.widgets.styled import Styled
from cnnviewer.ui.widgets.text_size import grown

_HEIGHT, _LEAST = 170, 94  # pixels of the usual text size
_RIGHT = Qt.AlignmentFlag.AlignRight
_LEFT = Qt.AlignmentFlag.AlignLeft
_CENTRE = Qt.AlignmentFlag.AlignHCenter


@dataclass(frozen=True)
class Curve:
    """A curve.

    Attributes:
        colour: token of the theme.
        values: `(P,)`; a gap where one is not a number.
        low: the lower edge of its band, None without one.
        high: the upper edge.
        dashed: whether it is.

    """

    colour: str
    values: Numbers
    low: Numbers | None = None
    high: Numbers | None = None
    dashed: bool = False


@dataclass(frozen=True)
class Chart:
    """What is shown.

    Attributes:
        up: what goes up.
        across: what goes across.
        places: `(P,)`, of all curves.
        curves: the one that matters last.
        marks: texts below the axis with their places, from the left.
        bounds: the values of the lower and the upper end.
        at: the place that is marked, None without one.

    """

    up: str
    across: str
    places: Numbers
    curves: tuple[Curve, ...]
    marks: tuple[tuple[float, str], ...]
    bounds: tuple[float, float] = (0.0, 1.0)
    at: float | None = None


class CurveChart(Styled, QWidget):
    """Paints a `Chart`. Its owner says in words what it shows (`setAccessibleDescription`)."""

    accessible_role = QAccessible.Role.Chart

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.chart: Chart | None = None

    def set_chart(self, chart: Chart | None) -> None:
        """Show this; None: nothing."""
        self.chart = chart
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as there is room, and high enough to tell the curves apart."""
        return QSize(grown(300), grown(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """So high that the curves can still be told apart."""
        return QSize(grown(160), grown(_LEAST))

    def on_look_changed(self) -> None:
        """Another size of text needs another height."""
        super().on_look_changed()
        self.updateGeometry()

    # -- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """What goes up above, the frame with the curves, the marks and what goes across below."""
        painter = QPainter(self)
        style, chart = self.paint_style, self.chart
        if chart is None:
            return
        tall = style.numbers.height
        ends = [short_number(value) for value in self._ticks(chart)]
        left = max(style.numbers.width(text) for text in ends) + 6
        frame = QRectF(self.rect()).adjusted(left, style.line + tall / 2 + 2, -6, -(tall + style.line + 8))
        if frame.height() < 20 or frame.width() < 40:
            return
        painter.setPen(style.color("muted"))
        above = QRectF(0, 0, self.width(), style.line + 2)
        style.smalls.paint(painter, above, style.smalls.elided(chart.up, above.width()), _LEFT)
        below = QRectF(frame.left(), frame.bottom() + tall + 4, frame.width(), style.line + 2)
        style.smalls.paint(painter, below, style.smalls.elided(chart.across, below.width()), _RIGHT)
        self._paint_ticks(painter, chart, frame, left)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.save()
        painter.setClipRect(frame.adjusted(-4, -4, 4, 4))
        if chart.at is not None:
            painter.setPen(QPen(style.color("highlight"), 1.6))
            painter.drawLine(_at(chart, frame, chart.at, chart.bounds[0]), _at(chart, frame, chart.at, chart.bounds[1]))
        for curve in chart.curves:
            self._paint_band(painter, chart, frame, curve)
        for curve in chart.curves:
            self._paint_curve(painter, chart, frame, curve)
        painter.restore()

    @staticmethod
    def _ticks(chart: Chart) -> tuple[float, ...]:
        low, high = chart.bounds
        return (low, 0.0, high) if low < 0 < high and -low > 0.12 * (high - low) else (low, high)

    def _paint_ticks(self, painter: QPainter, chart: Chart, frame: QRectF, left: float) -> None:
        style, tall = self.paint_style, self.paint_style.numbers.height
        for value in self._ticks(chart):
            y = _at(chart, frame, chart.places[0], value).y()
            painter.setPen(QPen(style.color("border"), 1))
            painter.drawLine(QPointF(frame.left(), y), QPointF(frame.right(), y))
            painter.setPen(style.color("muted"))
            style.numbers.paint(painter, QRectF(0, y - tall / 2, left - 5, tall), short_number(value), _RIGHT)
        end = frame.left() - left
        for place, text in chart.marks:
            x = _at(chart, frame, place, chart.bounds[0]).x()
            painter.setPen(QPen(style.color("border"), 1))
            painter.drawLine(QPointF(x, frame.bottom()), QPointF(x, frame.bottom() + 3))
            width = style.numbers.width(text) + 2
            begin = min(max(x - width / 2, frame.left()), self.width() - width)  # the lowest value stands left of it
            if begin > end:
                end = begin + width + 6
                painter.setPen(style.color("muted"))
                style.numbers.paint(painter, QRectF(begin, frame.bottom() + 3, width, tall), text, _CENTRE)

    def _paint_band(self, painter: QPainter, chart: Chart, frame: QRectF, curve: Curve) -> None:
        if curve.low is None or curve.high is None:
            return
        fine = np.isfinite(curve.low) & np.isfinite(curve.high)
        if np.array_equal(curve.low[fine], curve.high[fine]):
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.paint_style.color(curve.colour, 0.16))
        for run in _runs(fine):
            upper = [_at(chart, frame, chart.places[i], curve.high[i]) for i in run]
            lower = [_at(chart, frame, chart.places[i], curve.low[i]) for i in reversed(run)]
            painter.drawPolygon(QPolygonF([*upper, *lower]))
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def _paint_curve(self, painter: QPainter, chart: Chart, frame: QRectF, curve: Curve) -> None:
        colour = self.paint_style.color(curve.colour)
        painter.setPen(QPen(colour, 2, Qt.PenStyle.DashLine if curve.dashed else Qt.PenStyle.SolidLine))
        few = len(chart.places) <= 12
        for run in _runs(np.isfinite(curve.values)):
            points = [_at(chart, frame, chart.places[i], curve.values[i]) for i in run]
            painter.drawPolyline(QPolygonF(points))
            if few or len(points) == 1:
                painter.setBrush(colour)
                for point in points:
                    painter.drawEllipse(point, 2.5, 2.5)
                painter.setBrush(Qt.BrushStyle.NoBrush)


def _at(chart: Chart, frame: QRectF, place: float, value: float) -> QPointF:
    first, last = float(chart.places[0]), float(chart.places[-1])
    low, high = chart.bounds
    across = (place - first) / ((last - first) or 1.0)
    return QPointF(
        frame.left() + across * frame.width(), frame.bottom() - (value - low) / (high - low) * frame.height()
    )


def _runs(fine: np.ndarray) -> list[list[int]]:
    """The places in a row at which there is a value."""
    places = np.flatnonzero(fine)
    if not places.size:
        return []
    return [part.tolist() for part in np.split(places, np.flatnonzero(np.diff(places) > 1) + 1)]
