"""How small letters may be, whatever the system's font: nothing that is to be read is smaller."""

from __future__ import annotations

from typing import Final

from PySide6.QtGui import QFont, QFontInfo

LABEL: Final = 12
"""Pixels of a label at least."""
NUMBER: Final = 13
"""Pixels of a number that is to be read at least."""


def scaled(font: QFont, factor: float, least: int = LABEL) -> QFont:
    """The font `factor` times as large, in whole pixels, and at least `least` of them."""
    made = QFont(font)
    made.setPixelSize(max(least, round(QFontInfo(font).pixelSize() * factor)))
    return made
