"""How a recorded training begins: anew, where it was left, or at an earlier moment of another run."""

from __future__ import annotations

import hashlib
import math
import platform
import re
import shlex
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import torch

import cnnviewer
from cnnviewer.core.data.dataset import DataSet
from cnnviewer.core.errors import UserError
from cnnviewer.core.models.own.code import check_code
from cnnviewer.core.models.own_file import code_of
from cnnviewer.core.models.state import ModelState
from cnnviewer.core.runs import checkpoint_file
from cnnviewer.core.runs.folder import BEST, CHECKPOINT, make_folder
from cnnviewer.core.runs.history import history, read_checkpoint, read_moment, rewind
from cnnviewer.core.runs.info import RUN_FILE, Change, CodeChange, Parent, RunInfo, read_info, with_status
from cnnviewer.core.runs.lock import locked_by_us
from cnnviewer.core.runs.moments import density_for, file_name, kept_steps, moments_wanted
from cnnviewer.core.runs.recording import Recording
from cnnviewer.core.runs.store import FolderStore, in_memory, unrecorded
from cnnviewer.core.training.checkpoint import Checkpoint
from cnnviewer.core.training.config import TrainConfig
from cnnviewer.core.training.controls import Controls
from cnnviewer.core.training.layout import MEMORY_FORMATS, Layout
from cnnviewer.core.training.loop import Training
from cnnviewer.core.training.metric_log import MetricLog
from cnnviewer.core.training.team import Team, training_for

_ALWAYS_TOLD = ("model", "dataset", "epochs", "batch_size", "learning_rate", "momentum", "seed")


def begin(
    data: DataSet,
    config: TrainConfig,
    runs_dir: Path,
    controls: Controls | None = None,
    start: ModelState | None = None,
    command: str = "",
    sweep: str = "",
    team: Team | None = None,
) -> Recording:
    """Begin a training that is recorded in a new folder of `runs_dir`; in memory, with a problem, if it cannot be made.

    Raises:
        UserError: the training cannot work, with the field it is about.
    """
    training = training_for(team, data, config, controls, start=start)
    checkpoint = training.checkpoint()
    wanted = moments_wanted(checkpoint_file.size_of(checkpoint.state))
    density = density_for(wanted, training.total_steps, config.epochs)
    info = RunInfo(
        id=_free_id(runs_dir, config),
        created=_now(),
        config=replace(config, threads=training.threads),
        recipe=training.recipe,
        fingerprint=fingerprint_of(data),
        density=density,
        sweep=sweep,
        command=command or command_for(replace(config, threads=training.threads)),
        versions=versions(team),
        code=code_of(config.model),
    )
    return _recorded(training, info, runs_dir, {CHECKPOINT: checkpoint_file.encode(checkpoint)}, MetricLog())


def go_on(
    folder: Path,
    data: DataSet,
    epochs: int | None = None,
    controls: Controls | None = None,
    team: Team | None = None,
    changed_code: bool = False,
) -> Recording:
    """Go on with a run where it was left, to `epochs` epochs where given, in the same folder.

    On the same machine, device and thread count the weights become what they had become without a break, to the bit.

    Args:
        folder: of the run.
        data: the same data set.
        epochs: how many there shall be in all.
        controls: knobs to be used.
        team: of which this process is the first one, where several train together.
        changed_code: also where the code of a person's own model has changed, which the run then tells.

    Raises:
        CodeChangedError: the model's code has changed, and nobody agreed to that.
        UserError: the run is damaged, is being trained, has come to its end, or is about other data.
    """
    info = read_info(folder)
    _check_data(info, data)
    changed = check_code(info.id, info.config.model, info.code, changed_code, code_of(info.config.model))
    try:
        lock = locked_by_us(folder)
    except OSError as error:
        raise UserError(
            "The run {folder} cannot be gone on with: its folder may not be written to.", folder=folder.name
        ) from error
    try:
        info = read_info(folder)  # again: whoever held the lock may have come further
        checkpoint = read_checkpoint(folder, info)
        wanted = epochs or info.config.epochs
        _check_epochs(info, checkpoint, wanted)
        if wanted != info.config.epochs:
            config = replace(info.config, epochs=wanted)
            info = replace(info, config=config, changes=(*info.changes, Change(checkpoint.step, wanted)))
        if changed:
            info = replace(info, code_changes=(*info.code_changes, CodeChange(checkpoint.step, changed)))
        if controls is not None:
            controls.learning_rate, controls.momentum = checkpoint.learning_rate, checkpoint.momentum
        layout = _layout(info, checkpoint, info.config)
        training = training_for(team, data, info.config, controls, resume=checkpoint, layout=layout)
        _check_place(info, checkpoint, training)
        code = code_of(info.config.model)
        info = replace(with_status(info, "running"), resumed=info.resumed + 1, result=None, code=code)
        FolderStore(folder).write(RUN_FILE, info.to_json())  # first: whoever follows must know that rows may go
        log = rewind(folder, checkpoint)
        return Recording(training, info, folder, lock, log)
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
    command: str = "",
    team: Team | None = None,
    changed_code: bool = False,
) -> Recording:
    """Begin a new run at an earlier moment of another, with other numbers; the history up to there comes along.

    Args:
        folder: of the other run, which stays as it is.
        step: one whose moment is kept. Of a large model the moment is kept to eight bits and without momentum, so the
            branch starts from rest and from rounded weights; a small model's starts exactly.
        data: the same data set.
        runs_dir: where the new run goes.
        changes: fields of `TrainConfig`, such as `learning_rate`, `momentum` or `epochs`.
        controls: knobs to be used.
        command: what repeats it.
        team: of which this process is the first one, where several train together.
        changed_code: see `go_on`.

    Raises:
        CodeChangedError: see `go_on`.
        UserError: there is no such moment, or the numbers cannot work.
    """
    info = read_info(folder)
    _check_data(info, data)
    changed = check_code(info.id, info.config.model, info.code, changed_code, code_of(info.config.model))
    config = replace(info.config, **changes)
    moment = _fitting(read_moment(folder, step, info), info, config)
    _check_epochs(replace(info, config=config), moment, config.epochs)
    moment = replace(
        moment,
        learning_rate=changes.get("learning_rate", moment.learning_rate),
        momentum=changes.get("momentum", moment.momentum),
    )
    if controls is not None:
        controls.learning_rate, controls.momentum = moment.learning_rate, moment.momentum
    layout = _layout(info, moment, config)
    training = training_for(team, data, config, controls, resume=moment, layout=layout)
    _check_place(info, moment, training)
    log = history(folder, moment)
    child = RunInfo(
        id=_free_id(runs_dir, config),
        created=_now(),
        config=config,
        recipe=training.recipe,
        fingerprint=info.fingerprint,
        density=info.density,
        parent=Parent(info.id, step),
        layout=layout or "",
        command=command,
        versions=versions(team),
        code=code_of(config.model),
        code_changes=(
            *(change for change in info.code_changes if change.step <= step),
            *([CodeChange(step, changed)] if changed else []),
        ),
    )
    rows = tuple(tuple(row) for row in log.epoch_rows().tolist())
    files: dict[str, bytes | Path] = {CHECKPOINT: checkpoint_file.encode(replace(moment, epochs=rows))}
    if (checkpoint_file.step_of(folder / BEST) or step + 1) <= step:
        files[BEST] = folder / BEST
    files |= {file_name(kept): folder / file_name(kept) for kept in kept_steps(folder) if kept <= step}
    return _recorded(training, child, runs_dir, files, log)


def fingerprint_of(data: DataSet) -> str:
    """SHA-256 of the training labels and a thousand training images: other data under the same name is noticed."""
    digest = hashlib.sha256(str((data.info.shape, len(data.train), len(data.test))).encode())
    digest.update(data.train.labels.cpu().numpy().tobytes())
    every = max(1, len(data.train) // 1000)
    digest.update(np.ascontiguousarray(data.train.images[::every].cpu().numpy()).tobytes())
    return digest.hexdigest()


def versions(team: Team | None = None) -> dict[str, str]:
    """What a run was made with."""
    return {
        **({"processes": str(team.size)} if team is not None else {}),
        "cnnviewer": cnnviewer.__version__,
        "python": platform.python_version(),
        "torch": str(torch.__version__),
        "numpy": np.__version__,
        "system": f"{platform.system()} {platform.machine()}",
    }


def command_for(config: TrainConfig) -> str:
    """The command line that repeats a training, with every number whose default depends on the model."""
    default = TrainConfig()
    words = ["cnnviewer", "train"]
    for name in config.__dataclass_fields__:
        value = getattr(config, name)
        if value is not None and (name in _ALWAYS_TOLD or value != getattr(default, name)):
            words += [f"--{name.replace('_', '-')}", quoted(str(value))]
    return " ".join(words)


def quoted(word: str) -> str:
    """A word as a shell takes it: bare, in double quotes where every shell reads them alike, else as POSIX says."""
    if re.fullmatch(r"[\w:.,/+~=@%-]+", word):
        return word
    return shlex.quote(word) if re.search(r'["$`\\!]', word) else f'"{word}"'


def _recorded(
    training: Training, info: RunInfo, runs_dir: Path, files: Mapping[str, bytes | Path], log: MetricLog
) -> Recording:
    try:
        described = {RUN_FILE: info.to_json(), **files}
        # anew, a power cut at this moment would cost nothing that took time
        folder, _, _ = make_folder(runs_dir, info.id, log, described, durable=log.step_count > 0)
        if folder.name != info.id:  # another process has taken the name at this very moment
            info = replace(info, id=folder.name)
        return Recording(training, info, folder, locked_by_us(folder), log)
    except (OSError, UserError) as error:
        reason = (
            error
            if isinstance(error, UserError)
            else UserError(
                "the folder {folder} cannot be used ({reason}).", folder=runs_dir, reason=error.strerror or error
            )
        )
        return Recording(training, info, None, None, log, unrecorded(reason), in_memory(files))


def _layout(info: RunInfo, checkpoint: Checkpoint, config: TrainConfig) -> Layout | None:
    """The memory layout that what `checkpoint` is of used; None where the training is to choose."""
    if not checkpoint.step or config.device.partition(":")[0] != info.config.device.partition(":")[0]:
        return None
    if info.layout in MEMORY_FORMATS:
        return info.layout
    return "channels_last" if config.device == "cpu" else "contiguous"  # as it was before it was recorded


def _check_data(info: RunInfo, data: DataSet) -> None:
    if info.fingerprint and fingerprint_of(data) != info.fingerprint:
        raise UserError(
            "The run was trained on other images than those of {title} here: it cannot go on with these.",
            title=data.info.title,
        )


def _check_epochs(info: RunInfo, checkpoint: Checkpoint, epochs: int) -> None:
    if epochs < checkpoint.place.epoch and not (info.status == "running" and epochs == info.config.epochs):
        raise UserError(
            "The run {run} has come to the end of its {epochs} epochs: ask for more to go on.",
            field="epochs",
            run=info.id,
            epochs=epochs,
        )


def _check_place(info: RunInfo, checkpoint: Checkpoint, training: Training) -> None:
    """Refuse a checkpoint that cannot be of this training, whatever wrote it."""
    place = checkpoint.place
    if not (0 <= place.batch <= training.steps_per_epoch and place.epoch >= 1 and place.batch <= checkpoint.step):
        raise UserError("The run {folder} is damaged: its checkpoint is of another training.", folder=info.id)


def _fitting(moment: Checkpoint, info: RunInfo, config: TrainConfig) -> Checkpoint:
    """The moment for a branch with other numbers.

    Raises:
        UserError: with these it could not have come to be.
    """
    old = info.config
    for name in ("model", "dataset", "seed", "validation_fraction"):
        if getattr(config, name) != getattr(old, name):
            raise UserError(
                "A branch goes on with the model, the images and the seed of its run: otherwise it would be judged on "
                "images that it has learned. Begin a new training for that.",
                field=name,
            )
    place, per_epoch = moment.place, info.counts.get("steps_per_epoch", 0)
    if config.batch_size == old.batch_size or place.batch == 0:
        return moment
    if place.batch == per_epoch:
        done = math.ceil(info.counts.get("train", 0) / config.batch_size)
        return replace(moment, place=replace(place, batch=done))
    raise UserError(
        "Another batch size begins with an epoch: branch from the end of one, such as step {step}.",
        field="batch_size",
        step=moment.step - place.batch,
    )


def _now() -> str:
    return datetime.now().astimezone().isoformat(timespec="seconds")


def _free_id(runs_dir: Path, config: TrainConfig) -> str:
    """A name that sorts by time and says what it is, such as `2026-11-24_10-31-05_lenet_mnist`."""
    what = "_".join(re.sub(r"[^\w.-]+", "-", _short(key))[:40] for key in (config.model, config.dataset))
    name = f"{datetime.now():%Y-%m-%d_%H-%M-%S}_{what}"
    count, free = 1, name
    while (runs_dir / free).exists():
        count += 1
        free = f"{name}_{count}"
    return free


def _short(key: str) -> str:
    """`design:…` is a design; of `file:/a/b.py::Net` and `folder:/a/b` the last part says what it is."""
    kind, _, rest = key.partition(":")
    if not rest:
        return key
    return kind if kind == "design" else Path(rest.replace("::", "/")).name
