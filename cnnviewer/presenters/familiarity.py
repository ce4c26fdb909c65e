"""Whether the drawing or the picture at the side looks like one of the classes: said beside its prediction."""

from __future__ import annotations

import math
from functools import partial

from PySide6.QtCore import QTimer

from cnnviewer.core.errors import UserError
from cnnviewer.core.inspection.costs import costs
from cnnviewer.core.models.familiarity import Familiarity
from cnnviewer.core.models.state import ModelState
from cnnviewer.presenters.inspection import InspectionPresenter
from cnnviewer.presenters.presenter import Presenter
from cnnviewer.presenters.services import Services
from cnnviewer.presenters.tasks.calibration import find_familiarity
from cnnviewer.presenters.views import UnfamiliarView
from cnnviewer.runtime.newest import NewestOnly

REST_MS = 1500
"""Milliseconds that weights and image must stay before the threshold of weights that keep none is looked for."""
_MOST_WORK = 2e7  # multiply-adds for an image: of larger models it is looked for by the page Calibration alone
_OWN = ("draw", "file")


class FamiliarityPresenter(Presenter):
    """Says it of the user's own images, and of no image of a data set, which belongs to a class.

    The threshold is that of the weights' file; else it is found in a job when the weights rest and no training runs,
    and kept for the weights on the screen.
    """

    def __init__(self, services: Services, inspection: InspectionPresenter, view: UnfamiliarView) -> None:
        super().__init__(services)
        self._inspection_presenter, self._view = inspection, view
        self._newest = NewestOnly(self._jobs, self)
        self._newest.failed.connect(self._on_failed)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._look_for_it)
        self._session.run_state_changed.connect(self._on_run_state_changed)
        self._session.data_changed.connect(self._on_data_changed)
        inspection.inspected.connect(self._on_inspected)

    def note(self, state: ModelState, known: Familiarity | None) -> None:
        """It was found for these weights; None: it cannot be."""
        self._session.found_familiarity = state.tensors, known
        self._on_inspected()

    def _on_run_state_changed(self, state: str) -> None:
        if state == "running":
            self._rest.stop()
            self._newest.forget()

    def _on_data_changed(self, _data: object) -> None:
        """What could not be found with the data set of before may be found with this one."""
        if self._session.found_familiarity[1] is None:
            self._session.found_familiarity = (None, None)
            self._on_inspected()

    def _on_inspected(self) -> None:
        answer = self._inspection_presenter.answer
        own = self._inspection_presenter.place in _OWN and answer is not None and answer.inspection.image is not None
        if answer is None or not own or answer.state.mutes:
            self._rest.stop()
            self._view.set_unfamiliar(0)
            return
        known = self._session.familiarity_of(answer.state)
        if known is None:
            self._view.set_unfamiliar(0)
            if self._session.found_familiarity[0] is not answer.state.tensors:
                self._rest.start()
            return
        score = known.score_of(answer.inspection.activations)
        strange = math.isfinite(score) and score > known.threshold
        self._view.set_unfamiliar(known.classes if strange else 0, score, known.threshold)

    def _look_for_it(self) -> None:
        session, answer = self._session, self._inspection_presenter.answer
        if session.training or session.data is None or answer is None or session.familiarity_of(answer.state):
            return
        if answer.untrained or costs(answer.architecture).multiply_adds > _MOST_WORK:
            return
        self._newest.ask(partial(find_familiarity, answer.state, session.data), partial(self.note, answer.state))

    def _on_failed(self, _error: UserError) -> None:
        """Nothing is said then: the weights learned from other images, or there are too few."""
        answer = self._inspection_presenter.answer
        if answer is not None:
            self._session.found_familiarity = answer.state.tensors, None
