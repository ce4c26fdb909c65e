"""A long curve reduced to what a screen can show, without losing a single extreme. Pure numpy.

A pyramid keeps the minimum and maximum of every 4, 16, 64, … values. A picture `w` pixels wide is drawn from the level
that has at least one block per pixel, so its cost depends on the width and not on the length of the curve.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]

FACTOR: Final = 4
_INITIAL_BLOCKS: Final = 1024


class _Level:
    """Minimum and maximum of every `size` values; the arrays grow by doubling, `length` blocks are valid."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.length = 0
        self.low: Array = np.empty(_INITIAL_BLOCKS)
        self.high: Array = np.empty(_INITIAL_BLOCKS)

    def replace_from(self, first: int, low: Array, high: Array) -> None:
        """Blocks `first`, `first + 1`, … become `low` and `high`; what stood there and behind is gone."""
        end = first + low.size
        if end > self.low.size:
            capacity = max(2 * self.low.size, end)
            for name in ("low", "high"):
                grown = np.empty(capacity)
                grown[:first] = getattr(self, name)[:first]
                setattr(self, name, grown)
        self.low[first:end] = low
        self.high[first:end] = high
        self.length = end


class MinMaxPyramid:
    """The extremes of a growing curve at every scale.

    Values that are not finite are left out: a block has NaN as its extremes only where none of its values is finite.
    The values themselves are not kept; `decimate` is handed them again.
    """

    def __init__(self) -> None:
        self.count = 0
        self._levels: list[_Level] = []

    def extend(self, values: Array) -> None:
        """Take in the growth of the curve: `values` is the whole curve, of which the first `count` are known."""
        if values.size <= self.count:
            return
        known, self.count = self.count, values.size
        low: Array = values
        high: Array = values
        level = 0
        size = FACTOR
        while level < len(self._levels) or low.size > FACTOR:
            if level == len(self._levels):
                self._levels.append(_Level(size))
                known = 0  # a new level is built from the whole of the one below
            first = known // size
            start = first * FACTOR
            part_low, part_high = low[start:], high[start:]
            if level == 0:
                part_low = part_high = finite_or_nan(part_low)
            target = self._levels[level]
            target.replace_from(first, _blocks(part_low, FACTOR, np.fmin), _blocks(part_high, FACTOR, np.fmax))
            low, high = target.low[: target.length], target.high[: target.length]
            level += 1
            size *= FACTOR

    def bounds(self, values: Array, start: int, stop: int) -> tuple[float, float]:
        """The smallest and largest finite value of `values[start:stop]`, NaN where none is finite.

        At most one block of 1/256 of the range too wide at either end; exact where the range is whole.
        """
        index, low, high = self.buckets(values, start, stop, 256)
        if not index.size:
            return float("nan"), float("nan")
        return float(np.fmin.reduce(low)), float(np.fmax.reduce(high))

    def buckets(self, values: Array, start: int, stop: int, width: int) -> tuple[npt.NDArray[np.int64], Array, Array]:
        """The extremes of `values[start:stop]` in buckets of equal length, at least one and about two a pixel.

        Buckets are aligned to multiples of their length, so that a pan moves the picture without making it
        shimmer; the first and the last may reach beyond the range.

        Returns:
            The index of every bucket's first value, and its minimum and maximum; a curve shorter than two values a
            pixel comes back whole, with itself as both extremes.

        """
        start, stop = max(0, start), min(stop, self.count)
        length = stop - start
        empty = np.empty(0)
        if length <= 0:
            return np.empty(0, np.int64), empty, empty
        width = max(1, width)
        if length <= 2 * width:
            part = finite_or_nan(values[start:stop])
            return np.arange(start, stop), part, part
        level = -1  # the values themselves
        while level + 1 < len(self._levels) and length >= width * self._levels[level + 1].size:
            level += 1
        block = 1 if level < 0 else self._levels[level].size
        group = max(1, length // (width * block))
        size = block * group
        first, last = start // size, -(-stop // size)
        low_source: Array
        high_source: Array
        if level < 0:
            low_source = high_source = finite_or_nan(values[first * size : min(last * size, self.count)])
        else:
            source = self._levels[level]
            chosen = slice(first * group, min(last * group, source.length))
            low_source, high_source = source.low[chosen], source.high[chosen]
        index = np.arange(first, last, dtype=np.int64) * size
        return index, _blocks(low_source, group, np.fmin), _blocks(high_source, group, np.fmax)


def polyline(x: Array, index: npt.NDArray[np.int64], low: Array, high: Array, size: int) -> tuple[Array, Array]:
    """The points to join for buckets: minimum at the bucket's start, maximum half a bucket later.

    Buckets of one value give one point each.
    """
    if low is high:
        return x[index], low
    middle = np.minimum(index + size // 2, x.size - 1)
    points_x = np.empty(2 * index.size)
    points_y = np.empty(2 * index.size)
    points_x[0::2], points_x[1::2] = x[index], x[middle]
    points_y[0::2], points_y[1::2] = low, high
    return points_x, points_y


def decimate(pyramid: MinMaxPyramid, x: Array, y: Array, left: float, right: float, width: int) -> tuple[Array, Array]:
    """The points that draw the curve `(x, y)` between `left` and `right` on `width` pixels.

    Args:
        pyramid: has taken in `y` (or a beginning of it: the rest is not drawn).
        x: ascending, as long as `y`.
        y: the curve; not finite values become NaN, that is, gaps.
        left: in units of `x`.
        right: likewise.
        width: in pixels.

    Returns:
        x and y of at most about four points a pixel. No extreme of the visible part is lost. One point beyond either
        end is kept, so that the line runs out of the picture.

    """
    count = min(pyramid.count, x.size)
    start = max(0, int(np.searchsorted(x[:count], left, "left")) - 1)
    stop = min(count, int(np.searchsorted(x[:count], right, "right")) + 1)
    index, low, high = pyramid.buckets(y[:count], start, stop, width)
    size = int(index[1] - index[0]) if index.size > 1 else 1
    return polyline(x, index, low, high, size)


def finite_or_nan(values: Array) -> Array:
    """`values` with NaN in the place of infinities; the same array where there are none."""
    infinite = np.isinf(values)
    return np.where(infinite, np.nan, values) if infinite.any() else values


def _blocks(values: Array, size: int, extreme: np.ufunc) -> Array:
    """The extreme of every `size` values in a row; the last block may be shorter. NaN only where all are NaN."""
    if size == 1 or not values.size:
        return values
    whole = values.size // size
    result = np.empty(-(-values.size // size))
    head = values[: whole * size]
    part = result[:whole]
    if whole:
        extreme(head[0::size], head[1::size], out=part)
        for offset in range(2, size):
            extreme(part, head[offset::size], out=part)
    if whole < result.size:
        result[whole] = extreme.reduce(values[whole * size :])
    return result
