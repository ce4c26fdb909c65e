"""A palette as a bar with its numbers."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPen

from cnnviewer.ui.explore.network.geometry import Rect
from cnnviewer.ui.explore.network.labels import short_number
from cnnviewer.ui.explore.network.pictures import to_image
from cnnviewer.ui.explore.network.qt_rects import qrect
from cnnviewer.ui.widgets.paint_style import PaintStyle
from cnnviewer.ui.widgets.painted_text import draw_text
from cnnviewer.ui.widgets.palettes import PaletteName, Range, table

_BETWEEN = 8.0  # pixels between the numbers at both ends


def gradient(palette: PaletteName) -> QImage:
    """All 256 colours side by side."""
    return to_image(table(palette).reshape(1, 256, 4))


def legend_width(style: PaintStyle, bounds: Range, usual: float) -> float:
    """How wide a legend is: as usual, or as much wider as the numbers at its ends need."""
    return max(usual, _needed(style, _ends(bounds)[0]))


def _needed(style: PaintStyle, ends: tuple[str, ...]) -> float:
    return sum(style.numbers.width(text) for text in ends) + (len(ends) - 1) * _BETWEEN


def _ends(bounds: Range) -> list[tuple[str, ...]]:
    """The numbers of the first and the last colour, from the fullest writing to the shortest; last one for both."""
    forms: list[tuple[str, ...]] = [
        tuple(write(end) for end in (bounds.low, bounds.high)) for write in (short_number, _two_digits)
    ]
    if bounds.low == -bounds.high:
        forms += [(f"±{write(bounds.high)}",) for write in (short_number, _two_digits)]
    return forms


def _two_digits(value: float) -> str:
    return f"{value:.2g}".replace("-", "−") if 0.01 <= abs(value) < 100 else short_number(value)


def paint_legend(painter: QPainter, style: PaintStyle, room: Rect, palette: PaletteName, bounds: Range) -> None:
    """The bar on top, below it the values of its first colour, of 0 and of its last."""
    bar = QRectF(room.x, room.y + (room.h - style.line - 12) / 2, room.w, 10)
    painter.drawImage(bar, gradient(palette))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setPen(QPen(style.color("border"), 0))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(bar)
    painter.setFont(style.number_font)
    painter.setPen(style.color("muted"))
    under = qrect(Rect(room.x, bar.bottom() + 1, room.w, style.numbers.height))
    top = Qt.AlignmentFlag.AlignTop
    forms = (form for form in _ends(bounds) if _needed(style, form) <= room.w)
    ends = next(forms, ())
    if len(ends) == 1:
        draw_text(painter, under, Qt.AlignmentFlag.AlignHCenter | top, ends[0])
    if len(ends) < 2:
        return
    low, high = ends
    draw_text(painter, under, Qt.AlignmentFlag.AlignLeft | top, low)
    draw_text(painter, under, Qt.AlignmentFlag.AlignRight | top, high)
    if not bounds.low < 0 < bounds.high:
        return
    place, half = room.x + room.w * bounds.low / (bounds.low - bounds.high), style.numbers.width("0") / 2
    apart = max(6.0, half)
    left, right = room.x + style.numbers.width(low) + apart, room.x + room.w - style.numbers.width(high) - apart
    if left <= place - half and place + half <= right:  # where 0 is, beside both ends
        room_of_0 = qrect(Rect(place - half, bar.bottom() + 1, 2 * half, style.numbers.height))
        draw_text(painter, room_of_0, Qt.AlignmentFlag.AlignHCenter | top, "0")
