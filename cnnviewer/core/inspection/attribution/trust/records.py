"""What is asked of the two tests of a map, and what they answer. Free of torch."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Final, Literal

import numpy as np
import numpy.typing as npt

from cnnviewer.core.inspection.attribution.records import Attribution, AttributionRequest, Baseline
from cnnviewer.core.inspection.records import FloatArray

Numbers = npt.NDArray[np.float64]
Score = Literal["probability", "logit"]
SCORES: Final[tuple[Score, ...]] = ("probability", "logit")
SEEDS: Final = tuple(range(10))
"""The seeds of all measurements: of the weights in place of the learned ones, and of the random orders."""


@dataclass(frozen=True)
class CascadeRequest:
    """How much of a map is left when the layers are randomised one after another.

    Attributes:
        attribution: the map.
        seeds: one measurement each.
        known: the answer to `attribution` for this image and these weights, where it is known.

    """

    attribution: AttributionRequest
    seeds: tuple[int, ...] = SEEDS
    known: Attribution | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True)
class CascadeStep:
    """One layer that is re-initialised; the layers of the steps before stay so.

    Attributes:
        layer: its name.
        drawn: its weights whose module has no `reset_parameters`: normal numbers around 0, as large as the learned ones
            in the mean of their squares.

    """

    layer: str
    drawn: tuple[str, ...] = ()


@dataclass(frozen=True)
class Cascade:
    """The answer. Place 0 of every curve is the model as it is; place k the model after step k.

    Attributes:
        request: with everything filled in that was left open.
        attribution: the map itself.
        steps: from the logits down, in the order in which the layers ran backwards.
        correlations: `(seeds, steps + 1)`, rank correlation of |map| with the map itself; NaN where either is the same
            everywhere.
        among: likewise, among the pixels at which the map itself is not 0. Where the image equals the baseline,
            integrated gradients and occlusion are 0 with any weights, and these pixels alone keep `correlations` high.
        guided: likewise over all pixels, of guided backpropagation with its own first map.
        edges: likewise `(steps + 1,)`, of an edge detector, which does not know the model.
        maps: float32 `(steps + 1, H, W)`, of the first seed, added up over the colours; of a part of an answer fewer.
        guided_maps: likewise.
        edge_map: float32 `(H, W)`.
        relus: how many ReLUs guided backpropagation changes; with 0 it is the gradient.

    """

    request: CascadeRequest
    attribution: Attribution
    steps: tuple[CascadeStep, ...]
    correlations: Numbers
    among: Numbers
    guided: Numbers
    edges: Numbers
    maps: FloatArray
    guided_maps: FloatArray
    edge_map: FloatArray
    relus: int

    def with_more(self, more: Cascade) -> Cascade:
        """Together with what the same request gave for other seeds; the maps stay those of the first."""
        return replace(
            self,
            request=replace(self.request, seeds=(*self.request.seeds, *more.request.seeds)),
            correlations=np.concatenate([self.correlations, more.correlations]),
            among=np.concatenate([self.among, more.among]),
            guided=np.concatenate([self.guided, more.guided]),
        )

    @property
    def is_complete(self) -> bool:
        """Whether the maps go on to the last step; a part of an answer has no number there yet."""
        return len(self.maps) > len(self.steps)

    @property
    def zeros(self) -> float:
        """The share of the pixels at which the map itself is 0."""
        return float((sizes(self.maps[0]) == 0).mean())

    @property
    def left(self) -> Numbers:
        """`(seeds,)`: the rank correlation after the last step, among the pixels that are not 0, where there is one."""
        last = self.among[:, -1]
        return last[np.isfinite(last)]

    @property
    def change(self) -> Change | None:
        """How much the map changes, by the mean of `left`; None where no map has an order, or no last step is there."""
        if not self.steps or not self.left.size:
            return None
        left = float(self.left.mean())
        return "much" if left < MUCH else "partly" if left < LITTLE else "little"


Change = Literal["much", "partly", "little"]
MUCH: Final = 0.5
LITTLE: Final = 0.8
"""A map changes much where less rank correlation than that is left, and little where at least that is left."""
_ROUNDING: Final = 1e-5


def sizes(found: FloatArray) -> FloatArray:
    """|map|; 0 where it is below a hundred thousandth of the largest: rounding has no order."""
    size = np.abs(found)
    return np.where(size < _ROUNDING * size.max(initial=0), np.float32(0), size)


@dataclass(frozen=True)
class CurvesRequest:
    """How the score falls when the map's largest pixels are removed first, and rises when they are shown first.

    Attributes:
        attribution: the map.
        fill: what a removed pixel shows.
        score: the probability of the class, or its logit. With `against` in `attribution`: the probability among these
            two classes, or the difference of their logits.
        points: how many steps there are; 0: as many as suit the image.
        orders: seeds of random orders of the pixels.
        known: the answer to `attribution` for this image and these weights, where it is known.

    """

    attribution: AttributionRequest
    fill: Baseline = "black"
    score: Score = "probability"
    points: int = 0
    orders: tuple[int, ...] = SEEDS
    known: Attribution | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True)
class Curves:
    """The answer. Both ends belong to every curve: nothing removed, and everything.

    Attributes:
        request: with everything filled in that was left open.
        attribution: the map itself.
        fractions: `(P,)`, the true share of the pixels that are removed (deletion) or shown (insertion), 0 … 1.
        deletion: `(P,)`, the score while the map's largest pixels are removed first.
        insertion: `(P,)`, the score while they are shown first.
        random_deletion: `(orders, P)`, likewise in random orders.
        random_insertion: likewise.

    """

    request: CurvesRequest
    attribution: Attribution
    fractions: Numbers
    deletion: Numbers
    insertion: Numbers
    random_deletion: Numbers
    random_insertion: Numbers

    def with_more(self, more: Curves) -> Curves:
        """Together with what the same request gave for other orders."""
        return replace(
            self,
            request=replace(self.request, orders=(*self.request.orders, *more.request.orders)),
            random_deletion=np.concatenate([self.random_deletion, more.random_deletion]),
            random_insertion=np.concatenate([self.random_insertion, more.random_insertion]),
        )

    def area(self, curve: Numbers) -> Numbers:
        """The area under a curve `(…, P)`, by trapezoids over the true fractions: its mean height."""
        return np.asarray(np.trapezoid(curve, self.fractions, axis=-1))
