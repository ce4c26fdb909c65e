"""The parts of the sandbox's page and how they lie: settings on the left, grids on the stage, the arithmetic below."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from cnnviewer.ui.sandbox.arithmetic import Arithmetic
from cnnviewer.ui.sandbox.controls import SandboxControls
from cnnviewer.ui.sandbox.grid_pair import GridPair
from cnnviewer.ui.sandbox.input_tools import InputTools
from cnnviewer.ui.sandbox.playback import Playback
from cnnviewer.ui.sandbox.status import StatusLine, scrolled
from cnnviewer.ui.widgets.styled import Styled
from cnnviewer.ui.widgets.text_size import grown

_COLUMN, _NARROW_COLUMN = 280, 205  # pixels of the settings at the usual text size
_SETTINGS_SHARE = 0.3  # of the width, at most, on a narrow page
_STAGE = 330  # pixels of the stage at the usual text size; below it the settings come last
_GRIDS = 300  # pixels of the grids' height when everything scrolls
_ARITHMETIC = 0.32  # of the height


class SandboxFrame(Styled, QWidget):
    """Owner of the parts; what they do together is the page's."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sandboxPage")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.controls, self.tools = SandboxControls(), InputTools()
        self.grids, self.playback, self.arithmetic = GridPair(), Playback(), Arithmetic()
        self._status = StatusLine()
        self._arrange()

    def _arrange(self) -> None:
        self.controls.more.add(self.tools)
        self.controls.more.add(self.playback.loop)
        settings = QWidget()
        column = QVBoxLayout(settings)
        column.setContentsMargins(12, 12, 12, 12)
        column.addWidget(self.controls)
        column.addStretch(1)
        self._column = _framed(scrolled(settings, "sandboxControls"))
        self._below = _framed(scrolled(self.arithmetic, "sandboxBelow"))
        bar = QHBoxLayout()
        bar.setSpacing(12)
        bar.addWidget(self.playback, 1)
        bar.addWidget(self.tools.bar)
        self._stage = QFrame()
        self._stage.setProperty("card", True)
        inside = QVBoxLayout(self._stage)
        inside.setContentsMargins(12, 10, 12, 8)
        inside.setSpacing(6)
        inside.addLayout(bar)
        inside.addWidget(self.grids, 1)
        inside.addWidget(self._status)
        right = QVBoxLayout()
        right.setSpacing(10)
        right.addWidget(self._stage, 1)
        right.addWidget(self._below)
        everything = QWidget()
        self._parts = QBoxLayout(QBoxLayout.Direction.LeftToRight, everything)
        self._parts.setContentsMargins(12, 12, 12, 12)
        self._parts.setSpacing(10)
        self._parts.addWidget(self._column)
        self._parts.addLayout(right, 1)
        self._whole = _Whole()
        self._whole.setObjectName("sandboxWhole")
        self._whole.setWidget(everything)
        self._whole.setWidgetResizable(True)
        self._whole.setFrameShape(QFrame.Shape.NoFrame)
        self._whole.viewport().setAutoFillBackground(False)
        everything.setAutoFillBackground(False)
        row = QVBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._whole)
        self.arithmetic.widened.connect(self.fit)

    def fit(self) -> None:
        """Give the settings their width and the arithmetic its height; where both have no room, all of it scrolls."""
        wide = max(grown(_NARROW_COLUMN), min(grown(_COLUMN), round(self.width() * _SETTINGS_SHARE)))
        beside = self.width() - wide >= grown(_STAGE)
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.BottomToTop
        if way != self._parts.direction():
            self._parts.setDirection(way)
        if beside:
            self._column.setFixedWidth(wide)
            self._column.setMinimumHeight(0)
        else:
            self._column.setMinimumWidth(0)
            self._column.setMaximumWidth(self.maximumWidth())
            self._column.setMinimumHeight(self.controls.sizeHint().height() + 30)
        self.grids.setMinimumHeight(grown(190) if beside else grown(_GRIDS))
        self._below.setFixedHeight(self.arithmetic.fit(round(self.height() * _ARITHMETIC)) + 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another room."""
        super().resizeEvent(event)
        self.fit()

    def on_look_changed(self) -> None:
        """Another size of text."""
        super().on_look_changed()
        self.fit()


class _Whole(QScrollArea):
    """Leaves the keys to the page: arrows move the window, Space plays."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Not for scrolling."""
        event.ignore()


def _framed(area: QScrollArea) -> QScrollArea:
    area.setProperty("card", True)
    return area
