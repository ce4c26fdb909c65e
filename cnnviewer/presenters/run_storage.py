"""Run storage: proposes to resume an interrupted run, saves one whose folder failed, keeps all within a budget."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer, Signal

from cnnviewer.core.errors import UserError
from cnnviewer.core.runs.format.info import RunInfo
from cnnviewer.core.runs.format.notes import Notes
from cnnviewer.core.runs.read import library
from cnnviewer.core.runs.read.opened_run import OpenedRun
from cnnviewer.core.runs.read.summary import in_bytes
from cnnviewer.core.runs.record.recorder import Recorder
from cnnviewer.presenters.action_message import ActionMessage
from cnnviewer.presenters.commands import CommandPresenter, PathLike
from cnnviewer.presenters.error_text import error_text
from cnnviewer.presenters.resume import ResumePresenter
from cnnviewer.presenters.services import Services
from cnnviewer.presenters.session import Run
from cnnviewer.presenters.tasks.run_storage import Tidied, thin_runs, tidy_runs, write_again

RETRY_MS = 5000
"""Milliseconds between attempts to write a finished run that is in memory only; in training, its writer retries."""


class RunStoragePresenter(CommandPresenter):
    """Owner of the folder of runs: saves, thins and tidies it.

    Signals:
        folder_requested: the user must choose where to save the run; answer with `save_run`.
        changed: something in the folder of runs has changed.
    """

    folder_requested = Signal()
    changed = Signal()

    def __init__(self, services: Services, resume: ResumePresenter) -> None:
        super().__init__(services)
        self._resume = resume
        self._interrupted: ActionMessage | None = None
        self._unrecorded: ActionMessage | None = None
        self._lost: Recorder | None = None  # the run that the message is about
        self._retry = QTimer(self)
        self._retry.setInterval(RETRY_MS)
        self._retry.timeout.connect(self._try_again)
        self._session.run_changed.connect(self._on_run_changed)
        self._settings.runs_dir_changed.connect(self._on_runs_dir_changed)
        self._settings.budget_changed.connect(self._on_budget_changed)
        self._session.run_state_changed.connect(self._on_run_state_changed)

    def start(self) -> None:
        """Remove leftovers of deleted runs; offer to resume the newest run if it was interrupted."""
        self._jobs.run(partial(tidy_runs, self._settings.runs_dir), self._on_tidied, self._on_thinning_failed)

    def _on_runs_dir_changed(self, _folder: Path) -> None:
        self.changed.emit()

    def _on_budget_changed(self, _budget: int) -> None:
        self.thin()

    # interrupted

    def _on_tidied(self, tidied: Tidied) -> None:
        newest = tidied.newest
        if not self._session.listed:  # a list read meanwhile is newer
            self._session.set_listed(tidied.listed)
        if newest is not None and newest.state == "interrupted" and not self._session.training:
            self._offer(newest.folder, newest.info, newest.notes, newest.epochs_done)
        self.thin()

    def offer_to_resume(self, opened: OpenedRun) -> None:
        """Offer to resume a run whose training process has ended early."""
        self._offer(opened.folder, opened.info, opened.notes, opened.log.epoch_count)

    def _offer(self, folder: Path, info: RunInfo, notes: Notes, epochs_done: int) -> None:
        epochs = info.config.epochs
        epoch = min(epochs_done + 1, epochs)

        def sentence() -> str:
            return self.tr("{run} was interrupted in epoch {epoch} of {epochs}.").format(
                run=self._run_name(info, notes), epoch=f"{epoch:,}", epochs=f"{epochs:,}"
            )

        self._interrupted = ActionMessage(
            sentence, lambda: self.tr("Continue"), partial(self._resume_run, folder), elsewhere=True
        )
        self.action_suggested.emit(self._interrupted)

    def _resume_run(self, folder: Path) -> None:
        self._interrupted = None
        self._resume.resume_run(folder)

    def _on_run_state_changed(self, _state: str) -> None:
        if self._session.training:
            if self._interrupted is not None:
                offer, self._interrupted = self._interrupted, None
                self.action_withdrawn.emit(offer)
        else:
            self.thin()

    # within the budget

    def thin(self) -> None:
        """Delete snapshots of old runs where all runs exceed the budget; report what was deleted."""
        run = self._session.run
        shown = (run.opened.folder,) if run is not None and run.opened is not None else ()
        task = partial(thin_runs, self._settings.runs_dir, self._settings.budget, shown)
        self._jobs.run(task, self._on_thinned, self._on_thinning_failed)

    def _on_thinned(self, done: Sequence[UserError]) -> None:
        if not done:
            return
        self.changed.emit()
        thinned = [sentence for sentence in done if "run" in sentence.values]
        sentences = [sentence for sentence in done if "run" not in sentence.values]
        if len(thinned) == 1:
            sentences.insert(0, thinned[0])
        elif thinned:
            sentences.insert(
                0,
                UserError(
                    "To stay within {budget}, {count:snapshot|snapshots} of {runs:older run|older runs} were "
                    "deleted; their results stay.",
                    budget=in_bytes(self._settings.budget),
                    count=f"{sum(int(str(sentence.values['count'])) for sentence in thinned):,}",
                    runs=len(thinned),
                ),
            )
        self.informed.emit(lambda: " ".join(map(error_text, sentences)))

    def _on_thinning_failed(self, _error: UserError) -> None:
        """Ignored: starting a training reports what is wrong with the folder."""

    # a run whose folder failed

    def on_unrecorded(self, error: UserError) -> None:
        """The run in training is in memory only: report why, and offer to save it."""
        run = self._session.run
        self._lost = run.recording if run is not None else None
        self._unrecorded = ActionMessage(
            partial(error_text, error), lambda: self.tr("Save elsewhere…"), self.folder_requested.emit, "error"
        )
        self.action_suggested.emit(self._unrecorded)
        self.changed.emit()
        self._retry.start()

    def on_recorded_again(self) -> None:
        """The folder that failed is complete again."""
        run, recording = self._session.run, self._lost
        if run is None or recording is None or run.recording is not recording or recording.folder is None:
            return
        self._say_recorded(run, recording.folder)
        self.informed.emit(lambda: self.tr("The run is recorded on disk again."))
        self.changed.emit()

    def _try_again(self) -> None:
        recording = self._lost
        if recording is None or recording.folder is not None:
            self._retry.stop()
        elif not self._session.training:
            self._jobs.run(partial(write_again, recording), self._on_tried_again, self._on_not_written)

    def _on_not_written(self, _error: UserError) -> None:
        """The folder still fails: the timer tries again."""

    def _on_tried_again(self, recorded: bool) -> None:
        if recorded:
            self.on_recorded_again()

    def _on_run_changed(self, run: Run) -> None:
        if self._unrecorded is not None and run.recording is not self._lost:
            self._withdraw_unrecorded()  # another run is shown: the unsaved one is gone

    def _withdraw_unrecorded(self) -> None:
        if self._unrecorded is not None:
            offer, self._unrecorded, self._lost = self._unrecorded, None, None
            self.action_withdrawn.emit(offer)

    def save_run(self, path: PathLike) -> bool:
        """Save the run shown as a new folder in `path`.

        A run with a folder is copied. A run in memory only is written, and its training continues to record there.
        """

        def work() -> bool:
            run = self._session.run
            if run is None:
                raise UserError("There is no run to save yet: train a model first, or open a run.")
            recording = run.recording
            if recording is not None and recording.folder is None:
                folder = self._in_thread(recording.save_elsewhere, Path(path))
                self._say_recorded(run, folder)
            elif run.opened is not None:
                folder = self._in_thread(library.copy, run.opened.folder, Path(path))
            else:
                raise UserError("The run's folder is gone, and with it what could be saved.")
            self.informed.emit(lambda: self.tr("The run is saved in {folder}.").format(folder=folder))
            self.changed.emit()
            return True

        return self._attempt(work)

    def rescue(self, spare: Path) -> Path | None:
        """Write a run that is in memory only to the folder of runs, else to `spare`; the program is closing.

        Call it when the training has ended. Returns the run folder; None where nothing had to or could be saved.
        """
        self._retry.stop()
        recording = self._lost
        if recording is None or recording.folder is not None:
            return None
        for place in (self._settings.runs_dir, spare):
            with suppress(UserError):
                return recording.save_elsewhere(place)
        return None

    def _say_recorded(self, run: Run, folder: Path) -> None:
        self._withdraw_unrecorded()
        now = self._session.run
        if now is not None and now.log is run.log:
            self._session.set_run(replace(now, opened=OpenedRun.read(folder, run.log)))
