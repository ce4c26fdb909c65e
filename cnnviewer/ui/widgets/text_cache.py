"""Texts that are laid out once: what is painted several times a second writes the same few thousand numbers."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QStaticText

from cnnviewer.ui.widgets.painted_text import draw_static_text, draw_text
from cnnviewer.ui.widgets.plain_text import elided, elided_before, one_line

_MOST = 4096  # texts that are kept


class TextCache:
    """One font, its measures, and its texts ready to be painted."""

    def __init__(self, font: QFont, as_text: bool = False) -> None:
        """Write in `font`; `as_text` for files, in which the texts shall stay texts and not become outlines."""
        self.font = font
        self._as_text = as_text
        self._metrics = QFontMetricsF(font)
        self.height = self._metrics.height()
        self._known: dict[str, tuple[QStaticText, float]] = {}

    def width(self, text: str) -> float:
        """How wide a text is."""
        return self._laid_out(text)[1]

    def paint(self, painter: QPainter, room: QRectF, text: str, side: Qt.AlignmentFlag) -> None:
        """Write a text that fits into `room`, in the middle of its height, at that side of it."""
        if self._as_text:
            painter.setFont(self.font)
            draw_text(painter, room, side | Qt.AlignmentFlag.AlignVCenter, text)
            return
        laid_out, width = self._laid_out(text)
        free = room.width() - width
        left = 0.0 if side == Qt.AlignmentFlag.AlignLeft else free if side == Qt.AlignmentFlag.AlignRight else free / 2
        painter.setFont(self.font)
        corner = QPointF(room.x() + left, room.y() + (room.height() - self.height) / 2)
        draw_static_text(painter, corner, room, laid_out)

    def elided(self, text: str, room: float, ending: str = "") -> str:
        """The text on one line, its end left out where it is wider than `room`; `ending`, with which it ends, stays."""
        text = one_line(text)
        if self.width(text) <= room:
            return text
        return elided_before(self._metrics, text, ending, room) if ending else elided(self._metrics, text, room)

    def _laid_out(self, text: str) -> tuple[QStaticText, float]:
        known = self._known.get(text)
        if known is None:
            if len(self._known) >= _MOST:
                self._known.clear()
            laid_out = QStaticText(text)
            laid_out.setTextFormat(Qt.TextFormat.PlainText)
            known = self._known[text] = (laid_out, self._metrics.horizontalAdvance(text))
        return known
