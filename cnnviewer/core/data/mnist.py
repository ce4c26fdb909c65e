"""MNIST from torchvision's layout (`MNIST/raw/*-ubyte`, plain or `.gz`) or from Keras's `mnist.npz`."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import numpy.typing as npt

from cnnviewer.core.data import archive, idx
from cnnviewer.core.data.arrays import KERAS_KEYS, split_of
from cnnviewer.core.data.dataset import DataSet
from cnnviewer.core.data.info import DataInfo
from cnnviewer.core.data.progress import NOBODY, ProgressReport
from cnnviewer.core.errors import UserError

INFO = DataInfo(
    key="mnist",
    title="MNIST",
    shape=(1, 28, 28),
    classes=tuple("0123456789"),
    mean=(0.1307,),
    std=(0.3081,),
)

#: name -> (axes, images of the whole set, MD5 of the elements' file when unpacked and whole)
FILES = {
    "train-images-idx3-ubyte": (3, 60_000, "6bbc9ace898e44ae57da46a324031adb"),
    "train-labels-idx1-ubyte": (1, 60_000, "a25bea736e30d166cdddb491f175f624"),
    "t10k-images-idx3-ubyte": (3, 10_000, "2646ac647ad5339dbf082846283269ea"),
    "t10k-labels-idx1-ubyte": (1, 10_000, "27ae3e4e09519cfbb04c329615203637"),
}

#: The four files as they are distributed, packed.
DOWNLOAD_BYTES = 9_912_422 + 28_881 + 1_648_877 + 4_542


def find(data_dir: Path) -> Path | None:
    """Where MNIST lies, recognised by names and sizes: a folder of IDX files or an `.npz`.

    `data_dir` holds it, or is itself one of its folders.
    """
    for raw in _levels(data_dir):
        if all(_file(raw, name) is not None for name in FILES):
            return raw
    keras = data_dir / "mnist.npz"
    return keras if holds_keras_keys(keras) else None


def load(place: Path, watch: ProgressReport = NOBODY) -> DataSet:
    """MNIST from the `place` that `find` found.

    Raises:
        UserError: a file is cut, damaged or not MNIST's; names it.
        Cancelled: as `watch` asked.
    """
    if place.is_dir():
        arrays, total, done = [], sum(count for _, count, _ in FILES.values()), 0
        for name, (_, count, _) in FILES.items():
            arrays.append(_read(place, name, watch.part(done / total, (done + count) / total)))
            done += count
        names = [_name(place, name) for name in FILES]
    else:
        held = archive.read(place, KERAS_KEYS, watch)
        arrays, names = [held[key] for key in KERAS_KEYS], [place.name] * 4
    return DataSet(
        INFO,
        train=split_of(arrays[0], arrays[1], INFO.shape, len(INFO.classes), names[0]),
        test=split_of(arrays[2], arrays[3], INFO.shape, len(INFO.classes), names[2]),
    )


def explain(data_dir: Path) -> None:
    """Say what is wrong with an MNIST that `find` did not accept; returns where there is none at all.

    Raises:
        UserError: a file is missing, cut or damaged; names it.
    """
    for raw in _levels(data_dir):
        present = {name: path for name in FILES for path in (raw / f"{name}.gz", raw / name) if path.is_file()}
        for name, path in present.items():
            if _file(raw, name) is None:
                idx.read(path, FILES[name][0])
        for name in FILES if present else ():
            if name not in present:
                raise UserError("MNIST is not complete: {file} is missing from {folder}.", file=name, folder=raw)
    if (data_dir / "mnist.npz").is_file():
        archive.read(data_dir / "mnist.npz", KERAS_KEYS)


def holds_keras_keys(path: Path) -> bool:
    """Whether `path` is a readable `.npz` with Keras's four arrays; only its directory is read."""
    try:
        return set(KERAS_KEYS) <= set(archive.keys(path))
    except UserError:
        return False


def _levels(data_dir: Path) -> tuple[Path, ...]:
    return data_dir / "MNIST" / "raw", data_dir / "MNIST", data_dir / "raw", data_dir


def _file(raw: Path, name: str) -> Path | None:
    axes = FILES[name][0]
    return next((path for path in (raw / name, raw / f"{name}.gz") if path.is_file() and idx.fits(path, axes)), None)


def _name(raw: Path, name: str) -> str:
    return (_file(raw, name) or raw / name).name


def _read(raw: Path, name: str, watch: ProgressReport) -> npt.NDArray[np.uint8]:
    axes, count, md5 = FILES[name]
    path = _file(raw, name) or raw / name
    array = idx.read(path, axes, watch)
    # A smaller file whose header and size agree was made so on purpose; a whole one must be the original.
    if len(array) == count and _md5(array) != md5:
        raise UserError(
            "{file} is damaged or is not MNIST's: its checksum is wrong. Delete it and get MNIST again.", file=path.name
        )
    return array


def _md5(array: npt.NDArray[np.uint8]) -> str:
    head = bytes((0, 0, 8, array.ndim)) + b"".join(size.to_bytes(4, "big") for size in array.shape)
    digest = hashlib.md5(head, usedforsecurity=False)
    digest.update(array.data.cast("B"))
    return digest.hexdigest()
