"""The time bar: hidden until there is something to go through; everything by mouse and by keyboard."""

from typing import Any

import pytest
from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from cnnviewer.core.runs.info import Mark
from cnnviewer.core.runs.timeline import MomentFacts, Timeline
from cnnviewer.ui.time.bar import TimeBar

PLACES = Timeline((0, 1, 2, 3, 5, 8, 13, 21), ((1, 5), (2, 13)), 13, (Mark(8, "sees"),), frozenset({8}))


@pytest.fixture
def bar(qtbot: QtBot) -> TimeBar:
    made = TimeBar()
    qtbot.addWidget(made)
    made.resize(600, 40)
    return made


def heard(bar: TimeBar, signal: str) -> list[Any]:
    values: list[Any] = []
    getattr(bar, signal).connect(lambda *given: values.append(given[0] if len(given) == 1 else given))
    return values


def fill(bar: TimeBar, step: int = 21, at_now: bool = True) -> None:
    bar.set_timeline(PLACES)
    bar.set_place(MomentFacts(step, 2, 0.3125, 0.962), at_now)


def test_it_is_hidden_without_moments(bar: TimeBar) -> None:
    possible = heard(bar, "possible_changed")
    bar.set_timeline(Timeline())
    assert bar.isHidden()
    fill(bar)
    assert not bar.isHidden()
    bar.set_timeline(Timeline())
    assert bar.isHidden()
    assert possible == [True, False]


def test_the_label_says_step_epoch_loss_and_validation(bar: TimeBar) -> None:
    fill(bar, 13, at_now=False)
    assert bar.words == "step 13 · epoch 2 · loss 0.312 · validation 96.2 %"
    bar.set_place(MomentFacts(0), False)
    assert bar.words == "step 0 · untrained"
    bar.set_place(MomentFacts(8, 2, 0.5), False)
    assert bar.words.endswith("⚑ sees")
    assert bar.slider.accessibleDescription() == bar.words


def test_a_click_goes_to_the_place_under_the_pointer(bar: TimeBar) -> None:
    fill(bar)
    bar.show()
    chosen = heard(bar, "step_chosen")
    slider = bar.slider
    QTest.mouseClick(slider, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(8, 10))
    QTest.mouseClick(slider, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(slider.width() // 2, 10))
    assert chosen[0] == 0
    assert chosen[1] in (3, 5)  # the middle place, not the middle step


def test_a_click_near_a_flag_goes_to_the_mark(bar: TimeBar) -> None:
    fill(bar)
    bar.show()
    chosen = heard(bar, "step_chosen")
    x = round(bar.slider._x_of(8)) + 4
    QTest.mouseClick(bar.slider, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(x, 4))
    assert chosen == [8]


def test_the_keyboard_walks_from_place_to_place(bar: TimeBar) -> None:
    fill(bar)
    bar.show()
    chosen = heard(bar, "step_chosen")
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End):
        QTest.keyClick(bar.slider, key)
    assert chosen == [13, 8, 13, 0, 21]


def test_the_handle_keeps_its_step_when_moments_come(bar: TimeBar) -> None:
    fill(bar, 5, at_now=False)
    chosen = heard(bar, "step_chosen")
    bar.set_timeline(Timeline((0, 1, 2, 3, 5, 8, 13, 21, 34, 55)))
    assert bar.property("step") == 5
    assert chosen == []


def test_buttons_are_possible_when_what_they_do_is(bar: TimeBar) -> None:
    fill(bar)
    assert bar.buttons["best"].isEnabled()
    assert not bar.buttons["now"].isEnabled()
    fill(bar, 3, at_now=False)
    assert bar.buttons["now"].isEnabled()
    bar.set_timeline(Timeline((0, 1)))
    assert not bar.buttons["best"].isEnabled()
    bar.set_place(None, False)
    assert not bar.buttons["mark"].isEnabled()
    assert "Other weights" in bar.words


def test_play_tells_the_speed_first_and_moving_the_slider_pauses(bar: TimeBar) -> None:
    fill(bar)
    speeds, playing = heard(bar, "speed_changed"), heard(bar, "play_toggled")
    find(bar, "timeSpeed20").trigger()
    bar.buttons["play"].click()
    assert speeds == [20, 20]
    assert playing == [True]
    bar.slider.setValue(2)
    assert playing == [True, False]


def find(bar: TimeBar, name: str) -> QAction:
    found = bar.findChild(QAction, name)
    assert isinstance(found, QAction)
    return found


def test_a_mark_needs_a_word_and_can_keep_the_drawing(bar: TimeBar) -> None:
    fill(bar, 5, at_now=False)
    bar.show()
    wished = heard(bar, "mark_wished")
    bar.buttons["mark"].click()
    popup: Any = bar.findChild(QObject, "markPopup")
    assert popup.isVisible()
    assert not popup.add.isEnabled()
    QTest.keyClicks(popup.text, " first loop ")
    popup.drawing.setChecked(True)
    QTest.keyClick(popup.text, Qt.Key.Key_Return)
    assert wished == [("first loop", True)]
    assert not popup.isVisible()


def test_marks_are_offered_by_their_words(bar: TimeBar) -> None:
    fill(bar)
    chosen, drawn, removed = (heard(bar, name) for name in ("step_chosen", "drawing_wished", "mark_removal_wished"))
    for kind in ("go", "draw", "remove"):
        find(bar, f"timeMark8-{kind}").trigger()
    assert (chosen, drawn, removed) == ([8, 8], [8], [8])


def test_every_control_has_a_name_and_a_tooltip_and_can_be_reached(bar: TimeBar) -> None:
    fill(bar)
    for button in bar.buttons.values():
        assert button.objectName()
        assert button.accessibleName()
        assert button.toolTip()
        assert button.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_the_film_shows_its_progress_and_can_be_cancelled(bar: TimeBar) -> None:
    fill(bar)
    bar.show()
    cancelled = heard(bar, "film_cancelled")
    assert bar.film_cancel.isHidden()
    bar.set_film_progress(0.5)
    assert bar.film_progress.value() == 500
    bar.film_cancel.click()
    bar.set_film_progress(None)
    assert bar.film_progress.isHidden()
    assert len(cancelled) == 1
