"""Spearman's rank correlation."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt


def rank_correlation(one: npt.ArrayLike, other: npt.ArrayLike) -> float:
    """Pearson's correlation of the ranks of two arrays of one size; equal values share their mean rank.

    In whole numbers up to the last division, so that equal orders give exactly 1. NaN where all values of either array
    are equal, or one is not a number: there is no order then.
    """
    first, second = np.ravel(np.asarray(one)), np.ravel(np.asarray(other))
    if first.size != second.size:
        raise ValueError(f"{first.size} and {second.size} values")
    if not (np.isfinite(first).all() and np.isfinite(second).all()):
        return math.nan
    a, b = _doubled_ranks(first), _doubled_ranks(second)
    spread = int(a @ a) * int(b @ b)
    return int(a @ b) / math.sqrt(spread) if spread else math.nan


def _doubled_ranks(values: npt.NDArray[np.floating]) -> npt.NDArray[np.int64]:
    """Twice the rank of each value above the mean rank: whole, for a mean of ranks is a multiple of a half."""
    _, place, count = np.unique(values, return_inverse=True, return_counts=True)
    below = np.cumsum(count) - count
    return np.asarray((2 * below + count - 1 - (values.size - 1))[place.ravel()], np.int64)
