"""List, delete and restore runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from cnnviewer.core.errors import Cancelled, UserError, without_frames
from cnnviewer.core.runs.format.file_names import NOTES_FILE, RUN_FILE
from cnnviewer.core.runs.format.metrics_file import EPOCHS_FILE, STEPS_FILE
from cnnviewer.core.runs.format.snapshot_steps import FOLDER
from cnnviewer.core.runs.format.stated_names import StatedName, add_stated_names, read_stated_names
from cnnviewer.core.runs.read import library
from cnnviewer.core.runs.read.summary import RunSummary
from cnnviewer.runtime.job import JobContext

Known = dict[Path, tuple[object, RunSummary]]


@dataclass(frozen=True)
class Listing:
    """The runs of a folder.

    Attributes:
        known: every run that can be read, by its folder, with what tells whether it has changed.
        damaged: a sentence for each that cannot.
        names: what was written down of the runs' names, by their ids.

    """

    known: Known
    damaged: tuple[UserError, ...]
    names: Mapping[str, StatedName]


def list_folders(runs_dir: Path, elsewhere: tuple[Path, ...], known: Known, context: JobContext) -> Listing:
    """Look through the runs; those that have not changed since `known` are not read again.

    Raises:
        Cancelled: the result is no longer needed.
    """
    found: Known = {}
    damaged: list[UserError] = []
    for folder in (*library.run_folders(runs_dir.absolute()), *elsewhere):
        if context.cancelled():
            raise Cancelled
        stamp = _stamp(folder)
        before = known.get(folder)
        # one that says it runs may have ended without a word
        if before is not None and before[0] == stamp and before[1].info.status != "running":
            found[folder] = before
        else:
            try:
                found[folder] = (stamp, library.summary_of(folder))
            except UserError as error:
                damaged += [without_frames(error)] if library.is_run(folder) else []  # else it is gone
    return Listing(found, tuple(damaged), read_stated_names(runs_dir))


def write_names(runs_dir: Path, names: Mapping[str, StatedName], known: Set[str], _context: JobContext) -> None:
    """Write down what the names of runs state, so that they stay; of runs that are neither `known` nor deleted none.

    Where the folder cannot be written to the names are given again by the next window.
    """
    deleted = {folder.name for folder in library.deleted_runs(runs_dir)}
    with suppress(UserError):
        add_stated_names(runs_dir, names, known | deleted)


@dataclass(frozen=True)
class Deleted:
    """Runs that were put away.

    Attributes:
        folders: where they are now.
        first: what is known of the first of them; None where it cannot be read.
        problem: why the last of those that stay could not go.
        stayed: where those are.

    """

    folders: tuple[Path, ...]
    first: RunSummary | None
    problem: UserError | None
    stayed: tuple[Path, ...] = ()


def delete_runs(folders: Sequence[Path], _context: JobContext) -> Deleted:
    """Put runs away; those that cannot go stay."""
    deleted, stayed, problem = [], [], None
    for folder in folders:
        try:
            deleted.append(library.delete(folder))
        except UserError as error:
            problem = without_frames(error)
            stayed.append(folder)
    return Deleted(tuple(deleted), _summary(deleted), problem, tuple(stayed))


def restore_runs(deleted: Sequence[Path], _context: JobContext) -> tuple[tuple[Path, ...], RunSummary | None]:
    """Bring runs back: where they are again, and what is known of the first of them.

    Raises:
        UserError: one of them could not be brought back.
    """
    folders = tuple([library.restore(folder) for folder in deleted])
    return folders, _summary(folders)


def _summary(folders: Sequence[Path]) -> RunSummary | None:
    with suppress(UserError):
        return library.summary_of(folders[0]) if folders else None
    return None


def _stamp(folder: Path) -> object:
    times: list[int | None] = []
    for name in (RUN_FILE, NOTES_FILE, STEPS_FILE, EPOCHS_FILE, FOLDER):
        try:
            times.append((folder / name).stat().st_mtime_ns)
        except OSError:
            times.append(None)
    return tuple(times)
