"""The parts of the sandbox's page and how they lie: controls beside, pictures above, formula and arithmetic below."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cnnviewer.ui.sandbox.arithmetic import Arithmetic
from cnnviewer.ui.sandbox.controls import Controls
from cnnviewer.ui.sandbox.input_tools import InputTools
from cnnviewer.ui.sandbox.playback import Playback
from cnnviewer.ui.sandbox.stage import Stage
from cnnviewer.ui.sandbox.status import Status, scrolled

_COLUMN = 236  # pixels of the controls


class SandboxFrame(QWidget):
    """Owner of the parts; what they do together is the page's."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sandboxPage")
        self.controls, self.tools = Controls(), InputTools()
        self.stage, self.playback, self.arithmetic = Stage(), Playback(), Arithmetic()
        self._status = Status()
        self._arrange()

    def _arrange(self) -> None:
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(10, 10, 10, 10)
        column.setSpacing(10)
        for widget in (self.controls, self.tools):
            column.addWidget(widget)
        column.addStretch(1)
        self._column = scrolled(inner, "sandboxControls")
        self._column.setFixedWidth(_COLUMN)
        self._below = scrolled(self.arithmetic, "sandboxBelow")
        self._below.setProperty("card", True)
        right = QVBoxLayout()
        right.setContentsMargins(4, 8, 10, 10)
        right.setSpacing(6)
        right.addWidget(self.playback)
        right.addWidget(self.stage, 1)
        right.addWidget(self._status)
        right.addWidget(self._below)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self._column)
        row.addLayout(right, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The arithmetic takes what the pictures can spare."""
        self._below.setFixedHeight(round(min(max(self.height() * 0.39, 120), 290)))
        super().resizeEvent(event)
