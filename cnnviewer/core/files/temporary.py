"""New files and folders of names that nobody uses, with the permissions that any new file gets.

`tempfile` makes private ones. To give them the usual permissions one would need the process's umask, which can only be
read by setting it, for all threads.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")
_FLAGS = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
_ATTEMPTS = 100  # a name of 32 random bits is hardly ever taken


def new_file(folder: Path, prefix: str, suffix: str) -> tuple[int, str]:
    """Make an empty file in `folder`, open for writing.

    Returns:
        Its descriptor, which is the caller's to close, and its path.

    Raises:
        OSError: it cannot be made.
    """
    return _made(folder, prefix, suffix, lambda path: os.open(path, _FLAGS, 0o666))


def new_folder(folder: Path, prefix: str, suffix: str = "") -> Path:
    """Make an empty folder in `folder`.

    Raises:
        OSError: it cannot be made.
    """
    return Path(_made(folder, prefix, suffix, os.mkdir)[1])


def _made(folder: Path, prefix: str, suffix: str, make: Callable[[str], T]) -> tuple[T, str]:
    for attempt in range(1, _ATTEMPTS + 1):
        path = os.path.join(folder, f"{prefix}{secrets.token_hex(4)}{suffix}")
        try:
            return make(path), path
        except FileExistsError:
            if attempt == _ATTEMPTS:
                raise
    raise AssertionError
