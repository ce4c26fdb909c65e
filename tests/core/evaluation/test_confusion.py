"""The confusion matrix counts images by label and reading; its shares are those of the definitions."""

import numpy as np

from cnnviewer.core.evaluation.confusion import Confusion, confusion_of

LABELS = np.array([0, 0, 1, 1, 1, 2])
READ = np.array([0, 1, 1, 1, 0, 1])


def table() -> Confusion:
    return confusion_of(LABELS.copy(), READ.copy(), np.array([2, 3, 5, 8, 9, 11]), ("a", "b", "c"), 12, 7)


def test_rows_are_labels_and_columns_what_is_read() -> None:
    expected = np.zeros((3, 3), int)
    for label, read in zip(LABELS, READ, strict=True):
        expected[label, read] += 1
    assert np.array_equal(table().counts, expected)


def test_accuracy_recall_and_precision_are_those_of_the_definitions() -> None:
    shown = table()
    assert shown.accuracy == np.mean(LABELS == READ)
    assert np.allclose(shown.recall, [1 / 2, 2 / 3, 0.0])
    assert np.allclose(shown.precision[:2], [1 / 2, 2 / 4])
    assert np.isnan(shown.precision[2])  # nothing is read as c


def test_a_cell_knows_its_images_in_the_whole_split() -> None:
    assert table().images(1, 1).tolist() == [5, 8]
    assert table().images(2, 0).tolist() == []


def test_a_sample_is_not_complete() -> None:
    assert not table().complete
    assert confusion_of(LABELS.copy(), READ.copy(), np.arange(6), ("a", "b", "c"), 6).complete
