"""Jobs of one kind of which only the newest wish matters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Signal

from cnnviewer.runtime.jobs import Job, JobContext, Jobs, sentence_of


@dataclass(frozen=True)
class _Wish:
    work: Callable[[JobContext], Any]
    done: Callable[[Any], None]


class NewestOnly(QObject):
    """Runs one job at a time; while it runs, only the newest wish waits.

    The answer to the wish before is still delivered, unless `forget` was called: it is worth showing while a person
    draws. What it is no longer worth is for `done` to see.

    Signals:
        failed: a `UserError`, of a wish that was not forgotten.
        progressed: how far the work is.
        rested: nothing is under way and nothing waits.
    """

    failed = Signal(object)
    progressed = Signal(object)
    rested = Signal()

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._job: Job | None = None
        self._under_way: _Wish | None = None
        self._waiting: _Wish | None = None

    @property
    def busy(self) -> bool:
        """Whether work is under way whose answer is wanted."""
        return self._under_way is not None or self._waiting is not None

    def ask(self, work: Callable[[JobContext], Any], done: Callable[[Any], None]) -> None:
        """Do `work` in a thread, when the one under way has ended, and hand its result to `done`."""
        self._waiting = _Wish(work, done)
        self._next()

    def forget(self) -> None:
        """Cancel what is under way: its answer, and what waits, are no longer wanted."""
        self._waiting = self._under_way = None
        if self._job is not None:
            self._job.cancel()

    def _next(self) -> None:
        if self._job is not None or self._waiting is None:
            return
        self._under_way, self._waiting = self._waiting, None
        job = self._job = self._jobs.start(self._under_way.work)
        job.progressed.connect(self._on_progressed)
        job.succeeded.connect(self._on_succeeded)
        job.failed.connect(self._on_failed)
        job.was_cancelled.connect(self._on_ended)

    def _on_progressed(self, report: object) -> None:
        if self._under_way is not None:
            self.progressed.emit(report)

    def _on_succeeded(self, result: object) -> None:
        wish = self._under_way
        self._on_ended(begin=False)
        if wish is not None:
            wish.done(result)
        self._go_on()

    def _on_failed(self, error: BaseException) -> None:
        wanted = self._under_way is not None
        self._on_ended(begin=False)
        if wanted:
            self.failed.emit(sentence_of(error))
        self._go_on()

    def _on_ended(self, begin: bool = True) -> None:
        self._job = self._under_way = None
        if begin:
            self._go_on()

    def _go_on(self) -> None:
        self._next()
        if not self.busy:
            self.rested.emit()
