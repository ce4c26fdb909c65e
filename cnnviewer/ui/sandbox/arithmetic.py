"""The output-size formula with its numbers put in, and how the chosen output cell comes about, in words."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cnnviewer.core.counting import counted
from cnnviewer.core.sandbox import Axis, Pair, SlidingResult
from cnnviewer.ui.sandbox.cells import Shading, exact
from cnnviewer.ui.sandbox.window_row import WindowRow
from cnnviewer.ui.widgets.plain_text import RichLabel
from cnnviewer.ui.widgets.text_size import grown
from cnnviewer.ui.widgets.theme import theme
from cnnviewer.ui.widgets.translated import Translated

_EDGE, _SPACE = 14, 8
_LEAST = 215  # pixels of height at the usual text size: three cells, their titles and the texts
_LINES = 3  # room for the terms in words: a line or two, and a remark


class Arithmetic(Translated, QWidget):
    """Formula, the grids, and the sum term by term. All of it can be selected and copied.

    Signals:
        widened: it has another width, and so needs another height.
    """

    widened = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sandboxArithmetic")
        self._axes: tuple[Axis, Axis] | None = None
        self._outcome: SlidingResult | None = None
        self._place: Pair = (0, 0)
        self.formula = _label("sandboxFormula")
        self.terms = _label("sandboxTerms")
        self.window_row = WindowRow()
        column = QVBoxLayout(self)
        column.setContentsMargins(_EDGE, 10, _EDGE, 10)
        column.setSpacing(_SPACE)
        for widget in (self.formula, self.window_row, self.terms):
            column.addWidget(widget)
        column.addStretch(1)
        theme().changed.connect(self._write)
        self.retranslate()

    def show_sizes(self, axes: tuple[Axis, Axis]) -> None:
        """Show how the output's size comes about, vertical and horizontal."""
        if axes != self._axes:
            self._axes = axes
            self._write_formula()

    def show_cell(self, outcome: SlidingResult | None, place: Pair, shade: Shading) -> None:
        """Show how the output cell at `place` comes about; None: there is no output."""
        self._outcome, self._place = outcome, place
        self.window_row.setVisible(outcome is not None)
        self.window_row.show_cell(outcome, place, shade)
        self._write_terms()

    def fit(self, budget: int) -> int:
        """Make the digits as large as `budget` pixels of height allow; return the height to be given.

        It is the same whatever is shown, so that nothing moves with a setting; more than it can hold scrolls.
        """
        height = max(budget, grown(_LEAST))
        line = self.fontMetrics().lineSpacing()
        texts = self.formula.heightForWidth(max(self.width() - 2 * _EDGE, 100)) + _LINES * line + 2 * _SPACE + 20
        self.window_row.set_room(self.width() - 2 * _EDGE, height - texts)
        return height

    def retranslate(self) -> None:
        """Set all texts in the current language."""
        self.formula.setAccessibleName(self.tr("Output size"))
        self.formula.setToolTip(
            self.tr("K: kernel size, P: padding, S: stride, D: dilation, H and W: rows and columns of the input.")
        )
        self.terms.setAccessibleName(self.tr("Value of the chosen cell"))
        self.terms.setToolTip(self.tr("The chosen cell of the output, term by term. The text can be copied."))
        self._write()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.widened.emit()

    # -- words --------------------------------------------------------------------------------------------------

    def _write(self) -> None:
        self._write_formula()
        self._write_terms()

    def _write_formula(self) -> None:
        if self._axes is None:
            return
        vertical, horizontal = self._axes
        square = (vertical.size, vertical.kernel, vertical.stride, vertical.padding, vertical.dilation) == (
            horizontal.size,
            horizontal.kernel,
            horizontal.stride,
            horizontal.padding,
            horizontal.dilation,
        )
        if square:
            lines = [self._axis_line(self.tr("Output rows and columns"), horizontal)]
        else:
            lines = [
                self._axis_line(self.tr("Output rows"), vertical),
                self._axis_line(self.tr("Output columns"), horizontal),
            ]
        _set(self.formula, "<br>".join(lines))

    def _axis_line(self, name: str, axis: Axis) -> str:
        formula = axis.formula()
        steps = " = ".join((formula.symbols, formula.numbers, formula.quotient))
        result = _span(f"<b>{formula.result}</b>".replace("-", "−"), "accent_text" if formula.result > 0 else "error")
        line = f"{_span(name, 'muted')}&nbsp; {steps} = {result}"
        if formula.result < 1:
            return line
        notes = []
        if axis.remainder:
            quotient = f"{axis.padded - axis.reach} / {axis.stride}"
            notes.append(
                self.tr(
                    "{quotient} is no whole number and is rounded down, as PyTorch does: {count} left out at the end."
                ).format(quotient=quotient, count=axis.remainder)
            )
        between = len(axis.left_out()) - axis.remainder
        if between:
            notes.append(self.tr("{count} left out between the cells that are read.").format(count=between))
        return line + "".join(f"<br>{_span(note, 'warning')}" for note in notes)

    def _write_terms(self) -> None:
        outcome = self._outcome
        if outcome is None:
            _set(self.terms, "")
            return
        row, col = self._place
        value = f"<b>{exact(float(outcome.output[row, col]), 6)}</b>"
        name = self.tr("output[{row}, {col}]").format(row=row, col=col)
        if outcome.kernel is not None:
            line = f"{name} = {' + '.join(self._products(outcome))} + {_in_sum(outcome.bias)} = {value}"
        elif outcome.setup.operation == "avg":
            values = " + ".join(self._values(outcome, _in_sum))
            line = f"{name} = ({values}) / {outcome.window(row, col).size} = {value}"
        else:
            line = f"{name} = {outcome.setup.operation}({', '.join(self._values(outcome, exact))}) = {value}"
        _set(self.terms, "<br>".join((line, *self._remarks(outcome))))

    def _products(self, outcome: SlidingResult) -> list[str]:
        """Value times weight, padded values faint."""
        assert outcome.kernel is not None
        weights = [_in_sum(float(weight)) for weight in outcome.kernel.ravel()]
        return [f"{value}·{weight}" for value, weight in zip(self._values(outcome, _in_sum), weights, strict=True)]

    def _values(self, outcome: SlidingResult, write: Callable[[float], str]) -> list[str]:
        padding = outcome.window_padding(*self._place).ravel()
        values = outcome.window(*self._place).ravel()
        return [
            _span(write(float(value)), "faint") if padded else write(float(value))
            for value, padded in zip(values, padding, strict=True)
        ]

    def _remarks(self, outcome: SlidingResult) -> list[str]:
        """Who won, what padding did."""
        remarks = []
        winners = outcome.winners(*self._place)
        if winners:
            (i, j), (top, left) = winners[0], outcome.setup.padding
            row, col = int(outcome.rows[self._place[0], i]) - top, int(outcome.cols[self._place[1], j]) - left
            remarks.append(
                self.tr("The value comes from the input cell in row {row}, column {col}.").format(row=row, col=col)
            )
        if len(winners) > 1:
            remarks.append(
                counted(
                    self.tr(
                        "{count:cell|cells} tie; PyTorch takes the first in reading order, and the gradient goes there "
                        "alone."
                    ),
                    count=len(winners),
                )
            )
        if outcome.window_padding(*self._place).any():
            operation = outcome.setup.operation
            if operation == "conv":
                remarks.append(self.tr("The faint zeros are padding."))
            elif operation == "avg":
                remarks.append(self.tr("The faint zeros are padding, and they count as cells, as in PyTorch."))
            else:
                remarks.append(self.tr("The faint infinities are padding: they never win."))
        return [_span(remark, "muted") for remark in remarks]


def _label(name: str) -> RichLabel:
    label = RichLabel()
    label.setObjectName(name)
    label.setWordWrap(True)
    label.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    return label


def _set(label: RichLabel, text: str) -> None:
    if label.text() != text:
        label.setText(text)


def _span(text: str, token: str) -> str:
    return f'<span style="color:{theme().color(token).name()}">{text}</span>'


def _in_sum(value: float) -> str:
    """A number inside a sum or product: negative ones in brackets."""
    text = exact(value)
    return f"({text})" if text.startswith("−") else text
