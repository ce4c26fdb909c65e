"""The stage of the network view: lays the columns out, moves the camera, paints values and light."""

from __future__ import annotations

from PySide6.QtCore import QEasingCurve, QSize, Qt, QVariantAnimation, Signal
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
from cnnviewer.ui.explore.network.headers import paint_current_header, paint_headers
from cnnviewer.ui.explore.network.labels import least_width
from cnnviewer.ui.explore.network.layout import NetworkLayout, layout
from cnnviewer.ui.explore.network.map_compositor import MapCompositor
from cnnviewer.ui.explore.network.overlay import paint_dimmed, paint_highlight
from cnnviewer.ui.explore.network.painter import PaintedNetwork, paint_backdrop, paint_values
from cnnviewer.ui.explore.network.pictures import Pictures, RangeMode
from cnnviewer.ui.explore.network.qt_rects import qrect
from cnnviewer.ui.widgets.class_words import class_words
from cnnviewer.ui.widgets.painted_text import draw_text
from cnnviewer.ui.widgets.styled import Styled

_MARGIN = 10.0
_PIXEL_AT_LEAST = 2.0  # a value smaller than this on the screen is not pointed at: its whole map is
_LARGEST_PIXEL = 60.0
_MOTION_MS = 140


class NetworkScene(Styled, QWidget):
    """The network, painted. Owns the camera, the layout and the hovered and pinned cells.

    Signals:
        pointed: the Cell under the cursor, or None.
        picked: the Cell that was pinned by click or key, or None when cleared.
        changed: what a readout shows is another now.
    """

    pointed = Signal(object)
    picked = Signal(object)
    changed = Signal()

    def __init__(self, pictures: Pictures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("networkCanvas")
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(240, 160)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._pictures = pictures
        self._architecture = Architecture("", ())
        self._classes: tuple[str, ...] = ()
        self._layout: NetworkLayout = layout(self._architecture, 100, 100)
        self._camera = Camera(1.0, 0.0, 0.0)
        self._fitted = True
        self._base: QPixmap | None = None  # all but the light
        self._backdrop: QPixmap | None = None  # of it, what stays while values change
        self._compositor: MapCompositor | None = None
        self._sentence = ""
        self.hovered: Cell | None = None
        self.pinned: Cell | None = None
        self._hover_light: Highlight | None = None
        self._pin_light: Highlight | None = None
        self._veiled: Highlight | None = None
        self._dim = QVariantAnimation(self)
        self._dim.setDuration(_MOTION_MS)
        self._dim.valueChanged.connect(self._on_dimmed)
        self._veil = 0.0
        self._flight = QVariantAnimation(self)
        self._flight.setDuration(_MOTION_MS)
        self._flight.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._flight.setStartValue(0.0)
        self._flight.setEndValue(1.0)
        self._flight.valueChanged.connect(self._on_flown)
        self._from = self._to = self._camera
        self._motion = True

    # -- values in

    def set_architecture(self, architecture: Architecture) -> None:
        """Other layers: nothing is pinned any more, all of them are shown."""
        self._architecture = architecture
        self.hovered = self.pinned = None
        self._hover_light = self._pin_light = self._veiled = None
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

    def set_motion(self, enabled: bool) -> None:
        """Whether dimming and zooming are animated."""
        self._motion = enabled

    def set_empty_sentence(self, sentence: str) -> None:
        """What stands in the middle while there is no image."""
        self._sentence = sentence
        self.update()

    def refresh(self) -> None:
        """The values or their colours are others: paint again."""
        self._base = None
        self.update()
        self.changed.emit()

    def _forget_places(self) -> None:
        """Everything lies elsewhere, or has other words and colours."""
        self._base = self._backdrop = self._compositor = None
        self.update()

    def light_hovered(self, highlight: Highlight | None) -> None:
        """Light what the hovered cell depends on."""
        self._hover_light = highlight
        self._light()

    def light_pinned(self, highlight: Highlight | None) -> None:
        """Light what the pinned cell depends on."""
        self._pin_light = highlight
        self.pinned = highlight.cell if highlight else None
        self._light()
        self.changed.emit()

    def pin(self, cell: Cell | None) -> None:
        """Pin a cell, or clear the pin; brings it into view and says so."""
        self.pinned = cell
        self._pin_light = Highlight(cell) if cell else None
        column = self._layout.column(cell.layer) if cell else None
        if cell is not None and column is not None:
            room = column.body
            if cell.channel is not None:
                room = column.tile(cell.channel)
                if room.h * self._camera.scale > self._view.h and cell.row is not None and cell.col is not None:
                    room = column.pixel(cell.channel, cell.row, cell.col)
            self._move(reveal(self._camera, room, self._view))
        self._light()
        self.picked.emit(cell)
        self.changed.emit()

    # -- the camera

    def fit_all(self) -> None:
        """Show all of the network."""
        self._fitted = True
        self._fly(fit(self._layout.width, self._layout.height, self._view))

    def zoom_by(self, factor: float) -> None:
        """Zoom about the middle."""
        x, y = self._view.centre
        self._fly(self._zoomed(factor, x, y))

    def show_layer(self, name: str) -> None:
        """Zoom to one layer; to all of the network where it is shown so already."""
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

    @property
    def _band(self) -> Rect:
        lines = 1 if self._low else 3
        return Rect(0.0, 0.0, float(self.width()), lines * self.paint_style.line + 12)

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
        least = fit(self._layout.width, self._layout.height, self._view).scale
        camera = self._camera.zoomed(factor, x, y, least, self._largest())
        self._fitted = camera.scale <= least * 1.001
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
            self._camera = camera
            self._forget_places()

    def _place(self) -> None:
        labels = {layer.name: least_width(layer, self.paint_style.measure) + 2 for layer in self._architecture.layers}
        names = max([self.paint_style.measure(name, "name") for name in class_words(self._classes)] or [12.0])
        view = self._view
        self._layout = layout(self._architecture, view.w, view.h, labels, names + 6)
        if self._fitted:
            self._camera = fit(self._layout.width, self._layout.height, view)
        else:
            self._camera = self._kept(self._camera)
        self._forget_places()
        self.refresh()

    # -- light

    def _light(self) -> None:
        wanted = self._hover_light or self._pin_light
        if wanted is not None and wanted.cell.layer and wanted.regions:
            self._veiled = wanted
        aim = 0.0 if wanted is None or not wanted.regions else 1.0 if self._hover_light else 0.7
        self._dim.stop()
        if self._motion and self.isVisible() and aim != self._veil:
            self._dim.setStartValue(self._veil)
            self._dim.setEndValue(aim)
            self._dim.start()
        else:
            self._veil = aim
        self.update()

    def _on_dimmed(self, veil: float) -> None:
        self._veil = veil
        self.update()

    # -- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the network from its picture, then the light over it."""
        painter = QPainter(self)
        ratio = self.devicePixelRatioF()
        scene = self._scene(ratio)
        if self._base is None or self._base.devicePixelRatio() != ratio:
            self._base = self._painted_base(scene)
        painter.drawPixmap(0, 0, self._base)
        if self._veiled is not None and self._veil > 0.0:
            paint_dimmed(painter, scene, self._base, self._veiled, self._veil)
        if self._pin_light is not None:
            paint_highlight(painter, scene, self._pin_light, pinned=True)
        if self._hover_light is not None:
            paint_highlight(painter, scene, self._hover_light, pinned=False)
        if self.pinned is not None:  # over the picture, which stays whichever layer is pinned
            paint_current_header(painter, scene, self._band, self.pinned.layer)
        if self._pictures.empty and self._sentence:
            self._paint_sentence(painter)
        if self.hasFocus():
            painter.setPen(QPen(self.paint_style.color("accent", 0.8), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(qrect(Rect(0.5, 0.5, self.width() - 1.0, self.height() - 1.0)))
        painter.end()

    def _scene(self, ratio: float) -> PaintedNetwork:
        return PaintedNetwork(
            self._layout, self._pictures, self._camera, self._seen, self.paint_style, self._classes, ratio
        )

    @property
    def _seen(self) -> Rect:
        return Rect(0.0, self._band.h, float(self.width()), self.height() - self._band.h)

    def _painted_base(self, scene: PaintedNetwork) -> QPixmap:
        """The backdrop with the current values on it."""
        size = QSize(round(self.width() * scene.ratio), round(self.height() * scene.ratio))
        if self._backdrop is None or self._backdrop.size() != size or self._backdrop.devicePixelRatio() != scene.ratio:
            self._backdrop = self._painted_backdrop(scene, size)
        if self._compositor is None:
            self._compositor = MapCompositor(self._layout, self._camera, self._seen, size, scene.ratio)
        base = QPixmap(self._backdrop)
        painter = QPainter(base)
        if not self._pictures.empty:
            painter.drawImage(0, 0, self._compositor.compose(self._pictures, self.paint_style.color("faint").rgba()))
            paint_values(painter, scene)
        painter.end()
        return base

    def _painted_backdrop(self, scene: PaintedNetwork, size: QSize) -> QPixmap:
        backdrop = QPixmap(size)
        backdrop.setDevicePixelRatio(scene.ratio)
        backdrop.fill(self.paint_style.color("surface"))
        painter = QPainter(backdrop)
        paint_backdrop(painter, scene)
        paint_headers(painter, scene, self._band)
        painter.end()
        return backdrop

    def _paint_sentence(self, painter: QPainter) -> None:
        style = self.paint_style
        painter.setFont(style.text_font)
        room = painter.fontMetrics().boundingRect(self._sentence)
        pill = Rect(0, 0, room.width() + 36.0, room.height() + 18.0).centred_in(self._seen)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(style.color("border"), 1))
        painter.setBrush(style.color("raised"))
        painter.drawRoundedRect(qrect(pill), pill.h / 2, pill.h / 2)
        painter.setPen(style.color("text"))
        draw_text(painter, qrect(pill), Qt.AlignmentFlag.AlignCenter, self._sentence)

    def on_look_changed(self) -> None:
        """Other measures need other room."""
        self._place()

    # -- Qt

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out again: the network fits the room it has."""
        self._place()
