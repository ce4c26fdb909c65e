"""Two maps of a layer side by side on one scale, and the difference between them."""

from __future__ import annotations

from typing import Final

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from cnnviewer.core.inspection.records import Cell, FloatArray, LayerInfo
from cnnviewer.ui.explore.layer.maps_wall import image_of
from cnnviewer.ui.explore.network.geometry import Rect
from cnnviewer.ui.explore.network.labels import number
from cnnviewer.ui.explore.network.legend import paint_legend
from cnnviewer.ui.explore.network.pictures import Pictures
from cnnviewer.ui.widgets.painted_text import draw_text
from cnnviewer.ui.widgets.palettes import PaletteName, Range, pixels, value_range
from cnnviewer.ui.widgets.plain_text import ElidedLabel, tool_tip
from cnnviewer.ui.widgets.styled import Styled
from cnnviewer.ui.widgets.translated import Translated

_GAP: Final = 18.0
_LEGEND: Final = 34.0
_CENTRE = Qt.AlignmentFlag.AlignCenter


class _Triptych(Styled, QWidget):
    """Paints the two maps and their difference; says what is pointed at.

    Signals:
        pointed: `(row, column)` under the pointer, None beside the maps.
        clicked: `(place, row, column)`: 0 the first map, 1 the second, 2 the difference.
    """

    pointed = Signal(object)
    clicked = Signal(int, int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("mapComparisonMaps")
        self.setMouseTracking(True)
        self.setMinimumSize(300, 140)
        self.maps: tuple[FloatArray, ...] = ()
        self.titles: tuple[str, ...] = ("", "", "")
        self.palette_name: PaletteName = "signed"
        self._over: tuple[int, int] | None = None

    def set_maps(self, first: FloatArray, second: FloatArray, palette: PaletteName, titles: tuple[str, ...]) -> None:
        """Two maps `(H, W)` of one layer and what stands over the three pictures."""
        self.maps, self.palette_name, self.titles = (first, second, first - second), palette, titles
        self.update()

    def bounds(self, place: int) -> Range:
        """The values of the first and the last colour: one scale for both maps, one about 0 for the difference."""
        if place == 2:
            return value_range(self.maps[2], "signed")
        return value_range(np.stack(self.maps[:2]), self.palette_name)

    def room(self, place: int) -> QRectF:
        """Where a map lies; the three have one size."""
        if not self.maps:
            return QRectF()
        height, width = self.maps[0].shape
        line = self.paint_style.name_line + 6
        most = ((self.width() - 2 * _GAP) / 3, self.height() - line - _LEGEND - 8)
        scale = max(0.1, min(most[0] / width, most[1] / height))
        wide, high = width * scale, height * scale
        left = (self.width() - 3 * wide - 2 * _GAP) / 2
        top = max(line, (self.height() - high - _LEGEND) / 2)
        return QRectF(left + place * (wide + _GAP), top, wide, high)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The maps with their titles, and the legends of the two scales."""
        style, painter = self.paint_style, QPainter(self)
        for place, values in enumerate(self.maps):
            room, palette = self.room(place), self.palette_name if place < 2 else "signed"
            painter.setFont(style.name_font)
            painter.setPen(style.color("text"))
            above = QRectF(room.x() - _GAP / 2, room.y() - style.name_line - 5, room.width() + _GAP, style.name_line)
            draw_text(painter, above, _CENTRE, self.titles[place])
            painter.drawImage(room, image_of(pixels(values, palette, self.bounds(place))))
            painter.setPen(QPen(style.color("border"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(room)
            if self._over is not None:
                height, width = values.shape
                row, col = self._over
                dx, dy = room.width() / width, room.height() / height
                cell = QRectF(room.x() + col * dx, room.y() + row * dy, dx, dy).adjusted(-1, -1, 1, 1)
                painter.setPen(QPen(style.color("highlight"), 2))
                painter.drawRect(cell)
        if self.maps:
            first, second, last = (self.room(place) for place in range(3))
            below = first.bottom() + 6
            both = Rect(first.x() + first.width() / 2, below, second.center().x() - first.center().x(), _LEGEND)
            paint_legend(painter, style, both, self.palette_name, self.bounds(0))
            paint_legend(painter, style, Rect(last.x(), below, last.width(), _LEGEND), "signed", self.bounds(2))
        painter.end()

    def cell_at(self, position: QPointF) -> tuple[int, int, int] | None:
        """Which picture, row and column lie there."""
        for place, values in enumerate(self.maps):
            room = self.room(place)
            if room.contains(position):
                height, width = values.shape
                row = int((position.y() - room.y()) / room.height() * height)
                col = int((position.x() - room.x()) / room.width() * width)
                return place, min(row, height - 1), min(col, width - 1)
        return None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Mark the same place in all three."""
        found = self.cell_at(event.position())
        over = None if found is None else found[1:]
        self.setCursor(Qt.CursorShape.ArrowCursor if over is None else Qt.CursorShape.PointingHandCursor)
        if over != self._over:
            self._over = over
            self.pointed.emit(over)
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is pointed at."""
        self._over = None
        self.pointed.emit(None)
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Say which value was clicked."""
        found = self.cell_at(event.position())
        if found is not None and event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit(*found)


class MapComparison(Translated, QWidget):
    """The comparison with its words and the way back.

    Signals:
        closed: Esc or the button: back to all maps.
        cell_requested: a value (`Cell`) whose arithmetic is asked for.
    """

    closed = Signal()
    cell_requested = Signal(object)

    def __init__(self, pictures: Pictures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("mapComparison")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._pictures = pictures
        self._layer: LayerInfo | None = None
        self._pair = (0, 0)
        self._title = ElidedLabel(self)
        self._title.setProperty("role", "title")
        self._close = QToolButton(self)
        self._close.setObjectName("mapComparisonClose")
        self.triptych = _Triptych(self)
        top = QHBoxLayout()
        top.addWidget(self._title, 1)
        top.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 4, 8, 4)
        column.addLayout(top)
        column.addWidget(self.triptych, 1)
        self._close.clicked.connect(self.closed)
        self.triptych.pointed.connect(self._on_pointed)
        self.triptych.clicked.connect(self._on_clicked)
        self.retranslate()

    @property
    def pair(self) -> tuple[int, int]:
        """The maps that are compared."""
        return self._pair

    def compare(self, layer: LayerInfo, first: int, second: int) -> None:
        """Show two maps of a layer."""
        self._layer, self._pair = layer, (first, second)
        self.refresh()

    def refresh(self) -> None:
        """The values are others."""
        if self._layer is None or not self._pictures.shows(self._layer):  # another model may have a layer of this name
            return
        values = self._pictures.values(self._layer.name)
        if values is None:
            return
        first, second = self._pair
        name = self._layer.name
        titles = (f"{name}[{first}]", f"{name}[{second}]", f"[{first}] − [{second}]")
        self.triptych.set_maps(values[first], values[second], self._layer.palette, titles)
        self._on_pointed(None)

    def _on_pointed(self, place: tuple[int, int] | None) -> None:
        if place is None or not self.triptych.maps:
            self._title.show_text(
                self.tr("Two maps on one scale, and their difference · click a value: its arithmetic")
            )
            return
        first, second, both = (number(float(values[place])) for values in self.triptych.maps)
        text = self.tr("row {row}, col {col}: {first} − {second} = {difference}")
        row, col = place
        second = f"({second})" if second.startswith("−") else second
        self._title.show_text(text.format(row=row, col=col, first=first, second=second, difference=both))

    def _on_clicked(self, place: int, row: int, col: int) -> None:
        if self._layer is not None:
            self.cell_requested.emit(Cell(self._layer.name, self._pair[min(place, 1)], row, col))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc: back to all maps."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def retranslate(self) -> None:
        """Set every text in the window's language."""
        self.setAccessibleName(self.tr("Two maps compared"))
        self.triptych.setAccessibleName(self.tr("Two maps and their difference"))
        self._close.setText(self.tr("Back to all maps"))
        self._close.setToolTip(tool_tip(self.tr("Close the comparison (Esc)")))
        self._close.setAccessibleName(self.tr("Close the comparison"))
        self.refresh()
