"""Which image is inspected: a pure function decides. No widgets, no threads."""

from __future__ import annotations

from typing import Literal

from cnnviewer.core.data.info import DataInfo
from cnnviewer.core.images.drawn_digit import FIELD
from cnnviewer.core.models.digits import are_digits
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

`emptied`: the drawing was erased. `new data`: another data set is loaded, by choice, with a model or with a run, which
the user's own drawing or picture is no image for (`outlives_data`); not the one that the program loads by itself at
launch.
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


def outlives_data(now: Place, data: DataInfo) -> bool:
    """Whether the image inspected is the user's own, and a model of this data set reads it too.

    A picture is prepared for any model; a drawing is a digit.
    """
    return now == "file" or (now == "draw" and data.shape == (1, FIELD, FIELD) and are_digits(data.classes))


def known_instead_of_digits(recipe: ModelRecipe) -> tuple[str, tuple[str, ...]]:
    """Title and classes of a model that knows no digits; no classes for one that knows them."""
    if are_digits(recipe.classes):
        return "", ()
    return title_of(recipe.model_key), recipe.classes
