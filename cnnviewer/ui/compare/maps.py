"""Feature maps of the image at the side in every column: one layer, one range of colours for all."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cnnviewer.core.runs.compare.maps import ComparedMaps
from cnnviewer.ui.compare.maps_pane import MapsPane
from cnnviewer.ui.compare.panes import PanesTab
from cnnviewer.ui.explore.network.legend_bar import LegendBar
from cnnviewer.ui.widgets.plain_text import PlainLabel
from cnnviewer.ui.widgets.seen import TellsWhenSeen


class MapsTab(TellsWhenSeen, PanesTab):
    """A pane a column; pointing at a map in one frames and reads it in all.

    Signals:
        seen_changed: whether the maps are looked at: they are computed only then.
    """

    seen_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("compareMapLayerCombo", parent)
        self._maps: Mapping[int, ComparedMaps | None] = {}
        self._note = PlainLabel(self)
        self._note.setObjectName("compareMapsNote")
        self._note.setProperty("role", "caption")
        self._note.setWordWrap(True)
        self._legend = LegendBar("compareMapsLegend", self)
        self._head.addWidget(self._note, 2)
        self._head.addWidget(self._legend, 1)
        self.retranslate()

    # values in

    def set_maps(self, maps: Mapping[int, ComparedMaps | None]) -> None:
        """The layer's maps by column, None where a column has none; empty without an image."""
        self._maps = maps
        self.show_all()

    # inside

    def new_pane(self, place: int) -> MapsPane:
        """Pointing at a map in it is told to all."""
        pane = MapsPane(place, self)
        pane.current_changed.connect(self._on_current_changed)
        return pane

    def show_all(self) -> None:
        """The layer's maps in every pane, and the legend of their colours."""
        for pane, column in zip(self._panes, self._columns, strict=True):
            pane.set_maps(self._maps.get(column.number), column.number in self._maps)
        there = (maps for maps in self._maps.values() if maps is not None)
        first = next(there, None)
        if first is None or first.tiles is None:
            self._legend.clear()
        else:
            self._legend.set_colours(first.tiles.palette, first.tiles.bounds)
        self._show_note()

    def _show_note(self) -> None:
        if self._maps:
            self._note.setText(self.tr("The image at the side. A colour means the same number for every run."))
        else:
            self._note.setText(self.tr("Draw, or choose an image at the side: every compared run shows its maps."))

    def _on_current_changed(self, channel: int | None) -> None:
        for pane in self._panes:
            pane.point_at(channel)

    def retranslate(self) -> None:
        """All texts in the current language."""
        self.setAccessibleName(self.tr("Feature maps side by side"))
        self._layer.setAccessibleName(self.tr("Layer to compare"))
        self._layer.setToolTip(self.tr("The layer whose feature maps are set side by side"))
        self._legend.setToolTip(self.tr("The colours mean the same numbers for every run"))
        self._show_note()
