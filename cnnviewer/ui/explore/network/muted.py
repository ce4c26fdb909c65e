"""Paints the sign of a muted channel over its map, its cell or its bar, on the screen and in files."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from cnnviewer.ui.explore.network.painter import PaintedNetwork
from cnnviewer.ui.explore.network.qt_rects import qrect, snapped
from cnnviewer.ui.widgets.muted_sign import paint_muted_sign

_LARGEST, _SMALLEST = 26.0, 7.0  # pixels of the sign; in smaller tiles a thick edge stands for it
_PART = 0.62  # of the tile
_VEIL = 0.5


def paint_muted(painter: QPainter, scene: PaintedNetwork) -> None:
    """Every muted channel that is in sight."""
    if not scene.pictures.muted:
        return
    colours = scene.style.color("highlight_text"), scene.style.color("surface")
    painter.save()
    painter.setClipRect(qrect(scene.view))
    for name, channels in scene.pictures.muted.items():
        column = scene.layout.column(name)
        if column is None:
            continue
        for channel in channels:
            seen = scene.camera.to_view(column.tile(channel))
            if column.place_of(channel) is not None and seen.intersects(scene.view):
                paint_muted_tile(painter, snapped(seen, scene.ratio), *colours)
    painter.restore()


def paint_muted_tile(painter: QPainter, tile: QRectF, colour: QColor, ground: QColor) -> None:
    """A veil, a dashed edge and the sign: none of it is colour alone."""
    veil = QColor(ground)
    veil.setAlphaF(_VEIL)
    size = min(_LARGEST, _PART * min(tile.width(), tile.height()))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.fillRect(tile, veil)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if size < _SMALLEST:
        painter.setPen(QPen(colour, 2))
        painter.drawLine(tile.topLeft(), tile.bottomRight())
        painter.drawRect(tile)
    else:
        painter.setPen(QPen(colour, 1, Qt.PenStyle.DashLine))
        painter.drawRect(tile.adjusted(0.5, 0.5, -0.5, -0.5))
        sign = QRectF(0, 0, size, size)
        sign.moveCenter(tile.center())
        paint_muted_sign(painter, sign, colour, ground)
    painter.restore()
