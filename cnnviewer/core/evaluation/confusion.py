"""What a model predicts on labelled images, as a table: rows are labels, columns predictions. Free of torch."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cnnviewer.core.evaluation.scores import ImageScores

Labels = npt.NDArray[np.int64]
Shares = npt.NDArray[np.float64]
Confidences = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Confusion:
    """The images of a split, or of a fixed sample of it, by label and by what the model reads.

    Attributes:
        classes: their names.
        counts: `(C, C)`, read-only: of the images labelled with the row's class how many are read as the column's.
        indices: `(N,)` which images of the split were read, ascending.
        labels: `(N,)` their classes.
        predicted: `(N,)` what is read on them.
        confidences: `(N,)` probabilities of what is predicted, 0..1; NaN where they are not known.
        available: images in the split.
        step: training step of the weights.
        scores: loss, margin and rank of each image; None where they are not known.

    """

    classes: tuple[str, ...]
    counts: Labels
    indices: Labels
    labels: Labels
    predicted: Labels
    confidences: Confidences
    available: int
    step: int = 0
    scores: ImageScores | None = None

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
        """Images predicted correctly."""
        return int(np.trace(self.counts))

    @property
    def wrong(self) -> int:
        """Images whose prediction is wrong."""
        return self.total - self.correct

    @property
    def accuracy(self) -> float:
        """0..1; NaN without images."""
        return self.correct / self.total if self.total else float("nan")

    @property
    def recall(self) -> Shares:
        """`(C,)` of the images labelled with a class the share read as it; NaN where there are none."""
        return shares(np.diagonal(self.counts), self.counts.sum(axis=1))

    @property
    def precision(self) -> Shares:
        """`(C,)` of the images read as a class the share labelled with it; NaN where none is read so."""
        return shares(np.diagonal(self.counts), self.counts.sum(axis=0))

    def rows(self, cell: tuple[int, int] | None) -> Labels:
        """Which of the N images belong to a cell (label, predicted), or are wrong where it is None: ascending."""
        if cell is None:
            chosen = self.labels != self.predicted
        else:
            chosen = (self.labels == cell[0]) & (self.predicted == cell[1])
        return np.flatnonzero(chosen)

    def of_rows(self, rows: Labels) -> Confusion:
        """The table of these of its N images alone: a sample of the split; `rows` is ascending."""
        scores = self.scores
        if scores is not None:
            scores = ImageScores(scores.losses[rows], scores.margins[rows], scores.ranks[rows])
        read = (self.labels[rows], self.predicted[rows], self.indices[rows])
        return confusion_of(*read, self.classes, self.available, self.step, self.confidences[rows], scores)

    def images(self, label: int, read_as: int) -> Labels:
        """The images of one cell, as indices into the split."""
        chosen: Labels = self.indices[self.rows((label, read_as))]
        return chosen


def confusion_of(
    labels: Labels,
    predicted: Labels,
    indices: Labels,
    classes: tuple[str, ...],
    available: int,
    step: int = 0,
    confidences: Confidences | None = None,
    scores: ImageScores | None = None,
) -> Confusion:
    """Count: `labels`, `predicted`, `indices` and `confidences` are `(N,)` and belong together; see `Confusion`."""
    count = len(classes)
    counts = np.bincount(labels * count + predicted, minlength=count * count).reshape(count, count).astype(np.int64)
    known = np.full(len(labels), np.nan, np.float32) if confidences is None else confidences
    for array in (counts, labels, predicted, indices, known):
        array.flags.writeable = False
    return Confusion(classes, counts, indices, labels, predicted, known, available, step, scores)


def shares(part: Labels, whole: Labels) -> Shares:
    """`part` of `whole`, `(C,)`; NaN where there is nothing to share."""
    found: Shares = np.divide(part, whole, out=np.full(len(part), np.nan), where=whole > 0)
    return found
