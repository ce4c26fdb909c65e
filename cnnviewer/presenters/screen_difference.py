"""Applies what `screen.shown` decides: curves, progress and errors of what is no longer on the screen are cleared."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from cnnviewer.core.training.metric_log import MetricLog
from cnnviewer.core.training.progress import TrainProgress
from cnnviewer.presenters.presenter import Presenter
from cnnviewer.presenters.resolve import progress_of
from cnnviewer.presenters.run_names import start_text
from cnnviewer.presenters.services import Services
from cnnviewer.presenters.session import Session
from cnnviewer.presenters.views import TrainViews

_ROOM: Final = 120  # letters of the names of weights and layers


class ScreenPresenter(Presenter):
    """Sets the parts of the window that have changed: the curves' run, the progress line, the errors that stand.

    While a training is followed the progress names the step whose weights are on the screen, as chip and timeline do.
    """

    def __init__(self, services: Services, views: TrainViews) -> None:
        super().__init__(services)
        self._curves = views.curves
        self._panel = views.train_panel
        self._log: MetricLog | None = None
        self._progress: TrainProgress | None = None
        self._said: int | None = None  # the step of the training under way that the window names
        session = self._session
        for changed in (
            session.run_changed,
            session.run_state_changed,
            session.run_grew,
            session.state_changed,
            session.shown_step_changed,
            session.data_changed,
            session.choice_changed,
            session.listed_changed,
        ):
            changed.connect(self.refresh)
        session.log_grew.connect(self._on_log_grew)
        session.log_rests.connect(self._curves.rest)

    def refresh(self, _changed: object = None) -> None:
        """Decide again what is shown, and set what differs."""
        screen = self._session.screen
        if screen.log is not self._log:
            self._log, self._said = screen.log, None
            self._curves.set_log(screen.log)
        self._show_progress()
        outlived = [raised for raised in self._session.errors if raised not in screen.errors]
        self._session.set_errors(screen.errors)
        for raised in outlived:
            self.error_resolved.emit(raised.error)

    def _on_log_grew(self) -> None:
        self._curves.refresh()
        self._show_progress()

    def follow_to(self, step: int) -> None:
        """This step of the training under way is on the screen."""
        self._said = step
        self._show_progress()

    def _show_progress(self) -> None:
        run = self._session.run
        progress = None
        if self._log is not None and run is not None and run.log is self._log:
            follows = self._session.learning and self._session.run_state in ("running", "stopping")
            said = self._said if follows else None
            progress = progress_of(run.log, run.config, total_steps(self._session), said)
            known = run.recording or run.opened
            if progress is not None and known is not None:
                progress = replace(progress, start=start_text(known.info, _ROOM))
        if progress != self._progress:
            self._progress = progress
            self._panel.set_progress(progress)


def total_steps(session: Session) -> int:
    """Steps of the run in all; 0 where they are not known yet."""
    run = session.run
    known = (run.recording or run.opened) if run is not None else None
    return known.info.counts.get("total_steps", 0) if known is not None else 0
