"""What a change of the model, such as a muted channel, does to its predictions of the same images. Free of torch."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cnnviewer.core.evaluation.confusion import Confusion, Labels, Shares
from cnnviewer.core.evaluation.difference import Flip, difference_of


@dataclass(frozen=True)
class Effect:
    """Two tables of the same images: before a change and after it.

    Attributes:
        before, after: the tables; their images, labels and classes are the same.

    """

    before: Confusion
    after: Confusion

    @property
    def became_wrong(self) -> Labels:
        """Indices, as in `Confusion.indices`, of the images that were correct and are wrong now: ascending."""
        return self._flipped("wrong")

    @property
    def became_correct(self) -> Labels:
        """Indices of the images that were wrong and are correct now: ascending."""
        return self._flipped("right")

    @property
    def recall_change(self) -> Shares:
        """`(C,)` recall after minus recall before, -1..1; NaN for a class without images."""
        return self.after.recall - self.before.recall

    @property
    def precision_change(self) -> Shares:
        """`(C,)` precision after minus precision before, -1..1; NaN where one of them is not defined."""
        return self.after.precision - self.before.precision

    @property
    def classes_by_change(self) -> tuple[int, ...]:
        """The classes whose recall or precision is another now, the largest change first."""
        sizes = np.fmax(np.abs(self.recall_change), np.abs(self.precision_change))
        # a class that is no longer predicted at all has no precision now: as large a change as can be
        sizes = np.where(np.isnan(self.after.precision) != np.isnan(self.before.precision), 1.0, np.nan_to_num(sizes))
        order = np.argsort(-sizes, kind="stable")
        return tuple(int(index) for index in order if sizes[index] > 0)

    def _flipped(self, flip: Flip) -> Labels:
        indices: Labels = self.after.indices[difference_of(self.after, self.before).flipped(flip)]
        return indices


def effect_of(before: Confusion | None, after: Confusion | None) -> Effect | None:
    """The effect of a change; None where a table is missing or the tables are not about the same images."""
    if before is None or after is None or before.classes != after.classes:
        return None
    same = np.array_equal(before.indices, after.indices) and np.array_equal(before.labels, after.labels)
    return Effect(before, after) if same else None
