"""An image keeps its id from its file to its pixels, through every sample, cell, order, search, wall and export.

The id is in the pixels: the first two of each image spell its number, which names its file, its row in an array and its
class.
"""

import csv
import hashlib
import io
import pickle
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from cnnviewer.core.data import cifar10, registry
from cnnviewer.core.data.dataset import DataSet
from cnnviewer.core.evaluation.confusion import Confusion
from cnnviewer.core.evaluation.ranking import ORDERS, matching, ordered
from cnnviewer.core.export.image_set import TABLE, ImageSet, write_folder
from cnnviewer.core.models.registry import MODELS
from cnnviewer.core.models.state import ModelState
from cnnviewer.presenters.resolve import untrained
from cnnviewer.presenters.tasks.evaluation import Reading
from cnnviewer.ui.evaluate.images import CellImages

TRAIN, TEST = 40, 90
MORE = 1000  # numbers of test images begin here


class Context:
    def report(self, progress: object) -> None: ...

    def cancelled(self) -> bool:
        return False


def pictures(numbers: np.ndarray, channels: int, side: int) -> np.ndarray:
    """Noise `(N, C, H, W)` that begins with the number of the image."""
    images = np.random.default_rng(1).integers(0, 256, (len(numbers), channels, side, side), np.uint8)
    images[:, :, 0, 0], images[:, :, 0, 1] = (numbers // 256)[:, None], (numbers % 256)[:, None]
    return images


def number_in(picture: np.ndarray) -> int:
    """The number that an image `(C, H, W)` begins with."""
    return int(picture[0, 0, 0]) * 256 + int(picture[0, 0, 1])


def class_of(number: int) -> int:
    return (number * 7) % 10


SETS = {"train": np.arange(TRAIN), "test": np.arange(TEST) + MORE}
Make = Callable[[Path, pytest.MonkeyPatch], str]
"""Writes the images of `SETS` below a folder; gives the key of the data set."""


def idx_bytes(array: np.ndarray) -> bytes:
    head = bytes((0, 0, 8, array.ndim)) + b"".join(size.to_bytes(4, "big") for size in array.shape)
    return head + array.tobytes()


def mnist(folder: Path, _patch: pytest.MonkeyPatch) -> str:
    raw = folder / "MNIST" / "raw"
    raw.mkdir(parents=True)
    for name, numbers in (("train", SETS["train"]), ("t10k", SETS["test"])):
        labels = np.array([class_of(number) for number in numbers], np.uint8)
        (raw / f"{name}-images-idx3-ubyte").write_bytes(idx_bytes(pictures(numbers, 1, 28)[:, 0]))
        (raw / f"{name}-labels-idx1-ubyte").write_bytes(idx_bytes(labels))
    return "mnist"


def cifar(folder: Path, patch: pytest.MonkeyPatch) -> str:
    place, sizes = folder / cifar10.FOLDER, {}
    place.mkdir()
    names = list(cifar10.BATCHES)
    parts = np.array_split(SETS["train"], len(names) - 1)
    for name in names:
        numbers = SETS["test"] if name == "test_batch" else parts.pop(0)
        data = pictures(numbers, 3, 32).reshape(len(numbers), -1)
        raw = pickle.dumps({"data": data, "labels": [class_of(number) for number in numbers.tolist()]}, protocol=4)
        (place / name).write_bytes(raw)
        sizes[name] = (len(raw), hashlib.md5(raw).hexdigest())
    patch.setattr(cifar10, "BATCHES", sizes)
    return "cifar10"


def folder_of(parts: tuple[str, ...]) -> Make:
    def make(folder: Path, _patch: pytest.MonkeyPatch) -> str:
        root = folder / "own pictures"
        for part, numbers in SETS.items():
            for number, picture in zip(numbers.tolist(), pictures(numbers, 1, 28), strict=True):
                place = root / (part if part in parts else "") / f"class {class_of(number)}"
                place.mkdir(parents=True, exist_ok=True)
                # the order of the names is not that of the numbers
                Image.fromarray(picture[0]).save(
                    place / f"{hashlib.md5(bytes(str(number), 'ascii')).hexdigest()[:4]} {number}.png"
                )
        return f"folder:{root}"

    return make


def npz_of(parts: tuple[str, ...]) -> Make:
    def make(folder: Path, _patch: pytest.MonkeyPatch) -> str:
        arrays: dict[str, Any] = {}
        for part, numbers in SETS.items():
            if part in parts:
                arrays[f"x_{part}"] = pictures(numbers, 1, 28)[:, 0]
                arrays[f"y_{part}"] = np.array([class_of(number) for number in numbers.tolist()])
        np.savez(folder / "own.npz", **arrays)
        return f"npz:{folder / 'own.npz'}"

    return make


KINDS: dict[str, Make] = {
    "MNIST": mnist,
    "CIFAR-10": cifar,
    "folder": folder_of(("train", "test")),
    "folder without a test part": folder_of(()),
    "npz": npz_of(("train", "test")),
    "npz without a test part": npz_of(("train",)),
}


@pytest.fixture(params=KINDS, ids=str)
def data(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DataSet:
    return registry.load(KINDS[request.param](tmp_path, monkeypatch), tmp_path)


@pytest.fixture(params=["as the data", "another order of the classes"])
def state(request: pytest.FixtureRequest, data: DataSet) -> ModelState:
    """Untrained weights; where their classes have another order, the data set is numbered as they are."""
    info = data.info
    if request.param != "as the data":
        info = replace(info, classes=tuple(np.roll(info.classes, 3).tolist()))
    made = untrained(MODELS["lenet" if info.shape[0] == 1 else "simplecnn"], info)
    return made if request.param == "as the data" else replace(made, read_as="weights")


def tables(state: ModelState, data: DataSet) -> list[Confusion]:
    """The table of a sample that leaves images out, and the whole one."""
    reading: Any = Reading()
    whole = reading.all(state, data, Context())
    reading._sample = len(data.test) // 2
    reading._known.clear()
    return [reading.sample(state, data, Context()), whole]


def expected_number(data: DataSet, index: int) -> int | None:
    """The number that the id of an image names; None where the index alone says which it is."""
    file = data.ids("test").of(index).file
    if not file:
        return index + MORE
    found = re.search(r"(\d+)\.png$|^x_\w+\[(\d+)\]$", file)
    assert found is not None, file
    return int(found[1]) if found[1] else int(found[2]) + (MORE if file.startswith("x_test") else 0)


def test_the_id_names_the_image_that_is_there(data: DataSet) -> None:
    for index in range(len(data.test)):
        assert number_in(data.test.images[index].numpy()) == expected_number(data, index)
    assert len({data.ids("test").of(index) for index in range(len(data.test))}) == len(data.test)


def test_every_row_of_a_table_is_about_its_own_image(data: DataSet, state: ModelState) -> None:
    sample, whole = tables(state, data)
    assert (sample.complete, whole.complete) == (False, True)
    for table in (sample, whole):
        for row, index in enumerate(table.indices.tolist()):
            number = number_in(data.test.images[index].numpy())
            assert number == expected_number(data, index)
            assert table.classes[table.labels[row]][-1] == str(class_of(number)) or data.info.key == "cifar10"
    common = np.searchsorted(whole.indices, sample.indices)
    assert np.array_equal(whole.predicted[common], sample.predicted)
    assert whole.scores is not None
    assert sample.scores is not None
    assert np.allclose(whole.scores.losses[common], sample.scores.losses, atol=1e-5)


def test_cells_orders_and_searches_lose_none_and_mix_none_up(data: DataSet, state: ModelState) -> None:
    ids = data.ids("test")
    for table in tables(state, data):
        seen: list[int] = []
        for label, read in np.argwhere(table.counts > 0).tolist():
            rows = table.rows((label, read))
            for order in ORDERS:
                found = ordered(table, rows, order)
                assert sorted(found) == rows.tolist()
                assert {int(table.labels[row]) for row in found} == {label}
            seen += table.indices[rows].tolist()
        assert sorted(seen) == table.indices.tolist()
        for index in table.indices[::9].tolist():
            rows = matching(table, ordered(table, np.arange(table.total), "loss"), ids.files, f"#{index}")
            assert table.indices[rows].tolist() == [index]
            file = ids.of(index).file
            if file:
                rows = matching(table, np.arange(table.total), ids.files, file.split("/")[-1].split(" ")[-1])
                assert index in table.indices[rows].tolist()


def test_the_wall_shows_and_the_export_writes_the_pixels_of_the_id(
    data: DataSet, state: ModelState, tmp_path: Path, qtbot: QtBot
) -> None:
    table = tables(state, data)[0]
    wall = CellImages()
    qtbot.addWidget(wall)
    pixels = data.test.images.numpy()
    wall.set_images(pixels)
    wall.show_rows(table, ordered(table, table.rows(None), "margin"), True, "", "margin")
    chosen: list[int] = []
    wall.chosen.connect(chosen.append)
    wall.choose(3)
    wall.select_all()
    assert chosen == [wall.shown[3]]
    assert wall.selected.tolist() == wall.shown.tolist()
    write_folder(tmp_path / "out", ImageSet(table, wall.selected, data.ids("test")), pixels)
    lines = list(csv.DictReader(io.StringIO((tmp_path / "out" / TABLE).read_text("utf-8-sig"))))
    assert [int(line["index"]) for line in lines] == wall.shown.tolist()
    for line in lines:
        index, row = int(line["index"]), int(np.searchsorted(table.indices, int(line["index"])))
        found = list((tmp_path / "out").glob(f"*-test-{index:05d}_true-*.png"))
        assert len(found) == 1
        written = np.asarray(Image.open(found[0]))
        assert np.array_equal(written if written.ndim == 2 else np.moveaxis(written, 2, 0), np.squeeze(pixels[index]))
        assert number_in(pixels[index]) == expected_number(data, index)
        assert line["file"] == found[0].name
        assert line.get("source", "") == data.ids("test").of(index).file
        assert line["true"] == table.classes[table.labels[row]]
        assert line["predicted"] == table.classes[table.predicted[row]]
        assert np.float32(line["confidence"]) == table.confidences[row]
