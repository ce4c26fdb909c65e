"""Numbers in cells: as long as there is room."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter

from cnnviewer.ui.widgets.painted_text import draw_text
from cnnviewer.ui.widgets.type_sizes import LABEL

_NARROWEST: Final = 70  # percent of the usual width of a letter
_SHRUNK: Final = 0.8  # of the size of the letters, rather than that than a shorter form


def count_forms(count: int) -> tuple[str, ...]:
    """A count, the longest form first; thousands, as in 12.3k, only where all digits would be as long."""
    short = f"{count / 1000:.3g}k" if count >= 10_000 else f"{count}"
    return (f"{count:,}", f"{count}", *((short,) if count >= 1000 else ()))


def share_forms(share: float) -> tuple[str, ...]:
    """A share of 0..1 in percent without its sign, the longest form first; 100 is all of it."""
    percent = 100 * share
    if 99.95 <= percent < 100:
        return (">99.9", ">99")
    return ("100",) if percent == 100 else (f"{percent:.1f}", f"{percent:.0f}" if percent >= 0.5 else "<1")


def difference_forms(difference: float, counts: bool) -> tuple[str, ...]:
    """A difference of counts, or of shares in percentage points, with its sign, the longest form first."""
    sign = "+" if difference > 0 else "\N{MINUS SIGN}"
    forms = count_forms(int(abs(difference))) if counts else _point_forms(100 * abs(difference))
    return tuple(sign + form for form in forms)


def _point_forms(points: float) -> tuple[str, ...]:
    return (f"{points:.1f}" if points >= 0.05 else "<0.1", f"{points:.0f}" if points >= 0.5 else "<1")


def write_number(painter: QPainter, box: QRectF, forms: tuple[str, ...]) -> None:
    """A number in the middle of its cell, in the largest letters; in its last form where the others are too long.

    What is too long even then has narrower letters, as a difference with its sign in a small cell.
    """
    font, room = painter.font(), box.width() - 3
    metrics, pixels = QFontMetricsF(font), font.pixelSize()
    sizes = [min(pixels, int(pixels * room / max(1.0, metrics.horizontalAdvance(form)))) for form in forms]
    place = max(range(max(1, len(forms) - 1)), key=lambda each: sizes[each])  # the longer one of two alike
    if sizes[place] < max(LABEL, int(_SHRUNK * pixels)):
        place = len(forms) - 1
    if sizes[place] < pixels:
        fitting = QFont(font)
        fitting.setPixelSize(max(LABEL, sizes[place]))
        if sizes[place] < LABEL:
            wide = QFontMetricsF(fitting).horizontalAdvance(forms[place])
            fitting.setStretch(max(_NARROWEST, int(100 * room / max(1.0, wide))))
        painter.setFont(fitting)
    draw_text(painter, box, Qt.AlignmentFlag.AlignCenter, forms[place])
    painter.setFont(font)
