"""Which number is explained: typed by layer, channel, row and column, or walked over the map by itself."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, QTimer, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QMenu, QPushButton, QToolButton, QWidget

from cnnviewer.core.counting import counted
from cnnviewer.core.inspection.records import Architecture, Cell, LayerInfo
from cnnviewer.ui.widgets.calm import CalmCombo
from cnnviewer.ui.widgets.joined import joined
from cnnviewer.ui.widgets.number_fields import WholeField
from cnnviewer.ui.widgets.plain_text import ElidedLabel, tool_tip
from cnnviewer.ui.widgets.shown_icon import fit_icons, show_icon
from cnnviewer.ui.widgets.translated import Translated

SPEEDS = (1, 2, 5, 10, 25)
"""Steps a second."""
_LAYER, _PLACE = 92, 58  # pixels that the fields need at least


class PlaceBar(Translated, QWidget):
    """Fields for the place, and buttons that move it.

    Signals:
        cell_requested: a Cell to explain.
        loss_requested: the loss of the labelled image.
    """

    cell_requested = Signal(object)
    loss_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._architecture = Architecture("", ())
        self._cell: Cell | None = None
        self._layer_combo = CalmCombo(self)
        self._layer_combo.setObjectName("explainLayerCombo")
        self._layer_combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._layer_combo.setMinimumWidth(_LAYER)
        self._spins: list[WholeField] = []
        for name in ("explainChannelSpin", "explainRowSpin", "explainColSpin"):
            spin = WholeField(self)
            spin.setObjectName(name)
            spin.setMinimumWidth(_PLACE)
            spin.setKeyboardTracking(False)
            spin.setAccelerated(True)
            self._spins.append(spin)
        self._play, self._more = QToolButton(self), QToolButton(self)
        self._play.setObjectName("explainPlayButton")
        self._play.setCheckable(True)
        self._more.setObjectName("explainMoreButton")
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu = QMenu(self._more)
        fit_icons(self._menu)
        self._more.setMenu(self._menu)
        self._step, self._loop = QAction(self), QAction(self)
        self._step.setObjectName("explainStepAction")
        self._loop.setObjectName("explainLoopAction")
        show_icon(self._more, "settings")
        show_icon(self._step, "step")
        self._loop.setCheckable(True)
        self._loop.setChecked(True)
        self._menu.addActions([self._step, self._loop])
        self._menu.addSeparator()
        self._speeds = QActionGroup(self)
        for speed in SPEEDS:
            action = QAction(self._speeds)
            action.setCheckable(True)
            action.setData(speed)
            action.setChecked(speed == SPEEDS[1])
        self._menu.addActions(self._speeds.actions())
        self._counted = ElidedLabel(self)
        self._counted.setProperty("role", "caption")
        self._loss = QPushButton(self)
        self._loss.setObjectName("explainLossButton")
        self._timer = QTimer(self)
        self._build()
        self._connect()
        self.retranslate()

    def _build(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 8, 2)
        row.setSpacing(5)
        for widget in (self._layer_combo, joined(self._spins), self._play, self._more):
            row.addWidget(widget)
        row.addWidget(self._counted, 1)
        row.addWidget(self._loss)

    def _connect(self) -> None:
        self._layer_combo.activated.connect(self._on_layer_activated)
        for spin in self._spins:
            spin.valueChanged.connect(self._on_typed)
        self._play.toggled.connect(self._on_play_toggled)
        self._step.triggered.connect(self.step)
        self._speeds.triggered.connect(self._on_speed_chosen)
        self._loss.clicked.connect(self.loss_requested)
        self._timer.timeout.connect(self._on_tick)

    # -- values in

    def set_architecture(self, architecture: Architecture) -> None:
        """Offer another model's layers."""
        self._play.setChecked(False)
        self._architecture = architecture
        self._cell = None
        with QSignalBlocker(self._layer_combo):
            self._layer_combo.clear()
            for layer in architecture.layers:
                self._layer_combo.addItem(layer.name, layer.name)
        self._enable()

    def set_cell(self, cell: Cell | None) -> None:
        """Show the place that is explained."""
        self._cell = cell
        layer = self._layer
        if cell is not None and layer is not None:
            with QSignalBlocker(self._layer_combo):
                self._layer_combo.setCurrentIndex(self._layer_combo.findData(cell.layer))
            sizes = (*layer.shape, 1, 1)[:3]
            for spin, size, value in zip(self._spins, sizes, (cell.channel, cell.row, cell.col), strict=True):
                with QSignalBlocker(spin):
                    spin.setRange(0, size - 1)
                    spin.setValue(value or 0)
        elif cell is not None:  # the loss, which is no layer
            self._layer_combo.setCurrentIndex(-1)
        self._enable()

    def set_loss_offered(self, offered: bool) -> None:
        """Whether the image has a label."""
        self._loss.setEnabled(offered)
        self._explain_loss()

    def set_moving_shown(self, shown: bool) -> None:
        """Whether the buttons that move the window, and the loss, stand beside the place."""
        for widget in (self._play, self._more, self._loss):
            widget.setVisible(shown)

    def toggle(self) -> None:
        """Slide, or stop where it is."""
        if self._play.isEnabled():
            self._play.toggle()

    def pause(self) -> None:
        """Stop where it is."""
        self._play.setChecked(False)

    # -- moving

    def step(self) -> None:
        """Move on to the next value: along the row, the next row, the next map; then to the first again."""
        layer, cell = self._layer, self._cell
        if layer is None or cell is None or cell.channel is None:
            return
        height, width = layer.shape[1:] if len(layer.shape) == 3 else (1, 1)
        places = height * width
        at = (cell.row or 0) * width + (cell.col or 0) + 1
        channel = cell.channel
        if at >= places:
            at = 0
            if places == 1:
                channel = (channel + 1) % layer.shape[0]
            if not self._loop.isChecked() and (places > 1 or channel == 0):
                self._play.setChecked(False)
                return
        self.cell_requested.emit(_cell(layer, channel, at // width, at % width))

    def _on_tick(self) -> None:
        self.step()

    def _on_play_toggled(self, on: bool) -> None:
        if on:
            self._timer.start(self._interval)
        else:
            self._timer.stop()
        self.retranslate()

    def _on_speed_chosen(self, _action: QAction) -> None:
        self._timer.setInterval(self._interval)

    @property
    def _interval(self) -> int:
        """Milliseconds from one place to the next."""
        chosen = self._speeds.checkedAction()
        return 1000 // int(chosen.data() if chosen is not None else SPEEDS[1])

    def _on_layer_activated(self, index: int) -> None:
        layer = self._architecture.layer(self._layer_combo.itemData(index))
        height, width = layer.shape[1:] if len(layer.shape) == 3 else (1, 1)
        self.cell_requested.emit(_cell(layer, 0, height // 2, width // 2))

    def _on_typed(self, _value: int) -> None:
        if self._layer is not None:
            channel, row, col = (spin.value() for spin in self._spins)
            self.cell_requested.emit(_cell(self._layer, channel, row, col))

    @property
    def _layer(self) -> LayerInfo | None:
        names = {layer.name: layer for layer in self._architecture.layers}
        return names.get(self._cell.layer) if self._cell is not None else None

    def _enable(self) -> None:
        layer = self._layer
        there = layer is not None
        maps = layer is not None and len(layer.shape) == 3
        for place, spin in enumerate(self._spins):
            spin.setVisible(there and (place == 0 or maps))
            spin.setEnabled(there)
        self._spins[0].setPrefix(self.tr("ch ") if maps else self.tr("no. "))
        self._play.setEnabled(there)
        self._more.setEnabled(there)

    # -- looks and texts

    def retranslate(self) -> None:
        """Set every text in the window's language."""
        show_icon(self._play, "pause" if self._play.isChecked() else "play")
        self._layer_combo.setAccessibleName(self.tr("Layer to explain"))
        self._layer_combo.setToolTip(self.tr("Explain a number of this layer"))
        names = (self.tr("Channel"), self.tr("Row"), self.tr("Column"))
        for spin, prefix in zip(self._spins[1:], (self.tr("row "), self.tr("col ")), strict=True):
            spin.setPrefix(prefix)
        for spin, name in zip(self._spins, names, strict=True):
            spin.setAccessibleName(name)
            spin.setToolTip(tool_tip(self.tr("{name} of the number to explain").format(name=name)))
        playing = self._play.isChecked()
        play = self.tr("Pause the window (Space)") if playing else self.tr("Slide the window over the map (Space)")
        for widget, tip in (
            (self._play, play),
            (self._more, self.tr("How the window moves")),
        ):
            widget.setToolTip(tool_tip(tip))
            widget.setAccessibleName(tip)
        self._step.setText(self.tr("Move to the next place"))
        self._loop.setText(self.tr("Begin again at the end"))
        for speed in self._speeds.actions():
            speed.setText(counted(self.tr("{n:place|places} a second"), n=str(speed.data())))
        self._loss.setText(self.tr("Loss"))
        self._explain_loss()
        self._counted.show_text(self.tr("counted from 0, as in PyTorch"))
        self._enable()

    def _explain_loss(self) -> None:
        tip = self.tr("How the loss of this labelled image comes about")
        self._loss.setAccessibleName(tip)
        if not self._loss.isEnabled():
            tip = self.tr(
                "This image has no true class, so it has no loss of its own: choose a labelled one in Images, "
                "or a class in Backward"
            )
        self._loss.setToolTip(tool_tip(tip))


def _cell(layer: LayerInfo, channel: int, row: int, col: int) -> Cell:
    return Cell(layer.name, channel, row, col) if len(layer.shape) == 3 else Cell(layer.name, channel)
