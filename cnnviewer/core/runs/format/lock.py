"""Whether a process is writing a run: a file lock that the system releases whenever a process ends."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from filelock import FileLock, Timeout

from cnnviewer.core.errors import UserError
from cnnviewer.core.files.ordinary_file import opened
from cnnviewer.core.runs.format.metrics_file import STEPS_FILE

_FILE = ".lock"
_PATIENCE = 2.0  # seconds: a process that only checks the lock holds it briefly
_BRIEFLY = 0.1  # seconds: on Windows two that ask at the same time would take each other for a training
_ALIVE = 60.0  # seconds without writing after which a run whose lock cannot be checked counts as interrupted


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
        raise UserError("The run {folder} is currently being trained.", folder=folder.name) from error
    return lock


def is_written(folder: Path) -> bool:
    """Whether a process is training the run now; for a folder that cannot be locked, whether it grew lately.

    Many may ask at the same time: none takes another one for a training.
    """
    try:
        if sys.platform == "win32":
            with FileLock(folder / _FILE, thread_local=False).acquire(_BRIEFLY, poll_interval=_BRIEFLY / 20):
                pass
        else:
            import fcntl

            with opened(folder / _FILE) as file:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False  # the training process has created it
    except (Timeout, BlockingIOError):
        return True
    except OSError:  # the file system has no locks
        return _grew_lately(folder)
    return False


def _grew_lately(folder: Path) -> bool:
    try:
        return time.time() - (folder / STEPS_FILE).stat().st_mtime < _ALIVE
    except OSError:
        return False
