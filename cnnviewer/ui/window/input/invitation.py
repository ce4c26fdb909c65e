"""What an empty canvas shows: an invitation with a pencil that has just begun a line."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPainterPath, QPen

from cnnviewer.ui.widgets.painted_text import draw_text
from cnnviewer.ui.widgets.text_size import text_pixels
from cnnviewer.ui.widgets.theme import theme
from cnnviewer.ui.widgets.type_sizes import LABEL

_LONG = 40  # letters
_FAINT = 0.4  # of the ink of an example
_FOOT = 0.3  # of the sheet, for the words below an example


def paint_invitation(painter: QPainter, sheet: QRectF, words: str, font: QFont) -> None:
    """Paint `words` large and calm below a faint pencil, in the middle of `sheet`; a sentence in smaller letters."""
    is_sentence = len(words) > _LONG
    side = sheet.width()
    painter.save()
    painter.translate(sheet.center().x(), sheet.center().y() - side * (0.22 if is_sentence else 0.09))
    painter.setPen(QPen(theme().color("faint"), max(side / 140, 1.4), c=Qt.PenCapStyle.RoundCap))
    _pencil(painter, side * 0.26)
    painter.restore()

    face = QFont(font)
    face.setWeight(QFont.Weight.Medium)
    top = sheet.center().y() + side * (-0.04 if is_sentence else 0.1)
    room = QRectF(sheet.left() + 8, top, side - 16, sheet.bottom() - top - 4)
    flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
    _write_in(painter, face, room, flags, words, side * (0.05 if is_sentence else 0.075))
    painter.setPen(theme().color("muted"))
    if not is_sentence or painter.boundingRect(room, flags, words).height() <= room.height():
        draw_text(painter, room, flags, words)  # a sentence without room stands beside the sheet, too


def paint_example(
    painter: QPainter, sheet: QRectF, digit: npt.NDArray[np.uint8], ink: QColor, words: str, font: QFont
) -> None:
    """Paint a digit, uint8 `(H, W)`, faintly in ink on `sheet`, above `words` at its foot."""
    faint = np.empty((*digit.shape, 4), np.uint8)
    faint[..., :3] = ink.blue(), ink.green(), ink.red()
    faint[..., 3] = digit * _FAINT
    rows, columns = digit.shape
    image = QImage(faint.tobytes(), columns, rows, 4 * columns, QImage.Format.Format_ARGB32)
    flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom | Qt.TextFlag.TextWordWrap
    below = sheet.adjusted(6, 0, -6, -4)
    _write_in(
        painter, QFont(font), below.adjusted(0, sheet.height() * (1 - _FOOT), 0, 0), flags, words, sheet.width() * 0.05
    )
    painter.setPen(theme().color("muted"))
    foot = painter.boundingRect(below, flags, words).height() + 2
    painter.drawImage(sheet.adjusted(foot / 2, 0, -foot / 2, -foot), image)
    draw_text(painter, below, flags, words)


def _write_in(painter: QPainter, face: QFont, room: QRectF, flags: Qt.AlignmentFlag, words: str, pixels: float) -> None:
    """Write in letters of so many pixels, or of the window's size where that is larger and `words` have room in it."""
    least = max(int(pixels), LABEL)
    for size in range(max(round(text_pixels()), least), least - 1, -1):
        face.setPixelSize(size)
        painter.setFont(face)
        needed = painter.boundingRect(room, flags, words)
        if needed.height() <= room.height() and needed.width() <= room.width():
            return


def _pencil(painter: QPainter, size: float) -> None:
    """A pencil leaning right with its point at the lower left, and the curl it has drawn, around (0, 0)."""
    painter.save()
    painter.translate(-size * 0.1, size * 0.34)
    curl = QPainterPath(QPointF(-size * 0.62, -size * 0.12))
    curl.cubicTo(QPointF(-size * 0.5, -size * 0.42), QPointF(-size * 0.3, size * 0.3), QPointF(0.0, 0.0))
    painter.drawPath(curl)
    painter.rotate(45)
    half, tip, body, ferrule = size * 0.085, size * 0.2, size * 0.78, size * 0.66
    outline = QPainterPath(QPointF(0, 0))
    outline.lineTo(-half, -tip)
    outline.lineTo(-half, -body)
    outline.arcTo(QRectF(-half, -body - half, 2 * half, 2 * half), 180, -180)
    outline.lineTo(half, -tip)
    outline.closeSubpath()
    painter.drawPath(outline)
    painter.drawLine(QPointF(-half, -tip), QPointF(half, -tip))
    painter.drawLine(QPointF(-half, -ferrule), QPointF(half, -ferrule))
    painter.restore()
