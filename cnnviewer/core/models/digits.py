"""Which models read digits, and which pictures are prepared as digits for them. Free of torch."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cnnviewer.core.images.drawn_digit import FIELD
from cnnviewer.core.models.recipe import ModelRecipe


def takes_digits(recipe: ModelRecipe) -> bool:
    """Whether a model's images can be MNIST's: then the user may choose how a picture is prepared for it."""
    return recipe.input_shape == (1, FIELD, FIELD)


def are_digits(classes: tuple[str, ...]) -> bool:
    """Whether these classes are the ten digits, in whatever order."""
    return frozenset(classes) == frozenset("0123456789")


def knows_digits(recipe: ModelRecipe) -> bool:
    """Whether a model was trained on digits as MNIST's makers prepared them.

    A `.npz` file rarely names its classes, and numbers them then: there 0 to 9 may just as well be clothes.
    """
    return takes_digits(recipe) and are_digits(recipe.classes) and recipe.data_key.kind != "npz"


def read_as_digit(image: NDArray[np.uint8], recipe: ModelRecipe) -> bool:
    """Whether a picture `(H, W, 3)` is prepared as a digit for this model where nobody says otherwise.

    A picture of the model's own size is taken for an image of its data set and left as it is.
    """
    return knows_digits(recipe) and image.shape[:2] != (FIELD, FIELD)
