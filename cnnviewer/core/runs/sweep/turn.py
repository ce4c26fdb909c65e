"""Starts the next training of a sweep: each only once, even if several processes train the same sweep."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from cnnviewer.core.data.dataset import DataSet
from cnnviewer.core.runs.format.info import RunInfo
from cnnviewer.core.runs.read.changes import check_data
from cnnviewer.core.runs.read.library import list_runs
from cnnviewer.core.runs.read.run_data import as_read
from cnnviewer.core.runs.record.recorder import Recorder
from cnnviewer.core.runs.record.start import begin, resume_run
from cnnviewer.core.runs.sweep.plan import FOLDER, rows_of
from cnnviewer.core.training.config import TrainConfig
from cnnviewer.core.training.controls import Controls

_PATIENCE = 30.0  # seconds for another process to begin a training


def take_turn(
    runs_dir: Path,
    name: str,
    config: TrainConfig,
    data: DataSet,
    controls: Controls | None = None,
    changed_code: bool = False,
    changed_data: bool = False,
) -> Recorder | None:
    """Begin the training of a sweep with this configuration, or resume its run; see `resume_run` for what changed.

    Returns:
        The recording, not begun yet; None where the training is finished, or another process trains it.

    Raises:
        DataChangedError: the sweep has trained on other data so far, and the user has not consented.
        UserError: the training cannot work, or its run cannot be resumed.
    """
    with _alone(runs_dir, name):
        runs = list_runs(runs_dir)
        row = rows_of(runs, name, [config])[0]
        if row.over or row.state == "running":
            return None
        check_same_data((run.info for run in runs if run.info.sweep == name), data, changed_data)
        if row.run is not None:
            as_before = as_read(row.run.info, data)
            return resume_run(row.run.folder, as_before, None, controls, None, changed_code, changed_data)
        return begin(data, config, runs_dir, controls, sweep=name)


def check_same_data(begun: Iterable[RunInfo], data: DataSet, agreed: bool) -> None:
    """Refuse data that are not those of a sweep's runs so far: its trainings could not be compared.

    Raises:
        DataChangedError: they are others, and the user has not consented.
    """
    for info in begun:
        check_data(info, as_read(info, data), agreed)


@contextmanager
def _alone(runs_dir: Path, name: str) -> Iterator[None]:
    """Hold the sweep's lock, so that no other process starts a training meanwhile."""
    lock = FileLock(runs_dir / FOLDER / f".{name}.lock", thread_local=False)
    with suppress(OSError, Timeout):
        lock.acquire(timeout=_PATIENCE)
    try:
        yield
    finally:
        lock.release(force=True)
