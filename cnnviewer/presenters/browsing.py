"""The data set's images: which split is shown, which image is looked at, which ones the model reads wrongly."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QObject, Signal

from cnnviewer.core.data.dataset import DataSet, Split
from cnnviewer.core.errors import Cancelled
from cnnviewer.core.inspection.trace import Inspector
from cnnviewer.core.models.state import ModelState
from cnnviewer.presenters.looking import LookingPresenter
from cnnviewer.presenters.resolve import fits
from cnnviewer.presenters.session import Session
from cnnviewer.presenters.views import Browser, Labels, Pixels
from cnnviewer.runtime.jobs import Job, JobContext, Jobs, sentence_of

_CHUNK = 256


class BrowsingPresenter(QObject):
    """Fills the sample browser and judges its images with the weights on the screen when asked.

    Attributes:
        predicted: the class read on each image of the split shown, int64 `(N,)`; None while it is not known.

    Signals:
        problem: a `UserError` to tell.
    """

    problem = Signal(object)

    def __init__(
        self,
        session: Session,
        looking: LookingPresenter,
        browser: Browser,
        jobs: Jobs,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._looking = looking
        self._browser = browser
        self._jobs = jobs
        self._split = "test"
        self._judging: Job | None = None
        self._data: DataSet | None = None
        self._chosen: tuple[str, int] | None = None  # split and index of the image chosen last
        self._marking = False
        self.predicted: Labels | None = None
        session.data_changed.connect(self._on_data_changed)
        session.state_changed.connect(self._on_state_changed)
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
        self._stop_judging()
        before, self._data = self._data, data
        if before is not None and data is not None and data.test.labels is before.test.labels:
            self._show_split()  # the same images, elsewhere in memory
            return
        self._chosen = None
        self._show_split()
        if not self._session.launching:
            self._look_at_first()

    def _look_at_first(self) -> None:
        """Another data set is there, and with it perhaps another model: its first image fits both."""
        data, shown = self._session.data, self._shown
        if data is not None and shown is not None and len(shown):
            self._chosen = (self._split, 0)
            self._looking.show_first_sample(*_labelled(data, shown, 0))
            self._mark_chosen()

    def _on_split_requested(self, split: str) -> None:
        if split != self._split:
            self._split = split
            self._stop_judging()
            self._show_split()

    def show_only(self, indices: Labels, words: str) -> None:
        """Show exactly these of the test images, which `words` describe, and look at the first."""
        if self._split != "test":
            self._on_split_requested("test")
        self._browser.show_only(indices, words)
        self._browser.select(int(indices[0]))

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
        """Mark the image looked at, where it is one of those listed."""
        if self._chosen is not None and self._chosen[0] == self._split and self._looking.shows_sample:
            self._marking = True  # it is looked at already
            self._browser.select(self._chosen[1])
            self._marking = False

    def _on_sample_selected(self, index: int) -> None:
        if self._marking:
            return
        data, shown = self._session.data, self._shown
        if data is not None and shown is not None and 0 <= index < len(shown):
            self._chosen = (self._split, index)
            self._looking.show_sample(*_labelled(data, shown, index))

    # judging

    def _on_state_changed(self, state: ModelState) -> None:
        self._stop_judging()
        if self.predicted is not None:
            self._show_predictions(None)

    def _on_predictions_requested(self) -> None:
        state, data, shown = self._session.shown, self._session.data, self._shown
        if state is None or data is None or shown is None or self._judging is not None:
            return
        if not fits(state, state.recipe.model, data.info):
            return
        job = self._jobs.start(_Judging(state, shown))
        job.progressed.connect(self._on_judging_progressed)
        job.succeeded.connect(self._on_judged)
        job.failed.connect(self._on_judging_failed)
        self._judging = job
        self._browser.set_busy(0.0)

    def _on_judging_progressed(self, fraction: float) -> None:
        if self.sender() is self._judging:
            self._browser.set_busy(fraction)

    def _on_judged(self, predicted: Labels) -> None:
        if self.sender() is self._judging:
            self._judging = None
            self._browser.set_busy(None)
            self._show_predictions(predicted)

    def _show_predictions(self, predicted: Labels | None) -> None:
        self.predicted = predicted
        self._browser.set_predictions(predicted)

    def _on_judging_failed(self, error: BaseException) -> None:
        if self.sender() is self._judging:
            self._judging = None
            self._browser.set_busy(None)
            self.problem.emit(sentence_of(error))

    def _stop_judging(self) -> None:
        if self._judging is not None:
            self._judging.cancel()
            self._judging = None
            self._browser.set_busy(None)


def _labelled(data: DataSet, split: Split, index: int) -> tuple[Pixels, str]:
    """An image, uint8 `(C, H, W)`, not a view of all the images, and the name of its class."""
    return split.images[index].numpy().copy(), data.info.classes[int(split.labels[index])]


class _Judging:
    """The work of predicting every image of a split, for a job; returns the predicted classes, int64 `(N,)`."""

    def __init__(self, state: ModelState, split: Split) -> None:
        self.state = state
        self.split = split

    def __call__(self, context: JobContext) -> Labels:
        inspector = Inspector.from_state(self.state)
        count = len(self.split)
        predicted = np.empty(count, np.int64)
        for start in range(0, count, _CHUNK):
            if context.cancelled():
                raise Cancelled
            end = min(start + _CHUNK, count)
            predicted[start:end] = inspector.predict_batch(self.split.images[start:end]).argmax(axis=1)
            context.report(end / count)
        return predicted
