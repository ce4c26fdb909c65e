"""What an evaluation gives: frozen records. Free of torch: the window shows them."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

Indices = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Evaluation:
    """A model evaluated on a whole split.

    Attributes:
        loss: mean over the images.
        per_class: class name -> (correct, total).

    """

    correct: int
    total: int
    loss: float
    per_class: dict[str, tuple[int, int]] = field(default_factory=dict)

    @property
    def accuracy(self) -> float:
        """0..1."""
        return self.correct / self.total


@dataclass(frozen=True)
class Scores:
    """What a model computes for images before the probabilities.

    Attributes:
        logits: float32 `(N, C)`; their softmax are the probabilities.
        features: float32 `(N, F)`, what the logits are computed from; `(N, 0)` where that is not kept.

    """

    logits: npt.NDArray[np.float32]
    features: npt.NDArray[np.float32]


@dataclass(frozen=True)
class ModelPredictions:
    """Predictions of several models for every image of a test set.

    Attributes:
        numbers: of the columns, one per row of `predicted`.
        predicted: classes, int64 `(columns, N)`.
        chances: the probability of each, float32 `(columns, N)`.
        labels: int64 `(N,)`.
        classes: their names.

    """

    numbers: tuple[int, ...]
    predicted: Indices
    chances: npt.NDArray[np.float32]
    labels: Indices
    classes: tuple[str, ...]

    @property
    def right(self) -> npt.NDArray[np.bool_]:
        """Whether each prediction is correct, bool `(columns, N)`."""
        return np.equal(self.predicted, self.labels[None])

    def disagreed(self) -> Indices:
        """Indices of the images on which the models disagree, ascending."""
        if len(self.predicted) < 2:
            return np.zeros(0, np.int64)
        return np.flatnonzero((self.predicted != self.predicted[0]).any(axis=0))

    def only_right(self, number: int) -> Indices:
        """Indices of the images that only this column predicts correctly."""
        right = self.right
        return np.flatnonzero(right[self.numbers.index(number)] & (right.sum(axis=0) == 1) & (len(self.numbers) > 1))

    def only_wrong(self, number: int) -> Indices:
        """Indices of the images that only this column predicts wrongly."""
        wrong = ~self.right
        return np.flatnonzero(wrong[self.numbers.index(number)] & (wrong.sum(axis=0) == 1) & (len(self.numbers) > 1))

    def none_right(self) -> Indices:
        """Indices of the images on which the models disagree and all are wrong."""
        disagreed = self.disagreed()
        return disagreed[~self.right[:, disagreed].any(axis=0)]

    def accuracy(self, number: int) -> float:
        """Accuracy of a column, 0..1."""
        return float(self.right[self.numbers.index(number)].mean())
