"""What a data set was read from, to be known again: where it lay, and a checksum of every image and label. No torch.

A checksum is the CRC-32 of the source's own bytes (of a folder's files, a `.npz` file's arrays, the pixels of MNIST),
so it does not depend on how the program makes tensors of them. It finds accidents; nobody is kept from forging one.
"""

from __future__ import annotations

import os
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
import numpy.typing as npt

from cnnviewer.core.data.progress import NOBODY, ProgressReport
from cnnviewer.core.plain_text import as_text

_CHUNK = 1 << 20
What = Literal["images", "labels"]
_ARRAYS: dict[str, What] = {
    **{f"x_{part}": "images" for part in ("train", "val", "test")},
    **{f"y_{part}": "labels" for part in ("train", "val", "test")},
    **{f"{part}_images": "images" for part in ("train", "val", "test")},
    **{f"{part}_labels": "labels" for part in ("train", "val", "test")},
}


@dataclass(frozen=True)
class Piece:
    """Images or labels that lie together: a class's folder, an array of a file, a split.

    Attributes:
        name: such as `train/cat`, `x_train` or `test`.
        what: which of the two they are.
        count: how many.
        check: CRC-32 of all their bytes, eight hexadecimal digits.

    """

    name: str
    what: What
    count: int
    check: str


@dataclass(frozen=True)
class DataFingerprint:
    """Where a data set was read from.

    Attributes:
        pieces: all that it is made of, in the order of their names.
        data_dir: the folder that data sets were looked for in; empty for the user's own folder or file.

    """

    pieces: tuple[Piece, ...] = ()
    data_dir: str = ""


def of_folder(path: Path, endings: Sequence[str], watch: ProgressReport = NOBODY) -> DataFingerprint:
    """Every image below the user's own folder, a piece for each folder that stands for a class.

    Raises:
        Cancelled: as `watch` asked.
    """
    files = sorted(_images(path, endings))
    found: dict[str, list[Path]] = {}
    for parts, file in files:
        found.setdefault("/".join(parts), []).append(file)
    return of_files(found, watch)


def of_files(found: Mapping[str, Sequence[Path]], watch: ProgressReport = NOBODY) -> DataFingerprint:
    """Files by the names of their pieces, in the order in which they are checked.

    Raises:
        Cancelled: as `watch` asked.
    """
    pieces, done, total = [], 0, sum(map(len, found.values()))
    for name, inside in found.items():
        check = 0
        for file in inside:
            watch.at(done / total)
            check = _check_of(file, check)
            done += 1
        pieces.append(Piece(unicodedata.normalize("NFC", as_text(name)), "images", len(inside), f"{check:08x}"))
    watch.at(1.0)
    return DataFingerprint(_ordered(pieces))


def of_archive(path: Path) -> DataFingerprint:
    """Every array of images and labels in an `.npz`, by the checksums that the archive itself keeps and has proved."""
    pieces = []
    try:
        with zipfile.ZipFile(path) as archive:
            for entry in archive.infolist():
                name = entry.filename.removesuffix(".npy")
                if name in _ARRAYS:
                    with archive.open(entry) as file:
                        count = _rows(file.read(128))
                    pieces.append(Piece(name, _ARRAYS[name], count, f"{entry.CRC:08x}"))
    except (OSError, zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, zlib.error):
        return DataFingerprint()  # it has just been read: it is being changed
    return DataFingerprint(_ordered(pieces))


def of_arrays(arrays: Iterable[tuple[str, What, npt.NDArray[np.generic]]], data_dir: Path) -> DataFingerprint:
    """Arrays in memory, each by its name."""
    pieces = [
        Piece(name, what, len(array), f"{zlib.crc32(np.ascontiguousarray(array).data.cast('B')):08x}")
        for name, what, array in arrays
    ]
    return DataFingerprint(_ordered(pieces), str(data_dir.absolute()))


def _ordered(pieces: list[Piece]) -> tuple[Piece, ...]:
    return tuple(sorted(pieces, key=lambda piece: (piece.name, piece.what)))


def _images(path: Path, endings: Sequence[str]) -> list[tuple[tuple[str, ...], Path]]:
    """Each image with the folders that say its part and its class: at most two, below what all of them share."""
    found = []
    for where, folders, names in os.walk(path):
        folders[:] = [name for name in folders if not name.startswith(".")]
        parts = Path(where).relative_to(path).parts
        found += [(parts, Path(where, name)) for name in names if name.lower().endswith(tuple(endings))]
    while found and len({parts[:1] for parts, _ in found}) == 1 and all(len(parts) > 1 for parts, _ in found):
        found = [(parts[1:], file) for parts, file in found]  # opened one folder higher, it is the same data set
    return [(parts[:2], file) for parts, file in found]


def _check_of(file: Path, check: int) -> int:
    try:
        if file.is_file():
            with file.open("rb") as opened:
                while block := opened.read(_CHUNK):
                    check = zlib.crc32(block, check)
    except OSError:
        pass  # an image that cannot be read is left out of the data set as well
    return zlib.crc32(b"\0", check)  # where one file ends and the next begins


def _rows(head: bytes) -> int:
    """The first number of the shape in the header of an `.npy` file; 0 where there is none."""
    _, _, shape = head.partition(b"'shape': (")
    digits = shape.split(b",")[0].strip()
    return int(digits) if digits.isdigit() else 0
