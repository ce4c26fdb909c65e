"""Stores of a run's files: a folder, or memory where there is no folder."""

from __future__ import annotations

import errno
import os
from collections.abc import Mapping
from contextlib import suppress
from io import FileIO
from pathlib import Path
from typing import Protocol

from cnnviewer.core.errors import UserError
from cnnviewer.core.files.atomic import why_not_written, write_atomically
from cnnviewer.core.files.ordinary_file import bytes_of, check_ordinary
from cnnviewer.core.files.renaming import replace_file
from cnnviewer.core.runs.format.snapshot_steps import FOLDER
from cnnviewer.core.runs.record.disk_room import DiskRoom, with_room


class RunStore(Protocol):
    """Takes files by their name within the run. OSError or UserError when it cannot."""

    def write(self, name: str, data: bytes, durable: bool = True) -> None:
        """Put a file in place of the old one, wholly or not at all."""

    def append(self, name: str, data: bytes) -> None:
        """Add to the end of a file."""

    def sync(self) -> None:
        """Return when everything appended is fsynced."""

    def close(self) -> None:
        """Close the store."""


class FolderStore:
    """A folder on disk. One writer. On a full disk it deletes snapshots of the run to store more important files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.room = DiskRoom(folder)
        self._open: dict[str, FileIO] = {}

    def write(self, name: str, data: bytes, durable: bool = True) -> None:
        """See `RunStore`. No space is freed for files that need not be durable."""
        if durable:
            with_room(self.room, len(data), lambda: write_atomically(self.folder / name, data))
        else:
            self._write_quickly(name, data)

    def append(self, name: str, data: bytes) -> None:
        """Append all of it or nothing; fails for a deleted folder, although the open file would accept more."""
        with_room(self.room, len(data), lambda: self._append(name, data))

    def sync(self) -> None:
        """See `RunStore`."""
        try:
            for file in self._open.values():
                os.fsync(file.fileno())
        except OSError as error:
            raise why_not_written(error, self.folder) from error

    def cut(self, name: str, length: int) -> None:
        """Make a file that grows end after `length` bytes."""
        os.truncate(self.folder / name, length)

    def close(self) -> None:
        """See `RunStore`."""
        for file in self._open.values():
            with suppress(OSError):
                file.close()
        self._open.clear()

    def _write_quickly(self, name: str, data: bytes) -> None:
        folder, _, last = name.rpartition("/")
        path, part = f"{self.folder}/{name}", f"{self.folder}/{folder}/.{last}.part"
        try:  # hundreds of snapshots per minute: as few system calls as possible
            with FileIO(part, "w") as file:
                _write_all(file, data)
            replace_file(part, path)
        except (OSError, UserError) as error:
            with suppress(OSError):
                os.unlink(part)
            raise why_not_written(error, Path(path)) if isinstance(error, OSError) else error from error

    def _append(self, name: str, data: bytes) -> None:
        path = self.folder / name
        try:
            file = self._open.get(name)
            if file is None:
                check_ordinary(path)
                file = self._open[name] = path.open("ab", buffering=0)
            elif os.stat(path).st_ino != os.fstat(file.fileno()).st_ino:
                raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
            length = os.fstat(file.fileno()).st_size
            try:
                _write_all(file, data)
            except OSError:
                with suppress(OSError):
                    os.ftruncate(file.fileno(), length)
                raise
        except OSError as error:
            raise why_not_written(error, path) from error


def _write_all(file: FileIO, data: bytes) -> None:
    written = file.write(data)
    while written < len(data):  # a full disk accepts a part, then refuses the rest
        written += file.write(data[written:])


class MemoryStore:
    """Keeps files in memory, snapshots within a limit; appended rows are in the log anyway.

    Attributes:
        files: by name.

    """

    def __init__(self, limit: int = 120 * 2**20) -> None:
        self.files: dict[str, bytes] = {}
        self._limit = limit

    def write(self, name: str, data: bytes, durable: bool = True) -> None:
        """See `RunStore`."""
        self.files[name] = data
        self.limit_snapshots()

    def limit_snapshots(self) -> None:
        """When the snapshots exceed the limit, drop every other one."""
        snapshots = sorted(key for key in self.files if key.startswith(FOLDER))
        if sum(len(self.files[key]) for key in snapshots) > self._limit:
            for key in snapshots[1:-1:2]:
                del self.files[key]

    def append(self, name: str, data: bytes) -> None:
        """See `RunStore`."""

    def sync(self) -> None:
        """See `RunStore`."""

    def close(self) -> None:
        """See `RunStore`."""


def in_memory(files: Mapping[str, bytes | Path]) -> dict[str, bytes]:
    """Files given or to be copied, read; without those that cannot be."""
    read: dict[str, bytes] = {}
    for name, content in files.items():
        with suppress(OSError):
            read[name] = content if isinstance(content, bytes) else bytes_of(content)
    return read


def unrecorded(reason: UserError) -> UserError:
    """The error for the user when a run folder can no longer be written."""
    return UserError(
        "The run is no longer recorded on disk: {reason} The training continues, and the run stays in memory: "
        "save it elsewhere to keep it.",
        reason=reason,
    )
