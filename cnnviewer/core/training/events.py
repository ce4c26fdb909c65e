"""What a training tells: frozen events, the only thing that leaves the loop. Free of torch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cnnviewer.core.errors import UserError
from cnnviewer.core.evaluation.records import Evaluation

if TYPE_CHECKING:
    from cnnviewer.core.models.state import ModelState


@dataclass(frozen=True)
class Started:
    """The first event: everything is checked and ready, nothing has been learned yet.

    Attributes:
        train_count: images trained on in an epoch (without the held-out ones).
        validation_count: images of the validation.
        validation_name: `"validation"` (held out, or the data set's own) or `"test"`.
        steps_per_epoch: batches in an epoch.
        total_steps: batches in the whole training.
        threads: PyTorch's thread count in use.
        held_out: whether the validation images are training images that are not trained on.
        notes: what the user should know of how the data set was read.

    """

    train_count: int
    validation_count: int
    validation_name: str
    test_count: int
    steps_per_epoch: int
    total_steps: int
    threads: int
    device: str
    held_out: bool = True
    notes: tuple[UserError, ...] = ()


@dataclass(frozen=True)
class StepReport:
    """What a single step did, of which the user has asked for that step alone.

    Attributes:
        step: its number.
        count: images of the batch.
        loss: mean over the batch, before the step.
        correct: images of the batch predicted correctly, before the step.
        loss_after: of the same inputs with the new weights, dropout drawn alike; None where that is not computed.
        correct_after: likewise.
        layer: the module whose weights changed most as a part of their size; empty where none has weights.
        change: by how much: the norm of the change divided by the norm of the weights.
        dropout: whether channels were dropped.

    """

    step: int
    count: int
    loss: float
    correct: int
    loss_after: float | None = None
    correct_after: int | None = None
    layer: str = ""
    change: float = 0.0
    dropout: bool = False


@dataclass(frozen=True)
class StepDone:
    """One batch learned. `step` and `batch` count from 1, `epoch` too.

    Attributes:
        loss: mean over the batch, before the step.
        correct: images of the batch classified correctly, before the step.
        count: images in the batch.
        seconds: since the training began, pauses left out.
        report: what it did, where `Controls.reports` was set.

    """

    step: int
    epoch: int
    batch: int
    loss: float
    correct: int
    count: int
    learning_rate: float
    momentum: float
    seconds: float
    report: StepReport | None = None


@dataclass(frozen=True)
class EpochDone:
    """An epoch learned and validated. `train_loss` and `train_correct` are gathered while training."""

    epoch: int
    step: int
    train_loss: float
    train_correct: int
    train_count: int
    validation_loss: float
    validation_correct: int
    validation_count: int
    seconds: float

    @property
    def train_accuracy(self) -> float:
        """0..1."""
        return self.train_correct / self.train_count

    @property
    def validation_accuracy(self) -> float:
        """0..1."""
        return self.validation_correct / self.validation_count


@dataclass(frozen=True)
class Finished:
    """The last event. `stopped` says that the user stopped it before its last step."""

    test: Evaluation
    state: ModelState
    stopped: bool
    seconds: float


TrainEvent = Started | StepDone | EpochDone | Finished
