"""The one place that paints text, so that a test can ask what stands where on the screen.

A label can be asked for its text and its size; what a widget paints itself cannot. Every `drawText` of the window goes
through here, and while a recorder is installed (`record_texts`, in tests alone) each text is reported with its place.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, QSizeF
from PySide6.QtGui import QColor, QFontInfo, QFontMetricsF, QPaintDevice, QPainter, QStaticText


@dataclass(frozen=True)
class PaintedText:
    """One text as it was painted. Rectangles are in pixels of the device: of a whole window, when a window is painted.

    Attributes:
        text: the string, after anything was left out of it.
        covers: what the glyphs take: the advance width times the height of the lines, turned where the painter is.
        room: the rectangle it had to fit into; None where only a point was given.
        clip: outside this rectangle nothing was painted.
        size: height of the font in logical pixels, zoom included.
        colour: of the pen, as transparent as it is painted.
        device: the widget, picture or printer that was painted on.

    """

    text: str
    covers: QRectF
    room: QRectF | None
    clip: QRectF
    size: float
    colour: QColor
    device: QPaintDevice


_recorder: Callable[[PaintedText], None] | None = None


@contextmanager
def record_texts(recorder: Callable[[PaintedText], None]) -> Iterator[None]:
    """Call `recorder` with every text that is painted meanwhile."""
    global _recorder
    before, _recorder = _recorder, recorder
    try:
        yield
    finally:
        _recorder = before


def draw_text(painter: QPainter, room: QRectF | QRect, flags: int, text: str) -> None:
    """Paint `text` into `room`; `flags` are Qt's for alignment and wrapping."""
    if _recorder is not None:
        room = QRectF(room)
        _recorder(_painted(painter, painter.boundingRect(room, flags, text), room, text))
    painter.drawText(room, flags, text)


def draw_text_at(painter: QPainter, start: QPointF, text: str) -> None:
    """Paint `text` with its baseline beginning at `start`."""
    if _recorder is not None:
        corner = QPointF(start.x(), start.y() - QFontMetricsF(painter.font()).ascent())
        _recorder(_painted(painter, QRectF(corner, _size(painter, text)), None, text))
    painter.drawText(start, text)


def draw_static_text(painter: QPainter, corner: QPointF, room: QRectF, laid_out: QStaticText) -> None:
    """Paint a text that is laid out already, its upper left corner at `corner`; it is meant to fit into `room`."""
    if _recorder is not None:
        _recorder(_painted(painter, QRectF(corner, _size(painter, laid_out.text())), room, laid_out.text()))
    painter.drawStaticText(corner, laid_out)


def _size(painter: QPainter, line: str) -> QSizeF:
    metrics = QFontMetricsF(painter.font())
    return QSizeF(metrics.horizontalAdvance(line), metrics.height())


def _painted(painter: QPainter, covers: QRectF, room: QRectF | None, text: str) -> PaintedText:
    device = painter.device()
    to_device = painter.deviceTransform()
    clip = QRectF(painter.paintEngine().systemClip().boundingRect())
    if clip.isEmpty():  # a picture: nothing of it is covered
        ratio = device.devicePixelRatioF()
        clip = QRectF(0, 0, device.width() * ratio, device.height() * ratio)
    if painter.hasClipping():
        clip &= to_device.mapRect(painter.clipBoundingRect())
    colour = QColor(painter.pen().color())
    colour.setAlphaF(colour.alphaF() * painter.opacity())
    zoom = math.sqrt(abs(painter.worldTransform().determinant()))
    return PaintedText(
        text,
        to_device.mapRect(covers),
        None if room is None else to_device.mapRect(room),
        clip,
        QFontInfo(painter.font()).pixelSize() * zoom,
        colour,
        device,
    )
