"""A run's folder comes into being whole or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from cnnviewer.core.export.atomic import flush_folder
from cnnviewer.core.runs import metrics_file
from cnnviewer.core.runs.moments import FOLDER
from cnnviewer.core.training.metric_log import MetricLog

CHECKPOINT, BEST, WEIGHTS = "checkpoint.safetensors", "best.safetensors", "weights.safetensors"
_MOST_NAMES = 1000


def make_folder(
    parent: Path, name: str, log: MetricLog, files: Mapping[str, bytes | Path], durable: bool = True
) -> tuple[Path, int, int]:
    """Make the folder of a run in `parent`: with the numbers of `log` and with `files`, given or to be copied.

    Args:
        parent: is made where it is not there.
        name: the folder's; a number is added where it is taken, also by another process at this moment.
        log: may grow meanwhile.
        files: by name within the folder. What cannot be read is left out.
        durable: come back when the disk has it all, but for moments.

    Returns:
        The folder, and how many steps and epochs of `log` are in it.

    Raises:
        OSError: it cannot be made; nothing is left of it.
    """
    parent.mkdir(parents=True, exist_ok=True)
    new = Path(tempfile.mkdtemp(prefix=f".{name}.", suffix=".new", dir=parent))
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
        os.chmod(new, 0o777 & ~_umask())
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


def _named(new: Path, parent: Path, name: str) -> Path:
    """Give the finished folder its name, or the first one with a number that is free."""
    for count in range(1, _MOST_NAMES):
        folder = parent / (name if count == 1 else f"{name}_{count}")
        if os.path.lexists(folder):
            continue
        try:
            new.rename(folder)  # fails where another process has just taken the name, for its folder is not empty
        except OSError:
            if os.path.lexists(folder):
                continue
            raise
        return folder
    raise FileExistsError(f"{name} exists already")


def _readable(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def _umask() -> int:
    umask = os.umask(0)
    os.umask(umask)
    return umask
