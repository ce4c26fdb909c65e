"""Thins snapshots, every other one at a time, to free disk space. Free of torch."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from cnnviewer.core.runs.format import metrics_file
from cnnviewer.core.runs.format.notes import read_notes
from cnnviewer.core.runs.format.snapshot_steps import FOLDER, file_name, kept_steps


def thin(folder: Path, needed: int, ends_stay: bool = True) -> int:
    """Remove snapshots of the run in `folder` until `needed` bytes are freed; return the bytes freed.

    The first, the last and marked snapshots always stay, ends of epochs unless `ends_stay` is False. A `moments`
    folder that is a symbolic link leads to files that are not the run's own: nothing is removed there.
    """
    steps = kept_steps(folder)
    if not steps or (folder / FOLDER).is_symlink():
        return 0
    stay = {steps[0], steps[-1], *(mark.step for mark in read_notes(folder).marks)}
    ends = {int(step) for step in metrics_file.read_epochs(folder)[0][:, 1]}
    freed = _thin(folder, needed, stay | ends)
    if freed < needed and not ends_stay:
        freed += _thin(folder, needed - freed, stay)
    return freed


def _thin(folder: Path, needed: int, stay: set[int]) -> int:
    freed = 0
    while freed < needed:
        going = [step for step in kept_steps(folder) if step not in stay][::2]
        before = freed
        for step in going:
            path = folder / file_name(step)
            with suppress(OSError):
                size = path.lstat().st_size
                path.unlink()
                freed += size
            if freed >= needed:
                break
        if freed == before:  # none is left, or none can be removed
            break
    return freed
