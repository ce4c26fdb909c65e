"""The page Trust of Why: asks for the two tests of a map whenever what is shown has changed."""

from __future__ import annotations

import time
from typing import Final

from cnnviewer.core.errors import UserError
from cnnviewer.core.inspection.attribution.records import Attribution, AttributionRequest
from cnnviewer.core.inspection.attribution.trust.records import SEEDS, Cascade, CascadeRequest, Curves, CurvesRequest
from cnnviewer.presenters.analysis import AnalysisPresenter, PageStudies
from cnnviewer.presenters.presenter import Presenter
from cnnviewer.presenters.services import Services
from cnnviewer.presenters.tasks.trust import SharedMap, both_studies, cascade_study, curves_study
from cnnviewer.presenters.why_views import TrustLineView, TrustView
from cnnviewer.runtime.analysis_thread import Run, Subject

_SHARE: Final = 0.05
"""Of a core: what the tests take at most while a training is followed."""


class TrustPresenter(Presenter):
    """Asks for the cascade and for the curves. While the weights change, one measurement each is enough.

    After them it rests twenty times as long as they took, so that the training beside it keeps its speed.
    """

    def __init__(self, services: Services, analysis: AnalysisPresenter, page: TrustView) -> None:
        super().__init__(services)
        self._analysis = analysis
        self._page = page
        self._tested: tuple[Subject, AttributionRequest] | None = None
        self._map = SharedMap()  # of what is tested
        self._asked_at = self._rests_until = 0.0
        self._left_out = False  # whether newer weights are not tested, for it rests
        self._studies = PageStudies(analysis, "trust", self._ask)
        self._studies.answered.connect(self._on_answered)
        self._studies.failed.connect(page.set_problem)
        self._studies.progressed.connect(page.set_progress)
        self._studies.cleared.connect(page.clear)
        services.session.run_state_changed.connect(self._on_run_state_changed)
        page.method_chosen.connect(self._on_method_chosen)
        page.curves_chosen.connect(self._on_curves_chosen)
        page.more_requested.connect(self._on_more_requested)
        page.cancel_requested.connect(self._on_cancel_requested)

    def _ask(self) -> None:
        self._left_out = self._analysis.learning and time.monotonic() < self._rests_until
        if self._left_out:
            return
        self._ask_cascade()
        self._ask_curves()

    def _ask_cascade(self, patient: bool = False) -> None:
        wanted = self._wanted()
        if wanted is not None:
            request = CascadeRequest(wanted, self._measurements(patient))
            curves = None if patient else self._curves_of(wanted, patient)
            self._study("cascade", cascade_study(request, self._map, patient, curves))

    def _ask_curves(self, patient: bool = False) -> None:
        wanted = self._wanted()
        if wanted is not None:
            self._study("curves", curves_study(self._curves_of(wanted, patient), self._map, patient))

    def _curves_of(self, wanted: AttributionRequest, patient: bool) -> CurvesRequest:
        return CurvesRequest(wanted, self._page.fill, self._page.score, orders=self._measurements(patient))

    def _measurements(self, patient: bool) -> tuple[int, ...]:
        return SEEDS if patient or not self._analysis.learning else SEEDS[:1]

    def _study(self, kind: str, run: Run) -> None:
        self._asked_at = time.monotonic()
        self._studies.ask(kind, run)
        self._page.set_progress(kind, 0.0)

    def _wanted(self) -> AttributionRequest | None:
        """The map that is tested; None without an image."""
        question, subject = self._analysis.question, self._analysis.subject
        if question is None or subject is None:
            return None
        wanted = AttributionRequest(self._page.method, question.target, question.against)
        if self._tested != (subject, wanted):
            self._tested, self._map = (subject, wanted), SharedMap()
        return wanted

    def _on_run_state_changed(self, _state: object) -> None:
        if self._left_out and not self._analysis.learning:
            self._studies.refresh()

    def _on_answered(self, _kind: str, result: Cascade | Curves, final: bool) -> None:
        now = time.monotonic()
        self._rests_until = now + (now - self._asked_at) / _SHARE
        if isinstance(result, Cascade):
            self._page.set_cascade(result, final)
        else:
            self._page.set_curves(result, self._analysis.classes, final)

    def _on_method_chosen(self) -> None:
        self._rests_until = 0.0
        self._studies.cancel()
        self._studies.refresh()

    def _on_curves_chosen(self) -> None:
        self._ask_curves()

    def _on_more_requested(self, kind: str) -> None:
        if kind == "cascade":
            self._ask_cascade(patient=True)
        else:
            self._ask_curves(patient=True)

    def _on_cancel_requested(self) -> None:
        self._studies.cancel()


class TrustLinePresenter(Presenter):
    """Tests the map above the line when asked to, and shows both results in words."""

    def __init__(self, services: Services, analysis: AnalysisPresenter, line: TrustLineView) -> None:
        super().__init__(services)
        self._line = line
        self._studies = PageStudies(analysis, "maps", self._nothing)
        self._studies.answered.connect(self._on_answered)
        self._studies.failed.connect(self._on_failed)
        self._studies.progressed.connect(self._on_progressed)
        line.test_requested.connect(self._on_test_requested)
        line.test_abandoned.connect(self._on_test_abandoned)

    def _nothing(self) -> None:
        """Nothing is asked for by itself."""

    def _on_test_requested(self, found: Attribution) -> None:
        self._studies.ask("tests", both_studies(found))

    def _on_test_abandoned(self) -> None:
        self._studies.cancel()

    def _on_answered(self, _kind: str, results: tuple[Cascade, Curves], _final: bool) -> None:
        self._line.set_results(*results)

    def _on_failed(self, _kind: str, problem: UserError) -> None:
        self._line.set_problem(problem)

    def _on_progressed(self, _kind: str, share: float | None) -> None:
        self._line.set_progress(share)
