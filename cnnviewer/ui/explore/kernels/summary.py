"""Beside the kernels: the legend in numbers, a histogram of the layer's weights, and what they are on average."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from cnnviewer.core.counting import counted
from cnnviewer.ui.explore.kernels.layout import Mode
from cnnviewer.ui.explore.kernels.painter import paint_histogram, paint_legend
from cnnviewer.ui.explore.kernels.values import LayerValues
from cnnviewer.ui.explore.network.labels import number
from cnnviewer.ui.widgets.paint_style import PaintStyle
from cnnviewer.ui.widgets.painted_text import draw_text
from cnnviewer.ui.widgets.plain_text import elided
from cnnviewer.ui.widgets.styled import Styled
from cnnviewer.ui.widgets.text_size import grown
from cnnviewer.ui.widgets.theme import theme
from cnnviewer.ui.widgets.translated import Translated

_WIDTH, _HEIGHT = 216, 190  # beside the kernels, and below them
_MOST_HEIGHT = 260  # pixels that it takes from the kernels at least, however large the text is
_NO_BOUND = 16_777_215  # Qt's own
_EDGE = 6.0
_BETWEEN = "   "  # two facts of a line


class WeightSummary(Translated, Styled, QWidget):
    """Legend, histogram and statistics of one layer's weights; its bias, of the selected channel if there is one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("weightSummary")
        self.set_beside(True)
        self._values: LayerValues | None = None
        self._mode: Mode = "input"
        self._channel: int | None = None
        theme().changed.connect(self.update)
        self.retranslate()

    def set_beside(self, beside: bool, most: int = _NO_BOUND) -> None:
        """Stand beside the kernels, as high as they are and at most `most` pixels wide, or below them."""
        self._beside, self._most = beside, most
        width, height = min(grown(_WIDTH), most), min(grown(_HEIGHT), _MOST_HEIGHT)
        self.setMinimumWidth(width if beside else 0)
        self.setMaximumWidth(width if beside else _NO_BOUND)
        self.setMaximumHeight(_NO_BOUND if beside else 2 * height)
        self.setMinimumHeight(0 if beside else height)

    def on_look_changed(self) -> None:
        """Larger letters need more room."""
        self.set_beside(self._beside, self._most)
        self.update()

    def set_values(self, values: LayerValues | None, mode: Mode) -> None:
        """Show these weights."""
        self._values, self._mode = values, mode
        self.update()

    def set_channel(self, channel: int | None) -> None:
        """Tell the bias of this output channel."""
        if channel != self._channel:
            self._channel = channel
            self.update()

    def lines(self) -> tuple[str, ...]:
        """The statistics in words."""
        if self._values is None:
            return ()
        facts = self._values.statistics
        lines = [
            self.tr("mean {mean}   std {std}").format(mean=number(facts.mean), std=number(facts.std)),
            self.tr("min {low}   max {high}").format(low=number(facts.low), high=number(facts.high)),
            self._bias(),
        ]
        if facts.broken:
            lines[-1] = counted(
                self.tr("{count:weight is not a number|weights are not numbers}"), count=f"{facts.broken:,}"
            )
        return tuple(lines)

    def _bias(self) -> str:
        assert self._values is not None
        bias = self._values.kernels.bias
        if bias is None or not bias.size:
            return self.tr("no bias")
        if self._channel is not None and self._channel < bias.size:
            return self.tr("bias[{channel}] = {value}").format(
                channel=self._channel, value=number(float(bias[self._channel]))
            )
        return self.tr("bias {low} to {high}").format(
            low=number(float(np.min(bias)), 3), high=number(float(np.max(bias)), 3)
        )

    def retranslate(self) -> None:
        """Set all texts in the current language."""
        self.setAccessibleName(self.tr("Weights of the layer"))
        self.setToolTip(
            self.tr(
                "Colours of the weights, and how many weights have which value "
                "(square root of the count, so that few large ones stay visible). The line is the mean."
            )
        )
        self.update()

    def minimumSizeHint(self) -> QSize:
        """Room for the legend and the numbers."""
        return QSize(min(_WIDTH, self._most), grown(90))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Histogram above the legend, whose axis it shares; the numbers below."""
        if self._values is None:
            return
        painter = QPainter(self)
        paint_summary(painter, self.paint_style, QRectF(self.rect()), self._values, self._mode, self.lines())


def paint_summary(
    painter: QPainter, style: PaintStyle, room: QRectF, values: LayerValues, mode: Mode, lines: tuple[str, ...]
) -> None:
    """Histogram, legend and lines of text in `room`; the histogram takes what the others leave."""
    inner = room.adjusted(_EDGE, 2, -_EDGE, -2)
    lines = tuple(part for line in lines for part in _parts(line, style, inner.width()))
    text_height = style.line * len(lines)
    legend_height = 12 + style.line
    chart = QRectF(inner.x(), inner.y(), inner.width(), max(inner.height() - legend_height - text_height - 6, 0.0))
    if chart.height() >= 10:
        paint_histogram(painter, style, chart, values)
    paint_legend(painter, style, QRectF(inner.x(), chart.bottom() + 2, inner.width(), legend_height), values, mode)
    painter.setFont(style.small_font)
    painter.setPen(style.color("text"))
    metrics = QFontMetricsF(style.small_font)
    top = chart.bottom() + 2 + legend_height + 2
    for index, line in enumerate(lines):
        words = elided(metrics, line, inner.width())
        place = QRectF(inner.x(), top + index * style.line, inner.width(), style.line)
        draw_text(painter, place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)


def _parts(line: str, style: PaintStyle, width: float) -> list[str]:
    """The line, or its two facts below one another where it has no room."""
    return [line] if style.small(line) <= width else line.split(_BETWEEN)
