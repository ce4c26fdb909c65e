"""Snapshots that the disk refused wait in memory: they are only shown, so the folder stays in use."""

from __future__ import annotations

from typing import Final

from cnnviewer.core.error_text import is_full, system_reason
from cnnviewer.core.errors import UserError
from cnnviewer.core.runs.record.run_store import FolderStore, MemoryStore

_MOST: Final = 2**25  # bytes


class WaitingSnapshots(MemoryStore):
    """Waiting snapshots of a run whose folder is writable otherwise; `files` maps names to bytes."""

    def __init__(self) -> None:
        super().__init__(_MOST)

    def write_to(self, folder: FolderStore, last: bool = False) -> UserError | None:
        """Write those that wait, up to the first that the disk does not take; the `last` time room is made for them.

        Returns:
            What to tell the user, where some wait still.
        """
        for name in sorted(self.files):
            data = self.files[name]
            try:
                folder.write(name, data, durable=False)
            except (OSError, UserError) as error:
                if not (last and is_full(error) and folder.room.make(len(data)) and _written(folder, name, data)):
                    self.limit_snapshots()
                    return _why(error)
            del self.files[name]
        return None


def _written(folder: FolderStore, name: str, data: bytes) -> bool:
    try:
        folder.write(name, data, durable=False)
    except (OSError, UserError):
        return False
    return True


def _why(error: OSError | UserError) -> UserError:
    if is_full(error):
        return UserError(
            "The disk is full: snapshots of the run are deleted to make room for its metrics, checkpoint and weights."
        )
    reason = error if isinstance(error, UserError) else UserError("{reason}.", reason=system_reason(error))
    return UserError("Snapshots of the run wait in memory: {reason}", reason=reason)
