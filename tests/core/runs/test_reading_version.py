"""Runs and weights of before read their images as they did; new ones read them by today's rules."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from cnnviewer.core.data.dataset import DataSet
from cnnviewer.core.data.registry import load
from cnnviewer.core.images.decoding import FIRST, LATEST, NOW, Decoding
from cnnviewer.core.models import weights
from cnnviewer.core.models.state import ModelState
from cnnviewer.core.models.weights import load_weights, save_weights
from cnnviewer.core.runs.format import info as run_info
from cnnviewer.core.runs.format.file_names import RUN_FILE, WEIGHTS
from cnnviewer.core.runs.format.info import read_info
from cnnviewer.core.runs.read.run_data import data_of
from cnnviewer.core.runs.record.start import begin, branch, resume_run
from cnnviewer.core.training.config import TrainConfig
from tests.core.runs.trained import assert_same_run, at_step, finish, leave_after

SIZES = [(40, 30)] * 4 + [(24, 24)] * 3 + [(20, 60)] * 3  # (width, height); the commonest is not the median


@pytest.fixture(scope="module")
def leaves(tmp_path_factory: pytest.TempPathFactory) -> str:
    rng = np.random.default_rng(5)
    root = tmp_path_factory.mktemp("leaves")
    for part in ("train", "val", "test"):
        for place, name in enumerate(("ash", "oak")):
            (root / part / name).mkdir(parents=True)
            for number, (width, height) in enumerate(SIZES):
                values = (rng.random((height, width)) * 40 + 20 + 180 * place).astype(np.float32)
                Image.fromarray(values).save(root / part / name / f"{number}.tif")
            Image.new("L", (40, 30), 90).save(root / part / name / "unread.ppm")
    return f"folder:{root}"


@pytest.fixture(scope="module")
def numbers(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("numbers") / "mixed.npz"
    labels = np.arange(40) % 3 + 1
    images = np.random.default_rng(6).random((40, 12, 12)) * (labels[:, None, None] / 3)
    bytes_ = np.rint(images[:12] * 255).astype(np.uint8)
    np.savez(path, x_train=images.astype(np.float32), y_train=labels, x_test=bytes_, y_test=labels[:12])
    return f"npz:{path}"


def read(key: str, version: int) -> DataSet:
    return load(key, Path(), reading=Decoding(version))


def test_the_first_version_reads_a_folder_as_it_did(leaves: str) -> None:
    data = read(leaves, FIRST)
    root = Path(leaves.removeprefix("folder:"))
    assert data.info.shape == (1, 30, 40)
    assert (len(data.train), len(data.test), data.validation) == (40, 20, None)  # validation images are learned
    values = np.asarray(Image.open(root / "train" / "oak" / "0.tif"), np.float64)
    stretched = np.rint((values - values.min()) * (255 / (values.max() - values.min())))
    assert np.array_equal(data.train.images[10, 0].numpy(), stretched)


def test_the_first_version_reads_an_npz_as_it_did(numbers: str) -> None:
    data = read(numbers, FIRST)
    assert data.info.classes == ("0", "1", "2", "3")
    assert data.train.images.max() == 1
    assert data.test.labels.tolist() == (np.arange(12) % 3 + 1).tolist()


def config_for(key: str, classes: int) -> TrainConfig:
    model = f"design:conv 4 k3, relu, maxpool 2, flatten, linear {classes}"
    return TrainConfig(model, key, epochs=2, batch_size=8, momentum=0.9, threads=1)


def as_of_before(folder: Path) -> None:
    """Make the run's description what a program wrote that knew nothing of versions."""
    document = json.loads((folder / RUN_FILE).read_text())
    del document["recipe"]["reading"], document["check"]
    document["check"] = run_info._check(document)
    (folder / RUN_FILE).write_text(json.dumps(document))


@pytest.mark.parametrize(("kind", "classes"), [("leaves", 2), ("numbers", 4)])
def test_a_run_of_an_older_version_resumes_to_the_last_bit(
    kind: str, classes: int, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    key = request.getfixturevalue(kind)
    config, data = config_for(key, classes), read(key, FIRST)
    whole = begin(data, config, tmp_path / "whole")
    finish(whole)
    left = begin(data, config, tmp_path / "left")
    leave_after(left, at_step(3))
    assert left.folder is not None
    assert whole.folder is not None
    as_of_before(left.folder)
    info = read_info(left.folder)
    assert info.recipe.reading == Decoding(FIRST)
    finish(resume_run(left.folder, data_of(info, read(key, LATEST), tmp_path)))
    assert_same_run(left.folder, whole.folder)
    assert read_info(left.folder).recipe.reading == Decoding(FIRST)
    branched = branch(left.folder, 0, data_of(info, None, tmp_path), tmp_path / "left", {"learning_rate": 0.001})
    assert branched.info.recipe.reading == Decoding(FIRST)
    branched.let_go()


def test_a_run_of_today_keeps_version_and_scale(leaves: str, tmp_path: Path) -> None:
    data = read(leaves, LATEST)
    recording = begin(data, config_for(leaves, 2), tmp_path)
    finish(recording)
    assert recording.folder is not None
    kept = read_info(recording.folder).recipe.reading
    assert kept == data.info.reading
    assert kept.version == LATEST
    assert kept.scale is not None
    assert load_weights(recording.folder / WEIGHTS).recipe.reading == kept
    assert np.array_equal(data_of(read_info(recording.folder), None, tmp_path).train.images, data.train.images)


def test_images_are_scaled_as_those_that_weights_have_learned_from(leaves: str, tmp_path: Path) -> None:
    data = load(leaves, tmp_path, reading=Decoding(LATEST, (0.0, 255.0)))
    root = Path(leaves.removeprefix("folder:"))
    file = root / "train" / "oak" / "0.tif"
    values = np.asarray(Image.open(file), np.float64)
    assert data.info.reading.scale == (0.0, 255.0)
    assert data.info.shape[1:] == (30, 40) or values.shape != data.info.shape[1:]
    means = [data.train.images[data.train.labels == label].float().mean() for label in (0, 1)]
    assert abs(float(means[0]) - 42) < 6
    assert abs(float(means[1]) - 216) < 12


def test_weights_of_an_older_version_say_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, leaves: str) -> None:
    training = begin(read(leaves, FIRST), config_for(leaves, 2), tmp_path / "runs")
    state: ModelState = training.training.snapshot()
    training.let_go()
    complete: Any = vars(weights)["asdict"]

    def of_before(recipe: object) -> dict[str, object]:
        return {name: value for name, value in complete(recipe).items() if name != "reading"}

    monkeypatch.setattr(weights, "asdict", of_before)
    save_weights(tmp_path / "old.safetensors", replace(state, provenance={}))
    monkeypatch.undo()
    save_weights(tmp_path / "new.safetensors", replace(state, recipe=replace(state.recipe, reading=NOW), provenance={}))
    assert load_weights(tmp_path / "old.safetensors").recipe.reading == Decoding(FIRST)
    assert load_weights(tmp_path / "new.safetensors").recipe.reading == NOW
