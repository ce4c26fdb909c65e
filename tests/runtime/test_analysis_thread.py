"""Studies of an answer: the newest of a kind counts, a coarse result comes first, nothing escapes."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from cnnviewer.core.errors import Cancelled, UserError
from cnnviewer.core.inspection.trace import Inspector
from cnnviewer.core.models.registry import MODELS
from cnnviewer.presenters.resolve import untrained
from cnnviewer.runtime.analysis_thread import AnalysisAnswer, AnalysisRequest, AnalysisThread, Run, Study, Subject
from tests.small_data import GREY


@pytest.fixture(scope="module")
def subject() -> Subject:
    state = untrained(MODELS["lenet"], GREY)
    return Subject(state, np.zeros((1, 28, 28), np.float32), Inspector.from_state(state).architecture)


@pytest.fixture
def thread(qtbot: QtBot) -> Iterator[AnalysisThread]:
    made = AnalysisThread()
    yield made
    made.shut_down()


def answer_to(thread: AnalysisThread, qtbot: QtBot, subject: Subject, run: Run, number: int = 1) -> AnalysisAnswer:
    with qtbot.waitSignal(thread.answered, timeout=30_000):
        thread.ask(AnalysisRequest("map", number, subject, run))
    found = thread.take("map")
    assert found is not None
    return found


def test_it_does_not_run_before_the_first_question(thread: AnalysisThread) -> None:
    assert not thread.isRunning()
    assert not thread.busy


def test_a_study_gets_the_weights_and_the_image(thread: AnalysisThread, qtbot: QtBot, subject: Subject) -> None:
    def run(study: Study) -> tuple[tuple[int, ...], str]:
        return study.image.shape, study.inspector.recipe.model

    found = answer_to(thread, qtbot, subject, run, 7)
    assert (found.number, found.result, found.final) == (7, ((1, 28, 28), "lenet"), True)


def test_the_weights_are_shared_and_not_copied(thread: AnalysisThread, qtbot: QtBot, subject: Subject) -> None:
    def run(study: Study) -> set[int]:
        return {weight.data_ptr() for weight in study.inspector._model.parameters()}

    shared = {subject.state.tensors[name].data_ptr() for name in subject.state.tensors}
    assert answer_to(thread, qtbot, subject, run).result <= shared


def test_other_weights_are_studied_next(thread: AnalysisThread, qtbot: QtBot, subject: Subject) -> None:
    zeros = {name: tensor * 0 for name, tensor in subject.state.tensors.items()}
    other = Subject(replace(subject.state, tensors=zeros), subject.image, subject.architecture)

    def run(study: Study) -> float:
        return float(study.inspector.probabilities(study.image).max())

    assert answer_to(thread, qtbot, subject, run).result != pytest.approx(0.1, abs=1e-6)
    assert answer_to(thread, qtbot, other, run).result == pytest.approx(0.1, abs=1e-6)


def test_a_coarse_result_comes_before_the_final_one(thread: AnalysisThread, qtbot: QtBot, subject: Subject) -> None:
    taken = threading.Event()

    def run(study: Study) -> str:
        study.show("coarse")
        assert taken.wait(30)
        return "fine"

    coarse = answer_to(thread, qtbot, subject, run)
    assert (coarse.result, coarse.final) == ("coarse", False)
    with qtbot.waitSignal(thread.answered, timeout=30_000):
        taken.set()
    fine = thread.take("map")
    assert fine is not None
    assert (fine.result, fine.final) == ("fine", True)


def test_a_newer_question_of_the_kind_abandons_the_one_under_way(
    thread: AnalysisThread, qtbot: QtBot, subject: Subject
) -> None:
    begun = threading.Event()

    def endless(study: Study) -> None:
        begun.set()
        while not study.abandoned():
            pass
        raise Cancelled

    thread.ask(AnalysisRequest("map", 1, subject, endless))
    assert begun.wait(30)
    assert answer_to(thread, qtbot, subject, lambda _study: "newer", 2).result == "newer"


def test_what_is_cancelled_gives_no_answer(thread: AnalysisThread, qtbot: QtBot, subject: Subject) -> None:
    begun = threading.Event()

    def endless(study: Study) -> str:
        begun.set()
        while not study.abandoned():
            pass
        return "too late"

    thread.ask(AnalysisRequest("map", 1, subject, endless))
    assert begun.wait(30)
    thread.cancel("map")
    qtbot.waitUntil(lambda: not thread.busy, timeout=30_000)
    assert thread.take("map") is None


@pytest.mark.parametrize("raised", [UserError("It cannot be."), ValueError("odd"), SystemExit()], ids=lambda e: repr(e))
def test_what_a_study_raises_is_its_answer_and_the_thread_goes_on(
    thread: AnalysisThread, qtbot: QtBot, subject: Subject, raised: BaseException
) -> None:
    def run(_study: Study) -> None:
        raise raised

    found = answer_to(thread, qtbot, subject, run)
    assert found.result is None
    assert found.problem is not None
    assert answer_to(thread, qtbot, subject, lambda _study: "still here").result == "still here"


def test_it_ends_in_the_midst_of_a_study(thread: AnalysisThread, subject: Subject) -> None:
    begun = threading.Event()

    def endless(study: Study) -> None:
        begun.set()
        while not study.abandoned():
            pass
        raise Cancelled

    thread.ask(AnalysisRequest("map", 1, subject, endless))
    assert begun.wait(30)
    thread.shut_down()
    assert not thread.isRunning()
    thread.ask(AnalysisRequest("map", 2, subject, endless))
    assert not thread.isRunning(), "nothing starts it again while the program ends"


def test_a_study_that_is_waited_for_runs_before_the_others(
    thread: AnalysisThread, qtbot: QtBot, subject: Subject
) -> None:
    asked = threading.Event()
    ran: list[str] = []
    thread.ask(AnalysisRequest("map", 1, subject, lambda _study: asked.wait(30)))
    for kind in ("first", "second", "third"):
        thread.ask(AnalysisRequest(kind, 1, subject, lambda _study, kind=kind: ran.append(kind)))  # type: ignore[misc]
    thread.hasten("third")
    thread.hasten("none of this name")
    asked.set()
    qtbot.waitUntil(lambda: not thread.busy, timeout=30_000)
    assert ran == ["third", "first", "second"]
