"""Exponential smoothing of a curve that grows, vectorised. Pure numpy."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]

_SMALLEST_POWER: Final = 1e-60


class GrowingMean:
    """The exponentially weighted mean of a growing curve, from its first value on unbiased.

    `mean[i] = sum(d**(i-j) * y[j]) / sum(d**(i-j))` over the finite `y[j]`, `j <= i`, with `d = 1 - 2 / (span + 1)`:
    what pandas calls `ewm(span=span, adjust=True, ignore_na=False)`. Values that are not finite count for nothing; the
    mean is NaN until the first finite value. A span of 1 gives the curve itself.
    """

    def __init__(self, span: float) -> None:
        self.decay = 1.0 - 2.0 / (max(1.0, span) + 1.0)
        self.count = 0
        self._sum = 0.0
        self._weight = 0.0
        self._values: Array = np.empty(1024)

    @property
    def values(self) -> Array:
        """The smoothed curve so far, a read-only view."""
        view = self._values[: self.count]
        view.flags.writeable = False
        return view

    def extend(self, values: Array) -> None:
        """Take in the growth of the curve: `values` is the whole curve, of which the first `count` are known."""
        fresh = values[self.count :]
        if not fresh.size:
            return
        if values.size > self._values.size:
            grown = np.empty(max(2 * self._values.size, values.size))
            grown[: self.count] = self._values[: self.count]
            self._values = grown
        finite = np.isfinite(fresh)
        if self.decay <= 0.0:
            smoothed = np.where(finite, fresh, np.nan)
        else:
            sums, self._sum = _decayed_sum(np.where(finite, fresh, 0.0), self.decay, self._sum)
            weights = self._weights(finite)
            self._weight = float(weights[-1])
            with np.errstate(invalid="ignore", divide="ignore"):
                smoothed = np.where(weights > 0.0, sums / weights, np.nan)
        self._values[self.count : values.size] = smoothed
        self.count = values.size

    def _weights(self, finite: npt.NDArray[np.bool_]) -> Array:
        """The sum of the weights at every value, whose own weight is 1 or, where it is not finite, 0."""
        if not finite.all():
            return _decayed_sum(finite.astype(np.float64), self.decay, self._weight)[0]
        limit = 1.0 / (1.0 - self.decay)  # a geometric series: soon as good as its limit
        weights = np.full(finite.size, limit)
        settling = min(finite.size, int(math.log(1e-18) / math.log(self.decay)) + 1)
        powers = self.decay ** np.arange(1.0, settling + 1.0)
        weights[:settling] = limit + (self._weight - limit) * powers
        return weights


def _decayed_sum(values: Array, decay: float, carry: float) -> tuple[Array, float]:
    """`s[i] = decay * s[i-1] + values[i]` with `s[-1] = carry`, and the last of them.

    In blocks short enough that `decay ** -length` stays far from overflow, each is a cumulative sum of
    `values[i] / decay**i`, scaled back; only the carry from block to block is a loop.
    """
    length = int(min(values.size, max(1.0, math.log(_SMALLEST_POWER) / math.log(decay)), 4096))
    rows = -(-values.size // length)
    flat = np.zeros(rows * length)
    flat[: values.size] = values
    table = flat.reshape(rows, length)
    powers = decay ** np.arange(length, dtype=np.float64)
    table /= powers
    np.cumsum(table, axis=1, out=table)
    table *= powers
    ends = table[:, -1].tolist()
    carries = np.empty(rows)
    last = decay**length
    for row, end in enumerate(ends):
        carries[row] = carry
        carry = carry * last + end
    table += carries[:, None] * (powers * decay)
    result = table.reshape(-1)[: values.size]
    return result, float(result[-1])
