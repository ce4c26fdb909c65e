"""A painted picture as the bytes of a file: PNG, SVG or PDF, on a background and with a caption below."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRect, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontInfo, QFontMetricsF, QImage, QPageSize, QPainter, QPdfWriter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QApplication

from cnnviewer.ui.widgets.painted_text import draw_text
from cnnviewer.ui.widgets.theme import DARK, LIGHT, Tokens, monospace

Paint = Callable[[QPainter, QRectF], None]

KINDS: Final = ("png", "svg", "pdf")
_DOTS_PER_INCH: Final = 96
_MARGIN: Final = 12.0
_LARGEST: Final = 16_384
_WRAP: Final = int(Qt.AlignmentFlag.AlignLeft) | int(Qt.AlignmentFlag.AlignTop) | int(Qt.TextFlag.TextWordWrap)


def picture_tokens(dark: bool) -> Tokens:
    """The theme of an exported picture."""
    return DARK if dark else LIGHT


def picture_font(pixels: int = 12) -> QFont:
    """The application's font at a size in pixels, which means the same on every device."""
    font = QFont(QApplication.font())
    font.setPixelSize(pixels)
    return font


def caption_height(caption: str, width: float) -> float:
    """Pixels a caption takes below a picture of that width, its margin included; 0 without one."""
    if not caption:
        return 0.0
    box = QFontMetricsF(picture_font()).boundingRect(QRectF(0, 0, width - 2 * _MARGIN, 1e5), _WRAP, _printable(caption))
    return box.height() + _MARGIN


def render_picture(kind: str, size: tuple[int, int], dark: bool, caption: str, paint: Paint) -> bytes:
    """Paint a picture and return it as a file's bytes.

    Args:
        kind: `"png"`, `"svg"` or `"pdf"`.
        size: width and height of the whole picture in pixels (at 96 to the inch), the caption included.
        dark: on the dark theme's background.
        caption: one paragraph below the picture; may be empty.
        paint: is called with a painter and the rectangle it may fill, in pixels; use fonts with pixel sizes.

    Raises:
        ValueError: the kind is unknown, or the size is not between 1 and 16,384.

    """
    width, height = size
    if kind not in KINDS:
        raise ValueError(f"unknown kind of picture: {kind}")
    if not (1 <= width <= _LARGEST and 1 <= height <= _LARGEST):
        raise ValueError(f"a picture of {width} × {height} pixels cannot be made")
    caption = _printable(caption)
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if kind == "png":
        image = QImage(width, height, QImage.Format.Format_RGB32)
        image.setDotsPerMeterX(round(_DOTS_PER_INCH / 0.0254))
        image.setDotsPerMeterY(round(_DOTS_PER_INCH / 0.0254))
        image.setText("Description", caption)
        _paint_page(QPainter(image), size, dark, caption, paint)
        image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stubs ask for bytes, Qt takes the name
    elif kind == "svg":
        svg = QSvgGenerator()
        svg.setOutputDevice(buffer)
        svg.setResolution(_DOTS_PER_INCH)
        svg.setSize(QSize(width, height))
        svg.setViewBox(QRect(0, 0, width, height))
        svg.setTitle("cnnviewer")
        _paint_page(QPainter(svg), size, dark, caption, paint)
    else:
        pdf = QPdfWriter(buffer)
        pdf.setResolution(_DOTS_PER_INCH)
        points = QSizeF(width, height) * (72.0 / _DOTS_PER_INCH)
        pdf.setPageSize(QPageSize(points, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.ExactMatch))
        pdf.setPageMargins(QMarginsF(0, 0, 0, 0))
        pdf.setTitle(caption or "cnnviewer")
        pdf.setCreator("cnnviewer")
        _paint_page(QPainter(pdf), size, dark, caption, paint)
    buffer.close()
    made = bytes(data.data())
    return with_generic_families(made) if kind == "svg" else made


def with_generic_families(svg: bytes) -> bytes:
    """Name what a browser takes where it has not the fonts that Qt names: else it takes one with serifs."""
    fixed = QFontInfo(monospace()).family().encode()

    def named(found: re.Match[bytes]) -> bytes:
        family = found[1]
        generic = b"monospace" if family == fixed else b"sans-serif"
        return b"font-family=\"'%s', %s\"" % (family, generic)

    return re.sub(rb'font-family="([^",\']+)"', named, svg)


def _paint_page(painter: QPainter, size: tuple[int, int], dark: bool, caption: str, paint: Paint) -> None:
    """Background, picture and caption; ends the painter, whatever happens."""
    try:
        tokens = picture_tokens(dark)
        page = QRectF(0, 0, *size)
        # a PDF's page is a whole number of points, up to a pixel larger than the picture
        painter.fillRect(page.adjusted(0, 0, 1, 1), QColor(tokens.surface))
        below = caption_height(caption, page.width())
        painter.save()
        paint(painter, page.adjusted(0, 0, 0, -below))
        painter.restore()
        if caption:
            painter.setPen(QColor(tokens.muted))
            painter.setFont(picture_font())
            place = QRectF(_MARGIN, page.height() - below, page.width() - 2 * _MARGIN, below)
            draw_text(painter, place, _WRAP, caption)
    finally:
        painter.end()


def _printable(text: str) -> str:
    """`text` without control characters: they have no glyph and no place in XML."""
    return "".join(c if unicodedata.category(c) not in ("Cc", "Cs", "Cn") else " " for c in text)
