"""What tells lines of several series apart: a colour and a dash each, in this order everywhere.

The colours are those of Okabe and Ito ("Color Universal Design", 2008), darkened for a light ground where they are
pale: colour-blind people can tell them apart, and whoever cannot sees dashes.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPen

from cnnviewer.ui.widgets.theme import Tokens, theme

_COLOURS: Final = {
    "light": ("#0072b2", "#d55e00", "#00805f", "#a8457f", "#8a6d00", "#4d4d4d"),
    "dark": ("#56b4e9", "#ff9d4d", "#2fc79a", "#e29ac4", "#f0e442", "#d5dae1"),
}
_DASHES: Final[tuple[tuple[float, ...], ...]] = ((), (6, 3), (2, 2), (8, 3, 2, 3), (12, 4), (4, 2, 1, 2, 1, 2))


def colour(place: int, tokens: Tokens | None = None) -> QColor:
    """Of the series at `place`, on the ground of the theme."""
    names = _COLOURS[(tokens or theme().tokens).name]
    return QColor(names[place % len(names)])


def pen(place: int, width: float, tokens: Tokens | None = None, dashed: bool = True) -> QPen:
    """The line of the series at `place`, dashed as it is or without; cosmetic: a plot's scale does not widen it."""
    made = QPen(colour(place, tokens), width)
    made.setCosmetic(True)
    dashes = _DASHES[place % len(_DASHES)]
    if dashes and dashed:
        made.setDashPattern(list(dashes))
        made.setCapStyle(Qt.PenCapStyle.FlatCap)
    return made
