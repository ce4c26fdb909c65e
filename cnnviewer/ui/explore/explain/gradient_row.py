"""The chain of a backward pass: the loss, every layer that leads back to a weight, and the weight."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QFont,
    QFontInfo,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from cnnviewer.core.inspection.explain.backward_records import Backward, WeightStep
from cnnviewer.core.inspection.explain.gradient_path import PathStep, gradient_path
from cnnviewer.core.inspection.records import Architecture, FloatArray, LayerInfo
from cnnviewer.ui.explore.network.labels import number, short_number
from cnnviewer.ui.explore.network.pictures import to_image
from cnnviewer.ui.widgets.cell_grid import step_right, within
from cnnviewer.ui.widgets.focus import ViewportFocus, paint_focus
from cnnviewer.ui.widgets.painted_text import draw_text, draw_text_at
from cnnviewer.ui.widgets.palettes import PaletteName, colourise, value_range
from cnnviewer.ui.widgets.plain_text import elided
from cnnviewer.ui.widgets.styled import Styled
from cnnviewer.ui.widgets.text_size import grown
from cnnviewer.ui.widgets.translated import Translated

_GAP = 10.0
_ARROW = 22.0  # pixels between two columns at least
_NARROW = 14.0
_TOP = 4  # pixels between the ring of the focus and the names
_LEAST = 44  # pixels of a map, before the chain is scrolled


class GradientRow(Translated, Styled, ViewportFocus, QAbstractScrollArea):
    """From the loss on the left to one weight on the right: each layer's map, below it the gradient of the loss there.

    The maps are those of `gradient_path`: each is computed from the one that follows it. Where the gradient comes back
    from other layers, too, these are named.

    Signals:
        picked: name of the layer, and the channel shown, of what was clicked.
    """

    picked = Signal(str, int)

    accessible_role = QAccessible.Role.Graphic

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("gradientStrip")
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._layers: tuple[LayerInfo, ...] = ()
        self._backward: Backward | None = None
        self._pinned: tuple[str, int] | None = None
        self.path: tuple[PathStep, ...] = ()
        self._images: dict[str, tuple[int, QImage, QImage, float]] = {}
        self._side, self._arrow = 24.0, _ARROW  # pixels of a map, and between two columns
        self._begins = True  # the weight, which the chain is about, is in sight until the user scrolls
        self.horizontalScrollBar().actionTriggered.connect(self._on_scrolled)
        self.retranslate()

    def set_architecture(self, architecture: Architecture) -> None:
        """Show another model's layers."""
        self._layers = architecture.layers
        self.set_backward(None)

    def set_backward(self, backward: Backward | None, pinned: tuple[str, int] | None = None) -> None:
        """Show these gradients; `pinned` is a layer and a channel of it to frame."""
        before = self._weight_name
        self._backward, self._pinned = backward, pinned
        if self._weight_name != before:
            self._begins = True
        self.path, self._images = (), {}
        if backward is not None:
            weight = backward.weight.cell if backward.weight is not None else None
            self.path = gradient_path(self._layers, backward.gradients, weight, backward.moved)
            for step in self.path:
                gradient, values = backward.gradients.get(step.layer.name), backward.activations.get(step.layer.name)
                if gradient is not None and values is not None:
                    self._images[step.layer.name] = _pictured(step, values, gradient)
        self.setAccessibleDescription(" → ".join(f"{step.layer.name}[{step.channel}]" for step in self.path))
        self._arrange()
        self.viewport().update()

    def sizeHint(self) -> QSize:
        """A few layers."""
        return QSize(300, 140)

    # -- geometry

    @property
    def _weight_name(self) -> str:
        step = self._backward.weight if self._backward is not None else None
        return step.name if step is not None else ""

    def _on_scrolled(self, _action: int = 0) -> None:
        self._begins = False

    def _fit(self) -> None:
        """The maps are as high as there is room; where the chain is too long for its row, smaller and closer."""
        most = max(24.0, (self.viewport().height() - 4 * self.paint_style.line - 2 * _TOP - 8) / 2)
        wide = max(_ARROW, self.paint_style.names.width("→") + 4)
        least = min(most, float(grown(_LEAST)))
        close = min(wide, self.paint_style.names.width("→"))
        for side, arrow in ((most, wide), *((side, wide) for side in np.arange(most, least, -4.0)), (least, close)):
            self._side, self._arrow = float(side), arrow
            if self._whole_width <= self.viewport().width():
                return
        self._side, self._arrow = most, wide  # it is scrolled anyway

    def _places(self) -> list[tuple[LayerInfo, float, float]]:
        """Each layer shown with where its column begins and how wide its pictures are."""
        places, x = [], _GAP + self._loss_width + self._arrow
        for layer in (step.layer for step in self.path if step.layer.name in self._images):
            wide = self._side if len(layer.shape) == 3 else _NARROW
            places.append((layer, x, wide))
            x += self._width(layer, wide) + self._arrow
        return places

    @property
    def _loss_width(self) -> float:
        loss = self._backward.loss if self._backward is not None else 0.0
        words = (self.tr("gradient"), self.tr("value"), self.tr("loss"))
        numbers = self.paint_style.numbers
        return max(numbers.width(short_number(loss)) + 16, *(self.paint_style.small(word) for word in words)) + 8

    def _weight_width(self, step: WeightStep) -> float:
        numbers = self.paint_style.numbers
        widest = max(numbers.width(number(value)) for value in (step.value, step.gradient))
        return max(widest + 16, self.paint_style.small(step.name)) + 4

    def _width(self, layer: LayerInfo, wide: float) -> float:
        """Of a column: its pictures, its name, its range, whichever is widest."""
        return max(wide, self.paint_style.small(self._name(layer)), self.paint_style.numbers.width(self._range(layer)))

    def _range(self, layer: LayerInfo) -> str:
        """The largest gradient, and from which other layers it comes."""
        others = next(", ".join(step.others) for step in self.path if step.layer is layer)
        size = f"±{short_number(self._images[layer.name][3])}"
        return self.tr("{size}, also from {layers}").format(size=size, layers=others) if others else size

    def _name(self, layer: LayerInfo) -> str:
        return f"{layer.name}[{self._images[layer.name][0]}]"

    @property
    def _end(self) -> float:
        """Where the layers end and the weight begins."""
        places = self._places()
        last = places[-1] if places else None
        return last[1] + self._width(last[0], last[2]) + self._arrow if last else _GAP + self._loss_width + self._arrow

    @property
    def _whole_width(self) -> float:
        weight = self._backward.weight if self._backward is not None else None
        return self._end + (self._weight_width(weight) + _GAP if weight is not None else 0.0)

    def _arrange(self) -> None:
        self._fit()
        bar = self.horizontalScrollBar()
        bar.setRange(0, max(0, math.ceil(self._whole_width - self.viewport().width())))
        if self._begins:
            bar.setValue(bar.maximum())
        bar.setPageStep(self.viewport().width())
        bar.setSingleStep(40)

    # -- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """The columns, and the ring of the focus."""
        painter, style = QPainter(self.viewport()), self.paint_style
        painter.fillRect(self.viewport().rect(), style.color("surface"))
        painter.translate(0, _TOP)
        if self._backward is not None:
            self._paint_columns(painter, self._backward)
        painter.resetTransform()
        if self.hasFocus():
            paint_focus(painter, self.viewport(), style.color("accent"))
        painter.end()

    def _paint_columns(self, painter: QPainter, backward: Backward) -> None:
        """Those in sight, and what the colours mean."""
        style = self.paint_style
        left = float(self.horizontalScrollBar().value())
        self._paint_number(painter, _GAP - left, self._loss_width, self.tr("loss"), (backward.loss, 1.0), True)
        self._paint_arrow(painter, _GAP - left + self._loss_width)
        for layer, x, wide in self._places():
            if -left + x > self.viewport().width() or x - left + self._width(layer, wide) + self._arrow < 0:
                continue
            self._paint_layer(painter, layer, x - left, wide)
            self._paint_arrow(painter, x - left + self._width(layer, wide))
        step = backward.weight
        if step is not None:
            self._paint_number(
                painter, self._end - left, self._weight_width(step), step.name, (step.value, step.gradient)
            )
        painter.setFont(style.small_font)
        painter.setPen(style.color("muted"))
        texts = (
            self.tr(
                "Above: values. Below: how the loss changes with each of them, red up, blue down; "
                "± the largest gradient."
            ),
            self.tr("Above: values. Below: gradients, red up, blue down; ± the largest."),
        )
        room = self._caption()
        words = next((text for text in texts if style.small(text) <= room.width()), texts[-1])
        words = elided(painter.fontMetrics(), words, room.width())
        draw_text(painter, room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)

    def _caption(self) -> QRectF:
        """What the colours mean, below everything else."""
        line = self.paint_style.line
        return QRectF(_GAP, 3 * line + 2 * self._side + 2, self.viewport().width() - _GAP, line + 4)

    def _rows(self) -> tuple[float, float]:
        """Where the values and the gradients begin."""
        return self.paint_style.line + 2, self.paint_style.line + self._side + 8

    def _paint_layer(self, painter: QPainter, layer: LayerInfo, x: float, wide: float) -> None:
        style, line = self.paint_style, self.paint_style.line
        _, values, gradient, _ = self._images[layer.name]
        pinned = self._pinned == (layer.name, self._images[layer.name][0])
        painter.setPen(style.color("accent_text" if pinned else "text"))
        painter.setFont(style.small_font)
        draw_text_at(painter, QPointF(x, line - 3), self._name(layer))
        for image, y in zip((values, gradient), self._rows(), strict=True):
            room = QRectF(x, y, wide, self._side)
            painter.drawImage(room, image)
            painter.setPen(QPen(style.color("accent" if pinned else "border"), 1))
            painter.drawRect(room)
        painter.setPen(style.color("muted"))
        painter.setFont(style.number_font)
        draw_text_at(painter, QPointF(x, 2 * line + 2 * self._side + 6), self._range(layer))

    def _paint_number(
        self, painter: QPainter, x: float, wide: float, name: str, values: tuple[float, float], words: bool = False
    ) -> None:
        """A number and its gradient, as the loss and the weight have them; `words` say which row is which."""
        style = self.paint_style
        painter.setFont(style.small_font)
        painter.setPen(style.color("accent_text"))
        draw_text_at(painter, QPointF(x, style.line - 3), name)
        middle = Qt.AlignmentFlag.AlignCenter
        for value, y, word in zip(values, self._rows(), (self.tr("value"), self.tr("gradient")), strict=True):
            room = QRectF(x, y + self._side / 2 - 16, wide - 4, 32)
            painter.fillRect(room, style.color("sunken"))
            painter.setPen(QPen(style.color("border"), 1))
            painter.drawRect(room)
            painter.setPen(style.color("text"))
            painter.setFont(style.number_font)
            draw_text(painter, room, middle, short_number(value) if words else number(value))
            if words:
                painter.setFont(style.small_font)
                painter.setPen(style.color("muted"))
                draw_text(painter, QRectF(x, room.bottom() + 2, wide - 4, style.line), middle, word)

    def _paint_arrow(self, painter: QPainter, x: float) -> None:
        """The way back, from one column to the next."""
        font = QFont(self.paint_style.text_font)
        font.setPixelSize(min(QFontInfo(font).pixelSize(), round(_ARROW) - 4))  # no wider than its room
        painter.setFont(font)
        painter.setPen(self.paint_style.color("highlight"))
        room = QRectF(x, self._rows()[1] + self._side / 2 - 12, self._arrow, 24)
        draw_text(painter, room, Qt.AlignmentFlag.AlignCenter, "→")

    # -- Qt

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose a layer."""
        x = event.position().x() + self.horizontalScrollBar().value()
        for layer, start, wide in self._places():
            if start <= x < start + self._width(layer, wide) + self._arrow:
                self.picked.emit(layer.name, self._images[layer.name][0])

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel goes sideways: there is no other way to go."""
        delta = event.angleDelta()
        bar = self.horizontalScrollBar()
        self._on_scrolled()
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
                "From the loss back to the weight. Above: the values of a map. "
                "Below: how the loss would change with each of them, red up, blue down. A click on a layer pins it."
            )
        )


def _pictured(step: PathStep, values: FloatArray, gradient: FloatArray) -> tuple[int, QImage, QImage, float]:
    """Of a layer of shape `(N,)` all features are shown."""
    if values.ndim == 3:
        values, gradient = values[step.channel], gradient[step.channel]
    else:
        values, gradient = values[:, None], gradient[:, None]
    palette: PaletteName = "sequential" if step.layer.palette == "sequential" else "signed"
    largest = float(np.abs(gradient[np.isfinite(gradient)]).max(initial=0.0))
    return step.channel, _image(values, palette), _image(gradient, "signed"), largest


def _image(values: FloatArray, palette: PaletteName) -> QImage:
    shown = np.ascontiguousarray(values, dtype=np.float32)
    return to_image(colourise(shown, palette, value_range(shown, palette)))
