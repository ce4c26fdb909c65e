"""Paints what stands over the columns: names, operations, shapes and parameters, legible at any zoom."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from cnnviewer.ui.network.geometry import Rect
from cnnviewer.ui.network.ink import Ink, qrect
from cnnviewer.ui.network.labels import header, wrapped
from cnnviewer.ui.network.layout import Column
from cnnviewer.ui.network.painter import Scene

_CENTRE = Qt.AlignmentFlag.AlignCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


def paint_headers(painter: QPainter, scene: Scene, band: Rect, current: str | None = None) -> None:
    """Every column's name, operation, shape and parameters over it, at a size that can be read at any zoom."""
    painter.save()
    painter.setClipRect(qrect(band))
    columns = scene.layout.columns
    for index, column in enumerate(columns):
        seen = scene.camera.to_view(column.slot)
        before = scene.camera.to_view(columns[index - 1].slot).right if index else seen.x - 40
        after = scene.camera.to_view(columns[index + 1].slot).x if index + 1 < len(columns) else seen.right + 40
        half = min(seen.w / 2 + min(seen.x - before, after - seen.right) / 2 - 1, band.w)
        if seen.x - 20 > band.right or seen.right + 20 < band.x:
            continue
        # a column wider than the view keeps its header where it is seen
        left, right = max(seen.x, band.x + 4), min(seen.right, band.right - 4)
        middle = (left + right) / 2 if right - left > 40 else seen.centre[0]
        _header(painter, scene, column, Rect(middle - half, band.y, 2 * half, band.h), column.layer.name == current)
    painter.restore()


def _header(painter: QPainter, scene: Scene, column: Column, room: Rect, current: bool) -> None:
    ink = scene.ink
    most = int((room.h - 4 - ink.name_line + ink.line) // ink.line)
    lines = header(column.layer, room.w, most, ink.measure)
    name_colour = ink.color("highlight" if current else "text")
    if not lines:
        _upright(painter, ink, column.layer.name, room, name_colour)
        return
    y = room.y + 3
    for text, role in lines:
        tall = ink.name_line if role == "name" else ink.line
        painter.setFont(ink.name_font if role == "name" else ink.small_font)
        painter.setPen(name_colour if role == "name" else ink.color("accent" if role == "parameters" else "muted"))
        painter.drawText(QRectF(room.x - 4, y, room.w + 8, tall), _CENTRE, text)
        y += tall


def _upright(painter: QPainter, ink: Ink, name: str, room: Rect, colour: QColor) -> None:
    """The name turned by a quarter, where the column is too narrow for it; nothing where even that is too wide."""
    if room.w < ink.line * 0.8:
        return
    painter.save()
    painter.setFont(ink.small_font)
    painter.setPen(colour)
    painter.translate(room.x + room.w / 2, room.bottom - 3)
    painter.rotate(-90)
    long = room.h - 4
    lines = wrapped(name, "name", long, lambda text, _role: ink.small(text))
    if not lines or len(lines) * ink.line > room.w:
        numbered = Qt.TextElideMode.ElideLeft if "." in name else Qt.TextElideMode.ElideRight
        lines = [QFontMetricsF(ink.small_font).elidedText(name, numbered, long)]
    painter.drawText(QRectF(0, -room.w, long, 2 * room.w), _LEFT, "\n".join(lines))
    painter.restore()
