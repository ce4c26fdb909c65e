"""Whether an image looks like those a model learned from: a score, and the threshold that weights files keep.

Two ways to be unfamiliar are added up, each measured in the spread that training images have:

    score = (e0 - E) / se + (ln D - d0) / sd

E is the log of the sum of exp(logit) (Liu and others, "Energy-based Out-of-distribution Detection", 2020): low where
no class is supported. D is the distance of the last layer's input x to the nearest class: the smallest over the classes
c of the sum over features of (x - mean_c)^2 / variance (Lee and others, "A Simple Unified Framework for Detecting
Out-of-Distribution Samples", 2018, with a diagonal covariance). e0, d0 are the medians on training images; se, sd the
widths of the middle 68 %. Free of torch.
"""

from __future__ import annotations

import base64
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np
import numpy.typing as npt

from cnnviewer.core.models.sealed import sealed, unsealed

Floats = npt.NDArray[np.float64]
From = Literal["validation", "training"]

MOST_NUMBERS: Final = 100_000
"""Means and variances that a record holds; of a model with more, the distance is left out."""
_FORMAT: Final = 1


@dataclass(frozen=True)
class Familiarity:
    """What is known of the images that weights learned from.

    Attributes:
        logits: name of the layer whose values are the logits.
        features: name of the layer that the last weights read; empty where the distance is left out.
        classes: how many logits there are.
        means: `(C, F)`, of the features of each class's training images; a class without images has NaN.
        variances: `(F,)`, within the classes.
        energy: median and spread of E.
        distance: median and spread of ln D.
        threshold: a score above it says unfamiliar.
        allowed: share of the images it comes from that may be above it, 0..1.
        images: how many it comes from.
        split: what they are; `training` where the training held no validation images out.

    """

    logits: str
    features: str
    classes: int
    means: npt.NDArray[np.float32]
    variances: npt.NDArray[np.float32]
    energy: tuple[float, float]
    distance: tuple[float, float]
    threshold: float
    allowed: float
    images: int
    split: From

    def scores(self, logits: npt.NDArray[Any], features: npt.NDArray[Any] | None) -> Floats:
        """`(N,)`: the higher, the less familiar, of logits `(N, C)` and features `(N, …)`."""
        found = (self.energy[0] - energies(logits)) / self.energy[1] if self.energy[1] > 0 else np.zeros(len(logits))
        if self.features and features is not None and self.distance[1] > 0:
            far = log_distances(flat_features(features), self.means, self.variances)
            found = found + (far - self.distance[0]) / self.distance[1]
        return np.asarray(found, np.float64)

    def score_of(self, values: Mapping[str, npt.NDArray[Any]]) -> float:
        """The score of one image, whose values of all layers are there by name; NaN where the layers are others."""
        logits, features = values.get(self.logits), values.get(self.features)
        if logits is None or logits.size != self.classes or (self.features and features is None):
            return math.nan
        return float(self.scores(logits.reshape(1, -1), None if features is None else features[None])[0])

    def to_text(self, weights: str) -> str:
        """For a weights file: a checksum over it and over `weights`, the name of what it belongs to, and JSON."""
        numbers = {name: _packed(array) for name, array in (("means", self.means), ("variances", self.variances))}
        plain = {
            "logits": self.logits,
            "features": self.features,
            "classes": self.classes,
            "energy": list(self.energy),
            "distance": list(self.distance),
            "threshold": self.threshold,
            "allowed": self.allowed,
            "images": self.images,
            "split": self.split,
        }
        return sealed(_FORMAT, {**plain, **numbers}, weights)

    @classmethod
    def from_text(cls, text: str, weights: str) -> Familiarity | None:
        """What `to_text` wrote; None where a later version of the program wrote it.

        Raises:
            ValueError: it is damaged, or about other weights.
        """
        found = unsealed(_FORMAT, text, weights)
        if found is None:
            return None
        energy, distance = ((float(pair[0]), float(pair[1])) for pair in (found["energy"], found["distance"]))
        return cls(
            found["logits"],
            found["features"],
            int(found["classes"]),
            _unpacked(found["means"]),
            _unpacked(found["variances"]),
            energy,
            distance,
            float(found["threshold"]),
            float(found["allowed"]),
            int(found["images"]),
            found["split"],
        )


def energies(logits: npt.NDArray[Any]) -> Floats:
    """`(N,)`: the log of the sum of exp(logit), of `(N, C)`."""
    wide = logits.astype(np.float64)
    most = wide.max(1, keepdims=True)
    return np.asarray(most[:, 0] + np.log(np.exp(wide - most).sum(1)))


def log_distances(features: npt.NDArray[Any], means: npt.NDArray[Any], variances: npt.NDArray[Any]) -> Floats:
    """`(N,)`: the logarithm of each image's squared distance to the nearest class, of features `(N, F)`."""
    scale = 1 / np.sqrt(variances.astype(np.float64))
    wide = features.astype(np.float64) * scale
    nearest = np.full(len(wide), np.inf)
    for mean in means.astype(np.float64):
        if not np.isnan(mean).any():
            nearest = np.minimum(nearest, ((wide - mean * scale) ** 2).sum(1))
    return np.asarray(np.log(np.maximum(nearest, 1e-12)))


def flat_features(values: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """`(N, …)` -> `(N, F)`."""
    return values.reshape(len(values), -1)


def _packed(array: npt.NDArray[np.float32]) -> dict[str, object]:
    raw = np.ascontiguousarray(array, "<f4").tobytes()
    return {"shape": list(array.shape), "float32": base64.b64encode(raw).decode("ascii")}


def _unpacked(found: dict[str, Any]) -> npt.NDArray[np.float32]:
    raw = base64.b64decode(found["float32"], validate=True)
    array = np.frombuffer(raw, "<f4").reshape([int(size) for size in found["shape"]]).astype(np.float32)
    array.flags.writeable = False
    return array
