"""Pictures in the clipboard as pixels."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QGuiApplication, QImage


def clipboard_picture() -> npt.NDArray[np.uint8] | None:
    """The picture in the clipboard, uint8 `(H, W, 3)`; None where there is none."""
    mime = QGuiApplication.clipboard().mimeData()
    if not mime.hasImage():
        return None
    image = QImage(mime.imageData()).convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    pixels: npt.NDArray[np.uint8] = rows[:, : 3 * image.width()].reshape(image.height(), image.width(), 3).copy()
    return pixels
