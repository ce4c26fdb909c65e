"""The key of a chart with its numbers: a line for each curve."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from cnnviewer.ui.widgets.styled import Styled
from cnnviewer.ui.widgets.text_size import grown

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
        self.updateGeometry()
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

    def sizeHint(self) -> QSize:
        """All rows."""
        return QSize(grown(300), round((len(self.rows) + 1) * self._line) if self.rows else 0)

    def minimumSizeHint(self) -> QSize:
        """Names give way, numbers do not."""
        return QSize(round(sum(self._widths())) + grown(70), self.sizeHint().height())

    def on_look_changed(self) -> None:
        """Another size of text."""
        super().on_look_changed()
        self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Titles, then a line for each row."""
        if not self.rows:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        style, widths, line = self.paint_style, self._widths(), self._line
        painter.setPen(style.color("muted"))
        right = float(self.width())
        places = [right - sum(widths[place:]) for place in range(len(widths))]
        for left, width, title in zip(places, widths, self.titles, strict=True):
            style.smalls.paint(painter, QRectF(left, 0, width, line), title, _RIGHT)
        names = (places[0] if places else right) - _KEY - 8
        for number, row in enumerate(self.rows, start=1):
            top = number * line
            middle = top + line / 2
            pen = QPen(style.color(row.colour), 2, Qt.PenStyle.DashLine if row.dashed else Qt.PenStyle.SolidLine)
            painter.setPen(pen)
            painter.drawLine(QPointF(0, middle), QPointF(_KEY, middle))
            painter.setPen(style.color("text"))
            name = style.smalls.elided(row.name, names)
            style.smalls.paint(painter, QRectF(_KEY + 6, top, names, line), name, _LEFT)
            for left, width, text in zip(places, widths, row.numbers, strict=True):
                style.numbers.paint(painter, QRectF(left, top, width, line), text, _RIGHT)
