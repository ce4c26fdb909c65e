"""What a run is: the description at the head of its folder. Free of torch: the window shows it."""

from __future__ import annotations

import json
import math
import os
import re
import zlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Literal, cast, get_args

from cnnviewer.core.data.source import DataFingerprint, Piece, What
from cnnviewer.core.error_text import system_reason
from cnnviewer.core.errors import UserError
from cnnviewer.core.files.ordinary_file import opened
from cnnviewer.core.images.decoding import recorded
from cnnviewer.core.json_text import json_text, plain
from cnnviewer.core.models.mutes import Mutes, as_plain, from_plain
from cnnviewer.core.models.recipe import ModelRecipe
from cnnviewer.core.plain_text import short
from cnnviewer.core.runs.format.file_names import RUN_FILE
from cnnviewer.core.runs.format.notes import CELL, Notes
from cnnviewer.core.training.config import TrainConfig

FORMAT = "cnnviewer-run"
VERSION = 1
_WITH_MUTES = 2
"""Of a run with muted channels: a program that knows none must not go on with it without them."""
_LARGEST = 65_536  # pixels a side
_LONGEST = 2**24  # bytes of the file: far more than any run's
Status = Literal["running", "stopped", "finished", "failed"]


@dataclass(frozen=True)
class Parent:
    """The snapshot of another run that a run branched from."""

    run: str
    step: int


@dataclass(frozen=True)
class Start:
    """The weights that a run began with, in place of random ones.

    Attributes:
        name: of their file or run, as shown to the user.
        step: of the training they come from; 0 where they record none.
        digest: of their numbers, see `digest_of`.
        exact: whether the command that repeats the run begins with exactly these: they are in a file, or the first
            snapshot of the run keeps every bit of them.

    """

    name: str
    step: int
    digest: str
    exact: bool = True


@dataclass(frozen=True)
class Change:
    """A run was resumed after `step` with another number of epochs, rate or momentum.

    Attributes:
        epochs: from then on.
        live_settings: learning rate and momentum from then on; None where the user changed neither.
        before: learning rate and momentum until then.
        ended: whether it had finished its epochs before.

    """

    step: int
    epochs: int
    live_settings: tuple[float, float] | None = None
    before: tuple[float, float] | None = None
    ended: bool = True


@dataclass(frozen=True)
class Deviation:
    """The run resumed at `step` with something that had changed, so it is not bit-exact.

    Attributes:
        kind: whether the `code` of the user's own model, the `data`, or its `surroundings`: PyTorch, processor.
        what: has changed: files, or phrases.

    """

    kind: Literal["code", "data", "surroundings"]
    step: int
    what: tuple[str, ...]


@dataclass(frozen=True)
class RunInfo:
    """A run's `run.json`. Only the training process writes it; the user's notes are in `Notes`.

    Attributes:
        id: name of the folder when it was made.
        created: local time with its offset, ISO 8601.
        config: as the training was asked for; `threads` is the count in use.
        recipe: of the model.
        counts: `train`, `validation`, `test`, `steps_per_epoch`, `total_steps`.
        validation_name: `"validation"` or `"test"`.
        data_notes: sentences about how the data set was read.
        fingerprint: of the data set's images and labels, see `changes.fingerprint_of`.
        source: where the images and labels lay, and a checksum of all of them; without pieces in runs of before this.
        density: number of snapshots at consecutive steps before they are spaced, see `snapshot_steps.next_snapshot`.
        status: as the training process left it; one that says `running` and whose lock is free was interrupted.
        resumed: how often it was resumed; metrics may have become shorter when this grows.
        problem: why it failed, as a sentence.
        parent: where it branched off.
        start: the weights it began with; None: random ones, or a parent's.
        layout: in which the model lies in memory while it trains, see `core.training.layout`; empty in runs of before
            this was recorded, which used `channels_last` on the CPU.
        sweep: name of the sweep it belongs to.
        command: the command line that repeats it.
        versions: of `cnnviewer`, `python`, `torch`, `numpy` and the `system`.
        code: of the user's own model, the hash of every file by its path as seen from the model's folder.
        deviations: where it was resumed with changed code or data or on another computer, its parents' included.
        mutes: channels that are muted in the whole training.
        result: of the test images at the end: `correct`, `total`, `accuracy`, `loss`, `per_class`.

    """

    id: str
    created: str
    config: TrainConfig
    recipe: ModelRecipe
    counts: Mapping[str, int] = field(default_factory=dict)
    validation_name: str = "validation"
    data_notes: tuple[str, ...] = ()
    fingerprint: str = ""
    source: DataFingerprint = field(default=DataFingerprint())
    density: int = 100
    status: Status = "running"
    resumed: int = 0
    problem: str = ""
    parent: Parent | None = None
    start: Start | None = None
    changes: tuple[Change, ...] = ()
    layout: str = ""
    sweep: str = ""
    command: str = ""
    versions: Mapping[str, str] = field(default_factory=dict)
    code: Mapping[str, str] = field(default_factory=dict)
    deviations: tuple[Deviation, ...] = ()
    mutes: Mutes = ()
    result: Mapping[str, Any] | None = None

    @property
    def began_with(self) -> tuple[float, float]:
        """Learning rate and momentum that its training began with: `config` has those of the newest resumption."""
        before = next((change.before for change in self.changes if change.before is not None), None)
        return before or (self.config.learning_rate, self.config.momentum)

    def to_json(self) -> bytes:
        """The bytes of `run.json`, with a checksum, so that no training resumes with damaged numbers."""
        version = _WITH_MUTES if self.mutes else VERSION
        document = cast("dict[str, Any]", plain({"format": FORMAT, "version": version, **asdict(self)}))
        if self.mutes:
            document["mutes"] = as_plain(self.mutes)
        else:
            del document["mutes"]  # the file is that of a program that knows none
        document["changes"] = [
            {("knobs" if name == "live_settings" else name): value for name, value in change.items()}
            for change in document["changes"]  # "knobs" is the file format's key
        ]
        return json_text({**document, "check": _check(document)}, indent=1).encode() + b"\n"


def read_info(folder: str | os.PathLike[str]) -> RunInfo:
    """The description of the run in `folder`.

    Raises:
        UserError: it is no run folder, its description is damaged, or a newer program wrote it.
    """
    path = Path(folder)
    try:
        with opened(path / RUN_FILE) as file:
            document = json.loads(file.read(_LONGEST).decode())
    except (FileNotFoundError, NotADirectoryError) as error:
        raise UserError("{folder} is not a run: it has no readable run.json.", folder=path.name) from error
    except OSError as error:  # such as a pipe in its place
        raise UserError(
            "The run.json of the run {folder} cannot be read: {reason}.", folder=path.name, reason=system_reason(error)
        ) from error
    except (ValueError, RecursionError) as error:
        raise UserError("The run {folder} is damaged: its run.json cannot be read.", folder=path.name) from error
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise UserError("{folder} is not a run: its run.json was not written by this program.", folder=path.name)
    version = document.get("version")
    if not isinstance(version, int):
        raise UserError("The run {folder} is damaged: its run.json is incomplete.", folder=path.name)
    if version not in (VERSION, _WITH_MUTES):
        raise UserError("The run {folder} was written by a newer version of this program: update it.", folder=path.name)
    try:
        if document.pop("check", None) not in (None, _check(document)):  # None: of a file made by hand
            raise ValueError("check")
        return _info(document)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, OverflowError, RecursionError) as error:
        raise UserError("The run {folder} is damaged: its run.json is incomplete.", folder=path.name) from error


def exported_facts(info: RunInfo, notes: Notes) -> dict[str, object]:
    """What an exported table says of a run in every row: which one it is, its name cut to a cell, its configuration."""
    name = notes.name if len(notes.name) <= CELL else short(notes.name, CELL)
    return {"run": info.id, "name": name, **asdict(info.config)}


def with_status(info: RunInfo, status: Status, problem: str = "") -> RunInfo:
    """The same run in another state."""
    return replace(info, status=status, problem=problem)


def config_from(document: Mapping[str, Any]) -> TrainConfig:
    """A configuration from its JSON; what it does not name has its default. TypeError or ValueError for nonsense."""
    known = {item.name: item.default for item in fields(TrainConfig)}
    values = {name: value for name, value in document.items() if name in known}
    for name, value in values.items():
        default = known[name]
        kind = float if name == "dropout" else type(default)
        if name == "dropout" and value is None:
            continue
        if kind is float and type(value) is int:
            values[name] = float(value)
        elif type(value) is not kind:
            raise ValueError(name)
    config = TrainConfig(**values)
    return replace(config, dataset=str(config.data_key.absolute()))  # earlier runs kept the path as it was typed


def _check(document: Mapping[str, Any]) -> str:
    text = json.dumps(json.loads(json.dumps(document)), sort_keys=True)  # as it will be read: tuples become lists
    return f"crc32:{zlib.crc32(text.encode()):08x}"


def _info(document: dict[str, Any]) -> RunInfo:
    _check_whole_numbers(document)
    _check_name(str(document["id"]))
    mutes = from_plain(document.get("mutes", ()))
    if bool(mutes) != (document["version"] == _WITH_MUTES):
        raise ValueError("mutes")
    if document["status"] not in get_args(Status):
        raise ValueError("status")
    parent = document.get("parent")
    if parent:
        _check_name(str(parent["run"]))
    return RunInfo(
        id=str(document["id"]),
        created=str(document["created"]),
        config=config_from(document["config"]),
        recipe=_recipe(document["recipe"]),
        counts={str(name): int(count) for name, count in document.get("counts", {}).items()},
        validation_name=str(document.get("validation_name", "validation")),
        data_notes=tuple(map(str, document.get("data_notes", ()))),
        fingerprint=str(document.get("fingerprint", "")),
        source=_source(document.get("source", {})),
        density=max(1, int(document.get("density", 100))),
        status=document["status"],
        resumed=int(document.get("resumed", 0)),
        problem=str(document.get("problem", "")),
        parent=Parent(str(parent["run"]), int(parent["step"])) if parent else None,
        start=_start(document.get("start")),
        changes=tuple(
            Change(
                int(change["step"]),
                int(change["epochs"]),
                _live_settings(change.get("knobs")),
                _live_settings(change.get("before")),
                bool(change.get("ended", True)),
            )
            for change in document.get("changes", ())
        ),
        layout=str(document.get("layout", "")),
        sweep=str(document.get("sweep", "")),
        command=str(document.get("command", "")),
        versions={str(name): str(value) for name, value in document.get("versions", {}).items()},
        code={str(name): str(digest) for name, digest in document.get("code", {}).items()},
        deviations=_deviations(document),
        mutes=mutes,
        result=_result(document.get("result")),
    )


def _start(document: Any) -> Start | None:
    if document is None:
        return None
    return Start(
        str(document["name"]), int(document["step"]), str(document["digest"]), bool(document.get("exact", True))
    )


def _source(document: Mapping[str, Any]) -> DataFingerprint:
    pieces = []
    for piece in document.get("pieces", ()):
        if piece["what"] not in get_args(What):
            raise ValueError("what")
        pieces.append(Piece(str(piece["name"]), piece["what"], int(piece["count"]), str(piece["check"])))
    return DataFingerprint(tuple(pieces), str(document.get("data_dir", "")))


def _deviations(document: Mapping[str, Any]) -> tuple[Deviation, ...]:
    """Those of a run; earlier runs noted changed code only, as `code_changes`."""
    found = [{"kind": "code", "what": change["files"], **change} for change in document.get("code_changes", ())]
    found += document.get("deviations", ())
    if any(change["kind"] not in ("code", "data", "surroundings") for change in found):
        raise ValueError("kind")
    return tuple(Deviation(each["kind"], int(each["step"]), tuple(map(str, each["what"]))) for each in found)


def _live_settings(pair: Any) -> tuple[float, float] | None:
    if pair is None:
        return None
    rate, momentum = pair
    return float(rate), float(momentum)


def _result(document: Any) -> dict[str, Any] | None:
    if document is None:
        return None
    counts = {str(name): (int(pair[0]), int(pair[1])) for name, pair in document.get("per_class", {}).items()}
    return {
        "correct": int(document["correct"]),
        "total": int(document["total"]),
        "accuracy": float(document["accuracy"]),
        "loss": float(document["loss"]) if document["loss"] is not None else math.nan,
        "per_class": {name: list(pair) for name, pair in counts.items()},
    }


def _recipe(document: Mapping[str, Any]) -> ModelRecipe:
    recipe = ModelRecipe(
        str(document["model"]),
        _shape(document["input_shape"]),
        tuple(str(name) for name in document["classes"]),
        tuple(float(value) for value in document["mean"]),
        tuple(float(value) for value in document["std"]),
        str(document["dataset"]),
        recorded(document),
    )
    numbers = (*recipe.mean, *recipe.std)
    if not (recipe.classes and len(recipe.mean) == len(recipe.std) == recipe.input_shape[0]):
        raise ValueError("recipe")
    if not (all(map(math.isfinite, numbers)) and min(recipe.std) > 0):
        raise ValueError("normalisation")
    return recipe


def _shape(values: list[int]) -> tuple[int, int, int]:
    channels, height, width = (int(value) for value in values)
    if not all(1 <= size <= _LARGEST for size in (channels, height, width)):
        raise ValueError("input_shape")
    return channels, height, width


def _check_whole_numbers(part: Any) -> None:
    """Refuse a number too large for a step or a seed, which would overflow."""
    if isinstance(part, int) and not -(2**63) <= part < 2**63:
        raise ValueError("number")
    for inner in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
        _check_whole_numbers(inner)


def _check_name(name: str) -> None:
    """Refuse what cannot be a run's id: it is the name of a folder."""
    if not re.fullmatch(r"[^\x00-\x1f/\\:]{1,200}", name) or name.startswith("."):
        raise ValueError("id")
