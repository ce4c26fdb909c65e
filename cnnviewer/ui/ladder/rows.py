"""A model's layers, one below the other: what each does, gives, costs and sees."""

from __future__ import annotations

import math
from collections.abc import Mapping

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from cnnviewer.core.inspection.ladder import LadderModel
from cnnviewer.ui.ladder.measures import COLOURS, LAYER_MEASURES, Measure, Scale, measure_text, of_layer
from cnnviewer.ui.network.ink import Ink
from cnnviewer.ui.network.labels import shape_text
from cnnviewer.ui.theme import theme

_EDGE = 8.0
_PAD = 4.0
_BAR = 3.0
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_STEPS = {
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_PageUp: -8,
    Qt.Key.Key_PageDown: 8,
    Qt.Key.Key_Home: -(10**6),
    Qt.Key.Key_End: 10**6,
}


class LayerRows(QWidget):
    """Three lines a layer; only those in sight are painted. Arrow keys walk, left and right leave for the neighbour.

    Signals:
        selected: index of the layer that a person chose.
        left_sideways: -1 or 1: the keys went to the column on the left or on the right.
    """

    selected = Signal(int)
    left_sideways = Signal(int)

    def __init__(self, model: LadderModel, scales: Mapping[Measure, Scale], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"ladderLayers_{model.key}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._model = model
        self._scales = scales
        self._current: int | None = None
        self._hovered: int | None = None
        self._ink: Ink | None = None
        theme().changed.connect(self._forget_ink)
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
            "parameters": self.tr("parameters"),
            "multiply_adds": self.tr("mult-adds"),
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
        painter, ink = QPainter(self), self._inks()
        painter.setFont(ink.small_font)
        if event.rect().top() < self._head():
            painter.setPen(ink.color("faint"))
            for measure, box in zip(LAYER_MEASURES, self._thirds(0.0), strict=True):
                painter.drawText(QRectF(box.left(), _PAD, box.width(), ink.line), _RIGHT, self._words[measure])
        first = max(0, math.floor((event.rect().top() - self._head()) / self._row_height()))
        last = math.ceil((event.rect().bottom() + 1 - self._head()) / self._row_height())
        for index in range(first, min(last, len(self._model.architecture.layers))):
            self._paint_row(painter, ink, index)

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
        key = Qt.Key(event.key())
        if key in _STEPS:
            last = len(self._model.architecture.layers) - 1
            here = self._current if self._current is not None else -1
            self.selected.emit(min(max(here + _STEPS[key], 0), last))
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.left_sideways.emit(-1 if key == Qt.Key.Key_Left else 1)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the focus."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that it is gone."""
        super().focusOutEvent(event)
        self.update()

    def event(self, event: QEvent) -> bool:
        """Say everything about the layer under the cursor."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            index = self.index_at(event.pos().y())
            QToolTip.showText(event.globalPos(), "" if index is None else self.describe(index), self)
            return True
        return super().event(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and font."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() in (QEvent.Type.FontChange, QEvent.Type.ApplicationFontChange):
            self._forget_ink()
        super().changeEvent(event)

    # -- inside -------------------------------------------------------------------------------------------------

    def _paint_row(self, painter: QPainter, ink: Ink, index: int) -> None:
        layer = self._model.architecture.layers[index]
        cost = self._model.costs.layers[layer.name]
        row = self.row_rect(index)
        if index == self._current:
            painter.fillRect(row, ink.color("accent_soft"))
            painter.fillRect(QRectF(0, row.top(), 3, row.height()), ink.color("accent" if self.hasFocus() else "faint"))
        elif index == self._hovered:
            painter.fillRect(row, ink.color("raised"))
        painter.fillRect(QRectF(0, row.bottom() - 1, row.width(), 1), ink.color("border", 0.6))
        left, right, top = _EDGE, row.width() - _EDGE, row.top() + _PAD
        sees = self._sees.format(height=cost.receptive[0], width=cost.receptive[1])
        painter.setPen(ink.color("muted"))
        painter.drawText(QRectF(left, top, right - left, ink.name_line), _RIGHT, sees)
        room = right - left - ink.small(sees) - 6
        painter.setPen(ink.color("text"))
        painter.setFont(ink.name_font)
        name = QFontMetricsF(ink.name_font).elidedText(layer.name, Qt.TextElideMode.ElideMiddle, room)
        painter.drawText(QRectF(left, top, room, ink.name_line), _LEFT, name)
        painter.setFont(ink.small_font)
        top += ink.name_line
        shape = shape_text(layer)
        painter.drawText(QRectF(left, top, right - left, ink.line), _RIGHT, shape)
        room = right - left - ink.small(shape) - 6
        painter.setPen(ink.color("muted"))
        words = QFontMetricsF(ink.small_font).elidedText(layer.operation, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRectF(left, top, room, ink.line), _LEFT, words)
        top += ink.line
        for measure, box in zip(LAYER_MEASURES, self._thirds(top), strict=True):
            value = of_layer(cost, measure)
            painter.setPen(ink.color("text" if value else "faint"))
            painter.drawText(QRectF(box.left(), top, box.width(), ink.line), _RIGHT, measure_text(value, measure))
            bar = QRectF(box.left(), top + ink.line, box.width(), _BAR)
            painter.fillRect(bar, ink.color("sunken"))
            if value:
                length = max(1.5, box.width() * self._scales[measure].share(value))
                painter.fillRect(QRectF(bar.left(), bar.top(), length, _BAR), ink.color(COLOURS[measure]))

    def _thirds(self, top: float) -> list[QRectF]:
        """The places of the three measures in a line."""
        width = (self.width() - 2 * _EDGE - 2 * _EDGE) / 3
        return [QRectF(_EDGE + n * (width + _EDGE), top, width, self._inks().line) for n in range(3)]

    def _head(self) -> float:
        return self._inks().line + 2 * _PAD

    def _row_height(self) -> float:
        ink = self._inks()
        return math.ceil(ink.name_line + 2 * ink.line + _BAR + 2 * _PAD + 3)

    def _inks(self) -> Ink:
        if self._ink is None:
            self._ink = Ink(theme().tokens)
        return self._ink

    def _forget_ink(self) -> None:
        self._ink = None
        self.updateGeometry()
        self.update()
