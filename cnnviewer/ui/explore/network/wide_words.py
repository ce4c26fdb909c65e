"""Paints what a large network has beside its headers: lines of blocks, numbers of maps, how many are not shown."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPen

from cnnviewer.core.counting import counted
from cnnviewer.ui.explore.network.geometry import Rect
from cnnviewer.ui.explore.network.layout import NetworkLayout
from cnnviewer.ui.explore.network.painter import PaintedNetwork
from cnnviewer.ui.explore.network.qt_rects import qrect
from cnnviewer.ui.widgets.painted_text import draw_text

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


def paint_block_lines(painter: QPainter, scene: PaintedNetwork, band: Rect) -> None:
    """Over an unfolded block a line with its name, over a folded one that it can be unfolded; both are clicked."""
    style, tall = scene.style, scene.style.line
    painter.save()
    painter.setClipRect(qrect(band))
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
    for column in scene.columns:
        if column.block is None:
            continue
        seen = scene.camera.to_view(column.slot)
        text = scene.texts.unfold
        if style.small(text) + 12 > seen.w + 8:
            text = text[:1]  # the triangle alone: a tool tip says the rest
        room = Rect(seen.x, band.y + 2, seen.w, tall + 4)
        painter.setPen(QPen(style.color("accent", 0.5), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(qrect(room), 4, 4)
        painter.setPen(style.color("accent"))
        draw_text(painter, qrect(room), _CENTRE, text)
    painter.restore()


def paint_numbers(painter: QPainter, scene: PaintedNetwork) -> None:
    """Which map each tile is: below it, where it has the room."""
    style = scene.style
    painter.setPen(style.color("muted"))
    for column in scene.columns:
        tall = column.caption * scene.camera.scale
        if tall < style.line * 0.8:
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
    for column in scene.columns:
        if column.more is None:
            continue
        seen = scene.camera.to_view(column.more)
        hidden = column.layer.shape[0] - column.count
        forms = (scene.texts.more.format(n=hidden), f"+{hidden}", "+") if hidden else (scene.texts.fewer, "−")
        text = next((form for form in forms if style.small(form) <= seen.w), forms[-1])
        wide = style.small(text) + 16
        room = Rect(seen.centre[0] - wide / 2, seen.y, wide, max(seen.h, style.line))
        if room.intersects(scene.view) and scene.view.x <= room.x and room.right <= scene.view.right:
            painter.setPen(style.color("accent"))
            draw_text(painter, qrect(room), _CENTRE, text)
