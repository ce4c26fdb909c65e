"""Colours of a confusion matrix: the share of a row on a logarithmic scale, so that rare mistakes are seen too."""

from __future__ import annotations

import math
from typing import Final

from PySide6.QtGui import QColor

from cnnviewer.ui.palettes import table

LOWEST: Final = 0.001
"""The share of a row that has the first colour; smaller ones have it too."""
TICKS: Final = (0.001, 0.01, 0.1, 1.0)
_MIDDLE_GREY: Final = 140.0


def place_of(share: float) -> float:
    """Where a share of 0.001 … 1 lies on the scale, 0..1."""
    return min(1.0, max(0.0, 1.0 + math.log10(max(share, LOWEST)) / -math.log10(LOWEST)))


def colour_at(place: float) -> QColor:
    """The palette's colour at 0..1."""
    red, green, blue, _ = (int(part) for part in table("sequential")[round(place * 255)])
    return QColor(red, green, blue)


def ink_on(colour: QColor) -> QColor:
    """Black or white, whichever is read on `colour`."""
    grey = 0.299 * colour.red() + 0.587 * colour.green() + 0.114 * colour.blue()
    return QColor("#10141a" if grey > _MIDDLE_GREY else "#ffffff")
