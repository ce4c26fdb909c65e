"""One column's feature maps, with the numbers of the map under the pointer."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from cnnviewer.core.counting import counted
from cnnviewer.core.runs.compare.comparison import ComparedRun
from cnnviewer.core.runs.compare.maps import ComparedMaps
from cnnviewer.ui.compare.column_pane import ColumnPane
from cnnviewer.ui.compare.texts import column_text
from cnnviewer.ui.explore.network.labels import number
from cnnviewer.ui.train.learning.tiles import GAP, Place, TileSheet
from cnnviewer.ui.widgets.translated import Translated

_LARGEST = 180.0
_SMALLEST = 16.0
_NUMBERED = 1.8  # lines of text: a smaller map has no number below it


def filled(count: int, width: float, height: float, line: float = 0.0) -> Place:
    """A place for so many maps: as large as has room for all of them, the rest left out where they are too many.

    Below each stands its number in a `line` of text, as long as maps are larger than that.
    """
    for columns in range(1, count + 1):
        tile = min(_LARGEST, math.floor((width + GAP) / columns - GAP))
        place = Place(0.0, tile, columns, count, None, line if tile >= _NUMBERED * line else 0.0)
        if place.bottom <= height:
            return place
        if tile < _SMALLEST:
            break
    columns = max(1, int((width + GAP) // (_SMALLEST + GAP)))
    rows = max(1, int((height + GAP) // (_SMALLEST + GAP)))
    return Place(0.0, _SMALLEST, columns, min(count, rows * columns), None)


class MapSheet(TileSheet):
    """The maps of one layer; pointing at one says which it is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._run = ""
        super().__init__(parent)

    def set_run(self, run: str) -> None:
        """Be the maps of this run."""
        self._run = run
        self.retranslate()

    def _arrange(self) -> None:
        wide, tall, line = float(self.width()), float(self.height()), self.paint_style.line
        self._places = [filled(len(each.values), wide, tall, line) for each in self.tiles[:1]]

    def set_current(self, current: tuple[int, int] | None) -> None:
        """Frame a map; nothing happens when it is clicked."""
        super().set_current(current)
        self.setCursor(Qt.CursorShape.ArrowCursor)

    def _words(self, current: tuple[int, int]) -> str:
        return self.tr("Map {channel} of {layer}").format(channel=current[1], layer=self.tiles[current[0]].layer)

    def retranslate(self) -> None:
        """All texts in the current language."""
        super().retranslate()
        self.setAccessibleName(self.tr("Feature maps of {run}").format(run=self._run))


class MapsPane(Translated, ColumnPane):
    """A column's maps under its name.

    Signals:
        current_changed: number of the map under the pointer or the keyboard, or None.
    """

    current_changed = Signal(object)

    def __init__(self, place: int, parent: QWidget | None = None) -> None:
        self.sheet = MapSheet()
        super().__init__("Maps", place, self.sheet, parent)
        self.sheet.setObjectName(f"compareMaps_{place}")
        self._maps: ComparedMaps | None = None
        self._asked = False
        self._current: int | None = None
        self.setMinimumWidth(160)
        self.sheet.current_changed.connect(self._on_current_changed)

    def set_column(self, column: ComparedRun) -> None:
        """Be this column's."""
        name = column_text(column)
        self._title.show_text(name)
        self.sheet.set_run(name)

    def set_maps(self, maps: ComparedMaps | None, asked: bool) -> None:
        """Show these maps; `asked`: the column was asked for them, so None is that it has no such layer."""
        self._maps, self._asked = maps, asked
        self.sheet.setVisible(maps is not None)
        if maps is not None:
            self.sheet.set_tiles((maps.tiles,))
        self.point_at(self._current)

    def point_at(self, channel: int | None) -> None:
        """Frame and read a map; without one, say how many there are."""
        self._current = channel
        self.sheet.set_current((0, channel) if channel is not None and self._maps is not None else None)
        self._readout.show_text(self._text())

    def _on_current_changed(self, current: tuple[int, int] | None) -> None:
        self.current_changed.emit(current[1] if current is not None else None)

    def _text(self) -> str:
        maps, channel = self._maps, self._current
        if maps is None:
            return self.tr("This run has no such maps.") if self._asked else ""
        if channel is not None and channel < len(maps.means):
            return self.tr("map {channel}: mean {mean}, from {low} to {high}").format(
                channel=channel,
                mean=number(float(maps.means[channel])),
                low=number(float(maps.lows[channel])),
                high=number(float(maps.highs[channel])),
            )
        text = self.tr("from {low} to {high}").format(
            low=number(float(np.min(maps.lows))), high=number(float(np.max(maps.highs)))
        )
        if self.sheet.shown < maps.tiles.count:
            part = self.tr("{shown} of {count}").format(shown=self.sheet.shown, count=f"{maps.tiles.count:,}")
            return f"{part} · {text}"
        whole = counted(self.tr("{count:map|maps}"), count=f"{maps.tiles.count:,}")
        return f"{whole} · {text}"

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More or fewer maps have room."""
        super().resizeEvent(event)
        self._readout.show_text(self._text())

    def retranslate(self) -> None:
        """All texts in the current language."""
        self._readout.show_text(self._text())
