"""What a run's networks answered to one image, from its first step to its last. Free of torch."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from cnnviewer.core.inspection.records import FloatArray


@dataclass(frozen=True)
class AnswerChange:
    """A step at which another class is predicted than at the one kept before.

    Attributes:
        step: the first with the new answer.
        since: the one kept before it: the answer changed somewhere between the two.
        before: index of the class predicted until then.
        after: index of the class predicted from then on.

    """

    step: int
    since: int
    before: int
    after: int


@dataclass(frozen=True, eq=False)
class AnswerHistory:
    """The answers.

    Attributes:
        steps: those kept, ascending.
        probabilities: float32 `(steps, classes)`.
        classes: their names.
        in_eight_bits: whether snapshots keep eight bits a weight, so that a probability may be off by some 0.01.
        missing: how many snapshots could not be read.

    """

    steps: tuple[int, ...]
    probabilities: FloatArray
    classes: tuple[str, ...]
    in_eight_bits: bool = False
    missing: int = 0

    @cached_property
    def predicted(self) -> npt.NDArray[np.intp]:
        """`(steps,)`: index of the class predicted at each step; of equal probabilities the first."""
        return np.asarray(self.probabilities.argmax(1), np.intp)

    @cached_property
    def changes(self) -> tuple[AnswerChange, ...]:
        """The steps at which the answer changed, ascending."""
        places = np.flatnonzero(np.diff(self.predicted)) + 1
        return tuple(
            AnswerChange(
                self.steps[place], self.steps[place - 1], int(self.predicted[place - 1]), int(self.predicted[place])
            )
            for place in places
        )

    def leading(self, most: int, always: tuple[int, ...] = ()) -> tuple[int, ...]:
        """The classes worth a line: those in `always`, then those that ever had the highest probabilities.

        At most `most`, in the order of the classes.
        """
        peaks = self.probabilities.max(0, initial=0)
        order = sorted(range(len(self.classes)), key=lambda label: (label not in always, -peaks[label], label))
        return tuple(sorted(order[: max(most, len(always))]))
