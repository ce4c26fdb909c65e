"""The log: lines as the course's scripts print them."""

from __future__ import annotations

from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from cnnviewer.ui.widgets.theme import monospace
from cnnviewer.ui.widgets.translated import Translated

MAX_LINES = 20_000


class LogView(Translated, QWidget):
    """Shows lines, the newest at the end; follows the end unless the user has scrolled up to read."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = QPlainTextEdit()
        self._text.setObjectName("logText")
        self._text.setReadOnly(True)
        self._text.setMaximumBlockCount(MAX_LINES)
        self._text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self._text.setFont(monospace())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.addWidget(self._text)
        self.setFocusProxy(self._text)
        self.retranslate()

    def append(self, line: str) -> None:
        """Add one line."""
        bar = self._text.verticalScrollBar()
        following = bar.value() >= bar.maximum() - 2
        self._text.appendPlainText(line)
        if following:
            bar.setValue(bar.maximum())

    def clear(self) -> None:
        """Forget every line."""
        self._text.clear()

    def text(self) -> str:
        """Everything that stands there."""
        return self._text.toPlainText()

    def retranslate(self) -> None:
        """Set every text in the window's language."""
        self._text.setAccessibleName(self.tr("Log"))
        self._text.setPlaceholderText(self.tr("What a training prints appears here."))
