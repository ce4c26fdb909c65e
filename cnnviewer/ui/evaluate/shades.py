"""Colours of a confusion matrix: one hue, the stronger the more a cell has; another one for less than before."""

from __future__ import annotations

from functools import cache
from typing import Final

from PySide6.QtGui import QColor

from cnnviewer.ui.widgets.text_colour import text_colour_on
from cnnviewer.ui.widgets.theme import theme

_BENT: Final = 0.6  # below 1, so that cells with few errors differ from one another beside one with many
_STEPS: Final = 63  # shades that are told apart, less one
_RAMPS: Final = {
    "light": (QColor("#f8e6eb"), QColor("#c6577b")),
    "dark": (QColor("#402b34"), QColor("#e58aa8")),
}
_FALLING: Final = {
    "light": (QColor("#e3ecf8"), QColor("#4c7cc0")),
    "dark": (QColor("#26344a"), QColor("#8ab2ea")),
}


def strength(amount: float, least: float, most: float) -> float:
    """How strong the colour of an amount is, 0..1, where `least` has the weakest and `most` the strongest."""
    return float(min(1.0, max(0.0, (amount - least) / (most - least))) ** _BENT) if most > least else 0.0


def colour_at(place: float, falling: bool = False) -> QColor:
    """The colour of a strength 0..1 in the theme of the window; `falling`: of a number below 0."""
    return _shade(theme().tokens.name, round(place * _STEPS), falling)[0]


def letters_at(place: float, falling: bool = False) -> QColor:
    """The colour of what is written on it."""
    return _shade(theme().tokens.name, round(place * _STEPS), falling)[1]


@cache
def _shade(name: str, step: int, falling: bool) -> tuple[QColor, QColor]:
    (first, last), place = (_FALLING if falling else _RAMPS)[name], step / _STEPS
    ends = ((first.red(), last.red()), (first.green(), last.green()), (first.blue(), last.blue()))
    shade = QColor(*(round(a + (b - a) * place) for a, b in ends))
    return shade, text_colour_on(shade)
