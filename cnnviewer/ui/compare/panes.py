"""One layer in every column: a pane each, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from cnnviewer.core.runs.compare.comparison import ComparedRun
from cnnviewer.ui.widgets.calm import CalmCombo
from cnnviewer.ui.widgets.translated import Translated


class PanesTab(Translated, QWidget):
    """Base of the tabs of kernels and of feature maps; a subclass makes the panes and says what they show.

    Signals:
        layer_selected: name of the layer that the user chose.
    """

    layer_selected = Signal(str)

    def __init__(self, choice: str, parent: QWidget | None = None) -> None:
        """`choice`: object name of the list of layers."""
        super().__init__(parent)
        self._columns: tuple[ComparedRun, ...] = ()
        self._panes: list[Any] = []
        self._layer = CalmCombo(self)
        self._layer.setObjectName(choice)
        self._layer.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._head = QHBoxLayout()
        self._head.setSpacing(8)
        self._head.addWidget(self._layer)
        inside = QWidget()
        self._row = QHBoxLayout(inside)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)
        scroll = QScrollArea(self)
        scroll.setWidget(inside)
        scroll.setWidgetResizable(True)
        for part in (inside, scroll.viewport()):
            part.setAutoFillBackground(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 8)
        column.setSpacing(4)
        column.addLayout(self._head)
        column.addWidget(scroll, 1)
        self._layer.activated.connect(self._on_layer)

    # values in

    def set_columns(self, columns: tuple[ComparedRun, ...]) -> None:
        """One pane each."""
        self._columns = columns
        while len(self._panes) > len(columns):
            pane = self._panes.pop()
            self._row.removeWidget(pane)
            pane.hide()
            pane.deleteLater()
        while len(self._panes) < len(columns):
            pane = self.new_pane(len(self._panes))
            self._panes.append(pane)
            self._row.addWidget(pane, 1)
        for pane, column in zip(self._panes, columns, strict=True):
            pane.set_column(column)
        self.show_all()

    def set_layers(self, layers: Sequence[str], current: str) -> None:
        """Offer these layers; emits nothing."""
        with QSignalBlocker(self._layer):
            if list(layers) != [self._layer.itemData(index) for index in range(self._layer.count())]:
                self._layer.clear()
                self._layer.addItems(list(layers))
            self._layer.setCurrentIndex(self._layer.findData(current))
        self._layer.setEnabled(bool(layers))

    # what a subclass says

    def new_pane(self, place: int) -> QWidget:
        """A pane for the column at this place, with `set_column`."""
        raise NotImplementedError

    def show_all(self) -> None:
        """Show in every pane what there is of its column."""
        raise NotImplementedError

    def _on_layer(self, index: int) -> None:
        self.layer_selected.emit(self._layer.itemData(index))
