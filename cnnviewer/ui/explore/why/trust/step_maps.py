"""The map, guided backpropagation and an edge detector side by side, at one step of the cascade."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QImage, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from cnnviewer.core.inspection.attribution.trust.records import Cascade
from cnnviewer.core.inspection.records import FloatArray
from cnnviewer.ui.explore.network.labels import short_number
from cnnviewer.ui.widgets.palettes import PaletteName, pixels, value_range
from cnnviewer.ui.widgets.styled import Styled
from cnnviewer.ui.widgets.text_size import grown
from cnnviewer.ui.widgets.translated import Translated

_GAP: Final = 10
_LARGEST: Final = 170
_SMALLEST: Final = 60
_LEFT = Qt.AlignmentFlag.AlignLeft


@dataclass(frozen=True)
class _Tile:
    title: str
    picture: QImage | None
    below: str


class StepMaps(Translated, Styled, QWidget):
    """Three pictures of one size; below each the value that has its strongest colour. As high as its width asks for."""

    accessible_role = QAccessible.Role.Graphic

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("trustMaps")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._cascade: Cascade | None = None
        self._step = 0
        self._tiles: tuple[_Tile, ...] = ()
        self.retranslate()

    def set_step(self, cascade: Cascade | None, step: int) -> None:
        """Show the maps after so many steps; None: nothing."""
        self._cascade, self._step = cascade, step
        self._make_tiles()

    def _make_tiles(self) -> None:
        cascade = self._cascade
        titles = self.tr("this map"), self.tr("guided backprop"), self.tr("edge detector")
        if cascade is None:
            self._tiles = tuple(_Tile(title, None, "") for title in titles)
        else:
            maps = cascade.maps[self._step], cascade.guided_maps[self._step], cascade.edge_map
            palettes: tuple[PaletteName, ...] = ("signed", "signed", "sequential")
            self._tiles = tuple(
                _Tile(title, _picture(found, palette), _scale(found, palette))
                for title, found, palette in zip(titles, maps, palettes, strict=True)
            )
        self.setAccessibleDescription("; ".join(f"{tile.title} {tile.below}" for tile in self._tiles))
        self._fit()
        self.update()

    def retranslate(self) -> None:
        """Set every text in the window's language."""
        self.setAccessibleName(self.tr("Maps at this step"))
        self._make_tiles()

    # -- where things lie

    def _width(self) -> float:
        return min((self.width() - 2 * _GAP) / 3, float(grown(_LARGEST)))

    def _height(self) -> float:
        rows, columns = self._cascade.edge_map.shape if self._cascade is not None else (1, 1)
        return float(self._width() * rows / columns)

    def _fit(self) -> None:
        style = self.paint_style
        height = round(style.line + style.numbers.height + self._height()) + 8
        if height != self.minimumHeight():
            self.setFixedHeight(max(height, grown(_SMALLEST)))

    def minimumSizeHint(self) -> QSize:
        """Three pictures that can be told apart."""
        return QSize(3 * grown(_SMALLEST) + 2 * _GAP, self.minimumHeight())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As high as the width asks for."""
        super().resizeEvent(event)
        self._fit()

    def on_look_changed(self) -> None:
        """Other texts have other heights."""
        super().on_look_changed()
        self._fit()

    # -- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Titles, pictures, and the values of the strongest colours."""
        painter = QPainter(self)
        style, width = self.paint_style, self._width()
        for place, tile in enumerate(self._tiles):
            left = place * (width + _GAP)
            rect = QRectF(left, style.line + 4, width, self._height())
            painter.setPen(style.color("muted"))
            style.smalls.paint(
                painter, QRectF(left, 0, width, style.line), style.smalls.elided(tile.title, width), _LEFT
            )
            if tile.picture is None:
                painter.fillRect(rect, style.color("sunken"))
            else:
                painter.drawImage(rect, tile.picture)
            painter.setPen(QPen(style.color("border"), 1))
            painter.drawRect(rect.adjusted(0.5, 0.5, -0.5, -0.5))
            painter.setPen(style.color("muted"))
            below = QRectF(left, rect.bottom() + 3, width, style.numbers.height)
            style.numbers.paint(painter, below, style.numbers.elided(tile.below, width), _LEFT)


def _picture(found: FloatArray, palette: PaletteName) -> QImage:
    coloured = np.ascontiguousarray(pixels(found, palette, value_range(found, palette)))
    height, width = found.shape
    return QImage(coloured.data, width, height, 4 * width, QImage.Format.Format_RGB32).copy()


def _scale(found: FloatArray, palette: PaletteName) -> str:
    """The values of the palette's ends."""
    largest = float(np.abs(found).max(initial=0))
    return f"±{short_number(largest)}" if palette == "signed" else f"0 – {short_number(largest)}"
