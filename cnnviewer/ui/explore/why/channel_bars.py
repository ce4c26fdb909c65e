"""A list of channels with a bar each: what a logit loses without it. Painted, for a layer may have thousands."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from cnnviewer.core.inspection.attribution.channel_records import Contributions
from cnnviewer.ui.explore.network.labels import number
from cnnviewer.ui.widgets.image_wall import ImageWall
from cnnviewer.ui.widgets.muted_sign import paint_muted_sign
from cnnviewer.ui.widgets.painted_text import draw_text
from cnnviewer.ui.widgets.palettes import sign_colours
from cnnviewer.ui.widgets.text_size import grown
from cnnviewer.ui.widgets.theme import theme
from cnnviewer.ui.widgets.type_sizes import NUMBER, scaled

_ROW, _NAME, _VALUE, _SIGN = 27, 46, 74, 30  # pixels of the usual text size
_ROWS = 4  # that have room at least
_ROUNDED = 1e-4  # logits, or of the largest bar: below both it is only rounding
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class ChannelBars(ImageWall):
    """One row a channel, muted ones first, then that of the largest change; the bars diverge from 0.

    It scrolls where not all rows have room: what is said below it stays in sight.

    Signals:
        channel_opened: a channel that was clicked, or whose numbers Enter asks for.
        channel_hovered: the channel under the pointer or chosen by key; None: none.
        mute_toggled: the channel whose sign was clicked, or that M was pressed for.
    """

    accessible_role = QAccessible.Role.List

    channel_opened = Signal(int)
    channel_hovered = Signal(object)
    mute_toggled = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("channelBars", parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.viewport().setAutoFillBackground(False)
        self._found: Contributions | None = None
        self._muted: frozenset[int] = frozenset()
        self._current: int | None = None
        self._over: int | None = None
        self._over_sign = False
        self._colours: npt.NDArray[np.uint8] = np.zeros((0, 4), np.uint8)
        self._words: tuple[str, str] = ("", "")

    # values in

    def set_contributions(self, found: Contributions | None) -> None:
        """Show these; None: none."""
        same = found is not None and self._found is not None and self._found.request.layer == found.request.layer
        self._found = found
        self._sort()
        drops = np.zeros(0) if found is None else found.drops
        self._colours = sign_colours(drops)
        if not same:
            self._current = None
            self._point(None)
        self.updateGeometry()
        self.bring_into_view()  # of a channel that is let through again: it stood last while it was muted
        self.viewport().update()

    def set_muted(self, channels: Collection[int]) -> None:
        """Which of the channels are muted."""
        muted = frozenset(channels)
        if muted == self._muted:
            return
        self._muted = muted
        self._sort()
        self.bring_into_view()
        self.viewport().update()

    def _sort(self) -> None:
        """Without a muted channel nothing is lost any more: by size alone it would leave the rows in sight."""
        order = np.zeros(0, np.int64) if self._found is None else self._found.order
        muted = np.isin(order, list(self._muted))
        self._shown = np.concatenate([order[muted], order[~muted]])
        self.update_range()

    def set_words(self, tip: str, mute: str, notice: str) -> None:
        """The tool tips of a row and of its sign, `tip` with `{channel}`, `{before}` and `{after}`; and of no rows."""
        self._words, self._notice = (tip, mute), notice
        self.viewport().update()

    @property
    def current(self) -> int | None:
        """The channel chosen by key or click."""
        return self._current

    # ImageWall

    def columns(self) -> int:
        """One row a channel."""
        return 1

    def cell_size(self) -> tuple[float, float]:
        """A row."""
        return float(max(1, self.viewport().width())), float(grown(_ROW)) - self.GAP

    def place(self) -> int:
        """Where the chosen channel stands."""
        found = np.flatnonzero(self._shown == (-1 if self._current is None else self._current))
        return int(found[0]) if len(found) else -1

    def choose(self, place: int) -> None:
        """A key has led to a row."""
        self._current = int(self._shown[place])
        self.bring_into_view()
        self._point(self._current)
        self.viewport().update()

    def describe(self, index: int) -> str:
        """What the score is with this channel and without it; of the sign what it does."""
        if self._found is None:
            return ""
        if self._over_sign:
            return self._words[1]
        score = self._found.score
        return self._words[0].format(
            channel=index, before=number(score), after=number(score - float(self._found.drops[index]))
        )

    # painting

    @property
    def _span(self) -> tuple[float, float]:
        """The ends of the bars' common scale, 0 among them."""
        drops = self._found.drops if self._found is not None else np.zeros(0)
        finite = drops[np.isfinite(drops)]
        low, high = min(0.0, float(finite.min(initial=0))), max(0.0, float(finite.max(initial=0)))
        return (low, high) if low < high else (0.0, 1.0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The rows in sight."""
        painter = QPainter(self.viewport())
        if self._found is None or not len(self._shown):
            self.paint_notice(painter, 8)
            return
        painter.setFont(scaled(self.font(), 1.0, NUMBER))
        for place in self.visible_places():
            self._paint_row(painter, int(self._shown[place]), self.cell_rect(place))
        if self.hasFocus():
            painter.setPen(QPen(theme().color("accent"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.viewport().rect().adjusted(0, 0, -1, -1))
        painter.end()

    def _paint_row(self, painter: QPainter, channel: int, row: QRectF) -> None:
        if self._found is None:
            return
        drop = float(self._found.drops[channel])
        here = channel == self._current
        if here or channel == self._over:
            painter.fillRect(row, theme().color("accent_soft"))
        if here:
            painter.fillRect(QRectF(row.x(), row.y(), 3, row.height()), theme().color("highlight"))
        name, bars, value, sign = self._parts(row)
        painter.setPen(theme().color("text"))
        draw_text(painter, name, _LEFT, str(channel))
        low, high = self._span
        zero = bars.x() - low / (high - low) * bars.width()
        painter.fillRect(QRectF(zero - 0.5, bars.y() - self.GAP, 1, bars.height() + self.GAP), theme().color("faint"))
        if np.isfinite(drop):
            end = zero + drop / (high - low) * bars.width()
            bar = QRectF(min(zero, end), bars.y() + 4, max(1.0, abs(end - zero)), bars.height() - 8)
            painter.fillRect(bar, QColor(*(int(part) for part in self._colours[channel][:3])))
            painter.setPen(QPen(theme().color("border"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(bar)
        painter.setPen(theme().color("text"))
        draw_text(painter, value, _RIGHT, drop_text(drop, max(map(abs, self._span))))
        muted = channel in self._muted
        colour = theme().color("highlight_text" if muted else "muted" if channel == self._over else "faint")
        paint_muted_sign(painter, sign.adjusted(6, 4, -6, -4), colour)

    def _parts(self, row: QRectF) -> tuple[QRectF, QRectF, QRectF, QRectF]:
        """Where name, bar, value and sign of a row lie."""
        name, value, sign = grown(_NAME), grown(_VALUE), grown(_SIGN)
        return (
            QRectF(row.x() + 8, row.y(), name - 8, row.height()),
            QRectF(row.x() + name, row.y(), max(20.0, row.width() - name - value - sign), row.height()),
            QRectF(row.right() - sign - value, row.y(), value, row.height()),
            QRectF(row.right() - sign, row.y(), sign, row.height()),
        )

    def sign_rect(self, channel: int) -> QRectF:
        """Where the sign of a channel lies in the viewport."""
        found = np.flatnonzero(self._shown == channel)
        return self._parts(self.cell_rect(int(found[0])))[3] if len(found) else QRectF()

    # what the user does

    def _is_on_sign(self, position: QPoint) -> bool:
        return position.x() >= self.viewport().width() - grown(_SIGN)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on the sign mutes the channel or lets it through; elsewhere it leads to the channel."""
        position = event.position().toPoint()
        place = self.place_at(position)
        if event.button() != Qt.MouseButton.LeftButton or place < 0:
            return
        self._current = int(self._shown[place])
        self.viewport().update()
        (self.mute_toggled if self._is_on_sign(position) else self.channel_opened).emit(self._current)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell which channel is pointed at."""
        position = event.position().toPoint()
        place = self.place_at(position)
        self._over_sign = place >= 0 and self._is_on_sign(position)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if place >= 0 else Qt.CursorShape.ArrowCursor)
        self._point(None if place < 0 else int(self._shown[place]))

    def leaveEvent(self, _event: QEvent) -> None:
        """None any more."""
        self._over_sign = False
        self._point(None)

    def _point(self, channel: int | None) -> None:
        if channel != self._over:
            self._over = channel
            self.channel_hovered.emit(channel)
            self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the chosen channel, M mutes it or lets it through; the other keys walk."""
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._current is not None:
            self.channel_opened.emit(self._current)
        elif key == Qt.Key.Key_M and self._current is not None:
            self.mute_toggled.emit(self._current)
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """All rows."""
        return QSize(grown(320), grown(_ROW) * max(_ROWS, len(self._shown)))

    def minimumSizeHint(self) -> QSize:
        """The first rows."""
        return QSize(grown(220), grown(_ROW) * _ROWS)


def drop_text(drop: float, most: float) -> str:
    """What is written beside a bar: `+2.64`, `−0.185`; `≈0` for what is only rounding beside the largest, `most`."""
    if drop and abs(drop) < min(_ROUNDED, _ROUNDED * most):
        return "≈0"
    return f"+{number(drop, 3)}" if drop > 0 else number(drop, 3)
