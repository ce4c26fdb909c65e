"""What can be set of a method (a layer, a baseline, the squares of occlusion), and the export of its map."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from cnnviewer.core.inspection.attribution.records import BASELINES, Attribution, MapSettings, Method
from cnnviewer.core.inspection.records import FloatArray
from cnnviewer.ui.explore.why.map_picture import plain_image
from cnnviewer.ui.widgets.calm import CalmCombo
from cnnviewer.ui.widgets.number_fields import WholeField
from cnnviewer.ui.widgets.pictures import pixels_to_image
from cnnviewer.ui.widgets.plain_text import PlainLabel, tool_tip
from cnnviewer.ui.widgets.popover_button import PopoverButton
from cnnviewer.ui.widgets.text_size import grown
from cnnviewer.ui.widgets.theme import theme
from cnnviewer.ui.widgets.translated import Translated

_PICTURE = 44  # pixels


class MapSettingsButton(Translated, PopoverButton):
    """Says how one method is set; its popover has the fields, and the export.

    Attributes:
        picture: of the baseline, as the model sees it; the owner places it.

    Signals:
        changed: the `MapSettings` are others.
        export_requested: the map shall be exported.
    """

    changed = Signal(object)
    export_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("whySettingsButton", parent)
        self._settings = MapSettings()
        self._method: Method = "gradient"
        self._used_layer = ""
        self._layer_label, self._baseline_label, self._patch_label, self._stride_label = (
            PlainLabel() for _ in range(4)
        )
        self._layer, self._baseline = CalmCombo(), CalmCombo()
        self._layer.setObjectName("whyLayerCombo")
        self._baseline.setObjectName("whyBaselineCombo")
        for baseline in BASELINES:
            self._baseline.addItem("", baseline)
        self._patch, self._stride = WholeField(), WholeField()
        self.picture = _BaselinePicture(self)
        self._layer_row = self.add_row(self._layer_label, self._layer)
        self._baseline_row = self.add_row(self._baseline_label, self._baseline)
        self._square_rows = []
        for label, field, name in (
            (self._patch_label, self._patch, "whyPatchSpin"),
            (self._stride_label, self._stride, "whyStrideSpin"),
        ):
            field.setObjectName(name)
            field.setRange(0, 512)
            field.setKeyboardTracking(False)
            field.valueChanged.connect(self._on_square_changed)
            self._square_rows.append(self.add_row(label, field))
        self._separator = self.menu().addSeparator()
        self._export = self.add_action("whyExportAction")
        self._export.triggered.connect(self.export_requested)
        self._layer.activated.connect(self._on_layer)
        self._baseline.activated.connect(self._on_baseline)
        self.retranslate()

    def set_method(self, method: Method) -> None:
        """Show the fields of this method."""
        self._method = method
        self._show()

    def set_layers(self, layers: tuple[str, ...]) -> None:
        """The layers that Grad-CAM can read, in the order of the data's way."""
        if layers == tuple(self._layer.itemData(index) for index in range(1, self._layer.count())):
            return
        with QSignalBlocker(self._layer):
            self._layer.clear()
            self._layer.addItem("", None)
            for name in layers:
                self._layer.addItem(name, name)
        self.retranslate()

    def set_settings(self, settings: MapSettings) -> None:
        """Show these."""
        self._settings = settings
        self._show()

    def set_used(self, found: Attribution | None) -> None:
        """The map that is shown: its baseline is shown beside the choice, and the layer that was chosen for it."""
        self.picture.set_image(found.baseline if found is not None else None)
        self._export.setEnabled(found is not None)
        if found is not None and found.request.layer is not None and self._layer.count():
            name = self._used_layer = found.request.layer
            self._layer.setItemText(0, self.tr("last with maps: {layer}").format(layer=name))
            self._say()

    def _show(self) -> None:
        method, settings = self._method, self._settings
        squares, based = method == "occlusion", method in ("integrated-gradients", "occlusion")
        self._layer_row.show_row(method == "grad-cam")
        self._baseline_row.show_row(based)
        self.picture.setVisible(based)
        for row in self._square_rows:
            row.show_row(squares)
        self._separator.setVisible(based or method == "grad-cam")
        baseline = settings.fill if squares else settings.baseline
        for combo, value in ((self._layer, settings.layer), (self._baseline, baseline)):
            with QSignalBlocker(combo):
                combo.setCurrentIndex(max(0, combo.findData(value)))
        for field, size in ((self._patch, settings.patch), (self._stride, settings.stride)):
            with QSignalBlocker(field):
                field.setValue(size)
        self._baseline_label.setText(self.tr("Covered with") if squares else self.tr("Baseline"))
        self._say()

    def _say(self) -> None:
        if self._method == "grad-cam":
            layer = self._settings.layer or self._used_layer
            self.show_words(f"{self._layer_label.text()}: {layer}" if layer else self._layer_label.text())
        elif self._method in ("integrated-gradients", "occlusion"):
            self.show_words(f"{self._baseline_label.text()}: {self._baseline.currentText()}")
        else:
            self.show_words(self.tr("More"))

    def _set(self, settings: MapSettings) -> None:
        if settings != self._settings:
            self._settings = settings
            self.changed.emit(settings)

    def _on_layer(self, index: int) -> None:
        self._set(replace(self._settings, layer=self._layer.itemData(index)))

    def _on_baseline(self, index: int) -> None:
        name = "fill" if self._method == "occlusion" else "baseline"
        self._set(replace(self._settings, **{name: self._baseline.itemData(index)}))

    def _on_square_changed(self, _value: int) -> None:
        self._set(replace(self._settings, patch=self._patch.value(), stride=self._stride.value()))

    def retranslate(self) -> None:
        """Set every text in the window's language."""
        texts = (self.tr("black"), self.tr("mean of the data"), self.tr("the image, blurred"))
        for index, text in enumerate(texts):
            self._baseline.setItemText(index, text)
        self._baseline.setAccessibleName(self.tr("Image without evidence"))
        self._baseline.setToolTip(
            tool_tip(
                self.tr(
                    "Black is black in pixels. The mean is what images are normalised with, and becomes 0. The blur is "
                    "an eighth of the image wide."
                )
            )
        )
        self.setToolTip(tool_tip(self.tr("How this map is computed, and its export")))
        self._export.setText(self.tr("Export this map…"))
        self._export.setToolTip(tool_tip(self.tr("Save this map as a picture or as numbers")))
        self._layer_label.setText(self.tr("Layer"))
        if self._layer.count():
            self._layer.setItemText(0, self.tr("last with maps"))
        self._layer.setAccessibleName(self.tr("Layer of Grad-CAM"))
        self._layer.setToolTip(tool_tip(self.tr("The layer whose maps Grad-CAM weights")))
        self._patch_label.setText(self.tr("Square"))
        self._stride_label.setText(self.tr("Stride"))
        for field, name, tip in (
            (self._patch, self.tr("Side of the square in pixels"), self.tr("Side of what is covered, in pixels")),
            (self._stride, self.tr("Stride in pixels"), self.tr("Pixels from one square to the next")),
        ):
            field.set_word(self.tr("auto"))
            field.setAccessibleName(name)
            field.setToolTip(tool_tip(tip))
        self._show()


class _BaselinePicture(Translated, QWidget):
    """The baseline as the model sees it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("whyBaselinePicture")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._image: FloatArray | None = None
        self.retranslate()

    def set_image(self, image: FloatArray | None) -> None:
        """`(C, H, W)` in 0..1; None: none is known yet."""
        self._image = image
        self.update()

    def sizeHint(self) -> QSize:
        """A small square."""
        return QSize(grown(_PICTURE), grown(_PICTURE))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The picture in a thin frame."""
        painter = QPainter(self)
        room = self.rect().adjusted(0, 0, -1, -1)
        if self._image is not None:
            painter.drawImage(room, pixels_to_image(plain_image(self._image)))
        painter.setPen(theme().color("border"))
        painter.drawRect(room)

    def retranslate(self) -> None:
        """Set every text in the window's language."""
        self.setAccessibleName(self.tr("The baseline"))
        self.setToolTip(tool_tip(self.tr("What stands for an image without evidence, as the model sees it")))
