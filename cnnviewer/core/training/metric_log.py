"""The numbers of a training as they come: one writer appends, any thread reads without a lock."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from cnnviewer.core.training.events import EpochDone, StepDone

Column = npt.NDArray[np.float64]

STEP_COLUMNS: Final = ("step", "epoch", "batch", "loss", "accuracy", "learning_rate", "momentum", "seconds")
EPOCH_COLUMNS: Final = (
    "epoch",
    "step",
    "train_loss",
    "train_accuracy",
    "validation_loss",
    "validation_accuracy",
    "seconds",
)


class _Table:
    """Columns of float64 that grow by doubling; rows below `length` never change again."""

    def __init__(self, columns: tuple[str, ...]) -> None:
        self.columns = columns
        self.length = 0
        self._values = np.empty((len(columns), 1024))

    def append(self, row: tuple[float, ...]) -> None:
        n = self.length
        if n == self._values.shape[1]:
            grown = np.empty((len(self.columns), 2 * n))
            grown[:, :n] = self._values
            self._values = grown
        self._values[:, n] = row
        self.length = n + 1  # last: a reader that sees the new length sees the whole row

    def extend(self, rows: npt.NDArray[np.float64]) -> None:
        n, more = self.length, len(rows)
        if n + more > self._values.shape[1]:
            grown = np.empty((len(self.columns), max(n + more, 2 * n)))
            grown[:, :n] = self._values[:, :n]
            self._values = grown
        self._values[:, n : n + more] = rows.T
        self.length = n + more

    def rows(self, start: int) -> npt.NDArray[np.float64]:
        n = self.length
        view = self._values[:, start:n].T
        view.flags.writeable = False
        return view

    def column(self, name: str, start: int = 0) -> Column:
        n = self.length  # before the array: a longer array holds every row of a shorter one
        view = self._values[self.columns.index(name), start:n]
        view.flags.writeable = False
        return view


class MetricLog:
    """Every step's and every epoch's numbers of one training.

    Owner: the training thread appends; the window and the exports read columns, which are read-only views of the
    rows complete at the call. Accuracies are 0..1; `seconds` since the start.
    """

    def __init__(self) -> None:
        self._steps = _Table(STEP_COLUMNS)
        self._epochs = _Table(EPOCH_COLUMNS)

    @property
    def step_count(self) -> int:
        """How many steps are complete."""
        return self._steps.length

    @property
    def epoch_count(self) -> int:
        """How many epochs are complete."""
        return self._epochs.length

    def add_step(self, event: StepDone) -> None:
        """Append one step."""
        self._steps.append(
            (
                event.step,
                event.epoch,
                event.batch,
                event.loss,
                event.correct / event.count,
                event.learning_rate,
                event.momentum,
                event.seconds,
            )
        )

    def add_epoch(self, event: EpochDone) -> None:
        """Append one epoch."""
        self._epochs.append(
            (
                event.epoch,
                event.step,
                event.train_loss,
                event.train_accuracy,
                event.validation_loss,
                event.validation_accuracy,
                event.seconds,
            )
        )

    def extend_steps(self, rows: npt.NDArray[np.float64]) -> None:
        """Append many steps at once: `(N, 8)`, in the order of `STEP_COLUMNS`."""
        self._steps.extend(rows)

    def extend_epochs(self, rows: npt.NDArray[np.float64]) -> None:
        """Append many epochs at once: `(N, 7)`, in the order of `EPOCH_COLUMNS`."""
        self._epochs.extend(rows)

    def step_rows(self, start: int = 0) -> npt.NDArray[np.float64]:
        """The steps from row `start` on, `(N, 8)`, read-only."""
        return self._steps.rows(start)

    def epoch_rows(self, start: int = 0) -> npt.NDArray[np.float64]:
        """The epochs from row `start` on, `(N, 7)`, read-only."""
        return self._epochs.rows(start)

    def best_epochs(self) -> list[int]:
        """The rows of the epochs with the highest validation accuracy, ascending: several where they are equally good.

        A network whose validation loss is not finite has no accuracy to speak of.
        """
        count = self.epoch_count
        accuracies = self.epochs("validation_accuracy")[:count]
        accuracies = np.where(np.isfinite(self.epochs("validation_loss")[:count]), accuracies, -1.0)
        best = float(accuracies.max(initial=-1.0))
        return np.flatnonzero(accuracies == best).tolist() if best >= 0 else []

    def steps(self, column: str, start: int = 0) -> Column:
        """The steps' `column` from row `start` on, see `STEP_COLUMNS`; ValueError for an unknown name."""
        return self._steps.column(column, start)

    def epochs(self, column: str, start: int = 0) -> Column:
        """The epochs' `column` from row `start` on, see `EPOCH_COLUMNS`; ValueError for an unknown name."""
        return self._epochs.column(column, start)
