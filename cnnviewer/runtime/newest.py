"""A queue of one: runs jobs of one kind, where only the newest waiting request matters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Signal

from cnnviewer.core.errors import UserError
from cnnviewer.runtime.jobs import Job, JobContext, Jobs


@dataclass(frozen=True)
class _Request:
    work: Callable[[JobContext], Any]
    done: Callable[[Any], None]


class NewestOnly(QObject):
    """Runs one job at a time; while it runs, only the newest request waits.

    The running request's answer is still delivered, unless `forget` was called: it is worth showing while the user
    draws. `done` decides whether the answer is out of date.

    Signals:
        failed: the `UserError` of a request that was not forgotten.
        progressed: the newest progress report of the running task.
        rested: nothing runs and nothing waits.
    """

    failed = Signal(object)
    progressed = Signal(object)
    rested = Signal()

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._job: Job | None = None
        self._under_way: _Request | None = None
        self._waiting: _Request | None = None

    @property
    def busy(self) -> bool:
        """Whether a request runs or waits whose answer is still needed."""
        return self._under_way is not None or self._waiting is not None

    def ask(self, work: Callable[[JobContext], Any], done: Callable[[Any], None]) -> None:
        """Run `work` in a thread as soon as the running request has ended, and pass its result to `done`."""
        self._waiting = _Request(work, done)
        self._next()

    def forget(self) -> None:
        """Cancel the running request and drop the waiting one: no answer is delivered."""
        self._waiting = self._under_way = None
        if self._job is not None:
            self._job.cancel()

    def _next(self) -> None:
        if self._job is not None or self._waiting is None:
            return
        self._under_way, self._waiting = self._waiting, None
        self._job = self._jobs.run(
            self._under_way.work,
            self._on_succeeded,
            self._on_failed,
            on_progress=self._on_progressed,
            on_cancelled=self._on_ended,
        )

    def _on_progressed(self, report: object) -> None:
        if self._under_way is not None:
            self.progressed.emit(report)

    def _on_succeeded(self, result: object) -> None:
        request = self._under_way
        self._on_ended(begin=False)
        if request is not None:
            request.done(result)
        self._continue()

    def _on_failed(self, error: UserError) -> None:
        is_needed = self._under_way is not None
        self._on_ended(begin=False)
        if is_needed:
            self.failed.emit(error)
        self._continue()

    def _on_ended(self, begin: bool = True) -> None:
        self._job = self._under_way = None
        if begin:
            self._continue()

    def _continue(self) -> None:
        self._next()
        if not self.busy:
            self.rested.emit()
