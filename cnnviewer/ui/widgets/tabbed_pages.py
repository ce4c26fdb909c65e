"""Pages under a segmented control; each is built when it is first opened."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from cnnviewer.ui.widgets.lazy_pages import LazyPages
from cnnviewer.ui.widgets.segmented import Segmented
from cnnviewer.ui.widgets.styled import Styled
from cnnviewer.ui.widgets.text_size import grown

_SIDE_SHARE = 0.3
"""Of the width at most, however large the text is."""


class TabbedPages(Styled, QWidget):
    """A segment for each page.

    Attributes:
        tabs: the segments.
        pages: the pages.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts: Mapping[str, tuple[str, str]] = {}
        self._beside: QSplitter | None = None
        self._side_width = 0
        self.pages = LazyPages(self)
        self.tabs = Segmented(self)
        self.tabs.setObjectName("pageTabs")
        head = QHBoxLayout()
        head.setContentsMargins(10, 0, 10, 0)
        head.addWidget(self.tabs)
        head.addStretch(1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 8, 0, 0)
        self._column.setSpacing(6)
        self._column.addLayout(head)
        self._column.addWidget(self.pages, 1)
        self.tabs.chosen.connect(self.open)

    def set_beside(self, widget: QWidget, width: int) -> QSplitter:
        """Put a widget, at first `width` pixels wide, at the left of the pages; gives what divides them."""
        splitter = QSplitter(Qt.Orientation.Horizontal, self)
        splitter.setChildrenCollapsible(False)
        self._column.replaceWidget(self.pages, splitter)
        self._column.setStretchFactor(splitter, 1)
        splitter.addWidget(widget)
        splitter.addWidget(self.pages)
        splitter.setStretchFactor(1, 1)
        splitter.splitterMoved.connect(self._on_edge_moved)
        self._beside, self._side_width = splitter, width
        self._fit_side()
        return splitter

    def _fit_side(self) -> None:
        """As wide as its text needs, until the user has moved the edge."""
        if self._beside is not None:
            whole = max(self.width(), 4 * self._side_width)  # before it has its size
            side = min(grown(self._side_width), round(_SIDE_SHARE * whole))
            self._beside.setSizes([side, whole - side])

    def _on_edge_moved(self, _place: int, _index: int) -> None:
        self._side_width, self._beside = 0, None

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Text grows with the window, and what stands beside the pages with the text."""
        super().resizeEvent(event)
        self._fit_side()

    def on_look_changed(self) -> None:
        """Likewise when the user chooses another size of text."""
        self._fit_side()

    def add(self, name: str, page: QWidget) -> None:
        """Add a page that is built already; the first one added is shown."""
        self.pages.add(name, page)
        self.tabs.add(name, name=f"{name}PageSegment")

    def offer(self, name: str, build: Callable[[], QWidget]) -> None:
        """Add a page that `build` makes when it is first shown."""
        self.pages.offer(name, build)
        self.tabs.add(name, name=f"{name}PageSegment")
        self.set_texts(self._texts)

    def open(self, name: str) -> None:
        """Show a page; ValueError for one that is not offered."""
        self.pages.open(name)
        self.tabs.set_current(name)

    def set_texts(self, texts: Mapping[str, tuple[str, str]]) -> None:
        """Set text and tool tip of the segments by name."""
        self._texts = texts
        self.tabs.set_texts({name: texts[name] for name in self.pages.names if name in texts})
