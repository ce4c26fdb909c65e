"""Backward: the gradients of the labelled image, and the next step of one weight."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from cnnviewer.core.inspection.explain.backward_records import Backward, BackwardWish, Hyperparameters, WeightCell
from cnnviewer.core.inspection.explain.notation import said
from cnnviewer.core.inspection.records import Architecture, Cell
from cnnviewer.ui.calm import CalmCombo
from cnnviewer.ui.explain.gradient_strip import GradientStrip
from cnnviewer.ui.explain.worksheet import Worksheet
from cnnviewer.ui.explain.writing_backward import BackwardWriter
from cnnviewer.ui.number_fields import RealField, WholeField

MOST_IMAGES = 64
_FIELD, _RATE, _PLACE, _LAYER = 104, 74, 54, 74  # pixels
_LEARNING = (
    *("conv2d", "linear", "batch_norm1d", "batch_norm2d", "instance_norm", "layer_norm", "rms_norm", "group_norm"),
    "prelu",
)


class BackwardPane(QWidget):
    """Fields for label, batch, weight and rates; the gradients of all layers; the weight's arithmetic.

    Signals:
        wished: a `BackwardWish`, whenever a field changes.
        layer_picked: layer and channel whose gradient was clicked.
    """

    wished = Signal(object)
    layer_picked = Signal(str, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("backwardPane")
        self._architecture = Architecture("", ())
        self._weight: WeightCell | None = None
        self._backward: Backward | None = None
        self._sentence = ""
        self._pinned: tuple[str, int] | None = None
        self._writer = BackwardWriter(self)
        self._label, self._layer = CalmCombo(self), CalmCombo(self)
        self._label.setObjectName("backwardLabelCombo")
        self._layer.setObjectName("backwardLayerCombo")
        self._batch = _spin(self, "backwardBatchSpin", 1, MOST_IMAGES)
        self._loss = QLabel(self)
        self._loss.setObjectName("backwardLoss")
        self._loss.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Preferred)
        self._places = tuple(_spin(self, f"backward{name}Spin", 0, 0) for name in ("Output", "Input", "Row", "Col"))
        self._bias = QCheckBox(self)
        self._bias.setObjectName("backwardBiasCheck")
        self._rates = (
            _real(self, "backwardRateSpin", 1e6, None, False),
            _real(self, "backwardMomentumSpin", 1.0, 0.05, True),
            _real(self, "backwardDecaySpin", 1e6, None, False),
        )
        self.strip, self.sheet = GradientStrip(self), Worksheet(self)
        self.sheet.setObjectName("backwardWorksheet")
        self._build()
        self._connect()
        self.retranslate()

    def _build(self) -> None:
        first, second = QHBoxLayout(), QHBoxLayout()
        first.setSpacing(6)
        for widget in (self._label, self._batch, self._loss):
            first.addWidget(widget)
        first.addStretch(1)
        for rate in self._rates:
            first.addWidget(rate)
        for field in (self._layer, *self._places, self._bias):
            second.addWidget(field)
        second.addStretch(1)
        self._layer.setMinimumWidth(_LAYER)
        self.strip.setMinimumWidth(140)
        self.sheet.setMinimumWidth(200)
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.setChildrenCollapsible(False)
        split.addWidget(self.strip)
        right = QWidget(split)
        below = QVBoxLayout(right)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(2)
        below.addLayout(second)
        below.addWidget(self.sheet, 1)
        split.addWidget(right)
        split.setStretchFactor(0, 2)
        split.setStretchFactor(1, 3)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 0, 8, 0)
        column.setSpacing(3)
        column.addLayout(first)
        column.addWidget(split, 1)

    def _connect(self) -> None:
        self._label.activated.connect(self._wish)
        self._layer.activated.connect(self._on_layer_activated)
        for spin in (self._batch, *self._places):
            spin.valueChanged.connect(self._wish)
        for rate in self._rates:
            rate.valueChanged.connect(self._wish)
        self._bias.toggled.connect(self._wish)
        self.strip.picked.connect(self.layer_picked)

    # -- values in

    def set_architecture(self, architecture: Architecture) -> None:
        """Offer another model's weights."""
        self._architecture = architecture
        self.strip.set_architecture(architecture)
        with QSignalBlocker(self._layer):
            self._layer.clear()
            for layer in architecture.layers:
                if layer.kind in _LEARNING and layer.weight_shape:
                    self._layer.addItem(layer.name, layer.name)
        self._take_weight(self._first_weight())

    def set_classes(self, classes: tuple[str, ...]) -> None:
        """The labels that an image can have."""
        with QSignalBlocker(self._label):
            self._label.clear()
            self._label.addItem("", None)
            for index, name in enumerate(classes):
                self._label.addItem(name, index)
        self.retranslate()

    def set_rates(self, rates: Hyperparameters) -> None:
        """The training's learning rate, momentum and weight decay."""
        values = (rates.learning_rate, rates.momentum, rates.weight_decay)
        for spin, value in zip(self._rates, values, strict=True):
            with QSignalBlocker(spin):
                spin.setValue(value)

    def set_cell(self, cell: Cell | None) -> None:
        """Follow the pinned number: its layer's kernel, its channel."""
        if cell is None or cell.channel is None:
            return
        self._pinned = (cell.layer, cell.channel)
        layer = cell.layer.partition("#")[0]  # a second call learns the weights of the first
        if self._layer.findData(layer) >= 0 and (
            self._weight is None or self._weight.layer != layer or self._weight.output != cell.channel
        ):
            self._take_weight(WeightCell(layer, cell.channel))
            self._wish()

    def set_weight(self, weight: WeightCell) -> None:
        """Ask about this weight, which was pointed at elsewhere."""
        if self._layer.findData(weight.layer) >= 0:
            self._take_weight(weight)
            self._wish()

    def set_backward(self, backward: Backward | None) -> None:
        """Show a backward pass."""
        self._backward, self._sentence = backward, ""
        self._show()

    def set_problem(self, sentence: str) -> None:
        """Say why there is none."""
        self._backward, self._sentence = None, sentence
        self._show()

    @property
    def wish(self) -> BackwardWish:
        """What the fields say."""
        rate, momentum, decay = (spin.value() for spin in self._rates)
        return BackwardWish(
            self._label.currentData(), self._weight, Hyperparameters(rate, momentum, decay), self._batch.value()
        )

    # -- fields

    def _first_weight(self) -> WeightCell | None:
        return WeightCell(self._layer.itemData(0), 0) if self._layer.count() else None

    def _take_weight(self, weight: WeightCell | None) -> None:
        self._weight = weight
        if weight is None:
            return
        with QSignalBlocker(self._layer):
            self._layer.setCurrentIndex(self._layer.findData(weight.layer))
        sizes = self._architecture.layer(weight.layer).weight_shape
        values = (weight.output, weight.input, weight.row, weight.col)
        for place, (spin, value) in enumerate(zip(self._places, values, strict=True)):
            with QSignalBlocker(spin):
                spin.setRange(0, max(0, sizes[place] - 1) if place < len(sizes) else 0)
                spin.setValue(value)
            spin.setVisible(place < len(sizes))
        with QSignalBlocker(self._bias):
            self._bias.setChecked(weight.bias)

    def _on_layer_activated(self, _index: int) -> None:
        self._take_weight(WeightCell(self._layer.currentData(), 0))
        self._wish()

    def _wish(self, *_: object) -> None:
        if self._weight is not None:
            output, source, row, col = (spin.value() for spin in self._places)
            self._weight = replace(
                self._weight, output=output, input=source, row=row, col=col, bias=self._bias.isChecked()
            )
            for spin in self._places[1:]:
                spin.setEnabled(not self._weight.bias)
        self.wished.emit(self.wish)

    def _show(self) -> None:
        backward = self._backward
        self.strip.set_backward(backward, self._pinned)
        if backward is None:
            self._loss.setText(self._sentence)
            self.sheet.hide()
            return
        self._loss.setText(self.tr("loss {loss}").format(loss=said(backward.loss)))
        self.sheet.setVisible(backward.weight is not None)
        if backward.weight is not None:
            self.sheet.set_sheet(self._writer.write(backward.weight))

    # -- texts

    def retranslate(self) -> None:
        """Set every text in the window's language."""
        if self._label.count():
            self._label.setItemText(0, self.tr("its own label"))
        self._batch.setPrefix(self.tr("batch "))
        names = (self.tr("out "), self.tr("in "), self.tr("row "), self.tr("col "))
        for spin, prefix in zip((*self._places,), names, strict=True):
            spin.setPrefix(prefix)
        for rate, prefix in zip(self._rates, ("η ", "μ ", "λ "), strict=True):
            rate.setPrefix(prefix)
        self._bias.setText(self.tr("bias"))
        for widget, text in (
            (self._label, self.tr("The class that the loss expects; its own where the image has a label")),
            (self._batch, self.tr("How many images the gradient is the mean of: this one and others of the data set")),
            (self._layer, self.tr("The layer of the weight")),
            (self._places[0], self.tr("Output channel of the weight")),
            (self._places[1], self.tr("Input channel of the weight")),
            (self._places[2], self.tr("Row in the kernel")),
            (self._places[3], self.tr("Column in the kernel")),
            (self._bias, self.tr("Ask about the bias of the output channel")),
            (self._rates[0], self.tr("Learning rate η of the step")),
            (self._rates[1], self.tr("Momentum μ of the step")),
            (self._rates[2], self.tr("Weight decay λ of the step")),
        ):
            widget.setToolTip(text)
            widget.setAccessibleName(text)
        self._loss.setToolTip(
            self.tr(
                "Here dropout is off and batch normalisation uses its running statistics; "
                "in a training step dropout is on, and a batch is normalised by its own"
            )
        )
        self.sheet.setAccessibleName(self.tr("The weight's next step"))
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


def _spin(parent: QWidget, name: str, low: int, high: int) -> WholeField:
    spin = WholeField(parent)
    spin.setObjectName(name)
    spin.setRange(low, high)
    spin.setMinimumWidth(_PLACE)
    spin.setKeyboardTracking(False)
    spin.setMaximumWidth(_FIELD)
    return spin


def _real(parent: QWidget, name: str, high: float, step: float | None, below: bool) -> RealField:
    spin = RealField(parent)
    spin.setObjectName(name)
    spin.set_bounds(0.0, high, below)
    spin.set_step(step)
    spin.setMinimumWidth(_RATE)
    spin.setMaximumWidth(_FIELD)
    spin.setKeyboardTracking(False)
    return spin
