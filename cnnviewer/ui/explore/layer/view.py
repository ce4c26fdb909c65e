"""The level Layer of Explore: what a layer reads, its kernels, and what it makes of it."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QSplitter, QVBoxLayout, QWidget

from cnnviewer.core.counting import counted
from cnnviewer.core.inspection.records import Cell, LayerInfo
from cnnviewer.ui.explore.kernels.view import KernelView
from cnnviewer.ui.explore.layer.maps_wall import MapsWall
from cnnviewer.ui.explore.network.view import NetworkView
from cnnviewer.ui.widgets.calm import CalmCombo
from cnnviewer.ui.widgets.card import card
from cnnviewer.ui.widgets.plain_text import ElidedLabel
from cnnviewer.ui.widgets.translated import Translated
from cnnviewer.ui.widgets.wrapping_row import WrappingRow

_SOURCES = 2  # of a layer that joins several, so many are shown


class LayerView(Translated, QWidget):
    """Sources, kernels and maps of one layer beside each other; follows the network view while it is in front.

    Attributes:
        head: the layer, the order of the maps, and how kernels are shown; a workspace may put it elsewhere.

    Signals:
        cell_requested: a map (`Cell`) whose numbers are asked for.
    """

    cell_requested = Signal(object)

    def __init__(self, network: NetworkView, kernels: KernelView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("layerView")
        self._network, self._kernels = network, kernels
        self._layer: LayerInfo | None = None
        self._choice, self._order = CalmCombo(self), CalmCombo(self)
        self._choice.setObjectName("layerViewCombo")
        self._choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._order.setObjectName("mapsOrderCombo")
        for order in ("strength", "number"):
            self._order.addItem("", order)
        self.maps = MapsWall("layerMaps", network.pictures, self)
        self._sources = [MapsWall(f"sourceMaps{number}", network.pictures, self) for number in range(_SOURCES)]
        self._titles = [ElidedLabel(self) for _ in range(_SOURCES + 1)]
        for title in self._titles:
            title.setProperty("role", "title")
        self.head = QWidget(self)
        row = WrappingRow(self.head, 8)
        for widget in (self._choice, self._order, kernels.head):
            row.addWidget(widget)
        self._before = QWidget(self)
        stack = QVBoxLayout(self._before)
        stack.setContentsMargins(0, 0, 0, 0)
        self._source_cards = [_titled(title, wall) for title, wall in zip(self._titles[1:], self._sources, strict=True)]
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
            (_titled(self._titles[0], self.maps), 5),
        )
        for part, stretch in parts:
            splitter.addWidget(part)
            splitter.setStretchFactor(splitter.count() - 1, stretch)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(12, 4, 12, 12)
        whole.addWidget(splitter)
        self._connect()
        self.retranslate()

    def _connect(self) -> None:
        self._choice.activated.connect(self._on_layer_chosen)
        self._order.currentIndexChanged.connect(self._on_order_chosen)
        for wall in (self.maps, *self._sources):
            wall.cell_chosen.connect(self.cell_requested)
        self._network.canvas.changed.connect(self.follow)
        self._kernels.layer_changed.connect(self.follow)
        self._kernels.hide_choice()

    # -- what is shown

    def follow(self) -> None:
        """Show the layer that the network view has pinned; nothing is done behind other levels."""
        if not self.isVisible():
            return
        architecture, pinned = self._network.architecture, self._network.canvas.pinned
        names = [layer.name for layer in architecture.layers]
        if [self._choice.itemData(index) for index in range(self._choice.count())] != names:
            with QSignalBlocker(self._choice):
                self._choice.clear()
                for layer in architecture.layers:
                    self._choice.addItem(f"{layer.name}  {layer.operation}", layer.name)
        if pinned is not None and pinned.layer in names:
            self._layer = architecture.layer(pinned.layer)
        elif self._layer is None or self._layer.name not in names:
            first = next((layer for layer in architecture.layers if len(layer.weight_shape) == 4), None)
            self._layer = first or (architecture.layers[0] if architecture.layers else None)
        self._show(pinned)

    def _show(self, pinned: Cell | None) -> None:
        layer = self._layer
        if layer is None:
            return
        with QSignalBlocker(self._choice):
            self._choice.setCurrentIndex(self._choice.findData(layer.name))
        self.maps.set_layer(layer)
        self.maps.set_current(pinned.channel if pinned is not None and pinned.layer == layer.name else None)
        self._titles[0].show_text(self._title(layer))
        architecture = self._network.architecture
        for part, wall, title, name in zip(
            self._source_cards, self._sources, self._titles[1:], (*layer.inputs, "", "")[:_SOURCES], strict=True
        ):
            part.setVisible(bool(name))
            if name:
                wall.set_layer(architecture.layer(name))
                title.show_text(self._title(architecture.layer(name)))
        self._before.setVisible(bool(layer.inputs))
        has_kernels = self._kernels.layer == layer.name
        self._kernel_card.setVisible(has_kernels)
        self._kernels.head.setVisible(has_kernels)

    def _title(self, layer: LayerInfo) -> str:
        if len(layer.shape) != 3:
            return counted(self.tr("{layer}: {n:value|values}"), layer=layer.name, n=f"{layer.shape[0]:,}")
        count, height, width = layer.shape
        text = self.tr("{layer}: {n:map|maps} of {height}×{width}")
        return counted(text, layer=layer.name, n=f"{count:,}", height=height, width=width)

    # -- what the user does

    def _on_layer_chosen(self, index: int) -> None:
        self.cell_requested.emit(Cell(self._choice.itemData(index)))

    def _on_order_chosen(self, _index: int) -> None:
        for wall in (self.maps, *self._sources):
            wall.set_order(self._order.currentData())

    # -- texts

    def retranslate(self) -> None:
        """Set every text in the window's language."""
        self.setAccessibleName(self.tr("One layer"))
        self._choice.setAccessibleName(self.tr("Layer"))
        self._choice.setToolTip(self.tr("The layer that is shown"))
        for index, text in enumerate((self.tr("strongest maps first"), self.tr("maps by number"))):
            self._order.setItemText(index, text)
        self._order.setAccessibleName(self.tr("Order of the maps"))
        self._order.setToolTip(self.tr("A map is as strong as the largest size of its values"))
        self.maps.setAccessibleName(self.tr("Maps of the layer"))
        for wall in self._sources:
            wall.setAccessibleName(self.tr("Maps that the layer reads"))
        self._show(self._network.canvas.pinned)


def _titled(title: QWidget, content: QWidget) -> QFrame:
    both = QWidget()
    column = QVBoxLayout(both)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(6)
    column.addWidget(title)
    column.addWidget(content, 1)
    return card(both)
