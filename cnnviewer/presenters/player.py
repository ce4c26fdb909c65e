"""Plays a run: goes through its steps by the clock, and not by how fast they can be shown."""

from __future__ import annotations

import math
import time
from bisect import bisect_right
from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtCore import QObject, Qt, QTimer

from cnnviewer.core.runs.read.playback import MOST_A_SECOND, Pace
from cnnviewer.presenters.views import TimeView

# ruff: noqa: D102 - each method is documented where a class of the application defines it

_EARLY = 0.1  # of a step's time: a timer may fire a little too early


class Played(Protocol):
    """What a player plays: the run's steps, of which one is on the screen."""

    @property
    def stops(self) -> Sequence[int]: ...
    @property
    def step(self) -> int: ...
    @property
    def is_waiting(self) -> bool: ...
    def go_to(self, step: int) -> None: ...
    def go_to_now(self) -> None: ...


class Player(QObject):
    """Shows every step of a run at its time; where showing one takes longer, the next ones are skipped."""

    def __init__(
        self, run: Played, bar: TimeView, parent: QObject, clock: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__(parent)
        self._run = run
        self._bar = bar
        self._clock = clock
        self._pace = Pace()
        self._loops = False
        self._began, self._first, self._place = 0.0, 0, 0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.tick)
        bar.play_toggled.connect(self._on_play_toggled)
        bar.pace_changed.connect(self._on_pace_changed)
        bar.loop_toggled.connect(self._on_loop_toggled)

    @property
    def playing(self) -> bool:
        """Whether it plays."""
        return self._timer.isActive()

    def stop(self) -> None:
        """Stop here, and say so on the button."""
        if self.playing:
            self._timer.stop()
            self._bar.set_playing(False)

    def go_on(self) -> None:
        """Go on from the step on the screen: other steps are played, or at another pace."""
        if self.playing:
            self._begin()

    def _on_play_toggled(self, on: bool) -> None:
        if on:
            self._begin()
        else:
            self._timer.stop()

    def _on_pace_changed(self, pace: Pace) -> None:
        self._pace = pace
        self.go_on()

    def _on_loop_toggled(self, on: bool) -> None:
        self._loops = on

    def _begin(self) -> None:
        stops = self._run.stops
        place = bisect_right(stops, self._run.step) - 1
        if place >= len(stops) - 1:
            place = 0
            self._run.go_to(stops[0])
        self._begin_at(place)

    def _begin_at(self, place: int) -> None:
        self._first = self._place = place
        self._began = self._clock()
        self._timer.start(math.ceil(1000 / min(MOST_A_SECOND, self._speed)))

    @property
    def _speed(self) -> float:
        return self._pace.speed_of(len(self._run.stops))

    def tick(self) -> None:
        """Show the step that is due, unless the last one is not shown yet."""
        stops = self._run.stops
        place = self._first + int((self._clock() - self._began) * self._speed + _EARLY)
        if self._run.is_waiting or place <= self._place:
            return
        self._place = place
        if place < len(stops) - 1:
            self._run.go_to(stops[place])
        elif self._loops:
            self._run.go_to(stops[0])
            self._begin_at(0)
        else:
            self._run.go_to_now()
