"""What is seldom needed, folded away below a button that says so."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from cnnviewer.ui.widgets.plain_text import caption, tool_tip
from cnnviewer.ui.widgets.shown_icon import show_icon


class Fold(QWidget):
    """A button, and below it `content` while the button is down; closed at first.

    Attributes:
        button: unfolds and folds.
        content: where what is folded away is put, in a column.
    """

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.button = QToolButton()
        self.button.setObjectName(name)
        self.button.setProperty("flat", True)
        self.button.setCheckable(True)
        self.button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.content = QWidget()
        self._inside = QVBoxLayout(self.content)
        self._inside.setContentsMargins(0, 0, 0, 0)
        self._inside.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.content)
        self.button.toggled.connect(self._on_toggled)
        self._on_toggled(False)

    def add(self, widget: QWidget) -> None:
        """Fold this away too."""
        self._inside.addWidget(widget)

    def set_texts(self, text: str, tip: str) -> None:
        """What the button says, and what is behind it."""
        self.button.setText(caption(text))
        self.button.setAccessibleName(text)
        self.button.setToolTip(tool_tip(tip))

    def _on_toggled(self, opened: bool) -> None:
        self.content.setVisible(opened)
        show_icon(self.button, "chevron-down" if self.button.isChecked() else "chevron-right", "muted")
