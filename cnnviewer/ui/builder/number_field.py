"""One number of a layer: a small caption above a small editor."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from cnnviewer.core.models.design import CLASSES, LARGEST_P, RANGES, Number
from cnnviewer.ui.number_fields import RealField, WholeField

_WIDTHS: dict[Number, int] = {"out": 84, "p": 72}
_WIDTH = 58


class NumberField(QWidget):
    """A labelled number; every digit counts as it is typed.

    Signals:
        edited: `(number, value)`, the number's name in a `LayerSpec` and what a person made it.
    """

    edited = Signal(str, float)

    def __init__(self, number: Number, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.number: Number = number
        self._features = False
        self._caption = QLabel(self)
        self._caption.setProperty("role", "caption")
        font = self._caption.font()
        font.setPointSizeF(max(font.pointSizeF() * 0.82, 7.5))
        self._caption.setFont(font)
        self.editor = RealField(self) if number == "p" else WholeField(self)
        self.editor.setObjectName(f"{number}Spin")
        if isinstance(self.editor, RealField):
            self.editor.set_bounds(0.0, LARGEST_P)
            self.editor.set_step(0.05)
        else:
            low, high = RANGES[number]
            self.editor.setRange(CLASSES if number == "out" else low, high)
            self.editor.setAccelerated(True)
        self.editor.setFixedWidth(_WIDTHS.get(number, _WIDTH))
        self._caption.setBuddy(self.editor)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._caption)
        layout.addWidget(self.editor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.editor.valueChanged.connect(self._on_value_changed)
        self.retranslate()

    def set_value(self, value: float) -> None:
        """Show the number; emits nothing, and leaves the cursor of one who is typing just this where it is."""
        if self.editor.value() == value:
            return
        self.editor.blockSignals(True)
        if isinstance(self.editor, RealField):
            self.editor.setValue(value)
        else:
            self.editor.setValue(int(value))
        self.editor.blockSignals(False)

    def set_feature_words(self, features: bool) -> None:
        """Call the outputs features, of a fully connected layer, rather than channels."""
        self._features = features
        self.retranslate()

    def retranslate(self) -> None:
        """Set all texts in the current language."""
        out = (
            (self.tr("features"), self.tr("How many values the layer gives; 0 gives one for each class."))
            if self._features
            else (self.tr("channels"), self.tr("How many feature maps the layer gives; 0 gives one for each class."))
        )
        caption, explanation = {
            "out": out,
            "kernel": (self.tr("kernel"), self.tr("Height and width of the sliding window.")),
            "stride": (self.tr("stride"), self.tr("How far the window moves from output to output.")),
            "padding": (self.tr("padding"), self.tr("Cells added on every side of the maps before the window slides.")),
            "dilation": (self.tr("dilation"), self.tr("Distance of the cells that the window reads; 1: neighbours.")),
            "groups": (
                self.tr("groups"),
                self.tr("Into so many parts the channels are divided; each part is convolved by itself."),
            ),
            "p": (self.tr("probability"), self.tr("How likely a value is set to zero at a training step.")),
        }[self.number]
        self._caption.setText(caption)
        self.setToolTip(explanation)
        self.editor.setToolTip(explanation)
        self.editor.setAccessibleName(caption)
        self.editor.setAccessibleDescription(explanation)
        if isinstance(self.editor, WholeField) and self.number == "out":
            self.editor.set_word(self.tr("classes"))

    def _on_value_changed(self, value: float) -> None:
        self.edited.emit(self.number, float(value))
