"""Writes the steps of numbers with many operands: sums, groups, attention, gates."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QObject

from cnnviewer.core.counting import counted
from cnnviewer.core.inspection.explain.group_records import (
    AttentionTerm,
    Cells,
    Divided,
    Extreme,
    Gate,
    Gated,
    ManyHeaded,
    Power,
    Standardised,
    Weighted,
)
from cnnviewer.core.inspection.explain.notation import said
from cnnviewer.core.inspection.explain.records import Explanation
from cnnviewer.core.inspection.explain.reduction_records import LogSum, Product, Spread
from cnnviewer.core.inspection.records import LayerInfo
from cnnviewer.ui.explore.explain.fact_rows import named
from cnnviewer.ui.explore.explain.steps import StepCell, StepLine, Steps

LayerOf = Callable[[str], LayerInfo | None]


_FEW = 6  # factors that are written out


class GroupSteps(QObject):
    """Makes the steps of an explanation whose record is one of `group_records`."""

    def write(self, explanation: Explanation, work: object, end: StepCell, layer_of: LayerOf) -> Steps:
        """The steps; the last line ends with the number."""
        match work:
            case Weighted():
                return self._weighted(work, end)
            case Standardised():
                return self._standardised(work, end, layer_of)
            case Divided():
                return self._divided(work, end, layer_of)
            case Extreme():
                return self._extreme(work, end, layer_of)
            case Power():
                return self._rooted(work, end)
            case Spread():
                return self._spread(work, end)
            case LogSum():
                total = StepCell("log Σ exp(x − m)", float(work.terms[1]))
                words = counted(
                    self.tr("m is the largest of {n:value|values}: no exponential overflows then."),
                    n=f"{len(work.cells):,}",
                )
                return Steps((StepLine((StepCell("m", work.shift), "+", total, "=", end)),), (words,))
            case Product():
                return self._product(work, end, layer_of)
            case AttentionTerm():
                return self._attended(work, end)
            case ManyHeaded():
                parts = StepCell(counted(self.tr("sum of {n:head|heads}"), n=len(work.shares)), float(work.parts.sum()))
                return Steps((StepLine((parts, "+", StepCell(self.tr("bias"), work.bias), "=", end)),))
            case Gated():
                return self._gated(work, end)
        return Steps((StepLine(("=", end)),))

    def _weighted(self, work: Weighted, end: StepCell) -> Steps:
        count, bias = f"{len(work.cells):,}", (self.tr("bias"), work.bias)
        if work.common is None:
            words = counted(self.tr("sum of {n:product|products}"), n=count)
            return Steps((sum_line(words, float(work.products.sum()), bias, end),))
        words, total = counted(self.tr("sum of {n:value|values}"), n=count), float(work.cells.values.sum())
        if work.common == 1:
            return Steps((sum_line(words, total, bias, end),))
        by = StepCell(self.tr("number of values"), 1 / work.common)
        return Steps((StepLine((StepCell(words, total), "÷", by, "=", end)),))

    def _standardised(self, work: Standardised, end: StepCell, layer_of: LayerOf) -> Steps:
        x = StepCell(f"x = {_name(work.cells, work.index)}", work.x, layer_of(work.cells.layer))
        spread, count = float(np.sqrt(work.variance + work.epsilon)), len(work.cells)
        group = counted(
            self.tr("The group has {n:value|values}: {first} to {last}."),
            n=f"{count:,}", first=_name(work.cells, 0), last=_name(work.cells, count - 1),
        )  # fmt: skip
        if work.centred:
            words = self.tr("σ² = {variance} is the group's variance; ε = {epsilon} keeps the divisor from 0.")
            mean = StepCell(self.tr("mean μ of the group"), work.mean)
            lines = normalising(x, mean, spread, work.weight, work.bias, end, self.tr("normalised"))
        else:
            words = self.tr("Σ x² / n = {variance} is the mean of the squares; ε = {epsilon}; γ is learned.")
            unit = StepCell(self.tr("normalised"), work.x / spread)
            lines = (
                StepLine((x, "÷", StepCell("√(Σ x² / n + ε)", spread), "=", unit)),
                StepLine((unit, "×", StepCell("γ", work.weight), "=", end)),
            )
        words = words.format(variance=said(work.variance), epsilon=f"{work.epsilon:g}")
        return Steps(lines, (group, words))

    def _divided(self, work: Divided, end: StepCell, layer_of: LayerOf) -> Steps:
        x = StepCell(f"x = {_name(work.cells, work.index)}", work.x, layer_of(work.cells.layer))
        if work.norm:
            name = "‖x‖" if work.power == 2 else f"(Σ |x|ᵖ)^(1/{work.power:g})"
            words = counted(
                self.tr(
                    "The divisor is the root of Σ |x|ᵖ = {total} over {n:value|values}, "
                    "p = {p}, at least ε = {least}."
                ),
                total=said(work.total), n=f"{len(work.cells):,}", p=f"{work.power:g}", least=f"{work.least:g}",
            )  # fmt: skip
        else:
            name = "(k + α/n · Σ x²)^β"
            words = counted(
                self.tr("Σ x² = {total} over {n:channel|channels} around it; k = {k}, α/n = {share}, β = {power}."),
                total=said(work.total), n=len(work.cells), k=f"{work.least:g}", share=f"{work.share:g}",
                power=f"{work.power:g}",
            )  # fmt: skip
        return Steps((StepLine((x, "÷", StepCell(name, work.divisor), "=", end)),), (words,))

    def _extreme(self, work: Extreme, end: StepCell, layer_of: LayerOf) -> Steps:
        at = int(work.winners.argmax())
        cell = StepCell(_name(work.cells, at), float(work.cells.values[at]), layer_of(work.cells.layer))
        count, ties = f"{len(work.cells):,}", int(work.winners.sum())
        if work.mode == "rank":
            words = counted(
                self.tr("Of {n:value|values}, counted from the smallest, number {rank} is taken."),
                n=count, rank=f"{work.rank:,}",
            )  # fmt: skip
            return Steps((StepLine((cell, "=", end)),), (words,))
        words = (
            counted(self.tr("The largest of {n:value|values} is taken."), n=count)
            if work.mode == "max"
            else counted(self.tr("The smallest of {n:value|values} is taken."), n=count)
        )
        tie = (counted(self.tr("{n:value|values} are equal: the first is named."), n=ties),) if ties > 1 else ()
        return Steps((StepLine((work.mode, cell, "=", end)),), (words, *tie))

    def _rooted(self, work: Power, end: StepCell) -> Steps:
        total = float(work.factor * work.powers.sum())
        power = "²" if work.power == 2 else f"^{work.power:g}"
        name = f"Σ |x|{power}" if work.sizes else f"Σ x{power}"
        root = "√" if work.power == 2 else f"^(1/{work.power:g})"
        words = self.tr("The root of the sum of {n} powers, p = {p}.").format(
            n=f"{len(work.cells):,}", p=f"{work.power:g}"
        )
        return Steps((StepLine((StepCell(name, total), f"→  {root}  =", end)),), (words,))

    def _spread(self, work: Spread, end: StepCell) -> Steps:
        divisor = StepCell("n − 1" if work.correction == 1 else "n" if not work.correction else "n − c", work.divisor)
        variance = StepCell(self.tr("variance"), work.variance) if work.root else end
        lines = [StepLine((StepCell("Σ (x − μ)²", work.total), "÷", divisor, "=", variance))]
        if work.root:
            lines.append(StepLine((variance, "→  √  =", end)))
        words = counted(
            self.tr("μ = {mean} is the mean of {n:value|values}."), mean=said(work.mean), n=f"{len(work.cells):,}"
        )
        note = self.tr("The divisor is one less than their number, for their mean is taken from themselves.")
        return Steps(tuple(lines), (words, note) if work.correction == 1 else (words,))

    def _product(self, work: Product, end: StepCell, layer_of: LayerOf) -> Steps:
        count = len(work.cells)
        if count > _FEW:
            return Steps((StepLine((counted(self.tr("product of {n:value|values}"), n=f"{count:,}") + "  =", end)),))
        items: list[StepCell | str] = []
        for number, value in enumerate(work.cells.values):
            items += ["×", StepCell(_name(work.cells, number), float(value), layer_of(work.cells.layer))]
        return Steps((StepLine((*items[1:], "=", end)),))

    def _attended(self, work: AttentionTerm, end: StepCell) -> Steps:
        seen = int((work.mask > -np.inf).sum())
        words = (
            self.tr("score = query · key × {scale}; the softmax of all scores gives the shares.").format(
                scale=said(work.scale)
            ),
            counted(
                self.tr("The query is {cell} and the {n:value|values} after it; it looks at {seen} keys."),
                cell=_name(work.query, 0), n=len(work.query) - 1, seen=seen,
            ),
        )  # fmt: skip
        return Steps((StepLine((self.tr("Σ share × value  ="), end)),), words)

    # -- gates

    def _gated(self, work: Gated, end: StepCell) -> Steps:
        lines = [self._gate(gate) for gate in work.gates]
        if work.cell == "rnn":
            return Steps((*lines[:-1], self._gate(work.gates[-1], end)) if lines else (StepLine(("=", end)),))
        if work.cell == "gru":
            z, n = (work.gate(name).value for name in "zn")
            before = StepCell(self.tr("h before"), work.before)
            lines.append(
                StepLine(
                    (StepCell("1 − z", 1 - z), "×", StepCell("n", n), "+", StepCell("z", z), "×", before, "=", end)
                )
            )
            return Steps(tuple(lines), (self._letters("z", "r", "n"),))
        i, f, g, o = (StepCell(name, work.gate(name).value) for name in "ifgo")
        memory = end if work.part == "memory" else StepCell("c", work.memory)
        lines.append(StepLine((f, "×", StepCell(self.tr("c before"), work.before), "+", i, "×", g, "=", memory)))
        if work.part == "output":
            lines.append(StepLine((o, "×", StepCell("tanh(c)", float(np.tanh(work.memory))), "=", end)))
        return Steps(tuple(lines), (self._letters("i", "f", "g", "o"),))

    def _gate(self, gate: Gate, end: StepCell | None = None) -> StepLine:
        function = {"sigmoid": "σ", "tanh": "tanh", "relu": "max(0, ·)"}[gate.function]
        given = StepCell(self.tr("from the input"), float(gate.from_input.sum()))
        state = self.tr("r × from the state") if gate.factor != 1 else self.tr("from the state")
        kept = StepCell(state, gate.factor * float(gate.from_state.sum()))
        return StepLine((given, "+", kept, f"→  {function}  =", end or StepCell(gate.name, gate.value)))

    def _letters(self, *names: str) -> str:
        """What the gates are called."""
        known = {
            "i": self.tr("i input gate"),
            "f": self.tr("f forget gate"),
            "g": self.tr("g candidate"),
            "o": self.tr("o output gate"),
            "r": self.tr("r reset gate"),
            "z": self.tr("z update gate"),
            "n": self.tr("n candidate"),
        }
        memory = [self.tr("c memory")] if "i" in names else []
        return ", ".join([*(known[name] for name in names), *memory])


def normalising(
    x: StepCell, mean: StepCell, spread: float, weight: float, bias: float, end: StepCell, normalised: str
) -> tuple[StepLine, ...]:
    """`(x − μ) ÷ √(σ² + ε) × γ + β`, a line for every operation; `normalised` names what comes before γ."""
    centred = StepCell("x − μ", x.value - mean.value)
    unit = StepCell(normalised, centred.value / spread)
    scaled = StepCell(f"γ · {normalised}", unit.value * weight)
    return (
        StepLine((x, "−", mean, "=", centred)),
        StepLine((centred, "÷", StepCell("√(σ² + ε)", spread), "=", unit)),
        StepLine((unit, "×", StepCell("γ", weight), "=", scaled)),
        StepLine((scaled, "+", StepCell("β", bias), "=", end)),
    )


def sum_line(words: str, total: float, bias: tuple[str, float | None], end: StepCell) -> StepLine:
    """What is added up and the bias with its name; without a bias the sum is the number itself."""
    if bias[1] is None:
        return StepLine((f"{words}  =", end))
    return StepLine((StepCell(words, total), "+", StepCell(bias[0], bias[1]), "=", end))


def _name(cells: Cells, i: int) -> str:
    cell = cells.cell(i)
    return str(i) if cell is None else named(cell)
