"""Two evaluations of the same images: cells that differ, images that became correct or wrong."""

import numpy as np
import pytest

from cnnviewer.core.errors import UserError
from cnnviewer.core.evaluation.confusion import Confusion, confusion_of
from cnnviewer.core.evaluation.difference import difference_of

NAMES = ("a", "b", "c")
LABELS = np.array([0, 0, 1, 1, 2, 2])


def table(predicted: list[int], indices: list[int] | None = None, names: tuple[str, ...] = NAMES) -> Confusion:
    """Classes are numbered as `names`; labels and predictions are given as numbers of `NAMES`."""
    chosen = np.arange(6) if indices is None else np.array(indices)
    numbers = np.array([names.index(name) for name in NAMES])
    sure = np.linspace(0.5, 0.9, len(chosen)).astype(np.float32)
    return confusion_of(numbers[LABELS[chosen]], numbers[np.array(predicted)], chosen, names, 6, confidences=sure)


NOW, BEFORE = [0, 1, 1, 1, 2, 0], [1, 0, 1, 1, 2, 1]


def test_the_difference_is_cell_by_cell_and_sums_to_nothing() -> None:
    found = difference_of(table(NOW), table(BEFORE))
    assert np.array_equal(found.values("counts"), table(NOW).counts - table(BEFORE).counts)
    assert found.values("counts").sum() == 0
    assert np.allclose(found.values("recall").sum(axis=1), 0)


def test_images_that_became_right_or_wrong_are_found() -> None:
    found = difference_of(table(NOW), table(BEFORE))
    assert found.flipped("right").tolist() == [0]
    assert found.flipped("wrong").tolist() == [1]
    assert found.flipped("changed").tolist() == [0, 1, 5]  # the last is wrong both times, in another way


def test_what_came_into_a_cell_and_left_it_is_told_apart() -> None:
    found = difference_of(table(NOW), table(BEFORE))
    came, left = found.came_and_left((0, 1))
    assert (came.tolist(), left.tolist()) == ([1], [0])
    assert found.before_of(0) == (1, pytest.approx(0.5))


def test_only_images_that_both_have_count() -> None:
    found = difference_of(table([1, 1, 0], [1, 3, 5]), table(BEFORE))
    assert found.total == 3
    assert found.rows.tolist() == [0, 1, 2]
    assert found.flipped("wrong").tolist() == [0]
    assert found.now.sum() == found.before.sum() == 3
    narrow = difference_of(table(NOW), table([0, 1, 1], [1, 3, 5]))
    assert narrow.rows.tolist() == [1, 3, 5]
    assert narrow.before_of(0) is None


def test_classes_in_another_order_are_matched_by_name() -> None:
    found = difference_of(table(NOW), table(BEFORE, names=("c", "a", "b")))
    assert np.array_equal(found.values("counts"), table(NOW).counts - table(BEFORE).counts)
    assert found.flipped("right").tolist() == [0]


@pytest.mark.parametrize("other", ["classes", "images"])
def test_other_classes_or_images_are_refused(other: str) -> None:
    before = table(BEFORE)
    if other == "classes":
        before = confusion_of(LABELS.copy(), np.array(BEFORE), np.arange(6), ("a", "b", "x"), 6)
    else:
        before = confusion_of(LABELS[::-1].copy(), np.array(BEFORE), np.arange(6), NAMES, 6)
    with pytest.raises(UserError, match="cannot be compared"):
        difference_of(table(NOW), before)
