"""Going on with a run where it was left, or branching from one of its moments: opened, loaded, then trained."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from cnnviewer.core.data.dataset import DataSet
from cnnviewer.core.errors import Cancelled, UserError
from cnnviewer.core.models.own.code import CodeChangedError, check_code
from cnnviewer.core.models.own.key import parse_key
from cnnviewer.core.models.own.trial import Fit
from cnnviewer.core.models.registry import spec
from cnnviewer.core.runs.info import RunInfo, read_info
from cnnviewer.core.runs.recording import Recording
from cnnviewer.core.runs.start import branch, go_on
from cnnviewer.core.training.devices import devices
from cnnviewer.presenters.choosing import ChoosingPresenter
from cnnviewer.presenters.offers import Offer
from cnnviewer.presenters.opening import OpeningPresenter
from cnnviewer.presenters.own_models_work import TakingUp
from cnnviewer.presenters.run_names import data_title, run_name
from cnnviewer.presenters.session import Session
from cnnviewer.presenters.training import TrainingPresenter
from cnnviewer.runtime.jobs import Job, JobContext, Jobs, sentence_of


@dataclass(frozen=True)
class Wish:
    """What shall be trained.

    Attributes:
        folder: of the run.
        epochs: how many it shall have in all; None: as many as it was to have.
        step: the moment to branch from; None: go on in the same folder.
        changes: of a branch's configuration.
        paused: learn one batch and wait.
        changed_code: run the model's file, which has changed since, as it is now.

    """

    folder: Path
    epochs: int | None = None
    step: int | None = None
    changes: Mapping[str, Any] = field(default_factory=dict)
    paused: bool = False
    changed_code: bool = False


class GoingOnPresenter(QObject):
    """Starts trainings that go on with what is on disk.

    Signals:
        problem: a `UserError` to tell.
        told: a sentence of good news.
        offered: an `Offer`: to go on although the code has changed.
    """

    problem = Signal(object)
    told = Signal(str)
    offered = Signal(object)

    def __init__(
        self,
        session: Session,
        jobs: Jobs,
        choosing: ChoosingPresenter,
        opening: OpeningPresenter,
        training: TrainingPresenter,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._jobs = jobs
        self._choosing = choosing
        self._opening = opening
        self._training = training
        self._wish: Wish | None = None
        self._job: Job | None = None
        self._paused = False
        self._work: Continuing | None = None
        self._after_file: Wish | None = None
        choosing.ready.connect(self._on_ready)
        session.run_state_changed.connect(self._on_run_state_changed)

    def go_on(self, folder: Path, epochs: int | None = None, paused: bool = False) -> None:
        """Go on where the run was left, to `epochs` epochs in all where given; `paused` learns one batch and waits."""
        self._begin(Wish(folder, epochs, paused=paused))

    def branch(self, folder: Path, step: int, changes: Mapping[str, Any]) -> None:
        """Begin another run at an earlier moment of this one, with other numbers."""
        self._begin(Wish(folder, step=step, changes=dict(changes)))

    def _begin(self, wish: Wish, anew: bool = False) -> None:
        """Open the run, `anew` also where it is shown already, and go on with it as soon as its data set is loaded."""
        if self._session.training:
            self.problem.emit(UserError("Stop the training first: only one runs at a time."))
            return
        shown = self._session.run.opened if self._session.run is not None else None
        data = self._session.data
        ready = shown is not None and data is not None and data.info.key == shown.info.config.dataset
        if anew or shown is None or shown.folder != wish.folder.absolute() or not ready:
            self._wish = None  # `ready` may come of the run shown before
            if not self._opening.open_run(wish.folder):
                return
        self._wish = wish
        if not self._choosing.loading:
            self._on_ready()

    def _on_ready(self) -> None:
        """The data set is loaded, or it is known that there is none."""
        wish, self._wish = self._wish, None
        if wish is None or self._session.training:
            return
        opened = self._session.run.opened if self._session.run is not None else None
        data = self._session.data
        if opened is None or opened.folder != wish.folder.absolute():
            return  # another run was opened meanwhile
        config = opened.info.config
        if not _is_known(config.model):
            self._offer_file(wish, opened.info)
            return
        if data is None or data.info.key != config.dataset:
            self.problem.emit(
                UserError(
                    "The images of {dataset}, which the run learns from, are not here: download them first.",
                    dataset=data_title(config.dataset),
                )
            )
            return
        there = [key for key, _title in devices()]
        if config.device not in there:
            if wish.step is None:
                self.problem.emit(_no_device(config.device))
                return
            wish = replace(wish, changes={**wish.changes, "device": there[0]})
            self.told.emit(
                self.tr("The run was trained on {device}, which is not here: the branch is trained on the CPU.").format(
                    device=config.device
                )
            )
        self._training.prepare()
        self._choosing.say_busy(self.tr("Reading the run…"))
        self._work = Continuing(wish, data, self._training.runs_dir)
        job = self._jobs.start(self._work)
        job.succeeded.connect(self._on_recording)
        job.failed.connect(self._on_failed)
        job.was_cancelled.connect(self._on_cancelled)
        self._job, self._paused = job, wish.paused

    def _on_recording(self, recording: Recording) -> None:
        if self.sender() is not self._job:
            recording.let_go()
            return
        self._job = None
        self._choosing.say_busy(None)
        training = recording.training
        knobs = training.controls
        self._choosing.show_config(replace(training.config, learning_rate=knobs.learning_rate, momentum=knobs.momentum))
        if self._paused:
            self._training.start(recording, paused=True)
        else:
            self._training.start(recording)
        opened = self._session.run.opened if self._session.run is not None else None
        if opened is not None and recording.log.step_count:
            self.told.emit(
                self.tr("{run} goes on after step {step}.").format(
                    run=run_name(opened.info, opened.notes), step=f"{recording.log.step_count:,}"
                )
            )

    def _on_failed(self, error: BaseException) -> None:
        if self.sender() is not self._job:
            return
        self._end()
        if isinstance(error, CodeChangedError) and self._work is not None:
            self._offer_changed_code(self._work.wish, error.files)
        else:
            self.problem.emit(sentence_of(error))

    def _offer_changed_code(self, wish: Wish, files: tuple[str, ...]) -> None:
        accept = partial(self._begin, replace(wish, changed_code=True))
        self.offered.emit(Offer(self._changed(files), self.tr("Run it and go on"), accept, "error"))

    def _changed(self, files: tuple[str, ...]) -> str:
        return self.tr(
            "{files} changed since the run was trained. It can go on with the code as it is now, and is not exact then."
        ).format(files=", ".join(files))

    def _offer_file(self, wish: Wish, info: RunInfo) -> None:
        """Nobody has agreed yet, in this process, to run the file of the run's model."""
        path, _call = parse_key(info.config.model)
        try:
            check_code(info.id, info.config.model, info.code, agreed=False)
        except CodeChangedError as error:
            wish, sentence = replace(wish, changed_code=True), self._changed(error.files)
        else:
            sentence = self.tr("The run's model is your own code in {file}, which has to be run first.").format(
                file=path.name
            )
        accept = partial(self._run_file, wish, info)
        self.offered.emit(Offer(sentence, self.tr("Run it and go on"), accept, "error"))

    def _run_file(self, wish: Wish, info: RunInfo) -> None:
        if self._session.training:
            self.problem.emit(UserError("Stop the training first: only one runs at a time."))
            return
        path, call = parse_key(info.config.model)
        self._training.prepare()
        self._choosing.say_busy(self.tr("Running {file}…").format(file=path.name))
        fit = Fit(info.recipe.input_shape, len(info.recipe.classes))
        job = self._jobs.start(TakingUp(path, call.text, fit))
        job.succeeded.connect(self._on_file_run)
        job.failed.connect(self._on_failed)
        job.was_cancelled.connect(self._on_cancelled)
        self._job, self._work, self._after_file = job, None, wish

    def _on_file_run(self, _taken: object) -> None:
        if self.sender() is not self._job:
            return
        wish, self._after_file = self._after_file, None
        self._end()
        if wish is not None:
            self._begin(wish, anew=True)

    def _on_cancelled(self) -> None:
        job = self.sender()
        if isinstance(job, Job) and isinstance(job.result, Recording):
            job.result.let_go()  # it was done before it heard
        if job is self._job:
            self._end()

    def _end(self) -> None:
        self._job = None
        self._choosing.say_busy(None)
        self._training.stay_idle()

    def _on_run_state_changed(self, state: str) -> None:
        """A person pressed Stop before it began."""
        if state == "idle" and self._job is not None:
            job, self._job = self._job, None
            self._choosing.say_busy(None)
            job.cancel()

    def shut_down(self) -> None:
        """Nothing more begins."""
        self._wish = self._job = None


class Continuing:
    """The work of reading the run and building its training, for a job."""

    def __init__(self, wish: Wish, data: DataSet, runs_dir: Path) -> None:
        self.wish = wish
        self._data = data
        self._runs_dir = runs_dir

    def __call__(self, context: JobContext) -> Recording:
        """The recording, not begun yet.

        Raises:
            UserError: the run cannot be gone on with.
            Cancelled: nobody wants it any more.
        """
        wish, changed = self.wish, self.wish.changed_code
        if changed:
            self._run_file(context)
        if wish.step is None:
            recording = go_on(wish.folder, self._data, wish.epochs, changed_code=changed)
        else:
            runs_dir = self._runs_dir
            recording = branch(wish.folder, wish.step, self._data, runs_dir, wish.changes, changed_code=changed)
        if context.cancelled():
            recording.let_go()
            raise Cancelled
        return recording

    def _run_file(self, context: JobContext) -> None:
        recipe = read_info(self.wish.folder).recipe
        path, call = parse_key(recipe.model)
        TakingUp(path, call.text, Fit(recipe.input_shape, len(recipe.classes)))(context)


def _is_known(model: str) -> bool:
    try:
        spec(model)
    except UserError:
        return False
    return True


def _no_device(device: str) -> UserError:
    return UserError(
        "The run was trained on {device}, which is not here: it goes on to the last bit only there. Branch from it to "
        "train on this computer's devices.",
        device=device,
    )
