"""Open the runs of a comparison, read their weights, and evaluate these."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from cnnviewer.core.data.dataset import DataSet
from cnnviewer.core.data.registry import is_there
from cnnviewer.core.errors import Cancelled, UserError, without_frames
from cnnviewer.core.evaluation.records import ModelPredictions
from cnnviewer.core.evaluation.several_models import predict_with_each
from cnnviewer.core.inspection.kernels import kernels
from cnnviewer.core.inspection.records import Kernels
from cnnviewer.core.inspection.trace import Inspector
from cnnviewer.core.models.state import ModelState
from cnnviewer.core.runs.compare.comparison import ComparedRun, SnapshotChoice
from cnnviewer.core.runs.format.file_names import CHECKPOINT
from cnnviewer.core.runs.format.info import RunInfo
from cnnviewer.core.runs.read.library import list_runs
from cnnviewer.core.runs.read.opened_run import OpenedRun
from cnnviewer.core.runs.read.run_data import data_of
from cnnviewer.core.runs.read.summary import RunSummary
from cnnviewer.core.training.checkpoint import Checkpoint
from cnnviewer.runtime.job import JobContext

Stamp = tuple[object, ...]
"""A value that changes when the weights of a chosen snapshot may have changed."""


def list_all(runs_dir: Path, context: JobContext) -> tuple[RunSummary, ...]:
    """All runs, the newest first."""
    return tuple(list_runs(runs_dir, context.cancelled))


@dataclass(frozen=True)
class Opened:
    """Opened runs by column number, and the errors of the others."""

    runs: Mapping[int, OpenedRun]
    problems: tuple[UserError, ...] = ()


def open_runs(folders: Sequence[tuple[int, Path]], context: JobContext) -> Opened:
    """Open runs, `(column, folder)` each.

    Raises:
        Cancelled: the result is no longer needed.
    """
    runs: dict[int, OpenedRun] = {}
    problems = []
    for number, folder in folders:
        if context.cancelled():
            raise Cancelled
        try:
            runs[number] = OpenedRun.read(folder)
        except UserError as error:
            problems.append(without_frames(error))
    return Opened(runs, tuple(problems))


def refresh_runs(runs: Mapping[int, OpenedRun], _context: JobContext) -> Mapping[int, OpenedRun]:
    """Read what is new in the runs, by column; return the new version of those that have changed.

    A run whose folder is gone stays as it is.
    """
    grown: dict[int, OpenedRun] = {}
    for number, run in runs.items():
        with suppress(UserError):
            now = run.refreshed()
            if now is not run:
                grown[number] = now
    return grown


@dataclass(frozen=True, eq=False)
class Taken:
    """A snapshot of a run: its weights, a model that reads them, and when they were taken."""

    snapshot: SnapshotChoice
    step: int
    state: ModelState
    inspector: Inspector
    stamp: Stamp


@dataclass(frozen=True, eq=False)
class WeightsRequest:
    """The snapshot requested for a column."""

    number: int
    run: OpenedRun
    snapshot: SnapshotChoice
    before: Taken | None


def take_weights(
    columns: Sequence[WeightsRequest], context: JobContext
) -> tuple[Mapping[int, Taken], tuple[UserError, ...]]:
    """Read the weights of columns; those with an unchanged stamp are not read again.

    Returns:
        The weights by column, and the errors of the others.

    Raises:
        Cancelled: the result is no longer needed.
    """
    taken: dict[int, Taken] = {}
    problems = []
    for request in columns:
        if context.cancelled():
            raise Cancelled
        stamp = stamp_of(request.run, request.snapshot)
        if request.before is not None and request.before.snapshot == request.snapshot and request.before.stamp == stamp:
            taken[request.number] = request.before
            continue
        try:
            checkpoint = checkpoint_at(request.run, request.snapshot)
            inspector = Inspector.from_state(checkpoint.state)
        except UserError as error:
            problems.append(without_frames(error))
            continue
        taken[request.number] = Taken(request.snapshot, checkpoint.step, checkpoint.state, inspector, stamp)
    return taken, tuple(problems)


def stamp_of(run: OpenedRun, snapshot: SnapshotChoice) -> Stamp:
    """The stamp of the snapshot that `snapshot` currently selects."""
    if snapshot == "best":
        return (run.best_step, run.info.resumed)
    if snapshot == "last":
        try:
            about = (run.folder / CHECKPOINT).stat()
            written: Stamp = (about.st_mtime_ns, about.st_ino)
        except OSError:
            written = ()
        return (*written, run.snapshots[-1:], run.info.resumed)
    return (snapshot, run.info.resumed)


def checkpoint_at(run: OpenedRun, snapshot: SnapshotChoice) -> Checkpoint:
    """The checkpoint of a chosen snapshot.

    Raises:
        UserError: there is no such snapshot, or it is damaged.
    """
    if snapshot == "best":
        if run.best_step is None:
            raise UserError("The run {run} has no best snapshot yet: no epoch is done.", run=run.info.id)
        return run.snapshot(run.best_step)
    if snapshot != "last":
        return run.snapshot(snapshot)
    try:
        checkpoint = run.end()
    except UserError:
        if not run.snapshots:
            raise
        return run.snapshot(run.snapshots[-1])
    if run.snapshots and run.snapshots[-1] > checkpoint.step:
        with suppress(UserError):  # the checkpoint serves as well as the newest snapshot
            return run.snapshot(run.snapshots[-1])
    return checkpoint


def kernels_of(
    taken: Mapping[int, Taken], layer: str, _context: JobContext
) -> tuple[str, Mapping[int, Kernels | None]]:
    """The layer, and its kernels by column; None where there is no such layer."""
    found: dict[int, Kernels | None] = {}
    for number, column in taken.items():
        layers = {info.name: info for info in column.inspector.architecture.layers}
        info = layers.get(layer)
        found[number] = kernels(column.state.tensors, info) if info is not None else None
    return layer, found


def evaluate_models(
    models: Mapping[int, Inspector], data: DataSet | None, info: RunInfo, data_dir: Path, context: JobContext
) -> tuple[DataSet, ModelPredictions]:
    """Evaluate several models on all test images of a run's data set, which is loaded where it is not at hand.

    Raises:
        UserError: the data set is missing or damaged.
        Cancelled: the result is no longer needed.
    """
    data = data_of(info, data, data_dir, context.cancelled)
    return data, predict_with_each(models, data, context.report, context.cancelled)


def where_data_are(column: ComparedRun, runs_dir: Path, data_dir: Path) -> Path:
    """The folder to read a run's data set from: `data_dir`, else where the run had it.

    Raises:
        UserError: the run lies elsewhere, and only its `run.json` names its data.
    """
    info = column.info
    if column.folder.resolve().parent != runs_dir.resolve():
        if info.config.data_key.is_own:
            raise UserError(
                "{run} comes from elsewhere: open it and let its data be read first.", run=column.folder.name
            )
        return data_dir
    remembered = info.source.data_dir
    return Path(remembered) if remembered and not is_there(info.config.dataset, data_dir) else data_dir
