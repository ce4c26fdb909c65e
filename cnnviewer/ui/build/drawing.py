"""The design as a drawing: every layer's output as a box of channels × height × width, from the image down."""

from __future__ import annotations

import math
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from cnnviewer.core.models.design import Kind
from cnnviewer.core.models.design_check import InputShape, LayerCheck
from cnnviewer.ui.build.boxes import SLANT, Box, boxes
from cnnviewer.ui.build.kinds import kind_title
from cnnviewer.ui.build.row import shape_words
from cnnviewer.ui.widgets.cell_grid import list_step, within
from cnnviewer.ui.widgets.paint_style import PaintStyle
from cnnviewer.ui.widgets.painted_text import draw_text
from cnnviewer.ui.widgets.styled import Styled
from cnnviewer.ui.widgets.text_size import grown
from cnnviewer.ui.widgets.translated import Translated

_MOST_SLICES: Final = 24
_LEAST_WIDTH: Final = 290
_WORDS = 130  # pixels beside the boxes
_USUAL_WIDTH: Final = 340  # pixels at the usual text size; with more room boxes are larger
_LARGEST: Final = 1.7
_PAD: Final = 5.0
_GAP: Final = 22.0  # between two layers: an arrow
_EDGE: Final = 12.0
_LEARNED: Final[tuple[Kind, ...]] = ("conv", "linear")
_LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class DesignDrawing(Translated, Styled, QWidget):
    """Paints the design; the layer chosen is framed. A click or the arrow keys choose.

    Signals:
        selected: the place of the layer that the user chose.
    """

    accessible_role = QAccessible.Role.Graphic

    selected = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("designDrawing")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._image: InputShape = (1, 28, 28)
        self._rows: tuple[LayerCheck, ...] = ()
        self._boxes: list[Box | None] = []
        self._current: int | None = None
        self.retranslate()

    # -- what others ask and tell -------------------------------------------------------------------------------

    def set_rows(self, image: InputShape, rows: tuple[LayerCheck, ...]) -> None:
        """Draw these layers for images of this shape."""
        self._image, self._rows = image, rows
        self._measure()

    def set_current(self, place: int | None) -> None:
        """Frame a layer; emits nothing."""
        self._current = place if place is not None and place < len(self._rows) else None
        words = "" if self._current is None else self.say(self._current)
        self.setAccessibleDescription(words)
        self.update()

    @property
    def current(self) -> int | None:
        """The place of the layer that is framed."""
        return self._current

    def layer_rect(self, place: int) -> QRectF:
        """Where a layer is, with its words; -1 is the image."""
        tops = self._tops()
        return QRectF(0, tops[place + 1], self.width(), tops[place + 2] - tops[place + 1])

    def layer_at(self, y: float) -> int | None:
        """The layer at this height; None for the image."""
        tops = self._tops()
        place = next((n for n in range(len(tops) - 1) if tops[n] <= y < tops[n + 1]), 0) - 1
        return place if place >= 0 else None

    def say(self, place: int) -> str:
        """A layer in words."""
        row = self._rows[place]
        return f"{row.name}, {kind_title(row.spec.kind)}, {shape_words(row.shape)}"

    def retranslate(self) -> None:
        """Set all texts in the current language."""
        self.setAccessibleName(self.tr("Drawing of the design"))
        self.setToolTip(
            self.tr(
                "What every layer gives for one image: height and width are those of its maps, the depth is its "
                "channels; a bar is a vector. Click a layer to edit it."
            )
        )
        self._image_word, self._unknown = self.tr("image"), self.tr("not known")
        self.update()

    # -- where things lie ---------------------------------------------------------------------------------------

    def _measure(self) -> None:
        shapes = [self._image, *(row.shape for row in self._rows)]
        room = min(max(self.width() / grown(_USUAL_WIDTH), 1.0), _LARGEST)
        self._boxes = boxes(shapes, room * grown(100) / 100)
        self.setFixedHeight(math.ceil(self._tops()[-1]))
        self.set_current(self._current)

    def _is_thin(self, place: int) -> bool:
        """Whether a layer changes no shape: it has a line instead of a box."""
        row = self._rows[place]
        return row.shape is not None and row.shape == row.before and row.spec.kind not in _LEARNED

    def _tops(self) -> list[float]:
        """Where the image and each layer begin, and the end."""
        style = self.paint_style
        words = style.name_line + 2 * style.line
        tops = [_EDGE / 2]
        for place, box in enumerate(self._boxes, -1):
            if place >= 0 and self._is_thin(place):
                high = style.name_line + 8
            else:
                high = max(words, box.size[1] if box is not None else words) + _GAP + _PAD
            tops.append(tops[-1] + high)
        return tops

    def _column(self) -> float:
        """Width of the drawn part, without the words."""
        return max((box.size[0] for box in self._boxes if box is not None), default=60.0) + 2 * _EDGE

    def _left(self) -> float:
        """Where the drawn part begins: with its words it stands in the middle of a wide pane."""
        return max(0.0, (self.width() - self._column() - grown(_WORDS)) / 2)

    def minimumSizeHint(self) -> QSize:
        """The boxes and some words."""
        return QSize(grown(_LEAST_WIDTH), 100)

    # -- painting -----------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """What is in sight: boxes, words, arrows."""
        painter, style = QPainter(self), self.paint_style
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place in range(-1, len(self._rows)):
            room = self.layer_rect(place)
            if room.intersects(QRectF(event.rect())):
                self._paint_layer(painter, style, place, room)
        if self.hasFocus() and self._current is None:
            painter.setPen(QPen(style.color("accent"), 2.0))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))
        painter.end()

    def _paint_layer(self, painter: QPainter, style: PaintStyle, place: int, room: QRectF) -> None:
        box, row = self._boxes[place + 1], self._rows[place] if place >= 0 else None
        middle, thin = self._left() + self._column() / 2, place >= 0 and self._is_thin(place)
        if place == self._current and place >= 0:
            frame = room.adjusted(2, 1 if thin else _GAP - _PAD, -2, -1)
            painter.setPen(QPen(style.color("highlight"), 2.0 if self.hasFocus() else 1.4))
            painter.setBrush(style.color("highlight", 0.08))
            painter.drawRoundedRect(frame, 6, 6)
        body = room if thin else room.adjusted(0, _GAP, 0, -_PAD)
        if place >= 0:
            end = room.bottom() if thin else body.top() - _PAD - 1
            self._paint_arrow(painter, style, middle, room.top(), end, not thin)
        if thin:
            dot = QRectF(middle - 4, room.center().y() - 4, 8, 8)
            painter.setPen(QPen(style.color("muted"), 1.2))
            painter.setBrush(style.color("surface"))
            painter.drawEllipse(dot)
        elif box is None:
            self._paint_unknown(painter, style, QRectF(middle - 22, body.center().y() - 14, 44, 28), row)
        else:
            corner = QPointF(middle - box.size[0] / 2, body.top() + (body.height() - box.size[1]) / 2)
            learned = row is not None and row.spec.kind in _LEARNED
            self._paint_box(painter, style, box, corner, learned, self._channels(place))
        self._paint_words(painter, style, place, body, thin)

    def _channels(self, place: int) -> int:
        shape = self._image if place < 0 else self._rows[place].shape
        return shape[0] if shape is not None else 0

    def _paint_box(
        self, painter: QPainter, style: PaintStyle, box: Box, corner: QPointF, learned: bool, channels: int
    ) -> None:
        """A front, and behind it the slices of the channels; a vector is cells in a row."""
        edge = style.color("accent" if learned else "muted")
        fill, side, top = (_mixed(style, learned, share) for share in (0.0, 0.16, 0.08))
        back = QPointF(box.depth * SLANT[0], -box.depth * SLANT[1])
        front = QRectF(corner.x(), corner.y() - back.y(), box.width, box.height)
        painter.setPen(QPen(edge, 1.1))
        if box.depth:
            ends = (front.topLeft(), front.topRight(), front.bottomRight())
            for colour, face in ((top, ends[:2]), (side, ends[1:])):
                painter.setBrush(colour)
                painter.drawPolygon(QPolygonF([face[0], face[1], face[1] + back, face[0] + back]))
            painter.setPen(QPen(style.color("accent" if learned else "muted", 0.35), 0.8))
            slices = min(channels, _MOST_SLICES, max(1, int(box.depth / 3)))
            for number in range(1, slices):
                shift = back * (number / slices)
                painter.drawPolyline(QPolygonF([ends[0] + shift, ends[1] + shift, ends[2] + shift]))
            painter.setPen(QPen(edge, 1.1))
        painter.setBrush(fill)
        painter.drawRect(front)
        if not box.depth and channels <= box.width / 5:
            for number in range(1, channels):
                x = front.left() + front.width() * number / channels
                painter.drawLine(QPointF(x, front.top()), QPointF(x, front.bottom()))

    def _paint_unknown(self, painter: QPainter, style: PaintStyle, room: QRectF, row: LayerCheck | None) -> None:
        wrong = row is not None and row.error is not None
        painter.setPen(QPen(style.color("error" if wrong else "faint"), 1.2, Qt.PenStyle.DashLine))
        painter.setBrush(style.color("error_soft") if wrong else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(room, 4, 4)

    def _paint_arrow(
        self, painter: QPainter, style: PaintStyle, x: float, top: float, bottom: float, pointed: bool
    ) -> None:
        painter.setPen(QPen(style.color("faint"), 1.4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawLine(QPointF(x, top), QPointF(x, bottom))
        if pointed:
            painter.drawLine(QPointF(x - 3.5, bottom - 4), QPointF(x, bottom))
            painter.drawLine(QPointF(x + 3.5, bottom - 4), QPointF(x, bottom))

    def _paint_words(self, painter: QPainter, style: PaintStyle, place: int, body: QRectF, thin: bool) -> None:
        row = self._rows[place] if place >= 0 else None
        wrong = row is not None and row.error is not None
        name = row.name if row is not None else self._image_word
        kind = kind_title(row.spec.kind) if row is not None else ""
        shape = shape_words(self._image if row is None else row.shape) if row is None or row.shape else self._unknown
        left = self._left() + self._column() + 4
        lines = [(name, style.names, "error" if wrong else "text", style.name_line)]
        if kind and not thin:
            lines.append((kind, style.smalls, "muted", style.line))
        if not thin:
            lines.append((shape, style.smalls, "text", style.line))
        line = QRectF(left, 0, max(self.width() - _EDGE - left, 10.0), 0)
        line.moveTop(body.center().y() - sum(high for *_, high in lines) / 2)
        for text, texts, colour, high in lines:
            line.setHeight(high)
            painter.setFont(style.name_font if texts is style.names else style.small_font)
            painter.setPen(style.color(colour))
            draw_text(painter, line, _LEFT, texts.elided(text, line.width()))
            line.translate(0, high)
        after = line.translated(0, -style.name_line).adjusted(style.names.width(name) + 8, 0, 0, 0)
        if thin and after.width() > style.line * 2:
            painter.setFont(style.small_font)
            painter.setPen(style.color("muted"))
            draw_text(painter, after, _LEFT, style.smalls.elided(kind, after.width()))

    def on_look_changed(self) -> None:
        """Other fonts need other room."""
        self._measure()
        self.updateGeometry()

    # -- Qt -----------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another room for the boxes."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._measure()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose."""
        place = self.layer_at(event.position().y())
        if place is not None and event.button() == Qt.MouseButton.LeftButton:
            self.selected.emit(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk."""
        step = list_step(event, len(self._rows), 5)
        if step is None or not self._rows:
            super().keyPressEvent(event)
            return
        self.selected.emit(within((-1 if self._current is None else self._current) + step, len(self._rows)))


def _mixed(style: PaintStyle, learned: bool, dark: float) -> QColor:
    """The colour of a face, the darker the further it is turned away."""
    base = style.color("accent_soft" if learned else "sunken")
    edge = style.color("accent" if learned else "muted")
    parts = ((a * (1 - dark) + b * dark) for a, b in zip(base.getRgbF()[:3], edge.getRgbF()[:3], strict=True))  # type: ignore[index]
    return QColor.fromRgbF(*parts)
