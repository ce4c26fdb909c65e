"""Paints how values flow through a large network: arrows between columns, lines over them, signs where they meet."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from cnnviewer.ui.explore.network.geometry import Rect
from cnnviewer.ui.explore.network.labels import join_sign
from cnnviewer.ui.explore.network.painter import PaintedNetwork
from cnnviewer.ui.explore.network.qt_rects import qrect
from cnnviewer.ui.explore.network.wire_places import (
    SIGN,
    coming_down,
    going_up,
    in_sight,
    lane_y,
    level_of,
    sign_room,
)
from cnnviewer.ui.explore.network.wires import Wire
from cnnviewer.ui.widgets.painted_text import draw_text

_CENTRE = Qt.AlignmentFlag.AlignCenter
_CORNER = 7.0
_ARROW = 5.0


def paint_wires(painter: QPainter, scene: PaintedNetwork) -> None:
    """Everything between the tiles and above them."""
    painter.save()
    wires = [wire for wire in scene.layout.wires if in_sight(scene, wire)]
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    _blocks(painter, scene)
    for wire in sorted(wires, key=lambda each: -each.lane):
        _wire(painter, scene, wire)
    columns = scene.layout.columns
    stop = min(scene.seen.stop + 1, len(columns))
    while stop < len(columns) and columns[stop - 1].raised:
        stop += 1  # an arrow leads past the columns of a shortcut
    for target in range(max(1, scene.seen.start), stop):
        _step(painter, scene, target)
    painter.restore()


def paint_wires_into(painter: QPainter, scene: PaintedNetwork, target: int) -> None:
    """The arrow, the lines and the sign of what one column reads, once more: over a veil."""
    wires = [wire for wire in scene.layout.wires if wire.target == target and not wire.shared]
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for wire in wires:
        if in_sight(scene, wire):
            _wire(painter, scene, wire)
    if target > 0:
        _step(painter, scene, target)
    painter.restore()


def _blocks(painter: QPainter, scene: PaintedNetwork) -> None:
    """A ground below the columns of an unfolded block."""
    for bracket in scene.layout.brackets:
        first, last = (scene.layout.columns[at].slot for at in (bracket.first, bracket.last))
        room = scene.camera.to_view(Rect(first.x - 6, 0.0, last.right - first.x + 12, scene.layout.height))
        if room.intersects(scene.view):
            painter.fillRect(qrect(room), scene.style.color("accent", 0.05))


def _step(painter: QPainter, scene: PaintedNetwork, target: int) -> None:
    """The arrows from the columns next to it, and the sign where lines meet."""
    columns = scene.layout.columns
    own, y = scene.camera.to_view(columns[target].body), level_of(scene, target)
    left = min((*scene.layout.near[target], target - 1))
    if own.x < scene.view.x or scene.camera.to_view(columns[left].body).right > scene.view.right:
        return
    read = scene.layout.reads[target]
    for source in scene.layout.near[target]:
        _flow(painter, scene, source, target)
    if len(read) > 1:
        room = sign_room(scene, target)
        painter.setFont(scene.style.name_font)
        painter.setPen(QPen(scene.style.color("text"), 1.6))
        painter.setBrush(scene.style.color("raised"))
        if room is not None:
            painter.drawRoundedRect(qrect(room), SIGN, SIGN)
            draw_text(painter, qrect(room), _CENTRE, join_sign(columns[target].layer.kind))
        else:
            painter.setBrush(scene.style.color("text"))
            painter.drawEllipse(QPointF(coming_down(scene, target), y), 3.0, 3.0)
        painter.setBrush(Qt.BrushStyle.NoBrush)


def _flow(painter: QPainter, scene: PaintedNetwork, source: int, target: int) -> None:
    """An arrow along the columns; between the shortcut's and the others it turns, onto a sign from above."""
    start = scene.camera.to_view(scene.layout.columns[source].body).right + 4
    end = scene.camera.to_view(scene.layout.columns[target].body).x - 4
    above, y = level_of(scene, source), level_of(scene, target)
    colour = scene.style.color("muted")
    if above == y:
        painter.setPen(QPen(colour, 1.6))
        _arrow(painter, start, end, y, colour)
        return
    joined = len(scene.layout.reads[target]) > 1
    x = coming_down(scene, target) if joined else going_up(scene, source)
    colour = scene.style.color("text", 0.62)
    painter.setPen(QPen(colour, 1.8))
    if joined:
        painter.drawPath(_rounded([QPointF(start, above), QPointF(x, above), QPointF(x, y - SIGN)]))
    else:
        painter.drawPath(_rounded([QPointF(start, above), QPointF(x, above), QPointF(x, y), QPointF(end - 2, y)]))
        _arrow(painter, x + _CORNER, end, y, colour)


def _arrow(painter: QPainter, start: float, end: float, y: float, colour: QColor) -> None:
    if end - start < 2 * _ARROW:
        return
    painter.drawLine(QPointF(start, y), QPointF(end - 1, y))
    head = QPainterPath(QPointF(end, y))
    head.lineTo(end - _ARROW - 1, y - _ARROW + 1)
    head.lineTo(end - _ARROW - 1, y + _ARROW - 1)
    head.closeSubpath()
    painter.fillPath(head, colour)


def _wire(painter: QPainter, scene: PaintedNetwork, wire: Wire) -> None:
    y = lane_y(scene, wire)
    level = level_of(scene, wire.target)
    if wire.shared:
        columns = scene.layout.columns
        tops = [scene.camera.to_view(columns[at].body) for at in (*wire.sources, wire.target)]
        points = [QPointF(tops[0].centre[0], tops[0].y - 2), QPointF(tops[0].centre[0], y)]
        points += [QPointF(tops[-1].centre[0], y), QPointF(tops[-1].centre[0], tops[-1].y - 2)]
        paths = [_rounded(points)]
    else:
        down = coming_down(scene, wire.target)
        joined = len(scene.layout.reads[wire.target]) > 1
        end = level - SIGN if joined else level
        paths = []
        for source in wire.sources:
            up, begin = going_up(scene, source), level_of(scene, source)
            paths.append(_rounded([QPointF(up, begin), QPointF(up, y), QPointF(down, y), QPointF(down, end)]))
    colour = scene.style.color("accent" if wire.shared else "text", 0.8 if wire.shared else 0.62)
    for path in paths:
        if not path.boundingRect().adjusted(-2, -2, 2, 2).intersects(qrect(scene.view)):
            continue
        painter.setPen(QPen(scene.style.color("surface"), 5.0))  # a line that is crossed passes below
        painter.drawPath(path)
        painter.setPen(QPen(colour, 1.8, Qt.PenStyle.DashLine if wire.shared else Qt.PenStyle.SolidLine))
        painter.drawPath(path)
    if not wire.shared:
        for source in wire.sources:
            edge = scene.camera.to_view(scene.layout.columns[source].body).right + 4
            begin = level_of(scene, source)
            painter.setPen(QPen(colour, 1.6))
            painter.drawLine(QPointF(edge, begin), QPointF(going_up(scene, source), begin))
            painter.setBrush(scene.style.color("text", 0.8))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawEllipse(QPointF(going_up(scene, source), begin), 3.0, 3.0)
            painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour, 1.8))
        if not joined:
            _arrow(painter, down, scene.camera.to_view(scene.layout.columns[wire.target].body).x - 4, level, colour)


def _rounded(points: Sequence[QPointF]) -> QPainterPath:
    path = QPainterPath(points[0])
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        for towards, joining in ((before, False), (after, True)):
            dx, dy = towards.x() - corner.x(), towards.y() - corner.y()
            long = max(abs(dx), abs(dy), 1e-6)
            part = min(_CORNER, long / 2) / long
            near = QPointF(corner.x() + dx * part, corner.y() + dy * part)
            if joining:
                path.quadTo(corner, near)
            else:
                path.lineTo(near)
    path.lineTo(points[-1])
    return path
