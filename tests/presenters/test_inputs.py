"""Which image is looked at after whatever can happen to it."""

import pytest

from cnnviewer.core.models.registry import MODELS
from cnnviewer.presenters.inputs import Happening, Place, known_instead_of_digits, place_after
from tests.small_data import COLOUR, GREY


@pytest.mark.parametrize(
    ("happening", "after"),
    [
        # what is looked at now:  greeting    draw      dataset    file
        ("drawn", ("draw", "draw", "draw", "draw")),
        ("emptied", ("greeting", "draw", "dataset", "file")),
        ("sample chosen", ("dataset", "dataset", "dataset", "dataset")),
        ("picture chosen", ("file", "file", "file", "file")),
        ("drawing asked for", ("draw", "draw", "draw", "draw")),
        ("picture asked for", ("file", "file", "file", "file")),
        ("greeting asked for", ("greeting", "greeting", "greeting", "greeting")),
        ("new data", ("dataset", "dataset", "dataset", "dataset")),
    ],
)
def test_the_image_comes_from_another_place_only_when_one_is_chosen(
    happening: Happening, after: tuple[Place, ...]
) -> None:
    places: tuple[Place, ...] = ("greeting", "draw", "dataset", "file")
    assert tuple(place_after(happening, now) for now in places) == after


def test_a_model_is_told_by_its_classes_unless_they_are_the_digits() -> None:
    digits = MODELS["lenet"].recipe_for(GREY)
    assert known_instead_of_digits(digits) == ("", ())
    things = MODELS["simplecnn"].recipe_for(COLOUR)
    assert set(things.classes) != set("0123456789")
    assert known_instead_of_digits(things) == ("SimpleCNN", things.classes)
