"""What is asked of an attribution, and what it answers. Free of torch."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final, Literal

from cnnviewer.core.inspection.records import Architecture, FloatArray

Method = Literal["gradient", "gradient-x-input", "integrated-gradients", "grad-cam", "occlusion"]
METHODS: Final[tuple[Method, ...]] = ("gradient", "gradient-x-input", "integrated-gradients", "grad-cam", "occlusion")
Baseline = Literal["black", "mean", "blurred"]
BASELINES: Final[tuple[Baseline, ...]] = ("black", "mean", "blurred")
"""An image without anything on it: black *pixels*, the mean of the data, or the image itself, blurred."""
ALLOWED_SHARE: Final = 0.01
LEAST_ALLOWED: Final = 1e-3
"""Integrated gradients add up to the change of the logit, but for this share of it or this much of a logit."""


_VALUES_AT_ONCE = 48 * 2**20
"""Numbers of all layers that are held at once: 200 MB."""
_MOST_AT_ONCE = 128
_FEW_AT_ONCE = 8


def images_at_once(architecture: Architecture) -> int:
    """How many images are best run together."""
    values = sum(math.prod(layer.shape) for layer in architecture.layers)
    return min(_MOST_AT_ONCE, max(1, _VALUES_AT_ONCE // max(1, values)))


def is_slow(at_once: int) -> bool:
    """Whether an image is so much work that a coarse result of many passes is worth having first."""
    return at_once < _FEW_AT_ONCE


@dataclass(frozen=True)
class AttributionRequest:
    """What is asked.

    Attributes:
        method: one of `METHODS`.
        target: index of the class whose logit is attributed.
        against: index of another class: the difference of the two logits is attributed. None: the logit alone.
        layer: whose maps Grad-CAM reads; None: the last whose maps are larger than a pixel.
        baseline: what integrated gradients begin with, and what occlusion puts in place of a patch.
        patch: side of what occlusion covers, in pixels; 0: about a seventh of the image.
        stride: pixels between two patches; 0: half a patch.
        log_odds: whether the model gives one number for its two classes: with `against` or without, the log-odds of
            the target against the other class are attributed then. Filled in with the answer.

    """

    method: Method
    target: int
    against: int | None = None
    layer: str | None = None
    baseline: Baseline = "black"
    patch: int = 0
    stride: int = 0
    log_odds: bool = False

    @property
    def opposite(self) -> int | None:
        """The class that the target is measured against; None: none."""
        return 1 - self.target if self.log_odds else self.against


@dataclass(frozen=True)
class MapSettings:
    """How the methods are set, whatever the question.

    Attributes:
        layer: whose maps Grad-CAM reads; None: the last whose maps are larger than a pixel.
        baseline: what integrated gradients begin with.
        fill: what occlusion puts in place of a patch.
        patch: side of what occlusion covers, in pixels; 0: about a seventh of the image.
        stride: pixels between two patches; 0: half a patch.

    """

    layer: str | None = None
    baseline: Baseline = "black"
    fill: Baseline = "black"
    patch: int = 0
    stride: int = 0

    def request(self, method: Method, target: int, against: int | None) -> AttributionRequest:
        """What is asked of a method: only what it depends on, so that equal requests have equal answers."""
        if method == "grad-cam":
            return AttributionRequest(method, target, against, layer=self.layer)
        if method == "integrated-gradients":
            return AttributionRequest(method, target, against, baseline=self.baseline)
        if method == "occlusion":
            return AttributionRequest(method, target, against, None, self.fill, self.patch, self.stride)
        return AttributionRequest(method, target, against)


@dataclass(frozen=True)
class Attribution:
    """The answer.

    Attributes:
        request: with everything filled in that was left open.
        logit: of the target, or its difference to the other class's.
        map: float32 `(C, H, W)`, of Grad-CAM `(H, W)`, on the pixels of the input: what each carries, in logits
            (`gradient`: logits for each unit of the normalised input).
        peak: largest and smallest value of Grad-CAM's sum before its ReLU, at the layer's own size; None otherwise.
        baseline_logit: of integrated gradients' baseline; None otherwise.
        nodes: of integrated gradients; 0 otherwise.
        baseline: what integrated gradients begin with, or what occlusion puts in place of a patch: an image `(C, H, W)`
            in 0..1; None otherwise.

    """

    request: AttributionRequest
    logit: float
    map: FloatArray
    peak: tuple[float, float] | None = None
    baseline_logit: float | None = None
    nodes: int = 0
    baseline: FloatArray | None = None

    @property
    def completeness(self) -> float | None:
        """How far the map's sum is from the change of the logit between baseline and image; None where none is due."""
        if self.baseline_logit is None:
            return None
        return abs(float(self.map.sum(dtype="float64")) - (self.logit - self.baseline_logit))

    @property
    def allowed(self) -> float:
        """The largest error at which the map counts as complete."""
        change = 0.0 if self.baseline_logit is None else abs(self.logit - self.baseline_logit)
        return max(ALLOWED_SHARE * change, LEAST_ALLOWED)

    @property
    def is_complete(self) -> bool:
        """Whether the error is small enough; True where none is due."""
        return self.completeness is None or self.completeness <= self.allowed

    @property
    def has_no_evidence(self) -> bool:
        """Whether every value of Grad-CAM's sum is negative or 0: its map is empty."""
        return self.peak is not None and self.request.against is None and self.peak[0] <= 0
