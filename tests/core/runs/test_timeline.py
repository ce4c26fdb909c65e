"""A run's places in order: the nearest, the ones beside it, the ends of epochs, and what is known of a step."""

import math

import numpy as np

from cnnviewer.core.runs.format.notes import Mark
from cnnviewer.core.runs.read.timeline import Timeline, facts_of, timeline_of
from cnnviewer.core.training.metric_log import MetricLog


def log_of(steps: int, per_epoch: int, accuracies: tuple[float, ...]) -> MetricLog:
    log = MetricLog()
    log.extend_steps(
        np.array([[s, 1 + (s - 1) // per_epoch, 0, 10 / s, 0, 0, 0, s] for s in range(1, steps + 1)], float)
    )
    log.extend_epochs(np.array([[n, n * per_epoch, 0, 0, 0, a, 0] for n, a in enumerate(accuracies, 1)], float))
    return log


def test_now_is_a_place_of_its_own_behind_the_snapshots_that_are_kept() -> None:
    log = log_of(25, 10, (0.5, 0.7))
    timeline = timeline_of([0, 1, 2, 10, 20], 25, log)
    assert timeline.steps == (0, 1, 2, 10, 20, 25)
    assert timeline.now == 25
    assert timeline_of([0, 1, 2, 10, 20], 20, log).steps == (0, 1, 2, 10, 20)
    assert timeline_of([], 5, log).steps == ()


def test_the_best_is_the_first_of_the_epochs_with_the_highest_validation_accuracy() -> None:
    assert timeline_of([0], 40, log_of(40, 10, (0.5, 0.9, 0.9, 0.8))).best == 20
    assert timeline_of([0], 5, log_of(5, 10, ())).best is None


def test_every_step_has_a_nearest_place() -> None:
    timeline = Timeline((0, 1, 2, 10, 20))
    for step in range(-3, 30):
        nearest = timeline.nearest(step)
        assert abs(nearest - step) == min(abs(place - step) for place in timeline.steps)


def test_earlier_and_later_go_from_place_to_place_or_from_epoch_to_epoch() -> None:
    timeline = Timeline((0, 1, 2, 10, 14, 20, 25), epochs=((1, 10), (2, 20)))
    assert [timeline.later(step) for step in (0, 2, 12, 25)] == [1, 10, 14, 25]
    assert [timeline.earlier(step) for step in (25, 14, 12, 0)] == [20, 10, 10, 0]
    assert [timeline.later(step, by_epoch=True) for step in (0, 10, 14, 20)] == [10, 20, 20, 25]
    assert [timeline.earlier(step, by_epoch=True) for step in (25, 20, 14, 10)] == [20, 10, 10, 0]
    assert timeline.after(2, 3) == (10, 14, 20)


def test_what_is_known_of_a_snapshot_comes_from_its_own_step_and_the_last_epoch_before() -> None:
    log = log_of(25, 10, (0.5, 0.7))
    before, inside, at_end = facts_of(log, 0), facts_of(log, 14), facts_of(log, 20)
    assert (before.step, before.epoch) == (0, 0)
    assert math.isnan(before.loss)
    assert math.isnan(before.validation)
    assert (inside.epoch, inside.loss, inside.validation) == (2, 10 / 14, 0.5)
    assert (at_end.epoch, at_end.validation) == (2, 0.7)


def test_a_mark_is_found_on_exactly_its_step() -> None:
    timeline = Timeline((0, 5), marks=(Mark(5, "sees"),))
    assert timeline.mark_at(5) == Mark(5, "sees")
    assert timeline.mark_at(4) is None
