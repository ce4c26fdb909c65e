"""The loss of a run as a small picture behind the slider, drawn seldom and painted often."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap, QPolygonF

from cnnviewer.core.training.metric_log import MetricLog
from cnnviewer.ui.train.curves.smoothing import GrowingMean
from cnnviewer.ui.widgets.decimation import MinMaxPyramid

Array = npt.NDArray[np.float64]

_SPAN = 50  # steps to smooth over, as the large curves do at first
_PIXELS_A_POINT = 4  # more points are not to be seen in it, and cost the training
_TOP_SHARE = 98  # percent of the points that are not above the picture: a spike does not flatten the rest


class LossCurve:
    """The smoothed loss from step 0 to the last one, reduced to what the picture's width can show.

    Attributes:
        last: the step at the right edge of the picture.
    """

    def __init__(self) -> None:
        self.last = 0
        self._picture = QPixmap()
        self._bounds = (0.0, 1.0)
        self.set_log(None)

    def set_log(self, log: MetricLog | None) -> None:
        """Draw this training; None: nothing."""
        self._log = log
        self._mean = GrowingMean(_SPAN)
        self._pyramid = MinMaxPyramid()
        self._steps: Array = np.empty(0)
        self._picture = QPixmap()

    def draw(self, width: float, height: float, ratio: float, colour: QColor) -> None:
        """Draw the picture with what the log has by now, `width` and `height` in logical pixels."""
        if self._log is None or width < 1 or height < 1:
            self._picture = QPixmap()
            return
        count = self._log.step_count
        self._mean.extend(self._log.steps("loss")[:count])
        self._pyramid.extend(self._mean.values)
        self._steps = self._log.steps("step")[:count]
        self.last = int(self._steps[-1]) if count else 0
        x, y = self._points(round(width / _PIXELS_A_POINT))
        finite = y[np.isfinite(y)]
        if finite.size:
            low, high = float(finite.min()), float(np.percentile(finite, _TOP_SHARE))
            self._bounds = (low, high) if high > low else (low - 0.5, low + 0.5)
        picture = QPixmap(math.ceil(width * ratio), math.ceil(height * ratio))
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour, 1.5))
        across, down = x / max(1, self.last) * width, (1 - self._shares(y)) * height
        edges = np.flatnonzero(np.diff(np.isfinite(y), prepend=False, append=False))
        for start, stop in edges.reshape(-1, 2):  # of what lies between losses that are no numbers
            points = zip(across[start:stop], down[start:stop], strict=True)
            painter.drawPolyline(QPolygonF([QPointF(float(px), float(py)) for px, py in points]))
        painter.end()
        self._picture = picture

    def _points(self, count: int) -> tuple[Array, Array]:
        """About `count` to twice as many points of the curve: the middle of what is between two of them."""
        values = self._mean.values
        index, low, high = self._pyramid.buckets(values, 0, values.size, count)
        if low is high:  # every step is a point
            return self._steps[index], low
        size = int(index[1] - index[0]) if index.size > 1 else 1
        return self._steps[np.minimum(index + size // 2, values.size - 1)], (low + high) / 2

    def paint(self, painter: QPainter, target: QRectF) -> None:
        """Paint the picture into `target`, which may have another width than it was drawn for."""
        if not self._picture.isNull():
            painter.drawPixmap(target, self._picture, self._picture.rect().toRectF())

    def share_at(self, step: int) -> float | None:
        """At what part of the height the curve is at this step, 0 at the bottom; None where it is not drawn."""
        if not self._steps.size or self._picture.isNull():
            return None
        place = min(int(np.searchsorted(self._steps, step)), self._steps.size - 1)
        share = self._shares(self._mean.values[place : place + 1])[0]
        return float(share) if math.isfinite(share) else None

    def _shares(self, losses: Array) -> Array:
        low, high = self._bounds
        return np.clip((losses - low) / (high - low), 0.0, 1.0)
