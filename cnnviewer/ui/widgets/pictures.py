"""Arrays of pixels to QImages."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QImage


def to_bytes(image: npt.NDArray[Any]) -> npt.NDArray[np.uint8]:
    """Pixels of 0..1 (floats; uint8 stays) as uint8 of the same shape; what is not a number becomes 0."""
    if image.dtype == np.uint8:
        return image
    scaled = np.nan_to_num(np.asarray(image, np.float32), nan=0.0, posinf=1.0, neginf=0.0)
    return np.round(np.clip(scaled, 0.0, 1.0) * 255).astype(np.uint8)


def planes_to_image(image: npt.NDArray[Any]) -> QImage:
    """`(C, H, W)`, uint8 or floats in 0..1, as a QImage of W×H pixels: grey for one or two channels, else RGB."""
    pixels = to_bytes(image)
    if pixels.shape[0] < 3:
        return pixels_to_image(pixels[0])
    return pixels_to_image(np.moveaxis(pixels[:3], 0, -1))


def pixels_to_image(pixels: npt.NDArray[Any]) -> QImage:
    """`(H, W)` or `(H, W, 3)`, uint8 or floats in 0..1, as a QImage that owns its pixels."""
    data = np.ascontiguousarray(to_bytes(pixels))
    height, width = data.shape[:2]
    grey = data.ndim == 2
    kind = QImage.Format.Format_Grayscale8 if grey else QImage.Format.Format_RGB888
    return QImage(data.data, width, height, width * (1 if grey else 3), kind).copy()
