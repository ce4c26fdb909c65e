"""A model's answers on all test images: what is taken for what, and which mistakes it is surest of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from cnnviewer.core.data.dataset import Split
from cnnviewer.core.errors import Cancelled
from cnnviewer.core.evaluation.confusion import Confusion, confusion_of
from cnnviewer.core.evaluation.predictor import Predictor

_CHUNK = 500  # images between two words on how far it is


@dataclass(frozen=True)
class Mistake:
    """An image that is read wrongly.

    Attributes:
        index: among the test images.
        label: index of its class.
        read: index of the class it is taken for.
        probability: of that class, 0..1.

    """

    index: int
    label: int
    read: int
    probability: float


@dataclass(frozen=True)
class TestPredictions:
    """The answers on a whole split.

    Attributes:
        confusion: how many images of each class are read as which.
        mistakes: every wrong answer, the surest first.

    """

    confusion: Confusion
    mistakes: tuple[Mistake, ...]


def predict_test_images(
    model: Predictor,
    split: Split,
    progress: Callable[[float], None] = lambda _: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> TestPredictions:
    """Ask the model about every image of `split`, uint8 on the CPU.

    Raises:
        Cancelled: `cancelled` said so.
    """
    labels = split.labels.numpy()
    read, surety = np.empty(len(split), np.int64), np.empty(len(split), np.float32)
    for start in range(0, len(split), _CHUNK):
        if cancelled():
            raise Cancelled
        probabilities = model.predict_batch(split.images[start : start + _CHUNK])
        best = probabilities.argmax(1)
        read[start : start + _CHUNK] = best
        surety[start : start + _CHUNK] = probabilities[np.arange(len(best)), best]
        progress(min(1.0, (start + _CHUNK) / len(split)))
    wrong = np.flatnonzero(read != labels)
    order = wrong[np.argsort(-surety[wrong], kind="stable")]
    mistakes = tuple(Mistake(int(i), int(labels[i]), int(read[i]), float(surety[i])) for i in order)
    everything = np.arange(len(split))
    return TestPredictions(confusion_of(labels.copy(), read, everything, model.recipe.classes, len(split)), mistakes)
