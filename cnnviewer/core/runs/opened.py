"""A run read from its folder, also while another process is still writing it."""

from __future__ import annotations

import os
from pathlib import Path

from cnnviewer.core.errors import UserError
from cnnviewer.core.runs import metrics_file
from cnnviewer.core.runs.info import RUN_FILE, Notes, RunInfo, read_info, read_notes
from cnnviewer.core.runs.lock import is_written
from cnnviewer.core.runs.moments import kept_steps
from cnnviewer.core.runs.start import read_checkpoint, read_moment
from cnnviewer.core.training.checkpoint import Checkpoint
from cnnviewer.core.training.metric_log import EPOCH_COLUMNS, STEP_COLUMNS, MetricLog


class OpenedRun:
    """One run's folder as its reader knows it; `refresh` takes in what has come since. One thread refreshes.

    Attributes:
        folder: where it is.
        info: its description.
        notes: a person's words.
        log: its numbers. Another object when the run was rewound, for its rows are others then.
        moments: the steps whose moments are kept, ascending.

    Raises:
        UserError: it is no run, or damaged.
    """

    def __init__(self, folder: str | os.PathLike[str]) -> None:
        self.folder = Path(folder)
        self.info: RunInfo = read_info(self.folder)
        self.notes: Notes = read_notes(self.folder)
        self.log = MetricLog()
        self.moments: list[int] = []
        self._steps_end = self._epochs_end = 0
        self._info_stamp: tuple[int, int] | None = self._stamp()
        self._reload()

    def refresh(self) -> bool:
        """Take in what was written since the last call; whether there was anything.

        Raises:
            UserError: the folder is gone or its description damaged; what is known stays.
        """
        changed = False
        stamp = self._stamp()
        if stamp != self._info_stamp:
            info = read_info(self.folder)
            self._info_stamp = stamp
            changed = True
            rewound = info.resumed != self.info.resumed
            self.info, self.notes = info, read_notes(self.folder)
            if rewound:
                self._reload()
                return True
        steps, epochs = self._new_rows()
        moments = kept_steps(self.folder)
        changed = changed or bool(steps or epochs) or moments != self.moments
        self.moments = moments
        return changed

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
        self.log = MetricLog()
        rows, self._steps_end = metrics_file.read_steps(self.folder)
        self.log.extend_steps(rows)
        epochs, self._epochs_end = metrics_file.read_epochs(self.folder)
        self.log.extend_epochs(epochs)
        self.moments = kept_steps(self.folder)

    def _new_rows(self) -> tuple[int, int]:
        steps, self._steps_end = metrics_file.read_lines(
            self.folder / metrics_file.STEPS_FILE, self._steps_end, len(STEP_COLUMNS)
        )
        self.log.extend_steps(steps)
        epochs, self._epochs_end = metrics_file.read_lines(
            self.folder / metrics_file.EPOCHS_FILE, self._epochs_end, len(EPOCH_COLUMNS)
        )
        self.log.extend_epochs(epochs)
        return len(steps), len(epochs)

    def _stamp(self) -> tuple[int, int] | None:
        """Changes when the description is written again."""
        try:
            about = (self.folder / RUN_FILE).stat()
        except OSError as error:
            raise UserError("The run {folder} is no longer there.", folder=self.folder.name) from error
        return about.st_mtime_ns, about.st_ino
