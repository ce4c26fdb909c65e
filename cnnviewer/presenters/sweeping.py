"""A sweep: what a person asks for in; trainings one after the other, their table and plot out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from cnnviewer.core.data import registry as data_registry
from cnnviewer.core.errors import UserError
from cnnviewer.core.models.registry import MODELS, spec
from cnnviewer.core.runs.recording import Recording
from cnnviewer.core.runs.summary import RunSummary
from cnnviewer.core.runs.sweep import SweepRow, best_of, new_sweep_name, rows_of, sweep_csv, write_plan
from cnnviewer.core.runs.sweep_time import seconds_for, seconds_left
from cnnviewer.core.runs.sweep_wish import SweepNow, SweepWish
from cnnviewer.core.training.config import TrainConfig
from cnnviewer.presenters.attempts import Attempts
from cnnviewer.presenters.choosing import ChoosingPresenter
from cnnviewer.presenters.resolve import config_for
from cnnviewer.presenters.run_views import SweepView
from cnnviewer.presenters.session import Session
from cnnviewer.presenters.sweeping_work import Beginning, Finding, Found, planned
from cnnviewer.presenters.training import TrainingPresenter
from cnnviewer.presenters.words import words
from cnnviewer.runtime.jobs import Job, Jobs, sentence_of
from cnnviewer.runtime.newest import NewestOnly

LOOK_MS = 2000
"""How often a sweep that is being trained, here or elsewhere, is looked at again."""


class SweepingPresenter(Attempts):
    """Owner of the sweep under way; each training goes through `TrainingPresenter`, so that everything follows it.

    Signals:
        run_wanted: folder of a run that a person wants to see.
    """

    run_wanted = Signal(object)

    def __init__(
        self,
        session: Session,
        jobs: Jobs,
        choosing: ChoosingPresenter,
        training: TrainingPresenter,
        page: SweepView,
        data_dir: Path,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(jobs, parent)
        self._session = session
        self._choosing = choosing
        self._training = training
        self._page = page
        self.data_dir = data_dir
        self._wish = SweepWish()
        self._name = ""
        self._plan: tuple[TrainConfig, ...] = ()
        self._rows: tuple[SweepRow, ...] = ()
        self._runs: tuple[RunSummary, ...] = ()
        self._names: tuple[str, ...] = ()
        self._going = False
        self._starting = False  # the next training is being built
        self._data_wanted = ""
        self._tried: set[TrainConfig] = set()
        self._recording: Recording | None = None
        self._job: Job | None = None
        self._before: TrainConfig | None = None
        self._looking = NewestOnly(jobs, self)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self._look)
        self._connect()
        self.set_active(True)

    def _connect(self) -> None:
        self._looking.failed.connect(self.problem)
        page = self._page
        page.wish_changed.connect(self._on_wish_changed)
        page.start_requested.connect(self._on_start_requested)
        page.continue_requested.connect(self._on_continue_requested)
        page.pause_requested.connect(self._training.pause)
        page.resume_requested.connect(self._training.resume)
        page.stop_requested.connect(self._training.stop)
        page.sweep_selected.connect(self._on_sweep_selected)
        page.run_selected.connect(self._on_run_selected)
        page.table_wanted.connect(self.export_table)
        self._choosing.ready.connect(self._on_data_ready)
        self._training.ended.connect(self._on_training_ended)
        self._training.epoch_done.connect(self._on_epoch_done)
        self._session.run_state_changed.connect(self._on_run_state_changed)

    def set_active(self, active: bool) -> None:
        """The page is in sight or not."""
        if active:
            if not self._going:
                self._page.set_models(tuple(entry.info for entry in MODELS.values() if not entry.info.resizes))
                self._page.set_sources(
                    tuple(each for each in data_registry.sources(self.data_dir) if each.availability != "missing")
                )
                self._page.set_base(self._choosing.config)
            self._look()

    # what is asked for

    def _on_wish_changed(self, wish: SweepWish) -> None:
        self._wish = wish
        self._show_plan()

    def _base(self) -> TrainConfig:
        """The Train panel's configuration, or the usual one of another model that was chosen here."""
        panel, wish = self._choosing.config, self._wish
        if wish.model in ("", panel.model):
            return panel
        return config_for(wish.model, wish.dataset or spec(wish.model).info.dataset, panel)

    def _show_plan(self) -> None:
        configs, problems = planned(self._wish, self._base())
        seconds = seconds_for(configs, self._runs) if configs else None
        self._page.set_plan(len(configs), seconds, {field: words(error) for field, error in problems.items()})

    def _on_start_requested(self, wish: SweepWish) -> None:
        self._wish = wish
        configs, _ = planned(wish, self._base())
        self._show_plan()
        if not configs or self._refused():
            return
        name = new_sweep_name(self._names)

        def work() -> bool:
            self._in_thread(write_plan, self._training.runs_dir, name, configs)
            return True

        if self._attempt(work):
            self._name, self._plan, self._rows = name, configs, rows_of((), name, configs)
            self._go()

    def _on_continue_requested(self) -> None:
        if self._name and not self._refused():
            self._plan = self._plan or tuple(row.config for row in self._rows)
            self._go()

    def _refused(self) -> bool:
        if self._session.training:
            self.problem.emit(UserError("Stop the training first: only one runs at a time."))
        return self._session.training

    def _on_sweep_selected(self, name: str) -> None:
        if not self._going:
            self._name, self._plan, self._rows = name, (), ()
            self._look()

    def _on_run_selected(self, folder: Path) -> None:
        shown = self._session.run
        if shown is not None and shown.recording is not None and shown.recording.folder == folder:
            return  # it is on the screen
        self.run_wanted.emit(folder)

    # one training after the other

    def _go(self) -> None:
        todo = [row.config for row in self._rows if not row.over]
        if not todo:
            return
        self._going = True
        self._tried.clear()
        self._before = self._choosing.config
        self._session.sweeping = True
        self._training.prepare()
        config, data = todo[0], self._session.data
        if data is None or data.info.key != config.dataset or self._choosing.config.model != config.model:
            self._data_wanted = config.dataset
            try:
                self._choosing.take_up(config)
            except UserError as error:  # a person's own model that nobody has agreed to run
                self._end(error)
        else:
            self._next()

    def _on_data_ready(self) -> None:
        wanted, self._data_wanted = self._data_wanted, ""
        if not wanted or not self._going:
            return
        data = self._session.data
        if data is None or data.info.key != wanted:
            self._end(UserError("The images of {dataset} are not here: download them first.", dataset=wanted))
        else:
            self._next()

    def _next(self) -> None:
        self._starting = True
        self._training.prepare()
        self._looking.forget()  # what was seen before the last training ended does not tell what is left
        self._look()

    def _begin_first(self) -> None:
        """Build the first training that is left, now that it is known what is on disk."""
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
        folder = row.run.folder if row.run is not None else None
        work = Beginning(row.config, data, self._training.runs_dir, self._name, folder)
        self._job = self._jobs.start(work)
        self._job.succeeded.connect(self._on_recording)
        self._job.failed.connect(self._on_not_begun)
        self._job.was_cancelled.connect(self._on_taken_back)

    def _on_recording(self, recording: Recording) -> None:
        if self.sender() is not self._job or not self._going:
            recording.let_go()
            return
        self._job, self._starting = None, False
        self._recording = recording
        self._choosing.show_config(replace(recording.training.config, threads=self._choosing.config.threads))
        self._training.start(recording)
        self._look()

    def _on_not_begun(self, error: BaseException) -> None:
        if self.sender() is self._job:
            self._job = None
            self._end(sentence_of(error))

    def _on_taken_back(self) -> None:
        job = self.sender()
        if isinstance(job, Job) and isinstance(job.result, Recording):
            job.result.let_go()  # it was done before it heard

    def _on_training_ended(self) -> None:
        recording, self._recording = self._recording, None
        if not self._going or recording is None:
            self._look()
            return
        if recording.info.status in ("finished", "failed"):
            self._next()
            return
        self._end(None)

    def _on_run_state_changed(self, state: str) -> None:
        if state == "idle" and self._going and (self._starting or self._data_wanted):
            # a person pressed Stop before the next one began
            job, self._job = self._job, None
            if job is not None:
                job.cancel()
            self._end(None)
        self._show_now()

    def _end(self, problem: UserError | None) -> None:
        self._going = self._starting = self._session.sweeping = False
        self._data_wanted = ""
        self._training.stay_idle()
        before, config = self._before, self._choosing.config
        if before is not None and (before.model, before.dataset) == (config.model, config.dataset):
            self._choosing.show_config(before)
        if problem is not None:
            self.problem.emit(problem)
        else:
            left = sum(not row.over for row in self._rows)
            self.told.emit(
                self.tr("The sweep is complete.")
                if not left
                else self.tr("The sweep is interrupted: Continue goes on with what is left.")
            )
        self._look()
        self._show_now()

    def _on_epoch_done(self, _event: object) -> None:
        if self._going:
            self._look()

    def _look(self) -> None:
        self._looking.ask(Finding(self._training.runs_dir, self._name), self._on_found)

    def _on_found(self, found: Found) -> None:
        if found.name != self._name:
            return
        self._runs, self._names = found.runs, found.names
        if not self._name and found.names and not self._going:
            self._name = found.names[0]  # the newest is shown at first
            self._look()
            return
        self._plan = found.plan or self._plan
        self._rows = rows_of(found.runs, self._name, self._plan) if self._name else ()
        self._page.set_sweeps(self._names, self._name)
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
        over = sum(row.over for row in self._rows)
        state = self._session.run_state
        self._page.set_now(
            SweepNow(
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
        """Begin nothing more."""
        self._going = self._starting = False
        self._timer.stop()
        self._looking.forget()
        if self._job is not None:
            self._job.cancel()
            self._job = None
