"""Runs, or snapshots of runs, side by side: what differs, where curves stand. Free of torch."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Final, Literal

import numpy as np
import numpy.typing as npt

from cnnviewer.core.export.csv_table import csv_bytes
from cnnviewer.core.inspection.records import Kernels
from cnnviewer.core.runs.compare.live_setting import live_setting
from cnnviewer.core.runs.format.info import RunInfo
from cnnviewer.core.runs.format.notes import Notes
from cnnviewer.core.runs.read.summary import ShownState
from cnnviewer.core.training.config import TrainConfig
from cnnviewer.core.training.metric_log import MetricLog

MOST: Final = 6
"""Largest number of columns that stay distinguishable."""
Alignment = Literal["step", "epoch", "seconds"]
SnapshotChoice = Literal["last", "best"] | int
"""The newest state of a run, the one with the highest validation accuracy, or that after a kept step."""
Column = npt.NDArray[np.float64]


@dataclass(frozen=True)
class ComparedRun:
    """A run at one of its snapshots: a column of a comparison.

    Attributes:
        number: identifies the column, also among two of the same run; never reused.
        folder: of the run.
        state: state of its training.
        log: its metrics, which may still grow.
        snapshots: the steps with a snapshot, ascending.
        best: the step with the highest validation accuracy; None before any.
        snapshot: the chosen snapshot.
        step: of the compared weights; None while they are being read or cannot be read.
        title: a short name that distinguishes the run.
        titles: of its model and its data set as the user sees them, by `model` and `dataset`; else the keys are shown.
        parent_title: the name of the run that it branched off; empty where it did not, or that run is gone.

    """

    number: int
    folder: Path
    info: RunInfo
    notes: Notes = field(default_factory=Notes)
    state: ShownState = "finished"
    log: MetricLog = field(default_factory=MetricLog, compare=False)
    snapshots: tuple[int, ...] = ()
    best: int | None = None
    snapshot: SnapshotChoice = "last"
    step: int | None = None
    title: str = ""
    parent_title: str = ""
    titles: Mapping[str, str] = field(default_factory=dict)

    @property
    def steps_per_epoch(self) -> int | None:
        """Batches in an epoch; None before the run has begun."""
        return self.info.counts.get("steps_per_epoch") or None


@dataclass(frozen=True)
class BranchPoint:
    """Where a run branched off: of the other run the id and the name that the user sees, and the step."""

    run: str
    title: str
    step: int

    def __str__(self) -> str:
        """For a table that is read elsewhere: by the id, which stays."""
        return f"{self.run} ({self.step:,})"


@dataclass(frozen=True)
class Titled:
    """A registry key with the title that the user sees."""

    key: str
    title: str

    def __str__(self) -> str:
        """For a table that is read elsewhere: the key, which stays."""
        return self.key


@dataclass(frozen=True)
class ComparisonRow:
    """One quantity of all columns; `None` where a column has none. `about` is `configuration` or `outcome`."""

    about: Literal["configuration", "outcome"]
    name: str
    values: tuple[object, ...]

    @property
    def differs(self) -> bool:
        """Whether two columns differ in it."""
        return any(value != self.values[0] for value in self.values[1:])


def configuration(columns: Sequence[ComparedRun]) -> tuple[ComparisonRow, ...]:
    """Every field of `TrainConfig`, the images (by fingerprint), where a run began, and what it ran on.

    A run may have branched off another run, or begun with weights in place of random ones.

    A learning rate or momentum that was changed during the training is a `LiveSetting`.
    """
    rows = [
        ComparisonRow("configuration", item.name, tuple(_setting(column, item.name) for column in columns))
        for item in fields(TrainConfig)
    ]
    more: tuple[tuple[str, Callable[[ComparedRun], object]], ...] = (
        ("images", lambda column: column.info.fingerprint[:8] or None),
        ("parent", _branch_point),
        ("start", _start_point),
        ("sweep", lambda column: column.info.sweep or None),
        ("torch", lambda column: column.info.versions.get("torch")),
        ("system", lambda column: column.info.versions.get("system")),
    )
    rows += [ComparisonRow("configuration", name, tuple(map(read, columns))) for name, read in more]
    return tuple(rows)


def _setting(column: ComparedRun, name: str) -> object:
    value = live_setting(column.info, column.log, name)
    return Titled(str(value), column.titles[name]) if name in column.titles else value


def _branch_point(column: ComparedRun) -> BranchPoint | None:
    parent = column.info.parent
    return None if parent is None else BranchPoint(parent.run, column.parent_title or parent.run, parent.step)


def _start_point(column: ComparedRun) -> BranchPoint | Titled | None:
    """The weights that it began with, in place of random ones; their step where that is known."""
    start = column.info.start
    if start is None:
        return None
    return BranchPoint(start.name, start.name, start.step) if start.step else Titled(start.name, start.name)


def outcome(columns: Sequence[ComparedRun]) -> tuple[ComparisonRow, ...]:
    """The results of each run: accuracies 0..1, losses, seconds of training, and the compared snapshot."""
    readers: tuple[tuple[str, Callable[[ComparedRun], object]], ...] = (
        ("state", lambda column: column.state),
        ("compared_step", lambda column: column.step),
        ("steps_done", lambda column: column.log.step_count),
        ("epochs_done", lambda column: column.log.epoch_count),
        ("best_step", lambda column: _best_steps(column.log)),
        ("best_validation_accuracy", lambda column: _best(column.log)),
        ("validation_accuracy", lambda column: _last(column.log, "validation_accuracy")),
        ("validation_loss", lambda column: _last(column.log, "validation_loss")),
        ("train_accuracy", lambda column: _last(column.log, "train_accuracy")),
        ("train_loss", lambda column: _last(column.log, "train_loss")),
        ("test_accuracy", lambda column: _result(column.info, "accuracy")),
        ("test_loss", lambda column: _result(column.info, "loss")),
        ("seconds", lambda column: _seconds(column.log)),
    )
    return tuple(ComparisonRow("outcome", name, tuple(read(column) for column in columns)) for name, read in readers)


def differences(columns: Sequence[ComparedRun]) -> tuple[ComparisonRow, ...]:
    """The fields of the configuration in which two columns differ."""
    return tuple(row for row in configuration(columns) if row.differs)


def comparison_csv(columns: Sequence[ComparedRun]) -> bytes:
    """Configuration and outcome as a table, a row per column of the comparison; see `csv_bytes`."""
    rows = (*configuration(columns), *outcome(columns))
    return csv_bytes(
        ("run", "title", *(row.name for row in rows)),
        ((column.info.id, column.title, *(row.values[place] for row in rows)) for place, column in enumerate(columns)),
    )


def positions(log: MetricLog, by: Alignment, steps_per_epoch: float | None) -> tuple[Column, Column]:
    """Positions of every step and every epoch of a run on a common axis, both ascending.

    Args:
        log: the run's metrics.
        by: the step itself, epochs (a part of one is a fraction), or seconds of training.
        steps_per_epoch: batches in an epoch; where it is not known steps are counted instead.

    """
    steps, epochs = log.step_count, log.epoch_count
    if by == "seconds":
        # a resumed run may repeat a time; it never goes back
        return (
            np.maximum.accumulate(log.steps("seconds")[:steps]),
            np.maximum.accumulate(log.epochs("seconds")[:epochs]),
        )
    step_column, epoch_column = log.steps("step")[:steps], log.epochs("step")[:epochs]
    if by == "epoch" and steps_per_epoch:
        return step_column / steps_per_epoch, epoch_column / steps_per_epoch
    return step_column, epoch_column


def kernel_difference(kernels: Kernels, base: Kernels) -> Kernels | None:
    """`kernels - base`, weight by weight; None where their shapes differ."""
    if kernels.weight.shape != base.weight.shape:
        return None
    weight = kernels.weight - base.weight
    bias = None
    if kernels.bias is not None and base.bias is not None:
        bias = kernels.bias - base.bias
    for array in (weight, bias):
        if array is not None:
            array.flags.writeable = False
    return Kernels(kernels.layer, weight, bias)


def _best(log: MetricLog) -> float | None:
    best = log.best_epochs()
    return float(log.epochs("validation_accuracy")[best[0]]) if best else None


def _best_steps(log: MetricLog) -> int | tuple[int, ...] | None:
    """The end of the best epoch, those of all where several are equally good."""
    steps = tuple(int(log.epochs("step")[row]) for row in log.best_epochs())
    return steps if len(steps) > 1 else steps[0] if steps else None


def _last(log: MetricLog, name: str) -> float | None:
    values = log.epochs(name)
    return float(values[-1]) if values.size else None


def _seconds(log: MetricLog) -> float | None:
    ends = [float(values[-1]) for values in (log.steps("seconds"), log.epochs("seconds")) if values.size]
    return max(ends) if ends else None  # an epoch ends with its validation, after its last step


def _result(info: RunInfo, name: str) -> float | None:
    return float(info.result[name]) if info.result is not None else None
