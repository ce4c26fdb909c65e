"""Paints what stands over the columns: names, operations, shapes and parameters, legible at any zoom."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from cnnviewer.ui.network.geometry import Rect
from cnnviewer.ui.network.ink import Ink, qrect, snapped
from cnnviewer.ui.network.labels import header, wrapped
from cnnviewer.ui.network.layout import Column
from cnnviewer.ui.network.painter import Scene

_CENTRE = Qt.AlignmentFlag.AlignCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


def paint_headers(painter: QPainter, scene: Scene, band: Rect) -> None:
    """Every column's name, operation, shape and parameters over it, at a size that can be read at any zoom."""
    painter.save()
    painter.setClipRect(qrect(band))
    for index, column in enumerate(scene.layout.columns):
        room = _room(scene, band, index)
        if room is not None:
            _header(painter, scene, column, room, "text")
    painter.restore()


def paint_current_header(painter: QPainter, scene: Scene, band: Rect, name: str) -> None:
    """The header of the pinned layer once more, its name standing out."""
    index = next((index for index, column in enumerate(scene.layout.columns) if column.layer.name == name), None)
    room = None if index is None else _room(scene, band, index)
    if index is None or room is None:
        return
    painter.save()
    painter.setClipRect(qrect(band))
    painter.fillRect(snapped(room, scene.ratio), scene.ink.color("surface"))
    _header(painter, scene, scene.layout.columns[index], room, "highlight")
    painter.restore()


def _room(scene: Scene, band: Rect, index: int) -> Rect | None:
    """Where the header of that column stands; None out of sight."""
    columns = scene.layout.columns
    seen = scene.camera.to_view(columns[index].slot)
    if seen.x - 20 > band.right or seen.right + 20 < band.x:
        return None
    before = scene.camera.to_view(columns[index - 1].slot).right if index else seen.x - 40
    after = scene.camera.to_view(columns[index + 1].slot).x if index + 1 < len(columns) else seen.right + 40
    half = min(seen.w / 2 + min(seen.x - before, after - seen.right) / 2 - 1, band.w)
    # a column wider than the view keeps its header where it is seen
    left, right = max(seen.x, band.x + 4), min(seen.right, band.right - 4)
    middle = (left + right) / 2 if right - left > 40 else seen.centre[0]
    return Rect(middle - half, band.y, 2 * half, band.h)


def _header(painter: QPainter, scene: Scene, column: Column, room: Rect, name_token: str) -> None:
    ink = scene.ink
    most = int((room.h - 4 - ink.name_line + ink.line) // ink.line)
    lines = header(column.layer, room.w, most, ink.measure)
    name_colour = ink.color(name_token)
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
