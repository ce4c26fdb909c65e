"""A run read from its folder, also while another process is still writing it."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from cnnviewer.core.errors import UserError
from cnnviewer.core.runs.format import metrics_file
from cnnviewer.core.runs.format.file_names import NOTES_FILE, RUN_FILE
from cnnviewer.core.runs.format.info import RunInfo, read_info
from cnnviewer.core.runs.format.lock import is_written
from cnnviewer.core.runs.format.notes import Notes, read_notes
from cnnviewer.core.runs.format.snapshot_steps import kept_steps
from cnnviewer.core.runs.read.history import read_checkpoint, read_end, read_snapshot
from cnnviewer.core.training.checkpoint import Checkpoint
from cnnviewer.core.training.metric_log import EPOCH_COLUMNS, STEP_COLUMNS, MetricLog


@dataclass(frozen=True)
class _Position:
    """How far a run was read: the state of its files, bytes read of each table, and rows known."""

    stamps: tuple[tuple[int, int], tuple[int, int] | None]
    steps_end: int = 0
    epochs_end: int = 0
    steps: int = 0
    epochs: int = 0


@dataclass(frozen=True, eq=False)
class OpenedRun:
    """A frozen view of a run folder as it was read: any thread may use it.

    `refreshed` returns a newer view. The presenter that shows a run owns the newest: `OpenRunPresenter` the one on the
    screen (in `Session.run`), `ComparisonPresenter` those it compares. Only the owner refreshes, one call at a time,
    because new rows are appended to `log`, which all views share.

    Attributes:
        folder: where it is.
        info: its description.
        notes: the user's notes.
        log: its metrics; it grows, and its rows never change. A new object when the run was rewound.
        snapshots: the steps that have a snapshot, ascending.

    """

    folder: Path
    info: RunInfo
    notes: Notes
    log: MetricLog
    snapshots: tuple[int, ...]
    _position: _Position
    _reads_log: bool
    _identity: object  # the same in all views from one `read`

    @classmethod
    def read(cls, folder: str | os.PathLike[str], log: MetricLog | None = None) -> OpenedRun:
        """Read a run from its folder.

        Args:
            folder: of the run.
            log: of the training under way in this process, which is used instead of the files.

        Raises:
            UserError: it is no run, or damaged.
        """
        folder = Path(folder)
        read_info(folder)  # raises a specific error for a folder that is no run
        position = _Position(_stamps_of(folder))
        info, notes, snapshots = read_info(folder), read_notes(folder), tuple(kept_steps(folder))
        own = MetricLog() if log is None else log
        if log is None:
            own, position = _reloaded(folder, own, position)
        return cls(folder, info, notes, own, snapshots, position, log is None, object())

    def refreshed(self) -> OpenedRun:
        """The run with what was written since; `self` where nothing was.

        Raises:
            UserError: the folder is gone or its description damaged; what is known stays.
        """
        stamps, known = _stamps_of(self.folder), self._position
        described, noted = stamps[0] != known.stamps[0], stamps[1] != known.stamps[1]
        info = read_info(self.folder) if described else self.info
        notes = read_notes(self.folder) if noted else self.notes
        log, position = self.log, replace(known, stamps=stamps)
        if self._reads_log:
            strange = (known.steps, known.epochs) != (log.step_count, log.epoch_count)  # an earlier refresh failed
            # resuming rewrites the description before later rows are removed, and again afterwards
            if described or strange or _is_shorter(self.folder, known):
                log, position = _reloaded(self.folder, log, position)
            else:
                position = _read_on(self.folder, log, position)
                if _stamps_of(self.folder)[0] != stamps[0]:  # resumed during this refresh: the rows may have changed
                    log, position = _reloaded(self.folder, log, position)
        snapshots = tuple(kept_steps(self.folder))
        if (position, snapshots) == (known, self.snapshots) and log is self.log:
            return self
        return replace(self, info=info, notes=notes, log=log, snapshots=snapshots, _position=position)

    def is_same(self, other: OpenedRun) -> bool:
        """Whether both views come from the same `read`, however often refreshed since."""
        return self._identity is other._identity

    @property
    def written_now(self) -> bool:
        """Whether a process is training it now."""
        return self.info.status == "running" and is_written(self.folder)

    @property
    def interrupted(self) -> bool:
        """Whether the training ended unexpectedly, so that it can be resumed."""
        return self.info.status == "running" and not is_written(self.folder)

    @property
    def best_step(self) -> int | None:
        """The end of the epoch with the highest validation accuracy, the first of equals; None before any."""
        best = self.log.best_epochs()
        return int(self.log.epochs("step")[best[0]]) if best else None

    def nearest_snapshot(self, step: int) -> int | None:
        """The step of the snapshot nearest to `step`; None without any."""
        return min(self.snapshots, key=lambda kept: abs(kept - step)) if self.snapshots else None

    def snapshot_steps(self) -> list[int]:
        """The steps that have a snapshot on disk now, whether in `snapshots` or not."""
        return kept_steps(self.folder)

    def snapshot(self, step: int) -> Checkpoint:
        """The training as it was after `step`.

        Raises:
            UserError: there is no such snapshot, or it is damaged.
        """
        return read_snapshot(self.folder, step, self.info)

    def end(self) -> Checkpoint:
        """The newest weights: the checkpoint, or the final weights where that is missing or damaged.

        Raises:
            UserError: neither can be read.
        """
        return read_end(self.folder, self.info)

    def checkpoint(self) -> Checkpoint:
        """The run's checkpoint.

        Raises:
            UserError: that file is missing or damaged.
        """
        return read_checkpoint(self.folder, self.info)


def _reloaded(folder: Path, log: MetricLog, position: _Position) -> tuple[MetricLog, _Position]:
    """Read every row; append to `log` where they continue its rows, else to a new log."""
    steps, steps_end = metrics_file.read_steps(folder)
    epochs, epochs_end = metrics_file.read_epochs(folder)
    known, known_epochs = log.step_rows(), log.epoch_rows()
    if not (_begins_with(steps, known) and _begins_with(epochs, known_epochs)):
        log, known, known_epochs = MetricLog(), known[:0], known_epochs[:0]
    log.extend_steps(steps[len(known) :])
    log.extend_epochs(epochs[len(known_epochs) :])
    return log, _Position(position.stamps, steps_end, epochs_end, log.step_count, log.epoch_count)


def _read_on(folder: Path, log: MetricLog, position: _Position) -> _Position:
    """Append the rows after those already known."""
    steps, steps_end = metrics_file.read_lines(
        folder / metrics_file.STEPS_FILE, position.steps_end, len(STEP_COLUMNS), log.step_count + 1
    )
    log.extend_steps(steps)
    epochs, epochs_end = metrics_file.read_lines(
        folder / metrics_file.EPOCHS_FILE, position.epochs_end, len(EPOCH_COLUMNS), log.epoch_count + 1
    )
    log.extend_epochs(epochs)
    return _Position(position.stamps, steps_end, epochs_end, log.step_count, log.epoch_count)


def _is_shorter(folder: Path, known: _Position) -> bool:
    """Whether a file has lost rows already known."""
    try:
        steps = (folder / metrics_file.STEPS_FILE).stat().st_size
        epochs = (folder / metrics_file.EPOCHS_FILE).stat().st_size
    except OSError:
        return False
    return steps < known.steps_end or epochs < known.epochs_end


def _stamps_of(folder: Path) -> tuple[tuple[int, int], tuple[int, int] | None]:
    """A value that changes when the description or the notes are rewritten.

    Raises:
        UserError: the folder is gone.
    """
    try:
        about = (folder / RUN_FILE).stat()
    except OSError as error:
        raise UserError("The run {folder} is no longer there.", folder=folder.name) from error
    try:
        notes = (folder / NOTES_FILE).stat()
    except OSError:
        return (about.st_mtime_ns, about.st_ino), None
    return (about.st_mtime_ns, about.st_ino), (notes.st_mtime_ns, notes.st_ino)


def _begins_with(rows: metrics_file.Rows, known: metrics_file.Rows) -> bool:
    return len(rows) >= len(known) and np.array_equal(rows[: len(known)], known, equal_nan=True)
