"""Gradient, gradient x input, integrated gradients, Grad-CAM and occlusion, each as small as its formula.

Every method attributes a *score*: the logit of a class, not its probability, or the difference of two logits. Tensors
are normalised images `(1, C, H, W)`; maps have the size of the image and the dtype of the model.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import torch
import torch.nn.functional as F

from cnnviewer.core.errors import Cancelled
from cnnviewer.core.inspection.attribution.logits import Logits
from cnnviewer.core.inspection.attribution.records import ALLOWED_SHARE, LEAST_ALLOWED
from cnnviewer.core.inspection.naming import INPUT

Progress = Callable[[float], None]
Abandoned = Callable[[], bool]
NODES = (50,)
"""Of integrated gradients on the whole way from baseline to image."""
MOST_NODES = 400
"""Where these are not enough: at most, in panels."""
PANEL_NODES = 10
_FIRST_PANELS = 10
_REFINED = 4  # every fourth panel is halved at once


def gradient(logits: Logits, image: torch.Tensor, direction: torch.Tensor) -> tuple[torch.Tensor, float]:
    """The slope of the score at each number of the normalised input `(C, H, W)`, and the score.

    Simonyan, Vedaldi, Zisserman: Deep Inside Convolutional Networks, 2014.
    """
    found = logits.slopes(image, direction)
    return found.gradients[INPUT][0], float(found.scores[0])


def integrated_gradients(
    logits: Logits,
    image: torch.Tensor,
    baseline: torch.Tensor,
    direction: torch.Tensor,
    nodes: tuple[int, ...] = NODES,
    most: int = MOST_NODES,
    progress: Progress = lambda _: None,
    abandoned: Abandoned = lambda: False,
    give: Callable[[torch.Tensor, float, float, int], None] = lambda *_: None,
) -> tuple[torch.Tensor, float, float, int]:
    """The mean slope on the straight way from `baseline` to `image`, times the way: it adds up to the score's change.

    `(x - b) * sum_i w_i dF/dx(b + a_i (x - b))` with the nodes `a_i` and weights `w_i` of Gauss and Legendre on 0..1
    (Sundararajan, Taly, Yan: Axiomatic Attribution for Deep Networks, 2017). It is right when the sum differs from
    `F(x) - F(b)` by no more than `ALLOWED_SHARE` of it or `LEAST_ALLOWED`. Until then the next larger number of `nodes`
    is taken, and then panels of `PANEL_NODES` each: those whose own sum is furthest from the change of the score
    between their ends are halved. Behind ReLUs and maxima the slope jumps, and the panels become narrow there. `give`
    is given what fewer nodes have found, which is not right yet.

    Args:
        logits: of the model.
        image: normalised, `(1, C, H, W)`.
        baseline: likewise.
        direction: the score.
        nodes: on the whole way, one number after the other.
        most: nodes at most, in all panels together.
        progress: is told what share is done.
        abandoned: whether nobody waits any more.
        give: is given the map, both scores and how many nodes were used.

    Returns:
        the map `(C, H, W)`, the scores of image and baseline, and how many nodes were used.

    Raises:
        Cancelled: `abandoned` said so.
    """
    way = _Way(logits, image, baseline, direction, abandoned)
    score, before = way.scores((1.0, 0.0))
    allowed = max(ALLOWED_SHARE * abs(score - before), LEAST_ALLOWED)

    def is_right(found: torch.Tensor) -> bool:
        return abs(float(found.sum(dtype=torch.float64)) - (score - before)) <= allowed

    def said_of(planned: int) -> Callable[[], None]:
        return lambda: progress(min(1.0, way.evaluated / planned))

    for count in nodes:
        found = way.panels([(0.0, 1.0)], count, said_of(way.evaluated + count))[0].map
        if is_right(found) or (count == nodes[-1] and most < PANEL_NODES * _FIRST_PANELS):
            return found, score, before, count
        give(found, score, before, count)
    said = said_of(way.evaluated + 2 * most - PANEL_NODES * _FIRST_PANELS)
    places = [place / _FIRST_PANELS for place in range(_FIRST_PANELS + 1)]
    panels = way.panels(list(pairwise(places)), PANEL_NODES, said)
    while not is_right(found := way.map(panels)) and (spare := most // PANEL_NODES - len(panels)) > 0:
        give(found, score, before, PANEL_NODES * len(panels))
        panels.sort(key=lambda panel: -abs(panel.error))
        halved = min(spare, max(1, len(panels) // _REFINED))
        middles = [(panel.begin, (panel.begin + panel.end) / 2, panel.end) for panel in panels[:halved]]
        halves = [half for points in middles for half in pairwise(points)]
        panels = panels[halved:] + way.panels(halves, PANEL_NODES, said)
    return found, score, before, PANEL_NODES * len(panels)


@dataclass(frozen=True)
class _Panel:
    """A part of the way: where it begins and ends, 0..1, its map, and by how much the sum of that is too large."""

    begin: float
    end: float
    map: torch.Tensor
    error: float


class _Way:
    """The straight way from a baseline to an image; `evaluated` counts the nodes at which the slope was taken."""

    def __init__(
        self,
        logits: Logits,
        image: torch.Tensor,
        baseline: torch.Tensor,
        direction: torch.Tensor,
        abandoned: Abandoned,
    ) -> None:
        self._logits, self._direction, self._abandoned = logits, direction, abandoned
        self._baseline, self._whole = baseline, image - baseline
        self.evaluated = 0

    def _images(self, places: Sequence[float]) -> torch.Tensor:
        alphas = torch.tensor(places, dtype=self._whole.dtype).view(-1, 1, 1, 1)
        return self._baseline + alphas * self._whole

    def scores(self, places: Sequence[float]) -> list[float]:
        """The scores at these places."""
        found: list[float] = self._logits.scores(self._images(places), self._direction).tolist()
        return found

    def panels(self, parts: Sequence[tuple[float, float]], count: int, said: Callable[[], None]) -> list[_Panel]:
        """Parts of the way with so many nodes each; `said` is called now and then."""
        roots, weights = np.polynomial.legendre.leggauss(count)
        places = [begin + (root + 1) / 2 * (end - begin) for begin, end in parts for root in roots]
        shares = [weight / 2 * (end - begin) for begin, end in parts for weight in weights]
        of_part = torch.arange(len(parts)).repeat_interleave(count)
        maps = torch.zeros(len(parts), *self._whole.shape[1:], dtype=self._whole.dtype)
        for begin in range(0, len(places), self._logits.at_once):
            if self._abandoned():
                raise Cancelled
            part = slice(begin, begin + self._logits.at_once)
            slopes = self._logits.slopes(self._images(places[part]), self._direction).gradients[INPUT]
            scale = torch.tensor(shares[part], dtype=slopes.dtype).view(-1, 1, 1, 1)
            maps.index_add_(0, of_part[part], scale * slopes)
            self.evaluated += len(slopes)
            said()
        maps *= self._whole
        ends = sorted({end for part in parts for end in part})
        score = dict(zip(ends, self.scores(ends), strict=True))
        return [
            _Panel(*part, found, float(found.sum(dtype=torch.float64)) - (score[part[1]] - score[part[0]]))
            for part, found in zip(parts, maps, strict=True)
        ]

    @staticmethod
    def map(panels: Sequence[_Panel]) -> torch.Tensor:
        """Of all of them together, `(C, H, W)`."""
        return torch.stack([panel.map for panel in panels]).sum(0)


def grad_cam(
    logits: Logits, image: torch.Tensor, direction: torch.Tensor, layer: str, positive: bool = True
) -> tuple[torch.Tensor, float, tuple[float, float]]:
    """Each map of a layer weighted by the mean of the score's gradient over it, added up, and what is positive of that.

    Brought to the image's size bilinearly. Selvaraju and others: Grad-CAM, 2017.

    Args:
        logits: of the model.
        image: normalised, `(1, C, H, W)`.
        direction: the score.
        layer: one with maps.
        positive: whether what is negative is left out; not for a difference of logits.

    Returns:
        the map `(H, W)`, the score, and the largest and smallest value before anything is left out.
    """
    found = logits.slopes(image, direction, (layer,))
    maps, slopes = found.values[layer], found.gradients[layer]
    weighted = (slopes.mean((2, 3), keepdim=True) * maps).sum(1, keepdim=True)
    peak = float(weighted.max()), float(weighted.min())
    shown = weighted.relu() if positive else weighted
    large = F.interpolate(shown, tuple(image.shape[2:]), mode="bilinear", align_corners=False)
    return large[0, 0], float(found.scores[0]), peak


def occlusion(
    logits: Logits,
    image: torch.Tensor,
    fill: torch.Tensor,
    direction: torch.Tensor,
    patch: int,
    stride: int,
    progress: Progress = lambda _: None,
    abandoned: Abandoned = lambda: False,
) -> tuple[torch.Tensor, float]:
    """By how much the score falls when a square of the image is covered: at each pixel the mean over its squares.

    Zeiler and Fergus: Visualizing and Understanding Convolutional Networks, 2014. The last square of a row or a column
    is cut off at the edge.

    Args:
        logits: of the model.
        image: normalised, `(1, C, H, W)`.
        fill: what covers, normalised, of the same shape.
        direction: the score.
        patch: side of a square, in pixels.
        stride: pixels from one to the next.
        progress: is told what share is done.
        abandoned: whether nobody waits any more.

    Returns:
        the map `(H, W)`, in logits, and the score.

    Raises:
        Cancelled: `abandoned` said so.
    """
    rows, columns = (_covered(length, patch, stride) for length in image.shape[2:])
    squares = torch.arange(len(rows) * len(columns))
    whole = float(logits.scores(image, direction)[0])
    total = torch.zeros(image.shape[2:], dtype=image.dtype)
    for part in squares.split(logits.at_once):  # the pixels of all squares at once would fill the memory
        if abandoned():
            raise Cancelled
        hidden = rows[part // len(columns), :, None] & columns[part % len(columns), None, :]
        falls = whole - logits.scores(torch.where(hidden[:, None], fill, image), direction)
        total += torch.tensordot(falls.to(total.dtype), hidden.to(total.dtype), 1)
        progress((int(part[-1]) + 1) / len(squares))
    return total / torch.outer(rows.sum(0), columns.sum(0)).clamp(min=1), whole


def _covered(length: int, patch: int, stride: int) -> torch.Tensor:
    """Boolean `(squares, length)`: which places of a row or a column each square covers."""
    starts = torch.tensor(_starts(length, patch, stride))[:, None]
    places = torch.arange(length)
    return (starts <= places) & (places < starts + patch)


def _starts(length: int, patch: int, stride: int) -> range:
    return range(0, stride * (math.ceil(max(0, length - patch) / stride) + 1), stride)
