"""The steps of a run that can be shown, in the order of the slider. Free of torch."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cnnviewer.core.runs.format.notes import Mark
from cnnviewer.core.training.metric_log import MetricLog


@dataclass(frozen=True)
class Timeline:
    """The snapshots of a run from the untrained network on, and the newest weights ("now").

    Attributes:
        steps: of the positions, ascending; the last one is now.
        epochs: number and last step of each epoch that is done.
        best: last step of the epoch with the highest validation accuracy, None before any.
        marks: steps the user marked.
        drawings: steps of the marks that have a drawing.

    """

    steps: tuple[int, ...] = ()
    epochs: tuple[tuple[int, int], ...] = ()
    best: int | None = None
    marks: tuple[Mark, ...] = ()
    drawings: frozenset[int] = frozenset()

    @property
    def now(self) -> int:
        """The newest step; 0 before any."""
        return self.steps[-1] if self.steps else 0

    def index_of(self, step: int) -> int:
        """The place nearest to `step`, the earlier one of two that are equally near; 0 without any."""
        after = bisect_left(self.steps, step)
        if after == 0:
            return 0
        if after == len(self.steps) or step - self.steps[after - 1] <= self.steps[after] - step:
            return after - 1
        return after

    def nearest(self, step: int) -> int:
        """The step of the place nearest to `step`."""
        return self.steps[self.index_of(step)] if self.steps else 0

    def earlier(self, step: int, by_epoch: bool = False) -> int:
        """The last stop before `step`, or the first of all."""
        stops = self.stops(by_epoch)
        return stops[max(0, bisect_left(stops, step) - 1)] if stops else 0

    def later(self, step: int, by_epoch: bool = False) -> int:
        """The first stop after `step`, or now."""
        return next((stop for stop in self.stops(by_epoch) if stop > step), self.now)

    def after(self, step: int, count: int, by_epoch: bool = False) -> tuple[int, ...]:
        """The next `count` stops after `step`, fewer near the end."""
        stops = [stop for stop in self.stops(by_epoch) if stop > step]
        return tuple(stops[:count])

    def mark_at(self, step: int) -> Mark | None:
        """The user's mark on exactly this step."""
        return next((mark for mark in self.marks if mark.step == step), None)

    def stops(self, by_epoch: bool) -> Sequence[int]:
        """Every place; or the beginning, each end of an epoch, and now."""
        if not by_epoch or not self.steps:
            return self.steps
        return sorted({self.steps[0], self.now, *(self.nearest(step) for _, step in self.epochs)})


@dataclass(frozen=True)
class SnapshotFacts:
    """The metrics of one step.

    Attributes:
        step: steps done.
        epoch: the epoch the step belongs to; 0 before the first step.
        loss: of the step's batch, before the step; NaN before the first.
        validation: accuracy at the end of the last epoch before, 0..1; NaN before any.

    """

    step: int
    epoch: int = 0
    loss: float = math.nan
    validation: float = math.nan


def facts_of(log: MetricLog, step: int) -> SnapshotFacts:
    """The run's metrics at `step`. O(log steps)."""
    steps = log.steps("step")
    row = int(np.searchsorted(steps, step, side="right")) - 1
    if step <= 0 or row < 0:
        return SnapshotFacts(max(step, 0))
    ended = int(np.searchsorted(log.epochs("step"), step, side="right")) - 1
    accuracy = float(log.epochs("validation_accuracy")[ended]) if ended >= 0 else math.nan
    return SnapshotFacts(step, int(log.steps("epoch")[row]), float(log.steps("loss")[row]), accuracy)


def timeline_of(
    snapshots: Sequence[int],
    now: int,
    log: MetricLog,
    marks: tuple[Mark, ...] = (),
    drawings: frozenset[int] = frozenset(),
) -> Timeline:
    """The timeline of a run with snapshots at `snapshots` and its newest weights at step `now`."""
    count = log.epoch_count  # once: the log may grow meanwhile
    numbers, ends = log.epochs("epoch")[:count], log.epochs("step")[:count]
    best = [row for row in log.best_epochs() if row < count]
    return Timeline(
        (*(step for step in snapshots if step < now), now) if snapshots else (),
        tuple((int(number), int(end)) for number, end in zip(numbers, ends, strict=True) if end <= now),
        int(ends[best[0]]) if best else None,
        marks,
        drawings,
    )
