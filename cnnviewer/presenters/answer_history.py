"""The page History: which snapshots are read for it, and where a click leads."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np

from cnnviewer.core.errors import UserError
from cnnviewer.core.inspection.records import FloatArray
from cnnviewer.core.models.mutes import Mutes
from cnnviewer.core.runs.read.answer_history import AnswerHistory
from cnnviewer.core.runs.read.image_history import image_history
from cnnviewer.presenters.analysis import AnalysisPresenter, PageStudies
from cnnviewer.presenters.presenter import Presenter
from cnnviewer.presenters.services import Services
from cnnviewer.presenters.time_machine import TimeMachinePresenter
from cnnviewer.presenters.why_views import HistoryView
from cnnviewer.runtime.analysis_thread import Study
from cnnviewer.runtime.snapshot_reader import SnapshotSource

_READ = "read"


@dataclass(frozen=True, eq=False)
class _Known:
    """What was read of a run for an image.

    Attributes:
        log: of the run; another log is another run, or one that was rewound.
        image: float32 `(C, H, W)`.
        history: the answers.
        tried: the steps that were read, or cannot be.

    """

    log: object
    image: FloatArray
    history: AnswerHistory
    tried: frozenset[int]


class AnswerHistoryPresenter(Presenter):
    """Reads a run's snapshots once for each image; while the run grows, the newer ones. A Cancel keeps what is read."""

    def __init__(
        self, services: Services, analysis: AnalysisPresenter, time_machine: TimeMachinePresenter, page: HistoryView
    ) -> None:
        super().__init__(services)
        self._analysis = analysis
        self._time_machine = time_machine
        self._page = page
        self._known: _Known | None = None
        self._cancelled = False
        self._followed: tuple[object, tuple[int, ...]] = (None, ())
        self._studies = PageStudies(analysis, "history", self._ask)
        self._studies.answered.connect(self._on_answered)
        self._studies.failed.connect(self._on_failed)
        self._studies.progressed.connect(self._on_progressed)
        self._studies.cleared.connect(self._on_cleared)
        time_machine.moved.connect(self._on_moved)
        page.step_chosen.connect(time_machine.go_to)
        page.read_requested.connect(self._on_read_requested)
        page.cancel_requested.connect(self._on_cancel_requested)

    def _ask(self) -> None:
        """Show what is known, and read what is missing."""
        subject, source, log = self._analysis.subject, self._time_machine.source, self._session.screen.log
        self._page.set_of_run(source is not None)
        if subject is None or source is None or log is None:
            return
        self._page.set_step(self._time_machine.step)
        self._page.set_muted(subject.state.mutes != self._run_mutes)
        known = self._known
        if known is not None and (known.log is not log or not np.array_equal(known.image, subject.image)):
            known = self._known = None
            self._cancelled = False
            self._page.set_history(None)
        if known is not None:
            self._show(known)
        complete = known is not None and self._is_complete(known)
        self._page.offer_reading(self._cancelled and not complete)
        if not complete and not self._cancelled:
            before = known.history if known is not None else None
            self._studies.ask(_READ, partial(_read, source=source, log=log, known=before))
            self._page.set_progress(0.0)

    @property
    def _run_mutes(self) -> Mutes:
        """The channels that are muted in the run's own networks."""
        run = self._session.run
        described = (run.opened or run.recording) if run is not None else None
        return described.info.mutes if described is not None else ()

    def _is_complete(self, known: _Known) -> bool:
        return known.tried.issuperset(self._time_machine.timeline.steps[:-1])

    def _show(self, known: _Known) -> None:
        question = self._analysis.question
        self._page.set_history(
            known.history,
            self._time_machine.timeline.now,
            question.target if question is not None else None,
            self._analysis.truth,
            self._is_complete(known),
        )

    def _on_answered(self, _kind: str, result: _Known, _final: bool) -> None:
        self._known = result
        self._show(result)

    def _on_failed(self, _kind: str, problem: UserError) -> None:
        self._page.set_problem(problem)

    def _on_progressed(self, _kind: str, fraction: float | None) -> None:
        self._page.set_progress(fraction)

    def _on_cleared(self) -> None:
        self._known = None
        self._page.set_history(None)

    def _on_read_requested(self) -> None:
        self._cancelled = False
        self._studies.refresh()

    def _on_cancel_requested(self) -> None:
        self._cancelled = True
        self._studies.cancel()
        self._page.set_progress(None, lambda: self.tr("Cancelled"))
        self._page.offer_reading(True)

    def _on_moved(self) -> None:
        """The time machine is elsewhere, or another run or more steps are there."""
        self._page.set_step(self._time_machine.step)
        now = self._time_machine.source, self._time_machine.timeline.steps
        if now != self._followed:
            self._followed = now
            self._studies.refresh()


def _read(study: Study, source: SnapshotSource, log: object, known: AnswerHistory | None) -> _Known:
    def show(history: AnswerHistory) -> None:
        study.show(_Known(log, study.image, history, frozenset(history.steps)))

    tried = frozenset(source.snapshot_steps())
    found = image_history(source, study.image, known, study.progress, study.abandoned, show)
    return _Known(log, study.image, found, tried)
