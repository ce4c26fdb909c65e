"""The network's picture without its light: painted once for a place and a size, and again for other values."""

from __future__ import annotations

import time

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPixmap

from cnnviewer.ui.explore.network.geometry import Rect
from cnnviewer.ui.explore.network.headers import paint_headers
from cnnviewer.ui.explore.network.layout import NetworkLayout
from cnnviewer.ui.explore.network.map_compositor import MapCompositor
from cnnviewer.ui.explore.network.muted import paint_muted
from cnnviewer.ui.explore.network.painter import PaintedNetwork, paint_backdrop, paint_values
from cnnviewer.ui.explore.network.qt_rects import qrect
from cnnviewer.ui.explore.network.wide_words import paint_block_lines, paint_more, paint_numbers
from cnnviewer.ui.explore.network.wire_captions import paint_captions
from cnnviewer.ui.explore.network.wire_painter import paint_wires

LONGEST = 0.1
"""Seconds for which the values of another image may be seen."""


class ScenePicture:
    """Owner of what was painted.

    Attributes:
        base: all but the light, as it was painted last; None when it must be painted again.
        outdated: it shows other values than there are now.
    """

    def __init__(self) -> None:
        self.base: QPixmap | None = None
        self.outdated = False
        self._painted_at = 0.0  # `time.monotonic()`
        self._backdrop: QPixmap | None = None  # what stays while values change
        self._compositor: MapCompositor | None = None

    def forget(self) -> None:
        """Everything lies elsewhere, or has other words and colours."""
        self.base = self._backdrop = self._compositor = None

    def forget_values(self) -> None:
        """The values or their colours are others."""
        self.outdated = True

    def set_order(self, plan: NetworkLayout) -> None:
        """Show the maps of the same places in another order."""
        if self._compositor is not None:
            self._compositor.set_order(plan)

    def painted(self, scene: PaintedNetwork, band: Rect, size: QSize, expected: float | None = None) -> QPixmap:
        """The backdrop with the current values on it, for a widget of this size.

        `expected`: since when newer values are on their way (`time.monotonic`); None: they are not. The last picture
        then stays for up to a tenth of a second: painting values that nobody will see would hold the newer ones up.
        """
        now = time.monotonic()
        waits = expected is not None and now - max(expected, self._painted_at) < LONGEST
        if self.base is None or self.base.devicePixelRatio() != scene.ratio or (self.outdated and not waits):
            pixels = QSize(round(size.width() * scene.ratio), round(size.height() * scene.ratio))
            self.base = self._with_values(scene, band, pixels)
            self.outdated, self._painted_at = False, now
        return self.base

    def _with_values(self, scene: PaintedNetwork, band: Rect, size: QSize) -> QPixmap:
        if self._backdrop is None or self._backdrop.size() != size or self._backdrop.devicePixelRatio() != scene.ratio:
            self._backdrop = _backdrop(scene, band, size)
        if self._compositor is None:
            self._compositor = MapCompositor(scene.layout, scene.camera, scene.view, size, scene.ratio)
        base = QPixmap(self._backdrop)
        painter = QPainter(base)
        if scene.layout.wide:  # here: which maps are shown may change with the values
            painter.save()
            painter.setClipRect(qrect(scene.view))
            paint_numbers(painter, scene)
            painter.restore()
        if not scene.pictures.empty:
            painter.drawImage(0, 0, self._compositor.compose(scene.pictures, scene.style.color("faint").rgba()))
            paint_values(painter, scene)
            paint_muted(painter, scene)
        if scene.layout.wide:
            painter.setClipRect(qrect(scene.view))
            paint_captions(painter, scene)
        painter.end()
        return base


def _backdrop(scene: PaintedNetwork, band: Rect, size: QSize) -> QPixmap:
    backdrop = QPixmap(size)
    backdrop.setDevicePixelRatio(scene.ratio)
    backdrop.fill(scene.style.color("surface"))
    painter = QPainter(backdrop)
    if scene.layout.wide:
        painter.setClipRect(qrect(scene.view))
        paint_wires(painter, scene)
        paint_more(painter, scene)
        paint_backdrop(painter, scene)
        painter.setClipping(False)
        paint_block_lines(painter, scene, band)
    else:
        paint_backdrop(painter, scene)
    paint_headers(painter, scene, band)
    painter.end()
    return backdrop
