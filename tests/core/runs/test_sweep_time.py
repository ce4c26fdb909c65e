"""About how long a sweep takes."""

from dataclasses import replace
from pathlib import Path

import pytest

from cnnviewer.core.models.recipe import ModelRecipe
from cnnviewer.core.runs.format.info import RunInfo
from cnnviewer.core.runs.format.notes import Notes
from cnnviewer.core.runs.read.summary import RunSummary
from cnnviewer.core.runs.sweep.plan import SweepRow
from cnnviewer.core.runs.sweep.time_left import seconds_for, seconds_left
from cnnviewer.core.training.config import TrainConfig

BASE = TrainConfig(epochs=4, batch_size=32)
RECIPE = ModelRecipe("lenet", (1, 28, 28), ("a", "b"), (0.0,), (1.0,))


def run(config: TrainConfig, seconds: float, epochs: int = 2, state: str = "finished") -> RunSummary:
    info = RunInfo("r", "1", config, RECIPE)
    return RunSummary(Path("r"), info, Notes(), state, epochs, 10, None, False, 1, 1, 0.5, seconds)


def test_a_training_takes_as_long_an_epoch_as_one_like_it_with_the_nearest_batch_size() -> None:
    runs = [run(BASE, 10.0), run(replace(BASE, batch_size=256), 2.0), run(replace(BASE, model="simplecnn"), 900.0)]
    assert seconds_for([BASE, replace(BASE, batch_size=200)], runs) == 4 * 5.0 + 4 * 1.0


def test_a_begun_epoch_counts_in_parts() -> None:
    begun = run(BASE, 10.0, epochs=1, state="interrupted")  # of 10 steps
    begun = replace(begun, info=replace(begun.info, counts={"steps_per_epoch": 4}))
    assert seconds_for([BASE], [begun]) == 4 * 10.0 / 2.5


def test_without_a_run_like_it_nobody_knows() -> None:
    assert seconds_for([BASE], [run(replace(BASE, model="simplecnn"), 9.0)]) is None


def test_what_is_done_of_a_training_is_not_waited_for() -> None:
    half = run(BASE, 10.0, epochs=2, state="interrupted")
    assert seconds_left([SweepRow(BASE, half), SweepRow(replace(BASE, seed=2))], [half]) == 2 * 20.0 - 10.0


def test_a_training_that_takes_longer_than_expected_takes_nothing_off_what_the_next_one_takes() -> None:
    quick = run(BASE, 10.0)  # 5 seconds an epoch
    slow = replace(run(BASE, 100.0, epochs=0, state="running"), step=30)
    slow = replace(slow, info=replace(slow.info, counts={"steps_per_epoch": 10}))
    rows = [SweepRow(BASE, slow), SweepRow(replace(BASE, seed=2))]
    assert seconds_left(rows, [quick]) == pytest.approx(100 / 3 + 20)


def test_a_first_epoch_that_is_under_way_tells_how_long_the_sweep_takes() -> None:
    begun = run(BASE, 5.0, epochs=0, state="running")  # of 10 steps
    begun = replace(begun, info=replace(begun.info, counts={"steps_per_epoch": 20}))
    assert seconds_left([SweepRow(BASE, begun), SweepRow(replace(BASE, seed=2))], [begun]) == pytest.approx(35 + 40)
