"""The user's own model with a script's weights, on the command line: evaluated as the script judges it."""

import json
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from cnnviewer.core.models.key import ModelKey
from cnnviewer.core.models.own.own_file import _agreed
from cnnviewer.core.models.recipe import ModelRecipe
from cnnviewer.core.models.state import ModelState
from cnnviewer.core.models.weights import save_weights
from tests.cli.conftest import Ask
from tests.core.models.own_models import own

MEAN, STD = 0.4, 0.3


@pytest.fixture
def script(tmp_path: Path) -> tuple[str, torch.nn.Module, Path]:
    """The model's key, the script's module and its weights, as a training loop saves them."""
    key, model = own("classifier declared first", tmp_path)
    path = tmp_path / "last.pth.tar"
    torch.save({"epoch": 9, "state_dict": {f"module.{k}": v for k, v in model.state_dict().items()}}, path)
    return key, model, path


@pytest.fixture
def pictures(tmp_path: Path) -> tuple[str, torch.Tensor, torch.Tensor]:
    """A data set of colour images of an unusual size: its key, and its test images with labels."""
    rng = np.random.default_rng(0)
    images, labels = rng.integers(0, 256, (300, 40, 24, 3), np.uint8), np.arange(300) % 10
    path = tmp_path / "own.npz"
    np.savez(path, x_train=images[:100], y_train=labels[:100], x_test=images[100:], y_test=labels[100:])
    test = torch.from_numpy(images[100:]).permute(0, 3, 1, 2)
    return f"npz:{path}", test, torch.from_numpy(labels[100:])


def correct(model: torch.nn.Module, images: torch.Tensor, labels: torch.Tensor, mean: float, std: float) -> int:
    with torch.no_grad():
        return int((model((images / 255 - mean) / std).argmax(1) == labels).sum())


def test_evaluate_reads_as_the_data_set_says(
    ask: Ask,
    script: tuple[str, torch.nn.Module, Path],
    pictures: tuple[str, torch.Tensor, torch.Tensor],
    capsys: pytest.CaptureFixture[str],
) -> None:
    (key, model, weights), (data, images, labels) = script, pictures
    words = "evaluate --trust --json"
    assert ask(words, "--model", key, "--weights", weights, "--dataset", data) == 0
    said = capsys.readouterr()
    evaluated = json.loads(said.out)
    assert evaluated["correct"] == correct(model, images, labels, 0.5, 0.5)
    assert evaluated["normalisation"]["by"] == "dataset"
    assert 'last.pth.tar: 6 of 6 tensors loaded, found under "state_dict.module."' in said.err
    assert ask(f"{words} --mean {MEAN} --std {STD}", "--model", key, "--weights", weights, "--dataset", data) == 0
    evaluated = json.loads(capsys.readouterr().out)
    assert evaluated["correct"] == correct(model, images, labels, MEAN, STD)
    assert evaluated["normalisation"] == {"mean": [MEAN] * 3, "std": [STD] * 3, "by": "asked"}


def test_predict_reads_in_the_size_asked_for(
    ask: Ask, script: tuple[str, torch.nn.Module, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    key, model, weights = script
    pixels = np.random.default_rng(1).integers(0, 256, (48, 20, 3), np.uint8)
    Image.fromarray(pixels).save(tmp_path / "x.png")
    words = ("predict --trust --json --input-size 48x20 --mean 0.1,0.2,0.3 --std 0.5", "--model", key)
    assert ask(*words, "--weights", weights, tmp_path / "x.png") == 0
    said = capsys.readouterr()
    image = torch.from_numpy(pixels).permute(2, 0, 1)[None] / 255
    mean = torch.tensor([0.1, 0.2, 0.3]).view(-1, 1, 1)
    with torch.no_grad():
        expected = model((image - mean) / 0.5).softmax(1)[0].sort(descending=True).values
    assert [value for _, value in json.loads(said.out)[0]["ranking"]] == pytest.approx(expected.tolist(), abs=1e-6)
    assert "as was asked for" in said.err


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ("--input-size wide", "is no size"),
        ("--mean high", "is not a number"),
        ("--std 0", "above 0"),
        ("--mean 0.1,0.2", "cannot be the mean"),
        ("--input-size 2x2", "cannot run on images of 2×2 pixels"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(
    ask: Ask,
    script: tuple[str, torch.nn.Module, Path],
    tmp_path: Path,
    options: str,
    words: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    key, _, weights = script
    Image.fromarray(np.zeros((32, 32, 3), np.uint8)).save(tmp_path / "x.png")
    try:
        status = ask(f"predict --trust {options}", "--model", key, "--weights", weights, tmp_path / "x.png")
    except SystemExit as exit:
        status = int(exit.code or 0)
    assert status == 2
    said = capsys.readouterr()
    assert words in said.err
    assert "Traceback" not in said.err
    assert said.out == ""


@pytest.fixture
def alone(tmp_path: Path) -> tuple[str, Path, Path]:
    """The key of a model of one's own, a weights file of this program that names it, and an image."""
    key, model = own("classifier declared first", tmp_path)
    recipe = ModelRecipe(key, (3, 40, 24), tuple("0123456789"), (MEAN,) * 3, (STD,) * 3, "own")
    weights, image = tmp_path / "own.safetensors", tmp_path / "x.png"
    save_weights(weights, ModelState(recipe, model.state_dict(), {}))
    Image.fromarray(np.zeros((40, 24, 3), np.uint8)).save(image)
    _agreed.clear()  # as in another process
    return key, weights, image


def test_weights_that_name_their_own_file_need_no_model(
    ask: Ask, alone: tuple[str, Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    _, weights, image = alone
    assert ask("explain --method gradient --trust --json --weights", weights, image) == 0
    said = capsys.readouterr()
    assert len(json.loads(said.out)["map"][0]) == 40
    assert "in a process of its own first" in said.err


@pytest.mark.parametrize(
    ("trust", "moved", "words"),
    [
        pytest.param("", False, "is code that would be run: say --trust if you trust it.", id="without consent"),
        pytest.param("--trust", True, "with --model file:PATH::", id="the file is not there"),
    ],
)
def test_weights_whose_own_file_cannot_be_run_say_which_option_is_missing(
    ask: Ask, alone: tuple[str, Path, Path], capsys: pytest.CaptureFixture[str], trust: str, moved: bool, words: str
) -> None:
    key, weights, image = alone
    if moved:
        code, _ = ModelKey.parse(key).own_code()
        code.rename(code.with_name("moved.py"))
    assert ask(f"explain --method gradient {trust} --weights", weights, image) == 2
    said = capsys.readouterr()
    assert words in said.err
    assert "open " not in said.err
