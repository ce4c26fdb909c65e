"""Prepares a run's description and checkpoint for a training that resumes or branches from it."""

from __future__ import annotations

import math
import platform
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import torch

import cnnviewer
from cnnviewer.core.data.dataset import DataSet
from cnnviewer.core.errors import UserError
from cnnviewer.core.models.own.code import check_code
from cnnviewer.core.models.own.own_file import code_of
from cnnviewer.core.runs.format.info import Change, Deviation, RunInfo
from cnnviewer.core.runs.read.changes import check_data, fingerprint_of, surroundings_changes, with_new_names
from cnnviewer.core.training.batches import hold_out
from cnnviewer.core.training.checkpoint import Checkpoint
from cnnviewer.core.training.config import TrainConfig
from cnnviewer.core.training.devices import kind_of
from cnnviewer.core.training.distributed import ProcessGroup
from cnnviewer.core.training.layout import MEMORY_FORMATS, Layout
from cnnviewer.core.training.loop import Training


def versions(group: ProcessGroup | None = None) -> dict[str, str]:
    """Versions of the software that a run is made with."""
    return {
        **({"processes": str(group.size)} if group is not None else {}),
        "cnnviewer": cnnviewer.__version__,
        "python": platform.python_version(),
        "torch": str(torch.__version__),
        "numpy": np.__version__,
        "system": f"{platform.system()} {platform.machine()}",
        "processor": torch.backends.cpu.get_cpu_capability(),
    }


@dataclass(frozen=True)
class ResumableRun:
    """Changes since the run, agreed to by the user: code files and data; and the present data.

    Attributes:
        info: of the run, with its classes named as in the present data.

    """

    info: RunInfo
    files: tuple[str, ...]
    changes: tuple[str, ...]
    data: DataSet


def find_changes(info: RunInfo, data: DataSet, changed_code: bool, changed_data: bool) -> ResumableRun:
    """Find what has changed in a run's data and code since it was trained.

    Raises:
        DataChangedError: the data have, and the user has not consented (`changed_data`).
        CodeChangedError: likewise the code.
        UserError: the data have other classes.
    """
    changes = check_data(info, data, changed_data)
    files = check_code(info.id, info.config.model_key, info.code, changed_code, code_of(info.config.model))
    return ResumableRun(with_new_names(info, data) if changes else info, files, tuple(map(str, changes)), data)


def deviating(info: RunInfo, step: int, found: ResumableRun, group: ProcessGroup | None) -> RunInfo:
    """The run as it continues after `step`; what has changed is recorded in its deviations."""
    now = versions(group)
    other = surroundings_changes(info.versions, now)
    new = (
        Deviation("code", step, found.files),
        Deviation("data", step, found.changes),
        Deviation("surroundings", step, other),
    )
    return replace(
        info,
        fingerprint=fingerprint_of(found.data),
        source=found.data.source,
        code=code_of(info.config.model),  # the model has been built, so all its files are known
        versions=now,
        deviations=(*info.deviations, *(each for each in new if each.what)),
    )


def as_resumed(
    info: RunInfo, checkpoint: Checkpoint, data: DataSet, epochs: int, live_settings: Mapping[str, float]
) -> RunInfo:
    """The run with its configuration from `checkpoint` on, and the change recorded."""
    before = (info.config.learning_rate, info.config.momentum)
    after = (
        live_settings.get("learning_rate", checkpoint.learning_rate),  # the user may have changed them
        live_settings.get("momentum", checkpoint.momentum),
    )
    config = replace(info.config, epochs=epochs, dataset=place_of_data(info.config, data))
    config = replace(config, learning_rate=after[0], momentum=after[1])
    changed = before != after
    if epochs == info.config.epochs and not changed:
        return replace(info, config=config)
    live_settings_now, live_settings_then = (after, before) if changed else (None, None)
    change = Change(checkpoint.step, epochs, live_settings_now, live_settings_then, info.status == "finished")
    return replace(info, config=config, changes=(*info.changes, change))


def place_of_data(config: TrainConfig, data: DataSet) -> str:
    """The key of the data set at its present path: the user's own may have moved."""
    both_own = config.data_key.is_own and data.info.data_key.is_own
    return str(data.info.data_key.absolute()) if both_own else config.dataset


def placed(checkpoint: Checkpoint, info: RunInfo, data: DataSet) -> Checkpoint:
    """The checkpoint with its position in the epoch, adjusted where changed data alter the epoch's length."""
    per_epoch, place = info.counts.get("steps_per_epoch", 0), checkpoint.place
    learned = len(hold_out(len(data.train), info.config.validation_fraction, info.config.seed)[0])
    length = math.ceil(learned / info.config.batch_size)
    if not per_epoch or length == per_epoch:
        return checkpoint
    batch = length if place.batch == per_epoch else min(place.batch, length)
    return replace(checkpoint, place=replace(place, batch=batch))


def layout_of(info: RunInfo, checkpoint: Checkpoint, config: TrainConfig) -> Layout | None:
    """The memory layout that `checkpoint`'s training used; None where the new training chooses."""
    if not checkpoint.step or kind_of(config.device) != kind_of(info.config.device):
        return None
    if info.layout in MEMORY_FORMATS:
        return info.layout
    return "channels_last" if config.device == "cpu" else "contiguous"  # the default before the layout was recorded


def check_epochs(info: RunInfo, checkpoint: Checkpoint, epochs: int) -> None:
    """Refuse to resume to `epochs` epochs where as many are done."""
    if epochs < checkpoint.place.epoch and not (info.status == "running" and epochs == info.config.epochs):
        raise UserError(
            "The run {run} has come to the end of its {epochs:epoch|epochs}: ask for more to resume it.",
            field="epochs",
            run=info.id,
            epochs=epochs,
        )


def check_place(info: RunInfo, checkpoint: Checkpoint, training: Training) -> None:
    """Refuse a checkpoint whose position is impossible for this training."""
    place = checkpoint.place
    if not (0 <= place.batch <= training.steps_per_epoch and place.epoch >= 1 and place.batch <= checkpoint.step):
        raise UserError("The run {folder} is damaged: its checkpoint is of another training.", folder=info.id)


def finite(snapshot: Checkpoint) -> Checkpoint:
    """The snapshot, checked to have finite weights.

    Raises:
        UserError: its weights are not finite.
    """
    if all(bool(torch.isfinite(tensor).all()) for tensor in snapshot.state.tensors.values()):
        return snapshot
    raise UserError(
        "The weights after step {step} are not finite numbers: branch from an earlier snapshot.", step=snapshot.step
    )


def fitting(snapshot: Checkpoint, info: RunInfo, config: TrainConfig) -> Checkpoint:
    """The snapshot, checked to fit a branch with these settings.

    Raises:
        UserError: the settings do not fit the snapshot.
    """
    old = info.config
    for name in ("model", "dataset", "seed", "validation_fraction"):
        if getattr(config, name) != getattr(old, name):
            raise UserError(
                "A branch keeps the model, the images and the seed of its run: otherwise it would be evaluated on"
                " its own training images. Begin a new training for that.",
                field=name,
            )
    place, per_epoch = snapshot.place, info.counts.get("steps_per_epoch", 0)
    if config.batch_size == old.batch_size or place.batch == 0:
        return snapshot
    if place.batch == per_epoch:
        done = math.ceil(info.counts.get("train", 0) / config.batch_size)
        return replace(snapshot, place=replace(place, batch=done))
    raise UserError(
        "Another batch size begins with an epoch: branch from the end of one, such as step {step}.",
        field="batch_size",
        step=snapshot.step - place.batch,
    )
