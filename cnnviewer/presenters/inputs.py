"""Which image is looked at: one table decides. No widgets, no threads."""

from __future__ import annotations

from typing import Literal

Place = Literal["greeting", "draw", "dataset", "file"]
"""Where the image comes from: the program's own digit at launch, the canvas, the data set, a picture."""

Happening = Literal[
    "drawn",
    "emptied",
    "sample chosen",
    "picture chosen",
    "drawing asked for",
    "picture asked for",
    "new data",
]
"""What can change the image. Nothing else does: no tab, no weights, no training, no data set that is gone or refused.

`emptied`: the last ink of the drawing is gone. `new data`: another data set is there, by choice, with a model or with a
run; not the one that the program loads by itself at launch.
"""

_PLACES: dict[Happening, Place] = {
    "drawn": "draw",
    "sample chosen": "dataset",
    "picture chosen": "file",
    "drawing asked for": "draw",
    "picture asked for": "file",
    "new data": "dataset",  # its first image: it fits whatever model came with it
}


def place_after(happening: Happening, now: Place) -> Place:
    """Where the image looked at comes from after `happening`.

    A drawing that is emptied stays the image where it was looked at: there is none then, and that was the choice.
    """
    return _PLACES.get(happening, now)
