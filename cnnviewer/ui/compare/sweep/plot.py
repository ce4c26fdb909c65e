"""Accuracy against what a sweep varies: a line for each other setting, the best marked, every point telling."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QToolTip, QWidget

from cnnviewer.core.runs.sweep.plan import SweepRow
from cnnviewer.ui.compare.run_style import SYMBOLS, colour, pen
from cnnviewer.ui.compare.sweep.lines import Point, SweepLine, lines_of, settings, spans_decades
from cnnviewer.ui.widgets.cell_grid import step_right, within
from cnnviewer.ui.widgets.number_plot import NumberPlot
from cnnviewer.ui.widgets.plain_text import tool_tip
from cnnviewer.ui.widgets.theme import theme
from cnnviewer.ui.widgets.type_sizes import scaled

_NEAR: Final = 14.0  # pixels within which a point is pointed at


class SweepPlot(NumberPlot):
    """The plot; arrow keys walk from point to point.

    Signals:
        pointed: row of the training under the pointer, -1 for none.
        chosen: row of the training that was clicked.
    """

    pointed = Signal(int)
    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sweepPlot")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._rows: tuple[SweepRow, ...] = ()
        self._best: tuple[SweepRow, ...] = ()
        self._axis = "learning_rate"
        self._tested = False
        self._logarithmic = False
        self._at = -1
        self.lines: tuple[SweepLine, ...] = ()
        self._items: list[tuple[pg.PlotCurveItem, pg.ScatterPlotItem]] = []
        self._ring = pg.ScatterPlotItem(size=17, brush=None)
        self._pointer = pg.ScatterPlotItem(size=15, brush=None)
        self._stars: list[pg.TextItem] = []
        for item in (self._ring, self._pointer):
            item.setZValue(20)
            self.getPlotItem().addItem(item, ignoreBounds=True)
        self.view.setMouseEnabled(False, False)
        theme().changed.connect(self._dress)
        self._dress()

    def set_rows(self, rows: tuple[SweepRow, ...], best: tuple[SweepRow, ...], axis: str, tested: bool) -> None:
        """Show these trainings over `axis`, by the accuracy on the test images or that of the validation."""
        self._rows, self._best, self._axis, self._tested = rows, best, axis, tested
        self._draw()

    @property
    def points(self) -> list[Point]:
        """All points."""
        return [point for line in self.lines for point in line.points]

    @property
    def logarithmic(self) -> bool:
        """Whether the horizontal axis is."""
        return self._logarithmic

    def describe(self, row: int) -> str:
        """A training in words: its settings and how good it is."""
        if not 0 <= row < len(self._rows):
            return ""
        each = self._rows[row]
        parts = [settings(each, self._rows)]
        if each.validation_accuracy is not None:
            parts.append(self.tr("validation {percent} %").format(percent=f"{100 * each.validation_accuracy:.2f}"))
        if each.test_accuracy is not None:
            parts.append(self.tr("test {percent} %").format(percent=f"{100 * each.test_accuracy:.2f}"))
        return ": ".join((parts[0], ", ".join(parts[1:]))) if parts[1:] else parts[0]

    def point_at(self, row: int) -> None:
        """Ring a training that is pointed at elsewhere."""
        self._at = row
        found = [point for point in self.points if point.row == row]
        self._pointer.setData([self._x(point.x) for point in found], [point.y for point in found])
        self.setAccessibleDescription(self.describe(row))

    # drawing

    def _x(self, value: float) -> float:
        return math.log10(value) if self._logarithmic else value

    def _draw(self) -> None:
        self.lines = lines_of(self._rows, self._axis, self._tested)
        points = self.points
        every = [float(getattr(row.config, self._axis)) for row in self._rows]
        logarithmic = spans_decades(every)
        if logarithmic != self._logarithmic:
            self._logarithmic = logarithmic
            self._axes["bottom"].setLogMode(x=logarithmic, y=False)
        self._axes["bottom"].setTicks(self._ticks(sorted(set(every))))
        item = self.getPlotItem()
        while len(self._items) > len(self.lines):
            for old in self._items.pop():
                item.removeItem(old)
        while len(self._items) < len(self.lines):
            made = pg.PlotCurveItem(antialias=True), pg.ScatterPlotItem(size=9)
            for new in made:
                item.addItem(new, ignoreBounds=True)
            self._items.append(made)
        for place, (line, (way, marks)) in enumerate(zip(self.lines, self._items, strict=True)):
            way.setData(np.array([self._x(x) for x, _ in line.way]), np.array([y for _, y in line.way]))
            way.setPen(pen(place, 1.8))
            way.opts["name"] = line.name
            run_colour = colour(place)
            marks.setSymbol(SYMBOLS[place % len(SYMBOLS)])
            marks.setData(
                [self._x(point.x) for point in line.points],
                [point.y for point in line.points],
                pen=pg.mkPen(run_colour, width=1.4),
                brush=pg.mkBrush(run_colour),
            )
        self._mark_best(points)
        self._fit(every, points)
        self.point_at(self._at)

    def _mark_best(self, points: Sequence[Point]) -> None:
        """A ring and a star at the best, at each of several that are equally good."""
        best = [point for point in points if self._rows[point.row] in self._best]
        self._ring.setData([self._x(point.x) for point in best], [point.y for point in best])
        while len(self._stars) < len(best):
            star = pg.TextItem("★", anchor=(0.5, 1.35), color=QColor(theme().tokens.highlight))
            star.setZValue(20)
            self.getPlotItem().addItem(star, ignoreBounds=True)
            self._stars.append(star)
        for place, star in enumerate(self._stars):
            star.setVisible(place < len(best))
            if place < len(best):
                star.setPos(self._x(best[place].x), best[place].y)

    def _ticks(self, values: Sequence[float]) -> list[list[tuple[float, str]]] | None:
        """The values themselves where they are few; else the axis's own."""
        if not 1 <= len(values) <= 12:
            return None
        return [[(self._x(value), f"{value:g}") for value in values]]

    def _fit(self, every: Sequence[float], points: Sequence[Point]) -> None:
        xs = [self._x(value) for value in every] or [0.0, 1.0]
        left, right = min(xs), max(xs)
        aside = 0.08 * (right - left) or 0.5
        ys = [point.y for point in points] or [0.0, 100.0]
        low, high = min(ys), max(ys)
        above = max(0.18 * (high - low), 0.5)
        self.view.setRange(xRange=(left - aside, right + aside), yRange=(low - above, high + above), padding=0)

    def _dress(self) -> None:
        tokens = theme().tokens
        font = scaled(self.font(), 0.95)
        self.set_axes_look(tokens, font)
        self.setBackground(QColor(tokens.surface))
        self._ring.setPen(pg.mkPen(QColor(tokens.highlight), width=2))
        self._pointer.setPen(pg.mkPen(QColor(tokens.accent), width=2))
        for star in self._stars:
            star.setColor(QColor(tokens.highlight))
        self._draw()

    # Qt

    def nearest(self, position: QPointF) -> int:
        """Row of the training whose point lies under a place of the widget; -1 for none."""
        best, distance = -1, _NEAR
        for point in self.points:
            place = self.mapFromScene(self.view.mapViewToScene(QPointF(self._x(point.x), point.y)))
            apart = math.hypot(place.x() - position.x(), place.y() - position.y())
            if apart < distance:
                best, distance = point.row, apart
        return best

    def place_of(self, row: int) -> QPointF:
        """Where a training's point lies in the widget."""
        point = next(point for point in self.points if point.row == row)
        return QPointF(self.mapFromScene(self.view.mapViewToScene(QPointF(self._x(point.x), point.y))))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Ring and tell the training under the pointer."""
        self._point(self.nearest(event.position()), event.globalPosition())
        super().mouseMoveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the training under the pointer."""
        row = self.nearest(event.position())
        if row >= 0 and event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit(row)
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right walk the points, Enter chooses."""
        order = [point.row for point in sorted(self.points, key=lambda point: (point.x, point.y))]
        if not order:
            super().keyPressEvent(event)
            return
        place = order.index(self._at) if self._at in order else -1
        step = step_right(event)
        if step:
            self._point(order[within(place + step, len(order))], None)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and place >= 0:
            self.chosen.emit(self._at)
        else:
            super().keyPressEvent(event)

    def _point(self, row: int, where: QPointF | None) -> None:
        if row != self._at:
            self.point_at(row)
            self.pointed.emit(row)
        if row >= 0 and where is not None:
            QToolTip.showText(where.toPoint(), tool_tip(self.describe(row)), self)
        elif row < 0:
            QToolTip.hideText()

    def leaveEvent(self, event: QEvent) -> None:
        """Release it."""
        self._point(-1, None)
        super().leaveEvent(event)
