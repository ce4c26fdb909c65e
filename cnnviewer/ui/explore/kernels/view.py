"""The kernels of a layer: which layer, how they are shown, the tiles, and what the weights are like."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Property, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QComboBox, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from cnnviewer.core.counting import counted
from cnnviewer.core.inspection.explain.backward_records import WeightCell
from cnnviewer.core.inspection.records import FloatArray, Kernels
from cnnviewer.ui.explore.kernels.export import png
from cnnviewer.ui.explore.kernels.grid import KernelGrid
from cnnviewer.ui.explore.kernels.layout import Mode, Shape, Weight
from cnnviewer.ui.explore.kernels.summary import WeightSummary
from cnnviewer.ui.explore.kernels.values import LayerValues
from cnnviewer.ui.explore.network.labels import number
from cnnviewer.ui.widgets.calm import CalmCombo
from cnnviewer.ui.widgets.number_fields import WholeField
from cnnviewer.ui.widgets.plain_text import ElidedLabel, PlainLabel
from cnnviewer.ui.widgets.text_size import grown
from cnnviewer.ui.widgets.theme import SPACING
from cnnviewer.ui.widgets.translated import Translated

_NARROW = 240  # pixels


class KernelView(Translated, QWidget):
    """One layer's weights as pictures. The Qt property `kernels` is float32 `(out, in, kh, kw)` or None.

    Attributes:
        head: the controls above the tiles, which a workspace may put elsewhere.

    Signals:
        layer_selected: name of the layer that the user chose.
        layer_changed: the kernels of another layer are shown, or none.
        weight_selected: the `WeightCell` that was clicked: how does it learn?
    """

    layer_selected = Signal(str)
    layer_changed = Signal()
    weight_selected = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("kernelView")
        self._values: LayerValues | None = None
        self._modes: tuple[Mode, ...] = ()
        self._chosen = False  # a mode by the user: until then each layer shows its best
        self._layer_combo = CalmCombo(self)
        self._layer_combo.setObjectName("kernelLayerCombo")
        self._layer_combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._mode_combo = CalmCombo(self)
        self._mode_combo.setObjectName("kernelModeCombo")
        self._mode_combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._input_label = PlainLabel(self)
        self._input_spin = WholeField(self)
        self._input_spin.setObjectName("kernelInputSpin")
        self._input_spin.setAccelerated(True)
        self._input_label.setBuddy(self._input_spin)
        self._readout = ElidedLabel(self)
        self._readout.setObjectName("kernelReadout")
        self._readout.setProperty("role", "caption")
        self._readout.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._readout.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._readout.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._grid = KernelGrid(self)
        self._summary = WeightSummary(self)

        self.head = QWidget(self)
        controls = QHBoxLayout(self.head)
        controls.setContentsMargins(0, 0, 0, 0)
        controls.setSpacing(SPACING)
        for widget in (self._layer_combo, self._mode_combo, self._input_label, self._input_spin):
            controls.addWidget(widget)
        controls.addWidget(self._readout, 1)
        self._body = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._body.setSpacing(SPACING)
        self._body.addWidget(self._grid, 5)
        self._body.addWidget(self._summary, 2)  # below the kernels what they leave of a high window
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACING, 4, SPACING, 4)
        layout.setSpacing(4)
        layout.addWidget(self.head)
        layout.addLayout(self._body, 1)

        self._layer_combo.activated.connect(self._on_layer_activated)
        self._mode_combo.currentIndexChanged.connect(self._on_mode_changed)
        self._input_spin.valueChanged.connect(self._on_mode_changed)
        self._grid.hovered_changed.connect(self._on_hovered)
        self._grid.chosen.connect(self._on_chosen)
        self._channel: int | None = None
        self.retranslate()
        self._offer_modes(None)

    def _on_chosen(self, weight: Weight) -> None:
        layer = self._layer_combo.currentData() or ""
        if layer:
            self.weight_selected.emit(WeightCell(layer, weight.out, weight.inp or 0, weight.row, weight.col))

    # -- what others ask and tell -------------------------------------------------------------------------------

    def _get_kernels(self) -> FloatArray | None:
        return None if self._values is None else self._values.weight

    kernels = Property(object, _get_kernels)

    @property
    def layer(self) -> str:
        """The layer whose kernels are shown; empty without any."""
        return "" if self._values is None else self._values.kernels.layer

    def hide_choice(self) -> None:
        """Another part of the window chooses the layer."""
        self._layer_combo.hide()

    def set_layers(self, layers: tuple[str, ...], current: str) -> None:
        """Offer these layers; emits nothing."""
        with QSignalBlocker(self._layer_combo):
            if layers != tuple(self._layer_combo.itemData(index) for index in range(self._layer_combo.count())):
                self._layer_combo.clear()
                self._layer_combo.addItems(layers)
            self._layer_combo.setCurrentIndex(layers.index(current) if current in layers else -1)
        self._layer_combo.setEnabled(bool(layers))

    def set_kernels(self, kernels: Kernels | None) -> None:
        """Show these weights, or nothing; newer ones of the same layer change colours and numbers only."""
        if kernels is not None and (kernels.weight.ndim != 4 or not kernels.weight.size):
            kernels = None
        old, self._values = self._values, None if kernels is None else LayerValues(kernels)
        shape = None if self._values is None else self._values.shape
        layer = None if kernels is None else kernels.layer
        if shape != (None if old is None else old.shape) or layer != (None if old is None else old.kernels.layer):
            self._grid.set_values(None)  # another layer: nothing of the old one's place is kept
            self._offer_modes(shape)
            if layer is not None:
                self._show_current(layer)
        self._grid.set_values(self._values)
        self._summary.set_values(self._values, self._mode())
        if layer != (None if old is None else old.kernels.layer):
            self.layer_changed.emit()
        if self._grid.hovered() is None:
            self._on_hovered(None)

    def set_channel(self, channel: int | None) -> None:
        """Frame an output channel."""
        self._channel = channel
        self._grid.set_channel(channel)
        self._summary.set_channel(channel)

    def to_png(self, caption: str, dark: bool) -> bytes:
        """The kernels shown, all of them, with title, headers, histogram, legend and caption; ValueError without."""
        if self._values is None:
            raise ValueError("there are no kernels to draw")
        mode, lines = self._mode(), self._summary.lines()
        title, inp = f"{self._values.kernels.layer}: {self._counts()}", self._input_spin.value()
        corners = self.tr("in ↓ out →"), self.tr("out ↓ in →")
        return png(self._values, mode, inp, self._channel, title, corners, lines, caption, dark)

    def retranslate(self) -> None:
        """Set all texts in the current language."""
        self.setAccessibleName(self.tr("Kernels of the selected layer"))
        self._layer_combo.setAccessibleName(self.tr("Layer"))
        self._layer_combo.setToolTip(self.tr("The layer whose weights are shown."))
        self._mode_combo.setAccessibleName(self.tr("How kernels are shown"))
        self._mode_combo.setToolTip(self.tr("What a tile shows: one input channel, its colours, or every kernel."))
        self._input_label.setText(self.tr("Input channel"))
        self._input_spin.setAccessibleName(self.tr("Input channel"))
        self._input_spin.setToolTip(self.tr("Which input channel's kernels are shown."))
        self._grid.setToolTip(
            self.tr(
                "Point at a weight, or use the arrow keys, to read it. Zoom: Ctrl and the wheel, or + and −; 0 fits."
            )
        )
        for index, mode in enumerate(self._modes):
            self._mode_combo.setItemText(index, self._mode_name(mode))
        self._on_hovered(self._grid.hovered())

    def minimumSizeHint(self) -> QSize:
        """As narrow as with the statistics below the kernels."""
        hint = super().minimumSizeHint()
        return QSize(min(hint.width(), grown(_NARROW)), hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is narrow the statistics stand below the kernels."""
        super().resizeEvent(event)
        beside = self.width() > 1.5 * self.height()
        direction = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if direction != self._body.direction():
            self._body.setDirection(direction)
        self._summary.set_beside(beside, self.width() // 2)  # large text leaves the kernels their half

    # -- inside -------------------------------------------------------------------------------------------------

    def _mode(self) -> Mode:
        index = self._mode_combo.currentIndex()
        return self._modes[index] if 0 <= index < len(self._modes) else "input"

    def _mode_name(self, mode: Mode) -> str:
        if mode == "rgb":
            return self.tr("RGB together")
        if mode == "input":
            return self.tr("One input channel")
        return self.tr("All kernels, out × in")

    def _offer_modes(self, shape: Shape | None) -> None:
        """The modes that this shape allows; the one in use is kept where it can be."""
        wanted = self._mode()
        self._modes = modes_of(shape)
        with QSignalBlocker(self._mode_combo), QSignalBlocker(self._input_spin):
            self._mode_combo.clear()
            self._mode_combo.addItems([self._mode_name(mode) for mode in self._modes])
            self._mode_combo.setCurrentIndex(
                self._modes.index(wanted) if wanted in self._modes and self._chosen else 0 if self._modes else -1
            )
            self._input_spin.setRange(0, max(shape[1] - 1, 0) if shape is not None else 0)
        self._mode_combo.setVisible(len(self._modes) > 1)
        self._apply_mode()

    def _on_mode_changed(self, _: int) -> None:
        self._chosen = True
        self._apply_mode()

    def _apply_mode(self) -> None:
        mode = self._mode()
        by_channel = mode == "input" and len(self._modes) > 1
        self._input_label.setVisible(by_channel)
        self._input_spin.setVisible(by_channel)
        self._grid.set_mode(mode, self._input_spin.value())
        self._summary.set_values(self._values, mode)
        self._on_hovered(self._grid.hovered())

    def _show_current(self, layer: str) -> None:
        with QSignalBlocker(self._layer_combo):
            index = self._layer_combo.findData(layer)
            if index >= 0:
                self._layer_combo.setCurrentIndex(index)

    def _on_layer_activated(self, index: int) -> None:
        self.layer_selected.emit(self._layer_combo.itemData(index))

    def _on_hovered(self, weight: Weight | None) -> None:
        words = self.readout(weight)
        if words != self._readout.whole:
            shorter = self._shorter_counts() if weight is None and self._values is not None else ()
            self._readout.show_text(words, shorter=shorter)
            self._grid.setAccessibleDescription(words)

    def readout(self, weight: Weight | None) -> str:
        """What is said about a weight; without one, about the layer."""
        if self._values is None:
            return ""
        if weight is None:
            return self._counts()
        layer, values = self._values.kernels.layer, self._values.weight
        _, _, kh, kw = values.shape
        name = f"{layer}.weight[{weight.out}, {':' if weight.inp is None else weight.inp}]"
        if weight.inp is None:
            numbers = [number(float(value)) for value in values[weight.out, :, weight.row, weight.col]]
            value = " · ".join(f"{channel} {text}" for channel, text in zip("RGB", numbers, strict=False))
        else:
            value = number(float(values[weight.out, weight.inp, weight.row, weight.col]))
        if kh == kw == 1:
            return self.tr("{name} = {value}").format(name=name, value=value)
        return self.tr("{name} (row {row}, col {col}) = {value}").format(
            name=name, row=weight.row, col=weight.col, value=value
        )

    def _counts(self) -> str:
        """`20×10×5×5 = 5,000 weights, 20 biases`."""
        assert self._values is not None
        out, inp, kh, kw = self._values.shape
        shape = f"{out}×{inp}" if kh == kw == 1 else f"{out}×{inp}×{kh}×{kw}"
        bias = self._values.kernels.bias
        count = f"{int(np.prod(self._values.shape)):,}"
        if bias is None:
            return counted(self.tr("{shape} = {count:weight|weights}"), shape=shape, count=count)
        return counted(
            self.tr("{shape} = {count:weight|weights}, {biases:bias|biases}"),
            shape=shape,
            count=count,
            biases=f"{bias.size:,}",
        )

    def _shorter_counts(self) -> tuple[str, ...]:
        """`5,000 weights, 20 biases`, and without the biases."""
        assert self._values is not None
        bias, count = self._values.kernels.bias, f"{int(np.prod(self._values.shape)):,}"
        weights = counted(self.tr("{count:weight|weights}"), count=count)
        if bias is None:
            return (weights,)
        text = self.tr("{count:weight|weights}, {biases:bias|biases}")
        return counted(text, count=count, biases=f"{bias.size:,}"), weights


def modes_of(shape: Shape | None) -> tuple[Mode, ...]:
    """The ways a layer can be shown, best first: one picture for 1×1 weights, colours for three input channels."""
    if shape is None:
        return ()
    _, inputs, height, width = shape
    if height == width == 1:
        return ("matrix",)
    if inputs == 1:
        return ("input",)
    return ("rgb", "input", "matrix") if inputs == 3 else ("matrix", "input")
