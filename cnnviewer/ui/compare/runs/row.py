"""A run as a row of the narrow list: a tick, its name, and below how good it is, how far and how long it trained."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from cnnviewer.core.counting import counted
from cnnviewer.core.runs.read.summary import RunLine
from cnnviewer.ui.compare.run_style import colour
from cnnviewer.ui.compare.runs.model import RunsModel
from cnnviewer.ui.compare.texts import duration
from cnnviewer.ui.widgets.painted_text import draw_text
from cnnviewer.ui.widgets.plain_text import elided
from cnnviewer.ui.widgets.text_colour import text_colour_on
from cnnviewer.ui.widgets.theme import theme
from cnnviewer.ui.widgets.type_sizes import scaled

Index = QModelIndex | QPersistentModelIndex

_EDGE, _BOX = 10, 16  # pixels
_LEFT: Final = _EDGE + _BOX + 10
_ABOVE: Final = 6


class RunRow(QStyledItemDelegate):
    """Paints the rows of a compact `RunsTable`; a click on the tick box asks to compare the run, or not to."""

    def __init__(self, runs: RunsModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._runs = runs

    @staticmethod
    def height(line: int) -> int:
        """Pixels of a row whose lines are `line` pixels high."""
        return 2 * line + 2 * _ABOVE + 2

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The box, and two lines."""
        line: RunLine = index.data(Qt.ItemDataRole.UserRole)
        rect = option.rect
        state, font = option.state, option.font
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme().color("accent_soft"))
        self._paint_box(painter, self._box(rect), self._runs.mark_of(line))
        high = QFontMetrics(font).height()
        upper = QRect(rect.left() + _LEFT, rect.top() + _ABOVE, rect.width() - _LEFT - _EDGE, high)
        self._paint_name(painter, upper, line, font)
        self._paint_facts(painter, upper.translated(0, high + 2), line, font)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)  # that of the tick box would cover the texts
            painter.setPen(QPen(theme().color("accent"), 1))
            painter.drawRoundedRect(QRectF(rect).adjusted(1.5, 1.5, -1.5, -1.5), 4, 4)
        painter.restore()

    def _paint_box(self, painter: QPainter, box: QRectF, mark: int) -> None:
        fill = QColor(theme().color("surface")) if mark < 0 else colour(mark)
        painter.setPen(QPen(theme().color("faint") if mark < 0 else fill, 1))
        painter.setBrush(fill)
        painter.drawRoundedRect(box, 4, 4)
        if mark >= 0:
            painter.setPen(QPen(text_colour_on(fill), 2))
            left, top = box.left(), box.top()
            painter.drawPolyline(
                [QPointF(left + 3.5, top + 8), QPointF(left + 7, top + 11.5), QPointF(left + 12.5, top + 4.5)],
            )

    def _paint_name(self, painter: QPainter, room: QRect, line: RunLine, font: QFont) -> None:
        name = QFont(font)
        name.setWeight(QFont.Weight.Bold if self._runs.is_shown(line) else QFont.Weight.Medium)
        painter.setFont(name)
        painter.setPen(theme().color("text"))
        mode = Qt.TextElideMode  # what sets a run apart stands first, but in names of the user's own at the end
        cut = mode.ElideMiddle if line.summary.notes.name else mode.ElideRight
        words = elided(QFontMetrics(name), line.telling_name, room.width(), cut)
        draw_text(painter, room, Qt.AlignmentFlag.AlignVCenter, words)

    def _paint_facts(self, painter: QPainter, room: QRect, line: RunLine, font: QFont) -> None:
        small = scaled(font, 0.92)
        painter.setFont(small)
        painter.setPen(theme().color("muted"))
        sign = self._runs.sign_of(line)
        size = min(14, room.height())
        sign.paint(painter, QRect(room.right() - size + 1, room.center().y() - size // 2, size, size))
        metrics, middle = QFontMetrics(small), Qt.AlignmentFlag.AlignVCenter
        date, facts = self._runs.text_of(line, "date"), self.facts(line)
        left = room.adjusted(0, 0, -size - 8, 0)
        if metrics.horizontalAdvance(f"{facts}   {date}") <= left.width():
            draw_text(painter, left, middle | Qt.AlignmentFlag.AlignRight, date)
        draw_text(painter, left, middle, elided(metrics, facts, left.width()))

    def facts(self, line: RunLine) -> str:
        """How good the run is, how far it came and how long that took, on one line."""
        run, epochs = line.summary, line.summary.info.config.epochs
        if run.epochs_done == epochs:
            done = counted(self.tr("{count:epoch|epochs}"), count=epochs)
        else:
            done = counted(self.tr("{done} of {count:epoch|epochs}"), done=f"{run.epochs_done:,}", count=epochs)
        time = [duration(run.seconds)] if run.seconds else []
        accuracy = [self._runs.text_of(line, "accuracy")] if run.accuracy is not None or run.epochs_done else []
        return " · ".join((*accuracy, done, *time))

    @staticmethod
    def _box(rect: QRect) -> QRectF:
        return QRectF(rect.left() + _EDGE, rect.center().y() - _BOX / 2, _BOX, _BOX)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Two lines."""
        metrics = option.fontMetrics
        return QSize(200, self.height(metrics.height()))

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """The name is written in its own line."""
        rect = option.rect
        high = editor.sizeHint().height()
        editor.setGeometry(rect.left() + _LEFT - 4, rect.center().y() - high // 2, rect.width() - _LEFT, high)

    def editorEvent(self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index) -> bool:
        """A click on the box, or left of it, ticks; the rest of a row chooses it."""
        rect = option.rect
        if isinstance(event, QMouseEvent):
            inside = event.position().x() < rect.left() + _LEFT - 4
            if not inside or event.button() != Qt.MouseButton.LeftButton:
                return False
            if event.type() == QEvent.Type.MouseButtonRelease:
                ticked = self._runs.mark_of(index.data(Qt.ItemDataRole.UserRole)) >= 0
                model.setData(
                    index, Qt.CheckState.Unchecked if ticked else Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole
                )
            return event.type() in (QEvent.Type.MouseButtonRelease, QEvent.Type.MouseButtonDblClick)
        return super().editorEvent(event, model, option, index)
