"""Writes the arithmetic of a number in steps: every operand in a cell, every letter explained."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from PySide6.QtCore import QObject

from cnnviewer.core.counting import counted
from cnnviewer.core.inspection.blocks import Shortcut, shortcuts
from cnnviewer.core.inspection.explain.notation import said
from cnnviewer.core.inspection.explain.records import (
    Combined,
    Convolution,
    Dense,
    Dropped,
    ExplainedPart,
    Explanation,
    Exponentials,
    FilledValue,
    GivenValue,
    Loss,
    MovedValue,
    MutedValue,
    Normalised,
    OfSeveral,
    Opaque,
    Pointwise,
    Pooling,
    SelectedValue,
)
from cnnviewer.core.inspection.records import Architecture, LayerInfo
from cnnviewer.ui.explore.explain.fact_rows import named
from cnnviewer.ui.explore.explain.step_writing_groups import GroupSteps, normalising, sum_line
from cnnviewer.ui.explore.explain.steps import Curve, StepCell, StepLine, Steps


class StepWriter(QObject):
    """Makes the steps of an explanation."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._architecture = Architecture("", ())
        self._groups = GroupSteps(self)

    def set_architecture(self, architecture: Architecture) -> None:
        """Explain numbers of another model."""
        self._architecture = architecture

    def write(self, explanation: Explanation) -> Steps:
        """The steps; the last line ends with the number."""
        end = StepCell(named(explanation.cell), explanation.value, explanation.layer, result=True)
        match explanation.work:
            case Pointwise() as work:
                curve = None
                if work.curve is not None:
                    curve = Curve(work.curve, work.x, explanation.value, f"y = {work.expression}")
                x = self._same_place(work.source, explanation, work.x)
                if work.function == "dropout":
                    return Steps((StepLine((x, "=", end), self.tr("while predicting, dropout is off")),))
                softmax = self.tr("x is the logarithm of the softmax, so exp(x) is the softmax.")
                called = (softmax,) if explanation.layer.kind == "softmax" else ()
                return Steps((StepLine((x, f"→  {work.expression}  =", end)),), called, curve)
            case Normalised() as work:
                return self._normalised(explanation, work, end)
            case Dropped() as work:
                return self._dropped(explanation, work, end)
            case Combined() as work:
                return self._combined(work, end, explanation.layer)
            case OfSeveral() as work:
                cells: list[StepCell | str] = []
                for letter, part in zip("abcd", work.parts, strict=False):
                    cell = self._part(part)
                    cells += [",", replace(cell, name=f"{letter} = {cell.name}")]
                return Steps((StepLine(tuple(cells[1:])), StepLine((f"{work.expression}  =", end))))
            case SelectedValue() as work:
                return self._selected(work, end)
            case MovedValue() as work:
                return self._moved(explanation, work, end)
            case GivenValue() as work:
                centred = StepCell(self.tr("pixel − mean"), work.pixel - work.mean)
                first = (StepCell(self.tr("pixel, 0 to 1"), work.pixel), "−", StepCell(self.tr("mean"), work.mean))
                second = (centred, "÷", StepCell(self.tr("standard deviation"), work.std), "=", end)
                words = self.tr(
                    "Mean and standard deviation are those of the training images: the model sees pixels around 0."
                )
                return Steps((StepLine((*first, "=", centred)), StepLine(second)), (words,))
            case Exponentials() as work:
                return self._exponentials(work, end)
            case Loss() as work:
                return self._loss(work, end)
            case Dense() as work:
                total = float((work.inputs * work.weights).sum())
                return Steps((self._summed(len(work.inputs), total, work.bias, end),))
            case Convolution() as work:
                return self._convolution(work, end)
            case FilledValue() as work:
                if work.entry:
                    return Steps(
                        (StepLine((StepCell(work.entry, work.value), "=", end)),),
                        (self.tr("Looked up in a learned table: the row is the number that came in."),),
                    )
                words = self.tr("A constant that stands beside the values: padding, or written in the model.")
                if work.learned:
                    words = self.tr("A learned parameter of the model that stands beside the values.")
                name = self.tr("learned") if work.learned else self.tr("constant")
                return Steps((StepLine((StepCell(name, work.value), "=", end)),), (words,))
            case MutedValue() as work:
                return Steps(
                    (StepLine((StepCell(self.tr("muted by you"), work.value), "=", end)),), (self._muted(work),)
                )
            case Opaque() as work:
                words = self.tr(
                    "The arithmetic of {function} is not supported: PyTorch computed it again in double precision."
                ).format(function=work.function)
                return Steps((StepLine((work.function, "=", end)),), (words,))
            case Pooling():
                return Steps((StepLine(("=", end)),))
            case work:
                return self._groups.write(explanation, work, end, self._layer)

    def _layer(self, name: str) -> LayerInfo | None:
        return next((layer for layer in self._architecture.layers if layer.name == name), None)

    def _same_place(self, source: str, explanation: Explanation, x: float) -> StepCell:
        """The value of another layer at the place explained."""
        return StepCell(f"x = {named(replace(explanation.cell, layer=source))}", x, self._layer(source))

    def _part(self, part: ExplainedPart) -> StepCell:
        if part.cell is None:
            return StepCell(self.tr("learned") if part.learned else self.tr("constant"), part.value)
        return StepCell(named(part.cell), part.value, self._layer(part.cell.layer))

    def _muted(self, work: MutedValue) -> str:
        mean = self.tr("The channel is muted: its mean over the data stands in place of all its values.")
        zero = self.tr("The channel is muted: 0 stands in place of all its values.")
        words = mean if work.how == "mean" else zero
        if work.unmuted is None:
            return words
        before = self.tr("Without the mute: {value}.").format(value=said(work.unmuted))
        return f"{words} {before}"

    # -- sums

    def _summed(self, count: int, total: float, bias: float | None, end: StepCell) -> StepLine:
        words = counted(self.tr("sum of {n:product|products}"), n=f"{count:,}")
        return sum_line(words, total, (self.tr("bias"), bias), end)

    def _convolution(self, work: Convolution, end: StepCell) -> Steps:
        total = float(work.sums.sum())
        words: tuple[str, ...] = ()
        if not work.kernel.size:
            words = (self.tr("No value of {layer} is written to this place.").format(layer=work.source),)
        return Steps((self._summed(work.kernel.size, total, work.bias, end),), words)

    # -- one value from one

    def _normalised(self, explanation: Explanation, work: Normalised, end: StepCell) -> Steps:
        x = self._same_place(work.source, explanation, work.x)
        spread = float(np.sqrt(work.variance + work.epsilon))
        mean = StepCell(self.tr("running mean μ"), work.mean)
        lines = normalising(x, mean, spread, work.weight, work.bias, end, self.tr("normalised"))
        words = (
            self.tr(
                "σ² = {variance} is the running variance of channel {channel}; ε = {epsilon} keeps the divisor from 0."
            ).format(variance=said(work.variance), channel=work.channel, epsilon=f"{work.epsilon:g}"),
            self.tr("μ and σ² come from the training; γ and β are learned."),
        )
        return Steps(lines, words)

    def _dropped(self, explanation: Explanation, work: Dropped, end: StepCell) -> Steps:
        x = self._same_place(work.source, explanation, work.x)
        now = StepLine((x, "=", end), self.tr("while predicting, dropout is off"))
        step = self.tr("in training step {n}, were this image its batch (seed {seed})").format(
            n=f"{work.step + 1:,}", seed=work.seed
        )
        plain = replace(x, name="x")
        if work.device != "cpu":
            words = self.tr("{device} draws other numbers than the processor: not supported").format(device=work.device)
            return Steps((now,), (words,))
        if work.kept:
            then = StepLine(
                (plain, "÷", StepCell("1 − p", 1 - work.p), "=", StepCell(self.tr("kept"), work.then)), step
            )
        else:
            what = self.tr("dropped with its whole map") if work.whole_maps else self.tr("dropped")
            then = StepLine((plain, "× 0 =", StepCell(what, 0.0)), step)
        words = self.tr("p = {p} is the probability of being dropped; 1 ÷ (1 − p) keeps the mean as it is.").format(
            p=f"{work.p:g}"
        )
        return Steps((then, now), (words,))

    def _moved(self, explanation: Explanation, work: MovedValue, end: StepCell) -> Steps:
        words = [self._concatenated(explanation.layer) or self.tr("The value only changes its place.")]
        if len(work.shape) == 3 and explanation.cell.row is None:
            _, height, width = work.shape
            c, r, q = work.origin.channel, work.origin.row, work.origin.col
            words += [
                self.tr("index = (channel × {height} + row) × {width} + column").format(height=height, width=width),
                f"({c} × {height} + {r}) × {width} + {q} = {explanation.cell.channel}",
            ]
        origin = StepCell(named(work.origin), work.x, self._layer(work.origin.layer))
        return Steps((StepLine((origin, "=", end)),), tuple(words))

    def _concatenated(self, layer: LayerInfo) -> str:
        """Which maps of a concatenation are those of which layer; empty for any other operation."""
        read = [self._layer(name) for name in layer.inputs]
        known = [each for each in read if each is not None and each.shape[1:] == layer.shape[1:]]
        if layer.kind not in ("cat", "concat") or len(known) < len(read) or len(layer.shape) != 3:
            return ""
        if sum(each.shape[0] for each in known) != layer.shape[0]:
            return ""
        parts, first = [], 0
        for each in known:
            last = first + each.shape[0] - 1
            parts.append(self.tr("{first} to {last} are {layer}'s").format(first=first, last=last, layer=each.name))
            first = last + 1
        words = self.tr("Concatenation puts maps behind one another and changes no value. Of its {n} maps {parts}.")
        return words.format(n=layer.shape[0], parts=", ".join(parts))

    # -- two values

    def _combined(self, work: Combined, end: StepCell, layer: LayerInfo) -> Steps:
        a, b = (self._part(part) for part in work.parts)
        if work.operator == "· σ":
            gate = StepCell(f"σ({b.name})", float(1 / (1 + np.exp(-b.value))))
            words = self.tr("σ(b) = 1 / (1 + exp(−b)) lies between 0 and 1: how much of the first half passes.")
            return Steps((StepLine((b, "→  σ  =", gate)), StepLine((a, "×", gate, "=", end))), (words,))
        if work.operator in ("max", "min"):
            largest = work.operator == "max"
            words = self.tr("The larger of both is taken.") if largest else self.tr("The smaller of both is taken.")
            first = (a.value >= b.value) is largest
            return Steps(
                (StepLine((replace(a, faded=not first), work.operator, replace(b, faded=first), "=", end)),), (words,)
            )
        line = (a, work.operator, b, "=", end)
        if work.operator != "+" or any(part.cell is None for part in work.parts):
            return Steps((StepLine(line),))
        shortcut = shortcuts(self._architecture.layers).get(layer.name)
        if shortcut is None:
            return Steps((StepLine(line),), (self._added(work, layer),))
        way = "x" if shortcut.direct else "S(x)"
        first = work.parts[0].cell is not None and work.parts[0].cell.layer == shortcut.name
        formula = f"y = {way} + F(x)" if first else f"y = F(x) + {way}"
        return Steps((StepLine(line, formula),), (self._added(work, layer), *self._residual(shortcut)))

    def _added(self, work: Combined, layer: LayerInfo) -> str:
        """What is added to what, and that both have to have the same shape; or which is used several times."""
        same = self.tr("Every value of one map and the value at the same place of the other are added.")
        shapes = [read.shape for part in work.parts if part.cell and (read := self._layer(part.cell.layer))]
        if len(set(shapes)) == 1 and shapes[0] == layer.shape:
            shape = "×".join(map(str, layer.shape))
            must = self.tr("So both inputs must have the same shape, here {shape}.").format(shape=shape)
            return f"{same} {must}"
        smaller = self.tr("Where one input has the size 1 along a direction, its value is used all along it.")
        return f"{same} {smaller}"

    def _residual(self, shortcut: Shortcut) -> tuple[str, ...]:
        """Of a residual block: what x, F and S are, which of both came along the shortcut, and why it is added."""
        letters = (
            self.tr("x is {start}; F is {around}.")
            if shortcut.direct
            else self.tr("x is {start}; F is {around}; S is {along}.")
        )
        around, along = (", ".join(way) for way in (shortcut.around, shortcut.along))
        letters = letters.format(start=shortcut.start, around=around, along=along)
        if shortcut.direct:
            which = self.tr(
                "{shortcut} came here along the shortcut, unchanged; the layers beside it made {other} of it. "
                "That is a residual block."
            )
        else:
            which = self.tr(
                "{shortcut} came here along the shortcut. Its layers (ResNet calls them downsample) only fit the "
                "block's input to the size of {other}, which the other layers made of the same input. "
                "That is a residual block."
            )
        if shortcut.direct:
            why = self.tr(
                "So these layers need only learn what to change in their input, and going back the gradient reaches it "
                "along the shortcut undiminished."
            )
        else:
            why = self.tr(
                "So these layers need only learn what to change, and going back the gradient reaches the block's input "
                "through the few layers of the shortcut."
            )
        return letters, which.format(shortcut=shortcut.name, other=shortcut.other), why

    def _selected(self, work: SelectedValue, end: StepCell) -> Steps:
        first, second = (self._part(part) for part in work.parts)
        holds = work.condition
        words = (
            self.tr("The condition holds here: the first value is taken.")
            if holds
            else self.tr("The condition does not hold here: the second value is taken.")
        )
        line = (replace(first, faded=not holds), "|", replace(second, faded=holds), "→", end)
        return Steps((StepLine(line),), (words,))

    # -- classes

    def _exponentials(self, work: Exponentials, end: StepCell) -> Steps:
        at = work.index
        score = StepCell(self.tr("score x"), float(work.inputs[at]), self._layer(work.source))
        if work.negated:
            score = StepCell(self.tr("score: minus the value"), score.value)
        largest = StepCell(self.tr("m, largest score"), work.shift)
        total = StepCell("Σ exp(xⱼ − m)", work.total)
        words = (self.tr("Subtracting the largest score m changes no result: no exponential overflows then."),)
        if work.log:
            log_total = StepCell("log Σ exp(xⱼ − m)", float(np.log(work.total)))
            return Steps((StepLine((score, "−", largest, "−", log_total, "=", end)),), words)
        power = StepCell("exp(x − m)", float(work.exponentials[at]))
        return Steps(
            (StepLine((score, "−", largest, "→  exp  =", power)), StepLine((power, "÷", total, "=", end))), words
        )

    def _loss(self, work: Loss, end: StepCell) -> Steps:
        scores = work.scores
        asked = float(scores.inputs[scores.index])
        layer = self._layer(scores.source)
        words = (
            self.tr("The label is {label}: only the probability of this class counts.").format(label=work.label),
            self.tr("The loss is 0 where it is 1, and grows without end as it goes to 0."),
        )
        end = replace(end, layer=None)
        if work.name == "nll":
            line: tuple[StepCell | str, ...] = (
                "−",
                StepCell(self.tr("log p of class {label}").format(label=work.label), asked, layer),
                "=",
                end,
            )
        else:
            line = (
                StepCell("log Σ exp(xⱼ − m)", float(np.log(scores.total))), "+",
                StepCell(self.tr("m, largest score"), scores.shift), "−",
                StepCell(self.tr("score of class {label}").format(label=work.label), asked, layer), "=", end,
            )  # fmt: skip
        return Steps((StepLine(line),), words)
