"""What stands where there is nothing yet: a title, what to do, and a button that does it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from cnnviewer.ui.widgets.plain_text import PlainLabel, caption, tool_tip
from cnnviewer.ui.widgets.styled import GrowingSize

_WIDTH = 460  # pixels of the words at most, more where text is larger than usual


def choice_texts() -> tuple[str, str]:
    """Name and tip of a button that opens the choice of the context chip."""
    translate = QCoreApplication.translate
    return (
        translate("Invitation", "Choose model, data or weights…"),
        translate("Invitation", "Open the choice that the button at the top has"),
    )


class Invitation(QWidget):
    """A title, a sentence and a button in the middle of an empty place. The owner sets the texts.

    Attributes:
        words: the sentence.
        button: the button.

    Signals:
        accepted: the button was pressed.
    """

    accepted = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._title, self.words, self.button = PlainLabel(), PlainLabel(), QPushButton()
        self._title.setProperty("role", "title")
        self.words.setProperty("role", "caption")
        for label in (self._title, self.words):
            label.setWordWrap(True)
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.button.setObjectName(f"{name}Button")
        self.button.setProperty("primary", True)
        column = QVBoxLayout()
        column.setSpacing(10)
        column.addStretch(2)
        column.addWidget(self._title)
        column.addWidget(self.words)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        inside = QWidget()
        inside.setLayout(column)
        GrowingSize(inside, maximum_width=_WIDTH)
        row = QHBoxLayout(self)
        row.addStretch(1)
        row.addWidget(inside, 100)
        row.addStretch(1)
        self.button.clicked.connect(self.accepted)

    def set_texts(self, title: str, words: str, button: str, tip: str) -> None:
        """Say what this place is for, what to do, and what the button does; no button where it has no text."""
        self._title.setText(title)
        self._title.setVisible(bool(title))
        self.words.setText(words)
        self.button.setText(caption(button))
        self.button.setAccessibleName(button)
        self.button.setToolTip(tool_tip(tip))
        self.button.setVisible(bool(button))
