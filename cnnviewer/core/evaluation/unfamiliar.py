"""What is needed to say "this does not look like one of the ten": learned from training and validation images."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final, Protocol

import numpy as np
import numpy.typing as npt
import torch

from cnnviewer.core.data.dataset import Split
from cnnviewer.core.errors import Cancelled, UserError
from cnnviewer.core.evaluation.records import Scores
from cnnviewer.core.models.familiarity import Familiarity, From, energies, flat_features, log_distances

ALLOWED: Final = 0.02
"""Share of familiar images that may be called unfamiliar."""
LEAST: Final = 50
"""Images without which no threshold is set: with fewer, two in a hundred is less than one."""
_IMAGES: Final = 2500
"""Of the training that are looked at, at most; the threshold comes from at most twice as many."""
_CHUNK: Final = 250
_FLOOR: Final = 1e-3  # of the mean variance, added to each: a feature that is always 0 says little when it is not
_NONE: Final = np.zeros((0, 0), np.float32)


class Scorer(Protocol):
    """A model that gives logits and what they are computed from, such as an `Inspector`.

    Attributes:
        score_layers: names of the layers of both; the second is empty where that is too much to keep.

    """

    @property
    def score_layers(self) -> tuple[str, str]: ...  # noqa: D102

    def scores_batch(self, images: torch.Tensor) -> Scores:
        """Both for uint8 images `(N, C, H, W)`."""
        ...


def scores_of(
    model: Scorer,
    images: torch.Tensor,
    progress: Callable[[float], None] = lambda _: None,
    abandoned: Callable[[], bool] = lambda: False,
) -> Scores:
    """Logits and features of uint8 images `(N, C, H, W)`.

    Raises:
        Cancelled: `abandoned` said so.
    """
    parts = []
    for start in range(0, len(images), _CHUNK):
        if abandoned():
            raise Cancelled
        parts.append(model.scores_batch(images[start : start + _CHUNK]))
        progress(min(1.0, (start + _CHUNK) / len(images)))
    if not parts:
        parts = [model.scores_batch(images)]
    return Scores(np.concatenate([part.logits for part in parts]), np.concatenate([part.features for part in parts]))


def learn_familiarity(
    model: Scorer,
    learned: Split,
    validation: Split | None,
    progress: Callable[[float], None] = lambda _: None,
    abandoned: Callable[[], bool] = lambda: False,
) -> Familiarity:
    """Look at images that a model learned from, and set the threshold by its validation images.

    Where there are none, half of the training images looked at set the threshold, and the result says so: as they were
    learned, somewhat more than the allowed share of other images lies above it.

    Args:
        model: with the weights.
        learned: training images.
        validation: images that it did not learn from, of the same kind; None where none were held out.
        progress: hears what share is done.
        abandoned: whether nobody waits any more.

    Raises:
        UserError: there are too few images.
        Cancelled: `abandoned` said so.
    """
    split: From = "validation" if validation is not None else "training"
    if validation is not None:
        basis, checked = _sample(learned, _IMAGES), _sample(validation, 2 * _IMAGES)
    else:
        both = _sample(learned, 2 * _IMAGES)
        basis, checked = both.select(slice(0, len(both) // 2)), both.select(slice(len(both) // 2, None))
    if len(basis) < LEAST or len(checked) < LEAST:
        raise UserError(
            "There are too few images to tell what is unfamiliar: {count:image|images}, at least {least} are needed.",
            count=min(len(basis), len(checked)),
            least=LEAST,
        )
    whole = len(basis) + len(checked)
    shown = scores_of(model, basis.images, lambda share: progress(share * len(basis) / whole), abandoned)
    seen = scores_of(
        model, checked.images, lambda share: progress((share * len(checked) + len(basis)) / whole), abandoned
    )
    found = _measured(model.score_layers, shown, basis.labels.numpy(), len(checked), split)
    scores = np.sort(found.scores(seen.logits, seen.features))
    last = len(scores) - 1 - int(ALLOWED * len(scores))  # of the familiar ones
    # between two of them, so that no rounding moves an image to the other side
    return replace(found, threshold=float(scores[last : last + 2].mean()))


def _measured(
    layers: tuple[str, str], shown: Scores, labels: npt.NDArray[np.int64], images: int, split: From
) -> Familiarity:
    """All but the threshold, from scores of training images of the classes `labels`, `(N,)`."""
    energy, distance, means, variances = _spread(energies(shown.logits)), (0.0, 0.0), _NONE, _NONE[0:0].reshape(0)
    if layers[1]:
        features = flat_features(shown.features)
        means = np.full((shown.logits.shape[1], features.shape[1]), np.nan, np.float32)
        left = np.zeros(features.shape[1])
        for label in np.unique(labels).tolist():
            own = features[labels == label].astype(np.float64)
            means[label] = own.mean(0)
            left += ((own - own.mean(0)) ** 2).sum(0)
        variances = (left / len(labels) + _FLOOR * max(left.mean() / len(labels), 1e-12)).astype(np.float32)
        distance = _spread(log_distances(features, means, variances))
    classes = shown.logits.shape[1]
    return Familiarity(*layers, classes, means, variances, energy, distance, 0.0, ALLOWED, images, split)


def _spread(values: npt.NDArray[np.float64]) -> tuple[float, float]:
    """The median, and the width of the middle 68 %; 0 where it is nothing but rounding."""
    low, middle, high = (float(value) for value in np.quantile(values, (0.16, 0.5, 0.84)))
    return middle, high - low if high - low > 1e-6 * max(1.0, abs(middle)) else 0.0


def _sample(split: Split, most: int) -> Split:
    """At most so many images of a split, drawn by a fixed seed, in a fixed order."""
    order = torch.randperm(len(split), generator=torch.Generator().manual_seed(0))
    return split.select(order[:most])
