"""A model's answers on all test images: what is taken for what, and which mistakes it is surest of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cnnviewer.core.data.dataset import Split
from cnnviewer.core.errors import Cancelled
from cnnviewer.core.inspection.trace import Inspector

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
class Judged:
    """The answers on a whole split.

    Attributes:
        confusion: int64 `(classes, classes)`: images of the row's class read as the column's.
        mistakes: every wrong answer, the surest first.

    """

    confusion: npt.NDArray[np.int64]
    mistakes: tuple[Mistake, ...]

    @property
    def correct(self) -> int:
        """Images read rightly."""
        return int(np.trace(self.confusion))

    @property
    def total(self) -> int:
        """Images."""
        return int(self.confusion.sum())


def judged(
    inspector: Inspector,
    split: Split,
    progress: Callable[[float], None] = lambda _: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Judged:
    """Ask the model about every image of `split`, uint8 on the CPU.

    Raises:
        Cancelled: `cancelled` said so.
    """
    classes, labels = len(inspector.recipe.classes), split.labels.numpy()
    read, surety = np.empty(len(split), np.int64), np.empty(len(split), np.float32)
    for start in range(0, len(split), _CHUNK):
        if cancelled():
            raise Cancelled
        probabilities = inspector.predict_batch(split.images[start : start + _CHUNK])
        best = probabilities.argmax(1)
        read[start : start + _CHUNK] = best
        surety[start : start + _CHUNK] = probabilities[np.arange(len(best)), best]
        progress(min(1.0, (start + _CHUNK) / len(split)))
    confusion = np.bincount(labels * classes + read, minlength=classes * classes).reshape(classes, classes)
    wrong = np.flatnonzero(read != labels)
    order = wrong[np.argsort(-surety[wrong], kind="stable")]
    mistakes = tuple(Mistake(int(i), int(labels[i]), int(read[i]), float(surety[i])) for i in order)
    return Judged(confusion.astype(np.int64), mistakes)
