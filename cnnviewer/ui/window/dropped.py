"""What a file that was dropped on the window is, by its name."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal

from cnnviewer.core.models.recipe import WEIGHTS_ENDINGS

Kind = Literal["run", "folder", "npz", "weights", "model", "image"]


def kind_of(path: str) -> Kind:
    """What to open it as; a picture, when nothing else: the reader of pictures says what is wrong with it."""
    place, ending = Path(path), Path(path).suffix.lower()
    if place.is_dir():
        return "run" if os.path.lexists(place / "run.json") else "folder"  # a broken one too: its reader says so
    if place.name.lower().endswith((*WEIGHTS_ENDINGS, ".pt2", ".onnx", ".h5")):  # the reader says what the last are
        return "weights"
    kinds: dict[str, Kind] = {".npz": "npz", ".py": "model"}
    return kinds.get(ending, "image")
