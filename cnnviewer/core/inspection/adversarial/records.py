"""What is asked of a change that flips an answer, and what was found. Free of torch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import numpy.typing as npt

from cnnviewer.core.inspection.records import FloatArray, Prediction

Pixels = npt.NDArray[np.uint8]
Attack = Literal["fgsm", "pgd"]
ATTACKS: Final[tuple[Attack, ...]] = ("fgsm", "pgd")
STEPS: Final = 20
"""Of projected gradient descent."""
LARGEST: Final = 255
"""Grey levels: a change this large can make any picture of any other."""


@dataclass(frozen=True)
class FlipRequest:
    """What is asked.

    Attributes:
        attack: `fgsm` takes one step, `pgd` many small ones and keeps the best.
        epsilon: how many grey levels of 0..255 each value of the picture may change by; None: the smallest number
            found that changes the answer.
        towards: index of the class to be predicted; None: any other than the one predicted now.
        steps: of `pgd`.

    """

    attack: Attack
    epsilon: int | None = None
    towards: int | None = None
    steps: int = STEPS


@dataclass(frozen=True, eq=False)
class Answered:
    """What the model answers to a picture.

    Attributes:
        picture: uint8 `(C, H, W)`.
        logits: float32 `(classes,)`.
        prediction: the classes, best first.
        label: index of the class predicted.

    """

    picture: Pixels
    logits: FloatArray
    prediction: Prediction
    label: int


@dataclass(frozen=True, eq=False)
class Flip:
    """The answer.

    Attributes:
        request: as it was asked.
        before: the image in eight bits, and what the model answers to it.
        after: the changed picture, as it is saved, and what the model answers to that.
        epsilon: grey levels that were allowed: those asked for, or the fewest found; where none were found, those that
            came closest.
        flipped: whether the answer is another one, or the one asked for.
        tried: each number of grey levels tried on the way to the fewest, and whether it was enough.
        without_slope: whether the gradient is 0 everywhere, so that no direction is better than another.

    """

    request: FlipRequest
    before: Answered
    after: Answered
    epsilon: int
    flipped: bool
    tried: tuple[tuple[int, bool], ...] = ()
    without_slope: bool = False

    @property
    def difference(self) -> npt.NDArray[np.int16]:
        """`(C, H, W)`: the changed picture minus the image, in grey levels."""
        return self.after.picture.astype(np.int16) - self.before.picture.astype(np.int16)

    @property
    def largest_change(self) -> int:
        """The largest change of a value, in grey levels: at most `epsilon`."""
        return int(np.abs(self.difference).max(initial=0))

    @property
    def changed_pixels(self) -> int:
        """How many pixels are not what they were."""
        return int(self.difference.any(axis=0).sum())
