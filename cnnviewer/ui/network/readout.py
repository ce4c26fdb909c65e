"""The bottom line of the network view: what is pointed at, its value, where it comes from, and the colours' legend."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from cnnviewer.core.inspection.records import Palette
from cnnviewer.ui.network.geometry import Rect
from cnnviewer.ui.network.ink import Ink, qrect
from cnnviewer.ui.network.legend import paint_legend
from cnnviewer.ui.palettes import Range
from cnnviewer.ui.theme import theme

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class Readout(QWidget):
    """Two lines of text at a fixed place, and a legend."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("networkReadout")
        self.setFixedHeight(46)
        self._ink = Ink(theme().tokens)
        self.text = ""
        self.explanation = ""
        self._title = ""
        self._palette: Palette = "signed"
        self._bounds: Range | None = None
        theme().changed.connect(self._on_theme)

    def set_text(self, text: str, explanation: str) -> None:
        """The upper and the lower line."""
        if (text, explanation) != (self.text, self.explanation):
            self.text, self.explanation = text, explanation
            self.update()

    def set_legend(self, title: str, palette: Palette, bounds: Range | None) -> None:
        """The colours' meaning; None hides it."""
        if (title, palette, bounds) != (self._title, self._palette, self._bounds):
            self._title, self._palette, self._bounds = title, palette, bounds
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Texts on the left, legend on the right."""
        ink, painter = self._ink, QPainter(self)
        painter.fillRect(self.rect(), ink.color("raised"))
        painter.setPen(QPen(ink.color("border"), 1))
        painter.drawLine(0, 0, self.width(), 0)
        right = float(self.width()) - 12
        if self._bounds is not None:
            wide = min(180.0, self.width() * 0.26)
            paint_legend(painter, ink, Rect(right - wide, 3, wide, self.height() - 6.0), self._palette, self._bounds)
            right -= wide + 10
            name = min(ink.small(self._title) + 4, 90)
            painter.drawText(qrect(Rect(right - name, 5, name, ink.line + 4)), _RIGHT, self._title)
            right -= name + 10
        for text, font, colour, y in (
            (self.text, ink.text_font, "text", 5.0),
            (self.explanation, ink.small_font, "muted", 24.0),
        ):
            painter.setFont(font)
            painter.setPen(ink.color(colour))
            room = right - 12
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(room))
            painter.drawText(qrect(Rect(12, y, room, 18)), _LEFT, shown)
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        """Another font."""
        if event.type() == QEvent.Type.FontChange:
            self._on_theme()
        super().changeEvent(event)

    def _on_theme(self) -> None:
        self._ink = Ink(theme().tokens)
        self.update()
