"""A run that lost its checkpoint, or all but its weights and numbers: evaluated and branched from, not resumed."""

import json
import math
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from cnnviewer.cli import main
from cnnviewer.core.errors import UserError
from cnnviewer.core.runs.format.info import read_info
from cnnviewer.core.runs.read.history import read_end, steps_at_hand
from cnnviewer.core.runs.read.opened_run import OpenedRun
from cnnviewer.core.runs.record.start import begin, branch, resume_run
from cnnviewer.core.training.config import TrainConfig
from cnnviewer.core.training.events import StepDone
from tests.core.runs.trained import LENET, assert_same_run, assert_same_tensors, data_for, finish, weights_in
from tests.small_data import GREY, saved, tiny

DATA = data_for(LENET)


def bare(folder: Path, damaged: bool = False) -> Path:
    """The run without its checkpoint, its snapshots and its best epoch."""
    for name in ("best.safetensors", "checkpoint.safetensors"):
        (folder / name).unlink(missing_ok=True)
    if damaged:
        (folder / "checkpoint.safetensors").write_bytes(b"\x10\0\0\0\0\0\0\0{}")
    shutil.rmtree(folder / "moments")
    return folder


def run(where: Path, config: TrainConfig, stop_at: int | None = None) -> Path:
    recording = begin(DATA, config, where)
    for event in recording.events():
        if isinstance(event, StepDone) and event.step == stop_at:
            recording.training.controls.stop = True
    assert recording.folder is not None
    return recording.folder


@pytest.mark.parametrize("damaged", [False, True], ids=["missing", "damaged"])
@pytest.mark.parametrize("stop_at", [None, 8], ids=["finished", "stopped in an epoch"])
@pytest.mark.parametrize("schedule", ["constant", "cosine"])
def test_its_weights_are_a_snapshot_from_which_a_branch_learns_the_same(
    damaged: bool, stop_at: int | None, schedule: str, tmp_path: Path
) -> None:
    config = replace(LENET, schedule=schedule)  # without momentum nothing is missing
    whole = run(tmp_path / "whole", config, stop_at)
    known = OpenedRun.read(whole).checkpoint()
    folder = bare(shutil.copytree(whole, tmp_path / "bare"), damaged)
    end = read_end(folder, read_info(folder))
    assert_same_tensors(dict(end.state.tensors), weights_in(folder))
    assert (end.step, end.place.epoch, end.place.batch) == (known.step, known.place.epoch, known.place.batch)
    assert end.place.loss_sum == pytest.approx(known.place.loss_sum)
    assert end.place.correct_sum == known.place.correct_sum
    assert (end.learning_rate, end.momentum) == (known.learning_rate, known.momentum)
    assert steps_at_hand(folder) == [end.step]
    made = branch(folder, end.step, DATA, tmp_path / "branches", {"epochs": 4})
    finish(made)
    if schedule == "constant":
        finish(resume_run(whole, DATA, 4))
        assert made.folder is not None
        assert_same_run(made.folder, whole) if stop_at is None else None
        assert_same_tensors(weights_in(made.folder), weights_in(whole))


def test_resuming_is_refused_and_the_branch_named(tmp_path: Path) -> None:
    folder = bare(run(tmp_path, LENET))
    with pytest.raises(UserError, match=r"no readable checkpoint\.safetensors.*branch can begin"):
        resume_run(folder, DATA, 4)


def test_weights_of_another_number_of_classes_than_the_run_tells_are_refused(tmp_path: Path) -> None:
    folder = bare(run(tmp_path, replace(LENET, epochs=1)))
    info = read_info(folder)
    with pytest.raises(UserError, match="holds the weights of another model"):
        read_end(folder, replace(info, recipe=replace(info.recipe, classes=info.recipe.classes[1:])))


def test_without_weights_either_it_gives_an_error_message(tmp_path: Path) -> None:
    folder = bare(run(tmp_path, LENET))
    (folder / "weights.safetensors").unlink()
    for work in (
        lambda: read_end(folder, read_info(folder)),
        lambda: branch(folder, 18, DATA, tmp_path, {"epochs": 4}),
    ):
        with pytest.raises(UserError, match="no readable"):
            work()


def test_the_commands_evaluate_it_and_branch_from_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    key = saved(tmp_path, "own", tiny(GREY, 120, 20))
    runs = ["--runs-dir", str(tmp_path / "runs")]
    assert main(["train", "--dataset", key, "--epochs", "1", "--json", *runs]) == 0
    trained = json.loads(capsys.readouterr().out)
    bare(Path(trained["folder"]))
    assert main(["evaluate", "--run", "last", "--json", *runs]) == 0
    evaluated = json.loads(capsys.readouterr().out)
    assert (evaluated["correct"], evaluated["step"]) == (trained["correct"], math.ceil(108 / 32))
    assert main(["resume", "last", "--from-step", "last", "--epochs", "2", *runs]) == 0
