"""Channels that are muted, by a file, a run or an option: no number is another one without a word."""

from __future__ import annotations

import json
import re
import shlex
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from cnnviewer.core.inspection.trace import Inspector
from cnnviewer.core.models.mutes import Mute, Mutes
from cnnviewer.core.models.weights import bundled, load_weights, save_weights
from cnnviewer.core.runs.format.info import read_info
from tests.cli.conftest import Ask

MUTES: Mutes = (Mute("conv1", 2), Mute("relu2", 3, "mean", 0.5))
Out = pytest.CaptureFixture[str]


@pytest.fixture
def muted_file(tmp_path: Path) -> Path:
    save_weights(tmp_path / "muted.safetensors", replace(bundled("lenet"), mutes=MUTES))
    return tmp_path / "muted.safetensors"


def answer(ask: Ask, capsys: Out, words: str, *more: object) -> tuple[Any, str]:
    """What a command prints as JSON, and what it says beside it."""
    capsys.readouterr()
    assert ask(words, *more, "--json") == 0
    found = capsys.readouterr()
    return json.loads(found.out), found.err


def test_a_file_is_evaluated_with_the_channels_that_it_mutes_and_the_change_is_said(
    ask: Ask, capsys: Out, muted_file: Path
) -> None:
    found, said = answer(ask, capsys, "evaluate --dataset builtin-digits --weights", muted_file)
    plain, _ = answer(ask, capsys, "evaluate --dataset builtin-digits --unmute --weights", muted_file)
    bare, other = answer(ask, capsys, "evaluate --dataset builtin-digits")
    assert "Muted: conv1:2 = 0, relu2:3 = 0.5." in said
    assert "Muted" not in other
    assert {name: plain[name] for name in ("correct", "per_class")} == {
        name: bare[name] for name in ("correct", "per_class")
    }
    assert "muted" not in plain
    assert found["muted"] == [
        {"layer": "conv1", "channel": 2, "how": "zero"},
        {"layer": "relu2", "channel": 3, "how": "mean", "value": 0.5},
    ]
    effect = found["effect"]
    assert effect["correct"] == [plain["correct"], found["correct"]]
    assert effect["became_wrong"] - effect["became_correct"] == plain["correct"] - found["correct"]
    for name, (before, after) in ((name, each["recall"]) for name, each in effect["per_class"].items()):
        assert before == pytest.approx(plain["per_class"][name]["accuracy"])
        assert after == pytest.approx(found["per_class"][name]["accuracy"])


def test_an_evaluation_says_recall_and_precision_before_and_after(ask: Ask, capsys: Out) -> None:
    capsys.readouterr()
    assert ask("evaluate --dataset builtin-digits --mute conv1:2 --mute conv2:3 --mute relu3:1") == 0
    out = capsys.readouterr().out
    assert "Without the mutes: " in out
    assert "images became wrong and" in out
    assert "precision" in out


def test_a_prediction_and_an_explanation_are_those_of_the_muted_model(
    ask: Ask, capsys: Out, muted_file: Path, picture: Path
) -> None:
    found, said = answer(ask, capsys, "predict --weights", muted_file, picture)
    plain, _ = answer(ask, capsys, "predict", picture)
    asked, _ = answer(ask, capsys, "predict --mute conv1:2 --mute relu2:3=0.5", picture)
    assert "Muted" in said
    assert found[0]["ranking"] == asked[0]["ranking"] != plain[0]["ranking"]
    assert found[0]["muted"][0]["layer"] == "conv1"
    assert "muted" not in plain[0]
    maps, _ = answer(ask, capsys, "explain --method gradient --target 3 --weights", muted_file, picture)
    other, _ = answer(ask, capsys, "explain --method gradient --target 3", picture)
    assert maps["logit"] != other["logit"]
    assert len(maps["muted"]) == 2


def test_a_mean_is_computed_over_training_images(ask: Ask, capsys: Out, own_set: Path, first: Path) -> None:
    found, said = answer(ask, capsys, f"evaluate --dataset npz:{own_set} --mute conv1:2=mean --run first")
    assert "means over 120 training images" in said
    with np.load(own_set) as arrays:
        images = torch.from_numpy(arrays["x_train"])[:, None]
    inspector = Inspector.from_state(load_weights(first / "weights.safetensors"))
    maps = [inspector.inspect(image.numpy().astype(np.float32) / 255).activations["conv1"][2] for image in images]
    assert found["muted"][0]["value"] == pytest.approx(float(np.mean(maps)), rel=1e-4)
    assert ask("predict --mute conv1:2=mean", own_set) == 2
    assert "say --dataset KEY" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("evaluate --dataset builtin-digits --mute conv9:1", "no layer of that name"),
        ("evaluate --dataset builtin-digits --mute conv9:1=mean", "no layer called conv9"),
        ("evaluate --dataset builtin-digits --mute conv1:10=mean", "not known yet|0 to 9"),
        ("evaluate --dataset builtin-digits --mute input:0", "the image itself"),
        ("evaluate --mute conv1", "names no channel"),
        ("evaluate --mute conv1:1=loud", "loud"),
        ("train --mute conv1:1", "say --from FILE"),
    ],
)
def test_what_cannot_be_muted_is_refused_in_one_sentence(ask: Ask, capsys: Out, words: str, said: str) -> None:

    try:
        status = ask(words)
    except SystemExit as end:
        status = int(end.code or 0)
    assert status == 2
    assert re.search(said, capsys.readouterr().err)


def test_a_training_from_a_muted_file_keeps_the_channels_muted_and_can_be_repeated(
    ask: Ask, capsys: Out, muted_file: Path, own_set: Path, runs_dir: Path, tmp_path: Path
) -> None:
    save_weights(muted_file, replace(bundled("lenet"), mutes=MUTES))
    words = f"train --dataset builtin-digits --epochs 1 --batch-size 500 --threads 1 --from {muted_file}"
    assert ask(words, "--name", "muted", "--out", tmp_path / "out.safetensors") == 0
    assert load_weights(tmp_path / "out.safetensors").mutes == MUTES
    folder = next(path for path in runs_dir.iterdir() if (path / "run.json").exists())
    info = read_info(folder)
    assert info.mutes == MUTES
    capsys.readouterr()
    assert ask("runs show muted") == 0
    assert "conv1:2 = 0, relu2:3 = 0.5" in capsys.readouterr().out
    assert ask("export muted", "--weights", tmp_path / "exported.safetensors") == 0
    assert "Muted in this run: conv1:2 = 0, relu2:3 = 0.5." in capsys.readouterr().err
    assert load_weights(tmp_path / "exported.safetensors").mutes == MUTES
    save_weights(muted_file, replace(bundled("lenet"), mutes=()))  # the command does not rely on the file's mutes
    again = shlex.split(info.command)[1:]
    assert ask("", *again, "--out", tmp_path / "again.safetensors") == 0
    one, other = (load_weights(tmp_path / f"{name}.safetensors") for name in ("out", "again"))
    assert other.mutes == MUTES
    assert all(torch.equal(one.tensors[name], other.tensors[name]) for name in one.tensors)


def test_the_channels_of_a_layer_are_those_that_removing_them_one_by_one_gives(
    ask: Ask, capsys: Out, picture: Path
) -> None:
    found, _ = answer(ask, capsys, "explain --method gradient --target 4 --against 9 --channels conv2", picture)
    channels = found["channels"]
    assert (channels["layer"], channels["removed_by"], len(channels["drops"])) == ("conv2", "zero", 20)
    assert channels["score"] == pytest.approx(found["logit"], rel=1e-5)
    without, _ = answer(ask, capsys, "explain --method gradient --target 4 --against 9 --mute conv2:7", picture)
    assert channels["drops"][7] == pytest.approx(found["logit"] - without["logit"], abs=1e-4)
    assert channels["sum"] == pytest.approx(sum(channels["drops"]))
    assert channels["adds_up"] == (
        abs(channels["sum"] - channels["together"]) <= max(0.01 * abs(channels["together"]), 1e-3)
    )
    capsys.readouterr()
    assert ask("explain --method gradient --target 4 --against 9 --channels relu3", picture) == 0
    out = capsys.readouterr().out
    assert "What the difference of the two logits loses without a channel of relu3" in out
    assert "The single drops add up" in out
    assert "and 40 channels with smaller changes" in out


def test_channels_removed_by_their_mean_need_images(
    ask: Ask, capsys: Out, picture: Path, own_set: Path, first: Path
) -> None:
    words = f"explain --run first --method gradient --channels conv1 --removed-by mean --dataset npz:{own_set}"
    found, _ = answer(ask, capsys, words, picture)
    assert found["channels"]["images"] == 120
    assert len(found["channels"]["means"]) == 10
    for words, said in (
        ("explain --method gradient --channels conv1 --removed-by mean", "say --dataset KEY"),
        ("explain --method gradient --removed-by mean", "for --channels"),
        ("explain --method gradient --channels conv9", "no layer called conv9"),
    ):
        assert ask(words, picture) == 2
        assert said in capsys.readouterr().err
