"""Drawings stored with the steps the user marked: `drawings/STEP.png` in the run's folder. Free of torch."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from cnnviewer.core.error_text import system_reason
from cnnviewer.core.errors import UserError
from cnnviewer.core.export.arrays import png_bytes
from cnnviewer.core.files.atomic import write_atomically
from cnnviewer.core.images import image_file
from cnnviewer.core.runs.format.notes import Mark, Notes, add_mark, change_notes, read_notes

FOLDER = "drawings"
Pixels = npt.NDArray[np.uint8]


def mark_step(folder: Path, mark: Mark, drawing: Pixels | None = None) -> Notes:
    """Mark a step; `drawing`, ink 255 on 0, uint8 `(H, W)`, is stored with it. Returns the run's new notes.

    Raises:
        UserError: the folder cannot be written to.
    """
    if drawing is not None:
        path = drawing_path(folder, mark.step)
        try:
            path.parent.mkdir(exist_ok=True)
        except OSError as error:
            raise UserError(
                "The drawing cannot be kept in {folder}: {reason}.", folder=folder.name, reason=system_reason(error)
            ) from error
        write_atomically(path, png_bytes(drawing))
    return add_mark(folder, mark)


def remove_mark(folder: Path, step: int) -> Notes:
    """Remove the mark on `step` and its drawing.

    Raises:
        UserError: the folder cannot be written to.
    """
    notes = change_notes(
        folder, lambda known: replace(known, marks=tuple(mark for mark in known.marks if mark.step != step))
    )
    try:
        if not (folder / FOLDER).is_symlink():  # else the files there are not the run's own to remove
            drawing_path(folder, step).unlink(missing_ok=True)
    except OSError as error:
        raise UserError(
            "The drawing of step {step} could not be removed: {reason}.", step=step, reason=system_reason(error)
        ) from error
    return notes


@dataclass(frozen=True, eq=False)
class KeptMark:
    """A mark with its drawing, ink 255 on 0, uint8 `(H, W)`; None where it has none."""

    mark: Mark
    drawing: Pixels | None


def kept_mark(folder: Path, step: int) -> KeptMark | None:
    """The mark on `step` as it is kept; None where there is none.

    Raises:
        UserError: its drawing is damaged.
    """
    mark = next((mark for mark in read_notes(folder).marks if mark.step == step), None)
    if mark is None:
        return None
    return KeptMark(mark, read_drawing(folder, step)[..., 0] if step in kept_drawings(folder) else None)


def keep_mark(folder: Path, step: int, kept: KeptMark | None) -> Notes:
    """Give `step` this mark and this drawing, and no other ones; None: neither.

    Raises:
        UserError: the folder cannot be written to.
    """
    notes = remove_mark(folder, step)
    return notes if kept is None else mark_step(folder, kept.mark, kept.drawing)


def kept_drawings(folder: Path) -> frozenset[int]:
    """The steps that have a drawing."""
    try:
        names = [entry.stem for entry in (folder / FOLDER).iterdir() if entry.suffix == ".png"]
    except OSError:
        return frozenset()
    return frozenset(int(name) for name in names if name.isdigit())


def read_drawing(folder: Path, step: int) -> Pixels:
    """The drawing of `step` as a picture, uint8 `(H, W, 3)`.

    Raises:
        UserError: it is missing or damaged.
    """
    return image_file.read_image(drawing_path(folder, step))


def drawing_path(folder: Path, step: int) -> Path:
    """The path of a step's drawing."""
    return folder / FOLDER / f"{step}.png"
