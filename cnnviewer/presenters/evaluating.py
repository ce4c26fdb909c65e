"""Evaluation: the confusion matrix of the weights on the screen, again with every moment and snapshot."""

from __future__ import annotations

import time
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from cnnviewer.core.data.dataset import DataSet
from cnnviewer.core.errors import UserError
from cnnviewer.core.inspection.confusion import Confusion
from cnnviewer.core.models.normalisation import normalisation_of
from cnnviewer.core.models.state import ModelState
from cnnviewer.presenters.browsing import BrowsingPresenter
from cnnviewer.presenters.evaluating_work import Reading
from cnnviewer.presenters.looking import LookingPresenter
from cnnviewer.presenters.resolve import fits
from cnnviewer.presenters.session import Session
from cnnviewer.presenters.views import EvaluationTable
from cnnviewer.presenters.words import words
from cnnviewer.runtime.jobs import Jobs
from cnnviewer.runtime.newest import NewestOnly

REST_MS = 450
"""How long weights must stay before every test image is read with them."""
_BETWEEN_SNAPSHOTS = 0.5  # seconds, while a training is followed
_PATIENCE = 60.0  # seconds: what takes longer is read only when a person asks for it


class EvaluatingPresenter(QObject):
    """Fills the table while it can be seen: from a sample at once, from all test images when the weights rest.

    Attributes:
        table: what is shown; None before any, and while the weights cannot be judged.

    Signals:
        problem: a `UserError` to tell.
    """

    problem = Signal(object)

    def __init__(
        self,
        session: Session,
        jobs: Jobs,
        looking: LookingPresenter,
        browsing: BrowsingPresenter,
        view: EvaluationTable,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._looking = looking
        self._browsing = browsing
        self._view = view
        self._reading = Reading()
        self._newest = NewestOnly(jobs, self)
        self._newest.failed.connect(self.problem)
        self._newest.progressed.connect(self._on_progressed)
        self._reads_all = self._seen = False
        self._asked = 0.0
        self._state: ModelState | None = None  # whose table is asked for or shown
        self.table: Confusion | None = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._read_all)
        session.state_changed.connect(self._on_state_changed)
        session.data_changed.connect(self._on_data_changed)
        session.run_state_changed.connect(self._on_run_state_changed)
        looking.looked.connect(self._on_looked)
        view.seen_changed.connect(self._on_seen_changed)
        view.all_wished.connect(self._begin_all)
        view.cell_chosen.connect(self._on_cell_chosen)

    # when

    def _on_seen_changed(self, seen: bool) -> None:
        self._seen = seen
        if seen:
            self._refresh()
        else:
            self._rest.stop()
            self._stop()

    def _on_state_changed(self, _state: ModelState) -> None:
        self._refresh()

    def _on_data_changed(self, _data: DataSet | None) -> None:
        self._state = None
        self._refresh()

    def _on_run_state_changed(self, state: str) -> None:
        if state in ("paused", "idle"):
            self._refresh()
            self._rest.start()

    def _on_looked(self) -> None:
        """A snapshot of the training has been shown."""
        follows = self._session.training and self._session.moment is None
        if follows and time.monotonic() - self._asked >= _BETWEEN_SNAPSHOTS:
            self._refresh()

    @property
    def _follows(self) -> bool:
        """Whether the weights move on by themselves."""
        return self._session.run_state in ("running", "stopping") and self._session.moment is None

    # what

    def _refresh(self) -> None:
        """Ask for the table of the weights shown, from the sample."""
        state = self._session.shown
        if not self._seen or (state is self._state and state is not None):
            return
        self._stop()
        self._state = None
        data = self._judgeable(state)
        if data is None or state is None:
            return
        self._state, self._asked = state, time.monotonic()
        self._view.set_normalisation(normalisation_of(state))
        self._newest.ask(partial(self._reading.sample, state, data.test, data.info.classes), self._on_read)
        self._rest.start()

    def _judgeable(self, state: ModelState | None) -> DataSet | None:
        """The data set that these weights can be judged on; else the view says why there is none."""
        data, why = self._session.data, None
        if data is None:
            why = UserError("Choose a data set: its test images tell how well the model reads.")
        elif state is None or not fits(state, state.recipe.model, data.info):
            why = UserError("The weights on the screen read other images than those of {title}.", title=data.info.title)
        elif len(state.recipe.classes) != len(data.info.classes):
            why = UserError("The weights on the screen know other classes than {title}.", title=data.info.title)
        if why is not None:
            self.table = None
            self._view.set_problem(words(why))
        return data if why is None else None

    def _read_all(self) -> None:
        """The weights rest: read every image, where that does not take too long."""
        if self._follows or self._newest.busy:
            if self._newest.busy and not self._reads_all:
                self._rest.start()
            return
        if self.table is not None and not self.table.complete and self._reading.seconds_for_all() <= _PATIENCE:
            self._begin_all()

    def _begin_all(self) -> None:
        state, data = self._state, self._session.data
        if not self._seen or state is None or data is None or self._reads_all:
            return
        self._reads_all = True
        self._view.set_progress(0.0)
        self._newest.ask(partial(self._reading.all, state, data.test, data.info.classes), self._on_read)

    def _on_progressed(self, fraction: float) -> None:
        if self._reads_all:
            self._view.set_progress(fraction)

    def _on_read(self, table: Confusion) -> None:
        if table.complete or not self._reads_all:
            self._reads_all = False
            self._view.set_progress(None)
        self.table = table
        self._view.set_confusion(table)

    def _stop(self) -> None:
        """Other weights are shown: reading all images with the last ones is no longer wanted."""
        if self._reads_all:
            self._reads_all = False
            self._newest.forget()
            self._view.set_progress(None)

    # from a number to its images

    def _on_cell_chosen(self, label: int, read_as: int) -> None:
        table = self.table
        if table is None:
            return
        indices = table.images(label, read_as)
        if len(indices):
            names = table.classes[label], table.classes[read_as]
            self._browsing.show_only(
                indices,
                self.tr("{label} read as {name}, step {step}").format(
                    label=names[0], name=names[1], step=f"{table.step:,}"
                ),
            )
