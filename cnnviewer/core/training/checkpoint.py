"""Where a training stands between two events, whole: from here it continues as if it had never stopped."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import torch

from cnnviewer.core.models.state import ModelState


@dataclass(frozen=True)
class EpochPosition:
    """A step boundary within the epochs.

    Attributes:
        epoch: the epoch under way, from 1; one more than there are when all are done.
        batch: batches of it that are learned.
        loss_sum: of their images' losses.
        correct_sum: of their images predicted correctly.

    """

    epoch: int = 1
    batch: int = 0
    loss_sum: float = 0.0
    correct_sum: int = 0

    def after(self, loss: float, correct: int, count: int) -> EpochPosition:
        """One batch of `count` images further, with their mean loss and the correct ones."""
        return replace(
            self,
            batch=self.batch + 1,
            loss_sum=self.loss_sum + loss * count,
            correct_sum=self.correct_sum + correct,
        )


@dataclass(frozen=True)
class Checkpoint:
    """Weights, momentum and place. Random numbers need no keeping: each step draws its own from (seed, step).

    Attributes:
        state: the weights, with the optimiser's momentum buffers in `velocity`.
        step: steps done.
        place: within the epochs.
        learning_rate: as the user had set it last, before any schedule.
        momentum: likewise.
        seconds: spent training, pauses left out.
        accuracies: accuracies found so far, by name.
        epochs: the numbers of the epochs done, a row each in the order of `EPOCH_COLUMNS`, where they are kept along.
        exact: whether these are the weights and momentum to the last bit; False for snapshots kept small.

    """

    state: ModelState
    step: int
    place: EpochPosition
    learning_rate: float
    momentum: float
    seconds: float
    accuracies: dict[str, float] = field(default_factory=dict)
    epochs: tuple[tuple[float, ...], ...] = ()
    exact: bool = True


def copied(tensor: torch.Tensor) -> torch.Tensor:
    """A copy on the CPU, in the memory layout in which weights leave a training, whichever is quickest inside."""
    layout = torch.contiguous_format if tensor.dim() == 4 else torch.preserve_format
    return tensor.detach().to("cpu", copy=True, memory_format=layout)
