"""The base of widgets that paint: what they paint with is made once, and made again for another theme or font."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize
from PySide6.QtWidgets import QWidget

from cnnviewer.ui.widgets.paint_style import PaintStyle
from cnnviewer.ui.widgets.text_size import grown, text_size
from cnnviewer.ui.widgets.theme import theme

if TYPE_CHECKING:
    _Base = QWidget
else:
    _Base = object  # see `Translated`

_FONT_CHANGES = (QEvent.Type.FontChange, QEvent.Type.ApplicationFontChange)


class Styled(_Base):
    """Mixin: stands before the Qt class, as in `class ReadoutLine(Styled, QWidget)`.

    Fonts, measures, colours and texts that are laid out cost more than what is painted with them, so they are kept in
    `paint_style` until the theme or the font is another one. A subclass that keeps more of the kind, or whose layout
    depends on it, overrides `on_look_changed`.
    """

    _paint_style: PaintStyle | None = None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme().changed.connect(self._forget_style)

    @property
    def paint_style(self) -> PaintStyle:
        """Fonts and colours of the current theme."""
        if self._paint_style is None:
            self._paint_style = PaintStyle(theme().tokens)
        return self._paint_style

    def on_look_changed(self) -> None:
        """Paint again: colours, or the measures of all texts, are others."""
        self.update()

    def _forget_style(self) -> None:
        self._paint_style = None
        self.on_look_changed()

    def changeEvent(self, event: QEvent) -> None:
        """Another font has other measures."""
        if event.type() in _FONT_CHANGES:
            self._forget_style()
        super().changeEvent(event)


class GrowingSize(QObject):
    """Keeps sizes of a widget in step with the text; belongs to the widget."""

    def __init__(self, widget: QWidget, **pixels: float) -> None:
        """Set what is named (`fixed_width`, `icon_size`, …) to so many pixels of the usual text size."""
        super().__init__(widget)
        self._widget = widget
        self._setters = {
            f"set{''.join(word.title() for word in name.split('_'))}": size for name, size in pixels.items()
        }
        self._fit()
        text_size().changed.connect(self._fit)

    def _fit(self) -> None:
        for setter, size in self._setters.items():
            pixels = grown(size)
            getattr(self._widget, setter)(QSize(pixels, pixels) if setter == "setIconSize" else pixels)
