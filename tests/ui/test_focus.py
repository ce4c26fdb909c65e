"""The keyboard's focus stays where the user works when the button that has it is turned off."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from cnnviewer.core.training.steering import ShownRun, Situation, steer
from cnnviewer.ui.train.buttons import TrainButtons
from cnnviewer.ui.widgets.probability_bars import ProbabilityBars
from cnnviewer.ui.window.input.canvas import DrawCanvas
from cnnviewer.ui.window.input.draw_tab import DrawTab
from cnnviewer.ui.window.input.grid import SampleGrid
from cnnviewer.ui.window.input.pixel_view import PixelView

STOPPED = ShownRun("LeNet on MNIST", 87, 3, 1, "stopped")


@pytest.fixture
def window(qtbot: QtBot) -> Any:
    """Buttons, and the canvas to which Qt would give the focus next."""
    made: Any = QWidget()
    qtbot.addWidget(made)
    column = QVBoxLayout(made)
    made.buttons, made.canvas = TrainButtons(made), DrawCanvas(made)
    column.addWidget(made.buttons)
    column.addWidget(made.canvas)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def test_the_focus_goes_from_train_to_pause_to_continue_and_never_to_the_canvas(window: Any) -> None:
    buttons = window.buttons
    buttons.set_steering(steer(Situation()))
    buttons.by_key["train"].setFocus()
    steps = (
        (Situation("preparing"), buttons),
        (Situation("running", run=STOPPED), buttons.by_key["pause"]),
        (Situation("paused", run=STOPPED), buttons.by_key["pause"]),
        (Situation("stopping", run=STOPPED), buttons),
        (Situation("idle", run=STOPPED), buttons.by_key["resume_run"]),
        (Situation("idle", lack="refused"), buttons),
    )
    for situation, holder in steps:
        buttons.set_steering(steer(situation))
        assert QApplication.focusWidget() is holder, situation


def test_the_focus_elsewhere_stays_there(window: Any) -> None:
    window.buttons.set_steering(steer(Situation()))
    window.canvas.setFocus()
    for state in ("preparing", "running", "idle"):
        window.buttons.set_steering(steer(Situation(state)))
        assert QApplication.focusWidget() is window.canvas


def test_undoing_and_redoing_by_the_keyboard_stays_among_the_tools(qtbot: QtBot) -> None:
    tab = DrawTab()
    qtbot.addWidget(tab)
    tab.resize(300, 360)
    tab.show()
    tab.activateWindow()
    qtbot.waitUntil(tab.isActiveWindow)
    QTest.mouseClick(tab.canvas, Qt.MouseButton.LeftButton)
    tab.undo_button.setFocus()
    QTest.keyClick(tab.undo_button, Qt.Key.Key_Space)
    assert tab.canvas.is_empty()
    assert QApplication.focusWidget() is tab.more_button, "redo is in its menu"
    tab.redo_action.trigger()
    assert not tab.canvas.is_empty()
    tab.clear_button.setFocus()
    QTest.keyClick(tab.clear_button, Qt.Key.Key_Space)
    assert QApplication.focusWidget() is tab.undo_button


def bars() -> ProbabilityBars:
    made = ProbabilityBars()
    made.set_notice("This image cannot be read.")
    return made


def wall() -> SampleGrid:
    made = SampleGrid()
    made.set_shown(np.zeros(0, np.int64), "No image.")
    return made


@pytest.mark.parametrize("make", [bars, wall, lambda: PixelView("pixels")], ids=["bars", "images", "pixels"])
def test_a_stop_of_tab_with_nothing_in_it_shows_the_ring(qtbot: QtBot, make: Callable[[], QWidget]) -> None:
    widget = make()
    qtbot.addWidget(widget)
    widget.resize(160, 160)
    widget.show()
    widget.activateWindow()
    widget.clearFocus()
    without = widget.grab().toImage()
    widget.setFocus()
    qtbot.waitUntil(widget.hasFocus)
    assert widget.grab().toImage() != without
