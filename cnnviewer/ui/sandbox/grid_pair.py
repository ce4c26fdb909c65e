"""Input and output beside or above one another, as large as the room allows.

Their cells are of one size where numbers have room in them; of a larger input the output's are larger.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from cnnviewer.core.sandbox import Pair
from cnnviewer.ui.sandbox.grid import EDGE
from cnnviewer.ui.sandbox.input_grid import InputGrid
from cnnviewer.ui.sandbox.output_grid import OutputGrid
from cnnviewer.ui.widgets.text_size import grown, text_pixels
from cnnviewer.ui.widgets.theme import theme

_LARGEST_CELL = 110.0
_GAP, _LOW_GAP = 44.0, 24.0
_READ = 42.0  # pixels at the usual text size: a cell in which a number can be read
_LEAST_OUTPUT = 96.0  # pixels at the usual text size: a title needs them
_SENTENCE = QSizeF(160, 96)  # likewise: room for the reason why there is no output


class GridPair(QWidget):
    """Holds the two grids and an arrow between them that says what happens."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sandboxStage")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.input = InputGrid(self)
        self.output = OutputGrid(self)
        self._output_size: Pair | None = None
        self._arrow = QPointF(0, 0)
        self._down = False
        theme().changed.connect(self.update)

    def set_output_size(self, size: Pair | None) -> None:
        """Rows and columns of the output; None makes room for a sentence."""
        self._output_size = size
        self.arrange()

    def arrange(self) -> None:
        """Give both grids the largest cell with which both fit, beside or above one another."""
        rows, cols = self.input.rows, self.input.cols
        out_rows, out_cols = self._output_size or (0, 0)
        head, foot = self.input.origin().y() + EDGE, self.input.foot()
        width, height = float(self.width()), float(self.height())
        sentence = _SENTENCE * (text_pixels() / 13)
        least_width = float(grown(_LEAST_OUTPUT)) if self._output_size else sentence.width()
        least_height = 0.0 if self._output_size else sentence.height()
        beside = min(
            (width - _GAP - 4 * EDGE) / (cols + out_cols),
            (width - _GAP - 4 * EDGE - least_width) / cols,  # the output's title needs room even if its cells do not
            (height - head - foot) / max(rows, out_rows),
        )
        above = min(
            (width - 2 * EDGE) / max(cols, out_cols),
            (height - 2 * head - foot - _LOW_GAP - least_height) / (rows + out_rows),
        )
        self._down = above > beside
        self.input.set_cell(max(min(above if self._down else beside, _LARGEST_CELL), 3.0))
        cell = self.input.cell
        first = QSizeF(cols * cell + 2 * EDGE, rows * cell + head + foot)
        if self._output_size and cell < grown(_READ):
            wide, high = width - 2 * EDGE, height - head - EDGE
            if self._down:
                high -= first.height() + _LOW_GAP
            else:
                wide -= first.width() + _GAP
            cell = max(cell, min(grown(_READ), wide / out_cols, high / out_rows))
        self.output.set_cell(cell)
        cell = self.output.cell
        second = QSizeF(max(out_cols * cell + 2 * EDGE, least_width), out_rows * cell + head)
        if self._output_size is None:
            second = QSizeF(least_width, least_height)
        self._place(first, second)

    def _place(self, first: QSizeF, second: QSizeF) -> None:
        """Put grids of these sizes in the middle, with the arrow in the gap."""
        width, height = float(self.width()), float(self.height())
        if self._down:
            left = max((width - max(first.width(), second.width())) / 2, 0.0)
            top = max((height - first.height() - _LOW_GAP - second.height()) / 2, 0.0)
            upper = QRectF(left, top, width - left, first.height())  # all the width: a title may be the widest
            lower = QRectF(left, upper.bottom() + _LOW_GAP, width - left, second.height())
            self._arrow = QPointF(left + first.width() / 2, upper.bottom() + _LOW_GAP / 2)
            boxes = upper, lower
        else:
            if self._output_size is None:
                wide = min(max(width - first.width() - _GAP, second.width()), float(grown(320)))
                second = QSizeF(wide, max(first.height(), min(height, 2 * second.height())))
            left = max((width - first.width() - _GAP - second.width()) / 2, 0.0)
            top = max((height - max(first.height(), second.height())) / 2, 0.0)
            boxes = (
                QRectF(QPointF(left, top), first + QSizeF(_GAP - 2, 0)),  # its title may reach into the gap
                QRectF(QPointF(left + first.width() + _GAP, top), second),
            )
            self._arrow = QPointF(left + first.width() + _GAP / 2, top + self._arrow_depth())
        self.input.setGeometry(boxes[0].toAlignedRect())
        self.output.setGeometry(boxes[1].toAlignedRect())
        self.update()

    def _arrow_depth(self) -> float:
        """How far below the grids' top the arrow runs: in the middle of the lower one of both."""
        high = self.input.rows * self.input.cell
        if self._output_size:
            high = min(high, self._output_size[0] * self.output.cell)
        return self.input.origin().y() + high / 2

    def minimumSizeHint(self) -> QSize:
        """Small cells still show colours."""
        return QSize(230, 170)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The arrow from input to output."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme().color("faint"), 1.8, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.translate(self._arrow)
        if self._down:
            painter.rotate(90)
        half = 7.0 if self._down else 9.0
        painter.drawLine(QPointF(-half, 0), QPointF(half, 0))
        painter.drawLine(QPointF(half - 4, -4), QPointF(half, 0))
        painter.drawLine(QPointF(half - 4, 4), QPointF(half, 0))
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another room."""
        self.arrange()
        super().resizeEvent(event)
