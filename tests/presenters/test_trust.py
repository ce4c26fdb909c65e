"""The page Trust: what is asked for when, and how many measurements."""

from __future__ import annotations

import time
from typing import Any

import numpy as np
import pytest

from cnnviewer.core.errors import UserError
from cnnviewer.core.inspection.attribution.records import AttributionRequest
from cnnviewer.core.inspection.attribution.trust.records import SEEDS, Cascade, Curves
from cnnviewer.core.inspection.trace import Inspector
from cnnviewer.core.models.weights import bundled
from cnnviewer.presenters.analysis import AnalysisPresenter, Question
from cnnviewer.presenters.session import Session
from cnnviewer.presenters.tasks import trust as tasks
from cnnviewer.presenters.trust import TrustLinePresenter, TrustPresenter
from cnnviewer.presenters.why_views import TrustLineView, TrustView
from cnnviewer.runtime.analysis_thread import AnalysisAnswer, AnalysisRequest, AnalysisThread, Study, Subject
from tests.presenters.desk import services
from tests.presenters.fakes import Fake, fake


class Desk:
    """The presenter with a page, an image and weights; studies run when a test says so."""

    def __init__(self, method: str = "gradient", learning: bool = False, seen: bool = True) -> None:
        state = bundled("lenet")
        image = np.random.default_rng(0).random((1, 28, 28), dtype=np.float32)
        self.inspector = Inspector.from_state(state)
        self.thread: Fake = fake(AnalysisThread, take=self._take)
        self.analysis: Fake = fake(
            AnalysisPresenter,
            runner=self.thread,
            subject=Subject(state, image, self.inspector.architecture),
            question=Question(3),
            classes=state.recipe.classes,
            learning=learning,
            pages={"trust": seen},
        )
        self.page: Fake = fake(TrustView, method=method, fill="black", score="probability")
        self.session = Session()
        self.presenter = TrustPresenter(services(self.session), self.analysis, self.page)
        self._answer: AnalysisAnswer | None = None
        self.shown: list[Any] = []

    def _take(self, _kind: str) -> AnalysisAnswer | None:
        return self._answer

    def _rest_more(self) -> None:
        self.presenter._rests_until += 1000.0

    def request(self, kind: str) -> AnalysisRequest:
        found: AnalysisRequest = next(
            each for (each,) in reversed(self.thread._given("ask")) if each.kind == f"trust/{kind}"
        )
        return found

    def kinds(self) -> list[str]:
        return [request.kind for (request,) in self.thread._given("ask")]

    def run(self, kind: str) -> Any:
        """Carry out the newest study of this kind and give its answer to the page."""
        request, self.shown = self.request(kind), []
        study = Study(self.inspector, request.subject.image, lambda _: None, lambda: False, self.shown.append)
        try:
            found, problem = request.run(study), None
        except UserError as error:
            found, problem = None, error
        self._answer = AnalysisAnswer(request.number, found, True, problem)
        self.thread.answered.emit(request.kind)
        return found


def test_both_tests_are_asked_for_once_the_page_is_in_front() -> None:
    desk = Desk(seen=False)
    desk.analysis.changed.emit(False)
    assert desk.kinds() == []
    desk.analysis.pages["trust"] = True
    desk.analysis.page_seen_changed.emit("trust", True)
    assert desk.kinds() == ["trust/cascade", "trust/curves"]


def test_one_measurement_is_shown_first_and_ten_at_the_end() -> None:
    desk = Desk()
    desk.analysis.changed.emit(False)
    cascade = desk.run("cascade")
    assert isinstance(cascade, Cascade)
    assert [len(part.request.seeds) for part in desk.shown][-1] == 1
    assert cascade.request.seeds == SEEDS
    assert cascade.correlations.shape == (10, 5)
    assert desk.page.last("set_cascade") == (cascade, True)
    curves = desk.run("curves")
    assert isinstance(curves, Curves)
    assert [len(part.request.orders) for part in desk.shown] == [1]
    assert curves.request.orders == SEEDS
    assert desk.page.last("set_curves") == (curves, desk.analysis.classes, True)


def test_where_one_takes_long_the_others_wait_until_they_are_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "SLOW", -1.0)
    desk = Desk()
    desk.analysis.changed.emit(False)
    assert desk.run("cascade").request.seeds == SEEDS[:1]
    assert desk.run("curves").request.orders == SEEDS[:1]
    desk.page.more_requested.emit("cascade")
    assert desk.run("cascade").request.seeds == SEEDS
    desk.page.more_requested.emit("curves")
    assert desk.run("curves").request.orders == SEEDS


def test_of_a_large_model_a_few_points_of_the_curves_come_before_the_cascade(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "is_slow", lambda _images: True)
    desk = Desk()
    desk.analysis.changed.emit(False)
    cascade = desk.run("cascade")
    coarse = desk.shown[0]
    assert isinstance(coarse, Curves)
    assert coarse.request.points == tasks.COARSE_POINTS
    assert coarse.attribution is cascade.attribution
    curves = desk.run("curves")
    assert all(each.request.points == curves.request.points > tasks.COARSE_POINTS for each in desk.shown)
    desk.page.fill = "mean"
    desk.page.curves_chosen.emit()
    desk.run("curves")
    assert desk.shown[0].request.points == tasks.COARSE_POINTS, "other curves have a coarse result of their own"


def test_while_the_model_learns_one_measurement_is_enough() -> None:
    desk = Desk(learning=True)
    desk.analysis.changed.emit(True)
    assert desk.run("cascade").request.seeds == SEEDS[:1]
    assert desk.run("curves").request.orders == SEEDS[:1]


def test_another_fill_asks_for_the_curves_alone_and_computes_no_map_again() -> None:
    desk = Desk(method="integrated-gradients")
    desk.analysis.changed.emit(False)
    first = desk.run("cascade")
    desk.run("curves")
    asked = len(desk.kinds())
    desk.page.fill, desk.page.score = "mean", "logit"
    desk.page.curves_chosen.emit()
    assert desk.kinds()[asked:] == ["trust/curves"]
    curves = desk.run("curves")
    assert curves.attribution is first.attribution
    assert (curves.request.fill, curves.request.score) == ("mean", "logit")


def test_another_method_or_question_is_another_map() -> None:
    desk = Desk()
    desk.analysis.changed.emit(False)
    desk.run("cascade")
    desk.page.method = "gradient-x-input"
    desk.page.method_chosen.emit()
    assert desk.run("cascade").attribution.request.method == "gradient-x-input"
    desk.run("curves")
    desk.analysis.question = Question(3, 5)
    desk.analysis.changed.emit(False)
    found = desk.run("cascade").attribution.request
    assert (found.target, found.against) == (3, 5)


def test_what_cannot_be_had_is_said_on_the_page_and_cancel_gives_up_both() -> None:
    desk = Desk()
    desk.analysis.question = Question(77)
    desk.analysis.changed.emit(False)
    desk.run("cascade")
    assert desk.page.last("set_problem")[0] == "cascade"
    assert "77" in desk.page.last("set_problem")[1]
    desk.page.cancel_requested.emit()
    assert desk.thread.last("cancel") == "trust/curves"
    assert desk.page.last("set_progress") == ("curves", None)


def test_the_line_below_a_map_tests_that_map_when_asked() -> None:
    desk = Desk()
    line = fake(TrustLineView)
    presenter = TrustLinePresenter(services(), desk.analysis, line)
    desk.analysis.changed.emit(False)
    assert "maps/tests" not in desk.kinds()
    found = desk.inspector.attribute(AttributionRequest("gradient", 3), image=desk.analysis.subject.image)
    line.test_requested.emit(found)
    request = next(each for (each,) in desk.thread._given("ask") if each.kind == "maps/tests")
    study = Study(desk.inspector, request.subject.image, lambda _: None, lambda: False, desk.shown.append)
    desk._answer = AnalysisAnswer(request.number, request.run(study), True)
    desk.thread.answered.emit(request.kind)
    cascade, curves = line.last("set_results")
    assert cascade.attribution is curves.attribution is found
    assert cascade.request.seeds == curves.request.orders == SEEDS
    line.test_abandoned.emit()
    assert presenter is not None


def test_beside_a_training_it_rests_and_tests_the_last_weights_when_that_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [100.0]
    monkeypatch.setattr(time, "monotonic", lambda: clock[0])
    desk = Desk(learning=True)
    desk.analysis.changed.emit(True)
    clock[0] += 1.0
    desk.run("cascade")
    desk.run("curves")
    asked = len(desk.kinds())
    desk.presenter._studies._pause.stop()  # type: ignore[attr-defined]
    clock[0] += 10.0
    desk.analysis.changed.emit(True)
    assert len(desk.kinds()) == asked  # they took a second: not before 20 are over
    clock[0] += 15.0
    desk.analysis.changed.emit(True)
    assert len(desk.kinds()) == asked + 2
    desk.run("cascade")
    desk.run("curves")
    clock[0] += 1.0
    desk.presenter._studies._pause.stop()  # type: ignore[attr-defined]
    desk._rest_more()
    desk.analysis.changed.emit(True)
    left_out = len(desk.kinds())
    desk.analysis.learning = False
    desk.session.run_state_changed.emit("finished")
    assert desk.kinds()[left_out:] == ["trust/cascade", "trust/curves"]
    assert desk.run("cascade").request.seeds == SEEDS
