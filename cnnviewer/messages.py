"""What the message bar says: problems, good news, and offers with a button that helps."""

from __future__ import annotations

from PySide6.QtCore import QObject

from cnnviewer.core.errors import UserError
from cnnviewer.presenters.offers import Offer
from cnnviewer.ui.language import translate_error
from cnnviewer.ui.message_bar import MessageBar


class Messages(QObject):
    """Speaks through the message bar; remembers what its button is for."""

    def __init__(self, bar: MessageBar, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bar = bar
        self._offer: Offer | None = None
        bar.action_triggered.connect(self._on_action_triggered)

    def show_problem(self, error: UserError) -> None:
        """Say what went wrong."""
        self._bar.show_message(translate_error(error), "error")

    def show_news(self, sentence: str) -> None:
        """Say what went well."""
        self._bar.show_message(sentence, "success")

    def show_offer(self, offer: Offer) -> None:
        """Say it with a button; it stays until it is taken, dismissed, withdrawn, or another is made."""
        self._offer = offer
        self._bar.show_message(offer.sentence, offer.kind, offer.action)

    def withdraw(self, offer: Offer) -> None:
        """The offer no longer holds."""
        if offer is self._offer:
            self._offer = None
            self._bar.withdraw_action()

    def _on_action_triggered(self) -> None:
        offer, self._offer = self._offer, None
        self._bar.withdraw_action()
        if offer is not None:
            offer.accept()
