"""The kernels of a layer in a scrolled area that colours and paints only what is seen of them."""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from cnnviewer.ui.explore.kernels.layout import Layout, Mode, Weight, arrange
from cnnviewer.ui.explore.kernels.painter import PaintedKernels, paint_headers, paint_tiles
from cnnviewer.ui.explore.kernels.values import LayerValues
from cnnviewer.ui.widgets.cell_grid import arrow_step
from cnnviewer.ui.widgets.focus import ViewportFocus, paint_focus
from cnnviewer.ui.widgets.painted_text import draw_text
from cnnviewer.ui.widgets.styled import Styled
from cnnviewer.ui.widgets.text_size import grown
from cnnviewer.ui.widgets.translated import Translated

_ZOOM = 1.25
_LARGEST_ZOOM = 64.0
_EDGE = 4.0


class KernelGrid(Translated, Styled, ViewportFocus, QAbstractScrollArea):
    """Kernels as tiles, or a fully connected layer as one picture.

    Arrow keys move the hovered weight, + and - zoom (as Ctrl and the wheel do), 0 fits, Esc clears the selection.

    Signals:
        hovered_changed: a `Weight` or None.
        chosen: the `Weight` that was clicked, or on which Enter was pressed.
    """

    hovered_changed = Signal(object)
    chosen = Signal(object)

    accessible_role = QAccessible.Role.Graphic

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("kernelGrid")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFrameShape(self.Shape.NoFrame)
        self.viewport().setMouseTracking(True)
        self._values: LayerValues | None = None
        self._mode: Mode = "input"
        self._inp = 0
        self._zoom = 1.0
        self._channel: int | None = None
        self._hovered: Weight | None = None
        self._layout: Layout | None = None
        self.retranslate()

    # -- what others ask and tell -------------------------------------------------------------------------------

    def set_values(self, values: LayerValues | None) -> None:
        """Show these weights; of the same shape they only repaint."""
        old, self._values = self._values, values
        if (old is None or values is None or old.shape != values.shape) and old is not values:
            self._hovered = None
            self._zoom = 1.0
            self._relayout()
        elif self._hovered is not None:
            self.hovered_changed.emit(self._hovered)  # the place is the same, its value is not
        self.viewport().update()

    def set_mode(self, mode: Mode, inp: int) -> None:
        """What a tile is; `inp` is the input channel of mode `input`."""
        if (mode, inp) != (self._mode, self._inp):
            self._mode, self._inp = mode, inp
            self._set_hovered(None)
            self._relayout()

    def set_channel(self, channel: int | None) -> None:
        """Frame an output channel, scrolled into view."""
        if channel == self._channel:
            return
        self._channel = channel
        if channel is not None and self._layout is not None and channel < self._layout.count:
            left, top, width, height = self._layout.frame(channel)
            self._bring_into_view(QRectF(left, top, width, height))
        self.viewport().update()

    def show_hovered(self, weight: Weight | None) -> None:
        """Frame a weight that is pointed at elsewhere; emits nothing."""
        if weight != self._hovered:
            self._hovered = weight
            self.viewport().update()

    def layout_used(self) -> Layout | None:
        """Where everything is."""
        return self._layout

    def hovered(self) -> Weight | None:
        """The weight under the cursor."""
        return self._hovered

    def retranslate(self) -> None:
        """Set all texts in the current language."""
        self.setAccessibleName(self.tr("Kernels"))
        self._corner_out, self._corner_in = self.tr("in ↓ out →"), self.tr("out ↓ in →")
        self._empty = self.tr("Choose a layer with weights to see its kernels.")
        self._relayout()

    def room(self) -> QRectF:
        """Where tiles are painted, in the viewport: right of and below the headers of a matrix."""
        area = QRectF(self.viewport().rect())
        if self._mode != "matrix" or self._values is None:
            return area.adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE)
        small = self.paint_style.small
        gutter = max(small(self._corner_out), small(self._corner_in)) + 10 + small("000") / 2  # of the first number
        return area.adjusted(gutter, self.paint_style.line + 3, -_EDGE, -_EDGE)

    def origin(self) -> QPointF:
        """The viewport's point of the first tile's corner, scrolling included; small contents stand at the top."""
        room = self.room()
        return QPointF(room.left() - self.horizontalScrollBar().value(), room.top() - self.verticalScrollBar().value())

    def weight_at(self, position: QPointF) -> Weight | None:
        """The weight at a point of the viewport."""
        if self._layout is None or not self.room().contains(position):
            return None
        place = position - self.origin()
        return self._layout.at(place.x(), place.y())

    def center_of(self, weight: Weight) -> QPointF:
        """The viewport's point in the middle of a weight's cell."""
        assert self._layout is not None
        left, top = self._layout.cell(weight)
        return self.origin() + QPointF(left + self._layout.scale / 2, top + self._layout.scale / 2)

    # -- Qt -----------------------------------------------------------------------------------------------------

    def minimumSizeHint(self) -> QSize:
        """A row of kernels."""
        return QSize(160, grown(70))

    def sizeHint(self) -> QSize:
        """A dock's width."""
        return QSize(600, 150)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tiles, headers, and the focus's frame."""
        painter = QPainter(self.viewport())
        style = self.paint_style
        if self._values is None or self._layout is None:
            painter.setPen(style.color("muted"))
            wrap = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            draw_text(painter, QRectF(self.viewport().rect()), wrap, self._empty)
            return
        room, origin = self.room(), self.origin()
        painter.save()
        painter.setClipRect(room.adjusted(-2, -2, 2, 2))
        painter.translate(origin)
        scene = PaintedKernels(self._values, self._layout, self._mode, self._channel, self._hovered)
        paint_tiles(painter, style, scene, room.translated(-origin))
        painter.restore()
        if self._layout.matrix:
            corner = self._corner_out if self._layout.out_across else self._corner_in
            paint_headers(painter, style, self._layout, room, origin, corner)
        if self.hasFocus():
            paint_focus(painter, self.viewport(), style.color("accent"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the tiles again."""
        super().resizeEvent(event)
        self._relayout()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Read the weight under the cursor."""
        self._set_hovered(self.weight_at(event.position()))

    def viewportEvent(self, event: QEvent) -> bool:
        """Clear the hover when the cursor leaves."""
        if event.type() == QEvent.Type.Leave and not self.hasFocus():
            self._set_hovered(None)
        return super().viewportEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the weight under the cursor."""
        if event.button() == Qt.MouseButton.LeftButton and self._hovered is not None:
            self.chosen.emit(self._hovered)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom with Ctrl, else scroll."""
        turned = event.angleDelta().y()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and turned:
            self._zoom_by(_ZOOM ** (turned / 120), event.position())
            event.accept()
            return
        super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk, + - 0 zoom, Esc clears the selection."""
        key, step = Qt.Key(event.key()), arrow_step(event)
        if self._values is None or self._layout is None:
            super().keyPressEvent(event)
        elif step is not None and event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        ):
            self._walk(*step)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self._zoom_by(_ZOOM, self.room().center())
        elif key == Qt.Key.Key_Minus:
            self._zoom_by(1 / _ZOOM, self.room().center())
        elif key == Qt.Key.Key_0:
            self._zoom_by(1 / self._zoom, self.room().center())
        elif key == Qt.Key.Key_Escape and self._hovered is not None:
            self._set_hovered(None)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._hovered is not None:
            self.chosen.emit(self._hovered)
        else:
            super().keyPressEvent(event)

    # -- inside -------------------------------------------------------------------------------------------------

    def on_look_changed(self) -> None:
        """Other measures need other room."""
        self._relayout()
        self.viewport().update()

    def _walk(self, rows: int, cols: int) -> None:
        assert self._layout is not None
        if self._hovered is None:
            start = self._layout.channels(0, 0)
            if self._channel is not None and not self._layout.matrix and self._channel < self._layout.count:
                start = self._channel, self._layout.inp
            if start is not None:
                self._set_hovered(Weight(*start, 0, 0))
        else:
            self._set_hovered(self._layout.moved(self._hovered, rows, cols))
        if self._hovered is not None:
            left, top = self._layout.cell(self._hovered)
            self._bring_into_view(QRectF(left, top, self._layout.scale, self._layout.scale))

    def _set_hovered(self, weight: Weight | None) -> None:
        if weight != self._hovered:
            self._hovered = weight
            self.hovered_changed.emit(weight)
            self.viewport().update()

    def _zoom_by(self, factor: float, anchor: QPointF) -> None:
        """Zoom so that what is at `anchor` stays there, where it can."""
        if self._layout is None:
            return
        place = anchor - self.origin()
        width, height = self._layout.size
        self._zoom = min(max(self._zoom * factor, 1.0), _LARGEST_ZOOM)
        self._relayout()
        wider, taller = self._layout.size
        moved = QPointF(place.x() * wider / width, place.y() * taller / height)
        room = self.room()
        self.horizontalScrollBar().setValue(round(moved.x() - anchor.x() + room.left()))
        self.verticalScrollBar().setValue(round(moved.y() - anchor.y() + room.top()))

    def _bring_into_view(self, target: QRectF) -> None:
        room = self.room()
        for bar, low, high, seen in (
            (self.horizontalScrollBar(), target.left(), target.right(), room.width()),
            (self.verticalScrollBar(), target.top() - self.paint_style.line, target.bottom(), room.height()),
        ):
            if high - low > seen:
                continue  # longer than what is seen: it is visible whatever is scrolled
            bar.setValue(math.floor(max(min(bar.value(), low), high - seen + 2)))

    def _relayout(self) -> None:
        if self._values is None:
            self._layout = None
            width = height = 0.0
        else:
            room = self._fitting_room()
            self._layout = arrange(
                self._values.shape,
                self._mode,
                self._inp,
                (max(room.width(), 20.0), max(room.height(), 20.0)),
                self._zoom,
                self.paint_style.line,
            )
            width, height = self._layout.size
        room = self.room()
        for bar, size, seen in (
            (self.horizontalScrollBar(), width, room.width()),
            (self.verticalScrollBar(), height, room.height()),
        ):
            bar.setRange(0, math.ceil(max(0.0, size - seen - 0.5)))
            bar.setPageStep(max(1, int(seen)))
            bar.setSingleStep(20)
        self.viewport().update()

    def _fitting_room(self) -> QRectF:
        """The room as if there were no scroll bars: those that a zoom brought must not change what fits."""
        room = self.room()
        missing = self.maximumViewportSize() - self.viewport().size()
        return room.adjusted(0, 0, missing.width(), missing.height())
