"""A training that is gone on with becomes, to the last bit, what it had become without a break."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from cnnviewer.core.errors import UserError
from cnnviewer.core.runs.format.file_names import BEST, CHECKPOINT
from cnnviewer.core.runs.format.info import read_info
from cnnviewer.core.runs.read.opened_run import OpenedRun
from cnnviewer.core.runs.record.start import begin, branch, resume_run
from cnnviewer.core.training.checkpoint import Checkpoint
from cnnviewer.core.training.config import TrainConfig
from cnnviewer.core.training.controls import Controls
from cnnviewer.core.training.events import EpochDone, Finished, StepDone
from cnnviewer.core.training.failure import TrainingFailed
from cnnviewer.core.training.loop import Training
from tests.core.runs.trained import (
    LENET,
    SIMPLECNN,
    assert_same_run,
    assert_same_tensors,
    at_epoch,
    at_step,
    data_for,
    finish,
    leave_after,
    numbers_in,
    weights_in,
)

NORMALISED = TrainConfig(
    "design:conv 4 k3, batchnorm, relu, maxpool 2, flatten, linear 10",
    "tiny-grey",
    epochs=2,
    batch_size=16,
    momentum=0.5,
    threads=1,
)
KINDS = {
    "LeNet with its dropout": LENET,
    "SimpleCNN with momentum": SIMPLECNN,
    "cosine schedule": replace(LENET, schedule="cosine", learning_rate=0.05),
    "augmented": replace(LENET, augmentation="handwriting"),
    "flipped and cropped": replace(SIMPLECNN, augmentation="flip-crop"),
    "batch normalisation": NORMALISED,
    "validated on the test images": replace(LENET, validation_fraction=0.0),
}


def checkpoints_of(config: TrainConfig) -> tuple[list[Checkpoint], Finished]:
    """A checkpoint at every event of a training, and its end."""
    training, kept = Training(data_for(config), config), []
    for event in training:
        if isinstance(event, Finished):
            return kept, event
        kept.append(training.checkpoint())
    raise AssertionError


@pytest.mark.parametrize("config", KINDS.values(), ids=KINDS.keys())
def test_from_any_event_on_the_training_learns_the_same(config: TrainConfig) -> None:
    kept, end = checkpoints_of(config)
    for checkpoint in kept[:: 2 if config is LENET else 7]:
        *_, last = Training(data_for(config), config, resume=checkpoint)
        assert_same_tensors(dict(end.state.tensors), dict(last.state.tensors))
        assert_same_tensors(dict(end.state.velocity), dict(last.state.velocity))
        assert last.test == end.test


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Each kind of run, never interrupted."""
    folder = tmp_path_factory.mktemp("whole")
    runs = {}
    for name, config in KINDS.items():
        recording = begin(data_for(config), config, folder)
        finish(recording)
        runs[name] = recording.folder
    return runs


PLACES = {
    "before the first step": at_step(0),
    "after the first step": at_step(1),
    "in the middle of an epoch": at_step(3),
    "after the last batch of an epoch, before its validation": at_step(4),
    "after an epoch": at_epoch(1),
    "between the last epoch and the test": at_epoch(2),
}


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES.keys())
@pytest.mark.parametrize("name", ["SimpleCNN with momentum", "batch normalisation"])
def test_a_run_left_anywhere_ends_as_one_that_was_not(name: str, place, whole: dict[str, Path], tmp_path: Path) -> None:
    config = KINDS[name]
    recording = begin(data_for(config), config, tmp_path)
    leave_after(recording, place)
    assert OpenedRun.read(recording.folder).interrupted
    again = resume_run(recording.folder, data_for(config))
    finish(again)
    assert again.folder == recording.folder
    assert_same_run(recording.folder, whole[name])
    assert read_info(recording.folder).status == "finished"
    assert read_info(recording.folder).result == read_info(whole[name]).result


def test_a_run_broken_off_again_and_again_ends_as_one_that_was_not(whole: dict[str, Path], tmp_path: Path) -> None:
    recording = begin(data_for(LENET), LENET, tmp_path)
    leave_after(recording, at_step(1))
    for step in (2, 3, 5, 6, 7, 12):
        leave_after(resume_run(recording.folder, data_for(LENET)), at_step(step))
    finish(resume_run(recording.folder, data_for(LENET)))
    assert_same_run(recording.folder, whole["LeNet with its dropout"])
    kept = OpenedRun.read(recording.folder).snapshots
    assert kept == OpenedRun.read(whole["LeNet with its dropout"]).snapshots


def test_a_rate_changed_while_training_is_kept(tmp_path: Path) -> None:
    def trained(leave: bool, folder: Path) -> Path:
        controls = Controls.of(LENET)
        recording = begin(data_for(LENET), LENET, folder, controls)
        events = recording.events()
        for event in events:
            if isinstance(event, StepDone) and event.step == 5:
                controls.learning_rate, controls.momentum = 0.2, 0.5
            if leave and isinstance(event, StepDone) and event.step == 8:
                break
        events.close()
        if leave:
            later = Controls()
            finish(resume_run(recording.folder, data_for(LENET), controls=later))
            assert (later.learning_rate, later.momentum) == (0.2, 0.5)
        return recording.folder

    assert_same_run(trained(True, tmp_path / "left"), trained(False, tmp_path / "not"))


def test_the_rate_is_kept_also_by_a_process_that_ends_at_once(tmp_path: Path) -> None:
    controls = Controls.of(LENET)
    recording = begin(data_for(LENET), LENET, tmp_path, controls)
    events = recording.events()
    for event in events:
        if isinstance(event, StepDone) and event.step == 5:
            controls.learning_rate = 0.2
        if isinstance(event, StepDone) and event.step == 7:
            recording.settle()
            assert OpenedRun.read(recording.folder).checkpoint().learning_rate == 0.2
            break
    events.close()


def test_more_epochs_are_what_so_many_had_been_from_the_start(tmp_path: Path) -> None:
    long = replace(SIMPLECNN, epochs=3)
    recording = begin(data_for(long), SIMPLECNN, tmp_path / "grown")
    finish(recording)
    with pytest.raises(UserError, match="has come to the end of its 2 epochs") as caught:
        resume_run(recording.folder, data_for(long))
    assert caught.value.field == "epochs"
    finish(resume_run(recording.folder, data_for(long), epochs=3))
    at_once = begin(data_for(long), long, tmp_path / "at once")
    finish(at_once)
    assert_same_run(recording.folder, at_once.folder)
    info = read_info(recording.folder)
    assert info.config.epochs == 3
    assert info.resumed == 1
    assert [(change.step, change.epochs) for change in info.changes] == [(8, 3)]


def test_a_stopped_run_resumes(whole: dict[str, Path], tmp_path: Path) -> None:
    controls = Controls.of(LENET)
    recording = begin(data_for(LENET), LENET, tmp_path, controls)
    for event in recording.events():
        controls.stop = isinstance(event, StepDone) and event.step >= 7
    assert read_info(recording.folder).status == "stopped"
    finish(resume_run(recording.folder, data_for(LENET)))
    assert_same_run(recording.folder, whole["LeNet with its dropout"])


def test_a_branch_with_nothing_changed_is_the_same_run(whole: dict[str, Path], tmp_path: Path) -> None:
    parent = whole["LeNet with its dropout"]
    for step in (0, 4, 5, 6, 11):
        before = {path: path.read_bytes() for path in parent.rglob("*") if path.is_file()}
        recording = branch(parent, step, data_for(LENET), tmp_path, {})
        finish(recording)
        assert_same_run(recording.folder, parent)
        assert OpenedRun.read(recording.folder).snapshots == OpenedRun.read(parent).snapshots
        assert {path: path.read_bytes() for path in parent.rglob("*") if path.is_file()} == before
        assert read_info(recording.folder).parent.run == parent.name
        assert read_info(recording.folder).parent.step == step


def test_a_branch_with_another_rate_keeps_the_history_of_both(whole: dict[str, Path], tmp_path: Path) -> None:
    parent = whole["LeNet with its dropout"]
    recording = branch(parent, 7, data_for(LENET), tmp_path, {"learning_rate": 0.3, "epochs": 4})
    finish(recording)
    steps, epochs = numbers_in(recording.folder)
    theirs, their_epochs = numbers_in(parent)
    assert np.array_equal(steps[:7], theirs[:7])
    assert np.array_equal(epochs[:1], their_epochs[:1])
    assert set(steps[7:, 5]) == {0.3}
    assert steps[:, 0].tolist() == list(range(1, len(steps) + 1))
    assert len(epochs) == 4
    assert not torch.equal(weights_in(recording.folder)["conv1.weight"], weights_in(parent)["conv1.weight"])
    leave = branch(parent, 7, data_for(LENET), tmp_path, {"learning_rate": 0.3, "epochs": 4})
    leave_after(leave, at_step(9))
    finish(resume_run(leave.folder, data_for(LENET)))
    assert_same_run(leave.folder, recording.folder)


def test_another_batch_size_begins_with_an_epoch(whole: dict[str, Path], tmp_path: Path) -> None:
    parent = whole["LeNet with its dropout"]
    per_epoch = read_info(parent).counts["steps_per_epoch"]
    with pytest.raises(UserError, match=f"such as step {per_epoch}") as caught:
        branch(parent, per_epoch + 2, data_for(LENET), tmp_path, {"batch_size": 8})
    assert caught.value.field == "batch_size"
    recording = branch(parent, per_epoch, data_for(LENET), tmp_path, {"batch_size": 8})
    counts = [event.count for event in recording.events() if isinstance(event, StepDone)]
    assert sum(counts) == 2 * read_info(parent).counts["train"]  # epochs 2 and 3, each image once
    info = read_info(recording.folder)
    assert info.status == "finished"
    assert info.counts["total_steps"] == per_epoch + len(counts) == len(numbers_in(recording.folder)[0])


@pytest.mark.parametrize("change", [{"seed": 2}, {"validation_fraction": 0.2}], ids=["seed", "held out"])
def test_a_branch_is_never_evaluated_on_what_it_learned(
    change: dict[str, Any], whole: dict[str, Path], tmp_path: Path
) -> None:
    with pytest.raises(UserError, match="evaluated on its own training images"):
        branch(whole["LeNet with its dropout"], 6, data_for(LENET), tmp_path, change)
    assert not list(tmp_path.iterdir())


def test_other_images_are_noticed(whole: dict[str, Path], tmp_path: Path) -> None:
    other = data_for(LENET)
    other.train.images[0] += 1
    for attempt in (
        lambda: resume_run(whole["LeNet with its dropout"], other, epochs=5),
        lambda: branch(whole["LeNet with its dropout"], 5, other, tmp_path, {}),
    ):
        with pytest.raises(UserError, match="other images or labels than those"):
            attempt()


def test_a_large_models_best_epoch_goes_into_a_branch_exactly(tmp_path: Path) -> None:
    recording = begin(data_for(SIMPLECNN), SIMPLECNN, tmp_path)
    finish(recording)
    opened = OpenedRun.read(recording.folder)
    child = branch(recording.folder, 8, data_for(SIMPLECNN), tmp_path, {"epochs": 3})
    child.let_go()
    assert (child.folder / BEST).read_bytes() == (recording.folder / BEST).read_bytes()
    assert OpenedRun.read(child.folder).snapshot(opened.best_step).exact


def test_two_trainings_of_one_run_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cnnviewer.core.runs.format.lock._PATIENCE", 0.05)
    recording = begin(data_for(LENET), LENET, tmp_path)
    opened = OpenedRun.read(recording.folder)
    assert opened.written_now
    assert not opened.interrupted
    with pytest.raises(UserError, match="is currently being trained"):
        resume_run(recording.folder, data_for(LENET))
    finish(recording)
    assert not OpenedRun.read(recording.folder).written_now


def test_a_run_of_another_process_is_refused_until_that_process_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cnnviewer.core.runs.format.lock._PATIENCE", 0.05)
    recording = begin(data_for(LENET), LENET, tmp_path)
    leave_after(recording, at_step(2))
    script = (
        "import sys, time; from pathlib import Path; from cnnviewer.core.runs.format.lock import locked_by_us\n"
        "lock = locked_by_us(Path(sys.argv[1])); print('mine', flush=True); time.sleep(600)"
    )
    other = subprocess.Popen([sys.executable, "-c", script, str(recording.folder)], stdout=subprocess.PIPE, text=True)
    try:
        assert other.stdout.readline() == "mine\n"
        assert OpenedRun.read(recording.folder).written_now
        with pytest.raises(UserError, match="is currently being trained"):
            resume_run(recording.folder, data_for(LENET))
    finally:
        other.kill()
        other.wait()
        other.stdout.close()
    assert OpenedRun.read(recording.folder).interrupted
    finish(resume_run(recording.folder, data_for(LENET)))


def test_what_a_crash_left_behind_is_swept(tmp_path: Path) -> None:
    recording = begin(data_for(LENET), LENET, tmp_path)
    leave_after(recording, at_step(4))
    folder = recording.folder
    (folder / f".{CHECKPOINT}.abc.part").write_bytes(b"half")
    (folder / "moments" / ".000000003.safetensors.abc.part").write_bytes(b"half")
    cut = folder / "moments" / "000000002.safetensors"  # a power cut leaves a name whose bytes were not written
    cut.write_bytes(cut.read_bytes()[:-7])
    later = folder / "moments" / "000000009.safetensors"
    later.write_bytes((folder / "moments" / "000000003.safetensors").read_bytes())
    again = resume_run(folder, data_for(LENET))
    assert not list(folder.rglob("*.part"))
    assert OpenedRun.read(folder).snapshots == (0, 1, 3, 4)
    again.let_go()


def test_the_best_epoch_of_a_future_that_did_not_come_is_forgotten(tmp_path: Path) -> None:
    """Killed between the best epoch's file and the checkpoint after it, a run may learn something else."""
    recording = begin(data_for(LENET), LENET, tmp_path)
    leave_after(recording, at_step(5))
    before = (recording.folder / CHECKPOINT).read_bytes()
    leave_after(resume_run(recording.folder, data_for(LENET)), at_epoch(1))
    (recording.folder / CHECKPOINT).write_bytes(before)
    again = resume_run(recording.folder, data_for(LENET))
    assert not (recording.folder / BEST).exists()
    assert not len(numbers_in(recording.folder)[1])
    again.let_go()


def test_a_failed_training_keeps_what_was_good_and_is_branched_before_its_end(tmp_path: Path) -> None:
    controls = Controls.of(LENET)
    recording = begin(data_for(LENET), LENET, tmp_path, controls)

    def train() -> None:
        for event in recording.events():
            if isinstance(event, EpochDone):
                controls.learning_rate = 1e30

    with pytest.raises(TrainingFailed):
        train()
    info = read_info(recording.folder)
    assert info.status == "failed"
    assert "diverged" in info.problem
    opened = OpenedRun.read(recording.folder)
    assert all(torch.isfinite(tensor).all() for tensor in opened.checkpoint().state.tensors.values())
    end_of_epoch = int(opened.log.epochs("step")[0])
    lower = branch(recording.folder, end_of_epoch, data_for(LENET), tmp_path, {"learning_rate": 0.01})
    assert all(torch.isfinite(tensor).all() for tensor in finish(lower).state.tensors.values())
