"""A picture that takes strokes and can take them back."""

from __future__ import annotations

import zlib

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen

UInt8Array = npt.NDArray[np.uint8]


class StrokeRaster:
    """Owner of a picture, `Format_Grayscale8` or `Format_RGB888`. All positions and widths are in its pixels.

    A stroke is a chain of quadratic curves through the midpoints of the points given, so that it is smooth however
    few points a pen reports; each new piece is painted once and its rectangle is returned.
    """

    def __init__(self, image: QImage) -> None:
        self.image = image
        self._before: list[bytes] = []
        self._after: list[bytes] = []
        self._start = b""
        self._point = QPointF()
        self._middle = QPointF()
        self._width = 0.0
        self._colour = QColor()
        self.stroking = False

    @property
    def can_undo(self) -> bool:
        """Whether there is anything to take back, the stroke under way included."""
        return bool(self._before) or self._stroke_changed()

    @property
    def steps(self) -> tuple[int, int]:
        """How many changes can be taken back, and done again; without the stroke under way."""
        return len(self._before), len(self._after)

    @property
    def can_redo(self) -> bool:
        """Whether something that was taken back can be done again."""
        return bool(self._after) and not self._stroke_changed()

    def pixels(self) -> UInt8Array:
        """`(H, W)` grey or `(H, W, 3)`; a view, valid while the image lives."""
        image, grey = self.image, self.image.format() == QImage.Format.Format_Grayscale8
        rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
        return rows[:, : image.width()] if grey else rows[:, : 3 * image.width()].reshape(image.height(), -1, 3)

    def begin(self, point: QPointF, width: float, colour: QColor) -> QRect:
        """Start a stroke with a dot; returns what changed."""
        self._start = self._data()
        self.stroking = True
        self._point = self._middle = point
        self._width, self._colour = width, colour
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
        """Finish the stroke: the curve ran half a step behind the pen. One that changed nothing cannot be undone."""
        changed = QRect()
        if self._middle != self._point:
            path = QPainterPath(self._middle)
            path.lineTo(self._point)
            changed = self._paint(path, self._point, self._width)
        self._remember(self._start)
        self.stroking = False
        return changed

    def cancel(self) -> None:
        """Forget the stroke that is under way."""
        if self.stroking:
            self.stroking = False
            self._show(self._start)

    def change(self, pixels: UInt8Array) -> None:
        """Take `pixels` of the same size as the picture; can be undone."""
        self.cancel()
        before = self._data()
        self._show(np.ascontiguousarray(pixels, np.uint8).tobytes())
        self._remember(before)

    def undo(self) -> None:
        """Go back to before the last stroke, clearing or opening; one under way ends here."""
        if self.stroking:
            self.end()
        self._step(self._before, self._after)

    def redo(self) -> None:
        """Do again what was taken back last."""
        if not self.stroking:
            self._step(self._after, self._before)

    def _step(self, back: list[bytes], forth: list[bytes]) -> None:
        if back:
            forth.append(_packed(self._data()))
            self._show(zlib.decompress(back.pop()))

    def _stroke_changed(self) -> bool:
        return self.stroking and self._data() != self._start

    def _remember(self, before: bytes) -> None:
        if before != self._data():
            self._before.append(_packed(before))
            self._after.clear()

    def _data(self) -> bytes:
        return self.pixels().tobytes()

    def _show(self, data: bytes) -> None:
        width, height, kind = self.image.width(), self.image.height(), self.image.format()
        self.image = QImage(data, width, height, len(data) // height, kind).copy()  # owns its pixels

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


def _packed(data: bytes) -> bytes:
    """About a kilobyte, so that a drawing may have any number of strokes."""
    return zlib.compress(data, 1)
