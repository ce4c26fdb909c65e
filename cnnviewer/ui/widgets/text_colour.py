"""Black or white letters on coloured cells: whichever stands out more, which is at least 4.58 times on any colour."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QColor

BLACK, WHITE = QColor("#000000"), QColor("#ffffff")

_MIDDLE = 0.179  # the luminance from which black and white stand out equally
_PARTS = np.arange(256) / 255
# relative luminance of WCAG 2: https://www.w3.org/TR/WCAG22/#dfn-relative-luminance
_LINEAR = np.where(_PARTS <= 0.04045, _PARTS / 12.92, ((_PARTS + 0.055) / 1.055) ** 2.4)
_WEIGHTS = np.array([0.2126, 0.7152, 0.0722])


def takes_black(colours: npt.NDArray[np.uint8]) -> npt.NDArray[np.bool_]:
    """Whether black stands out more than white from each of `colours`, `(..., 3)` or more parts: `(...)`."""
    return np.asarray(_LINEAR[colours[..., :3]] @ _WEIGHTS > _MIDDLE)


def text_colour_on(colour: QColor) -> QColor:
    """Black or white, whichever stands out more from `colour`."""
    return BLACK if takes_black(np.array(colour.getRgb(), np.uint8)) else WHITE
