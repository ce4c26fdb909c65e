"""What stands in place of the curves before the first training: how they come about, and the button for it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from cnnviewer.ui.widgets.invitation import Invitation, choice_texts
from cnnviewer.ui.widgets.shown_icon import show_icon
from cnnviewer.ui.widgets.translated import Translated


class EmptyCurves(Translated, QFrame):
    """A card that says how curves come about, or why they cannot and where to go on.

    Signals:
        train_requested: the button was pressed.
        choice_requested: another model or data set shall be chosen, as none can be trained.
    """

    train_requested = Signal()
    choice_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self._offer = ("", "")
        self._lack = ""
        self._invitation = Invitation("curvesEmpty")
        button = self._invitation.button
        button.setProperty("primary", False)  # that is the large one beside the settings
        button.setProperty("large", True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._invitation)
        self._invitation.accepted.connect(self._on_accepted)
        self.retranslate()
        self._draw()

    def set_offer(self, text: str, tip: str, possible: bool, lack: str = "") -> None:
        """Say on the button what stands on the one that trains; `lack`: why nothing can be trained."""
        self._offer, self._lack = (text, tip), lack
        self._invitation.button.setEnabled(possible or bool(lack))
        self.retranslate()
        self._draw()

    def _on_accepted(self) -> None:
        (self.choice_requested if self._lack else self.train_requested).emit()

    def _draw(self) -> None:
        show_icon(self._invitation.button, "" if self._lack else "play")

    def retranslate(self) -> None:
        """Set every text in the window's language."""
        if self._lack:
            words, tip = choice_texts()
            self._invitation.set_texts(self.tr("No training on the screen yet"), self._lack, words, tip)
            return
        self._invitation.set_texts(
            self.tr("No training on the screen yet"),
            self.tr("Train the model, and its loss and accuracy appear here while it learns."),
            *self._offer,
        )
