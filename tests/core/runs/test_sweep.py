"""A sweep's grid, its plan on disk and its rows."""

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest

from cnnviewer.core.errors import UserError
from cnnviewer.core.models.recipe import ModelRecipe
from cnnviewer.core.runs.format.info import RunInfo
from cnnviewer.core.runs.format.notes import Notes
from cnnviewer.core.runs.read.summary import RunSummary, State
from cnnviewer.core.runs.sweep import plan as sweep
from cnnviewer.core.training.config import TrainConfig

BASE = TrainConfig(epochs=2)
RECIPE = ModelRecipe("lenet", (1, 28, 28), ("a", "b"), (0.0,), (1.0,))


def summary(
    config: TrainConfig, name: str = "s", state: State = "finished", validation: float | None = 0.5, created: str = "1"
) -> RunSummary:
    info = RunInfo(f"run-{config.learning_rate}-{config.seed}", created, config, RECIPE, sweep=name)
    return RunSummary(Path(info.id), info, Notes(), state, 2, 10, 0.25, state == "finished", 1, 1, validation, 3.0)


def test_a_grid_is_every_combination_once_with_the_seeds_varying_fastest() -> None:
    configs = sweep.grid(BASE, [0.1, 0.01], momenta=[0.9], seeds=[1, 2, 1])
    assert [(each.learning_rate, each.seed) for each in configs] == [(0.1, 1), (0.1, 2), (0.01, 1), (0.01, 2)]
    assert {(each.momentum, each.batch_size, each.epochs) for each in configs} == {(0.9, BASE.batch_size, 2)}
    assert sweep.varied(configs) == ("learning_rate", "seed")


def test_a_grid_without_axes_is_the_base_alone() -> None:
    assert sweep.grid(BASE) == (BASE,)


def test_rows_follow_the_plan_and_say_what_still_waits() -> None:
    plan = sweep.grid(BASE, [0.1, 0.01], seeds=[1, 2])
    runs = [summary(replace(plan[2], threads=4)), summary(plan[0], "another sweep")]
    rows = sweep.rows_of(runs, "s", plan)
    assert [row.config for row in rows] == list(plan)
    assert [row.state for row in rows] == ["waiting", "waiting", "finished", "waiting"]
    assert [row.over for row in rows] == [False, False, True, False]


def test_rows_without_a_plan_are_the_sweeps_runs_in_the_order_of_the_grid() -> None:
    plan = sweep.grid(BASE, [0.01, 0.1], seeds=[1, 2])
    rows = sweep.rows_of([summary(config) for config in reversed(plan)], "s")
    assert [row.config for row in rows] == list(plan)


def test_the_newest_of_two_runs_of_one_configuration_counts() -> None:
    old, new = summary(BASE, state="interrupted", created="1"), summary(BASE, created="2")
    assert [row.run for row in sweep.rows_of([new, old], "s", [BASE])] == [new]


def test_the_best_is_chosen_by_validation_never_by_the_test_images() -> None:
    plan = sweep.grid(BASE, seeds=[1, 2, 3, 4])
    runs = [summary(config, validation=value) for config, value in zip(plan, (0.5, 0.9, 0.8), strict=False)]
    best = sweep.best_of(sweep.rows_of(runs, "s", plan))
    assert [row.config.seed for row in best] == [2]
    assert sweep.best_of([]) == ()
    failed = summary(plan[3], state="failed", validation=1.0)
    assert sweep.best_of(sweep.rows_of([*runs, failed], "s", plan)) == best


def test_rows_that_are_equally_good_are_all_the_best() -> None:
    plan = sweep.grid(BASE, seeds=[1, 2, 3, 4])
    values = (0.5, 0.9, None, 0.9)  # None: of a network whose loss is not finite, too
    runs = [summary(config, validation=value) for config, value in zip(plan, values, strict=True)]
    assert [row.config.seed for row in sweep.best_of(sweep.rows_of(runs, "s", plan))] == [2, 4]


def test_of_a_run_and_its_copy_the_run_counts() -> None:
    run = summary(BASE, state="running")
    copy = replace(run, folder=run.folder.with_name("a copy"), state="interrupted")
    original = replace(run, folder=run.folder.with_name(run.info.id))
    for runs in ([copy, original], [original, copy]):
        assert [row.run for row in sweep.rows_of(runs, "s", [BASE])] == [original]


def test_a_plan_comes_back_from_disk_as_it_was(tmp_path: Path) -> None:
    plan = sweep.grid(replace(BASE, dropout=0.25), [0.1, 0.01])
    sweep.write_plan(tmp_path / "runs", "my sweep", plan)
    assert sweep.read_plan(tmp_path / "runs", "my sweep") == plan
    assert sweep.read_plan(tmp_path / "runs", "another") == ()


@pytest.mark.parametrize("damage", [b"", b"{}", b"[]", b'{"trainings": [{"epochs": "many"}]}', b"\xff"])
def test_a_damaged_plan_gives_an_error_message(tmp_path: Path, damage: bytes) -> None:
    sweep.write_plan(tmp_path, "s", [BASE]).write_bytes(damage)
    with pytest.raises(UserError, match="damaged"):
        sweep.read_plan(tmp_path, "s")


@pytest.mark.parametrize("name", ["", "../x", ".hidden", "a/b", "x" * 200])
def test_a_name_that_no_file_can_have_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(UserError, match="cannot be a sweep's name"):
        sweep.write_plan(tmp_path, name, [BASE])


def test_a_new_name_is_none_of_those_taken() -> None:
    first = sweep.new_sweep_name()
    assert sweep.new_sweep_name([first]) != first


def test_the_table_keeps_every_digit_and_leaves_empty_what_is_not_known() -> None:
    plan = sweep.grid(BASE, [1 / 3, 0.01])
    table = sweep.sweep_csv(sweep.rows_of([summary(plan[0])], "s", plan), "s")
    first, second = csv.DictReader(io.StringIO(table.decode("utf-8-sig")))
    assert float(first["learning_rate"]) == 1 / 3
    assert (first["state"], first["test_accuracy"]) == ("finished", "0.25")
    assert (second["state"], second["run"], second["test_accuracy"]) == ("waiting", "", "")
