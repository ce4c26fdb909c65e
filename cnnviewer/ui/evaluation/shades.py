"""Colours of a confusion matrix: the share of a row on a logarithmic scale, so that rare mistakes are seen too."""

from __future__ import annotations

import math
from typing import Final

from PySide6.QtGui import QColor

from cnnviewer.ui.palettes import table

LOWEST: Final = 0.001
"""The share of a row that has the first colour; smaller ones have it too."""
TICKS: Final = (0.001, 0.01, 0.1, 1.0)
_MIDDLE: Final = 0.179  # black and white stand out equally from it


def place_of(share: float) -> float:
    """Where a share of 0.001 … 1 lies on the scale, 0..1."""
    return min(1.0, max(0.0, 1.0 + math.log10(max(share, LOWEST)) / -math.log10(LOWEST)))


def colour_at(place: float) -> QColor:
    """The palette's colour at 0..1."""
    red, green, blue, _ = (int(part) for part in table("sequential")[round(place * 255)])
    return QColor(red, green, blue)


def ink_on(colour: QColor) -> QColor:
    """Black or white, whichever stands out more from `colour`, by the relative luminance of WCAG 2."""
    red, green, blue = (_linear(part) for part in (colour.redF(), colour.greenF(), colour.blueF()))
    luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return QColor("#000000" if luminance > _MIDDLE else "#ffffff")


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
