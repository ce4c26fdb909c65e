"""The time machine decides which snapshot is on the screen, whatever the training does meanwhile."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
import torch
from pytestqt.qtbot import QtBot

from cnnviewer.core.errors import UserError
from cnnviewer.core.models.registry import MODELS
from cnnviewer.core.models.state import ModelState
from cnnviewer.core.runs.format.snapshot_steps import file_name
from cnnviewer.core.runs.read.opened_run import OpenedRun
from cnnviewer.core.runs.read.playback import Pace
from cnnviewer.core.runs.record.recorder import Recorder
from cnnviewer.core.runs.record.start import begin
from cnnviewer.core.training.events import EpochDone, StepDone
from cnnviewer.presenters.inspection import InspectionPresenter
from cnnviewer.presenters.resolve import untrained
from cnnviewer.presenters.selection import SelectionPresenter
from cnnviewer.presenters.session import Run, Session
from cnnviewer.presenters.time_machine import TimeMachinePresenter
from cnnviewer.presenters.views import Curves, TimeView
from cnnviewer.runtime.live_weights import LiveWeights
from cnnviewer.runtime.training_thread import WeightsSink
from tests.core.runs.trained import LENET, data_for, finish
from tests.presenters.desk import services
from tests.presenters.fakes import Fake, fake
from tests.small_data import GREY


@dataclass
class Desk:
    session: Session
    bar: Fake
    curves: Fake
    selection: Fake
    live: LiveWeights
    sink: Fake
    machine: TimeMachinePresenter
    problems: list[UserError]


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    session, bar, curves, selection = Session(), fake(TimeView), fake(Curves), fake(SelectionPresenter, config=LENET)
    sink = fake(WeightsSink, wants_weights=True)
    live = LiveWeights(sink)
    machine = TimeMachinePresenter(
        services(session, live=live), selection, fake(InspectionPresenter), SimpleNamespace(timeline=bar, curves=curves)
    )
    problems: list[UserError] = []
    machine.error.connect(problems.append)
    machine.start()
    yield Desk(session, bar, curves, selection, live, sink, machine, problems)
    machine.shut_down()


@pytest.fixture
def recording(tmp_path: Path) -> Recorder:
    made = begin(data_for(LENET), LENET, tmp_path)
    finish(made)
    return made


def show(desk: Desk, qtbot: QtBot, recording: Recorder) -> None:
    """The run as it is after its end, with its last weights on the screen."""
    desk.session.set_run(Run(LENET, recording.log, recording))
    desk.session.set_newest(recording.training.snapshot())
    qtbot.waitUntil(lambda: bool(desk.machine.timeline.steps))


def go(desk: Desk, qtbot: QtBot, step: int) -> None:
    desk.bar.step_chosen.emit(step)
    qtbot.waitUntil(lambda: desk.session.shown_step == step)


def same(one: ModelState | None, other: ModelState) -> bool:
    return one is not None and all(torch.equal(one.tensors[name], other.tensors[name]) for name in other.tensors)


def test_every_kept_snapshot_is_a_place_from_the_untrained_network_to_now(
    desk: Desk, qtbot: QtBot, recording: Recorder
) -> None:
    show(desk, qtbot, recording)
    assert desk.bar.last("set_timeline").steps == tuple(range(recording.training.step + 1))
    assert desk.bar.last("set_place")[0].step == recording.training.step
    assert desk.bar.last("set_place")[1] is True
    assert desk.curves.last("set_shown_step") == (recording.training.step, False)


def test_the_snapshot_shown_has_exactly_the_weights_and_the_momentum_of_then(
    desk: Desk, qtbot: QtBot, recording: Recorder
) -> None:
    show(desk, qtbot, recording)
    go(desk, qtbot, 7)
    kept = recording.snapshot(7).state
    assert same(desk.session.state, kept)
    assert same(desk.session.shown, kept)
    assert desk.session.state is not None
    assert desk.session.state.velocity.keys() == kept.velocity.keys()
    assert desk.bar.last("set_place")[0].step == 7
    assert desk.bar.last("set_place")[1] is False
    assert desk.curves.last("set_shown_step") == (7, False)


def test_now_brings_the_newest_weights_back(desk: Desk, qtbot: QtBot, recording: Recorder) -> None:
    show(desk, qtbot, recording)
    newest = desk.session.state
    go(desk, qtbot, 3)
    desk.bar.now_requested.emit()
    assert desk.session.shown_step is None
    assert desk.session.state is newest
    assert desk.bar.last("set_place")[1] is True


def test_the_best_is_the_end_of_the_epoch_with_the_highest_validation_accuracy(
    desk: Desk, qtbot: QtBot, recording: Recorder
) -> None:
    show(desk, qtbot, recording)
    accuracies = recording.log.epochs("validation_accuracy")
    best = int(recording.log.epochs("step")[np.argmax(accuracies)])
    go(desk, qtbot, 1)
    desk.bar.best_requested.emit()
    qtbot.waitUntil(lambda: desk.machine.step == best and desk.bar.last("set_place")[0].step == best)


def test_a_step_goes_to_the_next_snapshot_or_to_the_next_epoch(desk: Desk, qtbot: QtBot, recording: Recorder) -> None:
    show(desk, qtbot, recording)
    ends = recording.log.epochs("step").astype(int).tolist()
    go(desk, qtbot, 0)
    desk.bar.later_requested.emit()
    qtbot.waitUntil(lambda: desk.session.shown_step == 1)
    desk.bar.by_epoch_toggled.emit(True)
    desk.bar.later_requested.emit()
    qtbot.waitUntil(lambda: desk.session.shown_step == ends[0])
    desk.bar.later_requested.emit()
    qtbot.waitUntil(lambda: desk.session.shown_step == ends[1])
    desk.bar.earlier_requested.emit()
    qtbot.waitUntil(lambda: desk.session.shown_step == ends[0])


def test_playing_goes_through_the_snapshots_and_ends_at_now(desk: Desk, qtbot: QtBot, recording: Recorder) -> None:
    show(desk, qtbot, recording)
    seen: list[int | None] = []
    named: list[tuple[int, int]] = []  # the step that the timeline names, and the one on the screen

    def note_step() -> None:
        if desk.session.shown_step is not None and desk.machine._player.playing:
            named.append((desk.bar.last("set_place")[0].step, desk.session.shown_step))

    desk.machine.moved.connect(note_step)
    desk.session.shown_step_changed.connect(seen.append)
    desk.bar.pace_changed.emit(Pace(None, 25))
    desk.bar.play_toggled.emit(True)
    qtbot.waitUntil(lambda: desk.bar.calls.count(("set_playing", (False,))) == 1, timeout=20_000)
    assert seen[0] == 0
    assert seen[-1] is None
    steps = [step for step in seen if step is not None]
    assert steps == sorted(set(steps))
    assert named
    assert all(said == shown for said, shown in named)


def test_playing_in_a_loop_begins_again(desk: Desk, qtbot: QtBot, recording: Recorder) -> None:
    show(desk, qtbot, recording)
    seen: list[int | None] = []
    desk.session.shown_step_changed.connect(seen.append)
    desk.bar.loop_toggled.emit(True)
    desk.bar.by_epoch_toggled.emit(True)
    desk.bar.pace_changed.emit(Pace(None, 25))
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
    desk.machine.refresh()
    qtbot.waitUntil(lambda: len(desk.machine.timeline.steps) > 5)
    go(desk, qtbot, 2)
    desk.live.set_weights(recording.training.snapshot(), recording.training.step)
    assert desk.sink.count("set_weights") == 0
    assert desk.session.shown_step == 2
    desk.session.set_newest(recording.training.snapshot())  # what the training does at its end
    assert desk.session.shown_step == 2
    assert same(desk.session.shown, recording.snapshot(2).state)
    desk.bar.now_requested.emit()
    desk.live.set_weights(recording.training.snapshot(), 99)
    assert desk.sink.count("set_weights") == 1
    assert desk.sink.last("set_weights")[1] == 99
    assert desk.session.shown is desk.live.newest
    desk.machine.follow_to(3)
    assert desk.machine.timeline.steps == (0, 1, 2, 3), "newer snapshots are not on the screen yet"
    assert desk.bar.last("set_place")[0].step == 3
    events.close()


def test_a_step_chosen_right_after_the_end_is_shown_although_the_training_handed_over_no_later_one(
    desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    recording = begin(data_for(LENET), LENET, tmp_path)
    events = recording.events()
    desk.session.set_run(Run(LENET, recording.log, recording))
    desk.session.set_run_state("running")
    for event in events:
        if isinstance(event, StepDone) and event.step == 3:
            break
    recording.settle()
    desk.live.set_weights(recording.training.snapshot(), 3)
    desk.machine.refresh()
    qtbot.waitUntil(lambda: desk.machine.timeline.now == 3)
    list(events)
    desk.session.set_newest(recording.training.snapshot())
    desk.session.set_run_state("idle")
    desk.machine.go_to(3)  # before the snapshots are listed again
    qtbot.waitUntil(lambda: desk.session.shown_step == 3)
    assert desk.machine.timeline.now == recording.training.step


def test_a_run_that_another_process_writes_is_followed_at_now_and_left_alone_in_the_past(
    desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    recording = begin(data_for(LENET), LENET, tmp_path)
    events = recording.events()
    for event in events:
        if isinstance(event, EpochDone):
            break
    assert recording.folder is not None
    opened = OpenedRun.read(recording.folder)
    desk.session.set_run(Run(LENET, opened.log, None, opened))
    desk.session.set_state(opened.snapshot(opened.snapshots[-1]).state)
    qtbot.waitUntil(lambda: bool(desk.machine.timeline.steps))

    def grow() -> None:
        for event in events:
            if isinstance(event, EpochDone):
                break
        desk.session.tell_growth(desk.session.run.opened.refreshed())  # type: ignore[union-attr]

    grow()
    last = desk.session.run.opened.snapshots[-1]  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: desk.session.state.provenance["step"] == last)  # type: ignore[union-attr]
    assert desk.session.shown_step is None
    go(desk, qtbot, 1)
    grow()
    qtbot.waitUntil(lambda: desk.machine.timeline.now > last)
    assert desk.session.shown_step == 1
    events.close()


def test_a_snapshot_that_was_thinned_away_is_reported_and_leaves_what_is_shown(
    desk: Desk, qtbot: QtBot, recording: Recorder
) -> None:
    show(desk, qtbot, recording)
    go(desk, qtbot, 3)
    assert recording.folder is not None
    (recording.folder / file_name(9)).unlink()
    desk.bar.step_chosen.emit(9)
    qtbot.waitUntil(lambda: bool(desk.problems))
    assert desk.session.shown_step == 3
    qtbot.waitUntil(lambda: 9 not in desk.machine.timeline.steps)


def test_other_weights_end_the_timeline_which_comes_back_with_the_run(
    desk: Desk, qtbot: QtBot, recording: Recorder
) -> None:
    show(desk, qtbot, recording)
    timeline, newest = desk.machine.timeline, desk.session.state
    assert newest is not None
    desk.session.set_state(untrained(MODELS["lenet"], GREY))
    assert not desk.bar.last("set_timeline").steps
    assert desk.bar.last("set_away") == "LeNet on tiny-grey"
    assert desk.curves.last("set_shown_step") is None
    desk.session.set_state(newest)
    assert desk.bar.last("set_timeline") == timeline
    assert desk.bar.last("set_away") == ""


def test_a_click_on_the_curves_moves_the_slider_there(desk: Desk, qtbot: QtBot, recording: Recorder) -> None:
    show(desk, qtbot, recording)
    desk.curves.step_chosen.emit(5)
    qtbot.waitUntil(lambda: desk.session.shown_step == 5)
