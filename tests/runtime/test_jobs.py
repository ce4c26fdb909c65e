"""Work in a thread: exactly one outcome, newest progress, and an end before the program's."""

import threading
import weakref

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from pytestqt.qtbot import QtBot

from cnnviewer.core.errors import Cancelled, UserError
from cnnviewer.runtime.jobs import Job, JobContext, Jobs, sentence_of


@pytest.fixture
def jobs(qtbot: QtBot) -> Jobs:
    made = Jobs()
    yield made
    made.shut_down()


def ignore(_: object) -> None:
    """An outcome that the test does not look at."""


def test_waiting_for_work_gives_its_result(jobs: Jobs) -> None:
    assert jobs.wait_for(lambda: "done") == "done"


def test_waiting_for_work_raises_what_it_raised(jobs: Jobs) -> None:
    def work() -> object:
        raise UserError("No.")

    with pytest.raises(UserError, match="No"):
        jobs.wait_for(work)


def test_the_window_stays_alive_while_work_is_waited_for(jobs: Jobs, qtbot: QtBot) -> None:
    from PySide6.QtCore import QTimer

    resume_run = threading.Event()
    # only the event loop can set it: if waiting blocked the window, the work would never end
    QTimer.singleShot(50, resume_run.set)
    assert jobs.wait_for(lambda: resume_run.wait(10)) is True


def test_shutting_down_ends_every_thread(qtbot: QtBot) -> None:
    jobs = Jobs()

    def work(context: JobContext) -> object:
        while not context.cancelled():
            pass
        raise Cancelled

    started = [jobs.run(work, ignore, ignore) for _ in range(3)]
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
    job = jobs.run(lambda context: 42, results.append, ignore)
    assert job.wait(5000)
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
    job = jobs.run(lambda _: begun.append(True), ignore, ignore)
    assert not job.isRunning()
    assert not jobs.busy
    assert not begun


class Large:
    """Stands for the picture that a job has in hand when it fails."""


class Failing:
    """Work that fails with something large in hand, and once more on the way, as libraries do."""

    def __init__(self) -> None:
        self.large: weakref.ref[Large] | None = None

    def __call__(self, _context: JobContext) -> object:
        large = Large()
        self.large = weakref.ref(large)
        try:
            raise OSError("cut off")
        except OSError as first:
            error = UserError("{file} is damaged.", file="a.png")
            raise error from first  # and this frame holds it

    @property
    def is_free(self) -> bool:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        return self.large is not None and self.large() is None


def test_what_a_failed_job_had_in_hand_leaves_memory_without_a_collection_of_cycles(jobs: Jobs, qtbot: QtBot) -> None:
    work, errors = Failing(), []
    jobs.run(work, ignore, errors.append)
    qtbot.waitUntil(lambda: bool(errors))
    qtbot.waitUntil(lambda: work.is_free)


def test_what_a_failed_job_that_was_waited_for_had_in_hand_leaves_memory_likewise(jobs: Jobs) -> None:
    work = Failing()
    with pytest.raises(UserError, match="is damaged"):
        jobs.wait_with(work)
    assert work.is_free
