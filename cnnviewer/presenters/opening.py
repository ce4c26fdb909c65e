"""A run opened from its folder, and the run shown followed for as long as it grows."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from cnnviewer.core.errors import UserError
from cnnviewer.core.models.own.code import CodeChangedError, check_code
from cnnviewer.core.models.own_file import code_of
from cnnviewer.core.models.state import ModelState
from cnnviewer.core.models.weights import load_weights
from cnnviewer.core.runs.folder import WEIGHTS
from cnnviewer.core.runs.opened import OpenedRun
from cnnviewer.core.runs.recording import Recording
from cnnviewer.presenters.attempts import Attempts, PathLike
from cnnviewer.presenters.choosing import ChoosingPresenter
from cnnviewer.presenters.resolve import is_of_run
from cnnviewer.presenters.run_names import run_name
from cnnviewer.presenters.session import Run, Session
from cnnviewer.presenters.views import Curves
from cnnviewer.runtime.jobs import JobContext, Jobs, sentence_of

FOLLOW_MS = 1000
"""How often a run that is being trained is looked at."""
REST_MS = 4000
"""How often one is that is not: somebody may go on with it elsewhere."""


class OpeningPresenter(Attempts):
    """Opens runs and refreshes the one shown: owner of `Run.opened`, which only its jobs refresh.

    Signals:
        opened: an `OpenedRun`: it is the session's now.
        interrupted: an `OpenedRun`: the process that trained it is gone, and it is not at its end.
        state_seen: the run shown has begun or ceased to be trained by another process.
    """

    opened = Signal(object)
    interrupted = Signal(object)
    state_seen = Signal()

    def __init__(
        self, session: Session, jobs: Jobs, choosing: ChoosingPresenter, curves: Curves, parent: QObject | None = None
    ) -> None:
        super().__init__(jobs, parent)
        self._session = session
        self._choosing = choosing
        self._curves = curves
        self._look: Looking | None = None
        self._missed = False
        self._written = False
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        session.run_changed.connect(self._on_run_changed)

    # opening

    def open_run(self, path: PathLike) -> bool:
        """Show the run in this folder, wherever it is: its curves, its newest weights, its data set."""

        def work() -> bool:
            run = self._session.run
            shown = run.opened.folder if run is not None and run.opened is not None else None
            if self._session.training and shown == _folder_of(path):
                self.told.emit(self.tr("It is on the screen: it is being trained here."))
                return True
            self._show(self._in_thread(read_run, _folder_of(path)))
            return True

        return self._attempt(work)

    def _show(self, read: ReadRun) -> None:
        opened, state, problem, written = read.opened, read.state, read.problem, read.written
        if self._session.training:
            raise UserError("Stop the training first: it is changing the weights that would be replaced.")
        self._written = written
        self._session.set_run(Run(opened.info.config, opened.log, None, opened, read.left_at, written))
        self._curves.set_log(opened.log)
        try:
            self._choosing.take_up(opened.info.config, state)
        except UserError as error:  # a person's own model that nobody has agreed to run; its curves can be seen
            problem = error
        else:
            problem = problem or _changed_code(opened)
        if problem is not None:
            self.problem.emit(problem)
        elif written:
            self.told.emit(
                self.tr("{run} is on the screen, and followed while it is trained elsewhere.").format(
                    run=run_name(opened.info, opened.notes)
                )
            )
        else:
            self.told.emit(self.tr("{run} is on the screen.").format(run=run_name(opened.info, opened.notes)))
        self.opened.emit(opened)

    def let_go(self, folder: Path) -> None:
        """The run in `folder` is about to go: if it is the one shown, its numbers stay on the screen."""
        run = self._session.run
        if run is not None and run.opened is not None and run.opened.folder == folder:
            self._session.set_run(replace(run, opened=None))

    # following

    def look(self) -> None:
        """See what the run shown has gained, in a job; one at a time."""
        run = self._session.run
        if self._look is not None or run is None or run.opened is None:
            return
        self._look = Looking(run.opened, run.recording, self._session.training, self._written)
        job = self._jobs.start(self._look)
        job.succeeded.connect(self._on_looked)
        job.failed.connect(self._on_look_failed)
        job.was_cancelled.connect(self._on_look_cancelled)

    def _on_run_changed(self, run: Run) -> None:
        if run.opened is None:
            self._timer.stop()
        elif not self._timer.isActive():
            self._timer.start(FOLLOW_MS)

    def _on_looked(self, seen: Seen) -> None:
        look, self._look = self._look, None
        self._missed = False
        run = self._session.run
        if look is None or run is None or run.opened is not look.opened:
            return  # another run is shown by now
        opened = seen.opened
        self._timer.setInterval(FOLLOW_MS if self._session.training or seen.written else REST_MS)
        if run.recording is not None and opened is look.opened:
            if seen.changed:
                self._session.tell_growth()
            return
        ended = self._written and not seen.written
        left_at = seen.left_at if ended or seen.state is not None else run.left_at
        if opened.log is not run.log:
            self._session.set_run(Run(opened.info.config, opened.log, None, opened, left_at, seen.written))
            self._curves.set_log(opened.log)
        elif (left_at, seen.written) != (run.left_at, run.written):
            self._session.set_run(replace(run, config=opened.info.config, left_at=left_at, written=seen.written))
            self._curves.refresh()
            self._session.tell_growth()
        elif seen.changed:
            if run.config != opened.info.config:
                self._session.set_run(replace(run, config=opened.info.config))
            self._curves.refresh()
            self._session.tell_growth()
        newest = self._session.newest
        if seen.state is not None and newest is not None and is_of_run(newest, opened.info.config):
            self._session.set_newest(seen.state)
        if seen.written != self._written:
            self._written = seen.written
            self._tell_state(opened)

    def _tell_state(self, opened: OpenedRun) -> None:
        if not self._written:
            self._curves.rest()
            name = run_name(opened.info, opened.notes)
            match opened.info.status:
                case "running":
                    self.interrupted.emit(opened)
                case "failed":
                    self.problem.emit(UserError("{run} has failed: {reason}", run=name, reason=opened.info.problem))
                case "stopped":
                    self.told.emit(self.tr("{run} was stopped.").format(run=name))
                case "finished":
                    self.told.emit(self.tr("{run} is finished.").format(run=name))
        self.state_seen.emit()

    def _on_look_failed(self, error: BaseException) -> None:
        """Say once that the folder cannot be read; a disk that comes back is read on."""
        look, self._look = self._look, None
        run = self._session.run
        shown = look is not None and run is not None and run.opened is look.opened
        if shown and not self._missed and not self._session.training:
            self._missed = True
            self.problem.emit(sentence_of(error))

    def _on_look_cancelled(self) -> None:
        self._look = None

    def shut_down(self) -> None:
        """Look no more."""
        self._timer.stop()


@dataclass(frozen=True)
class Seen:
    """What a look at a run has found.

    Attributes:
        opened: the run; another object when it was gone on with by somebody else.
        changed: whether there was anything new.
        written: whether another process trains it.
        state: the weights it was left with, when another process has trained it since the last look.

    """

    opened: OpenedRun
    changed: bool
    written: bool
    state: ModelState | None

    @property
    def left_at(self) -> int | None:
        """Steps learned at its checkpoint, where that was read."""
        return int(self.state.provenance["step"]) if self.state is not None else None


class Looking:
    """The work of one look, for a job."""

    def __init__(self, opened: OpenedRun, recording: Recording | None, trained_here: bool, written: bool) -> None:
        self.opened = opened
        self._recording = recording
        self._trained_here = trained_here
        self._was_written = written

    def __call__(self, _context: JobContext) -> Seen:
        """What is new.

        Raises:
            UserError: the folder cannot be read.
        """
        opened = self.opened
        resumed = opened.info.resumed
        changed = opened.refresh()
        if self._trained_here:
            return Seen(opened, changed, False, None)
        if self._recording is not None:
            if opened.info.resumed == self._recording.info.resumed:
                return Seen(opened, changed, False, None)
            opened = OpenedRun(opened.folder)  # trained here once, and now by somebody else
        written = opened.written_now
        state = None
        gone_on_with = opened is not self.opened or opened.info.resumed != resumed
        if (self._was_written or gone_on_with) and not written:
            changed = opened.refresh() or changed  # what it wrote last
            with suppress(UserError):
                state = opened.checkpoint().state
        return Seen(opened, changed, written, state)


@dataclass(frozen=True)
class ReadRun:
    """A run read from its folder.

    Attributes:
        opened: the run.
        state: its newest weights; None where none can be read.
        problem: why its checkpoint cannot be used.
        written: whether another process trains it.

    """

    opened: OpenedRun
    state: ModelState | None
    problem: UserError | None
    written: bool

    @property
    def left_at(self) -> int | None:
        """Steps learned at its checkpoint; None where that cannot be used."""
        return int(self.state.provenance["step"]) if self.state is not None and self.problem is None else None


def read_run(folder: Path) -> ReadRun:
    """A run, its newest weights or why there are none, and whether it is being trained.

    Raises:
        UserError: it is no run, or damaged.
    """
    opened = OpenedRun(folder)
    try:
        return ReadRun(opened, opened.checkpoint().state, None, opened.written_now)
    except UserError as error:
        problem = error
    try:
        return ReadRun(opened, load_weights(folder / WEIGHTS), problem, opened.written_now)
    except UserError:
        return ReadRun(opened, None, problem, opened.written_now)


def _changed_code(opened: OpenedRun) -> UserError | None:
    """What to say of a run whose model is a person's own, with code that is another one by now."""
    info = opened.info
    try:
        check_code(info.id, info.config.model, info.code, agreed=False, loaded=code_of(info.config.model))
    except CodeChangedError as changed:
        return UserError(
            "{files} changed since {run} was trained: what is shown is computed with the code as it was opened here.",
            files=", ".join(changed.files),
            run=run_name(info, opened.notes),
        )
    return None


def _folder_of(path: PathLike) -> Path:
    """The run's folder, also for a file inside it."""
    chosen = Path(path).absolute()
    return chosen.parent if chosen.is_file() else chosen
