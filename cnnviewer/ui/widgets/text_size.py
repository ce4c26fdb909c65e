"""How large the program writes: what the user has chosen, on a window of this size. Everything that is text follows."""

from __future__ import annotations

from functools import cache
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QFont, QFontInfo
from PySide6.QtWidgets import QApplication

from cnnviewer.ui.widgets.dressing import dress_again
from cnnviewer.ui.widgets.type_sizes import NUMBER

PERCENTS: Final = (80, 90, 100, 110, 125, 150, 175, 200, 225, 250)
"""The sizes that the user goes through; 100 is the usual one."""
_USUAL: Final = 13.0  # pixels, of a window up to the first height below
_GROWTH: Final = ((1000, 14.0), (1240, 15.0), (1400, 17.0), (1700, 20.0))
"""From these heights of the window on text has these pixels."""

_system: QFont | None = None


class TextSize(QObject):
    """Tells when everything is written in another size.

    Signals:
        changed: `grown` gives other sizes now.
    """

    changed = Signal()


@cache
def text_size() -> TextSize:
    """The application's one (made at the first call)."""
    return TextSize()


def usual_pixels(height: int) -> float:
    """The usual size of text, in pixels, in a window of this height in pixels."""
    return max((pixels for least, pixels in _GROWTH if height >= least), default=_USUAL)


def chosen_pixels(height: int, percent: int) -> float:
    """The size of text in pixels, in a window of this height, at so many percent of the usual size: always legible."""
    return max(float(NUMBER), usual_pixels(height) * percent / 100)


def bounded(percent: int) -> int:
    """The nearest size that is offered, in percent of the usual one."""
    return min(PERCENTS, key=lambda offered: abs(offered - percent))


def next_size(percent: int, step: int, height: int) -> int:
    """The next size up (`step` 1) or down (-1) that changes text in a window of this height, if there is one."""
    here, now = bounded(percent), chosen_pixels(height, percent)
    others = (offered for offered in PERCENTS[::step] if (offered - here) * step > 0)
    return next((offered for offered in others if chosen_pixels(height, offered) != now), here)


def text_pixels() -> float:
    """The size of text now, in pixels."""
    return float(QFontInfo(QApplication.font()).pixelSize())


def grown(pixels: float) -> int:
    """So many pixels of the usual text size, as large as text is now."""
    return round(pixels * text_pixels() / _USUAL)


def use_text_pixels(pixels: float) -> None:
    """Write everything in this size; widgets hear of it by their change of font."""
    global _system
    if _system is None:
        _system = QFont(QApplication.font())
    font = QFont(_system)
    font.setPointSizeF(_system.pointSizeF() * pixels / QFontInfo(_system).pixelSize())
    if font.pointSizeF() != QApplication.font().pointSizeF():
        QApplication.setFont(font)
        text_size().changed.emit()
        dress_again()
