"""The network view: every layer of the model, from the image to the class probabilities."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Property, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QComboBox, QToolButton, QVBoxLayout, QWidget

from cnnviewer.core.counting import counted
from cnnviewer.core.errors import UserError
from cnnviewer.core.inspection.records import Architecture, Cell, FloatArray, Highlight, Inspection, LayerInfo
from cnnviewer.ui.explore.network import export
from cnnviewer.ui.explore.network.canvas import NetworkCanvas
from cnnviewer.ui.explore.network.key_navigation import valid
from cnnviewer.ui.explore.network.labels import number, shape_text
from cnnviewer.ui.explore.network.painter import class_name
from cnnviewer.ui.explore.network.pictures import Pictures, RangeMode
from cnnviewer.ui.explore.network.readout import ReadoutLine
from cnnviewer.ui.widgets.calm import CalmCombo
from cnnviewer.ui.widgets.language import translate_error
from cnnviewer.ui.widgets.percent import percent
from cnnviewer.ui.widgets.plain_text import ElidedLabel, PlainLabel, tool_tip
from cnnviewer.ui.widgets.translated import Translated
from cnnviewer.ui.widgets.wrapping_row import WrappingRow

_MODES: tuple[RangeMode, ...] = ("layer", "map", "global")


class NetworkView(Translated, QWidget):
    """Shows a model's layers as columns of maps, and lights what a number comes from.

    Attributes:
        canvas: the picture.
        head: the controls above it, which a workspace may put elsewhere.

    Signals:
        cell_hovered: the Cell under the cursor or None; answered with `set_hovered`.
        cell_selected: the Cell pinned by click, key or `select`, None when cleared; answered with `set_pinned`.
    """

    cell_hovered = Signal(object)
    cell_selected = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("networkView")
        self._architecture = Architecture("", ())
        self._classes: tuple[str, ...] = ()
        self._lit: dict[Cell, Highlight] = {}
        self._pictures = Pictures()
        self.canvas = NetworkCanvas(self._pictures, self)
        self._readout = ReadoutLine(self)
        self.head = QWidget(self)
        self._layer_label, self._range_label = PlainLabel(self), PlainLabel(self)
        self._layer_combo, self._range_combo = CalmCombo(self), CalmCombo(self)
        self._note = ElidedLabel(self)
        self._note.setObjectName("networkNote")
        self._note.setProperty("role", "error")
        self._notes: tuple[tuple[UserError, ...], bool] = ((), False)
        self._zoom_out, self._zoom_in, self._fit = QToolButton(self), QToolButton(self), QToolButton(self)
        self._build()
        self.setFocusProxy(self.canvas)
        self.retranslate()

    def _build(self) -> None:
        bar = WrappingRow(self.head)
        for widget, name in (
            (self._layer_combo, "layerCombo"),
            (self._range_combo, "rangeCombo"),
            (self._zoom_out, "zoomOutButton"),
            (self._zoom_in, "zoomInButton"),
            (self._fit, "fitButton"),
        ):
            widget.setObjectName(name)
        self._layer_combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        for mode in _MODES:
            self._range_combo.addItem("", mode)
        for label, combo in ((self._layer_label, self._layer_combo), (self._range_label, self._range_combo)):
            label.setBuddy(combo)
            label.setProperty("role", "caption")
            bar.add_together(label, combo)
        bar.addWidget(self._note)
        bar.add_stretch()
        for button in (self._zoom_out, self._zoom_in, self._fit):
            bar.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.canvas, 1)
        column.addWidget(self._readout)
        self._layer_combo.activated.connect(self._on_layer_chosen)
        self._range_combo.currentIndexChanged.connect(self._on_range_chosen)
        self._zoom_in.clicked.connect(self._on_zoom_in)
        self._zoom_out.clicked.connect(self._on_zoom_out)
        self._fit.clicked.connect(self.canvas.fit_all)
        self.canvas.pointed.connect(self.cell_hovered)
        self.canvas.picked.connect(self.cell_selected)
        self.canvas.changed.connect(self._describe)

    # -- values in

    def set_architecture(self, architecture: Architecture) -> None:
        """Show another model's layers; their values come with the next inspection."""
        self._architecture = architecture
        self._pictures.set_architecture(architecture)
        self._layer_combo.clear()
        for layer in architecture.layers:
            self._layer_combo.addItem(f"{layer.name}  {shape_text(layer)}", layer.name)
        self.canvas.set_architecture(architecture)

    def set_classes(self, classes: tuple[str, ...]) -> None:
        """The class names in the order of the model's outputs."""
        self._classes = tuple(classes)
        self.canvas.set_classes(self._classes)

    def set_notes(self, notes: tuple[UserError, ...], untrained: bool) -> None:
        """Say what is missing in what is shown, and whether the weights were drawn at random."""
        self._notes = (notes, untrained)
        notes_shown = [self.tr("Untrained: random weights.")] if untrained else []
        if notes:
            notes_shown += map(translate_error, notes)
            unseen = [layer.name for layer in self._architecture.layers[1:] if not layer.inputs]
            if unseen:
                notes_shown.append(
                    self.tr("Not recorded: operations before {layers}.").format(layers=", ".join(unseen))
                )
        self._note.show_text(" ".join(notes_shown))

    def set_inspection(self, inspection: Inspection | None) -> None:
        """Show these values; None, or an inspection without an image, leaves the maps blank."""
        self._pictures.set_inspection(inspection)
        self.canvas.refresh()

    def set_hovered(self, highlight: Highlight | None) -> None:
        """Light what the hovered cell depends on."""
        self.canvas.light_hovered(highlight)
        self._describe()

    def set_pinned(self, highlight: Highlight | None) -> None:
        """Light, strongly, what the pinned cell depends on."""
        self.canvas.light_pinned(highlight)

    def select(self, layer: str, channel: int | None = None, row: int | None = None, col: int | None = None) -> None:
        """Pin a layer, a map (or value) of it, or one pixel, as a click does.

        Raises:
            KeyError: there is no such layer.
            ValueError: the place lies outside it.
        """
        self.canvas.pin(valid(self._architecture.layer(layer), Cell(layer, channel, row, col)))

    def set_words_shown(self, shown: bool) -> None:
        """Whether the line of words and the legend stand below the picture."""
        self._readout.setVisible(shown)

    def set_motion(self, enabled: bool) -> None:
        """Whether dimming and zooming are animated."""
        self.canvas.set_motion(enabled)

    # -- values out

    @property
    def architecture(self) -> Architecture:
        """The layers shown."""
        return self._architecture

    @property
    def pictures(self) -> Pictures:
        """The values shown, and their colours."""
        return self._pictures

    def layer_arrays(self) -> Mapping[str, FloatArray]:
        """What is shown, by layer; empty without an image."""
        return self._pictures.arrays()

    def to_svg(self, caption: str, dark: bool) -> bytes:
        """The whole network as SVG: vector text, embedded maps."""
        return export.svg(self._architecture, self._pictures, self._classes, caption, dark)

    def to_png(self, caption: str, dark: bool, width: int) -> bytes:
        """The whole network as PNG, `width` pixels wide."""
        return export.png(self._architecture, self._pictures, self._classes, caption, dark, width)

    def layer_to_png(self, layer: str, caption: str, dark: bool, width: int = 1600) -> bytes:
        """All maps of one layer as PNG, with its header, its legend and a caption; KeyError for an unknown layer."""
        chosen = self._architecture.layer(layer)
        alone = Architecture(f"{self._architecture.title} · {layer}", (chosen,))
        return export.png(alone, self._pictures, self._classes, caption, dark, width)

    def _get_layers(self) -> list[tuple[str, str, tuple[int, ...]]]:
        return [(layer.name, layer.kind, layer.shape) for layer in self._architecture.layers]

    layers = Property(object, _get_layers)

    # -- the toolbar

    def _on_layer_chosen(self, index: int) -> None:
        name = self._layer_combo.itemData(index)
        if name:
            self.canvas.pin(Cell(name))
            self.canvas.show_layer(name)
            self.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_range_chosen(self, index: int) -> None:
        self.canvas.set_mode(_MODES[index])

    def _on_zoom_in(self) -> None:
        self.canvas.zoom_by(1.4)

    def _on_zoom_out(self) -> None:
        self.canvas.zoom_by(1 / 1.4)

    # -- the readout

    def _describe(self) -> None:
        cell = self.canvas.hovered or self.canvas.pinned
        if not self._architecture.layers:
            self._readout.set_text("", "")
            self._readout.set_legends()
            return
        layer = self._architecture.layer(cell.layer) if cell else None
        if cell is None or layer is None:
            total = f"{self._architecture.parameters:,}"
            title = counted(
                self.tr("{model}: {n:layer|layers}, {parameters:parameter|parameters}"),
                model=self._architecture.title,
                n=len(self._architecture.layers),
                parameters=total,
            )
            self._readout.set_text(title, self._hint())
            first = {shown.palette: shown for shown in reversed(self._architecture.layers) if shown.palette != "image"}
            legends: list[tuple[LayerInfo, int | None]] = [(shown, None) for shown in first.values()]
        else:
            self._readout.set_text(self._reading(cell), self._origin(cell))
            legends = [(layer, cell.channel)]
        self._readout.set_legends(
            *(
                (shown.name, shown.palette, self._pictures.bounds(shown.name, channel))
                for shown, channel in legends
                if not self._pictures.empty
            )
        )
        spoken = f"{self._readout.text}. {self._readout.explanation}"
        if spoken != self.canvas.accessibleDescription():
            self.canvas.setAccessibleDescription(spoken)
            self.setAccessibleDescription(spoken)
            if self.canvas.hasFocus():
                event = QAccessibleEvent(self.canvas, QAccessible.Event.DescriptionChanged)
                QAccessible.updateAccessibility(event)

    def _reading(self, cell: Cell) -> str:
        """`conv1[3] (row 5, col 7) = 0.8142`."""
        layer = self._architecture.layer(cell.layer)
        if cell.channel is None:
            return f"{layer.name} · {layer.operation} · {shape_text(layer)}"
        place = f"{cell.layer}[{cell.channel}]"
        values = self._pictures.values(cell.layer)
        if len(layer.shape) != 3:
            if self._classes and layer.shape == (len(self._classes),):
                place += f" ({class_name(self._classes, cell.channel)})"
            if values is None:
                return place
            value = float(values[cell.channel])
            share = f" ({percent(value)})" if layer.name == "probabilities" else ""
            return f"{place} = {self._said(value)}{share}"
        if cell.row is None or cell.col is None:
            return place + f" · {layer.shape[1]}×{layer.shape[2]}"
        place += " " + self.tr("(row {row}, col {col})").format(row=cell.row, col=cell.col)
        if values is None:
            return place
        return f"{place} = {self._said(float(values[cell.channel, cell.row, cell.col]))}"

    def _said(self, value: float) -> str:
        text = number(value)
        return self.tr("{value} (not a number: magenta)").format(value=text) if text in ("NaN", "∞", "−∞") else text

    def _origin(self, cell: Cell) -> str:
        """Where the value comes from, in words."""
        layer = self._architecture.layer(cell.layer)
        if not layer.inputs:
            return self.tr("What the network sees, after normalisation")
        parts = [self.tr("{operation} of {inputs}").format(operation=layer.operation, inputs=", ".join(layer.inputs))]
        if layer.parameter_text:
            parts.append(self.tr("parameters {text}").format(text=layer.parameter_text))
        return " · ".join(parts)

    def _hint(self) -> str:
        return self.tr(
            "Click a map: see every multiplication · point at it: see what it comes from · the wheel zooms, F fits"
        )

    # -- texts

    def retranslate(self) -> None:
        """Set every text in the current language."""
        self._layer_label.setText(self.tr("Layer"))
        self._range_label.setText(self.tr("Colours"))
        self._layer_combo.setAccessibleName(self.tr("Go to layer"))
        self._layer_combo.setToolTip(self.tr("Zoom to a layer (double-click on it, or Enter)"))
        self._range_combo.setAccessibleName(self.tr("Range of the colours"))
        self._range_combo.setToolTip(self.tr("Which values share one colour scale"))
        for index, text in enumerate((self.tr("per layer"), self.tr("per map"), self.tr("global"))):
            self._range_combo.setItemText(index, text)
        for button, text, name, tip in (
            (self._zoom_out, "−", self.tr("Zoom out"), self.tr("Zoom out (−)")),
            (self._zoom_in, "+", self.tr("Zoom in"), self.tr("Zoom in (+)")),
            (self._fit, self.tr("Fit"), self.tr("Fit the network"), self.tr("Show the whole network (F)")),
        ):
            button.setText(text)
            button.setAccessibleName(name)
            button.setToolTip(tool_tip(tip))
        self.canvas.on_look_changed()  # the names of classes are as wide as they are in this language
        self.setAccessibleName(self.tr("Network"))
        self.canvas.setAccessibleName(self.tr("Feature maps of the network"))
        self.canvas.setWhatsThis(
            self.tr(
                "Every layer is a column, every feature map a tile. Arrow keys walk from value to value and on to the "
                "next map and layer; with Shift from map to map, with Ctrl from layer to layer. Enter zooms to the "
                "layer, F shows everything, + and − zoom, Esc lets go."
            )
        )
        self.canvas.set_empty_sentence(self.tr("Draw a digit or choose an image"))
        self.set_notes(*self._notes)
        self._describe()
