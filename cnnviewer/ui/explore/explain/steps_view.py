"""Paints the steps of a number: every operand in a cell, as large as the room allows, and the curve of a function."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from cnnviewer.core.inspection.explain.notation import said
from cnnviewer.core.inspection.records import LayerInfo
from cnnviewer.ui.explore.explain.curve import paint_curve
from cnnviewer.ui.explore.explain.maps import BoundsOf
from cnnviewer.ui.explore.explain.steps import StepCell, StepLine, Steps, broken
from cnnviewer.ui.widgets.painted_text import draw_text
from cnnviewer.ui.widgets.palettes import Range, colourise
from cnnviewer.ui.widgets.plain_text import elided
from cnnviewer.ui.widgets.styled import Styled
from cnnviewer.ui.widgets.text_cache import TextCache
from cnnviewer.ui.widgets.text_colour import BLACK, WHITE, takes_black
from cnnviewer.ui.widgets.text_size import grown

_EDGE: Final = 14.0
_LOWEST: Final = 80  # pixels of height
_LARGEST: Final = (30, 56)  # pixels of the digits in a low view and in the highest
_SHARE: Final = 0.05  # of the height for the digits, between both
_RESULT: Final = 1.4  # size of the result by that of the other digits
_TALL: Final = 1.9  # height of a cell by the size of its digits
_GAP: Final = 10.0  # pixels between lines, and around signs
_NAME: Final = 210.0  # pixels of a name at most, in letters of the usual size
_CURVE: Final = 170.0  # pixels of its height at least
_FLAT: Final = 1.6  # width of a curve by its height at most
_ENDLESS: Final = 1e9
_USUAL_HEIGHT: Final = 560.0  # pixels of a view whose sentences are as large as all others
_LARGEST_WORDS: Final = 1.5  # times as large in the highest
_ALIGN: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_WORDS: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap


class _Fonts(NamedTuple):
    """What numbers are written with: cells and signs, and the result."""

    digits: TextCache
    result: TextCache

    @property
    def cell(self) -> float:
        """Height of a cell."""
        return _TALL * self.digits.font.pixelSize()


class StepsView(Styled, QWidget):
    """Shows `Steps`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("explainSteps")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(260, _LOWEST)
        self._steps: Steps | None = None
        self._colours: dict[str, Range] = {}
        self._fonts: dict[int, _Fonts] = {}

    def set_steps(self, steps: Steps | None, bounds: BoundsOf) -> None:
        """Show these steps in the colours of their layers."""
        self._steps = steps
        self._colours = {} if steps is None else {layer.name: bounds(layer) for layer in steps.layers}
        self.setAccessibleDescription("" if steps is None else " ".join(map(_spoken, steps.lines)))
        self._keep_height()
        self.update()

    def sizeHint(self) -> QSize:
        """A few lines."""
        return QSize(520, 240)

    def needed_height(self, width: int) -> int:
        """With digits as large as the width allows."""
        if self._steps is None:
            return 0
        fonts = self._fonts_of(self._pixels(width, _ENDLESS))
        return int(
            np.ceil(self._height(self._lines(width), fonts) + sum(self._word_heights(width, self.height())) + 2 * _EDGE)
        )

    def least_height(self, width: int) -> int:
        """With digits as large as other numbers."""
        if self._steps is None:
            return 0
        words = sum(self._word_heights(width, 0.0))
        curve = _CURVE + _GAP if self._steps.curve is not None else 0.0
        fonts = self._fonts_of(self._least)
        return int(np.ceil(self._height(self._lines(width), fonts) + words + curve + 2 * _EDGE))

    def _keep_height(self) -> None:
        """Be no lower than what is written."""
        self.setMinimumHeight(max(_LOWEST, self.least_height(self.width())))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lines that go on in another need more height."""
        self._keep_height()

    def digit_pixels(self) -> int:
        """The size of the digits in the cells; 0 while nothing is shown."""
        return self.pixels_for(self.width(), self.height())

    def pixels_for(self, width: int, height: int) -> int:
        """What it would be with so much room."""
        return 0 if self._steps is None else self._pixels(width, self._room(width, height))

    # -- measures

    def _room(self, width: int, height: int) -> float:
        """What of the height is left for the lines."""
        assert self._steps is not None
        curve = _CURVE + _GAP if self._steps.curve is not None else 0.0
        return height - 2 * _EDGE - sum(self._word_heights(width, height)) - curve

    def _pixels(self, width: float, height: float) -> int:
        lines = self._lines(width)
        largest = int(min(max(_LARGEST[0], _SHARE * (self.height() if height >= _ENDLESS else height)), _LARGEST[1]))
        for pixels in range(largest, self._least, -1):
            fonts = self._fonts_of(pixels)
            wide = max(self._line_width(line, fonts) for line in lines)
            if wide <= width - 2 * _EDGE and self._height(lines, fonts) <= height:
                return pixels
        return self._least

    @property
    def _least(self) -> int:
        """Pixels of the digits at least: those of other numbers, in large text too."""
        return self.paint_style.number_font.pixelSize()

    def _lines(self, width: float) -> list[StepLine]:
        """The lines of the steps; one that is too wide in the smallest digits goes on in another."""
        assert self._steps is not None
        fonts, room = self._fonts_of(self._least), width - _EDGE

        def wide(item: StepCell | str) -> float:
            return self._item_width(item, fonts)

        return [part for line in self._steps.lines for part in broken(line, wide, room)]

    def _fonts_of(self, pixels: int) -> _Fonts:
        if pixels not in self._fonts:
            plain, result = QFont(self.paint_style.number_font), QFont(self.paint_style.number_font)
            plain.setPixelSize(pixels)
            result.setPixelSize(max(22, round(pixels * _RESULT)))
            result.setWeight(QFont.Weight.Bold)
            self._fonts[pixels] = _Fonts(TextCache(plain), TextCache(result))
        return self._fonts[pixels]

    @property
    def _name_height(self) -> float:
        return self.paint_style.line + 2.0

    def _line_height(self, line: StepLine, fonts: _Fonts) -> float:
        words = self.paint_style.line + 4.0 if line.words else 0.0
        return words + fonts.cell + self._name_height

    def _height(self, lines: list[StepLine], fonts: _Fonts) -> float:
        return sum(self._line_height(line, fonts) for line in lines) + _GAP * (len(lines) - 1)

    def _item_width(self, item: StepCell | str, fonts: _Fonts) -> float:
        if isinstance(item, str):
            return fonts.digits.width(item) + 2 * _GAP
        digits = fonts.result if item.result else fonts.digits
        room = 0.0 if item.result else fonts.digits.font.pixelSize()
        return max(digits.width(said(item.value)) + room, min(grown(_NAME), self.paint_style.small(item.name) + 4))

    def _line_width(self, line: StepLine, fonts: _Fonts) -> float:
        return max(sum(self._item_width(item, fonts) for item in line.items), self.paint_style.small(line.words))

    def _words_scale(self, height: float) -> float:
        """How much larger sentences are than usual ones, beside digits that are larger in a high view."""
        return min(_LARGEST_WORDS, max(1.0, height / _USUAL_HEIGHT))

    def _word_heights(self, width: int, height: float) -> list[float]:
        assert self._steps is not None
        style, scale = self.paint_style, self._words_scale(height)
        lines = [
            max(1, int(np.ceil(1.02 * scale * style.names.width(text) / max(1.0, width - 2 * _EDGE))))
            for text in self._steps.words
        ]
        return [number * (scale * style.name_line + 1) + 4 for number in lines]

    # -- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """The lines from top to bottom, what the letters mean, the curve."""
        steps = self._steps
        if steps is None:
            return
        painter, fonts = QPainter(self), self._fonts_of(self.digit_pixels())
        y = _EDGE
        for line in self._lines(self.width()):
            self._paint_line(painter, line, y, fonts)
            y += self._line_height(line, fonts) + _GAP
        words = QFont(self.paint_style.text_font)
        words.setPixelSize(int(words.pixelSize() * self._words_scale(self.height())))
        painter.setFont(words)
        painter.setPen(self.paint_style.color("text"))
        for text, tall in zip(steps.words, self._word_heights(self.width(), self.height()), strict=True):
            draw_text(painter, QRectF(_EDGE, y, self.width() - 2 * _EDGE, tall), _WORDS, text)
            y += tall
        if steps.curve is not None:
            wide, tall = self.width() - 2 * _EDGE, self.height() - y - _EDGE
            room = QRectF(_EDGE, y, min(wide, _FLAT * tall), min(tall, wide))
            paint_curve(painter, self.paint_style, room, steps.curve)
        painter.end()

    def _paint_line(self, painter: QPainter, line: StepLine, y: float, fonts: _Fonts) -> None:
        style = self.paint_style
        if line.words:
            painter.setFont(style.small_font)
            painter.setPen(style.color("muted"))
            draw_text(painter, QRectF(_EDGE, y, self.width() - 2 * _EDGE, style.line), _ALIGN, line.words)
            y += style.line + 4.0
        x = _EDGE
        for item in line.items:
            wide = self._item_width(item, fonts)
            room = QRectF(x, y, wide, fonts.cell)
            if isinstance(item, str):
                painter.setPen(style.color("text"))
                fonts.digits.paint(painter, room, item, Qt.AlignmentFlag.AlignCenter)
            else:
                self._paint_cell(painter, item, room, fonts)
            x += wide

    def _paint_cell(self, painter: QPainter, cell: StepCell, room: QRectF, fonts: _Fonts) -> None:
        style = self.paint_style
        if cell.result:
            painter.setPen(style.color("accent_text"))
            fonts.result.paint(painter, room, said(cell.value), Qt.AlignmentFlag.AlignLeft)
        else:
            ground, pen = self._colour(cell.layer, cell.value)
            if cell.faded:
                ground, pen = style.color("surface"), style.color("muted")
            painter.fillRect(room, ground)
            painter.setPen(QPen(style.color("border"), 1))
            painter.drawRect(room)
            painter.setPen(pen)
            fonts.digits.paint(painter, room, said(cell.value), Qt.AlignmentFlag.AlignCenter)
        painter.setFont(style.small_font)
        painter.setPen(style.color("text"))
        name = elided(painter.fontMetrics(), cell.name, room.width() + 1, Qt.TextElideMode.ElideMiddle)
        below = QRectF(room.x(), room.bottom() + 2, room.width() + 2, style.line)
        side = Qt.AlignmentFlag.AlignLeft if cell.result else Qt.AlignmentFlag.AlignHCenter
        draw_text(painter, below, side | Qt.AlignmentFlag.AlignVCenter, name)

    def _colour(self, layer: LayerInfo | None, value: float) -> tuple[QColor, QColor]:
        """Ground and letters of a cell: as the layer's maps are coloured, else quiet."""
        if layer is None or layer.name not in self._colours:
            return self.paint_style.color("sunken"), self.paint_style.color("text")
        rgba = colourise(np.array([[value]], np.float32), layer.palette, self._colours[layer.name])
        red, green, blue, _ = (int(part) for part in rgba[0, 0])
        return QColor(red, green, blue), BLACK if takes_black(rgba)[0, 0] else WHITE

    def on_look_changed(self) -> None:
        """Other fonts need other texts."""
        self._fonts.clear()
        self._keep_height()
        self.update()


def _spoken(line: StepLine) -> str:
    """A line as one would read it out."""
    said_items = [item if isinstance(item, str) else f"{said(item.value)} ({item.name})" for item in line.items]
    return f"{line.words} {' '.join(said_items)}.".strip()
