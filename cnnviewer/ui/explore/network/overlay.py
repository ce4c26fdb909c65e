"""Paints what is lit: the hovered and the pinned cell, its sources and its receptive field; the rest dims."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen, QPixmap

from cnnviewer.core.inspection.records import Highlight, Region
from cnnviewer.ui.explore.network.geometry import Rect
from cnnviewer.ui.explore.network.layout import LayerColumn
from cnnviewer.ui.explore.network.painter import PaintedNetwork, paint_veiled_values
from cnnviewer.ui.explore.network.qt_rects import qrect, snapped
from cnnviewer.ui.explore.network.wire_captions import paint_captions_into
from cnnviewer.ui.explore.network.wire_painter import paint_wires_into

_DIM = 0.66
_MOST_LINES = 80
_MOST_FRAMES = 64


def paint_dimmed(painter: QPainter, scene: PaintedNetwork, base: QPixmap, lit: Highlight, strength: float) -> None:
    """Veil all but the cell's tile, what it reads and the lines between; layers further back are half veiled."""
    painter.save()
    painter.setClipRect(qrect(scene.view))
    veil = scene.style.color("surface", _DIM * strength)
    painter.fillRect(qrect(scene.view), veil)
    paint_veiled_values(painter, scene, veil)
    for column, region, read in _lit(scene, lit):
        near = column.layer.name == lit.cell.layer or read or column.layer.palette == "image"
        painter.setOpacity(1.0 if near else 0.55)
        rooms = list(_tiles(column, region))
        if column.preview is not None:
            rooms.append(column.preview)
        for room in rooms:
            seen = scene.camera.to_view(room)
            if seen.intersects(scene.view):
                target = snapped(seen.grown(1), scene.ratio)
                painter.drawPixmap(target, base, _device(target, scene.ratio))
    painter.setOpacity(1.0)
    own = scene.layout.column(lit.cell.layer)
    if scene.layout.wide and own is not None:
        paint_wires_into(painter, scene, scene.layout.columns.index(own))
        paint_captions_into(painter, scene, scene.layout.columns.index(own))
    painter.restore()


def _lit(scene: PaintedNetwork, lit: Highlight) -> Iterator[tuple[LayerColumn, Region, bool]]:
    """The columns with the part that is lit, and whether the cell reads that directly.

    Of a layer that it reads directly no more is lit, whatever else of it arrives along other branches; of the image
    both.
    """
    for name, region in lit.regions.items():
        column = scene.layout.column(name)
        if column is None:
            continue
        read = lit.reads.get(name)
        if read is None or (column.layer.palette == "image" and read != region):
            yield column, region, False
        if read is not None:
            yield column, read, True


def _device(rect: QRectF, ratio: float) -> QRectF:
    return QRectF(rect.x() * ratio, rect.y() * ratio, rect.width() * ratio, rect.height() * ratio)


def paint_highlight(
    painter: QPainter, scene: PaintedNetwork, lit: Highlight, pinned: bool, strength: float = 1.0
) -> None:
    """Frames and lines of a hovered (light) or pinned (strong) cell."""
    painter.save()
    painter.setClipRect(qrect(scene.view))
    _paint_frames(painter, scene, lit, pinned, strength)
    own = scene.layout.column(lit.cell.layer)
    if scene.layout.wide and own is not None:
        paint_captions_into(painter, scene, scene.layout.columns.index(own))
    painter.restore()


def _paint_frames(painter: QPainter, scene: PaintedNetwork, lit: Highlight, pinned: bool, strength: float) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    own = scene.layout.column(lit.cell.layer)
    if own is None:
        return
    colour = scene.style.color("highlight", strength)
    soft = scene.style.color("highlight", 0.55 * strength)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    anchor = _anchor(own, lit)
    for column, region, source in _lit(scene, lit):
        if column is own and lit.joined:
            continue
        painter.setPen(QPen(colour if source else soft, 1.6 if pinned and source else 1.1))
        for room in _frames(column, region, source):
            painter.drawRect(qrect(scene.camera.to_view(room)))
        if source and column.more is not None and _hides(column, region):
            painter.drawRect(qrect(scene.camera.to_view(column.more)))
        if source and lit.joined:
            _lines(painter, scene, (column, own), region, anchor, pinned, strength)
    width = 2.4 if pinned else 1.6
    if not lit.joined:  # the cell is one of the regions, and framed
        return
    if lit.cell.channel is not None:
        painter.setPen(QPen(colour, width))
        painter.drawRect(qrect(scene.camera.to_view(own.tile(lit.cell.channel)).grown(1)))
        if lit.cell.row is not None and lit.cell.col is not None:
            pixel = scene.camera.to_view(own.pixel(lit.cell.channel, lit.cell.row, lit.cell.col))
            grown = pixel.grown(max(0.5, (4.0 - pixel.w) / 2))
            painter.setPen(QPen(scene.style.color("surface", strength), width + 1.6))
            painter.drawRect(qrect(grown))
            painter.setPen(QPen(colour, width))
            painter.drawRect(qrect(grown))
    else:
        painter.setPen(QPen(colour, width))
        painter.drawRect(qrect(scene.camera.to_view(own.body).grown(3)))


def _anchor(own: LayerColumn, lit: Highlight) -> Rect:
    cell = lit.cell
    if cell.channel is None:
        return own.body
    if cell.row is not None and cell.col is not None:
        return own.pixel(cell.channel, cell.row, cell.col)
    return own.tile(cell.channel)


def _tiles(column: LayerColumn, region: Region) -> Iterator[Rect]:
    if region.channels is None:
        yield column.body  # all of a layer at once: it may have 512 maps
        return
    for channel in _shown(column, region):
        yield column.tile(channel)
    if column.more is not None and _hides(column, region):
        yield column.more


def _shown(column: LayerColumn, region: Region) -> Sequence[int]:
    """The channels of a region that have a tile: only these are joined to the cell by lines."""
    if region.channels is None:
        return column.shown
    shown = set(column.shown)
    return [channel for channel in region.channels if channel in shown]


def _hides(column: LayerColumn, region: Region) -> bool:
    """Whether some of the channels that a region names have no tile."""
    return region.channels is not None and len(_shown(column, region)) < len(region.channels)


def _frames(column: LayerColumn, region: Region, source: bool) -> Iterator[Rect]:
    """The parts to frame: of every map its region; whole maps only for sources (all of everything says nothing)."""
    if column.form != "maps":
        if source:
            yield from _tiles(column, region)
        return
    _, height, width = column.layer.shape
    few = column.count <= _MOST_FRAMES
    if not source and not few:
        return  # hundreds of frames on every layer of a large network say less than none
    whole = region.top <= 0 and region.left <= 0 and region.bottom >= height and region.right >= width
    if whole and not source and column.layer.palette != "image":
        return
    part = Region(None, 0, 0, height, width) if whole else region
    for channel in _shown(column, region):
        yield column.part(channel, part)
    if column.preview is not None:
        first = column.part(0, part)
        yield Rect(first.x, first.y + column.preview.y - column.body.y, first.w, first.h)


def _lines(
    painter: QPainter,
    scene: PaintedNetwork,
    ends: tuple[LayerColumn, LayerColumn],
    region: Region,
    anchor: Rect,
    pinned: bool,
    strength: float,
) -> None:
    """From the middle of every source to the cell; a ribbon where there are too many.

    In a large network they bend between two neighbouring columns alone, and so cross no number of a map; from further
    away a line over the columns leads to the cell.
    """
    column, own = ends
    columns = scene.layout.columns
    if scene.layout.wide and columns.index(own) - columns.index(column) != 1:
        return
    starts = [scene.camera.to_view(room) for room in _frames(column, region, True)]
    if column.preview is not None:
        starts = starts[:-1]
    end = scene.camera.to_view(anchor)
    path = QPainterPath()
    x, y = end.x, end.centre[1]
    if len(starts) > _MOST_LINES or column.form == "grid":
        body = scene.camera.to_view(column.body)
        path.moveTo(body.right, body.y)
        path.cubicTo((body.right + x) / 2, body.y, (body.right + x) / 2, y, x, y)
        path.cubicTo((body.right + x) / 2, y, (body.right + x) / 2, body.bottom, body.right, body.bottom)
        path.closeSubpath()
        painter.fillPath(path, scene.style.color("highlight", 0.22 * strength))
        return
    for start in starts:
        sx, sy, ex = start.right, start.centre[1], x
        path.moveTo(QPointF(sx, sy))
        if scene.layout.wide:
            sx, ex = scene.camera.to_view(column.body).right, scene.camera.to_view(own.body).x
            path.lineTo(sx, sy)
        path.cubicTo((sx + ex) / 2, sy, (sx + ex) / 2, y, ex, y)
        path.lineTo(x, y)
    opacity = (0.85 if pinned else 0.6) * min(1.0, 0.35 + 8 / max(1, len(starts)))
    painter.setPen(QPen(scene.style.color("highlight", opacity * strength), 1.2 if pinned else 1.0))
    painter.drawPath(path)
