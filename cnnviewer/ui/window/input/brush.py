"""How wide the brush is."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from cnnviewer.ui.widgets.calm import CalmSlider
from cnnviewer.ui.window.input.canvas import DEFAULT_BRUSH, LARGEST_BRUSH, SMALLEST_BRUSH


def brush_slider(name: str, parent: QWidget) -> CalmSlider:
    """A slider over the widths that a brush can have, in raster pixels."""
    slider = CalmSlider(Qt.Orientation.Horizontal, parent)
    slider.setObjectName(name)
    slider.setRange(int(SMALLEST_BRUSH), int(LARGEST_BRUSH))
    slider.setValue(int(DEFAULT_BRUSH))
    slider.setMinimumSize(90, 22)  # the handle is higher than its groove
    return slider
