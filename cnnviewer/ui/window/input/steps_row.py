"""How a drawing became the model's 28×28: crop, scale, centre, as three small captioned pictures with arrows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QImage, QPainter, QPen

from cnnviewer.core.images.drawn_digit import DigitSteps
from cnnviewer.ui.widgets.painted_text import draw_text
from cnnviewer.ui.widgets.pictures import pixels_to_image
from cnnviewer.ui.widgets.plain_text import elided
from cnnviewer.ui.widgets.theme import theme

_GAP = 14.0


@dataclass(frozen=True)
class _Picture:
    image: QImage
    centre: QPointF | None  # of mass, in pixels of the image


def centre_of_mass(pixels: npt.NDArray[Any]) -> tuple[float, float]:
    """(x, y) of the ink's centre, the first pixel's middle at 0.5; the picture's middle without ink."""
    ink = pixels.astype(np.float64)
    height, width = ink.shape
    total = ink.sum()
    if total <= 0:
        return width / 2, height / 2
    x = float((ink.sum(0) * (np.arange(width) + 0.5)).sum() / total)
    y = float((ink.sum(1) * (np.arange(height) + 0.5)).sum() / total)
    return x, y


class StepsRow:
    """Paints the three steps; holds their pictures."""

    def __init__(self, steps: DigitSteps) -> None:
        scaled, centred = _squared(steps.scaled), steps.centred
        self._pictures = (
            _Picture(pixels_to_image(_squared(steps.cropped)), None),
            _Picture(pixels_to_image(scaled), QPointF(*centre_of_mass(scaled))),
            _Picture(pixels_to_image(centred), QPointF(*centre_of_mass(centred))),
        )

    @staticmethod
    def height_for(width: float, metrics: QFontMetricsF) -> float:
        """What `width` needs at most."""
        return (width - 2 * _GAP) / 3 + metrics.height() + 2

    def paint(self, painter: QPainter, room: QRectF, captions: tuple[str, str, str]) -> None:
        """Paint into `room`, as large as fits, with one caption below each picture."""
        metrics = QFontMetricsF(painter.font())
        side = min((room.width() - 2 * _GAP) / 3, room.height() - metrics.height() - 2)
        if side < 8:
            return
        pitch = (room.width() - side) / 2
        for index, (picture, caption) in enumerate(zip(self._pictures, captions, strict=True)):
            box = QRectF(room.left() + index * pitch, room.top(), side, side)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, index == 0)
            painter.drawImage(box, picture.image)
            painter.setPen(QPen(theme().color("border"), 1))
            painter.drawRect(box)
            if picture.centre is not None:
                _cross(painter, box, picture)
            painter.setPen(theme().color("muted"))
            label = QRectF(box.center().x() - pitch / 2, box.bottom() + 2, pitch, metrics.height())
            words = elided(metrics, caption, pitch - 2)
            if index == 0:
                label.moveLeft(box.left())
                draw_text(painter, label, Qt.AlignmentFlag.AlignLeft, words)
            elif index == 2:
                label.moveRight(box.right())
                draw_text(painter, label, Qt.AlignmentFlag.AlignRight, words)
            else:
                draw_text(painter, label, Qt.AlignmentFlag.AlignHCenter, words)
            if index < 2:
                _arrow(painter, QPointF(box.right() + (pitch - side) / 2, box.center().y()))


def _squared(pixels: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    """`(h, w)` in the middle of a black square of the longer side."""
    height, width = pixels.shape
    side = max(height, width, 1)
    square = np.zeros((side, side), np.uint8)
    top, left = (side - height) // 2, (side - width) // 2
    square[top : top + height, left : left + width] = pixels
    return square


def _cross(painter: QPainter, box: QRectF, picture: _Picture) -> None:
    """Dashed lines through the centre of mass."""
    assert picture.centre is not None
    x = box.left() + picture.centre.x() * box.width() / picture.image.width()
    y = box.top() + picture.centre.y() * box.height() / picture.image.height()
    painter.setPen(QPen(theme().color("highlight"), 1.0, Qt.PenStyle.DashLine))
    painter.drawLine(QPointF(x, box.top() + 1), QPointF(x, box.bottom() - 1))
    painter.drawLine(QPointF(box.left() + 1, y), QPointF(box.right() - 1, y))


def _arrow(painter: QPainter, middle: QPointF) -> None:
    painter.setPen(QPen(theme().color("faint"), 1.5, c=Qt.PenCapStyle.RoundCap))
    reach = 4.0
    tip = middle + QPointF(reach, 0)
    painter.drawLine(middle - QPointF(reach, 0), tip)
    painter.drawLine(tip, tip + QPointF(-3, -3))
    painter.drawLine(tip, tip + QPointF(-3, 3))
