"""Fine-tuning: a new run that begins with the weights on the screen, where wanted with frozen layers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated, Protocol

from cnnviewer.core.counting import counted
from cnnviewer.core.errors import UserError
from cnnviewer.core.models.state import ModelState
from cnnviewer.core.plain_text import short
from cnnviewer.core.training.freezing import joined, layers_of
from cnnviewer.presenters.caption import caption_of
from cnnviewer.presenters.inspection import InspectionPresenter
from cnnviewer.presenters.presenter import Presenter
from cnnviewer.presenters.resolve import reads
from cnnviewer.presenters.run_names import short_names
from cnnviewer.presenters.services import Services
from cnnviewer.presenters.training import TrainingPresenter
from cnnviewer.presenters.views import SignalLike

# ruff: noqa: D102 - each method is documented where a widget defines it


class FreezeQuestion(Protocol):
    """Asks which layers shall be frozen."""

    layers_chosen: Annotated[SignalLike, Sequence[str]]

    def ask_for_frozen_layers(self, weights: str, layers: Sequence[tuple[str, tuple[int, int]]]) -> None: ...


class FineTuningPresenter(Presenter):
    """Asks what to freeze, then trains from the weights that were on the screen when it was asked."""

    def __init__(
        self,
        services: Services,
        inspection: InspectionPresenter,
        training: TrainingPresenter,
        question: FreezeQuestion,
    ) -> None:
        super().__init__(services)
        self._inspection_presenter = inspection
        self._training = training
        self._question = question
        self._start: ModelState | None = None
        question.layers_chosen.connect(self._on_layers_chosen)

    def ask(self) -> None:
        """Ask which layers of the weights on the screen shall be frozen; an error where they cannot be trained."""
        try:
            self._start = self._trainable()
        except UserError as error:
            self.error.emit(error)
            return
        place = {name: index for index, name in enumerate(self._inspection_presenter.layer_names)}
        layers = sorted(layers_of(self._start.tensors).items(), key=lambda layer: place.get(layer[0], len(place)))
        self._question.ask_for_frozen_layers(self._name(self._start, with_step=True), layers)

    def _trainable(self) -> ModelState:
        session = self._session
        state, data = session.state, session.data
        if session.training:
            raise UserError("Stop the training first: only one runs at a time.")
        if state is None or state.provenance.get("untrained"):
            raise UserError("The weights on the screen have learned nothing yet: Train begins with random ones too.")
        if data is None:
            raise UserError("There is no data set to train on yet: choose one or download it.")
        if not reads(state, data.info):
            raise UserError("The weights on the screen need other images than those of {title}.", title=data.info.title)
        return replace(state, mutes=session.mutes)  # what is muted stays so in the training

    def _name(self, state: ModelState, with_step: bool = False) -> str:
        """Whose weights these are; `with_step`: of a run also the step, which a record notes beside the name."""
        name = self._weights_name(state, with_step)
        if not state.mutes:
            return name
        said = self.tr("{weights}, {count:channel|channels} muted")
        return counted(said, weights=name, count=len(state.mutes))

    def _weights_name(self, state: ModelState, with_step: bool) -> str:
        if state.file:
            return state.file
        run = self._session.run
        if run is not None and run.opened is not None and self._session.screen.log is run.log:
            known, session = (run.opened.info, run.opened.notes), self._session
            name = short(short_names([known], session.listed, session.names_given)[0])
            step = f"{int(state.provenance.get('step', 0)):,}"
            return self.tr("the run “{run}” at step {step}").format(run=name, step=step) if with_step else name
        return caption_of(state, 0)

    def _on_layers_chosen(self, layers: Sequence[str]) -> None:
        state, self._start = self._start, None
        if state is None:
            return
        self._training.train_from(state, self._name(state), joined(layers))
