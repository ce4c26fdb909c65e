"""Read a run from its folder, and what it has gained since."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from cnnviewer.core.errors import UserError, without_frames
from cnnviewer.core.models.state import ModelState
from cnnviewer.core.models.weights import load_weights
from cnnviewer.core.runs.format.file_names import WEIGHTS
from cnnviewer.core.runs.read.opened_run import OpenedRun
from cnnviewer.core.runs.record.recorder import Recorder
from cnnviewer.runtime.job import JobContext


@dataclass(frozen=True)
class Seen:
    """What reading a run again has found.

    Attributes:
        opened: the run as it is now; a new reading when another process resumed it.
        changed: whether there was anything new.
        written: whether another process trains it.
        state: the weights it was left with, when another process has trained it since the last read.

    """

    opened: OpenedRun
    changed: bool
    written: bool
    state: ModelState | None

    @property
    def left_at(self) -> int | None:
        """Steps trained at its checkpoint; None where that was not read."""
        return int(self.state.provenance["step"]) if self.state is not None else None


def refresh_run(
    opened: OpenedRun, recording: Recorder | None, trained_here: bool, was_written: bool, _context: JobContext
) -> Seen:
    """Read what the run shown has gained.

    Args:
        opened: the run.
        recording: where it was trained by this program, if it was.
        trained_here: whether it is being trained here.
        was_written: whether another process trained it at the last read.

    Raises:
        UserError: the folder cannot be read.
    """
    resumed = opened.info.resumed
    now = opened.refreshed()
    if trained_here:
        return Seen(now, now is not opened, False, None)
    if recording is not None:
        if now.info.resumed == recording.info.resumed:
            return Seen(now, now is not opened, False, None)
        now = OpenedRun.read(now.folder)  # trained here before, and now by another process
    written = now.written_now
    state = None
    gone_on_with = not now.is_same(opened) or now.info.resumed != resumed
    if (was_written or gone_on_with) and not written:
        now = now.refreshed()  # what it wrote last
        with suppress(UserError):
            state = now.checkpoint().state
    return Seen(now, now is not opened, written, state)


@dataclass(frozen=True)
class ReadRun:
    """A run read from its folder.

    Attributes:
        opened: the run.
        state: its newest weights; None where none can be read.
        problem: why its checkpoint cannot be used.
        written: whether another process trains it.

    """

    opened: OpenedRun
    state: ModelState | None
    problem: UserError | None
    written: bool

    @property
    def left_at(self) -> int | None:
        """Steps trained at its checkpoint; None where that cannot be used."""
        return int(self.state.provenance["step"]) if self.state is not None and self.problem is None else None


def read_run(folder: Path) -> ReadRun:
    """A run, its newest weights or why there are none, and whether it is being trained.

    Raises:
        UserError: it is no run, or damaged.
    """
    opened = OpenedRun.read(folder)
    try:
        return ReadRun(opened, opened.checkpoint().state, None, opened.written_now)
    except UserError as error:
        problem = without_frames(error)
    try:
        return ReadRun(opened, load_weights(folder / WEIGHTS), problem, opened.written_now)
    except UserError:
        return ReadRun(opened, None, problem, opened.written_now)
