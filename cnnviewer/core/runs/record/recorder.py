"""Records a training while it runs, and passes its events on."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator
from dataclasses import replace
from pathlib import Path

import torch
from filelock import BaseFileLock

from cnnviewer.core.errors import UserError
from cnnviewer.core.evaluation.records import Evaluation
from cnnviewer.core.models.state import ModelState
from cnnviewer.core.models.weights import weights_bytes
from cnnviewer.core.runs.format import checkpoint_file
from cnnviewer.core.runs.format.file_names import BEST, WEIGHTS
from cnnviewer.core.runs.format.info import RunInfo, with_status
from cnnviewer.core.runs.format.metrics_file import EPOCHS, STEPS
from cnnviewer.core.runs.format.notes import Notes
from cnnviewer.core.runs.format.snapshot_steps import (
    SMALL,
    file_name,
    is_snapshot_step,
    next_snapshot,
    snapshot_step_from,
)
from cnnviewer.core.runs.record.run_writer import RunWriter
from cnnviewer.core.training.checkpoint import Checkpoint
from cnnviewer.core.training.events import EpochDone, Finished, Started, StepDone, TrainEvent
from cnnviewer.core.training.failure import TrainingFailed
from cnnviewer.core.training.loop import Training
from cnnviewer.core.training.metric_log import MetricLog

FLUSH_INTERVAL = 0.5
"""Longest delay, in seconds, until a step's metrics are in the file."""
_CHECKPOINT_SMALL, _CHECKPOINT_LARGE = 3.0, 15.0  # seconds between two checkpoints

OnError = Callable[[UserError | None], None]
OnInfo = Callable[[UserError], None]


class Recorder:
    """Iterates a training and records it: metrics, snapshots, checkpoints, the result.

    Iterate `events()` in one thread; another thread writes the files in order, so that the training hardly waits.
    `EpochDone` is yielded after fsync. When the folder fails (full, read-only, deleted), `on_error` gets a sentence
    and the run stays in memory; the folder is tried again, and `on_error` gets None when it is complete.

    Attributes:
        log: every step's and epoch's metrics, including the earlier ones of a resumed run.
        info: the run's description as it is now.

    """

    def __init__(
        self,
        training: Training,
        info: RunInfo,
        folder: Path | None,
        lock: BaseFileLock | None = None,
        log: MetricLog | None = None,
        problem: UserError | None = None,
        files: dict[str, bytes] | None = None,
        home: Path | None = None,
    ) -> None:
        """Record `training`, whose metrics so far are `log`.

        Args:
            training: not yet iterated.
            info: the run's description.
            folder: where everything so far is written; None for memory.
            lock: of the folder, held; it is released at the end.
            log: the steps and epochs so far.
            problem: why it is in memory.
            files: contents of the folder, for a run in memory.
            home: where the folder could not be created; that is tried again.

        """
        self.training = training
        self.info = info
        self.log = log or MetricLog()
        self._writer = RunWriter(self.log, info, folder, lock, problem, files, home)
        self._flushed_steps, self._flushed_epochs = self.log.step_count, self.log.epoch_count
        self._flush_due = self._checkpoint_due = 0.0
        self._live_settings = (training.controls.learning_rate, training.controls.momentum)
        self._large = checkpoint_file.size_of(training.snapshot()) > SMALL
        self._next_snapshot_step = snapshot_step_from(training.step, info.density)

    @property
    def folder(self) -> Path | None:
        """Where the run is, None while it is in memory only."""
        return self._writer.folder

    @property
    def problem(self) -> UserError | None:
        """Why it is in memory only."""
        return self._writer.problem

    @property
    def on_error(self) -> OnError | None:
        """Called in the writer thread with the error when the folder fails, and with None when it is complete again."""
        return self._writer.on_error

    @on_error.setter
    def on_error(self, callback: OnError | None) -> None:
        self._writer.on_error = callback

    @property
    def on_info(self) -> OnInfo | None:
        """Called in the writer thread with other information for the user about the recording."""
        return self._writer.on_info

    @on_info.setter
    def on_info(self, callback: OnInfo | None) -> None:
        self._writer.on_info = callback

    @property
    def notes(self) -> Notes:
        """The user's notes, for a folder that has none yet."""
        return self._writer.notes

    @notes.setter
    def notes(self, notes: Notes) -> None:
        self._writer.notes = notes

    # in the thread that trains

    def events(self) -> Generator[TrainEvent, None, None]:
        """The training's events, each after it has been recorded.

        Raises:
            TrainingFailed: as the training does; the run is kept as far as it came.
        """
        finished = False
        events = iter(self.training)
        try:
            for event in events:
                self._take_down(event)
                finished = isinstance(event, Finished)
                yield event
            if not finished:
                self.keep_place()  # abandoned at a step boundary: the run can be resumed from here
        except GeneratorExit:
            if not finished:
                self.keep_place()  # likewise: the caller stopped iterating
            raise
        except TrainingFailed as failure:
            self._flush()
            if failure.checkpoint is not None:
                self._keep_checkpoint(self._with_epochs(failure.checkpoint))
            self._end(with_status(self.info, "failed", str(failure)), failure.state)
            raise
        finally:
            self._flush()
            self._writer.close()

    def keep_place(self) -> None:
        """Write a checkpoint of the current step, between two events. Returns before it is written."""
        self._flush()
        self._keep_checkpoint(self._checkpoint())

    def let_go(self) -> None:
        """End without training: the folder stays as it is and can be resumed."""
        self._writer.close()

    def settle(self) -> None:
        """Wait until everything so far is written."""
        self._writer.settle()

    def _take_down(self, event: TrainEvent) -> None:
        if isinstance(event, StepDone):
            self.log.add_step(event)
            self._after_step(event)
        elif isinstance(event, EpochDone):
            self.log.add_epoch(event)
            self._after_epoch(event)
        elif isinstance(event, Started):
            self._begin(event)
        elif isinstance(event, Finished):
            self._flush()
            self._keep_checkpoint(self._checkpoint())
            info = replace(self.info, result=_result(event.test))
            self._end(with_status(info, "stopped" if event.stopped else "finished"), event.state)

    def _begin(self, event: Started) -> None:
        counts = {
            "train": event.train_count,
            "validation": event.validation_count,
            "test": event.test_count,
            "steps_per_epoch": event.steps_per_epoch,
            "total_steps": event.total_steps,
        }
        layout = self.training.layout or ""
        self.info = replace(
            self.info,
            counts=counts,
            validation_name=event.validation_name,
            layout=layout,
            data_notes=tuple(map(str, event.notes)),
        )
        self._writer.write_info(self.info, first=True)
        if self.training.step == self._next_snapshot_step:
            self._keep_snapshot(self.training.checkpoint())

    def _after_step(self, event: StepDone) -> None:
        now = time.monotonic()
        if now >= self._flush_due:
            self._flush()
            self._flush_due = now + FLUSH_INTERVAL
        controls = self.training.controls
        live_settings = (controls.learning_rate, controls.momentum)
        is_snapshot_due = event.step == self._next_snapshot_step
        is_due = now >= self._checkpoint_due or self._writer.wants_checkpoint
        if not (is_snapshot_due or is_due or live_settings != self._live_settings):
            return
        if not (is_due or live_settings != self._live_settings):
            self._keep_snapshot(self.training.checkpoint(velocity=not self._large))  # no momentum if large
            return
        checkpoint = self._checkpoint()
        if is_snapshot_due:
            self._keep_snapshot(replace(checkpoint, epochs=()))
        self._live_settings = live_settings
        self._flush()
        self._keep_checkpoint(checkpoint)

    def _after_epoch(self, event: EpochDone) -> None:
        checkpoint = self._checkpoint()
        self._flush()
        if not is_snapshot_step(event.step, self.info.density):  # else it has just been kept
            self._keep_snapshot(replace(checkpoint, epochs=()))
        if self.log.best_epochs() == [self.log.epoch_count - 1]:  # better than all before
            self._writer.write(BEST, lambda: _if_finite(checkpoint))
        self._keep_checkpoint(checkpoint)
        rows = self.log.epoch_rows(self._flushed_epochs)
        self._writer.append(EPOCHS, self._flushed_epochs, rows)
        self._flushed_epochs += len(rows)
        self._writer.sync()
        self.settle()  # an epoch whose event was yielded is never lost

    def _checkpoint(self) -> Checkpoint:
        return self._with_epochs(self.training.checkpoint())

    def _with_epochs(self, checkpoint: Checkpoint) -> Checkpoint:
        """The checkpoint with the metrics of the epochs before it."""
        rows = self.log.epoch_rows().tolist()
        return replace(checkpoint, epochs=tuple(tuple(row) for row in rows if row[0] < checkpoint.place.epoch))

    def _keep_snapshot(self, checkpoint: Checkpoint) -> None:
        if checkpoint.step == self._next_snapshot_step:  # else the end of an epoch
            self._next_snapshot_step = next_snapshot(self._next_snapshot_step, self.info.density)
        self._writer.write_snapshot(checkpoint.step, lambda: checkpoint_file.encode(checkpoint, compact=True))

    def _keep_checkpoint(self, checkpoint: Checkpoint) -> None:
        interval = _CHECKPOINT_LARGE if self._large else _CHECKPOINT_SMALL
        self._checkpoint_due = time.monotonic() + interval
        self._writer.write_checkpoint(lambda: _if_finite(checkpoint))

    def _flush(self) -> None:
        rows = self.log.step_rows(self._flushed_steps)
        self._writer.append(STEPS, self._flushed_steps, rows)
        self._flushed_steps += len(rows)

    def _end(self, info: RunInfo, state: ModelState | None) -> None:
        self.info = info
        self._writer.sync()
        if state is not None:
            facts = {**state.provenance, "command": info.command} if info.command else state.provenance
            data = weights_bytes(WEIGHTS, replace(state, provenance=facts))
            self._writer.write(WEIGHTS, lambda: data)
        self._writer.write_info(info)
        self.settle()

    # from any thread

    def save_elsewhere(self, parent: Path) -> Path:
        """Write the run, as far as it is known, to a new folder in `parent`, and continue recording there.

        Returns:
            The folder. Snapshots that only an unreadable folder held are not in it.

        Raises:
            UserError: it cannot be written there either; what is in memory stays.
        """
        return self._writer.move_to(parent)

    def try_again(self) -> bool:
        """If the run is in memory only, try the failed folder once more; return whether it is in a folder now."""
        return self._writer.try_again()

    def snapshot_steps(self) -> list[int]:
        """The steps that have a snapshot, on disk or in memory, ascending."""
        return self._writer.snapshot_steps()

    def snapshot(self, step: int) -> Checkpoint:
        """The training as it was after `step`, from disk or from memory.

        Raises:
            UserError: there is no such snapshot, or it is damaged.
        """
        return checkpoint_file.decode(self._writer.snapshot_bytes(step), self.info.recipe, Path(file_name(step)).name)


def _if_finite(checkpoint: Checkpoint) -> bytes | None:
    """The checkpoint's file; None where the weights are not finite and cannot be resumed."""
    if all(bool(torch.isfinite(tensor).all()) for tensor in checkpoint.state.tensors.values()):
        return checkpoint_file.encode(checkpoint)
    return None


def _result(test: Evaluation) -> dict[str, object]:
    return {
        "correct": test.correct,
        "total": test.total,
        "accuracy": test.accuracy,
        "loss": test.loss,
        "per_class": {name: list(counts) for name, counts in test.per_class.items()},
    }
