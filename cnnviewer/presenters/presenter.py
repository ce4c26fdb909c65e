"""The base of all presenters: what each may tell the user, connected once."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from cnnviewer.core.errors import UserError, without_frames
from cnnviewer.core.plain_text import short
from cnnviewer.core.runs.format.info import RunInfo
from cnnviewer.core.runs.format.notes import Notes
from cnnviewer.presenters.action_message import ActionMessage
from cnnviewer.presenters.run_names import whole_name
from cnnviewer.presenters.screen import Situation
from cnnviewer.presenters.services import Services


class Presenter(QObject):
    """A presenter with its services; its messages reach the user through `services.notify`.

    Of its errors one stands at a time: a later one takes the place of an earlier one.

    Signals:
        error: a `UserError` to show.
        error_resolved: a `UserError` shown before whose cause is gone.
        informed: words: a sentence of information.
        written: words about a file that was written, and its path.
        action_suggested: an `ActionMessage`.
        action_withdrawn: an `ActionMessage` that no longer holds.
    """

    error = Signal(object)
    error_resolved = Signal(object)
    informed = Signal(object)
    written = Signal(object, object)
    action_suggested = Signal(object)
    action_withdrawn = Signal(object)

    def __init__(self, services: Services) -> None:
        super().__init__(services.session)
        self._session = services.session
        self._jobs = services.jobs
        self._settings = services.settings
        self._standing: UserError | None = None
        self._questions: list[tuple[ActionMessage, Situation]] = []
        self.error.connect(self._on_error)
        self.error.connect(services.notify.show_error)
        self.error.connect(services.session.note_error)
        self.error_resolved.connect(services.notify.withdraw_error)
        self.informed.connect(services.notify.show_info)
        self.written.connect(services.notify.show_written)
        self.action_suggested.connect(services.notify.show_action)
        self.action_withdrawn.connect(services.notify.withdraw)

    def _on_error(self, error: UserError) -> None:
        self._resolve_error()
        self._standing = without_frames(error)

    def _resolve_error(self) -> None:
        """What was said last to have gone wrong has no cause any more."""
        if self._standing is not None:
            error, self._standing = self._standing, None
            self.error_resolved.emit(error)

    def _suggest(self, message: ActionMessage) -> None:
        """Suggest what is possible with the run, the model and the data set of now: withdrawn when these change."""
        if not self._questions:
            for changed in (self._session.run_changed, self._session.run_state_changed, self._session.choice_changed):
                changed.connect(self._withdraw_questions)
        self._questions.append((message, self._session.situation))
        self.action_suggested.emit(message)

    def _withdraw_questions(self, _changed: object = None) -> None:
        now = self._session.situation
        for message, situation in self._questions:
            if not situation.holds_in(now):
                self.action_withdrawn.emit(message)
        self._questions = [asked for asked in self._questions if asked[1].holds_in(now)]
        if not self._questions:
            for changed in (self._session.run_changed, self._session.run_state_changed, self._session.choice_changed):
                changed.disconnect(self._withdraw_questions)

    def _run_name(self, info: RunInfo, notes: Notes) -> str:
        """The run's name for a sentence, as the list shows it, shortened where it is long."""
        return short(self._whole_name(info, notes))

    def _whole_name(self, info: RunInfo, notes: Notes) -> str:
        return whole_name(info, notes, self._session.listed, self._session.names_given)
