"""One plot of a metric: raw and smoothed curves of the steps, points of the epochs."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg
from pyqtgraph.GraphicsScene.mouseEvents import MouseClickEvent
from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QWidget

from cnnviewer.ui.train.curves.series import Array, CurveReadout, Metric, Series
from cnnviewer.ui.widgets.decimation import decimate
from cnnviewer.ui.widgets.metric_plot import MetricPlot
from cnnviewer.ui.widgets.plot_bounds import Bounds
from cnnviewer.ui.widgets.plot_overlays import EpochLines, ShownStepLine
from cnnviewer.ui.widgets.theme import Tokens
from cnnviewer.ui.widgets.type_sizes import scaled

_MOST_SYMBOLS = 150
_ROOM_AHEAD = 0.35  # of the steps so far, kept free on the right while following
_LEAST_FILLED = 0.6  # of the visible range, or it is fitted again
_LEAST_STEPS = 9.0  # that the horizontal axis shows: of a single one there is no curve
_CALM = 30  # heights of the plot that a line with smooth edges may go up and down
_POINTS_APART = 12.0  # pixels between two steps; where there are as many, each is drawn as a point
_MARGIN = 0.07  # of the values, above and below: numbers at either end have room
_NEARLY_ALL = 70.0  # percent; above it the axis of the accuracy ends at 100
_FROM_ZERO = 0.5  # the lowest value as a part of the highest; below it the vertical axis begins at 0
_RAW_ALPHA = {"light": 85, "dark": 85}


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


class CurvePlot(MetricPlot):
    """A metric over the steps; draws only the visible part, at the resolution of the screen.

    Signals:
        clicked_at: the user has clicked at this step.
    """

    clicked_at = Signal(float)

    def __init__(self, metric: str, parent: QWidget | None = None) -> None:
        super().__init__(metric, parent)
        self._series: Series | None = None
        self._state = PlotState()
        item = self.getPlotItem()
        self._raw = pg.PlotCurveItem(name=f"training {metric} per step", connect="finite")
        self._smoothed = pg.PlotCurveItem(name=f"training {metric}, smoothed", connect="finite", antialias=True)
        self._train = pg.PlotDataItem(name=f"training {metric} per epoch", connect="finite")
        self._validation = pg.PlotDataItem(name=f"validation {metric}", connect="finite")
        self._dots = pg.ScatterPlotItem(name=f"training {metric}, points of the steps", size=6)
        for curve in (self._raw, self._smoothed, self._dots, self._train, self._validation):
            item.addItem(curve, ignoreBounds=True)
        self._values_follow = False  # the vertical axis fits what is visible
        self._shown: tuple[int | None, bool] = (
            None,
            False,
        )  # the step on the screen, and whether it follows a training
        self.epoch_lines = EpochLines(self.view)
        self.shown_step_line = ShownStepLine(self.view)
        self.scene().sigMouseClicked.connect(self._on_clicked)

    # what is shown

    def set_look(self, tokens: Tokens, font: QFont) -> None:
        """Colours of `tokens`, numbers in `font`."""
        train, validation = QColor(tokens.train), QColor(tokens.validation)
        faint = QColor(train)
        faint.setAlpha(_RAW_ALPHA[tokens.name])
        self._raw.setPen(pg.mkPen(faint, width=1))
        self._smoothed.setPen(pg.mkPen(train, width=1.8))
        self._dots.setPen(pg.mkPen(None))
        self._dots.setBrush(pg.mkBrush(train))
        self._train.setPen(pg.mkPen(train, width=1, style=pg.QtCore.Qt.PenStyle.DotLine))
        self._validation.setPen(pg.mkPen(validation, width=1.6))
        surface = QColor(tokens.surface)
        for curve, colour, fill in ((self._train, train, surface), (self._validation, validation, validation)):
            curve.setSymbolPen(pg.mkPen(colour, width=1.4))
            curve.setSymbolBrush(pg.mkBrush(fill))
            curve.setSymbolSize(6)
        self.set_axes_look(tokens, font)
        line = QColor(tokens.border)
        self.epoch_lines.set_colours(line, QColor(tokens.muted), scaled(font, 0.85))
        self.crosshair.set_colours(QColor(tokens.muted), surface)
        self.shown_step_line.set_colours(QColor(tokens.highlight), surface)
        self._dot_colours = (train, validation)

    def stand_on_card(self, tokens: Tokens) -> None:
        """Look as on a card of the window: no line beside the values, few numbers, and the wheel zooms steps alone."""
        self._values_follow = True
        self.view.setMouseEnabled(x=True, y=False)
        self.setBackground(QColor(tokens.surface))
        left, bottom = self._axes["left"], self._axes["bottom"]
        left.setPen(pg.mkPen(None))
        left.setStyle(maxTickLevel=0, tickLength=0)
        left.setTickDensity(0.6)
        left.setWidth(46)
        bottom.setTickDensity(0.7)
        bottom.setStyle(maxTickLevel=0)

    def set_shown_step(self, step: int | None, soon: bool = False) -> None:
        """Draw the line of the step on the screen, `soon`: when the curves grow; None: no line."""
        self._shown = (step, soon)
        self._place_shown_step(soon)

    def _place_shown_step(self, soon: bool) -> None:
        step, follows = self._shown
        if follows and step is not None and self._series is not None and self._series.steps.size:
            step = int(self._series.steps[-1])  # the weights on the screen are newer than the curves drawn
        self.shown_step_line.show_at(step, self._value_at(step), soon)

    def _value_at(self, step: int | None) -> float | None:
        """What the smoothed curve is at a step, as drawn."""
        metric, series = self.metric, self._series
        if step is None or metric is None or series is None or not series.steps.size:
            return None
        row = min(int(np.searchsorted(series.steps, step)), series.steps.size - 1)
        return float(self.drawn(metric.smoothed[row : row + 1])[0])

    def set_state(self, state: PlotState) -> bool:
        """Draw in another way; True when the values now have other places on the vertical axis."""
        rescaled = self.set_logarithmic(state.logarithmic)
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
        """Draw everything again: the data have grown, or the way to draw them is another."""
        metric, series = self.metric, self._series
        if metric is None or series is None:
            return
        per_epoch = series.steps_per_epoch if self._state.by_epoch else None
        self._axes["bottom"].setScale(1.0 / per_epoch if per_epoch else 1.0)
        self._axes["bottom"].whole = not per_epoch
        self.draw_visible()
        epochs = series.epoch_steps
        symbol = "o" if epochs.size <= _MOST_SYMBOLS else None
        for curve, values in ((self._train, metric.train), (self._validation, metric.validation)):
            curve.setData(epochs, self.drawn(values), symbol=symbol)
        self.epoch_lines.words = QCoreApplication.translate("EpochLines", "epoch {number}")
        self.epoch_lines.set_epochs(epochs, series.epoch_numbers)
        self._place_shown_step(soon=True)
        self.shown_step_line.update()

    def draw_visible(self) -> None:
        """Draw the visible part of the curves of the steps."""
        metric, series = self.metric, self._series
        if metric is None or series is None:
            return
        left, right = self.view.viewRange()[0]
        width = max(1, int(self.view.width()))
        if self._state.raw:
            x, y = decimate(metric.raw_pyramid, series.steps, metric.raw, left, right, width)
            self._raw.setData(x, self.drawn(y))
        x, y = decimate(metric.smooth_pyramid, series.steps, metric.smoothed, left, right, width)
        drawn = self.drawn(y)
        self._smoothed.setData(x, drawn, antialias=self._is_calm(drawn))
        self._draw_points(series, metric, left, right, width)

    def _is_calm(self, values: Array) -> bool:
        """Whether smooth edges cost little: those of a line that goes up and down all the time take 50 ms a picture."""
        low, high = self.view.viewRange()[1]
        with np.errstate(invalid="ignore"):  # of two infinite values there is no difference
            ups_and_downs = float(np.nansum(np.abs(np.diff(values))))
        return bool(ups_and_downs <= _CALM * (high - low))

    def _draw_points(self, series: Series, metric: Metric, left: float, right: float, width: int) -> None:
        """Each step as a point where they are few: a single one is no line."""
        first, last = _between(series.steps, left, right)
        if (right - left) * _POINTS_APART > width or first == last:
            if len(self._dots.data):
                self._dots.setData([], [])
            return
        values = metric.raw if self._state.raw else metric.smoothed
        self._dots.setData(series.steps[first:last], self.drawn(values[first:last]))

    # the visible range

    def _steps_shown(self) -> tuple[float, float]:
        """From which step to which the axis goes when it shows everything: from 0 where the first one is there."""
        first, last = self._series.extent() if self._series is not None else (0.0, 1.0)
        first = 0.0 if first <= 1.0 else first
        return first, max(last, first + _LEAST_STEPS)

    def _extent(self) -> tuple[Bounds, Bounds] | None:
        if self._series is None:
            return None
        left, right = self._steps_shown()
        margin = 0.015 * (right - left)
        return (left - margin, right + margin), self._value_bounds()

    def _on_x_changed(self, view: object, bounds: Bounds) -> None:
        super()._on_x_changed(view, bounds)
        self._fit_values()

    def _on_changed_by_hand(self, mouse: object) -> None:
        super()._on_changed_by_hand(mouse)
        self._fit_values()

    def _fit_values(self) -> None:
        """Let the vertical axis show the values of the visible steps, and no more."""
        if not self._values_follow or self._series is None or self._series.empty:
            return
        fitting = self._value_bounds(*self.view.viewRange()[0])
        if tuple(self.view.viewRange()[1]) != fitting:
            self.view.setYRange(*fitting, padding=0)

    def _points(self) -> tuple[Bounds, float] | None:
        return None if self._series is None else (self._series.extent(), 1.0)

    def follow(self) -> None:
        """Keep everything in sight while it grows, with room ahead: the axes are redrawn only now and then.

        Redrawing axes costs more than redrawing curves, and costs the training its speed.
        """
        if self._series is None:
            return
        (x_low, x_high), (y_low, y_high) = self.view.viewRange()
        left, right = self._steps_shown()
        bottom, top = self._value_bounds()
        margin = 0.015 * (right - left)
        if not (x_low <= left and right <= x_high and right - left >= _LEAST_FILLED * (x_high - x_low)):
            self.view.setXRange(left - margin, right + _ROOM_AHEAD * (right - left) + margin, padding=0)
        if not (y_low <= bottom and top <= y_high and top - bottom >= _LEAST_FILLED * (y_high - y_low)):
            self.view.setYRange(bottom, top, padding=0)

    def _value_bounds(self, left: float = -math.inf, right: float = math.inf) -> Bounds:
        """The values that everything between two steps lies between, as drawn, with a margin."""
        low, high = self._drawn_bounds(left, right)
        percent = self.metric_name == "accuracy"
        if not self._logarithmic and high > 0.0 and (low < _FROM_ZERO * high or low == high):
            low, high = 0.0, high if low < high else 2.0 * high
        if percent and (high > _NEARLY_ALL or low == 0.0 == high):
            high = 100.0
        if high <= low:
            low, high = low - 0.5, high + 0.5
        margin = _MARGIN * (high - low)
        return low - margin, high + margin

    def _drawn_bounds(self, left: float, right: float) -> Bounds:
        metric, series = self.metric, self._series
        if metric is None or series is None:
            return 0.0, 1.0
        first, last = _between(series.steps, left, right)
        found: list[float] = []
        if self._state.raw:
            found += metric.raw_pyramid.bounds(metric.raw, first, last)
        found += metric.smooth_pyramid.bounds(metric.smoothed, first, last)
        begin, end = _between(series.epoch_steps, left, right)
        found += metric.train[begin:end].tolist() + metric.validation[begin:end].tolist()
        values = self.drawn(np.array(found))
        if self._logarithmic and self._state.raw and values.size and not np.isfinite(values[0]):
            # a loss of exactly 0 has no logarithm: the smallest smoothed value stands for it
            values = values[1:]
        values = values[np.isfinite(values)]
        return (float(values.min()), float(values.max())) if values.size else (0.0, 1.0)

    # crosshair

    def show_readout(self, step: float | None, readout: CurveReadout | None) -> None:
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
        drawn = self.drawn(np.array([value for _, value, _ in dots]))
        self.crosshair.show_at(
            float(readout.step), tuple((x, float(y), colour) for (x, _, colour), y in zip(dots, drawn, strict=True))
        )

    # Qt

    def _on_clicked(self, event: MouseClickEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.view.sceneBoundingRect().contains(event.scenePos()):
            self.clicked_at.emit(float(self.view.mapSceneToView(event.scenePos()).x()))


def _between(ascending: Array, left: float, right: float) -> tuple[int, int]:
    """The rows from the last one at or before `left` to the first one at or after `right`, half-open; none beside."""
    if not ascending.size or right < ascending[0] or left > ascending[-1]:
        return 0, 0
    first = max(0, int(np.searchsorted(ascending, left, "right")) - 1)
    return first, min(ascending.size, int(np.searchsorted(ascending, right)) + 1)
