"""The colours of the matrix with their shares."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QLinearGradient, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from cnnviewer.ui.evaluation.shades import TICKS, colour_at, place_of
from cnnviewer.ui.theme import theme

_BAR = 10.0  # pixels


class ShadeLegend(QWidget):
    """A bar of the palette with ticks in percent of a row."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("confusionLegend")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """A bar with a line of numbers."""
        return QSize(150, int(_BAR) + self.fontMetrics().height() + 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Bar and numbers."""
        painter = QPainter(self)
        metrics = self.fontMetrics()
        inset = metrics.horizontalAdvance("100 %") / 2
        bar = QRectF(inset, 0, self.width() - 2 * inset, _BAR)
        gradient = QLinearGradient(bar.topLeft(), bar.topRight())
        for part in range(11):
            gradient.setColorAt(part / 10, colour_at(part / 10))
        painter.fillRect(bar, gradient)
        painter.setPen(theme().color("muted"))
        for share in TICKS:
            x = bar.left() + place_of(share) * bar.width()
            box = QRectF(x - inset, _BAR + 1, 2 * inset, metrics.height())
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, f"{100 * share:g} %")
