"""Where the cells of a confusion matrix lie, and how large its letters are."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from PySide6.QtGui import QFont, QFontInfo, QFontMetricsF

from cnnviewer.ui.widgets.cell_grid import GridGeometry
from cnnviewer.ui.widgets.type_sizes import NUMBER, scaled

_SMALLEST: Final = 2.3  # sizes of the letters that a cell takes across at least
_FLATTEST: Final = 1.4  # the same for its height, in a low room
_LARGEST: Final = 104.0  # pixels of a cell
_MOST_DIGIT, _MOST_NAME = 30, 20  # pixels
_DIGIT: Final = 0.34  # of a cell
_LONGEST_NAME: Final = 7.0  # sizes of the letters
_SHORTEST_NAME: Final = 4.0  # the same of upright names in a low room
_BESIDE, _ABOVE = 12.0, 6.0  # pixels between names and cells


@dataclass(frozen=True)
class MatrixLayout:
    """A matrix in a room of some size.

    Attributes:
        grid: the cells; the names of the true classes stand left of it, those of the predicted ones above.
        turned: whether the latter stand upright, because they are wider than the cells.
        digit_font: of the numbers.
        name_font: of the names.
        smallest: width and height that the matrix takes at least, in pixels.

    """

    grid: GridGeometry
    turned: bool
    digit_font: QFont
    name_font: QFont
    smallest: tuple[int, int]


def arrange(classes: tuple[str, ...], font: QFont, width: int, height: int) -> MatrixLayout:
    """The largest square cells for `classes` in so many pixels; flatter ones where square ones are too high."""
    return _arrange(classes, font.toString(), width, height)


@lru_cache(maxsize=16)
def _arrange(classes: tuple[str, ...], written: str, width: int, height: int) -> MatrixLayout:
    font = QFont()
    font.fromString(written)
    letters = QFontInfo(scaled(font, 1.0, NUMBER)).pixelSize()
    count, smallest, longest = max(1, len(classes)), _SMALLEST * letters, _LONGEST_NAME * letters
    narrow = min(longest, _widest(classes, font)) + _BESIDE
    name_font = _sized(font, letters, (width - narrow) / count, _MOST_NAME)
    widest = _widest(classes, name_font)
    left = min(longest, widest) + _BESIDE
    turned = widest > max(smallest, (width - left - 2) / count) - 2
    flattest = _FLATTEST * letters
    least_top = min(narrow, _SHORTEST_NAME * letters + _BESIDE)
    top = QFontMetricsF(name_font).height() + _ABOVE
    if turned:
        top = max(least_top, min(left, height - count * flattest - 2))
    tall = (height - top - 2) / count
    across = max(smallest, min(_LARGEST, (width - left - 2) / count, tall))
    down = max(flattest, min(across, tall))
    return MatrixLayout(
        GridGeometry(left, top, across, down, count, count),
        turned,
        _sized(font, letters, down, _MOST_DIGIT),
        name_font,
        (int(narrow + count * smallest) + 2, int(least_top + count * flattest) + 2),
    )


def _sized(font: QFont, letters: int, side: float, most: int) -> QFont:
    """The letters that suit cells of `side` pixels."""
    made = QFont(font)
    made.setPixelSize(max(letters, min(most, int(side * _DIGIT))))
    return made


def _widest(names: tuple[str, ...], font: QFont) -> float:
    metrics = QFontMetricsF(font)
    return max((metrics.horizontalAdvance(name) for name in names), default=0.0)
