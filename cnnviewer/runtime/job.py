"""One task in its own thread, and the callbacks that take its outcome."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any, Protocol

from PySide6.QtCore import QObject, Qt, QThread, Signal
from shiboken6 import isValid

from cnnviewer.core.errors import Cancelled, UserError, without_frames
from cnnviewer.runtime.slots import LatestSlot


class JobContext(Protocol):
    """What a running task uses to report progress and to see whether it is cancelled."""

    def report(self, progress: object) -> None:
        """Report progress; only the newest report is kept."""

    def cancelled(self) -> bool:
        """Whether the result is no longer needed: raise `Cancelled` soon."""


@dataclass(frozen=True)
class Callbacks:
    """The callbacks of a job, see `Jobs.run`."""

    done: Callable[[Any], object] | None = None
    error: Callable[[UserError], object] | None = None
    progress: Callable[[Any], object] | None = None
    cancelled: Callable[[], object] | None = None
    drop: Callable[[Any], object] | None = None
    owner: object = None


class Job(QThread):
    """Runs one task. Exactly one callback takes its outcome, on the main thread; none after `forget`.

    Signals:
        progressed: the newest report.

    Attributes:
        result: what the task returned, until it is passed to a callback.
        error: the exception it raised, until it is passed to a callback.
        slot: the slot of its owner that it was put into; False: none.
        is_reported: whether the outcome has been passed to a callback.
        is_waited_for: `Jobs.wait_with` reads `result` or `error`; no callback is called.
    """

    progressed = Signal(object)
    _reported = Signal()

    def __init__(
        self,
        task: Callable[[JobContext], object],
        callbacks: Callbacks,
        is_waited_for: bool = False,
    ) -> None:
        super().__init__()
        self._task = task
        self._callbacks = callbacks
        self._reports: LatestSlot[object] = LatestSlot()
        self._is_cancelled = self._is_forgotten = False
        self.result: object = None
        self.error: BaseException | None = None
        self.slot: Hashable = False
        self.is_reported = False
        self.is_waited_for = is_waited_for
        self._handed_over = False
        self._reported.connect(self._pass_report_on, Qt.ConnectionType.QueuedConnection)
        if not is_waited_for:
            self.finished.connect(self.tell)

    @property
    def owner(self) -> object:
        """The object that the job runs for."""
        return self._callbacks.owner

    def report(self, progress: object) -> None:
        """See `JobContext`."""
        if self._reports.put(progress):
            self._reported.emit()

    def cancelled(self) -> bool:
        """See `JobContext`."""
        return self._is_cancelled

    def cancel(self) -> None:
        """Ask the task to end; `on_cancelled` is called when it has."""
        self._is_cancelled = True

    def forget(self) -> None:
        """Ask the task to end; no callback is called any more."""
        self._is_cancelled = self._is_forgotten = True

    def run(self) -> None:
        """Qt's entry point, in the new thread: nothing escapes from here."""
        try:
            self.result = self._task(self)
        except BaseException as error:
            self.error = without_frames(error)

    @property
    def _is_needed(self) -> bool:
        owner = self._callbacks.owner
        return not self._is_forgotten and not (isinstance(owner, QObject) and not isValid(owner))

    def _pass_report_on(self) -> None:
        report = self._reports.take()
        if report is None or self._is_cancelled or not self._is_needed:
            return
        self.progressed.emit(report)
        if self._callbacks.progress is not None:
            self._callbacks.progress(report)

    def tell(self) -> None:
        """Pass the outcome to a callback, once. Call it on the main thread when the job's thread has ended."""
        if self._handed_over:
            return
        self._handed_over = True
        result, error = self.result, self.error
        # the job must not keep a traceback's frames or a large result alive
        self.result = self.error = None
        try:
            self._hand_over(result, error)
        finally:
            self._callbacks = Callbacks(owner=self._callbacks.owner)
            self._task = _nothing  # released on the main thread: the task may hold a widget
            self.is_reported = True

    def _hand_over(self, result: object, error: BaseException | None) -> None:
        to = self._callbacks
        takes = self._is_needed and not self._is_cancelled
        if error is None and not takes and to.drop is not None:
            to.drop(result)
        if not self._is_needed:
            return
        if self._is_cancelled or isinstance(error, Cancelled):
            if to.cancelled is not None:
                to.cancelled()
        elif error is not None:
            if to.error is not None:
                to.error(sentence_of(error))
        elif to.done is not None:
            to.done(result)


def _nothing(_context: JobContext) -> None:
    """The task of a job that has ended."""


def sentence_of(error: BaseException) -> UserError:
    """Any exception as one sentence for the user."""
    if isinstance(error, UserError):
        return error
    if isinstance(error, MemoryError):
        return UserError("There is not enough memory for this.")
    return UserError("Something unexpected happened: {reason}.", reason=f"{type(error).__name__}: {error}".rstrip("."))
