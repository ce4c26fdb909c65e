"""CIFAR-10 as batches, as the archive and as an `.npz`; pickles that must not run."""

import hashlib
import io
import os
import pickle
import tarfile
from pathlib import Path

import numpy as np
import pytest
import torch

from cnnviewer.core.data import cifar10, registry
from cnnviewer.core.data.remote import REMOTES
from cnnviewer.core.errors import Cancelled, UserError

NAMES = tuple(cifar10.BATCHES)


@pytest.fixture
def batches(monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    """Six small batches, and the reader told that these are the right ones."""
    rng = np.random.default_rng(3)
    made = {}
    for name in NAMES:
        data = rng.integers(0, 256, (20, 3072), np.uint8)
        made[name] = pickle.dumps({"data": data, "labels": [n % 10 for n in range(20)]}, protocol=4)
    sizes = {name: (len(raw), hashlib.md5(raw).hexdigest()) for name, raw in made.items()}
    monkeypatch.setattr(cifar10, "BATCHES", sizes)
    return made


def write_folder(data_dir: Path, batches: dict[str, bytes]) -> Path:
    folder = data_dir / cifar10.FOLDER
    folder.mkdir()
    for name, raw in batches.items():
        (folder / name).write_bytes(raw)
    return folder


def write_archive(data_dir: Path, batches: dict[str, bytes], monkeypatch: pytest.MonkeyPatch) -> Path:
    path = data_dir / cifar10.ARCHIVE
    with tarfile.open(path, "w:gz") as tar:
        for name, raw in {**batches, "batches.meta": b"meta", "../outside": b"x"}.items():
            member = tarfile.TarInfo(f"{cifar10.FOLDER}/{name}")
            member.size = len(raw)
            tar.addfile(member, io.BytesIO(raw))
    monkeypatch.setattr(cifar10, "DOWNLOAD_BYTES", path.stat().st_size)
    return path


def expected_train(batches: dict[str, bytes]) -> np.ndarray:
    return np.concatenate([pickle.loads(batches[name])["data"] for name in NAMES[:5]]).reshape(-1, 3, 32, 32)


def test_the_folder_gives_its_batches_in_order(tmp_path: Path, batches: dict[str, bytes]) -> None:
    write_folder(tmp_path, batches)
    data = registry.load("cifar10", tmp_path)
    assert np.array_equal(data.train.images.numpy(), expected_train(batches))
    assert (data.train.images.dtype, data.train.labels.dtype) == (torch.uint8, torch.int64)
    assert data.train.labels.tolist() == [n % 10 for n in range(20)] * 5
    assert len(data.test) == 20
    assert data.info.mean == data.info.std == (0.5, 0.5, 0.5)


def test_the_archive_gives_the_same_images_as_the_folder(
    tmp_path: Path, batches: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    write_archive(tmp_path, dict(reversed(batches.items())), monkeypatch)
    data = registry.load("cifar10", tmp_path)
    assert np.array_equal(data.train.images.numpy(), expected_train(batches))


def test_the_downloaded_archive_becomes_the_folder_and_nothing_else(
    tmp_path: Path, batches: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_archive(tmp_path, batches, monkeypatch)
    (tmp_path / cifar10.FOLDER).mkdir()
    (tmp_path / cifar10.FOLDER / "data_batch_1").write_bytes(b"cut")
    remote = REMOTES["cifar10"]
    assert not remote.there(tmp_path, remote.files[0])
    remote.install(tmp_path, remote.files[0], path)
    assert remote.there(tmp_path, remote.files[0])
    assert [child.name for child in tmp_path.iterdir()] == [cifar10.FOLDER]
    assert sorted(os.listdir(tmp_path / cifar10.FOLDER)) == sorted([*NAMES, "batches.meta"])


@pytest.mark.parametrize("cut", [0, 10, 2000, -3])
def test_a_cut_archive_is_named(
    tmp_path: Path, batches: dict[str, bytes], monkeypatch: pytest.MonkeyPatch, cut: int
) -> None:
    path = write_archive(tmp_path, batches, monkeypatch)
    path.write_bytes(path.read_bytes()[:cut])
    assert registry.sources(tmp_path)[1].availability == "missing"
    with pytest.raises(UserError, match=r"cifar-10-python\.tar\.gz"):
        registry.load("cifar10", tmp_path)


def test_a_batch_with_a_flipped_bit_is_refused_before_it_is_unpickled(
    tmp_path: Path, batches: dict[str, bytes]
) -> None:
    folder = write_folder(tmp_path, batches)
    raw = bytearray(batches["data_batch_3"])
    raw[500] ^= 1
    (folder / "data_batch_3").write_bytes(raw)
    with pytest.raises(UserError, match="data_batch_3 is damaged or is not CIFAR-10's"):
        registry.load("cifar10", tmp_path)


def test_a_missing_or_cut_batch_is_named(tmp_path: Path, batches: dict[str, bytes]) -> None:
    folder = write_folder(tmp_path, batches)
    (folder / "data_batch_2").write_bytes(batches["data_batch_2"][:-1])
    with pytest.raises(UserError, match="data_batch_2 should have"):
        registry.load("cifar10", tmp_path)
    (folder / "data_batch_2").unlink()
    with pytest.raises(UserError, match="data_batch_2"):
        registry.load("cifar10", tmp_path)


class Evil:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, ("touch /tmp/cnnviewer-was-here",)


@pytest.mark.parametrize("raw", [
    pickle.dumps(Evil()),
    pickle.dumps({"data": Evil(), "labels": []}),
    b"cbuiltins\neval\n(S'1+1'\ntR.",
    b"cnumpy\nload\n(S'/etc/passwd'\ntR.",
    pickle.dumps({"data": np.zeros((2, 3), np.uint8), "labels": [0, 1]}),
    pickle.dumps({"data": np.zeros((2, 3072), np.float32), "labels": [0, 1]}),
    pickle.dumps([1, 2, 3]),
    b"", b"\x80", b"not a pickle",
], ids=["system", "nested", "eval", "numpy.load", "shape", "type", "list", "empty", "cut", "text"])  # fmt: skip
def test_only_arrays_and_plain_values_come_out_of_a_pickle(raw: bytes) -> None:
    with pytest.raises(UserError, match="data_batch_1 is not a batch of CIFAR-10 images"):
        cifar10.decoded(raw, "data_batch_1")
    assert not Path("/tmp/cnnviewer-was-here").exists()


def test_a_batch_written_by_python_2_is_read() -> None:
    """The original batches are: protocol 2, byte strings where Python 3 has text or bytes."""
    pixels = bytes(range(256)) * 12
    raw = (
        b"\x80\x02}(U\x04datacnumpy.core.multiarray\n_reconstruct\ncnumpy\nndarray\nK\x00\x85U\x01b\x87R"
        b"(K\x01K\x01M\x00\x0c\x86cnumpy\ndtype\nU\x02u1K\x00K\x01\x87R(K\x03U\x01|NNNJ\xff\xff\xff\xff"
        b"J\xff\xff\xff\xffK\x00tb\x89T\x00\x0c\x00\x00" + pixels + b"tbU\x06labels]K\x07au."
    )
    split = cifar10.decoded(raw, "data_batch_1")
    assert split.images.numpy().tobytes() == pixels
    assert split.labels.tolist() == [7]


def test_an_npz_may_lack_images(tmp_path: Path) -> None:
    rng = np.random.default_rng(1)
    x_train, x_test = (rng.integers(0, 256, (n, 32, 32, 3), np.uint8) for n in (40, 10))
    np.savez(tmp_path / "cifar10.npz", x_train=x_train, y_train=np.zeros((40, 1), int), x_test=x_test,
             y_test=np.arange(10))  # fmt: skip
    data = registry.load("cifar10", tmp_path)
    assert np.array_equal(data.train.images.numpy(), x_train.transpose(0, 3, 1, 2))
    assert data.train.images.is_contiguous()
    assert data.test.labels.tolist() == list(range(10))


@pytest.mark.realdata
def test_the_real_npz_is_read_as_numpy_reads_it(real_data_dir: Path) -> None:
    heard: list[float] = []
    data = registry.load("cifar10", real_data_dir, heard.append)
    assert (len(data.train), len(data.test)) == (40_000, 1_000)
    with np.load(real_data_dir / "cifar10.npz") as theirs:
        assert np.array_equal(data.test.images.numpy(), theirs["x_test"].transpose(0, 3, 1, 2))
        assert np.array_equal(data.train.labels.numpy(), theirs["y_train"])
    assert heard == sorted(heard)
    answers = iter([False] * 5 + [True] * 10)
    with pytest.raises(Cancelled):
        registry.load("cifar10", real_data_dir, cancelled=lambda: next(answers))
