"""How well letters stand out from what is behind them, as WCAG 2.2 measures it (success criterion 1.4.3)."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage

from tests.screens.finding import Finding, where
from tests.screens.measures import can_be_seen, is_free, tight
from tests.screens.screen import Screen
from tests.screens.texts import ShownText

Colours = npt.NDArray[np.float64]  # (N, 3), 0 to 255

ENOUGH, ENOUGH_LARGE = 4.5, 3.0
_LARGE, _LARGE_BOLD = 24.0, 18.66  # pixels: 18 points, and 14 points in bold
_ALIKE = 40.0  # the distance of two colours that are the same but for smoothed edges
_ROUNDED = 0.05
_SMOOTHED = 0.6  # of the contrast of a pen is reached by thin letters at least


def ratio_of(a: Colours, b: Colours) -> Colours:
    """The contrast of colours, 1 to 21."""
    first, second = _luminance(a), _luminance(b)
    return (np.maximum(first, second) + 0.05) / (np.minimum(first, second) + 0.05)


def _luminance(colours: Colours) -> Colours:
    """Relative luminance, 0 to 1; see https://www.w3.org/TR/WCAG22/#dfn-relative-luminance."""
    part = np.asarray(colours, np.float64) / 255
    linear = np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)
    return linear @ np.array([0.2126, 0.7152, 0.0722])


def contrast(screen: Screen) -> list[Finding]:
    """Texts that stand out too little. Symbols, and what cannot be used now, may (as WCAG says).

    Behind a text is the colour that is most frequent in its rectangle. Its own colour is the pen's, that of its widget
    if it occurs there, else the one in the rectangle that stands out most.
    """
    pixels = _pixels(screen.picture)
    found = []
    for text in screen.texts:
        if not text.enabled or text.owner is None or not any(letter.isalnum() for letter in text.text):
            continue
        part = _part(pixels, tight(text), screen.ratio)
        if len(part) < 12 or not can_be_seen(text) or tight(text).width() < text.covers.width() / 2:
            continue  # scrolled away, but for its upper edge or a letter
        if not is_free(text, screen):
            continue
        reached = _contrast_in(part, text)
        large = text.size >= _LARGE or (text.bold and text.size >= _LARGE_BOLD)
        least = ENOUGH_LARGE if large else ENOUGH
        if 1.0 < reached < least - _ROUNDED:
            found.append(Finding("contrast", where(text.owner), text.text, f"{reached:.2f}, at least {least:g}"))
    return found


def _contrast_in(part: Colours, text: ShownText) -> float:
    """1 where nothing but the background is there: the text was covered."""
    packed, counts = np.unique(part @ np.array([1 << 16, 1 << 8, 1]), return_counts=True)  # one number a colour
    colours = np.stack([packed >> 16, packed >> 8 & 255, packed & 255], axis=1)
    background = colours[counts.argmax()].astype(np.float64)
    farthest = float(ratio_of(colours.astype(np.float64), background).max())
    if len(colours) == 1 or text.colour is None:
        return farthest
    own = np.array(text.colour.getRgb()[:3], np.float64)
    own += (1 - text.colour.alphaF()) * (background - own)
    nominal = float(ratio_of(own, background))
    # smoothed edges take a part of it, a veil that lies over the whole takes more
    as_painted = farthest >= _SMOOTHED * nominal if text.exact else np.linalg.norm(colours - own, axis=1).min() < _ALIKE
    return nominal if as_painted else farthest


def _pixels(picture: QImage) -> npt.NDArray[np.uint8]:
    """(H, W, 3)."""
    image = picture.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : 3 * image.width()].reshape(image.height(), image.width(), 3).copy()


def _part(pixels: npt.NDArray[np.uint8], rect: QRectF, ratio: float) -> Colours:
    """(N, 3): the pixels of a rectangle given in logical pixels."""
    top, bottom = int(max(rect.top() * ratio, 0)), int(rect.bottom() * ratio)
    left, right = int(max(rect.left() * ratio, 0)), int(rect.right() * ratio)
    return pixels[top:bottom, left:right].reshape(-1, 3)
