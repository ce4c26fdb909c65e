"""The window slides over the image: one map that is read, one that is written, and the window between them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QEasingCurve, QEvent, QPointF, QRectF, QSize, Qt, QVariantAnimation, Signal
from PySide6.QtGui import QBrush, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from cnnviewer.core.inspection.receptive import touched_by, window_of
from cnnviewer.core.inspection.records import FloatArray, LayerInfo, Region
from cnnviewer.ui.explore.explain.window_sum import map_bounds
from cnnviewer.ui.explore.network.pictures import to_image
from cnnviewer.ui.widgets.cell_grid import GridGeometry, arrow_step, moved
from cnnviewer.ui.widgets.painted_text import draw_text
from cnnviewer.ui.widgets.palettes import colourise
from cnnviewer.ui.widgets.styled import Styled
from cnnviewer.ui.widgets.translated import Translated

_GAP = 20.0
_MOTION_MS = 130


@dataclass(frozen=True)
class Maps:
    """What is slid over and what comes of it.

    Attributes:
        source: the layer that is read.
        read: its map, `(H, W)`.
        channel: of the source.
        layer: that is computed.
        written: its map, `(H', W')`.
        place: row and column of the output shown.

    """

    source: LayerInfo
    read: FloatArray
    channel: int
    layer: LayerInfo
    written: FloatArray
    place: tuple[int, int]


class SlidePane(Translated, Styled, QWidget):
    """Both maps, the window, and what a cell of either has to do with the other.

    Signals:
        pointed: `(row, column)` of the output under the cursor, None when it leaves.
        picked: `(row, column)` of an output that was clicked.
        source_picked: `(row, column)` of a cell of the read map that was clicked.
        play_requested: Space was pressed.
    """

    pointed = Signal(object)
    picked = Signal(int, int)
    source_picked = Signal(int, int)
    play_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("explainSlide")
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(220, 110)
        self._maps: Maps | None = None
        self._images: tuple[QImage, QImage] | None = None
        self._touching: tuple[int, int] | None = None
        self._over: tuple[int, int] | None = None
        self._motion = True
        self._from = self._to = self._shown = QRectF()
        self._flight = QVariantAnimation(self)
        self._flight.setDuration(_MOTION_MS)
        self._flight.setStartValue(0.0)
        self._flight.setEndValue(1.0)
        self._flight.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._flight.valueChanged.connect(self._on_flown)
        self.retranslate()

    def set_motion(self, enabled: bool) -> None:
        """Whether the window glides."""
        self._motion = enabled

    def set_maps(self, maps: Maps | None) -> None:
        """Show other maps, or the window elsewhere."""
        old, self._maps = self._maps, maps
        self._images = None if maps is None else (_picture(maps.read, maps.source), _picture(maps.written, maps.layer))
        region = self._window
        if region is not None:
            aim = QRectF(region.left, region.top, region.right - region.left, region.bottom - region.top)
            same = old is not None and maps is not None and old.layer.name == maps.layer.name
            self._flight.stop()
            if same and self._motion and self.isVisible() and aim != self._shown:
                self._from, self._to = QRectF(self._shown), aim
                self._flight.start()
            else:
                self._shown = aim
        self.update()

    def sizeHint(self) -> QSize:
        """Two maps side by side."""
        return QSize(240, 160)

    # -- geometry

    @property
    def _window(self) -> Region | None:
        maps = self._maps
        if maps is None:
            return None
        row, col = maps.place
        same_place = Region(None, row, col, row + 1, col + 1)  # what works value by value has no window
        return window_of(maps.layer, maps.source, row, col) or same_place

    @property
    def _padding(self) -> tuple[int, int]:
        window = self._maps.layer.window if self._maps else None
        return window.padding if window else (0, 0)

    def _rooms(self) -> tuple[QRectF, QRectF]:
        """Where both maps lie: the one read with its padding."""
        assert self._maps is not None
        pad_v, pad_h = self._padding
        tall, wide = self._maps.read.shape
        rows, cols = self._maps.written.shape
        wide, tall = wide + 2 * pad_h, tall + 2 * pad_v
        caption, stacked = self._caption, self._stacked
        room_w = self.width() - 12 if stacked else (self.width() - _GAP - 12) / 2
        room_h = (self.height() - 2 * caption - 16) / 2 if stacked else self.height() - caption - 8
        first = min(room_w / wide, room_h / tall)
        second = min(room_w / cols, room_h / rows, first * max(1.0, min(tall / rows, wide / cols)))
        if stacked:
            one = QRectF(6, caption, first * wide, first * tall)
            return one, QRectF(6, one.bottom() + caption + 6, second * cols, second * rows)
        one = QRectF(6, caption + (room_h - first * tall) / 2, first * wide, first * tall)
        two = QRectF(one.right() + _GAP, caption + (room_h - second * rows) / 2, second * cols, second * rows)
        return one, two

    @property
    def _stacked(self) -> bool:
        """Whether the maps stand below one another: where that makes them larger."""
        return self.height() > 1.15 * self.width()

    @property
    def _caption(self) -> float:
        return self.paint_style.line + 6.0

    def _source_rect(self, area: QRectF) -> QRectF:
        """An area of the read map, in its cells, on the screen."""
        assert self._maps is not None
        one, _ = self._rooms()
        pad_v, pad_h = self._padding
        cell = one.width() / (self._maps.read.shape[1] + 2 * pad_h)
        return QRectF(
            one.x() + (area.x() + pad_h) * cell, one.y() + (area.y() + pad_v) * cell,
            area.width() * cell, area.height() * cell,
        )  # fmt: skip

    def _output_rect(self, row: int, col: int) -> QRectF:
        assert self._maps is not None
        return GridGeometry.filling(self._rooms()[1], *self._maps.written.shape).rect(row, col)

    def _output_at(self, position: QPointF) -> tuple[int, int] | None:
        if self._maps is None:
            return None
        return GridGeometry.filling(self._rooms()[1], *self._maps.written.shape).at(position)

    def _source_at(self, position: QPointF) -> tuple[int, int] | None:
        if self._maps is None:
            return None
        rows, cols = self._maps.read.shape
        return GridGeometry.filling(self._source_rect(QRectF(0, 0, cols, rows)), rows, cols).at(position)

    # -- mouse

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The output: the window moves there. The input: every output that reads this cell is marked."""
        over, touching = self._output_at(event.position()), self._source_at(event.position())
        self.setCursor(Qt.CursorShape.PointingHandCursor if over or touching else Qt.CursorShape.ArrowCursor)
        if touching != self._touching:
            self._touching = touching
            self.update()
        if over != self._over:
            self._over = over
            self.pointed.emit(over)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Keep the output, or ask about the cell that is read."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        over, source = self._output_at(event.position()), self._source_at(event.position())
        if over is not None:
            self.picked.emit(*over)
        elif source is not None:
            self.source_picked.emit(*source)

    def leaveEvent(self, event: QEvent) -> None:
        """Back to the number that is pinned."""
        self._touching = None
        if self._over is not None:
            self._over = None
            self.pointed.emit(None)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move the window by one output; Space lets it slide."""
        step = arrow_step(event)
        if event.key() == Qt.Key.Key_Space:
            self.play_requested.emit()
        elif step is not None and self._maps is not None:
            rows, cols = self._maps.written.shape
            self.picked.emit(*moved(self._maps.place, step, rows, cols))
        else:
            super().keyPressEvent(event)

    # -- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """The maps with the padding, the window, the output and what was pointed at."""
        if self._maps is None or self._images is None:
            return
        painter = QPainter(self)
        style, maps = self.paint_style, self._maps
        one, two = self._rooms()
        if self._padding != (0, 0):
            painter.fillRect(one, style.color("sunken"))
            painter.fillRect(one, QBrush(style.color("faint", 0.5), Qt.BrushStyle.BDiagPattern))
        rows, cols = maps.read.shape
        painter.drawImage(self._source_rect(QRectF(0, 0, cols, rows)), self._images[0])
        painter.drawImage(two, self._images[1])
        painter.setPen(QPen(style.color("border"), 1))
        painter.drawRect(one)
        painter.drawRect(two)
        if self._touching is not None:
            self._paint_touched(painter)
        self._paint_window(painter)
        painter.setFont(style.small_font)
        painter.setPen(style.color("muted"))
        caption = self._caption
        for room, text in ((one, f"{maps.source.name}[{maps.channel}]"), (two, maps.layer.name)):
            beside = not self._stacked and room is one
            wide = max(one.width(), 110.0) if beside else self.width() - room.x()
            draw_text(painter, QRectF(room.x(), room.y() - caption, wide, caption), Qt.AlignmentFlag.AlignVCenter, text)
        if self.hasFocus():
            painter.setPen(QPen(style.color("accent"), 1))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    def _paint_window(self, painter: QPainter) -> None:
        assert self._maps is not None
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        window, output = self._source_rect(self._shown), self._output_rect(*self._maps.place)
        output = output.adjusted(-1, -1, 1, 1)
        thin = QPen(self.paint_style.color("highlight", 0.55), 1)
        painter.setPen(thin)
        if self._stacked:
            painter.drawLine(window.bottomLeft(), output.topLeft())
            painter.drawLine(window.bottomRight(), output.topRight())
        else:
            painter.drawLine(window.topRight(), output.topLeft())
            painter.drawLine(window.bottomRight(), output.bottomLeft())
        for room in (window, output):
            painter.setPen(QPen(self.paint_style.color("surface"), 3.4))
            painter.drawRect(room)
            painter.setPen(QPen(self.paint_style.color("highlight"), 1.8))
            painter.drawRect(room)

    def _paint_touched(self, painter: QPainter) -> None:
        assert self._maps is not None
        assert self._touching is not None
        row, col = self._touching
        rows, cols = touched_by(self._maps.layer, self._maps.source, row, col)
        if window_of(self._maps.layer, self._maps.source, row, col) is None:
            rows, cols = [row], [col]
        painter.setPen(QPen(self.paint_style.color("accent"), 1.4))
        painter.drawRect(self._source_rect(QRectF(col, row, 1, 1)))
        for r in rows:
            for c in cols:
                room = self._output_rect(r, c)
                painter.fillRect(room, self.paint_style.color("accent", 0.35))
                painter.drawRect(room)

    def _on_flown(self, part: float) -> None:
        a, b = self._from, self._to
        self._shown = QRectF(
            a.x() + (b.x() - a.x()) * part, a.y() + (b.y() - a.y()) * part,
            a.width() + (b.width() - a.width()) * part, a.height() + (b.height() - a.height()) * part,
        )  # fmt: skip
        self.update()

    def retranslate(self) -> None:
        """Set every text in the window's language."""
        self.setAccessibleName(self.tr("The sliding window"))
        self.setToolTip(
            self.tr("Point at an output and the window moves there. Point at an input and see which outputs read it.")
        )


def _picture(values: FloatArray, layer: LayerInfo) -> QImage:
    shown = np.ascontiguousarray(values)
    return to_image(colourise(shown, layer.palette, map_bounds(layer, shown)))
