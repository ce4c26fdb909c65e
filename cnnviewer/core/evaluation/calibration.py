"""Whether probabilities mean what they say: reliability diagram, expected calibration error, temperature.

Source: Guo, Pleiss, Sun, Weinberger, "On Calibration of Modern Neural Networks" (2017). Free of torch.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from cnnviewer.core.errors import UserError
from cnnviewer.core.models.temperature import Temperature

Floats = npt.NDArray[np.float64]
Labels = npt.NDArray[np.int64]

BINS: Final = 15
"""Of a reliability diagram, as in the source."""
_COLDEST, _HOTTEST = 1 / 64, 64.0  # temperatures that are looked for
_HALVINGS: Final = 60


@dataclass(frozen=True)
class Reliability:
    """Images by the probability of their prediction.

    Attributes:
        edges: `(B + 1,)` from 0 to 1: bin b holds what is above edge b and at most edge b + 1; 0 belongs to the first.
        counts: `(B,)` images in each bin.
        confidences: `(B,)` their mean probability; NaN where a bin is empty.
        accuracies: `(B,)` which share of them is correct; NaN where a bin is empty.

    """

    edges: Floats
    counts: Labels
    confidences: Floats
    accuracies: Floats

    @property
    def total(self) -> int:
        """All images."""
        return int(self.counts.sum())

    @property
    def empty(self) -> int:
        """Bins without an image."""
        return int((self.counts == 0).sum())

    @property
    def ece(self) -> float:
        """Expected calibration error: the mean of |accuracy - confidence| over the bins, each weighted by its images.

        0..1; NaN without images.
        """
        filled = self.counts > 0
        if not filled.any():
            return math.nan
        gaps = np.abs(self.accuracies - self.confidences)[filled]
        return float((gaps * self.counts[filled]).sum() / self.total)

    @property
    def gap(self) -> float:
        """Mean probability less accuracy: above 0 where the model is surer than it is right; NaN without images."""
        filled = self.counts > 0
        if not filled.any():
            return math.nan
        return float(((self.confidences - self.accuracies)[filled] * self.counts[filled]).sum() / self.total)


@dataclass(frozen=True)
class Calibration:
    """How far the probabilities on the test images can be taken at their word.

    Attributes:
        before: with the model's own probabilities.
        loss: mean negative log-likelihood of the true classes, in nats.
        temperature: what the logits are divided by, fitted on validation images; None where there are none.
        fitted_on: validation images it was fitted on.
        after: with the logits divided by it.
        loss_after: likewise.
        why_not: why there is no temperature.

    """

    before: Reliability
    loss: float
    temperature: float | None = None
    fitted_on: int = 0
    after: Reliability | None = None
    loss_after: float | None = None
    why_not: UserError | None = None

    @property
    def fitted(self) -> Temperature | None:
        """The temperature, as weights files keep it."""
        return Temperature(self.temperature, self.fitted_on) if self.temperature is not None else None


def reliability(
    confidences: npt.NDArray[np.floating[Any]], correct: npt.NDArray[np.bool_], bins: int = BINS
) -> Reliability:
    """Put images into bins of equal width by the probability of their prediction.

    Args:
        confidences: `(N,)` the largest probability of each image, 0..1.
        correct: `(N,)` whether its prediction is.
        bins: how many.
    """
    edges = np.linspace(0.0, 1.0, bins + 1)
    # left: a probability that is an edge belongs to the bin below it, so 1.0 to the last
    places = np.clip(np.searchsorted(edges, confidences.astype(np.float64), side="left") - 1, 0, bins - 1)
    counts = np.bincount(places, minlength=bins).astype(np.int64)

    def means(values: npt.NDArray[Any]) -> Floats:
        sums = np.bincount(places, weights=values.astype(np.float64), minlength=bins)
        found: Floats = np.divide(sums, counts, out=np.full(bins, np.nan), where=counts > 0)
        return found

    return Reliability(edges, counts, means(confidences), means(correct))


def probabilities(logits: npt.NDArray[np.floating[Any]], temperature: float = 1.0) -> Floats:
    """Softmax of `(N, C)` logits that are divided by the temperature."""
    scaled = np.exp(log_probabilities(logits, temperature))
    return np.asarray(scaled, np.float64)


def log_probabilities(logits: npt.NDArray[np.floating[Any]], temperature: float = 1.0) -> Floats:
    """Their logarithms, `(N, C)`; no exponential overflows."""
    scaled = logits.astype(np.float64) / temperature
    scaled -= scaled.max(1, keepdims=True)
    return np.asarray(scaled - np.log(np.exp(scaled).sum(1, keepdims=True)))


def log_loss(logits: npt.NDArray[np.floating[Any]], labels: Labels, temperature: float = 1.0) -> float:
    """Mean negative log-likelihood of the labels `(N,)`, in nats; NaN without images."""
    if not len(labels):
        return math.nan
    return float(-log_probabilities(logits, temperature)[np.arange(len(labels)), labels].mean())


def fit_temperature(logits: npt.NDArray[np.floating[Any]], labels: Labels) -> float:
    """The temperature with the least mean negative log-likelihood on validation images.

    The likelihood is convex in 1 / T: its derivative there, the mean of (expected logit - logit of the label), rises
    with 1 / T, and bisection finds where it is 0.

    Args:
        logits: `(N, C)` of images that nothing was learned from.
        labels: `(N,)` their classes.

    Raises:
        UserError: no finite temperature is best.
    """
    centred = logits.astype(np.float64)
    centred = centred - centred.max(1, keepdims=True)
    own = centred[np.arange(len(labels)), labels]
    finite = np.where(np.isneginf(centred), 0.0, centred)  # a class that a model rules out has no weight

    def slope(log_temperature: float) -> float:
        weights = np.exp(centred * math.exp(-log_temperature))
        expected = (weights * finite).sum(1) / weights.sum(1)
        return float((expected - own).mean())

    cold, hot = math.log(_COLDEST), math.log(_HOTTEST)
    if not len(labels) or slope(cold) <= 0:
        raise UserError(
            "No temperature is fitted: every validation image is predicted correctly, so that none fits best."
        )
    if slope(hot) >= 0:
        raise UserError("No temperature is fitted: the predictions of the validation images are no better than chance.")
    for _ in range(_HALVINGS):
        middle = (cold + hot) / 2
        cold, hot = (middle, hot) if slope(middle) > 0 else (cold, middle)
    return math.exp((cold + hot) / 2)


def calibration(
    logits: npt.NDArray[np.floating[Any]],
    labels: Labels,
    validation: tuple[npt.NDArray[np.floating[Any]], Labels] | None = None,
    why_not: UserError | None = None,
) -> Calibration:
    """Reliability on test images, before and after a temperature that is fitted on validation images alone.

    Args:
        logits: `(N, C)` of the test images.
        labels: `(N,)`.
        validation: logits `(M, C)` and labels `(M,)` of the validation images; None where there are none.
        why_not: why there are none.
    """
    before, loss = _on(logits, labels, 1.0), log_loss(logits, labels)
    if validation is None:
        return Calibration(before, loss, why_not=why_not)
    try:
        temperature = fit_temperature(*validation)
    except UserError as error:
        return Calibration(before, loss, fitted_on=len(validation[1]), why_not=error)
    after = _on(logits, labels, temperature)
    return Calibration(before, loss, temperature, len(validation[1]), after, log_loss(logits, labels, temperature))


def _on(logits: npt.NDArray[np.floating[Any]], labels: Labels, temperature: float) -> Reliability:
    found = probabilities(logits, temperature)
    return reliability(found.max(1, initial=0.0), found.argmax(1) == labels)
