"""The input inside its padding: painted into with the mouse, and the window glides over it."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QEasingCurve, QPointF, QRectF, QSize, Qt, QVariantAnimation, Signal
from PySide6.QtGui import QAccessible, QColor, QFont, QFontMetricsF, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QApplication, QWidget

from cnnviewer.core.sandbox import Array, Pair
from cnnviewer.ui.sandbox.cells import (
    Shading,
    cell_texts,
    exact,
    fitting,
    grid_rect,
    paint_hatch,
    paint_left_out,
    paint_ring,
    small_font,
)
from cnnviewer.ui.sandbox.grid import EDGE, CellGrid
from cnnviewer.ui.widgets.painted_text import draw_text
from cnnviewer.ui.widgets.palettes import colourise
from cnnviewer.ui.widgets.text_colour import BLACK, WHITE, takes_black
from cnnviewer.ui.widgets.theme import theme
from cnnviewer.ui.widgets.translated import Translated
from cnnviewer.ui.widgets.type_sizes import NUMBER

_LEAST_CELL_WITH_WEIGHT = 36.0
_LONGEST_GLIDE = 150  # ms


@dataclass(frozen=True, eq=False)
class WindowView:
    """The window over the padded input.

    Attributes:
        top: padded row of its first cell.
        left: padded column of its first cell.
        size: cells it reads, `(kh, kw)`.
        dilation: distance of the cells it reads.
        weights: `(kh, kw)` of a convolution, else None.
        winners: places inside the window of a maximum or minimum, the one that counts first.

    """

    top: int
    left: int
    size: Pair
    dilation: Pair
    weights: Array | None = None
    winners: tuple[Pair, ...] = ()


class InputGrid(Translated, CellGrid):
    """Left button paints the brush's value, the right one erases; cells are in coordinates of the padded input.

    Signals:
        painted: row, col (of the input, without padding) and the value of the brush.
        stroke_ended: the button is up again.
    """

    accessible_role = QAccessible.Role.Graphic

    painted = Signal(int, int, float)
    stroke_ended = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("sandboxInputGrid", True, parent)
        self._padding: Pair = (0, 0)
        self._is_padding: npt.NDArray[np.bool_] = np.zeros((1, 1), bool)
        self._left_out: npt.NDArray[np.bool_] = np.zeros((1, 1), bool)
        self._brush = 1.0
        self._stroke: float | None = None
        self._window: WindowView | None = None
        self._place = QPointF(0, 0)
        self._touched: Pair | None = None
        self._motion = True
        self._bare: npt.NDArray[np.bool_] | None = None
        self._glide = QVariantAnimation(self)
        self._glide.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._glide.valueChanged.connect(self._on_glide)
        self._glide.finished.connect(self._bare_window)
        self.retranslate()

    # -- what others ask and tell -------------------------------------------------------------------------------

    def set_input(
        self, padded: Array, is_padding: npt.NDArray[np.bool_], left_out: npt.NDArray[np.bool_], shade: Shading
    ) -> None:
        """Show the padded input `(H + 2P, W + 2P)`, hatch its padding and cross out what no window reads."""
        before, inside = self._padding, np.argwhere(~is_padding)[0]
        self._padding = int(inside[0]), int(inside[1])
        self._is_padding, self._left_out = is_padding, left_out
        row, col = self._cursor
        self._cursor = row + self._padding[0] - before[0], col + self._padding[1] - before[1]
        self.set_values(padded, shade)

    def set_window(self, window: WindowView | None, glide: int = _LONGEST_GLIDE) -> None:
        """Move the window there within `glide` milliseconds, or at once where motion is off; None hides it."""
        before, self._window = self._window, window
        self._glide.stop()
        if window is not None:
            goal = QPointF(window.left, window.top)
            if before is not None and self._motion and glide > 30 and self.isVisible() and goal != self._place:
                self._glide.setDuration(min(glide, _LONGEST_GLIDE))
                self._glide.setStartValue(self._place)
                self._glide.setEndValue(goal)
                self._glide.start()
            else:
                self._place = goal
        self._bare_window()
        self.update()

    def set_touched(self, cell: Pair | None) -> None:
        """Frame the cell whose readers are shown."""
        if cell != self._touched:
            self._touched = cell
            self.update()

    def set_brush(self, value: float) -> None:
        """What the left button paints."""
        self._brush = value

    def set_motion(self, enabled: bool) -> None:
        """Whether the window glides or jumps."""
        self._motion = enabled
        if not enabled and self._window is not None:
            self._glide.stop()
            self._place = QPointF(self._window.left, self._window.top)
            self._bare_window()
            self.update()

    def set_cursor(self, cell: Pair) -> None:
        """The keyboard stays inside the input: padding cannot be edited."""
        (top, left), (rows, cols) = self._padding, (self.rows, self.cols)
        row, col = min(max(cell[0], top), rows - top - 1), min(max(cell[1], left), cols - left - 1)
        super().set_cursor((row, col))

    def foot(self) -> float:
        """Height of the line that explains the signs."""
        return QFontMetricsF(small_font()).height() + 5

    def say(self, cell: Pair) -> str:
        """A cell for a screen reader."""
        row, col = cell[0] - self._padding[0], cell[1] - self._padding[1]
        return self.tr("row {row}, column {col}: {value}").format(row=row, col=col, value=exact(self._values[cell]))

    def retranslate(self) -> None:
        """Set all texts in the current language."""
        self.setAccessibleName(self.tr("Input with its padding"))
        self.setToolTip(
            self.tr(
                "Paint with the left button, erase with the right one. Or move with the arrow keys and type numbers. "
                "Pointing at a cell marks every output that reads it."
            )
        )
        self.describe()
        self._padding_word, self._left_out_word = self.tr("padding"), self.tr("read by no window")
        self.refresh()

    # -- painting -----------------------------------------------------------------------------------------------

    def paint_base(self, painter: QPainter) -> None:
        """Cells and padding, the input's own frame, crossed-out cells, and what the signs mean."""
        super().paint_base(painter)
        top, left = self._padding
        if top or left:
            inner = self.whole().adjusted(left * self.cell, top * self.cell, -left * self.cell, -top * self.cell)
            painter.setPen(QPen(theme().color("muted"), 1.6))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(inner)
        for row, col in np.argwhere(self._left_out).tolist():
            paint_left_out(painter, self.cell_rect(row, col))
        self._paint_key(painter)

    def _paint_key(self, painter: QPainter) -> None:
        font = small_font()
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        side = metrics.height() - 4
        x, y = EDGE, self.whole().bottom() + 4
        for shown, word, paint in (
            (bool(self._is_padding.any()), self._padding_word, paint_hatch),
            (bool(self._left_out.any()), self._left_out_word, paint_left_out),
        ):
            if not shown:
                continue
            swatch = QRectF(x, y + 2, side, side)
            painter.fillRect(swatch, theme().color("sunken"))
            paint(painter, swatch)
            painter.setPen(QPen(theme().color("faint"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(swatch)
            painter.setPen(theme().color("muted"))
            width = metrics.horizontalAdvance(word)
            draw_text(painter, QRectF(x + side + 5, y, width + 2, side + 4), Qt.AlignmentFlag.AlignVCenter, word)
            x += side + width + 18

    def set_cell(self, pixels: float) -> None:
        """Likewise; small cells show no weights."""
        super().set_cell(pixels)
        self._bare_window()

    def _bare_window(self) -> None:
        """Leave out the numbers under a window at rest: it shows them itself, beside its weights."""
        bare, window = self._bare, self._window
        self._bare = None
        if window is not None and self._shows_weights(window) and not self._moves:
            self._bare = np.zeros((self.rows, self.cols), bool)
            down = window.top + window.dilation[0] * np.arange(window.size[0])
            across = window.left + window.dilation[1] * np.arange(window.size[1])
            taps = np.ix_(down[down < self.rows], across[across < self.cols])  # another input may be smaller by now
            self._bare[taps] = True
        if not np.array_equal(bare, self._bare):  # type: ignore[arg-type]  # of None too
            self.refresh()

    def _shows_weights(self, window: WindowView) -> bool:
        return window.weights is not None and self.cell >= _LEAST_CELL_WITH_WEIGHT

    @property
    def _moves(self) -> bool:
        return self._glide.state() == QVariantAnimation.State.Running

    def bare(self) -> npt.NDArray[np.bool_] | None:
        """The cells under a window at rest."""
        return self._bare if self._bare is not None and self._bare.shape == self._values.shape else None

    def padding_mask(self) -> npt.NDArray[np.bool_]:
        """The border around the input."""
        return self._is_padding

    def paint_over(self, painter: QPainter) -> None:
        """The touched cell, the window, and the keyboard's cursor."""
        if self._touched is not None and self._touched[0] < self.rows and self._touched[1] < self.cols:
            paint_ring(painter, self.cell_rect(*self._touched), "accent")
        if self._window is not None:
            self._paint_window(painter, self._window)
        super().paint_over(painter)

    def _paint_window(self, painter: QPainter, window: WindowView) -> None:
        cell, (down, across), (rows, cols) = self.cell, window.dilation, window.size
        corner = self.origin() + self._place * cell
        thin = QPen(theme().color("highlight"), 1.2)
        weights = window.weights if self._shows_weights(window) else None
        for row, col in np.ndindex(rows, cols):
            tap = QRectF(corner.x() + col * across * cell, corner.y() + row * down * cell, cell, cell)
            if window.dilation != (1, 1):
                painter.setPen(thin)
                painter.drawRect(tap)
            if weights is not None:
                there = (window.top + row * down, window.left + col * across)
                self._paint_weight(painter, tap, float(weights[row, col]), None if self._moves else there)
        for place, (row, col) in enumerate(window.winners):
            tap = QRectF(corner.x() + col * across * cell, corner.y() + row * down * cell, cell, cell)
            paint_ring(
                painter, tap.adjusted(3, 3, -3, -3), "good" if place == 0 else "faint", 2.2 if place == 0 else 1.4
            )
        frame = grid_rect(corner, cell, down * (rows - 1) + 1, across * (cols - 1) + 1)
        paint_ring(painter, frame, "highlight", 2.6)

    def _paint_weight(self, painter: QPainter, tap: QRectF, weight: float, cell: Pair | None) -> None:
        """The weight in the cell's lower part, the value in the upper one: value times weight is what is summed."""
        font = QFont(QApplication.font())
        font.setPixelSize(max(NUMBER, int(tap.height() * 0.28)))
        low = QFontMetricsF(font).capHeight() + 7
        texts = [text for text in ("×" + exact(weight, 2), "×" + _short(weight)) if self._fits(font, text, tap)]
        box = QRectF(tap.left() + 1, tap.bottom() - low, tap.width() - 1, low)
        back = theme().color("surface")
        back.setAlpha(225)
        painter.fillRect(box, back)
        if texts:
            painter.setFont(font)
            painter.setPen(theme().color("text"))
            draw_text(painter, box, Qt.AlignmentFlag.AlignCenter, texts[0])
        if cell is None or self._shade is None or not (cell[0] < self.rows and cell[1] < self.cols):
            return
        upper = QRectF(tap.left(), tap.top() + 1, tap.width(), tap.height() - low - 1)
        fitted = fitting(self._values, min(upper.height() * 1.6, tap.width()))
        if fitted is not None:
            painter.setFont(fitted[1])
            painter.setPen(self._ink(cell))
            draw_text(painter, upper, Qt.AlignmentFlag.AlignCenter, str(fitted[0][cell]))

    def _ink(self, cell: Pair) -> QColor:
        """The colour of a number on its cell's colour."""
        if self._is_padding[cell] or self._shade is None:
            return theme().color("text")
        value = np.array([[self._values[cell]]], np.float32)
        return BLACK if takes_black(colourise(value, self._shade.palette, self._shade.bounds))[0, 0] else WHITE

    def _fits(self, font: QFont, text: str, tap: QRectF) -> bool:
        return QFontMetricsF(font).horizontalAdvance(text) <= tap.width() - 4

    def _on_glide(self, place: QPointF) -> None:
        self._place = place
        self.update()

    # -- Qt -----------------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        """The cells and the line below."""
        return super().sizeHint() + QSize(0, math.ceil(self.foot()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a stroke."""
        super().mousePressEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self._stroke = self._brush
        elif event.button() == Qt.MouseButton.RightButton:
            self._stroke = 0.0
        self._paint_at(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Continue the stroke."""
        super().mouseMoveEvent(event)
        self._paint_at(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End the stroke."""
        if self._stroke is not None and event.buttons() == Qt.MouseButton.NoButton:
            self._stroke = None
            self.stroke_ended.emit()

    def _paint_at(self, position: QPointF) -> None:
        cell = self.cell_at(position)
        if cell is not None and self._stroke is not None and not self._is_padding[cell]:
            self.painted.emit(cell[0] - self._padding[0], cell[1] - self._padding[1], self._stroke)


def _short(weight: float) -> str:
    """A weight in as few signs as there are for it."""
    return str(cell_texts(np.array([[weight]]))[-1][0, 0])
