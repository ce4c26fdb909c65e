"""Kernels painted on the screen or into a picture: tiles, numbers, frames, headers, the legend and the histogram."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from cnnviewer.ui.explore.kernels.layout import Layout, Mode, Weight, tick_step
from cnnviewer.ui.explore.kernels.values import LayerValues
from cnnviewer.ui.explore.network.labels import number, short_number
from cnnviewer.ui.explore.network.pictures import to_image
from cnnviewer.ui.widgets.paint_style import PaintStyle
from cnnviewer.ui.widgets.painted_text import draw_text
from cnnviewer.ui.widgets.palettes import table
from cnnviewer.ui.widgets.text_colour import BLACK, WHITE, takes_black

_LEAST_CELL_WITH_NUMBER = 42.0
_CENTRE = Qt.AlignmentFlag.AlignCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True)
class PaintedKernels:
    """What is painted."""

    values: LayerValues
    layout: Layout
    mode: Mode
    channel: int | None = None
    hovered: Weight | None = None


def paint_tiles(painter: QPainter, style: PaintStyle, scene: PaintedKernels, window: QRectF) -> None:
    """Paint what of the content lies in `window`; the painter's origin is the content's."""
    layout = scene.layout
    columns, rows = layout.visible(window.x(), window.y(), window.width(), window.height())
    if not len(columns) or not len(rows):
        return
    colours = scene.values.colours(layout, scene.mode, columns, rows)
    image = to_image(colours)
    width, height = layout.tile
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    if layout.gap == 0:
        left, top = layout.corner(columns.start, rows.start)
        painter.drawImage(QRectF(left, top, len(columns) * width, len(rows) * height), image)
    else:
        painter.setFont(style.small_font)
        painter.setPen(style.color("muted"))
        for y, down in enumerate(rows):
            for x, across in enumerate(columns):
                channels = layout.channels(across, down)
                if channels is None:
                    continue
                left, top = layout.corner(across, down)
                source = QRectF(x * layout.kw, y * layout.kh, layout.kw, layout.kh)
                painter.drawImage(QRectF(left, top, width, height), image, source)
                if layout.label:
                    place = QRectF(left - layout.gap / 2, top - layout.label, width + layout.gap, layout.label)
                    draw_text(painter, place, _CENTRE, str(channels[0]))
    if layout.scale >= _LEAST_CELL_WITH_NUMBER and scene.mode != "rgb":
        _paint_numbers(painter, style, scene, columns, rows, colours)
    _paint_frames(painter, style, scene)


def _paint_numbers(
    painter: QPainter,
    style: PaintStyle,
    scene: PaintedKernels,
    columns: range,
    rows: range,
    colours: np.ndarray[tuple[int, ...], np.dtype[np.uint8]],
) -> None:
    layout = scene.layout
    painter.setFont(style.number_font)
    light = takes_black(colours)
    for y, down in enumerate(rows):
        for x, across in enumerate(columns):
            channels = layout.channels(across, down)
            if channels is None:
                continue
            left, top = layout.corner(across, down)
            kernel = scene.values.weight[channels[0], channels[1] or 0]
            for row in range(layout.kh):
                for col in range(layout.kw):
                    bright = light[y * layout.kh + row, x * layout.kw + col]
                    painter.setPen(BLACK if bright else WHITE)
                    cell = QRectF(left + col * layout.scale, top + row * layout.scale, layout.scale, layout.scale)
                    draw_text(painter, cell, _CENTRE, short_number(float(kernel[row, col])))


def _paint_frames(painter: QPainter, style: PaintStyle, scene: PaintedKernels) -> None:
    layout = scene.layout
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if scene.channel is not None and 0 <= scene.channel < layout.count:
        frame = QRectF(*layout.frame(scene.channel)).adjusted(-1, -1, 1, 1)
        painter.setPen(QPen(style.color("highlight"), 2))
        painter.drawRect(frame)
    if scene.hovered is not None:
        left, top = layout.cell(scene.hovered)
        side = max(layout.scale, 3.0)
        cell = QRectF(left, top, side, side)
        painter.setPen(QPen(QColor("#ffffff"), 3))
        painter.drawRect(cell)
        painter.setPen(QPen(QColor("#14181e"), 1.2))
        painter.drawRect(cell)


def paint_headers(
    painter: QPainter, style: PaintStyle, layout: Layout, room: QRectF, origin: QPointF, corner: str
) -> None:
    """Channel numbers above and left of a matrix.

    Args:
        painter: paints in the room's coordinates.
        style: fonts and colours.
        layout: of the matrix.
        room: what is free for tiles; the headers stand above and left of it.
        origin: where the first tile's corner is, inside or (scrolled) outside the room.
        corner: says which axis is which.

    """
    painter.setFont(style.small_font)
    painter.setPen(style.color("muted"))
    width, height = layout.tile
    pitch_x, pitch_y = layout.pitch
    step = tick_step(pitch_x, style.small(str(layout.across)) + 8)
    for index in range(0, layout.across, step):
        centre = origin.x() + index * pitch_x + width / 2
        if room.left() <= centre <= room.right():
            draw_text(painter, QRectF(centre - 30, room.top() - style.line - 1, 60, style.line), _CENTRE, str(index))
    step = tick_step(pitch_y, style.line)
    for index in range(0, layout.down, step):
        centre = origin.y() + index * pitch_y + height / 2
        if room.top() <= centre <= room.bottom():
            draw_text(painter, QRectF(0, centre - style.line / 2, room.left() - 4, style.line), _RIGHT, str(index))
    draw_text(painter, QRectF(0, room.top() - style.line - 1, room.left() - 8, style.line), _LEFT, corner)


def paint_legend(painter: QPainter, style: PaintStyle, room: QRectF, values: LayerValues, mode: Mode) -> None:
    """The colours from the least to the largest value, as wide as `room`; the numbers stand below."""
    bounds = values.bounds
    if mode == "rgb":
        ramp = np.full((3, 256, 4), 128, np.uint8)
        ramp[..., 3] = 255
        for channel in range(3):
            ramp[channel, :, channel] = np.arange(256)
    else:
        ramp = table("kernel").reshape(1, 256, 4)
    bar = QRectF(room.x(), room.y(), room.width(), 10)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
    painter.drawImage(bar, to_image(ramp))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(style.color("border"), 0))
    painter.drawRect(bar)
    painter.setFont(style.number_font)
    painter.setPen(style.color("muted"))
    below = QRectF(room.x(), bar.bottom() + 1, room.width(), style.numbers.height)
    low, high = number(bounds.low, 3), number(bounds.high, 3)
    ends = style.numbers.width(low) + style.numbers.width(high)
    if ends + 6 > room.width():
        draw_text(painter, below, _RIGHT, f"±{high}" if bounds.low == -bounds.high else "")
        return
    draw_text(painter, below, _LEFT, low)
    if ends + style.numbers.width("0") + 24 <= room.width():
        draw_text(painter, below, _CENTRE, "0")
    draw_text(painter, below, _RIGHT, high)


def paint_histogram(painter: QPainter, style: PaintStyle, room: QRectF, values: LayerValues) -> None:
    """How many weights have which value, over the same axis as the legend's colours; counts' square roots are drawn.

    The root keeps the tails visible: a few large weights matter, and beside thousands of small ones they vanish.
    """
    counts = np.sqrt(values.histogram)
    highest = float(counts.max()) or 1.0
    bar = room.width() / len(counts)
    painter.setPen(Qt.PenStyle.NoPen)
    colour = style.color("muted", 0.75)
    for index, count in enumerate(counts):
        tall = room.height() * float(count) / highest
        painter.fillRect(QRectF(room.x() + index * bar, room.bottom() - tall, max(bar - 1, 1), tall), colour)
    painter.setPen(QPen(style.color("border"), 1))
    painter.drawLine(room.bottomLeft(), room.bottomRight())
    mean = values.statistics.mean
    if math.isfinite(mean):
        x = room.x() + room.width() * (mean - values.bounds.low) / (values.bounds.high - values.bounds.low)
        painter.setPen(QPen(style.color("highlight"), 1.5))
        painter.drawLine(QPointF(x, room.top()), QPointF(x, room.bottom()))
