"""The folder of all runs: list, rename, delete and restore, keep within a budget. Free of torch."""

from __future__ import annotations

import itertools
import math
import os
import shutil
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from cnnviewer.core.error_text import system_reason
from cnnviewer.core.errors import UserError
from cnnviewer.core.files.ordinary_file import check_ordinary
from cnnviewer.core.files.renaming import rename
from cnnviewer.core.plain_text import as_text
from cnnviewer.core.runs.format import metrics_file
from cnnviewer.core.runs.format.created import order
from cnnviewer.core.runs.format.file_names import RUN_FILE
from cnnviewer.core.runs.format.info import read_info
from cnnviewer.core.runs.format.lock import is_written
from cnnviewer.core.runs.format.notes import read_notes
from cnnviewer.core.runs.format.snapshot_steps import kept_steps
from cnnviewer.core.runs.format.thinning import thin
from cnnviewer.core.runs.read.summary import RunSummary, State, in_bytes

BUDGET = 2 * 2**30
"""Bytes that all runs together may take, unless set otherwise."""
_TRASH = ".trash"
_OF_SYSTEMS = frozenset({"lost+found", "system volume information", "$recycle.bin"})  # folders that nobody may read
_KEPT_DELETED = 7 * 24 * 3600.0  # seconds


def list_runs(runs_dir: Path, cancelled: Callable[[], bool] = lambda: False) -> list[RunSummary]:
    """Every run in `runs_dir`, the newest first; what is no run or damaged is left out."""
    runs = []
    for folder in run_folders(runs_dir):
        if cancelled():
            break
        with suppress(UserError):
            runs.append(summary_of(folder))
    return sorted(runs, key=lambda run: order(run.info), reverse=True)


def newest(runs_dir: Path) -> RunSummary | None:
    """The run started last; None without any."""
    folders = by_age(run_folders(runs_dir))
    return summary_of(folders[-1]) if folders else None


def copy(folder: Path, parent: Path) -> Path:
    """Copy a run to another folder, also while it is being written.

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
        for path in sorted(folder.glob("*.safetensors")):  # first: a checkpoint must never be ahead of its metrics
            _copy_once(str(path), str(new / path.name))
        shutil.copytree(folder, new, ignore=_not_copied, copy_function=_copy_once, dirs_exist_ok=True)
        rename(new, target)
    except (OSError, shutil.Error) as error:
        raise UserError(
            "The run cannot be saved in {folder}: {reason}.",
            folder=parent,
            reason=system_reason(error),
        ) from error
    return target


def summary_of(folder: Path) -> RunSummary:
    """One run's line.

    Raises:
        UserError: it is no run, or damaged.
    """
    info = read_info(folder)
    epochs, _ = metrics_file.read_epochs(folder)
    step, seconds = metrics_file.progress(folder)
    # a model whose loss is not finite has no meaningful accuracy
    validated = float(epochs[-1, 5]) if len(epochs) and math.isfinite(epochs[-1, 4]) else None
    accuracy = validated
    if info.result is not None:
        accuracy = float(info.result["accuracy"]) if math.isfinite(info.result["loss"]) else None
    state: State = info.status
    if state == "running" and not is_written(folder):
        state = "interrupted"
    return RunSummary(
        folder,
        info,
        read_notes(folder),
        state,
        len(epochs),
        step,
        accuracy,
        info.result is not None,
        size_of(folder),
        len(kept_steps(folder)),
        validated,
        max(seconds, float(epochs[-1, 6]) if len(epochs) else 0.0),
    )


def find_run(runs_dir: Path, name: str) -> Path:
    """The folder of the run called `name`: a path, an id, the beginning of one, the user's name for it, or `last`.

    Raises:
        UserError: there is none, or more than one.
    """
    if name and is_run(Path(name)):
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
    name = as_text(name)  # in a terminal of another encoding the words are bytes
    if not folders:
        raise UserError("There are no runs in {folder}.", folder=where)
    if name == "last":
        whole = by_age(folders)
        return whole[-1] if whole else max(folders, key=_modified)
    if not name:  # which a run without a name has too
        raise UserError("There is no run called {name} in {folder}.", name='""', folder=where)
    words = {folder: (as_text(folder.name), read_notes(folder).name) for folder in folders}
    exact = [folder for folder in folders if name in words[folder]]
    found = exact or [folder for folder in folders if any(word.startswith(name) for word in words[folder])]
    if not found:  # a folder that was renamed is still known by what it was called
        found = [folder for folder in by_age(folders) if read_info(folder).id == name]
    if not found:
        raise UserError("There is no run called {name} in {folder}.", name=name, folder=where)
    if len(found) > 1:
        raise UserError(
            "{count:run|runs} are called {name}: name the folder of one, {folders}.",
            count=len(found),
            name=name,
            folders=", ".join([as_text(folder.name) for folder in found[:5]] + ["…"] * (len(found) > 5)),
        )
    return found[0]


def is_run(path: Path) -> bool:
    """Whether the folder `path` holds a `run.json`, whatever that is: a pipe or a broken link makes it a damaged run.

    A folder that may not be looked into counts: it is named, not passed over.
    """
    try:
        os.lstat(path / RUN_FILE)
        return True
    except (FileNotFoundError, NotADirectoryError):
        return False
    except PermissionError:
        return path.name.lower() not in _OF_SYSTEMS
    except (OSError, ValueError):  # a name that no file can have
        return False


def _modified(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def by_age(folders: Iterable[Path]) -> list[Path]:
    """The folders whose description can be read, the oldest run first; a run is newer than its copies."""
    found = []
    for folder in folders:
        with suppress(UserError):
            info = read_info(folder)
            found.append((order(info), folder.name == info.id, folder.name, folder))
    return [folder for *_, folder in sorted(found)]


def delete(folder: Path) -> Path:
    """Delete a run; `restore` can undo that until the first start of the program after a week.

    Returns:
        Where it is now: under another name where a run of its name was deleted before.

    Raises:
        UserError: it is being trained, or cannot be moved.
    """
    if is_written(folder):
        raise UserError("The run {folder} is currently being trained: stop it first.", folder=folder.name)
    trash = folder.parent / _TRASH
    names = (folder.name if number == 1 else f"{folder.name}_{number}" for number in itertools.count(1))
    try:
        trash.mkdir(exist_ok=True)
        target = next(path for path in map(trash.joinpath, names) if not os.path.lexists(path))
        rename(folder, target)
        os.utime(target)
    except OSError as error:
        raise UserError(
            "The run {folder} could not be deleted: {reason}.", folder=folder.name, reason=system_reason(error)
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
        rename(deleted, target)
    except OSError as error:
        raise UserError(
            "The run {folder} could not be brought back: {reason}.",
            folder=deleted.name,
            reason=system_reason(error),
        ) from error
    return target


def sweep(runs_dir: Path) -> None:
    """Remove leftovers of deleted runs and crashes; called at the program's start."""
    old = time.time() - _KEPT_DELETED
    deleted = () if (runs_dir / _TRASH).is_symlink() else runs_dir.glob(f"{_TRASH}/*")
    for leftover in (*deleted, *runs_dir.glob(".*.new")):
        with suppress(OSError):
            if leftover.stat().st_mtime < old:
                shutil.rmtree(leftover)


def keep_within(runs_dir: Path, budget: int = BUDGET, spared: tuple[Path, ...] = ()) -> list[UserError]:
    """Thin the snapshots of the oldest runs, every other one at a time, until all runs together fit the budget.

    Ends of epochs, the first snapshot, the last one and marked ones stay. Runs being trained and `spared` ones are left
    alone.

    Returns:
        What was done, one sentence per run; also a last one where the budget is still exceeded.
    """
    folders = by_age(run_folders(runs_dir))
    sizes = {folder: size_of(folder) for folder in folders}
    too_much = sum(sizes.values()) - budget
    sentences = []
    for folder in folders:
        if too_much <= 0:
            break
        if folder in spared or is_written(folder):
            continue
        before = len(kept_steps(folder))
        freed = thin(folder, too_much)
        if freed:
            too_much -= freed
            sentences.append(
                UserError(
                    "To stay within {budget}, {count} of the {all:snapshot|snapshots} of the run {run} were deleted.",
                    budget=in_bytes(budget),
                    count=before - len(kept_steps(folder)),
                    all=before,
                    run=read_notes(folder).name or folder.name,
                )
            )
    if too_much > 0:
        sentences.append(
            UserError(
                "The runs take {size}, more than the {budget} set for them: delete some.",
                size=in_bytes(budget + too_much),
                budget=in_bytes(budget),
            )
        )
    return sentences


def size_of(folder: Path) -> int:
    """Bytes of all its files."""
    total = 0
    for where, _, names in os.walk(folder):
        for name in names:
            with suppress(OSError):
                total += os.lstat(os.path.join(where, name)).st_size
    return total


def _not_copied(folder: str, names: list[str]) -> set[str]:
    """Hidden files, and folders behind links, which may lead anywhere; of linked snapshots the files are copied."""
    behind_link = os.path.islink(folder)
    left_out = {name for name in names if name.startswith(".")}
    for name in names:
        path = os.path.join(folder, name)
        linked = os.path.islink(path) and name not in ("moments", "drawings")
        if (behind_link or linked) and os.path.isdir(path):
            left_out.add(name)
    return left_out


def _copy_once(source: str, target: str) -> None:
    if not os.path.exists(target):
        check_ordinary(Path(source))  # a device in a run's folder could be copied for ever
        shutil.copy2(source, target)


def run_folders(runs_dir: Path) -> list[Path]:
    """The folders in `runs_dir` that are runs, damaged ones too, by their names."""
    try:
        return sorted(path for path in runs_dir.iterdir() if not path.name.startswith(".") and is_run(path))
    except OSError:
        return []
