"""The page Calibration: measured when it is seen and the weights rest."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QTimer

from cnnviewer.core.data.dataset import DataSet
from cnnviewer.core.errors import UserError, without_frames
from cnnviewer.core.evaluation.calibrated import Calibrated
from cnnviewer.core.inspection.costs import costs
from cnnviewer.core.models.mutes import Mutes
from cnnviewer.core.models.state import ModelState
from cnnviewer.presenters.familiarity import FamiliarityPresenter
from cnnviewer.presenters.inspection import InspectionPresenter
from cnnviewer.presenters.presenter import Presenter
from cnnviewer.presenters.resolve import reads
from cnnviewer.presenters.services import Services
from cnnviewer.presenters.tasks.calibration import measure_calibration
from cnnviewer.presenters.views import CalibrationView
from cnnviewer.runtime.newest import NewestOnly

REST_MS = 450
"""Milliseconds that weights must stay unchanged before they are measured."""
_MOST_WORK = 1.5e11  # multiply-adds: more is measured only when the user requests it


class CalibrationPresenter(Presenter):
    """Measures the weights on the screen on all test images while the page is visible.

    Attributes:
        found: what is shown; None while nothing is.
    """

    def __init__(
        self,
        services: Services,
        inspection: InspectionPresenter,
        familiarity: FamiliarityPresenter,
        view: CalibrationView,
    ) -> None:
        super().__init__(services)
        self._inspection_presenter, self._familiarity, self._view = inspection, familiarity, view
        self._newest = NewestOnly(self._jobs, self)
        self._newest.progressed.connect(self._view.set_progress)
        self._newest.failed.connect(self._on_failed)
        self._seen = False
        self._subject: tuple[ModelState, Mutes, DataSet] | None = None  # what is measured or shown
        self._said = ""
        self.found: Calibrated | None = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._measure_if_quick)
        session = self._session
        changes = (session.state_changed, session.data_changed, session.run_state_changed, session.choice_changed)
        for changed in (*changes, session.mutes_changed):
            changed.connect(self._refresh)
        view.seen_changed.connect(self._on_seen_changed)
        view.measure_requested.connect(self._measure)
        view.cancelled.connect(self._on_cancelled)

    def _on_seen_changed(self, seen: bool) -> None:
        self._seen = seen
        if seen:
            self._refresh()
        else:
            self._rest.stop()
            if self.found is None:  # what is under way is not waited for
                self._newest.forget()
                self._subject = None

    def _refresh(self, _changed: object = None) -> None:
        """Measure what is on the screen now, unless that is shown or under way."""
        if not self._seen:
            return
        subject, why = self._wanted()
        if subject is not None and self._subject is not None and _same(subject, self._subject):
            return
        self._newest.forget()
        self._rest.stop()
        self.found, self._subject = None, subject
        if subject is None:
            if str(why) != self._said:  # not again with every snapshot
                self._said = str(why)
                must_choose = not (self._session.learning or self._session.loading)
                self._view.set_notice(why or "", must_choose=must_choose)
            return
        self._said = ""
        self._view.set_progress(0.0)
        self._view.set_calibrated(None)
        self._rest.start()

    def _wanted(self) -> tuple[tuple[ModelState, Mutes, DataSet] | None, UserError | None]:
        """The weights to measure and on which data; None, with the reason."""
        session = self._session
        state, data = session.shown, session.data
        if session.learning and session.run_state != "paused":
            return None, UserError("Calibration is measured when the training pauses or ends.")
        if data is None or session.loading:
            return None, UserError("Choose a data set: its test images tell how far probabilities can be believed.")
        if state is None or not reads(state, data.info):
            return None, UserError(
                "The weights on the screen need other images than those of {title}.", title=data.info.title
            )
        return (state, session.mutes, data), None

    def _measure_if_quick(self) -> None:
        if self._subject is None:
            return
        answer, data = self._inspection_presenter.answer, self._subject[2]
        images = len(data.test) + len(data.train) // 10
        if answer is not None and costs(answer.architecture).multiply_adds * images > _MOST_WORK:
            self._offer()
        else:
            self._measure()

    def _measure(self) -> None:
        if self._subject is None:
            return
        state, mutes, data = self._subject
        # the threshold was measured without mutes: with them there is another one
        known = self._session.familiarity_of(state) if not mutes else None
        state = replace(state, mutes=mutes, familiarity=known)
        self._view.set_progress(0.0)
        self._newest.ask(partial(measure_calibration, state, data), self._on_measured)

    def _on_measured(self, found: Calibrated) -> None:
        if self._subject is None:
            return
        self.found = found
        state, mutes, _ = self._subject
        if found.familiarity is not None and not mutes:
            self._familiarity.note(state, found.familiarity)
        if not mutes:
            self._session.found_temperature = state.tensors, found.calibration.fitted
        why_not, why_unknown = found.calibration.why_not, found.why_unknown
        self._view.set_progress(None)
        self._view.set_calibrated(
            found,
            why_not or "",
            why_unknown or "",
        )

    def _on_failed(self, error: UserError) -> None:
        self._view.set_notice(without_frames(error))

    def _on_cancelled(self) -> None:
        self._newest.forget()
        self._offer()

    def _offer(self) -> None:
        self._view.set_notice(lambda: self.tr("Measuring takes all test images and the validation images."), True)


def _same(one: tuple[ModelState, Mutes, DataSet], other: tuple[ModelState, Mutes, DataSet]) -> bool:
    return one[0] is other[0] and one[1] == other[1] and one[2] is other[2]
