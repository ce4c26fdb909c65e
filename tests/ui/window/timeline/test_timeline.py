"""The timeline: hidden until there is something to go through; everything by mouse and by keyboard."""

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QAction, QFont, QFontInfo
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from cnnviewer.core.runs.format.notes import Mark
from cnnviewer.core.runs.read.playback import Pace
from cnnviewer.core.runs.read.timeline import SnapshotFacts, Timeline
from cnnviewer.ui.widgets.text_size import text_pixels, use_text_pixels
from cnnviewer.ui.window.timeline.area import TimelineArea
from cnnviewer.ui.window.timeline.step_label import StepLabel
from cnnviewer.ui.window.timeline.timeline import TimelineBar

PLACES = Timeline((0, 1, 2, 3, 5, 8, 13, 21), ((1, 5), (2, 13)), 13, (Mark(8, "sees"),), frozenset({8}))


@pytest.fixture
def bar(qtbot: QtBot) -> TimelineBar:
    made = TimelineBar()
    qtbot.addWidget(made)
    made.resize(1000, 56)
    return made


def heard(bar: TimelineBar, signal: str) -> list[Any]:
    values: list[Any] = []
    getattr(bar, signal).connect(lambda *given: values.append(given[0] if len(given) == 1 else given))
    return values


def fill(bar: TimelineBar, step: int = 21, at_now: bool = True) -> None:
    bar.set_timeline(PLACES)
    bar.set_place(SnapshotFacts(step, 2, 0.3125, 0.962), at_now)


def test_it_is_hidden_without_snapshots(bar: TimelineBar) -> None:
    possible = heard(bar, "possible_changed")
    bar.set_timeline(Timeline())
    assert bar.isHidden()
    fill(bar)
    assert not bar.isHidden()
    bar.set_timeline(Timeline())
    assert bar.isHidden()
    assert possible == [True, False]


def test_the_label_says_step_epoch_loss_and_validation(bar: TimelineBar) -> None:
    fill(bar, 13, at_now=False)
    assert bar.words == "step 13 · epoch 2 · batch loss 0.312 · validation 96.2 %"
    bar.set_place(SnapshotFacts(0), False)
    assert bar.words == "step 0 · untrained"
    bar.set_place(SnapshotFacts(8, 2, 0.5), False)
    assert bar.words.endswith("⚑ sees")
    assert bar.slider.accessibleDescription() == bar.words


def test_a_click_goes_to_the_place_under_the_pointer(bar: TimelineBar) -> None:
    fill(bar)
    bar.show()
    chosen = heard(bar, "step_chosen")
    slider = bar.slider
    for x in (9, slider.width() // 2, round(slider.x_of(13))):
        QTest.mouseClick(slider, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(x, 10))
    assert chosen == [0, 8 if 10.5 - 8 <= 13 - 10.5 else 13, 13]  # half the steps are at half the width


def test_a_steps_place_is_its_share_of_all_steps_as_on_the_axis_of_the_curves(bar: TimelineBar) -> None:
    fill(bar)
    bar.show()
    slider = bar.slider
    first, last = slider.x_of(0), slider.x_of(21)
    for step in (1, 5, 13):
        assert slider.x_of(step) == pytest.approx(first + step / 21 * (last - first))


def test_the_part_that_the_large_curves_show_is_marked_unless_it_is_the_whole(bar: TimelineBar) -> None:
    fill(bar)
    for left, right, part in ((5, 10, (5, 10)), (-1, 30, None), (0.1, 20.9, None), (10, 30, (10, 21)), (-9, 7, (0, 7))):
        bar.show_part(left, right)
        assert bar.slider.part == part


def test_a_script_goes_to_the_kept_step_nearest_to_one(bar: TimelineBar) -> None:
    fill(bar)
    chosen = heard(bar, "step_chosen")
    bar.set_step(12)
    assert chosen == [13]
    assert bar.property("step") == 13


def test_a_click_near_a_flag_goes_to_the_mark(bar: TimelineBar) -> None:
    fill(bar)
    bar.show()
    chosen = heard(bar, "step_chosen")
    x = round(bar.slider.x_of(8)) + 4
    QTest.mouseClick(bar.slider, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(x, 4))
    assert chosen == [8]


def test_the_keyboard_walks_from_place_to_place(bar: TimelineBar) -> None:
    fill(bar)
    bar.show()
    chosen = heard(bar, "step_chosen")
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End):
        QTest.keyClick(bar.slider, key)
    assert chosen == [13, 8, 13, 0, 21]


def test_the_handle_keeps_its_step_when_snapshots_come(bar: TimelineBar) -> None:
    fill(bar, 5, at_now=False)
    chosen = heard(bar, "step_chosen")
    bar.set_timeline(Timeline((0, 1, 2, 3, 5, 8, 13, 21, 34, 55)))
    assert bar.property("step") == 5
    assert chosen == []


def test_buttons_are_possible_when_what_they_do_is(bar: TimelineBar) -> None:
    fill(bar)
    assert find(bar, "timeBestAction").isEnabled()
    assert not bar.buttons["now"].isEnabled()
    fill(bar, 3, at_now=False)
    assert bar.buttons["now"].isEnabled()
    bar.set_timeline(Timeline((0, 1)))
    assert not find(bar, "timeBestAction").isEnabled()


def test_a_branch_is_offered_from_a_step_of_the_past_and_says_which(bar: TimelineBar) -> None:
    fill(bar)
    wanted = heard(bar, "branch_requested")
    assert not bar.buttons["branch"].isEnabled()
    assert bar.buttons["branch"].text() == "Branch here"
    assert bar.buttons["branch"].toolTip().startswith("Go to an earlier step")
    bar.set_branch(None, waits=True)
    bar.retranslate()
    assert not bar.buttons["branch"].isEnabled()
    assert "stop it" in bar.buttons["branch"].toolTip(), "an earlier step is shown, and a training is paused"
    bar.set_branch(13)
    assert bar.buttons["branch"].text() == "Branch from step 13"
    bar.buttons["branch"].click()
    assert len(wanted) == 1


def test_no_text_moves_the_slider(bar: TimelineBar, qtbot: QtBot) -> None:
    fill(bar)
    bar.show()
    qtbot.waitExposed(bar)
    before = bar.slider.geometry()
    bar.set_branch(13)
    bar.set_place(SnapshotFacts(0), False)
    qtbot.wait(0)
    bar.layout().activate()
    assert bar.slider.geometry() == before


@pytest.fixture
def own_font() -> Iterator[None]:
    """What a test does to the size of text ends with it."""
    before = QFont(QApplication.font())
    yield
    QApplication.setFont(before)


@pytest.mark.usefixtures("own_font")
def test_with_larger_letters_it_is_higher_and_its_texts_have_room(bar: TimelineBar, qtbot: QtBot) -> None:
    fill(bar, 13, at_now=False)
    bar.show()
    assert bar.height() == 56
    use_text_pixels(2 * text_pixels())
    bar.resize(1600, bar.height())
    qtbot.waitUntil(lambda: bar.height() > 1.5 * 56)
    qtbot.wait(0)
    for name in ("timeLabel", "timeFacts"):
        label: Any = bar.findChild(QLabel, name)
        assert label.text()
        assert "…" not in label.text()


def test_the_label_takes_the_room_of_its_own_letters(qtbot: QtBot) -> None:
    label = StepLabel()
    qtbot.addWidget(label)
    label.reserve(3438)
    before, font = label.width(), QFont(label.font())
    font.setPixelSize(2 * QFontInfo(font).pixelSize())
    label.setFont(font)  # later than that of the timeline around it
    assert label.width() > 1.8 * before


def test_where_it_is_narrow_the_buttons_that_the_menus_have_too_give_way_to_the_slider(bar: TimelineBar) -> None:
    fill(bar)
    bar.show()
    bar.resize(420, 56)
    assert not bar.buttons["mark"].isVisible()
    assert bar.slider.width() >= 90
    bar.set_branch(13)
    bar.menu.aboutToShow.emit()
    branch, wanted = find(bar, "timeBranchAction"), heard(bar, "branch_requested")
    assert branch.isVisible()
    assert branch.text() == "Branch from step 13"
    branch.trigger()
    assert len(wanted) == 1
    bar.resize(1200, 56)
    assert all(button.isVisible() for button in bar.buttons.values())
    assert not branch.isVisible()


def test_while_other_weights_are_shown_the_way_back_stands_in_its_place(qtbot: QtBot) -> None:
    bar = TimelineBar()
    area = TimelineArea(bar)
    qtbot.addWidget(area)
    area.resize(1000, 56)
    fill(bar)
    area.show()
    back: Any = area.findChild(QPushButton, "timelineBackButton")
    height = area.sizeHint().height()
    assert bar.isVisible()
    assert not back.isVisible()
    bar.set_timeline(Timeline())
    bar.set_away("LeNet on MNIST · rate 0.05")
    assert bar.isHidden()
    assert back.isVisible()
    assert back.accessibleName() == "Back to run LeNet on MNIST · rate 0.05"
    assert area.sizeHint().height() == height  # the stage stays as it is
    wanted = heard(bar, "back_requested")
    back.click()
    assert len(wanted) == 1
    fill(bar)
    bar.set_away("")
    assert bar.isVisible()
    assert not back.isVisible()
    bar.set_timeline(Timeline())
    assert area.isHidden()


def test_moving_the_slider_pauses(bar: TimelineBar) -> None:
    fill(bar)
    playing = heard(bar, "play_toggled")
    bar.buttons["play"].click()
    bar.slider.setValue(2)
    assert playing == [True, False]


def test_space_plays_and_pauses_wherever_the_focus_is_on_the_slider_or_the_play_button(bar: TimelineBar) -> None:
    fill(bar)
    bar.show()
    playing = heard(bar, "play_toggled")
    for widget in (bar.slider, bar.buttons["play"]):
        QTest.keyClick(widget, Qt.Key.Key_Space)
    assert playing == [True, False]


def test_how_long_playing_takes_can_be_chosen_and_is_said(bar: TimelineBar) -> None:
    bar.set_timeline(Timeline(tuple(range(541)), ((1, 270), (2, 540))))
    paces = heard(bar, "pace_changed")
    assert bar.menu.pace_text() == "12 s · 45 recorded steps a second"
    assert "12 s · 45 recorded steps a second" in bar.buttons["play"].toolTip()
    find(bar, "timeSeconds60").trigger()
    assert bar.menu.pace_text() == "60 s · 9 recorded steps a second"
    find(bar, "timeSpeed20").trigger()
    assert bar.menu.pace_text() == "27 s · 20 recorded steps a second"
    assert [find(bar, name).isChecked() for name in ("timeSeconds60", "timeSpeed20")] == [False, True]
    find(bar, "timeByEpochAction").trigger()
    assert bar.menu.pace_text() == "0.1 s · 20 recorded steps a second"
    assert paces == [Pace(60.0), Pace(None, 20.0)]


def find(bar: TimelineBar, name: str) -> QAction:
    found = bar.findChild(QAction, name)
    assert isinstance(found, QAction)
    return found


def test_a_mark_needs_a_word_and_can_keep_the_drawing(bar: TimelineBar) -> None:
    fill(bar, 5, at_now=False)
    bar.show()
    requested = heard(bar, "mark_requested")
    bar.buttons["mark"].click()
    popup: Any = bar.findChild(QObject, "markPopup")
    assert popup.isVisible()
    assert not popup.add.isEnabled()
    QTest.keyClicks(popup.text, " first loop ")
    popup.drawing.setChecked(True)
    QTest.keyClick(popup.text, Qt.Key.Key_Return)
    assert requested == [("first loop", True)]
    assert not popup.isVisible()


def test_marks_are_offered_by_their_words(bar: TimelineBar) -> None:
    fill(bar)
    chosen, drawn, removed = (
        heard(bar, name) for name in ("step_chosen", "drawing_requested", "mark_removal_requested")
    )
    for kind in ("go", "draw", "remove"):
        find(bar, f"timeMark8-{kind}").trigger()
    assert (chosen, drawn, removed) == ([8, 8], [8], [8])


def test_every_control_has_a_name_and_a_tooltip_and_can_be_reached(bar: TimelineBar) -> None:
    fill(bar)
    for button in bar.buttons.values():
        assert button.objectName()
        assert button.accessibleName()
        assert button.toolTip()
        assert button.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_exporting_a_video_shows_its_progress_and_can_be_cancelled(bar: TimelineBar) -> None:
    fill(bar)
    bar.show()
    cancelled = heard(bar, "film_cancelled")
    assert bar.film.isHidden()
    bar.set_film_progress(0.5)
    assert bar.film.bar.value() == 500
    bar.film.cancel.click()
    bar.set_film_progress(None)
    assert bar.film.isHidden()
    assert len(cancelled) == 1
