"""A run is played in a set time, or at a set speed."""

import pytest

from cnnviewer.core.runs.read.playback import Pace


def test_unless_set_otherwise_a_run_takes_twelve_seconds() -> None:
    assert Pace().seconds_of(541) == 12
    assert Pace().speed_of(541) == 45
    assert Pace().video_seconds(541) == 12


def test_at_a_set_speed_a_longer_run_takes_longer() -> None:
    pace = Pace(None, 20)
    assert [pace.seconds_of(count) for count in (101, 201)] == [5, 10]
    assert pace.speed_of(201) == 20


@pytest.mark.parametrize(("count", "seconds"), [(11, 1.0), (61, 3.0), (100_000, 120.0)])
def test_a_video_is_as_long_as_the_run_plays_within_reason(count: int, seconds: float) -> None:
    assert Pace(None, 20).video_seconds(count) == seconds


def test_a_run_of_one_step_has_a_length_and_a_speed_too() -> None:
    assert Pace().speed_of(1) > 0
    assert Pace(None, 5).seconds_of(1) > 0
