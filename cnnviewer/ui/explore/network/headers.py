"""Paints what stands over the columns: names, operations, shapes and parameters, legible at any zoom."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from cnnviewer.ui.explore.network.geometry import Rect
from cnnviewer.ui.explore.network.labels import Measure, header, wrapped
from cnnviewer.ui.explore.network.layout import LayerColumn
from cnnviewer.ui.explore.network.painter import PaintedNetwork
from cnnviewer.ui.explore.network.qt_rects import qrect, snapped
from cnnviewer.ui.widgets.paint_style import PaintStyle
from cnnviewer.ui.widgets.painted_text import draw_text
from cnnviewer.ui.widgets.plain_text import elided

_AT_EDGE = 8.0  # pixels by which a header moves to be whole
_LOW = 3  # lines; a band below it holds names alone
_TALLEST = 11.0  # lines: the length of a name that stands upright; a longer one is broken
_CENTRE = Qt.AlignmentFlag.AlignCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


def paint_headers(painter: QPainter, scene: PaintedNetwork, band: Rect) -> None:
    """Every column's name, operation, shape and parameters over it, at a size that can be read at any zoom."""
    painter.save()
    painter.setClipRect(qrect(band))
    kind_rooms = _kind_rooms(scene, band)
    for index, column in enumerate(scene.layout.columns):
        room = _room(scene, band, index)
        if room is not None:
            _header(painter, scene, column, room, "text", kind_rooms)
    painter.restore()


def paint_current_header(painter: QPainter, scene: PaintedNetwork, band: Rect, name: str) -> None:
    """The header of the pinned layer once more, its name standing out."""
    index = next((index for index, column in enumerate(scene.layout.columns) if column.layer.name == name), None)
    room = None if index is None else _room(scene, band, index)
    if index is None or room is None:
        return
    painter.save()
    painter.setClipRect(qrect(band))
    needed = scene.style.measure(name, "name") + 8
    if room.h < _LOW * scene.style.line and needed > room.w:  # there is but one line: it stands over its neighbours
        left = min(max(band.x, room.centre[0] - needed / 2), max(band.x, band.right - needed))
        room = Rect(left, room.y, needed, room.h)
    painter.fillRect(snapped(room, scene.ratio), scene.style.color("surface"))
    _header(painter, scene, scene.layout.columns[index], room, "highlight_text", _kind_rooms(scene, band))
    painter.restore()


def _room(scene: PaintedNetwork, band: Rect, index: int) -> Rect | None:
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
    beyond = min(max(band.x + 1 - (middle - half), 0.0), _AT_EDGE)  # of a header at the edge of the band
    return Rect(middle - half + beyond, band.y, 2 * half, band.h)


def _kind_rooms(scene: PaintedNetwork, band: Rect) -> dict[str, float]:
    """By operation the least room of the columns whose names stand over them."""
    rooms: dict[str, float] = {}
    for index, column in enumerate(scene.layout.columns):
        room, layer = _room(scene, band, index), column.layer
        if room is not None and scene.style.measure(layer.name, "name") <= room.w:
            rooms[layer.operation] = min(room.w, rooms.get(layer.operation, room.w))
    return rooms


def _header(
    painter: QPainter,
    scene: PaintedNetwork,
    column: LayerColumn,
    room: Rect,
    name_token: str,
    kind_rooms: dict[str, float],
) -> None:
    style = scene.style
    most = int((room.h - 4 - style.name_line + style.line) // style.line)
    lines = header(column.layer, room.w, most, style.measure, kind_rooms.get(column.layer.operation))
    name_colour = style.color(name_token)
    if not lines and most > 1:
        _upright(painter, style, column.layer.name, room, name_colour)
    if not lines:
        return
    y = room.y + 3
    for text, role in lines:
        tall = style.name_line if role == "name" else style.line
        painter.setFont(style.name_font if role == "name" else style.small_font)
        painter.setPen(name_colour if role == "name" else style.color("muted"))
        draw_text(painter, QRectF(room.x - 4, y, room.w + 8, tall), _CENTRE, text)
        y += tall


def upright_height(scene: PaintedNetwork, band: Rect) -> float:
    """How high the band must be for every name that stands upright to be whole; 0 where none does."""
    style, needed = scene.style, 0.0
    tallest = _TALLEST * style.line
    for index, column in enumerate(scene.layout.columns):
        room, name = _room(scene, band, index), column.layer.name
        if room is None or style.measure(name, "name") <= room.w or room.w < style.line * 0.8:
            continue
        broken = style.small(name) > tallest and room.w >= 2 * style.line
        lines = (wrapped(name, "name", style.small(name) * 0.6, _small(style)) if broken else []) or [name]
        needed = max(needed, *(style.small(line) for line in lines))
    return min(needed, tallest) + 12.0 if needed else 0.0


def _small(style: PaintStyle) -> Measure:
    return lambda text, _role: style.small(text)


def _upright(painter: QPainter, style: PaintStyle, name: str, room: Rect, colour: QColor) -> None:
    """The name turned by a quarter, where the column is too narrow for it; nothing where even that is too wide."""
    if room.w < style.line * 0.8:
        return
    painter.save()
    painter.setFont(style.small_font)
    painter.setPen(colour)
    painter.translate(room.x + room.w / 2, room.bottom - 3)
    painter.rotate(-90)
    long = room.h - 4
    lines = wrapped(name, "name", long, _small(style))
    if not lines or len(lines) * style.line > room.w:
        numbered = Qt.TextElideMode.ElideLeft if "." in name else Qt.TextElideMode.ElideRight
        lines = [elided(QFontMetricsF(style.small_font), name, long, numbered)]
    draw_text(painter, QRectF(0, -room.w, long, 2 * room.w), _LEFT, "\n".join(lines))
    painter.restore()
