"""The data set's images: which split is shown, which image is inspected, which ones the model predicts wrongly."""

from __future__ import annotations

from functools import partial

import numpy as np

from cnnviewer.core.data.dataset import DataSet, Split
from cnnviewer.core.data.info import DataInfo
from cnnviewer.core.errors import UserError
from cnnviewer.core.models.class_match import match_classes
from cnnviewer.core.models.state import ModelState
from cnnviewer.core.wording import Words
from cnnviewer.presenters.inputs import outlives_data
from cnnviewer.presenters.inspection import InputBefore, InspectionPresenter
from cnnviewer.presenters.presenter import Presenter
from cnnviewer.presenters.resolve import reads
from cnnviewer.presenters.services import Services
from cnnviewer.presenters.tasks.evaluation import predict_split
from cnnviewer.presenters.views import Browser, Labels, Pixels
from cnnviewer.runtime.jobs import Job


class BrowserPresenter(Presenter):
    """Fills the sample browser; on request, predicts its images with the weights on the screen.

    Attributes:
        predicted: predicted class of each image of the split shown, int64 `(N,)`; None while unknown.
    """

    def __init__(self, services: Services, inspection: InspectionPresenter, browser: Browser) -> None:
        super().__init__(services)
        self._inspection_presenter = inspection
        self._browser = browser
        self._split = "test"
        self._evaluating: Job | None = None
        self._data: DataSet | None = None
        self._info_before: DataInfo | None = None  # of the data set that was there before this one
        self._chosen: tuple[str, int] | None = None  # split and index of the image chosen last
        self._marking = self._awaiting = False
        self._instead: InputBefore | None = None  # what was inspected before the data set that is being loaded
        self._before: tuple[InputBefore, tuple[str, int] | None] | None = None  # a visit to a test image
        self._visited = -1
        self.predicted: Labels | None = None
        self._session.data_changed.connect(self._on_data_changed)
        self._session.choice_changed.connect(self._on_choice_changed)
        self._session.state_changed.connect(self._on_model_changed)
        self._session.mutes_changed.connect(self._on_model_changed)
        browser.sample_selected.connect(self._on_sample_selected)
        browser.split_requested.connect(self._on_split_requested)
        browser.predictions_requested.connect(self._on_predictions_requested)

    @property
    def _shown(self) -> Split | None:
        data = self._session.data
        if data is None:
            return None
        return data.test if self._split == "test" else data.train

    def _on_data_changed(self, data: DataSet | None) -> None:
        self._stop_evaluating()
        before, self._data = self._data, data
        if before is not None:
            self._info_before = before.info
        if before is not None and data is not None and data.test.labels is before.test.labels:
            self._show_split()  # the same images, elsewhere in memory
            return
        self._chosen = self._before = None
        self._show_split()
        if not self._session.launching:
            self._inspect_first()

    def _on_choice_changed(self) -> None:
        """While a data set is loaded and none is there, say so, and show the weights no image that they cannot read."""
        session = self._session
        state, info = session.state, self._info_before
        awaiting = session.loading and session.data is None
        if awaiting != self._awaiting:
            self._awaiting = awaiting
            self._browser.set_loading(awaiting)
            strange = state is not None and info is not None and not reads(state, info)
            if awaiting and strange and not session.launching:
                self._instead = self._inspection_presenter.remember()
                self._inspection_presenter.await_sample()
            elif self._instead is not None:
                before, self._instead = self._instead, None
                if self._inspection_presenter.source is None:  # else the user chose another one meanwhile
                    # it stays where nothing could be loaded; the tab may be the images' by now, for another model
                    self._inspection_presenter.show_again(before, opens_tab=False)

    def _inspect_first(self) -> None:
        """Inspect the first image of another data set: it fits the model, which may have changed too.

        The user's own drawing or picture stays where it fits as well.
        """
        data, shown = self._session.data, self._shown
        if data is not None and outlives_data(self._inspection_presenter.place, data.info):
            return
        if data is not None and shown is not None and len(shown):
            self._chosen = (self._split, 0)
            self._inspection_presenter.show_first_sample(*_labelled(data, shown, 0))
            self._mark_chosen()

    def _on_split_requested(self, split: str) -> None:
        if split != self._split:
            self._split = split
            self._stop_evaluating()
            self._show_split()

    def show_only(self, indices: Labels, words: Words) -> None:
        """List only the test images at `indices`, ascending, which `words` describe."""
        self._on_split_requested("test")
        self._browser.show_only(indices, words)

    def _show_split(self) -> None:
        data, shown = self._session.data, self._shown
        if data is None or shown is None:
            self._browser.set_samples(np.zeros((0, 1, 1, 1), np.uint8), np.zeros(0, np.int64), (), self._split, "")
        else:
            self._browser.set_samples(
                shown.images.numpy(), shown.labels.numpy(), data.info.classes, self._split, data.info.title
            )
        self._show_predictions(None)
        self._mark_chosen()

    def _mark_chosen(self) -> None:
        """Mark the inspected image if the list contains it."""
        if self._chosen is not None and self._chosen[0] == self._split and self._inspection_presenter.shows_sample:
            self._marking = True  # it is inspected already
            self._browser.select(self._chosen[1])
            self._marking = False

    def _on_sample_selected(self, index: int) -> None:
        if self._marking:
            return
        data, shown = self._session.data, self._shown
        if data is not None and shown is not None and 0 <= index < len(shown):
            self._chosen = (self._split, index)
            self._inspection_presenter.show_sample(*_labelled(data, shown, index))

    # from elsewhere to a test image, and back

    def inspected_test_image(self) -> int:
        """Index of the test image that is inspected; -1 when something else is."""
        if self._chosen is None or self._chosen[0] != "test" or not self._inspection_presenter.shows_sample:
            return -1
        return self._chosen[1]

    def visit(self, index: int) -> None:
        """Inspect a test image as if it were chosen in the list; `go_back` restores what was inspected before."""
        if not self.place_before():
            self._before = self._inspection_presenter.remember(), self._chosen
        self._visited = index
        self._on_split_requested("test")
        self._browser.select(index)

    def place_before(self) -> str:
        """Where what was inspected before a visit came from, as in `inputs.Place`; empty when no visit lasts."""
        if self._before is None or self.inspected_test_image() != self._visited:
            return ""
        return self._before[0].place

    def go_back(self) -> None:
        """Inspect again what was inspected before the visit, and open its tab."""
        if not self.place_before() or self._before is None:
            return
        (before, chosen), self._before = self._before, None
        self._chosen = chosen
        if chosen is not None:
            self._on_split_requested(chosen[0])
        self._inspection_presenter.show_again(before)
        self._mark_chosen()

    # predictions

    def _on_model_changed(self, _state: ModelState | None = None) -> None:
        self._stop_evaluating()
        if self.predicted is not None:
            self._show_predictions(None)

    def _on_predictions_requested(self) -> None:
        state, data, shown = self._session.shown, self._session.data, self._shown
        if state is None or data is None or shown is None or self._evaluating is not None:
            return
        if not reads(state, data.info):
            return
        try:
            match = match_classes(state.recipe, data.info, state.named)
        except UserError as error:
            self.error.emit(error)
            return
        self._evaluating = self._jobs.run(
            partial(predict_split, state, shown, match, self._session.mutes),
            self._on_evaluated,
            self._on_evaluation_failed,
            latest=True,
            on_progress=self._browser.set_busy,
        )
        self._browser.set_busy(0.0)

    def _on_evaluated(self, predicted: Labels) -> None:
        self._evaluating = None
        self._browser.set_busy(None)
        self._show_predictions(predicted)

    def _show_predictions(self, predicted: Labels | None) -> None:
        self.predicted = predicted
        self._browser.set_predictions(predicted)

    def _on_evaluation_failed(self, error: UserError) -> None:
        self._evaluating = None
        self._browser.set_busy(None)
        self.error.emit(error)

    def _stop_evaluating(self) -> None:
        if self._evaluating is not None:
            self._evaluating.forget()
            self._evaluating = None
            self._browser.set_busy(None)


def _labelled(data: DataSet, split: Split, index: int) -> tuple[Pixels, str]:
    """An image, uint8 `(C, H, W)`, not a view of all the images, and the name of its class."""
    return split.images[index].numpy().copy(), data.info.classes[int(split.labels[index])]
