"""One plot of a metric for several runs: training smoothed and thin, validation strong with the run's symbol."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt
import pyqtgraph as pg
from PySide6.QtCore import Signal
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QWidget

from cnnviewer.core.runs.compare import Alignment
from cnnviewer.ui.compare.marks import SYMBOLS, colour, pen
from cnnviewer.ui.compare.series import RunSeries
from cnnviewer.ui.curves.decimation import decimate
from cnnviewer.ui.curves.number_plot import NumberPlot
from cnnviewer.ui.curves.overlays import Crosshair
from cnnviewer.ui.curves.series import Metric
from cnnviewer.ui.theme import LIGHT, Tokens

Array = npt.NDArray[np.float64]
_MOST_SYMBOLS: Final = 60
_TRAINING_ALPHA: Final = 190
_MOST_DASHED: Final = 200  # points of a line; Qt takes a tenth of a second to dash a longer one
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


class RunsPlot(NumberPlot):
    """A metric of several runs; draws only the visible part, at the resolution of the screen.

    Signals:
        x_changed: the visible part of the axis is another, `(left, right)`.
        range_changed_by_hand: a person has zoomed or panned.
    """

    x_changed = Signal(float, float)
    range_changed_by_hand = Signal()

    def __init__(self, metric: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.metric_name = metric
        self._runs: Sequence[RunSeries] = ()
        self._state = CompareState()
        self._tokens: Tokens = LIGHT
        self._training: list[pg.PlotCurveItem] = []
        self._validation: list[pg.PlotDataItem] = []
        self._moments: list[pg.InfiniteLine] = []
        self.crosshair = Crosshair(self.view)
        self.view.sigXRangeChanged.connect(self._on_x_changed)
        self.view.sigResized.connect(self._on_resized)
        self.view.sigRangeChangedManually.connect(self._on_changed_by_hand)

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
            validation.setSymbolSize(7)

    def set_state(self, state: CompareState) -> bool:
        """Draw in another way; True when the values now have other places on the vertical axis."""
        state = replace(state, logarithmic=state.logarithmic and self.metric_name == "loss")
        rescaled = state.logarithmic != self._state.logarithmic
        if rescaled:
            self._axes["left"].setLogMode(x=False, y=state.logarithmic)
        self._state = state
        self.redraw()
        return rescaled

    def redraw(self) -> None:
        """Draw everything anew: the runs have grown, or the way to draw them is another."""
        self._draw_steps()
        for run, curve in zip(self._runs, self._validation, strict=True):
            curve.setVisible(self._state.validation)
            symbol = SYMBOLS[run.place % len(SYMBOLS)] if run.epoch_x.size <= _MOST_SYMBOLS else None
            few = run.epoch_x.size <= _MOST_DASHED
            curve.setPen(pen(run.place, 2.2 if few else 1.0, self._tokens, dashed=few))
            curve.setData(run.epoch_x, self._drawn(self._metric(run).validation), symbol=symbol)
        self._draw_moments()

    def _draw_moments(self) -> None:
        """A line where a moment is compared that is not its run's last."""
        wanted = [(place, run.x_of(step)) for run in self._runs for place, step in run.marked]
        item = self.getPlotItem()
        while len(self._moments) > len(wanted):
            item.removeItem(self._moments.pop())
        while len(self._moments) < len(wanted):
            line = pg.InfiniteLine(angle=90)
            line.setZValue(-20)
            item.addItem(line, ignoreBounds=True)
            self._moments.append(line)
        for line, (place, x) in zip(self._moments, wanted, strict=True):
            line.setPen(pen(place, 1.4, self._tokens))
            line.setValue(x)

    def _draw_steps(self) -> None:
        left, right = self.view.viewRange()[0]
        width = max(1, int(self.view.width()) // _PIXELS_A_BUCKET)
        for run, curve in zip(self._runs, self._training, strict=True):
            curve.setVisible(self._state.training)
            if self._state.training:
                metric = self._metric(run)
                x, y = decimate(metric.smooth_pyramid, run.x, metric.smoothed, left, right, width)
                few = x.size <= _MOST_DASHED
                thin = pen(run.place, 1.2 if few else 1.0, self._tokens, dashed=few)
                ink = colour(run.place, self._tokens)
                ink.setAlpha(_TRAINING_ALPHA if few else 255)
                thin.setColor(ink)
                curve.setData(x, self._drawn(y), pen=thin, antialias=few)

    def _metric(self, run: RunSeries) -> Metric:
        metric: Metric = getattr(run.series, self.metric_name)
        return metric

    def _drawn(self, values: Array) -> Array:
        """Values as they are placed on the vertical axis."""
        if not self._state.logarithmic:
            return values
        return np.log10(values, where=values > 0, out=np.full(values.shape, np.nan))

    # the visible range

    def fit(self) -> None:
        """Show everything there is."""
        extents = [extent for run in self._runs if (extent := run.extent()) is not None]
        if not extents:
            return
        left, right = min(low for low, _ in extents), max(high for _, high in extents)
        margin = 0.02 * (right - left) or 0.5
        bottom, top = self._value_bounds()
        self.view.setRange(xRange=(left - margin, right + margin), yRange=(bottom, top), padding=0)

    def set_x_range(self, left: float, right: float) -> None:
        """Show this part of the axis; the values stay."""
        if self.view.viewRange()[0] != [left, right]:
            self.view.setXRange(left, right, padding=0)

    def _value_bounds(self) -> tuple[float, float]:
        """The values everything lies between, as drawn, with a margin."""
        found: list[float] = []
        for run in self._runs:
            metric = self._metric(run)
            if self._state.training:
                found += metric.smooth_pyramid.bounds(metric.smoothed, 0, metric.smooth_pyramid.count)
            if self._state.validation:
                found += metric.validation.tolist()
        values = self._drawn(np.array(found))
        values = values[np.isfinite(values)]
        if not values.size:
            return (0.0, 100.0) if self.metric_name == "accuracy" else (0.0, 1.0)
        low, high = float(values.min()), float(values.max())
        if self.metric_name == "loss" and not self._state.logarithmic:
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
                    drawn = self._drawn(np.array([reading.smoothed[self.metric_name]]))
                    dots.append((place, float(drawn[0]), colour(run.place, self._tokens)))
        self.crosshair.show_at(place, tuple(dots))

    # Qt

    def _on_x_changed(self, _view: object, bounds: tuple[float, float]) -> None:
        self._draw_steps()
        self.x_changed.emit(float(bounds[0]), float(bounds[1]))

    def _on_resized(self, _view: object) -> None:
        self._draw_steps()

    def _on_changed_by_hand(self, _mouse: object) -> None:
        self.range_changed_by_hand.emit()
