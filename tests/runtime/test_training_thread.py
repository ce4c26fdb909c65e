"""Pause, resume, step and stop act at step boundaries; what the thread learns is what the plain loop learns."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import torch
from pytestqt.qtbot import QtBot

from cnnviewer.core.models.state import ModelState
from cnnviewer.core.runs.record.start import begin
from cnnviewer.core.training.config import TrainConfig
from cnnviewer.core.training.events import Finished
from cnnviewer.core.training.loop import train
from cnnviewer.runtime.training_thread import TrainingThread
from tests.small_data import tiny

CONFIG = TrainConfig(dataset="tiny-grey", epochs=2, batch_size=16, threads=1)


class Follower:
    """Takes every snapshot."""

    def __init__(self) -> None:
        self.steps: list[int] = []
        self.states: list[ModelState] = []

    def wants_weights(self) -> bool:
        return True

    def set_weights(self, state: ModelState, step: int) -> None:
        self.steps.append(step)
        self.states.append(state)

    def let_through(self, seconds: float) -> None:
        pass


@pytest.fixture
def follower() -> Follower:
    return Follower()


@pytest.fixture
def make(qtbot: QtBot, follower: Follower, tmp_path: Path) -> Iterator[Any]:
    made: list[TrainingThread] = []

    def thread(config: TrainConfig = CONFIG, **options: Any) -> TrainingThread:
        made.append(TrainingThread(begin(tiny(), config, tmp_path), follower, **options))
        return made[-1]

    yield thread
    for one in made:
        one.abandon()
        one.wait()


def finished_of(qtbot: QtBot, thread: TrainingThread) -> Finished:
    with qtbot.waitSignal(thread.completed, timeout=20000) as blocker:
        if not thread.isRunning():
            thread.start()
    return blocker.args[0]


def test_the_thread_learns_what_the_plain_loop_learns_to_the_last_bit(qtbot: QtBot, make: Any) -> None:
    in_thread = finished_of(qtbot, make()).state
    alone = next(event for event in train(tiny(), CONFIG) if isinstance(event, Finished)).state
    assert in_thread.tensors.keys() == alone.tensors.keys()
    assert all(torch.equal(in_thread.tensors[name], alone.tensors[name]) for name in alone.tensors)


def test_pausing_and_stepping_change_nothing_about_what_is_learned(qtbot: QtBot, make: Any) -> None:
    thread = make(paused=True)
    with qtbot.waitSignal(thread.halted):
        thread.start()
    assert thread.log.step_count == 0
    for expected in (1, 2, 3):
        with qtbot.waitSignal(thread.halted):
            thread.step()
        assert thread.log.step_count == expected
    thread.resume()
    halting = finished_of(qtbot, thread).state
    alone = next(event for event in train(tiny(), CONFIG) if isinstance(event, Finished)).state
    assert all(torch.equal(halting.tensors[name], alone.tensors[name]) for name in alone.tensors)


def test_a_pause_shows_exactly_the_weights_of_that_step(qtbot: QtBot, make: Any, follower: Follower) -> None:
    thread = make(paused=True)
    with qtbot.waitSignal(thread.halted):
        thread.start()
    with qtbot.waitSignal(thread.halted):
        thread.step()
    assert follower.steps[-1] == 1


def test_snapshots_are_copies_that_learning_leaves_alone(qtbot: QtBot, make: Any, follower: Follower) -> None:
    thread = make(paused=True)
    with qtbot.waitSignal(thread.halted):
        thread.start()
    first = {name: tensor.clone() for name, tensor in follower.states[0].tensors.items()}
    thread.resume()
    finished_of(qtbot, thread)
    assert all(torch.equal(first[name], follower.states[0].tensors[name]) for name in first)


def test_stopping_ends_with_the_weights_as_they_are(qtbot: QtBot, make: Any) -> None:
    thread = make(paused=True)
    with qtbot.waitSignal(thread.halted):
        thread.start()
    with qtbot.waitSignal(thread.halted):
        thread.step()
    with qtbot.waitSignal(thread.completed) as blocker:
        thread.stop()
    event = blocker.args[0]
    assert event.stopped
    assert event.state.provenance["step"] == 1


def test_a_rate_changed_while_paused_acts_at_the_next_step(qtbot: QtBot, make: Any) -> None:
    thread = make(paused=True)
    with qtbot.waitSignal(thread.halted):
        thread.start()
    with qtbot.waitSignal(thread.halted):
        thread.step()
    thread.controls.learning_rate = 0.5
    with qtbot.waitSignal(thread.halted):
        thread.step()
    assert thread.log.steps("learning_rate").tolist() == [0.01, 0.5]


def test_a_loss_that_is_no_number_ends_with_a_sentence_and_the_last_good_weights(qtbot: QtBot, make: Any) -> None:
    thread = make(
        TrainConfig(
            dataset="tiny-grey",
            epochs=5,
            batch_size=16,
            threads=1,
        )
    )
    thread.controls.learning_rate = 1e20
    with qtbot.waitSignal(thread.failed, timeout=20000) as blocker:
        thread.start()
    error = blocker.args[0]
    assert "learning rate" in str(error)
    assert all(bool(torch.isfinite(tensor).all()) for tensor in error.state.tensors.values())


def test_abandoning_a_training_ends_its_thread_at_once(qtbot: QtBot, make: Any) -> None:
    thread = make(TrainConfig(dataset="tiny-grey", epochs=10000, batch_size=16, threads=1))
    with qtbot.waitSignal(thread.began):
        thread.start()
    thread.abandon()
    assert thread.wait(5000)
