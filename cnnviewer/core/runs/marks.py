"""Drawings that are kept with the moments a person marked: `drawings/STEP.png` in the run's folder. Free of torch."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from cnnviewer.core import images
from cnnviewer.core.errors import UserError
from cnnviewer.core.export.arrays import png_bytes
from cnnviewer.core.export.atomic import write_atomically
from cnnviewer.core.runs.info import Mark, Notes, read_notes
from cnnviewer.core.runs.library import add_mark, write_notes

FOLDER = "drawings"
Pixels = npt.NDArray[np.uint8]


def mark_moment(folder: Path, mark: Mark, drawing: Pixels | None = None) -> Notes:
    """Mark a moment; `drawing`, ink 255 on 0, uint8 `(H, W)`, is kept with it. The run's words as they are then.

    Raises:
        UserError: the folder cannot be written to.
    """
    if drawing is not None:
        path = drawing_path(folder, mark.step)
        try:
            path.parent.mkdir(exist_ok=True)
        except OSError as error:
            raise UserError(
                "The drawing cannot be kept in {folder}: {reason}.", folder=folder.name, reason=error.strerror or error
            ) from error
        write_atomically(path, png_bytes(drawing))
    return add_mark(folder, mark)


def remove_mark(folder: Path, step: int) -> Notes:
    """Take the mark on `step` away, and the drawing kept with it.

    Raises:
        UserError: the folder cannot be written to.
    """
    notes = read_notes(folder)
    notes = replace(notes, marks=tuple(mark for mark in notes.marks if mark.step != step))
    write_notes(folder, notes)
    try:
        drawing_path(folder, step).unlink(missing_ok=True)
    except OSError as error:
        raise UserError(
            "The drawing of step {step} could not be removed: {reason}.", step=step, reason=error.strerror or error
        ) from error
    return notes


def kept_drawings(folder: Path) -> frozenset[int]:
    """The steps with which a drawing is kept."""
    try:
        names = [entry.stem for entry in (folder / FOLDER).iterdir() if entry.suffix == ".png"]
    except OSError:
        return frozenset()
    return frozenset(int(name) for name in names if name.isdigit())


def read_drawing(folder: Path, step: int) -> Pixels:
    """The drawing kept with `step` as a picture, uint8 `(H, W, 3)`.

    Raises:
        UserError: it is missing or damaged.
    """
    return images.read_image(drawing_path(folder, step))


def drawing_path(folder: Path, step: int) -> Path:
    """Where the drawing of a moment lies."""
    return folder / FOLDER / f"{step}.png"
