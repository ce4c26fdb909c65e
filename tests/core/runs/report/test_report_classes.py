"""The confusion matrix and the classes of a report."""

import numpy as np

from cnnviewer.core.runs.report.classes import class_rows, confusion_cells, confusion_picture

CLASSES = ("cat", "dog", "bird")
COUNTS = np.array([[8, 2, 0], [4, 4, 0], [0, 0, 0]])  # a row for each true class


def test_a_class_says_what_it_is_most_often_mistaken_for() -> None:
    cat, dog, bird = class_rows(COUNTS, CLASSES)
    assert (cat.name, cat.correct, cat.total, cat.accuracy, cat.mistaken_for) == ("cat", 8, 10, 0.8, ("dog", 2))
    assert (dog.accuracy, dog.mistaken_for) == (0.5, ("cat", 4))
    assert (bird.total, bird.accuracy, bird.mistaken_for) == (0, 0.0, None)


def test_correct_cells_are_shaded_by_the_share_of_their_row_and_mistakes_by_the_largest_one() -> None:
    cells = confusion_cells(COUNTS, CLASSES)
    assert [[cell.shade for cell in row] for row in cells] == [[0.8, 0.5, 0.0], [1.0, 0.5, 0.0], [0.0, 0.0, 0.0]]
    assert [cell.correct for row in cells for cell in row] == np.eye(3, dtype=bool).ravel().tolist()
    assert cells[0][1].title == "cat predicted as dog: 2"


def test_a_large_matrix_has_a_square_of_pixels_for_each_cell() -> None:
    picture, legend = confusion_picture(np.eye(40, dtype=np.int64))
    assert picture.pixels.shape == (40 * 18, 40 * 18, 4)
    squares = picture.pixels.reshape(40, 18, 40, 18, 4)
    assert (squares == squares[:, :1, :, :1]).all()
    assert len(np.unique(squares[:, 0, :, 0].reshape(-1, 4), axis=0)) == 2
    assert (legend.bounds.low, legend.bounds.high) == (0.0, 1.0)
