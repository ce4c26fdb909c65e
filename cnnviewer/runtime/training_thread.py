"""The training thread: it owns the model being trained and iterates its training."""

from __future__ import annotations

import threading
import time
from collections import deque
from typing import Protocol

from PySide6.QtCore import QObject, QThread, Signal

from cnnviewer.core.errors import UserError, without_frames
from cnnviewer.core.models.state import ModelState
from cnnviewer.core.runs.record.recorder import Recorder
from cnnviewer.core.training.events import EpochDone, Finished, Started, StepDone
from cnnviewer.core.training.log_text import LogText
from cnnviewer.runtime.update_throttle import UpdateThrottle

SNAPSHOT_INTERVAL = 0.35
"""Minimum seconds between two snapshots: about three per second look like motion; more would slow training."""


PRECEDENCE = 0.02
"""Longest wait of a step, in seconds, for the answer to the user's image: drawing must not stutter."""


class WeightsSink(Protocol):
    """Receives the weights while the model trains."""

    def wants_weights(self) -> bool:
        """Whether the last snapshot has been processed. If not, the training makes no new copy."""

    def set_weights(self, state: ModelState, step: int) -> None:
        """Receive the weights after `step`."""

    def let_through(self, seconds: float) -> None:
        """Wait at most `seconds` while the user's drawing or selection waits for an answer."""


class TrainingThread(QThread):
    """Iterates a recorded training; pausing, stopping and publishing weights happen at step boundaries.

    Frequent data goes into `log` and `lines`, which the window polls; rare events are signals.

    Attributes:
        config: of the training.
        recording: the training and the run folder that records it.
        log: every step's and epoch's numbers.
        lines: the log's new lines, to be popped from the left.
        controls: learning rate and momentum, changed from any thread, used at the next step.

    Signals:
        began: `Started`.
        epoch_done: `EpochDone`.
        halted: the training waits at a step boundary (paused, or a single step is done).
        stepped: a `StepReport`: what a single step did.
        failed: the exception that ended the training; a `TrainingFailed` carries the last good weights.
        completed: `Finished`, also when it was stopped.
        unrecorded: a `UserError`: the run folder can no longer be written; the training continues.
        recorded_again: the folder is writable again and complete.
        recording_informed: a `UserError`: other information for the user about the recording.
    """

    began = Signal(object)
    epoch_done = Signal(object)
    halted = Signal()
    stepped = Signal(object)
    failed = Signal(object)
    completed = Signal(object)
    unrecorded = Signal(object)
    recorded_again = Signal()
    recording_informed = Signal(object)

    def __init__(
        self,
        recording: Recorder,
        sink: WeightsSink,
        paused: bool = False,
        throttle: UpdateThrottle | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.recording = recording
        recording.on_error = self._on_error
        recording.on_info = self.recording_informed.emit
        self.config = recording.training.config
        self.log = recording.log
        self.lines: deque[str] = deque()
        self.controls = recording.training.controls
        self._training = recording.training
        self._sink = sink
        self._throttle = throttle or UpdateThrottle()
        self._gate = threading.Condition()
        self._paused = paused
        self._permits = 0
        self._stopping = False

    def pause(self) -> None:
        """Wait at the next step boundary."""
        with self._gate:
            self._paused = True

    def resume(self) -> None:
        """Continue after a pause."""
        with self._gate:
            self._paused = False
            self._gate.notify()

    def step(self) -> None:
        """Train on exactly one more batch, then wait."""
        with self._gate:
            self._paused = True
            self._permits += 1
            self._gate.notify()

    def stop(self) -> None:
        """End at the next step boundary; `completed` follows with the current weights."""
        with self._gate:
            self._stopping = True
            self.controls.stop = True
            self._gate.notify()

    def abandon(self) -> None:
        """End as soon as possible, without the final evaluation: the program is closing."""
        self.controls.abandon = True
        self.stop()

    def run(self) -> None:
        """Qt's entry point, in the new thread: nothing escapes from here."""
        try:
            self._iterate()
        except BaseException as error:
            self.failed.emit(without_frames(error))

    def _on_error(self, error: UserError | None) -> None:
        """The run folder failed, or (None) works again. Called in the writer thread."""
        if error is None:
            self.recorded_again.emit()
        else:
            self.unrecorded.emit(error)

    def _iterate(self) -> None:
        text = LogText(self.config)
        published = 0.0
        for event in self.recording.events():
            self.lines.extend(text.lines(event))
            if isinstance(event, StepDone):
                now = time.monotonic()
                if now - published >= SNAPSHOT_INTERVAL * self._throttle.stretch and self._sink.wants_weights():
                    self._publish_snapshot(event.step)
                    published = now
                if event.report is not None:
                    self.stepped.emit(event.report)
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
            self.controls.reports = False
            if not self._paused or self._stopping:
                return
            if self._permits == 0:
                self._publish_snapshot(step)  # the user pauses to look: show exactly this step
                self.recording.keep_place()  # or to leave: resume from here then
                self.halted.emit()
            while self._paused and self._permits == 0 and not self._stopping:
                self._gate.wait()
            self.controls.reports = self._permits > 0
            self._permits = max(0, self._permits - 1)
