"""Which image is inspected: a pure function decides. No widgets, no threads."""

from __future__ import annotations

from typing import Literal

from cnnviewer.core.models.recipe import ModelRecipe
from cnnviewer.presenters.resolve import title_of

Place = Literal["greeting", "draw", "dataset", "file"]
"""Where the image comes from: the program's own digit at launch, the canvas, the data set, a picture."""

Happening = Literal[
    "drawn",
    "emptied",
    "sample chosen",
    "picture chosen",
    "drawing asked for",
    "picture asked for",
    "greeting asked for",
    "new data",
]
"""Events that can change the image. Nothing else does: not a tab, weights, a training, or a data set that is refused.

`emptied`: the drawing was erased. `new data`: another data set is loaded, by choice, with a model or with a run; not
the one that the program loads by itself at launch.
"""

_PLACES: dict[Happening, Place] = {
    "drawn": "draw",
    "sample chosen": "dataset",
    "picture chosen": "file",
    "drawing asked for": "draw",
    "picture asked for": "file",
    "greeting asked for": "greeting",
    "new data": "dataset",  # its first image: it fits whatever model came with it
}


def place_after(happening: Happening, now: Place) -> Place:
    """Where the inspected image comes from after `happening`.

    An erased drawing stays the current source: the user chose to show no image.
    """
    return _PLACES.get(happening, now)


def known_instead_of_digits(recipe: ModelRecipe) -> tuple[str, tuple[str, ...]]:
    """Title and classes of a model that knows no digits; no classes for one that knows them."""
    if frozenset(recipe.classes) == frozenset("0123456789"):
        return "", ()
    return title_of(recipe.model_key), recipe.classes
