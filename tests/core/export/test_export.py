"""Numbers to files: every digit kept, wholly or not at all."""

import csv
import errno
import io
import json
import os
import sys
import tracemalloc
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from cnnviewer.core.errors import UserError
from cnnviewer.core.export.arrays import npy_bytes, npz_bytes, png_bytes
from cnnviewer.core.export.tables import metrics_csv, metrics_json
from cnnviewer.core.files.atomic import check_writable, write_atomically
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
    rows = list(csv.DictReader(io.StringIO(b"".join(metrics_csv(log, FACTS)).decode("utf-8-sig"))))
    steps = [row for row in rows if row["kind"] == "step"]
    assert np.array_equal([float(row["loss"]) for row in steps], AWKWARD, equal_nan=True)
    assert {float(row["learning_rate"]) for row in steps} == {1e-7}
    (epoch,) = (row for row in rows if row["kind"] == "epoch")
    assert float(epoch["validation_accuracy"]) == 2 / 3
    assert rows[0]["model"] == "lenet"


@pytest.mark.parametrize("ends", [[], [0], [1, 3], [2**14, 2**14 + 1, 40_000], [40_000], [50_000]])
def test_the_table_is_the_same_however_long_it_is(ends: list[int]) -> None:
    """Rows are written in blocks, an epoch after its last step, also where a block ends."""
    made = MetricLog()
    rng = np.random.default_rng(1)
    count = 40_000
    steps = np.column_stack([np.arange(1, count + 1), *rng.random((7, count))])
    steps[:, 1:3], steps[::3, 5] = 1, 0.1
    made.extend_steps(steps)
    made.extend_epochs(np.array([[n, end, 1.5, 0.5, 0.25, 1 / 3, n] for n, end in enumerate(ends, 1)]).reshape(-1, 7))
    rows = list(csv.reader(io.StringIO(b"".join(metrics_csv(made, FACTS)).decode("utf-8-sig"))))[1:]
    assert {len(row) for row in rows} == {14}
    read = np.array([[*row[1:6], *row[8:11]] for row in rows if row[0] == "step"], dtype=np.float64)
    assert np.array_equal(read, steps)
    order = [float(row[1]) + 0.5 * (row[0] == "epoch") for row in rows if float(row[1]) <= count]
    assert order == sorted(order)
    assert [int(row[1]) for row in rows if row[0] == "epoch"] == ends
    assert all(row[11:] == ["lenet", "mnist", "1"] for row in rows)


@pytest.mark.skipif(sys.platform == "win32", reason="peak memory is asked of the system")
def test_a_long_table_takes_no_memory_of_its_own(tmp_path: Path) -> None:
    made = MetricLog()
    made.extend_steps(np.random.default_rng(0).random((200_000, 8)) + np.arange(1, 200_001)[:, None])
    tracemalloc.start()
    write_atomically(tmp_path / "x.csv", metrics_csv(made, FACTS))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 40e6
    assert (tmp_path / "x.csv").read_bytes().count(b"\n") == 200_001


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


@pytest.mark.skipif(sys.platform != "linux", reason="a folder that takes no files, not even root's")
def test_a_folder_that_is_there_is_not_said_to_be_missing() -> None:
    with pytest.raises(UserError, match=r"x\.csv cannot be written: no such file"):
        check_writable("/proc/self/x.csv")
    with pytest.raises(UserError, match=r"x\.csv was not written: no such file"):
        write_atomically("/proc/self/x.csv", b"")


def test_a_missing_folder_gives_an_error_message(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="does not exist"):
        write_atomically(tmp_path / "no" / "x.csv", b"")
