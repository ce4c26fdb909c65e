"""Playing goes by the clock: a run takes as long as is set, however slowly its steps can be shown."""

from collections.abc import Sequence

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from cnnviewer.core.runs.read.playback import Pace
from cnnviewer.presenters.player import Player
from cnnviewer.presenters.views import TimeView
from tests.presenters.fakes import fake


class Run:
    """A run with a step at every number; showing one takes no time unless it is told to wait."""

    def __init__(self, count: int) -> None:
        self.stops: Sequence[int] = range(count)
        self.step = count - 1
        self.is_waiting = False
        self.shown: list[int] = []

    def go_to(self, step: int) -> None:
        self.step = step
        self.shown.append(step)

    def go_to_now(self) -> None:
        self.step = self.stops[-1]
        self.shown.append(self.step)


class Desk:
    def __init__(self, count: int, home: QObject) -> None:
        self.run, self.bar, self.time = Run(count), fake(TimeView), 0.0
        self.player = Player(self.run, self.bar, home, lambda: self.time)  # type: ignore[arg-type]

    def pass_time(self, seconds: float, ticks: int) -> None:
        for _ in range(ticks):
            self.time += seconds / ticks
            self.player.tick()


@pytest.fixture
def home(qtbot: QtBot) -> QObject:
    return QObject()


def test_a_run_with_few_steps_shows_each_for_the_same_time(home: QObject) -> None:
    desk = Desk(13, home)
    desk.bar.play_toggled.emit(True)
    desk.pass_time(12, 12)
    assert desk.run.shown == list(range(13))


def test_of_many_steps_some_are_skipped_evenly_and_the_end_comes_in_time(home: QObject) -> None:
    desk = Desk(1201, home)
    desk.bar.play_toggled.emit(True)
    desk.pass_time(11.96, 299)
    assert desk.run.shown == [*range(0, 1200, 4)][: len(desk.run.shown)]
    desk.pass_time(0.04, 1)
    assert desk.run.step == 1200


def test_what_takes_long_to_show_is_not_hurried_and_the_steps_due_meanwhile_are_skipped(home: QObject) -> None:
    desk = Desk(121, home)
    desk.bar.play_toggled.emit(True)
    desk.run.is_waiting = True
    desk.pass_time(3, 30)
    assert desk.run.shown == [0]
    desk.run.is_waiting = False
    desk.pass_time(0.1, 1)
    assert desk.run.shown == [0, 31]


def test_playing_goes_on_from_the_step_on_the_screen(home: QObject) -> None:
    desk = Desk(13, home)
    desk.run.step = 5
    desk.bar.play_toggled.emit(True)
    desk.pass_time(2, 2)
    assert desk.run.shown == [6, 7]


def test_another_pace_acts_from_the_step_on_the_screen_on(home: QObject) -> None:
    desk = Desk(121, home)
    desk.bar.play_toggled.emit(True)
    desk.pass_time(1, 10)
    desk.bar.pace_changed.emit(Pace(None, 1))
    desk.pass_time(2, 2)
    assert desk.run.shown[-3:] == [10, 11, 12]


def test_in_a_loop_the_beginning_follows_the_end(home: QObject) -> None:
    desk = Desk(4, home)
    desk.bar.loop_toggled.emit(True)
    desk.bar.pace_changed.emit(Pace(None, 10))
    desk.bar.play_toggled.emit(True)
    desk.pass_time(0.8, 8)
    assert desk.run.shown == [0, 1, 2, 0, 1, 2, 0, 1, 2]


def test_stopping_says_so_on_the_button(home: QObject) -> None:
    desk = Desk(13, home)
    desk.bar.play_toggled.emit(True)
    desk.player.stop()
    assert not desk.player.playing
    assert desk.bar.last("set_playing") is False
