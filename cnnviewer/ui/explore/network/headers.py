"""Paints what stands over the columns: names, kinds and sizes, legible at any zoom, whole at the view's edges."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final, NamedTuple

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from cnnviewer.ui.explore.network.geometry import Rect
from cnnviewer.ui.explore.network.headings import SEPARATOR, HeaderLine, Heading, heading_of, line_length
from cnnviewer.ui.explore.network.layout import LayerColumn
from cnnviewer.ui.explore.network.painter import PaintedNetwork
from cnnviewer.ui.widgets.paint_style import PaintStyle
from cnnviewer.ui.widgets.painted_text import draw_text

_EDGE: Final = 4.0  # pixels that stay free at the edges of the view
_NARROWEST: Final = 0.8  # lines: in a narrower column nothing stands upright
_LINES: Final = 3  # of name, kind and size
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class Place(NamedTuple):
    """Where the header of a column may stand.

    Attributes:
        column: whose header it is.
        left: the part of it that is seen begins there; half of the gap to the column before belongs to it.
        right: likewise, at its end.
        middle: of the column.
        whole: whether all of it is seen.

    """

    column: LayerColumn
    left: float
    right: float
    middle: float
    whole: bool

    @property
    def room(self) -> float:
        """How wide a header may be."""
        return self.right - self.left if not self.whole else 2 * min(self.middle - self.left, self.right - self.middle)

    def centre_of(self, width: float) -> float:
        """The middle of a header of this width: that of the column, as long as it is seen whole there."""
        return min(max(self.middle, self.left + width / 2), self.right - width / 2)


def header_places(scene: PaintedNetwork, band: Rect) -> Iterator[Place]:
    """Of every column in sight, from left to right."""
    seen = [scene.camera.to_view(column.slot) for column in scene.layout.columns]
    for index, (column, slot) in enumerate(zip(scene.layout.columns, seen, strict=True)):
        before = slot.x - seen[index - 1].right if index else 40.0
        after = seen[index + 1].x - slot.right if index + 1 < len(seen) else 40.0
        left, right = slot.x - before / 2 + 1, slot.right + after / 2 - 1
        shown = max(left, band.x + _EDGE), min(right, band.right - _EDGE)
        if shown[1] > shown[0]:
            yield Place(column, *shown, slot.centre[0], shown[0] <= slot.x and slot.right <= shown[1])


def paint_headers(painter: QPainter, scene: PaintedNetwork, band: Rect, marked: str | None = None) -> None:
    """The header of every column in sight; with `marked` that of this layer alone, standing out, over the others."""
    holder = None if marked is None else scene.layout.holder(marked)
    painter.save()
    painter.setClipRect(QRectF(band.x, band.y, band.w, band.h))
    for place, shown in _fitted(scene, band):
        if place.column is holder and not shown.across and not shown.upright:
            _paint_over(painter, scene, place, band)
        elif marked is None or place.column is holder:
            _paint(painter, scene, place, band, shown, "text" if marked is None else "highlight_text")
    painter.restore()


class _Shown(NamedTuple):
    """What is painted of a header: lines across, or upright ones of several parts."""

    across: tuple[HeaderLine, ...] = ()
    upright: tuple[tuple[HeaderLine, ...], ...] = ()

    @property
    def kind(self) -> str:
        parts = (part for line in (self.across, *self.upright) for part in line)
        return next((part.text for part in parts if part.role == "operation"), "")


def _fitted(scene: PaintedNetwork, band: Rect) -> list[tuple[Place, _Shown]]:
    """Every header as it has room; one kind is called alike over all columns that are seen whole."""
    found = [(place, column_heading(scene, place.column)) for place in header_places(scene, band)]
    shown = [_fit(scene, place, heading, band) for place, heading in found]
    if _low(scene, band) and not all(each.across for each in shown):
        return [(place, _Shown()) for place, _ in found]  # some names without the others say little
    if _along(scene):
        return [(place, each) for (place, _), each in zip(found, shown, strict=True)]
    shortest: dict[tuple[str, ...], int] = {}
    for (place, heading), each in zip(found, shown, strict=True):
        if place.whole and each.kind:
            shortest[heading.kinds] = max(shortest.get(heading.kinds, 0), heading.kinds.index(each.kind))
    alike = [replace(heading, kinds=heading.kinds[shortest.get(heading.kinds, 0) :]) for _, heading in found]
    return [(place, _fit(scene, place, heading, band)) for (place, _), heading in zip(found, alike, strict=True)]


def _fit(scene: PaintedNetwork, place: Place, heading: Heading, band: Rect) -> _Shown:
    style = scene.style
    if _low(scene, band):  # which has names alone
        text = next((name for name in heading.names if style.measure(name, "name") <= place.room), "")
        return _Shown((HeaderLine(text, "name"),) if text else ())
    across = heading.across(place.room, style.measure)
    if across or not place.whole or place.room < style.line * _NARROWEST or _along(scene):
        return _Shown(across)
    tall = band.bottom - _top(scene, band) - 6
    return _Shown((), heading.upright(_upright_lines(place, style), tall, style.measure))


def _low(scene: PaintedNetwork, band: Rect) -> bool:
    return band.bottom - _top(scene, band) < scene.style.name_line + scene.style.line


def _top(scene: PaintedNetwork, band: Rect) -> float:
    """Where headers begin: below the lines of the blocks."""
    return band.y + (scene.style.line + 7 if scene.layout.wide else 3)


class UprightHeights(NamedTuple):
    """How high the band must be for headers that stand upright; all 0 where none does.

    Attributes:
        names: for their names.
        sizes: for name and size, the latter in its shortest form.
        parts: for the kind, too, in its shortest form.
        whole: for all in their fullest form.

    """

    names: float
    sizes: float
    parts: float
    whole: float


def upright_heights(scene: PaintedNetwork, band: Rect) -> UprightHeights:
    """What the headers that stand upright need."""
    style, names, whole = scene.style, 0.0, 0.0
    parts = {True: 0.0, False: 0.0}
    for place in header_places(scene, band):
        heading = column_heading(scene, place.column)
        if heading.across(place.room, style.measure) or place.room < style.line * _NARROWEST:
            continue
        names = max(names, style.small(heading.names[0]))
        count = _upright_lines(place, style)
        for kind in parts:
            short = heading.shortest(count, style.measure, kind)
            parts[kind] = max(parts[kind], *(line_length(line, style.measure) for line in short))
        lines = heading.upright(count, 1e9, style.measure)
        whole = max(whole, *(line_length(line, style.measure) for line in lines))
    edge = 12.0 if whole else 0.0
    return UprightHeights(names + edge, parts[False] + edge, parts[True] + edge, whole + edge)


def column_heading(scene: PaintedNetwork, column: LayerColumn) -> Heading:
    """What stands over a column."""
    wide = scene.layout.wide
    block = scene.layout.block_names.get(column.layer.name, "") if wide else ""
    return heading_of(column.layer, column.block, block, scene.texts if wide else None)


def _along(scene: PaintedNetwork) -> bool:
    """Whether one goes along the network: every column has the room that its header needs where it is seen whole."""
    return scene.layout.wide and not scene.layout.narrow


def _upright_lines(place: Place, style: PaintStyle) -> int:
    return max(1, min(_LINES, int(place.room // style.line)))


def _paint(painter: QPainter, scene: PaintedNetwork, place: Place, band: Rect, shown: _Shown, name_token: str) -> None:
    style, top = scene.style, _top(scene, band)
    colour, covered = style.color(name_token), name_token != "text"
    if shown.across:
        needed = style.name_line + style.line * (len(shown.across) - 1)
        # names that stand upright beside them end just above their columns
        y = top if _along(scene) else max(top, band.bottom - needed - 4)
        _paint_across(painter, style, place, y, shown.across, colour, covered)
    else:
        room = Rect(place.left, top, place.right - place.left, band.bottom - top)
        _paint_upright(painter, style, room, shown.upright, colour, covered)


def _paint_over(painter: QPainter, scene: PaintedNetwork, place: Place, band: Rect) -> None:
    """The name of a column that has no room for it, over its neighbours."""
    heading = column_heading(scene, place.column)
    wide = min(scene.style.measure(heading.names[0], "name") + 8, band.w)
    left = min(max(band.x, place.middle - wide / 2), max(band.x, band.right - wide))
    over = Place(place.column, left, left + wide, left + wide / 2, True)
    line = (HeaderLine(heading.names[0], "name"),)
    _paint_across(
        painter, scene.style, over, _top(scene, band), line, scene.style.color("highlight_text"), covered=True
    )


def _paint_across(
    painter: QPainter,
    style: PaintStyle,
    place: Place,
    y: float,
    lines: tuple[HeaderLine, ...],
    name_colour: QColor,
    covered: bool,
) -> None:
    for text, role in lines:
        letters = style.names if role == "name" else style.smalls
        tall, wide = letters.height, letters.width(text) + 2
        room = QRectF(place.centre_of(wide) - wide / 2, y, wide, tall)
        if covered:
            painter.fillRect(room, style.color("surface"))
        joined = role == "note" and place.column.block is None
        painter.setPen(name_colour if role == "name" else style.color("text" if joined else "muted"))
        letters.paint(painter, room, text, Qt.AlignmentFlag.AlignHCenter)
        y += tall


def _paint_upright(
    painter: QPainter,
    style: PaintStyle,
    room: Rect,
    lines: tuple[tuple[HeaderLine, ...], ...],
    name_colour: QColor,
    covered: bool,
) -> None:
    """Lines turned by a quarter, from the foot of the room upwards, side by side in its middle."""
    gap = style.measure(SEPARATOR, "shape")
    painter.save()
    painter.translate(room.centre[0], room.bottom - 3)
    painter.rotate(-90)
    painter.setFont(style.small_font)
    y = -len(lines) * style.line / 2
    for line in lines:
        x = 0.0
        for text, role in line:
            painter.setPen(name_colour if role == "name" else style.color("muted"))
            long = style.small(text)
            part = QRectF(x, y, long + 2, style.line)
            if covered:
                painter.fillRect(part, style.color("surface"))
            draw_text(painter, part, _LEFT, text)
            x += long + gap
        y += style.line
    painter.restore()
