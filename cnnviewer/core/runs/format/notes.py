"""The user's notes on a run: its name, a text, marked steps. Free of torch: the window shows them."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from threading import Lock
from typing import Final

from cnnviewer.core.files.atomic import write_atomically
from cnnviewer.core.files.ordinary_file import opened
from cnnviewer.core.json_text import json_text
from cnnviewer.core.plain_text import visible, width
from cnnviewer.core.runs.format.file_names import NOTES_FILE

CELL: Final = 200
"""Places that a name takes in every row of a table; 32,767 letters are the most that Excel reads."""
_LONGEST = 2**24  # bytes of the file: far more than any run's
_WRITING = Lock()  # between reading notes and writing them


@dataclass(frozen=True)
class Mark:
    """A step the user marked."""

    step: int
    text: str


@dataclass(frozen=True)
class Notes:
    """The user's notes on a run: `notes.json`. An invisible name counts as none."""

    name: str = ""
    note: str = ""
    marks: tuple[Mark, ...] = ()

    def __post_init__(self) -> None:
        if len(self.name) < CELL and not width("".join(visible(self.name).split())):
            object.__setattr__(self, "name", "")

    def to_json(self) -> bytes:
        """As the bytes of `notes.json`."""
        return json_text(asdict(self), indent=1).encode() + b"\n"


def read_notes(folder: str | os.PathLike[str]) -> Notes:
    """The user's notes on the run in `folder`; empty where they are missing or damaged."""
    try:
        with opened(Path(folder) / NOTES_FILE) as file:
            document = json.loads(file.read(_LONGEST).decode())
        marks = tuple(Mark(int(mark["step"]), str(mark["text"])) for mark in document.get("marks", ()))
        return Notes(str(document.get("name", "")), str(document.get("note", "")), marks)
    except (OSError, ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError):
        return Notes()


def write_notes(folder: Path, notes: Notes) -> None:
    """Write the user's notes on a run.

    Raises:
        UserError: the folder cannot be written to.
    """
    write_atomically(folder / NOTES_FILE, notes.to_json())


def change_notes(folder: Path, change: Callable[[Notes], Notes]) -> Notes:
    """Read the user's notes on a run, change them and write them back; return the new ones.

    Concurrent changes by several threads are all kept.

    Raises:
        UserError: the folder cannot be written to.
    """
    with _WRITING:
        notes = change(read_notes(folder))
        write_notes(folder, notes)
        return notes


def add_mark(folder: Path, mark: Mark) -> Notes:
    """Mark a step of a run; a second mark on the same step replaces the first.

    Raises:
        UserError: the folder cannot be written to.
    """

    def add(notes: Notes) -> Notes:
        others = [old for old in notes.marks if old.step != mark.step]
        return replace(notes, marks=tuple(sorted([*others, mark], key=lambda each: each.step)))

    return change_notes(folder, add)
