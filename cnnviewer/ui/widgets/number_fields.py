"""Fields for numbers that keep what the user types, and say so when it is none.

Qt's own spin boxes swallow every key that they do not expect: `1e-5` becomes 15, `0,001` becomes 1. Here every key
stands. A text that is finished and is no number, or none within the bounds, stays where it is: the field is marked, a
sentence says why, and the value is what it was before.
"""

from __future__ import annotations

import math
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QValidator, QWheelEvent
from PySide6.QtWidgets import QAbstractSpinBox, QDoubleSpinBox, QSpinBox, QToolTip, QWidget

from cnnviewer.core.errors import UserError
from cnnviewer.core.typed_number import plain, real, whole, written
from cnnviewer.ui.widgets.enclosing_area import enclosing_area
from cnnviewer.ui.widgets.language import translate_error
from cnnviewer.ui.widgets.plain_text import tool_tip
from cnnviewer.ui.widgets.undoable import is_undo_or_redo

_MOST_DECIMALS: Final = 323
"""With so many decimals a QDoubleSpinBox rounds no float64."""
_AFTER_THE_CLICK_MS: Final = 250
"""A tooltip disappears with the click or the change of focus that finished the text: it is shown after them."""
_SMALLEST_RATE: Final = 1e-6
"""Where the arrow keys begin above 0."""

if TYPE_CHECKING:
    _SpinBox = QAbstractSpinBox
else:
    _SpinBox = object  # what follows is mixed into two of Qt's classes


class _Typed(_SpinBox):
    """What both kinds share: every key stands, and the text is checked when it is finished.

    Attributes:
        problem: why what stands in the field cannot be used; empty where it can.
        has_room_to_tell: whether the widget beside the field shows `problem`; else a tooltip does.
    """

    error_changed: Signal
    problem = ""
    has_room_to_tell = False
    _refused: str | None = None  # the text then; class attributes, for Qt asks while it still builds the spin box
    _word = ""
    _tip = ""

    def _prepare(self) -> None:
        self.lineEdit().setTextMargins(5, 0, 0, 0)  # a style sheet that places the buttons loses its own padding
        self.lineEdit().textEdited.connect(self._accept)
        self.editingFinished.connect(self._finish)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # the wheel scrolls the page, and takes no focus

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave Ctrl+Z to the window, which undoes the last change, unless a number is being typed."""
        typing = self.lineEdit().isModified() and not self.keyboardTracking()
        if is_undo_or_redo(event) and not typing:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _finish(self) -> None:
        self.lineEdit().setModified(False)

    def _body(self, text: str) -> str:
        """`text` without prefix and suffix."""
        raise NotImplementedError

    def _number(self, body: str) -> float:
        """The number that `body` says; a `UserError` where it says none within the bounds."""
        raise NotImplementedError

    def validate(self, text: str, cursor: int) -> tuple[QValidator.State, str, int]:
        """Let every key stand; only a number counts."""
        try:
            self._number(self._body(text))
        except UserError:
            return QValidator.State.Intermediate, text, cursor
        return QValidator.State.Acceptable, text, cursor

    def fixup(self, text: str) -> str:
        """Keep and mark what is finished and cannot be used: Qt, which asks here, would put the old number back."""
        body = self._body(text)
        try:
            self._number(body)
        except UserError as error:
            self._refused = body
            self._tell(translate_error(error))
        return text

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Change the number only with the focus."""
        super().wheelEvent(event) if self.hasFocus() else event.ignore()

    def _accept(self, _text: str = "") -> None:
        """What was refused is gone, or is being mended."""
        self._refused = None
        if self.problem:
            self._tell("")

    def _tell(self, sentence: str) -> None:
        if not self.problem:
            self._tip = self.toolTip()
        self.problem = sentence
        self.setToolTip(tool_tip(sentence) if sentence else self._tip)
        mark(self, bool(sentence))
        self.error_changed.emit(sentence)
        if not sentence:
            QToolTip.hideText()
        elif not self.has_room_to_tell:
            QTimer.singleShot(_AFTER_THE_CLICK_MS, self, self._show_error)

    def _show_error(self) -> None:
        if self.problem and self.isVisible():
            QToolTip.showText(self.mapToGlobal(QPoint(0, self.height())), self.toolTip(), self)


class WholeField(_Typed, QSpinBox):
    """A field for a whole number. While it is typed, `1,000`, `1 000` and `1e3` are a thousand.

    Signals:
        problem_changed: `problem`.
    """

    error_changed = Signal(str)
    _grouped = False

    def __init__(self, parent: QWidget | None = None, grouped: bool = False) -> None:
        super().__init__(parent)
        self._grouped = grouped
        self._prepare()

    def set_word(self, word: str) -> None:
        """Show `word` in place of the least value; an empty field means it too."""
        self._word = word
        self.setValue(self.value())

    def setValue(self, value: int) -> None:
        """Show this number, or the nearest within the bounds."""
        self._accept()
        super().setValue(min(max(value, self.minimum()), self.maximum()))

    def stepBy(self, steps: int) -> None:
        """Go so many up or down from what is typed."""
        self.interpretText()
        self.setValue(self.value() + steps * self.singleStep())
        self.selectAll()

    def textFromValue(self, value: int) -> str:
        """Its digits, in groups where they are many; or what was typed and refused."""
        if self._refused is not None and value == self.value():
            return self._refused
        if self._word and value == self.minimum():
            return self._word
        return f"{value:,}" if self._grouped else str(value)

    def valueFromText(self, text: str) -> int:
        """What is typed; the value that there is where it is no number."""
        try:
            value = self._number(self._body(text))
        except UserError:
            return self.value()
        self._accept()
        return value

    def _body(self, text: str) -> str:
        return text.removeprefix(self.prefix()).removesuffix(self.suffix()).strip()

    def _number(self, body: str) -> int:
        if self._word and body in ("", self._word):
            return self.minimum()
        value = whole(body)
        if not self.minimum() <= value <= self.maximum():
            raise UserError(
                "Write a whole number from {low} to {high}.", low=f"{self.minimum():,}", high=f"{self.maximum():,}"
            )
        return value


class RealField(_Typed, QDoubleSpinBox):
    """A field for a decimal number, exact to the last digit: `value()` is the float of what is typed.

    What was typed is what is shown: `1e-5` stays `1e-5`; a decimal comma becomes a point, so that the user sees how it
    was read.

    Signals:
        problem_changed: `problem`.
    """

    error_changed = Signal(str)
    _typed: tuple[str, float] | None = None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._below: float | None = None
        self._least: float | None = None
        self._step: float | None = None
        self.setDecimals(_MOST_DECIMALS)
        self._prepare()

    def set_bounds(self, low: float, high: float, below: bool = False) -> None:
        """The least and the largest number; with `below` the largest has to stay below `high`."""
        self._below = high if below else None
        self.setRange(low, math.nextafter(high, low) if below else high)

    def set_step(self, step: float | None) -> None:
        """How far the arrow keys go; None: through the digits of each decade, 0.009, 0.01, 0.02, as suits a rate."""
        self._step = step

    def set_word(self, word: str, least: float) -> None:
        """Show `word` in place of the smallest value, which stands below `least`; an empty field means it too."""
        self._word, self._least = word, least
        self.setValue(self.value())

    def setValue(self, value: float) -> None:
        """Show this number, or the nearest within the bounds."""
        self._accept()
        super().setValue(value)

    def stepBy(self, steps: int) -> None:
        """Go so many up or down from what is typed, to round numbers."""
        self.interpretText()
        here = self.value()
        there = next_digit(here, steps) if self._step is None else next_multiple(here, self._step, steps)
        if self._least is not None and there < self._least < here:
            there = self._least
        if self._below is None or there < self._below:
            self.setValue(there)
        self.selectAll()

    def textFromValue(self, value: float) -> str:
        """What was typed, for that value and for what was refused; else the shortest number that is exactly it."""
        if self._refused is not None and value == self.value():
            return self._refused
        if self._typed is not None and value == self._typed[1]:
            return self._typed[0]
        if self._word and value == self.minimum():
            return self._word
        return written(value)

    def valueFromText(self, text: str) -> float:
        """What is typed; the value that there is where it is no number."""
        body = self._body(text)
        try:
            value = self._number(body)
        except UserError:
            return self.value()
        self._accept()
        worded = self._word and body in ("", self._word)
        self._typed = None if worded else (plain(body).replace(",", ".").rstrip("."), value)
        return value

    def _body(self, text: str) -> str:
        return text.removeprefix(self.prefix()).removesuffix(self.suffix()).strip()

    def _number(self, body: str) -> float:
        if self._word and body in ("", self._word):
            return self.minimum()
        value = real(body)
        low = self.minimum() if self._least is None else self._least
        if low <= value <= self.maximum():
            return value
        if self._below is not None:
            raise UserError(
                "Write a number of at least {low} and below {high}.", low=written(low), high=written(self._below)
            )
        raise UserError("Write a number from {low} to {high}.", low=written(low), high=written(self.maximum()))


def settle(*fields: QWidget) -> bool:
    """Finish what is being typed in these fields, before their values are used; whether all can be.

    The first that cannot gets the focus. Other fields than those for numbers always can.
    """
    numbers = [field for field in fields if isinstance(field, RealField | WholeField)]
    for number in numbers:
        number.interpretText()
    wrong = next((number for number in numbers if number.problem), None)
    if wrong is None:
        return True
    wrong.setFocus(Qt.FocusReason.OtherFocusReason)
    area = enclosing_area(wrong)
    if area is not None:
        area.ensureWidgetVisible(wrong)
    return False


def mark(widget: QWidget, wrong: bool) -> None:
    """Give the widget the frame of something that is wrong, or take it off."""
    if bool(widget.property("invalid")) != wrong:
        widget.setProperty("invalid", wrong)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def next_multiple(value: float, step: float, steps: int) -> float:
    """The multiple of `step` that lies `steps` beyond `value`; decimal, so that 0.1 and 0.2 give 0.3."""
    distance = Decimal(repr(step))
    place = (Decimal(repr(value)) / distance).to_integral_value(ROUND_FLOOR if steps > 0 else ROUND_CEILING)
    return float((place + steps) * distance)


def next_digit(value: float, steps: int) -> float:
    """The number `steps` beyond a positive `value` in 0.008, 0.009, 0.01, 0.02, …; ten steps are a decade.

    Below a millionth comes 0, and above 0 a millionth.
    """
    if steps > 0 and value < _SMALLEST_RATE:
        return _SMALLEST_RATE
    number = Decimal(repr(value))
    if abs(steps) >= 10:
        number = number.scaleb(steps // 10 if steps > 0 else -(-steps // 10))
        return float(number) if number >= Decimal(repr(_SMALLEST_RATE)) else 0.0
    for _ in range(abs(steps)):
        if steps < 0 and number <= Decimal(repr(_SMALLEST_RATE)):
            return 0.0
        digit = Decimal(1).scaleb(number.adjusted())
        if steps > 0:
            number = ((number / digit).to_integral_value(ROUND_FLOOR) + 1) * digit
        else:
            digit = digit / 10 if number == digit else digit
            number = ((number / digit).to_integral_value(ROUND_CEILING) - 1) * digit
    return float(number)
