"""The image that is inspected before the user has chosen one."""

from __future__ import annotations

import numpy as np

from cnnviewer.core.images.image_file import read_image
from cnnviewer.core.resources import resource
from cnnviewer.presenters.views import Pixels


def greeting_digit() -> Pixels:
    """The program's own image of a seven in MNIST's format: uint8 `(1, 28, 28)`."""
    picture = read_image(resource("samples", "digit-7.png"))
    return np.ascontiguousarray(picture[None, :, :, 0])
