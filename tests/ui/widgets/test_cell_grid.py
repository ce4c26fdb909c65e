"""Cells under the pointer, and where keys lead, in everything that has rows and columns."""

import pytest
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QKeyEvent

from cnnviewer.ui.widgets.cell_grid import GridGeometry, arrow_step, list_step, moved, step_down, step_right, within


def pressed(key: Qt.Key) -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier)


GRID = GridGeometry(left=10.0, top=20.0, width=7.5, height=4.0, rows=3, cols=5)


@pytest.mark.parametrize("row", range(3))
@pytest.mark.parametrize("col", range(5))
def test_a_cell_is_found_at_its_corner_and_its_middle(row, col):
    cell = GRID.rect(row, col)
    assert GRID.at(cell.topLeft()) == (row, col)
    assert GRID.at(cell.center()) == (row, col)


@pytest.mark.parametrize(
    "point",
    [QPointF(9.9, 21), QPointF(11, 19.9), QPointF(10 + 5 * 7.5, 21), QPointF(11, 20 + 3 * 4.0)],
    ids=["left", "above", "right", "below"],
)
def test_beside_the_grid_there_is_no_cell(point):
    assert GRID.at(point) is None


def test_a_grid_that_fills_an_area_ends_where_it_ends():
    area = QRectF(3, 4, 50, 30)
    grid = GridGeometry.filling(area, rows=6, cols=5)
    assert grid.area() == area
    assert grid.rect(5, 4).bottomRight() == area.bottomRight()


@pytest.mark.parametrize(
    ("key", "step"),
    [
        (Qt.Key.Key_Up, (-1, 0)),
        (Qt.Key.Key_Down, (1, 0)),
        (Qt.Key.Key_Left, (0, -1)),
        (Qt.Key.Key_Right, (0, 1)),
        (Qt.Key.Key_A, None),
    ],
)
def test_an_arrow_leads_one_cell_its_way(key, step):
    event = pressed(key)
    assert arrow_step(event) == step
    assert (step_down(event), step_right(event)) == (step or (0, 0))


def test_the_way_ends_at_the_edge():
    assert moved((0, 4), (-1, 0), rows=3, cols=5) == (0, 4)
    assert moved((2, 4), (0, 1), rows=3, cols=5) == (2, 4)
    assert moved((1, 1), (1, 0), rows=3, cols=5) == (2, 1)
    assert within(12, 5) == 4
    assert within(-3, 5) == 0


@pytest.mark.parametrize(
    ("key", "step"),
    [
        (Qt.Key.Key_Right, 1),
        (Qt.Key.Key_Up, -4),
        (Qt.Key.Key_PageDown, 12),
        (Qt.Key.Key_Home, -100),
        (Qt.Key.Key_End, 100),
        (Qt.Key.Key_Return, None),
    ],
)
def test_keys_lead_through_a_list_in_columns(key, step):
    assert list_step(pressed(key), count=100, page=12, columns=4) == step
