"""The maps beside a number's arithmetic: those that are read, the one that is written, and the window between them."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEasingCurve, QEvent, QPointF, QRectF, QSize, Qt, QVariantAnimation, Signal
from PySide6.QtGui import (
    QAccessible,
    QBrush,
    QFont,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QRegion,
)
from PySide6.QtWidgets import QApplication, QWidget

from cnnviewer.core.inspection.records import Region
from cnnviewer.ui.explore.explain.maps import Maps, ShownMap
from cnnviewer.ui.explore.explain.maps_layout import Captions, Slot, arranged
from cnnviewer.ui.explore.network.geometry import Rect
from cnnviewer.ui.explore.network.legend import legend_width, paint_legend
from cnnviewer.ui.explore.network.pictures import to_image
from cnnviewer.ui.widgets.cell_grid import GridGeometry, arrow_step, moved
from cnnviewer.ui.widgets.focus import paint_focus
from cnnviewer.ui.widgets.painted_text import draw_text
from cnnviewer.ui.widgets.palettes import colourise
from cnnviewer.ui.widgets.plain_text import elided
from cnnviewer.ui.widgets.styled import Styled
from cnnviewer.ui.widgets.translated import Translated

_MOTION_MS = 130
_EDGE = 3.0
_LEGEND = 110.0  # pixels of a legend's width
_SIGN = 14  # pixels: half the height of the sign between two maps
_LEAST_LEGEND = 96.0  # pixels of one beside a long title

Place = tuple[int, int]


class SlidePane(Translated, Styled, QWidget):
    """All maps of a number, the window, and what a cell of either has to do with the other.

    Signals:
        pointed: `(row, column)` of the output under the cursor, or of the one whose window lies around the cursor;
            None when it leaves.
        picked: `(row, column)` of an output that was clicked, or to which the window was dragged.
        source_picked: which of the maps that are read, row and column of a cell of it that was clicked.
        play_requested: Space was pressed.
        walk_requested: rows and columns of an arrow key, and its modifiers: to another map or layer.
    """

    pointed = Signal(object)
    picked = Signal(int, int)
    source_picked = Signal(int, int, int)
    play_requested = Signal()
    walk_requested = Signal(object, object)

    accessible_role = QAccessible.Role.Graphic

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("explainSlide")
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(120, 110)
        self._maps: Maps | None = None
        self._images: list[QImage] = []
        self._touching: tuple[int, int, int] | None = None  # which map that is read, row and column
        self._over: Place | None = None
        self._pressed: QPointF | None = None
        self._dragged = False
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
        self._images = [] if maps is None else [_picture(shown) for shown in self._all]
        region = maps.read[0].region if maps is not None and maps.read else None
        self._flight.stop()
        if region is None:
            self._shown = QRectF()
        else:
            aim = _rect(region)
            if self._motion and self.isVisible() and aim != self._shown and _same(old, maps):
                self._from, self._to = QRectF(self._shown), aim
                self._flight.start()
            else:
                self._shown = aim
        self.update()

    @property
    def maps(self) -> Maps | None:
        """What is shown."""
        return self._maps

    def map_sides(self) -> list[float]:
        """How large each map is shown: the larger of its width and its height, in pixels."""
        return [max(slot.picture.width(), slot.picture.height()) for slot in self._slots()] if self._maps else []

    def sizeHint(self) -> QSize:
        """Two maps side by side."""
        return QSize(240, 160)

    # -- geometry

    @property
    def _all(self) -> tuple[ShownMap, ...]:
        maps = self._maps
        if maps is None:
            return ()
        return maps.read if maps.written is None else (*maps.read, maps.written)

    def _slots(self) -> list[Slot]:
        """Where the maps lie, the first one with its padding."""
        assert self._maps is not None
        sizes = [(float(shown.values.shape[1]), float(shown.values.shape[0])) for shown in self._all]
        if self._maps.read:
            rows, cols = self._maps.padding
            sizes[0] = (sizes[0][0] + 2 * cols, sizes[0][1] + 2 * rows)
        area = QRectF(_EDGE, 0, self.width() - 2 * _EDGE, self.height() - _EDGE)
        legend, line = self.paint_style.numbers.height + 13.0, self.paint_style.line + 2.0
        bounds = [legend_width(self.paint_style, shown.bounds, _LEAST_LEGEND) for shown in self._all]
        captions = Captions(legend, legend + line, max(bounds) + self._longest_title)
        return arranged(sizes, area, captions, self._maps.written is not None)

    def _title(self, shown: ShownMap) -> str:
        return self.tr("{map}, pixels").format(map=shown.title) if shown.pixels else shown.title

    @property
    def _longest_title(self) -> float:
        """How wide a title is at the most, with the gap behind it."""
        return 8.0 + max((self.paint_style.small(self._title(shown)) for shown in self._all), default=0.0)

    def _grid(self, number: int, slots: list[Slot]) -> GridGeometry:
        """The cells of a map, without its padding."""
        assert self._maps is not None
        shown, room = self._all[number], slots[number].picture
        rows, cols = shown.values.shape
        pad_v, pad_h = self._maps.padding if number == 0 and self._maps.read else (0, 0)
        wide, tall = room.width() / (cols + 2 * pad_h), room.height() / (rows + 2 * pad_v)
        return GridGeometry(room.x() + pad_h * wide, room.y() + pad_v * tall, wide, tall, rows, cols)

    def _area(self, number: int, area: QRectF, slots: list[Slot]) -> QRectF:
        """Rows and columns of a map, in its cells, on the screen."""
        grid = self._grid(number, slots)
        return QRectF(
            grid.left + area.x() * grid.width, grid.top + area.y() * grid.height,
            area.width() * grid.width, area.height() * grid.height,
        )  # fmt: skip

    def _output_at(self, position: QPointF) -> Place | None:
        if self._maps is None or self._maps.written is None:
            return None
        place = self._grid(len(self._all) - 1, self._slots()).at(position)
        return place if place is not None and self._maps.written.cell_at(*place) is not None else None

    def _source_at(self, position: QPointF) -> tuple[int, int, int] | None:
        if self._maps is None:
            return None
        slots = self._slots()
        for number, shown in enumerate(self._maps.read):
            place = self._grid(number, slots).at(position)
            if place is not None and shown.cell_at(*place) is not None:
                return number, *place
        return None

    # -- mouse

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The window moves to the output, or around the cell that is read; outputs that read that cell are marked."""
        position = event.position()
        over, touching = self._output_at(position), self._source_at(position)
        self.setCursor(Qt.CursorShape.PointingHandCursor if over or touching else Qt.CursorShape.ArrowCursor)
        if touching is not None and self._maps is not None:
            over = self._maps.output_of(*touching)
        if self._pressed is not None:
            far = (position - self._pressed).manhattanLength() >= QApplication.startDragDistance() / 2
            self._dragged = self._dragged or far
        if touching != self._touching:
            self._touching = touching
            self.update()
        if over != self._over and (over is not None or self._pressed is None):
            self._over = over
            self.pointed.emit(over)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Drag the window, or click when the button is let go."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed, self._dragged = event.position(), False

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Keep the output that was clicked, or dragged to; or ask about the cell that is read."""
        if event.button() != Qt.MouseButton.LeftButton or self._pressed is None:
            return
        dragged, self._pressed = self._dragged, None
        output, source = self._output_at(event.position()), self._source_at(event.position())
        if dragged and self._over is not None:
            self.picked.emit(*self._over)
        elif output is not None:
            self.picked.emit(*output)
        elif source is not None and not dragged:
            self.source_picked.emit(*source)

    def leaveEvent(self, event: QEvent) -> None:
        """Back to the number that is pinned."""
        self._touching = None
        if self._over is not None:
            self._over = None
            self.pointed.emit(None)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move the window by one output, with Ctrl and Shift they lead elsewhere; Space lets it slide."""
        step, maps = arrow_step(event), self._maps
        elsewhere = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        if event.key() == Qt.Key.Key_Space:
            self.play_requested.emit()
        elif step is not None and event.modifiers() & elsewhere:
            self.walk_requested.emit(step, event.modifiers())
        elif step is not None and maps is not None and maps.written is not None:
            place = moved(maps.place, step, *maps.written.values.shape)
            if maps.written.cell_at(*place) is not None:
                self.picked.emit(*place)
        else:
            super().keyPressEvent(event)

    # -- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """The maps with titles and legends, the padding, the window, the output and what was pointed at."""
        if self._maps is None or not self._all:
            return
        painter, style, slots = QPainter(self), self.paint_style, self._slots()
        if self._maps.padding != (0, 0) and self._maps.read:
            painter.fillRect(slots[0].picture, style.color("sunken"))
            painter.fillRect(slots[0].picture, QBrush(style.color("faint", 0.5), Qt.BrushStyle.BDiagPattern))
        for number, (shown, slot, image) in enumerate(zip(self._all, slots, self._images, strict=True)):
            painter.drawImage(self._grid(number, slots).area(), image)
            painter.setPen(QPen(style.color("border"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(slot.picture)
            self._paint_title(painter, shown, slot)
        if self._touching is not None:
            self._paint_touched(painter, slots)
        self._paint_window(painter, slots)
        if self._maps.sign and len(slots) > 2:
            self._paint_sign(painter, slots)
        if self.hasFocus():
            paint_focus(painter, self, style.color("accent"))
        painter.end()

    def _paint_title(self, painter: QPainter, shown: ShownMap, slot: Slot) -> None:
        """Name on the left, the colours on the right; or the colours below the name."""
        style, top, legend = self.paint_style, slot.picture.y() - slot.caption, self.paint_style.numbers.height + 13.0
        title = self._longest_title
        least = legend_width(style, shown.bounds, _LEAST_LEGEND)
        usual = max(_LEGEND, least)
        beside = slot.width >= least + title
        wide = min(slot.width, max(slot.picture.width(), usual + title)) if beside else slot.width
        colours = min(usual, wide - title if beside else wide)
        painter.setFont(style.small_font)
        painter.setPen(style.color("text"))
        room = wide - colours - 4 if beside else wide
        name = elided(painter.fontMetrics(), self._title(shown), room, Qt.TextElideMode.ElideMiddle)
        line = QRectF(slot.picture.x(), top, room, legend if beside else style.line)
        draw_text(painter, line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, name)
        left = slot.picture.x() + (wide - colours if beside else 0.0)
        place = Rect(left, slot.picture.y() - legend, colours, legend)
        paint_legend(painter, style, place, shown.layer.palette, shown.bounds)

    def _paint_window(self, painter: QPainter, slots: list[Slot]) -> None:
        assert self._maps is not None
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        written = self._maps.written
        output = None
        if written is not None:
            output = self._grid(len(slots) - 1, slots).rect(*self._maps.place).adjusted(-1, -1, 1, 1)
        rooms = [] if output is None else [output]
        for number, shown in enumerate(self._maps.read):
            if shown.region is None:
                continue
            window = self._area(number, self._shown if number == 0 else _rect(shown.region), slots)
            rooms.append(window)
            if output is not None:
                painter.setPen(QPen(self.paint_style.color("highlight", 0.55), 1))
                self._paint_lines(painter, window, output, slots)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for room in rooms:
            painter.setPen(QPen(self.paint_style.color("surface"), 3.4))
            painter.drawRect(room)
            painter.setPen(QPen(self.paint_style.color("highlight"), 1.8))
            painter.drawRect(room)

    def _paint_lines(self, painter: QPainter, window: QRectF, output: QRectF, slots: list[Slot]) -> None:
        """From the window to the output, beside it or below; behind titles, legends and the map that is written."""
        free = QRegion(self.rect())
        for slot in slots:
            above = QRectF(slot.picture.x(), slot.picture.y() - slot.caption, slot.width, slot.caption)
            free -= QRegion(above.toAlignedRect())
        free -= QRegion(slots[-1].picture.toAlignedRect())
        painter.save()
        painter.setClipRegion(free)
        if output.x() > window.right():
            painter.drawLine(window.topRight(), output.topLeft())
            painter.drawLine(window.bottomRight(), output.bottomLeft())
        else:
            painter.drawLine(window.bottomLeft(), output.topLeft())
            painter.drawLine(window.bottomRight(), output.topRight())
        painter.restore()

    def _paint_sign(self, painter: QPainter, slots: list[Slot]) -> None:
        """The sign of the operation, between the maps that are read and the one that is written."""
        assert self._maps is not None
        style, last = self.paint_style, slots[-1].picture
        one, two = slots[0].picture, slots[1].picture
        if last.x() < max(one.right(), two.right()) + 2 * _SIGN:  # below one another: no room between them
            return
        below_title = two.y() + 1.5 * _SIGN  # the title of the second map ends above it
        middle = QPointF((max(one.right(), two.right()) + last.x()) / 2, max(last.center().y(), below_title))
        font = QFont(style.text_font)
        font.setPixelSize(_SIGN + 4)
        font.setWeight(QFont.Weight.Bold)
        painter.setFont(font)
        sign = self._maps.sign.replace("· ", "× ")
        wide = max(2.0 * _SIGN, painter.fontMetrics().horizontalAdvance(sign) + 12.0)
        badge = QRectF(middle.x() - wide / 2, middle.y() - _SIGN, wide, 2.0 * _SIGN)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(style.color("highlight"), 1.6))
        painter.setBrush(style.color("surface"))
        painter.drawRoundedRect(badge, _SIGN, _SIGN)
        painter.setPen(style.color("text"))
        draw_text(painter, badge, Qt.AlignmentFlag.AlignCenter, sign)

    def _paint_touched(self, painter: QPainter, slots: list[Slot]) -> None:
        assert self._maps is not None
        assert self._touching is not None
        number, row, col = self._touching
        painter.setPen(QPen(self.paint_style.color("accent"), 1.4))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(self._area(number, QRectF(col, row, 1, 1), slots))
        rows, cols = self._maps.readers(row, col) if number == 0 else ([], [])
        grid = self._grid(len(slots) - 1, slots)
        for r in rows:
            for c in cols:
                painter.fillRect(grid.rect(r, c), self.paint_style.color("accent", 0.35))
                painter.drawRect(grid.rect(r, c))

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
            self.tr(
                "Point at a map, or drag on it: the window moves there. "
                "Click a cell that is read: see how it came about. Arrow keys move the window by one place, with Shift "
                "to another map, with Ctrl to the layer on the left or right in the network; the other arrow then "
                "leads back to the same place."
            )
        )


def _rect(region: Region) -> QRectF:
    return QRectF(region.left, region.top, region.right - region.left, region.bottom - region.top)


def _same(old: Maps | None, new: Maps | None) -> bool:
    """Whether both are of one layer, so that the window can glide from one to the other."""
    if old is None or new is None or not old.read or not new.read or old.written is None or new.written is None:
        return False
    return old.written.layer.name == new.written.layer.name and old.read[0].layer.name == new.read[0].layer.name


def _picture(shown: ShownMap) -> QImage:
    rgba = colourise(np.ascontiguousarray(shown.values), shown.layer.palette, shown.bounds)
    if shown.count < shown.values.size:
        rgba = rgba.copy()
        rgba.reshape(-1, 4)[shown.count :] = 0  # behind the end of a vector
    return to_image(rgba)
