"""Resume a run where it ended, or branch from one of its snapshots: open it, load its data, then train."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from cnnviewer.core.data.dataset import DataSet
from cnnviewer.core.data.registry import is_read_as
from cnnviewer.core.errors import UserError
from cnnviewer.core.models.own.code import CodeChangedError, check_code
from cnnviewer.core.models.trial.trial import Fit
from cnnviewer.core.runs.format.info import Deviation, RunInfo
from cnnviewer.core.runs.read.changes import DataChangedError, in_one
from cnnviewer.core.runs.read.opened_run import OpenedRun
from cnnviewer.core.runs.read.repeating import in_words
from cnnviewer.core.runs.record.recorder import Recorder
from cnnviewer.core.training.devices import devices
from cnnviewer.presenters.action_message import ActionMessage
from cnnviewer.presenters.error_text import error_text
from cnnviewer.presenters.open_run import OpenRunPresenter
from cnnviewer.presenters.presenter import Presenter
from cnnviewer.presenters.resolve import is_known
from cnnviewer.presenters.run_names import data_title
from cnnviewer.presenters.selection import SelectionPresenter
from cnnviewer.presenters.services import Services
from cnnviewer.presenters.tasks.own_models import TakenUp, run_model_file
from cnnviewer.presenters.tasks.resume import ResumeRequest, build_recording
from cnnviewer.presenters.training import TrainingPresenter
from cnnviewer.runtime.jobs import Job


class ResumePresenter(Presenter):
    """Starts trainings that continue from a run on disk."""

    def __init__(
        self,
        services: Services,
        selection: SelectionPresenter,
        open_run: OpenRunPresenter,
        training: TrainingPresenter,
    ) -> None:
        super().__init__(services)
        self.selection = selection
        self.open_run_presenter = open_run
        self.training = training
        self._requested: ResumeRequest | None = None
        self._job: Job | None = None
        selection.ready.connect(self._on_ready)
        self._session.run_state_changed.connect(self._on_run_state_changed)

    def resume_run(self, folder: Path, epochs: int | None = None, paused: bool = False) -> None:
        """Resume where the run ended, up to `epochs` epochs in all; `paused` trains on one batch and waits."""
        self._begin(ResumeRequest(folder, epochs, paused=paused))

    def branch(self, folder: Path, step: int, changes: Mapping[str, Any]) -> None:
        """Start another run from the snapshot of `step`, with `changes` to its configuration."""
        self._begin(ResumeRequest(folder, step=step, changes=dict(changes)))

    def _begin(self, request: ResumeRequest, reopen: bool = False) -> None:
        """Open the run (with `reopen` even if it is shown already) and resume it when its data set is loaded."""
        if self._session.training:
            self.error.emit(UserError("Stop the training first: only one runs at a time."))
            return
        shown = self._session.run.opened if self._session.run is not None else None
        data = self._session.data
        # while another data set is loading, the present one is about to be replaced
        ready = not self.selection.loading and shown is not None and data is not None and self._is_of(data, shown.info)
        if reopen or shown is None or shown.folder != request.folder.absolute() or not ready:
            self._requested = None  # `ready` may belong to the run shown before
            if not self.open_run_presenter.open_run(request.folder):
                return
        self._requested = request
        if not self.selection.loading:
            self._on_ready()

    def _is_of(self, data: DataSet, info: RunInfo) -> bool:
        """Whether these are the run's images, decoded as the run decoded them."""
        there = data.info.data_key == self.selection.where(info.config.data_key)
        return there and is_read_as(data.info, info.recipe.reading)

    def _on_ready(self) -> None:
        """The data set is loaded or could not be: carry out the pending request."""
        request, self._requested = self._requested, None
        if request is None or self._session.training:
            return
        opened = self._session.run.opened if self._session.run is not None else None
        data = self._session.data
        if opened is None or opened.folder != request.folder.absolute():
            return  # another run was opened meanwhile
        config = opened.info.config
        if not is_known(config.model_key):
            self._offer_file(request, opened.info)
            return
        if data is None or not self._is_of(data, opened.info):
            if self.open_run_presenter.data.ask(opened, partial(self._begin, request)):
                return
            self.error.emit(
                UserError(
                    "The images of {dataset}, which the run learns from, are not on this computer: "
                    "download them first.",
                    dataset=data_title(config.data_key),
                )
            )
            return
        there = [key for key, _title in devices()]
        if config.device not in there:
            if request.step is None:
                self.error.emit(_no_device(config.device))
                return
            request = replace(request, changes={**request.changes, "device": there[0]})
            self.informed.emit(
                lambda: self.tr(
                    "The run was trained on {device}, which is not available on this computer: "
                    "the branch is trained on the CPU."
                ).format(device=config.device)
            )
        self.training.prepare()
        self.selection.say_busy(lambda: self.tr("Reading the run…"))
        self._job = self._jobs.run(
            partial(build_recording, request, data, self._settings.runs_dir),
            partial(self._on_recording, request.paused),
            partial(self._on_failed, request),
            latest=True,
            drop=Recorder.let_go,
        )

    def _on_recording(self, paused: bool, recording: Recorder) -> None:
        self._job = None
        self.selection.say_busy(None)
        training = recording.training
        controls = training.controls
        new = [each for each in recording.info.deviations if each.step == training.step]
        self.selection.show_config(
            replace(training.config, learning_rate=controls.learning_rate, momentum=controls.momentum)
        )
        self.training.start(recording, paused)
        opened = self._session.run.opened if self._session.run is not None else None
        if opened is not None and recording.log.step_count:
            self.informed.emit(partial(self._continues_text, opened, recording.log.step_count, new))

    def _continues_text(self, opened: OpenedRun, step: int, new: Sequence[Deviation]) -> str:
        said = self.tr("{run} continues after step {step}.").format(
            run=self._run_name(opened.info, opened.notes), step=f"{step:,}"
        )
        return " ".join([said, *(error_text(in_words(each)) for each in new)])

    def _on_failed(self, request: ResumeRequest, error: UserError) -> None:
        self._end()
        if isinstance(error, CodeChangedError):
            accept = partial(self._begin, replace(request, changed_code=True))
            words = partial(self._changed, error.files)
            self._suggest(ActionMessage(words, lambda: self.tr("Run it and continue"), accept, "error"))
        elif isinstance(error, DataChangedError):
            accept = partial(self._begin, replace(request, changed_data=True))
            words = partial(self._changed_data, error)
            self._suggest(ActionMessage(words, lambda: self.tr("Continue with them"), accept, "error"))
        else:
            self.error.emit(error)

    def _changed(self, files: tuple[str, ...]) -> str:
        return self.tr(
            "{files} changed since the run was trained. It can continue with the code as it is now, but not exactly."
        ).format(files=", ".join(files))

    def _changed_data(self, error: DataChangedError) -> str:
        return self.tr(
            "The data changed since the run was trained: {changes}. It can continue with the data as they are "
            "now, but not exactly."
        ).format(changes=error_text(in_one(error.changes)))

    def _offer_file(self, request: ResumeRequest, info: RunInfo) -> None:
        """Ask for consent to run the Python file of the run's model, not yet given in this process."""
        path, _call = info.config.model_key.own_code()
        try:
            check_code(info.id, info.config.model_key, info.code, agreed=False)
        except CodeChangedError as error:
            request, words = replace(request, changed_code=True), partial(self._changed, error.files)
        else:
            words = partial(self._own_code, path.name)
        accept = partial(self._run_file, request, info)
        self._suggest(ActionMessage(words, lambda: self.tr("Run it and continue"), accept, "error"))

    def _own_code(self, file: str) -> str:
        return self.tr("The run's model is your own code in {file}, which has to be run first.").format(file=file)

    def _run_file(self, request: ResumeRequest, info: RunInfo) -> None:
        if self._session.training:
            self.error.emit(UserError("Stop the training first: only one runs at a time."))
            return
        path, call = info.config.model_key.own_code()
        self.training.prepare()
        self.selection.say_busy(lambda: self.tr("Running {file}…").format(file=path.name))
        fit = Fit(info.recipe.input_shape, len(info.recipe.classes))
        self._job = self._jobs.run(
            partial(run_model_file, path, call.text, fit),
            partial(self._on_file_run, request),
            self._on_file_failed,
            latest=True,
        )

    def _on_file_run(self, request: ResumeRequest, _taken: TakenUp) -> None:
        self._end()
        self._begin(request, reopen=True)

    def _on_file_failed(self, error: UserError) -> None:
        self._end()
        self.error.emit(error)

    def _end(self) -> None:
        self._job = None
        self.selection.say_busy(None)
        self.training.stay_idle()

    def _on_run_state_changed(self, state: str) -> None:
        """The user pressed Stop before the training started."""
        if state == "idle" and self._job is not None:
            job, self._job = self._job, None
            self.selection.say_busy(None)
            job.forget()

    def shut_down(self) -> None:
        """Start nothing more."""
        self._requested = self._job = None
        self._jobs.end(self)


def _no_device(device: str) -> UserError:
    return UserError(
        "The run was trained on {device}, which is not available on this computer: it can be resumed to the last bit "
        "only there. Branch from it to train on this computer's devices.",
        device=device,
    )
