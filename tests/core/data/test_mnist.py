"""MNIST as torchvision and as Keras lay it out, whole and damaged."""

import gzip
import hashlib
import struct
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch

from cnnviewer.core.data import mnist, registry
from cnnviewer.core.errors import Cancelled, UserError

RNG = np.random.default_rng(7)
ARRAYS = {
    "train-images-idx3-ubyte": RNG.integers(0, 256, (60, 28, 28), np.uint8),
    "train-labels-idx1-ubyte": np.arange(60, dtype=np.uint8) % 10,
    "t10k-images-idx3-ubyte": RNG.integers(0, 256, (20, 28, 28), np.uint8),
    "t10k-labels-idx1-ubyte": np.arange(20, dtype=np.uint8) % 10,
}


def idx_bytes(array: np.ndarray) -> bytes:
    return bytes((0, 0, 8, array.ndim)) + struct.pack(f">{array.ndim}I", *array.shape) + array.tobytes()


def write_mnist(data_dir: Path, packed: bool = False) -> Path:
    raw = data_dir / "MNIST" / "raw"
    raw.mkdir(parents=True)
    for name, array in ARRAYS.items():
        content = idx_bytes(array)
        if packed:
            (raw / f"{name}.gz").write_bytes(gzip.compress(content))
        else:
            (raw / name).write_bytes(content)
    return raw


def write_npz(data_dir: Path, **changes: np.ndarray) -> Path:
    keras = dict(zip(("x_train", "y_train", "x_test", "y_test"), ARRAYS.values(), strict=True))
    path = data_dir / "mnist.npz"
    np.savez_compressed(path, **(keras | changes))
    return path


@pytest.mark.parametrize(
    "write", [write_mnist, lambda d: write_mnist(d, packed=True), write_npz], ids=["plain", "gz", "npz"]
)
def test_every_layout_gives_the_same_tensors(tmp_path: Path, write: Callable[[Path], Path]) -> None:
    write(tmp_path)
    data = registry.load("mnist", tmp_path)
    expected = list(ARRAYS.values())
    for split, images, labels in zip((data.train, data.test), expected[::2], expected[1::2], strict=True):
        assert (split.images.dtype, split.labels.dtype) == (torch.uint8, torch.int64)
        assert np.array_equal(split.images.numpy()[:, 0], images)
        assert np.array_equal(split.labels.numpy(), labels)
    assert data.info is mnist.INFO
    assert (data.info.mean, data.info.std, data.info.classes) == ((0.1307,), (0.3081,), tuple("0123456789"))


def test_a_whole_npz_is_taken_where_the_idx_files_are_cut(tmp_path: Path) -> None:
    cut = write_mnist(tmp_path) / "t10k-images-idx3-ubyte"
    cut.write_bytes(cut.read_bytes()[:-1])
    write_npz(tmp_path)
    assert len(registry.load("mnist", tmp_path).train) == 60


def damaged(content: bytes, how: str) -> bytes:
    return {
        "empty": b"",
        "half": content[: len(content) // 2],
        "one byte short": content[:-1],
        "one byte long": content + b"\0",
        "another magic": b"\x89PNG" + content[4:],
        "another type": content[:2] + b"\x0d" + content[3:],
        "count too large": content[:4] + b"\xff\xff\xff\xff" + content[8:],
        "header only": content[:7],
    }[how]


DAMAGES = (
    "empty", "half", "one byte short", "one byte long", "another magic", "another type", "count too large",
    "header only",
)  # fmt: skip


@pytest.mark.parametrize("how", DAMAGES)
@pytest.mark.parametrize("name", ARRAYS)
def test_a_damaged_file_is_never_taken_for_the_data_set(tmp_path: Path, name: str, how: str) -> None:
    path = write_mnist(tmp_path) / name
    path.write_bytes(damaged(path.read_bytes(), how))
    assert registry.sources(tmp_path)[0].availability == "missing"
    with pytest.raises(UserError, match=name):
        registry.load("mnist", tmp_path)


@pytest.mark.parametrize("cut", [0, 1, 5, 40, 1000, -9, -4, -1])
def test_a_cut_gz_is_named(tmp_path: Path, cut: int) -> None:
    path = write_mnist(tmp_path, packed=True) / "train-images-idx3-ubyte.gz"
    path.write_bytes(path.read_bytes()[:cut])
    with pytest.raises(UserError, match=r"train-images-idx3-ubyte\.gz"):
        registry.load("mnist", tmp_path)


def test_a_gz_with_a_flipped_bit_fails_its_checksum(tmp_path: Path) -> None:
    path = write_mnist(tmp_path, packed=True) / "train-images-idx3-ubyte.gz"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    with pytest.raises(UserError, match=r"train-images-idx3-ubyte\.gz"):
        registry.load("mnist", tmp_path)


def test_a_full_sized_file_must_be_the_original(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    raw = write_mnist(tmp_path)
    own = {
        name: (array.ndim, len(array), hashlib.md5((raw / name).read_bytes()).hexdigest())
        for name, array in ARRAYS.items()
    }
    monkeypatch.setattr(mnist, "FILES", own)
    assert len(registry.load("mnist", tmp_path).train) == 60
    content = bytearray((raw / "train-labels-idx1-ubyte").read_bytes())
    content[-1] ^= 1
    (raw / "train-labels-idx1-ubyte").write_bytes(content)
    with pytest.raises(UserError, match="train-labels-idx1-ubyte is damaged or is not MNIST's"):
        registry.load("mnist", tmp_path)


@pytest.mark.parametrize("name", ARRAYS)
def test_a_missing_file_is_named(tmp_path: Path, name: str) -> None:
    (write_mnist(tmp_path) / name).unlink()
    with pytest.raises(UserError, match=f"{name} is missing"):
        registry.load("mnist", tmp_path)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"y_train": np.full(60, 10, np.uint8)}, "label 10, but there are only 10 classes"),
        ({"y_train": np.full(60, -1)}, "negative label"),
        ({"y_train": np.zeros(59, np.uint8)}, "60 images but 59 labels"),
        ({"y_test": np.zeros((20, 10))}, "not one whole number"),
        ({"x_train": np.zeros((60, 27, 28), np.uint8)}, "28×28×1 bytes; it holds 27×28"),
        ({"x_train": np.zeros((60, 28, 28), np.float32)}, "float32"),
        ({"x_test": np.zeros((0, 28, 28), np.uint8), "y_test": np.zeros(0, np.uint8)}, "no images"),
        ({"x_train": np.array([None, {}], dtype=object)}, "Python objects"),
    ],
    ids=["beyond", "negative", "count", "one-hot", "size", "type", "empty", "pickle"],
)
def test_an_npz_that_is_not_mnist_is_refused(tmp_path: Path, changes: dict[str, np.ndarray], words: str) -> None:
    write_npz(tmp_path, **changes)
    with pytest.raises(UserError, match=words) as caught:
        registry.load("mnist", tmp_path)
    assert "mnist.npz" in str(caught.value)


def test_progress_rises_to_one_and_cancel_is_heard(tmp_path: Path) -> None:
    write_mnist(tmp_path)
    heard: list[float] = []
    registry.load("mnist", tmp_path, heard.append)
    assert heard == sorted(heard)
    assert heard[-1] == 1
    with pytest.raises(Cancelled):
        registry.load("mnist", tmp_path, cancelled=lambda: True)


@pytest.mark.realdata
def test_the_real_mnist_is_torchvisions_to_the_bit(real_data_dir: Path) -> None:
    from torchvision.datasets import MNIST

    ours = registry.load("mnist", real_data_dir)
    for split, is_train in ((ours.train, True), (ours.test, False)):
        theirs = MNIST(real_data_dir, train=is_train, download=False)
        assert torch.equal(split.images[:, 0], theirs.data)
        assert torch.equal(split.labels, theirs.targets)


@pytest.mark.parametrize("level", ["", "MNIST", "MNIST/raw"])
def test_mnist_is_found_from_each_of_its_folder_levels(tmp_path: Path, level: str) -> None:
    write_mnist(tmp_path)
    assert len(registry.load("mnist", tmp_path / level).train) == 60
    (tmp_path / "MNIST/raw/train-labels-idx1-ubyte").unlink()
    why = registry.why_missing("mnist", tmp_path / level)
    assert str(why).startswith("MNIST is not complete: train-labels-idx1-ubyte is missing from")
    assert registry.why_missing("mnist", tmp_path / "nowhere") is None
