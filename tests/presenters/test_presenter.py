"""What a presenter says stands as long as it holds."""

import pytest
from pytestqt.qtbot import QtBot

from cnnviewer.core.errors import UserError
from cnnviewer.core.training.config import TrainConfig
from cnnviewer.core.training.metric_log import MetricLog
from cnnviewer.presenters.action_message import ActionMessage
from cnnviewer.presenters.presenter import Presenter
from cnnviewer.presenters.session import Run, Session
from tests.presenters.desk import services


class Asking(Presenter):
    def suggest(self, message: ActionMessage) -> None:
        self._suggest(message)


@pytest.fixture
def session(qtbot: QtBot) -> Session:
    return Session()


def test_a_later_error_takes_the_place_of_the_earlier_one(session: Session) -> None:
    presenter = Presenter(services(session))
    resolved: list[str] = []
    presenter.error_resolved.connect(lambda error: resolved.append(str(error)))
    for file in ("a.png", "b.png"):
        presenter.error.emit(UserError("{file} is gone.", file=file))
    assert resolved == ["a.png is gone."]


@pytest.mark.parametrize("what", ["another run", "a training", "another model"])
def test_a_question_about_the_run_goes_with_the_run_the_model_or_the_idle_time_it_is_about(
    session: Session, what: str
) -> None:
    presenter = Asking(services(session))
    withdrawn: list[ActionMessage] = []
    presenter.action_withdrawn.connect(withdrawn.append)
    run = Run(TrainConfig(), MetricLog())
    session.set_run(run)
    message = ActionMessage("The data of the run are no longer in /data.", "Show where they are…", list, "error")
    presenter.suggest(message)
    session.set_run(Run(TrainConfig(epochs=2), run.log))  # the same one
    assert withdrawn == []
    if what == "another run":
        session.set_run(Run(TrainConfig(), MetricLog()))
    elif what == "a training":
        session.set_run_state("preparing")
    else:
        session.set_chosen("simplecnn", "cifar10")
    assert withdrawn == [message]
    presenter.suggest(message)  # and the next one is followed too
    session.set_run(Run(TrainConfig(), MetricLog()))
    assert withdrawn == [message, message]
