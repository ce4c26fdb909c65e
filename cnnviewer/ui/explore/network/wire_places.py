"""Where the lines of a large network run in the view: up behind a column, along a lane, down before another."""

from __future__ import annotations

from typing import Final

from cnnviewer.ui.explore.network.geometry import Rect
from cnnviewer.ui.explore.network.labels import join_sign
from cnnviewer.ui.explore.network.painter import PaintedNetwork
from cnnviewer.ui.explore.network.wires import Wire

_LEAVES, _ARRIVES = 9.0, 36.0  # of the plane: how far behind its source a line turns up, how far before its target down
SIGN: Final = 11.0
"""Pixels: half the size of the sign where lines meet."""


def sign_room(scene: PaintedNetwork, target: int) -> Rect | None:
    """Where the sign of an operation stands, before the column that joins several; None where there is none."""
    column = scene.layout.columns[target]
    if target == 0 or column.block is not None or len(scene.layout.reads[target]) < 2:
        return None
    sign = join_sign(column.layer.kind)
    if not sign:
        return None
    half = SIGN if len(sign) < 2 else max(SIGN, scene.style.measure(sign, "name") / 2 + 4)
    return Rect(coming_down(scene, target) - half, level_of(scene, target) - SIGN, 2 * half, 2 * SIGN)


def in_sight(scene: PaintedNetwork, wire: Wire) -> bool:
    """Whether some of the columns that a line leads over are in the view."""
    first, last = scene.layout.columns[wire.first].slot, scene.layout.columns[wire.last].slot
    return scene.camera.to_view(Rect(first.x, 0.0, last.right - first.x, scene.layout.height)).intersects(scene.view)


def level_of(scene: PaintedNetwork, place: int) -> float:
    """The height at which values flow in and out of a column, in the view."""
    return scene.camera.to_view(Rect(0.0, scene.layout.columns[place].level, 0.0, 0.0)).y


def coming_down(scene: PaintedNetwork, target: int) -> float:
    """Where a line comes down before a column, in the view."""
    body = scene.layout.columns[target].body
    room = body.x - (scene.layout.columns[target - 1].body.right if target else 0.0)
    x = body.x - min(_ARRIVES, room * 0.6)
    return scene.camera.to_view(Rect(x, 0.0, 0.0, 0.0)).x


def going_up(scene: PaintedNetwork, source: int) -> float:
    """Where a line goes up behind a column, in the view."""
    body = scene.layout.columns[source].body
    return scene.camera.to_view(Rect(body.right + _LEAVES, 0.0, 0.0, 0.0)).x


def lane_count(scene: PaintedNetwork) -> int:
    """How many lanes lie above the tiles."""
    return max(each.lane for each in scene.layout.wires) + 1


def lane_y(scene: PaintedNetwork, wire: Wire) -> float:
    """The height of the lane that a line runs along, in the view."""
    y = (lane_count(scene) - wire.lane - 0.35) * scene.layout.lane_height
    return scene.camera.to_view(Rect(0.0, y, 0.0, 0.0)).y
