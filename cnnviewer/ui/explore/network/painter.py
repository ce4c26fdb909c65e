"""Paints the network: quiet flow lines, maps, vectors as values, bars, grids and classes, headers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QLineF, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from cnnviewer.core.inspection.records import FloatArray
from cnnviewer.ui.explore.network.geometry import Camera, Rect
from cnnviewer.ui.explore.network.labels import WideTexts, column_numbers
from cnnviewer.ui.explore.network.layout import LayerColumn, NetworkLayout
from cnnviewer.ui.explore.network.pictures import Pictures
from cnnviewer.ui.explore.network.qt_rects import qrect, snapped
from cnnviewer.ui.widgets.class_words import class_word
from cnnviewer.ui.widgets.paint_style import PaintStyle
from cnnviewer.ui.widgets.percent import percent
from cnnviewer.ui.widgets.text_colour import BLACK, WHITE, takes_black

_DENSE = ("conv2d", "linear", "conv1d", "conv3d", "conv_transpose2d")
_FRAMED, _FRAMED_AMONG_MANY = 6.0, 30.0  # pixels: narrower tiles get no frame of their own
_MANY = 96  # tiles of a layer
_FAN = 7  # so many ends of flow lines at most on a side of a dense connection
_LEFT, _RIGHT = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight


@dataclass
class PaintedNetwork:
    """All that one painting needs: what, where and with which style.

    `ratio` is device pixels per pixel; `nearest` keeps pixels square also where maps are made smaller (for files).
    """

    layout: NetworkLayout
    pictures: Pictures
    camera: Camera
    view: Rect
    style: PaintStyle
    classes: tuple[str, ...] = ()
    ratio: float = 1.0
    texts: WideTexts = field(default_factory=WideTexts)

    @cached_property
    def seen(self) -> range:
        """The places of the columns in sight, from left to right; looked for once, for a large network has many."""
        room = self.view.grown(8 * self.camera.scale)
        seen = [at for at, each in enumerate(self.layout.columns) if self.camera.to_view(each.slot).intersects(room)]
        return range(seen[0], seen[-1] + 1) if seen else range(0)

    @property
    def columns(self) -> tuple[LayerColumn, ...]:
        """The columns in sight."""
        return self.layout.columns[self.seen.start : self.seen.stop]


def paint_network(painter: QPainter, scene: PaintedNetwork) -> None:
    """Everything below the headers."""
    painter.save()
    painter.setClipRect(qrect(scene.view))
    _flow(painter, scene)
    for column in scene.columns:
        paint_column(painter, scene, column)
    painter.restore()


def paint_backdrop(painter: QPainter, scene: PaintedNetwork) -> None:
    """What stays while values change: flow lines, the frames of the tiles, the grounds of strips, class names.

    The lines of a large network are painted before, by `wire_painter`.
    """
    painter.save()
    painter.setClipRect(qrect(scene.view))
    if not scene.layout.wide:
        _flow(painter, scene)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    for column in scene.columns:
        if column.form == "classes":
            _class_names(painter, scene, column)
            continue
        painter.setPen(QPen(scene.style.color("border"), 0))
        painter.setBrush(scene.style.color("sunken"))
        if column.form in ("bars", "grid"):
            body = snapped(scene.camera.to_view(column.body), scene.ratio)
            painter.fillRect(body, scene.style.color("sunken", 0.6))
            if column.form == "grid":
                painter.drawRect(_around(body, scene))
            continue
        framed = _FRAMED if column.count <= _MANY else _FRAMED_AMONG_MANY
        if column.tile_width * scene.camera.scale <= framed:
            painter.fillRect(snapped(scene.camera.to_view(column.body), scene.ratio), scene.style.color("sunken"))
            continue
        for channel in _seen(column, scene):
            painter.drawRect(_around(snapped(scene.camera.to_view(column.tile(channel)), scene.ratio), scene))
    painter.restore()


def _seen(column: LayerColumn, scene: PaintedNetwork) -> Iterator[int]:
    """The channels whose tiles are in sight: a layer may have hundreds, and a pan paints sixty times a second."""
    left, top = scene.camera.to_plane(scene.view.x, scene.view.y)
    right, bottom = scene.camera.to_plane(scene.view.right, scene.view.bottom)
    down, over = column.pitch, column.tile_width + column.gap
    first_row, last_row = int((top - column.body.y) // down), int((bottom - column.body.y) // down)
    first, last = int((left - column.body.x) // over), int((right - column.body.x) // over)
    for row in range(max(0, first_row), min(column.rows - 1, last_row) + 1):
        for place in range(max(0, first), min(column.columns - 1, last) + 1):
            if row * column.columns + place < column.count:
                yield column.shown[row * column.columns + place]


def paint_values(painter: QPainter, scene: PaintedNetwork) -> None:
    """What no compositor holds: values, class bars, a colour image in its colours."""
    painter.save()
    painter.setClipRect(qrect(scene.view))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    for column in scene.columns:
        if column.form in ("values", "classes"):
            values = scene.pictures.values(column.layer.name)
            if values is not None:
                (_written if column.form == "values" else _classes)(painter, scene, column, values)
        elif column.preview is not None:
            painter.setPen(QPen(scene.style.color("border"), 0))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            _tile(painter, scene, column.preview, scene.pictures.photograph(column.layer.name), None)
    painter.restore()


def _around(target: QRectF, scene: PaintedNetwork) -> QRectF:
    """A frame one device pixel outside the tile on the left and above, just behind it on the right and below."""
    one = 1 / scene.ratio
    return target.adjusted(-one / 2, -one / 2, one / 2, one / 2)


def paint_column(painter: QPainter, scene: PaintedNetwork, column: LayerColumn) -> None:
    """One layer."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    if column.form == "maps":
        _maps(painter, scene, column)
        return
    values = scene.pictures.values(column.layer.name)
    if column.form == "grid":
        _grid(painter, scene, column)
    elif column.form == "bars":
        _bars(painter, scene, column, values)
    elif column.form == "values":
        _values(painter, scene, column, values)
    else:
        _classes(painter, scene, column, values)


def _maps(painter: QPainter, scene: PaintedNetwork, column: LayerColumn) -> None:
    image = scene.pictures.mosaic(column.layer.name, column.columns)
    _, height, width = column.layer.shape
    gap, border = column.gap * scene.camera.scale, QPen(scene.style.color("border"), 0)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(border)
    if column.preview is not None:
        _tile(painter, scene, column.preview, scene.pictures.photograph(column.layer.name), None)
    if image is not None and gap < 1.0:  # so small that the gaps would be lost anyway: all maps at once
        target = snapped(scene.camera.to_view(column.body), scene.ratio)
        _smooth_when_smaller(painter, scene, target.width(), image.width())
        painter.drawImage(target, image)
        return
    for channel in range(column.count):
        row, across = divmod(channel, column.columns)
        source = QRect(across * width, row * height, width, height)
        _tile(painter, scene, column.tile(channel), image, source)


def _tile(painter: QPainter, scene: PaintedNetwork, tile: Rect, image: QImage | None, source: QRect | None) -> None:
    seen = scene.camera.to_view(tile)
    if not seen.intersects(scene.view):
        return
    target = snapped(seen, scene.ratio)
    if image is None:
        painter.fillRect(target, scene.style.color("sunken"))
    else:
        # a copy of the part: Qt writes the whole image into an SVG file, whichever part is asked for
        part = image if source is None else image.copy(source)
        _smooth_when_smaller(painter, scene, target.width(), part.width())
        painter.drawImage(target, part)
    if target.width() > 6:
        painter.drawRect(target.adjusted(-0.5, -0.5, 0, 0) if scene.ratio == 1 else target)


def _smooth_when_smaller(painter: QPainter, scene: PaintedNetwork, shown: float, pixels: float) -> None:
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, shown * scene.ratio < pixels)


def _grid(painter: QPainter, scene: PaintedNetwork, column: LayerColumn) -> None:
    colours = scene.pictures.grid(column.layer.name, column.columns)
    target = snapped(scene.camera.to_view(column.body), scene.ratio)
    if colours is None:
        painter.fillRect(target, scene.style.color("sunken"))
    else:
        _smooth_when_smaller(painter, scene, target.height(), colours.height())
        painter.drawImage(target, colours)
    painter.setPen(QPen(scene.style.color("border"), 0))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(target)


def _bars(painter: QPainter, scene: PaintedNetwork, column: LayerColumn, values: FloatArray | None) -> None:
    body = scene.camera.to_view(column.body)
    if values is None:
        painter.fillRect(qrect(body), scene.style.color("sunken"))
        return
    painter.fillRect(qrect(body), scene.style.color("sunken", 0.6))
    bounds = scene.pictures.bounds(column.layer.name)
    colours = scene.pictures.colours(column.layer.name)
    zero = (0.0 - bounds.low) / (bounds.high - bounds.low)
    for channel in range(column.count):
        seen = scene.camera.to_view(column.tile(channel))
        value = float(values[channel])
        colour = QColor(*(int(part) for part in colours[channel])) if colours is not None else QColor()
        if not np.isfinite(value):
            painter.fillRect(qrect(seen), colour)
            continue
        ends = sorted((zero, (value - bounds.low) / (bounds.high - bounds.low)))
        left, right = max(0.0, ends[0]), min(1.0, ends[1])
        bar = Rect(seen.x + left * seen.w, seen.y, max(1.0, (right - left) * seen.w), seen.h)
        painter.fillRect(snapped(bar, scene.ratio), colour)
    x = body.x + zero * body.w
    painter.setPen(QPen(scene.style.color("faint"), 0))
    painter.drawLine(QLineF(x, body.y, x, body.bottom))


def _values(painter: QPainter, scene: PaintedNetwork, column: LayerColumn, values: FloatArray | None) -> None:
    colours = scene.pictures.colours(column.layer.name)
    for channel in range(column.count):
        target = snapped(scene.camera.to_view(column.tile(channel)), scene.ratio)
        if colours is None:
            painter.fillRect(target, scene.style.color("sunken"))
            continue
        painter.fillRect(target, QColor(*(int(part) for part in colours[channel])))
        painter.setPen(QPen(scene.style.color("border"), 0))
        painter.drawRect(target)
    if values is not None:
        _written(painter, scene, column, values)


def paint_veiled_values(painter: QPainter, scene: PaintedNetwork, veil: QColor) -> None:
    """Write the values again over a veil, in letters that stand out from their faded cells."""
    for column in scene.columns:
        values = scene.pictures.values(column.layer.name) if column.form == "values" else None
        if values is not None:
            _written(painter, scene, column, values, veil)


def under_veil(colours: npt.NDArray[np.uint8], veil: QColor) -> npt.NDArray[np.uint8]:
    """Colours `(..., 3)` or more parts as a veil over them leaves them: `(..., 3)`."""
    part, below = veil.alphaF(), colours[..., :3].astype(np.float64)
    over = np.array([veil.red(), veil.green(), veil.blue()], np.float64)
    return (below + (over - below) * part).astype(np.uint8)


def _written(
    painter: QPainter, scene: PaintedNetwork, column: LayerColumn, values: FloatArray, veil: QColor | None = None
) -> None:
    """The values of a short vector in its cells, where there is room; all of them in one form."""
    colours = scene.pictures.colours(column.layer.name)
    tall = column.tile_height * scene.camera.scale
    if colours is None or tall < scene.style.line * 0.85:
        return
    if veil is not None:
        colours = under_veil(colours, veil)
    light, numbers = takes_black(colours), scene.style.numbers
    room = column.tile_width * scene.camera.scale - 2
    forms = column_numbers([float(value) for value in values])
    texts = next((form for form in forms if max(map(numbers.width, form)) <= room), ())
    for channel, text in enumerate(texts):
        seen = scene.camera.to_view(column.tile(channel))
        if seen.intersects(scene.view):
            painter.setPen(BLACK if light[channel] else WHITE)
            numbers.paint(painter, qrect(seen), text, Qt.AlignmentFlag.AlignHCenter)


def _classes(painter: QPainter, scene: PaintedNetwork, column: LayerColumn, values: FloatArray | None) -> None:
    style = scene.style
    best = int(np.nanargmax(values)) if values is not None and np.isfinite(values).any() else -1
    room = _ClassRoom.of(scene, column)
    written = column.tile_height * scene.camera.scale >= style.line * 0.85
    for channel in range(column.count):
        seen = scene.camera.to_view(column.tile(channel))
        if not seen.intersects(scene.view):
            continue
        bar = room.bar(seen, written)
        painter.fillRect(snapped(bar, scene.ratio), style.color("sunken"))
        value = None if values is None else float(values[channel])
        if value is not None:
            finite = bool(np.isfinite(value))
            colour = style.color("accent", 1 if channel == best else 0.5) if finite else QColor(255, 0, 255)
            length = max(1.0, bar.w * min(1.0, value)) if finite else bar.w
            painter.fillRect(snapped(Rect(bar.x, bar.y, length, bar.h), scene.ratio), colour)
        if written:
            painter.setPen(style.color("text" if channel == best or value is None else "muted"))
            letters = style.names if channel == best else style.smalls
            name = letters.elided(class_name(scene.classes, channel), room.name - 5)
            letters.paint(painter, qrect(Rect(seen.x, seen.y, room.name - 5, seen.h)), name, _RIGHT)
            if value is not None and room.number:
                number = qrect(Rect(bar.right + 4, seen.y, room.number, seen.h))
                style.numbers.paint(painter, number, percent(value), _LEFT)


def _class_names(painter: QPainter, scene: PaintedNetwork, column: LayerColumn) -> None:
    """The classes while there is no image to read."""
    if scene.pictures.values(column.layer.name) is None:
        _classes(painter, scene, column, None)


_LEAST_BAR = 4  # pixels


@dataclass(frozen=True)
class _ClassRoom:
    """How a class's line is divided: room for its name, for its bar, for its per cent."""

    name: float
    number: float

    @classmethod
    def of(cls, scene: PaintedNetwork, column: LayerColumn) -> _ClassRoom:
        longest = max(
            scene.style.measure(class_name(scene.classes, channel), "name") for channel in range(column.count)
        )
        wide = column.body.w * scene.camera.scale
        number = scene.style.numbers.width(percent(0.9999)) + 4
        name = min(longest + 6, wide * 0.5)
        return cls(name, number if name + number + _LEAST_BAR <= wide else 0.0)  # the bar says it where text is large

    def bar(self, seen: Rect, written: bool) -> Rect:
        x = seen.x + (self.name if written else 0)
        end = seen.right - (self.number if written else 0)
        return Rect(x, seen.y + seen.h * 0.15, max(4.0, end - x), seen.h * 0.7)


def class_name(classes: tuple[str, ...], channel: int) -> str:
    """The name of a class, or its number where no names are known."""
    return class_word(classes[channel]) if channel < len(classes) else str(channel)


def _flow(painter: QPainter, scene: PaintedNetwork) -> None:
    """Who takes from whom: fans where every output takes from every input, parallels elsewhere."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    for target in scene.layout.columns:
        for name in target.layer.inputs:
            source = scene.layout.column(name)
            if source is None:
                continue
            dense = target.layer.kind in _DENSE
            starts, ends = _ports(source), _ports(target)
            a, b = scene.camera.to_view(source.body), scene.camera.to_view(target.body)
            if b.x < scene.view.x or a.right > scene.view.right or b.x - a.right < 2:
                continue
            low, high = scene.camera.dy, scene.camera.scale
            pairs = [(s, e) for s in starts for e in ends] if dense else _paired(starts, ends)
            lines = [QLineF(QPointF(a.right + 1, s * high + low), QPointF(b.x - 1, e * high + low)) for s, e in pairs]
            painter.setPen(QPen(scene.style.color("faint", 0.28 if dense else 0.4), 1))
            painter.drawLines(lines)


def _ports(column: LayerColumn) -> list[float]:
    """Where flow lines end at a column's side: the middles of its rows, or evenly where there are many."""
    if column.form == "grid" or column.rows > 2 * _FAN:
        return [column.body.y + column.body.h * (i + 0.5) / _FAN for i in range(_FAN)]
    return [column.tile(row * column.columns).centre[1] for row in range(column.rows)]


def _paired(starts: list[float], ends: list[float]) -> list[tuple[float, float]]:
    count = max(len(starts), len(ends))
    return [(starts[i * len(starts) // count], ends[i * len(ends) // count]) for i in range(count)]
