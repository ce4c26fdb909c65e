"""What the messages say: errors, good news, and action messages with buttons that go on from there."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from cnnviewer.core.errors import UserError, without_frames
from cnnviewer.core.wording import Words
from cnnviewer.presenters.action_message import ActionMessage
from cnnviewer.ui.widgets.language import translate_error, worded
from cnnviewer.ui.window.messages import Messages


class Notifications(QObject):
    """Speaks through the messages; remembers which error each is about and what its buttons are for."""

    def __init__(self, messages: Messages, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._messages = messages
        self._errors: dict[int, UserError] = {}
        self._actions: dict[int, ActionMessage] = {}
        self._infos: dict[int, Words] = {}
        messages.action_triggered.connect(self._on_action_triggered)
        messages.closed.connect(self._on_closed)
        messages.language_changed.connect(self._on_language_changed)

    def show_error(self, error: UserError) -> None:
        """Say what went wrong; it stays until it is dismissed or its cause is gone."""
        self._errors[self._messages.show_message(translate_error(error), "error")] = without_frames(error)

    def withdraw_error(self, error: UserError) -> None:
        """What went wrong has no cause any more."""
        sentence = translate_error(error)
        for number in [key for key, known in self._errors.items() if translate_error(known) == sentence]:
            self._messages.withdraw(number)

    def show_info(self, words: Words) -> None:
        """Say what went well."""
        self._infos[self._messages.show_message(worded(words), "success")] = words

    def show_written(self, words: Words, path: Path) -> None:
        """Say that a file was written, with a button that shows where it lies."""
        show = partial(QDesktopServices.openUrl, QUrl.fromLocalFile(str(path.parent)))
        self.show_action(ActionMessage(words, lambda: self.tr("Show file"), show, "success", passing=True))

    def show_action(self, message: ActionMessage) -> int:
        """Say it with buttons; it stays until one is taken, it is dismissed or withdrawn, unless it passes."""
        labels = [action.label for action in message.actions]
        number = self._messages.show_message(message.sentence, message.kind, labels, message.passing, message.elsewhere)
        self._actions[number] = message
        return number

    def withdraw(self, message: ActionMessage) -> None:
        """The message no longer holds."""
        for number in [key for key, known in self._actions.items() if known is message]:
            self._messages.withdraw(number)

    def _on_action_triggered(self, number: int, index: int) -> None:
        message = self._actions.get(number)
        self._messages.withdraw(number)
        if message is not None:
            message.actions[index].accept()

    def _on_closed(self, number: int) -> None:
        self._errors.pop(number, None)
        self._actions.pop(number, None)
        self._infos.pop(number, None)

    def _on_language_changed(self) -> None:
        for number, words in self._infos.items():
            self._messages.set_sentence(number, worded(words))
        for number, error in self._errors.items():
            self._messages.set_sentence(number, translate_error(error))
        for number, message in self._actions.items():
            self._messages.set_sentence(number, message.sentence, [action.label for action in message.actions])
