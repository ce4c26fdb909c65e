"""Spearman's rank correlation equals the closed form and Pearson's correlation of mean ranks."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnnviewer.core.inspection.attribution.trust.ranks import rank_correlation

FEW = st.lists(st.integers(0, 4), min_size=2, max_size=30)


def mean_ranks(values: list[int]) -> np.ndarray:
    return np.array([sum(v < x for v in values) + (sum(v == x for v in values) + 1) / 2 for x in values])


def test_without_ties_it_is_spearmans_closed_form() -> None:
    draw = np.random.default_rng(0)
    one, other = draw.permutation(50), draw.permutation(50)
    closed = 1 - 6 * float(((one - other) ** 2).sum()) / (50 * (50**2 - 1))
    assert rank_correlation(one * 0.1, np.exp(other / 9)) == pytest.approx(closed, abs=1e-12)


@given(FEW, st.randoms(use_true_random=False))
def test_equal_values_share_their_mean_rank(one: list[int], random: object) -> None:
    other = one.copy()
    random.shuffle(other)  # type: ignore[attr-defined]
    if len(set(one)) == 1:
        assert math.isnan(rank_correlation(one, other))
        return
    expected = np.corrcoef(mean_ranks(one), mean_ranks(other))[0, 1]
    assert rank_correlation(one, other) == pytest.approx(expected, abs=1e-12)


def test_scipy_says_the_same() -> None:
    stats = pytest.importorskip("scipy.stats")
    draw = np.random.default_rng(1)
    one, other = draw.integers(0, 9, 400), draw.integers(0, 9, 400)
    assert rank_correlation(one, other) == pytest.approx(stats.spearmanr(one, other).statistic, abs=1e-12)


@pytest.mark.parametrize("size", [2, 784, 224 * 224])
def test_an_array_and_itself_give_exactly_one_and_its_reverse_exactly_minus_one(size: int) -> None:
    values = np.random.default_rng(size).standard_normal(size).astype(np.float32)
    assert rank_correlation(values, values.copy()) == 1.0
    assert rank_correlation(values, -values) == -1.0


def test_what_is_the_same_everywhere_or_no_number_has_no_order() -> None:
    assert math.isnan(rank_correlation([0, 0, 0], [1, 2, 3]))
    assert math.isnan(rank_correlation([1, math.nan, 2], [1, 2, 3]))
    with pytest.raises(ValueError, match="2 and 3"):
        rank_correlation([1, 2], [1, 2, 3])
