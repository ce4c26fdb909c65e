"""What the clipboard holds that can be looked at."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
from PySide6.QtCore import QCoreApplication, QMimeData
from PySide6.QtGui import QImage, QPixmap

from cnnviewer.core.errors import UserError
from cnnviewer.core.images.image_file import RGB, DeepPixels, check_size, on_white, open_picture

Read = Callable[[], RGB | DeepPixels]
"""Reads the picture as a file of it is read; takes its time, and raises UserError."""
_ENCODED = ("image/png", "image/jpeg", "image/webp", "image/bmp", "image/tiff", "image/gif")


def clipped(mime: QMimeData) -> Read | str:
    """The picture in the clipboard, or the path of a file that was copied.

    Encoded pictures are left as they are: Qt would decode one of any size before anybody could say it is too large.

    Raises:
        UserError: there is none, or it is too large.
    """
    name = QCoreApplication.translate("Clipboard", "The copied picture")
    path = next((url.toLocalFile() for url in mime.urls() if url.isLocalFile()), "")
    if path:  # first: file managers put the file's icon beside it
        return path
    for kind in _ENCODED:
        if kind in mime.formats() and (data := mime.data(kind).data()):
            return partial(open_picture, (name, bytes(data)))
    found = mime.imageData() if mime.hasImage() else None
    image = found.toImage() if isinstance(found, QPixmap) else found
    if not isinstance(image, QImage) or image.isNull():
        raise UserError("There is no picture in the clipboard: copy one first.")
    check_size(name, image.width(), image.height())
    return partial(_pixels, image)


def _pixels(image: QImage) -> RGB:
    rgba = image.convertToFormat(QImage.Format.Format_RGBA8888)
    rows = np.frombuffer(rgba.constBits(), np.uint8).reshape(rgba.height(), rgba.bytesPerLine())
    return on_white(rows[:, : 4 * rgba.width()].reshape(rgba.height(), rgba.width(), 4))
