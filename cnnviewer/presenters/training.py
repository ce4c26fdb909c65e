"""Training: starts the training thread on request; shows its metrics in curves, log and progress bar."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace

from PySide6.QtCore import QTimer, Signal

from cnnviewer.core.errors import UserError, without_frames
from cnnviewer.core.models.state import ModelState
from cnnviewer.core.runs.read.opened_run import OpenedRun
from cnnviewer.core.runs.record.recorder import Recorder
from cnnviewer.core.runs.record.start import begin
from cnnviewer.core.training.config import TrainConfig
from cnnviewer.core.training.events import EpochDone, Finished, Started
from cnnviewer.core.training.failure import TrainingFailed
from cnnviewer.core.training.progress import RunState
from cnnviewer.core.wording import Words
from cnnviewer.presenters.presenter import Presenter
from cnnviewer.presenters.selection import SelectionPresenter
from cnnviewer.presenters.services import Services
from cnnviewer.presenters.session import Run
from cnnviewer.presenters.views import TrainViews
from cnnviewer.runtime.jobs import sentence_of
from cnnviewer.runtime.training_thread import TrainingThread
from cnnviewer.runtime.update_throttle import UpdateThrottle

REFRESH_MS = 400
"""Milliseconds between updates of curves, log and progress: more redraws slow the training."""


@dataclass(frozen=True, eq=False)
class _Start:
    """The weights that a new run begins with, and whose they are."""

    weights: ModelState
    name: str


class TrainingPresenter(Presenter):
    """Owner of the training thread.

    Signals:
        epoch_done: an `EpochDone`, after the curves show it.
        completed: a `Finished`, of a training that was not stopped; the session has its weights.
        stepped: a `StepReport`: what a single step did.
        stopped: words, of a training that was stopped: which weights are on the screen; after `ended`.
        ended: the thread has ended and the session has its weights.
        unrecorded: a `UserError`: the run is in memory only from now on.
        recorded_again: the folder that failed is complete again.
    """

    epoch_done = Signal(object)
    completed = Signal(object)
    stopped = Signal(object)
    stepped = Signal(object)
    ended = Signal()
    unrecorded = Signal(object)
    recorded_again = Signal()

    def __init__(self, services: Services, selection: SelectionPresenter, views: TrainViews) -> None:
        super().__init__(services)
        self._selection = selection
        panel = self._panel = views.train_panel
        self._log_view = views.log_view
        self._sink = services.live
        self._thread: TrainingThread | None = None
        self._waiting: tuple[TrainConfig, bool, _Start | None] | None = None
        self._refused: UserError | None = None  # why the settings were refused
        self._failure: UserError | None = None  # why the training under way has failed
        self._stopped: Words | None = None  # what to say once the thread of the training that was stopped has ended
        self._throttle = UpdateThrottle(
            worked=lambda: time.thread_time() + services.inspection.worked + services.analysis.worked
        )
        self._timer = QTimer(self)
        self._timer.setInterval(REFRESH_MS)
        self._timer.timeout.connect(self._on_tick)
        panel.config_changed.connect(self._on_edited)
        panel.train_requested.connect(self._on_train_requested)
        panel.pause_requested.connect(self.pause)
        panel.resume_requested.connect(self.resume)
        panel.stop_requested.connect(self.stop)
        panel.learning_rate_changed.connect(self._on_learning_rate_changed)
        panel.momentum_changed.connect(self._on_momentum_changed)
        selection.ready.connect(self._on_data_ready)

    # requests

    def _on_train_requested(self, config: TrainConfig) -> None:
        self._begin(config, paused=False)

    def step(self, config: TrainConfig) -> None:
        """Train on the next batch, or on the first one of a new run, and wait."""
        if self._thread is not None:
            self._thread.step()
            self._set_state("running")
        else:
            self._begin(config, paused=True)

    def train_from(self, weights: ModelState, name: str, freeze: str) -> None:
        """Train a new run that begins with these weights; `name` says whose they are, `freeze` what learns nothing."""
        config = replace(self._panel.config(), model=weights.recipe.model, freeze=freeze)
        self._begin(config, paused=False, start=_Start(weights, name))

    def pause(self) -> None:
        """Wait after the next step."""
        if self._thread is not None:
            self._thread.pause()

    def resume(self) -> None:
        """Continue after a pause."""
        if self._thread is not None:
            self._thread.resume()
            self._set_state("running")

    def stop(self) -> None:
        """End after the next step, or cancel a training that has not started."""
        self._waiting = None
        if self._thread is not None:
            self._thread.stop()
            self._set_state("stopping")
        else:
            self._set_state("idle")

    def _on_learning_rate_changed(self, value: float) -> None:
        if self._thread is not None:
            self._thread.controls.learning_rate = value

    def _on_momentum_changed(self, value: float) -> None:
        if self._thread is not None:
            self._thread.controls.momentum = value

    def _on_edited(self) -> None:
        """The settings have changed: withdraw the error about the refused ones."""
        if self._refused is not None:
            refused, self._refused = self._refused, None
            self.error_resolved.emit(refused)

    # start

    def _begin(self, config: TrainConfig, paused: bool, read: bool = False, start: _Start | None = None) -> None:
        """Start a training on the selected data set; `read`: the user's own images were read again already."""
        if self._thread is not None:
            return
        if self._selection.loading or (not read and self._selection.read_again()):
            self._waiting = (config, paused, start)
            self._set_state("preparing")
            return
        self._panel.clear_field_errors()
        self._on_edited()
        data = self._session.data
        try:
            if data is None:
                raise UserError("There is no data set to train on yet: choose one or download it.", field="dataset")
            weights, name = (start.weights, start.name) if start is not None else (None, "")
            recording = begin(data, config, self._settings.runs_dir, start=weights, started_from=name)
        except UserError as error:
            self._set_state("idle")
            self._refused = without_frames(error)
            self._panel.set_field_error(error.field or "dataset", self._refused)
            self.error.emit(error)
            return
        self.start(recording, paused)

    def start(self, recording: Recorder, paused: bool = False) -> None:
        """Start this training; `paused` trains on one batch and waits. Do not call it while another training runs."""
        if self._thread is not None:
            raise ValueError("a training is under way")
        self._resolve_error()
        thread = TrainingThread(recording, self._sink, paused, self._throttle, parent=self)
        if paused:
            thread.step()
        thread.unrecorded.connect(self._on_unrecorded)
        thread.recorded_again.connect(self.recorded_again)
        thread.recording_informed.connect(self._on_recording_informed)
        thread.began.connect(self._on_began)
        thread.halted.connect(self._on_halted)
        thread.epoch_done.connect(self._on_epoch_done)
        thread.stepped.connect(self.stepped)
        thread.completed.connect(self._on_completed)
        thread.failed.connect(self._on_failed)
        thread.finished.connect(self._on_thread_finished)
        self._thread = thread
        opened = OpenedRun.read(recording.folder, thread.log) if recording.folder is not None else None
        self._session.set_run(Run(thread.config, thread.log, recording, opened))
        self._set_state("preparing")
        self._timer.start()
        thread.start()
        if recording.problem is not None:
            self.unrecorded.emit(recording.problem)

    def _on_data_ready(self) -> None:
        if self._waiting is not None:
            config, paused, start = self._waiting
            self._waiting = None
            self._begin(config, paused, read=True, start=start)

    # signals of the thread

    def prepare(self) -> None:
        """A training is about to be started with `start`: nothing else may start. Stop cancels it."""
        self._set_state("preparing")

    def stay_idle(self) -> None:
        """The prepared training is not started after all."""
        if self._thread is None:
            self._set_state("idle")

    def _on_unrecorded(self, error: UserError) -> None:
        run = self._session.run
        if run is not None and run.opened is not None and run.recording is not None and run.recording.folder is None:
            self._session.set_run(replace(run, opened=None))
        self.unrecorded.emit(error)

    def _on_recording_informed(self, sentence: UserError) -> None:
        self.informed.emit(sentence)

    def _on_began(self, _event: Started) -> None:
        if self._session.run_state == "preparing":
            self._set_state("running")

    def _on_halted(self) -> None:
        self._refresh()
        if self._session.run_state in ("running", "preparing"):
            self._set_state("paused")

    def _on_epoch_done(self, event: EpochDone) -> None:
        self._refresh()
        self.epoch_done.emit(event)

    def _on_completed(self, event: Finished) -> None:
        self._refresh()
        self._session.set_newest(event.state)
        if event.stopped and self._session.shown_step is not None:
            self._stopped = lambda: self.tr(
                "Training stopped. An earlier step is still on the screen: Latest shows the newest weights."
            )
        elif event.stopped:
            self._stopped = lambda: self.tr("Training stopped. The weights as they are now are on the screen.")
        else:
            self.completed.emit(event)

    def _on_failed(self, error: BaseException) -> None:
        self._refresh()
        if isinstance(error, TrainingFailed) and error.state is not None:
            self._session.set_newest(error.state)
        sentence = sentence_of(error)
        self._log_view.append(str(sentence))
        self._failure = sentence

    def _on_thread_finished(self) -> None:
        thread = self._thread
        if thread is None:
            return
        self._refresh()
        self._session.log_rests.emit()
        self._timer.stop()
        self._thread = None
        thread.wait()
        thread.recording.on_error = thread.recording.on_info = None
        thread.deleteLater()
        self._set_state("idle")
        failure, self._failure = self._failure, None
        if failure is not None:  # said now, as what happens while it trains is about the training
            self.error.emit(failure)
        self.ended.emit()
        stopped, self._stopped = self._stopped, None
        if stopped is not None:
            self.stopped.emit(stopped)

    def _on_tick(self) -> None:
        self._throttle.beat()
        self._timer.setInterval(round(REFRESH_MS * self._throttle.stretch))
        self._refresh()

    def _refresh(self) -> None:
        thread = self._thread
        if thread is None:
            return
        while thread.lines:
            self._log_view.append(thread.lines.popleft())
        self._session.log_grew.emit()

    def _set_state(self, state: RunState) -> None:
        self._session.set_run_state(state)

    def shut_down(self) -> None:
        """End the thread and wait for it."""
        self._timer.stop()
        self._waiting = None
        if self._thread is not None:
            thread, self._thread = self._thread, None
            thread.abandon()
            thread.wait()
