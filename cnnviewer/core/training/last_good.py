"""The place that a training falls back to when it diverges: the last one whose loss is known to be finite."""

from __future__ import annotations

import math

import torch

from cnnviewer.core.evaluation.records import Evaluation
from cnnviewer.core.training.checkpoint import Checkpoint
from cnnviewer.core.training.failure import diverged, diverged_unseen


class LastGood:
    """Copies of a training, of which a loss tells later whether they are good.

    Attributes:
        checkpoint: the last one that is.

    """

    def __init__(self, checkpoint: Checkpoint) -> None:
        self.checkpoint = checkpoint
        self._untried: Checkpoint | None = None

    def keep(self, now: Checkpoint) -> None:
        """Keep a copy of the training as it is.

        Raises:
            TrainingFailed: its weights are not finite.
        """
        if not all(bool(torch.isfinite(tensor).all()) for tensor in now.state.tensors.values()):
            raise diverged(now.learning_rate, now.step, self.checkpoint.step)
        self._untried = now

    def hear(self, loss: float, rate: float, step: int) -> None:
        """The loss of a batch, with the weights as they were before `step`.

        Raises:
            TrainingFailed: it is not finite.
        """
        if not math.isfinite(loss):
            raise diverged(rate, step, self.checkpoint.step)
        self._confirm()

    def check_evaluation(self, evaluation: Evaluation, rate: float, step: int) -> None:
        """The loss on images that are not learned from, with the weights after `step`.

        Raises:
            TrainingFailed: it is not finite.
        """
        if not math.isfinite(evaluation.loss):
            raise diverged_unseen(rate, step, self.checkpoint.step)
        self._confirm()

    def _confirm(self) -> None:
        if self._untried is not None:
            self.checkpoint, self._untried = self._untried, None
