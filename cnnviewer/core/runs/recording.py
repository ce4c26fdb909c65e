"""A training written down as it happens: every event passes through here on its way to whoever watches."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import torch
from filelock import BaseFileLock

from cnnviewer.core.errors import UserError
from cnnviewer.core.models.state import ModelState
from cnnviewer.core.models.weights import weights_bytes
from cnnviewer.core.runs import checkpoint_file
from cnnviewer.core.runs.folder import BEST, WEIGHTS
from cnnviewer.core.runs.info import Notes, RunInfo, with_status
from cnnviewer.core.runs.keeper import Keeper
from cnnviewer.core.runs.metrics_file import EPOCHS, STEPS
from cnnviewer.core.runs.moments import SMALL, file_name, is_moment, moment_from, next_moment
from cnnviewer.core.training.checkpoint import Checkpoint
from cnnviewer.core.training.events import EpochDone, Evaluation, Finished, Started, StepDone, TrainEvent
from cnnviewer.core.training.failure import TrainingFailed
from cnnviewer.core.training.loop import Training
from cnnviewer.core.training.metric_log import MetricLog

FLUSH_INTERVAL = 0.5
"""Seconds that a step's numbers wait at most until they are in the file."""
_CHECKPOINT_SMALL, _CHECKPOINT_LARGE = 3.0, 15.0  # seconds between two checkpoints

OnProblem = Callable[[UserError], None]


class Recording:
    """Iterates a training and keeps it: metrics, moments, checkpoints, the result.

    Iterate `events()` in one thread; files are written by another, in order, so that the training hardly waits. An
    epoch's event is passed on only when the disk has it. When the folder fails (full, read-only, deleted), a sentence
    goes to `on_problem` and the run is kept in memory.

    Attributes:
        log: every step's and epoch's numbers, the earlier ones of a run that goes on included.
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
    ) -> None:
        """Record `training`, whose numbers so far are `log`.

        Args:
            training: not yet iterated.
            info: the run's description.
            folder: where everything so far is written; None for memory.
            lock: of the folder, held; it is let go of at the end.
            log: the steps and epochs so far.
            problem: why it is in memory.
            files: what the folder would hold, for a run in memory.

        """
        self.training = training
        self.info = info
        self.log = log or MetricLog()
        self._keeper = Keeper(self.log, info, folder, lock, problem, files)
        self._flushed_steps, self._flushed_epochs = self.log.step_count, self.log.epoch_count
        self._flush_due = self._checkpoint_due = 0.0
        self._knobs = (training.controls.learning_rate, training.controls.momentum)
        self._large = checkpoint_file.size_of(training.snapshot()) > SMALL
        self._next_moment = moment_from(training.step, info.density)

    @property
    def folder(self) -> Path | None:
        """Where the run is, None while it is in memory only."""
        return self._keeper.folder

    @property
    def problem(self) -> UserError | None:
        """Why it is in memory only."""
        return self._keeper.problem

    @property
    def on_problem(self) -> OnProblem | None:
        """Told when the folder fails, in the writer's thread."""
        return self._keeper.on_problem

    @on_problem.setter
    def on_problem(self, told: OnProblem | None) -> None:
        self._keeper.on_problem = told

    @property
    def notes(self) -> Notes:
        """A person's words, for a folder that has none yet."""
        return self._keeper.notes

    @notes.setter
    def notes(self, notes: Notes) -> None:
        self._keeper.notes = notes

    # in the thread that trains

    def events(self) -> Iterator[TrainEvent]:
        """The training's events, each after it has been taken down.

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
                self.keep_place()  # abandoned, at a step boundary: the next start goes on from here
        except GeneratorExit:
            if not finished:
                self.keep_place()  # likewise: whoever iterated asks for no more
            raise
        except TrainingFailed as failure:
            self._flush()
            self._end(with_status(self.info, "failed", str(failure)), failure.state)
            raise
        finally:
            self._flush()
            self._keeper.close()

    def keep_place(self) -> None:
        """Write a checkpoint of this very moment, between two events. Comes back before it is written."""
        self._flush()
        self._keep_checkpoint(self._checkpoint())

    def let_go(self) -> None:
        """End without training: the folder stays as it is, for whoever goes on with it."""
        self._keeper.close()

    def settle(self) -> None:
        """Come back when everything so far is written."""
        self._keeper.settle()

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
        self.info = replace(self.info, counts=counts, validation_name=event.validation_name, layout=layout)
        self._keeper.write_info(self.info, first=True)
        if self.training.step == self._next_moment:
            self._keep_moment(self.training.checkpoint())

    def _after_step(self, event: StepDone) -> None:
        now = time.monotonic()
        if now >= self._flush_due:
            self._flush()
            self._flush_due = now + FLUSH_INTERVAL
        controls = self.training.controls
        knobs = (controls.learning_rate, controls.momentum)
        is_moment_now = event.step == self._next_moment
        is_due = now >= self._checkpoint_due or self._keeper.wants_checkpoint
        if not (is_moment_now or is_due or knobs != self._knobs):
            return
        if not (is_due or knobs != self._knobs):
            self._keep_moment(self.training.checkpoint(velocity=not self._large))  # a large one's moments do without
            return
        checkpoint = self._checkpoint()
        if is_moment_now:
            self._keep_moment(replace(checkpoint, epochs=()))
        self._knobs = knobs
        self._flush()
        self._keep_checkpoint(checkpoint)

    def _after_epoch(self, event: EpochDone) -> None:
        checkpoint = self._checkpoint()
        self._flush()
        if not is_moment(event.step, self.info.density):  # else it has just been kept
            self._keep_moment(replace(checkpoint, epochs=()))
        best = float(self.log.epochs("validation_accuracy")[:-1].max(initial=-1.0))
        if event.validation_accuracy > best:
            self._keeper.write(BEST, lambda: _if_finite(checkpoint))
        self._keep_checkpoint(checkpoint)
        rows = self.log.epoch_rows(self._flushed_epochs)
        self._keeper.append(EPOCHS, self._flushed_epochs, rows)
        self._flushed_epochs += len(rows)
        self._keeper.sync()
        self.settle()  # an epoch that was told of is never lost

    def _checkpoint(self) -> Checkpoint:
        rows = tuple(tuple(row) for row in self.log.epoch_rows().tolist())
        return replace(self.training.checkpoint(), epochs=rows)

    def _keep_moment(self, checkpoint: Checkpoint) -> None:
        if checkpoint.step == self._next_moment:  # else the end of an epoch
            self._next_moment = next_moment(self._next_moment, self.info.density)
        name = file_name(checkpoint.step)
        self._keeper.write(name, lambda: checkpoint_file.encode(checkpoint, compact=True), durable=False)

    def _keep_checkpoint(self, checkpoint: Checkpoint) -> None:
        interval = _CHECKPOINT_LARGE if self._large else _CHECKPOINT_SMALL
        self._checkpoint_due = time.monotonic() + interval
        self._keeper.write_checkpoint(lambda: _if_finite(checkpoint))

    def _flush(self) -> None:
        rows = self.log.step_rows(self._flushed_steps)
        self._keeper.append(STEPS, self._flushed_steps, rows)
        self._flushed_steps += len(rows)

    def _end(self, info: RunInfo, state: ModelState | None) -> None:
        self.info = info
        self._keeper.sync()
        if state is not None:
            facts = {**state.provenance, "command": info.command} if info.command else state.provenance
            data = weights_bytes(WEIGHTS, replace(state, provenance=facts))
            self._keeper.write(WEIGHTS, lambda: data)
        self._keeper.write_info(info)
        self.settle()

    # from any thread

    def save_elsewhere(self, parent: Path) -> Path:
        """Write the run, as far as it is known, to a new folder in `parent`, and go on recording there.

        Returns:
            The folder. Moments that only an unreadable folder held are not in it.

        Raises:
            UserError: it cannot be written there either; what is in memory stays.
        """
        return self._keeper.move_to(parent)

    def moment_steps(self) -> list[int]:
        """The steps whose moments are kept, ascending, on disk or in memory."""
        return self._keeper.moment_steps()

    def moment(self, step: int) -> Checkpoint:
        """The training as it was after `step`, from disk or from memory.

        Raises:
            UserError: that moment is not kept, or damaged.
        """
        return checkpoint_file.decode(self._keeper.moment_bytes(step), self.info.recipe, Path(file_name(step)).name)


def _if_finite(checkpoint: Checkpoint) -> bytes | None:
    """The checkpoint's file; None where the weights are past going on from."""
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
