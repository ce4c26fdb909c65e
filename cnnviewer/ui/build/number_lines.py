"""The numbers of a layer in as many lines as they need."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

_GAP = 5


class NumberLines(QWidget):
    """Fields beside one another; those without room go below. Which are there is said by their being hidden."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fields: list[QWidget] = []
        self._lines: list[QHBoxLayout] = []
        self._shown: list[list[QWidget]] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(3)

    def add(self, field: QWidget) -> None:
        """One more."""
        self._fields.append(field)

    def line_width(self) -> int:
        """Pixels that they need in one line."""
        return sum(field.sizeHint().width() + _GAP for field in self._fields if not field.isHidden())

    def set_room(self, width: int) -> None:
        """Fill lines of so many pixels."""
        lines: list[list[QWidget]] = [[]]
        used = 0
        for field in self._fields:
            if field.isHidden():
                continue
            needed = field.sizeHint().width() + _GAP
            if lines[-1] and used + needed > width:
                lines.append([])
                used = 0
            lines[-1].append(field)
            used += needed
        if lines != self._shown:
            self._shown = lines
            self._place(lines)

    def _place(self, lines: Sequence[Sequence[QWidget]]) -> None:
        while len(self._lines) < len(lines):
            line = QHBoxLayout()
            line.setSpacing(_GAP)
            line.addStretch(1)
            self._lines.append(line)
            self._column.addLayout(line)
        for field in self._fields:
            for line in self._lines:
                line.removeWidget(field)
        for line, fields in zip(self._lines, lines, strict=False):
            for place, field in enumerate(fields):
                line.insertWidget(place, field, 0, Qt.AlignmentFlag.AlignTop)
