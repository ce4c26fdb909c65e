"""One whole number for both directions, or one for rows and one for columns."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from cnnviewer.core.sandbox import Pair
from cnnviewer.ui.widgets.fields import Field, whole_number


class PairField(QWidget):
    """A labelled pair `(vertical, horizontal)`; while the two are tied one number stands for both.

    Signals:
        changed: `(vertical, horizontal)`, by the user, at every keystroke.
    """

    changed = Signal(object)

    def __init__(self, name: str, low: int, high: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"{name}Field")
        self._vertical = whole_number(f"{name}Spin", low, high)
        self._horizontal = whole_number(f"{name}ColumnsSpin", low, high)
        self._fields = Field(self._vertical), Field(self._horizontal)
        self._tied = True
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for field, spin in zip(self._fields, (self._vertical, self._horizontal), strict=True):
            row.addWidget(field, 1)
            spin.setKeyboardTracking(True)  # the pictures follow every keystroke
            spin.setMinimumWidth(56)
            spin.valueChanged.connect(self._on_changed)
        self._fields[1].hide()

    def value(self) -> Pair:
        """`(vertical, horizontal)`."""
        vertical = self._vertical.value()
        return vertical, vertical if self._tied else self._horizontal.value()

    def set_value(self, pair: Pair) -> None:
        """Show this pair, silently."""
        for spin, number in zip((self._vertical, self._horizontal), pair, strict=True):
            if spin.value() != number:
                spin.blockSignals(True)
                spin.setValue(number)
                spin.blockSignals(False)

    def set_tied(self, tied: bool) -> None:
        """Whether one number stands for both."""
        self._tied = tied
        self._fields[1].setVisible(not tied)

    def set_texts(self, label: str, rows: str, columns: str, explanation: str) -> None:
        """Name the pair as one and each of the two, and explain it."""
        self._fields[0].set_texts(label if self._tied else rows, explanation)
        self._fields[1].set_texts(columns, explanation)

    def _on_changed(self, _number: int) -> None:
        if self._tied:
            self.set_value((self._vertical.value(), self._vertical.value()))
        self.changed.emit(self.value())
