"""Walls of images: what is visible, what lies under the pointer, where the keys lead."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip

from cnnviewer.core.evaluation.records import ModelPredictions
from cnnviewer.ui.compare.disagreement_grid import DisagreementGrid
from cnnviewer.ui.window.input.grid import SampleGrid

COUNT = 200


@pytest.fixture(params=["samples", "disagreements"])
def wall(request, qtbot):
    images, labels = np.zeros((COUNT, 1, 8, 8), np.uint8), np.zeros(COUNT, np.int64)
    grid: SampleGrid | DisagreementGrid
    if request.param == "samples":
        grid = samples = SampleGrid()
        samples.set_images(images, labels, ("a", "b"))
    else:
        grid = disagreements = DisagreementGrid()
        disagreements.set_images(images)
        predicted, chances = np.ones((2, COUNT), np.int64), np.full((2, COUNT), 0.75, np.float32)
        disagreements.set_test_predictions(ModelPredictions((3, 8), predicted, chances, labels, ("a", "b")), (0, 1))
        disagreements.set_shown(np.arange(COUNT))
    qtbot.addWidget(grid)
    grid.resize(500, 400)
    with qtbot.waitExposed(grid):
        grid.show()
    return grid


@pytest.mark.parametrize("key", [Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_End])
def test_the_first_key_goes_to_the_first_image(wall, key):
    QTest.keyClick(wall, key)
    assert wall.place() == 0


def test_keys_walk_and_what_is_current_stays_in_view(wall):
    QTest.keyClick(wall, Qt.Key.Key_Right)
    QTest.keyClick(wall, Qt.Key.Key_Down)
    assert wall.place() == wall.columns()
    QTest.keyClick(wall, Qt.Key.Key_PageDown)
    assert wall.place() > 2 * wall.columns()
    QTest.keyClick(wall, Qt.Key.Key_End)
    assert wall.place() == COUNT - 1
    assert wall.viewport().rect().contains(wall.cell_rect(COUNT - 1).center().toPoint())
    QTest.keyClick(wall, Qt.Key.Key_Right)
    assert wall.place() == COUNT - 1
    QTest.keyClick(wall, Qt.Key.Key_Home)
    assert wall.place() == 0
    assert wall.verticalScrollBar().value() == 0


def test_a_click_chooses_what_lies_there_also_after_scrolling(wall):
    wall.verticalScrollBar().setValue(137)
    place = wall.visible_places()[wall.columns() + 1]
    middle = wall.cell_rect(place).center().toPoint()
    QTest.mouseClick(wall.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert wall.place() == place


def test_beside_the_images_there_is_none(wall):
    assert wall.place_at(QPoint(-1, 10)) == -1
    wall.set_shown(np.arange(1))
    assert wall.place_at(wall.cell_rect(1).center().toPoint()) == -1


def test_only_what_is_seen_is_painted(wall):
    seen = wall.visible_places()
    assert len(seen) < COUNT
    assert wall.cell_rect(seen[-1] + wall.columns()).top() >= wall.viewport().height()


def test_the_tool_tip_describes_the_image_under_the_pointer(wall, monkeypatch):
    said = []
    monkeypatch.setattr(QToolTip, "showText", lambda _place, words, _widget: said.append(words))
    monkeypatch.setattr(QToolTip, "hideText", lambda: said.append(""))
    for position in (wall.cell_rect(1).center().toPoint(), QPoint(-5, -5)):
        QApplication.sendEvent(wall.viewport(), QHelpEvent(QEvent.Type.ToolTip, position, QPoint()))
    assert "#1" in said[0]
    assert "true class a" in said[0]
    assert said[1:] == [""]
