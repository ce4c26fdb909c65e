"""Starts a recorded training: new, resumed from a checkpoint, or branched from a snapshot of another run."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

from cnnviewer.core.data.dataset import DataSet
from cnnviewer.core.error_text import system_reason
from cnnviewer.core.errors import UserError
from cnnviewer.core.inspection.muted_run import MutedRun
from cnnviewer.core.models.own.own_file import code_of
from cnnviewer.core.models.state import ModelState, digest_of
from cnnviewer.core.runs.format import checkpoint_file
from cnnviewer.core.runs.format.created import now
from cnnviewer.core.runs.format.file_names import BEST, CHECKPOINT, RUN_FILE
from cnnviewer.core.runs.format.info import Parent, RunInfo, Start, read_info, with_status
from cnnviewer.core.runs.format.lock import locked_by_us
from cnnviewer.core.runs.format.snapshot_steps import SMALL, density_for, file_name, kept_steps, snapshots_to_keep
from cnnviewer.core.runs.read.changes import fingerprint_of
from cnnviewer.core.runs.read.history import history, read_checkpoint, read_snapshot, rewind
from cnnviewer.core.runs.read.repeating import branch_command, start_command
from cnnviewer.core.runs.record.recorder import Recorder
from cnnviewer.core.runs.record.resume import (
    as_resumed,
    check_epochs,
    check_place,
    deviating,
    find_changes,
    finite,
    fitting,
    layout_of,
    place_of_data,
    placed,
    versions,
)
from cnnviewer.core.runs.record.run_folder import make_folder
from cnnviewer.core.runs.record.run_store import FolderStore, in_memory, unrecorded
from cnnviewer.core.training.config import TrainConfig
from cnnviewer.core.training.controls import Controls
from cnnviewer.core.training.distributed import ProcessGroup, training_for
from cnnviewer.core.training.loop import Training
from cnnviewer.core.training.metric_log import MetricLog


def begin(
    data: DataSet,
    config: TrainConfig,
    runs_dir: Path,
    controls: Controls | None = None,
    start: ModelState | None = None,
    started_from: str = "",
    sweep: str = "",
    group: ProcessGroup | None = None,
) -> Recorder:
    """Start a training recorded in a new folder of `runs_dir`; in memory, with an error, if that cannot be created.

    With `start` it begins with these weights; `started_from` says whose they are: a file's path or a name.

    Raises:
        UserError: the training cannot work, with the field it is about.
    """
    config = replace(config, dataset=str(config.data_key.absolute()))
    training = training_for(group, data, config, controls, start=start, muting=MutedRun)
    checkpoint = training.checkpoint()
    wanted = snapshots_to_keep(checkpoint_file.size_of(checkpoint.state))
    density = density_for(wanted, training.total_steps, config.epochs)
    ident, threads = _free_id(runs_dir, config), training.threads
    info = RunInfo(
        id=ident,
        created=now(),
        config=replace(config, threads=threads),
        recipe=training.recipe,
        fingerprint=fingerprint_of(data),
        source=data.source,
        density=density,
        sweep=sweep,
        start=_started(start, started_from),
        command=start_command(
            ident,
            replace(config, threads=threads),
            started_from if start else None,
            group.size if group else 1,
            training.mutes,
        ),
        versions=versions(group),
        code=code_of(config.model),
        mutes=training.mutes,
    )
    return _recorded(training, info, runs_dir, {CHECKPOINT: checkpoint_file.encode(checkpoint)}, MetricLog())


def resume_run(
    folder: Path,
    data: DataSet,
    epochs: int | None = None,
    controls: Controls | None = None,
    group: ProcessGroup | None = None,
    changed_code: bool = False,
    changed_data: bool = False,
    live_settings: Mapping[str, float] = MappingProxyType({}),
) -> Recorder:
    """Resume a run from its checkpoint in the same folder, up to `epochs` epochs where given.

    On the same machine, device and thread count the weights are bit-exact: equal to those of an uninterrupted training.

    Args:
        folder: of the run.
        data: the same data set, wherever it lies now.
        epochs: total number of epochs.
        controls: the learning rate and momentum controls to use.
        group: the process group, where several processes train together; this one is the first.
        changed_code: accept changed code of the user's own model; the run records that.
        changed_data: likewise its images, labels or class names.
        live_settings: new values of `learning_rate` and `momentum` from here on.

    Raises:
        CodeChangedError: the model's code has changed, and the user has not consented.
        DataChangedError: likewise the data.
        UserError: the run is damaged, is being trained, is finished, or belongs to other data.
    """
    info = read_info(folder)
    find_changes(info, data, changed_code, changed_data)
    controls = controls or Controls()
    try:
        lock = locked_by_us(folder)
    except OSError as error:
        raise UserError(
            "The run {folder} cannot be resumed: its folder may not be written to.", folder=folder.name
        ) from error
    try:
        info = read_info(folder)  # again: the process that held the lock may have trained on
        found = find_changes(info, data, changed_code, changed_data)
        info = found.info
        checkpoint = read_checkpoint(folder, info)
        wanted = epochs or info.config.epochs
        check_epochs(info, checkpoint, wanted)
        checkpoint, info = placed(checkpoint, info, data), as_resumed(info, checkpoint, data, wanted, live_settings)
        controls.learning_rate, controls.momentum = info.config.learning_rate, info.config.momentum
        layout = layout_of(info, checkpoint, info.config)
        training = training_for(group, data, info.config, controls, resume=checkpoint, layout=layout, muting=MutedRun)
        check_place(info, checkpoint, training)
        info = deviating(info, checkpoint.step, found, group)
        info = replace(with_status(info, "running"), resumed=info.resumed + 1, result=None)
        FolderStore(folder).write(
            RUN_FILE, info.to_json()
        )  # first: readers that follow the run must know that rows may be removed
        log = rewind(folder, checkpoint)
        return Recorder(training, info, folder, lock, log)
    except BaseException:
        lock.release(force=True)
        raise


def branch(
    folder: Path,
    step: int,
    data: DataSet,
    runs_dir: Path,
    changes: Mapping[str, Any],
    controls: Controls | None = None,
    group: ProcessGroup | None = None,
    changed_code: bool = False,
    changed_data: bool = False,
) -> Recorder:
    """Start a new run from a snapshot of another one, with other settings; the history up to there is copied.

    Args:
        folder: of the other run, which stays as it is.
        step: one that has a snapshot. A large model's snapshot has eight bits per weight and no momentum, so the branch
            starts with rounded weights and zero momentum; a small model's starts exactly.
        data: the same data set.
        runs_dir: where the new run goes.
        changes: fields of `TrainConfig`, such as `learning_rate`, `momentum` or `epochs`.
        controls: the learning rate and momentum controls to use.
        group: the process group, where several processes train together; this one is the first.
        changed_code: see `resume_run`.
        changed_data: see `resume_run`.

    Raises:
        CodeChangedError: see `resume_run`.
        DataChangedError: see `resume_run`.
        UserError: there is no such snapshot, or the settings do not work.
    """
    info = read_info(folder)
    found = find_changes(info, data, changed_code, changed_data)
    info = found.info
    info = replace(info, config=replace(info.config, dataset=place_of_data(info.config, data)))
    config = replace(info.config, **changes)
    snapshot = placed(fitting(finite(read_snapshot(folder, step, info)), info, config), info, data)
    check_epochs(replace(info, config=config), snapshot, config.epochs)
    snapshot = replace(
        snapshot,
        learning_rate=changes.get("learning_rate", snapshot.learning_rate),
        momentum=changes.get("momentum", snapshot.momentum),
    )
    # the user may have changed them since the run started
    config = replace(config, learning_rate=snapshot.learning_rate, momentum=snapshot.momentum)
    if controls is not None:
        controls.learning_rate, controls.momentum = snapshot.learning_rate, snapshot.momentum
    layout = layout_of(info, snapshot, config)
    training = training_for(group, data, config, controls, resume=snapshot, layout=layout, muting=MutedRun)
    check_place(info, snapshot, training)
    log = history(folder, snapshot)
    child = RunInfo(
        id=_free_id(runs_dir, config),
        created=now(),
        config=replace(config, threads=training.threads),
        recipe=training.recipe,
        density=info.density,
        parent=Parent(info.id, step),
        layout=layout or "",
        command=branch_command(folder.name, step, changes, group.size if group else 1),
        versions=info.versions,
        mutes=training.mutes,
        deviations=tuple(each for each in info.deviations if each.step <= step),
    )
    child = deviating(replace(child, fingerprint=info.fingerprint, source=info.source), step, found, group)
    rows = tuple(tuple(row) for row in log.epoch_rows().tolist())
    files: dict[str, bytes | Path] = {CHECKPOINT: checkpoint_file.encode(replace(snapshot, epochs=rows))}
    if (checkpoint_file.step_of(folder / BEST) or step + 1) <= step:
        files[BEST] = folder / BEST
    files |= {file_name(kept): folder / file_name(kept) for kept in kept_steps(folder) if kept <= step}
    return _recorded(training, child, runs_dir, files, log)


def _recorded(
    training: Training, info: RunInfo, runs_dir: Path, files: Mapping[str, bytes | Path], log: MetricLog
) -> Recorder:
    try:
        described = {RUN_FILE: info.to_json(), **files}
        # a new run is not fsynced: a power cut now would lose no training time
        folder, _, _ = make_folder(runs_dir, info.id, log, described, durable=log.step_count > 0)
        if folder.name != info.id:  # another process has just taken the name
            info = replace(info, id=folder.name)
        return Recorder(training, info, folder, locked_by_us(folder), log)
    except (OSError, UserError) as error:
        reason = (
            error
            if isinstance(error, UserError)
            else UserError(
                "the folder {folder} cannot be used ({reason}).", folder=runs_dir, reason=system_reason(error)
            )
        )
        return Recorder(training, info, None, None, log, unrecorded(reason), in_memory(files), runs_dir)


def _started(state: ModelState | None, name: str) -> Start | None:
    if state is None:
        return None
    path, step, digest = Path(name), int(state.provenance.get("step", 0)), digest_of(state.tensors)
    if path.is_file():
        return Start(path.name, step, digest)
    return Start(name, step, digest, exact=checkpoint_file.size_of(state) <= SMALL)


def _free_id(runs_dir: Path, config: TrainConfig) -> str:
    """A name that sorts by time and says what it is, such as `2026-11-24_10-31-05_lenet_mnist`."""
    said = config.model_key.short, config.data_key.title
    what = "_".join(re.sub(r"[^\w.-]+", "-", part)[:40] for part in said)
    name = f"{datetime.now():%Y-%m-%d_%H-%M-%S}_{what}"
    count, free = 1, name
    while (runs_dir / free).exists():
        count += 1
        free = f"{name}_{count}"
    return free
