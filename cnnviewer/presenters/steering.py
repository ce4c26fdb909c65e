"""The buttons that control a training: decides what each does now, and carries out the one pressed."""

from __future__ import annotations

import math
from pathlib import Path

from PySide6.QtCore import Signal

from cnnviewer.core.runs.format.checkpoint_file import step_of
from cnnviewer.core.runs.format.file_names import CHECKPOINT
from cnnviewer.core.runs.format.info import RunInfo
from cnnviewer.core.runs.format.notes import Notes
from cnnviewer.core.runs.record.recorder import Recorder
from cnnviewer.core.training.config import TrainConfig
from cnnviewer.core.training.devices import devices
from cnnviewer.core.training.steering import Ending, Lack, Obstacle, ShownRun, Situation, Steering, steer
from cnnviewer.core.wording import Words
from cnnviewer.presenters.action_message import ActionMessage
from cnnviewer.presenters.presenter import Presenter
from cnnviewer.presenters.resolve import is_known, is_of_run, reads, title_of
from cnnviewer.presenters.resume import ResumePresenter
from cnnviewer.presenters.run_names import usual_name
from cnnviewer.presenters.runs import RunsPresenter
from cnnviewer.presenters.services import Services
from cnnviewer.presenters.session import Run
from cnnviewer.presenters.views import TrainView


class SteeringPresenter(Presenter):
    """Shows on the buttons what `steer` decides, and carries out the action of the one pressed.

    Signals:
        branch_changed: the step of the past from which a new run can branch, None: there is none; and whether it is so
            because of the training under way.

    Attributes:
        steering: the current actions of the buttons.
    """

    branch_changed = Signal(object, bool)

    def __init__(self, services: Services, resume: ResumePresenter, runs: RunsPresenter, panel: TrainView) -> None:
        super().__init__(services)
        self._selection = resume.selection
        self._training = resume.training
        self._resume = resume
        self._runs = runs
        self._panel = panel
        self._devices = [key for key, _title in devices()]
        self._failed: tuple[Recorder, int | None] | None = None  # a run that failed here, and its checkpoint's steps
        self.steering = Steering()
        for changed in (
            self._session.run_changed,
            self._session.run_state_changed,
            self._session.run_grew,
            self._session.state_changed,
            self._session.shown_step_changed,
            self._session.data_changed,
            self._session.choice_changed,
            self._session.listed_changed,
            self._selection.ready,
            panel.config_changed,
        ):
            changed.connect(self.refresh)
        self._training.ended.connect(self.refresh)  # its run is written down by then
        self._training.stopped.connect(self._on_stopped)
        panel.step_requested.connect(self._on_step_requested)
        panel.continue_requested.connect(self._on_continue_requested)
        panel.branch_requested.connect(self._on_branch_requested)
        panel.back_requested.connect(self.go_back)
        self.refresh()

    # what is pressed

    def _on_step_requested(self, config: TrainConfig) -> None:
        folder = self._folder
        if self._session.training or self.steering.next_step is None or folder is None:
            self._training.step(config)
        else:
            self._resume.resume_run(folder, self.steering.to_epoch, paused=True)

    def _on_continue_requested(self) -> None:
        folder = self._folder
        if folder is not None:
            self._resume.resume_run(folder, self.steering.to_epoch)

    def _on_stopped(self, words: Words) -> None:
        """Say that a training was stopped, and offer to continue it where the button of Train does."""
        if self._session.sweeping or not self.steering.can_resume:
            self.informed.emit(words)
            return
        go_on = ActionMessage(
            words, lambda: self.tr("Continue"), self._on_continue_requested, passing=True, elsewhere=True
        )
        self._suggest(go_on)

    def _on_branch_requested(self) -> None:
        folder = self._folder
        if folder is not None:
            self._runs.ask_for_branch(folder)

    def go_back(self) -> None:
        """Show the run again that is no longer on the screen."""
        run, folder = self._session.run, self._folder
        if folder is not None:
            self._runs.open_run(folder)
        elif run is not None:  # it is in memory only
            self._selection.take_up(run.config, self._session.run_weights)
            self._session.come_back()

    @property
    def _folder(self) -> Path | None:
        run = self._session.run
        return run.opened.folder if run is not None and run.opened is not None else None

    # the actions of the buttons

    def refresh(self, _changed: object = None) -> None:
        """Decide the actions again."""
        session, config = self._session, self._selection.config
        state = session.state
        run = session.run if session.run is not None and session.run.deleted is None else None
        steering = steer(
            Situation(
                state=session.run_state,
                model=title_of(config.model_key),
                epochs=config.epochs,
                run=self._shown(run, config) if run is not None else None,
                shown_step=session.shown_step,
                others=state is not None
                and not state.provenance.get("untrained")
                and not self._selection.offered.is_bundled(state)
                and not is_of_run(state, run.config if run is not None else None),
                trained=state is not None
                and not state.provenance.get("untrained")
                and session.data is not None
                and reads(state, session.data.info),
                sweeping=session.sweeping,
                lack=self._lack,
            )
        )
        if steering != self.steering:
            self.steering = steering
            self._panel.set_steering(steering)
            self.branch_changed.emit(steering.branch_step, steering.branch_waits)

    @property
    def _lack(self) -> Lack:
        if self._selection.refusal is not None:
            return "refused"
        return "data" if self._session.data is None and not self._session.loading else ""

    def _shown(self, run: Run, chosen: TrainConfig) -> ShownRun:
        recording, opened = run.recording, run.opened
        info = _info(run)
        config = info.config if info is not None else run.config
        left_at = run.log.step_count if self._session.training else self._left_at(run)
        on_screen = self._session.screen.log is run.log
        notes = opened.notes if opened is not None else recording.notes if recording is not None else Notes()
        return ShownRun(
            name=self._whole_name(info, notes) if info is not None else usual_name(config),
            step=left_at or 0,
            epochs=config.epochs,
            epochs_done=run.log.epoch_count,
            ending=self._ending(run),
            obstacle=self._obstacle(run, config, left_at),
            on_screen=on_screen,
            chosen=on_screen and (config.model, config.dataset) == (chosen.model, chosen.dataset),
            all_learned=left_at is not None
            and info is not None
            and left_at >= info.counts.get("total_steps", math.inf),
        )

    def _ending(self, run: Run) -> Ending:
        info = _info(run)
        if self._session.training or run.written:
            return "under way"
        if info is None or info.status == "running":
            return "interrupted"
        return info.status

    def _left_at(self, run: Run) -> int | None:
        """Steps trained at its checkpoint; None where that cannot be used."""
        recording = run.recording
        if recording is None:
            return run.left_at
        if recording.info.status != "failed":
            return run.log.step_count
        if self._failed is None or self._failed[0] is not recording:
            folder = recording.folder
            self._failed = recording, step_of(folder / CHECKPOINT) if folder is not None else None
        return self._failed[1]

    def _obstacle(self, run: Run, config: TrainConfig, left_at: int | None) -> Obstacle:
        if run.recording is not None and run.recording.folder is None:
            return "unsaved"
        if run.written:
            return "elsewhere"
        if not is_known(config.model_key):
            return "model"
        data = self._session.data
        if (data is None or data.info.key != config.dataset) and not self._selection.has_data(config.data_key):
            return "data"
        if left_at is None:
            return "checkpoint"
        return "" if config.device in self._devices else "device"


def _info(run: Run) -> RunInfo | None:
    """Its description as it is now; None of a run whose folder was deleted."""
    if run.recording is not None:
        return run.recording.info
    return run.opened.info if run.opened is not None else None
