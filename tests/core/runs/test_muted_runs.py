"""A training from weights with muted channels keeps them muted, to the last bit, and says so."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from cnnviewer.core.errors import UserError
from cnnviewer.core.files.atomic import write_atomically
from cnnviewer.core.inspection.trace import Inspector
from cnnviewer.core.models.mutes import Mute, Mutes
from cnnviewer.core.models.state import ModelState
from cnnviewer.core.models.weights import load_weights, save_weights
from cnnviewer.core.runs.format.info import read_info
from cnnviewer.core.runs.read.opened_run import OpenedRun
from cnnviewer.core.runs.record.start import begin, branch, resume_run
from cnnviewer.core.training.config import TrainConfig
from cnnviewer.core.training.distributed import ProcessGroup, training_for
from cnnviewer.core.training.loop import Training
from tests.core.runs.trained import (
    LENET,
    SIMPLECNN,
    assert_same_run,
    at_step,
    data_for,
    finish,
    leave_after,
    weights_in,
)

MUTES: Mutes = (Mute("conv1", 2), Mute("relu2", 5, "mean", 0.25))


def untrained(config: TrainConfig, mutes: Mutes) -> ModelState:
    state = Training(data_for(config), config).snapshot()
    return replace(state, mutes=mutes)


@pytest.mark.parametrize("config", [LENET, SIMPLECNN], ids=["LeNet with its dropout", "SimpleCNN with momentum"])
def test_a_muted_training_left_anywhere_ends_as_one_that_was_not(config: TrainConfig, tmp_path: Path) -> None:
    start = untrained(config, MUTES)
    whole = begin(data_for(config), config, tmp_path / "whole", start=start, started_from="weights")
    finish(whole)
    left = begin(data_for(config), config, tmp_path / "left", start=start, started_from="weights")
    leave_after(left, at_step(2))
    again = resume_run(left.folder, data_for(config))
    leave_after(again, at_step(5))
    finish(resume_run(left.folder, data_for(config)))
    assert whole.folder is not None
    assert_same_run(left.folder, whole.folder)
    other = begin(data_for(config), config, tmp_path / "other", start=replace(start, mutes=()), started_from="weights")
    finish(other)
    assert any(
        not torch.equal(a, b)
        for a, b in zip(weights_in(whole.folder).values(), weights_in(other.folder).values(), strict=True)
    )


def test_what_a_muted_channel_alone_learns_from_stays_as_it_was(tmp_path: Path) -> None:
    start = untrained(SIMPLECNN, (Mute("conv2", 7),))
    run = begin(data_for(SIMPLECNN), SIMPLECNN, tmp_path, start=start, started_from="weights")
    finish(run)
    after = weights_in(run.folder)
    assert torch.equal(after["conv2.weight"][7], start.tensors["conv2.weight"][7])
    assert torch.equal(after["conv2.bias"][7], start.tensors["conv2.bias"][7])
    assert not torch.equal(after["conv2.weight"][6], start.tensors["conv2.weight"][6])


def test_every_file_of_the_run_says_which_channels_are_muted(tmp_path: Path) -> None:
    run = begin(data_for(LENET), LENET, tmp_path, start=untrained(LENET, MUTES), started_from="weights")
    end = finish(run)
    assert end.state.mutes == MUTES
    info = read_info(run.folder)
    assert info.mutes == MUTES
    opened = OpenedRun.read(run.folder)
    assert opened.end().state.mutes == MUTES
    assert all(opened.snapshot(step).state.mutes == MUTES for step in opened.snapshots)
    assert load_weights(run.folder / "weights.safetensors").mutes == MUTES
    document = json.loads((run.folder / "run.json").read_text())
    assert document["version"] == 2
    assert document["mutes"] == [
        {"layer": "conv1", "channel": 2, "how": "zero"},
        {"layer": "relu2", "channel": 5, "how": "mean", "value": 0.25},
    ]
    inspector = Inspector.from_state(end.state)
    data = data_for(LENET).test
    right = (inspector.predict_batch(data.images).argmax(1) == data.labels.numpy()).sum()
    assert end.test.correct == right


def test_a_branch_keeps_them_muted(tmp_path: Path) -> None:
    run = begin(data_for(LENET), LENET, tmp_path, start=untrained(LENET, MUTES), started_from="weights")
    finish(run)
    child = branch(run.folder, 3, data_for(LENET), tmp_path, {"learning_rate": 0.01})
    assert finish(child).state.mutes == MUTES
    assert_same_run(child.folder, run.folder)
    assert read_info(child.folder).mutes == MUTES


def test_a_run_without_mutes_is_written_as_before(tmp_path: Path) -> None:
    run = begin(data_for(LENET), replace(LENET, epochs=1), tmp_path)
    finish(run)
    document = json.loads((run.folder / "run.json").read_text())
    assert document["version"] == 1
    assert "mutes" not in document
    assert b"mutes" not in (run.folder / "checkpoint.safetensors").read_bytes()[:4096]
    assert b"mutes" not in (run.folder / "weights.safetensors").read_bytes()[:4096]


def test_a_run_whose_mutes_and_version_contradict_each_other_is_damaged(tmp_path: Path) -> None:
    run = begin(data_for(LENET), replace(LENET, epochs=1), tmp_path, start=untrained(LENET, MUTES), started_from="w")
    finish(run)
    document = json.loads((run.folder / "run.json").read_text())
    del document["check"]
    for changed in ({**document, "version": 1}, {**document, "mutes": []}, {**document, "mutes": [{"layer": 3}]}):
        write_atomically(run.folder / "run.json", json.dumps(changed).encode())
        with pytest.raises(UserError, match="damaged"):
            read_info(run.folder)


def test_a_weights_file_keeps_the_weights_as_they_are_and_the_mutes_beside_them(tmp_path: Path) -> None:
    plain = untrained(LENET, ())
    save_weights(tmp_path / "plain.safetensors", plain)
    save_weights(tmp_path / "muted.safetensors", replace(plain, mutes=MUTES))
    read, without = load_weights(tmp_path / "muted.safetensors"), load_weights(tmp_path / "plain.safetensors")
    assert read.mutes == MUTES
    assert without.mutes == ()
    assert all(torch.equal(read.tensors[name], without.tensors[name]) for name in without.tensors)
    data = (tmp_path / "muted.safetensors").read_bytes()
    assert b'"version":"2"' in data[:4096]  # an older program refuses it, and does not give other numbers
    assert b'"version":"1"' in (tmp_path / "plain.safetensors").read_bytes()[:4096]
    for before, after in ((b'\\"channel\\": 2', b'\\"channel\\": 3'), (b'"version":"2"', b'"version":"1"')):
        assert before in data
        (tmp_path / "damaged.safetensors").write_bytes(data.replace(before, after))
        with pytest.raises(UserError, match="damaged"):
            load_weights(tmp_path / "damaged.safetensors")


def test_several_processes_do_not_train_muted_weights(tmp_path: Path) -> None:
    class Group(ProcessGroup):
        def tell(self, value: object) -> object:
            return value

    with pytest.raises(UserError, match="by one process"):
        training_for(Group(0, 2, 0), data_for(LENET), LENET, start=untrained(LENET, MUTES))


def test_a_training_never_forgets_mutes_silently() -> None:
    with pytest.raises(ValueError, match="mutes"):
        Training(data_for(LENET), LENET, start=untrained(LENET, MUTES))
