"""The base of every widget that shows words: it sets them again when the language changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QWidget

# A mixin with a Qt base of its own would have two of them beside QFrame or QTableView, which PySide cannot build.
if TYPE_CHECKING:
    _Base = QWidget
else:
    _Base = object


class Translated(_Base):
    """Mixin: stands before the Qt class, as in `class LogView(Translated, QWidget)`.

    The subclass defines `retranslate()`, calls it at the end of its constructor, and need not look at `changeEvent`.
    """

    def retranslate(self) -> None:
        """Set every text in the window's language.

        Raises:
            NotImplementedError: A subclass has no `retranslate` of its own.
        """
        raise NotImplementedError(f"{type(self).__name__} sets no texts")

    def on_language_changed(self) -> None:
        """Set the texts again; a subclass may do more."""
        self.retranslate()

    def changeEvent(self, event: QEvent) -> None:
        """Set the texts again when the language changes."""
        if event.type() == QEvent.Type.LanguageChange:
            self.on_language_changed()
        super().changeEvent(event)
