"""The curves of several runs on one axis."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from cnnviewer.core.runs.compare.comparison import Alignment, ComparedRun, positions
from cnnviewer.ui.train.curves.series import Series

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class RunReadout:
    """A run's numbers at a place of the common axis; NaN where there are none.

    Attributes:
        step: the step nearest to the place.
        smoothed: metric name -> smoothed training value there.
        validation: likewise, of the last epoch done there.

    """

    step: int
    smoothed: dict[str, float]
    validation: dict[str, float]


@dataclass
class RunSeries:
    """One run's curves, and where they stand on the common axis.

    Attributes:
        column: of the run; the first one where several of its snapshots are compared.
        place: of that column, which gives the mark.
        marked: place and step of each column of the run that is another snapshot than its last.
        same_as: place of the first run whose curves lie exactly where these do; None where there is none before it.
        under: how many other runs lie over it so.

    """

    column: ComparedRun
    place: int
    by: Alignment
    series: Series
    marked: tuple[tuple[int, int], ...] = ()
    x: Array = field(default_factory=lambda: np.empty(0))
    epoch_x: Array = field(default_factory=lambda: np.empty(0))
    same_as: int | None = None
    under: int = 0

    @classmethod
    def of(cls, column: ComparedRun, place: int, by: Alignment, span: int) -> RunSeries:
        """The curves of `column`, smoothed over about `span` steps."""
        made = cls(column, place, by, Series(column.log, span))
        made.update()
        return made

    def update(self) -> bool:
        """Take in what the run has gained; False when it has gained nothing."""
        changed = self.series.update()
        if changed or not self.x.size:
            self.align(self.by)
        return changed

    def align(self, by: Alignment) -> None:
        """Stand on another axis."""
        self.by = by
        x, epoch_x = positions(self.column.log, by, self.column.steps_per_epoch)
        self.x, self.epoch_x = x[: self.series.steps.size], epoch_x[: self.series.epoch_steps.size]

    def lies_on(self, other: RunSeries) -> bool:
        """Whether its curves are exactly where those of another run are: one of them would not be seen."""
        return all(np.array_equal(*pair, equal_nan=True) for pair in zip(self._drawn, other._drawn, strict=True))

    @property
    def _drawn(self) -> tuple[Array, ...]:
        loss, accuracy = self.series.loss, self.series.accuracy
        return self.x, self.epoch_x, loss.raw, loss.validation, accuracy.raw, accuracy.validation

    def x_of(self, step: int) -> float:
        """Where a step stands on the axis; step 0 before the first one."""
        if not self.x.size:
            return float(step)
        return float(np.interp(step, self.series.steps, self.x)) if step > 0 else 0.0

    def extent(self) -> tuple[float, float] | None:
        """The first and the last place there is; None without any."""
        parts = [part for part in (self.x, self.epoch_x) if part.size]
        return (min(float(part[0]) for part in parts), max(float(part[-1]) for part in parts)) if parts else None

    def reading(self, place: float) -> RunReadout | None:
        """The numbers at `place`; None where the run has not come so far, or has none."""
        extent = self.extent()
        if extent is None or not extent[0] <= place <= extent[1] or not self.x.size:
            return None
        metrics = (self.series.loss, self.series.accuracy)
        at = min(int(np.searchsorted(self.x, place)), self.x.size - 1)
        if at > 0 and place - self.x[at - 1] < self.x[at] - place:
            at -= 1
        epoch = int(np.searchsorted(self.epoch_x, place + 1e-9, "right")) - 1
        validation = {
            metric.name: float(metric.validation[epoch]) if epoch >= 0 else float("nan") for metric in metrics
        }
        smoothed = {metric.name: float(metric.smoothed[at]) for metric in metrics}
        return RunReadout(int(self.series.steps[at]), smoothed, validation)


def find_equal(runs: Sequence[RunSeries]) -> None:
    """Note which runs lie exactly on an earlier one, and how many lie on that."""
    for place, run in enumerate(runs):
        first = next((each for each in runs[:place] if each.same_as is None and run.lies_on(each)), None)
        run.under, run.same_as = 0, first.place if first is not None else None
        for below in runs[:place]:  # each later one is drawn over all before it
            below.under += first is not None and first.place in (below.place, below.same_as)
