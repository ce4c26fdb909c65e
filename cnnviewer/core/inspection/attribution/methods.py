"""Gradient, gradient x input, integrated gradients, Grad-CAM and occlusion, each as small as its formula.

Every method attributes a *score*: the logit of a class, not its probability, or the difference of two logits. Tensors
are normalised images `(1, C, H, W)`; maps have the size of the image and the dtype of the model.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import torch
import torch.nn.functional as F

from cnnviewer.core.errors import Cancelled
from cnnviewer.core.inspection.attribution.logits import Logits
from cnnviewer.core.inspection.attribution.records import ALLOWED_SHARE, LEAST_ALLOWED
from cnnviewer.core.inspection.naming import INPUT

Progress = Callable[[float], None]
Abandoned = Callable[[], bool]
NODES = (50, 100, 200, 400)
"""Of integrated gradients: more are taken until the sum is right."""


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
    progress: Progress = lambda _: None,
    abandoned: Abandoned = lambda: False,
    give: Callable[[torch.Tensor, float, float, int], None] = lambda *_: None,
) -> tuple[torch.Tensor, float, float, int]:
    """The mean slope on the straight way from `baseline` to `image`, times the way: it adds up to the score's change.

    `(x - b) * sum_i w_i dF/dx(b + a_i (x - b))` with the nodes `a_i` and weights `w_i` of Gauss and Legendre on 0..1
    (Sundararajan, Taly, Yan: Axiomatic Attribution for Deep Networks, 2017). The next larger number of `nodes` is taken
    until the sum differs from `F(x) - F(b)` by no more than `ALLOWED_SHARE` of it or `LEAST_ALLOWED`. `give` is given
    what fewer nodes have found, which is not right yet.

    Returns:
        the map `(C, H, W)`, the scores of image and baseline, and how many nodes were used.

    Raises:
        Cancelled: `abandoned` said so.
    """
    ends = logits.scores(torch.cat([image, baseline]), direction)
    change, way = float(ends[0] - ends[1]), image - baseline
    done = 0
    for count in nodes:
        places, weights = np.polynomial.legendre.leggauss(count)
        alphas = torch.from_numpy((places + 1) / 2).to(image.dtype).view(-1, 1, 1, 1)
        shares = torch.from_numpy(weights / 2).to(image.dtype).view(-1, 1, 1, 1)
        mean = torch.zeros_like(image[0])
        for begin in range(0, count, logits.at_once):
            if abandoned():
                raise Cancelled
            part = slice(begin, begin + logits.at_once)
            slopes = logits.slopes(baseline + alphas[part] * way, direction).gradients[INPUT]
            mean += (shares[part] * slopes).sum(0)
            progress((done + min(count, begin + logits.at_once)) / (done + count))
        done += count
        found = mean * way[0]
        error = abs(float(found.sum(dtype=torch.float64)) - change)
        if error <= max(ALLOWED_SHARE * abs(change), LEAST_ALLOWED):
            break
        if count != nodes[-1]:
            give(found, float(ends[0]), float(ends[1]), count)
    return found, float(ends[0]), float(ends[1]), count


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
