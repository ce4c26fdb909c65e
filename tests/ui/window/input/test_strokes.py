"""What one stroke is, and what can be taken back and done again."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cnnviewer.ui.window.input.canvas import DrawCanvas
from cnnviewer.ui.window.input.draw_tab import DrawTab

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
NO_BUTTON, NO_KEY = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def canvas(qtbot: QtBot) -> DrawCanvas:
    made = DrawCanvas()
    qtbot.addWidget(made)
    made.resize(400, 280)  # 60 pixels beside the sheet at either side
    made.show()
    return made


def send(canvas: DrawCanvas, kind: QEvent.Type, x: int, y: int, button: Qt.MouseButton, down: Qt.MouseButton) -> None:
    place = QPointF(x, y)
    QApplication.sendEvent(canvas, QMouseEvent(kind, place, canvas.mapToGlobal(place), button, down, NO_KEY))


def press(canvas: DrawCanvas, x: int, y: int) -> None:
    send(canvas, QEvent.Type.MouseButtonPress, x, y, LEFT, LEFT)


def move(canvas: DrawCanvas, x: int, y: int, down: Qt.MouseButton = LEFT) -> None:
    send(canvas, QEvent.Type.MouseMove, x, y, NO_BUTTON, down)


def release(canvas: DrawCanvas, x: int, y: int) -> None:
    send(canvas, QEvent.Type.MouseButtonRelease, x, y, LEFT, NO_BUTTON)


def line(canvas: DrawCanvas, x: int) -> None:
    press(canvas, x, 60)
    move(canvas, x, 220)
    release(canvas, x, 220)


def between(canvas: DrawCanvas) -> np.ndarray:
    """The raster's columns between lines at x = 120 and x = 280 of the widget."""
    return canvas.raster()[:, 90:190]


def test_what_was_taken_back_can_be_done_again(canvas: DrawCanvas) -> None:
    line(canvas, 120)
    one = canvas.raster()
    line(canvas, 280)
    two = canvas.raster()
    canvas.clear()
    for _ in range(3):
        canvas.undo()
    assert canvas.is_empty()
    assert not canvas.can_undo
    canvas.redo()
    assert np.array_equal(canvas.raster(), one)
    canvas.redo()
    assert np.array_equal(canvas.raster(), two)
    canvas.redo()
    assert canvas.is_empty()
    assert not canvas.can_redo
    canvas.undo()
    assert np.array_equal(canvas.raster(), two)


def test_a_new_stroke_ends_what_could_be_done_again(canvas: DrawCanvas) -> None:
    line(canvas, 120)
    canvas.undo()
    assert canvas.can_redo
    line(canvas, 280)
    now = canvas.raster()
    assert not canvas.can_redo
    canvas.redo()
    assert np.array_equal(canvas.raster(), now)


def test_a_stroke_taken_back_while_the_button_is_down_is_over(canvas: DrawCanvas) -> None:
    press(canvas, 120, 60)
    move(canvas, 120, 220)
    canvas.undo()
    assert canvas.is_empty()
    assert canvas.can_redo
    move(canvas, 280, 220)
    release(canvas, 280, 220)
    assert canvas.is_empty()


@pytest.mark.parametrize("lost", ["at the next press", "at a move without a button", "when the window loses the focus"])
def test_a_lost_release_does_not_join_two_strokes(canvas: DrawCanvas, lost: str) -> None:
    press(canvas, 120, 60)
    move(canvas, 120, 220)
    if lost == "at a move without a button":
        move(canvas, 200, 140, NO_BUTTON)
        assert between(canvas).max() == 0
    elif lost == "when the window loses the focus":
        QApplication.sendEvent(canvas, QEvent(QEvent.Type.WindowDeactivate))
        move(canvas, 200, 140)
    line(canvas, 280)
    assert between(canvas).max() == 0
    canvas.undo()
    assert canvas.raster()[:, 190:].max() == 0, "the second line is a step of its own"
    assert canvas.raster()[:, :90].max() == 255
    canvas.undo()
    assert canvas.is_empty()


def test_a_second_button_goes_on_with_the_first_ones_stroke(canvas: DrawCanvas) -> None:
    press(canvas, 120, 60)
    send(canvas, QEvent.Type.MouseButtonPress, 120, 140, RIGHT, LEFT | RIGHT)
    move(canvas, 120, 220, LEFT | RIGHT)
    send(canvas, QEvent.Type.MouseButtonRelease, 120, 220, RIGHT, LEFT)
    release(canvas, 120, 220)
    canvas.undo()
    assert canvas.is_empty()
    assert not canvas.can_undo


def test_a_new_finger_begins_its_own_stroke_where_the_last_ones_end_was_lost(canvas: DrawCanvas) -> None:
    device = QTest.createTouchDevice()
    for x in (120, 280):
        # the device forgets the first finger; the canvas is never told
        QTest.touchEvent(canvas, QTest.createTouchDevice() if x == 280 else device).press(
            0, QPoint(x, 60), canvas
        ).commit()
    assert between(canvas).max() == 0
    assert canvas.raster()[:, :90].max() == canvas.raster()[:, 190:].max() == 255


@pytest.mark.parametrize("erase", [False, True], ids=["drawing", "erasing"])
def test_a_press_beside_the_sheet_leaves_nothing_to_take_back(canvas: DrawCanvas, erase: bool) -> None:
    canvas.set_erasing(erase)
    press(canvas, 10, 140)
    assert not canvas.can_undo
    release(canvas, 10, 140)
    assert not canvas.can_undo
    assert canvas.is_empty()


def test_what_changes_nothing_leaves_nothing_to_take_back_and_keeps_what_can_be_done_again(canvas: DrawCanvas) -> None:
    line(canvas, 120)
    canvas.undo()
    canvas.set_erasing(True)
    line(canvas, 120)  # there is no ink to erase
    canvas.set_raster(canvas.raster())
    canvas.clear()
    assert not canvas.can_undo
    assert canvas.can_redo
    canvas.redo()
    assert not canvas.is_empty()


def test_a_stroke_that_begins_beside_the_sheet_draws_where_it_enters(canvas: DrawCanvas) -> None:
    press(canvas, 10, 140)
    move(canvas, 200, 140)
    release(canvas, 200, 140)
    assert canvas.raster().max() == 255
    canvas.undo()
    assert canvas.is_empty()
    assert not canvas.can_undo


def test_the_buttons_are_enabled_exactly_when_they_do_something(qtbot: QtBot) -> None:
    tab = DrawTab()
    qtbot.addWidget(tab)
    tab.resize(300, 360)
    tab.show()
    buttons = (tab.undo_button, tab.redo_action)
    assert [button.isEnabled() for button in buttons] == [False, False]
    line(tab.canvas, 120)
    assert [button.isEnabled() for button in buttons] == [True, False]
    tab.undo_button.click()
    assert [button.isEnabled() for button in buttons] == [False, True]
    tab.redo_action.trigger()
    assert not tab.canvas.is_empty()
    assert [button.isEnabled() for button in buttons] == [True, False]
