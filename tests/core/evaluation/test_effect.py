"""What a change does to the predictions: counted image by image, class by class."""

import numpy as np
import pytest

from cnnviewer.core.evaluation.confusion import Confusion, confusion_of
from cnnviewer.core.evaluation.effect import Effect, effect_of

LABELS = np.array([0, 0, 0, 1, 1, 2, 2, 2])
BEFORE = np.array([0, 0, 1, 1, 1, 2, 2, 0])
AFTER = np.array([0, 1, 0, 1, 2, 2, 2, 0])
INDICES = np.array([3, 5, 8, 9, 12, 20, 21, 30])


def table(predicted: np.ndarray, indices: np.ndarray = INDICES, labels: np.ndarray = LABELS) -> Confusion:
    return confusion_of(labels.copy(), predicted.copy(), indices.copy(), ("a", "b", "c"), 100)


def effect() -> Effect:
    found = effect_of(table(BEFORE), table(AFTER))
    assert found is not None
    return found


def test_images_that_became_wrong_and_correct_are_named_by_their_index() -> None:
    assert effect().became_wrong.tolist() == [5, 12]
    assert effect().became_correct.tolist() == [8]


def test_recall_and_precision_change_by_the_difference_of_their_shares() -> None:
    assert effect().recall_change == pytest.approx([0, -1 / 2, 0])
    # predicted as a: 3 of which 2 are, then 3 of which 2 are; as b: 3 (2), then 2 (1); as c: 2 (2), then 3 (2)
    assert effect().precision_change == pytest.approx([0, 1 / 2 - 2 / 3, 2 / 3 - 1])


def test_the_classes_that_changed_most_come_first_and_unchanged_ones_not_at_all() -> None:
    assert effect().classes_by_change == (1, 2)


def test_a_class_that_is_no_longer_predicted_has_changed_most() -> None:
    never_b = np.where(AFTER == 1, 0, AFTER)
    found = effect_of(table(BEFORE), table(never_b))
    assert found is not None
    assert np.isnan(found.precision_change[1])
    assert found.classes_by_change[0] == 1


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(None, id="no table"),
        pytest.param(table(AFTER[:7], INDICES[:7], LABELS[:7]), id="fewer images"),
        pytest.param(table(AFTER, INDICES + 1), id="other images"),
    ],
)
def test_tables_of_other_images_have_no_effect_in_common(other: Confusion | None) -> None:
    assert effect_of(table(BEFORE), other) is None
