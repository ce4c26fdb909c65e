"""The thread that owns the model being trained and does nothing but iterate its training."""

from __future__ import annotations

import threading
import time
from collections import deque
from typing import Protocol

from PySide6.QtCore import QObject, QThread, Signal

from cnnviewer.core.models.state import ModelState
from cnnviewer.core.runs.recording import Recording
from cnnviewer.core.training.events import EpochDone, Finished, Started, StepDone
from cnnviewer.core.training.log_text import LogText
from cnnviewer.runtime.pace import Pace

SNAPSHOT_INTERVAL = 0.35
"""Seconds between two snapshots at least: several a second are seen as motion, more cost training speed."""


PRECEDENCE = 0.02
"""Seconds a step waits at most for a person's own image to be answered: a drawing must not stutter."""


class WeightsSink(Protocol):
    """Who follows the weights while they learn."""

    def wants_weights(self) -> bool:
        """Whether the last snapshot has been dealt with: one that nobody has time for is not even copied."""

    def set_weights(self, state: ModelState, step: int) -> None:
        """Take the weights as they were after `step`."""

    def let_through(self, seconds: float) -> None:
        """Wait, at most so long, while somebody who draws or points waits for an answer."""


class TrainingThread(QThread):
    """Iterates a recorded training; everything happens at its step boundaries.

    What comes often goes into `log` and `lines`, which the window reads when it likes; what comes rarely is a signal.

    Attributes:
        config: of the training.
        recording: the training and the folder it is recorded in.
        log: every step's and epoch's numbers.
        lines: the log's new lines, to be popped from the left.
        controls: learning rate and momentum, changed from any thread, used at the next step.

    Signals:
        began: `Started`.
        epoch_done: `EpochDone`.
        halted: the training waits at a step boundary (paused, or a single step is done).
        failed: the exception that ended it; a `TrainingFailed` carries the last good weights.
        completed: `Finished`, also when it was stopped.
        unrecorded: a `UserError`: the run's folder can no longer be written to; the training goes on.
    """

    began = Signal(object)
    epoch_done = Signal(object)
    halted = Signal()
    failed = Signal(object)
    completed = Signal(object)
    unrecorded = Signal(object)

    def __init__(
        self,
        recording: Recording,
        sink: WeightsSink,
        paused: bool = False,
        pace: Pace | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.recording = recording
        recording.on_problem = self.unrecorded.emit
        self.config = recording.training.config
        self.log = recording.log
        self.lines: deque[str] = deque()
        self.controls = recording.training.controls
        self._training = recording.training
        self._sink = sink
        self._pace = pace or Pace()
        self._gate = threading.Condition()
        self._paused = paused
        self._permits = 0
        self._stopping = False

    def pause(self) -> None:
        """Wait at the next step boundary."""
        with self._gate:
            self._paused = True

    def resume(self) -> None:
        """Go on."""
        with self._gate:
            self._paused = False
            self._gate.notify()

    def step(self) -> None:
        """Do exactly one more batch, then wait."""
        with self._gate:
            self._paused = True
            self._permits += 1
            self._gate.notify()

    def stop(self) -> None:
        """End at the next step boundary; `completed` follows with the weights as they are."""
        with self._gate:
            self._stopping = True
            self.controls.stop = True
            self._gate.notify()

    def abandon(self) -> None:
        """End as soon as possible, without the last evaluation: the program is closing."""
        self.controls.abandon = True
        self.stop()

    def run(self) -> None:
        """Qt's entry point, in the new thread: nothing escapes from here."""
        try:
            self._iterate()
        except BaseException as error:
            self.failed.emit(error)

    def _iterate(self) -> None:
        text = LogText(self.config)
        published = 0.0
        for event in self.recording.events():
            self.lines.extend(text.lines(event))
            if isinstance(event, StepDone):
                now = time.monotonic()
                if now - published >= SNAPSHOT_INTERVAL * self._pace.stretch and self._sink.wants_weights():
                    self._publish_snapshot(event.step)
                    published = now
                self._wait_at_the_boundary(event.step)
                self._sink.let_through(PRECEDENCE)
            elif isinstance(event, EpochDone):
                self.epoch_done.emit(event)
            elif isinstance(event, Started):
                self._publish_snapshot(self._training.step)
                self.began.emit(event)
                self._wait_at_the_boundary(self._training.step)
            elif isinstance(event, Finished):
                self.completed.emit(event)

    def _publish_snapshot(self, step: int) -> None:
        self._sink.set_weights(self._training.snapshot(velocity=True), step)

    def _wait_at_the_boundary(self, step: int) -> None:
        with self._gate:
            if not self._paused or self._stopping:
                return
            if self._permits == 0:
                self._publish_snapshot(step)  # a person who pauses looks: show exactly this moment
                self.recording.keep_place()  # or goes away: then this is where to go on
                self.halted.emit()
            while self._paused and self._permits == 0 and not self._stopping:
                self._gate.wait()
            self._permits = max(0, self._permits - 1)
