"""Weights with which a digit that is predicted well still has something to learn: an early step, or untrained ones."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cnnviewer.core.inspection.explain.backward_records import EarlyWeights
from cnnviewer.core.models.state import ModelState
from cnnviewer.presenters.action_message import ActionMessage
from cnnviewer.presenters.context import ContextPresenter
from cnnviewer.presenters.presenter import Presenter
from cnnviewer.presenters.services import Services
from cnnviewer.presenters.time_machine import TimeMachinePresenter
from cnnviewer.presenters.views import ExplainPanel

_EARLY = 50
"""An early step is one of this part of all steps."""


@dataclass(frozen=True, eq=False)
class _Asked:
    """Weights that were asked for: how one comes back from them, and whether they are those on the screen."""

    way_back: ActionMessage
    are_shown: Callable[[ModelState], bool]


class EarlyWeightsPresenter(Presenter):
    """Shows the weights of an early step of the run on the screen; without a run, new random weights.

    Says which of them come before they are asked for, and offers the way back once they are shown.
    """

    def __init__(
        self,
        services: Services,
        time_machine: TimeMachinePresenter,
        context: ContextPresenter,
        panel: ExplainPanel,
    ) -> None:
        super().__init__(services)
        self._time_machine = time_machine
        self._context = context
        self._panel = panel
        self._asked: _Asked | None = None
        self._offer: ActionMessage | None = None
        panel.early_requested.connect(self._on_early_requested)
        self._session.state_changed.connect(self._on_state_changed)
        for changed in (time_machine.moved, context.said, self._session.data_changed, self._session.run_state_changed):
            changed.connect(self._offer_weights)

    def _offer_weights(self, _changed: object = None) -> None:
        self._panel.set_early(self._offered)

    @property
    def _offered(self) -> EarlyWeights:
        timeline, session, shown = self._time_machine.timeline, self._session, self._session.shown
        if timeline.steps:
            return "step" if self._time_machine.step > timeline.nearest(self._early_step) else ""
        if session.training or session.data is None or shown is None or shown.provenance.get("untrained"):
            return ""
        return "untrained"

    @property
    def _early_step(self) -> int:
        return self._time_machine.timeline.now // _EARLY

    def _on_early_requested(self) -> None:
        offered, shown = self._offered, self._session.shown
        if offered == "step":
            step, early = self._time_machine.step, self._time_machine.timeline.nearest(self._early_step)
            back = ActionMessage(
                lambda: self.tr("Step {step} of the run is shown.").format(step=f"{early:,}"),
                lambda: self.tr("Back to step {step}").format(step=f"{step:,}"),
                lambda: self._time_machine.go_to(step),
            )
            self._asked = _Asked(back, lambda _state: self._session.shown_step == early)
            self._time_machine.go_to(early)
        elif offered == "untrained" and shown is not None:
            bundled = self._context.context is not None and self._context.context.kind == "bundled"
            back = ActionMessage(
                lambda: self.tr("The untrained network is shown: its weights are random."),
                lambda: self.tr("Back to the bundled weights") if bundled else self.tr("Back to the weights before"),
                lambda: self._context.show_again(shown),
            )
            self._asked = _Asked(back, lambda state: bool(state.provenance.get("untrained")))
            self._context.choose_weights("untrained")

    def _on_state_changed(self, state: ModelState) -> None:
        """The weights that were asked for are shown, or others in their place: then they could not be read."""
        if self._offer is not None:
            self.action_withdrawn.emit(self._offer)
        asked, self._offer = self._asked, None
        if asked is not None and asked.are_shown(state):
            self._offer, self._asked = asked.way_back, None
            self._suggest(self._offer)
        elif not self._time_machine.is_waiting:
            self._asked = None
