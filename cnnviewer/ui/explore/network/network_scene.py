"""The stage of the network view: lays the columns out, moves the camera, paints values and light."""

from __future__ import annotations

import time
from dataclasses import replace

from PySide6.QtCore import QEasingCurve, QRectF, Qt, QTimer, QVariantAnimation, Signal
from PySide6.QtGui import (
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from cnnviewer.core.inspection.records import Architecture, Cell, Highlight
from cnnviewer.ui.explore.network.geometry import Camera, Rect, fit, reveal, show
from cnnviewer.ui.explore.network.headers import paint_headers, upright_heights
from cnnviewer.ui.explore.network.labels import WideTexts
from cnnviewer.ui.explore.network.layout import LayerColumn, NetworkLayout
from cnnviewer.ui.explore.network.light import MOTION_MS, NetworkLight
from cnnviewer.ui.explore.network.overlay import paint_dimmed, paint_highlight
from cnnviewer.ui.explore.network.painter import PaintedNetwork
from cnnviewer.ui.explore.network.pictures import Pictures, RangeMode
from cnnviewer.ui.explore.network.plan import NetworkPlan, Order
from cnnviewer.ui.explore.network.qt_rects import qrect
from cnnviewer.ui.explore.network.scene_picture import LONGEST, ScenePicture
from cnnviewer.ui.explore.network.wide_words import LINES
from cnnviewer.ui.widgets.focus import paint_focus
from cnnviewer.ui.widgets.painted_text import draw_text
from cnnviewer.ui.widgets.styled import Styled

_MARGIN = 10.0
_LOWEST = 128  # pixels of height: a fifth of the stage of a low window, above a number
_PIXEL_AT_LEAST = 2.0  # a value smaller than this on the screen is not pointed at: its whole map is
_LARGEST_PIXEL = 60.0
_UPRIGHT = 6  # lines: in a lower view names do not stand upright
_TALLEST = 9.0  # lines: the length of kind and size that stand upright
_HEADERS = 0.34  # of the height for kind and size that stand upright behind the names
_ALL_PARTS = 0.5  # of the height for name, kind and size that stand upright, where they are whole in so much
_SIZES = 0.62  # likewise without the kind
_ROOMY = 9  # lines: in a lower view names that cannot be whole have a larger part
_LEAST_NAMES, _LOW_NAMES = 0.4, 0.5  # of the height for names that cannot be whole
_NAMES = 0.62  # of the height for names that stand upright, where they are whole in so much


class NetworkScene(Styled, QWidget):
    """The network, painted. Owns the camera, the layout and the hovered and pinned cells.

    Signals:
        pointed: the Cell under the cursor, or None.
        picked: the Cell that was pinned by click or key, or None when cleared.
        changed: what a readout shows is another now.
        centred: name of the layer in the middle of the view, when it is another while one goes along the network.
        moved: another part of the network is seen, or it is laid out anew.
    """

    pointed = Signal(object)
    picked = Signal(object)
    changed = Signal()
    centred = Signal(str)
    moved = Signal()

    def __init__(self, pictures: Pictures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("networkCanvas")
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(240, _LOWEST)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._pictures = pictures
        self._plan = NetworkPlan()
        self._classes: tuple[str, ...] = ()
        self._layout = NetworkLayout((), 100, 100)
        self._focus = ""
        self._at_start = True
        self._middle = 0.0  # of the view that was laid out for
        self._upright = 0.0  # height of the longest name that stands upright
        self._aimed: Camera | None = None  # where the layer that was chosen last is seen
        self._camera = Camera(1.0, 0.0, 0.0)
        self._fitted = True
        self._picture = ScenePicture()
        self._expected: float | None = None  # since when newer values are on their way
        self._late = QTimer(self, singleShot=True, interval=round(1000 * LONGEST))
        self._late.timeout.connect(self.update)
        self._sentence = ""
        self.hovered: Cell | None = None
        self.pinned: Cell | None = None
        self._light = NetworkLight(self)
        self._light.changed.connect(self.update)
        self._flight = QVariantAnimation(self)
        self._flight.setDuration(MOTION_MS)
        self._flight.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._flight.setStartValue(0.0)
        self._flight.setEndValue(1.0)
        self._flight.valueChanged.connect(self._on_flown)
        self._flight.finished.connect(self._find_middle)
        self._from = self._to = self._camera
        self._motion = True

    # -- values in

    def set_architecture(self, architecture: Architecture) -> None:
        """Other layers: nothing is pinned any more, all of them are shown."""
        self._plan.set_architecture(architecture)
        self._focus = ""
        self._at_start = True
        self.hovered = self.pinned = None
        self._light.clear()
        self._fitted = True
        self._place()

    def set_classes(self, classes: tuple[str, ...]) -> None:
        """The class names in the order of the outputs."""
        if classes != self._classes:
            self._classes = classes
            self._place()

    def set_mode(self, mode: RangeMode) -> None:
        """What shares one range of values."""
        self._pictures.set_mode(mode)
        self.refresh()

    def set_order(self, order: Order) -> None:
        """Which maps of a layer come first, where not all are shown."""
        self._plan.order = order
        self.refresh()

    def set_texts(self, texts: WideTexts) -> None:
        """Sentences in the picture of a large network."""
        if texts != self._plan.texts:
            self._plan.texts = texts
            self._place()

    def set_motion(self, enabled: bool) -> None:
        """Whether dimming and zooming are animated."""
        self._motion = enabled

    @property
    def motion(self) -> bool:
        """Whether anything is animated."""
        return self._motion

    def picture_of_pinned(self) -> tuple[QPixmap | None, QRectF] | None:
        """What is pinned, as it was painted last, and where it lies; None where it is out of sight or nothing is."""
        cell = self.pinned
        column = self._layout.column(cell.layer) if cell is not None else None
        if cell is None or column is None:
            return None
        room = column.body if cell.channel is None else column.tile(cell.channel)
        seen = qrect(self._camera.to_view(room)).intersected(qrect(self._seen))
        if seen.width() < 1 or seen.height() < 1:
            return None
        base = self._picture.base
        if base is None:
            return None, seen
        ratio = base.devicePixelRatio()
        device = QRectF(seen.x() * ratio, seen.y() * ratio, seen.width() * ratio, seen.height() * ratio)
        return base.copy(device.toRect()), seen

    def set_empty_sentence(self, sentence: str) -> None:
        """What stands in the middle while there is no image."""
        self._sentence = sentence
        self.update()

    def refresh(self) -> None:
        """The values or their colours are others: paint again."""
        self._picture.forget_values()
        if self._layout.wide:
            self._layout = self._plan.ordered(self._layout, self._pictures, self.pinned)
            self._picture.set_order(self._layout)
        self.update()
        self.changed.emit()

    def set_expecting(self, expecting: bool) -> None:
        """Whether newer values are on their way; when they are here, or do not come, what there is gets painted."""
        if expecting != (self._expected is not None):
            self._expected = time.monotonic() if expecting else None
            if not expecting:
                self.update()

    def _forget_places(self) -> None:
        """Everything lies elsewhere, or has other words and colours."""
        self._picture.forget()
        self.update()

    def light_hovered(self, highlight: Highlight | None) -> None:
        """Light what the hovered cell depends on."""
        self._light.hovered = highlight
        self._aim_light()

    def light_pinned(self, highlight: Highlight | None) -> None:
        """Light what the pinned cell depends on."""
        self._light.pinned = highlight
        self.pinned = highlight.cell if highlight else None
        self._aim_light()
        self.changed.emit()

    def veil_pinned(self, veiled: bool) -> None:
        """Whether all that the pinned cell does not depend on is faded; it is again when another one is pinned."""
        if self._light.veil_pinned(veiled):
            self._aim_light()

    def _aim_light(self) -> None:
        self._light.aim(self._motion and self.isVisible())
        self.update()

    def pin(self, cell: Cell | None) -> None:
        """Pin a cell, or clear the pin; brings it into view and says so."""
        self.pinned = cell
        self._light.pin(cell)
        if cell is not None:
            self._reach(cell)
        column = self._layout.column(cell.layer) if cell else None
        if cell is not None and column is not None:
            room = column.body
            if cell.channel is not None:
                room = column.tile(cell.channel)
                if room.h * self._camera.scale > self._view.h and cell.row is not None and cell.col is not None:
                    room = column.pixel(cell.channel, cell.row, cell.col)
            self._move(reveal(self._camera, room, self._view))
        self._aim_light()
        self.picked.emit(cell)
        self.changed.emit()

    def _reach(self, cell: Cell) -> None:
        """Unfold the block that a cell lies in, and see to it that its map is shown."""
        if not self._layout.wide:
            return
        block = self._plan.block_of(cell.layer)
        if self._layout.column(cell.layer) is None:
            self._go_along()
        if self._layout.column(cell.layer) is None and block is not None:
            self.toggle_block(block.name)
        column = self._layout.column(cell.layer)
        if column is not None and cell.channel is not None and column.place_of(cell.channel) is None:
            self.refresh()

    # -- blocks and maps of a large network

    @property
    def plan(self) -> NetworkPlan:
        """What is folded and opened."""
        return self._plan

    def toggle_block(self, name: str) -> None:
        """Fold a block or unfold it; its first column stays where it is."""
        block = next(block for block in self._plan.blocks if block.name == name)
        whole = self._plan.shows_whole
        before = self._layout.holder(block.layers[0])
        self._plan.whole = False
        if not whole or name in self._plan.folded:  # where all are folded, what was unfolded before is so again
            self._plan.toggle(name)
        self._replace(before, block.layers[0])

    def toggle_maps(self, layer: str) -> None:
        """Show all maps of a layer, or the first ones only."""
        before = self._layout.column(layer)
        self._plan.whole = False
        self._plan.toggle_maps(layer)
        self._replace(before, layer)

    def fold_all(self, folded: bool) -> None:
        """Fold all blocks, or unfold them; what is in the middle stays there."""
        before = self._layout.holder(self._focus)
        self._plan.whole = False
        self._plan.fold_all(folded)
        self._replace(before, self._focus)

    def _replace(self, before: LayerColumn | None, name: str) -> None:
        """Lay out again so that the column of `name` begins where `before` did."""
        seen = self._camera.to_view(before.slot).x if before is not None else None
        self._flight.stop()
        self._fitted = False
        self._place()
        after = self._layout.holder(name)
        if seen is not None and after is not None:
            self._move(self._kept(self._camera.moved(seen - self._camera.to_view(after.slot).x, 0.0)))

    # -- the camera

    def fit_all(self) -> None:
        """Show all of the network, its blocks folded; without room for it, what is around the layer in the middle."""
        self._fitted = True
        if self._layout.wide and not self._plan.whole:
            self._plan.whole = True
            self._place()
        else:
            self._fly(self._home())

    def _go_along(self) -> None:
        """Show large maps again where the whole of a large network was seen at once."""
        if self._plan.whole:
            self._plan.whole = self._fitted = False
            self._place()

    def _home(self) -> Camera:
        column = self._layout.holder(self._focus) if self._layout.wide and not self._at_start else None
        if column is None:
            least = fit(self._layout.width, self._layout.height, self._view)
            return self._kept(Camera(1.0, self._view.x, self._view.y)) if self._layout.wide else least
        return self._kept(Camera(1.0, self._view.centre[0] - column.slot.centre[0], self._view.y))

    def zoom_by(self, factor: float) -> None:
        """Zoom about what is pinned where that is seen, about the middle elsewhere."""
        x, y = self._view.centre
        column = self._layout.column(self.pinned.layer) if self.pinned is not None else None
        if column is not None and self.pinned is not None:
            room = column.body if self.pinned.channel is None else column.tile(self.pinned.channel)
            anchor = self._camera.to_view(room).centre
            x, y = anchor if self._view.contains(*anchor) else (x, y)
        self._fly(self._zoomed(factor, x, y))

    def show_layer(self, name: str) -> None:
        """Go to one layer: zoom to it, or to all of the network where it is shown so already.

        Of a large network it comes into the middle, out of its block if that is folded.
        """
        if self._layout.wide:
            self._go_along()
            self._reach(Cell(name))
            self._fitted = False
            holder = self._layout.column(name)
            if holder is not None:
                x = self._view.centre[0] - holder.slot.centre[0] * self._camera.scale
                self._aimed = self._kept(Camera(self._camera.scale, x, self._camera.dy))
                self._at_start = False
                self._focus_on(name)
                self._fly(self._aimed)
            return
        column = self._layout.column(name)
        if column is None:
            return
        target = show(column.body.grown(12), self._view, self._largest(name))
        if abs(target.scale / self._camera.scale - 1) < 0.02:
            self.fit_all()
            return
        self._fitted = False
        self._fly(target)

    @property
    def camera(self) -> Camera:
        """What is seen now."""
        return self._camera

    @property
    def network_layout(self) -> NetworkLayout:
        """Where everything lies."""
        return self._layout

    def seen_columns(self) -> list[LayerColumn]:
        """The columns of which at least half is in view, and one of very many maps that fills half of the view."""
        view, found = self._view, []
        for column in self._layout.columns:
            slot = self._camera.to_view(column.slot)
            filled = min(slot.right, view.right) - max(slot.x, view.x)
            if view.x <= slot.centre[0] < view.right or filled >= view.w / 2:
                found.append(column)
        return found

    @property
    def _band(self) -> Rect:
        lines = LINES if self._layout.wide else 1 if self._low else 3
        return Rect(0.0, 0.0, float(self.width()), max(lines * self.paint_style.line + 12, self._upright))

    @property
    def _low(self) -> bool:
        """Whether there is so little height that headers are names alone."""
        return self.height() < 16 * self.paint_style.line

    @property
    def _view(self) -> Rect:
        top = self._band.h
        return Rect(_MARGIN, top + 4, self.width() - 2 * _MARGIN, max(40.0, self.height() - top - _MARGIN))

    def _largest(self, name: str | None = None) -> float:
        names = [self._layout.column(name)] if name else list(self._layout.columns)
        pixels = [c.tile_width / c.layer.shape[2] for c in names if c and len(c.layer.shape) == 3] or [6.0]
        return max(1.0, _LARGEST_PIXEL / min(pixels) if name is None else 36.0 / pixels[0])

    def _zoomed(self, factor: float, x: float, y: float) -> Camera:
        least = self._layout.least_scale
        if not self._layout.wide:
            least = fit(self._layout.width, self._layout.height, self._view).scale
        camera = self._camera.zoomed(factor, x, y, least, self._largest())
        self._fitted = not self._layout.wide and camera.scale <= least * 1.001
        return self._kept(camera)

    def _kept(self, camera: Camera) -> Camera:
        return camera.kept_over(self._layout.width, self._layout.height, self._view)

    def _fly(self, camera: Camera) -> None:
        camera = self._kept(camera)
        self._flight.stop()
        if not self._motion or not self.isVisible():
            self._move(camera)
            return
        self._from, self._to = self._camera, camera
        self._flight.start()

    def _on_flown(self, part: float) -> None:
        self._move(self._from.between(self._to, part))

    def _move(self, camera: Camera) -> None:
        if camera != self._camera:
            self._at_start = False
            self._camera = camera
            self._forget_places()
            self._find_middle()
            self.moved.emit()

    def _find_middle(self) -> None:
        """Tell which layer is in the middle now; one that was chosen at either end cannot come there."""
        if self._camera == self._aimed:
            return
        if self._layout.wide and self._flight.state() != QVariantAnimation.State.Running:
            self._aimed = None
            x, _ = self._camera.to_plane(*self._view.centre)
            column = self._layout.nearest(x)
            if column is not None:
                self._focus_on(column.layer.name)

    def _focus_on(self, name: str) -> None:
        if name != self._focus:
            self._focus = name
            self.centred.emit(name)

    @property
    def focus_layer(self) -> str:
        """The layer in the middle of a large network's view; empty for a network that is seen whole."""
        return self._focus

    @property
    def at_start(self) -> bool:
        """Whether nothing was moved since the network is there."""
        return self._at_start

    def _place(self) -> None:
        self._upright = 0.0
        view = self._view
        before, focus = self._layout.wide, self._focus
        anchor = self._layout.holder(focus) if focus else None
        seen = None if anchor is None else self._camera.to_view(anchor.slot).centre[0] - self._middle
        self._layout = self._plan.lay_out(view.w, view.h, self.paint_style, self._classes)
        if before != self._layout.wide:  # the headers take another height
            view = self._view
            self._layout = self._plan.lay_out(view.w, view.h, self.paint_style, self._classes)
        if not (self._layout.wide and not self._layout.narrow) and self.height() >= _UPRIGHT * self.paint_style.line:
            self._upright = self._needed_upright(view)
            if self._upright > view.y:  # the picture begins below the names
                view = self._view
                self._layout = self._plan.lay_out(view.w, view.h, self.paint_style, self._classes)
        self._camera = self._home() if self._fitted else self._kept(self._camera)
        after = self._layout.holder(focus) if focus else None
        if after is not None and seen is not None and not self._fitted and not self._at_start:
            here = self._camera.to_view(after.slot).centre[0] - view.centre[0]
            self._camera = self._kept(self._camera.moved(seen - here, 0.0))  # the same layer stays in the middle
        self._middle = view.centre[0]
        if not focus:
            self._find_middle()
        self.moved.emit()
        self._forget_places()
        self.refresh()

    def _needed_upright(self, view: Rect) -> float:
        """How high headers that stand upright become: names are whole where they can be, the rest has a part."""
        wide = self._layout.wide
        whole = Camera(1.0, view.x, view.y) if wide else fit(self._layout.width, self._layout.height, view)
        needed = upright_heights(replace(self._scene(1.0), camera=whole), self._band)
        names = needed.names
        high = self.height()
        least = _LEAST_NAMES if high >= _ROOMY * self.paint_style.line else _LOW_NAMES
        names = min(names, high * (least if names > _NAMES * high else _NAMES))
        blocks = self.paint_style.line + 7 if wide and names else 0.0
        most = min(_HEADERS * high, _TALLEST * self.paint_style.line)
        forms = (needed.parts, _ALL_PARTS), (needed.sizes, _SIZES)
        rest = next((height for height, share in forms if height <= share * high), 0.0)
        return max(names, 0.0 if self._low else min(needed.whole, max(most, rest))) + blocks

    # -- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the network from its picture, then the light over it."""
        painter = QPainter(self)
        ratio = self.devicePixelRatioF()
        scene = self._scene(ratio)
        base = self._picture.painted(scene, self._band, self.size(), self._expected)
        if self._picture.outdated and not self._late.isActive():
            self._late.start()  # should they not come
        painter.drawPixmap(0, 0, base)
        light = self._light
        if light.veiled is not None and light.veil > 0.0:
            paint_dimmed(painter, scene, base, light.veiled, light.veil)
        if light.pinned is not None:
            paint_highlight(painter, scene, light.pinned, pinned=True)
        if light.hovered is not None:
            paint_highlight(painter, scene, light.hovered, pinned=False)
        if self.pinned is not None:  # over the picture, which stays whichever layer is pinned
            paint_headers(painter, scene, self._band, self.pinned.layer)
        if self._pictures.empty and self._sentence:
            self._paint_sentence(painter)
        if self.hasFocus():
            paint_focus(painter, self, self.paint_style.color("accent", 0.8))
        painter.end()

    def _scene(self, ratio: float) -> PaintedNetwork:
        return PaintedNetwork(
            self._layout,
            self._pictures,
            self._camera,
            self._seen,
            self.paint_style,
            self._classes,
            ratio,
            self._plan.texts,
        )

    @property
    def _seen(self) -> Rect:
        return Rect(0.0, self._band.h, float(self.width()), self.height() - self._band.h)

    def _paint_sentence(self, painter: QPainter) -> None:
        style = self.paint_style
        painter.setFont(style.text_font)
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        most = qrect(self._seen.grown(-24))
        room = painter.boundingRect(most, flags, self._sentence)
        pill = Rect(0, 0, room.width() + 36.0, room.height() + 18.0).centred_in(self._seen)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(style.color("border"), 1))
        painter.setBrush(style.color("raised"))
        rounded = min(pill.h / 2, style.line)
        painter.drawRoundedRect(qrect(pill), rounded, rounded)
        painter.setPen(style.color("text"))
        draw_text(painter, qrect(pill).adjusted(17, 0, -17, 0), flags, self._sentence)

    def on_look_changed(self) -> None:
        """Other measures need other room."""
        self._place()

    # -- Qt

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out again: the network fits the room it has."""
        self._place()
