"""The line that says what is pointed at, and the scrolled parts of the page."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from cnnviewer.core.sandbox import Pair, SlidingResult
from cnnviewer.ui.widgets.plain_text import ElidedLabel


class StatusLine(ElidedLabel):
    """One line below the pictures."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sandboxStatus")
        self.setProperty("role", "caption")

    def tell(self, outcome: SlidingResult | None, place: Pair, touched: Pair | None) -> None:
        """Which output's window is shown, or who reads the padded input's cell that is pointed at."""
        text = ""
        if outcome is not None and touched is not None:
            (row, col), (top, left) = touched, outcome.setup.padding
            count = len(outcome.readers(row, col))
            if outcome.is_padding[row, col]:
                words = self.tr("This padding cell is read by {count} of the output's cells.")
            elif count:
                words = self.tr("The input's row {row}, column {col} is read by {count} of the output's cells.")
            else:
                words = self.tr("The input's row {row}, column {col} is read by no window: it is left out.")
            text = words.format(row=row - top, col=col - left, count=count)
        elif outcome is not None:
            text = self.tr("The window of output row {row}, column {col}.").format(row=place[0], col=place[1])
        if text != self.whole:
            self.show_text(text)


def scrolled(widget: QWidget, name: str) -> QScrollArea:
    """The widget in an area that scrolls when there is too little height."""
    area = QScrollArea()
    area.setObjectName(name)
    area.setWidget(widget)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.viewport().setAutoFillBackground(False)
    widget.setAutoFillBackground(False)
    return area
