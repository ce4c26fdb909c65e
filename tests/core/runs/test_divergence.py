"""A loss that is no finite number, of whatever images, ends a training; what is kept is what was still good."""

import json
import math
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from cnnviewer.cli import main
from cnnviewer.core.errors import UserError
from cnnviewer.core.evaluation import evaluate as evaluate_module
from cnnviewer.core.evaluation.records import Evaluation
from cnnviewer.core.json_text import json_text
from cnnviewer.core.runs.compare.comparison import ComparedRun, outcome
from cnnviewer.core.runs.format import checkpoint_file
from cnnviewer.core.runs.format.info import RunInfo, read_info
from cnnviewer.core.runs.format.metrics_file import EPOCHS, whole_files
from cnnviewer.core.runs.format.notes import Notes
from cnnviewer.core.runs.read.library import summary_of
from cnnviewer.core.runs.read.opened_run import OpenedRun
from cnnviewer.core.runs.record.recorder import Recorder
from cnnviewer.core.runs.record.start import begin, branch, resume_run
from cnnviewer.core.training import loop
from cnnviewer.core.training.events import EpochDone, StepDone
from cnnviewer.core.training.failure import TrainingFailed
from cnnviewer.core.training.metric_log import MetricLog
from tests.core.runs.test_sweep import BASE, RECIPE
from tests.core.runs.trained import LENET, assert_same_tensors, data_for, finish, weights_in
from tests.small_data import GREY, saved, tiny

DATA = data_for(LENET)


def fail(recording: Recorder) -> TrainingFailed:
    with pytest.raises(TrainingFailed) as failed:
        finish(recording)
    return failed.value


def kept_step(failure: TrainingFailed) -> int:
    found = re.search(r"last good weights are those of step (\d+)", str(failure))
    assert found is not None
    return int(found[1])


@pytest.mark.parametrize("rate", [1e15, 1e30])
def test_a_loss_that_is_no_number_after_the_only_step_ends_the_training(rate: float, tmp_path: Path) -> None:
    """360 images in one batch: the one loss that the training sees is that of the first weights."""
    data = tiny(GREY, 400, 40)
    failure = fail(begin(data, replace(LENET, batch_size=360, epochs=1, learning_rate=rate), tmp_path))
    assert "diverged" in str(failure)
    assert kept_step(failure) == 0
    (folder,) = [path for path in tmp_path.iterdir() if not path.name.startswith(".")]
    summary = summary_of(folder)
    assert (summary.state, summary.accuracy, summary.epochs_done) == ("failed", None, 0)


@pytest.mark.parametrize(("evaluated", "epoch", "kept"), [(1, 1, 0), (3, 3, 12), (4, 3, 18)])
def test_a_validation_or_test_loss_that_is_no_number_is_a_divergence(
    evaluated: int, epoch: int, kept: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first or the third validation, and the test at the end. Of the last weights the validation was finite."""
    count = 0

    def evaluate(*given: object, **named: object) -> Evaluation:
        nonlocal count
        count += 1
        result = evaluate_module.evaluate(*given, **named)  # type: ignore[arg-type]
        return replace(result, loss=math.nan if count % 2 else math.inf) if count == evaluated else result

    monkeypatch.setattr(loop, "evaluate", evaluate)
    recording = begin(DATA, LENET, tmp_path)
    failure = fail(recording)
    assert kept_step(failure) == kept
    opened = OpenedRun.read(recording.folder)
    assert (opened.info.status, opened.info.problem) == ("failed", str(failure))
    assert opened.log.epoch_count == epoch - (evaluated < 4)
    assert opened.checkpoint().step == kept


def test_the_weights_that_are_said_to_be_kept_are_the_ones_that_are_read(tmp_path: Path) -> None:
    """The rate is turned up after step 8: the losses stay finite for some steps, then they do not."""
    recording = begin(DATA, LENET, tmp_path / "runs")
    states: dict[int, dict[str, torch.Tensor]] = {}

    def train() -> None:
        for event in recording.events():
            if isinstance(event, StepDone):
                states[event.step] = recording.training.snapshot().tensors
                if event.step == 8:
                    recording.training.controls.learning_rate = 1e20

    with pytest.raises(TrainingFailed) as failed:
        train()
    step = kept_step(failed.value)
    assert step == 6  # the end of the epoch before, whose validation was finite
    folder = recording.folder
    opened = OpenedRun.read(folder)
    assert opened.checkpoint().step == step
    assert_same_tensors(dict(opened.checkpoint().state.tensors), states[step])
    assert_same_tensors(weights_in(folder), states[step])
    again = resume_run(folder, DATA)
    again.training.controls.learning_rate = 0.01
    finish(again)
    assert read_info(folder).status == "finished"


def test_evaluate_reads_the_step_that_is_said_to_be_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    key = saved(tmp_path, "own", tiny(GREY, 120, 20))
    runs = ["--runs-dir", str(tmp_path / "runs")]
    assert main(["train", "--dataset", key, "--learning-rate", "30", "--batch-size", "8", *runs]) == 1
    said = capsys.readouterr().err
    assert main(["evaluate", "--run", "last", "--json", *runs]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert f"last good weights are those of step {answer['step']}" in said


def test_resuming_after_a_divergence_resumes_from_that_step_to_the_last_bit(tmp_path: Path) -> None:
    config = replace(LENET, momentum=0.5)
    quiet = begin(DATA, config, tmp_path / "quiet")
    finish(quiet)
    wild = begin(DATA, config, tmp_path / "wild")

    def train() -> None:
        for event in wild.events():
            if isinstance(event, EpochDone) and event.epoch == 2:
                wild.training.controls.learning_rate = 1e30

    with pytest.raises(TrainingFailed):
        train()
    assert OpenedRun.read(wild.folder).checkpoint().step == 12
    finish(resume_run(wild.folder, DATA))
    assert_same_tensors(weights_in(wild.folder), weights_in(quiet.folder))


def test_a_branch_from_weights_that_are_no_numbers_is_refused(tmp_path: Path) -> None:
    recording = begin(DATA, LENET, tmp_path)
    finish(recording)
    info = read_info(recording.folder)
    snapshot = OpenedRun.read(recording.folder).snapshot(5)
    broken = {name: torch.full_like(tensor, torch.nan) for name, tensor in snapshot.state.tensors.items()}
    path = recording.folder / "moments" / f"{5:09d}.safetensors"
    path.write_bytes(checkpoint_file.encode(replace(snapshot, state=replace(snapshot.state, tensors=broken))))
    with pytest.raises(UserError, match="not finite numbers"):
        branch(recording.folder, 5, DATA, tmp_path, {})
    assert read_info(recording.folder) == info


# runs of before


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A run as the program wrote it before: its last validation and its test have a loss that is NaN."""
    recording = begin(DATA, LENET, tmp_path)
    finish(recording)
    folder = recording.folder
    rows = OpenedRun.read(folder).log.epoch_rows().copy()
    rows[-1, 4], rows[-1, 5] = math.nan, 0.85
    for name, data in whole_files(EPOCHS, rows).items():
        (folder / name).write_bytes(data)
    document = json.loads((folder / "run.json").read_text())
    document["result"] |= {"loss": math.nan, "accuracy": 0.85}
    del document["check"]
    (folder / "run.json").write_text(json.dumps(document))
    return folder


def test_an_old_run_that_had_diverged_has_no_accuracy_and_is_best_nowhere(old: Path) -> None:
    summary = summary_of(old)
    assert (summary.state, summary.accuracy, summary.validation_accuracy) == ("finished", None, None)
    opened = OpenedRun.read(old)
    assert opened.best_step != 18
    column = ComparedRun(1, old, opened.info, Notes(), "finished", opened.log, (), opened.best_step, "last", None, "t")
    best = next(row.values[0] for row in outcome([column]) if row.name == "best_validation_accuracy")
    assert best == opened.log.epochs("validation_accuracy")[:2].max()


@pytest.mark.parametrize("words", ["runs show last --json", "runs --json", "sweep --name s --dry-run --json --seeds 1"])
def test_no_json_holds_nan(words: str, old: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*words.split(), "--runs-dir", str(old.parent)]) == 0
    json.loads(capsys.readouterr().out, parse_constant=pytest.fail)


def test_a_run_whose_result_is_no_number_is_read_as_it_was_written(old: Path) -> None:
    info = read_info(old)
    (old / "run.json").write_bytes(info.to_json())
    json.loads((old / "run.json").read_text(), parse_constant=pytest.fail)
    assert math.isnan(read_info(old).result["loss"])
    checkpoint = replace(OpenedRun.read(old).checkpoint(), epochs=((1.0, 2.0, math.nan, 0.5, math.inf, 0.5, 1.0),))
    read = checkpoint_file.decode(checkpoint_file.encode(checkpoint), info.recipe, "x")
    assert np.isnan(read.epochs[0][2])
    assert read.epochs[0][0] == 1.0


def test_json_is_made_in_one_place_which_writes_no_nan() -> None:
    made = json_text({"a": [math.nan, 1.5, -math.inf], "b": {"c": (math.nan, "é")}})
    assert json.loads(made, parse_constant=pytest.fail) == {"a": [None, 1.5, None], "b": {"c": [None, "é"]}}


def test_epochs_that_are_equally_good_are_all_the_best() -> None:
    log = MetricLog()
    log.extend_epochs(np.array([[n, 10 * n, 1, 1, loss, accuracy, n] for n, loss, accuracy in (
        (1, 0.5, 0.8), (2, math.nan, 0.99), (3, 0.4, 0.9), (4, 0.6, 0.9), (5, 0.1, 0.85),
    )], dtype=np.float64))  # fmt: skip
    assert log.best_epochs() == [2, 3]
    info = RunInfo("x", "2026-11-29T10:00:00+00:00", BASE, RECIPE)
    column = ComparedRun(1, Path("x"), info, Notes(), "finished", log, (), 30, "last", None, "t")
    assert {row.name: row.values[0] for row in outcome([column])}["best_step"] == (30, 40)
    assert MetricLog().best_epochs() == []
