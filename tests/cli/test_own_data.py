"""The user's own data on the command line: what is said of how they are read, and which output is which class."""

import json
import re
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image

from cnnviewer.core.models.registry import from_state
from cnnviewer.core.models.weights import load_weights
from cnnviewer.core.runs.read.library import list_runs
from tests.cli.conftest import Ask

BARS = "lenet"
TRAINING = "--epochs 12 --batch-size 6 --learning-rate 0.02 --momentum 0.9 --seed 1 --threads 1"


def bars(root: Path, names: str, part: str, count: int) -> None:
    """Pictures with a bright bar whose place tells the class."""
    rng = np.random.default_rng(len(part))
    for place, name in enumerate(names):
        folder = root / part / name
        folder.mkdir(parents=True)
        for number in range(count):
            image = rng.integers(0, 60, (28, 28), dtype=np.uint8)
            image[2 + 9 * place : 8 + 9 * place] = 220
            Image.fromarray(image).save(folder / f"{number}.png")


@pytest.fixture(scope="module")
def sets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("sets")
    for name in ("abc", "bcd"):
        for part, count in (("train", 12), ("test", 6)):
            bars(root / name, name, part, count)
    return root


@pytest.fixture(scope="module")
def weights(sets: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of a model that tells a, b and c apart."""
    from cnnviewer.cli import main

    where = tmp_path_factory.mktemp("weights")
    options = [*TRAINING.split(), "--runs-dir", str(where / "runs"), "--out", str(where / "abc.safetensors")]
    assert main(["train", "--model", BARS, "--dataset", f"folder:{sets / 'abc'}", *options]) == 0
    return where / "abc.safetensors"


def evaluated(ask: Ask, capsys: pytest.CaptureFixture[str], *words: object) -> tuple[dict[str, Any], str]:
    capsys.readouterr()
    assert ask("evaluate --json", *words) == 0
    said = capsys.readouterr()
    return json.loads(said.out), said.err


def test_the_weights_own_classes_are_matched_by_name(
    ask: Ask, sets: Path, weights: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answer, said = evaluated(ask, capsys, "--weights", weights)
    assert (answer["classes_by"], answer["accuracy"]) == ("name", 1.0)
    assert "position" not in said


def test_other_classes_are_refused_with_the_difference(
    ask: Ask, sets: Path, weights: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ask("evaluate --weights", weights, "--dataset", f"folder:{sets / 'bcd'}") == 2
    said = capsys.readouterr().err
    assert "The classes differ: the weights know a, bcd has d instead. --by-position takes them in their" in said


def test_the_option_by_position_matches_classes_by_position_in_spite_of_their_names(
    ask: Ask, sets: Path, weights: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answer, said = evaluated(ask, capsys, "--by-position", "--weights", weights, "--dataset", f"folder:{sets / 'bcd'}")
    assert (answer["classes_by"], list(answer["per_class"])) == ("position", ["b", "c", "d"])
    assert answer["accuracy"] == 1.0  # the bars are where those of a, b, c were
    assert "Classes are matched by position, as asked for: the first output is b." in said


def test_an_npz_that_lists_the_classes_otherwise_is_evaluated_by_name(
    ask: Ask, sets: Path, weights: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    images, labels = [], []
    for name in "abc":
        for file in sorted((sets / "abc" / "test" / name).iterdir()):
            images.append(np.asarray(Image.open(file)))
            labels.append("cab".index(name))
    np.savez(
        tmp_path / "cab.npz", x_train=images, y_train=labels, x_test=images, y_test=labels, class_names=["c", "a", "b"]
    )
    answer, _ = evaluated(ask, capsys, "--weights", weights, "--dataset", f"npz:{tmp_path / 'cab.npz'}")
    assert (answer["classes_by"], answer["accuracy"]) == ("name", 1.0)
    assert {name: entry["total"] for name, entry in answer["per_class"].items()} == {"a": 6, "b": 6, "c": 6}
    np.savez(tmp_path / "plain.npz", x_train=images, y_train=labels, x_test=images, y_test=labels)
    answer, said = evaluated(ask, capsys, "--weights", weights, "--dataset", f"npz:{tmp_path / 'plain.npz'}")
    assert (answer["classes_by"], answer["accuracy"]) == ("position", 0.0)
    assert "plain does not name its classes" in said
    assert list(answer["per_class"]) == ["a", "b", "c"]


def test_weights_without_names_are_matched_by_position(
    ask: Ask, sets: Path, weights: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    torch.save(from_state(load_weights(weights)).state_dict(), tmp_path / "bare.pt")
    bare = ("--weights", tmp_path / "bare.pt", "--model", BARS, "--dataset", f"folder:{sets / 'abc'}")
    answer, said = evaluated(ask, capsys, *bare)
    assert answer["classes_by"] == "position"
    assert "The weights record no names of classes: their outputs are those of abc by position." in said
    picture = sets / "abc" / "test" / "b" / "0.png"
    assert ask("predict --json", *bare, picture) == 0
    printed = capsys.readouterr()
    assert sorted(name for name, _ in json.loads(printed.out)[0]["ranking"]) == ["a", "b", "c"]
    assert "The weights record no names of classes" in printed.err


def test_predict_by_position_calls_outputs_as_the_data_set_does(
    ask: Ask, sets: Path, weights: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    picture = sets / "bcd" / "test" / "b" / "0.png"
    data = ("--dataset", f"folder:{sets / 'bcd'}")
    assert ask("predict --json --weights", weights, *data, picture) == 0
    said = capsys.readouterr()
    assert json.loads(said.out)[0]["ranking"][0][0] == "a"
    assert "The classes differ" in said.err
    assert ask("predict --json --by-position --weights", weights, *data, picture) == 0
    assert json.loads(capsys.readouterr().out)[0]["ranking"][0][0] == "b"


def test_a_report_calls_the_classes_alike_or_says_why_it_cannot(
    ask: Ask, sets: Path, runs_dir: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(sets / "abc", tmp_path / "letters")
    assert ask("train --model", BARS, "--dataset", f"folder:{tmp_path / 'letters'}", *TRAINING.split()) == 0
    for part in ("train", "test"):
        (tmp_path / "letters" / part / "a").rename(tmp_path / "letters" / part / "ant")
    assert ask("report last --out", tmp_path / "r.html") == 0
    assert "The classes differ: the weights know a, letters has ant instead." in capsys.readouterr().err
    assert ask("report last --by-position --out", tmp_path / "r.html") == 0
    page = (tmp_path / "r.html").read_text("utf-8")
    assert "ant" in page[page.index('id="confusion"') :]
    assert "ant" in page[page.index('id="maps"') : page.index('id="confusion"')]


def test_notes_on_the_images_are_in_the_log_and_in_the_run(
    ask: Ask, sets: Path, runs_dir: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(sets / "abc" / "train", tmp_path / "outer" / "inner")
    Image.new("L", (9, 9)).save(tmp_path / "outer" / "cover.png")
    assert ask("train --model", BARS, "--dataset", f"folder:{tmp_path / 'outer'}", *TRAINING.split()) == 0
    notes = ("The images are those of inner.", "Images beside the class folders are left out: cover.png.")
    said = capsys.readouterr()
    for note in notes:
        assert (said.out + said.err).count(note) == 1
    (run,) = list_runs(runs_dir)
    assert run.info.data_notes == notes
    assert ask("runs show last") == 0
    page = capsys.readouterr().out
    assert all(re.search(rf"^ *data +{re.escape(note)}$", page, re.MULTILINE) for note in notes), page
    assert ask("evaluate --run last") == 0
    assert capsys.readouterr().err.count(notes[0]) == 1
