"""Ways for a process to end by `kill -9`: at any time, before any change to the disk, or half-way through a write."""

from __future__ import annotations

import os
import signal
import sys
from dataclasses import dataclass
from io import FileIO
from typing import Literal

from cnnviewer.core.files import atomic
from cnnviewer.core.runs.record import recorder as recording
from cnnviewer.core.runs.record import run_store as store

Way = Literal["none", "instant", "change", "half a line", "half a file"]
_CHANGES = frozenset({"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.chmod", "os.truncate", "shutil.rmtree"})


class Wrong(Exception):  # noqa: N818 - a finding
    """What must not be."""


@dataclass(frozen=True)
class Fault:
    """How and when a process ends.

    Attributes:
        way: none at all; at an `instant`, by its parent; before a `change` to the disk; half-way through appending to a
            CSV file or its binary copy or through a snapshot, or through a file that replaces another.
        count: of changes or writes until then.
        share: of the write that is done, 0..1.
        seconds: until the instant.
        dense: whether numbers and checkpoints are written many times a second.

    """

    way: Way = "none"
    count: int = 0
    share: float = 0.5
    seconds: float = 0.0
    dense: bool = False


def end() -> None:
    """This process is no more."""
    os.kill(os.getpid(), signal.SIGKILL)


def arm(fault: Fault) -> None:
    """Have this process end as planned."""
    if fault.dense:
        recording.FLUSH_INTERVAL = 0.01
        recording._CHECKPOINT_SMALL = recording._CHECKPOINT_LARGE = 0.05
    if fault.way == "change":
        _end_before_change(fault.count)
    elif fault.way == "half a line":
        _end_within_append(fault)
    elif fault.way == "half a file":
        _end_within_file(fault)


def _end_before_change(count: int) -> None:
    left = count

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal left
        opens = event == "open" and isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR)
        if opens or event in _CHANGES:
            left -= 1
            if left < 0:
                end()

    sys.addaudithook(hook)


def _end_within_append(fault: Fault) -> None:
    left = fault.count
    write_all = store._write_all

    def half(file: FileIO, data: bytes) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            write_all(file, data[: int(fault.share * len(data))])
            end()
        write_all(file, data)

    store._write_all = half


def _end_within_file(fault: Fault) -> None:
    left = fault.count
    fdopen = os.fdopen

    class Half:
        """The file that is half written."""

        def __init__(self, handle: int) -> None:
            self._file = fdopen(handle, "wb", 0)

        def __enter__(self) -> Half:
            return self

        def __exit__(self, *_: object) -> None:
            self._file.close()

        def write(self, data: bytes) -> None:
            self._file.write(data[: int(fault.share * len(data))])
            end()

    def opened(handle: int, mode: str) -> object:
        nonlocal left
        left -= 1
        return Half(handle) if left < 0 else fdopen(handle, mode)

    atomic.os = _Os(opened)  # type: ignore[attr-defined]


class _Os:
    """The module `os` with another `fdopen`."""

    def __init__(self, fdopen: object) -> None:
        self.fdopen = fdopen

    def __getattr__(self, name: str) -> object:
        return getattr(os, name)
