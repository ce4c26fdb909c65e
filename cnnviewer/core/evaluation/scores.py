"""What the logits of an image say beside the class predicted: its loss, its margin, the place of its class."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class ImageScores:
    """Numbers of N images, each `(N,)`.

    Attributes:
        losses: cross-entropy, -log p(true class), float32; NaN where the logits are.
        margins: the logit of the true class minus the largest logit of another class, float32: negative where the
            prediction is wrong.
        ranks: how many classes come before the true one, int32; 0 where the prediction is correct.

    """

    losses: Floats
    margins: Floats
    ranks: npt.NDArray[np.int32]

    def __post_init__(self) -> None:
        """Nobody writes into them."""
        for array in (self.losses, self.margins, self.ranks):
            array.flags.writeable = False


def image_scores(logits: Floats, labels: npt.NDArray[np.int64]) -> ImageScores:
    """The scores of images from their logits `(N, C)`, C >= 2, and classes `(N,)`.

    Of equal logits the first class comes first, as `argmax` has it. Where a logit is NaN there is no order: the true
    class is the last one, unless it is predicted.
    """
    images = np.arange(len(labels))
    exact = logits.astype(np.float64)
    own = exact[images, labels]
    most = exact.max(axis=1)
    with np.errstate(invalid="ignore", over="ignore"):
        losses = most + np.log(np.exp(exact - most[:, None]).sum(axis=1)) - own
        before = (exact > own[:, None]) | ((exact == own[:, None]) & (np.arange(exact.shape[1]) < labels[:, None]))
        ranks = before.sum(axis=1).astype(np.int32)
        exact[images, labels] = -np.inf
        margins = own - exact.max(axis=1)
    unordered = np.isnan(logits).any(axis=1)
    if unordered.any():
        last = np.where(logits.argmax(axis=1) == labels, 0, logits.shape[1] - 1)
        ranks = np.where(unordered, last, ranks).astype(np.int32)
    return ImageScores(losses.astype(np.float32), margins.astype(np.float32), ranks)


def joined(parts: list[ImageScores]) -> ImageScores:
    """The scores of the images of all parts, in their order."""
    return ImageScores(
        np.concatenate([np.zeros(0, np.float32), *(part.losses for part in parts)]),
        np.concatenate([np.zeros(0, np.float32), *(part.margins for part in parts)]),
        np.concatenate([np.zeros(0, np.int32), *(part.ranks for part in parts)]),
    )
