"""Every layer's map and, below it, the gradient of the loss there: what came forward and what goes back."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from cnnviewer.core.inspection.explain.backward_records import Backward
from cnnviewer.core.inspection.records import Architecture, FloatArray, LayerInfo
from cnnviewer.ui.explore.network.labels import short_number
from cnnviewer.ui.explore.network.pictures import to_image
from cnnviewer.ui.widgets.cell_grid import step_right, within
from cnnviewer.ui.widgets.painted_text import draw_text_at
from cnnviewer.ui.widgets.palettes import PaletteName, colourise, value_range
from cnnviewer.ui.widgets.styled import Styled
from cnnviewer.ui.widgets.translated import Translated

_GAP = 10.0
_NARROW = 14.0


class GradientRow(Translated, Styled, QAbstractScrollArea):
    """Layers from left to right, each with one map and its gradient; the map is the one with the largest gradient.

    Signals:
        picked: name of the layer, and the channel shown, of what was clicked.
    """

    picked = Signal(str, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("gradientStrip")
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._layers: tuple[LayerInfo, ...] = ()
        self._backward: Backward | None = None
        self._pinned: tuple[str, int] | None = None
        self._images: dict[str, tuple[int, QImage, QImage, float]] = {}
        self.retranslate()

    def set_architecture(self, architecture: Architecture) -> None:
        """Show another model's layers."""
        self._layers = architecture.layers
        self.set_backward(None)

    def set_backward(self, backward: Backward | None, pinned: tuple[str, int] | None = None) -> None:
        """Show these gradients; `pinned` is a layer and the channel of it to show."""
        self._backward, self._pinned = backward, pinned
        self._images = {}
        if backward is not None:
            for layer in self._layers:
                gradient, values = backward.gradients.get(layer.name), backward.activations.get(layer.name)
                if gradient is not None and values is not None:
                    self._images[layer.name] = self._pictured(layer, values, gradient)
        self._arrange()
        self.viewport().update()

    def sizeHint(self) -> QSize:
        """A few layers."""
        return QSize(300, 140)

    def _pictured(
        self, layer: LayerInfo, values: FloatArray, gradient: FloatArray
    ) -> tuple[int, QImage, QImage, float]:
        channel = 0
        if values.ndim == 3:
            sizes = np.abs(gradient).max(axis=(1, 2))
            channel = int(sizes.argmax())
            if self._pinned is not None and self._pinned[0] == layer.name:
                channel = self._pinned[1]
            values, gradient = values[channel], gradient[channel]
        else:
            values, gradient = values[:, None], gradient[:, None]
        palette: PaletteName = "sequential" if layer.palette == "sequential" else "signed"
        largest = float(np.abs(gradient[np.isfinite(gradient)]).max(initial=0.0))
        return channel, _image(values, palette), _image(gradient, "signed"), largest

    # -- geometry

    @property
    def _side(self) -> float:
        return max(24.0, (self.viewport().height() - 2 * self.paint_style.line - 14) / 2)

    def _places(self) -> list[tuple[LayerInfo, float, float]]:
        """Each layer shown with where its column begins and how wide its pictures are."""
        places, x = [], _GAP
        for layer in self._layers:
            if layer.name not in self._images:
                continue
            wide = self._side if len(layer.shape) == 3 else _NARROW
            places.append((layer, x, wide))
            x += self._width(layer, wide) + _GAP
        return places

    def _width(self, layer: LayerInfo, wide: float) -> float:
        """Of a column: its pictures, its name, its range, whichever is widest."""
        return max(wide, self.paint_style.small(self._name(layer)), self.paint_style.numbers.width(self._range(layer)))

    def _range(self, layer: LayerInfo) -> str:
        return f"±{short_number(self._images[layer.name][3])}"

    def _name(self, layer: LayerInfo) -> str:
        return f"{layer.name}[{self._images[layer.name][0]}]" if len(layer.shape) == 3 else layer.name

    def _arrange(self) -> None:
        places = self._places()
        last = places[-1] if places else None
        end = last[1] + self._width(last[0], last[2]) + _GAP if last else 0.0
        bar = self.horizontalScrollBar()
        bar.setRange(0, max(0, int(end - self.viewport().width())))
        bar.setPageStep(self.viewport().width())
        bar.setSingleStep(40)

    # -- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """The columns in sight."""
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), self.paint_style.color("surface"))
        painter.setFont(self.paint_style.small_font)
        left, side, line = float(self.horizontalScrollBar().value()), self._side, self.paint_style.line
        for layer, x, wide in self._places():
            x -= left
            if x > self.viewport().width() or x + max(wide, 80.0) < 0:
                continue
            _, values, gradient, _ = self._images[layer.name]
            pinned = self._pinned is not None and self._pinned[0] == layer.name
            painter.setPen(self.paint_style.color("accent_text" if pinned else "text"))
            painter.setFont(self.paint_style.small_font)
            draw_text_at(painter, QPointF(x, line - 3), self._name(layer))
            for image, y in ((values, line + 2), (gradient, line + side + 8)):
                room = QRectF(x, y, wide, side)
                painter.drawImage(room, image)
                painter.setPen(QPen(self.paint_style.color("accent" if pinned else "border"), 1))
                painter.drawRect(room)
            painter.setPen(self.paint_style.color("muted"))
            painter.setFont(self.paint_style.number_font)
            draw_text_at(painter, QPointF(x, 2 * line + 2 * side + 6), self._range(layer))
        painter.end()

    # -- Qt

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose a layer."""
        x = event.position().x() + self.horizontalScrollBar().value()
        for layer, start, wide in self._places():
            if start <= x < start + self._width(layer, wide):
                self.picked.emit(layer.name, self._images[layer.name][0])

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel goes sideways: there is no other way to go."""
        delta = event.angleDelta()
        bar = self.horizontalScrollBar()
        bar.setValue(bar.value() - (delta.x() or delta.y()) // 2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right walk from layer to layer."""
        names = [layer.name for layer, _, _ in self._places()]
        step = step_right(event)
        if not step or not names:
            super().keyPressEvent(event)
            return
        place = names.index(self._pinned[0]) + step if self._pinned and self._pinned[0] in names else 0
        name = names[within(place, len(names))]
        self.picked.emit(name, self._images[name][0])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The pictures are as high as there is room."""
        self._arrange()

    def on_look_changed(self) -> None:
        """Other measures need other room."""
        self._arrange()
        self.viewport().update()

    def retranslate(self) -> None:
        """Set every text in the window's language."""
        self.setAccessibleName(self.tr("Values and gradients"))
        self.setToolTip(
            self.tr(
                "Above: the values of a map. Below: how the loss would change with each of them, red up, blue down."
            )
        )


def _image(values: FloatArray, palette: PaletteName) -> QImage:
    shown = np.ascontiguousarray(values, dtype=np.float32)
    return to_image(colourise(shown, palette, value_range(shown, palette)))
