"""A legend by itself: what the colours beside it mean."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from cnnviewer.ui.explore.network.geometry import Rect
from cnnviewer.ui.explore.network.legend import legend_width, paint_legend
from cnnviewer.ui.widgets.palettes import PaletteName, Range
from cnnviewer.ui.widgets.styled import Styled

_USUAL, _WIDEST = 110.0, 260


class LegendBar(Styled, QWidget):
    """A palette with its numbers; empty, but as high, where there are no colours to explain."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMaximumWidth(_WIDEST)
        self._colours: tuple[PaletteName, Range] | None = None

    def set_colours(self, palette: PaletteName, bounds: Range) -> None:
        """Say what the first and the last colour of this palette mean."""
        if (palette, bounds) != self._colours:
            self._colours = palette, bounds
            self.updateGeometry()
            self.update()

    def clear(self) -> None:
        """There are no colours."""
        self._colours = None
        self.update()

    @property
    def colours(self) -> tuple[PaletteName, Range] | None:
        """The palette, and the values of its first and its last colour; None where there is none."""
        return self._colours

    def sizeHint(self) -> QSize:
        """As wide as its numbers need at least."""
        wide = _USUAL if self._colours is None else legend_width(self.paint_style, self._colours[1], _USUAL)
        return QSize(round(wide) + 4, round(self.paint_style.numbers.height) + 17)

    def minimumSizeHint(self) -> QSize:
        """Narrower the numbers are written shorter."""
        return QSize(40, self.sizeHint().height())

    def on_look_changed(self) -> None:
        """Other numbers need other room."""
        super().on_look_changed()
        self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The bar and its numbers."""
        if self._colours is not None:
            painter = QPainter(self)
            room = Rect(2.0, 0.0, self.width() - 4.0, float(self.height()))
            paint_legend(painter, self.paint_style, room, *self._colours)
            painter.end()
