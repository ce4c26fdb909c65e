"""NumPy's `.npz`, from untrusted sources: nothing is executed, and nothing is unpacked before its size is known."""

from __future__ import annotations

import math
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO, Any

import numpy as np
import numpy.typing as npt

from cnnviewer.core.data.progress import NOBODY, ProgressReport
from cnnviewer.core.error_text import system_reason
from cnnviewer.core.errors import Cancelled, UserError
from cnnviewer.core.files.ordinary_file import check_ordinary, opened
from cnnviewer.core.mistaken import HEAD, mistaken

#: Uncompressed bytes of all arrays read at once. MedMNIST's largest set at 64x64 pixels needs 1.3 GB.
LIMIT = 2 << 30
_CHUNK = 256 << 10  # fits the processor's cache on its way into the array
_HEADERS: Mapping[tuple[int, int], Callable[[IO[bytes]], tuple[tuple[int, ...], bool, np.dtype[Any]]]] = {
    (1, 0): np.lib.format.read_array_header_1_0,
    (2, 0): np.lib.format.read_array_header_2_0,
}


def keys(path: Path) -> tuple[str, ...]:
    """The names of the arrays in `path`; only the archive's directory is read.

    Raises:
        UserError: the file is missing, empty, cut or no `.npz`.
    """
    with _opened(path) as archive:
        return tuple(name.removesuffix(".npy") for name in archive.namelist() if name.endswith(".npy"))


def read(
    path: Path, wanted: tuple[str, ...], watch: ProgressReport = NOBODY, limit: int = LIMIT
) -> dict[str, npt.NDArray[Any]]:
    """The arrays `wanted` of `path`.

    Raises:
        UserError: one of them is missing, holds Python objects, is damaged, or all of them together unpack to more
            than `limit` bytes; names the file.
        Cancelled: as `watch` asked.
    """
    with _opened(path) as archive:
        entries: dict[str, zipfile.ZipInfo] = {}
        for key in wanted:
            try:
                entries[key] = archive.getinfo(key + ".npy")
            except KeyError:
                raise UserError('{file} has no array named "{key}".', file=path.name, key=key) from None
        total = sum(entry.file_size for entry in entries.values())
        if total > limit:
            raise UserError(
                "{file} unpacks to {size} MB, more than the {limit} MB that are read.",
                file=path.name,
                size=total >> 20,
                limit=limit >> 20,
            )
        arrays, done = {}, 0
        for key, entry in entries.items():
            piece = watch.part(done / max(total, 1), (done + entry.file_size) / max(total, 1))
            arrays[key] = _array(archive, entry, path, piece)
            done += entry.file_size
        return arrays


def _opened(path: Path) -> zipfile.ZipFile:
    try:
        check_ordinary(path)
        if path.stat().st_size == 0:
            raise UserError("{file} is empty.", file=path.name)
        return zipfile.ZipFile(path)
    except FileNotFoundError:
        raise UserError("{file} does not exist.", file=path.name) from None
    except IsADirectoryError:
        raise UserError("{file} is a folder, not an .npz file.", file=path.name) from None
    except OSError as error:
        raise UserError("{file} cannot be read: {reason}.", file=path.name, reason=system_reason(error)) from error
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise _no_archive(path) from error


def _no_archive(path: Path) -> UserError:
    """What a file that has no directory of arrays is."""
    try:
        with opened(path) as file:
            head = file.read(HEAD)
    except OSError:
        head = b""
    if head.startswith(b"PK\x03\x04"):
        return UserError("{file} is cut short: copy or download it again.", file=path.name)
    return mistaken(path.name, head) or UserError("{file} is not an .npz file, or it is cut.", file=path.name)


def _array(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, path: Path, watch: ProgressReport) -> npt.NDArray[Any]:
    try:
        with archive.open(entry) as file:
            version = np.lib.format.read_magic(file)
            shape, columns_first, dtype = _HEADERS[version](file)
            if dtype.hasobject:
                raise UserError(
                    '{file}: the array "{key}" holds Python objects, which could run a program; only numbers are read.',
                    file=path.name,
                    key=entry.filename.removesuffix(".npy"),
                )
            nbytes = math.prod(shape) * dtype.itemsize
            if min(shape, default=0) < 0 or file.tell() + nbytes != entry.file_size:
                raise ValueError("the header and the size disagree")
            flat = np.empty(nbytes, np.uint8)
            _fill(flat.data, file, watch)
            elements = flat.view(dtype)
            if dtype.kind == "U":
                "".join(elements.tolist()).encode()  # raises for what is no letter
            return elements.reshape(shape, order="F" if columns_first else "C")
    except (UserError, Cancelled, MemoryError):
        raise
    except Exception as error:  # a damaged header is parsed as Python and raises whatever Python's parser can
        raise UserError(
            '{file} is damaged: the array "{key}" cannot be read.',
            file=path.name,
            key=entry.filename.removesuffix(".npy"),
        ) from error


def _fill(target: memoryview, file: IO[bytes], watch: ProgressReport) -> None:
    done = 0
    while done < len(target):
        watch.at(done / len(target))
        block = file.read(min(_CHUNK, len(target) - done))
        if not block:
            raise EOFError
        target[done : done + len(block)] = block
        done += len(block)
    file.read(1)  # the archive's checksum is compared at its end
    watch.at(1.0)
