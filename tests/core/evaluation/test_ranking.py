"""Images of a table in every order, and those that a search finds."""

import numpy as np
import pytest

from cnnviewer.core.data.image_id import ImageFiles
from cnnviewer.core.evaluation.confusion import Confusion, confusion_of
from cnnviewer.core.evaluation.ranking import ORDERS, Order, matching, ordered
from cnnviewer.core.evaluation.scores import image_scores


def table() -> Confusion:
    draw = np.random.default_rng(3)
    logits = draw.normal(size=(40, 4)).astype(np.float32)
    labels = draw.integers(0, 4, 40)
    sure = np.exp(logits).max(1) / np.exp(logits).sum(1)
    names = ("cat", "car", "dog", "4")
    return confusion_of(
        labels, logits.argmax(1), np.arange(0, 400, 10), names, 400, 0, sure, image_scores(logits, labels)
    )


ALL = np.arange(40)


def test_each_order_sorts_by_its_number() -> None:
    shown = table()
    assert shown.scores is not None
    rows = np.flatnonzero(shown.labels != shown.predicted)
    assert np.all(np.diff(shown.confidences[ordered(shown, rows, "surest")]) <= 0)
    assert np.all(np.diff(shown.confidences[ordered(shown, rows, "unsurest")]) >= 0)
    assert np.all(np.diff(shown.scores.losses[ordered(shown, rows, "loss")]) <= 0)
    assert np.all(np.diff(shown.scores.margins[ordered(shown, rows, "margin")]) >= 0)


@pytest.mark.parametrize("order", ORDERS)
def test_an_order_loses_no_image_and_depends_on_no_order_of_before(order: Order) -> None:
    shown = table()
    rows = np.flatnonzero(shown.labels != shown.predicted)
    found = ordered(shown, rows, order)
    assert sorted(found) == rows.tolist()
    assert ordered(shown, rows[::-1].copy(), order).tolist() == found.tolist()


def test_values_that_are_not_known_come_last() -> None:
    sure = np.array([0.5, np.nan, 0.9], np.float32)
    shown = confusion_of(np.zeros(3, np.int64), np.ones(3, np.int64), np.arange(3), ("a", "b"), 3, confidences=sure)
    assert ordered(shown, np.arange(3), "surest").tolist() == [2, 0, 1]
    assert ordered(shown, np.arange(3), "loss").tolist() == [0, 1, 2]


def test_a_number_finds_the_image_of_that_index_and_the_class_of_that_name() -> None:
    shown, none = table(), ImageFiles()
    assert shown.indices[matching(shown, ALL, none, "#40")].tolist() == [40]
    found = matching(shown, ALL, none, "4")
    assert sorted(found) == np.flatnonzero((shown.labels == 3) | (shown.predicted == 3)).tolist()
    assert len(matching(shown, ALL, none, "#9999999999999999999999")) == 0


def test_words_find_classes_and_must_all_fit() -> None:
    shown, none = table(), ImageFiles()
    found = matching(shown, ALL, none, "CAT dog")
    pairs = {frozenset((int(shown.labels[row]), int(shown.predicted[row]))) for row in found}
    assert pairs == {frozenset((0, 2))}
    assert matching(shown, ALL, none, "  ").tolist() == ALL.tolist()
    assert len(matching(shown, ALL, none, "elephant")) == 0


def test_a_part_of_a_file_name_finds_its_image_and_the_order_stays() -> None:
    shown = table()
    files = ImageFiles(tuple(f"dogs/Photo {number:03}.png" for number in range(400)))
    assert shown.indices[matching(shown, ALL, files, "dogs 130.")].tolist() == [130]
    assert shown.indices[matching(shown, ALL, files, "130.png")].tolist() == [130]
    assert matching(shown, ALL[::-1], files, "photo").tolist() == ALL[::-1].tolist()


def test_rows_of_an_array_are_found_by_their_name() -> None:
    shown = table()
    files = ImageFiles(array="x_test", rows=np.arange(400) + 1000)
    assert shown.indices[matching(shown, ALL, files, "x_test[1130]")].tolist() == [130]
