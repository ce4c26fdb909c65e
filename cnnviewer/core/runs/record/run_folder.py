"""Creates a run folder completely or not at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from cnnviewer.core.files.atomic import flush_folder
from cnnviewer.core.files.ordinary_file import bytes_of
from cnnviewer.core.files.renaming import rename
from cnnviewer.core.files.temporary import new_folder
from cnnviewer.core.runs.format import metrics_file
from cnnviewer.core.runs.format.snapshot_steps import FOLDER
from cnnviewer.core.training.metric_log import MetricLog

_MOST_NAMES = 1000


def make_folder(
    parent: Path, name: str, log: MetricLog, files: Mapping[str, bytes | Path], durable: bool = True
) -> tuple[Path, int, int]:
    """Create a run folder in `parent` with the metrics of `log` and with `files`, given as bytes or to be copied.

    Args:
        parent: is created where it is missing.
        name: the folder's; a number is added where it is taken, also by another process meanwhile.
        log: may grow meanwhile.
        files: by name within the folder. What cannot be read is left out.
        durable: return after everything but snapshots is fsynced.

    Returns:
        The folder, and how many steps and epochs of `log` are in it.

    Raises:
        OSError: it cannot be created; nothing is left behind.
    """
    parent.mkdir(parents=True, exist_ok=True)
    new = new_folder(parent, f".{name}.", ".new")
    try:
        (new / FOLDER).mkdir()
        steps, epochs = log.step_rows(), log.epoch_rows()
        written = metrics_file.whole_files(metrics_file.STEPS, steps)
        written |= metrics_file.whole_files(metrics_file.EPOCHS, epochs)
        for file, content in {**written, **files}.items():
            data = _readable(content) if isinstance(content, Path) else content
            if data is None:
                continue
            (new / file).parent.mkdir(exist_ok=True, parents=True)
            with (new / file).open("wb") as target:
                target.write(data)
                if durable and not file.startswith(FOLDER):
                    target.flush()
                    os.fsync(target.fileno())
        if durable:
            flush_folder(new / FOLDER)
            flush_folder(new)
        folder = _named(new, parent, name)
        if durable:
            flush_folder(parent)
        return folder, len(steps), len(epochs)
    except BaseException:
        shutil.rmtree(new, ignore_errors=True)
        raise


def files_in(folder: Path) -> dict[str, Path]:
    """Every file of a run by its name within the folder, except locks and leftovers of a crash."""
    try:
        paths = [path for path in folder.rglob("*") if path.is_file() and not path.name.startswith(".")]
    except OSError:
        return {}
    return {path.relative_to(folder).as_posix(): path for path in paths}


def _named(new: Path, parent: Path, name: str) -> Path:
    """Give the finished folder its name, or the first one with a number that is free."""
    for count in range(1, _MOST_NAMES):
        folder = parent / (name if count == 1 else f"{name}_{count}")
        if os.path.lexists(folder):
            continue
        try:
            rename(new, folder)  # fails where another process has just taken the name, for its folder is not empty
        except OSError:
            if os.path.lexists(folder):
                continue
            raise
        return folder
    raise FileExistsError(f"{name} exists already")


def _readable(path: Path) -> bytes | None:
    try:
        return bytes_of(path)
    except OSError:
        return None
