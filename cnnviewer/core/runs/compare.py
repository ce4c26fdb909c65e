"""Runs, or moments of runs, side by side: what differs, where curves stand, on what they disagree. Free of torch."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Final, Literal

import numpy as np
import numpy.typing as npt

from cnnviewer.core.inspection.records import Kernels
from cnnviewer.core.runs.info import Notes, RunInfo
from cnnviewer.core.runs.summary import State
from cnnviewer.core.training.config import TrainConfig
from cnnviewer.core.training.metric_log import MetricLog

MOST: Final = 6
"""Columns that can still be told apart."""
Alignment = Literal["step", "epoch", "seconds"]
Moment = Literal["last", "best"] | int
"""The newest state of a run, the one with the highest validation accuracy, or that after a kept step."""
_SHORT: Final = {
    "dataset": "{}",
    "learning_rate": "lr {:g}",
    "momentum": "m {:g}",
    "batch_size": "batch {:,}",
    "seed": "seed {}",
    "epochs": "{:,} ep.",
    "weight_decay": "wd {:g}",
    "dropout": "dropout {}",
    "augmentation": "{}",
    "schedule": "{}",
}
_MOST_WORDS: Final = 3
Column = npt.NDArray[np.float64]
Indices = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Compared:
    """A run at one of its moments: a column of a comparison.

    Attributes:
        number: tells the columns apart, also two of the same run; never used twice.
        folder: of the run.
        state: how it stands with its training.
        log: its numbers, which may still grow.
        moments: the steps that can be chosen, ascending.
        best: the step with the highest validation accuracy; None before any.
        moment: which one was chosen.
        step: of the weights that are compared, None while they are being read or cannot be.
        title: a short name that tells the run from the others, see `titles`.

    """

    number: int
    folder: Path
    info: RunInfo
    notes: Notes = field(default_factory=Notes)
    state: State = "finished"
    log: MetricLog = field(default_factory=MetricLog, compare=False)
    moments: tuple[int, ...] = ()
    best: int | None = None
    moment: Moment = "last"
    step: int | None = None
    title: str = ""

    @property
    def steps_per_epoch(self) -> int | None:
        """Batches in an epoch; None before the run has begun."""
        return self.info.counts.get("steps_per_epoch") or None


@dataclass(frozen=True)
class Row:
    """One quantity of all columns; `None` where a column has none. `about` is `configuration` or `outcome`."""

    about: Literal["configuration", "outcome"]
    name: str
    values: tuple[object, ...]

    @property
    def differs(self) -> bool:
        """Whether two columns differ in it."""
        return any(value != self.values[0] for value in self.values[1:])


def configuration(columns: Sequence[Compared]) -> tuple[Row, ...]:
    """Every field of `TrainConfig`, the images (by fingerprint), where a run branched off, and what it ran on."""
    rows = [
        Row("configuration", item.name, tuple(getattr(column.info.config, item.name) for column in columns))
        for item in fields(TrainConfig)
    ]
    more: tuple[tuple[str, Callable[[RunInfo], object]], ...] = (
        ("images", lambda info: info.fingerprint[:8] or None),
        ("parent", lambda info: f"{info.parent.run} ({info.parent.step:,})" if info.parent else None),
        ("sweep", lambda info: info.sweep or None),
        ("torch", lambda info: info.versions.get("torch")),
        ("system", lambda info: info.versions.get("system")),
    )
    rows += [Row("configuration", name, tuple(read(column.info) for column in columns)) for name, read in more]
    return tuple(rows)


def outcome(columns: Sequence[Compared]) -> tuple[Row, ...]:
    """How each run stands: accuracies 0..1, losses, seconds of training, and the moment that is compared."""
    readers: tuple[tuple[str, Callable[[Compared], object]], ...] = (
        ("state", lambda column: column.state),
        ("compared_step", lambda column: column.step),
        ("steps_done", lambda column: column.log.step_count),
        ("epochs_done", lambda column: column.log.epoch_count),
        ("best_step", lambda column: column.best),
        ("best_validation_accuracy", lambda column: _best(column.log)),
        ("validation_accuracy", lambda column: _last(column.log, "validation_accuracy")),
        ("validation_loss", lambda column: _last(column.log, "validation_loss")),
        ("train_accuracy", lambda column: _last(column.log, "train_accuracy")),
        ("train_loss", lambda column: _last(column.log, "train_loss")),
        ("test_accuracy", lambda column: _result(column.info, "accuracy")),
        ("test_loss", lambda column: _result(column.info, "loss")),
        ("seconds", lambda column: _seconds(column.log)),
    )
    return tuple(Row("outcome", name, tuple(read(column) for column in columns)) for name, read in readers)


def titles(runs: Sequence[tuple[RunInfo, Notes]]) -> tuple[str, ...]:
    """Short names: a person's own, else what sets the run apart from the others, such as `lr 0.1`, else the model.

    Where two would be called alike, the time at which they began is added.
    """
    configs = [info.config for info, _ in runs]
    apart = [name for name in _SHORT if len({getattr(config, name) for config in configs}) > 1]
    made = []
    for info, notes in runs:
        kind, _, path = info.config.model.partition(":")
        model = kind if not path or kind == "design" else path.replace("::", "/").rpartition("/")[2]
        words = [_SHORT[name].format(getattr(info.config, name)) for name in apart[:_MOST_WORDS]]
        named = len({config.model for config in configs}) > 1 or not words
        made.append(notes.name or " · ".join([model] * named + words))
    ids = {name: {info.id for (info, _), other in zip(runs, made, strict=True) if other == name} for name in made}
    return tuple(
        f"{name} · {info.created[11:19]}" if len(ids[name]) > 1 else name
        for (info, _), name in zip(runs, made, strict=True)
    )


def differences(columns: Sequence[Compared]) -> tuple[Row, ...]:
    """The fields of the configuration in which two columns differ."""
    return tuple(row for row in configuration(columns) if row.differs)


def comparison_csv(columns: Sequence[Compared]) -> bytes:
    """Configuration and outcome as a table, a row a column of the comparison: `pandas.read_csv` reads it; UTF-8."""
    rows = (*configuration(columns), *outcome(columns))
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("run", "title", *(row.name for row in rows)))
    for place, column in enumerate(columns):
        writer.writerow((column.info.id, column.title, *(_cell(row.values[place]) for row in rows)))
    return text.getvalue().encode("utf-8")


def positions(log: MetricLog, by: Alignment, steps_per_epoch: float | None) -> tuple[Column, Column]:
    """Where every step and every epoch of a run stands on a common axis, both ascending.

    Args:
        log: the run's numbers.
        by: the step itself, epochs (a part of one is a fraction), or seconds of training.
        steps_per_epoch: batches in an epoch; where it is not known steps are counted instead.

    """
    steps, epochs = log.step_count, log.epoch_count
    if by == "seconds":
        # a run that was gone on with may repeat an instant; it never goes back
        return (
            np.maximum.accumulate(log.steps("seconds")[:steps]),
            np.maximum.accumulate(log.epochs("seconds")[:epochs]),
        )
    step_column, epoch_column = log.steps("step")[:steps], log.epochs("step")[:epochs]
    if by == "epoch" and steps_per_epoch:
        return step_column / steps_per_epoch, epoch_column / steps_per_epoch
    return step_column, epoch_column


def kernel_difference(kernels: Kernels, base: Kernels) -> Kernels | None:
    """What was added to `base` to get `kernels`, weight by weight; None where their shapes do not agree."""
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


@dataclass(frozen=True)
class Verdicts:
    """What several states read on every image of a test set.

    Attributes:
        numbers: of the columns, one a row of `predicted`.
        predicted: classes, int64 `(columns, N)`.
        chances: the probability of each, float32 `(columns, N)`.
        labels: int64 `(N,)`.
        classes: their names.

    """

    numbers: tuple[int, ...]
    predicted: Indices
    chances: npt.NDArray[np.float32]
    labels: Indices
    classes: tuple[str, ...]

    @property
    def right(self) -> npt.NDArray[np.bool_]:
        """Whether each reads the label, `(columns, N)`."""
        return np.equal(self.predicted, self.labels[None])

    def disagreed(self) -> Indices:
        """The images that are not read alike by all, ascending."""
        if len(self.predicted) < 2:
            return np.zeros(0, np.int64)
        return np.flatnonzero((self.predicted != self.predicted[0]).any(axis=0))

    def only_right(self, number: int) -> Indices:
        """The images that this column alone reads rightly."""
        right = self.right
        return np.flatnonzero(right[self.numbers.index(number)] & (right.sum(axis=0) == 1) & (len(self.numbers) > 1))

    def only_wrong(self, number: int) -> Indices:
        """The images that this column alone misreads."""
        wrong = ~self.right
        return np.flatnonzero(wrong[self.numbers.index(number)] & (wrong.sum(axis=0) == 1) & (len(self.numbers) > 1))

    def none_right(self) -> Indices:
        """The images that are not read alike, and by none rightly."""
        disagreed = self.disagreed()
        return disagreed[~self.right[:, disagreed].any(axis=0)]

    def accuracy(self, number: int) -> float:
        """Share of the images that a column reads rightly."""
        return float(self.right[self.numbers.index(number)].mean())


def _best(log: MetricLog) -> float | None:
    accuracies = log.epochs("validation_accuracy")
    return float(accuracies.max()) if accuracies.size else None


def _last(log: MetricLog, name: str) -> float | None:
    values = log.epochs(name)
    return float(values[-1]) if values.size else None


def _seconds(log: MetricLog) -> float | None:
    values = log.steps("seconds")
    return float(values[-1]) if values.size else None


def _result(info: RunInfo, name: str) -> float | None:
    return float(info.result[name]) if info.result is not None else None


def _cell(value: object) -> str:
    if value is None:
        return ""
    return repr(value) if isinstance(value, float) else str(value)
