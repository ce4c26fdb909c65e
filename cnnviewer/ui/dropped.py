"""What a file that was dropped on the window is, by its name."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

_WEIGHTS = (".safetensors", ".pt", ".pth")
Kind = Literal["run", "folder", "npz", "weights", "model", "image"]


def kind_of(path: str) -> Kind:
    """What to open it as; a picture, when nothing else: the reader of pictures says what is wrong with it."""
    place, ending = Path(path), Path(path).suffix.lower()
    if place.is_dir():
        return "run" if (place / "run.json").is_file() else "folder"
    if ending in _WEIGHTS:
        return "weights"
    kinds: dict[str, Kind] = {".npz": "npz", ".py": "model"}
    return kinds.get(ending, "image")
