"""The window updates less often where that takes much of a core, and as often as usual where it does not."""

import itertools

from cnnviewer.runtime.update_throttle import UpdateThrottle


def paced(share: float, beats: int, throttle: UpdateThrottle | None = None) -> UpdateThrottle:
    """A pace after so many beats of half a second, in each of which the thread worked for that share of the time."""
    made = throttle or UpdateThrottle()
    seconds = itertools.count()
    made._clock = lambda: 0.5 * next(seconds)
    worked = itertools.count()
    made._worked = lambda: 0.5 * share * next(worked)
    made._before = None
    for _ in range(beats):
        made.beat()
    return made


def test_a_window_that_works_little_is_updated_as_often_as_usual() -> None:
    assert paced(0.03, 20).stretch == 1.0


def test_a_window_that_works_much_is_updated_half_as_often_but_not_less() -> None:
    assert 1.0 < paced(0.15, 3).stretch < 2.0
    assert paced(0.15, 50).stretch == 2.0


def test_when_the_work_becomes_less_the_pace_comes_back() -> None:
    assert paced(0.02, 50, paced(0.2, 50)).stretch == 1.0


def test_beats_without_time_between_them_leave_the_pace_as_it_is() -> None:
    throttle = UpdateThrottle(clock=lambda: 1.0, worked=itertools.count().__next__)
    for _ in range(20):
        throttle.beat()
    assert throttle.stretch == 1.0
