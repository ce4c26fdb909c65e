"""One plot of a metric, whosever curves it shows: its range, its logarithmic axis, its crosshair."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QWidget

from cnnviewer.ui.widgets.number_plot import NumberPlot
from cnnviewer.ui.widgets.plot_overlays import Crosshair
from cnnviewer.ui.widgets.theme import Tokens

Array = npt.NDArray[np.float64]


class MetricPlot(NumberPlot):
    """Base of the plots of loss and accuracy; a subclass draws the curves and says where they lie.

    Signals:
        x_changed: the visible part of the horizontal axis is another, `(left, right)`.
        pointed: where on the horizontal axis the pointer is; None beside the curves.
    """

    x_changed = Signal(float, float)
    pointed = Signal(object)

    def __init__(self, metric: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.metric_name = metric
        self._logarithmic = False
        self.crosshair = Crosshair(self.view)
        self.view.sigXRangeChanged.connect(self._on_x_changed)
        self.view.sigResized.connect(self._on_resized)
        self.scene().sigMouseMoved.connect(self._on_mouse_moved)

    def draw_visible(self) -> None:
        """Draw the curves of the visible part, at the resolution of the screen."""
        raise NotImplementedError

    def set_look(self, tokens: Tokens, font: QFont) -> None:
        """Colours of `tokens`, numbers in `font`."""
        raise NotImplementedError

    def set_logarithmic(self, on: bool) -> bool:
        """Draw the loss on a logarithmic axis; True when values now have other places on it."""
        on = on and self.metric_name == "loss"
        if on == self._logarithmic:
            return False
        self._logarithmic = on
        self._axes["left"].setLogMode(x=False, y=on)
        return True

    def drawn(self, values: Array) -> Array:
        """Values as they are placed on the vertical axis, NaN where there is no place for one."""
        if not self._logarithmic:
            return values
        return np.log10(values, where=values > 0, out=np.full(values.shape, np.nan))

    def fit(self) -> None:
        """Show everything there is."""
        extent = self._extent()
        if extent is not None:
            self.view.setRange(xRange=extent[0], yRange=extent[1], padding=0)

    def set_x_range(self, left: float, right: float) -> None:
        """Show this part of the horizontal axis; the values stay."""
        if self.view.viewRange()[0] != [left, right]:
            self.view.setXRange(left, right, padding=0)

    def _on_x_changed(self, _view: object, bounds: tuple[float, float]) -> None:
        self.draw_visible()
        self.x_changed.emit(float(bounds[0]), float(bounds[1]))

    def _on_mouse_moved(self, position: QPointF) -> None:
        inside = self.view.sceneBoundingRect().contains(position)
        self.pointed.emit(self.view.mapSceneToView(position).x() if inside else None)

    def _on_resized(self, _view: object) -> None:
        self.draw_visible()
