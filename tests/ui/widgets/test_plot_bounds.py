"""No wheel and no drag loses the curves."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnnviewer.ui.widgets.plot_bounds import within

any_number = st.floats(-1e308, 1e308)


@given(any_number, any_number, st.floats(-1e6, 1e6), st.floats(1e-3, 1e7))
def test_zooming_and_panning_always_leave_a_part_of_the_curves_in_view(
    low: float, high: float, first: float, span: float
) -> None:
    last = first + span
    kept_low, kept_high = within((low, high), (first, last))
    width = kept_high - kept_low
    assert 0 < width <= 1.21 * span
    assert min(kept_high, last) - max(kept_low, first) >= 0.09 * min(width, span) - 1e-9 * max(1.0, abs(first), span)


@pytest.mark.parametrize("shown", [(0.0, 100.0), (40.0, 60.0), (-80.0, 30.0), (90.0, 200.0), (49.5, 50.5)])
def test_what_shows_enough_is_left_alone(shown: tuple[float, float]) -> None:
    assert within(shown, (0.0, 100.0)) == shown


def test_what_is_no_range_becomes_everything() -> None:
    for shown in ((math.nan, 1.0), (-math.inf, math.inf), (5.0, 5.0), (2.0, 1.0)):
        assert within(shown, (0.0, 100.0)) == (0.0, 100.0)


def test_what_is_near_stays_in_sight_even_a_level_line() -> None:
    low, high = within((60.0, 70.0), (0.0, 100.0), near=(20.0, 20.0))
    assert low < 20 < high
    assert high - low == 10
    assert within((60.0, 60.1), (0.0, 100.0), least=2.0) == pytest.approx((59.05, 61.05))
