"""Fonts and colours the network is painted with: of the theme on the screen, of either theme in a picture."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QFont, QFontInfo
from PySide6.QtWidgets import QApplication

from cnnviewer.ui.lettering import Lettering
from cnnviewer.ui.network.geometry import Rect
from cnnviewer.ui.network.labels import Role
from cnnviewer.ui.theme import Tokens

_LEGIBLE = 10.5  # pixels, 8 points: no text is smaller


class Ink:
    """Fonts, their measures, and colours by token.

    Attributes:
        tokens: of the theme.
        name_font: of a layer's name.
        small_font: of everything else.
        names: the first of them, to write with.
        smalls: the second.
        line: height of a line of the small font.

    """

    def __init__(self, tokens: Tokens, size: float | None = None) -> None:
        """Of the program's font; `size` in pixels for a file, in which texts stay texts."""
        self.tokens = tokens
        base = QFont(QApplication.font())
        pixels = size or float(QFontInfo(base).pixelSize())
        self.name_font = QFont(base)
        self.name_font.setPixelSize(round(max(_LEGIBLE + 0.5, pixels * 0.92)))
        self.name_font.setWeight(QFont.Weight.DemiBold)
        self.small_font = QFont(base)
        self.small_font.setPixelSize(round(max(_LEGIBLE, pixels * 0.84)))
        self.text_font = QFont(base)
        self.text_font.setPixelSize(round(max(_LEGIBLE, pixels)))
        self.names, self.smalls = (Lettering(font, size is not None) for font in (self.name_font, self.small_font))
        self.line = self.smalls.height
        self.name_line = self.names.height

    def measure(self, text: str, role: Role) -> float:
        """How wide a text of a header is."""
        return (self.names if role == "name" else self.smalls).width(text)

    def small(self, text: str) -> float:
        """How wide a text in the small font is."""
        return self.smalls.width(text)

    def color(self, token: str, alpha: float = 1.0) -> QColor:
        """The colour of a token."""
        colour = QColor(getattr(self.tokens, token))
        colour.setAlphaF(alpha)
        return colour


def qrect(rect: Rect) -> QRectF:
    """The same rectangle as Qt's."""
    return QRectF(rect.x, rect.y, rect.w, rect.h)


def snapped(rect: Rect, ratio: float) -> QRectF:
    """The rectangle with its edges on whole device pixels, at least one wide: neighbours stay neighbours."""
    left, top = round(rect.x * ratio), round(rect.y * ratio)
    right, bottom = max(left + 1, round(rect.right * ratio)), max(top + 1, round(rect.bottom * ratio))
    return QRectF(left / ratio, top / ratio, (right - left) / ratio, (bottom - top) / ratio)
