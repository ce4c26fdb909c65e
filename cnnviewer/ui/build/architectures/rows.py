"""A model's layers, one below the other: what each does, gives, costs and sees."""

from __future__ import annotations

import math
from collections.abc import Mapping

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from cnnviewer.core.inspection.architectures import ArchitectureSummary
from cnnviewer.ui.build.architectures.measures import COLOURS, LAYER_MEASURES, Measure, Scale, measure_text, of_layer
from cnnviewer.ui.explore.network.headings import kind_forms
from cnnviewer.ui.explore.network.labels import shape_text
from cnnviewer.ui.widgets.cell_grid import list_step, step_right, within
from cnnviewer.ui.widgets.paint_style import PaintStyle
from cnnviewer.ui.widgets.painted_text import draw_text
from cnnviewer.ui.widgets.plain_text import elided, tool_tip
from cnnviewer.ui.widgets.styled import Styled
from cnnviewer.ui.widgets.translated import Translated

_EDGE = 8.0
_PAD = 4.0
_BAR = 3.0
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_PAGE = 8


class LayerRows(Translated, Styled, QWidget):
    """Three lines a layer; only those in sight are painted. Arrow keys walk, left and right leave for the neighbour.

    Signals:
        selected: index of the layer that the user chose.
        left_sideways: -1 or 1: the keys went to the column on the left or on the right.
    """

    accessible_role = QAccessible.Role.Chart

    selected = Signal(int)
    left_sideways = Signal(int)

    def __init__(
        self, model: ArchitectureSummary, scales: Mapping[Measure, Scale], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName(f"architecturesLayers_{model.key}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._model = model
        self._scales = scales
        self._current: int | None = None
        self._hovered: int | None = None
        self.retranslate()

    # -- what others ask and tell -------------------------------------------------------------------------------

    @property
    def current(self) -> int | None:
        """Index of the chosen layer."""
        return self._current

    def set_current(self, index: int | None) -> None:
        """Mark a layer; emits nothing."""
        self._current = index
        layers = self._model.architecture.layers
        self.setAccessibleDescription("" if index is None else self.describe(min(index, len(layers) - 1)))
        self.update()

    def row_rect(self, index: int) -> QRectF:
        """Where the row of a layer is."""
        return QRectF(0, self._head() + index * self._row_height(), self.width(), self._row_height())

    def index_at(self, y: float) -> int | None:
        """The layer at a height."""
        index = math.floor((y - self._head()) / self._row_height())
        return index if 0 <= index < len(self._model.architecture.layers) else None

    def describe(self, index: int) -> str:
        """Everything about a layer, exactly, in words."""
        layer = self._model.architecture.layers[index]
        cost = self._model.costs.layers[layer.name]
        work = self.tr("unknown") if cost.multiply_adds is None else f"{cost.multiply_adds:,}"
        return "\n".join(
            [
                f"{layer.name}: {layer.operation}",
                self.tr("shape {shape}").format(shape=shape_text(layer)),
                self.tr("parameters: {text}").format(text=layer.parameter_text or "0"),
                self.tr("multiply-adds: {count}").format(count=work),
                self.tr("memory: {count} bytes").format(count=f"{cost.memory:,}"),
                self.tr("receptive field: {height}×{width} pixels").format(
                    height=cost.receptive[0], width=cost.receptive[1]
                ),
            ]
        )

    def retranslate(self) -> None:
        """Set all texts in the current language."""
        self._words = {
            "parameters": self.tr("params"),
            "multiply_adds": self.tr("MACs"),
            "memory": self.tr("memory"),
        }
        self._sees = self.tr("sees {height}×{width}")
        self.setAccessibleName(self.tr("Layers of {model}").format(model=self._model.title))
        self.set_current(self._current)

    # -- Qt -----------------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        """All rows."""
        rows = len(self._model.architecture.layers) * self._row_height()
        return QSize(210, math.ceil(self._head() + rows + _PAD))

    def minimumSizeHint(self) -> QSize:
        """As high as it is, however narrow."""
        return QSize(150, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """The rows within what is to be painted."""
        painter, style = QPainter(self), self.paint_style
        painter.setFont(style.small_font)
        if event.rect().top() < self._head():
            painter.setPen(style.color("muted"))
            for measure, box in zip(LAYER_MEASURES, self._thirds(0.0), strict=True):
                word = style.smalls.elided(self._words[measure], box.width())
                draw_text(painter, QRectF(box.left(), _PAD, box.width(), style.line), _RIGHT, word)
        first = max(0, math.floor((event.rect().top() - self._head()) / self._row_height()))
        last = math.ceil((event.rect().bottom() + 1 - self._head()) / self._row_height())
        for index in range(first, min(last, len(self._model.architecture.layers))):
            self._paint_row(painter, style, index)
        if self.hasFocus():
            painter.setPen(QPen(style.color("accent"), 2.0))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose."""
        index = self.index_at(event.position().y())
        if index is not None and event.button() == Qt.MouseButton.LeftButton:
            self.selected.emit(index)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show what would be chosen; with the button held, choose."""
        index = self.index_at(event.position().y())
        if index != self._hovered:
            self._hovered = index
            self.update()
        if index is not None and event.buttons() & Qt.MouseButton.LeftButton and index != self._current:
            self.selected.emit(index)

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the cursor."""
        self._hovered = None
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk."""
        count, sideways = len(self._model.architecture.layers), step_right(event)
        step = list_step(event, count, _PAGE)
        if sideways:
            self.left_sideways.emit(sideways)
        elif step is not None:
            here = self._current if self._current is not None else -1
            self.selected.emit(within(here + step, count))
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Say everything about the layer under the cursor."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            index = self.index_at(event.pos().y())
            QToolTip.showText(event.globalPos(), tool_tip("" if index is None else self.describe(index)), self)
            return True
        return super().event(event)

    # -- inside -------------------------------------------------------------------------------------------------

    def _paint_row(self, painter: QPainter, style: PaintStyle, index: int) -> None:
        layer = self._model.architecture.layers[index]
        cost = self._model.costs.layers[layer.name]
        row = self.row_rect(index)
        if index == self._current:
            painter.fillRect(row, style.color("accent_soft"))
            painter.fillRect(
                QRectF(0, row.top(), 3, row.height()), style.color("accent" if self.hasFocus() else "faint")
            )
        elif index == self._hovered:
            painter.fillRect(row, style.color("raised"))
        painter.fillRect(QRectF(0, row.bottom() - 1, row.width(), 1), style.color("border", 0.6))
        left, right, top = _EDGE, row.width() - _EDGE, row.top() + _PAD
        sees = self._sees.format(height=cost.receptive[0], width=cost.receptive[1])
        painter.setPen(style.color("muted"))
        draw_text(painter, QRectF(left, top, right - left, style.name_line), _RIGHT, sees)
        room = right - left - style.small(sees) - 6
        painter.setPen(style.color("text"))
        painter.setFont(style.name_font)
        name = elided(QFontMetricsF(style.name_font), layer.name, room, Qt.TextElideMode.ElideMiddle)
        draw_text(painter, QRectF(left, top, room, style.name_line), _LEFT, name)
        painter.setFont(style.small_font)
        top += style.name_line
        shape = shape_text(layer)
        draw_text(painter, QRectF(left, top, right - left, style.line), _RIGHT, shape)
        room = right - left - style.small(shape) - 6
        painter.setPen(style.color("muted"))
        forms = kind_forms(layer.operation)
        words = next((form for form in forms if style.small(form) <= room), forms[-1])
        words = elided(QFontMetricsF(style.small_font), words, room)
        draw_text(painter, QRectF(left, top, room, style.line), _LEFT, words)
        top += style.line
        for measure, box in zip(LAYER_MEASURES, self._thirds(top), strict=True):
            value = of_layer(cost, measure)
            painter.setPen(style.color("text" if value else "faint"))
            draw_text(painter, QRectF(box.left(), top, box.width(), style.line), _RIGHT, measure_text(value, measure))
            bar = QRectF(box.left(), top + style.line, box.width(), _BAR)
            painter.fillRect(bar, style.color("sunken"))
            if value:
                length = max(1.5, box.width() * self._scales[measure].share(value))
                painter.fillRect(QRectF(bar.left(), bar.top(), length, _BAR), style.color(COLOURS[measure]))

    def _thirds(self, top: float) -> list[QRectF]:
        """The places of the three measures in a line."""
        width = (self.width() - 2 * _EDGE - 2 * _EDGE) / 3
        return [QRectF(_EDGE + n * (width + _EDGE), top, width, self.paint_style.line) for n in range(3)]

    def _head(self) -> float:
        return self.paint_style.line + 2 * _PAD

    def _row_height(self) -> float:
        style = self.paint_style
        return math.ceil(style.name_line + 2 * style.line + _BAR + 2 * _PAD + 3)

    def on_look_changed(self) -> None:
        """Other measures need other room."""
        self.updateGeometry()
        self.update()
