"""The time machine decides which moment is on the screen, whatever the training does meanwhile."""

import gc
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from pytestqt.qtbot import QtBot

from cnnviewer.core.errors import UserError
from cnnviewer.core.models.state import ModelState
from cnnviewer.core.runs.moments import file_name
from cnnviewer.core.runs.opened import OpenedRun
from cnnviewer.core.runs.recording import Recording
from cnnviewer.core.runs.start import begin
from cnnviewer.core.training.events import EpochDone
from cnnviewer.presenters.resolve import untrained
from cnnviewer.presenters.session import Run, Session
from cnnviewer.presenters.time_machine import TimeMachinePresenter
from cnnviewer.runtime.live_weights import LiveWeights
from tests.core.runs.trained import LENET, data_for, finish
from tests.presenters.fakes import FakeCurves, FakeSignal, FakeTimeBar, FakeView
from tests.small_data import GREY


class Sink:
    """Whoever looks inside: remembers what it was given."""

    def __init__(self) -> None:
        self.steps: list[int] = []

    def wants_weights(self) -> bool:
        return True

    def set_weights(self, state: ModelState, step: int) -> None:
        self.steps.append(step)

    def let_through(self, seconds: float) -> None: ...


class Looking(FakeView):
    signals = ("looked",)


@dataclass
class Desk:
    session: Session
    bar: FakeTimeBar
    curves: FakeCurves
    choosing: FakeView
    live: LiveWeights
    sink: Sink
    machine: TimeMachinePresenter
    problems: list[UserError]


@pytest.fixture(autouse=True)
def collected_here() -> Iterator[None]:
    """As the program does: objects of Qt are collected in the main thread, never in one that reads."""
    gc.disable()
    yield
    gc.enable()
    gc.collect()


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    session, bar, curves, choosing, sink = Session(), FakeTimeBar(), FakeCurves(), FakeView(), Sink()
    live = LiveWeights(sink)
    machine = TimeMachinePresenter(session, choosing, Looking(), bar, curves, live)  # type: ignore[arg-type]
    problems: list[UserError] = []
    machine.problem.connect(problems.append)
    machine.start()
    yield Desk(session, bar, curves, choosing, live, sink, machine, problems)
    machine.shut_down()


@pytest.fixture
def recording(tmp_path: Path) -> Recording:
    made = begin(data_for(LENET), LENET, tmp_path)
    finish(made)
    return made


def show(desk: Desk, qtbot: QtBot, recording: Recording) -> None:
    """The run as it is after its end, with its last weights on the screen."""
    desk.session.set_run(Run(LENET, recording.log, recording))
    desk.session.set_newest(recording.training.snapshot())
    qtbot.waitUntil(lambda: bool(desk.machine.timeline.steps))


def go(desk: Desk, qtbot: QtBot, step: int) -> None:
    desk.bar.step_chosen.emit(step)
    qtbot.waitUntil(lambda: desk.session.moment == step)


def same(one: ModelState | None, other: ModelState) -> bool:
    return one is not None and all(torch.equal(one.tensors[name], other.tensors[name]) for name in other.tensors)


def test_every_kept_moment_is_a_place_from_the_untrained_network_to_now(
    desk: Desk, qtbot: QtBot, recording: Recording
) -> None:
    show(desk, qtbot, recording)
    assert desk.bar.last("set_timeline").steps == tuple(range(recording.training.step + 1))
    assert desk.bar.last("set_place")[0].step == recording.training.step
    assert desk.bar.last("set_place")[1] is True
    assert desk.curves.last("set_moment") == (recording.training.step, False)


def test_the_moment_shown_has_exactly_the_weights_and_the_momentum_of_then(
    desk: Desk, qtbot: QtBot, recording: Recording
) -> None:
    show(desk, qtbot, recording)
    go(desk, qtbot, 7)
    kept = recording.moment(7).state
    assert same(desk.session.state, kept)
    assert same(desk.session.shown, kept)
    assert desk.session.state is not None
    assert desk.session.state.velocity.keys() == kept.velocity.keys()
    assert desk.bar.last("set_place")[0].step == 7
    assert desk.bar.last("set_place")[1] is False
    assert desk.curves.last("set_moment") == (7, False)


def test_now_brings_the_newest_weights_back(desk: Desk, qtbot: QtBot, recording: Recording) -> None:
    show(desk, qtbot, recording)
    newest = desk.session.state
    go(desk, qtbot, 3)
    desk.bar.now_wished.emit()
    assert desk.session.moment is None
    assert desk.session.state is newest
    assert desk.bar.last("set_place")[1] is True


def test_the_best_is_the_end_of_the_epoch_with_the_highest_validation_accuracy(
    desk: Desk, qtbot: QtBot, recording: Recording
) -> None:
    show(desk, qtbot, recording)
    accuracies = recording.log.epochs("validation_accuracy")
    best = int(recording.log.epochs("step")[np.argmax(accuracies)])
    go(desk, qtbot, 1)
    desk.bar.best_wished.emit()
    qtbot.waitUntil(lambda: desk.machine.step == best and desk.bar.last("set_place")[0].step == best)


def test_a_step_goes_to_the_next_moment_or_to_the_next_epoch(desk: Desk, qtbot: QtBot, recording: Recording) -> None:
    show(desk, qtbot, recording)
    ends = recording.log.epochs("step").astype(int).tolist()
    go(desk, qtbot, 0)
    desk.bar.later_wished.emit()
    qtbot.waitUntil(lambda: desk.session.moment == 1)
    desk.bar.by_epoch_toggled.emit(True)
    desk.bar.later_wished.emit()
    qtbot.waitUntil(lambda: desk.session.moment == ends[0])
    desk.bar.later_wished.emit()
    qtbot.waitUntil(lambda: desk.session.moment == ends[1])
    desk.bar.earlier_wished.emit()
    qtbot.waitUntil(lambda: desk.session.moment == ends[0])


def test_the_film_shows_every_moment_and_ends_at_now(desk: Desk, qtbot: QtBot, recording: Recording) -> None:
    show(desk, qtbot, recording)
    seen: list[int | None] = []
    desk.session.moment_changed.connect(seen.append)
    desk.bar.speed_changed.emit(1000)
    desk.bar.play_toggled.emit(True)
    qtbot.waitUntil(lambda: desk.bar.calls.count(("set_playing", (False,))) == 1)
    assert seen == [*range(recording.training.step), None]


def test_a_film_that_loops_begins_again(desk: Desk, qtbot: QtBot, recording: Recording) -> None:
    show(desk, qtbot, recording)
    seen: list[int | None] = []
    desk.session.moment_changed.connect(seen.append)
    desk.bar.loop_toggled.emit(True)
    desk.bar.by_epoch_toggled.emit(True)
    desk.bar.speed_changed.emit(1000)
    desk.bar.play_toggled.emit(True)
    qtbot.waitUntil(lambda: seen.count(0) >= 2)
    desk.bar.play_toggled.emit(False)


def test_during_a_training_the_past_stays_and_now_follows_again(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    recording = begin(data_for(LENET), LENET, tmp_path)
    events = recording.events()
    desk.session.set_run(Run(LENET, recording.log, recording))
    desk.session.set_run_state("running")
    for event in events:
        if isinstance(event, EpochDone):
            break
    recording.settle()
    desk.machine.look()
    qtbot.waitUntil(lambda: len(desk.machine.timeline.steps) > 5)
    go(desk, qtbot, 2)
    desk.live.set_weights(recording.training.snapshot(), recording.training.step)
    assert desk.sink.steps == []
    assert desk.session.moment == 2
    desk.session.set_newest(recording.training.snapshot())  # what the training does at its end
    assert desk.session.moment == 2
    assert same(desk.session.shown, recording.moment(2).state)
    desk.bar.now_wished.emit()
    desk.live.set_weights(recording.training.snapshot(), 99)
    assert desk.sink.steps == [99]
    assert desk.session.shown is desk.live.newest
    events.close()


def test_a_run_that_another_process_writes_is_followed_at_now_and_left_alone_in_the_past(
    desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    recording = begin(data_for(LENET), LENET, tmp_path)
    events = recording.events()
    for event in events:
        if isinstance(event, EpochDone):
            break
    assert recording.folder is not None
    opened = OpenedRun(recording.folder)
    desk.session.set_run(Run(LENET, opened.log, None, opened))
    desk.session.set_state(opened.moment(opened.moments[-1]).state)
    qtbot.waitUntil(lambda: bool(desk.machine.timeline.steps))

    def grow() -> None:
        for event in events:
            if isinstance(event, EpochDone):
                break
        opened.refresh()
        desk.session.tell_growth()

    grow()
    last = opened.moments[-1]
    qtbot.waitUntil(lambda: desk.session.state.provenance["step"] == last)  # type: ignore[union-attr]
    assert desk.session.moment is None
    go(desk, qtbot, 1)
    grow()
    qtbot.waitUntil(lambda: desk.machine.timeline.now > last)
    assert desk.session.moment == 1
    events.close()


def test_a_moment_that_was_thinned_away_is_told_and_leaves_what_is_shown(
    desk: Desk, qtbot: QtBot, recording: Recording
) -> None:
    show(desk, qtbot, recording)
    go(desk, qtbot, 3)
    assert recording.folder is not None
    (recording.folder / file_name(9)).unlink()
    desk.bar.step_chosen.emit(9)
    qtbot.waitUntil(lambda: bool(desk.problems))
    assert desk.session.moment == 3
    qtbot.waitUntil(lambda: 9 not in desk.machine.timeline.steps)


def test_other_weights_are_said_to_be_no_moment_of_the_run(desk: Desk, qtbot: QtBot, recording: Recording) -> None:
    show(desk, qtbot, recording)
    newest = desk.session.state
    desk.session.set_state(untrained("lenet", GREY))
    assert desk.bar.last("set_place") == (None, False)
    assert desk.curves.last("set_moment") is None
    desk.bar.now_wished.emit()
    assert desk.session.state is newest


def test_a_click_on_the_curves_moves_the_slider_there(desk: Desk, qtbot: QtBot, recording: Recording) -> None:
    show(desk, qtbot, recording)
    chosen: Any = desk.curves.step_chosen
    assert isinstance(chosen, FakeSignal)
    chosen.emit(5)
    qtbot.waitUntil(lambda: desk.session.moment == 5)
