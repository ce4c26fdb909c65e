"""Keep the folder of runs in order: what deleting left, the budget, a run that lost its folder."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from cnnviewer.core.errors import UserError
from cnnviewer.core.runs.format.info import RunInfo, read_info
from cnnviewer.core.runs.format.notes import Notes, read_notes
from cnnviewer.core.runs.read import library
from cnnviewer.core.runs.read.summary import RunSummary
from cnnviewer.core.runs.record.recorder import Recorder
from cnnviewer.runtime.job import JobContext


@dataclass(frozen=True)
class Tidied:
    """The folder of runs at launch: the newest run, None without any, and what is known of all, the newest first."""

    newest: RunSummary | None
    listed: tuple[tuple[RunInfo, Notes], ...]


def tidy_runs(runs_dir: Path, _context: JobContext) -> Tidied:
    """Remove what is left of runs deleted long ago; look which runs there are."""
    library.sweep(runs_dir)
    listed = []
    for folder in reversed(library.by_age(library.run_folders(runs_dir))):
        with suppress(UserError):
            listed.append((read_info(folder), read_notes(folder)))
    return Tidied(library.newest(runs_dir), tuple(listed))


def thin_runs(runs_dir: Path, budget: int, spared: tuple[Path, ...], _context: JobContext) -> list[UserError]:
    """Remove snapshots of old runs until all together take at most `budget` bytes; return what was done."""
    return library.keep_within(runs_dir, budget, spared)


def write_again(recording: Recorder, _context: JobContext) -> bool:
    """Write a run that is in memory only to the folder that failed; return whether it is in a folder now."""
    return recording.try_again()
