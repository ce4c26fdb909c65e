"""A labelled field with room for one sentence below it when its value cannot work."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractSpinBox, QDoubleSpinBox, QLabel, QSizePolicy, QSpinBox, QVBoxLayout, QWidget


class Field(QWidget):
    """A label above an editor, and below it, when there is one, an error."""

    def __init__(self, editor: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editor = editor
        self._label = QLabel()
        self._label.setProperty("role", "caption")
        self._label.setBuddy(editor)
        self._error = QLabel()
        self._error.setProperty("role", "error")
        self._error.setWordWrap(True)
        self._error.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3)
        layout.addWidget(self._label)
        layout.addWidget(editor)
        layout.addWidget(self._error)
        layout.addStretch(1)  # a neighbour's error must not pull label and editor apart

    def set_texts(self, label: str, explanation: str) -> None:
        """Name the field, and explain it in a sentence that a student understands."""
        self._label.setText(label)
        self._label.setToolTip(explanation)
        self.editor.setToolTip(explanation)
        self.editor.setAccessibleName(label)
        self.editor.setAccessibleDescription(explanation)

    def set_error(self, sentence: str) -> None:
        """Say why the value cannot work; an empty sentence says that it can."""
        self._error.setText(sentence)
        self._error.setVisible(bool(sentence))
        self.editor.setProperty("invalid", bool(sentence))
        self.editor.style().unpolish(self.editor)
        self.editor.style().polish(self.editor)


def whole_number(name: str, low: int, high: int) -> QSpinBox:
    """A field for a whole number."""
    spin = QSpinBox()
    spin.setObjectName(name)
    spin.setRange(low, high)
    spin.setGroupSeparatorShown(True)
    _quiet(spin)
    return spin


class DecimalSpin(QDoubleSpinBox):
    """A decimal number that shows no more digits than it has."""

    def textFromValue(self, value: float) -> str:
        """Write 0.01 as `0.01`, not as `0.010000`."""
        return f"{value:.{self.decimals()}f}".rstrip("0").rstrip(".") or "0"


def decimal_number(name: str, low: float, high: float, decimals: int, adaptive: bool = False) -> DecimalSpin:
    """A field for a decimal number; `adaptive` steps by a tenth of its own size."""
    spin = DecimalSpin()
    spin.setObjectName(name)
    spin.setDecimals(decimals)
    spin.setRange(low, high)
    if adaptive:
        spin.setStepType(QAbstractSpinBox.StepType.AdaptiveDecimalStepType)
    else:
        spin.setSingleStep(0.05)
    _quiet(spin)
    return spin


def inset(spin: QAbstractSpinBox) -> None:
    """Keep the number off the frame: a style sheet that places the buttons loses the padding on the left."""
    spin.lineEdit().setTextMargins(5, 0, 0, 0)


def _quiet(spin: QAbstractSpinBox) -> None:
    inset(spin)
    spin.setKeyboardTracking(False)  # a value counts when it is finished, not digit by digit
    spin.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # the wheel scrolls the panel, it does not change numbers
    # as wide as its column, not as its largest number
    spin.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
    spin.setMinimumWidth(70)
