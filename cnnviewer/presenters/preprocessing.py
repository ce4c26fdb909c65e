"""Image size and normalisation of the weights on the screen, as changed by the user."""

from __future__ import annotations

from cnnviewer.core.errors import UserError
from cnnviewer.core.models.normalisation import as_asked, for_data, normalisation_of
from cnnviewer.core.models.state import ModelState
from cnnviewer.presenters.commands import CommandPresenter
from cnnviewer.presenters.services import Services
from cnnviewer.presenters.views import PreprocessingView


class PreprocessingPresenter(CommandPresenter):
    """Applies the user's image size and normalisation until other weights are shown."""

    def __init__(self, services: Services, view: PreprocessingView) -> None:
        super().__init__(services)
        self._view = view
        self._before: tuple[ModelState, ModelState] | None = None  # as asked for, and as it was
        self._session.state_changed.connect(self._on_changed)
        self._session.run_state_changed.connect(self._on_changed)
        self._session.shown_step_changed.connect(self._on_changed)
        view.reading_asked.connect(self.ask)
        view.reading_reset.connect(self.reset)

    def ask(self, size: tuple[int, int], mean: tuple[float, ...], std: tuple[float, ...]) -> bool:
        """Read images of `(H, W)` pixels with this mean and std; a single number is for every channel."""

        def work() -> bool:
            state = self._changeable()
            asked = self._in_thread(as_asked, state, size, mean, std)
            if asked.recipe == state.recipe:  # nothing was changed
                return True
            if self._changeable() is not state:  # other weights are on the screen by now
                return False
            self._before = (asked, self._as_it_was(state))
            self._session.set_state(asked)
            return True

        return self._attempt(work)

    def reset(self) -> bool:
        """Restore the size and normalisation of the weights' record, else of the data set or the model."""

        def work() -> bool:
            state = self._changeable()
            data = self._session.data
            self._session.set_state(for_data(self._as_it_was(state), data.info if data is not None else None))
            return True

        return self._attempt(work)

    def _as_it_was(self, state: ModelState) -> ModelState:
        """The weights before the user changed how they read images."""
        return self._before[1] if self._before is not None and self._before[0] is state else state

    def _changeable(self) -> ModelState:
        state = self._session.state
        if state is None:
            raise UserError("There are no weights on the screen.")
        if self._session.training or self._session.shown_step is not None:
            raise UserError("A run reads its images as it was trained: show its newest weights first, or stop it.")
        return state

    def _on_changed(self, _value: object) -> None:
        state = self._session.state
        if state is not None:
            offered = not self._session.training and self._session.shown_step is None
            self._view.set_reading(state.recipe.input_shape, normalisation_of(state), offered)
