"""CIFAR-10 from torchvision's `cifar-10-batches-py`, from the original archive, or from a Keras-style `cifar10.npz`."""

from __future__ import annotations

import hashlib
import io
import pickle
import tarfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import torch

from cnnviewer.core.data import archive
from cnnviewer.core.data.arrays import KERAS_KEYS, checked_labels, split_of
from cnnviewer.core.data.dataset import DataSet, Split
from cnnviewer.core.data.info import DataInfo
from cnnviewer.core.data.mnist import holds_keras_keys
from cnnviewer.core.data.progress import NOBODY, ProgressReport
from cnnviewer.core.error_text import system_reason
from cnnviewer.core.errors import UserError
from cnnviewer.core.files.ordinary_file import bytes_of, check_ordinary

INFO = DataInfo(
    key="cifar10",
    title="CIFAR-10",
    shape=(3, 32, 32),
    classes=("airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"),
    mean=(0.5, 0.5, 0.5),
    std=(0.5, 0.5, 0.5),
)

FOLDER = "cifar-10-batches-py"
ARCHIVE = "cifar-10-python.tar.gz"
DOWNLOAD_BYTES = 170_498_071

#: name -> (bytes, MD5).
BATCHES: Mapping[str, tuple[int, str]] = {
    "data_batch_1": (31_035_704, "c99cafc152244af753f735de768cd75f"),
    "data_batch_2": (31_035_320, "d4bba439e000b95fd0a9bffe97cbabec"),
    "data_batch_3": (31_035_999, "54ebc095f3ab1f0389bbae665268c751"),
    "data_batch_4": (31_035_696, "634d18415352ddfa80567beed471001a"),
    "data_batch_5": (31_035_623, "482c414d41f54cd18b22e5b47cb7c3fe"),
    "test_batch": (31_035_526, "40351d587109b95175f43aff81a1287e"),
}
META = "batches.meta"
_TEST = "test_batch"
_LARGEST = 32 << 20


def find(data_dir: Path) -> Path | None:
    """Where CIFAR-10 lies, recognised by names and sizes: a folder, an archive or an `.npz`.

    `data_dir` holds it, or is its folder itself.
    """
    whole, keras = data_dir / ARCHIVE, data_dir / "cifar10.npz"
    for unpacked in (data_dir / FOLDER, data_dir):
        if all(_size(unpacked / name) == size for name, (size, _) in BATCHES.items()):
            return unpacked
    if _size(whole) == DOWNLOAD_BYTES:
        return whole
    return keras if holds_keras_keys(keras) else None


def explain(data_dir: Path) -> None:
    """Say what is wrong with a CIFAR-10 that `find` did not accept; returns where there is none at all.

    Raises:
        UserError: a file is missing, cut or damaged; names it.
    """
    sizes = {FOLDER + "/" + name: size for name, (size, _) in BATCHES.items()} if (data_dir / FOLDER).is_dir() else {}
    if (data_dir / ARCHIVE).is_file():
        sizes[ARCHIVE] = DOWNLOAD_BYTES
    for name, size in sizes.items():
        if _size(data_dir / name) != size:
            raise UserError(
                "CIFAR-10 is not complete: {file} should have {expected} bytes and has {found}. Download it again.",
                file=name,
                expected=size,
                found=max(0, _size(data_dir / name)),
            )
    if (data_dir / "cifar10.npz").is_file():
        archive.read(data_dir / "cifar10.npz", KERAS_KEYS)


def load(place: Path, watch: ProgressReport = NOBODY) -> DataSet:
    """CIFAR-10 from the `place` that `find` found.

    Raises:
        UserError: a file is cut, damaged or not CIFAR-10's; names it.
        Cancelled: as `watch` asked.
    """
    if place.suffix == ".npz":
        held = archive.read(place, KERAS_KEYS, watch.part(0, 0.9))
        splits = [
            split_of(held.pop(images), held.pop(labels), INFO.shape, len(INFO.classes), place.name)
            for images, labels in (KERAS_KEYS[:2], KERAS_KEYS[2:])
        ]
        watch.at(1.0)
        return DataSet(INFO, train=splits[0], test=splits[1])
    batches = _from_folder(place, watch) if place.is_dir() else _from_archive(place, watch)
    train = [batches[name] for name in BATCHES if name != _TEST]
    return DataSet(
        INFO,
        train=Split(torch.cat([batch.images for batch in train]), torch.cat([batch.labels for batch in train])),
        test=batches[_TEST],
    )


def decoded(raw: bytes, file: str) -> Split:
    """The images and labels of one batch: a pickle of `data` uint8 `(N, 3072)` and `labels`.

    Raises:
        UserError: `raw` asks for anything but arrays and plain values, or holds something else.
    """
    try:
        batch = _Restricted(io.BytesIO(raw), encoding="latin1").load()
        data, labels = batch["data"], np.asarray(batch["labels"])
        if not isinstance(data, np.ndarray) or data.dtype != np.uint8 or data.shape != (len(data), 3072):
            raise TypeError("not images")
    except Exception as error:  # a damaged pickle can raise anything
        raise UserError("{file} is not a batch of CIFAR-10 images, or it is damaged.", file=file) from error
    checked = checked_labels(labels, len(data), len(INFO.classes), file)
    return Split(torch.from_numpy(np.ascontiguousarray(data).reshape(-1, *INFO.shape)), torch.from_numpy(checked))


class _Restricted(pickle.Unpickler):
    """Admits NumPy's arrays and plain values; anything else a pickle could ask for might run a program."""

    def find_class(self, module: str, name: str) -> Any:
        if name == "_reconstruct" and module in ("numpy.core.multiarray", "numpy._core.multiarray"):
            return _RECONSTRUCT
        if (module, name) in _ADMITTED:
            return _ADMITTED[module, name]
        raise pickle.UnpicklingError(f"{module}.{name} is not admitted")


_RECONSTRUCT: Any = np.empty(0).__reduce__()[0]  # its module moved in NumPy 2; this is it in both
_ADMITTED: Mapping[tuple[str, str], Any] = {("numpy", "ndarray"): np.ndarray, ("numpy", "dtype"): np.dtype}


def _from_folder(unpacked: Path, watch: ProgressReport) -> dict[str, Split]:
    batches: dict[str, Split] = {}
    for name in BATCHES:
        watch.at(len(batches) / len(BATCHES))
        try:
            raw = bytes_of(unpacked / name)
        except OSError as error:
            raise UserError("{file} cannot be read: {reason}.", file=name, reason=system_reason(error)) from error
        batches[name] = decoded(verified(raw, name), name)
    watch.at(1.0)
    return batches


def _from_archive(path: Path, watch: ProgressReport) -> dict[str, Split]:
    batches: dict[str, Split] = {}
    for name, raw in members(path):
        watch.at(len(batches) / len(BATCHES))
        if name in BATCHES:
            batches[name] = decoded(verified(raw, name), name)
    watch.at(1.0)
    return batches


def members(path: Path) -> Iterator[tuple[str, bytes]]:
    """The batches and their description in the original archive, by name; no other member is looked at.

    Raises:
        UserError: it is cut, damaged or lacks a batch.
    """
    missing = set(BATCHES)
    try:
        check_ordinary(path)
        with tarfile.open(path, "r|gz") as tar:
            for member in tar:
                name = member.name.removeprefix(FOLDER + "/")
                if member.isfile() and (name in BATCHES or name == META) and member.size <= _LARGEST:
                    file = tar.extractfile(member)
                    yield name, file.read() if file else b""
                    missing.discard(name)
    except (
        OSError,
        EOFError,
        tarfile.TarError,
        zlib.error,
        TypeError,
        ValueError,
    ) as error:  # TypeError: cut in a header
        raise UserError("{file} is cut or damaged. Delete it and get CIFAR-10 again.", file=path.name) from error
    if missing:
        raise UserError("{file} does not hold all six batches of CIFAR-10.", file=path.name)


def verified(raw: bytes, name: str) -> bytes:
    """`raw` itself, when it is the batch `name` to the last bit.

    Raises:
        UserError: it is not.
    """
    if hashlib.md5(raw, usedforsecurity=False).hexdigest() != BATCHES[name][1]:
        raise UserError(
            "{file} is damaged or is not CIFAR-10's: its checksum is wrong. Delete it and get CIFAR-10 again.",
            file=name,
        )
    return raw


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return -1
