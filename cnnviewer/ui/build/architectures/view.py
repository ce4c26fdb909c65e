"""The page of architectures: a picture with receptive fields on the left, the models side by side on the right."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from cnnviewer.core.inspection.architectures import ArchitectureSummary
from cnnviewer.core.inspection.records import FloatArray
from cnnviewer.ui.build.architectures.column import ModelColumn, ModelHead
from cnnviewer.ui.build.architectures.details import LayerDetails
from cnnviewer.ui.build.architectures.field_picture import FieldPicture
from cnnviewer.ui.build.architectures.maps import NamedMaps
from cnnviewer.ui.build.architectures.measures import LAYER_MEASURES, MEASURES, Scale, of_layer, total
from cnnviewer.ui.widgets.plain_text import PlainLabel
from cnnviewer.ui.widgets.styled import Styled
from cnnviewer.ui.widgets.text_size import grown
from cnnviewer.ui.widgets.theme import SPACING
from cnnviewer.ui.widgets.translated import Translated

_LEAST_COLUMN: Final = 220  # pixels at the usual text size, as all here
_LEAST_PANE: Final = 168
_LARGEST_PANE: Final = 330


class ArchitecturesPage(Translated, Styled, QWidget):
    """Models side by side: what they consist of, what they cost, how far they see.

    Signals:
        open_requested: key of the model that the user wants to have as the program's.
        maps_requested: key of the model whose maps of the picture are due; answer with `set_maps` or `clear_maps`.
        layer_selected: `(key, layer)` that the user chose.
    """

    open_requested = Signal(str)
    maps_requested = Signal(str)
    layer_selected = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("architecturesPage")
        self._columns: dict[str, ModelColumn] = {}
        self._selected: tuple[str, int] | None = None
        self._picture = FieldPicture(self)
        self._details = LayerDetails(self)
        self._pane = QWidget(self)
        pane = QVBoxLayout(self._pane)
        pane.setContentsMargins(0, 0, 0, 0)
        pane.setSpacing(SPACING)
        pane.addWidget(self._picture)
        details = QScrollArea(self._pane)
        details.setWidgetResizable(True)
        details.setFrameShape(QFrame.Shape.NoFrame)
        details.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        details.setWidget(self._details)
        pane.addWidget(details, 1)

        self._heads = QWidget(self)  # a window on the strip of heads, which goes with the columns
        self._heads.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._head_row = QWidget(self._heads)
        self._head_row.setProperty("grid", True)  # its buttons are one row, as the heads of a table are
        self._head_row_layout = QHBoxLayout(self._head_row)
        self._inside = QWidget()
        self._inside_layout = QHBoxLayout(self._inside)
        for layout in (self._head_row_layout, self._inside_layout):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(SPACING)
            layout.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._scroll = QScrollArea(self)
        self._scroll.setObjectName("architecturesScroll")
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setStyleSheet("QAbstractScrollArea::corner { background: transparent; border: none; }")
        self._scroll.setWidget(self._inside)
        self._scroll.verticalScrollBar().setSingleStep(24)
        self._scroll.horizontalScrollBar().setSingleStep(24)
        self._empty = PlainLabel(self)
        self._empty.setProperty("role", "caption")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        right = QVBoxLayout()
        right.setSpacing(2)
        right.addWidget(self._heads)
        right.addWidget(self._scroll, 1)
        right.addWidget(self._empty, 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACING)
        layout.addWidget(self._pane)
        layout.addLayout(right, 1)
        self._scroll.horizontalScrollBar().valueChanged.connect(self._follow)
        self.set_models(())
        self.retranslate()

    # -- values in ----------------------------------------------------------------------------------------------

    def set_models(self, models: tuple[ArchitectureSummary, ...]) -> None:
        """Show these models, one a column, in this order; the chosen layer stays where its model is still there."""
        for column in self._columns.values():
            column.hide()
            column.deleteLater()
        for head in self._head_row.findChildren(ModelHead):
            head.hide()
            head.deleteLater()
        totals = {m: Scale.over(total(model, m) for model in models) for m in MEASURES}
        every = [cost for model in models for cost in model.costs.layers.values()]
        layers = {m: Scale.over(of_layer(cost, m) or 0 for cost in every) for m in LAYER_MEASURES}
        self._columns = {}
        for model in models:
            column = self._columns[model.key] = ModelColumn(model, totals, layers, self._inside)
            column.layer_selected.connect(self._on_layer_selected)
            column.left_sideways.connect(self._on_left_sideways)
            column.maps_requested.connect(self.maps_requested)
            self._inside_layout.addWidget(column, 0, Qt.AlignmentFlag.AlignTop)
            head = ModelHead(model, self._head_row)
            head.open_requested.connect(self.open_requested)
            head.reached.connect(partial(self._show_head, head))
            self._head_row_layout.addWidget(head)
        self._scroll.setVisible(bool(models))
        self._heads.setVisible(bool(models))
        self._empty.setVisible(not models)
        self._arrange()
        kept, self._selected = self._selected, None
        if kept is not None and kept[0] in self._columns:
            self._select(kept[0], min(kept[1], len(self._columns[kept[0]].model.architecture.layers) - 1))
        elif models:
            self._select(models[0].key, _last_with_maps(models[0]))
        else:
            self._picture.set_frames((1, 1), ())
            self._details.clear_layer()

    def set_image(self, image: FloatArray | None) -> None:
        """The picture, float32 `(C, H, W)` in 0..1: all of what the models see of it; maps of another one go."""
        self._picture.set_image(image)
        self._arrange()
        for column in self._columns.values():
            column.maps.clear()

    def set_maps(self, key: str, early: NamedMaps, middle: NamedMaps, late: NamedMaps) -> None:
        """Show a model's maps of the picture: `(layer, float32 (C, H, W))` of three layers."""
        if key in self._columns:
            self._columns[key].maps.set_maps(early, middle, late)

    def clear_maps(self, key: str) -> None:
        """A model's maps could not be computed, or are no longer true: offer to ask for them."""
        if key in self._columns:
            self._columns[key].maps.clear()

    def select(self, key: str, layer: str) -> None:
        """Choose a layer; KeyError without such a model or layer."""
        names = [info.name for info in self._columns[key].model.architecture.layers]
        if layer not in names:
            raise KeyError(layer)
        self._select(key, names.index(layer))

    @property
    def selected(self) -> tuple[str, str] | None:
        """Key of the model and name of the layer whose field is drawn."""
        if self._selected is None:
            return None
        key, index = self._selected
        return key, self._columns[key].model.architecture.layers[index].name

    def retranslate(self) -> None:
        """Set all texts in the current language."""
        self.setAccessibleName(self.tr("Architectures side by side"))
        self._empty.setText(self.tr("The models are being prepared…"))

    # -- Qt -----------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The columns share the room; where that is too little for them they scroll."""
        super().resizeEvent(event)
        self._arrange()

    def on_look_changed(self) -> None:
        """Other fonts need other room."""
        super().on_look_changed()
        self._arrange()

    # -- inside -------------------------------------------------------------------------------------------------

    def _arrange(self) -> None:
        pane = min(max(round(self.width() * 0.22), grown(_LEAST_PANE)), grown(_LARGEST_PANE), self.width() // 2)
        self._pane.setFixedWidth(pane)
        self._picture.setFixedHeight(min(self._picture.heightForWidth(pane), self.height() // 2))
        if not self._columns:
            return
        count = len(self._columns)
        bar = self._scroll.verticalScrollBar().sizeHint().width()
        room = self.width() - self._pane.width() - SPACING - bar - (count - 1) * SPACING
        width = max(room // count, grown(_LEAST_COLUMN), _LEAST_COLUMN)  # letters have 12 pixels at least
        heads = self._head_row.findChildren(ModelHead)
        for widget in (*self._columns.values(), *heads):
            widget.setFixedWidth(width)
        height = max(head.sizeHint().height() for head in heads)
        self._heads.setFixedHeight(height)
        self._head_row.setGeometry(self._head_row.x(), 0, count * (width + SPACING), height)

    def _show_head(self, head: ModelHead) -> None:
        """Scroll sideways as far as it takes to see the head of a column."""
        half, row = head.width() // 2, self._scroll.verticalScrollBar().value()
        self._scroll.ensureVisible(head.x() + half, row, half, 0)

    def _follow(self, value: int) -> None:
        self._head_row.move(-value, 0)

    def _select(self, key: str, index: int) -> None:
        self._selected = (key, index)
        for other, column in self._columns.items():
            column.rows.set_current(index if other == key else None)
        model = self._columns[key].model
        layers = model.architecture.layers
        found = [model.fields[layer.name] for layer in layers[: index + 1] if layer.name in model.fields]
        frames = tuple(dict.fromkeys(found[:-1]))  # ReLU and the like see no more than the layer before
        own = found[-1:] if layers[index].name in model.fields else []
        self._picture.set_frames(model.input_shape[1:], (*(f for f in frames if f not in own), *own))
        self._details.show_layer(model, layers[index])

    def _on_layer_selected(self, key: str, index: int) -> None:
        self._select(key, index)
        self._bring_into_view(key, index)
        self.layer_selected.emit(key, self._columns[key].model.architecture.layers[index].name)

    def _on_left_sideways(self, key: str, way: int) -> None:
        """The row of the neighbour at about the same height."""
        keys = list(self._columns)
        place = keys.index(key) + way
        if not 0 <= place < len(keys) or self._selected is None:
            return
        rows = self._columns[keys[place]].rows
        middle = self._columns[key].rows.row_rect(self._selected[1]).center().y()
        last = len(self._columns[keys[place]].model.architecture.layers) - 1
        index = rows.index_at(middle)
        rows.setFocus(Qt.FocusReason.OtherFocusReason)
        self._on_layer_selected(keys[place], last if index is None else index)

    def _bring_into_view(self, key: str, index: int) -> None:
        rows = self._columns[key].rows
        box = rows.row_rect(index).toRect()
        corner = rows.mapTo(self._inside, QPoint(box.left(), box.top()))
        half = box.width() // 2, box.height() // 2
        self._scroll.ensureVisible(corner.x() + half[0], corner.y() + half[1], half[0] + 4, half[1] + 4)


def _last_with_maps(model: ArchitectureSummary) -> int:
    places = [place for place, layer in enumerate(model.architecture.layers) if len(layer.shape) == 3]
    return places[-1] if places else 0
