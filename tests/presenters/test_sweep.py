"""A sweep without a window: what is asked for, one training after the other, stopped and gone on with."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from cnnviewer.core.errors import UserError
from cnnviewer.core.models.registry import MODELS
from cnnviewer.core.runs.read.library import list_runs
from cnnviewer.core.runs.record.recorder import Recorder
from cnnviewer.core.runs.sweep import plan as plans
from cnnviewer.core.runs.sweep.request import SweepRequest
from cnnviewer.core.training.config import TrainConfig
from cnnviewer.core.training.events import StepDone
from cnnviewer.core.training.usual import usual_config
from cnnviewer.presenters.action_message import ActionMessage
from cnnviewer.presenters.error_text import worded
from cnnviewer.presenters.run_views import SweepView
from cnnviewer.presenters.selection import SelectionPresenter
from cnnviewer.presenters.session import Session
from cnnviewer.presenters.sweep import SweepPresenter
from cnnviewer.presenters.training import TrainingPresenter
from cnnviewer.runtime.jobs import Jobs
from tests.core.runs.trained import LENET, data_for
from tests.presenters.desk import services
from tests.presenters.fakes import Fake, fake
from tests.small_data import GREY, tiny

BASE = replace(LENET, epochs=1, batch_size=32)
WISH = SweepRequest("lenet", "tiny-grey", 1, learning_rates="0.01, 0.1", seeds="1-2")


class Training:
    """Trains on the spot, when the test says so.

    Attributes:
        presenter: stands in for the presenter of the training.

    """

    def __init__(self, session: Session, runs_dir: Path) -> None:
        self.runs_dir = runs_dir
        self.recording: Recorder | None = None
        self.started: list[TrainConfig] = []
        self._session = session
        self.presenter = fake(
            TrainingPresenter,
            prepare=lambda: session.set_run_state("preparing"),
            stay_idle=lambda: session.set_run_state("idle"),
            start=self.start,
            stop=self.stop,
        )

    def start(self, recording: Recorder, paused: bool = False) -> None:
        assert self.recording is None, "two trainings at once"
        self.recording = recording
        self.started.append(recording.training.config)
        self._session.set_run_state("running")

    def stop(self) -> None:
        if self.recording is None:
            self._session.set_run_state("idle")
        else:
            self.finish(stop_after=1)

    def finish(self, stop_after: int | None = None) -> None:
        recording, self.recording = self.recording, None
        assert recording is not None
        for event in recording.events():
            if stop_after is not None and isinstance(event, StepDone) and event.step >= stop_after:
                recording.training.controls.stop = True
        self._session.set_run_state("idle")
        self.presenter.ended.emit()


def choosing_with(config: TrainConfig) -> Fake:
    """Stands in for the presenter of the choice: its configuration is the one shown last."""
    made = fake(
        SelectionPresenter,
        config=config,
        refusal=None,
        has_data=True,
        show_config=lambda shown: setattr(made, "config", shown),
    )
    return made


@dataclass
class Desk:
    session: Session
    selection: Fake
    training: Training
    page: Fake
    sweeping: SweepPresenter
    qtbot: QtBot
    problems: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    offers: list[ActionMessage] = field(default_factory=list)

    def until_started(self, count: int) -> None:
        self.qtbot.waitUntil(
            lambda: len(self.training.started) == count and self.training.recording is not None, timeout=20_000
        )

    def until_phase(self, phase: str) -> None:
        self.qtbot.waitUntil(lambda: self.page.last("set_now")[0].phase == phase, timeout=20_000)

    def until_states(self, *states: str) -> None:
        self.qtbot.waitUntil(
            lambda: tuple(row.state for row in self.page.last("set_rows")[0]) == states, timeout=20_000
        )


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    session, jobs, selection, page = Session(), Jobs(), choosing_with(BASE), fake(SweepView)
    training = Training(session, tmp_path / "runs")
    training.runs_dir.mkdir()
    session.set_data(data_for(BASE))
    sweeping = SweepPresenter(
        services(session, jobs, runs_dir=training.runs_dir, data_dir=tmp_path), selection, training.presenter, page
    )
    made = Desk(session, selection, training, page, sweeping, qtbot)
    sweeping.error.connect(lambda error: made.problems.append(str(error)))
    sweeping.informed.connect(lambda words: made.told.append(worded(words)))
    sweeping.action_suggested.connect(made.offers.append)
    yield made
    sweeping.shut_down()
    jobs.shut_down()
    if training.recording is not None:
        training.recording.let_go()


def test_the_form_shows_how_many_trainings_it_asks_for(desk: Desk) -> None:
    desk.page.request_changed.emit(WISH)
    assert desk.page.last("set_plan") == (4, None, {})


@pytest.mark.parametrize(
    ("request_made", "field_name", "word"),
    [
        (replace(WISH, learning_rates="0.1, much"), "learning_rate", "much"),
        (replace(WISH, learning_rates="0"), "learning_rate", "above 0"),
        (replace(WISH, momenta="1.5"), "momentum", "below 1"),
        (replace(WISH, batch_sizes="12.5"), "batch_size", "12.5"),
        (replace(WISH, seeds="1-300", momenta="0 0.5 0.9"), "learning_rate", "1,800"),
    ],
)
def test_what_cannot_be_trained_is_said_beside_its_field_and_not_started(
    desk: Desk, request_made, field_name, word
) -> None:
    desk.page.request_changed.emit(request_made)
    count, _, problems = desk.page.last("set_plan")
    assert count == 0
    assert word in problems[field_name]
    desk.page.start_requested.emit(request_made)
    assert not desk.session.training


def test_every_combination_is_trained_one_after_the_other_as_runs_of_the_sweep(desk: Desk) -> None:
    desk.page.start_requested.emit(WISH)
    for count in range(1, 5):
        desk.until_started(count)
        assert desk.page.last("set_now")[0].phase == "running"
        desk.training.finish()
    desk.until_phase("idle")
    desk.until_states(*["finished"] * 4)
    assert [(each.learning_rate, each.seed) for each in desk.training.started] == [
        (0.01, 1),
        (0.01, 2),
        (0.1, 1),
        (0.1, 2),
    ]
    assert len({run.info.sweep for run in list_runs(desk.training.runs_dir)}) == 1
    rows, best = desk.page.last("set_rows")
    most = max(row.validation_accuracy for row in rows)
    assert list(best) == [row for row in rows if row.validation_accuracy == most]
    assert desk.selection.config == BASE, "the Train panel has its own numbers again"
    (message,) = desk.offers
    assert message.sentence == "The sweep is complete."
    assert [action.label for action in message.actions] == ["Compare the best 4"]
    with desk.qtbot.waitSignal(desk.sweeping.comparison_requested) as asked:
        message.accept()
    accuracies = {run.folder: run.validation_accuracy for run in list_runs(desk.training.runs_dir)}
    shown = [accuracies[folder] for folder in asked.args[0]]
    assert shown == sorted(accuracies.values(), reverse=True), "the best first"


def test_numbers_of_a_sweep_of_another_model_do_not_stay_in_train(desk: Desk) -> None:
    """The model on the screen is the sweep's by then; rate, epochs and batch are not."""
    desk.selection.config = replace(BASE, model="simplecnn", epochs=7, learning_rate=0.125, threads=3, seed=9)
    desk.selection.take_up = lambda config: setattr(desk.selection, "config", config)
    desk.page.start_requested.emit(replace(WISH, seeds="1", learning_rates="0.5"))
    desk.qtbot.waitUntil(lambda: desk.selection.config.model == "lenet")
    desk.selection.ready.emit()
    desk.until_started(1)
    titles, name = desk.page.last("set_sweeps")
    assert titles[name] == "LeNet on tiny-grey"
    desk.training.finish()
    desk.until_phase("idle")
    usual = usual_config(MODELS["lenet"].info)
    now = desk.selection.config
    assert (now.model, now.learning_rate, now.epochs) == ("lenet", usual.learning_rate, usual.epochs)
    assert (now.threads, now.seed) == (3, 9)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"has_data": False}, "The images of tiny-grey are not on this computer: download them first."),
        ({"refusal": UserError("They do not fit.", field="dataset")}, "They do not fit."),
    ],
    ids=["no images", "refused"],
)
def test_a_sweep_that_cannot_begin_says_why_beside_the_field(desk: Desk, changes: dict[str, Any], said: str) -> None:
    desk.selection.refusal = changes.get("refusal")
    desk.selection.has_data = lambda _key: changes.get("has_data", True)
    desk.page.request_changed.emit(WISH)
    assert desk.page.last("set_plan") == (0, None, {"dataset": said})


def test_a_sweep_that_was_stopped_goes_on_where_it_was_and_repeats_nothing(desk: Desk) -> None:
    desk.page.start_requested.emit(replace(WISH, seeds=""))
    desk.until_started(1)
    desk.training.finish()
    desk.until_started(2)
    desk.page.stop_requested.emit()
    desk.until_phase("idle")
    desk.until_states("finished", "stopped")
    desk.qtbot.waitUntil(lambda: desk.page.last("set_now")[0].can_continue)
    stopped = desk.page.last("set_rows")[0][1].run.folder
    desk.page.continue_requested.emit()
    desk.until_started(3)
    assert desk.training.recording.folder == stopped
    desk.training.finish()
    desk.until_states("finished", "finished")
    assert len(list_runs(desk.training.runs_dir)) == 2


def test_stop_between_two_trainings_begins_no_other(desk: Desk) -> None:
    desk.page.start_requested.emit(WISH)
    assert desk.session.run_state == "preparing"
    desk.page.stop_requested.emit()
    assert desk.session.run_state == "idle"
    desk.until_phase("idle")
    desk.until_states(*["waiting"] * 4)
    assert desk.training.started == []


def test_an_earlier_sweep_is_shown_again_and_can_be_resumed(desk: Desk, qtbot: QtBot) -> None:
    desk.page.start_requested.emit(replace(WISH, seeds=""))
    desk.until_started(1)
    desk.training.finish()
    desk.until_started(2)
    desk.page.stop_requested.emit()
    desk.until_states("finished", "stopped")
    jobs, page = Jobs(), fake(SweepView)
    later = SweepPresenter(
        services(desk.session, jobs, runs_dir=desk.training.runs_dir), desk.selection, desk.training.presenter, page
    )
    qtbot.waitUntil(lambda: page.count("set_rows") > 0 and len(page.last("set_rows")[0]) == 2)
    assert page.last("set_sweeps")[1] == desk.page.last("set_sweeps")[1]
    assert page.last("set_now")[0].can_continue
    later.shut_down()
    jobs.shut_down()


def test_images_that_are_not_loaded_are_waited_for(desk: Desk) -> None:
    desk.session.set_data(None)
    desk.page.start_requested.emit(WISH)
    desk.qtbot.waitUntil(lambda: desk.selection.count("take_up") > 0)
    assert desk.selection.last("take_up").dataset == "tiny-grey"
    assert desk.training.started == []
    desk.session.set_data(data_for(BASE))
    desk.selection.ready.emit()
    desk.until_started(1)


def test_images_that_are_missing_end_the_sweep_with_a_sentence(desk: Desk) -> None:
    desk.session.set_data(None)
    desk.page.start_requested.emit(WISH)
    desk.qtbot.waitUntil(lambda: desk.selection.count("take_up") > 0)
    desk.selection.ready.emit()
    assert "not on this computer" in desk.problems[0]
    assert not desk.session.training


def test_no_sweep_begins_while_something_is_trained(desk: Desk) -> None:
    desk.session.set_run_state("running")
    desk.page.start_requested.emit(WISH)
    assert "Stop the training first" in desk.problems[0]


def test_a_training_that_cannot_begin_ends_the_sweep(desk: Desk, monkeypatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise UserError("There is not enough memory for this.")

    monkeypatch.setattr("cnnviewer.core.runs.sweep.turn.begin", refuse)
    desk.page.start_requested.emit(WISH)
    desk.qtbot.waitUntil(lambda: bool(desk.problems))
    assert desk.session.run_state == "idle"


def test_a_run_of_the_table_is_opened_and_the_table_written(desk: Desk, tmp_path: Path) -> None:
    wanted: list[Path] = []
    desk.sweeping.run_requested.connect(wanted.append)
    desk.page.start_requested.emit(replace(WISH, seeds="", learning_rates=""))
    desk.until_started(1)
    desk.training.finish()
    desk.until_states("finished")
    folder = desk.page.last("set_rows")[0][0].run.folder
    desk.page.run_selected.emit(folder)
    assert wanted == [folder]
    desk.page.table_requested.emit(str(tmp_path / "sweep.csv"))
    assert folder.name in (tmp_path / "sweep.csv").read_text()


@pytest.fixture
def slow_disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Event]:
    """Plans are written only after this event is set."""
    let = Event()
    write = plans.write_plan
    monkeypatch.setattr(plans, "write_plan", lambda *values: let.wait(10) and write(*values))
    yield let
    let.set()


def test_train_cannot_be_pressed_while_the_plan_is_written(desk: Desk, slow_disk: Event) -> None:
    could: list[bool] = []

    def press_train() -> None:
        could.append(not desk.session.training)
        slow_disk.set()

    QTimer.singleShot(0, press_train)  # also in a nested event loop, if there is one
    desk.page.start_requested.emit(WISH)
    desk.until_started(1)
    assert could == [False]


def test_stop_takes_a_sweep_back_while_its_plan_is_written(desk: Desk, slow_disk: Event) -> None:
    desk.page.start_requested.emit(WISH)
    desk.training.stop()
    slow_disk.set()
    desk.page.start_requested.emit(WISH)
    desk.until_started(1)
    assert len(desk.training.started) == 1


def test_a_plan_that_cannot_be_written_is_said_and_nothing_is_trained(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise UserError("The disk is full.")

    monkeypatch.setattr(plans, "write_plan", refuse)
    desk.page.start_requested.emit(WISH)
    desk.qtbot.waitUntil(lambda: desk.problems == ["The disk is full."])
    assert not desk.session.training
    assert not desk.training.started


def test_data_that_changed_between_two_trainings_are_said_and_used_after_a_yes(desk: Desk) -> None:
    asked: list[ActionMessage] = []
    desk.sweeping.action_suggested.connect(asked.append)
    desk.page.start_requested.emit(replace(WISH, learning_rates="", seeds="1-3"))
    desk.until_started(1)
    desk.training.finish()
    desk.until_started(2)
    desk.page.stop_requested.emit()
    desk.until_states("finished", "stopped", "waiting")
    desk.session.set_data(tiny(GREY, 97, 20))  # the folder was read again: it had grown
    desk.page.continue_requested.emit()
    desk.qtbot.waitUntil(lambda: bool(asked))
    assert "The data changed since the first trainings of this sweep" in asked[0].sentence
    assert (desk.session.run_state, len(desk.training.started), desk.problems) == ("idle", 2, [])
    asked[0].accept()
    for count in (3, 4):
        desk.until_started(count)
        desk.training.finish()
    desk.until_states("finished", "finished", "finished")


def test_the_question_about_a_sweeps_data_goes_when_another_sweep_is_chosen(desk: Desk) -> None:
    asked: list[ActionMessage] = []
    gone: list[ActionMessage] = []
    desk.sweeping.action_suggested.connect(asked.append)
    desk.sweeping.action_withdrawn.connect(gone.append)
    desk.page.start_requested.emit(WISH)
    desk.until_started(1)
    desk.page.stop_requested.emit()
    desk.until_phase("idle")
    desk.session.set_data(tiny(GREY, 97, 20))
    desk.page.continue_requested.emit()
    desk.qtbot.waitUntil(lambda: bool(asked))
    desk.page.sweep_selected.emit("another")
    assert gone == asked
