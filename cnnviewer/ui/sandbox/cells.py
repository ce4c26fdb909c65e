"""Values painted as cells: colours, numbers where they fit, hatched padding, cells that nobody reads."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QApplication

from cnnviewer.core.sandbox import Array
from cnnviewer.ui.explore.network.labels import number, short_number
from cnnviewer.ui.explore.network.pictures import to_image
from cnnviewer.ui.widgets.painted_text import draw_text
from cnnviewer.ui.widgets.palettes import PaletteName, Range, colourise, value_range
from cnnviewer.ui.widgets.text_colour import BLACK, WHITE, takes_black
from cnnviewer.ui.widgets.theme import theme
from cnnviewer.ui.widgets.type_sizes import NUMBER, scaled

_LARGEST_TEXT = 44.0
_LARGE = 20.0  # pixels of digits to be read from afar: a shorter writing rather than smaller digits
_CENTRE = Qt.AlignmentFlag.AlignCenter


@dataclass(frozen=True)
class Shading:
    """Which colours values get."""

    palette: PaletteName
    bounds: Range


def shading(values: Array, signed: bool | None = None) -> Shading:
    """Colours for an input or an output: diverging about 0 where values can be negative, else grey.

    Args:
        values: what is coloured; infinities count as nothing.
        signed: whether values can be negative; None looks whether one is.

    """
    finite = values[np.isfinite(values)]
    if signed is None:
        signed = bool((finite < 0).any())
    if signed:
        return Shading("signed", value_range(values.astype(np.float32), "signed"))
    return Shading("image", Range(0.0, max(1.0, float(finite.max(initial=0.0)))))


def kernel_shading(kernel: Array) -> Shading:
    """The kernels' own colours, as in the kernel view."""
    return Shading("kernel", value_range(kernel.astype(np.float32), "kernel"))


def exact(value: float, digits: int = 4) -> str:
    """A value in words of arithmetic: `3`, `−0.25`, `1.3333`; no more digits than it has."""
    if math.isfinite(value) and value == round(value) and abs(value) < 10**6:
        return str(round(value)).replace("-", "−")
    return _trimmed(number(value, digits))


def cell_texts(values: Array) -> list[npt.NDArray[np.str_]]:
    """The same numbers for cells, from the fullest writing to the shortest: `0.33`, `.33`, `.33` beside `1.7`."""
    flat = [float(value) for value in values.ravel()]
    full = [_cell(value) for value in flat]
    forms = [full]
    if any("." in text for text in full):
        forms.append([_bare(text) for text in full])
        forms.append([_shortest(value) for value in flat])
    return [np.array(form, dtype=np.str_).reshape(values.shape) for form in forms]


def _trimmed(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text and "e" not in text else text


def _bare(text: str) -> str:
    return text.replace("0.", ".", 1) if text.startswith(("0.", "−0.")) else text


def _cell(value: float) -> str:
    if abs(value) < 10**4 and value == round(value):
        return exact(value)
    return _trimmed(short_number(value))


def _shortest(value: float) -> str:
    """Two signs of a number and its point; what is next to nothing is not called 0."""
    size = abs(value)
    if not 0 < size < 100 or value == round(value):
        return _cell(value)
    if size < 0.005:
        return "≈0"
    return _bare(f"{value:.{2 if size < 0.995 else 1 if size < 9.95 else 0}f}".replace("-", "−"))


def fitting(values: Array, cell: float) -> tuple[npt.NDArray[np.str_], QFont] | None:
    """The fullest writing of `values` in digits as large as cells `cell` pixels wide take; None where none fits."""
    font = QFont(QApplication.font())
    font.setPixelSize(100)
    metrics = QFontMetricsF(font)
    sized = []
    for texts in cell_texts(values):
        longest = max((metrics.horizontalAdvance(text) for text in set(texts.ravel().tolist())), default=1.0)
        sized.append((min(cell * 0.54, _LARGEST_TEXT, 100 * (cell - 4) / max(longest, 1.0)), texts))
    for least in (max(NUMBER, min(cell * 0.54, _LARGE)), NUMBER):
        for size, texts in sized:
            if size >= least:
                font.setPixelSize(int(size))
                return texts, font
    return None


def small_font() -> QFont:
    """The window's font a little smaller, for what explains."""
    return scaled(QApplication.font(), 0.88)


def grid_rect(origin: QPointF, cell: float, rows: int, cols: int) -> QRectF:
    """Where a grid of `rows` and `cols` lies."""
    return QRectF(origin.x(), origin.y(), cols * cell, rows * cell)


def paint_cells(
    painter: QPainter,
    origin: QPointF,
    cell: float,
    values: Array,
    shade: Shading,
    is_padding: npt.NDArray[np.bool_] | None = None,
    bare: npt.NDArray[np.bool_] | None = None,
) -> None:
    """Paint `values`, `(R, C)`, as coloured cells of `cell` pixels with lines between and numbers where they fit.

    Padding, where `is_padding` says so, is hatched on the ground's colour: it is no part of the image. What is `bare`
    gets its colour without its number.
    """
    rows, cols = values.shape
    finite = np.where(np.isfinite(values), values, 0.0).astype(np.float32)
    colours = colourise(finite, shade.palette, shade.bounds)
    if is_padding is not None:
        colours[is_padding] = (*theme().color("sunken").getRgb()[:3], 255)  # type: ignore[index]
    whole = grid_rect(origin, cell, rows, cols)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.drawImage(whole, to_image(colours))
    if is_padding is not None:
        for row, line in enumerate(is_padding):
            edges = np.flatnonzero(np.diff(line, prepend=False, append=False)).tolist()  # of runs: few rectangles
            for first, behind in zip(edges[::2], edges[1::2], strict=True):
                width = (behind - first) * cell
                paint_hatch(painter, QRectF(origin.x() + first * cell, origin.y() + row * cell, width, cell))
    paint_lines(painter, whole, rows, cols)
    fitted = fitting(values, cell)
    if fitted is None:
        return
    texts, font = fitted
    painter.setFont(font)
    bright = takes_black(colours)
    for on_bright, text_colour in ((True, BLACK), (False, WHITE)):
        painter.setPen(text_colour)
        for row, col in np.argwhere((bright == on_bright) if bare is None else (bright == on_bright) & ~bare).tolist():
            place = QRectF(origin.x() + col * cell, origin.y() + row * cell, cell, cell)
            draw_text(painter, place, _CENTRE, str(texts[row, col]))


def paint_lines(painter: QPainter, whole: QRectF, rows: int, cols: int) -> None:
    """Hairlines between cells, and a frame around them."""
    line = theme().color("faint")
    line.setAlpha(110)
    hair = 1 / painter.device().devicePixelRatioF()
    if whole.width() / max(cols, 1) >= 5:  # filled rectangles: translucent lines take ten times as long
        for col in range(1, cols):
            painter.fillRect(QRectF(whole.left() + whole.width() * col / cols, whole.top(), hair, whole.height()), line)
        for row in range(1, rows):
            painter.fillRect(QRectF(whole.left(), whole.top() + whole.height() * row / rows, whole.width(), hair), line)
    painter.setPen(QPen(theme().color("faint"), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(whole)


def paint_hatch(painter: QPainter, rect: QRectF) -> None:
    """Slanted lines: padding, which is no part of the image."""
    colour = theme().color("muted")
    colour.setAlpha(110)
    painter.fillRect(rect, QBrush(colour, Qt.BrushStyle.BDiagPattern))


def paint_left_out(painter: QPainter, rect: QRectF) -> None:
    """A veil and a cross: a cell that no window reads."""
    veil = theme().color("surface")
    veil.setAlpha(150)
    painter.fillRect(rect, veil)
    cross = theme().color("error")
    cross.setAlpha(210)
    inset = max(rect.width() * 0.22, 1.5)
    inner = rect.adjusted(inset, inset, -inset, -inset)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(cross, 1.4))
    painter.drawLine(inner.topLeft(), inner.bottomRight())
    painter.drawLine(inner.bottomLeft(), inner.topRight())
    painter.restore()


def paint_ring(painter: QPainter, rect: QRectF, token: str, width: float = 2.4) -> None:
    """A frame of two colours about a cell, to be seen on any colour."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme().color("surface"), width + 2))
    painter.drawRect(rect)
    painter.setPen(QPen(theme().color(token), width))
    painter.drawRect(rect)
    painter.restore()
