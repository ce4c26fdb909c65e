"""Keeping runs: one that was interrupted is offered, one that lost its folder is saved, all stay within a budget."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from cnnviewer.core.errors import UserError
from cnnviewer.core.runs import library
from cnnviewer.core.runs.info import RunInfo
from cnnviewer.core.runs.opened import OpenedRun
from cnnviewer.core.runs.recording import Recording
from cnnviewer.core.runs.summary import RunSummary, in_bytes
from cnnviewer.presenters.attempts import Attempts, PathLike
from cnnviewer.presenters.going_on import GoingOnPresenter
from cnnviewer.presenters.offers import Offer
from cnnviewer.presenters.run_names import run_name
from cnnviewer.presenters.session import Run, Session
from cnnviewer.presenters.words import words
from cnnviewer.runtime.jobs import JobContext, Jobs


class KeepingPresenter(Attempts):
    """Looks after the folder of runs.

    Attributes:
        runs_dir: the folder.
        budget: bytes that all runs together may take.

    Signals:
        offered: an `Offer`.
        withdrawn: an `Offer` that no longer holds.
        folder_wanted: a person has to say where the run shall go; answer with `save_run`.
        changed: something in the folder of runs has changed.
    """

    offered = Signal(object)
    withdrawn = Signal(object)
    folder_wanted = Signal()
    changed = Signal()

    def __init__(
        self,
        session: Session,
        jobs: Jobs,
        going_on: GoingOnPresenter,
        runs_dir: Path,
        budget: int,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(jobs, parent)
        self._session = session
        self._going_on = going_on
        self.runs_dir = runs_dir
        self.budget = budget
        self._interrupted: Offer | None = None
        self._unrecorded: Offer | None = None
        self._lost: Recording | None = None  # the one that offer is about
        session.run_changed.connect(self._on_run_changed)
        session.run_state_changed.connect(self._on_run_state_changed)

    def start(self) -> None:
        """Tidy up what is left of deleted runs; offer to go on with the newest run, if it was interrupted."""
        job = self._jobs.start(Tidying(self.runs_dir))
        job.succeeded.connect(self._on_tidied)
        job.failed.connect(self._on_thinning_failed)

    def set_runs_dir(self, folder: Path) -> None:
        """Look after another folder from now on."""
        self.runs_dir = folder
        self.changed.emit()

    def set_budget(self, budget: int) -> None:
        """Let the runs take so many bytes from now on."""
        self.budget = budget
        self.thin()

    # interrupted

    def _on_tidied(self, newest: RunSummary | None) -> None:
        if newest is not None and newest.state == "interrupted" and not self._session.training:
            self._offer(newest.folder, run_name(newest.info, newest.notes), newest.epochs_done, newest.info)
        self.thin()

    def offer_to_go_on(self, opened: OpenedRun) -> None:
        """The run that was followed is left by the process that trained it."""
        self._offer(opened.folder, run_name(opened.info, opened.notes), opened.log.epoch_count, opened.info)

    def _offer(self, folder: Path, name: str, epochs_done: int, info: RunInfo) -> None:
        epochs = info.config.epochs
        epoch = min(epochs_done + 1, epochs)
        sentence = self.tr("{run} was interrupted in epoch {epoch} of {epochs}.").format(
            run=name, epoch=f"{epoch:,}", epochs=f"{epochs:,}"
        )
        self._interrupted = Offer(sentence, self.tr("Go on"), partial(self._go_on, folder))
        self.offered.emit(self._interrupted)

    def _go_on(self, folder: Path) -> None:
        self._interrupted = None
        self._going_on.go_on(folder)

    def _on_run_state_changed(self, _state: str) -> None:
        if self._session.training:
            if self._interrupted is not None:
                offer, self._interrupted = self._interrupted, None
                self.withdrawn.emit(offer)
        else:
            self.thin()

    # within the budget

    def thin(self) -> None:
        """Let moments of old runs go where all together take more than they may; what was done is told."""
        run = self._session.run
        shown = (run.opened.folder,) if run is not None and run.opened is not None else ()
        job = self._jobs.start(Thinning(self.runs_dir, self.budget, shown))
        job.succeeded.connect(self._on_thinned)
        job.failed.connect(self._on_thinning_failed)

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
                    "To stay within {budget}, {count} moments of {runs} older runs were let go; their results stay.",
                    budget=in_bytes(self.budget),
                    count=f"{sum(int(str(sentence.values['count'])) for sentence in thinned):,}",
                    runs=len(thinned),
                ),
            )
        self.told.emit(" ".join(words(sentence) for sentence in sentences))

    def _on_thinning_failed(self, _error: BaseException) -> None:
        """Whatever is wrong with the folder will be said when a training shall be recorded there."""

    # a run whose folder failed

    def on_unrecorded(self, error: UserError) -> None:
        """The run that is being trained is in memory only: say why, and offer to save it."""
        run = self._session.run
        self._lost = run.recording if run is not None else None
        self._unrecorded = Offer(words(error), self.tr("Save elsewhere…"), self.folder_wanted.emit, "error")
        self.offered.emit(self._unrecorded)
        self.changed.emit()

    def _on_run_changed(self, run: Run) -> None:
        if self._unrecorded is not None and run.recording is not self._lost:
            self._withdraw_unrecorded()  # another run: that one is gone

    def _withdraw_unrecorded(self) -> None:
        if self._unrecorded is not None:
            offer, self._unrecorded, self._lost = self._unrecorded, None, None
            self.withdrawn.emit(offer)

    def save_run(self, path: PathLike) -> bool:
        """Save the run shown in a folder of its own in `path`; one being trained goes on being recorded there.

        A run whose folder is well is copied; one that is in memory only is written.
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
            self.told.emit(self.tr("The run is saved in {folder}.").format(folder=folder))
            self.changed.emit()
            return True

        return self._attempt(work)

    def rescue(self, spare: Path) -> Path | None:
        """The program ends, and a run is in memory only: write it where runs are kept after all, else in `spare`.

        Call it when the training has ended. The run's folder; None where there was nothing to rescue, or no place.
        """
        recording = self._lost
        if recording is None or recording.folder is not None:
            return None
        for place in (self.runs_dir, spare):
            with suppress(UserError):
                return recording.save_elsewhere(place)
        return None

    def _say_recorded(self, run: Run, folder: Path) -> None:
        self._withdraw_unrecorded()
        now = self._session.run
        if now is not None and now.log is run.log:
            self._session.set_run(replace(now, opened=OpenedRun(folder, run.log)))


class Tidying:
    """The work of the program's start, for a job."""

    def __init__(self, runs_dir: Path) -> None:
        self._runs_dir = runs_dir

    def __call__(self, _context: JobContext) -> RunSummary | None:
        """The newest run."""
        library.sweep(self._runs_dir)
        return library.newest(self._runs_dir)


class Thinning:
    """The work of keeping within the budget, for a job."""

    def __init__(self, runs_dir: Path, budget: int, spared: tuple[Path, ...]) -> None:
        self._runs_dir = runs_dir
        self._budget = budget
        self._spared = spared

    def __call__(self, _context: JobContext) -> list[UserError]:
        """What was done."""
        return library.keep_within(self._runs_dir, self._budget, self._spared)
