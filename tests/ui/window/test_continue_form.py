"""The questions before a run is resumed or a branch begins, over the stage."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from cnnviewer.core.training.config import TrainConfig
from cnnviewer.ui.widgets.reading_order import is_stop
from cnnviewer.ui.widgets.undoable import Undoable
from cnnviewer.ui.window.continue_form import ContinueForm
from cnnviewer.ui.window.messages import Messages

RUN = Path("/runs/third")
KEPT = (0, 10, 40, 100)
CONFIG = TrainConfig(epochs=3, momentum=0.9)


@pytest.fixture
def form(qtbot: QtBot) -> Iterator[ContinueForm]:
    window, stage = QWidget(), QWidget()
    QVBoxLayout(window).addWidget(stage)
    qtbot.addWidget(window)
    window.resize(1100, 600)
    stage.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    form = ContinueForm()
    form.stand_over(stage)
    window.show()
    qtbot.waitExposed(window)
    yield form
    window.close()


def spin(form: ContinueForm, name: str) -> Any:
    return form.findChild(QAbstractSpinBox, name)


def test_a_branch_goes_only_to_steps_that_are_kept(form: ContinueForm, qtbot: QtBot) -> None:
    form.ask_for_branch(RUN, "third", 40, KEPT, CONFIG)
    step = spin(form, "branchStepSpin")
    assert (step.value(), form.isVisible()) == (40, True)
    assert form.findChildren(QLabel)[0].wordWrap()  # it says what a branch is, whatever the width
    step.setValue(90)
    assert step.value() == 100
    step.setValue(21)
    assert step.value() == 10
    spin(form, "branchRateSpin").setValue(0.2)
    with qtbot.waitSignal(form.branch_requested) as heard:
        QTest.keyClick(form, Qt.Key.Key_Return)
    assert heard.args == [RUN, 10, {"learning_rate": 0.2, "momentum": 0.9, "epochs": 3}]
    assert not form.isVisible()


def test_its_numbers_are_undone_and_redone_one_by_one_until_another_run_is_asked_about(form: ContinueForm) -> None:
    form.ask_for_branch(RUN, "third", 40, KEPT, CONFIG)
    changes = form.findChild(Undoable)
    step, rate = spin(form, "branchStepSpin"), spin(form, "branchRateSpin")
    step.setValue(90)
    rate.setValue(0.2)
    assert changes.steps == (2, 0)
    changes.undo_requested.emit()
    assert (step.value(), rate.value()) == (100, CONFIG.learning_rate)
    changes.undo_requested.emit()
    assert (step.value(), changes.steps) == (40, (0, 2))
    changes.redo_requested.emit()
    assert step.value() == 100
    form.ask_for_branch(RUN, "third", 10, KEPT, CONFIG)
    assert changes.steps == (0, 0)


def test_the_arrows_reach_every_kept_step(form: ContinueForm) -> None:
    form.ask_for_branch(RUN, "third", 0, KEPT, TrainConfig())
    step = spin(form, "branchStepSpin")
    reached = []
    for key in (Qt.Key.Key_Up,) * 3 + (Qt.Key.Key_Down,) * 3:
        QTest.keyClick(step, key)
        reached.append(step.value())
    assert reached == [10, 40, 100, 40, 10, 0]


def test_escape_leaves_the_form_without_a_request(form: ContinueForm) -> None:
    heard: list[object] = []
    form.more_epochs_requested.connect(lambda *values: heard.append(values))
    form.ask_for_epochs(RUN, "third", 10)
    assert spin(form, "branchEpochsSpin").value() == 20
    QTest.keyClick(form, Qt.Key.Key_Escape)
    assert not form.isVisible()
    assert not heard


@pytest.mark.parametrize("width", [1100, 460])
def test_it_lies_within_the_stage_whatever_its_width(form: ContinueForm, width: int) -> None:
    window, stage = form.window(), form.window().findChild(QWidget)
    form.ask_for_branch(RUN, "third", 40, KEPT, CONFIG)
    window.resize(width, 600)
    QApplication.processEvents()
    assert stage.geometry().contains(form.geometry())
    for name in ("branchStepSpin", "branchRateSpin", "branchMomentumSpin", "branchEpochsSpin", "continueCancelButton"):
        field = form.findChild(QWidget, name)
        assert form.rect().contains(field.geometry()), name
        assert is_stop(field), name


def test_messages_stand_above_it_while_it_is_shown(form: ContinueForm) -> None:
    stage = form.window().findChild(QWidget)
    messages = Messages()
    messages.stand_over(stage)
    messages.leave_free(form)
    messages.show_message("Something happened.", "error")
    low = messages.geometry().bottom()
    form.ask_for_epochs(RUN, "third", 10)
    QApplication.processEvents()
    assert not messages.geometry().intersects(form.geometry())
    form.close()
    QApplication.processEvents()
    assert messages.geometry().bottom() == low


def test_the_keyboard_goes_on_where_it_was(form: ContinueForm) -> None:
    stage = form.window().findChild(QWidget)
    stage.setFocus()
    form.ask_for_epochs(RUN, "third", 10)
    assert form.isAncestorOf(form.window().focusWidget())
    form.close()
    assert form.window().focusWidget() is stage
