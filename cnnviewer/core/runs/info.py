"""What a run is: the description at the head of its folder. Free of torch: the window shows it."""

from __future__ import annotations

import json
import os
import re
import zlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Literal, get_args

from cnnviewer.core.errors import UserError
from cnnviewer.core.models.recipe import ModelRecipe
from cnnviewer.core.training.config import TrainConfig

FORMAT = "cnnviewer-run"
VERSION = 1
RUN_FILE, NOTES_FILE = "run.json", "notes.json"
_LONGEST = 2**24  # bytes of either file: far more than any run's
Status = Literal["running", "stopped", "finished", "failed"]


@dataclass(frozen=True)
class Parent:
    """The moment of another run that a run began from."""

    run: str
    step: int


@dataclass(frozen=True)
class Change:
    """The number of epochs was changed when a run was gone on with."""

    step: int
    epochs: int


@dataclass(frozen=True)
class CodeChange:
    """A person's own model was another one from `step` on: `files` had changed. The run is not exact."""

    step: int
    files: tuple[str, ...]


@dataclass(frozen=True)
class RunInfo:
    """A run's `run.json`. Only the process that trains writes it; a person's words are in `Notes`.

    Attributes:
        id: name of the folder when it was made.
        created: local time with its offset, ISO 8601.
        config: as the training was asked for; `threads` is the count in use.
        recipe: of the model.
        counts: `train`, `validation`, `test`, `steps_per_epoch`, `total_steps`.
        validation_name: `"validation"` or `"test"`.
        fingerprint: of the data set's images and labels, see `fingerprint_of`.
        density: moments kept in a row before they are spaced, see `moments.next_moment`.
        status: as the training process left it; one that says `running` and whose lock is free was interrupted.
        resumed: how often it was gone on with; metrics may have become shorter when this grows.
        problem: why it failed, in a sentence.
        parent: where it branched off.
        layout: in which the model lies in memory while it trains, see `core.training.layout`; empty in runs of before
            this was recorded, which used `channels_last` on the CPU.
        sweep: name of the sweep it belongs to.
        command: the command line that repeats it.
        versions: of `cnnviewer`, `python`, `torch`, `numpy` and the `system`.
        code: of a person's own model, the hash of every file by its path as seen from the model's folder.
        code_changes: where it went on with changed code, its parents' included.
        result: of the test images at the end: `correct`, `total`, `accuracy`, `loss`, `per_class`.

    """

    id: str
    created: str
    config: TrainConfig
    recipe: ModelRecipe
    counts: Mapping[str, int] = field(default_factory=dict)
    validation_name: str = "validation"
    fingerprint: str = ""
    density: int = 100
    status: Status = "running"
    resumed: int = 0
    problem: str = ""
    parent: Parent | None = None
    changes: tuple[Change, ...] = ()
    layout: str = ""
    sweep: str = ""
    command: str = ""
    versions: Mapping[str, str] = field(default_factory=dict)
    code: Mapping[str, str] = field(default_factory=dict)
    code_changes: tuple[CodeChange, ...] = ()
    result: Mapping[str, Any] | None = None

    def to_json(self) -> bytes:
        """As the bytes of `run.json`, with a check: no training goes on with a number that was damaged."""
        document = {"format": FORMAT, "version": VERSION, **asdict(self)}
        return json.dumps({**document, "check": _check(document)}, indent=1, ensure_ascii=False).encode() + b"\n"


@dataclass(frozen=True)
class Mark:
    """A moment a person marked."""

    step: int
    text: str


@dataclass(frozen=True)
class Notes:
    """What a person says about a run: `notes.json`."""

    name: str = ""
    note: str = ""
    marks: tuple[Mark, ...] = ()

    def to_json(self) -> bytes:
        """As the bytes of `notes.json`."""
        return json.dumps(asdict(self), indent=1, ensure_ascii=False).encode() + b"\n"


def read_info(folder: str | os.PathLike[str]) -> RunInfo:
    """The description of the run in `folder`.

    Raises:
        UserError: it is no run folder, its description is damaged, or a newer program wrote it.
    """
    path = Path(folder)
    try:
        with (path / RUN_FILE).open("rb") as file:
            document = json.loads(file.read(_LONGEST).decode())
    except OSError as error:
        raise UserError("{folder} is not a run: it has no readable run.json.", folder=path.name) from error
    except (ValueError, RecursionError) as error:
        raise UserError("The run {folder} is damaged: its run.json cannot be read.", folder=path.name) from error
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise UserError("{folder} is not a run: its run.json was not written by this program.", folder=path.name)
    if document.get("version") != VERSION:
        raise UserError("The run {folder} was written by a newer version of this program: update it.", folder=path.name)
    try:
        if document.pop("check", None) not in (None, _check(document)):  # None: of a file made by hand
            raise ValueError("check")
        return _info(document)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, OverflowError) as error:
        raise UserError("The run {folder} is damaged: its run.json is not whole.", folder=path.name) from error


def read_notes(folder: str | os.PathLike[str]) -> Notes:
    """A person's words about the run in `folder`; none where they are missing or damaged."""
    try:
        with (Path(folder) / NOTES_FILE).open("rb") as file:
            document = json.loads(file.read(_LONGEST).decode())
        marks = tuple(Mark(int(mark["step"]), str(mark["text"])) for mark in document.get("marks", ()))
        return Notes(str(document.get("name", "")), str(document.get("note", "")), marks)
    except (OSError, ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError):
        return Notes()


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
    return TrainConfig(**values)


def _check(document: Mapping[str, Any]) -> str:
    text = json.dumps(json.loads(json.dumps(document)), sort_keys=True)  # as it will be read: tuples become lists
    return f"crc32:{zlib.crc32(text.encode()):08x}"


def _info(document: dict[str, Any]) -> RunInfo:
    recipe = document["recipe"]
    if not re.fullmatch(r"[^\x00-\x1f/\\:]{1,200}", str(document["id"])) or str(document["id"]).startswith("."):
        raise ValueError("id")  # it becomes the name of a folder
    if document["status"] not in get_args(Status):
        raise ValueError("status")
    parent = document.get("parent")
    return RunInfo(
        id=str(document["id"]),
        created=str(document["created"]),
        config=config_from(document["config"]),
        recipe=ModelRecipe(
            str(recipe["model"]),
            _shape(recipe["input_shape"]),
            tuple(str(name) for name in recipe["classes"]),
            tuple(float(value) for value in recipe["mean"]),
            tuple(float(value) for value in recipe["std"]),
            str(recipe["dataset"]),
        ),
        counts={str(name): int(count) for name, count in document.get("counts", {}).items()},
        validation_name=str(document.get("validation_name", "validation")),
        fingerprint=str(document.get("fingerprint", "")),
        density=max(1, int(document.get("density", 100))),
        status=document["status"],
        resumed=int(document.get("resumed", 0)),
        problem=str(document.get("problem", "")),
        parent=Parent(str(parent["run"]), int(parent["step"])) if parent else None,
        changes=tuple(Change(int(change["step"]), int(change["epochs"])) for change in document.get("changes", ())),
        layout=str(document.get("layout", "")),
        sweep=str(document.get("sweep", "")),
        command=str(document.get("command", "")),
        versions={str(name): str(value) for name, value in document.get("versions", {}).items()},
        code={str(name): str(digest) for name, digest in document.get("code", {}).items()},
        code_changes=tuple(
            CodeChange(int(change["step"]), tuple(map(str, change["files"])))
            for change in document.get("code_changes", ())
        ),
        result=_result(document.get("result")),
    )


def _result(document: Any) -> dict[str, Any] | None:
    if document is None:
        return None
    counts = {str(name): (int(pair[0]), int(pair[1])) for name, pair in document.get("per_class", {}).items()}
    return {
        "correct": int(document["correct"]),
        "total": int(document["total"]),
        "accuracy": float(document["accuracy"]),
        "loss": float(document["loss"]),
        "per_class": {name: list(pair) for name, pair in counts.items()},
    }


def _shape(values: list[int]) -> tuple[int, int, int]:
    channels, height, width = (int(value) for value in values)
    return channels, height, width
