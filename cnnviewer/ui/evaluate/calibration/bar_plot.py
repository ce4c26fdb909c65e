"""Bars over an axis, with a number below each, a diagonal or a threshold: both diagrams of the page are made of it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from cnnviewer.ui.widgets.styled import Styled
from cnnviewer.ui.widgets.text_size import grown

_RIGHT = Qt.AlignmentFlag.AlignRight
_LEFT = Qt.AlignmentFlag.AlignLeft
_CENTRE = Qt.AlignmentFlag.AlignHCenter
_SMALLEST: Final = 1.5  # pixels of a bar that is not nothing


@dataclass(frozen=True)
class Bars:
    """What is shown; places and heights are shares, 0..1 from the left and from below.

    Attributes:
        up: what goes up.
        across: what goes across.
        edges: of the bars, one more than there are.
        heights: NaN where there is no bar.
        numbers: below the bars; empty: none are.
        ticks_up: places with their words.
        ticks_across: likewise.
        points: marks over the bars.
        diagonal: whether the line of equal shares is drawn.
        threshold: the bars behind it have another colour.

    """

    up: str
    across: str
    edges: tuple[float, ...]
    heights: tuple[float, ...]
    numbers: tuple[str, ...] = ()
    ticks_up: tuple[tuple[float, str], ...] = ()
    ticks_across: tuple[tuple[float, str], ...] = ()
    points: tuple[tuple[float, float], ...] = ()
    diagonal: bool = False
    threshold: float | None = None


class BarPlot(Styled, QWidget):
    """Paints `Bars`. Its owner says in words what it shows (`setAccessibleDescription`)."""

    accessible_role = QAccessible.Role.Chart

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.bars: Bars | None = None

    def set_bars(self, bars: Bars | None) -> None:
        """Show these; None: nothing."""
        self.bars = bars
        self.update()

    def sizeHint(self) -> QSize:
        """Large enough for fifteen numbers in a row."""
        return QSize(grown(480), grown(320))

    def minimumSizeHint(self) -> QSize:
        """As small as it can be read."""
        return QSize(grown(220), grown(150))

    def on_look_changed(self) -> None:
        """Another size of text needs another room."""
        super().on_look_changed()
        self.updateGeometry()

    # -- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """What goes up above, the frame with the bars, numbers, ticks and what goes across below."""
        painter, style, bars = QPainter(self), self.paint_style, self.bars
        if bars is None:
            return
        tall = style.numbers.height
        left = max((style.numbers.width(text) for _, text in bars.ticks_up), default=0.0) + 8
        rows = (2 if bars.numbers else 1) * (tall + 3)
        top = style.line + 4 + tall / 2  # the highest number reaches half above its line
        frame = QRectF(self.rect()).adjusted(left, top, -16, -(rows + style.line + 8))
        if frame.height() < 20 or frame.width() < 40:
            return
        painter.setPen(style.color("muted"))
        above = QRectF(0, 0, self.width(), style.line + 2)
        style.smalls.paint(painter, above, style.smalls.elided(bars.up, above.width()), _LEFT)
        below = QRectF(frame.left(), frame.bottom() + rows + 4, frame.width(), style.line + 2)
        style.smalls.paint(painter, below, style.smalls.elided(bars.across, below.width()), _CENTRE)
        self._paint_ticks(painter, bars, frame, left, rows - tall)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_bars(painter, bars, frame)
        self._paint_numbers(painter, bars, frame)
        painter.setPen(QPen(style.color("faint"), 1.2))
        painter.drawLine(frame.bottomLeft(), frame.bottomRight())
        if bars.diagonal:
            painter.setPen(QPen(style.color("text"), 1.2, Qt.PenStyle.DashLine))
            painter.drawLine(frame.bottomLeft(), frame.topRight())
        if bars.threshold is not None:
            x = frame.left() + bars.threshold * frame.width()
            painter.setPen(QPen(style.color("highlight"), 2))
            painter.drawLine(QPointF(x, frame.top() - 4), QPointF(x, frame.bottom()))
        painter.setPen(QPen(style.color("surface"), 1.4))
        painter.setBrush(style.color("highlight"))
        for across, up in bars.points:
            place = QPointF(frame.left() + across * frame.width(), frame.bottom() - up * frame.height())
            painter.drawEllipse(place, 4.5, 4.5)

    def _paint_ticks(self, painter: QPainter, bars: Bars, frame: QRectF, left: float, down: float) -> None:
        style, tall = self.paint_style, self.paint_style.numbers.height
        lowest = math.inf
        for share, text in bars.ticks_up:
            y = frame.bottom() - share * frame.height()
            painter.setPen(QPen(style.color("border"), 1))
            painter.drawLine(QPointF(frame.left(), y), QPointF(frame.right(), y))
            if y + tall / 2 <= lowest:
                lowest = y - tall / 2
                painter.setPen(style.color("muted"))
                style.numbers.paint(painter, QRectF(0, y - tall / 2, left - 6, tall), text, _RIGHT)
        end = -math.inf
        for share, text in bars.ticks_across:
            width = style.numbers.width(text) + 2
            begin = min(max(frame.left() + share * frame.width() - width / 2, 0.0), self.width() - width)
            if begin > end:
                end = begin + width + 6
                painter.setPen(style.color("muted"))
                style.numbers.paint(painter, QRectF(begin, frame.bottom() + down, width, tall), text, _CENTRE)

    def _paint_bars(self, painter: QPainter, bars: Bars, frame: QRectF) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        for place, height in enumerate(bars.heights):
            if not height > 0:
                continue
            first, last = (frame.left() + edge * frame.width() for edge in bars.edges[place : place + 2])
            strange = bars.threshold is not None and bars.edges[place] >= bars.threshold
            painter.setBrush(self.paint_style.color("error" if strange else "train", 0.6))
            tall = max(_SMALLEST, height * frame.height())
            gap = 1.0 if last - first > 6 else 0.3
            painter.drawRect(QRectF(first + gap, frame.bottom() - tall, last - first - 2 * gap, tall))

    def _paint_numbers(self, painter: QPainter, bars: Bars, frame: QRectF) -> None:
        """Below each bar, as far as they do not run into one another."""
        style = self.paint_style
        painter.setPen(style.color("text"))
        end = -math.inf
        for place, text in enumerate(bars.numbers):
            middle = frame.left() + (bars.edges[place] + bars.edges[place + 1]) / 2 * frame.width()
            width = style.numbers.width(text) + 2
            if text and middle - width / 2 > end:
                end = middle + width / 2 + 2
                room = QRectF(middle - width / 2, frame.bottom() + 3, width, style.numbers.height)
                style.numbers.paint(painter, room, text, _CENTRE)
