"""Weights with which a digit that is predicted well still has something to learn: an early step, or untrained ones."""

from __future__ import annotations

from cnnviewer.presenters.context import ContextPresenter
from cnnviewer.presenters.presenter import Presenter
from cnnviewer.presenters.services import Services
from cnnviewer.presenters.time_machine import TimeMachinePresenter
from cnnviewer.presenters.views import ExplainPanel

_EARLY = 50
"""An early step is one of this part of all steps."""


class EarlyWeightsPresenter(Presenter):
    """Shows the weights of an early step of the run on the screen; without a run, new random weights."""

    def __init__(
        self, services: Services, time_machine: TimeMachinePresenter, context: ContextPresenter, panel: ExplainPanel
    ) -> None:
        super().__init__(services)
        self._time_machine = time_machine
        self._context = context
        panel.early_requested.connect(self._on_early_requested)

    def _on_early_requested(self) -> None:
        timeline = self._time_machine.timeline
        if timeline.steps:
            self._time_machine.go_to(timeline.now // _EARLY)
        else:
            self._context.choose_weights("untrained")
