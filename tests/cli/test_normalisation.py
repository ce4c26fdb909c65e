"""`evaluate` and `predict` read an image alike, and say how it is normalised."""

import json
from pathlib import Path

import pytest
import torch

from cnnviewer.core.data.builtin_digits import generate
from cnnviewer.core.data.dataset import DataSet, Split
from cnnviewer.core.data.registry import load
from cnnviewer.core.models.registry import from_state
from cnnviewer.core.models.weights import bundled
from tests.cli.conftest import Ask
from tests.png_folder import pictures_of, save_as_png


@pytest.fixture(scope="module")
def digits(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Digits as MNIST's, saved as PNG."""
    path = tmp_path_factory.mktemp("digits")
    save_as_png(generate(0, train=40, test=200), path)
    return path


def read_rightly(ask: Ask, folder: Path, capsys: pytest.CaptureFixture[str], *options: str) -> int:
    """How many of the test pictures `predict` reads as the class whose folder they lie in."""
    files = pictures_of(folder)
    capsys.readouterr()
    assert ask("predict --json", *options, *(file for file, _ in files)) == 0
    answers = json.loads(capsys.readouterr().out)
    return sum(answer["ranking"][0][0] == label for answer, (_, label) in zip(answers, files, strict=True))


def test_evaluate_reads_a_folder_as_predict_reads_its_pictures(
    ask: Ask, digits: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ask("evaluate --json", "--dataset", f"folder:{digits}") == 0
    said = capsys.readouterr()
    evaluated = json.loads(said.out)
    assert evaluated["correct"] == read_rightly(ask, digits, capsys)
    assert evaluated["normalisation"] == {"mean": [0.1307], "std": [0.3081], "by": "weights"}
    assert "as the weights record (mnist)" in said.err
    assert evaluated["total"] == 200


def test_bare_weights_are_evaluated_with_the_data_sets_normalisation(
    ask: Ask, digits: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "bare.pt"
    model = from_state(bundled("lenet"))
    torch.save(model.state_dict(), file)
    assert ask("evaluate --json", "--dataset", f"folder:{digits}", "--weights", file) == 0
    said = capsys.readouterr()
    evaluated = json.loads(said.out)
    test = load(f"folder:{digits}", tmp_path).test
    with torch.no_grad():
        output = model((test.images / 255 - 0.5) / 0.5)
    assert evaluated["correct"] == int((output.argmax(1) == test.labels).sum())
    assert evaluated["normalisation"] == {"mean": [0.5], "std": [0.5], "by": "dataset"}
    assert "the weights record none" in said.err
    assert ask("predict --json", "--weights", file, pictures_of(digits)[0][0]) == 0
    assert "as is usual for LeNet; the weights record none" in capsys.readouterr().err


@pytest.mark.realdata
def test_mnists_digits_saved_as_png_are_read_as_mnist_is(
    ask: Ask, real_data_dir: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mnist = load("mnist", real_data_dir)
    some = Split(mnist.test.images[:1000], mnist.test.labels[:1000])
    save_as_png(DataSet(mnist.info, Split(mnist.train.images[:50], mnist.train.labels[:50]), some), tmp_path / "png")
    assert ask("evaluate --json", "--dataset", f"folder:{tmp_path / 'png'}") == 0
    evaluated = json.loads(capsys.readouterr().out)
    with torch.no_grad():
        output = from_state(bundled("lenet"))((some.images / 255 - 0.1307) / 0.3081)
    assert evaluated["correct"] == int((output.argmax(1) == some.labels).sum())
    assert evaluated["correct"] == read_rightly(ask, tmp_path / "png", capsys)
    assert evaluated["accuracy"] > 0.98
