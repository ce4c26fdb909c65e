"""The network view: every layer of the model, from the image to the class probabilities."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Property, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cnnviewer.core.counting import counted
from cnnviewer.core.errors import UserError
from cnnviewer.core.inspection.blocks import Block
from cnnviewer.core.inspection.records import Architecture, Cell, FloatArray, Highlight, Inspection, LayerInfo
from cnnviewer.core.models.mutes import Mutes
from cnnviewer.core.wording import Words
from cnnviewer.ui.explore.network import export
from cnnviewer.ui.explore.network.canvas import NetworkCanvas
from cnnviewer.ui.explore.network.click_words import ClickWords
from cnnviewer.ui.explore.network.head import NetworkHead
from cnnviewer.ui.explore.network.key_navigation import valid
from cnnviewer.ui.explore.network.labels import WideTexts, number, shape_text
from cnnviewer.ui.explore.network.layout import LayerColumn
from cnnviewer.ui.explore.network.overview_strip import OverviewStrip
from cnnviewer.ui.explore.network.painter import class_name
from cnnviewer.ui.explore.network.pictures import Pictures, RangeMode
from cnnviewer.ui.explore.network.readout import ReadoutLine
from cnnviewer.ui.widgets.language import translate_error, worded
from cnnviewer.ui.widgets.percent import percent
from cnnviewer.ui.widgets.plain_text import tool_tip
from cnnviewer.ui.widgets.translated import Translated


class NetworkView(Translated, QWidget):
    """Shows a model's layers as columns of maps, and lights what a number comes from.

    Attributes:
        canvas: the picture.
        strip: all layers of a large network, above the picture.
        head: the controls above it, which a workspace may put elsewhere.

    Signals:
        cell_hovered: the Cell under the cursor or None; answered with `set_hovered`.
        cell_selected: the Cell pinned by click, key or `select`, None when cleared; answered with `set_pinned`.
        layer_requested: name of a layer chosen in the strip while the picture is not shown, and whether by a key.
        layer_looked_at: name of the layer that another level shows below the network.
        waiting_changed: whether what is shown is another model's, whose values are still being computed.
    """

    cell_hovered = Signal(object)
    cell_selected = Signal(object)
    layer_requested = Signal(str, bool)
    layer_looked_at = Signal(str)
    waiting_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("networkView")
        self._architecture = Architecture("", ())
        self._explained: list[LayerInfo] = []  # whose colours the legends explain, while nothing is pointed at
        self._classes: tuple[str, ...] = ()
        self._lit: dict[Cell, Highlight] = {}
        self._pictures = Pictures()
        self.canvas = NetworkCanvas(self._pictures, self)
        self.strip = OverviewStrip(self._pictures, self)
        self._readout = ReadoutLine(self)
        self._alone = True  # whether the picture has the stage for itself
        self._readout.setProperty("uncovered", True)  # its legend is read while the network is
        self.head = NetworkHead(self)
        self._notes: tuple[tuple[UserError, ...], bool] = ((), False)
        self._refusal: Words = ""
        self._click_words = ClickWords(self)
        self._looked_at = ""  # the layer pinned or gone to last
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.head, self.strip, self.canvas, self._readout):
            column.addWidget(part, 1 if part is self.canvas else 0)
        self._connect()
        self._show_parts()
        self.setFocusProxy(self.canvas)
        self.retranslate()

    def _connect(self) -> None:
        self.head.layer_chosen.connect(self._on_layer_chosen)
        self.head.mode_chosen.connect(self._on_mode_chosen)
        self.head.order_chosen.connect(self.canvas.set_order)
        self.head.fold_requested.connect(self._on_fold)
        self.head.zoom_requested.connect(self.canvas.zoom_by)
        self.head.fit_requested.connect(self.canvas.fit_all)
        self.canvas.pointed.connect(self.cell_hovered)
        self.canvas.picked.connect(self._on_picked)
        self.canvas.picked.connect(self.cell_selected)
        self.canvas.changed.connect(self._describe)
        self.canvas.centred.connect(self._on_centred)
        self.canvas.moved.connect(self._follow_view)
        self.strip.layer_chosen.connect(self._on_strip_chosen)
        self.strip.layer_walked.connect(self._on_strip_walked)
        self.strip.turned.connect(self._on_strip_turned)

    # -- values in

    def set_architecture(self, architecture: Architecture) -> None:
        """Show another model's layers; their values come with the next inspection."""
        self._architecture = architecture
        if self._alone or all(layer.name != self._looked_at for layer in architecture.layers):
            self._looked_at = ""
        self._pictures.set_architecture(architecture)
        self.head.set_layers(architecture)
        self.canvas.set_architecture(architecture)
        self.strip.set_network(architecture, self.canvas.plan.blocks)
        self._show_parts()
        self._mark_current()
        self._follow_view()

    def set_classes(self, classes: tuple[str, ...]) -> None:
        """The class names in the order of the model's outputs."""
        self._classes = tuple(classes)
        self.canvas.set_classes(self._classes)

    def set_notes(self, notes: tuple[UserError, ...], untrained: bool) -> None:
        """Say what is missing in what is shown, and whether the weights were drawn at random."""
        if (notes, untrained) != self._notes:
            self._notes = (notes, untrained)
            self._say_notes()

    def _say_notes(self) -> None:
        notes = self._notes[0]
        notes_shown = [translate_error(note) for note in notes]
        if notes:
            unseen = [layer.name for layer in self._architecture.layers[1:] if not layer.inputs]
            if unseen:
                notes_shown.append(
                    self.tr("Not recorded: operations before {layers}.").format(layers=", ".join(unseen))
                )
        self.head.note.show_text(" ".join(notes_shown))
        self._describe()

    def set_refusal(self, sentence: Words) -> None:
        """Why the image chosen has no values; empty: it has, or none is chosen."""
        self._refusal = sentence
        self.canvas.set_empty_sentence(self.why_empty)

    @property
    def why_empty(self) -> str:
        """Why there are no values, for where they would stand."""
        return worded(self._refusal) or self.tr("Draw a digit or choose an image")

    def set_mutes(self, mutes: Mutes) -> None:
        """The channels that were muted in the inspection that is set next."""
        self._pictures.set_mutes(mutes)

    def set_expecting(self, expecting: bool) -> None:
        """Whether newer values are on their way: those that are here need not be painted any more."""
        self.canvas.set_expecting(expecting)

    def set_inspection(self, inspection: Inspection | None) -> None:
        """Show these values; None, or an inspection without an image, leaves the maps blank."""
        self._pictures.set_inspection(inspection)
        self.canvas.refresh()
        self.strip.refresh()

    def set_waiting(self, waiting: bool) -> None:
        """Say that another model was chosen, whose values come later."""
        self.waiting_changed.emit(waiting)

    def set_hovered(self, highlight: Highlight | None) -> None:
        """Light what the hovered cell depends on."""
        self.canvas.light_hovered(highlight)
        self._describe()

    def set_explained(self, cell: Cell | None) -> None:
        """The value whose arithmetic is shown."""
        self.canvas.set_explained(cell)

    def set_pinned(self, highlight: Highlight | None) -> None:
        """Light, strongly, what the pinned cell depends on."""
        self.canvas.light_pinned(highlight)
        self._on_picked(highlight.cell if highlight is not None else None)

    def select(self, layer: str, channel: int | None = None, row: int | None = None, col: int | None = None) -> None:
        """Pin a layer, a map (or value) of it, or one pixel, as a click does.

        Raises:
            KeyError: there is no such layer.
            ValueError: the place lies outside it.
        """
        self.canvas.pin(valid(self._architecture.layer(layer), Cell(layer, channel, row, col)))

    def set_alone(self, alone: bool) -> None:
        """Whether the picture has the stage for itself: with its words and its legend.

        Above another level a large network is its strip of all layers, a small one its picture.
        """
        self._alone = alone
        self.canvas.veil_pinned(not alone)
        self._show_parts()
        self._mark_current()

    def _show_parts(self) -> None:
        wide = self.canvas.plan.wide
        self._readout.setVisible(self._alone)
        self.strip.setVisible(wide)
        self.canvas.setVisible(self._alone or not wide)
        self.head.set_wide(wide, bool(self.canvas.plan.blocks))

    @property
    def strip_height(self) -> int:
        """How high all layers of a large network are as a strip; 0 for a small one."""
        return self.strip.height() if self.canvas.plan.wide else 0

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

    # -- what the controls ask for

    def _on_layer_chosen(self, name: str) -> None:
        if self.canvas.plan.wide:
            self._go_to(name)
        else:
            self.canvas.pin(Cell(name))
            self.canvas.show_layer(name)
        self.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_mode_chosen(self, mode: RangeMode) -> None:
        self.canvas.set_mode(mode)
        self.strip.refresh()

    def _on_fold(self) -> None:
        self.canvas.fold_all(not self.canvas.plan.all_folded)

    # -- the strip and the list follow the view, and lead it

    def _on_strip_chosen(self, name: str, by_key: bool = False) -> None:
        if self._alone:
            self._go_to(name)
        else:
            self.layer_requested.emit(name, by_key)

    def _on_strip_walked(self, name: str) -> None:
        self._on_strip_chosen(name, by_key=True)

    def _on_strip_turned(self, pixels: float) -> None:
        if self._alone:
            self.canvas.go_along(pixels)

    def _go_to(self, name: str) -> None:
        self.canvas.show_layer(name)
        self._look_at(name)

    def _on_centred(self, name: str) -> None:
        if self.canvas.pinned is None and self._alone and not self.canvas.at_start:
            self._look_at(name)

    def _on_picked(self, cell: Cell | None) -> None:
        if cell is not None:
            self._look_at(cell.layer)

    def _look_at(self, name: str) -> None:
        self._looked_at = name
        self._mark_current()

    @property
    def current_layer(self) -> str:
        """The layer looked at last: pinned, gone to or gone along to; at first the first one with kernels.

        List and strip mark it, and the other levels show it. Empty without layers.
        """
        layers = self._architecture.layers
        kernels = (layer for layer in layers if len(layer.weight_shape) == 4)
        first = next(kernels, layers[min(1, len(layers) - 1)] if layers else None)
        return self._looked_at or (first.name if first is not None else "")

    def _mark_current(self) -> None:
        self.head.set_current(self.current_layer)
        self.strip.set_current(self.current_layer)
        if not self._alone:
            self.layer_looked_at.emit(self.current_layer)

    def _follow_view(self) -> None:
        columns = self.canvas.seen_columns()
        if self.canvas.plan.wide and columns:
            first, last = columns[0], columns[-1]
            begin = first.layer.name if first.block is None else first.block.layers[0]
            self.strip.set_seen(begin, last.layer.name if last.block is None else last.block.layers[-1])
        self.head.set_unfolded(not self.canvas.plan.all_folded)
        points_at_nothing = self.canvas.hovered is None and self.canvas.pinned is None
        if points_at_nothing and self._first_of_palettes(columns) != self._explained:
            self._describe()

    def _first_of_palettes(self, columns: list[LayerColumn]) -> list[LayerInfo]:
        """The first layer of each palette among the columns in sight, that of the image first: it gives way first."""
        seen = [column.layer for column in columns] if self.canvas.plan.wide else []
        layers = seen or self._architecture.layers
        # a photograph is seen as it is, the greys of one channel are values
        coloured = [shown for shown in layers if shown.palette != "image" or shown.shape[0] == 1]
        first = {shown.palette: shown for shown in reversed(coloured)}
        return sorted(first.values(), key=lambda shown: shown.palette != "image")

    # -- the readout

    def _describe(self) -> None:
        cell = self.canvas.hovered or self.canvas.pinned
        block = self.canvas.hovered_block()
        if block is not None and self._architecture.layers:
            self._readout.set_text(*self._of_block(block))
            return
        if not self._architecture.layers:
            self._readout.set_text("", "")
            self._readout.set_legends()
            return
        layer = self._architecture.layer(cell.layer) if cell else None
        if cell is None or layer is None:
            total = f"{self._architecture.parameters:,}"
            title = counted(
                self.tr("{model}: {n:layer|layers}, {learning} with parameters; {parameters:parameter|parameters}"),
                model=self._architecture.title,
                n=len(self._architecture.own_layers),
                learning=f"{self._architecture.with_parameters:,}",
                parameters=total,
            )
            if self._notes[1]:
                title += " · " + self.tr("untrained: random weights")
            self._readout.set_text(title, self._hint())
            self._explained = self._first_of_palettes(self.canvas.seen_columns())
            legends: list[tuple[LayerInfo, int | None]] = [(shown, None) for shown in self._explained]
        else:
            self._readout.set_text(self._reading(cell), self._origin(cell))
            legends = [(layer, cell.channel)]
        self._readout.set_legends(
            *(
                (shown.name, shown.palette, self._pictures.legend_bounds(shown.name, channel))
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
        if self._pictures.is_muted(cell):
            place = self.tr("{place} (muted)").format(place=place)
        value = self._pictures.value(cell)
        if len(layer.shape) != 3:
            if self._classes and layer.shape == (len(self._classes),):
                called = class_name(self._classes, cell.channel)
                place += f" ({called})" if called != str(cell.channel) else ""  # a digit's class is its place
            if value is None:
                return place
            share = f" ({percent(value)})" if layer.name == "probabilities" else ""
            return f"{place} = {self._said(value)}{share}"
        if cell.row is None or cell.col is None:
            return place + f" · {layer.shape[1]}×{layer.shape[2]}"
        place += " " + self.tr("(row {row}, col {col})").format(row=cell.row, col=cell.col)
        return place if value is None else f"{place} = {self._said(value)}"

    def _of_block(self, block: Block) -> tuple[str, str]:
        """A folded block: its layers, its size and its parameters; below, what goes in and comes out."""
        text = counted(
            self.tr("{block}: {n:layer|layers}, {shape}, {parameters:parameter|parameters}"),
            block=block.name,
            n=len(block.layers),
            shape=shape_text(self._architecture.layer(block.output)),
            parameters=f"{block.parameters:,}",
        )
        ends = self.tr("Reads {inputs}, gives {output} · click “unfold” to see its layers")
        return text, ends.format(inputs=", ".join(block.inputs), output=block.output)

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
        if cell != self.canvas.pinned:
            parts.append(self._click_words.of(layer))
        return " · ".join(parts)

    def _hint(self) -> str:
        plan = self.canvas.plan
        if plan.whole and not plan.shows_whole:
            return self.tr("The layers have no room beside one another here: the strip above shows all of them")
        if plan.shows_whole:
            return self.tr("Click a map: see every multiplication · double-click a layer: go back to its large maps")
        if plan.wide:
            return self.tr("Click a map: see every multiplication · drag: go along · the wheel zooms, F fits")
        return self.tr(
            "Click a map: see every multiplication · point at it: see what it comes from · the wheel zooms, F fits"
        )

    # -- texts

    def retranslate(self) -> None:
        """Set every text in the current language."""
        self.strip.setAccessibleName(self.tr("All layers"))
        self._readout.setToolTip(
            tool_tip(
                self.tr(
                    "Every operation of the model counts as a layer, as in Build: not the image, and not the softmax "
                    "that the program adds"
                )
            )
        )
        self.strip.set_parameter_text(self.tr("{count:parameter|parameters}"))
        self.canvas.set_texts(
            WideTexts(
                parameters=self.tr("{count:parameter|parameters}"),
                layers=self.tr("{count:layer|layers}"),
                with_shortcuts=self.tr("{count:layer|layers} + {n:shortcut|shortcuts}"),
                more=self.tr("+{n} more"),
                fewer=self.tr("fewer"),
                fold="▾ {block}",
                unfold="▸ " + self.tr("unfold"),
                block_tip=self.tr("Fold {block} or unfold it"),
                join_tip=self.tr("Click: see every number of it"),
                same_weights=self.tr("same weights"),
                added=self.tr("{source} is added to {other}"),
                shortcut=self.tr("{source} (the shortcut) is added to {other}"),
                with_shortcut=self.tr("{other} is added to {source} (the shortcut)"),
                around=self.tr("the shortcut: {way}, added to {other}"),
                shortcut_alone=self.tr("the shortcut"),
            )
        )
        self.canvas.on_look_changed()  # the names of classes are as wide as they are in this language
        self.setAccessibleName(self.tr("Network"))
        self.canvas.setAccessibleName(self.tr("Feature maps of the network"))
        self.canvas.setWhatsThis(
            self.tr(
                "Every layer is a column, every feature map a tile. Arrow keys walk from value to value within a map; "
                "with Shift from map to map, with Ctrl to the layer on the left or right; the other arrow then "
                "leads back to the same place. Enter zooms to the layer, F "
                "shows everything, + and − zoom, M mutes the channel, Esc lets go."
            )
        )
        self.canvas.set_empty_sentence(self.why_empty)
        self._say_notes()
