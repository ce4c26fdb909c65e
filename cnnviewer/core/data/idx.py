"""The IDX format in which MNIST is distributed, plain or gzipped.

Layout (Y. LeCun, "The MNIST database of handwritten digits"): two zero bytes, the element type, the number of
axes, each axis as a big-endian uint32, then the elements with the last axis fastest.
"""

from __future__ import annotations

import gzip
import math
import struct
import zlib
from pathlib import Path
from typing import BinaryIO, cast

import numpy as np
import numpy.typing as npt

from cnnviewer.core.data.progress import NOBODY, ProgressReport
from cnnviewer.core.error_text import system_reason
from cnnviewer.core.errors import UserError
from cnnviewer.core.files.ordinary_file import check_ordinary, opened

_UNSIGNED_BYTE = 0x08
_CHUNK = 4 << 20


def fits(path: Path, axes: int) -> bool:
    """Whether `path`, by its first bytes and its size alone, is a whole IDX file of bytes with so many axes."""
    try:
        with _opened(path) as file:
            shape = _shape(file.read(4 + 4 * axes), axes)
        return shape is not None and _plain_size(path) == 4 + 4 * axes + math.prod(shape)
    except (OSError, EOFError, zlib.error, struct.error):
        return False


def read(path: Path, axes: int, watch: ProgressReport = NOBODY) -> npt.NDArray[np.uint8]:
    """The uint8 array in `path` (a name ending in `.gz` is unpacked) with `axes` axes.

    Raises:
        UserError: missing, of another kind, cut, too long or damaged; names the file.
        Cancelled: as `watch` asked.
    """
    try:
        with _opened(path) as file:
            head = file.read(4 + 4 * axes)
            if not head:
                raise UserError("{file} is empty. Delete it and get the data set again.", file=path.name)
            shape = _shape(head, axes)
            if shape is None:
                raise UserError("{file} is not an IDX file of {axes} axes of bytes.", file=path.name, axes=axes)
            expected = len(head) + math.prod(shape)
            if _plain_size(path) != expected:  # before the memory is asked for: a damaged header can claim terabytes
                raise UserError(
                    "{file} is cut or damaged: it should hold {expected} bytes and holds {found}. Delete it and get "
                    "the data set again.",
                    file=path.name,
                    expected=expected,
                    found=_plain_size(path),
                )
            return _elements(file, shape, path, watch)
    except (OSError, EOFError, zlib.error) as error:
        raise UserError(
            "{file} cannot be read: {reason}. Delete it and get the data set again.",
            file=path.name,
            reason=system_reason(error),
        ) from error


def _elements(file: BinaryIO, shape: tuple[int, ...], path: Path, watch: ProgressReport) -> npt.NDArray[np.uint8]:
    elements = np.empty(math.prod(shape), np.uint8)
    view, done = elements.data, 0
    while done < len(view):
        watch.at(done / len(view))
        block = file.read(min(_CHUNK, len(view) - done))
        if not block:
            raise EOFError("it is cut")
        view[done : done + len(block)] = block
        done += len(block)
    if file.read(1):  # for gzip this also makes it compare its checksum
        raise UserError("{file} is damaged: it holds more than it says.", file=path.name)
    watch.at(1.0)
    return elements.reshape(shape)


def _opened(path: Path) -> BinaryIO:
    check_ordinary(path)
    return cast(BinaryIO, gzip.open(path, "rb")) if path.suffix == ".gz" else opened(path)


def _shape(head: bytes, axes: int) -> tuple[int, ...] | None:
    if len(head) != 4 + 4 * axes or head[:4] != bytes((0, 0, _UNSIGNED_BYTE, axes)):
        return None
    return struct.unpack(f">{axes}I", head[4:])


def _plain_size(path: Path) -> int:
    """The size in bytes once unpacked; gzip keeps it in its last four bytes."""
    if path.suffix != ".gz":
        return path.stat().st_size
    with opened(path) as file:
        file.seek(-4, 2)
        return int.from_bytes(file.read(4), "little")
