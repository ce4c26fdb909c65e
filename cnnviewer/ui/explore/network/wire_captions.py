"""Paints what the lines of a large network carry and where to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter

from cnnviewer.ui.explore.network.geometry import Rect
from cnnviewer.ui.explore.network.labels import within
from cnnviewer.ui.explore.network.painter import PaintedNetwork
from cnnviewer.ui.explore.network.qt_rects import qrect
from cnnviewer.ui.explore.network.wire_places import SIGN, coming_down, going_up, in_sight, lane_count, lane_y
from cnnviewer.ui.explore.network.wires import Wire
from cnnviewer.ui.widgets.painted_text import draw_text

_CENTRE = Qt.AlignmentFlag.AlignCenter
_BELOW = 30.0  # of the plane: from the way past a shortcut's layers to what is said of it


def paint_captions(painter: QPainter, scene: PaintedNetwork) -> None:
    """What the lines carry: over the tiles, for zoomed in their lines lie above the view."""
    for wire in scene.layout.wires:
        if in_sight(scene, wire):
            _caption(painter, scene, wire)
    for target in range(scene.seen.start, scene.seen.stop):
        _caption_below(painter, scene, target)


def paint_captions_into(painter: QPainter, scene: PaintedNetwork, target: int) -> None:
    """What the lines into one column carry, once more: over other lines or a veil."""
    for wire in scene.layout.wires:
        if wire.target == target and not wire.shared and in_sight(scene, wire):
            _caption(painter, scene, wire)
    _caption_below(painter, scene, target)


def _caption(painter: QPainter, scene: PaintedNetwork, wire: Wire) -> None:
    """What a line carries and where to, in the middle of what is seen of it; at the view's top where it lies above."""
    style, columns = scene.style, scene.layout.columns
    # zoomed in its line may lie above the view: what it says stays, a line of text for each lane
    least = scene.view.y + 2 + (lane_count(scene) - 1 - wire.lane) * style.line
    y = lane_y(scene, wire) - style.line / 2
    above = y < least
    if wire.shared:
        ends = [scene.camera.to_view(columns[at].body).centre[0] for at in (*wire.sources, wire.target)]
        texts: tuple[str, ...] = (scene.texts.same_weights,)
        left, right = min(ends), max(ends)
    else:
        starts, down = [going_up(scene, source) for source in wire.sources], coming_down(scene, wire.target)
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


def _caption_below(painter: QPainter, scene: PaintedNetwork, target: int) -> None:
    """What a shortcut with layers of its own is added to, in the room below these."""
    columns, style = scene.layout.columns, scene.style
    first = target
    while first and columns[first - 1].raised:
        first -= 1
    if first == target or columns[target].raised or target - 1 not in scene.layout.reads[target]:
        return
    left = max(scene.view.x, scene.camera.to_view(columns[first].body).x) + 6
    right = min(scene.view.right, coming_down(scene, target) - SIGN) - 6
    forms = _sentences(scene, (target - 1,), target, {})[:1] + _sentences(
        scene, (target - 1,), target, scene.layout.block_names
    )
    text = next((form for form in forms if style.small(form) <= right - left), "")
    y = scene.camera.to_view(Rect(0.0, columns[target].level + _BELOW, 0.0, 0.0)).y
    room = Rect(left, y, right - left, style.line)
    if text and scene.view.y < room.y and room.bottom < scene.view.bottom:
        painter.setFont(style.small_font)
        painter.setPen(style.color("text"))
        draw_text(painter, qrect(room), _CENTRE, text)


def _carried(scene: PaintedNetwork, wire: Wire) -> tuple[str, ...]:
    """The sentence, and what is said where it has no room."""
    prefixes = scene.layout.block_names
    names = [column.layer.name for column in scene.layout.columns]
    around = (each for each in scene.layout.shortcuts.values() if names[wire.target] in each.along)
    shortcut = next(around, None)
    if shortcut is None:
        whole, short = _sentences(scene, wire.sources, wire.target, {})
        less, least = _sentences(scene, wire.sources, wire.target, prefixes)
        return whole, less, short, least
    way = (*(names[place] for place in wire.sources), *shortcut.along)
    shorter = [within(name, prefixes.get(name, "")) for name in (*way, shortcut.other)]
    return (
        scene.texts.around.format(way=" → ".join(way), other=shortcut.other),
        scene.texts.around.format(way=" → ".join(shorter[:-1]), other=shorter[-1]),
        f"{scene.texts.shortcut_alone} → {shorter[1]}",
        scene.texts.shortcut_alone,
    )


def _sentences(scene: PaintedNetwork, sources: Sequence[int], at: int, prefixes: Mapping[str, str]) -> tuple[str, str]:
    """What column `at` reads of these, as a sentence and in short, with names that leave out the blocks given."""
    columns = scene.layout.columns

    def said(place: int) -> str:
        column = columns[place]
        name = column.layer.name
        return column.block.name if column.block is not None else within(name, prefixes.get(name, ""))

    target, depths = columns[at], scene.layout.depths
    read = scene.layout.reads[at]
    if target.block is None and target.layer.kind == "add" and len(read) == 2:
        shortcut, other = sorted(read, key=lambda place: depths[place])
        if depths[shortcut] < depths[other]:  # it leads around the layers between
            text = scene.texts.shortcut if shortcut in sources else scene.texts.with_shortcut
            whole = text.format(source=said(shortcut), other=said(other))
        else:
            whole = scene.texts.added.format(source=said(read[0]), other=said(read[1]))
        return whole, f"{said(other)} + {said(shortcut)}"
    named = ", ".join(said(place) for place in sources)
    return f"{named}  →  {said(at)}", f"→ {said(at)}"
