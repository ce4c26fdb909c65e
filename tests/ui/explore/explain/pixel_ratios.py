"""A widget painted with so many pixels for one logical pixel, and the colour at a place of it."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QWidget


def painted(widget: QWidget, ratio: float) -> QImage:
    """How it looks on a screen of that pixel ratio."""
    pixmap = QPixmap(math.ceil(widget.width() * ratio), math.ceil(widget.height() * ratio))
    pixmap.setDevicePixelRatio(ratio)
    widget.render(pixmap)
    return pixmap.toImage()


def colour_at(picture: QImage, spot: QPointF, ratio: float) -> tuple[int, int, int]:
    """Red, green and blue at a place in logical pixels."""
    colour = picture.pixelColor(int(spot.x() * ratio), int(spot.y() * ratio))
    return colour.red(), colour.green(), colour.blue()
