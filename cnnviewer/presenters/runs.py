"""The list of runs: refreshed while it is visible, and the user's commands on its rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer, Signal

from cnnviewer.core.counting import counted
from cnnviewer.core.errors import UserError
from cnnviewer.core.runs.format.created import order
from cnnviewer.core.runs.format.info import RunInfo, read_info
from cnnviewer.core.runs.format.notes import Notes, change_notes, read_notes
from cnnviewer.core.runs.format.stated_names import StatedName
from cnnviewer.core.runs.read import library
from cnnviewer.core.runs.read.history import steps_at_hand
from cnnviewer.core.runs.read.opened_run import OpenedRun
from cnnviewer.core.runs.read.summary import RunLine, RunSummary
from cnnviewer.presenters.action_message import ActionMessage
from cnnviewer.presenters.commands import CommandPresenter
from cnnviewer.presenters.error_text import error_text
from cnnviewer.presenters.resolve import title_of
from cnnviewer.presenters.resume import ResumePresenter
from cnnviewer.presenters.run_names import data_title, give_names, names, telling_names
from cnnviewer.presenters.screen import Situation
from cnnviewer.presenters.services import Services
from cnnviewer.presenters.tasks.runs import Deleted, Listing, delete_runs, list_folders, restore_runs, write_names
from cnnviewer.presenters.views import RunQuestions, RunsList
from cnnviewer.runtime.jobs import Job

REFRESH_MS = 3000
"""Milliseconds between two refreshes while the list is visible."""


@dataclass(frozen=True)
class _Written:
    """The user's words for a run, `field` of its notes, before and after they were changed."""

    folder: Path
    field: str
    before: str
    after: str


class RunsPresenter(CommandPresenter):
    """Fills the list of runs and carries out its commands.

    Attributes:
        lines: the runs as they were listed last, the newest first.

    Signals:
        listed: the runs were listed again.
    """

    listed = Signal()

    def __init__(self, services: Services, resume: ResumePresenter, view: RunsList, questions: RunQuestions) -> None:
        super().__init__(services)
        self._open_run_presenter = resume.open_run_presenter
        self._resume = resume
        self._view = view
        self._questions_view = questions
        self._asked_in: Situation | None = None  # what was on the screen when a question was asked
        self._asked_about: tuple[RunInfo, Notes] | None = None
        self.lines: tuple[RunLine, ...] = ()
        self._known: dict[Path, tuple[object, RunSummary]] = {}
        self._elsewhere: tuple[Path, ...] = ()
        # the user's changes, the last one at the end: what was written, or where runs that were deleted are now
        self._done: list[_Written | tuple[Path, ...]] = []
        self._undone: list[_Written | tuple[Path, ...]] = []  # or where runs that are to be deleted again are
        self._messages: dict[tuple[Path, ...], ActionMessage] = {}  # the message about each deletion
        self._listing: Job | None = None
        self._again = False
        self._timer = QTimer(self)
        self._timer.setInterval(REFRESH_MS)
        self._timer.timeout.connect(self.refresh)
        view.seen_changed.connect(self._on_seen_changed)
        view.open_requested.connect(self.open_run)
        view.resume_requested.connect(self.resume_run)
        questions.more_epochs_requested.connect(resume.resume_run)
        view.branch_form_requested.connect(self.ask_for_branch)
        questions.branch_requested.connect(self._on_branch_requested)
        view.duplicate_requested.connect(self._on_duplicate_requested)
        view.name_changed.connect(self._on_name_changed)
        view.note_changed.connect(self._on_note_changed)
        view.delete_requested.connect(self._on_delete_requested)
        view.undo_requested.connect(self.undo)
        view.redo_requested.connect(self.redo)
        self._session.run_changed.connect(self._on_run_changed)
        self._session.run_state_changed.connect(self.refresh)
        self._session.listed_changed.connect(self._name_asked_about)
        for changed in (self._session.run_changed, self._session.run_state_changed, self._session.choice_changed):
            changed.connect(self._close_question)
        self._open_run_presenter.opened.connect(self._on_opened)
        self._open_run_presenter.state_seen.connect(self.refresh)
        self._settings.runs_dir_changed.connect(self._on_runs_dir_changed)
        view.set_runs_dir(str(self._settings.runs_dir))

    # the list

    def _on_runs_dir_changed(self, folder: Path) -> None:
        self._view.set_runs_dir(str(folder))
        self._known.clear()
        self.refresh()

    def refresh(self) -> None:
        """Read the folder of runs, in a job."""
        if self._listing is not None:
            self._again = True
            return
        task = partial(list_folders, self._settings.runs_dir, self._elsewhere, dict(self._known))
        self._listing = self._jobs.run(
            task, self._on_listed, self._on_listing_ended, on_cancelled=self._on_listing_ended
        )

    def _on_listed(self, listing: Listing) -> None:
        self._known = listing.known
        runs = sorted((run for _, run in self._known.values()), key=lambda run: order(run.info), reverse=True)
        listed = tuple((run.info, run.notes) for run in runs)
        given = self._session.names_given
        given.recall(listed, listing.names)
        give_names(listed, given)
        self._keep_names(listing.names)
        self._session.set_listed(listed)
        self.lines = tuple(
            RunLine(
                run,
                name,
                telling,
                title_of(run.info.config.model_key),
                data_title(run.info.config.data_key),
                self._session.is_paused(run.folder),
            )
            for run, name, telling in zip(runs, names(listed, given), telling_names(listed, given), strict=True)
        )
        self._view.set_runs(self.lines)
        self._view.set_damaged(tuple(map(error_text, listing.damaged)))
        self.listed.emit()
        self._on_listing_ended()

    def _keep_names(self, written: Mapping[str, StatedName]) -> None:
        """The names of runs stay, also after a restart."""
        given = self._session.names_given
        if new := given.beside(written):
            task = partial(write_names, self._settings.runs_dir, new, frozenset(given))
            self._jobs.run(task, self._on_names_kept, self._on_names_kept, latest="names")

    def _on_names_kept(self, _outcome: object) -> None:
        """They are read with the next list; where they could not be written, they are given again."""

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
        if opened.folder.parent != self._settings.runs_dir.absolute() and opened.folder not in self._elsewhere:
            self._elsewhere += (opened.folder,)
        self.refresh()

    # opening, resuming, branching

    def open_run(self, folder: Path) -> None:
        """Show this run."""
        self._open_run_presenter.open_run(folder)

    def resume_run(self, folder: Path) -> None:
        """Resume this run; if it is finished, ask for the number of epochs first."""

        def work() -> bool:
            run = self._in_thread(library.summary_of, folder)
            if run.state == "running":
                raise UserError("{run} is currently being trained.", run=self._run_name(run.info, run.notes))
            if run.state == "finished":
                epochs = run.info.config.epochs
                self._questions_view.ask_for_epochs(folder, self._run_name(run.info, run.notes), epochs)
                self._asked_in, self._asked_about = self._session.situation, (run.info, run.notes)
            else:
                self._resume.resume_run(folder)
            return True

        self._attempt(work)

    def resume_newest(self) -> None:
        """Resume the newest run of the list."""

        def work() -> bool:
            newest = self._in_thread(library.newest, self._settings.runs_dir)
            if newest is None:
                raise UserError("There is no run to resume yet: train a model first, or open a run.")
            self.resume_run(newest.folder)
            return True

        self._attempt(work)

    def ask_for_branch(self, folder: Path) -> None:
        """Ask for the settings of a branch: from the snapshot on the screen if it is this run's, else from its end."""

        def work() -> bool:
            info, notes = self._in_thread(_description_of, folder)
            snapshots = self._in_thread(steps_at_hand, folder)
            if not snapshots:
                raise UserError("The run {run} has no snapshot to branch from.", run=folder.name)
            step = snapshots[-1]
            run = self._session.run
            if run is not None and run.opened is not None and run.opened.folder == folder:
                shown = self._session.shown_step
                step = min(snapshots, key=lambda kept: abs(kept - shown)) if shown is not None else step
            name = self._run_name(info, notes)
            self._questions_view.ask_for_branch(folder, name, step, tuple(snapshots), info.config)
            self._asked_in, self._asked_about = self._session.situation, (info, notes)
            return True

        self._attempt(work)

    def _on_branch_requested(self, folder: Path, step: int, changes: Mapping[str, Any]) -> None:
        self._resume.branch(folder, step, changes)

    def _name_asked_about(self) -> None:
        """In another language its name has other words."""
        if self._asked_about is not None:
            self._questions_view.set_name(self._run_name(*self._asked_about))

    def _close_question(self, _changed: object = None) -> None:
        """Leave no question about what is on the screen no more."""
        if self._asked_in is not None and not self._asked_in.holds_in(self._session.situation):
            self._asked_in = None
            self._questions_view.withdraw()

    def _on_duplicate_requested(self, folder: Path) -> None:
        def work() -> bool:
            self._refuse_while_training()
            info, notes = self._in_thread(_description_of, folder)
            self._refuse_while_training()  # a training may have started while the run was read
            self._resume.selection.take_up(info.config)
            self.informed.emit(
                lambda: self.tr("The panel has the configuration of {run}: change it, and start a new run.").format(
                    run=self._run_name(info, notes)
                )
            )
            return True

        self._attempt(work)

    def _refuse_while_training(self) -> None:
        if self._session.training:
            raise UserError("Stop the training first: its configuration is in the panel.")

    # the user's words

    def _on_name_changed(self, folder: Path, name: str) -> None:
        self._write_and_remember(folder, "name", name.strip())

    def _on_note_changed(self, folder: Path, note: str) -> None:
        self._write_and_remember(folder, "note", note.strip())

    def _write_and_remember(self, folder: Path, field: str, text: str) -> None:
        found: list[Notes] = []

        def change(before: Notes) -> Notes:
            found.append(before)
            return _with(before, field, text)

        if self._write_notes(folder, change) and (before := getattr(found[0], field)) != text:
            self._remember(_Written(folder, field, before, text))

    def _write_again(self, written: _Written, text: str) -> None:
        self._write_notes(written.folder, partial(_with, field=written.field, text=text))

    def _write_notes(self, folder: Path, change: Callable[[Notes], Notes]) -> bool:
        def work() -> bool:
            notes = self._in_thread(change_notes, folder, change)
            run = self._session.run
            if run is not None and run.recording is not None and run.recording.folder == folder:
                run.recording.notes = notes  # should it have to be saved elsewhere
            return True

        done = self._attempt(work)
        self._open_run_presenter.refresh()
        self.refresh()
        return done

    # undo and redo

    def undo(self) -> None:
        """Take the last change of the list back: a deletion, a name or a note."""
        if not self._done:
            self.informed.emit(lambda: self.tr("There is nothing to undo in the list of runs."))
        elif isinstance(last := self._done[-1], _Written):
            self._undone.append(self._done.pop())
            self._write_again(last, last.before)
            self._offer_undo()
        else:
            self._restore(last)

    def redo(self) -> None:
        """Make the change again that was undone last."""
        if not self._undone:
            return
        again = self._undone.pop()
        if isinstance(again, _Written):
            self._done.append(again)
            self._write_again(again, again.after)
        else:
            self._delete(again, again=True)
        self._offer_undo()

    def _remember(self, change: _Written | tuple[Path, ...], again: bool = False) -> None:
        self._done.append(change)
        if not again:
            self._undone.clear()
        self._offer_undo()

    def _offer_undo(self) -> None:
        undo, redo = (bool(changes) and not isinstance(changes[-1], _Written) for changes in (self._done, self._undone))
        self._view.offer_undo(len(self._done), len(self._undone), (undo, redo))

    # deleting

    def _on_delete_requested(self, folders: Sequence[Path]) -> None:
        self._delete(tuple(folders))

    def _delete(self, folders: tuple[Path, ...], again: bool = False) -> None:
        for folder in folders:
            if not self._is_trained_here(folder):
                self._open_run_presenter.let_go(folder)
        self._jobs.run(partial(delete_runs, folders), partial(self._on_deleted, again), self._on_failed)

    def _is_trained_here(self, folder: Path) -> bool:
        run = self._session.run
        recorded = run.recording.folder if run is not None and run.recording is not None else None
        return self._session.training and recorded == folder

    def _on_deleted(self, again: bool, outcome: Deleted) -> None:
        deleted = outcome.folders
        if deleted:
            offer = ActionMessage(
                partial(self._deleted_text, outcome),
                lambda: self.tr("Undo"),
                partial(self._restore, deleted),
                "success",
            )
            self._messages[deleted] = offer
            self.action_suggested.emit(offer)
            self._remember(deleted, again)
        self._open_run_presenter.take_back(outcome.stayed)
        if outcome.problem is not None:
            self.error.emit(outcome.problem)
        self.refresh()

    def _deleted_text(self, outcome: Deleted) -> str:
        if len(outcome.folders) > 1:
            return counted(self.tr("{count:run is|runs are} deleted."), count=len(outcome.folders))
        return self.tr("The run {run} is deleted.").format(run=self._name_of(outcome.folders[0], outcome.first))

    def _name_of(self, folder: Path, run: RunSummary | None) -> str:
        """The run's name in the list; its folder's name where the run cannot be read."""
        return self._run_name(run.info, run.notes) if run is not None else folder.name

    def _restore(self, deleted: tuple[Path, ...]) -> None:
        """Bring these runs back, from the list of changes or from the message about them."""
        offer = self._messages.pop(deleted, None)
        if offer is None:
            return
        self.action_withdrawn.emit(offer)
        self._done.remove(deleted)
        self._offer_undo()
        self._jobs.run(partial(restore_runs, deleted), self._on_restored, self._on_failed)

    def _on_restored(self, outcome: tuple[tuple[Path, ...], RunSummary | None]) -> None:
        folders, first = outcome
        self._undone.append(folders)
        self._offer_undo()
        self._open_run_presenter.take_back(folders)
        self.refresh()
        self._view.select(folders)
        if len(folders) == 1:
            self.informed.emit(lambda: self.tr("The run {run} is back.").format(run=self._name_of(folders[0], first)))
        else:
            self.informed.emit(lambda: counted(self.tr("{count:run is|runs are} back."), count=len(folders)))

    def _on_failed(self, error: UserError) -> None:
        self.error.emit(error)
        self.refresh()

    def shut_down(self) -> None:
        """Stop refreshing."""
        self._timer.stop()
        self._jobs.end(self)


def _with(notes: Notes, field: str, text: str) -> Notes:
    return replace(notes, name=text) if field == "name" else replace(notes, note=text)


def _description_of(folder: Path) -> tuple[RunInfo, Notes]:
    return read_info(folder), read_notes(folder)
