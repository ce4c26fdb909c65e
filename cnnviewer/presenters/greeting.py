"""The image that is looked at before a person has chosen one."""

from __future__ import annotations

import numpy as np

from cnnviewer.core.images import read_image
from cnnviewer.core.resources import resource
from cnnviewer.presenters.views import Pixels


def greeting_digit() -> Pixels:
    """A seven drawn by the program itself, as the model sees it: uint8 `(1, 28, 28)`."""
    picture = read_image(resource("samples", "digit-7.png"))
    return np.ascontiguousarray(picture[None, :, :, 0])
