"""A training that cannot go on: what happened, what to try, and the weights that are still good."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import torch

from cnnviewer.core.errors import UserError
from cnnviewer.core.models.state import ModelState


class TrainingFailed(UserError):  # noqa: N818 - the outcome of a training, as Cancelled is
    """Training stopped by itself.

    Attributes:
        state: the last weights known to be good, None when the failure came before the first.

    """

    state: ModelState | None = None


def diverged(learning_rate: float, step: int, good_step: int) -> TrainingFailed:
    """The loss or the weights left the finite numbers at `step`."""
    return TrainingFailed(
        "The training diverged at step {step}: the loss is no longer a finite number. The weights of step {good} are "
        "kept. Try a learning rate below {rate}.",
        field="learning_rate",
        step=step,
        good=good_step,
        rate=f"{learning_rate:g}",
    )


def nothing_to_learn(model: str) -> TrainingFailed:
    """No gradient reaches any weight of `model`."""
    return TrainingFailed(
        "No weight of {model} can learn: its output comes about under torch.no_grad(), behind detach() or from frozen "
        "weights.",
        field="model",
        model=model,
    )


@contextmanager
def device_failures_explained(device: str) -> Iterator[None]:
    """Turn what PyTorch raises when memory runs out or a device fails into a sentence."""
    try:
        yield
    except (MemoryError, torch.OutOfMemoryError) as error:
        raise _out_of_memory(device) from error
    except RuntimeError as error:
        text = str(error).strip()
        if any(sign in text.lower() for sign in ("out of memory", "can't allocate memory", "not enough memory")):
            raise _out_of_memory(device) from error
        raise TrainingFailed(
            "The device {device} failed: {reason} The last good weights are kept. Try again, or train on the CPU.",
            field="device",
            device=device,
            reason=text.splitlines()[0].rstrip(".") + "." if text else "it gave no reason.",
        ) from error


def _out_of_memory(device: str) -> TrainingFailed:
    return TrainingFailed(
        "The memory of {device} ran out. The last good weights are kept. Try a smaller batch size.",
        field="batch_size",
        device=device,
    )
