"""A run read from its folder, also while another process is still writing it."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np

from cnnviewer.core.errors import UserError
from cnnviewer.core.runs import metrics_file
from cnnviewer.core.runs.history import read_checkpoint, read_moment
from cnnviewer.core.runs.info import NOTES_FILE, RUN_FILE, Notes, RunInfo, read_info, read_notes
from cnnviewer.core.runs.lock import is_written
from cnnviewer.core.runs.moments import kept_steps
from cnnviewer.core.training.checkpoint import Checkpoint
from cnnviewer.core.training.metric_log import EPOCH_COLUMNS, STEP_COLUMNS, MetricLog


class OpenedRun:
    """One run's folder as its reader knows it; `refresh` takes in what has come since. One thread refreshes at a time.

    Attributes:
        folder: where it is.
        info: its description.
        notes: a person's words.
        log: its numbers. Another object when the run was rewound, for its rows are others then.
        moments: the steps whose moments are kept, ascending.

    Args:
        folder: of the run.
        log: of the training under way in this process, which is used instead of the files.

    Raises:
        UserError: it is no run, or damaged.
    """

    def __init__(self, folder: str | os.PathLike[str], log: MetricLog | None = None) -> None:
        self.folder = Path(folder)
        read_info(self.folder)  # has a sentence of its own for what is no run
        self._stamps = self._look()
        self.info: RunInfo = read_info(self.folder)
        self.notes: Notes = read_notes(self.folder)
        self.log = MetricLog() if log is None else log
        self._reads_log = log is None
        self._steps_end = self._epochs_end = 0
        self.moments: list[int] = kept_steps(self.folder)
        if self._reads_log:
            self._reload()

    def refresh(self) -> bool:
        """Take in what was written since the last call; whether there was anything.

        Raises:
            UserError: the folder is gone or its description damaged; what is known stays.
        """
        stamps = self._look()
        described, noted = stamps[0] != self._stamps[0], stamps[1] != self._stamps[1]
        if described:
            self.info = read_info(self.folder)
        if noted:
            self.notes = read_notes(self.folder)
        self._stamps = stamps
        before = (self.log, self.log.step_count, self.log.epoch_count)
        if self._reads_log:
            # a run that is gone on with is described anew before its later rows go, and again after that
            if described or self._is_shorter():
                self._reload()
            else:
                self._read_on()
                if self._look()[0] != stamps[0]:  # gone on with at this very moment: the rows may be others
                    self._reload()
        moments = kept_steps(self.folder)
        grown = moments != self.moments or before != (self.log, self.log.step_count, self.log.epoch_count)
        self.moments = moments
        return described or noted or grown

    @property
    def written_now(self) -> bool:
        """Whether a process is training it at the moment."""
        return self.info.status == "running" and is_written(self.folder)

    @property
    def interrupted(self) -> bool:
        """Whether it ended without having been stopped: it can be gone on with where it was."""
        return self.info.status == "running" and not is_written(self.folder)

    @property
    def best_step(self) -> int | None:
        """The end of the epoch with the highest validation accuracy, the first of equals; None before any."""
        accuracies = self.log.epochs("validation_accuracy")
        return int(self.log.epochs("step")[accuracies.argmax()]) if accuracies.size else None

    def nearest_moment(self, step: int) -> int | None:
        """The kept moment nearest to `step`; None without any."""
        return min(self.moments, key=lambda kept: abs(kept - step)) if self.moments else None

    def moment_steps(self) -> list[int]:
        """The steps whose moments are kept at this instant, whether `refresh` has seen them or not; from any thread."""
        return kept_steps(self.folder)

    def moment(self, step: int) -> Checkpoint:
        """The training as it was after `step`.

        Raises:
            UserError: that moment is not kept, or damaged.
        """
        return read_moment(self.folder, step, self.info)

    def checkpoint(self) -> Checkpoint:
        """Where it was left.

        Raises:
            UserError: that file is missing or damaged.
        """
        return read_checkpoint(self.folder, self.info)

    def _reload(self) -> None:
        """Read every row; go on with the log at hand where they only go on with its rows."""
        steps, self._steps_end = metrics_file.read_steps(self.folder)
        epochs, self._epochs_end = metrics_file.read_epochs(self.folder)
        log = self.log
        known, known_epochs = log.step_rows(), log.epoch_rows()
        if not (_begins_with(steps, known) and _begins_with(epochs, known_epochs)):
            log, known, known_epochs = MetricLog(), known[:0], known_epochs[:0]
        log.extend_steps(steps[len(known) :])
        log.extend_epochs(epochs[len(known_epochs) :])
        self.log = log

    def _read_on(self) -> None:
        steps, self._steps_end = metrics_file.read_lines(
            self.folder / metrics_file.STEPS_FILE, self._steps_end, len(STEP_COLUMNS), self.log.step_count + 1
        )
        self.log.extend_steps(steps)
        epochs, self._epochs_end = metrics_file.read_lines(
            self.folder / metrics_file.EPOCHS_FILE, self._epochs_end, len(EPOCH_COLUMNS), self.log.epoch_count + 1
        )
        self.log.extend_epochs(epochs)

    def _is_shorter(self) -> bool:
        """Whether a file lost rows that are known."""
        try:
            steps = (self.folder / metrics_file.STEPS_FILE).stat().st_size
            epochs = (self.folder / metrics_file.EPOCHS_FILE).stat().st_size
        except OSError:
            return False
        return steps < self._steps_end or epochs < self._epochs_end

    def _look(self) -> tuple[tuple[int, int], tuple[int, int] | None]:
        """Changes when the description, or the notes, are written again."""
        try:
            about = (self.folder / RUN_FILE).stat()
        except OSError as error:
            raise UserError("The run {folder} is no longer there.", folder=self.folder.name) from error
        try:
            notes = (self.folder / NOTES_FILE).stat()
        except OSError:
            return (about.st_mtime_ns, about.st_ino), None
        return (about.st_mtime_ns, about.st_ino), (notes.st_mtime_ns, notes.st_ino)


def _begins_with(rows: metrics_file.Rows, known: metrics_file.Rows) -> bool:
    return len(rows) >= len(known) and np.array_equal(rows[: len(known)], known, equal_nan=True)
