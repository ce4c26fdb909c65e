"""Probabilities over the steps as lines, which class was predicted when, and the step on the screen."""

from __future__ import annotations

from bisect import bisect_left
from typing import Final

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from cnnviewer.core.export.line_chart import ticks
from cnnviewer.core.runs.read.answer_history import AnswerHistory
from cnnviewer.ui.widgets.cell_grid import step_right
from cnnviewer.ui.widgets.class_words import class_word
from cnnviewer.ui.widgets.percent import percent
from cnnviewer.ui.widgets.series_style import colour, pen
from cnnviewer.ui.widgets.styled import Styled
from cnnviewer.ui.widgets.text_size import grown
from cnnviewer.ui.widgets.translated import Translated

LINES: Final = 4
"""Classes with a line of their own: the one asked about, the true one, and those that ever came closest."""
_SWATCH: Final = 14  # pixels before a name: the line that it names
_STRIP: Final = 10  # pixels: which class was predicted
_TICKS: Final = 5  # pixels below the axis at which its numbers stand
_HEIGHT, _LEAST = 210, 170  # pixels of the usual text size
_MOST_MARKS: Final = 60  # flips that get a line of their own


class HistoryPlot(Translated, Styled, QWidget):
    """The horizontal axis is that of the timeline: a step's place is its share of all steps.

    A click goes to the kept step nearest to it. Left and Right move the readout from one kept step to the next, Home
    and End to the first and last, Enter goes there, Esc ends it.

    Signals:
        step_chosen: this kept step was chosen.
        pointed: `readout` is another one.
    """

    accessible_role = QAccessible.Role.Chart

    step_chosen = Signal(int)
    pointed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("historyPlot")
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self._history: AnswerHistory | None = None
        self._lines: tuple[int, ...] = ()
        self._last = 0
        self._step: int | None = None
        self._pointed: int | None = None
        self._unit = ""
        self.on_look_changed()
        self.retranslate()

    def set_history(self, history: AnswerHistory | None, last: int = 0, always: tuple[int, ...] = ()) -> None:
        """Show these answers of a run with so many steps; the classes `always` have a line."""
        self._history, self._pointed = history, None
        self._last = max(last, *history.steps) if history is not None and history.steps else 0
        self._lines = history.leading(LINES, always) if history is not None else ()
        self.pointed.emit()
        self.update()

    def set_step(self, step: int | None) -> None:
        """The step on the screen."""
        if step != self._step:
            self._step = step
            self.update()

    @property
    def lines(self) -> tuple[int, ...]:
        """The classes that have a line."""
        return self._lines

    @property
    def readout(self) -> str:
        """The step under the pointer and the probabilities there; empty without one."""
        if self._history is None or self._pointed is None:
            return ""
        row = self._history.probabilities[self._pointed]
        best = sorted(self._lines, key=lambda label: -row[label])
        answers = ", ".join(
            f"{class_word(self._history.classes[label])} {percent(float(row[label]))}" for label in best
        )
        return self.tr("Step {step}: {answers}").format(step=f"{self._history.steps[self._pointed]:,}", answers=answers)

    # -- where things lie ---------------------------------------------------------------------------------------

    def _room(self) -> QRectF:
        """Where the lines are."""
        style = self.paint_style
        left = style.numbers.width("100 %") + 8
        right = max((style.small(self._name(label)) for label in self._lines), default=0.0)
        right = min(max(right + _SWATCH, style.small(self._unit)), self.width() * 0.25) + 12
        top = _STRIP + 8.0
        return QRectF(left, top, max(40.0, self.width() - left - right), self.height() - top - style.line - 6)

    def x_of(self, step: float) -> float:
        """Where a step lies."""
        room = self._room()
        return room.left() + room.width() * step / max(1, self._last)

    def _place_at(self, x: float) -> int | None:
        """Index of the kept step nearest to `x`."""
        if self._history is None or not self._history.steps:
            return None
        room, steps = self._room(), self._history.steps
        step = (x - room.left()) / room.width() * self._last
        after = min(bisect_left(steps, step), len(steps) - 1)
        return after - 1 if after and step - steps[after - 1] <= steps[after] - step else after

    def _name(self, label: int) -> str:
        return class_word(self._history.classes[label]) if self._history is not None else ""

    def on_look_changed(self) -> None:
        """Other texts have other heights."""
        super().on_look_changed()
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Lines that are easy to follow."""
        return QSize(grown(320), grown(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Lines that can be followed."""
        return QSize(grown(220), grown(_LEAST))

    # -- what is seen -------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Axes, flips, lines and their names, the strip, the step on the screen and the one under the pointer."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room = self._room()
        self._paint_axes(painter, room)
        if self._history is not None:
            self._paint_flips(painter, room, self._history)
            self._paint_strip(painter, room, self._history)
            self._paint_lines(painter, room, self._history)
            self._paint_places(painter, room, self._history)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self.paint_style.color("accent"), 2))
            painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))

    def _paint_axes(self, painter: QPainter, room: QRectF) -> None:
        style = self.paint_style
        for share in (0.0, 0.5, 1.0):
            y = room.bottom() - share * room.height()
            painter.setPen(QPen(style.color("border"), 1))
            painter.drawLine(QPointF(room.left(), y), QPointF(room.right(), y))
            painter.setPen(style.color("muted"))
            words = QRectF(0, y - style.line / 2, room.left() - 6, style.line)
            style.numbers.paint(painter, words, f"{100 * share:.0f} %", Qt.AlignmentFlag.AlignRight)
        free = -1e9
        for tick in ticks(0, max(1, self._last), count=4):
            text = f"{tick:,.0f}"
            width = style.numbers.width(text)
            x = min(max(self.x_of(tick), room.left()), room.right())
            words = QRectF(min(x - width / 2, self.width() - width), room.bottom() + _TICKS, width, style.line)
            if tick <= self._last and words.left() > free and float(tick).is_integer():
                painter.setPen(QPen(style.color("border"), 1))
                painter.drawLine(QPointF(x, room.bottom()), QPointF(x, room.bottom() + 4))
                painter.setPen(style.color("muted"))
                style.numbers.paint(painter, words, text, Qt.AlignmentFlag.AlignLeft)
                free = words.right() + 8
        unit = QRectF(room.right() + 6, room.bottom() + _TICKS, self.width() - room.right() - 10, style.line)
        if unit.left() >= free:
            style.smalls.paint(painter, unit, style.smalls.elided(self._unit, unit.width()), Qt.AlignmentFlag.AlignLeft)

    def _paint_flips(self, painter: QPainter, room: QRectF, history: AnswerHistory) -> None:
        painter.setPen(QPen(self.paint_style.color("faint", 0.55), 1, Qt.PenStyle.DotLine))
        for change in history.changes[-_MOST_MARKS:]:
            x = self.x_of(change.step)
            painter.drawLine(QPointF(x, room.top()), QPointF(x, room.bottom()))

    def _paint_strip(self, painter: QPainter, room: QRectF, history: AnswerHistory) -> None:
        """Above the lines: the class predicted from each change on."""
        starts = [history.steps[0], *(change.step for change in history.changes)]
        labels = [int(history.predicted[0]), *(change.after for change in history.changes)]
        ends = [*starts[1:], history.steps[-1]]
        for start, end, label in zip(starts, ends, labels, strict=True):
            left = self.x_of(start)
            part = QRectF(left, 2, max(self.x_of(end) - left, 1.0), _STRIP)
            painter.fillRect(
                part, colour(self._lines.index(label)) if label in self._lines else self.paint_style.color("faint")
            )

    def _paint_lines(self, painter: QPainter, room: QRectF, history: AnswerHistory) -> None:
        across = [self.x_of(step) for step in history.steps]
        ends: list[tuple[float, int]] = []
        for place, label in enumerate(self._lines):
            up = room.bottom() - np.nan_to_num(history.probabilities[:, label]) * room.height()
            painter.setPen(
                pen(place, 1.6, dashed=False)
            )  # of hundreds of points dashes are noise; names stand at the ends
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in zip(across, up.tolist(), strict=True)]))
            ends.append((float(up[-1]), place))
        self._paint_names(painter, room, ends)

    def _paint_names(self, painter: QPainter, room: QRectF, ends: list[tuple[float, int]]) -> None:
        """At the right end of each line, one below the other where they end together."""
        style = self.paint_style
        line, width = style.line, self.width() - room.right() - 10
        lowest = room.bottom() + _TICKS - line * len(ends)  # the unit stands below it
        top = -1e9
        for count, (y, place) in enumerate(sorted(ends)):
            top = max(top, min(y - line / 2, lowest + line * count))
            left, middle = room.right() + 6, top + line / 2
            painter.setPen(pen(place, 2.4, dashed=False))
            painter.drawLine(QPointF(left, middle), QPointF(left + _SWATCH - 5, middle))
            painter.setPen(style.color("text"))  # the colours of lines are too faint for letters
            words = QRectF(left + _SWATCH, top, width - _SWATCH, line)
            name = style.smalls.elided(self._name(self._lines[place]), words.width())
            style.smalls.paint(painter, words, name, Qt.AlignmentFlag.AlignLeft)
            top += line

    def _paint_places(self, painter: QPainter, room: QRectF, history: AnswerHistory) -> None:
        if self._step is not None:
            painter.setPen(QPen(self.paint_style.color("highlight"), 2))
            x = self.x_of(min(self._step, self._last))
            painter.drawLine(QPointF(x, 0), QPointF(x, room.bottom()))
        if self._pointed is not None:
            painter.setPen(QPen(self.paint_style.color("accent"), 1))
            x = self.x_of(history.steps[self._pointed])
            painter.drawLine(QPointF(x, room.top()), QPointF(x, room.bottom()))
            for place, label in enumerate(self._lines):
                y = room.bottom() - float(history.probabilities[self._pointed, label]) * room.height()
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(colour(place))
                painter.drawEllipse(QPointF(x, y), 3.5, 3.5)

    # -- what the user does -------------------------------------------------------------------------------------

    def _point_at(self, place: int | None) -> None:
        if place != self._pointed:
            self._pointed = place
            self.setAccessibleDescription(self.readout)
            self.pointed.emit()
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Read out the kept step nearest to the pointer."""
        self._point_at(self._place_at(event.position().x()))

    def leaveEvent(self, event: QEvent) -> None:
        """No readout."""
        self._point_at(None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the kept step nearest to the pointer."""
        place = self._place_at(event.position().x())
        if event.button() == Qt.MouseButton.LeftButton and place is not None and self._history is not None:
            self._point_at(place)
            self.step_chosen.emit(self._history.steps[place])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the readout, and go there."""
        history, across = self._history, step_right(event)
        if history is None:
            super().keyPressEvent(event)
            return
        last, key = len(history.steps) - 1, event.key()
        now = self._pointed if self._pointed is not None else self._place_at(self.x_of(self._step or 0)) or 0
        if across:
            self._point_at(min(max(now + across, 0), last))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._point_at(0 if key == Qt.Key.Key_Home else last)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._pointed is not None:
            self.step_chosen.emit(history.steps[self._pointed])
        elif key == Qt.Key.Key_Escape and self._pointed is not None:
            self._point_at(None)
        else:
            super().keyPressEvent(event)

    def retranslate(self) -> None:
        """Set every text in the window's language."""
        self.setAccessibleName(self.tr("Probabilities of the classes over the steps"))
        self._unit = self.tr("step")
        self.update()
