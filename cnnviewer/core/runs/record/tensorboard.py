"""Writes a run's metrics as TensorBoard event files too, on request: `pip install cnnviewer[tensorboard]`."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from cnnviewer.core.error_text import system_reason
from cnnviewer.core.errors import UserError
from cnnviewer.core.training.events import EpochDone, Finished, StepDone, TrainEvent

FOLDER = "tensorboard"


def summary_writer() -> Callable[..., Any]:
    """TensorBoard's writer, as PyTorch brings it.

    Raises:
        UserError: TensorBoard is not installed.
    """
    try:
        from torch.utils.tensorboard import SummaryWriter
    except ImportError as error:
        raise UserError(
            "TensorBoard is not installed: `pip install cnnviewer[tensorboard]`, or train without --tensorboard."
        ) from error
    writer: Callable[..., Any] = SummaryWriter
    return writer


def logged_to_tensorboard(
    events: Iterable[TrainEvent],
    folder: Path,
    first_step: int = 0,
    on_error: Callable[[UserError], None] = lambda _: None,
) -> Iterator[TrainEvent]:
    """The events, each after its numbers are in an event file in `folder`; later steps of an earlier file are purged.

    Steps are PyTorch's global steps: `loss/batch`, `accuracy/batch`, `learning_rate`, `momentum` at every step,
    `loss/training`, `accuracy/validation`, … at the end of each epoch, `accuracy/test` at the end. Event files that
    cannot be written do not end a training: `on_error` is called once.

    Raises:
        UserError: TensorBoard is not installed.
    """
    with _no_traceback_of_the_writer():
        files = _EventFiles(folder, first_step, on_error)
        try:
            for event in events:
                files.add(event)
                yield event
        finally:
            files.close()


@contextmanager
def _no_traceback_of_the_writer() -> Iterator[None]:
    """TensorBoard's thread raises again what it has noted down, which Python would print."""
    usual = threading.excepthook

    def hook(arguments: threading.ExceptHookArgs) -> None:
        if type(arguments.thread).__name__ != "_AsyncWriterThread":
            usual(arguments)

    threading.excepthook = hook
    try:
        yield
    finally:
        threading.excepthook = usual


class _EventFiles:
    """Event files in a folder; where one fails, another is begun at the end of the epoch."""

    def __init__(self, folder: Path, step: int, on_error: Callable[[UserError], None]) -> None:
        self._make = summary_writer()
        self._folder = folder
        self._step = step
        self._on_error: Callable[[UserError], None] | None = on_error
        self._writer: Any = None
        self._try(self._open)

    def add(self, event: TrainEvent) -> None:
        self._step = getattr(event, "step", self._step)
        if self._writer is None and isinstance(event, EpochDone):
            self._try(self._open)
        if self._writer is not None:
            self._try(lambda: self._add(event))

    def close(self) -> None:
        if self._writer is not None:
            self._try(self._writer.close)

    def _open(self) -> None:
        self._writer = self._make(str(self._folder), purge_step=self._step + 1 if self._step else None)

    def _add(self, event: TrainEvent) -> None:
        for name, value in _scalars(event):
            self._writer.add_scalar(name, value, self._step)

    def _try(self, work: Callable[[], None]) -> None:
        try:
            work()
        except Exception as error:  # whatever its file system raises
            writer, self._writer = self._writer, None
            if writer is not None:
                with suppress(Exception):
                    writer.close()
            if self._on_error is not None:
                self._on_error(UserError("TensorBoard's files are incomplete: {reason}.", reason=system_reason(error)))
                self._on_error = None


def _scalars(event: TrainEvent) -> Iterator[tuple[str, float]]:
    match event:
        case StepDone():
            yield "loss/batch", event.loss
            yield "accuracy/batch", event.correct / event.count
            yield "learning_rate", event.learning_rate
            yield "momentum", event.momentum
        case EpochDone():
            yield "loss/training", event.train_loss
            yield "accuracy/training", event.train_accuracy
            yield "loss/validation", event.validation_loss
            yield "accuracy/validation", event.validation_accuracy
        case Finished():
            yield "loss/test", event.test.loss
            yield "accuracy/test", event.test.accuracy
