"""The level Layer of Explore: what a layer reads, its kernels, and what it makes of it."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from cnnviewer.core.counting import counted
from cnnviewer.core.inspection.records import Cell, LayerInfo
from cnnviewer.ui.explore.kernels.view import KernelView
from cnnviewer.ui.explore.layer.map_comparison import MapComparison
from cnnviewer.ui.explore.layer.maps_wall import MapsWall
from cnnviewer.ui.explore.network.legend_bar import LegendBar
from cnnviewer.ui.explore.network.view import NetworkView
from cnnviewer.ui.widgets.calm import CalmCombo
from cnnviewer.ui.widgets.card import card
from cnnviewer.ui.widgets.plain_text import ElidedLabel, PlainLabel
from cnnviewer.ui.widgets.styled import GrowingSize
from cnnviewer.ui.widgets.tall_content import TallContent
from cnnviewer.ui.widgets.text_size import grown
from cnnviewer.ui.widgets.translated import Translated
from cnnviewer.ui.widgets.wrapping_row import WrappingRow

_SPACING = 8
_NARROWEST = 84  # pixels of a layer's name, and of the maps that a layer reads
_TITLE = 420  # pixels of a name over the maps, and of how many they are, at most
_SOURCES = 2  # of a layer that joins several, so many are shown


class LayerView(Translated, QWidget):
    """Sources, kernels and maps of one layer beside each other; follows the network view while it is in front.

    Attributes:
        head: the layer, the order of the maps, and how kernels are shown; a workspace may put it elsewhere.
        comparison: of two maps; in front when a second one is clicked.

    Signals:
        cell_requested: a layer, or a map (`Cell`) whose numbers are asked for.
    """

    cell_requested = Signal(object)

    def __init__(self, network: NetworkView, kernels: KernelView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("layerView")
        self._network, self._kernels = network, kernels
        self._layer: LayerInfo | None = None
        self._pinned: Cell | None = None
        self._choice, self._order = CalmCombo(self), CalmCombo(self)
        self._choice.setObjectName("layerViewCombo")
        self._choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._order.setObjectName("mapsOrderCombo")
        for order in ("strength", "number"):
            self._order.addItem("", order)
        self.maps = MapsWall("layerMaps", network.pictures, self)
        self._sources = [MapsWall(f"sourceMaps{number}", network.pictures, self) for number in range(_SOURCES)]
        self._titles = [ElidedLabel(self, widest=_TITLE) for _ in range(_SOURCES + 1)]
        self._sizes = [ElidedLabel(self, widest=_TITLE) for _ in self._titles]
        for title, size in zip(self._titles, self._sizes, strict=True):
            title.setProperty("role", "title")
            size.setProperty("role", "caption")
        self._legends = tuple(LegendBar(f"layerLegend{number}", self) for number in range(_SOURCES + 1))
        self._picked: int | None = None
        self._marked: int | None = None
        self._hint = PlainLabel(self)
        self._hint.setProperty("role", "caption")
        self._hint.setWordWrap(True)
        self.comparison = MapComparison(network.pictures, self)
        self.head = _Head(self._choice, self._order, kernels.head, self)
        self._before = QWidget(self)
        GrowingSize(self._before, minimum_width=_NARROWEST)
        stack = QVBoxLayout(self._before)
        stack.setContentsMargins(0, 0, 0, 0)
        self._source_cards = [
            _titled(*parts)
            for parts in zip(self._titles[1:], self._sizes[1:], self._legends[1:], self._sources, strict=True)
        ]
        for source in self._source_cards:
            stack.addWidget(source)
        self._kernel_card = card(kernels)
        splitter = QSplitter(Qt.Orientation.Horizontal, self)
        splitter.setObjectName("layerSplitter")
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(10)
        parts: tuple[tuple[QWidget, int], ...] = (
            (self._before, 3),
            (self._kernel_card, 4),
            (_titled(self._titles[0], self._sizes[0], self._legends[0], self.maps, self._hint), 5),
        )
        for part, stretch in parts:
            splitter.addWidget(part)
            splitter.setStretchFactor(splitter.count() - 1, stretch)
        whole = QVBoxLayout(TallContent(self).content)
        whole.setContentsMargins(12, 4, 12, 12)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(splitter)
        self._pages.addWidget(card(self.comparison))
        whole.addWidget(self._pages)
        self._connect()
        self.retranslate()

    def _connect(self) -> None:
        self._choice.activated.connect(self._on_layer_chosen)
        self._order.currentIndexChanged.connect(self._on_order_chosen)
        self.maps.cell_chosen.connect(self._on_map_chosen)
        self.maps.cell_opened.connect(self._open)
        self.maps.cell_walked.connect(self._on_map_walked)
        self.maps.cell_marked.connect(self._on_map_marked)
        self.comparison.closed.connect(self.close_comparison)
        self.comparison.cell_requested.connect(self.cell_requested)
        for wall in self._sources:
            wall.cell_chosen.connect(self.cell_requested)
            wall.cell_opened.connect(self.cell_requested)
            wall.cell_walked.connect(wall.frame)
        for wall in self.walls:
            wall.channel_hovered.connect(self._explain_colours)
        self._network.canvas.changed.connect(self.follow)
        self._network.layer_looked_at.connect(self.follow)
        self._kernels.layer_changed.connect(self.follow)
        self._kernels.hide_choice()

    @property
    def walls(self) -> tuple[MapsWall, ...]:
        """The maps of the layer, and those of what it reads."""
        return (self.maps, *self._sources)

    # -- what is shown

    def follow(self) -> None:
        """Show the layer that list and strip of the network mark; nothing is done behind other levels."""
        if self.isVisible():
            self._follow()

    def showEvent(self, event: QShowEvent) -> None:
        """Another model or layer may have been chosen meanwhile."""
        super().showEvent(event)
        self.follow()

    def _follow(self) -> None:
        architecture, pinned = self._network.architecture, self._network.canvas.pinned
        layers = {layer.name: layer for layer in architecture.layers}
        # padding and the like are said where there is room, in the header of the column
        words = [f"{layer.name}  {layer.operation.partition(',')[0]}" for layer in architecture.layers]
        if [self._choice.itemText(index) for index in range(self._choice.count())] != words:
            with QSignalBlocker(self._choice):
                self._choice.clear()
                for word, name in zip(words, layers, strict=True):
                    self._choice.addItem(word, name)
        self._layer = layers.get(self._network.current_layer)
        self._show(pinned)

    @property
    def comparing(self) -> bool:
        """Whether two maps are compared."""
        return self._pages.currentIndex() == 1

    def close_comparison(self) -> None:
        """Show all maps again."""
        if self.comparing:
            self._pages.setCurrentIndex(0)
            self.maps.setFocus(Qt.FocusReason.OtherFocusReason)

    def _pick(self, channel: int | None) -> None:
        """Frame a map: the next one that is clicked is compared with it."""
        self._picked = channel
        self.maps.set_current(channel)
        self._explain_colours()
        maps = self.maps.shows_maps
        if not maps:
            self._hint.setText(self.tr("Click a value: see its arithmetic"))
        elif channel is None:
            self._hint.setText(self.tr("Click two maps to compare them"))
        else:
            self._hint.setText(self.tr("Click another map: compare · Enter: its numbers"))

    def _show(self, pinned: Cell | None) -> None:
        layer = self._layer
        if layer is None:
            return
        if self.maps.layer != layer:
            self._picked = self._marked = None
            self._pages.setCurrentIndex(0)
        self.comparison.refresh()
        with QSignalBlocker(self._choice):
            self._choice.setCurrentIndex(self._choice.findData(layer.name))
        self.maps.set_notice(self._network.why_empty)
        self.maps.set_layer(layer)
        if pinned != self._pinned:  # clicked elsewhere
            self._pinned = pinned
            self._picked = pinned.channel if pinned is not None and pinned.layer == layer.name else None
        self._pick(self._picked)
        self._name(0, layer)
        architecture = self._network.architecture
        names = (*layer.inputs, "", "")[:_SOURCES]
        for place, (part, wall, name) in enumerate(zip(self._source_cards, self._sources, names, strict=True), 1):
            part.setVisible(bool(name))
            if name:
                wall.set_layer(architecture.layer(name))
                self._name(place, architecture.layer(name))
        self._before.setVisible(bool(layer.inputs))
        self._explain_colours()
        has_kernels = self._kernels.layer == layer.name
        self._kernel_card.setVisible(has_kernels)
        self._kernels.head.setVisible(has_kernels)

    def _explain_colours(self, _channel: int | None = None) -> None:
        """Above each wall its legend: where each map has its own range, that of the one pointed at or framed."""
        pictures = self._network.pictures
        for wall, legend in zip(self.walls, self._legends, strict=True):
            if wall.layer is None or pictures.empty or not pictures.holds(wall.layer.name):
                legend.clear()
            else:
                legend.set_colours(wall.layer.palette, pictures.legend_bounds(wall.layer.name, wall.explained_channel))

    def _name(self, place: int, layer: LayerInfo) -> None:
        """Over a wall of maps the name of its layer, how many there are, and how large."""
        if len(layer.shape) != 3:
            words = counted(self.tr("{n:value|values}"), n=f"{layer.shape[0]:,}")
        else:
            count, height, width = layer.shape
            text = self.tr("{n:map|maps} of {height}×{width}")
            words = counted(text, n=f"{count:,}", height=height, width=width)
        self._titles[place].show_text(layer.name)
        self._sizes[place].show_text(words)

    # -- what the user does

    def _on_layer_chosen(self, index: int) -> None:
        self.cell_requested.emit(Cell(self._choice.itemData(index)))

    def _on_order_chosen(self, _index: int) -> None:
        for wall in (self.maps, *self._sources):
            wall.set_order(self._order.currentData())

    def _on_map_chosen(self, cell: Cell) -> None:
        if not self.maps.shows_maps:
            self._open(cell)
        elif self._picked is None or self._picked == cell.channel:
            self._pick(cell.channel)
        else:
            self._compare(self._picked, cell.channel)

    def _compare(self, first: int, second: int | None) -> None:
        if self._layer is not None and second is not None:
            self.comparison.compare(self._layer, first, second)
            self._pick(second)
            self._pages.setCurrentIndex(1)
            self.comparison.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_map_walked(self, cell: Cell) -> None:
        self._pick(cell.channel)
        self.maps.bring_into_view()

    def _on_map_marked(self, cell: Cell) -> None:
        """Space marks a map; on another one it compares the two."""
        if not self.maps.shows_maps:
            self._open(cell)
        elif self._marked is None or self._marked == cell.channel:
            self._marked = cell.channel
            text = self.tr("Marked {channel}: walk to another map, Space compares them")
            self._hint.setText(text.format(channel=cell.channel))
        else:
            marked, self._marked = self._marked, None
            self._compare(marked, cell.channel)

    def _open(self, cell: Cell) -> None:
        """Ask for the numbers of a map."""
        self.close_comparison()
        self.cell_requested.emit(cell)

    def open_framed(self) -> bool:
        """Ask for the numbers of the map that is framed; whether there is one."""
        if self._layer is None or self._picked is None or not self.maps.shows_maps:
            return False
        self._open(Cell(self._layer.name, self._picked))
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes a comparison before anything else."""
        if event.key() == Qt.Key.Key_Escape and self.comparing:
            self.close_comparison()
        else:
            super().keyPressEvent(event)

    # -- texts

    def retranslate(self) -> None:
        """Set every text in the window's language."""
        self.setAccessibleName(self.tr("One layer"))
        self._choice.setAccessibleName(self.tr("Layer"))
        self._choice.setToolTip(self.tr("The layer that is shown"))
        for index, text in enumerate((self.tr("strongest first"), self.tr("by number"))):
            self._order.setItemText(index, text)
        self._order.setAccessibleName(self.tr("Order of the maps"))
        self._order.setToolTip(self.tr("A map is as strong as the largest size of its values"))
        self.maps.setAccessibleName(self.tr("Maps of the layer"))
        for wall in self._sources:
            wall.setAccessibleName(self.tr("Maps that the layer reads"))
        self._follow()


class _Head(QWidget):
    """The controls in one line, or in two: the name of the layer ends in dots where the first would not be enough."""

    def __init__(self, choice: QWidget, order: QWidget, kernels: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self._choice, self._order = choice, order
        row = WrappingRow(self, _SPACING)
        for widget in (choice, order, kernels):
            row.addWidget(widget)

    @property
    def least_width(self) -> int:
        """Pixels of the widest of its controls."""
        return self.minimumSizeHint().width()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the name of the layer give way to the order of the maps."""
        super().resizeEvent(event)
        room = self.width() - self._order.sizeHint().width() - _SPACING
        self._choice.setMaximumWidth(max(grown(_NARROWEST), room))


def _titled(title: QWidget, size: QWidget, legend: QWidget, content: QWidget, *below: QWidget) -> QFrame:
    both = QWidget()
    column = QVBoxLayout(both)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(6)
    head = QWidget()
    row = WrappingRow(head, _SPACING)
    row.addWidget(title)
    row.addWidget(size)
    column.addWidget(head)
    column.addWidget(legend)
    column.addWidget(content, 1)
    for widget in below:
        column.addWidget(widget)
    return card(both)
