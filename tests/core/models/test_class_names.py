"""A class is found by its name, and by its number where no class has a name of its own."""

import pytest

from cnnviewer.core.models.class_names import class_index, made_up_names


@pytest.mark.parametrize(
    ("name", "classes", "index"),
    [
        ("0", made_up_names(2), 0),
        ("class 1", made_up_names(2), 1),
        ("2", made_up_names(2), None),
        ("7", tuple("0123456789"), 7),
        ("1", ("3", "1", "0"), 1),
        ("0", ("cat", "dog"), None),
    ],
    ids=["number", "made-up name", "no such number", "digits", "digits in another order", "names of their own"],
)
def test_a_number_is_a_name_first(name: str, classes: tuple[str, ...], index: int | None) -> None:
    assert class_index(name, classes) == index
