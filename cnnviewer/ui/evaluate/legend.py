"""The colours of the matrix with the amounts they stand for."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QLinearGradient, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from cnnviewer.ui.evaluate.shades import colour_at
from cnnviewer.ui.widgets.painted_text import draw_text
from cnnviewer.ui.widgets.theme import theme

_BAR = 72.0  # pixels
_HIGH = 10.0
_GAP = 6.0


class ShadeLegend(QWidget):
    """A bar of the colours between the least amount and the largest."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("confusionLegend")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._least, self._most = "", ""
        self._strongest, self._diverging = 1.0, False
        theme().changed.connect(self.update)

    def set_ends(self, least: str, most: str, strongest: float = 1.0, diverging: bool = False) -> None:
        """Write these amounts beside the bar's ends; both empty where no cell has a colour.

        `strongest`: the strength, 0..1, of the colour that `most` has. `diverging`: the first end is below 0, which is
        in the middle and has no colour.
        """
        ends = (least, most, strongest, diverging)
        if ends != (self._least, self._most, self._strongest, self._diverging):
            self._least, self._most, self._strongest, self._diverging = ends
            self.updateGeometry()
            self.update()

    @property
    def ends(self) -> tuple[str, str, float]:
        """The amounts at its ends, and the strength of the last colour."""
        return self._least, self._most, self._strongest

    def sizeHint(self) -> QSize:
        """The bar between its words."""
        words = sum(self.fontMetrics().horizontalAdvance(text) for text in (self._least, self._most))
        return QSize(int(_BAR + 2 * _GAP) + words + 2, self.fontMetrics().height() + 2)

    def minimumSizeHint(self) -> QSize:
        """Likewise."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Bar and amounts."""
        if not self._most:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        first = self.fontMetrics().horizontalAdvance(self._least)
        bar = QRectF(first + _GAP, (self.height() - _HIGH) / 2, _BAR, _HIGH)
        gradient = QLinearGradient(bar.topLeft(), bar.topRight())
        if self._diverging:
            gradient.setColorAt(0, colour_at(self._strongest, falling=True))
            gradient.setColorAt(0.48, colour_at(0, falling=True))
            gradient.setColorAt(0.5, theme().color("raised"))
            gradient.setColorAt(0.52, colour_at(0))
        else:
            gradient.setColorAt(0, colour_at(0))
        gradient.setColorAt(1, colour_at(self._strongest))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(gradient)
        painter.drawRoundedRect(bar, 3, 3)
        painter.setPen(theme().color("muted"))
        middle = Qt.AlignmentFlag.AlignVCenter
        draw_text(painter, QRectF(0, 0, first + 1, self.height()), middle, self._least)
        rest = QRectF(bar.right() + _GAP, 0, self.width() - bar.right() - _GAP, self.height())
        draw_text(painter, rest, middle, self._most)
