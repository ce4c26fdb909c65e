"""The chosen output cell as a row of little grids: what lies under the window, the kernel, their products, the sum."""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from cnnviewer.core.sandbox import Outcome, Pair
from cnnviewer.ui.sandbox.cells import (
    Shading,
    exact,
    kernel_shading,
    paint_cells,
    paint_ring,
    shading,
    small_font,
)
from cnnviewer.ui.theme import theme

_LARGEST_CELL = 27.0
_READABLE_CELL = 26.5
_SIGN = 24.0  # width of × and =
_CENTRE = Qt.AlignmentFlag.AlignCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class Strip(QWidget):
    """Paints the arithmetic of one output cell; the words of it are the parent's."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sandboxStrip")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._outcome: Outcome | None = None
        self._place: Pair = (0, 0)
        self._shade: Shading | None = None
        theme().changed.connect(self.update)
        self.retranslate()

    def show_cell(self, outcome: Outcome | None, place: Pair, shade: Shading) -> None:
        """Show the output cell at `place`; `shade` colours the input."""
        self._outcome, self._place, self._shade = outcome, place, shade
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
        cols = self._outcome.setup.kernel_size[1]
        grids = 3 if self._outcome.kernel is not None else 1
        signs = grids * _SIGN
        room = self.width() - 4 - signs
        with_result = min(_LARGEST_CELL, (room - self._result_width()) / (grids * cols))
        if with_result >= _READABLE_CELL or grids == 1:
            return max(with_result, 4.0), True
        return max(min(_LARGEST_CELL, (room + _SIGN) / (grids * cols)), 4.0), False

    def _fit(self) -> None:
        if self._outcome is None:
            self.setFixedHeight(0)
            return
        cell, beside = self._geometry()
        lines = 3 * QFontMetricsF(QApplication.font()).height() if beside else 0.0
        grids = self._outcome.setup.kernel_size[0] * cell + QFontMetricsF(small_font()).height() + 4
        self.setFixedHeight(math.ceil(max(grids, lines) + 4))

    def _result_lines(self) -> tuple[str, ...]:
        assert self._outcome is not None
        value = exact(float(self._outcome.output[self._place]), 5)
        if self._outcome.kernel is None:
            return (f"{self._outcome.setup.operation} = {value}",)
        total = exact(float(self._outcome.products(*self._place).sum()), 5)
        return f"Σ = {total}", f"+ {self._bias} {exact(self._outcome.bias)}", f"= {value}"

    def _result_width(self) -> float:
        metrics = QFontMetricsF(_bold_font())
        return max(90.0, *(metrics.horizontalAdvance(line) + 6 for line in self._result_lines()))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Grids, signs, result."""
        outcome, shade = self._outcome, self._shade
        if outcome is None or shade is None:
            return
        painter = QPainter(self)
        cell, beside = self._geometry()
        window = outcome.window(*self._place)
        origin = QPointF(2, QFontMetricsF(small_font()).height() + 3)
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
                self._paint_sign(painter, QRectF(x, origin.y(), _SIGN, window.shape[0] * cell), sign)
                corner = QPointF(x + _SIGN, origin.y())
                self._paint_label(painter, corner, values.shape[1] * cell, label)
                paint_cells(painter, corner, cell, values, colours)
                x += _SIGN + values.shape[1] * cell
        if beside:
            self._paint_result(painter, QRectF(x + _SIGN, 0, self.width() - x - _SIGN, self.height()))
        painter.end()

    def _paint_label(self, painter: QPainter, origin: QPointF, width: float, label: str) -> None:
        painter.setFont(small_font())
        painter.setPen(theme().color("muted"))
        room = QRectF(origin.x() - 1, 0, width + _SIGN - 2, origin.y() - 1)
        words = painter.fontMetrics().elidedText(label, Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, _LEFT, words)

    def _paint_sign(self, painter: QPainter, room: QRectF, sign: str) -> None:
        painter.setFont(QApplication.font())
        painter.setPen(theme().color("text"))
        painter.drawText(room, _CENTRE, sign)

    def _paint_result(self, painter: QPainter, room: QRectF) -> None:
        lines = self._result_lines()
        line = QFontMetricsF(QApplication.font()).height()
        top = (room.height() - line * len(lines)) / 2
        for index, text in enumerate(lines):
            last = index == len(lines) - 1
            painter.setFont(_bold_font() if last else QApplication.font())
            painter.setPen(theme().color("text" if last else "muted"))
            painter.drawText(QRectF(room.x(), top + index * line, room.width(), line), _LEFT, text)

    # -- Qt -----------------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        """As high as the window."""
        return QSize(240, self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Another language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


def _bold_font() -> QFont:
    font = QFont(QApplication.font())
    font.setWeight(QFont.Weight.DemiBold)
    return font
