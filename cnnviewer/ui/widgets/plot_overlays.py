"""What lies behind and over the curves: axes with readable numbers, epoch lines and the crosshair."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QWidget

from cnnviewer.ui.widgets.painted_text import draw_text_at

Array = npt.NDArray[np.float64]
_CLOSEST_LINES = 14.0  # pixels between two epoch lines; closer ones are thinned
_CLOSEST_LABELS = 34.0
_CLOSEST_TICKS = 44.0  # pixels between two ticks: more of them are a ladder and no scale
_LABEL_BESIDE = 6.0  # pixels between an epoch's number and its line: the point of a curve on the line has room
_LABEL_GAP = 10.0  # pixels between two numbers side by side, at least
_FEW_DECADES = 2.5
_LINE_ALPHA = 150  # of 255


def thinning(count: int, spacing: float, closest: float) -> int:
    """Every how many-th of things `spacing` apart is kept so that they are `closest` apart: 1, 2, 5, 10, 20."""
    if spacing <= 0.0:
        return max(1, count)
    scale = 1
    while True:
        for step in (1, 2, 5):
            if spacing * step * scale >= closest:
                return step * scale
        scale *= 10


class NumberAxis(pg.AxisItem):
    """An axis whose numbers are written out, thousands apart; `1 / scale` of the data's unit is its own unit.

    Attributes:
        whole: only whole numbers stand on it.
    """

    whole = False

    def tickSpacing(self, low: float, high: float, size: float) -> list[tuple[float, float]]:
        """How far ticks are apart (pyqtgraph's hook)."""
        levels: list[tuple[float, float]] = super().tickSpacing(low, high, size)
        least = _CLOSEST_TICKS * (high - low) / max(1.0, size)
        levels = [level for level in levels if level[0] >= least] or levels[:1]
        levels[0] = (self._apart(levels[0][0], high, size / max(high - low, 1e-300)), levels[0][1])
        if not self.whole:
            return levels
        return [(max(1.0, spacing), offset) for spacing, offset in levels]

    def _apart(self, spacing: float, high: float, pixels: float) -> float:
        """A spacing, in multiples of `spacing`, at which numbers of this font stand side by side; `pixels` a unit."""
        font = self.style["tickFont"]
        if font is None or self.logMode or self.orientation not in ("bottom", "top"):
            return spacing
        (widest,) = self.tickStrings([high], 1.0, spacing)
        room = QFontMetricsF(font).horizontalAdvance(widest) + _LABEL_GAP
        return spacing * thinning(0, spacing * pixels, room) if pixels > 0 else spacing

    def logTickValues(
        self, low: float, high: float, size: float, ticks: list[tuple[float, list[float]]]
    ) -> list[tuple[float | None, list[float]]]:
        """Where ticks are on a logarithmic axis (pyqtgraph's hook): powers of ten, of a short axis also 2 and 5."""
        short = high - low < _FEW_DECADES
        every = max(1, int(np.ceil((high - low) * _CLOSEST_LABELS / max(1.0, size))))
        first, last = int(np.floor(low)), int(np.ceil(high))
        steps = (1.0, 2.0, 5.0) if short else (1.0,)
        found = [power + float(np.log10(step)) for power in range(first, last + 1, every) for step in steps]
        return [(1.0, [value for value in found if low <= value <= high])]

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        """Describe the ticks (pyqtgraph's hook)."""
        if self.logMode:
            return [_plain(10.0**value) for value in values]
        places = max(0, int(np.ceil(-np.log10(spacing * scale) - 1e-9)))
        return [f"{value * scale:,.{min(places, 9)}f}".replace("-", "−") for value in values]


def _plain(value: float) -> str:
    """A power of ten as one writes it."""
    return f"{value:,.6g}" if 1e-5 <= value < 1e7 else f"{value:.0e}"


class _PixelOverlay(pg.GraphicsObject):
    """Paints in the pixels of a view box, so that text and hair lines are never stretched."""

    def __init__(self, view: pg.ViewBox, z: float) -> None:
        super().__init__()
        self._view = view
        self.setParentItem(view)
        self.setZValue(z)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        view.sigRangeChanged.connect(self._moved)
        view.sigResized.connect(self._resized)

    def boundingRect(self) -> QRectF:
        """The whole view box."""
        return QRectF(self._view.rect())

    def _moved(self, *_: object) -> None:
        self.update()

    def _resized(self, *_: object) -> None:
        self.prepareGeometryChange()
        self.update()

    def _x(self, step: float) -> float:
        """Horizontal pixel of a step."""
        left, right = self._view.viewRange()[0]
        return float((step - left) / (right - left) * self._view.rect().width())

    def _y(self, value: float) -> float:
        """Vertical pixel of a value, as drawn (a logarithm on a logarithmic axis)."""
        bottom, top = self._view.viewRange()[1]
        return float((top - value) / (top - bottom) * self._view.rect().height())


class EpochLines(_PixelOverlay):
    """A thin vertical line where every epoch ends, with its number at the top; thinned where they crowd.

    Attributes:
        words: what stands at the first number, `{number}` for it, so that the others are understood.

    """

    words = "{number}"

    def __init__(self, view: pg.ViewBox) -> None:
        super().__init__(view, -50.0)
        self._steps: Array = np.empty(0)
        self._numbers: Array = np.empty(0)
        self._line = QColor()
        self._text = QColor()
        self._font = QFont()

    def set_colours(self, line: QColor, text: QColor, font: QFont) -> None:
        """Colours of the theme."""
        self._line, self._text, self._font = line, text, font
        self.update()

    def set_epochs(self, steps: Array, numbers: Array) -> None:
        """Lines at `steps`, the ends of the epochs `numbers`."""
        self._steps, self._numbers = steps, numbers
        self.update()

    def paint(self, painter: QPainter, option: Any, widget: QWidget | None = None) -> None:
        """Draw the visible ones."""
        if not self._steps.size:
            return
        bounds = self.boundingRect()
        left, right = self._view.viewRange()[0]
        apart = (self._steps[-1] - self._steps[0]) / max(1, self._steps.size - 1) or (right - left)
        spacing = float(apart / (right - left) * bounds.width())
        line_every = thinning(self._steps.size, spacing, _CLOSEST_LINES)
        label_every = max(line_every, thinning(self._steps.size, spacing, _CLOSEST_LABELS))
        painter.setFont(self._font)
        metrics = QFontMetricsF(self._font)
        visible = (self._steps >= left) & (self._steps <= right) & (self._numbers % line_every == 0)
        words = self.words
        for step, number in zip(self._steps[visible].tolist(), self._numbers[visible].tolist(), strict=True):
            x = self._x(step)
            painter.setPen(QPen(self._line, 1.0))
            painter.drawLine(QPointF(x, 0.0), QPointF(x, bounds.height()))
            if number % label_every != 0:
                continue
            for text in (words.format(number=f"{number:.0f}"), f"{number:.0f}"):
                start = x - metrics.horizontalAdvance(text) - _LABEL_BESIDE
                if start > 0.0:
                    painter.setPen(self._text)
                    draw_text_at(painter, QPointF(start, metrics.ascent() + 1.0), text)
                    words = "{number}"
                    break


class ShownStepLine(_PixelOverlay):
    """Where the step on the screen stands: a thin vertical line, and a point on the curve where its value is known."""

    def __init__(self, view: pg.ViewBox) -> None:
        super().__init__(view, -40.0)  # below the curves: at the end of a run it stands where their last points are
        self.step: float | None = None
        self.value: float | None = None
        self._painted = False  # where it stands
        self._colour = QColor()
        self._surface = QColor()

    def set_colours(self, line: QColor, surface: QColor) -> None:
        """Colours of the theme."""
        self._colour, self._surface = line, surface
        self.update()

    def show_at(self, step: float | None, value: float | None = None, soon: bool = False) -> None:
        """Stand at `step`; None: vanish. `soon`: with the next `update`, for moving alone it costs as all curves do.

        Args:
            step: where.
            value: of the curve there, as it is drawn; None where there is none.
            soon: wait for the next `update`.

        """
        if (step, value) != (self.step, self.value):
            self.step, self.value, self._painted = step, value, False
        if not (soon or self._painted):
            self.update()

    def paint(self, painter: QPainter, option: Any, widget: QWidget | None = None) -> None:
        """Draw line and point."""
        self._painted = True
        if self.step is None:
            return
        bounds = self.boundingRect()
        x = self._x(self.step)
        if not -1.0 <= x <= bounds.width() + 1.0:
            return
        line = QColor(self._colour)
        line.setAlpha(_LINE_ALPHA)
        painter.setPen(QPen(line, 1.0))
        painter.drawLine(QPointF(x, 0.0), QPointF(x, bounds.height()))
        if self.value is None or not np.isfinite(self.value):
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._surface, 1.5))
        painter.setBrush(self._colour)
        painter.drawEllipse(QPointF(x, self._y(self.value)), 5.0, 5.0)


class Crosshair(_PixelOverlay):
    """A vertical hair line at a step and a dot on every curve there."""

    def __init__(self, view: pg.ViewBox) -> None:
        super().__init__(view, 50.0)
        self._step: float | None = None
        self._dots: tuple[tuple[float, float, QColor], ...] = ()
        self._line = QColor()
        self._surface = QColor()

    def set_colours(self, line: QColor, surface: QColor) -> None:
        """Colours of the theme."""
        self._line, self._surface = line, surface
        self.update()

    def show_at(self, step: float | None, dots: tuple[tuple[float, float, QColor], ...] = ()) -> None:
        """Stand at `step` with `dots` (step, drawn value, colour); None: vanish."""
        if step is None and self._step is None:
            return
        self._step, self._dots = step, dots
        self.update()

    def paint(self, painter: QPainter, option: Any, widget: QWidget | None = None) -> None:
        """Draw line and dots."""
        if self._step is None:
            return
        bounds = self.boundingRect()
        x = self._x(self._step)
        if 0.0 <= x <= bounds.width():
            painter.setPen(QPen(self._line, 1.0))
            painter.drawLine(QPointF(x, 0.0), QPointF(x, bounds.height()))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for step, value, colour in self._dots:
            point = QPointF(self._x(step), self._y(value)) if np.isfinite(value) else None
            if point is not None and bounds.contains(point):
                painter.setPen(QPen(self._surface, 1.5))
                painter.setBrush(colour)
                painter.drawEllipse(point, 4.0, 4.0)
