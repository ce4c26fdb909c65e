"""What the user may change while a training runs."""

from __future__ import annotations

from cnnviewer.core.training.checkpoint import Checkpoint
from cnnviewer.core.training.config import TrainConfig


class Controls:
    """The live settings of a running training: any thread sets them, the loop reads them before every step.

    Plain attributes are enough: each is one number or one flag, read once a step, and needs no lock.

    Attributes:
        learning_rate: of the next step; with the cosine schedule the rate that the schedule scales.
        momentum: of the next step.
        stop: leave at the next step boundary; the test images are still evaluated and `Finished` still comes.
        reports: say of the next step what it did, which takes another look at its batch; `StepDone.report`.
        abandon: leave at the next boundary or in the midst of an evaluation, with no further event.

    """

    def __init__(self, learning_rate: float = 0.01, momentum: float = 0.0) -> None:
        self.learning_rate = learning_rate
        self.momentum = momentum
        self.stop = False
        self.reports = False
        self.abandon = False

    @classmethod
    def of(cls, config: TrainConfig | Checkpoint) -> Controls:
        """The live settings as `config` sets them, or as they were last set before a checkpoint."""
        return cls(config.learning_rate, config.momentum)
