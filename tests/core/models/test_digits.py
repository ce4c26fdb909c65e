"""Which models take a photo for a digit."""

import numpy as np
import pytest

from cnnviewer.core.models.digits import knows_digits, read_as_digit, takes_digits
from cnnviewer.core.models.recipe import ModelRecipe


def recipe(classes: object, dataset: str = "", shape: tuple[int, int, int] = (1, 28, 28)) -> ModelRecipe:
    return ModelRecipe("lenet", shape, tuple(classes), (0.5,), (0.5,), dataset)


CLOTHES = ("shirt", "trousers", "pullover", "dress", "coat", "sandal", "blouse", "sneaker", "bag", "boot")


@pytest.mark.parametrize(
    ("about", "digits"),
    [
        (recipe("0123456789", "mnist"), True),
        (recipe("0123456789", "builtin-digits"), True),
        (recipe("0123456789"), True),
        (recipe("0123456789", "folder:/home/me/digits"), True),
        (recipe("9876543210", "folder:/home/me/digits"), True),
        (recipe("0123456789", "npz:/home/me/fashion.npz"), False),
        (recipe(CLOTHES, "folder:/home/me/clothes"), False),
        (recipe("01234"), False),
        (recipe("0123456789", "mnist", (1, 32, 32)), False),
        (recipe("0123456789", "mnist", (3, 28, 28)), False),
    ],
    ids=["MNIST", "built-in", "unknown data", "folder", "reversed", "npz", "clothes", "five", "32 large", "colour"],
)
def test_only_models_of_digits_read_photos_as_digits(about: ModelRecipe, digits: bool) -> None:
    assert knows_digits(about) == digits
    assert read_as_digit(np.zeros((300, 200, 3), np.uint8), about) == digits
    assert not read_as_digit(np.zeros((28, 28, 3), np.uint8), about), "an image of a data set stays as it is"


def test_any_model_of_grey_28x28_images_can_be_told_to_read_digits() -> None:
    assert takes_digits(recipe(CLOTHES))
    assert not takes_digits(recipe(CLOTHES, shape=(3, 28, 28)))
