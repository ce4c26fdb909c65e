"""A screen that was painted once: its picture, and every text that is on it."""

from __future__ import annotations

import math
from collections.abc import Iterator

from PySide6.QtCore import QEvent, QObject, QRectF, QSize
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QGraphicsView, QWidget

from cnnviewer.ui.explore.network.canvas import NetworkCanvas
from cnnviewer.ui.widgets.painted_text import PaintedText, record_texts
from cnnviewer.ui.widgets.theme import theme
from tests.screens.plots import plot_texts
from tests.screens.texts import ShownText, visible_part, widget_texts


class Screen:
    """A window or any other widget, painted once.

    Attributes:
        widget: what was painted.
        picture: how it looks, `ratio` pixels for one logical pixel.
        texts: everything that can be read on it, those of Qt's own widgets first.
        floating: widgets that may lie over others.

    """

    def __init__(self, widget: QWidget, ratio: float = 1.0) -> None:
        self.widget, self.ratio = widget, ratio
        found: list[tuple[PaintedText, QWidget | None]] = []
        painting = _Painting()
        app = QApplication.instance()
        app.installEventFilter(painting)
        try:
            with record_texts(lambda text: found.append((text, painting.widget))):
                theme().changed.emit()  # what a widget has painted before, and keeps, is painted again
                QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
                self.picture = self._painted()
        finally:
            app.removeEventFilter(painting)
        each = widget.findChildren(QWidget)
        self.floating = [part for part in each if part.property("floating") and part.isVisibleTo(widget)]
        self.texts = [*widget_texts(widget), *self._plot_texts(), *(self._shown(*text) for text in found)]

    def _plot_texts(self) -> Iterator[ShownText]:
        for view in self.widget.findChildren(QGraphicsView):
            clip = visible_part(view, self.widget)
            if view.isVisibleTo(self.widget) and view.window() is self.widget.window() and not clip.isEmpty():
                yield from plot_texts(view, self.widget, clip)

    def _painted(self) -> QImage:
        size = QSize(math.ceil(self.widget.width() * self.ratio), math.ceil(self.widget.height() * self.ratio))
        pixmap = QPixmap(size)
        pixmap.setDevicePixelRatio(self.ratio)
        self.widget.render(pixmap)
        return pixmap.toImage()

    def _shown(self, painted: PaintedText, painting: QWidget | None) -> ShownText:
        device = painted.device
        owner = device if isinstance(device, QWidget) else painting
        covers, clip, room = painted.covers, painted.clip, painted.room
        ratio = self.ratio
        if not isinstance(device, QWidget):
            # painted on a picture that the widget keeps: it stands where the widget does if it is as large
            ratio = device.devicePixelRatioF()
            fits = owner is not None and abs(device.width() / ratio - owner.width()) < 2
            if not fits or (not self.widget.isAncestorOf(owner) and owner is not self.widget):
                owner = None
        covers, clip, room = (_scaled(rect, 1 / ratio) for rect in (covers, clip, room))
        if owner is not None and not isinstance(device, QWidget):
            corner = owner.mapTo(self.widget, owner.rect().topLeft()) if owner is not self.widget else None
            if corner is not None:
                covers, clip = covers.translated(corner), clip.translated(corner)
                room = None if room is None else room.translated(corner)
            clip &= visible_part(owner, self.widget)
        return ShownText(
            owner,
            painted.text,
            painted.text,
            covers,
            clip,
            painted.size,
            False,
            painted.colour,
            owner is None or owner.isEnabled(),
            _missing(covers, clip, room, owner is not None and _scrolls_across(owner)),
            "" if owner is None else owner.toolTip(),
            exact=True,
        )


class _Painting(QObject):
    """Knows which widget is painting: some paint on a picture first."""

    widget: QWidget | None = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and isinstance(watched, QWidget):
            self.widget = watched
        return False


def _scaled(rect: QRectF | None, factor: float) -> QRectF | None:
    if rect is None:
        return None
    return QRectF(rect.x() * factor, rect.y() * factor, rect.width() * factor, rect.height() * factor)


def _missing(covers: QRectF, clip: QRectF, room: QRectF | None, scrolls: bool) -> float:
    """How many pixels across have no room. What lies quite outside has been scrolled away, or is turned."""
    if not covers.intersects(clip):
        return 0.0
    beyond = 0.0 if scrolls else max(clip.left() - covers.left(), covers.right() - clip.right())
    return max(beyond, covers.width() - room.width() if room is not None else 0.0, 0.0)


def _scrolls_across(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    if isinstance(widget, NetworkCanvas) and widget.network_layout.wide:  # one goes along it
        return widget.network_layout.width * widget.camera.scale > widget.width()
    while parent is not None:
        if isinstance(parent, QAbstractScrollArea) and parent.horizontalScrollBar().maximum() > 0:
            return True
        parent = parent.parentWidget()
    return False
