"""The curves of several runs as a file: what is visible, at another size and in either theme, with a legend."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from cnnviewer.ui.compare.plot import CompareState, RunsPlot
from cnnviewer.ui.compare.run_style import paint_sample
from cnnviewer.ui.compare.series import RunSeries
from cnnviewer.ui.train.curves.picture import Panel, paint_plot, side_by_side
from cnnviewer.ui.widgets.painted_text import draw_text_at
from cnnviewer.ui.widgets.plain_text import elided
from cnnviewer.ui.widgets.rendering import picture_font, picture_tokens, render_picture
from cnnviewer.ui.widgets.theme import Tokens

_SAMPLE: Final = 28.0
_GAP: Final = 6.0
_BETWEEN: Final = 18.0


def render_runs(
    kind: str,
    size: tuple[int, int],
    dark: bool,
    caption: str,
    runs: Sequence[RunSeries],
    state: CompareState,
    panels: Sequence[Panel],
) -> bytes:
    """Both plots with axes, a legend of the runs and a caption as the bytes of a PNG, SVG or PDF file."""
    tokens, font = picture_tokens(dark), picture_font()

    def paint(painter: QPainter, rect: QRectF) -> None:
        used = _paint_legend(painter, rect.adjusted(12, 8, -12, 0), runs, tokens, font)
        below = rect.adjusted(4, used + 12, -4, -2)
        for panel, place in zip(panels, side_by_side(below, len(panels)), strict=True):
            _paint_panel(painter, place, panel)

    def _paint_panel(painter: QPainter, place: QRectF, panel: Panel) -> None:
        plot = RunsPlot(panel.metric)
        plot.set_look(tokens, font)
        plot.set_runs(runs)
        plot.set_state(state)
        paint_plot(plot, panel, painter, place)

    return render_picture(kind, size, dark, caption, paint)


def _paint_legend(painter: QPainter, rect: QRectF, runs: Sequence[RunSeries], tokens: Tokens, font: QFont) -> float:
    """Samples and names in as many rows as they need; the height they took."""
    painter.setFont(font)
    metrics = QFontMetricsF(font)
    x, y, line = rect.left(), rect.top(), metrics.height() + 4
    for run in runs:
        text = elided(metrics, run.column.title, rect.width() - _SAMPLE - _GAP, Qt.TextElideMode.ElideMiddle)
        wide = _SAMPLE + _GAP + metrics.horizontalAdvance(text)
        if x > rect.left() and x + wide > rect.right():
            x, y = rect.left(), y + line
        paint_sample(painter, run.place, QRectF(x, y, _SAMPLE, line), tokens)
        painter.setPen(QColor(tokens.text))
        draw_text_at(painter, QPointF(x + _SAMPLE + _GAP, y + 2 + metrics.ascent()), text)
        x += wide + _BETWEEN
    return y + line - rect.top()
