"""A training written down as it happens: every event passes through here on its way to whoever watches."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import torch
from filelock import BaseFileLock

from cnnviewer.core.errors import UserError
from cnnviewer.core.models.state import ModelState
from cnnviewer.core.models.weights import weights_bytes
from cnnviewer.core.runs import checkpoint_file, metrics_file
from cnnviewer.core.runs.info import NOTES_FILE, RUN_FILE, Notes, RunInfo, with_status
from cnnviewer.core.runs.lock import locked_by_us
from cnnviewer.core.runs.moments import FOLDER as MOMENTS
from cnnviewer.core.runs.moments import SMALL, file_name, is_moment, kept_steps, next_moment
from cnnviewer.core.runs.store import FolderStore, MemoryStore, unrecorded
from cnnviewer.core.runs.writer import Writer
from cnnviewer.core.training.checkpoint import Checkpoint
from cnnviewer.core.training.events import EpochDone, Evaluation, Finished, Started, StepDone, TrainEvent
from cnnviewer.core.training.failure import TrainingFailed
from cnnviewer.core.training.loop import Training
from cnnviewer.core.training.metric_log import EPOCH_COLUMNS, STEP_COLUMNS, MetricLog

CHECKPOINT, BEST, WEIGHTS = "checkpoint.safetensors", "best.safetensors", "weights.safetensors"
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
        folder: where the run is, None while it is in memory only.
        problem: why it is in memory only.

    """

    def __init__(
        self,
        training: Training,
        info: RunInfo,
        folder: Path | None,
        lock: BaseFileLock | None = None,
        log: MetricLog | None = None,
        problem: UserError | None = None,
    ) -> None:
        self.training = training
        self.info = info
        self.folder = folder
        self.log = log or MetricLog()
        self.problem = problem
        self.on_problem: OnProblem | None = None
        self.notes = Notes()
        self._store: FolderStore | MemoryStore = FolderStore(folder) if folder is not None else MemoryStore()
        self._lock = lock
        self._writer = Writer()
        self._flushed_steps, self._flushed_epochs = self.log.step_count, self.log.epoch_count
        self._csv_length = 0
        self._flush_due = self._checkpoint_due = 0.0
        self._knobs = (training.controls.learning_rate, training.controls.momentum)
        self._large = checkpoint_file.size_of(training.snapshot()) > SMALL
        self._next_moment = training.step
        while not is_moment(self._next_moment, info.density):
            self._next_moment += 1
        if folder is not None:
            self._csv_length = (folder / metrics_file.STEPS_FILE).stat().st_size

    # in the thread that trains

    def events(self) -> Iterator[TrainEvent]:
        """The training's events, each after it has been taken down.

        Raises:
            TrainingFailed: as the training does; the run is kept as far as it came.
        """
        finished = False
        try:
            for event in self.training:
                self._take_down(event)
                finished = isinstance(event, Finished)
                yield event
            if not finished:
                self.keep_place()  # abandoned, at a step boundary: the next start goes on from here
        except TrainingFailed as failure:
            self._end(with_status(self.info, "failed", str(failure)), failure.state)
            raise
        finally:
            self._flush()
            self._put(self._let_go)
            self._writer.close()

    def keep_place(self) -> None:
        """Write a checkpoint of this very moment, between two events. Comes back before it is written."""
        self._flush()
        self._keep_checkpoint(self._checkpoint())

    def let_go(self) -> None:
        """End without training: the folder stays as it is, for whoever goes on with it."""
        self._put(self._let_go)
        self._writer.close()

    def settle(self) -> None:
        """Come back when everything so far is written."""
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
        self.info = replace(self.info, counts=counts, validation_name=event.validation_name)
        self._write_info()
        if self.training.step == self._next_moment:
            self._keep_moment(self._checkpoint())

    def _after_step(self, event: StepDone) -> None:
        now = time.monotonic()
        if now >= self._flush_due:
            self._flush()
            self._flush_due = now + FLUSH_INTERVAL
        controls = self.training.controls
        knobs = (controls.learning_rate, controls.momentum)
        is_moment_now, is_due = event.step == self._next_moment, now >= self._checkpoint_due
        if not (is_moment_now or is_due or knobs != self._knobs):
            return
        checkpoint = self._checkpoint()
        if is_moment_now:
            self._keep_moment(checkpoint)
        if is_due or knobs != self._knobs:
            self._knobs = knobs
            self._flush()
            self._keep_checkpoint(checkpoint)

    def _after_epoch(self, event: EpochDone) -> None:
        checkpoint = self._checkpoint()
        self._flush()
        if not is_moment(event.step, self.info.density):  # else it has just been kept
            self._keep_moment(checkpoint)
        best = float(self.log.epochs("validation_accuracy")[:-1].max(initial=-1.0))
        if event.validation_accuracy > best:
            self._put(lambda: self._store.write(BEST, checkpoint_file.encode(checkpoint)))
        self._keep_checkpoint(checkpoint)
        rows = self.log.epoch_rows(self._flushed_epochs)
        self._flushed_epochs += len(rows)
        lines = b"".join(metrics_file.csv_lines(rows, EPOCH_COLUMNS))
        self._put(lambda: self._store.append(metrics_file.EPOCHS_FILE, lines))
        self._put(lambda: self._store.sync())
        self.settle()  # an epoch that was told of is never lost

    def _checkpoint(self) -> Checkpoint:
        rows = tuple(tuple(row) for row in self.log.epoch_rows().tolist())
        return replace(self.training.checkpoint(), epochs=rows)

    def _keep_moment(self, checkpoint: Checkpoint) -> None:
        if checkpoint.step == self._next_moment:  # else the end of an epoch
            self._next_moment = next_moment(self._next_moment, self.info.density)
        name = file_name(checkpoint.step)
        lean = replace(checkpoint, epochs=())
        self._put(lambda: self._store.write(name, checkpoint_file.encode(lean, compact=True), durable=False))

    def _keep_checkpoint(self, checkpoint: Checkpoint) -> None:
        interval = _CHECKPOINT_LARGE if self._large else _CHECKPOINT_SMALL
        self._checkpoint_due = time.monotonic() + interval
        self._put(lambda: self._write_checkpoint(checkpoint))

    def _write_checkpoint(self, checkpoint: Checkpoint) -> None:
        if all(bool(torch.isfinite(tensor).all()) for tensor in checkpoint.state.tensors.values()):
            self._store.sync()  # a checkpoint never stands ahead of its metrics
            self._store.write(CHECKPOINT, checkpoint_file.encode(checkpoint))

    def _flush(self) -> None:
        rows = self.log.step_rows(self._flushed_steps)
        if not len(rows):
            return
        self._flushed_steps += len(rows)
        self._put(lambda: self._append_steps(rows))

    def _append_steps(self, rows: metrics_file.Rows) -> None:
        lines = metrics_file.csv_lines(rows.tolist(), STEP_COLUMNS)
        fast = metrics_file.fast_rows(rows.tolist(), lines, self._csv_length)
        self._store.append(metrics_file.STEPS_FILE, b"".join(lines))
        self._csv_length += sum(len(line) for line in lines)
        self._store.append(metrics_file.FAST_FILE, fast)

    def _write_info(self) -> None:
        data = self.info.to_json()
        self._put(lambda: self._store.write(RUN_FILE, data))

    def _end(self, info: RunInfo, state: ModelState | None) -> None:
        self.info = info
        if state is not None:
            facts = {**state.provenance, "command": info.command} if info.command else state.provenance
            data = weights_bytes(WEIGHTS, replace(state, provenance=facts))
            self._put(lambda: self._store.write(WEIGHTS, data))
        self._write_info()
        self.settle()

    # in the writer's thread

    def _put(self, task: Callable[[], None]) -> None:
        self._writer.put(lambda: self._do(task))

    def _do(self, task: Callable[[], None]) -> None:
        try:
            task()
        except (OSError, UserError) as error:
            self._turn_to_memory(error)
            task()

    def _turn_to_memory(self, error: OSError | UserError) -> None:
        self._let_go()
        self._store = MemoryStore()
        self.folder = None
        reason = error if isinstance(error, UserError) else UserError("{reason}.", reason=error)
        self.problem = unrecorded(reason)
        self._store.write(RUN_FILE, self.info.to_json())
        if self.on_problem is not None:
            self.on_problem(self.problem)

    def _let_go(self) -> None:
        self._store.close()
        if self._lock is not None:
            self._lock.release(force=True)
            self._lock = None

    # from any thread

    def save_elsewhere(self, parent: Path) -> Path:
        """Write the run, as far as it is known, to a new folder in `parent`, and go on recording there.

        Returns:
            The folder. Moments that only an unreadable folder held are not in it.

        Raises:
            UserError: it cannot be written there either; what is in memory stays.
        """
        outcome: list[Path | UserError] = []
        self._writer.put(lambda: outcome.append(self._move_to(parent)))
        self._writer.settle()
        result = outcome[0]
        if isinstance(result, UserError):
            raise result
        return result

    def moment_steps(self) -> list[int]:
        """The steps whose moments are kept, ascending, on disk or in memory."""
        if self.folder is not None:
            return kept_steps(self.folder)
        files = self._store.files if isinstance(self._store, MemoryStore) else {}
        return sorted(int(Path(name).stem) for name in tuple(files) if name.startswith(MOMENTS))

    def moment(self, step: int) -> Checkpoint:
        """The training as it was after `step`, from disk or from memory.

        Raises:
            UserError: that moment is not kept, or damaged.
        """
        store, name = self._store, file_name(step)
        try:
            data = store.files[name] if isinstance(store, MemoryStore) else (store.folder / name).read_bytes()
        except (OSError, KeyError) as error:
            raise UserError("The run has no readable {file}.", file=Path(name).name) from error
        return checkpoint_file.decode(data, self.info.recipe, name)

    def _move_to(self, parent: Path) -> Path | UserError:
        folder = parent / self.info.id
        steps, epochs = self.log.step_count, self.log.epoch_count
        try:
            files = dict(self._store.files) if isinstance(self._store, MemoryStore) else {}
            make_folder(
                folder,
                {RUN_FILE: self.info.to_json(), NOTES_FILE: self.notes.to_json()} | files,
                self.log,
                steps,
                epochs,
            )
            lock = locked_by_us(folder)
        except UserError as error:
            return error
        except OSError as error:
            return UserError("The run cannot be saved in {folder}: {reason}.", folder=parent, reason=error)
        self._let_go()
        self._store, self._lock, self.folder, self.problem = FolderStore(folder), lock, folder, None
        self._csv_length = (folder / metrics_file.STEPS_FILE).stat().st_size
        self._flushed_steps, self._flushed_epochs = steps, epochs
        if self._writer.closed:  # the training has ended: nothing more will come
            self._let_go()
        return folder


def make_folder(folder: Path, files: Mapping[str, bytes], log: MetricLog, steps: int, epochs: int) -> None:
    """Make a run's folder, whole or not at all, with so many steps and epochs of `log` and these files.

    Raises:
        UserError, OSError: it is there already, or cannot be made.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    if folder.exists():
        raise FileExistsError(f"{folder.name} exists already")
    new = folder.with_name(f".{folder.name}.new")
    (new / "moments").mkdir(parents=True, exist_ok=True)
    store = FolderStore(new)  # not flushed: a power cut now would cost nothing that took time
    rows = log.step_rows()[:steps].tolist()
    lines = metrics_file.csv_lines(rows, STEP_COLUMNS)
    header = metrics_file.STEPS_HEADER
    epoch_lines = metrics_file.csv_lines(log.epoch_rows()[:epochs].tolist(), EPOCH_COLUMNS)
    fast = metrics_file.fast_rows(rows, lines, len(header))
    store.write(metrics_file.STEPS_FILE, header + b"".join(lines), durable=False)
    store.write(metrics_file.FAST_FILE, fast, durable=False)
    store.write(metrics_file.EPOCHS_FILE, metrics_file.EPOCHS_HEADER + b"".join(epoch_lines), durable=False)
    for name, data in files.items():
        store.write(name, data, durable=False)
    new.rename(folder)


def _result(test: Evaluation) -> dict[str, object]:
    return {
        "correct": test.correct,
        "total": test.total,
        "accuracy": test.accuracy,
        "loss": test.loss,
        "per_class": {name: list(counts) for name, counts in test.per_class.items()},
    }
