"""The kernels shown as a picture for a file."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from cnnviewer.ui.explore.kernels.layout import Mode, arrange
from cnnviewer.ui.explore.kernels.painter import PaintedKernels, paint_headers, paint_tiles
from cnnviewer.ui.explore.kernels.summary import paint_summary
from cnnviewer.ui.explore.kernels.values import LayerValues
from cnnviewer.ui.widgets.paint_style import PaintStyle
from cnnviewer.ui.widgets.painted_text import draw_text
from cnnviewer.ui.widgets.rendering import caption_height, picture_tokens, render_picture

_ROOM = (960.0, 640.0)
_MARGIN = 16.0
_SIDE = 236.0
_LARGEST = 15_000.0


def png(
    values: LayerValues,
    mode: Mode,
    inp: int,
    channel: int | None,
    title: str,
    corners: tuple[str, str],
    lines: tuple[str, ...],
    caption: str,
    dark: bool,
) -> bytes:
    """All tiles with title, headers, histogram, legend and caption, as PNG.

    Args:
        values: the weights.
        mode: what a tile is.
        inp: the input channel of mode `input`.
        channel: is framed.
        title: stands on top.
        corners: what the corner of a matrix says: output channels to the right, output channels downwards.
        lines: below the legend.
        caption: below the picture.
        dark: in the dark theme's colours.

    """
    style = PaintStyle(picture_tokens(dark), 14.0)
    layout = arrange(values.shape, mode, inp, _ROOM, 1.0, style.line)
    gutter = max(style.small(corner) for corner in corners) + 12 if layout.matrix else 0.0
    top = _MARGIN + style.name_line + 8 + (style.line + 3 if layout.matrix else 0.0)
    # a layer larger than any picture is drawn smaller than a pixel a weight
    shrink = min(1.0, *(_LARGEST / size for size in layout.size))
    tiles_width, tiles_height = layout.size[0] * shrink, layout.size[1] * shrink
    tall = max(tiles_height + 4, 190.0)
    width = math.ceil(_MARGIN + gutter + max(tiles_width, 240.0) + 20 + _SIDE + _MARGIN)
    height = math.ceil(top + tall + _MARGIN + caption_height(caption, width))

    def paint(painter: QPainter, page: QRectF) -> None:
        painter.setFont(style.name_font)
        painter.setPen(style.color("text"))
        place = QRectF(_MARGIN, _MARGIN, page.width() - 2 * _MARGIN, style.name_line)
        draw_text(painter, place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, title)
        origin = QPointF(_MARGIN + gutter, top)
        painter.save()
        painter.translate(origin)
        painter.scale(shrink, shrink)
        paint_tiles(painter, style, PaintedKernels(values, layout, mode, channel), QRectF(0, 0, *layout.size))
        painter.restore()
        if layout.matrix and shrink == 1.0:
            corner = corners[0] if layout.out_across else corners[1]
            painter.save()
            painter.translate(_MARGIN, 0)
            room = QRectF(gutter, top, *layout.size)
            paint_headers(painter, style, layout, room, QPointF(gutter, top), corner)
            painter.restore()
        side = QRectF(page.width() - _MARGIN - _SIDE, top, _SIDE, 190.0)
        paint_summary(painter, style, side, values, mode, lines)

    return render_picture("png", (width, height), dark, caption, paint)
