"""What lies around a pixel and what hangs together: window maxima and sums, connected components. numpy only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

Number = TypeVar("Number", np.uint8, np.float32, np.bool_)


def window_max(values: NDArray[Number], radius: int) -> NDArray[Number]:
    """The largest value in the square of `2 * radius + 1` around each pixel of `(H, W)`, as far as there are pixels."""
    return _along(_along(values, radius).T, radius).T


def window_min(values: NDArray[np.uint8], radius: int) -> NDArray[np.uint8]:
    """The smallest value in the square of `2 * radius + 1` around each pixel of uint8 `(H, W)`."""
    return 255 - window_max(255 - values, radius)


def _along(values: NDArray[Number], radius: int) -> NDArray[Number]:
    """Maxima along the first axis. The reach doubles with every pass: a wide window costs hardly more than a narrow."""
    radius = min(radius, len(values) - 1)
    ahead = np.ascontiguousarray(values).copy()
    reach = 1  # `ahead[i]` is the maximum of `values[i : i + reach]`
    while reach <= radius:
        step = min(reach, radius + 1 - reach)
        np.maximum(ahead[:-step], ahead[step:], out=ahead[:-step])
        reach += step
    around = ahead.copy()
    if radius:
        np.maximum(around[radius:], ahead[:-radius], out=around[radius:])
        np.maximum(around[:radius], ahead[0], out=around[:radius])
    return around


def window_sum(values: NDArray[np.float32], radius: int) -> NDArray[np.float32]:
    """The sum over the square of `2 * radius + 1` around each pixel of `(H, W)`, as far as there are pixels."""
    sums: NDArray[np.float64] = values.astype(np.float64)  # float32 would lose small sums behind large ones
    for _ in range(2):
        length = len(sums)
        upto = np.pad(np.cumsum(sums, axis=0), ((1, 0), (0, 0)))
        index = np.arange(length)
        sums = (upto[np.minimum(index + radius + 1, length)] - upto[np.maximum(index - radius, 0)]).T
    return sums.astype(np.float32)


@dataclass(frozen=True)
class Components:
    """The connected parts of a mask `(H, W)`, numbered from 1.

    Attributes:
        labels: int32 `(H, W)`, 0 outside the mask.
        areas: `(N,)` pixels of each.
        boxes: `(N, 4)` top, left, bottom, right of each; bottom and right lie just outside.

    """

    labels: NDArray[np.int32]
    areas: NDArray[np.int64]
    boxes: NDArray[np.int64]


def components(mask: NDArray[np.bool_]) -> Components:
    """Find the parts whose pixels touch, by a side or a corner.

    Every row is cut into runs of pixels; runs of neighbouring rows that touch get the smaller of their numbers until
    nothing changes. The work is that of the runs, not of the pixels.
    """
    height, width = mask.shape
    padded = np.zeros((height, width + 2), np.int8)
    padded[:, 1:-1] = mask
    steps = np.diff(padded, axis=1)
    rows, starts = np.nonzero(steps == 1)
    ends = np.nonzero(steps == -1)[1]  # one behind the last pixel
    if not len(rows):
        return Components(np.zeros(mask.shape, np.int32), np.zeros(0, np.int64), np.zeros((0, 4), np.int64))
    stride = width + 2
    first = np.searchsorted(rows * stride + ends, (rows - 1) * stride + starts, "left")
    behind = np.searchsorted(rows * stride + starts, (rows - 1) * stride + ends, "right")
    counts = np.maximum(behind - first, 0)
    below = np.repeat(np.arange(len(rows)), counts)
    above = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts) + np.repeat(first, counts)
    names = _joined(len(rows), above, below)
    _, numbers = np.unique(names, return_inverse=True)
    amount = int(numbers.max()) + 1
    lengths = ends - starts
    boxes = np.empty((amount, 4), np.int64)
    boxes[:, :2], boxes[:, 2:] = max(height, width), 0
    np.minimum.at(boxes[:, 0], numbers, rows)
    np.minimum.at(boxes[:, 1], numbers, starts)
    np.maximum.at(boxes[:, 2], numbers, rows + 1)
    np.maximum.at(boxes[:, 3], numbers, ends)
    labels = np.zeros(mask.shape, np.int32)
    labels[mask] = np.repeat(numbers + 1, lengths)
    return Components(labels, np.bincount(numbers, lengths).astype(np.int64), boxes)


def _joined(count: int, one: NDArray[Any], other: NDArray[Any]) -> NDArray[np.int64]:
    """The smallest number of all that hang together with each of `count`, where `one[i]` touches `other[i]`."""
    names = np.arange(count)
    while True:
        least = np.minimum(names[one], names[other])
        before = names.copy()
        # the name itself is renamed too, so that whole chains move at once
        for places in (names[one], names[other], one, other):
            np.minimum.at(names, places, least)
        names = names[names]
        if np.array_equal(names, before):
            return names
