"""The two plots as a file: the same ranges, smoothing and scale as on the screen, at another size and theme."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGraphicsView

from cnnviewer.ui.train.curves.legend import legend_width, paint_legend, short
from cnnviewer.ui.train.curves.plot import CurvePlot, PlotState
from cnnviewer.ui.train.curves.series import Series
from cnnviewer.ui.widgets.number_plot import NumberPlot
from cnnviewer.ui.widgets.rendering import picture_font, picture_tokens, render_picture

_LEGEND_HEIGHT = 28.0
_SIDE_BY_SIDE = 1.35  # wider than so many times its height


@dataclass(frozen=True)
class Panel:
    """One plot of the picture: its metric, what is visible of it, and the titles of its axes."""

    metric: str
    x_range: tuple[float, float]
    y_range: tuple[float, float]
    labels: tuple[str, str]


def render_curves(
    kind: str,
    size: tuple[int, int],
    dark: bool,
    caption: str,
    series: Series,
    state: PlotState,
    panels: Sequence[Panel],
    legend: tuple[str, str, str, str],
) -> bytes:
    """Both plots with axes, legend and caption as the bytes of a PNG, SVG or PDF file."""
    tokens = picture_tokens(dark)
    font = picture_font()

    def paint(painter: QPainter, rect: QRectF) -> None:
        words = legend if legend_width(legend, font) <= rect.width() - 24 else short(legend)
        line = QRectF(rect.left() + 12, rect.top() + 6, rect.width() - 24, _LEGEND_HEIGHT - 6)
        paint_legend(painter, line, words, state.raw, tokens, font)
        below = rect.adjusted(4, _LEGEND_HEIGHT, -4, -2)
        for panel, place in zip(panels, side_by_side(below, len(panels)), strict=True):
            _paint_panel(painter, place, panel)

    def _paint_panel(painter: QPainter, place: QRectF, panel: Panel) -> None:
        plot = CurvePlot(panel.metric)
        plot.set_look(tokens, font)
        plot.set_series(series)
        plot.set_state(state)
        paint_plot(plot, panel, painter, place)

    return render_picture(kind, size, dark, caption, paint)


def paint_plot(plot: NumberPlot, panel: Panel, painter: QPainter, place: QRectF) -> None:
    """Paint `plot` in `place` and let it go: one made for this, so that the one on the screen stays as it is."""
    try:
        plot.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        plot.resize(int(place.width()), int(place.height()))
        plot.set_labels(*panel.labels)
        plot.paint_for_file()
        plot.show()  # lays the scene out
        plot.view.setRange(xRange=panel.x_range, yRange=panel.y_range, padding=0)
        plot.grab()
        plot.redraw()
        plot.scene().prepareForPaint()
        source = QRect(0, 0, plot.width(), plot.height())
        QGraphicsView.render(plot, painter, QRectF(place.topLeft(), QRectF(source).size()), source)
    finally:
        plot.hide()
        plot.deleteLater()


def side_by_side(rect: QRectF, count: int) -> list[QRectF]:
    """Side by side on a wide page, one above the other on a tall one."""
    if rect.width() >= _SIDE_BY_SIDE * rect.height():
        width = rect.width() / count
        return [QRectF(rect.left() + i * width, rect.top(), width, rect.height()) for i in range(count)]
    height = rect.height() / count
    return [QRectF(rect.left(), rect.top() + i * height, rect.width(), height) for i in range(count)]
