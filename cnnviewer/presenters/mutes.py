"""Muted channels: the user's list of them, what of it holds for the weights on the screen, and undo and redo."""

from __future__ import annotations

from functools import partial

from cnnviewer.core.counting import counted
from cnnviewer.core.data.dataset import DataSet
from cnnviewer.core.errors import UserError
from cnnviewer.core.inspection.mute_edits import Edits, MuteEdit, MuteHistory, in_force
from cnnviewer.core.models.mutes import How, Mute, Mutes
from cnnviewer.core.models.state import ModelState
from cnnviewer.presenters.presenter import Presenter
from cnnviewer.presenters.resolve import reads
from cnnviewer.presenters.screen import MutedSubject
from cnnviewer.presenters.services import Services
from cnnviewer.presenters.tasks.mutes import Means, means_of
from cnnviewer.presenters.views import MutesPanel
from cnnviewer.runtime.newest import NewestOnly


class MutesPresenter(Presenter):
    """Owner of the list of muted channels. Everybody else reads `Session.mutes`.

    The mutes belong to a subject, see `screen.MutedSubject`: they stay along the steps of a run and with the same
    weights. When others take their place they are cleared, with a sentence, and what those note as muted is muted: a
    weights file may, and a run that began with muted channels does. Built before the presenters that hand the
    weights on, so that no other weights are computed with them.

    A channel is muted to its mean when that is known: it is computed in a job, and again for other weights and data.
    """

    def __init__(self, services: Services, view: MutesPanel) -> None:
        super().__init__(services)
        self._view = view
        self._history = MuteHistory()
        self._subject: MutedSubject | None = None
        self._given: dict[tuple[str, int], Mute] = {}  # what the weights bring along: their means stay as noted
        self._means: Means = {}
        self._means_of: tuple[ModelState, DataSet, frozenset[str]] | None = None  # asked for last
        self._newest = NewestOnly(self._jobs, self)
        self._newest.failed.connect(self._on_means_failed)
        session = self._session
        for changed in (session.state_changed, session.run_changed, session.choice_changed, session.data_changed):
            changed.connect(self._on_screen_changed)
        session.run_state_changed.connect(self._on_screen_changed)
        view.mute_requested.connect(self.mute)
        view.switch_requested.connect(self._on_switch_requested)
        view.remove_requested.connect(self.let_through)
        view.clear_requested.connect(self._on_clear_requested)
        view.undo_requested.connect(self._on_undo_requested)
        view.redo_requested.connect(self._on_redo_requested)

    @property
    def edits(self) -> Edits:
        """The list as the user sees it."""
        return self._history.edits

    # what the user does

    def mute(self, layer: str, channel: int, how: How) -> None:
        """Mute a channel, or mute it in the other way."""
        if how == "mean" and not self._has_data():
            self.error.emit(
                UserError(
                    "The mean of a channel is taken over a data set: choose one that fits the model, or mute to zero."
                )
            )
            return
        self._take(self._history.muted(layer, channel, how))

    def _on_switch_requested(self, layer: str, channel: int, on: bool) -> None:
        self._take(self._history.switched(layer, channel, on))

    def let_through(self, layer: str, channel: int) -> None:
        """Take a channel off the list."""
        self._take(self._history.removed(layer, channel))

    def _on_clear_requested(self) -> None:
        self._take(self._history.cleared())

    def _on_undo_requested(self) -> None:
        self._take(self._history.undone())

    def _on_redo_requested(self) -> None:
        self._take(self._history.redone())

    def _take(self, history: MuteHistory) -> None:
        self._resolve_error()
        self._history = history
        self._apply()

    # what holds

    def _on_screen_changed(self, _changed: object = None) -> None:
        """Mute what the weights or the run on the screen bring along instead of what was muted in those before."""
        now = self._session.screen.muted
        if now is self._subject or (self._subject is not None and self._subject.is_same(now)):
            self._ask_for_means()
            return
        self._subject = now
        gone, brought = {edit.place for edit in in_force(self._history.edits)}, self._brought
        self._history = MuteHistory(tuple(MuteEdit(mute.layer, mute.channel, mute.how) for mute in brought))
        self._given = {(mute.layer, mute.channel): mute for mute in brought}
        self._means, self._means_of = {}, None
        self._newest.forget()
        self._apply()
        self._say_what_changed(len(gone - set(self._given)), len(set(self._given) - gone))

    @property
    def _brought(self) -> Mutes:
        """What the run on the screen, or else the weights, note as muted."""
        run, state = self._session.run, self._session.shown
        if self._subject is not None and self._subject.log is not None and run is not None:
            known = run.opened or run.recording
            return known.info.mutes if known is not None else ()
        return state.mutes if state is not None else ()

    def _say_what_changed(self, gone: int, come: int) -> None:
        if gone:
            self.informed.emit(partial(self._gone_text, gone))
        if come:
            self.informed.emit(partial(self._come_text, come))

    def _gone_text(self, count: int) -> str:
        said = self.tr("No longer muted: {count:channel|channels} of the weights that were on the screen.")
        return counted(said, count=count)

    def _come_text(self, count: int) -> str:
        said = self.tr("With these weights {count:channel is|channels are} muted, as they note.")
        return counted(said, count=count)

    def _apply(self) -> None:
        """Mute what is on and known; ask for the means that are not."""
        self._ask_for_means()
        mutes, waiting = [], []
        for edit in in_force(self._history.edits):
            mute = self._mute_of(edit)
            if mute is None:
                waiting.append(edit)
            else:
                mutes.append(mute)
        self._session.set_mutes(tuple(sorted(mutes)))  # first: it is computed while the list is shown
        history = self._history
        self._view.set_edits(history.edits, tuple(waiting), len(history.past), len(history.future))

    def _mute_of(self, edit: MuteEdit) -> Mute | None:
        if edit.how == "zero":
            return Mute(edit.layer, edit.channel)
        given = self._given_mean(edit)
        if given is not None:
            return given
        means = self._means.get(edit.layer)
        return None if means is None else Mute(edit.layer, edit.channel, "mean", means.values[edit.channel])

    def _given_mean(self, edit: MuteEdit) -> Mute | None:
        given = self._given.get(edit.place)
        return given if given is not None and given.how == "mean" else None

    # means

    def _has_data(self) -> bool:
        state, data = self._session.shown, self._session.data
        return state is not None and data is not None and reads(state, data.info)

    def _ask_for_means(self) -> None:
        wanted = [edit for edit in in_force(self._history.edits) if edit.how == "mean"]
        layers = frozenset(edit.layer for edit in wanted if self._given_mean(edit) is None)
        state, data = self._session.shown, self._session.data
        if not layers or state is None or data is None or not self._has_data():
            return
        known = self._means_of
        if known is not None and known[0] is state and known[1] is data and layers <= known[2]:
            return
        if known is not None and known[0] is state and known[1] is data:
            layers |= known[2]
        self._means_of = state, data, layers
        self._newest.ask(partial(means_of, state, data, tuple(sorted(layers))), self._on_means)

    def _on_means(self, means: Means) -> None:
        self._means = means
        self._apply()

    def _on_means_failed(self, error: UserError) -> None:
        self._means_of = None
        self.error.emit(error)
