"""The bottom line of the network view: what is pointed at, its value, where it comes from, and the colours' legend."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from cnnviewer.core.inspection.records import Palette
from cnnviewer.ui.explore.network.geometry import Rect
from cnnviewer.ui.explore.network.legend import legend_width, paint_legend
from cnnviewer.ui.explore.network.qt_rects import qrect
from cnnviewer.ui.widgets.paint_style import PaintStyle
from cnnviewer.ui.widgets.painted_text import draw_text
from cnnviewer.ui.widgets.palettes import Range
from cnnviewer.ui.widgets.plain_text import elided
from cnnviewer.ui.widgets.styled import Styled

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


_WIDEST = 180.0  # pixels of a legend, where its numbers do not need more
_TEXTS = 0.4  # of the width for texts, where all legends have room beside them
_LEAST_TEXTS = 0.22  # else
_LEAST_WORDS = "LeNet: 14…"  # texts that say less say nothing

Legend = tuple[str, Palette, Range]
"""A layer, the palette of its values, and the values of the first and the last colour."""


class ReadoutLine(Styled, QWidget):
    """Two lines of text at a fixed place, and a legend."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("networkReadout")
        self.text = ""
        self.explanation = ""
        self._legends: tuple[Legend, ...] = ()
        self.on_look_changed()

    def set_text(self, text: str, explanation: str) -> None:
        """The upper and the lower line."""
        if (text, explanation) != (self.text, self.explanation):
            self.text, self.explanation = text, explanation
            self.update()

    def set_legends(self, *legends: Legend) -> None:
        """What the colours mean: a layer, its palette and its range, for each palette in use."""
        if legends != self._legends:
            self._legends = legends
            self.update()

    def on_look_changed(self) -> None:
        """As high as two lines."""
        super().on_look_changed()
        self.setFixedHeight(round(sum(self._lines())) + 10)

    def _lines(self) -> tuple[float, float]:
        """Heights of the upper and the lower line."""
        style = self.paint_style
        return max(18.0, style.name_line), max(18.0, style.line)

    def _paint_legends(self, painter: QPainter, style: PaintStyle) -> float:
        """Those that have room, from the right; where the room for the texts ends."""
        right = float(self.width()) - 12
        usual = min(_WIDEST, self.width() * 0.26 / max(1, len(self._legends)))
        least = self.width() * _TEXTS
        if self._needed(style, usual) > right - least:  # one for every palette: narrower ones, and shorter texts
            usual, least = 0.0, max(self.width() * _LEAST_TEXTS, 12 + style.small(_LEAST_WORDS))
        for title, palette, bounds in reversed(self._legends):
            name, wide = style.small(title) + 4, legend_width(style, bounds, usual)
            if right - wide - name - 24 < least:
                break  # fewer, with their numbers
            paint_legend(painter, style, Rect(right - wide, 3, wide, self.height() - 6.0), palette, bounds)
            right -= wide + 10
            painter.setFont(style.small_font)
            draw_text(painter, qrect(Rect(right - name, 5, name, style.line + 4)), _RIGHT, title)
            right -= name + 14
        return right

    def _needed(self, style: PaintStyle, usual: float) -> float:
        """How wide all legends are together."""
        return sum(legend_width(style, bounds, usual) + style.small(title) + 28 for title, _, bounds in self._legends)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Texts on the left, legend on the right."""
        style, painter = self.paint_style, QPainter(self)
        painter.fillRect(self.rect(), style.color("raised"))
        painter.setPen(QPen(style.color("border"), 1))
        painter.drawLine(0, 0, self.width(), 0)
        right = self._paint_legends(painter, style)
        upper, lower = self._lines()
        for text, font, colour, y, high in (
            (self.text, style.text_font, "text", 5.0, upper),
            (self.explanation, style.small_font, "muted", 6.0 + upper, lower),
        ):
            painter.setFont(font)
            painter.setPen(style.color(colour))
            room = right - 12
            shown = elided(painter.fontMetrics(), text, int(room))
            draw_text(painter, qrect(Rect(12, y, room, high)), _LEFT, shown)
        painter.end()
