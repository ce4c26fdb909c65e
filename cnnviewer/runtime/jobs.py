"""Work of more than 50 ms that is not training or inspecting: loading, downloading, judging, reading files."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QEventLoop, QObject, Qt, QThread, QTimer, Signal

from cnnviewer.core.errors import Cancelled, UserError
from cnnviewer.runtime.slots import LatestSlot

_UNNOTICED_MS = 30


class JobContext(Protocol):
    """What the work of a job gets to report and to ask."""

    def report(self, progress: object) -> None:
        """Say how far the work is; only the newest report is kept."""

    def cancelled(self) -> bool:
        """Whether the person no longer wants the result: raise `Cancelled` soon."""


class Job(QThread):
    """One piece of work in a thread of its own. Exactly one of the three outcome signals comes, on the main thread.

    Signals:
        progressed: the newest report.
        succeeded: what the work returned.
        failed: the exception it raised.
        was_cancelled: it was cancelled.

    Attributes:
        waited_for: somebody reads `result` or `error` and lets the job go then.
        told: the outcome signal has been emitted.
    """

    progressed = Signal(object)
    succeeded = Signal(object)
    failed = Signal(object)
    was_cancelled = Signal()
    _reported = Signal()

    def __init__(self, work: Callable[[JobContext], object], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._reports: LatestSlot[object] = LatestSlot()
        self.result: object = None
        self.error: BaseException | None = None
        self.waited_for = False
        self.told = False
        self._reported.connect(self._pass_report_on, Qt.ConnectionType.QueuedConnection)
        self.finished.connect(self._tell)

    def report(self, progress: object) -> None:
        """See `JobContext`."""
        if self._reports.put(progress):
            self._reported.emit()

    def cancelled(self) -> bool:
        """See `JobContext`."""
        return self.isInterruptionRequested()

    def cancel(self) -> None:
        """Ask the work to end; `was_cancelled` follows when it has."""
        self.requestInterruption()

    def run(self) -> None:
        """Qt's entry point, in the new thread: nothing escapes from here."""
        try:
            self.result = self._work(self)
        except BaseException as error:
            self.error = error

    def _pass_report_on(self) -> None:
        report = self._reports.take()
        if report is not None and not self.isInterruptionRequested():
            self.progressed.emit(report)

    def _tell(self) -> None:
        self.told = True
        if isinstance(self.error, Cancelled) or (self.isInterruptionRequested() and self.error is not None):
            self.was_cancelled.emit()
        elif self.error is not None:
            self.failed.emit(self.error)
        elif self.isInterruptionRequested():
            self.was_cancelled.emit()
        else:
            self.succeeded.emit(self.result)


class Jobs(QObject):
    """The jobs under way. Owner of their threads: `shut_down` ends every one before the program does."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._running: list[Job] = []
        self._closed = False

    def start(self, work: Callable[[JobContext], object]) -> Job:
        """Start `work(context)` in a thread of its own; connect to the job's signals before the event loop runs on.

        When the program is being closed nothing starts: the job never has an outcome.
        """
        job = Job(work, self)
        if self._closed:
            return job
        self._running.append(job)
        job.finished.connect(self._sweep)
        job.start()
        return job

    def wait_for(self, work: Callable[[], object]) -> object:
        """Run `work()` in a thread while the window stays alive; return its result or raise its exception.

        Short work (a few milliseconds) returns without the event loop running at all.

        Raises:
            Cancelled: the program is being closed.
        """
        return self.wait_with(lambda _: work())

    def wait_with(
        self, work: Callable[[JobContext], object], begun: Callable[[Job], object] = lambda _: None
    ) -> object:
        """The same for work that reports how far it is and can be cancelled: `begun` gets the job before it starts.

        Raises:
            Cancelled: it was cancelled, or the program is being closed.
        """
        job = Job(work, self)
        job.waited_for = True
        self._running.append(job)
        begun(job)
        job.start()
        try:
            if not job.wait(_UNNOTICED_MS):
                loop = QEventLoop()
                job.finished.connect(loop.quit)
                if job.isRunning():
                    loop.exec()
                job.wait()
            if job.error is not None:
                raise job.error
            return job.result
        finally:
            self._running.remove(job)
            job.deleteLater()

    @property
    def busy(self) -> bool:
        """Whether any job is under way."""
        return any(job.isRunning() for job in self._running)

    def shut_down(self) -> None:
        """Cancel every job and wait until its thread has ended; no other begins."""
        self._closed = True
        for job in self._running:
            job.cancel()
        for job in list(self._running):
            job.wait()

    def _sweep(self) -> None:
        # later: `finished` is still being delivered to others
        QTimer.singleShot(0, self, self._forget_finished)

    def _forget_finished(self) -> None:
        # a thread counts as finished a moment before it says so: one that has not told must not be deleted yet
        for job in [job for job in self._running if job.told and not job.waited_for]:
            self._running.remove(job)
            job.deleteLater()


def sentence_of(error: BaseException) -> UserError:
    """The error as one sentence for a person, whatever it is."""
    if isinstance(error, UserError):
        return error
    if isinstance(error, MemoryError):
        return UserError("There is not enough memory for this.")
    return UserError("Something unexpected happened: {reason}.", reason=f"{type(error).__name__}: {error}".rstrip("."))
