"""What a model reads on labelled images, as a table: rows are the labels, columns what is read. Free of torch."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Labels = npt.NDArray[np.int64]
Shares = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Confusion:
    """The images of a split, or of a fixed sample of it, by label and by what the model reads.

    Attributes:
        classes: their names.
        counts: `(C, C)`, read-only: of the images labelled with the row's class how many are read as the column's.
        indices: `(N,)` which images of the split were read, ascending.
        labels: `(N,)` their classes.
        predicted: `(N,)` what is read on them.
        available: images in the split.
        step: training step of the weights.

    """

    classes: tuple[str, ...]
    counts: Labels
    indices: Labels
    labels: Labels
    predicted: Labels
    available: int
    step: int = 0

    @property
    def total(self) -> int:
        """Images that were read."""
        return len(self.indices)

    @property
    def complete(self) -> bool:
        """Whether every image of the split was read."""
        return self.total == self.available

    @property
    def correct(self) -> int:
        """Images read rightly."""
        return int(np.trace(self.counts))

    @property
    def accuracy(self) -> float:
        """0..1; NaN without images."""
        return self.correct / self.total if self.total else float("nan")

    @property
    def recall(self) -> Shares:
        """`(C,)` of the images labelled with a class the share read as it; NaN where there are none."""
        return _shares(np.diagonal(self.counts), self.counts.sum(axis=1))

    @property
    def precision(self) -> Shares:
        """`(C,)` of the images read as a class the share labelled with it; NaN where none is read so."""
        return _shares(np.diagonal(self.counts), self.counts.sum(axis=0))

    def images(self, label: int, read_as: int) -> Labels:
        """The images of one cell, as indices into the split."""
        chosen: Labels = self.indices[(self.labels == label) & (self.predicted == read_as)]
        return chosen


def confusion_of(
    labels: Labels, predicted: Labels, indices: Labels, classes: tuple[str, ...], available: int, step: int = 0
) -> Confusion:
    """Count: `labels`, `predicted` and `indices` are `(N,)` and belong together; see `Confusion`."""
    count = len(classes)
    counts = np.bincount(labels * count + predicted, minlength=count * count).reshape(count, count).astype(np.int64)
    for array in (counts, labels, predicted, indices):
        array.flags.writeable = False
    return Confusion(classes, counts, indices, labels, predicted, available, step)


def _shares(part: Labels, whole: Labels) -> Shares:
    shares: Shares = np.divide(part, whole, out=np.full(len(part), np.nan), where=whole > 0)
    return shares
