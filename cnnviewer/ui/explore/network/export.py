"""The whole network as a picture for a file: headers, maps, legends and caption, whatever the screen shows."""

from __future__ import annotations

import math

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgGenerator

from cnnviewer.core.inspection.records import Architecture
from cnnviewer.ui.explore.network.geometry import Rect, fit
from cnnviewer.ui.explore.network.headers import paint_headers
from cnnviewer.ui.explore.network.headings import heading_of
from cnnviewer.ui.explore.network.layout import layout
from cnnviewer.ui.explore.network.legend import paint_legend
from cnnviewer.ui.explore.network.muted import paint_muted
from cnnviewer.ui.explore.network.painter import PaintedNetwork, paint_network
from cnnviewer.ui.explore.network.pictures import Pictures
from cnnviewer.ui.explore.network.qt_rects import qrect
from cnnviewer.ui.widgets.class_words import class_words
from cnnviewer.ui.widgets.paint_style import PaintStyle
from cnnviewer.ui.widgets.painted_text import draw_text
from cnnviewer.ui.widgets.plain_text import one_line
from cnnviewer.ui.widgets.rendering import with_generic_families
from cnnviewer.ui.widgets.theme import DARK, LIGHT

_WIDTH, _HEIGHT = 1600.0, 900.0
_FONT = 14.0
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


def svg(architecture: Architecture, pictures: Pictures, classes: tuple[str, ...], caption: str, dark: bool) -> bytes:
    """The picture as SVG: texts and lines as vectors, the maps embedded."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setResolution(96)
    generator.setSize(QSize(int(_WIDTH), int(_HEIGHT)))
    generator.setViewBox(QRectF(0, 0, _WIDTH, _HEIGHT))
    generator.setTitle(one_line(architecture.title))
    generator.setDescription(one_line(caption))
    painter = QPainter(generator)
    _paint(painter, architecture, pictures, classes, caption, dark, 4.0)
    painter.end()
    buffer.close()
    return with_generic_families(bytes(data.data()))


def png(
    architecture: Architecture, pictures: Pictures, classes: tuple[str, ...], caption: str, dark: bool, width: int
) -> bytes:
    """The picture as PNG, `width` pixels wide."""
    scale = width / _WIDTH
    image = QImage(width, math.ceil(_HEIGHT * scale), QImage.Format.Format_RGB32)
    painter = QPainter(image)
    painter.scale(scale, scale)
    _paint(painter, architecture, pictures, classes, caption, dark, scale)
    painter.end()
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stubs want bytes, Qt wants a string
    return bytes(data.data())


def _paint(
    painter: QPainter,
    architecture: Architecture,
    pictures: Pictures,
    classes: tuple[str, ...],
    caption: str,
    dark: bool,
    ratio: float,
) -> None:
    style = PaintStyle(DARK if dark else LIGHT, _FONT)
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
    painter.fillRect(QRectF(0, 0, _WIDTH, _HEIGHT), style.color("surface"))
    painter.setFont(style.name_font)
    painter.setPen(style.color("text"))
    draw_text(painter, QRectF(24, 12, _WIDTH - 48, 28), _LEFT, one_line(architecture.title))
    band = Rect(0, 44, _WIDTH, 7 * style.line + 8)
    foot = 64.0
    view = Rect(24, band.bottom + 4, _WIDTH - 48, _HEIGHT - band.bottom - foot - 12)
    labels = {layer.name: heading_of(layer).least_width(style.measure) + 4 for layer in architecture.layers}
    names = max([style.measure(name, "name") for name in class_words(classes)] or [14.0])
    plan = layout(architecture, view.w, view.h, labels, names + 6)
    camera = fit(plan.width, plan.height, view)
    scene = PaintedNetwork(plan, pictures, camera, Rect(0, band.bottom, _WIDTH, view.h + 8), style, classes, ratio)
    paint_network(painter, scene)
    paint_muted(painter, scene)
    paint_headers(painter, scene, band)
    painter.setFont(style.small_font)
    painter.setPen(style.color("muted"))
    draw_text(painter, qrect(Rect(24, _HEIGHT - foot + 8, _WIDTH * 0.6, foot - 16)), _LEFT, one_line(caption))
    x = _WIDTH - 24
    for palette in ("sequential", "signed"):
        layer = next((layer for layer in architecture.layers if layer.palette == palette), None)
        if layer is not None:
            x -= 220
            paint_legend(
                painter, style, Rect(x, _HEIGHT - foot + 8, 200, foot - 16), palette, pictures.bounds(layer.name)
            )
