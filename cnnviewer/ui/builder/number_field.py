"""One number of a layer: a small caption above a small editor."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QLabel, QSizePolicy, QSpinBox, QVBoxLayout, QWidget

from cnnviewer.core.models.design import CLASSES, LARGEST_P, RANGES, Number
from cnnviewer.ui.fields import inset

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
        self.editor = _Decimal(self) if number == "p" else _Whole(self)
        self.editor.setObjectName(f"{number}Spin")
        inset(self.editor)
        if isinstance(self.editor, _Decimal):
            self.editor.setRange(0.0, LARGEST_P)
            self.editor.setDecimals(4)
            self.editor.setSingleStep(0.05)
        else:
            low, high = RANGES[number]
            self.editor.setRange(CLASSES if number == "out" else low, high)
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
        if isinstance(self.editor, _Decimal):
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
        if isinstance(self.editor, _Whole) and self.number == "out":
            self.editor.setSpecialValueText(self.tr("classes"))

    def _on_value_changed(self, value: float) -> None:
        self.edited.emit(self.number, float(value))


class _Whole(QSpinBox):
    """A whole number that the wheel scrolls past unless one works in it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccelerated(True)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Change the number only with the focus."""
        super().wheelEvent(event) if self.hasFocus() else event.ignore()


class _Decimal(QDoubleSpinBox):
    """A decimal number with no more digits than it has, and with the same wheel."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def textFromValue(self, value: float) -> str:
        """Write 0.25 as `0.25`, not as `0.2500`."""
        return f"{value:.{self.decimals()}f}".rstrip("0").rstrip(".") or "0"

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Change the number only with the focus."""
        super().wheelEvent(event) if self.hasFocus() else event.ignore()


class CalmCombo(QComboBox):
    """A choice that the wheel scrolls past unless one works in it."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Change the choice only with the focus."""
        super().wheelEvent(event) if self.hasFocus() else event.ignore()
