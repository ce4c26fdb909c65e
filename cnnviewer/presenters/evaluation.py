"""Evaluation: the confusion matrix of the weights on the screen, updated with every snapshot."""

from __future__ import annotations

import time
from functools import partial

from PySide6.QtCore import QTimer, Signal

from cnnviewer.core.data.dataset import DataSet
from cnnviewer.core.errors import UserError, without_frames
from cnnviewer.core.evaluation.confusion import Confusion
from cnnviewer.core.evaluation.effect import Effect, effect_of
from cnnviewer.core.models.class_match import class_note, match_classes
from cnnviewer.core.models.mutes import Mutes
from cnnviewer.core.models.normalisation import normalisation_of
from cnnviewer.core.models.state import ModelState
from cnnviewer.presenters.browser import BrowserPresenter
from cnnviewer.presenters.inspection import InspectionPresenter
from cnnviewer.presenters.presenter import Presenter
from cnnviewer.presenters.resolve import reads
from cnnviewer.presenters.screen import ScreenShown
from cnnviewer.presenters.services import Services
from cnnviewer.presenters.tasks.evaluation import Reading, Tables
from cnnviewer.presenters.views import EvaluateView
from cnnviewer.runtime.newest import NewestOnly

REST_MS = 450
"""Milliseconds that weights must stay unchanged before all test images are predicted."""
_BETWEEN_SNAPSHOTS = 0.5  # seconds, while a training is followed
PATIENCE = 60.0  # seconds: a longer evaluation runs only when the user requests it


class EvaluationPresenter(Presenter):
    """Fills the table while it is visible: from a sample at once, from all test images when the weights stay unchanged.

    While channels are muted the list of them shows the effect, so it is filled while the list is visible too; not
    beside a running training, which it would slow down.

    Attributes:
        table: the table shown; None before the first one, and while the weights cannot be evaluated.
        effect: of the muted channels, over the images of the table; None where it is not known.

    Signals:
        effect_changed: `effect` is another one; a table that goes with it is shown next.
    """

    effect_changed = Signal(object)

    def __init__(
        self,
        services: Services,
        inspection: InspectionPresenter,
        browser: BrowserPresenter,
        view: EvaluateView,
    ) -> None:
        super().__init__(services)
        self._inspection_presenter = inspection
        self._browser = browser
        self._view, self._errors = view, view.errors
        self._reading = Reading()
        self._newest = NewestOnly(self._jobs, self)
        self._newest.failed.connect(self.error)
        self._newest.progressed.connect(self._on_progressed)
        self._reads_all = self._table_seen = self._list_seen = False
        self._wrong_requested = False  # to be shown as soon as all are known
        self._asked = 0.0
        self._state: ModelState | None = None  # whose table is asked for or shown
        self._mutes: Mutes = ()  # with which
        self._screen = ScreenShown()  # what the table shown may be about
        self._says = False  # the view shows a table, or why there is none
        self.table: Confusion | None = None
        self.effect: Effect | None = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._read_all)
        session = self._session
        session.state_changed.connect(self._on_state_changed)
        for changed in (session.data_changed, session.run_changed, session.choice_changed):
            changed.connect(self._on_screen_changed)
        session.run_state_changed.connect(self._on_run_state_changed)
        session.mutes_changed.connect(self._on_mutes_changed)
        inspection.inspected.connect(self._on_inspected)
        view.seen_changed.connect(self._on_table_seen_changed)
        view.errors.all_requested.connect(self._begin_all)
        view.errors.cell_chosen.connect(self._on_cell_chosen)
        view.errors.image_chosen.connect(self._on_image_chosen)
        view.errors.back_requested.connect(browser.go_back)
        view.errors.cancel_requested.connect(self._on_cancel_requested)

    @property
    def evaluated(self) -> tuple[ModelState, Mutes] | None:
        """The weights whose table is shown or asked for, and their muted channels; None without any."""
        return (self._state, self._mutes) if self._state is not None else None

    # when

    @property
    def _seen(self) -> bool:
        """Whether anybody sees a table or what is said of it."""
        return self._table_seen or (self._list_seen and bool(self._session.mutes) and not self._follows)

    def _on_table_seen_changed(self, seen: bool) -> None:
        self._table_seen = seen
        self._on_seen_changed()
        self._show_inspected()

    def set_effect_seen(self, seen: bool) -> None:
        """Whether the list of muted channels is visible, which shows the effect."""
        self._list_seen = seen
        self._on_seen_changed()

    def _on_seen_changed(self) -> None:
        if self._seen:
            self._refresh()
            self._rest.start()  # what was stopped when nobody saw it goes on
        else:
            self._rest.stop()
            self._stop()

    def _on_mutes_changed(self) -> None:
        self._wrong_requested = False
        self._set_effect(None)
        self._view.set_effect(None, len(self._session.mutes))
        self._state = None  # ask again, also for what was shown before
        if not self._seen:
            self._stop()
        self._refresh()

    def _on_state_changed(self, _state: ModelState) -> None:
        self._wrong_requested = False
        self._on_screen_changed()

    def _on_screen_changed(self, _changed: object = None) -> None:
        """Clear a table about another run, other weights or another data set; evaluate what is on the screen."""
        screen = self._session.screen
        if not screen.evaluates_like(self._screen):
            self._screen = screen
            self._clear()
        self._refresh()

    def _clear(self) -> None:
        self._rest.stop()
        self._stop()
        self._newest.forget()
        self._state = self.table = None
        self._set_effect(None)
        if self._says:
            self._says = False
            self._view.set_confusion(None)

    def _on_run_state_changed(self, state: str) -> None:
        self._on_screen_changed()
        if state in ("paused", "idle"):
            self._refresh()
            self._rest.start()

    def _on_inspected(self) -> None:
        """Frame the image inspected; refresh the table of a training that is followed, at most twice a second."""
        self._show_inspected()
        follows = self._session.training and self._session.shown_step is None
        if follows and time.monotonic() - self._asked >= _BETWEEN_SNAPSHOTS:
            self._refresh()

    @property
    def _follows(self) -> bool:
        """Whether a running training changes the weights on the screen."""
        return self._session.run_state in ("running", "stopping") and self._session.shown_step is None

    # what

    def _refresh(self) -> None:
        """Request the sample's table for the weights shown."""
        state, mutes = self._session.shown, self._session.mutes
        same = state is self._state and mutes == self._mutes
        if not self._seen or self._session.loading or (same and state is not None):
            return
        self._stop()
        self._state = None
        data = self._usable_data(state)
        if data is None or state is None:
            return
        self._state, self._mutes, self._asked = state, mutes, time.monotonic()
        note = class_note(state, data.info)
        self._errors.set_images(data.test.images.numpy(), data.ids("test"))
        self._errors.set_normalisation(normalisation_of(state), note or "")
        self._newest.ask(partial(self._reading.effect, state, data, mutes, False), self._on_read)
        self._rest.start()

    def _usable_data(self, state: ModelState | None) -> DataSet | None:
        """The data set to evaluate these weights on; None, with the reason in the view, where there is none."""
        data, why = self._session.data, None
        if data is None:
            why = UserError("Choose a data set: its test images tell how well the model predicts.")
        elif state is None or not reads(state, data.info):
            why = UserError("The weights on the screen need other images than those of {title}.", title=data.info.title)
        else:
            try:
                match_classes(state.recipe, data.info, state.named)
            except UserError as error:
                why = without_frames(error)
        if why is not None:
            self.table, self._says = None, True
            self._view.set_error(why)
        return data if why is None else None

    def _read_all(self) -> None:
        """The weights stay unchanged: predict every image, unless that takes too long."""
        if self._follows or self._newest.busy:
            if self._newest.busy and not self._reads_all:
                self._rest.start()
            return
        if self.table is not None and not self.table.complete and self._reading.seconds_for_all() <= PATIENCE:
            self._begin_all()

    def _begin_all(self) -> None:
        state, data = self._state, self._session.data
        if not self._seen or state is None or data is None or self._reads_all:
            return
        if self.table is not None and self.table.complete:
            return  # it is what the table is compared with that has not predicted all
        self._reads_all = True
        self._view.set_progress(0.0)
        self._newest.ask(partial(self._reading.effect, state, data, self._mutes, True), self._on_read)

    def _on_progressed(self, fraction: float) -> None:
        if self._reads_all:
            self._view.set_progress(fraction)

    def _on_read(self, tables: Tables) -> None:
        table = tables.after
        if table.complete or not self._reads_all:
            self._reads_all = False
            self._view.set_progress(None)
        self.table, self._says = table, True
        self._set_effect(effect_of(tables.before, table))
        self._view.set_confusion(table)
        self._view.set_effect(self.effect, len(self._session.mutes))
        if self._wrong_requested and table.complete:
            self.show_wrong()

    def _set_effect(self, effect: Effect | None) -> None:
        self.effect = effect
        self.effect_changed.emit(effect)

    def _stop(self) -> None:
        """Stop predicting all images: the weights on the screen have changed."""
        if self._reads_all:
            self._reads_all = False
            self._newest.forget()
            self._view.set_progress(None)

    def _on_cancel_requested(self) -> None:
        """Leave it at the sample, until the user asks for all images again or the weights change."""
        self._rest.stop()
        self._stop()

    # from a number to its images

    def show_wrong(self) -> None:
        """Show the test images whose prediction is wrong, as soon as all are known."""
        table = self.table
        is_new = self._state is not self._session.shown or self._mutes != self._session.mutes
        if table is None or not table.complete or is_new:
            self._wrong_requested = True
            self._begin_all()
            return
        self._wrong_requested = False
        self._errors.show_wrong()
        wrong = table.indices[table.labels != table.predicted]
        if len(wrong):
            self._browser.show_only(
                wrong, lambda: self.tr("Wrong predictions, step {step}").format(step=f"{table.step:,}")
            )

    def _on_cell_chosen(self, label: int, read_as: int) -> None:
        """List the images of a cell beside the drawing too; `(-1, -1)`: no cell is chosen any more."""
        table = self.table
        if table is None or label < 0:
            return
        indices = table.images(label, read_as)
        if len(indices):
            names = table.classes[label], table.classes[read_as]
            self._browser.show_only(
                indices,
                lambda: self.tr("True class {label}, predicted {name}, step {step}").format(
                    label=names[0], name=names[1], step=f"{table.step:,}"
                ),
            )

    def _on_image_chosen(self, index: int) -> None:
        self._browser.visit(index)

    def _show_inspected(self) -> None:
        """Say which of the test images is inspected, and what was before a visit to it."""
        if self._seen:
            self._errors.set_inspected(self._browser.inspected_test_image(), self._browser.place_before())
