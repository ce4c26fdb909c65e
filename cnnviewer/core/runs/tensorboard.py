"""A run's numbers as TensorBoard event files too, on request: `pip install cnnviewer[tensorboard]`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

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


def told_to_tensorboard(events: Iterable[TrainEvent], folder: Path, first_step: int = 0) -> Iterator[TrainEvent]:
    """The events, each after its numbers are in an event file in `folder`; later steps of an earlier file are purged.

    Steps are PyTorch's global steps: `loss/batch`, `accuracy/batch`, `learning_rate`, `momentum` at every step,
    `loss/training`, `accuracy/validation`, … at the end of each epoch, `accuracy/test` at the end.

    Raises:
        UserError: TensorBoard is not installed.
    """
    with summary_writer()(str(folder), purge_step=first_step + 1 if first_step else None) as writer:
        step = first_step
        for event in events:
            step = getattr(event, "step", step)
            for name, value in _scalars(event):
                writer.add_scalar(name, value, step)
            yield event


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
