"""The drawing of the design on a card, scrolled."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from cnnviewer.ui.build.drawing import DesignDrawing
from cnnviewer.ui.widgets.styled import Styled


class DrawingPane(Styled, QScrollArea):
    """The chosen layer is in sight.

    Attributes:
        drawing: what is scrolled.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("designDrawingArea")
        self.setProperty("card", True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidgetResizable(True)
        self.viewport().setAutoFillBackground(False)
        self.drawing = DesignDrawing()
        self.setWidget(self.drawing)
        self.drawing.setAutoFillBackground(False)
        self._fit()

    def set_current(self, place: int | None) -> None:
        """Frame a layer and bring it into view."""
        self.drawing.set_current(place)
        self._show_current()

    def _show_current(self) -> None:
        place = self.drawing.current
        if place is not None:
            room = self.drawing.layer_rect(place)
            self.ensureVisible(10, round(room.center().y()), 0, round(room.height() / 2) + 8)

    def _fit(self) -> None:
        bar = self.verticalScrollBar().sizeHint().width()
        self.setMinimumWidth(self.drawing.minimumSizeHint().width() + bar + 2)

    def on_look_changed(self) -> None:
        """Other fonts need other room."""
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep it in sight."""
        super().resizeEvent(event)
        self._show_current()
