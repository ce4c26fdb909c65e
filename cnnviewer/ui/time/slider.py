"""The slider over a run's places: epochs as ticks, the best one as a diamond, a person's marks as flags."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QSlider, QToolTip, QWidget

from cnnviewer.core.runs.timeline import Timeline
from cnnviewer.ui.theme import theme

_EDGE: Final = 8.0  # half the handle's width, in pixels
_NEAR: Final = 5.0  # pixels within which a mark is meant
_CLOSEST_TICKS: Final = 7.0
_PAGE: Final = 25  # places


class TimeSlider(QSlider):
    """Each place of the timeline has the same room; a click anywhere goes there.

    Signals:
        step_chosen: a person has moved it to the place of this step.
    """

    step_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setObjectName("timeSlider")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(90)
        self.setRange(0, 0)
        self.setPageStep(_PAGE)
        self.setMouseTracking(True)
        self._timeline = Timeline()
        self.valueChanged.connect(self._on_value_changed)
        theme().changed.connect(self.update)

    def set_timeline(self, timeline: Timeline) -> None:
        """Other places; the handle stays at its step."""
        step = self.step
        self._timeline = timeline
        with QSignalBlocker(self):
            self.setRange(0, max(0, len(timeline.steps) - 1))
        self.show_step(step)
        self.update()

    def show_step(self, step: int) -> None:
        """Put the handle where `step` is, without saying so."""
        with QSignalBlocker(self):
            self.setValue(self._timeline.index_of(step))
        self.update()

    @property
    def step(self) -> int:
        """Of the place the handle is at."""
        steps = self._timeline.steps
        return steps[min(self.value(), len(steps) - 1)] if steps else 0

    def _on_value_changed(self, _value: int) -> None:
        self.step_chosen.emit(self.step)

    # a person

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the place that is pressed, and drag on from there; near a mark, to the mark."""
        if event.button() == Qt.MouseButton.LeftButton:
            x = event.position().x()
            mark = self._mark_near(x)
            self.setSliderDown(True)
            self.setValue(self._timeline.index_of(mark) if mark is not None else self._place_at(x))
            event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag."""
        if self.isSliderDown() and event.buttons() & Qt.MouseButton.LeftButton:
            self.setValue(self._place_at(event.position().x()))
            event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Rest."""
        self.setSliderDown(False)
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space plays, which is not the slider's business; the rest is Qt's."""
        if event.key() == Qt.Key.Key_Space:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Say what is under the pointer."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent) and self._timeline.steps:
            QToolTip.showText(event.globalPos(), self._words_at(event.pos().x()), self)
            return True
        return super().event(event)

    def _words_at(self, x: float) -> str:
        timeline = self._timeline
        step = self._mark_near(x)
        if step is None:
            step = timeline.steps[self._place_at(x)]
        lines = [self.tr("Step {step}").format(step=f"{step:,}")]
        mark = timeline.mark_at(step)
        if mark is not None:
            drawn = step in timeline.drawings
            lines[0] += f": {mark.text}"
            if drawn:
                lines.append(self.tr("A drawing is kept with it."))
        ends = [number for number, end in timeline.epochs if end == step]
        if ends:
            lines.append(self.tr("End of epoch {epoch}").format(epoch=ends[0]))
        if step == timeline.best:
            lines.append(self.tr("Highest validation accuracy"))
        return "\n".join(lines)

    # where things are

    def _x_of(self, step: int) -> float:
        last = max(1, len(self._timeline.steps) - 1)
        return _EDGE + self._timeline.position_of(step) / last * (self.width() - 2 * _EDGE)

    def _place_at(self, x: float) -> int:
        last = max(0, len(self._timeline.steps) - 1)
        share = (x - _EDGE) / max(1.0, self.width() - 2 * _EDGE)
        return min(last, max(0, round(share * last)))

    def _mark_near(self, x: float) -> int | None:
        near = [(abs(self._x_of(mark.step) - x), mark.step) for mark in self._timeline.marks]
        return min(near)[1] if near and min(near)[0] <= _NEAR else None

    # Qt

    def sizeHint(self) -> QSize:
        """As low as a row of small buttons."""
        return QSize(240, 20)

    def minimumSizeHint(self) -> QSize:
        """Narrower it could not be aimed at."""
        return QSize(90, 20)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Groove, ticks, marks and handle."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = theme()
        middle, end = self.height() / 2, self.width() - _EDGE
        timeline = self._timeline
        here = self._x_of(self.step) if timeline.steps else _EDGE
        painter.setPen(Qt.PenStyle.NoPen)
        for left, right, token in ((_EDGE, end, "border"), (_EDGE, here, "accent")):
            painter.setBrush(tokens.color(token))
            painter.drawRoundedRect(QRectF(left, middle - 2, max(0.0, right - left), 4), 2, 2)
        self._paint_epochs(painter, middle)
        if timeline.best is not None:
            x = self._x_of(timeline.best)
            painter.setPen(QPen(tokens.color("surface"), 1))
            painter.setBrush(tokens.color("validation"))
            around = ((0, -5), (5, 0), (0, 5), (-5, 0))
            painter.drawPolygon(QPolygonF([QPointF(x + dx, middle + dy) for dx, dy in around]))
        self._paint_handle(painter, QPointF(here, middle))
        for mark in timeline.marks:
            self._paint_flag(painter, self._x_of(mark.step), tokens.color("highlight"))

    def _paint_epochs(self, painter: QPainter, middle: float) -> None:
        painter.setPen(QPen(theme().color("faint"), 1))
        last = -_CLOSEST_TICKS
        for _, step in self._timeline.epochs:
            x = self._x_of(step)
            if x - last >= _CLOSEST_TICKS:
                painter.drawLine(QPointF(x, middle + 4), QPointF(x, self.height() - 1))
                last = x

    def _paint_handle(self, painter: QPainter, centre: QPointF) -> None:
        tokens = theme()
        painter.setPen(QPen(tokens.color("accent"), 2))
        painter.setBrush(tokens.color("accent" if self.hasFocus() else "surface"))
        painter.drawEllipse(centre, 6, 6)

    def _paint_flag(self, painter: QPainter, x: float, colour: QColor) -> None:
        painter.setPen(QPen(colour, 1.5))
        painter.drawLine(QPointF(x, 0), QPointF(x, self.height() / 2 - 2))
        painter.setBrush(colour)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawPolygon(QPolygonF([QPointF(x, 0), QPointF(x + 6, 2.5), QPointF(x, 5)]))
