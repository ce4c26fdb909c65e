"""What a run's folder holds of the past: the place it was left at, its moments, its numbers up to one of them."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import numpy as np

from cnnviewer.core.errors import UserError
from cnnviewer.core.runs import checkpoint_file, metrics_file
from cnnviewer.core.runs.folder import BEST, CHECKPOINT
from cnnviewer.core.runs.info import RunInfo
from cnnviewer.core.runs.moments import FOLDER as MOMENTS
from cnnviewer.core.runs.moments import file_name, kept_steps
from cnnviewer.core.training.checkpoint import Checkpoint
from cnnviewer.core.training.metric_log import EPOCH_COLUMNS, MetricLog


def read_checkpoint(folder: Path, info: RunInfo) -> Checkpoint:
    """The place the run was left at.

    Raises:
        UserError: it is missing or damaged.
    """
    return _read(folder / CHECKPOINT, info)


def read_moment(folder: Path, step: int, info: RunInfo) -> Checkpoint:
    """The moment after `step`, from the best file that holds it.

    Raises:
        UserError: it is not kept, or damaged.
    """
    if checkpoint_file.step_of(folder / BEST) == step:
        with suppress(UserError):
            return _read(folder / BEST, info)
    return _read(folder / file_name(step), info)


def rewind(folder: Path, checkpoint: Checkpoint) -> MetricLog:
    """Make the folder as it was at the checkpoint: later rows and moments, which will come again, go.

    Broken off at any instant, it is simply done again.

    Raises:
        UserError: steps are missing before the checkpoint, or the folder may not be written to.
    """
    log = history(folder, checkpoint)
    try:
        metrics_file.cut_to(folder, metrics_file.STEPS, log.step_rows())
        metrics_file.cut_to(folder, metrics_file.EPOCHS, log.epoch_rows())
        (folder / MOMENTS).mkdir(exist_ok=True)
        for step in kept_steps(folder):
            path = folder / file_name(step)
            if step > checkpoint.step or not checkpoint_file.is_whole(path):
                path.unlink(missing_ok=True)
        if (checkpoint_file.step_of(folder / BEST) or 0) > checkpoint.step:
            (folder / BEST).unlink()
        for orphan in (*folder.glob(".*.part"), *folder.glob(f"{MOMENTS}/.*.part")):
            orphan.unlink(missing_ok=True)
    except OSError as error:
        raise UserError(
            "The run {folder} cannot be gone on with: {reason}.", folder=folder.name, reason=error.strerror or error
        ) from error
    return log


def history(folder: Path, checkpoint: Checkpoint) -> MetricLog:
    """The run's numbers up to a moment of it.

    Raises:
        UserError: some are missing.
    """
    steps, _ = metrics_file.read_steps(folder)
    epochs = np.array(checkpoint.epochs).reshape(-1, len(EPOCH_COLUMNS))
    if not len(epochs):  # a moment does not bring them along
        epochs, _ = metrics_file.read_epochs(folder)
        epochs = epochs[epochs[:, 0] < checkpoint.place.epoch]
    if len(steps) < checkpoint.step or len(epochs) != checkpoint.place.epoch - 1:
        raise UserError(
            "The run {folder} is damaged: its numbers before step {step} are not whole.",
            folder=folder.name,
            step=checkpoint.step,
        )
    log = MetricLog()
    log.extend_steps(steps[: checkpoint.step])
    log.extend_epochs(epochs)
    return log


def _read(path: Path, info: RunInfo) -> Checkpoint:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UserError("The run has no readable {file}.", file=path.name) from error
    return checkpoint_file.decode(data, info.recipe, path.name)
