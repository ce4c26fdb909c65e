"""A sweep: plans trainings from the user's settings, runs them one after the other, fills table and plot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer, Signal

from cnnviewer.core.data import registry as data_registry
from cnnviewer.core.data.dataset import DataSet
from cnnviewer.core.errors import UserError
from cnnviewer.core.models.registry import MODELS, spec
from cnnviewer.core.runs.compare.comparison import MOST
from cnnviewer.core.runs.read.changes import DataChangedError, in_one
from cnnviewer.core.runs.read.summary import RunSummary
from cnnviewer.core.runs.record.recorder import Recorder
from cnnviewer.core.runs.sweep.plan import (
    SweepRow,
    SweepSubject,
    best_of,
    new_sweep_name,
    rows_of,
    subject_of,
    sweep_csv,
)
from cnnviewer.core.runs.sweep.request import SweepProgress, SweepRequest
from cnnviewer.core.runs.sweep.time_left import seconds_for, seconds_left
from cnnviewer.core.training.config import TrainConfig
from cnnviewer.presenters.action_message import ActionMessage
from cnnviewer.presenters.commands import CommandPresenter
from cnnviewer.presenters.error_text import error_text
from cnnviewer.presenters.resolve import config_for
from cnnviewer.presenters.run_names import data_title
from cnnviewer.presenters.run_views import SweepView
from cnnviewer.presenters.selection import SelectionPresenter
from cnnviewer.presenters.services import Services
from cnnviewer.presenters.sweep_titles import sweep_titles
from cnnviewer.presenters.tasks.sweep import Found, begin_training, find_sweeps, planned, release, save_plan
from cnnviewer.presenters.training import TrainingPresenter
from cnnviewer.runtime.jobs import Job
from cnnviewer.runtime.newest import NewestOnly

REFRESH_MS = 2000
"""Milliseconds between two reads of a sweep in training, here or in another process."""


class SweepPresenter(CommandPresenter):
    """Owner of the running sweep. Each training goes through `TrainingPresenter`, so that all views follow it.

    Signals:
        run_requested: show the run in this folder.
        comparison_requested: the folders of the runs to compare.
    """

    run_requested = Signal(object)
    comparison_requested = Signal(object)

    def __init__(
        self,
        services: Services,
        selection: SelectionPresenter,
        training: TrainingPresenter,
        page: SweepView,
    ) -> None:
        super().__init__(services)
        self._selection = selection
        self._training = training
        self._page = page
        self._requested = SweepRequest()
        self._name = ""
        self._plan: tuple[TrainConfig, ...] = ()
        self._rows: tuple[SweepRow, ...] = ()
        self._runs: tuple[RunSummary, ...] = ()
        self._sweeps: Mapping[str, SweepSubject] = {}  # by name, the newest first
        self._going = False
        self._starting = False  # the next training is being built
        self._data_requested = ""
        self._tried: set[TrainConfig] = set()
        self._question: ActionMessage | None = None
        self._waiting: SweepRow | None = None  # the next training, while its images are looked at again
        self._changed_data = False  # the user has agreed to train the rest of the sweep on other data
        self._recording: Recorder | None = None
        self._job: Job | None = None
        self._planning: Job | None = None  # writes what the sweep consists of, before its first training
        self._before: TrainConfig | None = None
        self._listing = NewestOnly(self._jobs, self)
        self._timer = QTimer(self)
        self._timer.setInterval(REFRESH_MS)
        self._timer.timeout.connect(self._refresh)
        self._connect()
        self.set_active(True)

    def _connect(self) -> None:
        self._listing.failed.connect(self.error)
        page = self._page
        page.request_changed.connect(self._on_request_changed)
        page.start_requested.connect(self._on_start_requested)
        page.continue_requested.connect(self._on_continue_requested)
        page.pause_requested.connect(self._training.pause)
        page.resume_requested.connect(self._training.resume)
        page.stop_requested.connect(self._training.stop)
        page.sweep_selected.connect(self._on_sweep_selected)
        page.run_selected.connect(self._on_run_selected)
        page.table_requested.connect(self.export_table)
        self._selection.ready.connect(self._on_data_ready)
        self._training.ended.connect(self._on_training_ended)
        self._training.epoch_done.connect(self._on_epoch_done)
        self._session.run_state_changed.connect(self._on_run_state_changed)
        self._session.listed_changed.connect(self._show_now)  # names may be others, in another language too
        for changed in (self._session.choice_changed, self._session.data_changed):
            changed.connect(self._on_choice_changed)

    def set_active(self, active: bool) -> None:
        """Set whether the page is visible."""
        if active:
            if not self._going:
                self._page.set_models(tuple(entry.info for entry in MODELS.values() if not entry.info.resizes))
                self._page.set_sources(
                    tuple(
                        each
                        for each in data_registry.sources(self._settings.data_dir)
                        if each.availability != "missing" or each.key == self._selection.config.dataset
                    )
                )
                self._page.set_base(self._selection.config)
            self._refresh()

    # the plan

    def _on_request_changed(self, request: SweepRequest) -> None:
        self._requested = request
        self._page.set_usual(self._base())
        self._show_plan()

    def _base(self) -> TrainConfig:
        """The Train panel's configuration, or the default one of another model chosen on this page."""
        panel, request = self._selection.config, self._requested
        if request.model in ("", panel.model):
            return panel
        model = spec(request.model)
        return config_for(model, request.dataset or model.info.dataset, panel)

    def _on_choice_changed(self, _changed: object = None) -> None:
        """Images may have come or gone."""
        self._show_plan()

    def _planned(self, request: SweepRequest) -> tuple[tuple[TrainConfig, ...], Mapping[str, UserError]]:
        """The trainings asked for; none where a field is wrong, or the model and the data set cannot be used."""
        configs, problems = planned(request, self._base())
        if not configs:
            return configs, problems
        config, chosen, refusal = configs[0], self._selection.config, self._selection.refusal
        if refusal is not None and (config.model, config.dataset) == (chosen.model, chosen.dataset):
            return (), {refusal.field or "dataset": refusal}
        if not self._selection.has_data(config.data_key):
            return (), {"dataset": _no_images(config)}
        return configs, problems

    def _show_plan(self) -> None:
        configs, problems = self._planned(self._requested)
        seconds = seconds_for(configs, self._runs) if configs else None
        self._page.set_plan(len(configs), seconds, problems)

    def _on_start_requested(self, request: SweepRequest) -> None:
        self._requested = request
        configs, _ = self._planned(request)
        self._show_plan()
        if not configs or self._refused():
            return
        shown = self._name, self._plan, self._rows
        name = new_sweep_name(self._sweeps)
        self._name, self._plan, self._rows = name, configs, rows_of((), name, configs)
        self._changed_data = False
        self._withdraw_question()
        self._prepare()  # nothing else may start while the plan is written
        self._planning = self._jobs.run(
            partial(save_plan, self._settings.runs_dir, name, configs),
            self._on_planned,
            partial(self._on_not_planned, shown),
            latest="plan",
        )

    def _on_planned(self, _written: None) -> None:
        self._planning = None
        self._withdraw_refusal()
        self._go()

    def _on_not_planned(
        self, shown: tuple[str, tuple[TrainConfig, ...], tuple[SweepRow, ...]], error: UserError
    ) -> None:
        self._planning = None
        self._name, self._plan, self._rows = shown
        self._refusal = error
        self._end(error)

    def _on_continue_requested(self, changed_data: bool = False) -> None:
        if self._name and not self._refused():
            self._changed_data = changed_data
            self._plan = self._plan or tuple(row.config for row in self._rows)
            self._go()

    def _refused(self) -> bool:
        if self._session.training:
            self.error.emit(UserError("Stop the training first: only one runs at a time."))
        return self._session.training

    def _on_sweep_selected(self, name: str) -> None:
        if not self._going:
            self._withdraw_question()  # it is about the sweep shown before
            self._name, self._plan, self._rows = name, (), ()
            self._refresh()

    def _on_run_selected(self, folder: Path) -> None:
        shown = self._session.run
        if shown is not None and shown.recording is not None and shown.recording.folder == folder:
            return  # it is on the screen
        self.run_requested.emit(folder)

    # one training after the other

    def _prepare(self) -> None:
        if not self._going:
            self._before = self._selection.config
        self._going = self._session.sweeping = True
        self._training.prepare()

    def _go(self) -> None:
        todo = [row.config for row in self._rows if not row.over]
        if not todo:
            return
        self._prepare()
        self._session.names_given.planned = tuple(row.config for row in self._rows)
        self._tried.clear()
        config, data = todo[0], self._session.data
        shown = self._selection.config.model == config.model
        if data is None or data.info.key != config.dataset or not data_registry.is_latest(data.info) or not shown:
            self._data_requested = config.dataset
            try:
                self._selection.take_up(config)
            except UserError as error:  # the user's own model, not allowed to run yet
                self._end(error)
        else:
            self._next()

    def _on_data_ready(self) -> None:
        requested, self._data_requested = self._data_requested, ""
        if not requested or not self._going:
            return
        data = self._session.data
        row, self._waiting = self._waiting, None
        if data is None and self._selection.refusal is not None:  # it was said
            self._end(None, quietly=True)
        elif data is None or data.info.key != requested:
            self._end(_no_images(self._rows[0].config))
        elif row is not None:
            self._begin(row, data)
        else:
            self._next()

    def _next(self) -> None:
        self._starting = True
        self._training.prepare()
        self._listing.forget()  # a list from before the last training ended does not show what is left
        self._refresh()

    def _begin_first(self) -> None:
        """Build the first training that is left, after reading what is on disk."""
        for row in self._rows:
            if not row.over and row.state != "running" and row.config not in self._tried:
                break
        else:
            self._end(None)
            return
        data = self._session.data
        if data is None:
            self._end(UserError("There is no data set to train on yet: choose one or download it."))
            return
        self._tried.add(row.config)
        if self._selection.read_again():  # the user's own images may have changed since the last training began
            self._waiting, self._data_requested = row, data.info.key
        else:
            self._begin(row, data)

    def _begin(self, row: SweepRow, data: DataSet) -> None:
        self._job = self._jobs.run(
            partial(begin_training, row.config, data, self._settings.runs_dir, self._name, self._changed_data),
            self._on_recording,
            self._on_not_begun,
            latest="training",
            drop=release,
        )

    def _on_recording(self, recording: Recorder | None) -> None:
        if not self._going:
            release(recording)
            return
        if recording is None:  # another process took this training: try the next one
            self._job = None
            self._next()
            return
        self._job, self._starting = None, False
        self._recording = recording
        self._selection.show_config(recording.training.config)
        self._training.start(recording)
        self._refresh()

    def _on_not_begun(self, error: UserError) -> None:
        self._job = None
        if isinstance(error, DataChangedError):
            self._end(None, quietly=True)
            self._ask_about_changed_data(error)
        else:
            self._end(error)

    def _ask_about_changed_data(self, error: DataChangedError) -> None:
        def sentence() -> str:
            return self.tr(
                "The data changed since the first trainings of this sweep: {changes}. It can continue with the data "
                "as they are now, but its trainings cannot be compared."
            ).format(changes=error_text(in_one(error.changes)))

        accept = partial(self._on_continue_requested, changed_data=True)
        self._question = ActionMessage(sentence, lambda: self.tr("Continue with them"), accept, "error")
        self._suggest(self._question)

    def _withdraw_question(self) -> None:
        if self._question is not None:
            self.action_withdrawn.emit(self._question)
            self._question = None

    def _on_training_ended(self) -> None:
        recording, self._recording = self._recording, None
        if not self._going or recording is None:
            self._refresh()
            return
        if recording.info.status in ("finished", "failed"):
            self._next()
            return
        self._end(None)

    def _on_run_state_changed(self, state: str) -> None:
        under_way = self._starting or self._data_requested or self._planning is not None
        if state == "idle" and self._going and under_way:
            # a user pressed Stop before the next one began
            for job in (self._job, self._planning):
                if job is not None:
                    job.forget()
            self._job = self._planning = None
            self._end(None)
        self._show_now()

    def _end(self, problem: UserError | None, quietly: bool = False) -> None:
        self._going = self._starting = self._session.sweeping = False
        self._session.names_given.planned = ()
        self._data_requested, self._waiting = "", None
        self._training.stay_idle()
        self._give_settings_back()
        if problem is not None:
            self.error.emit(problem)
        elif not quietly:
            left = sum(not row.over for row in self._rows)
            best = self._best_folders()
            if left:
                self.informed.emit(lambda: self.tr("The sweep is interrupted: Continue trains what is left."))
            elif len(best) < 2:
                self.informed.emit(lambda: self.tr("The sweep is complete."))
            else:
                self._suggest(
                    ActionMessage(
                        lambda: self.tr("The sweep is complete."),
                        lambda: self.tr("Compare the best {count}").format(count=len(best)),
                        lambda: self.comparison_requested.emit(best),
                        "success",
                        passing=True,
                    )
                )
        self._refresh()
        self._show_now()

    def _best_folders(self) -> tuple[Path, ...]:
        """Of the runs with the highest validation accuracies, the highest first: as many as can be compared."""
        known = [row for row in self._rows if row.run is not None and row.validation_accuracy is not None]
        known.sort(key=lambda row: -(row.validation_accuracy or 0.0))
        return tuple(row.run.folder for row in known[:MOST] if row.run is not None)

    def _give_settings_back(self) -> None:
        """Show in Train what stood there before the sweep; of another model's numbers what goes with any model.

        Those of a run that is on the screen stay, as of every run: it is continued with these.
        """
        before, self._before, now = self._before, None, self._selection.config
        run = self._session.run
        if before is None or (run is not None and self._session.screen.log is run.log):
            return
        if before.model == now.model:
            self._selection.show_config(replace(before, dataset=now.dataset))
        else:
            self._selection.show_config(config_for(spec(now.model), now.dataset, before))

    def _on_epoch_done(self, _event: object) -> None:
        if self._going:
            self._refresh()

    def _refresh(self) -> None:
        self._listing.ask(partial(find_sweeps, self._settings.runs_dir, self._name), self._on_found)

    def _on_found(self, found: Found) -> None:
        if found.name != self._name:
            return
        self._runs, self._sweeps = found.runs, found.sweeps
        if not self._name and found.sweeps and not self._going:
            self._name = next(iter(found.sweeps))  # the newest is shown at first
            self._refresh()
            return
        self._plan = found.plan or self._plan
        self._rows = rows_of(found.runs, self._name, self._plan) if self._name else ()
        self._page.set_rows(self._rows, best_of(self._rows))
        self._show_plan()
        self._show_now()
        if any(row.state == "running" for row in self._rows):
            self._timer.start()
        else:
            self._timer.stop()
        if self._starting and self._job is None:
            self._begin_first()

    def _show_now(self) -> None:
        sweeps = self._sweeps
        if self._name and self._name not in sweeps:  # not found yet
            sweeps = {self._name: subject_of([row.config for row in self._rows]), **sweeps}
        self._page.set_sweeps(sweep_titles(sweeps), self._name)
        over = sum(row.over for row in self._rows)
        state = self._session.run_state
        self._page.set_now(
            SweepProgress(
                self._name,
                (state if state != "idle" else "preparing") if self._going else "idle",
                over,
                len(self._rows),
                seconds_left(self._rows, self._runs) if self._rows else None,
                not self._session.training and over < len(self._rows),
            ),
            self._session.training,
        )

    def export_table(self, path: str) -> bool:
        """Write the table of the sweep shown as CSV."""
        return self._attempt(lambda: self._write(Path(path), sweep_csv(self._rows, self._name)))

    def shut_down(self) -> None:
        """Start nothing more."""
        self._going = self._starting = False
        self._timer.stop()
        self._listing.forget()
        self._jobs.end(self)


def _no_images(config: TrainConfig) -> UserError:
    return UserError(
        "The images of {dataset} are not on this computer: download them first.", dataset=data_title(config.data_key)
    )
