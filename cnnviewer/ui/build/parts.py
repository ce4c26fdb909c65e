"""The list of layers and the drawing beside one another, or one above the other where the page is narrow."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

from cnnviewer.ui.build.drawing_pane import DrawingPane
from cnnviewer.ui.build.layer_list import LayerList
from cnnviewer.ui.widgets.text_size import grown

_LEAST_LIST = 400  # pixels at the usual text size
_LIST_SHARE = 0.5  # of the width, where rows need less
_DRAWING_SHARE = 0.42  # of the height, below the list


class BuilderParts(QSplitter):
    """The list takes what its rows need to stand in one line, until the user moves the edge.

    Attributes:
        pane: the drawing.
    """

    def __init__(self, layers: LayerList, pane: DrawingPane, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setObjectName("builderSplitter")
        self.setChildrenCollapsible(False)
        self.setHandleWidth(8)
        self._layers, self.pane = layers, pane
        self._moved = False
        self.addWidget(layers)
        self.addWidget(pane)
        self.splitterMoved.connect(self._on_moved)

    def fit(self) -> None:
        """Share the room out."""
        beside = self.width() >= grown(_LEAST_LIST) + self.pane.minimumWidth()
        way = Qt.Orientation.Horizontal if beside else Qt.Orientation.Vertical
        if way != self.orientation():
            self.setOrientation(way)
            self._moved = False
        if self._moved:
            return
        if beside:
            needed = max(self._layers.line_width() + 2, round(self.width() * _LIST_SHARE))
            first = min(needed, self.width() - self.pane.minimumWidth() - self.handleWidth())
            self.setSizes([first, self.width() - first - self.handleWidth()])
        else:
            below = round(self.height() * _DRAWING_SHARE)
            self.setSizes([self.height() - below, below])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another room."""
        super().resizeEvent(event)
        self.fit()

    def _on_moved(self) -> None:
        self._moved = True
