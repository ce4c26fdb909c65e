"""`evaluate --errors --calibration` and what `predict` says of unfamiliar images: keys added, none changed."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
import torch
from PIL import Image

from cnnviewer.cli.found_errors import Found
from cnnviewer.cli.predict import as_input
from cnnviewer.core.data.builtin_digits import generate
from cnnviewer.core.errors import UserError
from cnnviewer.core.evaluation.calibrated import Calibrated
from cnnviewer.core.evaluation.calibration import Calibration, reliability
from cnnviewer.core.inspection.trace import Inspector
from cnnviewer.core.models.temperature import Temperature
from cnnviewer.core.models.weights import bundled, load_weights, save_weights
from tests.cli.conftest import Ask

EVALUATED = {"correct", "total", "accuracy", "per_class", "classes_by", "normalisation"}


@pytest.fixture
def digit(tmp_path: Path) -> Path:
    """A digit as the bundled LeNet knows them."""
    path = tmp_path / "digit.png"
    Image.fromarray(generate(train=1, test=1).test.images[0, 0].numpy()).save(path)
    return path


@pytest.fixture
def stripes(tmp_path: Path) -> Path:
    """Nothing like a digit, of a digit's size."""
    path = tmp_path / "stripes.png"
    Image.fromarray(np.tile(np.repeat(np.array([0, 255], np.uint8), 2), (28, 7))).save(path)
    return path


def told(capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    return found


def test_errors_and_calibration_add_keys_and_change_none(
    ask: Ask, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ask("evaluate --model lenet --dataset builtin-digits --json") == 0
    plain = told(capsys)
    assert set(plain) == EVALUATED
    folder = tmp_path / "found"
    assert (
        ask("evaluate --model lenet --dataset builtin-digits --json --errors 5 --calibration --pictures", folder) == 0
    )
    more = told(capsys)
    assert {key: more[key] for key in plain} == plain
    assert set(more) - set(plain) == {"errors", "calibration", "unfamiliar"}
    errors = more["errors"]
    assert isinstance(errors, list)
    assert len(errors) == 5
    shares = [each["probability"] for each in errors]
    assert shares == sorted(shares, reverse=True)
    test = generate().test
    assert all(str(int(test.labels[each["index"]])) == each["label"] != each["predicted"] for each in errors)
    assert Image.open(folder / "errors.png").size[0] > 5 * 112
    ElementTree.fromstring((folder / "reliability.svg").read_bytes())


def test_an_error_among_ones_own_images_names_its_file(
    ask: Ask, first: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ask("evaluate --run first --step 1 --json --errors 3") == 0
    errors = told(capsys)["errors"]
    assert isinstance(errors, list)
    assert errors
    assert [each["file"] for each in errors] == [f"x_test[{each['index']}]" for each in errors]
    assert ask("evaluate --run first --step 1 --errors 3") == 0
    said = capsys.readouterr().out
    assert all(each["file"] in said for each in errors)


def test_the_bins_hold_all_images_and_the_calibration_error_is_theirs(
    ask: Ask, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ask("evaluate --model lenet --dataset builtin-digits --json --calibration") == 0
    found = told(capsys)
    calibration = found["calibration"]
    assert isinstance(calibration, dict)
    filled = [each for each in calibration["bins"] if each["count"]]
    assert sum(each["count"] for each in filled) == found["total"]
    expected = sum(each["count"] * abs(each["accuracy"] - each["probability"]) for each in filled) / 2000
    assert calibration["ece"] == pytest.approx(expected)
    assert calibration["temperature"] is None
    assert "learned from mnist" in calibration["why_no_temperature"]


def test_a_temperature_is_fitted_on_what_the_run_held_out(
    ask: Ask, first: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ask("evaluate --run first --step 1 --json --calibration") == 0
    found = told(capsys)["calibration"]
    assert isinstance(found, dict)
    assert found["fitted_on"] == 12
    assert ask("evaluate --run first --step 1 --calibration") == 0
    words = capsys.readouterr().out
    assert "Calibration error (ECE" in words
    assert "12 validation images" in words or "No temperature is fitted" in words
    assert "too few images" in words


def test_the_threshold_is_written_beside_weights_that_stay_the_same(ask: Ask, tmp_path: Path) -> None:
    state = bundled("lenet")
    given, file = tmp_path / "given.safetensors", tmp_path / "known.safetensors"
    bare = type(state)(state.recipe, state.tensors, {**state.provenance, "dataset": "builtin-digits"})
    save_weights(given, bare)
    assert ask("evaluate --weights", given, "--dataset", "builtin-digits", "--calibration", "--out", file) == 0
    found = load_weights(file)
    assert found.familiarity is not None
    assert found.familiarity.split == "training"
    assert all(torch.equal(found.tensors[name], state.tensors[name]) for name in state.tensors)


def test_a_temperature_beside_the_weights_is_used_by_predict_and_changes_no_ranking(
    ask: Ask, digit: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "fitted.safetensors"
    save_weights(file, replace(bundled("lenet"), temperature=Temperature(2.5, 300)))
    assert load_weights(file).temperature == Temperature(2.5, 300)
    assert ask("predict --json", digit) == 0
    (plain,) = json.loads(capsys.readouterr().out)
    assert not {"temperature", "calibrated"} & set(plain)
    assert ask("predict --json --weights", file, digit) == 0
    (found,) = json.loads(capsys.readouterr().out)
    assert found["ranking"] == plain["ranking"]
    assert found["temperature"] == 2.5
    inspection = Inspector.from_state(bundled("lenet")).inspect(as_input(digit, bundled("lenet").recipe))
    expected = torch.softmax(torch.from_numpy(inspection.activations["fc2"]).double() / 2.5, 0)
    assert [name for name, _ in found["calibrated"]] == [name for name, _ in found["ranking"]]
    assert [share for _, share in found["calibrated"]] == pytest.approx(
        [float(expected[int(name)]) for name, _ in found["ranking"]], rel=1e-4
    )
    assert ask("predict --weights", file, digit) == 0
    assert "; at temperature 2.5: " in capsys.readouterr().out
    assert ask("predict --json --mute relu1:3 --weights", file, digit) == 0
    assert "temperature" not in json.loads(capsys.readouterr().out)[0], "it was fitted without mutes"


def test_the_temperature_that_is_fitted_is_written_beside_the_weights_also_without_a_threshold(tmp_path: Path) -> None:
    before = reliability(np.array([0.9, 0.9]), np.array([True, False]))
    measured = Calibration(before, 0.5, 1.7, 40, before, 0.4)
    found = Found(("a", "b"), found=Calibrated(measured, None, np.zeros(0), UserError("Too few.")))
    file = found.write_weights(tmp_path / "fitted.safetensors", bundled("lenet"), half=False)
    assert load_weights(file).temperature == Temperature(1.7, 40)
    assert load_weights(file).familiarity is None
    nothing = Found(("a", "b"), found=Calibrated(Calibration(before, 0.5), None, np.zeros(0), UserError("Too few.")))
    with pytest.raises(UserError, match="Too few"):
        nothing.write_weights(tmp_path / "none.safetensors", bundled("lenet"), half=False)


def test_predict_says_what_is_unfamiliar(
    ask: Ask, digit: Path, stripes: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ask("predict --json", digit, stripes) == 0
    one, other = json.loads(capsys.readouterr().out)
    assert (one["unfamiliar"], other["unfamiliar"]) == (False, True)
    assert one["unfamiliarity"] < one["threshold"] == other["threshold"] < other["unfamiliarity"]
    assert list(one)[:2] == ["file", "ranking"]
    assert ask("predict", digit, stripes) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.endswith("does not look like one of the 10") for line in lines] == [False, True]


def test_predict_says_nothing_of_it_where_the_weights_do_not_know(
    ask: Ask, digit: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    state = bundled("lenet")
    torch.save(dict(state.tensors), tmp_path / "script.pt")
    assert ask("predict --model lenet --json --weights", tmp_path / "script.pt", digit) == 0
    assert set(json.loads(capsys.readouterr().out)[0]) == {"file", "ranking"}


def test_weights_of_a_training_know_what_is_unfamiliar(
    ask: Ask, digit: Path, stripes: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "w.safetensors"
    assert ask("train --dataset builtin-digits --epochs 1 --batch-size 200 --seed 1 --threads 1 --out", file) == 0
    known = load_weights(file).familiarity
    assert known is not None
    assert known.split == "validation"
    assert known.images == 1200


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("--errors 0", "--errors must be at least 1"),
        ("--pictures found", "--pictures needs --errors or --calibration"),
        ("--out w.safetensors", "--out needs --calibration"),
        ("--calibration --out w.pt", "must end in .safetensors"),
        ("--half", "--half is for the file of --out"),
    ],
)
def test_what_cannot_be_done_is_refused_before_the_work(
    words: str, sentence: str, ask: Ask, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ask(f"evaluate --model lenet --dataset builtin-digits {words}") == 2
    assert sentence in capsys.readouterr().err
