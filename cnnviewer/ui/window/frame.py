"""What surrounds the workspaces: the top bar above, the input at the side, the timeline below, messages over them."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QSplitter, QSplitterHandle, QStackedWidget, QVBoxLayout, QWidget

from cnnviewer.ui.widgets.lazy_pages import LazyPages
from cnnviewer.ui.widgets.styled import Styled
from cnnviewer.ui.window.continue_form import ContinueForm
from cnnviewer.ui.window.input.collapsed import COLLAPSED_WIDTH
from cnnviewer.ui.window.input.panel import InputPanel
from cnnviewer.ui.window.input.rail_size import rail_growth
from cnnviewer.ui.window.messages import Messages

WORKSPACES: Final = ("explore", "train", "evaluate", "compare", "build", "sandbox")
RAIL_WIDTH: Final = 232
_LEAST_RAIL, _MOST_RAIL = 200, 420
_SNAP = 132  # pixels: where the edge is pulled to less the rail collapses


class Frame(Styled, QWidget):
    """Owner of the stage.

    Attributes:
        stage: the workspaces, by the names in `WORKSPACES`.

    Signals:
        rail_collapsed_changed: whether the rail is narrow now.
    """

    rail_collapsed_changed = Signal(bool)

    def __init__(
        self, top: QWidget, rail: InputPanel, messages: Messages, question: ContinueForm, timeline: QWidget
    ) -> None:
        super().__init__()
        self._rail = rail
        self._question = question
        self._wide = RAIL_WIDTH
        self._focused_before: QWidget | None = None
        self.stage = LazyPages(self)
        self.stage.setObjectName("stage")
        self._over = QStackedWidget(self)  # the stage, or what lies over it
        self._over.addWidget(self.stage)
        for over in (rail.large_drawing, rail.browser):
            self._over.addWidget(over)
        right = QWidget(self)
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._over, 1)
        column.addWidget(timeline)
        messages.stand_over(self._over)
        question.stand_over(self._over)
        messages.leave_free(question)
        self._splitter = _RailSplitter(self)
        self._splitter.addWidget(rail)
        self._splitter.addWidget(right)
        self._splitter.setStretchFactor(1, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(top)
        whole.addWidget(self._splitter, 1)
        rail.stage_requested.connect(self.show_over)
        rail.stage_released.connect(self.give_back)
        rail.collapse_requested.connect(self.set_rail_collapsed)
        self._splitter.collapse_requested.connect(self.set_rail_collapsed)
        self._splitter.splitterMoved.connect(self._on_edge_moved)
        self.stage.page_opened.connect(self.give_back)
        self.stage.page_opened.connect(question.close)
        self.stage.page_opened.connect(self._apply)  # a wide workspace may have pressed the rail
        self.reset()

    # the rail

    @property
    def rail_width(self) -> int:
        """How wide the input is when it is not narrow, in pixels with text of its usual size."""
        return self._wide

    @property
    def rail_collapsed(self) -> bool:
        """Whether the input is narrow."""
        return self._rail.collapsed

    def set_rail_width(self, width: int) -> None:
        """Give the input this width, within its bounds, now or when it is not narrow any more."""
        self._wide = min(max(width, _LEAST_RAIL), _MOST_RAIL)
        self._apply()

    def set_rail_collapsed(self, collapsed: bool) -> None:
        """Make the input narrow, or as wide as it was."""
        changed = collapsed != self.rail_collapsed
        self._rail.set_collapsed(collapsed)
        self._apply()
        if changed:
            self.rail_collapsed_changed.emit(collapsed)

    def toggle_rail(self) -> None:
        """Make the input narrow, or wide again."""
        self.set_rail_collapsed(not self.rail_collapsed)

    def reset(self) -> None:
        """Give the input its first width."""
        self.set_rail_collapsed(False)
        self.set_rail_width(RAIL_WIDTH)

    def on_look_changed(self) -> None:
        """The rail grows with the text."""
        super().on_look_changed()
        self._apply()

    def _apply(self) -> None:
        growth = rail_growth()
        narrow = (COLLAPSED_WIDTH, COLLAPSED_WIDTH, COLLAPSED_WIDTH)
        bounds = narrow if self.rail_collapsed else (_LEAST_RAIL, _MOST_RAIL, self._wide)
        least, most, width = (round(pixels * growth) for pixels in bounds)
        self._rail.setMinimumWidth(least)
        self._rail.setMaximumWidth(most)
        whole = max(self._splitter.width(), 1440)
        self._splitter.setSizes([width, whole - width])

    def _on_edge_moved(self) -> None:
        if not self.rail_collapsed:
            self._wide = round(self._splitter.sizes()[0] / rail_growth())

    # what lies over the stage

    @property
    def over(self) -> QWidget | None:
        """What is shown over the stage; None while the stage can be seen."""
        shown = self._over.currentWidget()
        return None if shown is self.stage else shown

    def show_over(self, over: QWidget) -> None:
        """Show this in the place of the stage until it is given back."""
        before = self.over
        if before is None:
            self._focused_before = self.window().focusWidget()
        self._over.setCurrentWidget(over)
        if before is not None and before is not over:
            self._rail.on_stage_given_back(before)

    def give_back(self) -> None:
        """Show the stage again; the keyboard goes on where it was before."""
        over = self.over
        if over is None:
            return
        self._over.setCurrentWidget(self.stage)
        if self._focused_before is not None and self._focused_before.isVisible():
            self._focused_before.setFocus(Qt.FocusReason.OtherFocusReason)
        self._focused_before = None
        self._rail.on_stage_given_back(over)

    def event(self, event: QEvent) -> bool:
        """Take Esc before any shortcut of the window does."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._is_escape(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes the question that is asked, or gives the stage back."""
        if self._is_escape(event) and not self._question.isHidden():
            self._question.close()
        elif self._is_escape(event):
            self.give_back()
        else:
            super().keyPressEvent(event)

    def _is_escape(self, event: QKeyEvent) -> bool:
        return event.key() == Qt.Key.Key_Escape and (self.over is not None or not self._question.isHidden())


class _RailSplitter(QSplitter):
    """The rail and the stage; the edge between them collapses the rail, too.

    Signals:
        collapse_requested: whether the rail shall be narrow.
    """

    collapse_requested = Signal(bool)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setObjectName("railSplitter")
        self.setChildrenCollapsible(False)

    def createHandle(self) -> QSplitterHandle:
        """The edge."""
        return _Edge(self)


class _Edge(QSplitterHandle):
    """Pulled far to the side it collapses the rail, pulled back it widens it; so does a double click."""

    def __init__(self, splitter: _RailSplitter) -> None:
        super().__init__(Qt.Orientation.Horizontal, splitter)
        self._splitter = splitter

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the edge, or collapse or widen the rail."""
        x = self.mapToParent(event.position().toPoint()).x()
        is_narrow = self._is_narrow()
        if (x < _SNAP) != is_narrow:
            self._splitter.collapse_requested.emit(x < _SNAP)
        super().mouseMoveEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Collapse or widen."""
        self._splitter.collapse_requested.emit(not self._is_narrow())

    def _is_narrow(self) -> bool:
        return self._splitter.sizes()[0] <= round(COLLAPSED_WIDTH * rail_growth())
