"""A run folder's history: its checkpoint, its snapshots, and its metrics up to one of them."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import numpy as np

from cnnviewer.core.error_text import system_reason
from cnnviewer.core.errors import UserError
from cnnviewer.core.files.ordinary_file import bytes_of
from cnnviewer.core.models.weights import load_weights
from cnnviewer.core.runs.format import checkpoint_file, metrics_file
from cnnviewer.core.runs.format.file_names import BEST, CHECKPOINT, WEIGHTS
from cnnviewer.core.runs.format.info import RunInfo
from cnnviewer.core.runs.format.snapshot_steps import FOLDER as SNAPSHOT_FOLDER
from cnnviewer.core.runs.format.snapshot_steps import file_name, kept_steps
from cnnviewer.core.training.checkpoint import Checkpoint, EpochPosition
from cnnviewer.core.training.metric_log import EPOCH_COLUMNS, MetricLog


def read_checkpoint(folder: Path, info: RunInfo) -> Checkpoint:
    """The run's checkpoint.

    Raises:
        UserError: it is missing or damaged.
    """
    try:
        return _read(folder / CHECKPOINT, info)
    except UserError as error:
        if checkpoint_file.step_of(folder / WEIGHTS) is None:
            raise
        raise UserError("{reason} Its weights are there: a branch can begin from them.", reason=error) from error


def read_end(folder: Path, info: RunInfo) -> Checkpoint:
    """The newest weights: the checkpoint, or the final weights where the checkpoint is missing or damaged.

    Raises:
        UserError: neither can be read.
    """
    try:
        return read_checkpoint(folder, info)
    except UserError:
        if checkpoint_file.step_of(folder / WEIGHTS) is None:
            raise
        return read_result(folder, info)


def steps_at_hand(folder: Path) -> list[int]:
    """The steps with stored weights, ascending: those of snapshots, and the run's last one."""
    end = checkpoint_file.step_of(folder / WEIGHTS)
    return sorted({*kept_steps(folder), *([] if end is None else [end])})


def read_snapshot(folder: Path, step: int, info: RunInfo) -> Checkpoint:
    """The snapshot after `step`, from the best file that holds it.

    Raises:
        UserError: there is none, or it is damaged.
    """
    if checkpoint_file.step_of(folder / BEST) == step:
        with suppress(UserError):
            return _read(folder / BEST, info)
    try:
        return _read(folder / file_name(step), info)
    except UserError:
        if checkpoint_file.step_of(folder / WEIGHTS) != step:
            raise
        return read_result(folder, info)


def read_result(folder: Path, info: RunInfo) -> Checkpoint:
    """The run's final weights as a snapshot: without momentum, its position taken from the metrics.

    Raises:
        UserError: they are missing, damaged or another model's.
    """
    state = load_weights(folder / WEIGHTS)
    theirs, ours = ((each.model, each.input_shape, len(each.classes)) for each in (state.recipe, info.recipe))
    if theirs != ours:
        raise UserError("{file} holds the weights of another model than the run's.", file=WEIGHTS)
    step = int(state.provenance.get("step", 0))
    steps, epochs = metrics_file.read_steps(folder)[0][:step], metrics_file.read_epochs(folder)[0]
    epochs = epochs[epochs[:, 1] <= step]
    begun = int(epochs[-1, 1]) if len(epochs) else 0
    rows = steps[begun:]
    counts = np.full(len(rows), info.config.batch_size, np.float64)
    if step - begun == info.counts.get("steps_per_epoch"):
        counts[-1:] = info.counts["train"] - counts[:-1].sum()  # the last batch of an epoch is the remainder
    place = EpochPosition(
        len(epochs) + 1, step - begun, float((rows[:, 3] * counts).sum()), round(float((rows[:, 4] * counts).sum()))
    )
    live_settings = (
        (float(rows[-1, 5]), float(rows[-1, 6])) if len(rows) else (info.config.learning_rate, info.config.momentum)
    )
    if info.config.schedule != "constant":
        live_settings = info.config.learning_rate, live_settings[1]  # the metrics hold the rate after the schedule
    seconds = float(steps[-1, 7]) if len(steps) else 0.0
    facts = tuple(tuple(row) for row in epochs.tolist())
    return Checkpoint(replace(state, recipe=info.recipe), step, place, *live_settings, seconds, epochs=facts)


def rewind(folder: Path, checkpoint: Checkpoint) -> MetricLog:
    """Rewind the folder to the checkpoint: remove later rows and snapshots, which the training will write again.

    If it is interrupted at any time, it can be run again.

    Raises:
        UserError: steps are missing before the checkpoint, or the folder may not be written to.
    """
    log = history(folder, checkpoint)
    try:
        metrics_file.cut_to(folder, metrics_file.STEPS, log.step_rows())
        metrics_file.cut_to(folder, metrics_file.EPOCHS, log.epoch_rows())
        (folder / SNAPSHOT_FOLDER).mkdir(exist_ok=True)
        linked = (folder / SNAPSHOT_FOLDER).is_symlink()  # then the files do not belong to the run: leave them
        for step in kept_steps(folder) if not linked else ():
            path = folder / file_name(step)
            if step > checkpoint.step or not checkpoint_file.is_whole(path):
                path.unlink(missing_ok=True)
        if (checkpoint_file.step_of(folder / BEST) or 0) > checkpoint.step:
            (folder / BEST).unlink()
        for orphan in (*folder.glob(".*.part"), *(folder.glob(f"{SNAPSHOT_FOLDER}/.*.part") if not linked else ())):
            orphan.unlink(missing_ok=True)
    except OSError as error:
        raise UserError(
            "The run {folder} cannot be resumed: {reason}.", folder=folder.name, reason=system_reason(error)
        ) from error
    return log


def history(folder: Path, checkpoint: Checkpoint) -> MetricLog:
    """The run's metrics up to one of its snapshots.

    Raises:
        UserError: some are missing.
    """
    steps, _ = metrics_file.read_steps(folder)
    epochs = np.array(checkpoint.epochs).reshape(-1, len(EPOCH_COLUMNS))
    if not len(epochs):  # a snapshot does not contain them
        epochs, _ = metrics_file.read_epochs(folder)
        epochs = epochs[epochs[:, 0] < checkpoint.place.epoch]
    if len(steps) < checkpoint.step or len(epochs) != checkpoint.place.epoch - 1:
        raise UserError(
            "The run {folder} is damaged: its metrics before step {step} are incomplete.",
            folder=folder.name,
            step=checkpoint.step,
        )
    log = MetricLog()
    log.extend_steps(steps[: checkpoint.step])
    log.extend_epochs(epochs)
    return log


def _read(path: Path, info: RunInfo) -> Checkpoint:
    try:
        data = bytes_of(path)
    except OSError as error:
        raise UserError("The run has no readable {file}.", file=path.name) from error
    return checkpoint_file.decode(data, info.recipe, path.name)
