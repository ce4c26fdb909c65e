"""The logits of a few classes before and after a change, as bars from 0."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from cnnviewer.core.inspection.adversarial.records import Answered
from cnnviewer.ui.widgets.class_words import class_word
from cnnviewer.ui.widgets.styled import Styled
from cnnviewer.ui.widgets.text_size import grown
from cnnviewer.ui.widgets.translated import Translated

MOST: Final = 10
"""Classes at most; of more classes those with the highest logits of the image, and the one predicted now."""
_NAMES: Final = 0.3  # of the width, at most
_EDGE: Final = 6
_BOTH: Final = 270  # pixels of the usual text size from which both numbers stand beside the bars


class LogitBars(Translated, Styled, QWidget):
    """A row a class: its name, the logit of the image (thin), that of the changed picture, and both in numbers."""

    accessible_role = QAccessible.Role.Chart

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._classes: tuple[str, ...] = ()
        self._before: Answered | None = None
        self._after: Answered | None = None
        self.rows: tuple[int, ...] = ()
        self.retranslate()

    def set_classes(self, classes: tuple[str, ...]) -> None:
        """The classes in the order of the model's outputs."""
        self._classes = classes
        self.set_answers(None, None)

    def set_answers(self, before: Answered | None, after: Answered | None) -> None:
        """The answers to the image and to the changed picture."""
        self._before, self._after = before, after
        self.rows = rows_of(before, after) if before is not None else tuple(range(min(MOST, len(self._classes))))
        self.setFixedHeight(self._height())
        self._describe()
        self.update()

    def _describe(self) -> None:
        if self._before is None or self._after is None:
            self.setAccessibleDescription("")
            return
        decimals = _decimals(self._shown)
        self.setAccessibleDescription(
            "; ".join(
                f"{class_word(self._classes[row])}: {_number(self._before.logits[row], decimals)} → "
                f"{_number(self._after.logits[row], decimals)}"
                for row in self.rows
            )
        )

    def retranslate(self) -> None:
        """Set every text in the window's language."""
        self.setAccessibleName(self.tr("Logits before and after the change"))
        self.update()

    @property
    def _shown(self) -> npt.NDArray[np.float64]:
        """The logits of the image and of the changed one, `(2, rows)`."""
        assert self._before is not None
        assert self._after is not None
        return np.array([self._before.logits[list(self.rows)], self._after.logits[list(self.rows)]], np.float64)

    @property
    def _row(self) -> float:
        return self.paint_style.numbers.height + 2

    def _height(self) -> int:
        return round((max(1, len(self.rows)) + 1) * self._row)

    def minimumSizeHint(self) -> QSize:
        """Names, bars that can be compared, and numbers."""
        return QSize(220, self._height())

    def on_look_changed(self) -> None:
        """Other texts have other heights."""
        super().on_look_changed()
        self.setFixedHeight(self._height())

    # -- what is seen -------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """A line that says what the bars are, then the rows."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_key(painter)
        if self._before is None or self._after is None or not self._classes:
            return
        shown, decimals = self._shown, _decimals(self._shown)
        low, high = min(0.0, float(shown.min())), max(0.0, float(shown.max()))
        widest = max((_number(low, decimals), _number(high, decimals), "−88.8"), key=len)
        right = self.paint_style.numbers.width(self._words(widest, widest))
        names = max(self.paint_style.names.width(class_word(self._classes[row])) for row in self.rows)
        names = min(names, self.width() * _NAMES)
        bars = QRectF(names + 8, 0, max(20.0, self.width() - names - right - 16), 0)
        scale = bars.width() / ((high - low) or 1.0)
        zero = bars.left() - low * scale
        for place, row in enumerate(self.rows):
            room = QRectF(0, (place + 1) * self._row, self.width(), self._row)
            self._paint_row(painter, room, names, (zero, scale), row, decimals)
        painter.fillRect(QRectF(zero - 0.5, self._row, 1, len(self.rows) * self._row), self.paint_style.color("faint"))

    def _paint_row(
        self, painter: QPainter, room: QRectF, names: float, axis: tuple[float, float], row: int, decimals: int
    ) -> None:
        assert self._before is not None
        assert self._after is not None
        style, (zero, scale) = self.paint_style, axis
        wins = row == self._after.label
        letters = style.names if wins else style.smalls
        painter.setPen(style.color("text" if wins else "muted"))
        name = letters.elided(class_word(self._classes[row]), names)
        letters.paint(painter, QRectF(0, room.top(), names, room.height()), name, Qt.AlignmentFlag.AlignLeft)
        before, after = float(self._before.logits[row]), float(self._after.logits[row])
        thin, thick = room.height() * 0.22, room.height() * 0.34
        top = room.top() + (room.height() - thin - thick - 1) / 2
        for value, upper, height, colour in (
            (before, top, thin, "faint"),
            (after, top + thin + 1, thick, "highlight" if wins else "accent"),
        ):
            left, length = (zero, value * scale) if value >= 0 else (zero + value * scale, -value * scale)
            painter.fillRect(QRectF(left, upper, max(length, 1.0), height), style.color(colour))
        words = self._words(_number(before, decimals), _number(after, decimals))
        style.numbers.paint(painter, room, words, Qt.AlignmentFlag.AlignRight)

    def _words(self, before: str, after: str) -> str:
        """Both numbers, or where there is little room the one of now."""
        return f"{before} → {after}" if self.width() >= grown(_BOTH) else after

    def _paint_key(self, painter: QPainter) -> None:
        style = self.paint_style
        left, side = 0.0, style.line * 0.5
        for colour, words in (("faint", self.tr("image")), ("accent", self.tr("changed"))):
            painter.fillRect(QRectF(left, (self._row - side) / 2, side, side), style.color(colour))
            painter.setPen(style.color("muted"))
            room = QRectF(left + side + _EDGE, 0, style.smalls.width(words) + 1, self._row)
            style.smalls.paint(painter, room, words, Qt.AlignmentFlag.AlignLeft)
            left = room.right() + 2 * _EDGE
        room, unit = QRectF(left, 0, self.width() - left, self._row), self.tr("logits")
        if style.smalls.width(unit) <= room.width():
            style.smalls.paint(painter, room, unit, Qt.AlignmentFlag.AlignRight)


def rows_of(before: Answered, after: Answered | None) -> tuple[int, ...]:
    """The classes that get a row, in the order of the model's outputs; all where they are few."""
    count = len(before.logits)
    if count <= MOST:
        return tuple(range(count))
    best = np.argsort(-before.logits, kind="stable")[: MOST - 1].tolist()
    return tuple(sorted({*best, *([after.label] if after is not None else [])}))


def _decimals(shown: npt.NDArray[np.float64]) -> int:
    """So many that the two highest logits of now differ, and each has two digits of the whole range."""
    best = np.sort(shown[1])[::-1][:2]
    least = min(float(np.ptp(shown)) / 10, float(best[0] - best[-1])) if len(best) > 1 else 1.0
    return int(np.clip(np.ceil(-np.log10(least)), 1, 4)) if least > 0 else 4


def _number(value: float, decimals: int) -> str:
    return f"{value:z.{decimals}f}".replace("-", "−")
