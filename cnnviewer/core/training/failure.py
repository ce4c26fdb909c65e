"""A training that cannot continue: what happened, what to try, and the weights that are still good."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import torch

from cnnviewer.core.errors import Cancelled, UserError
from cnnviewer.core.models.own.failures import line_of, named_reason_of
from cnnviewer.core.models.state import ModelState
from cnnviewer.core.training.checkpoint import Checkpoint

_NO_MEMORY = ("out of memory", "can't allocate memory", "not enough memory")
_DEVICE = ("cuda error", "cudnn", "cublas", "cusolver", "hip error", "mps backend", "nccl error")
_IN_PLACE = "modified by an inplace operation"


class TrainingFailed(UserError):  # noqa: N818 - the outcome of a training, as Cancelled is
    """Training stopped by itself.

    Attributes:
        state: the last weights known to be good, None when the failure came before the first.
        diverged: whether the loss or the weights left the finite numbers.
        checkpoint: where to resume from then, for what was recorded last is past that.

    """

    state: ModelState | None = None
    diverged = False
    checkpoint: Checkpoint | None = None


def diverged(learning_rate: float, step: int, good_step: int) -> TrainingFailed:
    """The loss or the weights left the finite numbers at `step`."""
    failure = TrainingFailed(
        "The training diverged at step {step}: the loss is no longer a finite number. The last good weights are those "
        "of step {good}: it can be continued from there. Try a learning rate below {rate}.",
        field="learning_rate",
        step=step,
        good=good_step,
        rate=f"{learning_rate:g}",
    )
    failure.diverged = True
    return failure


def diverged_unseen(learning_rate: float, step: int, good_step: int) -> TrainingFailed:
    """The weights after `step` give no finite loss on the validation or the test images."""
    failure = TrainingFailed(
        "The training diverged: after step {step} the loss is no finite number on images that were not learned. The "
        "last good weights are those of step {good}: it can be continued from there. Try a learning rate below {rate}.",
        field="learning_rate",
        step=step,
        good=good_step,
        rate=f"{learning_rate:g}",
    )
    failure.diverged = True
    return failure


def nothing_to_learn(model: str) -> TrainingFailed:
    """No gradient reaches any weight of `model`."""
    return TrainingFailed(
        "No weight of {model} can learn: its output comes about under torch.no_grad(), behind detach() or from frozen "
        "weights.",
        field="model",
        model=model,
    )


@contextmanager
def failures_explained(device: str, model: str, own: bool = False) -> Iterator[None]:
    """Turn into a sentence what ends a training: no memory, a device that fails, an error of the user's own code.

    Args:
        device: on which the model runs.
        model: its name as shown to the user.
        own: whether it is the user's own.

    """
    try:
        yield
    except (TrainingFailed, Cancelled, KeyboardInterrupt, GeneratorExit):
        raise
    except UserError as error:  # what the model gives is no longer what it gave when it was opened
        raise TrainingFailed(error.template, field=error.field, **error.values) from error
    except BaseException as error:  # the user's code raises whatever it likes, `SystemExit` too
        explained = _explained(error, device, model, own)
        if explained is None:
            raise
        raise explained from error


def _explained(error: BaseException, device: str, model: str, own: bool) -> TrainingFailed | None:
    text = named_reason_of(error).lower()
    if isinstance(error, (MemoryError, torch.OutOfMemoryError)):
        return _out_of_memory(device)
    if isinstance(error, RuntimeError) and any(sign in text for sign in _NO_MEMORY):
        return _out_of_memory(device)
    of_device = isinstance(error, torch.AcceleratorError) or (
        isinstance(error, RuntimeError) and any(sign in text for sign in _DEVICE)
    )
    line = line_of(error)
    if line is not None and not of_device:
        return TrainingFailed(
            "The training stopped at line {line} of {file}: {reason}. The last good weights are kept.",
            field="model",
            file=line[0],
            line=line[1],
            reason=named_reason_of(error),
        )
    if own and not of_device:
        if _IN_PLACE in text:
            return TrainingFailed(
                "{model} cannot learn: it changes a value in place (x += …, x[…] = … or inplace=True) that the "
                "backward pass needs as it was. Write x = x + … instead. PyTorch says: {reason}.",
                field="model",
                model=model,
                reason=named_reason_of(error),
            )
        return TrainingFailed(
            "{model} cannot learn: {reason}. The last good weights are kept.",
            field="model",
            model=model,
            reason=named_reason_of(error),
        )
    if not isinstance(error, RuntimeError):
        return None
    return TrainingFailed(
        "The device {device} failed: {reason} The last good weights are kept. Try again, or train on the CPU.",
        field="device",
        device=device,
        reason=str(error).strip().splitlines()[0].rstrip(".") + "." if str(error).strip() else "it gave no reason.",
    )


def _out_of_memory(device: str) -> TrainingFailed:
    return TrainingFailed(
        "The memory of {device} ran out. The last good weights are kept. Try a smaller batch size.",
        field="batch_size",
        device=device,
    )
