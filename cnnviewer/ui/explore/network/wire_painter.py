"""Paints how values flow through a large network: arrows between columns, lines over them, signs where they meet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from cnnviewer.ui.explore.network.geometry import Rect
from cnnviewer.ui.explore.network.labels import join_sign, within
from cnnviewer.ui.explore.network.painter import PaintedNetwork
from cnnviewer.ui.explore.network.qt_rects import qrect
from cnnviewer.ui.explore.network.wires import Wire
from cnnviewer.ui.widgets.painted_text import draw_text

_CENTRE = Qt.AlignmentFlag.AlignCenter
_LEAVES, _ARRIVES = 9.0, 36.0  # of the plane: how far behind its source a line turns up, how far before its target down
_SIGN = 11.0  # pixels: half the size of the sign where lines meet
_CORNER = 7.0
_ARROW = 5.0


def paint_wires(painter: QPainter, scene: PaintedNetwork) -> None:
    """Everything between the tiles and above them."""
    painter.save()
    wires = [wire for wire in scene.layout.wires if _in_sight(scene, wire)]
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    _blocks(painter, scene)
    for wire in sorted(wires, key=lambda each: -each.lane):
        _wire(painter, scene, wire)
    for target in range(max(1, scene.seen.start), min(scene.seen.stop + 1, len(scene.layout.columns))):
        _step(painter, scene, target)
    painter.restore()


def paint_captions(painter: QPainter, scene: PaintedNetwork) -> None:
    """What the lines carry: over the tiles, for zoomed in their lines lie above the view."""
    for wire in scene.layout.wires:
        if _in_sight(scene, wire):
            _caption(painter, scene, wire)


def paint_wires_into(painter: QPainter, scene: PaintedNetwork, target: int) -> None:
    """The arrow, the lines and the sign of what one column reads, once more: over a veil."""
    wires = [wire for wire in scene.layout.wires if wire.target == target and not wire.shared]
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for wire in wires:
        if _in_sight(scene, wire):
            _wire(painter, scene, wire)
    if target > 0:
        _step(painter, scene, target)
    for wire in wires:
        _caption(painter, scene, wire)
    painter.restore()


def paint_captions_into(painter: QPainter, scene: PaintedNetwork, target: int) -> None:
    """What the lines into one column carry, once more: over other lines."""
    for wire in scene.layout.wires:
        if wire.target == target and not wire.shared and _in_sight(scene, wire):
            _caption(painter, scene, wire)


def sign_room(scene: PaintedNetwork, target: int) -> Rect | None:
    """Where the sign of an operation stands, before the column that joins several; None where there is none."""
    column = scene.layout.columns[target]
    if target == 0 or column.block is not None or len(scene.layout.reads[target]) < 2:
        return None
    sign = join_sign(column.layer.kind)
    if not sign:
        return None
    half = _SIGN if len(sign) < 2 else max(_SIGN, scene.style.measure(sign, "name") / 2 + 4)
    y = scene.camera.to_view(Rect(0.0, scene.layout.middle, 0.0, 0.0)).y
    return Rect(_down(scene, target) - half, y - _SIGN, 2 * half, 2 * _SIGN)


def _in_sight(scene: PaintedNetwork, wire: Wire) -> bool:
    first, last = scene.layout.columns[wire.first].slot, scene.layout.columns[wire.last].slot
    return scene.camera.to_view(Rect(first.x, 0.0, last.right - first.x, scene.layout.height)).intersects(scene.view)


def _blocks(painter: QPainter, scene: PaintedNetwork) -> None:
    """A ground below the columns of an unfolded block."""
    for bracket in scene.layout.brackets:
        first, last = (scene.layout.columns[at].slot for at in (bracket.first, bracket.last))
        room = scene.camera.to_view(Rect(first.x - 6, 0.0, last.right - first.x + 12, scene.layout.height))
        if room.intersects(scene.view):
            painter.fillRect(qrect(room), scene.style.color("accent", 0.05))


def _step(painter: QPainter, scene: PaintedNetwork, target: int) -> None:
    """The arrow from the column before, and the sign where other lines meet it."""
    columns = scene.layout.columns
    own, before = scene.camera.to_view(columns[target].body), scene.camera.to_view(columns[target - 1].body)
    if own.x < scene.view.x or before.right > scene.view.right:
        return
    read = scene.layout.reads[target]
    y = scene.camera.to_view(Rect(0.0, scene.layout.middle, 0.0, 0.0)).y
    colour = scene.style.color("muted")
    painter.setPen(QPen(colour, 1.6))
    if target - 1 in read:
        _arrow(painter, before.right + 4, own.x - 4, y, colour)
    if len(read) > 1:
        room = sign_room(scene, target)
        painter.setFont(scene.style.name_font)
        painter.setPen(QPen(scene.style.color("text"), 1.6))
        painter.setBrush(scene.style.color("raised"))
        if room is not None:
            painter.drawRoundedRect(qrect(room), _SIGN, _SIGN)
            draw_text(painter, qrect(room), _CENTRE, join_sign(columns[target].layer.kind))
        else:
            painter.setBrush(scene.style.color("text"))
            painter.drawEllipse(QPointF(_down(scene, target), y), 3.0, 3.0)
        painter.setBrush(Qt.BrushStyle.NoBrush)


def _arrow(painter: QPainter, start: float, end: float, y: float, colour: QColor) -> None:
    if end - start < 2 * _ARROW:
        return
    painter.drawLine(QPointF(start, y), QPointF(end - 1, y))
    head = QPainterPath(QPointF(end, y))
    head.lineTo(end - _ARROW - 1, y - _ARROW + 1)
    head.lineTo(end - _ARROW - 1, y + _ARROW - 1)
    head.closeSubpath()
    painter.fillPath(head, colour)


def _down(scene: PaintedNetwork, target: int) -> float:
    """Where a line comes down before a column, in the view."""
    body = scene.layout.columns[target].body
    room = body.x - (scene.layout.columns[target - 1].body.right if target else 0.0)
    x = body.x - min(_ARRIVES, room * 0.6)
    return scene.camera.to_view(Rect(x, 0.0, 0.0, 0.0)).x


def _up(scene: PaintedNetwork, source: int) -> float:
    """Where a line goes up behind a column, in the view."""
    body = scene.layout.columns[source].body
    return scene.camera.to_view(Rect(body.right + _LEAVES, 0.0, 0.0, 0.0)).x


def _lanes(scene: PaintedNetwork) -> int:
    return max(each.lane for each in scene.layout.wires) + 1


def _height(scene: PaintedNetwork, wire: Wire) -> float:
    y = (_lanes(scene) - wire.lane - 0.35) * scene.layout.lane_height
    return scene.camera.to_view(Rect(0.0, y, 0.0, 0.0)).y


def _wire(painter: QPainter, scene: PaintedNetwork, wire: Wire) -> None:
    y = _height(scene, wire)
    middle = scene.camera.to_view(Rect(0.0, scene.layout.middle, 0.0, 0.0)).y
    if wire.shared:
        columns = scene.layout.columns
        tops = [scene.camera.to_view(columns[at].body) for at in (*wire.sources, wire.target)]
        points = [QPointF(tops[0].centre[0], tops[0].y - 2), QPointF(tops[0].centre[0], y)]
        points += [QPointF(tops[-1].centre[0], y), QPointF(tops[-1].centre[0], tops[-1].y - 2)]
        paths = [_rounded(points)]
    else:
        down = _down(scene, wire.target)
        joined = len(scene.layout.reads[wire.target]) > 1
        end = middle - _SIGN if joined else middle
        paths = []
        for source in wire.sources:
            up = _up(scene, source)
            paths.append(_rounded([QPointF(up, middle), QPointF(up, y), QPointF(down, y), QPointF(down, end)]))
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
            painter.setPen(QPen(colour, 1.6))
            painter.drawLine(QPointF(edge, middle), QPointF(_up(scene, source), middle))
            painter.setBrush(scene.style.color("text", 0.8))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawEllipse(QPointF(_up(scene, source), middle), 3.0, 3.0)
            painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour, 1.8))
        if not joined:
            _arrow(painter, down, scene.camera.to_view(scene.layout.columns[wire.target].body).x - 4, middle, colour)


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


def _caption(painter: QPainter, scene: PaintedNetwork, wire: Wire) -> None:
    """What a line carries and where to, in the middle of what is seen of it; at the view's top where it lies above."""
    style, columns = scene.style, scene.layout.columns
    # zoomed in its line may lie above the view: what it says stays, a line of text for each lane
    least = scene.view.y + 2 + (_lanes(scene) - 1 - wire.lane) * style.line
    y = _height(scene, wire) - style.line / 2
    above = y < least
    if wire.shared:
        ends = [scene.camera.to_view(columns[at].body).centre[0] for at in (*wire.sources, wire.target)]
        texts: tuple[str, ...] = (scene.texts.same_weights,)
        left, right = min(ends), max(ends)
    else:
        starts, down = [_up(scene, source) for source in wire.sources], _down(scene, wire.target)
        end = scene.camera.to_view(columns[wire.target].body).right if above else down
        left, right = min(*starts, down), max(*starts, end)
        texts = _carried(scene, wire)
    left, right = max(left, scene.view.x) + 12, min(right, scene.view.right) - 12
    text = next((text for text in texts if style.small(text) + 10 <= right - left), "")
    wide = style.small(text) + 10
    room = Rect((left + right - wide) / 2, max(y, least), wide, style.line)
    if text and room.intersects(scene.view):
        painter.setFont(style.small_font)
        painter.fillRect(qrect(room), style.color("surface"))
        painter.setPen(style.color("accent" if wire.shared else "text"))
        draw_text(painter, qrect(room), _CENTRE, text)


def _carried(scene: PaintedNetwork, wire: Wire) -> tuple[str, ...]:
    """The sentence, and what is said where it has no room."""
    (whole, short), (less, least) = (_sentences(scene, wire, prefixes) for prefixes in ({}, scene.layout.block_names))
    return whole, less, short, least


def _sentences(scene: PaintedNetwork, wire: Wire, prefixes: Mapping[str, str]) -> tuple[str, str]:
    """The sentence and its short form, with names that leave out the blocks given."""
    columns = scene.layout.columns

    def said(place: int) -> str:
        column = columns[place]
        name = column.layer.name
        return column.block.name if column.block is not None else within(name, prefixes.get(name, ""))

    target, depths = columns[wire.target], scene.layout.depths
    read = scene.layout.reads[wire.target]
    if target.block is None and target.layer.kind == "add" and len(read) == 2:
        shortcut, other = sorted(read, key=lambda place: depths[place])
        if depths[shortcut] < depths[other]:  # it leads around the layers between
            text = scene.texts.shortcut if shortcut in wire.sources else scene.texts.with_shortcut
            whole = text.format(source=said(shortcut), other=said(other))
        else:
            whole = scene.texts.added.format(source=said(read[0]), other=said(read[1]))
        return whole, f"{said(other)} + {said(shortcut)}"
    sources = ", ".join(said(place) for place in wire.sources)
    return f"{sources}  →  {said(wire.target)}", f"→ {said(wire.target)}"
