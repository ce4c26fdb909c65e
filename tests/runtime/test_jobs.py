"""Work in a thread: exactly one outcome, newest progress, and an end before the program's."""

import threading

import pytest
from pytestqt.qtbot import QtBot

from cnnviewer.core.errors import Cancelled, UserError
from cnnviewer.runtime.jobs import Job, JobContext, Jobs, sentence_of


@pytest.fixture
def jobs(qtbot: QtBot) -> Jobs:
    made = Jobs()
    yield made
    made.shut_down()


def test_a_job_hands_over_its_result_on_the_main_thread(jobs: Jobs, qtbot: QtBot) -> None:
    results: list[tuple[object, threading.Thread]] = []
    job = jobs.start(lambda context: 42)
    job.succeeded.connect(lambda result: results.append((result, threading.current_thread())))
    qtbot.waitUntil(lambda: bool(results))
    assert results == [(42, threading.main_thread())]


def test_a_job_that_fails_hands_over_its_exception_and_nothing_else(jobs: Jobs, qtbot: QtBot) -> None:
    def work(context: JobContext) -> object:
        raise UserError("{file} is empty.", file="a.png")

    outcomes: list[object] = []
    job = jobs.start(work)
    job.succeeded.connect(outcomes.append)
    job.failed.connect(outcomes.append)
    qtbot.waitUntil(lambda: bool(outcomes))
    assert [str(outcome) for outcome in outcomes] == ["a.png is empty."]


def test_a_cancelled_job_says_so_and_gives_no_result(jobs: Jobs, qtbot: QtBot) -> None:
    begun = threading.Event()

    def work(context: JobContext) -> object:
        begun.set()
        while not context.cancelled():
            pass
        raise Cancelled

    outcomes: list[object] = []
    job = jobs.start(work)
    job.succeeded.connect(outcomes.append)
    job.failed.connect(outcomes.append)
    job.was_cancelled.connect(lambda: outcomes.append("cancelled"))
    assert begun.wait(5)
    job.cancel()
    qtbot.waitUntil(lambda: bool(outcomes))
    assert outcomes == ["cancelled"]


def test_only_the_newest_progress_need_arrive_but_the_last_one_does(jobs: Jobs, qtbot: QtBot) -> None:
    def work(context: JobContext) -> object:
        for done in range(1000):
            context.report(done)
        return None

    seen: list[object] = []
    job = jobs.start(work)
    job.progressed.connect(seen.append)
    qtbot.waitUntil(lambda: bool(seen) and seen[-1] == 999)
    assert len(seen) <= 1000


def test_waiting_for_work_gives_its_result(jobs: Jobs) -> None:
    assert jobs.wait_for(lambda: "done") == "done"


def test_waiting_for_work_raises_what_it_raised(jobs: Jobs) -> None:
    def work() -> object:
        raise UserError("No.")

    with pytest.raises(UserError, match="No"):
        jobs.wait_for(work)


def test_the_window_stays_alive_while_work_is_waited_for(jobs: Jobs, qtbot: QtBot) -> None:
    from PySide6.QtCore import QTimer

    go_on = threading.Event()
    # only the event loop can set it: if waiting blocked the window, the work would never end
    QTimer.singleShot(50, go_on.set)
    assert jobs.wait_for(lambda: go_on.wait(10)) is True


def test_shutting_down_ends_every_thread(qtbot: QtBot) -> None:
    jobs = Jobs()

    def work(context: JobContext) -> object:
        while not context.cancelled():
            pass
        raise Cancelled

    started = [jobs.start(work) for _ in range(3)]
    jobs.shut_down()
    assert all(job.isFinished() for job in started)
    assert not jobs.busy


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (UserError("It is {what}.", what="empty"), "It is empty."),
        (MemoryError(), "There is not enough memory for this."),
        (ValueError("odd"), "Something unexpected happened: ValueError: odd."),
    ],
    ids=["a person's error", "memory", "anything else"],
)
def test_every_error_becomes_one_sentence(error: Exception, sentence: str) -> None:
    assert str(sentence_of(error)) == sentence


def test_a_job_whose_thread_has_ended_is_kept_until_it_has_told(jobs: Jobs, qtbot: QtBot) -> None:
    results: list[object] = []
    job = jobs.start(lambda context: 42)
    job.succeeded.connect(results.append)
    assert job.wait(5000)
    jobs._forget_finished()  # as when another job ends at the same moment
    assert job in jobs._running
    qtbot.waitUntil(lambda: results == [42])
    qtbot.waitUntil(lambda: job not in jobs._running)


def test_work_that_is_waited_for_reports_and_can_be_cancelled_meanwhile(jobs: Jobs) -> None:
    seen: list[object] = []

    def work(context: JobContext) -> str:
        while not context.cancelled():
            context.report(len(seen))
        raise Cancelled

    def begun(job: Job) -> None:
        def reported(progress: object) -> None:
            seen.append(progress)
            if len(seen) == 3:
                job.cancel()

        job.progressed.connect(reported)

    with pytest.raises(Cancelled):
        jobs.wait_with(work, begun)
    assert len(seen) in (3, 4)  # one report may have been on its way
    assert jobs.wait_with(lambda _: "done") == "done"
    assert not jobs.busy


def test_after_the_end_no_job_begins(qtbot: QtBot) -> None:
    jobs = Jobs()
    jobs.shut_down()
    begun: list[bool] = []
    job = jobs.start(lambda _: begun.append(True))
    assert not job.isRunning()
    assert not jobs.busy
    assert not begun
