"""Jobs of one kind: one at a time, and of those that wait only the newest."""

import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from cnnviewer.core.errors import Cancelled, UserError
from cnnviewer.runtime.jobs import JobContext, Jobs
from cnnviewer.runtime.newest import NewestOnly


@pytest.fixture
def newest(qtbot: QtBot) -> Iterator[NewestOnly]:
    jobs = Jobs()
    yield NewestOnly(jobs)
    jobs.shut_down()


class Gate:
    """Work that waits until it is let through, and notes that it was done."""

    def __init__(self, name: str, done: list[str]) -> None:
        self.name = name
        self.begun, self.let = threading.Event(), threading.Event()
        self._done = done

    def __call__(self, context: JobContext) -> str:
        self.begun.set()
        self.let.wait(10)
        if context.cancelled():
            raise Cancelled
        self._done.append(self.name)
        return self.name


def test_while_a_request_runs_only_the_newest_other_one_waits(newest: NewestOnly, qtbot: QtBot) -> None:
    done: list[str] = []
    told: list[str] = []
    gates = [Gate(str(place), done) for place in range(5)]
    for gate in gates:
        newest.ask(gate, told.append)
    gates[0].begun.wait(10)
    for gate in gates:
        gate.let.set()
    qtbot.waitUntil(lambda: not newest.busy)
    assert done == told == ["0", "4"]


def test_a_forgotten_request_gets_no_answer_and_the_next_one_does(newest: NewestOnly, qtbot: QtBot) -> None:
    done: list[str] = []
    told: list[str] = []
    first, second = Gate("first", done), Gate("second", done)
    newest.ask(first, told.append)
    first.begun.wait(10)
    newest.forget()
    assert not newest.busy
    newest.ask(second, told.append)
    first.let.set()
    second.let.set()
    qtbot.waitUntil(lambda: told == ["second"])
    assert done == ["second"]


def test_a_failure_is_reported_and_the_waiting_request_still_runs(newest: NewestOnly, qtbot: QtBot) -> None:
    def fail(_context: JobContext) -> None:
        raise UserError("It is not there.")

    problems: list[str] = []
    told: list[int] = []
    newest.failed.connect(lambda error: problems.append(str(error)))
    newest.ask(fail, told.append)
    newest.ask(lambda _context: 7, told.append)
    qtbot.waitUntil(lambda: told == [7])
    assert problems == ["It is not there."]


def test_a_request_may_be_made_while_an_answer_is_taken(newest: NewestOnly, qtbot: QtBot) -> None:
    told: list[int] = []

    def take(value: int) -> None:
        told.append(value)
        if value < 3:
            newest.ask(lambda _context: value + 1, take)

    newest.ask(lambda _context: 0, take)
    qtbot.waitUntil(lambda: told == [0, 1, 2, 3])
