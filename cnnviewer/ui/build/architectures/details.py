"""What is chosen, in words: how its numbers come about."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QWidget

from cnnviewer.core.counting import counted
from cnnviewer.core.inspection.architectures import ArchitectureSummary
from cnnviewer.core.inspection.records import LayerInfo
from cnnviewer.ui.build.architectures.measures import bytes_text
from cnnviewer.ui.explore.network.labels import shape_text
from cnnviewer.ui.widgets.plain_text import RichLabel, escaped
from cnnviewer.ui.widgets.translated import Translated


class LayerDetails(Translated, RichLabel):
    """A few lines about one layer of one model."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("architecturesDetails")
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._chosen: tuple[ArchitectureSummary, LayerInfo] | None = None
        self.retranslate()

    def show_layer(self, model: ArchitectureSummary, layer: LayerInfo) -> None:
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
        title = f"<b>{escaped(model.title)} · {escaped(layer.name)}</b><br>{escaped(layer.operation)}"
        self.setText(title + "".join(f"<p style='margin: 5px 0 0 0'>{escaped(line)}</p>" for line in lines))

    def _work(self, layer: LayerInfo, multiply_adds: int | None) -> list[str]:
        """A convolution uses each of its weights at every place of its maps."""
        if multiply_adds is None:
            return [self.tr("Multiply-adds: not known for this operation")]
        if not multiply_adds:
            return []
        if layer.kind == "conv2d":
            places = layer.shape[1] * layer.shape[2]
            return [
                counted(
                    self.tr("Multiply-adds {places:place|places} × {weights:weight|weights} = {count}"),
                    places=f"{layer.shape[1]}×{layer.shape[2]}",
                    weights=f"{multiply_adds // places:,}",
                    count=f"{multiply_adds:,}",
                )
            ]
        return [self.tr("Multiply-adds {count}").format(count=f"{multiply_adds:,}")]
