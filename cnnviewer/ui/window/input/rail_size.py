"""How much the rail grows with the size of text."""

from __future__ import annotations

from typing import Final

from cnnviewer.ui.widgets.text_size import text_pixels

_USUAL: Final = 13.0  # pixels of text in a usual window
_MOST: Final = 1.8  # the stage needs its room, too


def rail_growth() -> float:
    """How many times as large as usual the rail is: at least 1."""
    return min(max(text_pixels() / _USUAL, 1.0), _MOST)
