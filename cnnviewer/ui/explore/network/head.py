"""The controls above the network: which layer, how its maps are shown, and what is missing."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QPushButton, QToolButton, QWidget

from cnnviewer.core.inspection.records import Architecture
from cnnviewer.ui.explore.network.labels import shape_text
from cnnviewer.ui.explore.network.pictures import RangeMode
from cnnviewer.ui.explore.network.plan import Order
from cnnviewer.ui.widgets.calm import CalmCombo
from cnnviewer.ui.widgets.plain_text import ElidedLabel, PlainLabel, tool_tip
from cnnviewer.ui.widgets.popover_button import PopoverButton
from cnnviewer.ui.widgets.styled import GrowingSize
from cnnviewer.ui.widgets.text_size import grown
from cnnviewer.ui.widgets.translated import Translated
from cnnviewer.ui.widgets.wrapping_row import WrappingRow

_MODES: tuple[RangeMode, ...] = ("layer", "map", "global")
_ORDERS: tuple[Order, ...] = ("strength", "number")
_ZOOM = 1.4
_SPACING = 6  # pixels
_NARROWEST, _WIDEST = 64, 260  # pixels of the list of layers


class NetworkHead(Translated, QWidget):
    """A list of layers, and a popover with colours, order, blocks and zoom; it decides nothing.

    Attributes:
        note: what is missing in what is shown.

    Signals:
        layer_chosen: name of the layer to go to.
        mode_chosen: which values share one colour scale.
        order_chosen: which maps of a layer come first.
        fold_requested: all blocks shall be folded, or unfolded where they are.
        zoom_requested: by this factor.
        fit_requested: show the whole network.
    """

    layer_chosen = Signal(str)
    mode_chosen = Signal(str)
    order_chosen = Signal(str)
    fold_requested = Signal()
    zoom_requested = Signal(float)
    fit_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layer_label, self._range_label, self._order_label = (PlainLabel() for _ in range(3))
        self._fold_label, self._zoom_label = PlainLabel(), PlainLabel()
        self._layers, self._ranges, self._orders = CalmCombo(self), CalmCombo(), CalmCombo()
        self._fold = QPushButton()
        self.view = PopoverButton("networkViewButton", self)
        self._unfolded, self._wide = True, False
        self.note = ElidedLabel(self)
        self.note.setObjectName("networkNote")
        self.note.setProperty("role", "error")
        self._zoom_out, self._zoom_in, self._fit = QToolButton(), QToolButton(), QToolButton()
        self._build()
        self.set_wide(False, False)
        self.retranslate()

    def _build(self) -> None:
        for widget, name in (
            (self._layers, "layerCombo"),
            (self._ranges, "rangeCombo"),
            (self._orders, "tilesOrderCombo"),
            (self._fold, "foldButton"),
            (self._zoom_out, "zoomOutButton"),
            (self._zoom_in, "zoomInButton"),
            (self._fit, "fitButton"),
        ):
            widget.setObjectName(name)
        self._layers.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        GrowingSize(self._layers, minimum_width=_NARROWEST, maximum_width=_WIDEST)
        for mode in _MODES:
            self._ranges.addItem("", mode)
        for order in _ORDERS:
            self._orders.addItem("", order)
        self._layer_row = self.view.add_row(self._layer_label, self._layers)
        self.view.add_row(self._range_label, self._ranges)
        self._order_row = self.view.add_row(self._order_label, self._orders)
        self._fold_row = self.view.add_row(self._fold_label, self._fold)
        self.view.add_row(self._zoom_label, self._zoom_out, self._zoom_in, self._fit)
        self._bar = WrappingRow(self, _SPACING)
        self.set_short(False)
        self._layers.activated.connect(self._on_layer_chosen)
        self._ranges.currentIndexChanged.connect(self._on_mode_chosen)
        self._orders.currentIndexChanged.connect(self._on_order_chosen)
        self._fold.clicked.connect(self.fold_requested)
        self._zoom_in.clicked.connect(self._on_zoom_in)
        self._zoom_out.clicked.connect(self._on_zoom_out)
        self._fit.clicked.connect(self.fit_requested)

    def set_short(self, short: bool) -> None:
        """Whether the list of layers stands in the popover: beside another panel one button has to do."""
        self._short = short
        beside = self._layer_row.defaultWidget().layout()
        if short and beside is not None:
            beside.addWidget(self._layers)
        for part in (self.view, self.note) if short else (self._layers, self.view, self.note):
            self._bar.removeWidget(part)
            self._bar.addWidget(part)
        self._layer_row.show_row(short)
        self._layers.show()
        self._fit_layers()

    @property
    def least_width(self) -> int:
        """Pixels that the controls need in one line."""
        return (0 if self._short else grown(_NARROWEST) + _SPACING) + self.view.minimumSizeHint().width() + _SPACING

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The name of the layer gives way before the row goes on in another line."""
        super().resizeEvent(event)
        self._fit_layers()

    def _fit_layers(self) -> None:
        room = grown(_WIDEST) if self._short else self._room_of_layers
        self._layers.setMaximumWidth(min(grown(_WIDEST), max(grown(_NARROWEST), room)))

    @property
    def _room_of_layers(self) -> int:
        return self.width() - self.view.sizeHint().width() - 2 * _SPACING - self.note.minimumWidth()

    # -- values in

    def set_layers(self, architecture: Architecture) -> None:
        """The layers to choose among."""
        with QSignalBlocker(self._layers):
            self._layers.clear()
            for layer in architecture.layers:
                self._layers.addItem(f"{layer.name}  {shape_text(layer)}", layer.name)

    def set_current(self, name: str) -> None:
        """Show this layer in the list."""
        index = self._layers.findData(name)
        if index >= 0:
            with QSignalBlocker(self._layers):
                self._layers.setCurrentIndex(index)

    @property
    def current(self) -> str:
        """The layer shown in the list; empty without a model."""
        return self._layers.currentData() or ""

    def set_wide(self, wide: bool, blocks: bool) -> None:
        """Whether a part of the maps is shown, whose order can be chosen, and whether there are blocks to fold."""
        self._wide = wide
        self._order_row.show_row(wide)
        self._fold_row.show_row(blocks)
        self._tell_fit()

    def set_unfolded(self, unfolded: bool) -> None:
        """Whether any block is unfolded: the button folds all then."""
        self._unfolded = unfolded
        self._fold.setText(self.tr("Fold all") if unfolded else self.tr("Unfold all"))

    # -- what the user does

    def _on_layer_chosen(self, index: int) -> None:
        if self._layers.itemData(index):
            self.layer_chosen.emit(self._layers.itemData(index))

    def _on_mode_chosen(self, index: int) -> None:
        self.mode_chosen.emit(_MODES[index])

    def _on_order_chosen(self, index: int) -> None:
        self.order_chosen.emit(_ORDERS[index])

    def _on_zoom_in(self) -> None:
        self.zoom_requested.emit(_ZOOM)

    def _on_zoom_out(self) -> None:
        self.zoom_requested.emit(1 / _ZOOM)

    # -- texts

    def retranslate(self) -> None:
        """Set every text in the window's language."""
        self.view.show_words(self.tr("View"))
        self.view.setToolTip(tool_tip(self.tr("Colours, order and size of the maps")))
        self._layer_label.setText(self.tr("Layer"))
        self._range_label.setText(self.tr("Colours"))
        self._order_label.setText(self.tr("Maps"))
        self._fold_label.setText(self.tr("Blocks"))
        self._zoom_label.setText(self.tr("Zoom"))
        self._layers.setAccessibleName(self.tr("Go to layer"))
        self._layers.setToolTip(self.tr("Go to a layer (double-click on it, or Enter)"))
        self._ranges.setAccessibleName(self.tr("Range of the colours"))
        self._ranges.setToolTip(self.tr("Which values share one colour scale"))
        for index, text in enumerate((self.tr("per layer"), self.tr("per map"), self.tr("global"))):
            self._ranges.setItemText(index, text)
        for index, text in enumerate((self.tr("strongest first"), self.tr("by number"))):
            self._orders.setItemText(index, text)
        self._orders.setAccessibleName(self.tr("Order of the maps"))
        self._orders.setToolTip(
            tool_tip(
                self.tr(
                    "A map is as strong as the largest size of its values; maps that are added to one another stand at "
                    "the same places"
                )
            )
        )
        self._fold.setAccessibleName(self.tr("Fold or unfold all blocks"))
        self._fold.setToolTip(tool_tip(self.tr("Show each block as one column, or all of its layers (B: one block)")))
        self.set_unfolded(self._unfolded)
        for button, text, name, tip in (
            (self._zoom_out, "−", self.tr("Zoom out"), self.tr("Zoom out (−)")),
            (self._zoom_in, "+", self.tr("Zoom in"), self.tr("Zoom in (+)")),
        ):
            button.setText(text)
            button.setAccessibleName(name)
            button.setToolTip(tool_tip(tip))
        self._fit.setText(self.tr("Fit"))
        self._fit.setAccessibleName(self.tr("Fit the network"))
        self._tell_fit()

    def _tell_fit(self) -> None:
        """Of a network that one goes along the blocks are folded."""
        self._fit.setToolTip(
            tool_tip(
                self.tr(
                    "Show the whole network, its blocks folded (F); a layer that is chosen has its large maps again"
                )
                if self._wide
                else self.tr("Show the whole network (F)")
            )
        )
