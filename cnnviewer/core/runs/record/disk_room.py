"""Free space on a full disk: what a run needs to resume comes before its snapshots, which are only shown."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from cnnviewer.core.error_text import is_full
from cnnviewer.core.runs.format.thinning import thin

_AMPLE = 2**18  # minimum bytes to free: a checkpoint and some seconds of metrics
_PAUSE = 30.0  # seconds until snapshots are deleted again, where another program took the space


class DiskRoom:
    """Deletes snapshots of one run when its disk is full.

    Attributes:
        freed: bytes, in all.

    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._next = 0.0
        self.freed = 0

    def make(self, needed: int) -> bool:
        """Free at least `needed` bytes, as far as there are snapshots; return whether any were freed."""
        if time.monotonic() < self._next:
            return False
        freed = thin(self._folder, max(2 * needed, _AMPLE), ends_stay=False)
        self.freed += freed
        return freed > 0

    def was_taken(self) -> None:
        """Freeing did not help, because another program fills the disk: keep the remaining snapshots for a while."""
        self._next = time.monotonic() + _PAUSE

    def hurry(self) -> None:
        """The run ends: do not pause between deletions."""
        self._next = 0.0


def with_room(room: DiskRoom, needed: int, work: Callable[[], None]) -> None:
    """Do `work`, which writes `needed` bytes or nothing; on a full disk, free space and try once more.

    Raises:
        OSError, UserError: as `work` does.
    """
    try:
        work()
    except Exception as error:
        if not is_full(error) or not room.make(needed):
            raise
        try:
            work()
        except Exception:
            room.was_taken()
            raise
