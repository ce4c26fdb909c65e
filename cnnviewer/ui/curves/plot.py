"""One plot of a metric: raw and smoothed curves of the steps, points of the epochs."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pyqtgraph as pg
from pyqtgraph.GraphicsScene.mouseEvents import MouseClickEvent
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QWidget

from cnnviewer.ui.curves.decimation import decimate
from cnnviewer.ui.curves.number_plot import NumberPlot
from cnnviewer.ui.curves.overlays import Crosshair, EpochLines, MomentLine
from cnnviewer.ui.curves.series import Metric, Readout, Series
from cnnviewer.ui.theme import Tokens

Array = npt.NDArray[np.float64]
_MOST_SYMBOLS = 150
_ROOM_AHEAD = 0.35  # of the steps so far, kept free on the right while following
_LEAST_FILLED = 0.6  # of the visible range, or it is fitted anew
_RAW_ALPHA = {"light": 85, "dark": 105}


@dataclass(frozen=True)
class PlotState:
    """How the curves are drawn.

    Attributes:
        logarithmic: the loss on a logarithmic axis.
        raw: the curve of every step is shown too.
        by_epoch: the horizontal axis counts epochs.

    """

    logarithmic: bool = False
    raw: bool = True
    by_epoch: bool = False


class CurvePlot(NumberPlot):
    """A metric over the steps; draws only the visible part, at the resolution of the screen.

    Signals:
        x_changed: the visible steps are others now, `(left, right)`.
        range_changed_by_hand: a person has zoomed or panned.
        clicked_at: a person has clicked at this step.
    """

    x_changed = Signal(float, float)
    range_changed_by_hand = Signal()
    clicked_at = Signal(float)

    def __init__(self, metric: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.metric_name = metric
        self._series: Series | None = None
        self._state = PlotState()
        item = self.getPlotItem()
        self._raw = pg.PlotCurveItem(name=f"training {metric} per step", connect="finite")
        self._smoothed = pg.PlotCurveItem(name=f"training {metric}, smoothed", connect="finite", antialias=True)
        self._train = pg.PlotDataItem(name=f"training {metric} per epoch", connect="finite")
        self._validation = pg.PlotDataItem(name=f"validation {metric}", connect="finite")
        for curve in (self._raw, self._smoothed, self._train, self._validation):
            item.addItem(curve, ignoreBounds=True)
        self.epoch_lines = EpochLines(self.view)
        self.moment_line = MomentLine(self.view)
        self.crosshair = Crosshair(self.view)
        self.view.sigXRangeChanged.connect(self._on_x_changed)
        self.view.sigResized.connect(self._on_resized)
        self.scene().sigMouseClicked.connect(self._on_clicked)
        self.view.sigRangeChangedManually.connect(self._on_changed_by_hand)

    # what is shown

    def set_look(self, tokens: Tokens, font: QFont) -> None:
        """Colours of `tokens`, numbers in `font`."""
        train, validation = QColor(tokens.train), QColor(tokens.validation)
        faint = QColor(train)
        faint.setAlpha(_RAW_ALPHA[tokens.name])
        self._raw.setPen(pg.mkPen(faint, width=1))
        self._smoothed.setPen(pg.mkPen(train, width=1.6))
        self._train.setPen(pg.mkPen(train, width=1, style=pg.QtCore.Qt.PenStyle.DotLine))
        self._validation.setPen(pg.mkPen(validation, width=1.6))
        surface = QColor(tokens.surface)
        for curve, colour, fill in ((self._train, train, surface), (self._validation, validation, validation)):
            curve.setSymbolPen(pg.mkPen(colour, width=1.4))
            curve.setSymbolBrush(pg.mkBrush(fill))
            curve.setSymbolSize(6)
        self.set_axes_look(tokens, font)
        line = QColor(tokens.border)
        small = QFont(font)
        if font.pixelSize() > 0:
            small.setPixelSize(max(8, font.pixelSize() - 2))
        else:
            small.setPointSizeF(max(6.0, font.pointSizeF() - 1.5))
        self.epoch_lines.set_colours(line, QColor(tokens.faint), small)
        self.crosshair.set_colours(QColor(tokens.muted), surface)
        self.moment_line.set_colour(QColor(tokens.text))
        self._dot_colours = (train, validation)

    def set_state(self, state: PlotState) -> bool:
        """Draw in another way; True when the values now have other places on the vertical axis."""
        state = replace(state, logarithmic=state.logarithmic and self.metric_name == "loss")
        rescaled = state.logarithmic != self._state.logarithmic
        if rescaled:
            self._axes["left"].setLogMode(x=False, y=state.logarithmic)
        self._state = state
        self._raw.setVisible(state.raw)
        self.redraw()
        return rescaled

    def set_series(self, series: Series) -> None:
        """Draw these curves."""
        self._series = series
        self.redraw()

    @property
    def metric(self) -> Metric | None:
        """What is drawn."""
        return getattr(self._series, self.metric_name) if self._series is not None else None

    def redraw(self) -> None:
        """Draw everything anew: the data have grown, or the way to draw them is another."""
        metric, series = self.metric, self._series
        if metric is None or series is None:
            return
        per_epoch = series.steps_per_epoch if self._state.by_epoch else None
        self._axes["bottom"].setScale(1.0 / per_epoch if per_epoch else 1.0)
        self._draw_steps()
        epochs = series.epoch_steps
        symbol = "o" if epochs.size <= _MOST_SYMBOLS else None
        for curve, values in ((self._train, metric.train), (self._validation, metric.validation)):
            curve.setData(epochs, self._drawn(values), symbol=symbol)
        self.epoch_lines.set_epochs(epochs, series.epoch_numbers)
        self.moment_line.update()

    def _draw_steps(self) -> None:
        metric, series = self.metric, self._series
        if metric is None or series is None:
            return
        left, right = self.view.viewRange()[0]
        width = max(1, int(self.view.width()))
        if self._state.raw:
            x, y = decimate(metric.raw_pyramid, series.steps, metric.raw, left, right, width)
            self._raw.setData(x, self._drawn(y))
        x, y = decimate(metric.smooth_pyramid, series.steps, metric.smoothed, left, right, width)
        self._smoothed.setData(x, self._drawn(y))

    def _drawn(self, values: Array) -> Array:
        """Values as they are placed on the vertical axis."""
        if not self._state.logarithmic:
            return values
        return np.log10(values, where=values > 0, out=np.full(values.shape, np.nan))

    # the visible range

    def fit(self) -> None:
        """Show everything there is."""
        if self._series is None:
            return
        left, right = self._series.extent()
        margin = max(0.5, 0.015 * (right - left))
        bottom, top = self._value_bounds()
        self.view.setRange(xRange=(left - margin, right + margin), yRange=(bottom, top), padding=0)

    def follow(self) -> None:
        """Keep everything in sight while it grows, with room ahead: the axes are drawn anew only now and then.

        Redrawing axes costs more than redrawing curves, and costs the training its speed.
        """
        if self._series is None:
            return
        (x_low, x_high), (y_low, y_high) = self.view.viewRange()
        left, right = self._series.extent()
        bottom, top = self._value_bounds()
        margin = max(0.5, 0.015 * (right - left))
        if not (x_low <= left and right <= x_high and right - left >= _LEAST_FILLED * (x_high - x_low)):
            self.view.setXRange(left - margin, right + _ROOM_AHEAD * (right - left) + margin, padding=0)
        if not (y_low <= bottom and top <= y_high and top - bottom >= _LEAST_FILLED * (y_high - y_low)):
            self.view.setYRange(bottom, top, padding=0)

    def set_x_range(self, left: float, right: float) -> None:
        """Show these steps; the values stay."""
        if self.view.viewRange()[0] != [left, right]:
            self.view.setXRange(left, right, padding=0)

    def _value_bounds(self) -> tuple[float, float]:
        """The values everything lies between, as drawn, with a margin."""
        if self.metric_name == "accuracy":
            low, high = 0.0, 100.0
        else:
            low, high = self._loss_bounds()
            low = low if self._state.logarithmic else min(low, 0.0)
        margin = 0.04 * (high - low)
        return low - margin, high + margin

    def _loss_bounds(self) -> tuple[float, float]:
        metric = self.metric
        if metric is None:
            return 0.0, 1.0
        count = metric.raw_pyramid.count
        found: list[float] = []
        if self._state.raw:
            found += metric.raw_pyramid.bounds(metric.raw, 0, count)
        found += metric.smooth_pyramid.bounds(metric.smoothed, 0, count)
        found += metric.train.tolist() + metric.validation.tolist()
        values = self._drawn(np.array(found))
        if self._state.logarithmic and self._state.raw and not np.isfinite(values[0]):
            # a loss of exactly 0 has no logarithm: the smallest smoothed value stands for it
            values = values[1:]
        values = values[np.isfinite(values)]
        if not values.size:
            return 0.0, 1.0
        low, high = float(values.min()), float(values.max())
        return (low, high) if high > low else (low - 0.5, high + 0.5)

    # crosshair

    def show_readout(self, step: float | None, readout: Readout | None) -> None:
        """Put the crosshair at `step`, with dots at the smoothed value and at the epoch's."""
        if step is None or readout is None or self._series is None:
            self.crosshair.show_at(None)
            return
        train, validation = self._dot_colours
        dots = [(float(readout.step), readout.smoothed[self.metric_name], train)]
        if readout.epoch is not None:
            place = int(np.searchsorted(self._series.epoch_numbers, readout.epoch))
            end = float(self._series.epoch_steps[place])
            dots.append((end, readout.validation[self.metric_name], validation))
        drawn = self._drawn(np.array([value for _, value, _ in dots]))
        self.crosshair.show_at(
            float(readout.step), tuple((x, float(y), colour) for (x, _, colour), y in zip(dots, drawn, strict=True))
        )

    # Qt

    def _on_x_changed(self, _view: object, bounds: tuple[float, float]) -> None:
        self._draw_steps()
        self.x_changed.emit(float(bounds[0]), float(bounds[1]))

    def _on_resized(self, _view: object) -> None:
        self._draw_steps()

    def _on_changed_by_hand(self, _mouse: object) -> None:
        self.range_changed_by_hand.emit()

    def _on_clicked(self, event: MouseClickEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.view.sceneBoundingRect().contains(event.scenePos()):
            self.clicked_at.emit(float(self.view.mapSceneToView(event.scenePos()).x()))
