"""Numbers of an axis stand apart whatever the size of the text."""

import pytest
from PySide6.QtGui import QFont, QFontMetricsF

from cnnviewer.ui.widgets.plot_overlays import NumberAxis


@pytest.mark.parametrize("pixels", [11, 18, 30])
@pytest.mark.parametrize("width", [150.0, 200.0, 700.0])
def test_no_number_touches_the_next(pixels: int, width: float, qapp: object) -> None:
    font, axis = QFont(), NumberAxis("bottom")
    font.setPixelSize(pixels)
    axis.setStyle(tickFont=font)
    spacing, _ = axis.tickSpacing(0.0, 3438.0, width)[0]
    assert spacing * width / 3438.0 > QFontMetricsF(font).horizontalAdvance("3,000") + 4
