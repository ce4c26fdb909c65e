"""One model of the architectures page: its head, which stays in sight, and its column, which scrolls."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from cnnviewer.core.inspection.architectures import ArchitectureSummary
from cnnviewer.ui.build.architectures.maps import MapTiles
from cnnviewer.ui.build.architectures.measures import Measure, Scale
from cnnviewer.ui.build.architectures.rows import LayerRows
from cnnviewer.ui.build.architectures.totals import TotalBars
from cnnviewer.ui.widgets.plain_text import PlainLabel, tool_tip
from cnnviewer.ui.widgets.translated import Translated


class ModelHead(Translated, QWidget):
    """Title, note and the button that opens the model.

    Signals:
        open_requested: the model's key.
        reached: the keyboard has come here.
    """

    open_requested = Signal(str)
    reached = Signal()

    def __init__(self, model: ArchitectureSummary, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"architecturesHead_{model.key}")
        self._model = model
        title = PlainLabel(self, model.title)
        title.setProperty("role", "title")
        note = PlainLabel(self, model.note)
        note.setProperty("role", "caption")
        note.setToolTip(tool_tip(model.note))
        note.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        note.setVisible(bool(model.note))
        self._open = QPushButton(self)
        self._open.setObjectName(f"architecturesOpenButton_{model.key}")
        self._open.clicked.connect(self._on_open)
        self._open.installEventFilter(self)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(title)
        words.addWidget(note)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 2, 4, 4)
        layout.addLayout(words, 1)
        layout.addWidget(self._open)
        self.retranslate()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tell when Tab has come to the button."""
        if event.type() == QEvent.Type.FocusIn:
            self.reached.emit()
        return super().eventFilter(watched, event)

    def retranslate(self) -> None:
        """Set all texts in the current language."""
        self._open.setText(self.tr("Open"))
        self._open.setAccessibleName(self.tr("Open {model}").format(model=self._model.title))
        self._open.setToolTip(tool_tip(self.tr("Make {model} the program's model.").format(model=self._model.title)))

    def _on_open(self) -> None:
        self.open_requested.emit(self._model.key)


class ModelColumn(QFrame):
    """Totals, maps and layers of one model.

    Signals:
        layer_selected: `(key, index)` of a layer that the user chose.
        left_sideways: `(key, way)`: the keys went to the column on the left, -1, or right, 1.
        maps_requested: the model's key.
    """

    layer_selected = Signal(str, int)
    left_sideways = Signal(str, int)
    maps_requested = Signal(str)

    def __init__(
        self,
        model: ArchitectureSummary,
        totals: Mapping[Measure, Scale],
        layers: Mapping[Measure, Scale],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.model = model
        self.setObjectName(f"architecturesColumn_{model.key}")
        self.setProperty("card", "true")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Maximum)
        self.totals = TotalBars(model, totals, self)
        self.maps = MapTiles(model.key, self)
        self.rows = LayerRows(model, layers, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(2)
        for widget in (self.totals, self.maps, self.rows):
            layout.addWidget(widget)
        self.maps.requested.connect(self._on_maps_requested)
        self.rows.selected.connect(self._on_selected)
        self.rows.left_sideways.connect(self._on_left_sideways)

    def _on_maps_requested(self) -> None:
        self.maps_requested.emit(self.model.key)

    def _on_selected(self, index: int) -> None:
        self.layer_selected.emit(self.model.key, index)

    def _on_left_sideways(self, way: int) -> None:
        self.left_sideways.emit(self.model.key, way)
