"""The arithmetic of a window in large digits: window × kernel = products, and their sum."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QFont, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from cnnviewer.core.counting import counted
from cnnviewer.core.inspection.explain.notation import said
from cnnviewer.core.inspection.explain.records import Explanation, Pooling
from cnnviewer.ui.explore.explain.window_sum import WindowGrid, WindowSum
from cnnviewer.ui.explore.network.geometry import Rect
from cnnviewer.ui.explore.network.labels import cell_number
from cnnviewer.ui.explore.network.legend import paint_legend
from cnnviewer.ui.explore.network.pictures import to_image
from cnnviewer.ui.widgets.cell_grid import GridGeometry
from cnnviewer.ui.widgets.painted_text import draw_text
from cnnviewer.ui.widgets.palettes import colourise
from cnnviewer.ui.widgets.styled import Styled
from cnnviewer.ui.widgets.text_cache import TextCache
from cnnviewer.ui.widgets.text_colour import BLACK, WHITE, takes_black
from cnnviewer.ui.widgets.translated import Translated
from cnnviewer.ui.widgets.type_sizes import NUMBER

_WIDE: Final = 1.4  # width of a cell by its height
_MOST: Final = 74.0  # pixels of a cell's height
_DIGITS: Final = (0.46, 0.33)  # size of the digits by the height and the width of a cell
_SIGN: Final = 44.0  # pixels between two grids, with the sign
_EDGE: Final = 14.0
_LEGEND: Final = 110.0
_LINES: Final = 5  # lines of the sum at most
_RESULT: Final = 1.7  # size of the result by that of the other lines
_LARGEST: Final = 1.8  # size of the lines by that of usual numbers


@dataclass(frozen=True)
class _Places:
    """Where everything lies: the grids, the signs between them, the sum.

    Attributes:
        cell: height of a cell.

    """

    grids: tuple[QRectF, ...]
    signs: tuple[QPointF, ...]
    text: QRectF
    cell: float


class WindowSumView(Translated, Styled, QWidget):
    """Paints a `WindowSum`; points out the factors of a product, and says them, where the pointer is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("explainWindowSum")
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(260, 170)
        self._sum: WindowSum | None = None
        self._words = ""
        self._explanation: Explanation | None = None
        self._over: tuple[int, int] | None = None
        self._digits: dict[int, TextCache] = {}
        self.retranslate()

    def set_sum(self, explanation: Explanation | None, shown: WindowSum | None, words: str = "") -> None:
        """Show this arithmetic; None: nothing. `words` say how a pooling comes to its value."""
        self._explanation, self._sum, self._words = explanation, shown, words
        if shown is None or (self._over is not None and not _has(shown.window.values.shape, self._over)):
            self._over = None
        self.setAccessibleDescription(" ".join(text for text, _ in self._lines()) if shown is not None else "")
        self.update()

    def sizeHint(self) -> QSize:
        """Three grids of five by five in digits of 20 pixels, two beside each other."""
        return QSize(760, 560)

    # -- where things lie

    @property
    def _line(self) -> float:
        return self.paint_style.numbers.height * 1.5

    @property
    def _caption(self) -> float:
        return self.paint_style.numbers.height + 16.0

    def _places(self, shown: WindowSum) -> _Places:
        rows, cols = shown.window.values.shape
        count = 1 if shown.kernel is None else 3
        lines = (_LINES + _RESULT) * self._line
        width, height = self.width() - 2 * _EDGE, self.height() - 2 * _EDGE
        if count == 1:  # beside its words where there is room, else above them
            beside = min(_MOST, (height - self._caption) / rows, (0.55 * width) / (cols * _WIDE))
            below = min(_MOST, (height - self._caption - lines) / rows, width / (cols * _WIDE))
            cell = max(beside, below)
            grid = self._grid(0.0, 0.0, rows, cols, cell)
            if beside >= below:
                left = grid.right() + _SIGN
                return _Places((grid,), (), QRectF(left, grid.y(), self.width() - _EDGE - left, height), cell)
            return _Places((grid,), (), QRectF(_EDGE, grid.bottom() + 8, width, lines), cell)
        in_row = min(
            _MOST,
            (width - 2 * _SIGN) / (3 * cols * _WIDE),
            (height - self._caption - lines - 10) / rows,
        )
        in_two = min(_MOST, (width - _SIGN) / (2 * cols * _WIDE), (height - 2 * self._caption - 10) / (2 * rows))
        if in_row >= in_two:
            cell = in_row
            step = cols * _WIDE * cell + _SIGN
            grids = tuple(self._grid(number * step, 0.0, rows, cols, cell) for number in range(3))
            text = QRectF(_EDGE, grids[0].bottom() + 10, width, lines)
            middles = [QPointF(grid.right() + _SIGN / 2, grid.center().y()) for grid in grids[:2]]
            return _Places(grids, tuple(middles), text, cell)
        cell = in_two
        step = cols * _WIDE * cell + _SIGN
        down = self._caption + rows * cell + 10
        grids = (
            self._grid(0.0, 0.0, rows, cols, cell),
            self._grid(step, 0.0, rows, cols, cell),
            self._grid(0.0, down, rows, cols, cell),
        )
        left = grids[1].x()
        text = QRectF(left, grids[2].y(), self.width() - _EDGE - left, self.height() - _EDGE - grids[2].y())
        return _Places(grids, (QPointF(grids[0].right() + _SIGN / 2, grids[0].center().y()),), text, cell)

    def _grid(self, x: float, y: float, rows: int, cols: int, cell: float) -> QRectF:
        return QRectF(_EDGE + x, _EDGE + y + self._caption, cols * cell * _WIDE, rows * cell)

    # -- words

    def _titles(self, shown: WindowSum) -> tuple[str, ...]:
        work = self._explanation.work if self._explanation is not None else None
        source = f"{getattr(work, 'source', '')}[{shown.channel}]"
        if shown.kernel is None or self._explanation is None:
            return (self.tr("{map} under the window").format(map=source),)
        kernel = f"{self._explanation.layer.name}.weight[{self._explanation.cell.channel}, {shown.channel}]"
        return (
            self.tr("{map} under the window").format(map=source),
            self.tr("kernel {name}").format(name=kernel),
            self.tr("= products"),
        )

    def _lines(self) -> list[tuple[str, bool]]:
        """The sum line by line, and whether a line is the result."""
        shown, explanation = self._sum, self._explanation
        if shown is None or explanation is None:
            return []
        if isinstance(explanation.work, Pooling):
            return [(self._words, False), (f"= {said(shown.value)}", True)]
        lines = [self.tr("Σ products  {sum}").format(sum=said(shown.channel_sum))]
        if shown.others:
            text = counted(self.tr("+ {n:other channel|other channels}"), n=shown.others)
            lines.append(f"{text}  {said(shown.other_sum)}")
        if shown.bias is not None:
            lines.append(self.tr("+ bias  {bias}").format(bias=said(shown.bias)))
        return [*((line, False) for line in lines), (f"= {said(shown.value)}", True)]

    def _pointed(self, shown: WindowSum) -> str:
        """The product under the pointer: `(5, 7): 2.8812 × −0.164 = −0.4725`."""
        if self._over is None:
            return ""
        row, col = self._over
        place = f"({int(shown.rows[row])}, {int(shown.cols[col])})"
        if shown.window.padding is not None and shown.window.padding[row, col]:
            place = self.tr("{place}, padding").format(place=place)
        value = said(float(shown.window.values[row, col]))
        if shown.kernel is None or shown.products is None:
            return f"{place}: {value}"
        weight = float(shown.kernel.values[row, col])
        product = said(float(shown.products.values[row, col]))
        return f"{place}: {value} × {f'({said(weight)})' if weight < 0 else said(weight)} = {product}"

    # -- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """The grids with their titles and legends, the signs, the sum."""
        shown = self._sum
        if shown is None:
            return
        painter, style, places = QPainter(self), self.paint_style, self._places(shown)
        grids = [grid for grid in (shown.window, shown.kernel, shown.products) if grid is not None]
        shorts = (self.tr("window"), self.tr("kernel"), "=")
        for grid, room, title, short in zip(grids, places.grids, self._titles(shown), shorts, strict=False):
            self._paint_title(painter, room, title, short, grid)
            self._paint_grid(painter, grid, room, places.cell)
        sign = QFont(style.text_font)
        sign.setPixelSize(round(min(34.0, max(18.0, places.cell * 0.6))))
        painter.setFont(sign)
        painter.setPen(style.color("text"))
        for place, text in zip(places.signs, ("×", "="), strict=False):
            room = QRectF(place.x() - _SIGN / 2, place.y() - 24, _SIGN, 48)
            draw_text(painter, room, Qt.AlignmentFlag.AlignCenter, text)
        self._paint_lines(painter, places.text, shown)
        painter.end()

    def _paint_title(self, painter: QPainter, room: QRectF, title: str, short: str, grid: WindowGrid) -> None:
        style = self.paint_style
        painter.setFont(style.small_font)
        painter.setPen(style.color("muted"))
        line = QRectF(room.x(), room.y() - self._caption, room.width(), self._caption - 3)
        fits = style.small(title) + _LEGEND + 20 < room.width()
        if style.small(title) > room.width() + _SIGN / 2:
            title = short
        line.setWidth(max(room.width() + _SIGN / 2, style.small(title)))
        draw_text(painter, line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, title)
        if fits:
            legend = Rect(room.right() - _LEGEND, line.y(), _LEGEND, self._caption - 2)
            paint_legend(painter, style, legend, grid.palette, grid.bounds)

    def _paint_grid(self, painter: QPainter, grid: WindowGrid, room: QRectF, cell: float) -> None:
        height, width = grid.values.shape
        rgba = colourise(grid.values.astype(np.float32), grid.palette, grid.bounds)
        painter.drawImage(room, to_image(rgba))
        cells = GridGeometry.filling(room, height, width)
        padded = np.zeros((height, width), bool) if grid.padding is None else grid.padding
        style = self.paint_style
        for r, c in np.argwhere(padded):
            painter.fillRect(cells.rect(int(r), int(c)), style.color("sunken"))
            painter.fillRect(cells.rect(int(r), int(c)), QBrush(style.color("faint", 0.5), Qt.BrushStyle.BDiagPattern))
        digits, light = self._digits_for(cell), takes_black(rgba)
        widest = max(digits.width(cell_number(float(value))) for value in grid.values.ravel())
        legible = widest <= room.width() / width and digits.height <= room.height() / height + 4
        for pen, chosen in ((BLACK, light & ~padded), (WHITE, ~light & ~padded), (style.color("muted"), padded)):
            painter.setPen(pen)
            for r, c in np.argwhere(chosen).tolist() if legible else ():  # else the colours speak alone
                text = cell_number(float(grid.values[r, c]))
                digits.paint(painter, cells.rect(r, c), text, Qt.AlignmentFlag.AlignCenter)
        painter.setPen(QPen(style.color("surface"), 2))
        for r in range(1, height):
            y = cells.rect(r, 0).y()
            painter.drawLine(QPointF(room.x(), y), QPointF(room.right(), y))
        for c in range(1, width):
            x = cells.rect(0, c).x()
            painter.drawLine(QPointF(x, room.y()), QPointF(x, room.bottom()))
        framed = [] if grid.framed is None else np.argwhere(grid.framed).tolist()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, marked in (("highlight", framed), ("accent", [self._over] if self._over is not None else [])):
            painter.setPen(QPen(style.color(colour), 3))
            for r, c in marked:
                painter.drawRect(cells.rect(r, c).adjusted(1.5, 1.5, -1.5, -1.5))

    def _paint_lines(self, painter: QPainter, room: QRectF, shown: WindowSum) -> None:
        """The sum, in letters as large as its height and its longest line allow; below it the product pointed at."""
        style, lines = self.paint_style, self._lines()
        usual = style.number_font.pixelSize()
        wide = max(style.numbers.width(text) * (_RESULT * 1.1 if result else 1.0) for text, result in lines)
        high = self._line * (_LINES + _RESULT)
        size = usual * min(_LARGEST, room.height() / high, room.width() / max(1.0, wide))
        size = max(float(NUMBER), size)
        sums = [(text, "accent_text" if result else "text", result) for text, result in lines]
        y = room.y()
        for text, colour, result in (*sums, (self._pointed(shown), "muted", False)):
            font = QFont(style.number_font)
            whole = usual * room.width() / max(1.0, 1.1 * style.numbers.width(text))  # its letters then fill the line
            font.setPixelSize(max(NUMBER, int(min(size * _RESULT, whole))) if result else int(size))
            font.setWeight(QFont.Weight.Bold if result else QFont.Weight.Normal)
            painter.setFont(font)
            painter.setPen(style.color(colour))
            flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
            needed = painter.boundingRect(QRectF(room.x(), y, room.width(), 400), flags, text).height()
            tall = max(1.5 * font.pixelSize(), needed)
            if text:
                draw_text(painter, QRectF(room.x(), y, room.width(), tall), flags, text)
            y += tall

    def _digits_for(self, cell: float) -> TextCache:
        pixels = max(NUMBER - 2, int(min(cell * _DIGITS[0], cell * _WIDE * _DIGITS[1])))
        if pixels not in self._digits:
            font = QFont(self.paint_style.number_font)
            font.setPixelSize(pixels)
            self._digits[pixels] = TextCache(font)
        return self._digits[pixels]

    def digit_pixels(self) -> int:
        """The size of the digits in the cells, in pixels; 0 while nothing is shown."""
        if self._sum is None:
            return 0
        return self._digits_for(self._places(self._sum).cell).font.pixelSize()

    # -- Qt

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Point out the same place in every grid."""
        over = None
        if self._sum is not None:
            rows, cols = self._sum.window.values.shape
            for room in self._places(self._sum).grids:
                over = over or GridGeometry.filling(room, rows, cols).at(event.position())
        self._point(over)

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is pointed at."""
        self._point(None)

    def _point(self, over: tuple[int, int] | None) -> None:
        if over != self._over:
            self._over = over
            self.update()

    def on_look_changed(self) -> None:
        """Other fonts need other texts."""
        self._digits.clear()
        self.update()

    def retranslate(self) -> None:
        """Set every text in the window's language."""
        self.setAccessibleName(self.tr("Window times kernel"))
        self.update()


def _has(shape: tuple[int, ...], place: tuple[int, int]) -> bool:
    return place[0] < shape[0] and place[1] < shape[1]
