"""The list of runs: kept up to date while it is seen, and what a person does with its lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from cnnviewer.core.errors import UserError
from cnnviewer.core.runs import library
from cnnviewer.core.runs.info import read_info, read_notes
from cnnviewer.core.runs.moments import kept_steps
from cnnviewer.core.runs.opened import OpenedRun
from cnnviewer.core.runs.summary import RunLine, RunSummary
from cnnviewer.presenters.attempts import Attempts
from cnnviewer.presenters.choosing import ChoosingPresenter
from cnnviewer.presenters.going_on import GoingOnPresenter
from cnnviewer.presenters.offers import Offer
from cnnviewer.presenters.opening import OpeningPresenter
from cnnviewer.presenters.resolve import title_of
from cnnviewer.presenters.run_names import data_title, run_name
from cnnviewer.presenters.runs_work import Deleting, Listing, Restoring
from cnnviewer.presenters.session import Session
from cnnviewer.presenters.views import RunsList
from cnnviewer.runtime.jobs import Job, Jobs, sentence_of

REFRESH_MS = 3000
"""How often the list is looked through while it is seen."""


class RunsPresenter(Attempts):
    """Fills the list of runs and carries out what is asked for there.

    Attributes:
        runs_dir: the folder of the runs.

    Signals:
        offered: an `Offer`.
        wanted: the list shall be seen, for it asks something.
    """

    offered = Signal(object)
    wanted = Signal()

    def __init__(
        self,
        session: Session,
        jobs: Jobs,
        choosing: ChoosingPresenter,
        opening: OpeningPresenter,
        going_on: GoingOnPresenter,
        view: RunsList,
        runs_dir: Path,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(jobs, parent)
        self._session = session
        self._choosing = choosing
        self._opening = opening
        self._going_on = going_on
        self._view = view
        self.runs_dir = runs_dir
        self._known: dict[Path, tuple[object, RunSummary]] = {}
        self._elsewhere: tuple[Path, ...] = ()
        self._deleted: list[tuple[Path, ...]] = []  # where each deletion's runs are now, the last at the end
        self._listing: Job | None = None
        self._again = False
        self._timer = QTimer(self)
        self._timer.setInterval(REFRESH_MS)
        self._timer.timeout.connect(self.refresh)
        view.seen_changed.connect(self._on_seen_changed)
        view.open_requested.connect(self._on_open_requested)
        view.go_on_requested.connect(self.go_on)
        view.more_epochs_requested.connect(going_on.go_on)
        view.branch_wished.connect(self.ask_for_branch)
        view.branch_requested.connect(self._on_branch_requested)
        view.duplicate_requested.connect(self._on_duplicate_requested)
        view.name_changed.connect(self._on_name_changed)
        view.note_changed.connect(self._on_note_changed)
        view.delete_requested.connect(self._on_delete_requested)
        view.undo_requested.connect(self.undo_delete)
        session.run_changed.connect(self._on_run_changed)
        session.run_state_changed.connect(self.refresh)
        opening.opened.connect(self._on_opened)
        opening.state_seen.connect(self.refresh)

    # the list

    def set_runs_dir(self, folder: Path) -> None:
        """List the runs of another folder."""
        self.runs_dir = folder
        self._known.clear()
        self.refresh()

    def refresh(self) -> None:
        """Look through the folder, in a job."""
        if self._listing is not None:
            self._again = True
            return
        job = self._jobs.start(Listing(self.runs_dir, self._elsewhere, dict(self._known)))
        job.succeeded.connect(self._on_listed)
        job.failed.connect(self._on_listing_ended)
        job.was_cancelled.connect(self._on_listing_ended)
        self._listing = job

    def _on_listed(self, known: dict[Path, tuple[object, RunSummary]]) -> None:
        self._known = known
        runs = sorted((run for _, run in known.values()), key=lambda run: (run.info.created, run.info.id), reverse=True)
        self._view.set_runs(
            tuple(
                RunLine(
                    run,
                    run_name(run.info, run.notes),
                    title_of(run.info.config.model),
                    data_title(run.info.config.dataset),
                )
                for run in runs
            )
        )
        self._on_listing_ended()

    def _on_listing_ended(self, _error: object = None) -> None:
        self._listing = None
        if self._again:
            self._again = False
            self.refresh()

    def _on_seen_changed(self, seen: bool) -> None:
        if seen:
            self.refresh()
            self._timer.start()
        else:
            self._timer.stop()

    def _on_run_changed(self) -> None:
        run = self._session.run
        self._view.set_shown(run.opened.folder if run is not None and run.opened is not None else None)

    def _on_opened(self, opened: OpenedRun) -> None:
        if opened.folder.parent != self.runs_dir.absolute() and opened.folder not in self._elsewhere:
            self._elsewhere += (opened.folder,)
        self.refresh()

    # opening, going on, branching

    def _on_open_requested(self, folder: Path) -> None:
        self._opening.open_run(folder)

    def go_on(self, folder: Path) -> None:
        """Go on with this run; with one that has come to its end, ask for how many epochs."""

        def work() -> bool:
            run = self._in_thread(library.summary_of, folder)
            if run.state == "running":
                raise UserError("{run} is being trained at the moment.", run=run_name(run.info, run.notes))
            if run.state == "finished":
                epochs = run.info.config.epochs
                self.wanted.emit()
                self._view.ask_for_epochs(folder, run_name(run.info, run.notes), epochs)
            else:
                self._going_on.go_on(folder)
            return True

        self._attempt(work)

    def go_on_with_shown(self) -> None:
        """Go on with the run that is shown, else with the newest."""

        def work() -> bool:
            run = self._session.run
            if run is not None and run.opened is not None:
                self.go_on(run.opened.folder)
                return True
            newest = self._in_thread(library.newest, self.runs_dir)
            if newest is None:
                raise UserError("There is no run to go on with yet: train a model first, or open a run.")
            self.go_on(newest.folder)
            return True

        self._attempt(work)

    def ask_for_branch(self, folder: Path) -> None:
        """Ask for the numbers of a branch: from the moment on the screen, if it is this run's, else from its end."""

        def work() -> bool:
            info = self._in_thread(read_info, folder)
            moments = self._in_thread(kept_steps, folder)
            if not moments:
                raise UserError("The run {run} keeps no moment to branch from.", run=folder.name)
            step = moments[-1]
            run = self._session.run
            if run is not None and run.opened is not None and run.opened.folder == folder:
                wanted = self._session.moment
                step = min(moments, key=lambda kept: abs(kept - wanted)) if wanted is not None else step
            self.wanted.emit()
            self._view.ask_for_branch(
                folder, run_name(info, self._in_thread(read_notes, folder)), step, tuple(moments), info.config
            )
            return True

        self._attempt(work)

    def _on_branch_requested(self, folder: Path, step: int, changes: Mapping[str, Any]) -> None:
        self._going_on.branch(folder, step, changes)

    def _on_duplicate_requested(self, folder: Path) -> None:
        def work() -> bool:
            if self._session.training:
                raise UserError("Stop the training first: its configuration is in the panel.")
            info = self._in_thread(read_info, folder)
            self._choosing.take_up(info.config)
            self.told.emit(
                self.tr("The panel has the configuration of {run}: change it, and start a new run.").format(
                    run=run_name(info, self._in_thread(read_notes, folder))
                )
            )
            return True

        self._attempt(work)

    # a person's words

    def _on_name_changed(self, folder: Path, name: str) -> None:
        self._write_notes(folder, name=name.strip())

    def _on_note_changed(self, folder: Path, note: str) -> None:
        self._write_notes(folder, note=note.strip())

    def _write_notes(self, folder: Path, **changes: str) -> None:
        def work() -> bool:
            notes = replace(self._in_thread(read_notes, folder), **changes)  # type: ignore[arg-type]
            self._in_thread(library.write_notes, folder, notes)
            run = self._session.run
            if run is not None and run.recording is not None and run.recording.folder == folder:
                run.recording.notes = notes  # should it have to be saved elsewhere
            return True

        self._attempt(work)
        self._opening.look()
        self.refresh()

    # deleting

    def _on_delete_requested(self, folders: Sequence[Path]) -> None:
        for folder in folders:
            if not self._is_trained_here(folder):
                self._opening.let_go(folder)
        job = self._jobs.start(Deleting(tuple(folders)))
        job.succeeded.connect(self._on_deleted)
        job.failed.connect(self._on_failed)

    def _is_trained_here(self, folder: Path) -> bool:
        run = self._session.run
        recorded = run.recording.folder if run is not None and run.recording is not None else None
        return self._session.training and recorded == folder

    def _on_deleted(self, outcome: tuple[tuple[Path, ...], UserError | None]) -> None:
        deleted, problem = outcome
        if deleted:
            self._deleted.append(deleted)
            sentence = (
                self.tr("The run {run} is deleted.").format(run=deleted[0].name)
                if len(deleted) == 1
                else self.tr("{count} runs are deleted.").format(count=len(deleted))
            )
            self.offered.emit(Offer(sentence, self.tr("Undo"), partial(self._restore, deleted), "success"))
        if problem is not None:
            self.problem.emit(problem)
        self.refresh()

    def undo_delete(self) -> None:
        """Bring back what was deleted last."""
        if self._deleted:
            self._restore(self._deleted[-1])
        else:
            self.told.emit(self.tr("There is no deleted run to bring back."))

    def _restore(self, deleted: tuple[Path, ...]) -> None:
        if deleted not in self._deleted:
            return
        self._deleted.remove(deleted)
        job = self._jobs.start(Restoring(deleted))
        job.succeeded.connect(self._on_restored)
        job.failed.connect(self._on_failed)

    def _on_restored(self, folders: tuple[Path, ...]) -> None:
        self.refresh()
        self._view.select(folders)
        if len(folders) == 1:
            self.told.emit(self.tr("The run {run} is back.").format(run=folders[0].name))
        else:
            self.told.emit(self.tr("{count} runs are back.").format(count=len(folders)))

    def _on_failed(self, error: BaseException) -> None:
        self.problem.emit(sentence_of(error))
        self.refresh()

    def shut_down(self) -> None:
        """Look no more."""
        self._timer.stop()
