"""Deletion and insertion: whether the pixels that a map names first are those that the answer rests on.

Petsiuk, Das, Saenko: RISE, 2018. A random order stands beside them: what is removed makes an image that the model has
never seen, and every order lets the score fall.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import torch

from cnnviewer.core.data.dataset import normalise_unit
from cnnviewer.core.errors import Cancelled
from cnnviewer.core.inspection.attribution.attribute import attribute, baseline_of
from cnnviewer.core.inspection.attribution.logits import Logits
from cnnviewer.core.inspection.attribution.methods import Abandoned, Progress
from cnnviewer.core.inspection.attribution.records import Attribution, AttributionRequest
from cnnviewer.core.inspection.attribution.trust.cascade import flat
from cnnviewer.core.inspection.attribution.trust.records import Curves, CurvesRequest, Numbers, Score
from cnnviewer.core.inspection.records import Architecture, FloatArray
from cnnviewer.core.models.recipe import ModelRecipe

Order = npt.NDArray[np.int64]
_POINTS = 28
_POINTS_OF_LARGE = 14
_LARGE = 64 * 64  # pixels


def pixel_order(found: Attribution) -> Order:
    """The place of each pixel, `(H * W,)`: 0 is removed or shown first.

    The largest value first. The gradient's sign says nothing of whether a pixel speaks for the class, so that its size
    counts. Equal values come in a random order, the same each time.
    """
    values = flat(found.map).ravel()
    if found.request.method == "gradient":
        values = np.abs(values)
    return _places(np.lexsort((np.random.default_rng(0).random(values.size), -values)))


def random_order(pixels: int, seed: int) -> Order:
    """As `pixel_order`, by chance."""
    return _places(np.random.default_rng((seed, pixels)).permutation(pixels))


def _places(order: Order) -> Order:
    places = np.empty_like(order)
    places[order] = np.arange(order.size)
    return places


class _Scorer:
    """Scores an image while pixels of it are removed."""

    def __init__(
        self, logits: Logits, image: torch.Tensor, fill: torch.Tensor, asked: AttributionRequest, score: Score
    ) -> None:
        self.logits = logits
        self._image, self._fill = image, fill
        self._asked, self._score = asked, score

    def __call__(self, shown: torch.Tensor) -> Numbers:
        """`(N,)` for boolean `(N, H, W)`: True where the image is, else the fill."""
        given = torch.where(shown[:, None], self._image, self._fill)
        return score_of(self.logits.values(given), self._asked.target, self._asked.against, self._score).numpy()


def score_of(logits: torch.Tensor, target: int, against: int | None, score: Score) -> torch.Tensor:
    """`(N, classes)` -> float64 `(N,)`: the logit or the probability; with another class: among these two."""
    logits = logits.double()
    if against is not None:
        change = logits[:, target] - logits[:, against]
        return change if score == "logit" else change.sigmoid()
    return logits[:, target] if score == "logit" else logits.softmax(1)[:, target]


def curves(
    request: CurvesRequest,
    logits: Logits,
    pixels: FloatArray,
    recipe: ModelRecipe,
    architecture: Architecture,
    progress: Progress = lambda _: None,
    abandoned: Abandoned = lambda: False,
) -> Curves:
    """Remove and show the pixels of `pixels`, float32 `(C, H, W)` in 0..1, in the order of a map and in random ones.

    Raises:
        Cancelled: `abandoned` said so.
        UserError: the map cannot be had.
    """
    found = request.known or attribute(request.attribution, logits, pixels, recipe, architecture, abandoned=abandoned)
    unit = torch.from_numpy(pixels.copy())[None]
    image, fill = normalise_unit(unit, recipe.mean, recipe.std), baseline_of(unit, recipe, request.fill)
    side = tuple(unit.shape[2:])
    count = side[0] * side[1]
    points = request.points or (_POINTS_OF_LARGE if count > _LARGE else _POINTS)
    taken = np.unique(np.rint(np.linspace(0, count, points + 1)).astype(int))
    request = replace(request, attribution=found.request, points=len(taken) - 1)
    scorer = _Scorer(logits, image, fill, found.request, request.score)
    orders = [pixel_order(found), *(random_order(count, seed) for seed in request.orders)]
    ends = [float(scorer(torch.full((1, *side), shown))[0]) for shown in (True, False)]
    masks = _masks(orders, taken, side)
    inner = _scored(scorer, masks, len(orders) * 2 * (len(taken) - 2), progress, abandoned)
    inner = inner.reshape(len(orders), 2, len(taken) - 2)
    deletion, insertion = (
        np.concatenate([np.full((len(orders), 1), begin), inner[:, way], np.full((len(orders), 1), end)], 1)
        for way, (begin, end) in enumerate((ends, ends[::-1]))
    )
    return Curves(request, found, taken / count, deletion[0], insertion[0], deletion[1:], insertion[1:])


def _masks(orders: list[Order], taken: npt.NDArray[np.int64], side: tuple[int, ...]) -> Iterator[torch.Tensor]:
    """Which pixels are shown, `(H, W)` each: by order, deletion before insertion, without the ends."""
    for order in orders:
        places = torch.from_numpy(order).reshape(side)
        for count in taken[1:-1]:
            yield places >= int(count)
        for count in taken[1:-1]:
            yield places < int(count)


def _scored(
    scorer: _Scorer, masks: Iterator[torch.Tensor], total: int, progress: Progress, abandoned: Abandoned
) -> Numbers:
    found: list[Numbers] = []
    done = 0
    while done < total:
        if abandoned():
            raise Cancelled
        part = torch.stack([next(masks) for _ in range(min(scorer.logits.at_once, total - done))])
        found.append(scorer(part))
        done += len(part)
        progress(done / total)
    return np.concatenate(found) if found else np.empty(0)
