"""Training: a person's wish in, a thread that trains; its numbers into the curves, the log and the progress bar."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from cnnviewer.core.errors import UserError
from cnnviewer.core.runs.opened import OpenedRun
from cnnviewer.core.runs.recording import Recording
from cnnviewer.core.runs.start import begin
from cnnviewer.core.training.config import TrainConfig
from cnnviewer.core.training.events import EpochDone, Finished, Started
from cnnviewer.core.training.failure import TrainingFailed
from cnnviewer.core.training.progress import RunState
from cnnviewer.presenters.choosing import ChoosingPresenter
from cnnviewer.presenters.resolve import progress_of
from cnnviewer.presenters.session import Run, Session
from cnnviewer.presenters.views import Curves, LogLines, TrainView
from cnnviewer.presenters.words import words
from cnnviewer.runtime.jobs import sentence_of
from cnnviewer.runtime.pace import Pace
from cnnviewer.runtime.training_thread import TrainingThread, WeightsSink

REFRESH_MS = 400
"""How often curves, log and progress are brought up to date: more redraws cost training speed, and are not seen."""


class TrainingPresenter(QObject):
    """Owner of the training thread.

    Attributes:
        runs_dir: where the next training is recorded.

    Signals:
        problem: a `UserError` to tell.
        told: a sentence of good news.
        epoch_done: an `EpochDone`, after it is in the curves.
        ended: the thread has ended and its weights are the session's.
        unrecorded: a `UserError`: the run is in memory only from now on.
    """

    problem = Signal(object)
    told = Signal(str)
    epoch_done = Signal(object)
    ended = Signal()
    unrecorded = Signal(object)

    def __init__(
        self,
        session: Session,
        choosing: ChoosingPresenter,
        panel: TrainView,
        curves: Curves,
        log_view: LogLines,
        sink: WeightsSink,
        runs_dir: Path,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._choosing = choosing
        self._panel = panel
        self._curves = curves
        self._log_view = log_view
        self._sink = sink
        self.runs_dir = runs_dir
        self._thread: TrainingThread | None = None
        self._waiting: tuple[TrainConfig, bool] | None = None
        self._steps_per_epoch = 0
        self._pace = Pace()
        self._timer = QTimer(self)
        self._timer.setInterval(REFRESH_MS)
        self._timer.timeout.connect(self._on_tick)
        panel.train_requested.connect(self._on_train_requested)
        panel.pause_requested.connect(self.pause)
        panel.resume_requested.connect(self.resume)
        panel.stop_requested.connect(self.stop)
        panel.learning_rate_changed.connect(self._on_learning_rate_changed)
        panel.momentum_changed.connect(self._on_momentum_changed)
        choosing.ready.connect(self._on_data_ready)

    # wishes

    def _on_train_requested(self, config: TrainConfig) -> None:
        self._begin(config, paused=False)

    def step(self, config: TrainConfig) -> None:
        """Learn the next batch of the training under way, or the first one of a new run, and wait."""
        if self._thread is not None:
            self._thread.step()
            self._set_state("running")
        else:
            self._begin(config, paused=True)

    def pause(self) -> None:
        """Wait after the next step."""
        if self._thread is not None:
            self._thread.pause()

    def resume(self) -> None:
        """Go on after a pause."""
        if self._thread is not None:
            self._thread.resume()
            self._set_state("running")

    def stop(self) -> None:
        """End after the next step, or take back what was to begin."""
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

    # beginning

    def _begin(self, config: TrainConfig, paused: bool) -> None:
        if self._thread is not None:
            return
        if self._choosing.loading:
            self._waiting = (config, paused)
            self._set_state("preparing")
            return
        self._panel.clear_field_errors()
        data = self._session.data
        try:
            if data is None:
                raise UserError("There is no data set to train on yet: choose one or download it.", field="dataset")
            recording = begin(data, config, self.runs_dir)
        except UserError as error:
            self._set_state("idle")
            self._panel.set_field_error(
                error.field or "dataset",
                words(error),
            )
            self.problem.emit(error)
            return
        self.start(recording, paused)

    def start(self, recording: Recording, paused: bool = False) -> None:
        """Train what is recorded there; `paused` does one batch and waits. Not while another training is under way."""
        if self._thread is not None:
            raise ValueError("a training is under way")
        thread = TrainingThread(recording, self._sink, paused, self._pace, parent=self)
        if paused:
            thread.step()
        thread.unrecorded.connect(self._on_unrecorded)
        thread.began.connect(self._on_began)
        thread.halted.connect(self._on_halted)
        thread.epoch_done.connect(self._on_epoch_done)
        thread.completed.connect(self._on_completed)
        thread.failed.connect(self._on_failed)
        thread.finished.connect(self._on_thread_finished)
        self._thread = thread
        opened = OpenedRun(recording.folder, thread.log) if recording.folder is not None else None
        self._session.set_run(Run(thread.config, thread.log, recording, opened))
        self._curves.set_log(thread.log)
        self._panel.set_progress(None)
        self._set_state("preparing")
        self._timer.start()
        thread.start()
        if recording.problem is not None:
            self.unrecorded.emit(recording.problem)

    def _on_data_ready(self) -> None:
        if self._waiting is not None:
            config, paused = self._waiting
            self._waiting = None
            self._begin(config, paused)

    # what the thread tells

    def prepare(self) -> None:
        """A training is about to be started with `start`: nothing else may begin. Stop takes it back."""
        self._set_state("preparing")

    def stay_idle(self) -> None:
        """What was prepared does not come."""
        if self._thread is None:
            self._set_state("idle")

    def _on_unrecorded(self, error: UserError) -> None:
        run = self._session.run
        if run is not None and run.opened is not None and run.recording is not None and run.recording.folder is None:
            self._session.set_run(replace(run, opened=None))
        self.unrecorded.emit(error)

    def _on_began(self, event: Started) -> None:
        self._steps_per_epoch = event.steps_per_epoch
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
        if event.stopped and self._session.moment is not None:
            self.told.emit(
                self.tr("Training stopped. An earlier moment is still on the screen: Now shows the newest weights.")
            )
        elif event.stopped:
            self.told.emit(self.tr("Training stopped. The weights as they are now are on the screen."))
        else:
            self.told.emit(
                self.tr("Training finished: {percent} % of {total} test images read correctly.").format(
                    percent=f"{100 * event.test.accuracy:.2f}", total=f"{event.test.total:,}"
                )
            )

    def _on_failed(self, error: BaseException) -> None:
        self._refresh()
        if isinstance(error, TrainingFailed) and error.state is not None:
            self._session.set_newest(error.state)
        sentence = sentence_of(error)
        self._log_view.append(str(sentence))
        self.problem.emit(sentence)

    def _on_thread_finished(self) -> None:
        thread = self._thread
        if thread is None:
            return
        self._refresh()
        self._curves.rest()
        self._timer.stop()
        self._thread = None
        thread.wait()
        thread.deleteLater()
        self._set_state("idle")
        self.ended.emit()

    def _on_tick(self) -> None:
        self._pace.beat()
        self._timer.setInterval(round(REFRESH_MS * self._pace.stretch))
        self._refresh()

    def _refresh(self) -> None:
        thread = self._thread
        if thread is None:
            return
        while thread.lines:
            self._log_view.append(thread.lines.popleft())
        self._curves.refresh()
        self._panel.set_progress(progress_of(thread.log, thread.config, self._steps_per_epoch))

    def _set_state(self, state: RunState) -> None:
        self._session.set_run_state(state)

    def shut_down(self) -> None:
        """End the thread, wherever it is, and wait for it."""
        self._timer.stop()
        self._waiting = None
        if self._thread is not None:
            thread, self._thread = self._thread, None
            thread.abandon()
            thread.wait()
