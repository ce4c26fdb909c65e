"""The drawing itself: a grey raster of a fixed size."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect
from PySide6.QtGui import QColor, QImage

from cnnviewer.ui.widgets.stroke_raster import StrokeRaster, UInt8Array

__all__ = ["RASTER_SIZE", "DrawingRaster", "UInt8Array"]

RASTER_SIZE = 280
"""Side of the raster in its own pixels: ten to each pixel of a digit, whatever the screen's resolution is."""
_INK, _PAPER = QColor(255, 255, 255), QColor(0, 0, 0)


class DrawingRaster(StrokeRaster):
    """Owns the raster: uint8 `(280, 280)`, ink 255 on 0."""

    def __init__(self) -> None:
        image = QImage(RASTER_SIZE, RASTER_SIZE, QImage.Format.Format_Grayscale8)
        image.fill(0)
        super().__init__(image)

    def is_empty(self) -> bool:
        """No ink at all."""
        return not self.pixels().any()

    def draw(self, point: QPointF, width: float, erase: bool = False) -> QRect:
        """Start a stroke of ink, or of paper, with a dot; returns what changed."""
        return self.begin(point, width, _PAPER if erase else _INK)
