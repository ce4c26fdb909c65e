"""Which image is looked at after whatever can happen to it."""

import pytest

from cnnviewer.presenters.inputs import Happening, Place, place_after


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
        ("new data", ("dataset", "dataset", "dataset", "dataset")),
    ],
)
def test_the_image_comes_from_another_place_only_when_one_is_chosen(
    happening: Happening, after: tuple[Place, ...]
) -> None:
    places: tuple[Place, ...] = ("greeting", "draw", "dataset", "file")
    assert tuple(place_after(happening, now) for now in places) == after
