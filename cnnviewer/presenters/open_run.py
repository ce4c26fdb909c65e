"""Opens a run from its folder, and follows the run shown while it grows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer, Signal

from cnnviewer.core.errors import UserError, without_frames
from cnnviewer.core.models.own.code import CodeChangedError, check_code
from cnnviewer.core.models.own.own_file import code_of
from cnnviewer.core.runs.format.file_names import RUN_FILE
from cnnviewer.core.runs.read.opened_run import OpenedRun
from cnnviewer.presenters.action_message import ActionMessage
from cnnviewer.presenters.commands import CommandPresenter, PathLike
from cnnviewer.presenters.resolve import is_of_run
from cnnviewer.presenters.run_data import RunDataPresenter
from cnnviewer.presenters.selection import SelectionPresenter
from cnnviewer.presenters.services import Services
from cnnviewer.presenters.session import Run
from cnnviewer.presenters.tasks.open_run import ReadRun, Seen, read_run, refresh_run

FOLLOW_MS = 1000
"""Interval at which a run in training is read, in milliseconds."""
REST_MS = 4000
"""Interval for another run, in milliseconds: another process may resume it."""


class OpenRunPresenter(CommandPresenter):
    """Opens runs and refreshes the one shown: owner of `Run.opened`, which only its jobs refresh.

    Signals:
        opened: an `OpenedRun`, which the session now shows.
        interrupted: an `OpenedRun` whose training process ended before the run did.
        state_seen: another process has started or stopped training the run shown.
        consent_requested: a Python file, and what of it is the run's model: the user shall be asked whether it may run.

    Attributes:
        data: asks for the data set of the run shown, and reports what has changed in it.
    """

    opened = Signal(object)
    interrupted = Signal(object)
    state_seen = Signal()
    consent_requested = Signal(object, str)

    def __init__(self, services: Services, selection: SelectionPresenter) -> None:
        super().__init__(services)
        self._selection = selection
        self._is_refreshing = False
        self._missed = False
        self._written = False
        self._waiting: tuple[str, Path] | None = None  # for the run of its model's file: the model's key, the run
        self.data = RunDataPresenter(services, selection)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.refresh)
        self._session.run_changed.connect(self._on_run_changed)

    # opening

    def open_run(self, path: PathLike) -> bool:
        """Show the run in this folder: its curves, its newest weights, its data set."""

        def work() -> bool:
            run = self._session.run
            shown = run.opened.folder if run is not None and run.opened is not None else None
            if self._session.training and shown == _folder_of(path):
                self.informed.emit(lambda: self.tr("It is on the screen: it is being trained here."))
                return True
            self._show(self._newest("run", read_run, _folder_of(path)))
            return True

        return self._attempt(work)

    def _show(self, read: ReadRun) -> None:
        opened, state, problem, written = read.opened, read.state, read.problem, read.written
        offered = False
        if self._session.training:
            raise UserError("Stop the training first: it is changing the weights that would be replaced.")
        self._written = written
        self._session.set_run(Run(opened.info.config, opened.log, None, opened, read.left_at, written))
        try:
            self.data.take_up(opened, state)
        except UserError as error:  # the user's own model, not yet allowed to run; its curves can be shown
            problem = None if self._offer_file(opened) else without_frames(error)
            offered = problem is None
        else:
            problem = problem or self._changed_code(opened)
        name = partial(self._run_name, opened.info, opened.notes)
        if problem is not None:
            self.error.emit(problem)
        elif offered:
            pass  # the offer says what is missing
        elif written:
            self.informed.emit(
                lambda: self.tr("{run} is on the screen, and followed while it is trained elsewhere.").format(
                    run=name()
                )
            )
        else:
            self.informed.emit(lambda: self.tr("{run} is on the screen.").format(run=name()))
        self.opened.emit(opened)
        self.data.speak(opened)

    def _offer_file(self, opened: OpenedRun) -> bool:
        """Offer to open the Python file of the run's model, which this process has not run; False: there is none."""
        model, key = opened.info.config.model, opened.info.config.model_key
        if not key.is_own or code_of(model):
            return False
        path, call = key.own_code()
        if not path.is_file():
            return False

        def ask() -> None:
            self._waiting = model, opened.folder
            self.consent_requested.emit(path, call.text)

        self._suggest(
            ActionMessage(
                lambda: self.tr("The run's model is your own code in {file}, which has to be run first.").format(
                    file=path.name
                ),
                lambda: self.tr("Open {file}…").format(file=path.name),
                ask,
                "error",
            )
        )
        return True

    def on_model_taken_up(self, key: str) -> None:
        """A file of the user's has been run: show the run that waits for its model."""
        waiting, self._waiting = self._waiting, None
        if waiting is not None and waiting[0] == key:
            self.open_run(waiting[1])

    def _changed_code(self, opened: OpenedRun) -> UserError | None:
        """A warning for a run of the user's own model whose code has changed since; None where it has not."""
        info = opened.info
        try:
            check_code(info.id, info.config.model_key, info.code, agreed=False, loaded=code_of(info.config.model))
        except CodeChangedError as changed:
            return UserError(
                "{files} changed since {run} was trained: "
                "what is shown is computed with the code as it was opened here.",
                files=", ".join(changed.files),
                run=self._run_name(info, opened.notes),
            )
        return None

    def let_go(self, folder: Path) -> None:
        """The run in `folder` is about to be deleted: if it is shown, only its weights stay, as those of no run."""
        run = self._session.run
        if run is not None and run.opened is not None and run.opened.folder == folder:
            self._session.set_run(replace(run, opened=None, deleted=run.opened))

    def take_back(self, folders: Sequence[Path]) -> None:
        """The runs in `folders` are there again, or could not be deleted: show that which was shown as it was."""
        run = self._session.run
        if run is not None and run.deleted is not None and run.deleted.folder in folders:
            self._session.set_run(replace(run, opened=run.deleted, deleted=None))

    # following

    def refresh(self) -> None:
        """Read what is new in the run shown, in one job at a time."""
        run = self._session.run
        if self._is_refreshing or run is None or run.opened is None:
            return
        self._is_refreshing = True
        self._jobs.run(
            partial(refresh_run, run.opened, run.recording, self._session.training, self._written),
            partial(self._on_refreshed, run.opened),
            partial(self._on_refresh_failed, run.opened),
        )

    def _on_run_changed(self, run: Run) -> None:
        if run.opened is None:
            self._timer.stop()
        elif not self._timer.isActive():
            self._timer.start(FOLLOW_MS)

    def _on_refreshed(self, before: OpenedRun, seen: Seen) -> None:
        self._is_refreshing = self._missed = False
        run = self._session.run
        if run is None or run.opened is not before:
            return  # another run is shown by now
        opened = seen.opened
        self._timer.setInterval(FOLLOW_MS if self._session.training or seen.written else REST_MS)
        if run.recording is not None and opened.is_same(before):
            if seen.changed:
                self._session.tell_growth(opened)
            return
        ended = self._written and not seen.written
        left_at = seen.left_at if ended or seen.state is not None else run.left_at
        if opened.log is not run.log:
            self._session.set_run(
                Run(opened.info.config, opened.log, None, opened, left_at, seen.written), rewound=True
            )
        elif (left_at, seen.written) != (run.left_at, run.written):
            self._session.set_run(
                replace(run, config=opened.info.config, opened=opened, left_at=left_at, written=seen.written)
            )
            self._session.log_grew.emit()
            self._session.tell_growth(opened)
        elif seen.changed:
            if run.config != opened.info.config:
                self._session.set_run(replace(run, config=opened.info.config, opened=opened))
            self._session.log_grew.emit()
            self._session.tell_growth(opened)
        newest = self._session.newest
        if seen.state is not None and newest is not None and is_of_run(newest, opened.info.config):
            self._session.set_newest(seen.state)
        if seen.written != self._written:
            self._written = seen.written
            self._tell_state(opened)

    def _tell_state(self, opened: OpenedRun) -> None:
        if not self._written:
            self._session.log_rests.emit()
            name = partial(self._run_name, opened.info, opened.notes)
            match opened.info.status:
                case "running":
                    self.interrupted.emit(opened)
                case "failed":
                    self.error.emit(UserError("{run} has failed: {reason}", run=name(), reason=opened.info.problem))
                case "stopped":
                    self.informed.emit(lambda: self.tr("{run} was stopped.").format(run=name()))
                case "finished":
                    self.informed.emit(lambda: self.tr("{run} is finished.").format(run=name()))
        self.state_seen.emit()

    def _on_refresh_failed(self, before: OpenedRun, error: UserError) -> None:
        """Report once that the folder cannot be read; reading continues when the disk is back."""
        self._is_refreshing = False
        run = self._session.run
        shown = run is not None and run.opened is before
        if shown and not self._missed and not self._session.training:
            self._missed = True
            self.error.emit(error)

    def shut_down(self) -> None:
        """Stop reading."""
        self._timer.stop()
        self._jobs.end(self)


def _folder_of(path: PathLike) -> Path:
    """The run folder, also where `path` is a file inside it."""
    chosen = Path(path).absolute()
    return chosen.parent if chosen.name == RUN_FILE or chosen.is_file() else chosen
