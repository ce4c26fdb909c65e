"""A marked snapshot keeps its word and, where wanted, the drawing that stood on the canvas."""

from pathlib import Path

import numpy as np
import pytest

from cnnviewer.core.errors import UserError
from cnnviewer.core.runs.format.marks import kept_drawings, mark_step, read_drawing, remove_mark
from cnnviewer.core.runs.format.notes import Mark, read_notes


def test_a_mark_and_its_drawing_come_back_as_they_were(tmp_path: Path) -> None:
    drawing = np.random.default_rng(0).integers(0, 256, (28, 30), dtype=np.uint8)
    mark_step(tmp_path, Mark(412, "sees the loop"), drawing)
    mark_step(tmp_path, Mark(7, "nothing yet"))
    assert read_notes(tmp_path).marks == (Mark(7, "nothing yet"), Mark(412, "sees the loop"))
    assert kept_drawings(tmp_path) == {412}
    assert np.array_equal(read_drawing(tmp_path, 412)[..., 0], drawing)


def test_a_second_mark_on_a_step_takes_the_place_of_the_first(tmp_path: Path) -> None:
    mark_step(tmp_path, Mark(3, "one"))
    mark_step(tmp_path, Mark(3, "two"))
    assert read_notes(tmp_path).marks == (Mark(3, "two"),)


def test_removing_a_mark_removes_its_drawing_and_leaves_the_others(tmp_path: Path) -> None:
    for step in (3, 5):
        mark_step(tmp_path, Mark(step, "word"), np.zeros((4, 4), np.uint8))
    remove_mark(tmp_path, 3)
    assert read_notes(tmp_path).marks == (Mark(5, "word"),)
    assert kept_drawings(tmp_path) == {5}


def test_a_folder_that_is_gone_is_reported_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(UserError):
        mark_step(tmp_path / "gone", Mark(1, "word"), np.zeros((4, 4), np.uint8))
