"""What stands in Evaluate while there is no table: why, and the way on."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from cnnviewer.ui.widgets.invitation import Invitation, choice_texts
from cnnviewer.ui.widgets.translated import Translated


class NothingYet(Translated, Invitation):
    """A sentence; where something else has to be chosen first, with a button that leads to the choice."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._sentence, self._must_choose = "", False
        self.button.setProperty("primary", False)

    def set_sentence(self, sentence: str, must_choose: bool = False) -> None:
        """Say this; `must_choose`: another model, data set or other weights have to be chosen."""
        self._sentence, self._must_choose = sentence, must_choose
        self.retranslate()

    def retranslate(self) -> None:
        """The button's text in the window's language; whoever gave the sentence gives it again."""
        self.set_texts("", self._sentence, *(choice_texts() if self._must_choose else ("", "")))
