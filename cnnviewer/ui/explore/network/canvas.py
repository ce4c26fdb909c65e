"""The drawing surface of the network view: what mouse, wheel and keys do on the stage."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QAccessible, QContextMenuEvent, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from cnnviewer.core.inspection.blocks import Block
from cnnviewer.core.inspection.records import Cell
from cnnviewer.ui.explore.network.headings import described
from cnnviewer.ui.explore.network.key_navigation import beside, corresponding, first_cell, neighbour
from cnnviewer.ui.explore.network.labels import join_texts
from cnnviewer.ui.explore.network.layout import LayerColumn
from cnnviewer.ui.explore.network.network_scene import NetworkScene
from cnnviewer.ui.explore.network.pictures import Pictures
from cnnviewer.ui.explore.network.qt_rects import qrect
from cnnviewer.ui.explore.network.wide_words import block_at
from cnnviewer.ui.explore.network.wire_places import sign_room
from cnnviewer.ui.widgets.cell_grid import arrow_step
from cnnviewer.ui.widgets.plain_text import tool_tip

_PIXEL_AT_LEAST = 2.0  # a value smaller than this on the screen is not pointed at: its whole map is


class NetworkCanvas(NetworkScene):
    """Points, pins, walks, zooms and pans.

    Signals:
        play_requested: Space was pressed: the window shall slide, or stop.
        menu_requested: the `Cell` of a map, and a place on the screen: what can be done with it shall be offered there.
        mute_toggled: the `Cell` of a map: mute it, or let it through.
    """

    accessible_role = QAccessible.Role.Graphic

    play_requested = Signal()
    menu_requested = Signal(object, QPoint)
    mute_toggled = Signal(object)

    def __init__(self, pictures: Pictures, parent: QWidget | None = None) -> None:
        super().__init__(pictures, parent)
        self._press: QPointF | None = None
        self._dragged = False
        self._explained: Cell | None = None
        self._ways: list[tuple[Cell, Cell]] = []  # by which keys came from layer to layer: from where, to where

    def set_explained(self, cell: Cell | None) -> None:
        """The value whose arithmetic is shown: of a pinned map, keys go on from there."""
        self._explained = cell

    def cell_at(self, position: QPointF) -> Cell | None:
        """What a click there would pin: a value, a map where values are too small, a layer on its header."""
        x, y = self._camera.to_plane(position.x(), position.y())
        if self._band.contains(position.x(), position.y()):
            if self._block_line(position) is not None:
                return None
            near = [c for c in self._layout.columns if c.slot.x - 6 <= x < c.slot.right + 6]
            return Cell(min(near, key=lambda c: abs(c.slot.centre[0] - x)).layer.name) if near else None
        joining = self._joining_at(position)
        if joining is not None:
            return Cell(joining.layer.name, joining.shown[0])
        cell = self._layout.at(x, y)
        column = self._layout.column(cell.layer) if cell else None
        if cell is None or column is None or cell.row is None:
            return cell
        pixel = column.tile_width / column.layer.shape[2] * self._camera.scale
        return cell if pixel >= _PIXEL_AT_LEAST else Cell(cell.layer, cell.channel)

    def _block_line(self, position: QPointF) -> str | None:
        """The block whose line over the headers lies there: a click folds or unfolds it."""
        if not self._layout.wide or not 0 <= position.y() < self.paint_style.line + 8:
            return None
        return block_at(self._layout, self._camera.to_plane(position.x(), position.y())[0])

    def _joining_at(self, position: QPointF) -> LayerColumn | None:
        """The column before which the sign of an addition or another joining operation lies there."""
        if not self._layout.wide:
            return None
        scene = self._scene(1.0)
        for place, column in enumerate(self._layout.columns):
            room = sign_room(scene, place)
            if room is not None and room.contains(position.x(), position.y()):
                return column
        return None

    def _more_at(self, position: QPointF) -> str | None:
        """The layer whose other maps a click there shows."""
        x, y = self._camera.to_plane(position.x(), position.y())
        found = (c.layer.name for c in self._layout.columns if c.more is not None and c.more.contains(x, y))
        return next(found, None)

    def hovered_block(self) -> Block | None:
        """The folded block that is pointed at by its header or beside its maps."""
        if self.hovered is None or self.hovered.channel is not None:
            return None
        column = self._layout.column(self.hovered.layer)
        return column.block if column is not None else None

    def _point(self, cell: Cell | None) -> None:
        if cell == self.hovered:
            return
        self.hovered = cell
        self._light.hover(cell)
        self.pointed.emit(cell)  # the answer is light_hovered()
        self._aim_light()
        self.changed.emit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Point, or pan while pressed."""
        position = event.position()
        if self._press is not None and event.buttons() & Qt.MouseButton.LeftButton:
            moved = position - self._press
            if self._dragged or moved.manhattanLength() >= QApplication.startDragDistance():
                self._dragged = True
                self._flight.stop()
                self._press = position
                self.setCursor(Qt.CursorShape.ClosedHandCursor)
                self._move(self._kept(self._camera.moved(moved.x(), moved.y())))
            return
        cell = self.cell_at(position)
        pressed = cell or self._block_line(position) or self._more_at(position)
        self.setCursor(Qt.CursorShape.PointingHandCursor if pressed else Qt.CursorShape.ArrowCursor)
        self._point(cell)
        self._tell(position, cell)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click or a drag begins."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._press, self._dragged = event.position(), False

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Pin what was clicked."""
        if event.button() != Qt.MouseButton.LeftButton or self._press is None:
            return
        if not self._dragged:
            self._click(event.position())
        self._press = None
        self.setCursor(Qt.CursorShape.ArrowCursor)

    def _click(self, position: QPointF) -> None:
        block, more, cell = self._block_line(position), self._more_at(position), self.cell_at(position)
        if block is not None:
            self.toggle_block(block)
        elif more is not None:
            self.toggle_maps(more)
        elif cell is not None:
            self.pin(cell)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Zoom to the layer; to everything beside the layers."""
        cell = self.cell_at(event.position())
        if cell is not None:
            self.show_layer(cell.layer)
        else:
            self.fit_all()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with the map below the pointer, or with the one pinned when a key asks."""
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        cell = self.pinned if by_key else self.cell_at(QPointF(event.pos()))
        column = self._layout.column(cell.layer) if cell is not None else None
        if cell is None or cell.channel is None or column is None:
            return
        place = event.globalPos()
        if by_key:
            place = self.mapToGlobal(qrect(self._camera.to_view(column.tile(cell.channel))).center().toPoint())
        self.menu_requested.emit(cell, place)

    def _tell(self, position: QPointF, cell: Cell | None) -> None:
        """On a header all of it, whatever had no room; on a block's line what a click does."""
        block = self._block_line(position)
        column = self._layout.column(cell.layer) if cell is not None else None
        text = ""
        if block is not None:
            text = self._plan.texts.block_tip.format(block=block)
        elif column is not None and self._band.contains(position.x(), position.y()):
            text = described(column.layer, self._plan.texts.parameters)
            text = text if column.block is None else f"{column.block.name}: {text}"
        elif cell is not None and (joining := self._joining_at(position)) is not None:
            text = described(joining.layer, self._plan.texts.parameters)
            text += f"\n{join_texts(joining.layer, '')[0]}\n{self._plan.texts.join_tip}"
        if text:
            QToolTip.showText(self.mapToGlobal(position.toPoint()), tool_tip(text), self)
        elif QToolTip.isVisible():
            QToolTip.hideText()

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is pointed at."""
        self._point(None)

    def go_along(self, pixels: float) -> None:
        """Move what is seen sideways."""
        self._flight.stop()
        self._fitted = False
        self._move(self._kept(self._camera.moved(pixels, 0.0)))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom about the cursor; sideways or with Shift: pan."""
        step = event.pixelDelta() if not event.pixelDelta().isNull() else event.angleDelta()
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier or abs(step.x()) > abs(step.y()):
            self.go_along(step.x() or step.y())
        else:
            self._flight.stop()
            place = event.position()
            self._move(self._zoomed(1.0015 ** event.angleDelta().y(), place.x(), place.y()))
        self._point(self.cell_at(event.position()))
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk: Shift by map, Ctrl by layer; F, +, - zoom; B folds; M mutes; Space slides; Esc lets go."""
        key, modifiers = event.key(), event.modifiers()
        step = arrow_step(event)
        if step is not None:
            self.walk(step, modifiers)
        elif key == Qt.Key.Key_Escape and (self.pinned is not None or self.hovered is not None):
            self.let_go()
        elif key == Qt.Key.Key_Space:
            self.play_requested.emit()
        elif key == Qt.Key.Key_B and self._layout.wide:
            block = self._plan.block_of(self.pinned.layer if self.pinned is not None else self._focus)
            if block is not None:
                self.toggle_block(block.name)
        elif key == Qt.Key.Key_F:
            self.fit_all()
        elif key == Qt.Key.Key_M and self.pinned is not None and self.pinned.channel is not None:
            self.mute_toggled.emit(self.pinned)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom_by(1.4)
        elif key == Qt.Key.Key_Minus:
            self.zoom_by(1 / 1.4)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.pinned is not None:
            self.show_layer(self.pinned.layer)
        else:
            super().keyPressEvent(event)

    def let_go(self) -> None:
        """Point at nothing and pin nothing."""
        self._point(None)
        if self.pinned is not None:
            self.pin(None)

    def walk(self, step: tuple[int, int], modifiers: Qt.KeyboardModifier) -> None:
        """Pin the value `step` rows and columns on; with Shift that of another map, with Ctrl of another layer."""
        start = self._start
        if start is None:
            cell = self.hovered or first_cell(self._layout)
        elif modifiers & Qt.KeyboardModifier.ControlModifier and step[1]:
            cell = self._other_layer(start, beside(self._layout, start, step[1]))
        else:
            cell = neighbour(self._layout, start, step, bool(modifiers & Qt.KeyboardModifier.ShiftModifier))
        if cell is not None and cell != self.pinned:
            self.pin(cell)

    def walk_to(self, layer: str) -> None:
        """Pin the corresponding value of another layer, or the one from which keys led here."""
        start = self._start
        known = {each.name: each for each in self._plan.architecture.layers}
        if start is not None and start.layer in known:
            self.pin(self._other_layer(start, corresponding(known[start.layer], known[layer], start)))

    def _other_layer(self, start: Cell, cell: Cell) -> Cell:
        """The cell, or where a key came from if it leads back there: so one is where one was."""
        if self._ways and self._ways[-1][1] == start and self._ways[-1][0].layer == cell.layer:
            return self._ways.pop()[0]
        if not self._ways or self._ways[-1][1] != start:
            self._ways.clear()
        self._ways.append((start, cell))
        return cell

    @property
    def _start(self) -> Cell | None:
        """From where keys go on: what is pinned, of a map the value that is explained."""
        cell, explained = self.pinned, self._explained
        if cell is None or explained is None or cell.channel is None or cell.row is not None:
            return cell
        return explained if (cell.layer, cell.channel) == (explained.layer, explained.channel) else cell
