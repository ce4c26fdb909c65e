"""Paints what stands over the columns of a large network: blocks, names, kinds, sizes, and what is joined."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPen

from cnnviewer.core.counting import counted
from cnnviewer.ui.explore.network.geometry import Rect
from cnnviewer.ui.explore.network.labels import wide_header
from cnnviewer.ui.explore.network.layout import NetworkLayout
from cnnviewer.ui.explore.network.painter import PaintedNetwork
from cnnviewer.ui.explore.network.qt_rects import qrect
from cnnviewer.ui.widgets.painted_text import draw_text
from cnnviewer.ui.widgets.plain_text import elided

_CENTRE = Qt.AlignmentFlag.AlignCenter
LINES = 5
"""Lines of the band: the block, and four of a column."""


def block_at(plan: NetworkLayout, x: float) -> str | None:
    """The block, folded or not, that lies at `x` of the plane."""
    for bracket in plan.brackets:
        if plan.columns[bracket.first].slot.x <= x < plan.columns[bracket.last].slot.right:
            return bracket.block.name
    for column in plan.columns:
        if column.block is not None and column.slot.x - 8 <= x < column.slot.right + 8:
            return column.block.name
    return None


def paint_wide_headers(painter: QPainter, scene: PaintedNetwork, band: Rect, marked: str | None = None) -> None:
    """Every header in sight; the name of the layer `marked` stands out, and its header alone is painted then."""
    painter.save()
    painter.setClipRect(qrect(band))
    if marked is None:
        _brackets(painter, scene, band)
    prefixes = scene.layout.block_names
    for place, column in enumerate(scene.layout.columns):
        if marked is not None and column is not scene.layout.holder(marked):
            continue
        room = _room(scene, band, place)
        if room is None:
            continue
        lines = wide_header(
            column.layer,
            column.block,
            prefixes.get(column.layer.name, ""),
            scene.style.measure,
            room.w,
            scene.texts,
            scene.layout.narrow,
        )
        y = room.y + scene.style.line + 7
        for text, role in lines:
            name = role == "name"
            tall = scene.style.name_line if name else scene.style.line
            painter.setFont(scene.style.name_font if name else scene.style.small_font)
            token = "text" if name or (role == "note" and column.block is None) else "muted"
            painter.setPen(scene.style.color("highlight_text" if name and marked else token))
            shown = elided(painter.fontMetrics(), text, int(room.w + 2)) if role == "note" else text
            if marked is None or name:
                if marked:
                    painter.fillRect(qrect(Rect(room.x, y, room.w, tall)), scene.style.color("surface"))
                draw_text(painter, qrect(Rect(room.x - 20, y, room.w + 40, tall)), _CENTRE, shown)
            y += tall
    painter.restore()


def _room(scene: PaintedNetwork, band: Rect, place: int) -> Rect | None:
    """Where the header of that column stands; None out of sight."""
    columns = scene.layout.columns
    seen = scene.camera.to_view(columns[place].slot)
    if seen.x - 40 > band.right or seen.right + 40 < band.x:
        return None
    before = scene.camera.to_view(columns[place - 1].slot).right if place else seen.x - 40
    after = scene.camera.to_view(columns[place + 1].slot).x if place + 1 < len(columns) else seen.right + 40
    half = seen.w / 2 + min(seen.x - before, after - seen.right) / 2 - 2
    middle = seen.centre[0]
    if seen.w > 0.5 * band.w:  # a column about as wide as the view keeps its header where it is seen
        half, middle = 100.0, (max(seen.x, band.x) + min(seen.right, band.right)) / 2
    return Rect(middle - half, band.y, 2 * half, band.h)


def _brackets(painter: QPainter, scene: PaintedNetwork, band: Rect) -> None:
    """Over an unfolded block a line with its name, over a folded one that it can be unfolded; both are clicked."""
    style, tall = scene.style, scene.style.line
    painter.setFont(style.small_font)
    for bracket in scene.layout.brackets:
        first, last = (scene.layout.columns[at].slot for at in (bracket.first, bracket.last))
        a = scene.camera.to_view(first).x
        b = scene.camera.to_view(last).right
        left, right = max(a, band.x + 4), min(b, band.right - 4)
        if right - left < 12:
            continue
        painter.fillRect(qrect(Rect(left, band.y + 2, right - left, tall + 4)), style.color("accent", 0.10))
        painter.setPen(style.color("accent"))
        text = scene.texts.fold.format(block=bracket.block.name)
        more = f"{text}  ·  {counted(scene.texts.parameters, count=f'{bracket.block.parameters:,}')}"
        text = more if style.small(more) < right - left - 8 else text
        if style.small(text) < right - left - 4:
            draw_text(painter, qrect(Rect(left, band.y + 2, right - left, tall + 4)), _CENTRE, text)
    for column in scene.layout.columns:
        if column.block is None:
            continue
        seen = scene.camera.to_view(column.slot)
        wide = max(seen.w, style.small(scene.texts.unfold) + 12)
        room = Rect(seen.centre[0] - wide / 2, band.y + 2, wide, tall + 4)
        painter.setPen(QPen(style.color("accent", 0.5), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(qrect(room), 4, 4)
        painter.setPen(style.color("accent"))
        draw_text(painter, qrect(room), _CENTRE, scene.texts.unfold)


def paint_numbers(painter: QPainter, scene: PaintedNetwork) -> None:
    """Which map each tile is: below it, where it has the room."""
    style = scene.style
    painter.setPen(style.color("muted"))
    for column in scene.layout.columns:
        tall = column.caption * scene.camera.scale
        if tall < style.line * 0.8 or not scene.camera.to_view(column.slot).intersects(scene.view):
            continue
        for channel in column.shown:
            tile = scene.camera.to_view(column.tile(channel))
            below = Rect(tile.x, tile.bottom, tile.w, tall)
            if below.intersects(scene.view):
                style.smalls.paint(painter, qrect(below), str(channel), Qt.AlignmentFlag.AlignHCenter)


def paint_more(painter: QPainter, scene: PaintedNetwork) -> None:
    """Below a column how many maps are not shown, or that all are: a click shows all of them, or the first again."""
    style = scene.style
    painter.setFont(style.small_font)
    for column in scene.layout.columns:
        if column.more is None:
            continue
        seen = scene.camera.to_view(column.more)
        hidden = column.layer.shape[0] - column.count
        text = scene.texts.more.format(n=hidden) if hidden else scene.texts.fewer
        if style.small(text) > seen.w + 8:
            text = f"+{hidden}" if hidden else text
        wide = style.small(text) + 16
        room = Rect(seen.centre[0] - wide / 2, seen.y, wide, max(seen.h, style.line))
        if room.intersects(scene.view):
            painter.setPen(style.color("accent"))
            draw_text(painter, qrect(room), _CENTRE, text)
