"""Early weights are asked for from Backward; the way back is offered once they are on the screen, and only then."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from cnnviewer.core.models.registry import MODELS
from cnnviewer.core.models.state import ModelState
from cnnviewer.core.runs.read.timeline import Timeline
from cnnviewer.presenters.action_message import ActionMessage
from cnnviewer.presenters.context import ContextPresenter
from cnnviewer.presenters.early_weights import EarlyWeightsPresenter
from cnnviewer.presenters.resolve import untrained
from cnnviewer.presenters.session import Session
from cnnviewer.presenters.time_machine import TimeMachinePresenter
from cnnviewer.presenters.views import ExplainPanel
from cnnviewer.runtime.jobs import Jobs
from tests.presenters.desk import services
from tests.presenters.fakes import Fake, fake
from tests.small_data import GREY, tiny


def weights(step: int) -> ModelState:
    state = untrained(MODELS["lenet"], GREY)
    return replace(state, provenance={"step": step})


class Desk:
    def __init__(self, steps: tuple[int, ...] = (0, 10, 1000)) -> None:
        self.session, self.jobs = Session(), Jobs()
        self.session.set_data(tiny())
        self.session.set_state(weights(1000))
        self.machine: Fake = fake(
            TimeMachinePresenter, timeline=replace(Timeline(), steps=steps), step=1000, is_waiting=False
        )
        self.panel = fake(ExplainPanel)
        self.presenter = EarlyWeightsPresenter(
            services(self.session, self.jobs), self.machine, fake(ContextPresenter, context=None), self.panel
        )
        self.offers: list[ActionMessage] = []
        self.presenter.action_suggested.connect(self.offers.append)


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    made = Desk()
    yield made
    made.jobs.shut_down()


def test_the_way_back_is_offered_once_the_early_step_is_shown(desk: Desk) -> None:
    desk.panel.early_requested.emit()
    early = desk.machine.last("go_to")
    desk.machine.is_waiting = True
    desk.session.set_state(weights(1001))  # of a training that goes on meanwhile
    assert desk.offers == []
    desk.session.show_snapshot(early, weights(early))
    (offer,) = desk.offers
    assert worded_button(offer) == "Back to step 1,000"


def test_an_early_step_that_could_not_be_read_offers_no_way_back(desk: Desk) -> None:
    desk.panel.early_requested.emit()
    desk.session.show_snapshot(500, weights(500))
    assert desk.offers == []
    desk.session.show_snapshot(desk.machine.last("go_to"), weights(10))
    assert desk.offers == []


@pytest.mark.parametrize("drawn", [True, False])
def test_the_way_back_from_untrained_weights_is_offered_once_they_are_shown(drawn: bool, qtbot: QtBot) -> None:
    desk = Desk(steps=())
    desk.panel.early_requested.emit()
    desk.session.set_state(untrained(MODELS["lenet"], GREY) if drawn else weights(5))
    assert [worded_button(offer) for offer in desk.offers] == ["Back to the weights before"] * drawn
    desk.jobs.shut_down()


def worded_button(offer: ActionMessage) -> str:
    return offer.actions[0].label
