"""The slider over a run's steps, on the axis of its loss: a line and a knob mark the step on the screen."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSignalBlocker, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QSlider, QToolTip, QWidget

from cnnviewer.core.runs.read.timeline import Timeline
from cnnviewer.core.training.metric_log import MetricLog
from cnnviewer.ui.widgets.plain_text import tool_tip
from cnnviewer.ui.widgets.theme import theme
from cnnviewer.ui.window.timeline.loss_curve import LossCurve

REDRAW_MS = 1000
"""Least time between two drawings of the loss: it grows while the model learns, and drawing costs the training."""
_EDGE: Final = 9.0  # half the knob's width, in pixels
_TOP: Final = 8.0  # above the curve: flags, and what part the large curves show
_FOOT: Final = 10.0  # below it: the ends of epochs
_NEAR: Final = 5.0  # pixels within which a mark is meant
_CLOSEST_TICKS: Final = 7.0
_PAGE: Final = 25  # places
_WHOLE: Final = 0.02  # of the run: large curves that show all but this show the whole


class TimeSlider(QSlider):
    """A step's place across is its share of all steps, as on the axis of the curves; a click anywhere goes there.

    The keys walk from one kept step to the next.

    Signals:
        step_chosen: the user has moved it to this step.
    """

    step_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setObjectName("timeSlider")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setRange(0, 0)
        self.setPageStep(_PAGE)
        self.setMouseTracking(True)
        self._timeline = Timeline()
        self._curve = LossCurve()
        self._part: tuple[float, float] | None = None
        self._is_stale = False
        self._redrawn = QTimer(self)
        self._redrawn.setSingleShot(True)
        self._redrawn.timeout.connect(self._on_redraw_due)
        self.valueChanged.connect(self._on_value_changed)
        theme().changed.connect(self._draw_curve)

    def set_log(self, log: MetricLog) -> None:
        """Show the loss of this training behind the steps."""
        self._curve.set_log(log)
        self._draw_curve()

    def set_timeline(self, timeline: Timeline) -> None:
        """Other steps; the knob stays at its own."""
        step = self.step
        self._timeline = timeline
        with QSignalBlocker(self):
            self.setRange(0, max(0, len(timeline.steps) - 1))
        self.show_step(step)
        if self._redrawn.isActive():
            self._is_stale = True
        else:
            self._draw_curve()

    def show_step(self, step: int) -> None:
        """Put the knob where `step` is, without saying so."""
        with QSignalBlocker(self):
            self.setValue(self._timeline.index_of(step))
        self.update()

    def show_part(self, left: float, right: float) -> None:
        """Mark the steps that the large curves show, where these are not all."""
        last = self._timeline.now
        whole = left <= _WHOLE * last and right >= (1 - _WHOLE) * last
        part = None if whole or right <= left else (max(0.0, left), min(float(last), right))
        if part != self._part:
            self._part = part
            self.update()

    @property
    def part(self) -> tuple[float, float] | None:
        """The steps that are marked as those of the large curves; None where these show all."""
        return self._part

    @property
    def step(self) -> int:
        """Where the knob is."""
        steps = self._timeline.steps
        return steps[min(self.value(), len(steps) - 1)] if steps else 0

    def _on_value_changed(self, _value: int) -> None:
        self.step_chosen.emit(self.step)

    # the curve

    def _draw_curve(self) -> None:
        self._is_stale = False
        room = self._room()
        last = self.x_of(self._curve.last) - room.left() if self._curve.last else room.width()
        width = last if 0 < last <= room.width() else room.width()
        self._curve.draw(width, room.height(), self.devicePixelRatioF(), theme().color("muted"))
        self._redrawn.start(REDRAW_MS)
        self.update()

    def _on_redraw_due(self) -> None:
        if self._is_stale:
            self._draw_curve()

    # what the user does

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the step that is pressed, and drag on from there; near a mark, to the mark."""
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
            QToolTip.showText(event.globalPos(), tool_tip(self._words_at(event.pos().x())), self)
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
            lines[0] += f": {mark.text}"
            if step in timeline.drawings:
                lines.append(self.tr("A drawing is kept with it."))
        ends = [number for number, end in timeline.epochs if end == step]
        if ends:
            lines.append(self.tr("End of epoch {epoch}").format(epoch=ends[0]))
        if step == timeline.best:
            lines.append(self.tr("Highest validation accuracy"))
        return "\n".join(lines)

    # where things are

    def _room(self) -> QRectF:
        """The rectangle of the curve."""
        return QRectF(_EDGE, _TOP, max(1.0, self.width() - 2 * _EDGE), max(1.0, self.height() - _TOP - _FOOT))

    def x_of(self, step: float) -> float:
        """Where a step is, in pixels from the left edge."""
        return _EDGE + step / max(1, self._timeline.now) * (self.width() - 2 * _EDGE)

    def _place_at(self, x: float) -> int:
        share = (x - _EDGE) / max(1.0, self.width() - 2 * _EDGE)
        return self._timeline.index_of(round(min(1.0, max(0.0, share)) * self._timeline.now))

    def _mark_near(self, x: float) -> int | None:
        near = [(abs(self.x_of(mark.step) - x), mark.step) for mark in self._timeline.marks]
        return min(near)[1] if near and min(near)[0] <= _NEAR else None

    # Qt

    def sizeHint(self) -> QSize:
        """As high as the timeline."""
        return QSize(240, 44)

    def minimumSizeHint(self) -> QSize:
        """Narrower it could not be aimed at."""
        return QSize(90, 30)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw the loss for the new size."""
        super().resizeEvent(event)
        self._draw_curve()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the loss, the axis with the ends of epochs, marks, and the step on the screen."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens, timeline, room = theme(), self._timeline, self._room()
        foot = room.bottom() + 2
        painter.setPen(QPen(tokens.color("border"), 1))
        painter.drawLine(QPointF(room.left(), foot), QPointF(room.right(), foot))
        if self._curve.last:
            self._curve.paint(
                painter, QRectF(room.left(), room.top(), self.x_of(self._curve.last) - _EDGE, room.height())
            )
        self._paint_epochs(painter, foot)
        if self._part is not None:
            self._paint_part(painter, *map(self.x_of, self._part))
        if timeline.best is not None:
            self._paint_diamond(painter, QPointF(self.x_of(timeline.best), foot))
        for mark in timeline.marks:
            self._paint_flag(painter, self.x_of(mark.step), tokens.color("highlight"))
        if timeline.steps:
            share = self._curve.share_at(self.step)
            y = room.center().y() if share is None else room.bottom() - share * room.height()
            self._paint_handle(painter, QPointF(self.x_of(self.step), y))

    def _paint_epochs(self, painter: QPainter, foot: float) -> None:
        painter.setPen(QPen(theme().color("faint"), 1))
        last = -_CLOSEST_TICKS
        for _, step in self._timeline.epochs:
            x = self.x_of(step)
            if x - last >= _CLOSEST_TICKS:
                painter.drawLine(QPointF(x, foot), QPointF(x, foot + 5))
                last = x

    def _paint_part(self, painter: QPainter, left: float, right: float) -> None:
        painter.setPen(QPen(theme().color("accent"), 1.5))
        painter.drawPolyline(QPolygonF([QPointF(left, 6), QPointF(left, 2), QPointF(right, 2), QPointF(right, 6)]))

    def _paint_diamond(self, painter: QPainter, centre: QPointF) -> None:
        painter.setPen(QPen(theme().color("surface"), 1))
        painter.setBrush(theme().color("validation"))
        around = ((0, -5), (5, 0), (0, 5), (-5, 0))
        painter.drawPolygon(QPolygonF([centre + QPointF(dx, dy) for dx, dy in around]))

    def _paint_handle(self, painter: QPainter, centre: QPointF) -> None:
        here = theme().color("highlight")
        painter.setPen(QPen(here, 2))
        painter.drawLine(QPointF(centre.x(), 1), QPointF(centre.x(), self.height() - 1))
        if self.hasFocus():
            painter.setPen(QPen(theme().color("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(centre, 8, 8)
        painter.setPen(QPen(theme().color("surface"), 1))
        painter.setBrush(here)
        painter.drawEllipse(centre, 6, 6)

    def _paint_flag(self, painter: QPainter, x: float, colour: QColor) -> None:
        painter.setPen(QPen(colour, 1.5))
        painter.drawLine(QPointF(x, 0), QPointF(x, self.height() / 2 - 2))
        painter.setBrush(colour)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawPolygon(QPolygonF([QPointF(x, 0), QPointF(x + 6, 2.5), QPointF(x, 5)]))
