"""The key of a chart with its numbers: a line for each curve."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from cnnviewer.ui.widgets.styled import Styled

_KEY: Final = 20  # pixels of the stroke before a name
_GAP: Final = 10
_LEFT = Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignRight


@dataclass(frozen=True)
class KeyRow:
    """A curve's name and its numbers, one a column."""

    colour: str
    name: str
    numbers: tuple[str, ...]
    dashed: bool = False


class KeyTable(Styled, QWidget):
    """Paints the rows below the titles of their columns; its description says them in words."""

    accessible_role = QAccessible.Role.Table

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.titles: tuple[str, ...] = ()
        self.rows: tuple[KeyRow, ...] = ()

    def set_rows(self, titles: tuple[str, ...], rows: tuple[KeyRow, ...]) -> None:
        """Show these; as many titles as a row has numbers."""
        self.titles, self.rows = titles, rows
        said = [
            f"{row.name}: " + ", ".join(f"{title} {number}" for title, number in zip(titles, row.numbers, strict=True))
            for row in rows
        ]
        self.setAccessibleDescription("; ".join(said))
        self._fit()
        self.update()

    @property
    def _line(self) -> float:
        return max(self.paint_style.line, self.paint_style.numbers.height) + 3

    def _widths(self) -> list[float]:
        style = self.paint_style
        return [
            max([style.small(title), *(style.numbers.width(row.numbers[place]) for row in self.rows)]) + _GAP
            for place, title in enumerate(self.titles)
        ]

    @property
    def _is_stacked(self) -> bool:
        """Whether a name has no room beside its numbers, which then stand below it."""
        names = max((self.paint_style.small(row.name) for row in self.rows), default=0.0)
        return _KEY + 8 + names > self.width() - sum(self._widths())

    def _fit(self) -> None:
        lines = 1 + len(self.rows) * (2 if self._is_stacked else 1) if self.rows else 0
        height = round(lines * self._line)
        if height != self.minimumHeight() or height != self.maximumHeight():
            self.setFixedHeight(height)

    def minimumSizeHint(self) -> QSize:
        """The numbers are never cut."""
        return QSize(round(sum(self._widths())), self.minimumHeight())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As high as the width asks for."""
        super().resizeEvent(event)
        self._fit()

    def on_look_changed(self) -> None:
        """Another size of text."""
        super().on_look_changed()
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Titles, then a line for each row, or two where a name has no room beside its numbers."""
        if not self.rows:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        style, widths, line, stacked = self.paint_style, self._widths(), self._line, self._is_stacked
        painter.setPen(style.color("muted"))
        right = float(self.width())
        places = [right - sum(widths[place:]) for place in range(len(widths))]
        for left, width, title in zip(places, widths, self.titles, strict=True):
            style.smalls.paint(painter, QRectF(left, 0, width, line), title, _RIGHT)
        names = (right if stacked or not places else places[0]) - _KEY - 8
        for number, row in enumerate(self.rows):
            top = (1 + number * (2 if stacked else 1)) * line
            middle = top + line / 2
            pen = QPen(style.color(row.colour), 2, Qt.PenStyle.DashLine if row.dashed else Qt.PenStyle.SolidLine)
            painter.setPen(pen)
            painter.drawLine(QPointF(0, middle), QPointF(_KEY, middle))
            painter.setPen(style.color("text"))
            name = style.smalls.elided(row.name, names)
            style.smalls.paint(painter, QRectF(_KEY + 6, top, names, line), name, _LEFT)
            below = top + line if stacked else top
            for left, width, text in zip(places, widths, row.numbers, strict=True):
                style.numbers.paint(painter, QRectF(left, below, width, line), text, _RIGHT)
