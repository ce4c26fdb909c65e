"""Puts questions on a layer's numbers into words."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject

from cnnviewer.core.counting import counted
from cnnviewer.core.teaching.questions import Question, shown
from cnnviewer.ui.widgets.theme import theme

_APART = "padding-left:8px"


class Asker(QObject):
    """Sentences in the window's language."""

    def sentence(self, question: Question) -> str:
        """The question itself."""
        facts = question.facts
        words = {name: _said(name, value) for name, value in facts.items()}
        template = {**self._of_sizes(facts), **self._of_counts(facts), **self._of_values(facts)}[question.kind]
        return counted(template, **words)

    def hint(self, question: Question) -> str:
        """What to type."""
        match question.kind:
            case "output_size" | "receptive_field":
                return self.tr("rows × columns")
            case "max_winner" | "min_winner":
                return self.tr("row, column")
            case "adaptive_window":
                return self.tr("first, last")
            case "feature_place":
                return self.tr("channel, row, column")
            case _:
                return self.tr("a number")

    def misread(self, question: Question) -> str:
        """What to say of something typed that is no answer."""
        return (
            self.tr("Type one number, such as 12 or −0.5."),
            self.tr("Type two numbers, such as 12×12 or 3, 5."),
            self.tr("Type three numbers, such as 2, 3, 5."),
        )[len(question.answer) - 1]

    def answer(self, question: Question) -> str:
        """The right answer, as one would type it."""
        whole = [shown(int(n) if n == int(n) else n) for n in question.answer]
        return ("×" if question.kind in ("output_size", "receptive_field") else ", ").join(whole)

    def window(self, question: Question, revealed: bool = False) -> str:
        """The window that is asked about as a table, rows and columns of the map at its sides; empty without one.

        With the answer `revealed`, the cell that wins is marked.
        """
        facts: Any = question.facts
        if "window" not in facts or question.kind == "average_of_sum":
            return ""
        tokens = theme().tokens
        head = "".join(f'<th align="right" style="color:{tokens.muted}; {_APART}">{col}</th>' for col in facts["cols"])
        lines = [f"<tr><td></td>{head}</tr>"]
        for row, values, outside in zip(facts["rows"], facts["window"], facts["outside"], strict=True):
            cells = []
            for col, value, padding in zip(facts["cols"], values, outside, strict=True):
                wins = revealed and not padding and question.answer in ((row, col), (value,))
                look = f"{_APART}; background:{tokens.accent_soft}; font-weight:600" if wins else _APART
                cells.append(f'<td align="right" style="{look}">{"·" if padding else shown(value)}</td>')
            lines.append(f'<tr><th align="right" style="color:{tokens.muted}">{row}</th>{"".join(cells)}</tr>')
        return f'<table cellspacing="0">{"".join(lines)}</table>'

    def _of_sizes(self, facts: Any) -> dict[str, str]:
        dilated = "dilation" in facts and facts["dilation"] != (1, 1)
        sliding = (
            self.tr("Kernel {kernel}, stride {stride}, padding {padding}, dilation {dilation}.")
            if dilated
            else self.tr("Kernel {kernel}, stride {stride}, padding {padding}.")
        )
        seeing = self.tr("Kernel {kernel}, dilation {dilation}.") if dilated else self.tr("Kernel {kernel}.")
        return {
            "output_size": _joined(
                self.tr("The input maps have {size} cells."),
                sliding,
                self.tr("How many rows and columns do the output maps have?"),
            ),
            "adaptive_window": self.tr(
                "{height} rows are averaged into {rows}. Which is the first row that output row {row} reads, and "
                "which the last? (Counted from 0.)"
            ),
            "receptive_field": _joined(
                self.tr(
                    "A value before this layer sees {seen} pixels of the image; from one value to the next, the view "
                    "moves by {jump}."
                ),
                seeing,
                self.tr("How many rows and columns of pixels does a value of this layer see?"),
            ),
            "readers": _joined(
                sliding, self.tr("How many values of one output map read the cell ({row}, {col}) of the {size} input?")
            ),
            "feature_index": self.tr(
                "Maps of {shape} are flattened. Which index gets the value at channel, row and column ({place})? "
                "(All counted from 0.)"
            ),
            "feature_place": self.tr(
                "Maps of {shape} are flattened. From which channel, row and column does feature {index} come? "
                "(All counted from 0.)"
            ),
        }

    def _of_counts(self, facts: Any) -> dict[str, str]:
        grouped = self.tr("They work in {groups} groups.") if facts.get("groups", 1) > 1 else ""
        how_many = self.tr("How many parameters does the layer have?")
        products = self.tr("How many multiply-adds does the layer need for one image, the bias not counted?")
        return {
            "conv_parameters": _joined(
                self.tr(
                    "{outputs:kernel|kernels} of {kernel} over {inputs:input channel|input channels}, with a bias each."
                )
                if facts.get("bias")
                else self.tr(
                    "{outputs:kernel|kernels} of {kernel} over {inputs:input channel|input channels}, without bias."
                ),
                grouped,
                how_many,
            ),
            "linear_parameters": _joined(
                self.tr("{inputs:input|inputs}, {outputs:output|outputs}, with a bias each.")
                if facts.get("bias")
                else self.tr("{inputs:input|inputs}, {outputs:output|outputs}, without bias."),
                how_many,
            ),
            "batch_norm_parameters": _joined(
                self.tr("Maps of {shape} (channels first) are normalised, scaled and shifted."), how_many
            ),
            "conv_multiply_adds": _joined(
                self.tr("Kernels of {kernel} make maps of {shape} from maps of {source}."), grouped, products
            ),
            "linear_multiply_adds": _joined(self.tr("{inputs:input|inputs}, {outputs:output|outputs}."), products),
            "channels": self.tr("Maps of {shapes} are concatenated. How many channels does the result have?"),
        }

    def _of_values(self, facts: Any) -> dict[str, str]:
        padded = facts.get("padded") or any(any(row) for row in facts.get("outside", ()))
        counting = ""
        if padded and "padding_counts" in facts:
            counting = (
                self.tr("Padding counts as zeros.") if facts["padding_counts"] else self.tr("Padding does not count.")
            )
        which = self.tr(
            "Which cell of this window is selected? Give its row and column in the map, as written at the sides."
        )
        out = self.tr("What comes out?")
        return {
            "max_pool": self.tr("What does max pooling make of this window?"),
            "min_pool": self.tr("What does min pooling make of this window?"),
            "average_pool": _joined(self.tr("What does average pooling make of this window?"), counting),
            "average_of_sum": _joined(
                self.tr("The values of a window of {size} cells sum to {sum}."),
                self.tr("Of the cells, {padded} are padding.") if padded else "",
                counting,
                self.tr("What does average pooling make of it?"),
            ),
            "max_winner": _joined(self.tr("Max pooling."), which),
            "min_winner": _joined(self.tr("Min pooling."), which),
            "relu": self.tr("x = {x}. What does ReLU make of it?"),
            "exp": self.tr("The log-probability is {x}. What is the probability?"),
            "dropout_predicting": self.tr("x = {x}, dropout with p = {p}. What comes out while predicting?"),
            "dropout_training": self.tr(
                "x = {x}, dropout with p = {p}. In a training step the value is kept: what comes out?"
            ),
            "batch_norm": _joined(
                "x = {x}, μ = {mean}, √(σ² + ε) = {deviation}, γ = {weight}, β = {bias}.",
                self.tr("What does batch normalisation make of x?"),
            ),
            "total": _joined(self.tr("The {terms} products sum to {sum}; the bias is {bias}."), out),
            "softmax": _joined(
                self.tr("exp(x − m) = {exponential}; the exponentials of all classes sum to {total}."),
                self.tr("What is the softmax of this class?"),
            ),
            "log_softmax": _joined(
                self.tr("Score x = {score}, largest score m = {largest}, log of the sum of exp(xⱼ − m) = {log_total}."),
                self.tr("What is the log-softmax?"),
            ),
            "nll": _joined(
                self.tr("The true class has the log-probability {log_probability}."), self.tr("What is the loss?")
            ),
            "cross_entropy": _joined(
                self.tr(
                    "Score of the true class x = {score}, largest score m = {largest}, "
                    "log of the sum of exp(xⱼ − m) = {log_total}."
                ),
                self.tr("What is the loss?"),
            ),
            "combined": _joined("a = {a}, b = {b}.", self.tr("What is a {operator} b?")),
            "pixel": _joined(
                self.tr("A pixel of {pixel} is normalised with mean {mean} and standard deviation {std}."),
                self.tr("What does the model see?"),
            ),
        }


def _joined(*sentences: str) -> str:
    return " ".join(sentence for sentence in sentences if sentence)


def _said(name: str, value: Any) -> str:
    """A number; a size as `5×5`, a place as `3, 5, 7`; a stride or padding alike both ways as one number."""
    if not isinstance(value, tuple):
        return value if isinstance(value, str) else shown(value)
    if value and isinstance(value[0], tuple):
        return ", ".join(_said(name, each) for each in value)
    if name in ("stride", "padding", "dilation", "jump") and len(set(value)) == 1:
        return shown(value[0])
    return (", " if name == "place" else "×").join(shown(each) for each in value)
