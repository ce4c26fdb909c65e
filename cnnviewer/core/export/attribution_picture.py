"""An attribution as a picture: the image, its map, and what the colours mean. Free of torch and Qt."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw

from cnnviewer.core.export import picture_text
from cnnviewer.core.export.tiles import image_pixels
from cnnviewer.core.palettes import colourise, table, value_range

Values = npt.NDArray[np.float32]
SIDE: Final = 320
"""Pixels across the image and across its map, about: every value is a square."""
_GAP, _LINE, _SIZE, _BAR = 16, 24, 14, 14
_INK, _GROUND = "#222222", "white"


def attribution_picture(image: Values, found: Values, caption: str, unit: str) -> npt.NDArray[np.uint8]:
    """Pixels `(h, w, 3)`: image and map side by side, a scale symmetric about 0, and a line of words.

    Args:
        image: `(C, H, W)` in 0..1.
        found: `(C, H, W)`, whose channels are added up, or `(H, W)`.
        caption: the line of words, cut where it has no room.
        unit: of the map's values.
    """
    flat = found.sum(0) if found.ndim == 3 else found
    bounds = value_range(flat, "signed")
    shown = image_pixels(image, SIDE)
    scale = shown.shape[0] // flat.shape[0]
    coloured = colourise(flat, "signed", bounds)[..., :3].repeat(scale, 0).repeat(scale, 1)
    height, width = shown.shape[:2]
    whole = Image.new("RGB", (2 * width + 3 * _GAP, height + 3 * _GAP + _BAR + 2 * _LINE), _GROUND)
    whole.paste(Image.fromarray(shown), (_GAP, _GAP))
    whole.paste(Image.fromarray(coloured), (width + 2 * _GAP, _GAP))
    draw = ImageDraw.Draw(whole)
    left, top = width + 2 * _GAP, height + 2 * _GAP
    bar = table("signed")[:, :3][None].repeat(_BAR, 0)
    whole.paste(Image.fromarray(bar).resize((width, _BAR)), (left, top))
    largest = f"{bounds.high:.3g}" if flat.any() else ""
    for share, anchor, words in (
        (0.0, "la", largest and f"−{largest}"),
        (0.5, "la", "0"),
        (1.0, "ra", f"{largest} {unit}".strip()),
    ):
        picture_text.write(draw, (left + share * width, top + _BAR + 4), words, _INK, _SIZE, anchor)
    words = picture_text.fitted(caption, _SIZE, whole.width - 2 * _GAP)
    picture_text.write(draw, (_GAP, top + _BAR + _LINE + 4), words, _INK, _SIZE)
    return np.asarray(whole)
