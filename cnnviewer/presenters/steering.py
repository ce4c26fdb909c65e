"""The buttons that steer a training: the situation in, what each will do out, and what was pressed carried out."""

from __future__ import annotations

import math
from collections.abc import Collection
from pathlib import Path

from PySide6.QtCore import QObject

from cnnviewer.core.errors import UserError
from cnnviewer.core.models.registry import spec
from cnnviewer.core.runs.checkpoint_file import step_of
from cnnviewer.core.runs.folder import CHECKPOINT
from cnnviewer.core.runs.info import Notes, RunInfo
from cnnviewer.core.runs.recording import Recording
from cnnviewer.core.training.config import TrainConfig
from cnnviewer.core.training.steering import Ending, Obstacle, ShownRun, Situation, Steering, steer
from cnnviewer.presenters.choosing import ChoosingPresenter
from cnnviewer.presenters.going_on import GoingOnPresenter
from cnnviewer.presenters.resolve import is_of_run, title_of
from cnnviewer.presenters.run_names import usual_name
from cnnviewer.presenters.runs import RunsPresenter
from cnnviewer.presenters.session import Run, Session
from cnnviewer.presenters.training import TrainingPresenter
from cnnviewer.presenters.views import TrainView


class SteeringPresenter(QObject):
    """Keeps the buttons at what `steer` says, and does what stands on the one that is pressed.

    Attributes:
        steering: what stands on them.
    """

    def __init__(
        self,
        session: Session,
        choosing: ChoosingPresenter,
        training: TrainingPresenter,
        going_on: GoingOnPresenter,
        runs: RunsPresenter,
        panel: TrainView,
        devices: Collection[str],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._choosing = choosing
        self._training = training
        self._going_on = going_on
        self._runs = runs
        self._panel = panel
        self._devices = devices
        self._failed: tuple[Recording, int | None] | None = None  # where a run that failed here was left
        self.steering = Steering()
        for changed in (
            session.run_changed,
            session.run_state_changed,
            session.run_grew,
            session.state_changed,
            session.moment_changed,
            session.data_changed,
            choosing.ready,
            panel.config_changed,
        ):
            changed.connect(self.refresh)
        training.ended.connect(self.refresh)  # its run is written down by then
        panel.step_requested.connect(self._on_step_requested)
        panel.continue_requested.connect(self._on_continue_requested)
        panel.branch_requested.connect(self._on_branch_requested)
        self.refresh()

    # what is pressed

    def _on_step_requested(self, config: TrainConfig) -> None:
        folder = self._folder
        if self._session.training or self.steering.next_step is None or folder is None:
            self._training.step(config)
        else:
            self._going_on.go_on(folder, self.steering.to_epoch, paused=True)

    def _on_continue_requested(self) -> None:
        folder = self._folder
        if folder is not None:
            self._going_on.go_on(folder, self.steering.to_epoch)

    def _on_branch_requested(self) -> None:
        folder = self._folder
        if folder is not None:
            self._runs.ask_for_branch(folder)

    @property
    def _folder(self) -> Path | None:
        run = self._session.run
        return run.opened.folder if run is not None and run.opened is not None else None

    # what stands on the buttons

    def refresh(self, _changed: object = None) -> None:
        """Look at the situation again."""
        session, config = self._session, self._choosing.config
        state, run = session.state, session.run
        steering = steer(
            Situation(
                state=session.run_state,
                model=title_of(config.model),
                epochs=config.epochs,
                run=self._shown(run, config) if run is not None else None,
                moment=session.moment,
                others=state is not None
                and not state.provenance.get("untrained")
                and not self._choosing.is_bundled(state)
                and not is_of_run(state, run.config if run is not None else None),
                sweeping=session.sweeping,
            )
        )
        if steering != self.steering:
            self.steering = steering
            self._panel.set_steering(steering)

    def _shown(self, run: Run, chosen: TrainConfig) -> ShownRun:
        recording, opened = run.recording, run.opened
        info = _info(run)
        config = info.config if info is not None else run.config
        left_at = run.log.step_count if self._session.training else self._left_at(run)
        notes = opened.notes if opened is not None else recording.notes if recording is not None else Notes()
        return ShownRun(
            name=notes.name or usual_name(config),
            step=left_at or 0,
            epochs=config.epochs,
            epochs_done=run.log.epoch_count,
            ending=self._ending(run),
            obstacle=self._obstacle(run, config, left_at),
            chosen=(config.model, config.dataset) == (chosen.model, chosen.dataset),
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
        """Steps learned where it was left; None where its checkpoint cannot be used."""
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
        if run.opened is None:
            return "gone"
        if run.written:
            return "elsewhere"
        try:
            spec(config.model)
        except UserError:
            return "model"
        data = self._session.data
        if (data is None or data.info.key != config.dataset) and not self._choosing.has_data(config.dataset):
            return "data"
        if left_at is None:
            return "checkpoint"
        return "" if config.device in self._devices else "device"


def _info(run: Run) -> RunInfo | None:
    """Its description as it is now; None of a run whose folder was deleted."""
    if run.recording is not None:
        return run.recording.info
    return run.opened.info if run.opened is not None else None
