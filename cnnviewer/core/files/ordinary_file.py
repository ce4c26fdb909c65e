"""Files that are read or replaced: a pipe, a device, a socket or a folder in the place of one is an error at once."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO

_MODE = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)  # opening a pipe waits for its writer


def opened(path: Path) -> BinaryIO:
    """The file, opened to be read.

    Raises:
        OSError: it cannot be opened, or it is no ordinary file.
    """
    check_ordinary(path)  # before it is opened: a device may do something then
    descriptor = os.open(path, _MODE)
    try:
        _check(os.fstat(descriptor), path)
        return os.fdopen(descriptor, "rb")
    except BaseException:
        os.close(descriptor)
        raise


def bytes_of(path: Path) -> bytes:
    """All of the file.

    Raises:
        OSError: likewise.
    """
    with opened(path) as file:
        return file.read()


def check_replaceable(path: Path) -> None:
    """Refuse a pipe, a device or a socket, also behind a link: a new file would take its place for everybody.

    Raises:
        OSError: it is one.
    """
    try:
        about = os.stat(path)
    except (OSError, ValueError):  # there is none
        return
    if not stat.S_ISDIR(about.st_mode):  # the system refuses a folder itself
        _check(about, path)


def check_ordinary(path: Path) -> None:
    """Refuse what is no ordinary file.

    Raises:
        OSError: it is none, or is not there.
    """
    _check(os.stat(path), path)


def _check(about: os.stat_result, path: Path) -> None:
    if stat.S_ISDIR(about.st_mode):
        raise IsADirectoryError(errno.EISDIR, "it is a folder", str(path))
    if not stat.S_ISREG(about.st_mode):
        raise OSError(errno.EINVAL, "it is a pipe, a device or a socket", str(path))
