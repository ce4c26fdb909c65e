"""A tiny data set of the user's own, a run trained on it, and the command line as a function."""

import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from cnnviewer.cli import main

Ask = Callable[..., int]


@pytest.fixture(scope="session")
def own_set(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Bright bars at a place that tells the class, in Keras's keys."""
    rng = np.random.default_rng(0)
    images = rng.integers(0, 60, (150, 28, 28), dtype=np.uint8)
    labels = np.arange(150) % 3
    for image, label in zip(images, labels, strict=True):
        image[4 + 7 * label : 9 + 7 * label] = 220
    path = tmp_path_factory.mktemp("own") / "own.npz"
    np.savez(path, x_train=images[:120], y_train=labels[:120], x_test=images[120:], y_test=labels[120:])
    return path


@pytest.fixture(scope="session")
def trained(own_set: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of runs with one called `first`: two epochs of LeNet."""
    where = tmp_path_factory.mktemp("trained")
    words = f"train --dataset npz:{own_set} --epochs 2 --batch-size 12 --seed 3 --threads 1 --learning-rate 0.05"
    assert main([*words.split(), "--runs-dir", str(where), "--name", "first", "--note", "two epochs"]) == 0
    return where


@pytest.fixture
def runs_dir(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An empty folder of runs, which every command takes."""
    monkeypatch.setenv("CNNVIEWER_RUNS_DIR", str(tmp_path / "runs"))
    return tmp_path / "runs"


@pytest.fixture
def first(runs_dir: Path, trained: Path) -> Path:
    """A copy of the trained run in the folder of runs."""
    shutil.copytree(trained, runs_dir)
    return next(path for path in runs_dir.iterdir() if (path / "run.json").exists())


@pytest.fixture
def ask(runs_dir: Path) -> Ask:
    """`ask("runs show", "first run")`: the first words are split, the others taken as they are."""

    def run(words: str, *more: object) -> int:
        return main([*words.split(), *map(str, more)])

    return run


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    """A picture of the size that the model reads."""
    path = tmp_path / "bar.png"
    pixels = np.zeros((28, 28), np.uint8)
    pixels[11:16] = 220
    Image.fromarray(pixels).save(path)
    return path
