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
    """Whether a process is training the run now; for a folder that cannot be locked, whether it grew lately."""
    try:
        lock = FileLock(folder / _FILE, thread_local=False)
        lock.acquire(timeout=0)
        lock.release()
    except Timeout:
        return True
    except OSError:
        return _is_locked_by_another(folder)
    return False


def _is_locked_by_another(folder: Path) -> bool:
    """The same for a folder that may not be written to: a copy of a run is not being trained, however new it is."""
    if sys.platform != "win32":
        import fcntl

        try:
            with opened(folder / _FILE) as file:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            return False
        except FileNotFoundError:
            return False  # the training process has created it
        except BlockingIOError:
            return True
        except OSError:
            pass  # the file system has no locks
    return _grew_lately(folder)


def _grew_lately(folder: Path) -> bool:
    try:
        return time.time() - (folder / STEPS_FILE).stat().st_mtime < _ALIVE
    except OSError:
        return False
