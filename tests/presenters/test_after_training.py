"""After a training: the message says how it ended and goes on from there; it goes when another run is shown."""

from dataclasses import dataclass, replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from cnnviewer.core.models.registry import MODELS
from cnnviewer.core.runs.format.info import Parent
from cnnviewer.core.runs.read.library import summary_of
from cnnviewer.core.runs.read.opened_run import OpenedRun
from cnnviewer.core.runs.read.summary import RunLine
from cnnviewer.core.runs.record.start import begin
from cnnviewer.core.training.config import TrainConfig
from cnnviewer.core.training.metric_log import MetricLog
from cnnviewer.presenters.action_message import ActionMessage
from cnnviewer.presenters.after_training import AfterTrainingPresenter
from cnnviewer.presenters.error_text import worded
from cnnviewer.presenters.evaluation import EvaluationPresenter
from cnnviewer.presenters.resolve import untrained
from cnnviewer.presenters.runs import RunsPresenter
from cnnviewer.presenters.session import Run, Session
from cnnviewer.presenters.time_machine import TimeMachinePresenter
from cnnviewer.presenters.training import TrainingPresenter
from tests.core.runs.trained import finish
from tests.presenters.desk import services
from tests.presenters.fakes import Fake, fake
from tests.small_data import COLOUR, saved, tiny


@dataclass
class Desk:
    session: Session
    training: Fake
    evaluation: Fake
    time_machine: Fake
    after: AfterTrainingPresenter
    runs: Fake
    runs_dir: Path
    offers: list[ActionMessage]
    workspaces: list[str]
    compared: list[tuple[Path, ...]]

    def end(self, correct: int) -> None:
        test: Any = SimpleNamespace(total=10_000, correct=correct, accuracy=correct / 10_000)
        self.training.completed.emit(SimpleNamespace(test=test))

    def press(self, label: str) -> None:
        (action,) = (action for action in self.offers[-1].actions if action.label == label)
        action.accept()


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Desk:
    session = Session()
    training, evaluation, machine = fake(TrainingPresenter), fake(EvaluationPresenter), fake(TimeMachinePresenter)
    runs = fake(RunsPresenter, lines=())
    place = services(session, runs_dir=tmp_path)
    after: Any = AfterTrainingPresenter(place, evaluation, machine, runs)  # type: ignore[arg-type]
    training.completed.connect(after.on_completed)
    offers: list[ActionMessage] = []
    workspaces: list[str] = []
    compared: list[tuple[Path, ...]] = []
    after.action_suggested.connect(offers.append)
    after.action_withdrawn.connect(offers.remove)
    after.workspace_requested.connect(workspaces.append)
    after.comparison_requested.connect(compared.append)
    session.set_run(Run(TrainConfig(), MetricLog()))
    return Desk(session, training, evaluation, machine, after, runs, tmp_path, offers, workspaces, compared)


def three_runs(desk: Desk) -> list[Path]:
    """The oldest first; the newest is on the screen."""
    folder, made = desk.runs_dir, []
    for seed in (1, 2, 3):
        recording = begin(
            tiny(), TrainConfig("lenet", saved(folder, "mine", tiny()), epochs=1, seed=seed, threads=1), folder
        )
        finish(recording)
        recording.let_go()
        assert recording.folder is not None
        made.append(recording.folder)
    desk.runs.lines = tuple(RunLine(summary_of(run), run.name, run.name, "LeNet", "mine") for run in reversed(made))
    opened = OpenedRun.read(made[-1])
    desk.session.set_run(Run(opened.info.config, opened.log, opened=opened))
    return made


def test_the_buttons_lead_to_the_wrong_images_the_playback_and_the_other_runs(desk: Desk) -> None:
    _, before, newest = three_runs(desk)
    desk.end(9_678)
    (message,) = desk.offers
    assert message.sentence == "Training finished: 96.78 % of 10,000 test images predicted correctly."
    assert [action.label for action in message.actions] == ["See the 322 wrong", "Play the run", "Compare"]
    desk.press("See the 322 wrong")
    assert desk.workspaces == ["evaluate"]
    assert desk.evaluation.count("show_wrong") == 1
    desk.press("Play the run")
    assert desk.time_machine.count("play") == 1
    desk.press("Compare")
    assert desk.compared == [(newest, before)]


def test_a_branch_is_compared_with_the_run_that_it_left(desk: Desk) -> None:
    oldest, _, newest = three_runs(desk)
    run = desk.session.run
    assert run is not None
    assert run.opened is not None
    left = replace(run.opened.info, parent=Parent(oldest.name, 1))
    desk.session.set_run(replace(run, opened=replace(run.opened, info=left)))
    desk.end(9_678)
    desk.press("Compare")
    assert desk.compared == [(newest, oldest)]


def test_without_a_wrong_image_none_is_offered_and_without_another_run_no_comparison(desk: Desk) -> None:
    desk.end(10_000)
    assert [action.label for action in desk.offers[0].actions] == ["Play the run"]


def test_in_evaluate_its_wrong_images_are_not_offered_for_they_are_listed(desk: Desk) -> None:
    desk.end(9_678)
    desk.after.set_workspace("evaluate")
    assert desk.offers == [], "the matrix says how many are correct"
    desk.end(9_678)
    assert [action.label for action in desk.offers[0].actions] == ["Play the run"]


def test_the_message_goes_when_another_run_is_shown_and_stays_while_this_one_is(desk: Desk) -> None:
    desk.end(9_678)
    run = desk.session.run
    assert run is not None
    desk.session.set_run(Run(TrainConfig(epochs=3), run.log))
    assert len(desk.offers) == 1
    desk.session.set_run(Run(TrainConfig(), MetricLog()))
    assert desk.offers == []


def test_the_message_goes_when_other_weights_are_on_the_screen(desk: Desk) -> None:
    desk.end(9_678)
    desk.session.set_state(untrained(MODELS["simplecnn"], COLOUR))
    assert desk.offers == []


def test_in_a_sweep_the_next_training_follows_without_an_offer(desk: Desk, qtbot: QtBot) -> None:
    desk.session.sweeping = True
    with qtbot.waitSignal(desk.after.informed) as told:
        desk.end(9_678)
    assert "96.78 %" in worded(told.args[0])
    assert desk.offers == []
