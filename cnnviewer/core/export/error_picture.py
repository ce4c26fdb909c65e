"""Wrongly predicted images as one picture: each with its true class and what was predicted. Free of torch and Qt."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw

from cnnviewer.core.export import picture_text
from cnnviewer.core.export.tiles import image_pixels

Values = npt.NDArray[np.float32]
_SIDE: Final = 112
"""Pixels across an image, about."""
_WIDEST: Final = 320
"""Pixels of a caption at most: longer ones are cut."""
_GAP, _LINE, _SIZE, _COLUMNS = 16, 18, 13, 8
_ACROSS: Final = 1100
"""Pixels of the picture, about, where several columns stand in it."""
_INK, _GROUND = "#222222", "white"


def error_picture(images: Sequence[Values], captions: Sequence[tuple[str, str]]) -> npt.NDArray[np.uint8]:
    """Pixels `(h, w, 3)`.

    Args:
        images: at least one, `(C, H, W)` in 0..1, all of one size.
        captions: two lines below each.
    """
    shown = [image_pixels(image, _SIDE) for image in images]
    height, width = shown[0].shape[:2]
    widest = max(picture_text.width(words, _SIZE) for lines in captions for words in lines)
    room = max(width, _SIDE, min(math.ceil(widest), _WIDEST))
    columns = min(_COLUMNS, max(1, _ACROSS // (room + _GAP)), len(shown))
    rows = math.ceil(len(shown) / columns)
    tall = height + 2 * _LINE + _GAP
    whole = Image.new("RGB", (columns * (room + _GAP) + _GAP, rows * tall + _GAP), _GROUND)
    draw = ImageDraw.Draw(whole)
    for place, (pixels, lines) in enumerate(zip(shown, captions, strict=True)):
        left, top = _GAP + place % columns * (room + _GAP), _GAP + place // columns * tall
        whole.paste(Image.fromarray(pixels), (left, top))
        for number, words in enumerate(lines):
            cut = picture_text.fitted(words, _SIZE, room + _GAP / 2)
            picture_text.write(draw, (left, top + height + 4 + number * _LINE), cut, _INK, _SIZE)
    return np.asarray(whole)
