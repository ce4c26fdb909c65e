"""The chosen output cell as a row of little grids: what lies under the window, the kernel, their products, the sum."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from cnnviewer.core.sandbox import Pair, SlidingResult
from cnnviewer.ui.sandbox.cells import (
    Shading,
    exact,
    kernel_shading,
    paint_cells,
    paint_ring,
    shading,
    small_font,
)
from cnnviewer.ui.widgets.painted_text import draw_text
from cnnviewer.ui.widgets.plain_text import elided
from cnnviewer.ui.widgets.text_size import grown, text_pixels
from cnnviewer.ui.widgets.theme import theme
from cnnviewer.ui.widgets.translated import Translated

_LARGEST_CELL = 84.0
_READABLE_CELL = 26.5  # at the usual text size
_SIGN = 40.0  # width of × and =
_SIGN_FONT, _RESULT_FONT = 0.55, 0.62  # of a cell's height, within bounds
_CENTRE = Qt.AlignmentFlag.AlignCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class WindowRow(Translated, QWidget):
    """Paints the arithmetic of one output cell; the words of it are the parent's."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sandboxWindowRow")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._outcome: SlidingResult | None = None
        self._place: Pair = (0, 0)
        self._shade: Shading | None = None
        self._width, self._height = 240.0, 100.0
        theme().changed.connect(self.update)
        self.retranslate()

    def show_cell(self, outcome: SlidingResult | None, place: Pair, shade: Shading) -> None:
        """Show the output cell at `place`; `shade` colours the input."""
        self._outcome, self._place, self._shade = outcome, place, shade
        self._fit()
        self.update()

    def set_room(self, width: float, height: float) -> None:
        """Fit into so many pixels, but never with cells too small to be read."""
        self._width, self._height = width, height
        self._fit()
        self.update()

    def retranslate(self) -> None:
        """Set all texts in the current language."""
        self.setAccessibleName(self.tr("Arithmetic of the chosen cell"))
        self.setToolTip(self.tr("How the chosen output cell comes about."))
        self._under, self._kernel = self.tr("window"), self.tr("kernel")
        self._products, self._bias = self.tr("products"), self.tr("bias")
        self.update()

    # -- painting -----------------------------------------------------------------------------------------------

    def _geometry(self) -> tuple[float, bool]:
        """Side of a cell, and whether the result stands beside the grids."""
        if self._outcome is None:
            return 0.0, False
        rows, cols = self._outcome.setup.kernel_size
        grids = 3 if self._outcome.kernel is not None else 1
        readable = float(grown(_READABLE_CELL))
        room = self._width - 4 - grids * _SIGN
        largest = max(readable, min(_LARGEST_CELL, (self._height - self._caption() - 4) / rows))
        with_result = min(largest, (room - self._result_width(largest)) / (grids * cols))
        if with_result >= readable or grids == 1:
            return max(with_result, 4.0), True
        return max(min(largest, (room + _SIGN) / (grids * cols)), 4.0), False

    def _caption(self) -> float:
        return QFontMetricsF(small_font()).height() + 4

    def _fit(self) -> None:
        if self._outcome is None:
            self.setFixedHeight(0)
            return
        cell, beside = self._geometry()
        lines = sum(QFontMetricsF(font).height() for font in self._result_fonts(cell)) if beside else 0.0
        grids = self._outcome.setup.kernel_size[0] * cell + self._caption()
        self.setFixedHeight(math.ceil(max(grids, lines) + 4))

    def _result_lines(self) -> tuple[str, ...]:
        assert self._outcome is not None
        value = exact(float(self._outcome.output[self._place]), 5)
        if self._outcome.kernel is None:
            return (f"{self._outcome.setup.operation} = {value}",)
        total = exact(float(self._outcome.products(*self._place).sum()), 5)
        return f"Σ = {total}", f"+ {self._bias} {exact(self._outcome.bias)}", f"= {value}"

    def _result_fonts(self, cell: float) -> tuple[QFont, ...]:
        """Of the lines of the result: the last one stands out."""
        usual = text_pixels()
        plain, strong = QFont(QApplication.font()), QFont(QApplication.font())
        plain.setPixelSize(round(min(max(usual, cell * 0.42), 1.7 * usual)))
        strong.setPixelSize(round(min(max(usual, cell * _RESULT_FONT), 2.5 * usual)))
        strong.setWeight(QFont.Weight.Bold)
        return (*((plain,) * (len(self._result_lines()) - 1)), strong)

    def _result_width(self, cell: float) -> float:
        """Room for the result of any cell, so that nothing moves when another one is chosen."""
        assert self._outcome is not None
        fonts, lines = self._result_fonts(cell), self._result_lines()
        widths = [QFontMetricsF(font).horizontalAdvance(line) for font, line in zip(fonts, lines, strict=True)]
        widest = QFontMetricsF(fonts[-1]).horizontalAdvance("= −0.00000")
        return max(*widths, widest) + 6 if len(widths) > 1 else max(widths[0], widest) + 6

    def paintEvent(self, event: QPaintEvent) -> None:
        """Grids, signs, result."""
        outcome, shade = self._outcome, self._shade
        if outcome is None or shade is None:
            return
        painter = QPainter(self)
        cell, beside = self._geometry()
        window = outcome.window(*self._place)
        origin = QPointF(2, self._caption())
        self._paint_label(painter, origin, window.shape[1] * cell, self._under)
        paint_cells(painter, origin, cell, window, shade, outcome.window_padding(*self._place))
        for index, (row, col) in enumerate(outcome.winners(*self._place)):
            ring = QRectF(origin.x() + col * cell, origin.y() + row * cell, cell, cell).adjusted(1.5, 1.5, -1.5, -1.5)
            paint_ring(painter, ring, "good" if index == 0 else "faint", 2.0 if index == 0 else 1.2)
        x = origin.x() + window.shape[1] * cell
        if outcome.kernel is not None:
            products = outcome.products(*self._place)
            for sign, values, colours, label in (
                ("×", outcome.kernel, kernel_shading(outcome.kernel), self._kernel),
                ("=", products, shading(products, signed=True), self._products),
            ):
                self._paint_sign(painter, QRectF(x, origin.y(), _SIGN, window.shape[0] * cell), sign, cell)
                corner = QPointF(x + _SIGN, origin.y())
                self._paint_label(painter, corner, values.shape[1] * cell, label)
                paint_cells(painter, corner, cell, values, colours)
                x += _SIGN + values.shape[1] * cell
        if beside:
            top = self._caption() - 4
            self._paint_result(painter, QRectF(x + _SIGN, top, self.width() - x - _SIGN, self.height() - top), cell)
        painter.end()

    def _paint_label(self, painter: QPainter, origin: QPointF, width: float, label: str) -> None:
        painter.setFont(small_font())
        painter.setPen(theme().color("muted"))
        room = QRectF(origin.x() - 1, 0, width + _SIGN - 2, origin.y() - 1)
        words = elided(painter.fontMetrics(), label, int(room.width()))
        draw_text(painter, room, _LEFT, words)

    def _paint_sign(self, painter: QPainter, room: QRectF, sign: str, cell: float) -> None:
        font = QFont(QApplication.font())
        font.setPixelSize(round(min(max(text_pixels(), cell * _SIGN_FONT), 32.0)))
        painter.setFont(font)
        painter.setPen(theme().color("text"))
        draw_text(painter, room, _CENTRE, sign)

    def _paint_result(self, painter: QPainter, room: QRectF, cell: float) -> None:
        fonts = self._result_fonts(cell)
        heights = [QFontMetricsF(font).height() for font in fonts]
        top = room.top() + max((room.height() - sum(heights)) / 2, 0.0)
        for text, font, high in zip(self._result_lines(), fonts, heights, strict=True):
            painter.setFont(font)
            painter.setPen(theme().color("accent_text" if font is fonts[-1] else "text"))
            draw_text(painter, QRectF(room.x(), top, room.width(), high), _LEFT, text)
            top += high

    # -- Qt -----------------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        """As high as the window."""
        return QSize(240, self.height())
