"""An empty plot with the program's axes: readable numbers, the theme's colours, no menu of its own."""

from __future__ import annotations

import pyqtgraph as pg
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QGraphicsItem, QWidget

from cnnviewer.ui.curves.overlays import NumberAxis
from cnnviewer.ui.theme import Tokens


class NumberPlot(pg.PlotWidget):
    """A plot whose range is set by its owner or by a person, never by itself."""

    def __init__(self, parent: QWidget | None = None) -> None:
        axes = {"bottom": NumberAxis("bottom"), "left": NumberAxis("left")}
        super().__init__(parent, background=None, axisItems=axes)
        item = self.getPlotItem()
        item.setMenuEnabled(False)  # its transformations would contradict our own
        item.hideButtons()
        item.setContentsMargins(2, 2, 10, 0)
        for axis in axes.values():
            axis.enableAutoSIPrefix(False)
            # a pixmap: texts and grid are painted when they change, not with every new point
            axis.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)
        axes["left"].setWidth(54)
        self._axes = axes
        self.view = item.getViewBox()
        self.view.disableAutoRange()
        self.view.setDefaultPadding(0.0)
        self.view.sigRangeChanged.connect(self._settle)

    def _settle(self, *_: object) -> None:
        """Place everything in the new range before it is painted: else painting does, and has to be done twice."""
        self.scene().prepareForPaint()

    def set_axes_look(self, tokens: Tokens, font: QFont) -> None:
        """Axes and grid in the colours of `tokens`, numbers in `font`."""
        grid = QColor(tokens.border)
        for axis in self._axes.values():
            axis.setPen(pg.mkPen(grid))
            axis.setTickPen(pg.mkPen(grid))
            axis.setTextPen(pg.mkPen(tokens.muted))
            axis.setStyle(tickFont=font, tickLength=4, tickTextOffset=4)
            axis.label.setFont(font)
        self.resetCachedContent()  # the ground behind the plot, in the colours of the theme before
        self._axes["left"].setGrid(90)
        self._axes["bottom"].setStyle(tickAlpha=255)

    def set_labels(self, value: str, step: str) -> None:
        """Titles of the axes with their units."""
        self._axes["left"].setLabel(value)
        self._axes["bottom"].setLabel(step)

    def redraw(self) -> None:
        """Draw what is visible anew; a plot that draws more than axes overrides this."""
