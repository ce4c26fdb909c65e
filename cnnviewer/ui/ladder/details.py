"""What is chosen, in words: how its numbers come about."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from cnnviewer.core.inspection.ladder import LadderModel
from cnnviewer.core.inspection.records import LayerInfo
from cnnviewer.ui.ladder.measures import bytes_text
from cnnviewer.ui.network.labels import shape_text


class LayerDetails(QLabel):
    """A few lines about one layer of one model."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("ladderDetails")
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._chosen: tuple[LadderModel, LayerInfo] | None = None
        self.retranslate()

    def show_layer(self, model: LadderModel, layer: LayerInfo) -> None:
        """Tell about this layer."""
        self._chosen = (model, layer)
        self.retranslate()

    def clear_layer(self) -> None:
        """Nothing is chosen."""
        self._chosen = None
        self.retranslate()

    def retranslate(self) -> None:
        """Set all texts in the current language."""
        self.setAccessibleName(self.tr("The chosen layer"))
        if self._chosen is None:
            self.setText(self.tr("Choose a layer to see how far it sees."))
            return
        model, layer = self._chosen
        cost = model.costs.layers[layer.name]
        lines = []
        lines.append(self.tr("Shape {shape}, {memory}").format(shape=shape_text(layer), memory=bytes_text(cost.memory)))
        if layer.parameter_text:
            lines.append(self.tr("Parameters {text}").format(text=layer.parameter_text))
        lines.extend(self._work(layer, cost.multiply_adds))
        _, height, width = model.input_shape
        lines.append(
            self.tr("Receptive field {rows}×{cols} of {height}×{width} pixels").format(
                rows=cost.receptive[0], cols=cost.receptive[1], height=height, width=width
            )
        )
        if len(layer.shape) == 3 and any(cost.jump) and layer.kind != "input":
            lines.append(
                self.tr("Neighbouring values see parts {down}×{across} pixels apart.").format(
                    down=cost.jump[0], across=cost.jump[1]
                )
            )
        if cost.receptive[0] > height or cost.receptive[1] > width:
            lines.append(self.tr("Larger than the picture: it reaches into the padding."))
        title = f"<b>{escape(model.title)} · {escape(layer.name)}</b><br>{escape(layer.operation)}"
        self.setText(title + "".join(f"<p style='margin: 5px 0 0 0'>{escape(line)}</p>" for line in lines))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _work(self, layer: LayerInfo, multiply_adds: int | None) -> list[str]:
        """A convolution uses each of its weights at every place of its maps."""
        if multiply_adds is None:
            return [self.tr("Multiply-adds: not known for this operation")]
        if not multiply_adds:
            return []
        if layer.kind == "conv2d":
            places = layer.shape[1] * layer.shape[2]
            return [
                self.tr("Multiply-adds {places} places × {weights} weights = {count}").format(
                    places=f"{layer.shape[1]}×{layer.shape[2]}",
                    weights=f"{multiply_adds // places:,}",
                    count=f"{multiply_adds:,}",
                )
            ]
        return [self.tr("Multiply-adds {count}").format(count=f"{multiply_adds:,}")]
