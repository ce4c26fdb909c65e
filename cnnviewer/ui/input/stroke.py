"""The drawing itself: a grey raster of a fixed size that takes strokes and can take them back."""

from __future__ import annotations

import zlib

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen

RASTER_SIZE = 280
"""Side of the raster in its own pixels: ten to each pixel of a digit, whatever the screen's resolution is."""

UInt8Array = npt.NDArray[np.uint8]

_INK, _PAPER = QColor(255, 255, 255), QColor(0, 0, 0)


class Drawing:
    """Owns the raster: uint8 `(280, 280)`, ink 255 on 0. All positions and widths are in raster pixels.

    A stroke is a chain of quadratic curves through the midpoints of the points given, so that it is smooth however
    few points a pen reports; each new piece is painted once and its rectangle is returned.
    """

    def __init__(self) -> None:
        self.image = QImage(RASTER_SIZE, RASTER_SIZE, QImage.Format.Format_Grayscale8)
        self.image.fill(0)
        self._before: list[bytes] = []
        self._point = QPointF()
        self._middle = QPointF()
        self._width = 0.0
        self._colour = _INK
        self.stroking = False

    @property
    def can_undo(self) -> bool:
        """Whether there is anything to take back."""
        return bool(self._before)

    def pixels(self) -> UInt8Array:
        """The raster, `(280, 280)`; a view, valid while the image lives."""
        flat = np.frombuffer(self.image.constBits(), np.uint8)
        return flat.reshape(RASTER_SIZE, self.image.bytesPerLine())[:, :RASTER_SIZE]

    def is_empty(self) -> bool:
        """No ink at all."""
        return not self.pixels().any()

    def begin(self, point: QPointF, width: float, erase: bool = False) -> QRect:
        """Start a stroke with a dot; returns what changed."""
        self.remember()
        self.stroking = True
        self._point = self._middle = point
        self._width = width
        self._colour = _PAPER if erase else _INK
        return self._paint(None, point, width)

    def extend(self, point: QPointF, width: float) -> QRect:
        """Lead the stroke to `point`; returns what changed."""
        middle = (self._point + point) / 2
        path = QPainterPath(self._middle)
        path.quadTo(self._point, middle)
        # a pen's pressure jumps from report to report: half way to the new width looks like one stroke
        self._width = (self._width + width) / 2
        changed = self._paint(path, middle, self._width)
        self._point, self._middle = point, middle
        return changed

    def end(self) -> QRect:
        """Finish the stroke: the curve ran half a step behind the pen."""
        self.stroking = False
        if self._middle == self._point:
            return QRect()
        path = QPainterPath(self._middle)
        path.lineTo(self._point)
        return self._paint(path, self._point, self._width)

    def cancel(self) -> None:
        """Forget the stroke that is under way."""
        if self.stroking:
            self.stroking = False
            self.undo()

    def remember(self) -> None:
        """Keep the raster as it is for `undo`: about a kilobyte, so a drawing may have any number of strokes."""
        self._before.append(zlib.compress(self.pixels().tobytes(), 1))

    def undo(self) -> bool:
        """Go back to before the last stroke, clearing or opening."""
        if not self._before:
            return False
        self.replace(np.frombuffer(zlib.decompress(self._before.pop()), np.uint8).reshape(RASTER_SIZE, RASTER_SIZE))
        return True

    def replace(self, pixels: UInt8Array) -> None:
        """Take `pixels`, `(280, 280)`, as the raster."""
        data = np.ascontiguousarray(pixels, np.uint8)
        self.image = QImage(
            data.data, RASTER_SIZE, RASTER_SIZE, RASTER_SIZE, QImage.Format.Format_Grayscale8
        ).copy()  # the copy owns its pixels; `data` may go

    def _paint(self, path: QPainterPath | None, end: QPointF, width: float) -> QRect:
        painter = QPainter(self.image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if path is None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._colour)
            painter.drawEllipse(end, width / 2, width / 2)
            bounds = QRectF(end, end)
        else:
            pen = QPen(self._colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
            painter.setPen(pen)
            painter.drawPath(path)
            bounds = path.controlPointRect()
        painter.end()
        reach = width / 2 + 2
        return bounds.adjusted(-reach, -reach, reach, reach).toAlignedRect() & self.image.rect()
