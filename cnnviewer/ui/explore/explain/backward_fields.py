"""The fields of Backward: which weight is followed, and the rates of the optimizer's step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget

from cnnviewer.core.inspection.explain.backward_records import StepSettings, WeightCell, weight_fields
from cnnviewer.core.inspection.records import Architecture
from cnnviewer.ui.widgets.calm import CalmCombo
from cnnviewer.ui.widgets.joined import joined
from cnnviewer.ui.widgets.number_fields import RealField, WholeField
from cnnviewer.ui.widgets.plain_text import tool_tip
from cnnviewer.ui.widgets.styled import GrowingSize
from cnnviewer.ui.widgets.translated import Translated
from cnnviewer.ui.widgets.wrapping_row import WrappingRow

_MOST_IMAGES = 64
_FIELD, _RATE, _PLACE, _LAYER, _WIDEST_LAYER = 104, 150, 54, 74, 200  # pixels
_LEARNING = (
    *("conv1d", "conv2d", "conv3d", "conv_transpose1d", "conv_transpose2d", "conv_transpose3d", "linear", "prelu"),
    *("batch_norm1d", "batch_norm2d", "batch_norm3d", "instance_norm", "layer_norm", "rms_norm", "group_norm"),
    *("embedding", "bilinear"),
)


class WeightFields(Translated, QWidget):
    """The layer of a weight, its place in the layer, and whether the output's bias is meant instead.

    Signals:
        edited: the user chose another weight.
    """

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._architecture = Architecture("", ())
        self._weight: WeightCell | None = None
        self._layer = CalmCombo(self)
        self._layer.setObjectName("backwardLayerCombo")
        self._layer.setSizeAdjustPolicy(CalmCombo.SizeAdjustPolicy.AdjustToContents)
        GrowingSize(self._layer, minimum_width=_LAYER, maximum_width=_WIDEST_LAYER)
        self._places: Mapping[str, WholeField] = {
            name: _whole_field(self, f"backward{name.capitalize()}Spin", 0, 0)
            for name in ("output", "input", "depth", "row", "col")
        }
        self._bias = QCheckBox(self)
        self._bias.setObjectName("backwardBiasCheck")
        row = WrappingRow(self)
        row.addWidget(self._layer)
        row.addWidget(joined((*self._places.values(), self._bias)))
        self._layer.activated.connect(self._on_layer_activated)
        for spin in self._places.values():
            spin.valueChanged.connect(self._on_edited)
        self._bias.toggled.connect(self._on_edited)
        self.retranslate()

    @property
    def weight(self) -> WeightCell | None:
        """The weight that the fields name; None of a model that learns nothing."""
        return self._weight

    def set_architecture(self, architecture: Architecture) -> None:
        """Offer another model's weights, the first of them."""
        self._architecture = architecture
        with QSignalBlocker(self._layer):
            self._layer.clear()
            for layer in architecture.layers:
                if layer.kind in _LEARNING and layer.weight_shape:
                    self._layer.addItem(layer.name, layer.name)
        self.take(WeightCell(self._layer.itemData(0), 0) if self._layer.count() else None)

    def take(self, weight: WeightCell | None) -> None:
        """Name this weight; emits nothing."""
        self._weight = weight
        if weight is None:
            return
        with QSignalBlocker(self._layer):
            self._layer.setCurrentIndex(self._layer.findData(weight.layer))
        layer = self._architecture.layer(weight.layer)
        names = weight_fields(layer.kind, len(layer.weight_shape))
        sizes = dict(zip(names, layer.weight_shape, strict=False))
        for name, spin in self._places.items():
            with QSignalBlocker(spin):
                spin.setRange(0, max(0, sizes.get(name, 1) - 1))
                spin.setValue(getattr(weight, name))
            spin.setVisible(name in sizes)
            spin.setEnabled(name == "output" or not weight.bias)
        with QSignalBlocker(self._bias):
            self._bias.setChecked(weight.bias)

    def has_layer(self, layer: str) -> bool:
        """Whether the weights of this layer can be followed."""
        return self._layer.findData(layer) >= 0

    def learning(self, name: str) -> str:
        """The layer whose weights are followed for one: itself, else the nearest before it; empty where none can be."""
        known = {layer.name: layer for layer in self._architecture.layers}
        while name in known:
            learning = name.partition("#")[0]  # a second call learns the weights of the first
            if self.has_layer(learning):
                return learning
            if known[name].parameters or not known[name].inputs:
                break
            name = known[name].inputs[0]
        return ""

    def _on_layer_activated(self, _index: int) -> None:
        self.take(WeightCell(self._layer.currentData(), 0))
        self.edited.emit()

    def _on_edited(self, *_: object) -> None:
        if self._weight is not None:
            places: dict[str, Any] = {name: spin.value() for name, spin in self._places.items()}
            self.take(replace(self._weight, bias=self._bias.isChecked(), **places))
        self.edited.emit()

    def retranslate(self) -> None:
        """Set every text in the window's language."""
        names = (self.tr("out "), self.tr("in "), self.tr("depth "), self.tr("row "), self.tr("col "))
        for spin, prefix in zip(self._places.values(), names, strict=True):
            spin.setPrefix(prefix)
        self._bias.setText(self.tr("bias"))
        for widget, text in (
            (self._layer, self.tr("The layer of the weight")),
            (self._places["output"], self.tr("Output channel of the weight")),
            (self._places["input"], self.tr("Input channel of the weight")),
            (self._places["depth"], self.tr("Depth in the kernel")),
            (self._places["row"], self.tr("Row in the kernel")),
            (self._places["col"], self.tr("Column in the kernel")),
            (self._bias, self.tr("Ask about the bias of the output channel")),
        ):
            widget.setToolTip(tool_tip(text))
            widget.setAccessibleName(text)


class StepFields(Translated, QWidget):
    """How the step is made: the images that it learns from, learning rate, momentum and weight decay.

    Signals:
        edited: the user changed one of them.
    """

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rates = (
            _real_field(self, "backwardRateSpin", 1e6, None, False),
            _real_field(self, "backwardMomentumSpin", 1.0, 0.05, True),
            _real_field(self, "backwardDecaySpin", 1e6, None, False),
        )
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._batch = _whole_field(self, "backwardBatchSpin", 1, _MOST_IMAGES)
        row = WrappingRow(self)
        row.addWidget(joined((self._batch, *self._rates)))
        for field in (self._batch, *self._rates):
            field.valueChanged.connect(self._on_edited)
        self.retranslate()

    @property
    def rates(self) -> StepSettings:
        """What the fields say."""
        return StepSettings(*(field.value() for field in self._rates))

    @property
    def batch(self) -> int:
        """How many images the gradient is the mean of."""
        return self._batch.value()

    def set_batch(self, batch: int) -> None:
        """Show this; emits nothing."""
        with QSignalBlocker(self._batch):
            self._batch.setValue(batch)

    def set_rates(self, rates: StepSettings) -> None:
        """Show these; emits nothing."""
        for field, value in zip(self._rates, (rates.learning_rate, rates.momentum, rates.weight_decay), strict=True):
            with QSignalBlocker(field):
                field.setValue(value)

    def _on_edited(self, *_: object) -> None:
        self.edited.emit()

    def retranslate(self) -> None:
        """Set every text in the window's language."""
        self._batch.setPrefix(self.tr("batch "))
        many = self.tr("How many images the gradient is the mean of: this one and others of the data set")
        self._batch.setToolTip(tool_tip(many))
        self._batch.setAccessibleName(many)
        prefixes = (self.tr("learning rate η "), self.tr("momentum μ "), self.tr("weight decay λ "))
        texts = (
            self.tr("Learning rate η of the step"),
            self.tr("Momentum μ of the step"),
            self.tr("Weight decay λ of the step"),
        )
        for field, prefix, text in zip(self._rates, prefixes, texts, strict=True):
            field.setPrefix(prefix)
            field.setToolTip(tool_tip(text))
            field.setAccessibleName(text)


def _whole_field(parent: QWidget, name: str, low: int, high: int) -> WholeField:
    """A field for a whole number that speaks once it is entered."""
    field = WholeField(parent)
    field.setObjectName(name)
    field.setRange(low, high)
    field.setKeyboardTracking(False)
    GrowingSize(field, minimum_width=_PLACE, maximum_width=_FIELD)
    return field


def _real_field(parent: QWidget, name: str, high: float, step: float | None, below: bool) -> RealField:
    field = RealField(parent)
    field.setObjectName(name)
    field.set_bounds(0.0, high, below)
    field.set_step(step)
    field.setKeyboardTracking(False)
    GrowingSize(field, minimum_width=_RATE, maximum_width=_RATE + _PLACE)
    return field
