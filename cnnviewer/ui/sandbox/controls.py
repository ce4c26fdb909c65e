"""What slides: operation, kernel and the window's geometry; the rest folded away."""

from __future__ import annotations

from typing import get_args

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QVBoxLayout, QWidget

from cnnviewer.core.inspection.records import Kernels
from cnnviewer.core.sandbox import Operation, Pair
from cnnviewer.core.sandbox_inputs import PRESETS
from cnnviewer.ui.sandbox.kernel_editor import KernelEditor
from cnnviewer.ui.sandbox.pair_field import PairField
from cnnviewer.ui.sandbox.sandbox_state import LARGEST_KERNEL, MODEL, OWN, Part, SandboxState
from cnnviewer.ui.widgets.calm import CalmCombo
from cnnviewer.ui.widgets.fields import Field, real_number, whole_number
from cnnviewer.ui.widgets.fold import Fold
from cnnviewer.ui.widgets.plain_text import PlainLabel
from cnnviewer.ui.widgets.translated import Translated

_PARTS: tuple[Part, ...] = get_args(Part)
_LIMITS: dict[Part, Pair] = {
    "kernel_size": (1, LARGEST_KERNEL),
    "stride": (1, 6),
    "padding": (0, 5),
    "dilation": (1, 4),
}
_NAMES: dict[Part, str] = {
    "kernel_size": "sandboxKernelSize",
    "stride": "sandboxStride",
    "padding": "sandboxPadding",
    "dilation": "sandboxDilation",
}


class SandboxControls(Translated, QWidget):
    """Edits everything of a `SandboxState` but its input.

    Attributes:
        more: what a course seldom needs, folded away.

    Signals (all by the user):
        operation_selected: an `Operation`.
        preset_selected: a name of `PRESETS`, `"model"` or `"own"`.
        model_kernel_selected: output and input channel of the model's layer.
        weight_entered: row, column, weight.
        bias_entered: the bias.
        part_entered: a `Part` and its pair.
    """

    operation_selected = Signal(str)
    preset_selected = Signal(str)
    model_kernel_selected = Signal(int, int)
    weight_entered = Signal(int, int, float)
    bias_entered = Signal(float)
    part_entered = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kernels: Kernels | None = None
        self._operation: Operation = "conv"
        self.operation = _combo("sandboxOperationCombo", get_args(Operation))
        self.presets = _combo("sandboxPresetCombo", (*PRESETS, OWN))
        self.editor = KernelEditor()
        self.bias = real_number("sandboxBiasSpin", -99.0, 99.0, 0.5)
        self.bias.setKeyboardTracking(True)
        self.model_out = whole_number("sandboxKernelOutSpin", 0, 0)
        self.model_in = whole_number("sandboxKernelInSpin", 0, 0)
        self.apart = QCheckBox()
        self.apart.setObjectName("sandboxApartCheck")
        self.more = Fold("sandboxMoreButton")
        self.parts = {part: PairField(_NAMES[part], *_LIMITS[part]) for part in _PARTS}
        self._fields = {
            name: Field(getattr(self, name)) for name in ("operation", "presets", "bias", "model_out", "model_in")
        }
        self._note = PlainLabel()
        self._note.setObjectName("sandboxDilationNote")
        self._note.setProperty("role", "caption")
        self._note.setWordWrap(True)
        self._arrange()
        self._connect()
        self.retranslate()

    def _arrange(self) -> None:
        self._channels = QWidget()
        row = QGridLayout(self._channels)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._fields["model_out"], 0, 0)
        row.addWidget(self._fields["model_in"], 0, 1)
        self._pairs = QGridLayout()
        self._pairs.setHorizontalSpacing(8)
        self._pairs.setVerticalSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for widget in (self._fields["operation"], self._fields["presets"], self._channels, self.editor):
            column.addWidget(widget)
        column.addLayout(self._pairs)
        column.addWidget(self._note)
        column.addWidget(self.more)
        for widget in (self._fields["bias"], self.apart):
            self.more.add(widget)
        self._place_pairs()

    def _place_pairs(self) -> None:
        """Two pairs beside one another while each is one number, else one below the other."""
        across = 1 if self.apart.isChecked() else 2
        for place, part in enumerate(_PARTS):
            self._pairs.addWidget(self.parts[part], place // across, place % across)

    def _connect(self) -> None:
        self.operation.activated.connect(self._on_operation)
        self.presets.activated.connect(self._on_preset)
        self.editor.value_entered.connect(self.weight_entered)
        self.bias.valueChanged.connect(self.bias_entered)
        self.model_out.valueChanged.connect(self._on_channels)
        self.model_in.valueChanged.connect(self._on_channels)
        self.apart.toggled.connect(self._on_apart)
        self.parts["kernel_size"].changed.connect(self._on_kernel_size)
        self.parts["stride"].changed.connect(self._on_stride)
        self.parts["padding"].changed.connect(self._on_padding)
        self.parts["dilation"].changed.connect(self._on_dilation)

    # -- what others ask and tell -------------------------------------------------------------------------------

    def show_state(self, state: SandboxState) -> None:
        """Show the state; says nothing through the signals."""
        self._operation = state.operation
        convolution = state.operation == "conv"
        self.operation.setCurrentIndex(self.operation.findData(state.operation))
        self.presets.setCurrentIndex(max(self.presets.findData(state.preset), 0))
        self.editor.set_kernel(state.kernel)
        if self.bias.value() != state.bias:
            self.bias.blockSignals(True)
            self.bias.setValue(state.bias)
            self.bias.blockSignals(False)
        for part, field in self.parts.items():
            pair: Pair = getattr(state.setup, part)
            field.set_value(pair)
            if pair[0] != pair[1] and not self.apart.isChecked():  # one number cannot say this pair
                self.apart.blockSignals(True)
                self.apart.setChecked(True)
                self.apart.blockSignals(False)
                self._tie(False)
        for widget in (self._fields["presets"], self.editor, self._fields["bias"]):
            widget.setVisible(convolution)
        self._channels.setVisible(convolution and state.preset == MODEL and self._kernels is not None)
        self.parts["dilation"].setEnabled(state.operation != "avg")
        self._note.setVisible(state.operation == "avg")
        self._name_window()

    def set_kernels(self, kernels: Kernels | None) -> None:
        """Offer the kernels of this layer, `(out, in, kh, kw)`; None, or kernels too large, offer none."""
        if kernels is not None and (not kernels.weight.size or max(kernels.weight.shape[2:]) > LARGEST_KERNEL):
            kernels = None
        known, self._kernels = self._kernels, kernels
        place = self.presets.findData(MODEL)
        if kernels is None:
            if place >= 0:
                self.presets.removeItem(place)
            return
        if place < 0:
            self.presets.insertItem(self.presets.findData(OWN), MODEL, MODEL)
        for spin, count in ((self.model_out, kernels.weight.shape[0]), (self.model_in, kernels.weight.shape[1])):
            spin.blockSignals(True)
            spin.setRange(0, count - 1)
            spin.blockSignals(False)
        if known is None or known.layer != kernels.layer:
            self.retranslate()

    @property
    def kernels(self) -> Kernels | None:
        """What is offered."""
        return self._kernels

    def channels(self) -> Pair:
        """Output and input channel chosen."""
        return self.model_out.value(), self.model_in.value()

    # -- the user's hand ----------------------------------------------------------------------------------------

    def _on_operation(self, _index: int) -> None:
        self.operation_selected.emit(self.operation.currentData())

    def _on_preset(self, _index: int) -> None:
        self.preset_selected.emit(self.presets.currentData())

    def _on_channels(self, _channel: int) -> None:
        self.model_kernel_selected.emit(*self.channels())

    def _on_apart(self, apart: bool) -> None:
        before = {part: field.value() for part, field in self.parts.items()}
        self._tie(not apart)
        for part, field in self.parts.items():
            if field.value() != before[part]:
                self.part_entered.emit(part, field.value())

    def _tie(self, tied: bool) -> None:
        self._place_pairs()
        for field in self.parts.values():
            field.set_tied(tied)
        self.retranslate()

    def _on_kernel_size(self, pair: Pair) -> None:
        self.part_entered.emit("kernel_size", pair)

    def _on_stride(self, pair: Pair) -> None:
        self.part_entered.emit("stride", pair)

    def _on_padding(self, pair: Pair) -> None:
        self.part_entered.emit("padding", pair)

    def _on_dilation(self, pair: Pair) -> None:
        self.part_entered.emit("dilation", pair)

    # -- texts --------------------------------------------------------------------------------------------------

    def _name_window(self) -> None:
        tip = self.tr("Rows and columns of the window.")
        if self._operation == "conv":
            names = self.tr("Kernel size"), self.tr("Kernel rows"), self.tr("Kernel columns")
        else:
            names = self.tr("Window size"), self.tr("Window rows"), self.tr("Window columns")
        self.parts["kernel_size"].set_texts(*names, tip)

    def retranslate(self) -> None:
        """Set all texts in the current language."""
        titles = {
            "conv": self.tr("Convolution"),
            "max": self.tr("Max pooling"),
            "avg": self.tr("Average pooling"),
            "min": self.tr("Min pooling"),
            "identity": self.tr("Identity"),
            "blur": self.tr("Blur (mean)"),
            "gaussian": self.tr("Gaussian blur"),
            "sharpen": self.tr("Sharpen"),
            "sobel-horizontal": self.tr("Sobel, horizontal edges"),
            "sobel-vertical": self.tr("Sobel, vertical edges"),
            "laplacian": self.tr("Laplacian"),
            "edge": self.tr("Edges, all directions"),
            "emboss": self.tr("Emboss"),
            OWN: self.tr("Custom"),
            MODEL: self.tr("Of the model: {layer}").format(layer=self._kernels.layer if self._kernels else ""),
        }
        for combo in (self.operation, self.presets):
            for index in range(combo.count()):
                combo.setItemText(index, titles[combo.itemData(index)])
        for name, (label, tip) in {
            "operation": (self.tr("Operation"), self.tr("What is computed from the cells under the window.")),
            "presets": (self.tr("Kernel"), self.tr("Well-known kernels, and those of the loaded model.")),
            "bias": (self.tr("Bias"), self.tr("Added to every cell of the output.")),
            "model_out": (self.tr("Kernel (out)"), self.tr("Which output channel of the model's layer.")),
            "model_in": (self.tr("Channel (in)"), self.tr("Which input channel of that kernel.")),
        }.items():
            self._fields[name].set_texts(label, tip)
        self._name_window()
        self.parts["stride"].set_texts(
            self.tr("Stride"), self.tr("Stride down"), self.tr("Stride across"), self.tr("How far the window moves.")
        )
        self.parts["padding"].set_texts(
            self.tr("Padding"),
            self.tr("Padding above, below"),
            self.tr("Padding left, right"),
            self.tr("Cells added around the input: zeros, and for max and min pooling −∞ and ∞, which never win."),
        )
        self.parts["dilation"].set_texts(
            self.tr("Dilation"),
            self.tr("Dilation down"),
            self.tr("Dilation across"),
            self.tr("Distance of the cells that the window reads; 1 reads neighbours."),
        )
        self._note.setText(self.tr("Average pooling has no dilation: it averages neighbouring cells without gaps."))
        self.apart.setText(self.tr("Rows and columns apart"))
        self.apart.setAccessibleName(self.tr("Rows and columns apart"))
        self.apart.setToolTip(self.tr("Set size, stride, padding and dilation for rows and columns separately."))
        self.more.set_texts(
            self.tr("More"), self.tr("Bias, rows and columns apart, size of the input, brush, random input, loop")
        )


def _combo(name: str, keys: tuple[str, ...]) -> QComboBox:
    combo = CalmCombo()
    combo.setObjectName(name)
    combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    combo.setMinimumContentsLength(8)
    for key in keys:
        combo.addItem(key, key)
    return combo
