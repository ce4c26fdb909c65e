"""The folder of all runs: listed, renamed, deleted with a way back, kept within a budget. Free of torch."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from cnnviewer.core.errors import UserError
from cnnviewer.core.export.atomic import write_atomically
from cnnviewer.core.runs import metrics_file
from cnnviewer.core.runs.info import NOTES_FILE, RUN_FILE, Mark, Notes, read_info, read_notes
from cnnviewer.core.runs.lock import is_written
from cnnviewer.core.runs.moments import file_name, kept_steps
from cnnviewer.core.runs.summary import RunSummary, State, in_bytes

BUDGET = 2 * 2**30
"""Bytes that all runs together may take, unless set otherwise."""
_TRASH = ".trash"
_KEPT_DELETED = 7 * 24 * 3600.0  # seconds


def list_runs(runs_dir: Path, cancelled: Callable[[], bool] = lambda: False) -> list[RunSummary]:
    """Every run in `runs_dir`, the newest first; what is no run or damaged is left out."""
    runs = []
    for folder in run_folders(runs_dir):
        if cancelled():
            break
        with suppress(UserError):
            runs.append(summary_of(folder))
    return sorted(runs, key=lambda run: (run.info.created, run.info.id), reverse=True)


def newest(runs_dir: Path) -> RunSummary | None:
    """The run that was begun last; None without any."""
    found = [(read_info_or_none(folder) or "", folder.name, folder) for folder in run_folders(runs_dir)]
    whole = [entry for entry in found if entry[0]]
    return summary_of(max(whole)[2]) if whole else None


def copy(folder: Path, parent: Path) -> Path:
    """A run once more in another folder, also while it is being written.

    Returns:
        The copy.

    Raises:
        UserError: it is there already, or cannot be written.
    """
    target, new = parent / folder.name, parent / f".{folder.name}.new"
    try:
        if target.exists():
            raise FileExistsError(17, "a run of that name exists")
        if new.exists():
            shutil.rmtree(new)
        new.mkdir(parents=True)
        for path in sorted(folder.glob("*.safetensors")):  # first: a checkpoint never stands ahead of its metrics
            shutil.copy2(path, new)
        shutil.copytree(folder, new, ignore=shutil.ignore_patterns(".*"), copy_function=_copy_once, dirs_exist_ok=True)
        new.rename(target)
    except (OSError, shutil.Error) as error:
        raise UserError(
            "The run cannot be saved in {folder}: {reason}.",
            folder=parent,
            reason=error.strerror or error if isinstance(error, OSError) else error,
        ) from error
    return target


def summary_of(folder: Path) -> RunSummary:
    """One run's line.

    Raises:
        UserError: it is no run, or damaged.
    """
    info = read_info(folder)
    epochs, _ = metrics_file.read_epochs(folder)
    validated = float(epochs[-1, 5]) if len(epochs) else None
    accuracy = validated
    if info.result is not None:
        accuracy = float(info.result["accuracy"])
    state: State = info.status
    if state == "running" and not is_written(folder):
        state = "interrupted"
    return RunSummary(
        folder,
        info,
        read_notes(folder),
        state,
        len(epochs),
        metrics_file.last_step(folder),
        accuracy,
        info.result is not None,
        size_of(folder),
        len(kept_steps(folder)),
        validated,
        float(epochs[-1, 6]) if len(epochs) else 0.0,
    )


def find_run(runs_dir: Path, name: str) -> Path:
    """The folder of the run called `name`: a path, an id, the beginning of one, a person's name, or `last`.

    Raises:
        UserError: there is none, or more than one.
    """
    if name and _is_run(Path(name)):
        return Path(name)
    return _called(run_folders(runs_dir), name, runs_dir)


def find_deleted(runs_dir: Path, name: str) -> Path:
    """The same among the deleted runs; `last` is the one that was deleted last.

    Raises:
        UserError: there is none, or more than one.
    """
    folders = deleted_runs(runs_dir)
    if name == "last" and folders:
        return folders[0]
    return _called(folders, name, runs_dir / _TRASH)


def deleted_runs(runs_dir: Path) -> list[Path]:
    """Where the runs are that `restore` can bring back, the last deleted first."""
    return sorted(run_folders(runs_dir / _TRASH), key=_modified, reverse=True)


def _called(folders: list[Path], name: str, where: Path) -> Path:
    if not folders:
        raise UserError("There are no runs in {folder}.", folder=where)
    if name == "last":
        return max(folders, key=lambda folder: (read_info_or_none(folder) or "", len(folder.name), folder.name))
    exact = [folder for folder in folders if folder.name == name or read_notes(folder).name == name]
    found = exact or [folder for folder in folders if name and folder.name.startswith(name)]
    if not found:
        raise UserError("There is no run called {name} in {folder}.", name=name or '""', folder=where)
    if len(found) > 1:
        raise UserError("{count} runs are called {name}: give more of the name.", count=len(found), name=name)
    return found[0]


def _is_run(path: Path) -> bool:
    try:
        return (path / RUN_FILE).is_file()
    except (OSError, ValueError):  # a name that no file can have
        return False


def _modified(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def read_info_or_none(folder: Path) -> str | None:
    """When the run was created, None for a damaged one."""
    try:
        return read_info(folder).created
    except UserError:
        return None


def write_notes(folder: Path, notes: Notes) -> None:
    """Keep a person's words about a run.

    Raises:
        UserError: the folder cannot be written to.
    """
    write_atomically(folder / NOTES_FILE, notes.to_json())


def add_mark(folder: Path, mark: Mark) -> Notes:
    """Mark a moment of a run; a second mark on the same step takes the place of the first.

    Raises:
        UserError: the folder cannot be written to.
    """
    notes = read_notes(folder)
    marks = sorted([*(old for old in notes.marks if old.step != mark.step), mark], key=lambda each: each.step)
    notes = replace(notes, marks=tuple(marks))
    write_notes(folder, notes)
    return notes


def delete(folder: Path) -> Path:
    """Put a run away; `restore` brings it back until the program has been started again after a week.

    Returns:
        Where it is now.

    Raises:
        UserError: it is being trained, or cannot be moved.
    """
    if is_written(folder):
        raise UserError("The run {folder} is being trained at the moment: stop it first.", folder=folder.name)
    target = folder.parent / _TRASH / folder.name
    try:
        target.parent.mkdir(exist_ok=True)
        if target.exists():
            shutil.rmtree(target)
        folder.rename(target)
        os.utime(target)
    except OSError as error:
        raise UserError(
            "The run {folder} could not be deleted: {reason}.", folder=folder.name, reason=error.strerror or error
        ) from error
    return target


def restore(deleted: Path) -> Path:
    """Undo `delete`: the run's folder again.

    Raises:
        UserError: it is no longer there, or another run has taken its place.
    """
    target = deleted.parent.parent / deleted.name
    try:
        if target.exists():
            raise FileExistsError(17, "a run of that name exists")
        deleted.rename(target)
    except OSError as error:
        raise UserError(
            "The run {folder} could not be brought back: {reason}.",
            folder=deleted.name,
            reason=error.strerror or error,
        ) from error
    return target


def sweep(runs_dir: Path) -> None:
    """Remove what deleted runs and crashes have left: at the program's start."""
    old = time.time() - _KEPT_DELETED
    for leftover in (*runs_dir.glob(f"{_TRASH}/*"), *runs_dir.glob(".*.new")):
        with suppress(OSError):
            if leftover.stat().st_mtime < old:
                shutil.rmtree(leftover)


def keep_within(runs_dir: Path, budget: int = BUDGET, spared: tuple[Path, ...] = ()) -> list[UserError]:
    """Thin the moments of the oldest runs, every other one at a time, until all runs together fit the budget.

    Ends of epochs, the first moment, the last one and marked ones stay. Runs being trained and `spared` ones are left
    alone.

    Returns:
        What was done, a sentence a run; at last that the budget is not reached, when even that did not do.
    """
    folders = [folder for folder in run_folders(runs_dir) if read_info_or_none(folder) is not None]
    sizes = {folder: size_of(folder) for folder in folders}
    too_much = sum(sizes.values()) - budget
    told = []
    for folder in sorted(folders, key=lambda each: read_info_or_none(each) or ""):
        if too_much <= 0:
            break
        if folder in spared or is_written(folder):
            continue
        before = len(kept_steps(folder))
        freed = _thin(folder, too_much)
        if freed:
            too_much -= freed
            told.append(
                UserError(
                    "To stay within {budget}, {count} of the {all} moments of the run {run} were let go.",
                    budget=in_bytes(budget),
                    count=before - len(kept_steps(folder)),
                    all=before,
                    run=read_notes(folder).name or folder.name,
                )
            )
    if too_much > 0:
        told.append(
            UserError(
                "The runs take {size}, more than the {budget} set for them: delete some.",
                size=in_bytes(budget + too_much),
                budget=in_bytes(budget),
            )
        )
    return told


def size_of(folder: Path) -> int:
    """Bytes of all its files."""
    total = 0
    for where, _, names in os.walk(folder):
        for name in names:
            with suppress(OSError):
                total += os.lstat(os.path.join(where, name)).st_size
    return total


def _copy_once(source: str, target: str) -> None:
    if not os.path.exists(target):
        shutil.copy2(source, target)


def _thin(folder: Path, wanted: int) -> int:
    """Let moments go until `wanted` bytes are freed or only those are left that stay; the bytes freed."""
    epochs, _ = metrics_file.read_epochs(folder)
    steps = kept_steps(folder)
    stay = {int(step) for step in epochs[:, 1]} | {mark.step for mark in read_notes(folder).marks} | {*steps[:1]}
    stay |= {*steps[-1:]}
    freed = 0
    while freed < wanted:
        going = [step for step in kept_steps(folder) if step not in stay][::2]
        if not going:
            break
        for step in going:
            path = folder / file_name(step)
            with suppress(OSError):
                size = path.stat().st_size
                path.unlink()
                freed += size
            if freed >= wanted:
                break
    return freed


def run_folders(runs_dir: Path) -> list[Path]:
    """The folders in `runs_dir` that are runs, damaged ones too, in no order."""
    try:
        return [path for path in runs_dir.iterdir() if not path.name.startswith(".") and (path / RUN_FILE).is_file()]
    except OSError:
        return []
