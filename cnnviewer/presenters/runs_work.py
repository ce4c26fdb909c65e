"""The work behind the list of runs, each for a job."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from cnnviewer.core.errors import Cancelled, UserError
from cnnviewer.core.runs import library
from cnnviewer.core.runs.info import NOTES_FILE, RUN_FILE
from cnnviewer.core.runs.metrics_file import EPOCHS_FILE, STEPS_FILE
from cnnviewer.core.runs.moments import FOLDER
from cnnviewer.core.runs.summary import RunSummary
from cnnviewer.runtime.jobs import JobContext

Known = dict[Path, tuple[object, RunSummary]]


class Listing:
    """The work of looking through the runs; those that have not changed since the last time are not read again."""

    def __init__(self, runs_dir: Path, elsewhere: tuple[Path, ...], known: Known) -> None:
        self._runs_dir = runs_dir.absolute()
        self._elsewhere = elsewhere
        self._known = known

    def __call__(self, context: JobContext) -> Known:
        """Every run that can be read, by its folder, with what tells whether it has changed."""
        found: Known = {}
        for folder in (*library.run_folders(self._runs_dir), *self._elsewhere):
            if context.cancelled():
                raise Cancelled
            stamp = _stamp(folder)
            before = self._known.get(folder)
            # one that says it runs may have ended without a word
            if before is not None and before[0] == stamp and before[1].info.status != "running":
                found[folder] = before
            else:
                with suppress(UserError):
                    found[folder] = (stamp, library.summary_of(folder))
        return found


class Deleting:
    """The work of putting runs away."""

    def __init__(self, folders: tuple[Path, ...]) -> None:
        self._folders = folders

    def __call__(self, _context: JobContext) -> tuple[tuple[Path, ...], UserError | None]:
        """Where they are now, and why the last of those that stay could not go."""
        deleted, problem = [], None
        for folder in self._folders:
            try:
                deleted.append(library.delete(folder))
            except UserError as error:
                problem = error
        return tuple(deleted), problem


class Restoring:
    """The work of bringing runs back."""

    def __init__(self, deleted: tuple[Path, ...]) -> None:
        self._deleted = deleted

    def __call__(self, _context: JobContext) -> tuple[Path, ...]:
        """Where they are again.

        Raises:
            UserError: one of them could not be brought back.
        """
        return tuple([library.restore(folder) for folder in self._deleted])


def _stamp(folder: Path) -> object:
    times: list[int | None] = []
    for name in (RUN_FILE, NOTES_FILE, STEPS_FILE, EPOCHS_FILE, FOLDER):
        try:
            times.append((folder / name).stat().st_mtime_ns)
        except OSError:
            times.append(None)
    return tuple(times)
