"""The studies of a page of Why: asked for when it is in front, and never at the cost of a training."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from cnnviewer.core.inspection.records import Inspection, Prediction
from cnnviewer.core.inspection.trace import Inspector
from cnnviewer.core.models.registry import MODELS
from cnnviewer.core.models.state import ModelState
from cnnviewer.presenters.analysis import AnalysisPresenter, PageStudies, Question
from cnnviewer.presenters.flip import goal_of
from cnnviewer.presenters.inspection import InspectionPresenter
from cnnviewer.presenters.resolve import untrained
from cnnviewer.presenters.session import Session
from cnnviewer.presenters.why_views import WhyPanel
from cnnviewer.runtime.analysis_thread import AnalysisAnswer, AnalysisThread
from cnnviewer.runtime.requests import Answer
from tests.presenters.desk import services
from tests.presenters.fakes import Fake, fake
from tests.small_data import GREY


@dataclass
class Desk:
    """A page with one study, and everything around it."""

    session: Session
    thread: Fake
    panel: Fake
    inspection: Fake
    analysis: AnalysisPresenter
    refreshed: list[Question | None] = field(default_factory=list)
    studies: PageStudies = field(init=False)
    answers: dict[str, AnalysisAnswer] = field(default_factory=dict)

    def inspected(self, state: ModelState, image: np.ndarray, best: str, truth: str | None = None) -> None:
        ranking = ((best, 0.9), *((name, 0.01) for name in state.recipe.classes if name != best))
        shown = Inspection(1, image, {}, Prediction(ranking))
        architecture = Inspector.from_state(state).architecture
        self.inspection.inspection, self.inspection.generation, self.inspection.truth = shown, 1, truth
        self.inspection.answer = Answer(shown, architecture, state.recipe, None, state, None, None)  # type: ignore[arg-type]
        self.inspection.inspected.emit()

    def finish(self, seconds: float) -> None:
        """The study under way is answered."""
        request = self.thread.last("ask")
        self.answers[request.kind] = AnalysisAnswer(request.number, "map", True, None, seconds)
        self.thread.answered.emit(request.kind)


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    answers: dict[str, AnalysisAnswer] = {}
    session = Session()
    thread = fake(AnalysisThread, take=lambda kind: answers.pop(kind, None))
    panel = fake(WhyPanel)
    inspection = fake(InspectionPresenter, inspection=None, generation=0, truth=None, answer=None, refusal="")
    analysis = AnalysisPresenter(services(session, analysis=thread), inspection, panel)  # type: ignore[arg-type]
    made = Desk(session, thread, panel, inspection, analysis, answers=answers)

    def refresh() -> None:
        made.refreshed.append(analysis.question)
        made.studies.ask("map", lambda _study: "map")

    made.studies = PageStudies(analysis, "maps", refresh)
    return made


@pytest.fixture(scope="module")
def state() -> ModelState:
    return untrained(MODELS["lenet"], GREY)


BLANK = np.zeros((1, 28, 28), np.float32)


def test_a_page_that_is_not_in_front_asks_nothing(desk: Desk, state: ModelState) -> None:
    desk.inspected(state, BLANK, "7")
    assert desk.refreshed == []
    desk.panel.page_seen_changed.emit("maps", True)
    assert desk.refreshed == [Question(7)]


def test_a_wrong_answer_is_asked_about_against_the_true_class(desk: Desk, state: ModelState) -> None:
    desk.inspected(state, BLANK, "9", truth="4")
    assert desk.analysis.question == Question(9, 4)
    desk.panel.against_chosen.emit(-2)
    assert desk.analysis.question == Question(9)
    desk.panel.target_chosen.emit(4)
    desk.panel.against_chosen.emit(9)
    assert desk.analysis.question == Question(4, 9)


def test_another_image_waits_for_a_short_study_and_is_asked_about_then(desk: Desk, state: ModelState) -> None:
    desk.panel.page_seen_changed.emit("maps", True)
    desk.inspected(state, BLANK, "7")
    desk.inspected(state, BLANK + 1, "7")
    assert len(desk.refreshed) == 1
    desk.finish(0.01)
    assert len(desk.refreshed) == 2


def test_a_page_that_is_left_gives_up_what_is_under_way(desk: Desk, state: ModelState) -> None:
    desk.panel.page_seen_changed.emit("maps", True)
    desk.inspected(state, BLANK, "7")
    desk.panel.page_seen_changed.emit("maps", False)
    assert desk.thread.last("cancel") == "maps/map"
    assert not desk.studies.is_under_way("map")


def test_beside_a_training_studies_take_a_twentieth_of_a_core(
    desk: Desk, state: ModelState, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(AnalysisPresenter, "learning", True)
    desk.panel.page_seen_changed.emit("maps", True)
    desk.inspected(state, BLANK, "7")
    desk.inspected(untrained(MODELS["lenet"], GREY), BLANK, "7")
    desk.finish(0.1)
    assert len(desk.refreshed) == 1, "the newer weights wait"
    assert desk.studies._pause.interval() == 2000
    desk.studies._pause.stop()


def test_while_a_model_learns_the_panel_says_of_which_step_the_page_in_front_is(
    desk: Desk, state: ModelState, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.panel.page_seen_changed.emit("maps", True)
    desk.inspected(replace(state, provenance={"step": 3}), BLANK, "7")
    desk.finish(0.1)
    assert desk.panel.last("set_step") is None, "nothing learns: it is about the weights on the screen"
    monkeypatch.setattr(AnalysisPresenter, "learning", True)
    desk.inspected(replace(untrained(MODELS["lenet"], GREY), provenance={"step": 40}), BLANK, "7")
    desk.finish(0.1)
    assert desk.panel.last("set_step") == 40
    desk.inspected(replace(untrained(MODELS["lenet"], GREY), provenance={"step": 41}), BLANK, "7")
    assert desk.panel.last("set_step") == 40, "the newer weights wait"
    monkeypatch.setattr(AnalysisPresenter, "learning", False)
    desk.session.run_state_changed.emit("idle")
    assert desk.panel.last("set_step") is None
    desk.studies._pause.stop()


@pytest.mark.parametrize(
    ("question", "predicted", "goal"),
    [
        (Question(9), 9, None),
        (Question(9, 4), 9, 4),
        (Question(4, 9), 9, 4),
        (Question(4), 9, 4),
        (Question(1, 2), 9, 2),
        (None, None, None),
    ],
    ids=["predicted", "from this to that", "it is that already", "another class", "two others", "no image"],
)
def test_a_change_is_searched_from_the_class_predicted_to_the_other_one_of_the_question(
    question: Question | None, predicted: int | None, goal: int | None
) -> None:
    assert goal_of(question, predicted) == goal


def test_without_an_image_nothing_is_shown(desk: Desk, state: ModelState, qtbot: QtBot) -> None:
    desk.panel.page_seen_changed.emit("maps", True)
    desk.inspected(state, BLANK, "7")
    desk.inspection.answer = None
    with qtbot.waitSignal(desk.studies.cleared):
        desk.inspection.inspected.emit()
    assert desk.analysis.question is None
