"""What the two plots draw: the log's columns with their pyramids and smoothed curves, brought up to date together."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cnnviewer.core.training.metric_log import MetricLog
from cnnviewer.ui.train.curves.smoothing import GrowingMean
from cnnviewer.ui.widgets.decimation import MinMaxPyramid, finite_or_nan
from cnnviewer.ui.widgets.percent import exact_percent, percent

Array = npt.NDArray[np.float64]
_NOTHING: Array = np.empty(0)


class Metric:
    """One quantity of a training: every step raw and smoothed, every epoch for training and validation.

    Attributes:
        raw: per step.
        smoothed: per step, as long as `raw`.
        train: per epoch.
        validation: per epoch.

    """

    def __init__(self, name: str, scale: float, span: int) -> None:
        self.name = name
        self._scale = scale
        self._mean = GrowingMean(span)
        self._smooth_pyramid = MinMaxPyramid()
        self.raw_pyramid = MinMaxPyramid()
        self._scaled: Array = _NOTHING
        self.raw: Array = _NOTHING
        self.train: Array = _NOTHING
        self.validation: Array = _NOTHING

    @property
    def smoothed(self) -> Array:
        """The smoothed curve, a view."""
        return self._mean.values

    @property
    def smooth_pyramid(self) -> MinMaxPyramid:
        """The extremes of the smoothed curve."""
        return self._smooth_pyramid

    def update(self, log: MetricLog, count: int, epochs: int) -> None:
        """Take in what the log has gained, up to `count` steps and `epochs` epochs."""
        column = log.steps(self.name)[:count]
        self.raw = column if self._scale == 1.0 else self._grow(column)
        self.raw_pyramid.extend(self.raw)
        self._mean.extend(self.raw)
        self._smooth_pyramid.extend(self.smoothed)
        self.train = finite_or_nan(log.epochs(f"train_{self.name}")[:epochs] * self._scale)
        self.validation = finite_or_nan(log.epochs(f"validation_{self.name}")[:epochs] * self._scale)

    def set_span(self, span: int) -> None:
        """Smooth over about `span` steps from now on, the past included."""
        self._mean = GrowingMean(span)
        self._mean.extend(self.raw)
        self._smooth_pyramid = MinMaxPyramid()
        self._smooth_pyramid.extend(self.smoothed)

    def _grow(self, column: Array) -> Array:
        """The scaled copy of `column`; only its new part is computed."""
        known = self.raw.size
        if column.size > self._scaled.size:
            grown = np.empty(max(1024, 2 * self._scaled.size, column.size))
            grown[:known] = self._scaled[:known]
            self._scaled = grown
        self._scaled[known : column.size] = column[known:] * self._scale
        return self._scaled[: column.size]


@dataclass(frozen=True)
class CurveReadout:
    """The numbers at one step; NaN and None where there are none.

    Attributes:
        step: the step itself.
        epoch: the last epoch complete at that step; None before the end of the first.
        raw: metric name -> value of the step.
        smoothed: likewise, smoothed.
        train: metric name -> training value of `epoch`.
        validation: likewise, of the validation.

    """

    step: int
    epoch: int | None
    raw: dict[str, float]
    smoothed: dict[str, float]
    train: dict[str, float]
    validation: dict[str, float]


class Series:
    """A metric log as curves: `loss` as it is, `accuracy` in percent, over the step.

    Attributes:
        steps: the step of every value, ascending.
        epoch_steps: the step at which every epoch ended.
        epoch_numbers: the epochs' numbers.

    """

    def __init__(self, log: MetricLog | None, span: int) -> None:
        self._log = log
        self.loss = Metric("loss", 1.0, span)
        self.accuracy = Metric("accuracy", 100.0, span)
        self.steps: Array = _NOTHING
        self.epoch_steps: Array = _NOTHING
        self.epoch_numbers: Array = _NOTHING

    @property
    def empty(self) -> bool:
        """Nothing has been learned yet."""
        return not self.steps.size and not self.epoch_steps.size

    @property
    def steps_per_epoch(self) -> float | None:
        """Steps in an epoch, or None before the first one is complete."""
        if not self.epoch_steps.size:
            return None
        count = float(self.epoch_steps[0] / self.epoch_numbers[0]) if self.epoch_numbers[0] > 0 else 0.0
        return count if count > 0 else None

    def update(self) -> bool:
        """Take in what the log has gained; False when it has gained nothing."""
        if self._log is None:
            return False
        steps, epochs = self._log.step_count, self._log.epoch_count
        if steps == self.steps.size and epochs == self.epoch_steps.size:
            return False
        self.steps = self._log.steps("step")[:steps]
        for metric in (self.loss, self.accuracy):
            metric.update(self._log, steps, epochs)
        self.epoch_steps = self._log.epochs("step")[:epochs]
        self.epoch_numbers = self._log.epochs("epoch")[:epochs]
        return True

    def set_span(self, span: int) -> None:
        """Smooth over about `span` steps."""
        self.loss.set_span(span)
        self.accuracy.set_span(span)

    def extent(self) -> tuple[float, float]:
        """The first and the last step there is."""
        first = [float(column[0]) for column in (self.steps, self.epoch_steps) if column.size]
        last = [float(column[-1]) for column in (self.steps, self.epoch_steps) if column.size]
        return (min(first), max(last)) if first else (0.0, 1.0)

    def readout(self, step: float) -> CurveReadout | None:
        """The numbers at the step nearest to `step`, or None without any."""
        metrics = (self.loss, self.accuracy)
        nearest: int | None = None
        if self.steps.size:
            row = _nearest(self.steps, step)
            nearest = int(self.steps[row])
        epoch: int | None = None
        train = {metric.name: float("nan") for metric in metrics}
        validation = dict(train)
        if nearest is None and self.epoch_steps.size:
            nearest = int(self.epoch_steps[_nearest(self.epoch_steps, step)])
        if nearest is None:
            return None
        # an epoch that ends later is none of this step's: it had not been evaluated yet
        place = int(np.searchsorted(self.epoch_steps, nearest, side="right")) - 1
        if place >= 0:
            epoch = int(self.epoch_numbers[place])
            train = {metric.name: float(metric.train[place]) for metric in metrics}
            validation = {metric.name: float(metric.validation[place]) for metric in metrics}
        if self.steps.size:
            raw = {metric.name: float(metric.raw[row]) for metric in metrics}
            smoothed = {metric.name: float(metric.smoothed[row]) for metric in metrics}
        else:
            raw = {metric.name: float("nan") for metric in metrics}
            smoothed = dict(raw)
        return CurveReadout(nearest, epoch, raw, smoothed, train, validation)


def _nearest(ascending: Array, value: float) -> int:
    """Index of the element nearest to `value`."""
    right = int(np.searchsorted(ascending, value))
    if right == 0:
        return 0
    if right == ascending.size:
        return right - 1
    return right if ascending[right] - value < value - ascending[right - 1] else right - 1


def loss_text(value: float) -> str:
    """A loss as shown to the user; a dash where there is none."""
    return f"{value:.4g}" if math.isfinite(value) else "–"


def percent_text(value: float) -> str:
    """A percentage as shown to the user; a dash where there is none."""
    return exact_percent(value / 100)


def short_loss_text(value: float) -> str:
    """A loss where it stands large: three digits."""
    return f"{value:#.3g}".removesuffix(".") if math.isfinite(value) else "–"


def short_percent_text(value: float) -> str:
    """A percentage where it stands large: one digit behind the point."""
    return percent(value / 100) if math.isfinite(value) else "–"
