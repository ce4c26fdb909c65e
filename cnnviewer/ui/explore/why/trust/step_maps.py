"""The map, guided backpropagation and an edge detector side by side, at one step of the cascade."""

from __future__ import annotations

import numpy as np
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from cnnviewer.core.inspection.attribution.trust.records import Cascade
from cnnviewer.core.inspection.records import FloatArray
from cnnviewer.ui.explore.network.labels import short_number
from cnnviewer.ui.explore.why.picture_row import PictureRow, PictureTile
from cnnviewer.ui.widgets.palettes import PaletteName, pixels, value_range
from cnnviewer.ui.widgets.translated import Translated


class StepMaps(Translated, PictureRow):
    """Three pictures of one size; below each the value that has its strongest colour. As high as its width asks for."""

    largest = 170
    least = 52

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("trustMaps")
        self._cascade: Cascade | None = None
        self._step = 0
        self.retranslate()

    def set_step(self, cascade: Cascade | None, step: int) -> None:
        """Show the maps after so many steps; None: nothing."""
        self._cascade, self._step = cascade, step
        self._make_tiles()

    def _make_tiles(self) -> None:
        cascade = self._cascade
        titles = self.tr("this map"), self.tr("guided backprop"), self.tr("edge detector")
        if cascade is None:
            self.show_tiles(tuple(PictureTile(title, QImage(), "") for title in titles))
            return
        maps = cascade.maps[self._step], cascade.guided_maps[self._step], cascade.edge_map
        palettes: tuple[PaletteName, ...] = ("signed", "signed", "sequential")
        self.show_tiles(
            tuple(
                PictureTile(title, _picture(found, palette), _scale(found, palette))
                for title, found, palette in zip(titles, maps, palettes, strict=True)
            )
        )

    def retranslate(self) -> None:
        """Set every text in the window's language."""
        self.setAccessibleName(self.tr("Maps at this step"))
        self._make_tiles()

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns of the maps."""
        rows, columns = self._cascade.edge_map.shape if self._cascade is not None else (1, 1)
        return rows, columns


def _picture(found: FloatArray, palette: PaletteName) -> QImage:
    coloured = np.ascontiguousarray(pixels(found, palette, value_range(found, palette)))
    height, width = found.shape
    return QImage(coloured.data, width, height, 4 * width, QImage.Format.Format_RGB32).copy()


def _scale(found: FloatArray, palette: PaletteName) -> str:
    """The values of the palette's ends."""
    largest = float(np.abs(found).max(initial=0))
    return f"±{short_number(largest)}" if palette == "signed" else f"0 – {short_number(largest)}"
