"""An empty plot with the program's axes: readable numbers, the theme's colours, no menu of its own."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QAccessible, QColor, QFocusEvent, QFont, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QWidget

from cnnviewer.ui.widgets.plot_bounds import Bounds, within
from cnnviewer.ui.widgets.plot_overlays import NumberAxis
from cnnviewer.ui.widgets.text_size import grown
from cnnviewer.ui.widgets.theme import Tokens, theme

_NUMBERS_WIDTH = 54  # pixels of the usual text size: a title, and the numbers at the ticks


class NumberPlot(pg.PlotWidget):
    """A plot whose range is set by its owner or by the user, never by itself.

    Signals:
        range_changed_by_hand: the user has zoomed or panned.
    """

    accessible_role = QAccessible.Role.Chart

    range_changed_by_hand = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        axes = {"bottom": NumberAxis("bottom"), "left": NumberAxis("left")}
        # without pyqtgraph's menus, whose transformations would contradict our own
        super().__init__(parent, background=None, axisItems=axes, enableMenu=False)
        self.setProperty("uncovered", True)
        item = self.getPlotItem()
        # one menu is made all the same, and the item needs what is in it: it shall go when the plot does
        item.ctrlMenu.setParent(self, item.ctrlMenu.windowFlags())
        item.hideButtons()
        item.setContentsMargins(2, 2, 10, 0)
        for axis in axes.values():
            axis.enableAutoSIPrefix(False)
            # a pixmap: texts and grid are painted when they change, not with every new point
            axis.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)
        self._axes = axes
        self.view = item.getViewBox()
        self.view.disableAutoRange()
        self.view.setDefaultPadding(0.0)
        self.view.sigRangeChanged.connect(self._settle)
        self.view.sigRangeChangedManually.connect(self._on_changed_by_hand)

    def _settle(self, *_: object) -> None:
        """Place everything in the new range before it is painted: else painting does, and has to be done twice."""
        self.scene().prepareForPaint()

    def drawForeground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        """Paint a ring while the keyboard is here."""
        super().drawForeground(painter, rect)
        if self.hasFocus():
            painter.save()
            painter.resetTransform()
            painter.setPen(QPen(theme().color("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.viewport().rect().adjusted(1, 1, -1, -1))
            painter.restore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take it away."""
        super().focusOutEvent(event)
        self.viewport().update()

    def set_axes_look(self, tokens: Tokens, font: QFont) -> None:
        """Axes and grid in the colours of `tokens`, numbers in `font`."""
        grid = QColor(tokens.border)
        for axis in self._axes.values():
            axis.setPen(pg.mkPen(grid))
            axis.setTickPen(pg.mkPen(grid))
            axis.setTextPen(pg.mkPen(tokens.muted))
            axis.setStyle(tickFont=font, tickLength=4, tickTextOffset=4)
            axis.label.setFont(font)
        self._axes["left"].setWidth(grown(_NUMBERS_WIDTH))
        self.resetCachedContent()  # the ground behind the plot, in the colours of the theme before
        self._axes["left"].setGrid(90)
        self._axes["bottom"].setStyle(tickAlpha=255)

    def set_labels(self, value: str, step: str) -> None:
        """Titles of the axes with their units."""
        self._axes["left"].setLabel(value)
        self._axes["bottom"].setLabel(step)

    def paint_for_file(self) -> None:
        """Paint from now on as a file needs it: axes and symbols as vectors instead of pixmaps, all lines smooth."""
        for axis in self._axes.values():
            axis.setCacheMode(QGraphicsItem.CacheMode.NoCache)
        for item in self.scene().items():
            if isinstance(item, pg.PlotCurveItem | pg.ScatterPlotItem):
                item.setExportMode(True, {"antialias": True})

    def _extent(self) -> tuple[Bounds, Bounds] | None:
        """Where everything lies, across and up; a plot that the user can zoom overrides this."""
        return None

    def _points(self) -> tuple[Bounds, float] | None:
        """From where to where curves go across, and how far apart their points are; likewise."""
        return None

    def _on_changed_by_hand(self, _mouse: object) -> None:
        self.keep_in_sight()
        self.range_changed_by_hand.emit()

    def keep_in_sight(self) -> None:
        """Come back where the visible part shows too little or too much, or nothing of the curves."""
        extent, points = self._extent(), self._points()
        if extent is None or points is None:
            return
        shown = [tuple(bounds) for bounds in self.view.viewRange()]
        across = within(shown[0], extent[0], points[1], points[0])
        if across != shown[0]:
            self.view.setXRange(*across, padding=0)
        curves = self._drawn_between(*across)
        nearest = min(curves, key=lambda curve: max(curve[0] - shown[1][1], shown[1][0] - curve[1], 0.0), default=None)
        up = within(shown[1], extent[1], near=nearest)
        if up != shown[1]:
            self.view.setYRange(*up, padding=0)

    def _drawn_between(self, left: float, right: float) -> list[Bounds]:
        """The values of each curve from the last point before `left` to the first after `right`: low, high."""
        found = []
        for item in self.getPlotItem().listDataItems():
            x, y = item.getData()
            if item.isVisible() and x is not None:
                part = y[max(0, np.searchsorted(x, left, "right") - 1) : np.searchsorted(x, right) + 1]
                values = part[np.isfinite(part)]
                if values.size:
                    found.append((float(values.min()), float(values.max())))
        return found

    def redraw(self) -> None:
        """Draw what is visible again; a plot that draws more than axes overrides this."""
