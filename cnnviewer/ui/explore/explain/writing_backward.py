"""Writes one weight's next step: its gradient from its terms, the momentum buffer, the new weight."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QObject

from cnnviewer.core.counting import counted
from cnnviewer.core.inspection.explain.backward_records import WeightStep
from cnnviewer.core.inspection.explain.notation import said
from cnnviewer.ui.explore.explain.sheet import Sheet, SheetBar, SheetRow, SheetText, extent_of
from cnnviewer.ui.explore.explain.steps import StepCell, StepLine, Steps
from cnnviewer.ui.explore.network.labels import listed_number

_WIDE = 9  # characters of a number: three digits, however small it is


class BackwardWriter(QObject):
    """Makes the steps and the list of terms of a weight's next step."""

    def write(self, step: WeightStep) -> Sheet:
        """Every term of the gradient, ranked by size."""
        terms = (step.deltas * step.met).ravel()
        order = np.argsort(-np.abs(terms), kind="stable")
        extent = extent_of(terms)
        deltas, met = step.deltas.ravel(), step.met.ravel()
        # the last place has the most digits; a weight that is used several times has some of several layers
        lasts = np.cumsum([uses for _, uses in step.uses]) - 1 if len(step.uses) > 1 else [len(terms) - 1]
        where = self._where(step)
        widest = max(len(where), *(len(self._place(step, int(last))) for last in lasts if last >= 0))
        ranks = len(str(len(terms))) + 1

        def row(rank: int) -> SheetRow:
            i = int(order[rank])
            place = self._place(step, i)
            return SheetRow(
                (
                    SheetText(f"{rank + 1}.", "caption", ranks, True),
                    SheetText(place, width=widest),
                    SheetText(listed_number(float(deltas[i]), _WIDE), width=_WIDE, right=True),
                    SheetText("×"),
                    SheetText(listed_number(float(met[i]), _WIDE), width=_WIDE, right=True),
                    SheetText("="),
                    SheetText(listed_number(float(terms[i]), _WIDE), "strong", _WIDE + 1, True),
                    SheetBar(float(terms[i]), extent),
                )
            )

        title = self.tr("gradient at the output δ × value x there = term, ranked by size")
        columns = (("", ranks), (where, widest), ("δ", _WIDE), ("×", 0), ("x", _WIDE), ("=", 0), ("δ · x", _WIDE + 1))
        names = tuple(SheetText(name, "caption", wide, right=place > 1) for place, (name, wide) in enumerate(columns))
        return Sheet((SheetRow((SheetText(title, "caption"),)), SheetRow(names)), len(terms), row)

    def _where(self, step: WeightStep) -> str:
        """What the places of the terms say."""
        if len(step.uses) > 1:
            return self.tr("layer, no.")
        images = step.deltas.shape[0] > 1
        if step.deltas.ndim < 2:
            return self.tr("no.") if images else ""
        inside = {3: self.tr("(row, col)"), 4: self.tr("(depth, row, col)")}.get(step.deltas.ndim, self.tr("place"))
        return self.tr("image {place}").format(place=inside) if images else inside

    def _place(self, step: WeightStep, term: int) -> str:
        """Which output a term belongs to; of a weight that is used several times, in which layer it lies."""
        if len(step.uses) < 2:
            image, *place = (int(part) for part in np.unravel_index(term, step.deltas.shape))
            inside = f"({', '.join(map(str, place))})" if place else ""
            return f"{image} {inside}".strip() if step.deltas.shape[0] > 1 else inside
        for layer, count in step.uses:
            if term < count:
                return f"{layer}, {term}"
            term -= count
        return ""

    def steps(self, step: WeightStep) -> Steps:
        """The gradient, the momentum buffer and the new weight, a line each."""
        rates, count = step.rates, step.deltas.size
        gradient, after = StepCell(self.tr("gradient g"), step.gradient), self.tr("buffer v′")
        weight = StepCell(self.tr("weight w"), step.value)
        decay: tuple[StepCell | str, ...] = ()
        if rates.weight_decay:
            decay = ("+", StepCell(self.tr("weight decay λ"), rates.weight_decay), "×", weight)
        momentum = StepCell(self.tr("momentum μ"), rates.momentum)
        before = StepCell(self.tr("buffer before, v"), step.velocity_before)
        terms = counted(self.tr("gradient: the sum of {n:term|terms}, δ × x"), n=f"{count:,}")
        check = (
            self.tr("✓ as PyTorch's SGD")
            if step.agrees
            else self.tr("✗ PyTorch's SGD: {value}").format(value=said(step.torch_new_value))
        )
        lines = (
            StepLine(("Σ δ · x  =", gradient), terms),
            StepLine(
                (momentum, "×", before, "+", gradient, *decay, "=", StepCell(after, step.velocity_after)),
                self.tr("momentum buffer: what the steps before still add"),
            ),
            StepLine(
                (
                    *(weight, "−", StepCell(self.tr("learning rate η"), rates.learning_rate), "×"),
                    *(StepCell(after, step.velocity_after), "="),
                    StepCell(self.tr("new weight w′"), step.new_value, result=True),
                ),
                self.tr("the optimizer's step, against the gradient"),
            ),
        )
        return Steps(lines, (check,))
