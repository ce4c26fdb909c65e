"""A job is a function and its callbacks: which of them is called, for whom, and when none is."""

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from functools import partial

import pytest
from PySide6.QtCore import QObject, QTimer, Signal
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from cnnviewer.core.errors import Cancelled, UserError
from cnnviewer.runtime.jobs import JobContext, Jobs


@pytest.fixture
def jobs(qtbot: QtBot) -> Iterator[Jobs]:
    made = Jobs()
    yield made
    made.shut_down()


class Owner(QObject):
    """A presenter that notes what reaches it."""

    informed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[object] = []
        self.threads: set[threading.Thread] = set()

    def hear(self, value: object) -> None:
        self.threads.add(threading.current_thread())
        self.heard.append(value)

    def hear_error(self, error: UserError) -> None:
        self.heard.append(error)

    def hear_end(self) -> None:
        self.heard.append("cancelled")


class Gate:
    """A task that waits until it is let through; it has its result also when it was cancelled meanwhile."""

    def __init__(self, value: object) -> None:
        self.value = value
        self.begun, self.let = threading.Event(), threading.Event()

    def __call__(self, _context: JobContext) -> object:
        self.begun.set()
        self.let.wait(10)
        return self.value


def give(value: object, _context: JobContext) -> object:
    return value


def fail(error: Exception, _context: JobContext) -> object:
    raise error


def idle(jobs: Jobs) -> Callable[[], bool]:
    """Whether every job has handed its outcome over."""
    return lambda: all(job.is_reported for job in jobs._running)


def test_the_result_reaches_the_callback_on_the_main_thread(jobs: Jobs, qtbot: QtBot) -> None:
    owner = Owner()
    jobs.run(partial(give, 42), owner.hear, owner.hear_error)
    qtbot.waitUntil(idle(jobs))
    assert owner.heard == [42]
    assert owner.threads == {threading.main_thread()}


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (UserError("{file} is empty.", file="a.png"), "a.png is empty."),
        (ValueError("odd"), "Something unexpected happened: ValueError: odd."),
    ],
    ids=["a sentence for a user", "any other exception"],
)
def test_a_failure_reaches_the_other_callback_as_a_sentence(
    jobs: Jobs, qtbot: QtBot, error: Exception, sentence: str
) -> None:
    owner = Owner()
    jobs.run(partial(fail, error), owner.hear, owner.hear_error)
    qtbot.waitUntil(idle(jobs))
    assert [str(heard) for heard in owner.heard] == [sentence]


def test_the_newest_progress_is_reported(jobs: Jobs, qtbot: QtBot) -> None:
    def count(context: JobContext) -> str:
        for done in range(100):
            context.report(done)
        return "done"

    owner = Owner()
    seen: list[object] = []
    jobs.run(count, owner.hear, owner.hear_error, on_progress=seen.append)
    qtbot.waitUntil(idle(jobs))
    assert seen[-1] == 99
    assert owner.heard == ["done"]


def test_of_one_slot_only_the_latest_job_is_heard(jobs: Jobs, qtbot: QtBot) -> None:
    owner = Owner()
    first, second = Gate("first"), Gate("second")
    older = jobs.run(first, owner.hear, owner.hear_error, latest=True)
    assert first.begun.wait(10)
    jobs.run(second, owner.hear, owner.hear_error, latest=True)
    assert older.cancelled()
    second.let.set()
    first.let.set()
    qtbot.waitUntil(idle(jobs))
    assert owner.heard == ["second"]


def test_a_job_that_has_ended_but_not_told_is_superseded_too(jobs: Jobs, qtbot: QtBot) -> None:
    owner = Owner()
    older = jobs.run(partial(give, "first"), owner.hear, owner.hear_error, latest=True)
    assert older.wait(5000)
    jobs.run(partial(give, "second"), owner.hear, owner.hear_error, latest=True)
    qtbot.waitUntil(idle(jobs))
    assert owner.heard == ["second"]


@pytest.mark.parametrize("slots", [("data", "weights"), (False, False)], ids=["two slots", "no slot"])
def test_jobs_of_different_slots_leave_each_other_alone(jobs: Jobs, qtbot: QtBot, slots: tuple[object, object]) -> None:
    owner = Owner()
    for value, slot in zip((1, 2), slots, strict=True):
        jobs.run(partial(give, value), owner.hear, owner.hear_error, latest=slot)
    qtbot.waitUntil(idle(jobs))
    assert set(owner.heard) == {1, 2}


def test_a_slot_belongs_to_its_owner(jobs: Jobs, qtbot: QtBot) -> None:
    one, other = Owner(), Owner()
    for owner in (one, other):
        jobs.run(partial(give, 1), owner.hear, owner.hear_error, latest=True)
    qtbot.waitUntil(idle(jobs))
    assert one.heard == other.heard == [1]


def test_a_slot_without_an_owner_is_refused(jobs: Jobs) -> None:
    with pytest.raises(ValueError, match="owner"):
        jobs.run(partial(give, 1), lambda _: None, lambda _: None, latest=True)


def test_the_owner_of_a_partial_callback_is_the_object_of_its_method(jobs: Jobs, qtbot: QtBot) -> None:
    owner = Owner()
    for value in (1, 2):
        jobs.run(partial(give, value), partial(Owner.hear, owner), owner.hear_error, latest=True, owner=owner)
    jobs.run(partial(give, 3), partial(owner.hear), owner.hear_error, latest=True)
    qtbot.waitUntil(idle(jobs))
    assert owner.heard == [3]


def test_a_cancelled_job_says_so_and_its_result_is_released(jobs: Jobs, qtbot: QtBot) -> None:
    owner = Owner()
    released: list[object] = []
    gate = Gate("result")
    job = jobs.run(gate, owner.hear, owner.hear_error, on_cancelled=owner.hear_end, drop=released.append)
    assert gate.begun.wait(10)
    job.cancel()
    gate.let.set()
    qtbot.waitUntil(idle(jobs))
    assert owner.heard == ["cancelled"]
    assert released == ["result"]


def test_a_job_cancelled_after_its_thread_has_ended_hands_no_result_over(jobs: Jobs, qtbot: QtBot) -> None:
    owner = Owner()
    job = jobs.run(partial(give, 42), owner.hear, owner.hear_error, on_cancelled=owner.hear_end)
    assert job.wait(5000)
    job.cancel()
    qtbot.waitUntil(idle(jobs))
    assert owner.heard == ["cancelled"]


def test_a_superseded_result_is_released(jobs: Jobs, qtbot: QtBot) -> None:
    owner = Owner()
    released: list[object] = []
    for value in ("first", "second"):
        jobs.run(partial(give, value), owner.hear, owner.hear_error, latest=True, drop=released.append)
    qtbot.waitUntil(idle(jobs))
    assert owner.heard == ["second"]
    assert released == ["first"]


def test_nothing_reaches_an_owner_that_is_gone(jobs: Jobs, qtbot: QtBot) -> None:
    owner = Owner()
    heard, released = owner.heard, []
    gate = Gate("result")
    jobs.run(gate, owner.hear, owner.hear_error, drop=released.append)
    assert gate.begun.wait(10)
    delete(owner)
    gate.let.set()
    qtbot.waitUntil(idle(jobs))
    assert heard == []
    assert released == ["result"]


def test_nothing_reaches_an_owner_that_has_ended_its_jobs_and_no_other_begins(jobs: Jobs, qtbot: QtBot) -> None:
    owner, other = Owner(), Owner()
    gate = Gate("result")
    jobs.run(gate, owner.hear, owner.hear_error)
    assert gate.begun.wait(10)
    jobs.end(owner)
    gate.let.set()
    jobs.run(partial(give, 1), owner.hear, owner.hear_error)
    jobs.run(partial(give, 2), other.hear, other.hear_error)
    qtbot.waitUntil(idle(jobs))
    assert owner.heard == []
    assert other.heard == [2]


def test_closing_hands_nothing_over_and_releases_what_was_ready(qtbot: QtBot) -> None:
    jobs, owner = Jobs(), Owner()
    released: list[object] = []
    job = jobs.run(partial(give, "result"), owner.hear, owner.hear_error, drop=released.append)
    assert job.wait(5000)
    jobs.shut_down()
    assert released == ["result"]
    jobs.run(partial(give, "late"), owner.hear, owner.hear_error)
    qtbot.waitUntil(idle(jobs))
    assert owner.heard == []
    assert released == ["result"]


def test_a_callback_that_waits_for_other_work_ends_well(jobs: Jobs, qtbot: QtBot) -> None:
    owner = Owner()
    resume_run = threading.Event()

    def wait_once_more(value: object) -> None:
        owner.hear(jobs.wait_for(lambda: resume_run.wait(10) and value))

    jobs.run(partial(give, 1), wait_once_more, owner.hear_error)
    other = jobs.run(partial(give, 2), lambda _: resume_run.set(), owner.hear_error)
    qtbot.waitUntil(idle(jobs))
    assert owner.heard == [1]
    assert other.is_reported


def test_work_that_is_waited_for_is_cancelled_when_the_window_closes(qtbot: QtBot) -> None:
    jobs = Jobs()
    begun, let = threading.Event(), threading.Event()
    released: list[object] = []

    def work(_context: JobContext) -> str:
        begun.set()
        let.wait(10)
        return "result"

    def close() -> None:
        assert begun.wait(10)
        let.set()
        jobs.shut_down()

    QTimer.singleShot(0, close)  # in the event loop of `wait_with`, as a click on the window's button comes
    with pytest.raises(Cancelled):
        jobs.wait_with(work, drop=released.append)
    assert released == ["result"]


def test_after_the_window_is_closed_nothing_is_waited_for(qtbot: QtBot) -> None:
    jobs = Jobs()
    jobs.shut_down()
    done: list[bool] = []
    with pytest.raises(Cancelled):
        jobs.wait_for(lambda: done.append(True))
    assert not done


def test_a_job_keeps_neither_result_nor_traceback_when_it_has_told(jobs: Jobs, qtbot: QtBot) -> None:
    owner = Owner()
    done = jobs.run(partial(give, "large"), owner.hear, owner.hear_error)
    failed = jobs.run(partial(fail, ValueError("odd")), owner.hear, owner.hear_error)
    qtbot.waitUntil(lambda: done.is_reported and failed.is_reported)
    assert done.result is None
    assert failed.error is None


def test_a_cancelled_task_that_raises_is_not_an_error(jobs: Jobs, qtbot: QtBot) -> None:
    owner = Owner()

    def stop(context: JobContext) -> None:
        while not context.cancelled():
            pass
        raise Cancelled

    jobs.run(stop, owner.hear, owner.hear_error, on_cancelled=owner.hear_end).cancel()
    qtbot.waitUntil(idle(jobs))
    assert owner.heard == ["cancelled"]


def test_the_jobs_may_go_as_soon_as_they_are_shut_down() -> None:
    code = (
        "import gc\n"
        "from PySide6.QtCore import QCoreApplication\n"
        "from cnnviewer.runtime.jobs import Jobs\n"
        "app = QCoreApplication([])\n"
        "for turn in range(60):\n"
        "    jobs, heard = Jobs(), []\n"
        "    for _ in range(3):\n"
        "        jobs.run(lambda context: 1, heard.append, heard.append, owner=jobs)\n"
        "    while turn % 2 and len(heard) < 3:\n"
        "        app.processEvents()\n"
        "    jobs.shut_down()\n"
        "    del jobs\n"
        "    gc.collect()\n"
        "    app.processEvents()\n"
        "print('here')\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "here\n", "")


def test_the_owner_of_all_jobs_may_go_right_after_the_end(qtbot: QtBot) -> None:
    for _ in range(50):
        jobs, owner = Jobs(), Owner()
        for value in range(3):
            jobs.run(partial(give, value), owner.hear, owner.hear_error, latest=True)
        jobs.shut_down()
        del jobs, owner
        qtbot.wait(0)
