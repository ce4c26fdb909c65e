"""Work of more than 50 ms that is neither training nor inspection: loading, downloading, evaluating, reading files."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import partial
from typing import Any, TypeVar, cast
from weakref import WeakKeyDictionary, WeakSet

from PySide6.QtCore import QEventLoop, QObject, QTimer

from cnnviewer.core.errors import Cancelled, UserError
from cnnviewer.runtime.job import Callbacks, Job, JobContext, sentence_of

__all__ = ["Job", "JobContext", "Jobs", "sentence_of"]

_UNNOTICED_MS = 30
T = TypeVar("T")


class Jobs(QObject):
    """The jobs under way. Owner of their threads: `shut_down` ends every one before the program does."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._running: list[Job] = []
        self._slots: WeakKeyDictionary[object, dict[Hashable, Job]] = WeakKeyDictionary()
        self._ended: WeakSet[object] = WeakSet()
        self._closed = False
        # a job has no Qt parent and no deleteLater: its last reference is dropped here, outside the job's own events
        self._sweeper = QTimer(self)
        self._sweeper.setSingleShot(True)
        self._sweeper.timeout.connect(self._remove_handed_over)

    def run(
        self,
        task: Callable[[JobContext], T],
        on_done: Callable[[T], object],
        on_error: Callable[[UserError], object],
        *,
        latest: Hashable = False,
        owner: object = None,
        on_progress: Callable[[Any], object] | None = None,
        on_cancelled: Callable[[], object] | None = None,
        drop: Callable[[T], object] | None = None,
    ) -> Job:
        """Run `task(context)` in its own thread; one callback takes the outcome on the main thread.

        A task is a plain function (in `presenters/tasks/`, a file per feature); `functools.partial` gives it its
        arguments::

            task = partial(load_data, key, data_dir)  # def load_data(key, data_dir, context): ...
            self._jobs.run(task, self._on_loaded, self.error.emit, latest="data")

        A callback need not check whether its job is still the newest. None is called when a newer job has taken the
        slot, after `Job.forget`, when the owner is gone or has called `end`, and when the program is being closed.

        Args:
            task: the work. It must not touch widgets or presenters, and should check `context.cancelled()` regularly.
            on_done: takes what the task returned.
            on_error: takes the error. A `UserError` is passed as it is; another exception becomes a `UserError` that
                names it.
            latest: the name of a slot (True: the owner's only one) that holds one job: this job cancels the
                previous one, whose callbacks are not called any more. False: no slot.
            owner: the object that the job runs for; by default the object whose method `on_done` is.
            on_progress: takes the newest `context.report(...)`, until the job is cancelled.
            on_cancelled: called after `Job.cancel`, when the task has ended.
            drop: releases a result that no callback takes, such as a run's lock or a process.

        Returns:
            The job, to `cancel` or `forget` it. Nothing is started and no callback is called when the program is
            closing or the owner has called `end`.

        Raises:
            ValueError: `latest` without an owner.
        """
        owner = owner if owner is not None else _owner_of(on_done)
        if latest is not False and owner is None:
            raise ValueError("a slot belongs to an owner: pass a bound method as on_done, or owner=")
        callbacks = Callbacks(on_done, on_error, on_progress, on_cancelled, drop, owner)
        job = Job(task, callbacks)
        if self._closed or (owner is not None and owner in self._ended):
            job.forget()
            return job
        if latest is not False:
            slots = self._slots.setdefault(owner, {})
            if (older := slots.get(latest)) is not None:
                older.forget()
            slots[latest] = job
            job.slot = latest
        self._running.append(job)
        job.finished.connect(self._on_finished)
        job.start()
        return job

    def end(self, owner: object) -> None:
        """Cancel the owner's jobs without calling their callbacks; no other job starts for this owner."""
        self._ended.add(owner)
        self._slots.pop(owner, None)
        for job in self._running:
            if job.owner is owner:
                job.forget()

    def wait_for(self, work: Callable[[], T], drop: Callable[[T], object] | None = None) -> T:
        """Run `work()` in a thread while the window stays alive; return its result or raise its exception.

        Short work (a few milliseconds) returns without the event loop running at all. Longer work runs a nested event
        loop: check again whatever was checked before, because the user may have started a training meanwhile.

        Args:
            work: the function to run.
            drop: releases the result where this method raises `Cancelled`.

        Raises:
            Cancelled: the program is being closed.
        """
        return self.wait_with(lambda _: work(), drop=drop)

    def wait_with(
        self,
        work: Callable[[JobContext], T],
        begun: Callable[[Job], object] = lambda _: None,
        drop: Callable[[T], object] | None = None,
    ) -> T:
        """Like `wait_for`, for work with progress that can be cancelled; `begun` gets the job before it starts.

        Raises:
            Cancelled: it was cancelled, or the program is being closed.
        """
        if self._is_closed():
            raise Cancelled
        job = Job(work, Callbacks(), is_waited_for=True)
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
            if self._is_closed():  # closed while the loop ran: the caller must not use a window that is gone
                if drop is not None and job.error is None:
                    drop(cast("T", job.result))
                raise Cancelled
            if job.error is not None:
                raise job.error
            return cast("T", job.result)
        finally:
            self._running.remove(job)
            job.result = job.error = None  # breaks a cycle: the traceback holds this frame, and the frame holds the job

    def _is_closed(self) -> bool:
        return self._closed

    @property
    def busy(self) -> bool:
        """Whether any job is under way."""
        return any(job.isRunning() for job in self._running)

    def shut_down(self) -> None:
        """Cancel every job and wait for its thread to end; no other job starts and no callback is called."""
        self._closed = True
        for job in self._running:
            job.forget()
        for job in list(self._running):
            job.wait()
            if not job.is_waited_for:
                job.tell()  # releases a result that no callback has taken

    def _on_finished(self) -> None:
        # later, because `finished` is still being delivered
        self._sweeper.start()

    def _remove_handed_over(self) -> None:
        for job in [job for job in self._running if job.is_reported]:
            self._running.remove(job)
            if job.slot is not False:
                slots = self._slots.get(job.owner, {})
                if slots.get(job.slot) is job:
                    del slots[job.slot]


def _owner_of(callback: Callable[..., object]) -> object:
    """The object whose method this is; None for another function."""
    while isinstance(callback, partial):
        callback = callback.func
    return getattr(callback, "__self__", None)
