"""Fonts and colours to paint with: of the theme on the screen, of either theme in a picture."""

from __future__ import annotations

from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QApplication

from cnnviewer.ui.widgets.text_cache import TextCache
from cnnviewer.ui.widgets.theme import Tokens
from cnnviewer.ui.widgets.type_sizes import NUMBER, scaled


class PaintStyle:
    """Fonts, their measures, and colours by token.

    Attributes:
        tokens: of the theme.
        name_font: of a layer's name.
        small_font: of everything else.
        number_font: of numbers that are to be read.
        text_font: of sentences.
        names: the first of them, to write with.
        smalls: the second.
        numbers: the third.
        line: height of a line of the small font.

    """

    def __init__(self, tokens: Tokens, size: float | None = None) -> None:
        """Of the program's font; `size` in pixels for a file, in which texts stay texts."""
        self.tokens = tokens
        base = QFont(QApplication.font())
        if size is not None:
            base.setPixelSize(round(size))
        self.name_font = scaled(base, 1.0)
        self.name_font.setWeight(QFont.Weight.DemiBold)
        self.small_font = scaled(base, 0.92)
        self.number_font = scaled(base, 1.0, NUMBER)
        self.text_font = scaled(base, 1.0)
        fonts = (self.name_font, self.small_font, self.number_font)
        self.names, self.smalls, self.numbers = (TextCache(font, size is not None) for font in fonts)
        self.line = self.smalls.height
        self.name_line = self.names.height

    def measure(self, text: str, role: str) -> float:
        """How wide a text is: a layer's `name`, or anything else."""
        return (self.names if role == "name" else self.smalls).width(text)

    def small(self, text: str) -> float:
        """How wide a text in the small font is."""
        return self.smalls.width(text)

    def color(self, token: str, alpha: float = 1.0) -> QColor:
        """The colour of a token."""
        colour = QColor(getattr(self.tokens, token))
        colour.setAlphaF(alpha)
        return colour
