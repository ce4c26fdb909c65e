"""The arithmetic of a window in large digits: window × kernel = products, and their sum."""

from __future__ import annotations

from math import ceil
from typing import Final

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QFont, QFontMetricsF, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from cnnviewer.core.counting import counted
from cnnviewer.core.inspection.explain.group_records import Weighted
from cnnviewer.core.inspection.explain.notation import adding_up, said
from cnnviewer.core.inspection.explain.records import Convolution, Explanation, Pooling
from cnnviewer.ui.explore.explain.window_sum import WindowGrid, WindowSum
from cnnviewer.ui.explore.explain.window_sum_layout import (
    EDGE,
    SIGN,
    Measures,
    Part,
    WindowPlaces,
    digits_of,
    part_of,
    places,
)
from cnnviewer.ui.explore.network.geometry import Rect
from cnnviewer.ui.explore.network.labels import fitted_cell_number
from cnnviewer.ui.explore.network.legend import legend_width, paint_legend
from cnnviewer.ui.explore.network.pictures import to_image
from cnnviewer.ui.widgets.cell_grid import GridGeometry
from cnnviewer.ui.widgets.painted_text import draw_text
from cnnviewer.ui.widgets.palettes import colourise
from cnnviewer.ui.widgets.plain_text import elided
from cnnviewer.ui.widgets.styled import Styled
from cnnviewer.ui.widgets.text_cache import TextCache
from cnnviewer.ui.widgets.text_colour import BLACK, WHITE, takes_black
from cnnviewer.ui.widgets.translated import Translated
from cnnviewer.ui.widgets.type_sizes import NUMBER

_LEGEND: Final = 110.0  # pixels of a legend's width
_LINES: Final = 5  # lines of the sum at most
_RESULT: Final = 1.7  # size of the result by that of the other lines
_LARGEST: Final = 1.8  # size of the lines by that of usual numbers
_RESULT_LEAST: Final = 22  # pixels
_NUMBER: Final = "−0.00"  # as wide as a number in a cell becomes
_READ: Final = 14  # pixels of the digits where only a part of a large window has room
_THUMB: Final = 116.0  # pixels of the whole of a large window at most
_THUMB_LEAST: Final = 24.0
_SLACK: Final = 12.0
_TALLEST: Final = 4000  # pixels of height that are thought of
_WRAPPED: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap


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
        self._centre: tuple[int, int] | None = None  # of the part that is shown of a large window
        self._explanation: Explanation | None = None
        self._over: tuple[int, int] | None = None
        self._digits: dict[int, TextCache] = {}
        self.retranslate()

    def set_sum(self, explanation: Explanation | None, shown: WindowSum | None, words: str = "") -> None:
        """Show this arithmetic; None: nothing. `words` say how a pooling comes to its value."""
        before, self._explanation = self._sum, explanation
        self._sum, self._words = shown, words
        if shown is None or before is None or before.window.values.shape != shown.window.values.shape:
            self._centre = None
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
    def _legend(self) -> float:
        """Width of a legend: the numbers of all of them have room."""
        grids = [] if self._sum is None else _grids(self._sum)
        return max([_LEGEND, *(legend_width(self.paint_style, grid.bounds, _LEGEND) for grid in grids)])

    def _measures(self, width: float) -> Measures:
        """What the letters need in a view so wide: a legend stands beside its title, or below it without the room."""
        numbers, count = self.paint_style.numbers, 1 if self._sum is None else _count(self._sum)
        widest = numbers.width(_NUMBER) / self.paint_style.number_font.pixelSize()
        titles = (self.tr("window"), self.tr("kernel"), self.tr("weights"))
        caption, box = (
            numbers.height + 17.0,
            self._legend + 10.0 + max(self.paint_style.small(title) for title in titles),
        )
        if box > ((width - 2 * EDGE - SIGN) / 2 if count > 1 else width - 2 * EDGE):
            caption, box = caption + self.paint_style.line, self._legend
        pooled = self._explanation is None or isinstance(self._explanation.work, Pooling)  # in words, which wrap
        lines = _LINES if pooled else len(self._lines()) - 1
        return Measures(caption, (lines + _RESULT) * self._line, widest, box)

    def _part(self, shown: WindowSum) -> Part:
        """Everything where its digits have room, else the part around the cell that was pointed at last."""
        rows, cols = shown.window.values.shape
        count, width, height, measures = _count(shown), self.width(), self.height(), self._measures(self.width())

        def digits(down: int, across: int) -> int:
            return digits_of(places(down, across, count, width, height, measures).cell, measures)

        if digits(rows, cols) >= NUMBER:
            return Part(0, 0, rows, cols)
        return part_of((rows, cols), self._centre or (rows // 2, cols // 2), _READ, digits)

    def _places(self, shown: WindowSum) -> WindowPlaces:
        part = self._part(shown)
        return places(part.rows, part.cols, _count(shown), self.width(), self.height(), self._measures(self.width()))

    def _thumbs(self, shown: WindowSum) -> list[QRectF]:
        """The whole of each grid in small, where only a part has room for digits: at the foot of the sum."""
        part, (rows, cols) = self._part(shown), shown.window.values.shape
        if (part.rows, part.cols) == (rows, cols):
            return []
        text, count = self._places(shown).text, _count(shown)
        numbers, usual = self.paint_style.numbers, self.paint_style.number_font.pixelSize()
        wide = max(1.0, text.width())
        wrapped = sum(ceil(numbers.width(line) / wide) for line, result in self._lines() if not result)
        lines = 1.5 * (usual * (wrapped + 1) + _RESULT_LEAST)  # what the sum needs
        room = text.height() - lines - self.paint_style.line - _SLACK
        side = min(_THUMB, (text.width() - (count - 1) * _SLACK) / count, room)
        if side < _THUMB_LEAST:
            return []
        wide, tall = side * min(1.0, cols / rows), side * min(1.0, rows / cols)
        return [QRectF(text.x() + n * (side + _SLACK), text.bottom() - tall, wide, tall) for n in range(count)]

    # -- words

    def _titles(self, shown: WindowSum) -> tuple[tuple[str, str], ...]:
        """Of each grid, and a shorter one where there is less room."""
        work = self._explanation.work if self._explanation is not None else None
        window = self.tr("{map} under the window").format(map=self._source(shown))
        first = (window, self.tr("window"))
        if shown.kernel is None or self._explanation is None:
            return (first,)
        if isinstance(work, Weighted):
            return first, (self.tr("weights by distance"), self.tr("weights")), (self.tr("= products"), "=")
        weight = f"{self._explanation.layer.module or self._explanation.layer.name}.weight[{self._place(shown)}]"
        kernel = (self.tr("kernel {name}").format(name=weight), self.tr("kernel"))
        return first, kernel, (self.tr("= products"), "=")

    def _source(self, shown: WindowSum) -> str:
        work = self._explanation.work if self._explanation is not None else None
        if isinstance(work, Weighted):
            return f"{work.cells.layer}[{shown.channel}]"
        if isinstance(work, Convolution) and work.way == "line":
            return f"{work.source}[0] ({shown.channel})"
        return f"{getattr(work, 'source', '')}[{shown.channel}]"

    def _place(self, shown: WindowSum) -> str:
        """Where the kernel lies in the weights: `3, 0`, the channels counted within their group as PyTorch does."""
        assert self._explanation is not None
        work, cell, shape = self._explanation.work, self._explanation.cell, self._explanation.layer.weight_shape
        assert isinstance(work, Convolution)
        if work.way == "transposed":  # its weights are input by output channels
            return f"{shown.channel}, {(cell.channel or 0) % shape[1]}"
        output = cell.row if work.way == "line" else cell.channel  # over one dimension a channel is a row
        return f"{output}, {work.channels.tolist().index(shown.channel)}"

    def _lines(self) -> list[tuple[str, bool]]:
        """The sum line by line, and whether a line is the result."""
        shown, explanation = self._sum, self._explanation
        if shown is None or explanation is None:
            return []
        if isinstance(explanation.work, Pooling):
            return [(self._words, False), (f"= {said(shown.value)}", True)]
        terms = [shown.channel_sum, *([shown.other_sum] if shown.others else [])]
        written, result = adding_up([*terms, *([] if shown.bias is None else [shown.bias])], shown.value)
        lines = [self.tr("Σ products  {sum}").format(sum=written[0])]
        if shown.others:
            text = counted(self.tr("+ {n:other channel|other channels}"), n=shown.others)
            lines.append(f"{text}  {written[1]}")
        if shown.bias is not None:
            lines.append(self.tr("+ bias  {bias}").format(bias=written[-1]))
        return [*((line, False) for line in lines), (result, True)]

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
        painter, style, lying, part = QPainter(self), self.paint_style, self._places(shown), self._part(shown)
        for grid, room, titles in zip(_grids(shown), lying.grids, self._titles(shown), strict=True):
            self._paint_title(painter, room, titles, grid)
            self._paint_grid(painter, _cut(grid, part), room, lying.cell, part)
        sign = QFont(style.text_font)
        sign.setPixelSize(round(min(34.0, max(18.0, lying.cell * 0.6))))
        painter.setFont(sign)
        painter.setPen(style.color("text"))
        for place, text in zip(lying.signs, ("×", "="), strict=False):
            room = QRectF(place.x() - SIGN / 2, place.y() - 24, SIGN, 48)
            draw_text(painter, room, Qt.AlignmentFlag.AlignCenter, text)
        thumbs = self._thumbs(shown)
        below = lying.text
        if (part.rows, part.cols) != shown.window.values.shape:
            foot = (thumbs[0].height() + 4 if thumbs else 0.0) + style.line
            self._paint_thumbs(painter, shown, thumbs, part, below.bottom() - foot)
            below = below.adjusted(0, 0, 0, -(foot + _SLACK - 4))
        self._paint_lines(painter, below, shown)
        painter.end()

    def _paint_title(self, painter: QPainter, room: QRectF, titles: tuple[str, str], grid: WindowGrid) -> None:
        """The longest title that leaves the legend beside it its room; or the legend below it."""
        style, measures, usual = self.paint_style, self._measures(self.width()), self._legend
        painter.setFont(style.small_font)
        painter.setPen(style.color("muted"))
        places = self._places(self._sum) if self._sum is not None else None
        several = places is not None and len(places.grids) > 1
        beside = places.grids[1].x() - places.grids[0].x() - SIGN if places is not None and several else self.width()
        below = measures.box <= usual
        wide = max(room.width(), min(measures.box, beside))
        left = wide if below else max(0.0, wide - usual - 8)
        tall = style.line if below else measures.caption - 3
        line = QRectF(room.x(), room.y() - measures.caption, left, tall)
        title = next((text for text in titles if style.small(text) <= left), "")
        draw_text(painter, line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, title)
        x, y = room.x() + (0.0 if below else left + 8), line.y() + (tall if below else 0.0)
        place = Rect(x, y, min(usual, wide), room.y() - y - 2)
        paint_legend(painter, style, place, grid.palette, grid.bounds)

    def _paint_thumbs(self, painter: QPainter, shown: WindowSum, thumbs: list[QRectF], part: Part, top: float) -> None:
        """The whole of each grid in its colours, with a frame around the part that stands in digits; its place."""
        style, (rows, cols) = self.paint_style, shown.window.values.shape
        words = self.tr("rows {top} to {bottom}, columns {left} to {right} of {rows}×{cols}: point to see others")
        words = words.format(
            top=part.row, bottom=part.row + part.rows - 1, left=part.col, right=part.col + part.cols - 1,
            rows=rows, cols=cols,
        )  # fmt: skip
        left = self._places(shown).text.x()
        above = QRectF(left, top, self.width() - EDGE - left, style.line)
        painter.setFont(style.small_font)
        painter.setPen(style.color("muted"))
        words = elided(painter.fontMetrics(), words, above.width())
        draw_text(painter, above, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)
        for grid, room in zip(_grids(shown), thumbs, strict=False):  # none where there is no room for them
            painter.drawImage(room, to_image(colourise(grid.values.astype(np.float32), grid.palette, grid.bounds)))
            cells = GridGeometry.filling(room, rows, cols)
            frame = cells.rect(part.row, part.col) | cells.rect(part.row + part.rows - 1, part.col + part.cols - 1)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(style.color("border"), 1))
            painter.drawRect(room)
            painter.setPen(QPen(style.color("highlight"), 2))
            painter.drawRect(frame)

    def _paint_grid(self, painter: QPainter, grid: WindowGrid, room: QRectF, cell: float, part: Part) -> None:
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
        legible = digits.font.pixelSize() >= NUMBER
        for pen, chosen in ((BLACK, light & ~padded), (WHITE, ~light & ~padded), (style.color("muted"), padded)):
            painter.setPen(pen)
            for r, c in np.argwhere(chosen).tolist() if legible else ():  # else the colours speak alone
                place = cells.rect(r, c)
                text = fitted_cell_number(float(grid.values[r, c]), digits.width, place.width() - 2)
                digits.paint(painter, place, text, Qt.AlignmentFlag.AlignCenter)
        self._paint_frames(painter, grid, room, cells, part)

    def _paint_frames(self, painter: QPainter, grid: WindowGrid, room: QRectF, cells: GridGeometry, part: Part) -> None:
        """Lines between the cells, a frame around those that won and the one that is pointed at."""
        style, (height, width) = self.paint_style, grid.values.shape
        painter.setPen(QPen(style.color("surface"), 2))
        for r in range(1, height):
            y = cells.rect(r, 0).y()
            painter.drawLine(QPointF(room.x(), y), QPointF(room.right(), y))
        for c in range(1, width):
            x = cells.rect(0, c).x()
            painter.drawLine(QPointF(x, room.y()), QPointF(x, room.bottom()))
        framed = [] if grid.framed is None else np.argwhere(grid.framed).tolist()
        over = [] if self._over is None else [(self._over[0] - part.row, self._over[1] - part.col)]
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, marked in (("highlight", framed), ("accent", over)):
            painter.setPen(QPen(style.color(colour), 3))
            for r, c in marked:
                if 0 <= r < height and 0 <= c < width:
                    painter.drawRect(cells.rect(r, c).adjusted(1.5, 1.5, -1.5, -1.5))

    def _paint_lines(self, painter: QPainter, room: QRectF, shown: WindowSum) -> None:
        """The sum, below it the product pointed at."""
        texts, y = [*self._lines(), (self._pointed(shown), False)], room.y()
        for (text, result), (font, tall) in zip(texts, self._fitting(texts, room), strict=True):
            colour = "accent_text" if result else "muted" if text is texts[-1][0] else "text"
            painter.setFont(font)
            painter.setPen(self.paint_style.color(colour))
            if text:
                draw_text(painter, QRectF(room.x(), y, room.width(), tall), _WRAPPED, text)
            y += tall

    def _fitting(self, texts: list[tuple[str, bool]], room: QRectF) -> list[tuple[QFont, float]]:
        """The font and the height of each line, as large as the height and the longest line allow.

        None is smaller than other numbers: a long line goes on below. Only where the height forbids that, it is.
        """
        style, lines = self.paint_style, texts[:-1]
        usual = style.number_font.pixelSize()
        wide = max(style.numbers.width(text) * (_RESULT * 1.1 if result else 1.0) for text, result in lines)
        high = self._line * (len(lines) + _RESULT)  # the product that is pointed at is a line, too
        size = max(usual, int(usual * min(_LARGEST, room.height() / high, room.width() / max(1.0, wide))))
        written = self._written(texts, size, room)
        while size > NUMBER and sum(tall for _, tall in written) > room.height():
            size -= 1
            written = self._written(texts, size, room)
        return written

    def _written(self, texts: list[tuple[str, bool]], size: int, room: QRectF) -> list[tuple[QFont, float]]:
        """The font of each line, and its height; a result is larger, as long as it fills no more than its line."""
        usual, written = self.paint_style.number_font.pixelSize(), []
        for text, result in texts:
            font = QFont(self.paint_style.number_font)
            font.setPixelSize(size)
            if result:
                whole = usual * room.width() / max(1.0, 1.1 * self.paint_style.numbers.width(text))
                font.setPixelSize(max(size, int(min(max(size * _RESULT, _RESULT_LEAST), whole))))
                font.setWeight(QFont.Weight.Bold)
            needed = QFontMetricsF(font).boundingRect(QRectF(0, 0, room.width(), _TALLEST), _WRAPPED, text).height()
            written.append((font, max(1.5 * font.pixelSize(), needed)))
        return written

    def _digits_for(self, cell: float) -> TextCache:
        pixels = max(1, digits_of(cell, self._measures(self.width())))
        if pixels not in self._digits:
            font = QFont(self.paint_style.number_font)
            font.setPixelSize(pixels)
            self._digits[pixels] = TextCache(font)
        return self._digits[pixels]

    def pixels_for(self, width: float, height: float) -> int:
        """The size of the digits if the whole window stood in so much room; 0 while nothing is shown."""
        if self._sum is None:
            return 0
        rows, cols = self._sum.window.values.shape
        measures = self._measures(width)
        return digits_of(places(rows, cols, _count(self._sum), width, height, measures).cell, measures)

    def needed_height(self, width: float, pixels: int) -> int | None:
        """The least height at which the digits of the whole window are so large; None where the width forbids it."""
        least, most = 100, _TALLEST
        if self.pixels_for(width, most) < pixels:
            return None
        while least < most:
            middle = (least + most) // 2
            least, most = (least, middle) if self.pixels_for(width, middle) >= pixels else (middle + 1, most)
        return least

    def digit_pixels(self) -> int:
        """The size of the digits in the cells, in pixels; 0 while nothing is shown."""
        if self._sum is None:
            return 0
        return self._digits_for(self._places(self._sum).cell).font.pixelSize()

    # -- Qt

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Point out the same place in every grid; in the whole of a large window, show the part around it."""
        over = None
        if self._sum is not None:
            part, (rows, cols) = self._part(self._sum), self._sum.window.values.shape
            for room in self._places(self._sum).grids:
                if over is None and (found := GridGeometry.filling(room, part.rows, part.cols).at(event.position())):
                    over = found[0] + part.row, found[1] + part.col
            for room in self._thumbs(self._sum):
                if found := GridGeometry.filling(room, rows, cols).at(event.position()):
                    over = self._centre = found
                    self.update()
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


def _count(shown: WindowSum) -> int:
    return 1 if shown.kernel is None else 3


def _grids(shown: WindowSum) -> list[WindowGrid]:
    return [grid for grid in (shown.window, shown.kernel, shown.products) if grid is not None]


def _cut(grid: WindowGrid, part: Part) -> WindowGrid:
    """A part of a grid, in the same colours."""
    rows, cols = slice(part.row, part.row + part.rows), slice(part.col, part.col + part.cols)
    padding, framed = (None if flags is None else flags[rows, cols] for flags in (grid.padding, grid.framed))
    return WindowGrid(grid.values[rows, cols], grid.palette, grid.bounds, padding, framed)


def _has(shape: tuple[int, ...], place: tuple[int, int]) -> bool:
    return place[0] < shape[0] and place[1] < shape[1]
