"""Numbers to files: every digit kept, wholly or not at all."""

import csv
import errno
import io
import json
import os
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from cnnviewer.core.errors import UserError
from cnnviewer.core.export.arrays import npy_bytes, npz_bytes, png_bytes
from cnnviewer.core.export.atomic import write_atomically
from cnnviewer.core.export.tables import metrics_csv, metrics_json
from cnnviewer.core.training.events import EpochDone, StepDone
from cnnviewer.core.training.metric_log import MetricLog

FACTS = {"model": "lenet", "dataset": "mnist", "seed": 1}
AWKWARD = [0.1 + 0.2, 1e-300, 1 / 3, float("nan"), float("inf"), 123456789.123456789]


@pytest.fixture
def log() -> MetricLog:
    made = MetricLog()
    for number, loss in enumerate(AWKWARD, start=1):
        made.add_step(StepDone(number, 1, number, loss, 3, 7, 1e-7, 0.9, number / 3))
    made.add_epoch(EpochDone(1, len(AWKWARD), 0.3, 5, 7, 0.25, 2, 3, 1.5))
    return made


def test_the_table_keeps_every_digit_and_names_its_columns(log: MetricLog) -> None:
    rows = list(csv.DictReader(io.StringIO(metrics_csv(log, FACTS).decode("utf-8"))))
    steps = [row for row in rows if row["kind"] == "step"]
    assert np.array_equal([float(row["loss"]) for row in steps], AWKWARD, equal_nan=True)
    assert {float(row["learning_rate"]) for row in steps} == {1e-7}
    (epoch,) = (row for row in rows if row["kind"] == "epoch")
    assert float(epoch["validation_accuracy"]) == 2 / 3
    assert rows[0]["model"] == "lenet"


def test_the_json_is_valid_and_keeps_every_digit(log: MetricLog) -> None:
    def refuse(constant: str) -> None:
        raise AssertionError(f"{constant} is no JSON")

    read = json.loads(metrics_json(log, FACTS), parse_constant=refuse)
    losses = read["steps"]["loss"]
    assert losses[:3] == AWKWARD[:3]
    assert losses[3] is None
    assert read["facts"]["seed"] == 1


def test_arrays_come_back_as_they_were() -> None:
    values = np.random.default_rng(0).normal(size=(3, 4, 5)).astype(np.float32)
    assert np.array_equal(np.load(io.BytesIO(npy_bytes(values))), values)
    with np.load(io.BytesIO(npz_bytes({"conv1": values}))) as archive:
        assert np.array_equal(archive["conv1"], values)
    pixels = np.arange(48, dtype=np.uint8).reshape(4, 4, 3)
    assert np.array_equal(np.asarray(Image.open(io.BytesIO(png_bytes(pixels)))), pixels)


def test_writing_replaces_the_whole_file(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(b"old")
    write_atomically(path, b"new")
    assert path.read_bytes() == b"new"
    assert os.listdir(tmp_path) == ["x.csv"]


@pytest.mark.parametrize(("code", "words"), [(errno.ENOSPC, "full"), (errno.EROFS, "may not be written")])
def test_a_write_that_fails_leaves_the_old_file_and_nothing_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, words: str
) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(b"old")

    def fail(_: int) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(UserError, match=words) as caught:
        write_atomically(path, b"new")
    assert "x.csv" in str(caught.value)
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["x.csv"]


def test_a_missing_folder_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="does not exist"):
        write_atomically(tmp_path / "no" / "x.csv", b"")
