"""One plot of a metric for several runs: training smoothed and thin, validation strong with the run's symbol."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pyqtgraph as pg
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QWidget

from cnnviewer.core.runs.compare.comparison import Alignment
from cnnviewer.ui.compare.run_style import SYMBOLS, colour, pen
from cnnviewer.ui.compare.series import RunSeries
from cnnviewer.ui.train.curves.series import Metric
from cnnviewer.ui.widgets.decimation import decimate
from cnnviewer.ui.widgets.metric_plot import MetricPlot
from cnnviewer.ui.widgets.plot_bounds import Bounds
from cnnviewer.ui.widgets.theme import LIGHT, Tokens

_MOST_SYMBOLS: Final = 60
_TRAINING_ALPHA: Final = 190
_MOST_DASHED: Final = 200  # points of a line; Qt takes a tenth of a second to dash a longer one
_SYMBOL: Final = 7
_WIDER: Final = 3  # pixels, for each run that lies exactly on it: both are seen
_PIXELS_A_BUCKET: Final = 2  # a smoothed curve is no rougher than that


@dataclass(frozen=True)
class CompareState:
    """How the curves are drawn.

    Attributes:
        by: what the runs are aligned by.
        logarithmic: the loss on a logarithmic axis.
        training: the smoothed training curves are shown.
        validation: the validation curves are shown.

    """

    by: Alignment = "step"
    logarithmic: bool = False
    training: bool = True
    validation: bool = True


class RunsPlot(MetricPlot):
    """A metric of several runs; draws only the visible part, at the resolution of the screen."""

    def __init__(self, metric: str, parent: QWidget | None = None) -> None:
        super().__init__(metric, parent)
        self._runs: Sequence[RunSeries] = ()
        self._state = CompareState()
        self._tokens: Tokens = LIGHT
        self._training: list[pg.PlotCurveItem] = []
        self._validation: list[pg.PlotDataItem] = []
        self._snapshot_lines: list[pg.InfiniteLine] = []

    def set_look(self, tokens: Tokens, font: QFont) -> None:
        """Colours of `tokens`, numbers in `font`."""
        self._tokens = tokens
        self.set_axes_look(tokens, font)
        self.setBackground(QColor(tokens.surface))
        self.crosshair.set_colours(QColor(tokens.muted), QColor(tokens.surface))
        self._dress()
        self.redraw()

    def set_runs(self, runs: Sequence[RunSeries]) -> None:
        """Draw these, each with the mark of its place."""
        self._runs = runs
        item = self.getPlotItem()
        while len(self._training) > len(runs):
            item.removeItem(self._training.pop())
            item.removeItem(self._validation.pop())
        while len(self._training) < len(runs):
            training = pg.PlotCurveItem(connect="finite", antialias=True)
            validation = pg.PlotDataItem(connect="finite", antialias=True)
            for curve in (training, validation):
                item.addItem(curve, ignoreBounds=True)
            self._training.append(training)
            self._validation.append(validation)
        self._dress()
        self.redraw()

    def _dress(self) -> None:
        for run, training, validation in zip(self._runs, self._training, self._validation, strict=True):
            title, place = run.column.title, run.place
            training.opts["name"] = f"{title}: training {self.metric_name}, smoothed"
            validation.opts["name"] = f"{title}: validation {self.metric_name}"
            validation.setSymbolPen(pg.mkPen(colour(place, self._tokens), width=1.4))
            validation.setSymbolBrush(pg.mkBrush(colour(place, self._tokens)))
            validation.setSymbolSize(_SYMBOL + _WIDER * run.under)

    def set_state(self, state: CompareState) -> bool:
        """Draw in another way; True when the values now have other places on the vertical axis."""
        rescaled = self.set_logarithmic(state.logarithmic)
        self._state = state
        self.redraw()
        return rescaled

    def redraw(self) -> None:
        """Draw everything again: the runs have grown, or the way to draw them is another."""
        self.draw_visible()
        for run, curve in zip(self._runs, self._validation, strict=True):
            curve.setVisible(self._state.validation)
            symbol = SYMBOLS[run.place % len(SYMBOLS)] if run.epoch_x.size <= _MOST_SYMBOLS else None
            few = run.epoch_x.size <= _MOST_DASHED
            width = (2.2 if few else 1.0) + _WIDER * run.under
            curve.setPen(pen(run.place, width, self._tokens, dashed=few and not run.under))
            curve.setData(run.epoch_x, self.drawn(self._metric(run).validation), symbol=symbol)
        self._draw_snapshot_lines()

    def _draw_snapshot_lines(self) -> None:
        """A line where a snapshot is compared that is not its run's last."""
        wanted = [(place, run.x_of(step)) for run in self._runs for place, step in run.marked]
        item = self.getPlotItem()
        while len(self._snapshot_lines) > len(wanted):
            item.removeItem(self._snapshot_lines.pop())
        while len(self._snapshot_lines) < len(wanted):
            line = pg.InfiniteLine(angle=90)
            line.setZValue(-20)
            item.addItem(line, ignoreBounds=True)
            self._snapshot_lines.append(line)
        for line, (place, x) in zip(self._snapshot_lines, wanted, strict=True):
            line.setPen(pen(place, 1.4, self._tokens))
            line.setValue(x)

    def draw_visible(self) -> None:
        """Draw the visible part of the training curves."""
        left, right = self.view.viewRange()[0]
        width = max(1, int(self.view.width()) // _PIXELS_A_BUCKET)
        for run, curve in zip(self._runs, self._training, strict=True):
            curve.setVisible(self._state.training)
            if self._state.training:
                metric = self._metric(run)
                x, y = decimate(metric.smooth_pyramid, run.x, metric.smoothed, left, right, width)
                few = x.size <= _MOST_DASHED
                wide = (1.2 if few else 1.0) + _WIDER * run.under
                thin = pen(run.place, wide, self._tokens, dashed=few and not run.under)
                run_colour = colour(run.place, self._tokens)
                run_colour.setAlpha(_TRAINING_ALPHA if few else 255)
                thin.setColor(run_colour)
                curve.setData(x, self.drawn(y), pen=thin, antialias=few)

    def _metric(self, run: RunSeries) -> Metric:
        metric: Metric = getattr(run.series, self.metric_name)
        return metric

    # the visible range

    def _points(self) -> tuple[Bounds, float] | None:
        extents = [(extent, run.x.size) for run in self._runs if (extent := run.extent()) is not None]
        if not extents:
            return None
        apart = min((right - left) / max(1, count) for (left, right), count in extents)
        return (min(left for (left, _), _ in extents), max(right for (_, right), _ in extents)), apart

    def _extent(self) -> tuple[Bounds, Bounds] | None:
        points = self._points()
        if points is None:
            return None
        left, right = points[0]
        margin = 0.02 * (right - left) or 0.5
        return (left - margin, right + margin), self._value_bounds()

    def _value_bounds(self) -> tuple[float, float]:
        """The values everything lies between, as drawn, with a margin."""
        found: list[float] = []
        for run in self._runs:
            metric = self._metric(run)
            if self._state.training:
                found += metric.smooth_pyramid.bounds(metric.smoothed, 0, metric.smooth_pyramid.count)
            if self._state.validation:
                found += metric.validation.tolist()
        values = self.drawn(np.array(found))
        values = values[np.isfinite(values)]
        if not values.size:
            return (0.0, 100.0) if self.metric_name == "accuracy" else (0.0, 1.0)
        low, high = float(values.min()), float(values.max())
        if self.metric_name == "loss" and not self._logarithmic:
            low = min(low, 0.0)
        if self.metric_name == "accuracy":
            high = max(high, min(100.0, low + 1.0))
        margin = 0.05 * (high - low) or 0.5
        return low - margin, high + margin

    # crosshair

    def show_at(self, place: float | None) -> None:
        """Put the crosshair at a place of the axis, with a dot on every curve shown; None: nowhere."""
        dots: list[tuple[float, float, QColor]] = []
        if place is not None:
            for run in self._runs:
                reading = run.reading(place)
                if reading is not None and self._state.training:
                    drawn = self.drawn(np.array([reading.smoothed[self.metric_name]]))
                    dots.append((place, float(drawn[0]), colour(run.place, self._tokens)))
        self.crosshair.show_at(place, tuple(dots))
