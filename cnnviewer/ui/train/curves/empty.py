"""What stands in place of the curves before the first training: how they come about, and the button for it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from cnnviewer.ui.widgets.icons import icon
from cnnviewer.ui.widgets.invitation import Invitation, choice_texts
from cnnviewer.ui.widgets.styled import GrowingSize
from cnnviewer.ui.widgets.theme import theme
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
        GrowingSize(button, icon_size=16)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._invitation)
        self._invitation.accepted.connect(self._on_accepted)
        theme().changed.connect(self._dress)
        self.retranslate()
        self._dress()

    def set_offer(self, text: str, tip: str, possible: bool, lack: str = "") -> None:
        """Say on the button what stands on the one that trains; `lack`: why nothing can be trained."""
        self._offer, self._lack = (text, tip), lack
        self._invitation.button.setEnabled(possible or bool(lack))
        self.retranslate()
        self._dress()

    def _on_accepted(self) -> None:
        (self.choice_requested if self._lack else self.train_requested).emit()

    def _dress(self) -> None:
        self._invitation.button.setIcon(QIcon() if self._lack else icon("play", "text"))

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
