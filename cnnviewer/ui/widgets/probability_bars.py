"""Every class as a bar that glides to its probability."""

from __future__ import annotations

import math

from PySide6.QtCore import QElapsedTimer, QEvent, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QFocusEvent,
    QFont,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from cnnviewer.core.inspection.records import Prediction
from cnnviewer.ui.widgets.cell_grid import list_step, within
from cnnviewer.ui.widgets.class_words import class_word, class_words
from cnnviewer.ui.widgets.focus import paint_focus
from cnnviewer.ui.widgets.painted_text import draw_text
from cnnviewer.ui.widgets.percent import percent
from cnnviewer.ui.widgets.plain_text import tool_tip
from cnnviewer.ui.widgets.styled import Styled
from cnnviewer.ui.widgets.text_cache import TextCache
from cnnviewer.ui.widgets.theme import theme
from cnnviewer.ui.widgets.type_sizes import NUMBER, scaled

_FRAME_MS = 16
_TIME_CONSTANT_MS = 45.0
_HURRIED_MS = 1000
_SETTLED = 0.002


class ProbabilityBars(Styled, QWidget):
    """Paints one row a class: name, bar, percent. The top class is emphasised, the label marked with a small triangle.

    Where the bars can be chosen, the keyboard can choose them too: arrows move a ring, Enter and Space choose.

    Signals:
        class_selected: name of the class that was clicked, or chosen with Enter.
    """

    accessible_role = QAccessible.Role.Chart

    class_selected = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("probabilityBars")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.classes: tuple[str, ...] = ()
        self._probabilities: dict[str, float] = {}
        self._winner: str | None = None
        self._truth: str | None = None
        self._best_first = False
        self._most: int | None = None
        self._notice = ""
        self._ringed: str | None = None  # the class that the keyboard is at
        self._motion = True
        self._shown: dict[str, tuple[float, float]] = {}  # class -> (probability, row) as painted now
        self._clock = QElapsedTimer()
        self._since = QElapsedTimer()  # the last prediction
        self._frames = QTimer(self)
        self._frames.setInterval(_FRAME_MS)
        self._frames.setTimerType(Qt.TimerType.PreciseTimer)
        self._frames.timeout.connect(self._glide)
        self._letters: dict[bool, TextCache] = {}  # by whether they are bold

    def set_classes(self, classes: tuple[str, ...]) -> None:
        """The classes in the order of the model's outputs."""
        if classes != self.classes:
            self.classes = classes
            self._probabilities = {}
            self._winner = None
            self._shown = {}
            self.updateGeometry()
            self._arrive()

    def set_prediction(self, prediction: Prediction, truth: str | None) -> None:
        """Glide to these probabilities; none for an empty ranking."""
        self._probabilities = dict(prediction.ranking)
        self._winner = prediction.ranking[0][0] if prediction.ranking else None
        self._truth = truth
        # while the user draws or a model learns the next answer is here before a glide would end: jump
        hurried = self._since.isValid() and self._since.restart() < _HURRIED_MS
        if not self._since.isValid():
            self._since.start()
        if hurried:
            self._arrive()
        else:
            self._start()

    def set_best_first(self, on: bool) -> None:
        """Rows by probability, or by class."""
        self._best_first = on
        self._start()

    def set_choosable(self) -> None:
        """Let the keyboard choose a bar."""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def set_most(self, most: int | None) -> None:
        """Show this many rows from the top; None: a row for every class."""
        self._most = most
        self.updateGeometry()
        self.update()

    def height_for(self, rows: int) -> int:
        """What so many rows need to be read with ease, of those there are, in pixels."""
        return math.ceil(min(rows, max(len(self.classes), 1)) * self._least_row() * 1.25)

    def set_notice(self, notice: str) -> None:
        """Say in the place of the bars why there are none; empty shows them."""
        if notice != self._notice:
            self._notice = notice
            self.update()

    def set_motion(self, on: bool) -> None:
        """Glide, or jump."""
        self._motion = on

    # -- motion -------------------------------------------------------------------------------------------------

    def order(self) -> list[str]:
        """The classes from the top row to the last."""
        if self._best_first and self._probabilities:
            return sorted(self.classes, key=self._chance, reverse=True)
        return list(self.classes)

    def _chance(self, name: str) -> float:
        chance = self._probabilities.get(name, 0.0)
        return chance if math.isfinite(chance) else 0.0

    def _goal(self) -> dict[str, tuple[float, float]]:
        return {name: (self._chance(name), float(row)) for row, name in enumerate(self.order())}

    def _start(self) -> None:
        if self._motion and self.isVisible() and self._shown:
            if not self._frames.isActive():
                self._clock.start()
                self._frames.start()
            self.update()
        else:
            self._arrive()

    def _arrive(self) -> None:
        self._frames.stop()
        self._shown = self._goal()
        self.update()

    def _glide(self) -> None:
        """One frame: every bar goes the same share of its remaining way, however late the frame is."""
        share = 1.0 - math.exp(-max(self._clock.restart(), 1) / _TIME_CONSTANT_MS)
        goal, farthest = self._goal(), 0.0
        for name, (chance, row) in goal.items():
            was_chance, was_row = self._shown.get(name, (chance, row))
            farthest = max(farthest, abs(chance - was_chance), abs(row - was_row))
            self._shown[name] = (was_chance + (chance - was_chance) * share, was_row + (row - was_row) * share)
        if farthest < _SETTLED:
            self._arrive()
        self.update()

    # -- looks --------------------------------------------------------------------------------------------------

    def _row_height(self) -> float:
        return min(max(self.height() / max(self._rows, 1), self._least_row()), self._largest_row())

    @property
    def _rows(self) -> int:
        count = len(self.classes)
        return count if self._most is None else min(self._most, count)

    def _largest_row(self) -> float:
        return self._least_row() * 1.6

    def _least_row(self) -> float:
        return self._text_cache(False).height - 1

    def _text_cache(self, bold: bool) -> TextCache:
        if bold not in self._letters:
            face = scaled(self.font(), 0.92, NUMBER)
            if bold:
                face.setWeight(QFont.Weight.Bold)
            self._letters[bold] = TextCache(face)
        return self._letters[bold]

    def on_look_changed(self) -> None:
        """The bars write in fonts of their own."""
        self._letters.clear()
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        """A style sheet may have brought another font."""
        if event.type() == QEvent.Type.StyleChange:
            self._letters.clear()
        super().changeEvent(event)

    def sizeHint(self) -> QSize:
        """A comfortable row for each class."""
        return QSize(150, math.ceil(self._rows * self._largest_row()))

    def minimumSizeHint(self) -> QSize:
        """The least row for each class; the area around it scrolls."""
        return QSize(100, math.ceil(self._rows * self._least_row()))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The rows that are visible."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._notice:
            painter.setPen(theme().color("muted"))
            flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
            draw_text(painter, self.rect(), flags, self._notice)
            if self.hasFocus():
                paint_focus(painter, self, theme().color("accent"))
            return
        height = self._row_height()
        bold = self._text_cache(True)
        names = min(max((bold.width(name) for name in class_words(self.classes)), default=0.0) + 2, self.width() * 0.42)
        numbers = bold.width(percent(0.9999)) + 4
        for name in self.classes:
            chance, row = self._shown.get(name, (0.0, 0.0))
            area = QRectF(0, row * height, self.width(), height)
            if area.intersects(QRectF(event.rect())):
                self._paint_row(painter, area, names, numbers, name, chance)

    def _paint_row(
        self, painter: QPainter, area: QRectF, names: float, numbers: float, name: str, chance: float
    ) -> None:
        wins = name == self._winner
        letters = self._text_cache(wins)
        painter.setPen(theme().color("text" if wins else "muted"))
        label = QRectF(area.left() + 9, area.top(), names, area.height())
        letters.paint(painter, label, letters.elided(class_word(name), names), Qt.AlignmentFlag.AlignLeft)
        if name == self._truth:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme().color("good"))
            y = area.center().y()
            painter.drawConvexPolygon([_at(1, y - 4), _at(7, y), _at(1, y + 4)])
        left = label.right() + 5
        groove = QRectF(left, 0, max(area.width() - left - numbers - 4, 4.0), min(area.height() * 0.56, 12.0))
        groove.moveTop(area.center().y() - groove.height() / 2)
        radius = min(groove.height() / 2, 3.0)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme().color("sunken"))
        painter.drawRoundedRect(groove, radius, radius)
        if chance > 0.0005:
            painter.setBrush(theme().color("accent" if wins else "faint"))
            bar = QRectF(groove)
            bar.setWidth(max(groove.width() * min(chance, 1.0), 1.5))
            painter.drawRoundedRect(bar, min(radius, bar.width() / 2), radius)
        if name == self._ringed and self.hasFocus():
            painter.setPen(QPen(theme().color("accent"), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), 3, 3)
        if self._winner is not None:
            painter.setPen(theme().color("text" if wins else "muted"))
            value = QRectF(area.right() - numbers, area.top(), numbers, area.height())
            letters.paint(painter, value, percent(self._probabilities.get(name, 0.0)), Qt.AlignmentFlag.AlignRight)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Ask about the class that was clicked."""
        row, order = int(event.position().y() / self._row_height()), self.order()
        if self._winner is not None and 0 <= row < len(order) and event.button() == Qt.MouseButton.LeftButton:
            self._ring(order[row])
            self.class_selected.emit(order[row])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows, Home and End move the ring, Enter and Space choose."""
        shown = self.order()[: self._rows]
        step = list_step(event, len(shown), len(shown))
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._ringed in shown:
            self.class_selected.emit(self._ringed)
        elif step is None or not shown:
            super().keyPressEvent(event)
        else:
            place = shown.index(self._ringed) if self._ringed in shown else 0
            self._ring(shown[within(place + step, len(shown))])

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The ring begins at the top class."""
        super().focusInEvent(event)
        shown = self.order()[: self._rows]
        if shown and self._ringed not in shown:
            self._ring(shown[0])
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Without the focus there is no ring."""
        super().focusOutEvent(event)
        self.update()

    def _ring(self, name: str) -> None:
        self._ringed = name
        self.setAccessibleDescription(f"{name}: {percent(self._probabilities.get(name, 0.0))}")
        self.update()

    def event(self, event: QEvent) -> bool:
        """The tool tip names the class under the cursor, with every digit."""
        if isinstance(event, QHelpEvent):
            row = int(event.pos().y() / self._row_height())
            order = self.order()
            if self._winner is not None and 0 <= row < len(order):
                name = order[row]
                QToolTip.showText(
                    event.globalPos(), tool_tip(f"{name}: {self._probabilities.get(name, 0.0):.6f}"), self
                )
            else:
                QToolTip.hideText()
            return True
        return super().event(event)


def _at(x: float, y: float) -> QPointF:
    return QPointF(x, y)
