"""The analysis thread: studies of the answer that is shown, such as which pixels it rests on."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEventLoop, QObject, Signal

from cnnviewer.core.errors import Cancelled, without_frames
from cnnviewer.core.inspection.records import Architecture, FloatArray
from cnnviewer.core.inspection.trace import Inspector
from cnnviewer.core.interruption import interruptible
from cnnviewer.core.memory import release_freed_memory
from cnnviewer.core.models.own.own_file import opening_of
from cnnviewer.core.models.state import ModelState
from cnnviewer.core.thread_counts import compute_alone, compute_for_inspection
from cnnviewer.runtime.inspection_thread import is_large
from cnnviewer.runtime.waking_thread import WakingThread

_BETWEEN_REPORTS = 0.05  # seconds


@dataclass(frozen=True, eq=False)
class Subject:
    """What is studied: one image and the weights that answered it.

    Attributes:
        state: the weights, which are shared with whoever made them, not copied.
        image: the model's input, float32 `(C, H, W)` in 0..1.
        architecture: the layers as they ran for this image.

    """

    state: ModelState
    image: FloatArray
    architecture: Architecture


@dataclass(frozen=True)
class Study:
    """What the function behind a request works with, in the analysis thread.

    Attributes:
        inspector: of the subject's weights; its `architecture` is that of the image. No image is inspected: call
            `inspector.inspect(study.image)` where the values of all layers are needed.
        image: float32 `(C, H, W)` in 0..1.
        progress: tell it what share is done, 0..1, as often as convenient.
        abandoned: whether nobody waits for the answer any more; then raise `Cancelled`.
        show: hand out a coarse result of the same kind; a better one follows.

    """

    inspector: Inspector
    image: FloatArray
    progress: Callable[[float], None]
    abandoned: Callable[[], bool]
    show: Callable[[Any], None]


Run = Callable[[Study], Any]
"""A study: a pure function of its `Study` that returns a frozen result. It may raise `UserError` and `Cancelled`."""


@dataclass(frozen=True)
class AnalysisRequest:
    """A study that is asked for.

    Attributes:
        kind: of each kind only the newest request counts.
        number: comes back with the answer.
        subject: image and weights.
        run: the study.

    """

    kind: str
    number: int
    subject: Subject
    run: Run


@dataclass(frozen=True)
class AnalysisAnswer:
    """An answer.

    Attributes:
        number: of the request.
        result: what the study returned, or has shown so far; None where there is a problem.
        final: whether nothing better follows.
        problem: why there is no result: a `UserError`, or any other exception.
        seconds: how long the study took so far.

    """

    number: int
    result: Any
    final: bool
    problem: Exception | None = None
    seconds: float = 0.0


class AnalysisThread(WakingThread):
    """Runs studies one after another, with an inspector of its own on the weights of the request.

    Owner of that inspector. The thread starts with the first request. A newer request of the same kind abandons the
    older one, whether it waits or runs.

    Signals:
        progressed: a kind, and what share of its study is done.
        answered: a kind whose answer is ready: take it. Emitted once until it is taken.
    """

    progressed = Signal(str, float)
    answered = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lock = threading.Lock()
        self._waiting: dict[str, AnalysisRequest] = {}  # by kind, in the order in which they were asked
        self._answers: dict[str, AnalysisAnswer] = {}
        self._running: AnalysisRequest | None = None
        self._given_up = False  # of what is running
        self._forgets = self._ended = False
        self._of_subject = _SubjectInspector()

    # called from any thread

    def ask(self, request: AnalysisRequest) -> None:
        """Run this study after those that wait, instead of an older one of its kind."""
        with self._lock:
            self._drop(request.kind)
            self._waiting[request.kind] = request
        if not self.isRunning() and not self._ended:
            self.start()
        self.wake()

    def cancel(self, kind: str) -> None:
        """Want no study of this kind any more; one that is running ends soon, without an answer."""
        with self._lock:
            self._drop(kind)

    def hasten(self, kind: str) -> None:
        """Run the study of this kind, if it waits, before the others that wait."""
        with self._lock:
            if kind in self._waiting:
                self._waiting = {kind: self._waiting.pop(kind)} | self._waiting

    def forget_model(self) -> None:
        """Let go of the model studied last, which may be large."""
        self._forgets = True
        if self.isRunning():
            self.wake()

    @property
    def busy(self) -> bool:
        """Whether a study runs or waits."""
        with self._lock:
            return self._running is not None or bool(self._waiting)

    def take(self, kind: str) -> AnalysisAnswer | None:
        """The newest answer of this kind, which is removed; None if there is none."""
        with self._lock:
            return self._answers.pop(kind, None)

    def wait_while(self, condition: Callable[[], bool]) -> None:
        """Wait in the main thread, which hears of answers meanwhile but takes no click and no key, while this holds."""
        flags = QEventLoop.ProcessEventsFlag
        while condition() and not self._ended:
            QEventLoop().processEvents(flags.WaitForMoreEvents | flags.ExcludeUserInputEvents)

    def shut_down(self) -> None:
        """End the thread and wait for it."""
        with self._lock:
            self._waiting.clear()
            self._given_up = self._ended = True
        super().shut_down()

    def _drop(self, kind: str) -> None:
        self._waiting.pop(kind, None)
        self._answers.pop(kind, None)
        if self._running is not None and self._running.kind == kind:
            self._given_up = True

    # in the thread

    def run(self) -> None:
        """Qt's entry point, in the new thread: nothing escapes from here."""
        compute_alone()
        while self.next_turn(more=bool(self._waiting)):
            if self._forgets:
                self._forgets = False
                self._of_subject.clear()
            request = self._next()
            if request is not None:
                self._carry_out(request)
        self._of_subject.clear()

    def _next(self) -> AnalysisRequest | None:
        with self._lock:
            kind = next(iter(self._waiting), None)
            self._running = self._waiting.pop(kind) if kind is not None else None
            self._given_up = False
            return self._running

    def _carry_out(self, request: AnalysisRequest) -> None:
        began, reported = time.monotonic(), 0.0

        def progress(share: float) -> None:
            nonlocal reported
            now = time.monotonic()
            if now - reported >= _BETWEEN_REPORTS:
                reported = now
                self.progressed.emit(request.kind, share)

        def answer(result: Any, final: bool, problem: Exception | None = None) -> None:
            self._put(request, AnalysisAnswer(request.number, result, final, problem, time.monotonic() - began))

        try:
            with interruptible(self._abandoned):
                inspector = self._of_subject.inspector_for(request.subject)
                answer_of = request.run(
                    Study(inspector, request.subject.image, progress, self._abandoned, lambda part: answer(part, False))
                )
            answer(answer_of, True)
        except Cancelled:
            pass
        except BaseException as raised:  # a user's own code may call `exit()`
            error = raised if isinstance(raised, Exception) else RuntimeError(repr(raised))
            answer(None, True, without_frames(error))
        finally:
            with self._lock:
                self._running = None

    def _abandoned(self) -> bool:
        return self._given_up or self.isInterruptionRequested()

    def _put(self, request: AnalysisRequest, answer: AnalysisAnswer) -> None:
        with self._lock:
            if self._given_up:
                return
            news = request.kind not in self._answers
            self._answers[request.kind] = answer
        if news:
            self.answered.emit(request.kind)


class _SubjectInspector:
    """The inspector, and what it was made of. Only the analysis thread uses it."""

    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        self._inspector: Inspector | None = None
        self._state: ModelState | None = None
        self._opening: object = None

    def inspector_for(self, subject: Subject) -> Inspector:
        """An inspector of the subject's weights, whose architecture is that of the subject's image."""
        state, opening = subject.state, opening_of(subject.state.recipe.model)
        inspector = self._inspector
        if (
            inspector is None
            or self._state is None
            or state.recipe != self._state.recipe
            or opening is not self._opening
        ):
            self.clear()
            release_freed_memory()
            compute_for_inspection(is_large(state))
            inspector = Inspector.from_state(state)
        elif state is not self._state:
            inspector.load(state.tensors)
            inspector.set_mutes(state.mutes)
        if inspector.architecture.layers != subject.architecture.layers:
            inspector.inspect(subject.image)  # a model whose layers depend on the image
        self._inspector, self._state, self._opening = inspector, state, opening
        return inspector
