"""Whether somebody is writing a run: a lock that the system takes away from a process that ends, however it ends."""

from __future__ import annotations

import time
from pathlib import Path

from filelock import FileLock, Timeout

from cnnviewer.core.errors import UserError
from cnnviewer.core.runs.metrics_file import STEPS_FILE

_FILE = ".lock"
_PATIENCE = 2.0  # seconds: somebody who only looks holds the lock for a moment
_ALIVE = 60.0  # seconds without a word after which a run whose lock cannot be asked counts as left


def locked_by_us(folder: Path) -> FileLock:
    """The run's lock, held by this process from now on.

    Raises:
        UserError: another process, or another training of this one, is writing the run.
        OSError: the folder cannot be written to.
    """
    lock = FileLock(folder / _FILE, thread_local=False)
    try:
        lock.acquire(timeout=_PATIENCE)
    except Timeout as error:
        raise UserError("The run {folder} is being trained at the moment.", folder=folder.name) from error
    return lock


def is_written(folder: Path) -> bool:
    """Whether a process is training the run now; for a folder that cannot be locked, whether it grew lately."""
    try:
        lock = FileLock(folder / _FILE, thread_local=False)
        lock.acquire(timeout=0)
        lock.release()
    except Timeout:
        return True
    except OSError:
        return _grew_lately(folder)
    return False


def _grew_lately(folder: Path) -> bool:
    try:
        return time.time() - (folder / STEPS_FILE).stat().st_mtime < _ALIVE
    except OSError:
        return False
