"""Where a run's files go: a folder, or memory when a folder cannot be had."""

from __future__ import annotations

import errno
import os
from collections.abc import Mapping
from contextlib import suppress
from io import FileIO
from pathlib import Path
from typing import Protocol

from cnnviewer.core.errors import UserError
from cnnviewer.core.export.atomic import why_not_written, write_atomically
from cnnviewer.core.runs.moments import FOLDER


class Store(Protocol):
    """Takes files by their name within the run. OSError or UserError when it cannot."""

    def write(self, name: str, data: bytes, durable: bool = True) -> None:
        """Put a file in place of the old one, wholly or not at all."""

    def append(self, name: str, data: bytes) -> None:
        """Add to the end of a file."""

    def sync(self) -> None:
        """Come back when the disk holds all that was appended."""

    def close(self) -> None:
        """Nothing more will come."""


class FolderStore:
    """A folder on disk. One writer."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._open: dict[str, FileIO] = {}

    def write(self, name: str, data: bytes, durable: bool = True) -> None:
        """See `Store`."""
        if durable:
            write_atomically(self.folder / name, data)
            return
        folder, _, last = name.rpartition("/")
        path, part = f"{self.folder}/{name}", f"{self.folder}/{folder}/.{last}.part"
        try:  # hundreds of moments a minute: no more calls than it takes
            with FileIO(part, "w") as file:
                _write_all(file, data)
            os.replace(part, path)
        except OSError as error:
            with suppress(OSError):
                os.unlink(part)
            raise why_not_written(error, Path(path)) from error

    def append(self, name: str, data: bytes) -> None:
        """See `Store`. A folder that was deleted is noticed, though the open file would take more."""
        path = self.folder / name
        try:
            file = self._open.get(name)
            if file is None:
                if not path.exists():
                    raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
                file = self._open[name] = path.open("ab", buffering=0)
            elif os.stat(path).st_ino != os.fstat(file.fileno()).st_ino:
                raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
            _write_all(file, data)
        except OSError as error:
            raise why_not_written(error, path) from error

    def sync(self) -> None:
        """See `Store`."""
        try:
            for file in self._open.values():
                os.fsync(file.fileno())
        except OSError as error:
            raise why_not_written(error, self.folder) from error

    def close(self) -> None:
        """See `Store`."""
        for file in self._open.values():
            with suppress(OSError):
                file.close()
        self._open.clear()


def _write_all(file: FileIO, data: bytes) -> None:
    written = file.write(data)
    while written < len(data):  # a full disk takes a part, then refuses the rest
        written += file.write(data[written:])


class MemoryStore:
    """Keeps files in memory, moments within a limit; what is appended is in the log anyway.

    Attributes:
        files: by name.

    """

    def __init__(self, limit: int = 120 * 2**20) -> None:
        self.files: dict[str, bytes] = {}
        self._limit = limit

    def write(self, name: str, data: bytes, durable: bool = True) -> None:
        """See `Store`. When the moments outgrow the limit, every other one goes."""
        self.files[name] = data
        moments = sorted(key for key in self.files if key.startswith(FOLDER))
        if sum(len(self.files[key]) for key in moments) > self._limit:
            for key in moments[1:-1:2]:
                del self.files[key]

    def append(self, name: str, data: bytes) -> None:
        """See `Store`."""

    def sync(self) -> None:
        """See `Store`."""

    def close(self) -> None:
        """See `Store`."""


def in_memory(files: Mapping[str, bytes | Path]) -> dict[str, bytes]:
    """Files given or to be copied, read; without those that cannot be."""
    read: dict[str, bytes] = {}
    for name, content in files.items():
        with suppress(OSError):
            read[name] = content if isinstance(content, bytes) else content.read_bytes()
    return read


def unrecorded(reason: UserError) -> UserError:
    """What a person is told when a run's folder can no longer be written to."""
    return UserError(
        "The run is no longer recorded on disk: {reason} The training goes on, and the run stays in memory: save it "
        "elsewhere to keep it.",
        reason=reason,
    )
