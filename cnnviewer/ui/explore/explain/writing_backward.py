"""Writes the worksheet of one weight: its gradient from its terms, the momentum buffer, the new weight."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QObject

from cnnviewer.core.counting import counted
from cnnviewer.core.inspection.explain.backward_records import WeightStep
from cnnviewer.core.inspection.explain.notation import said
from cnnviewer.ui.explore.explain.sheet import Sheet, SheetBar, SheetRow, SheetText, extent_of
from cnnviewer.ui.explore.network.labels import number


class BackwardWriter(QObject):
    """Makes a sheet of a weight's next step."""

    def write(self, step: WeightStep) -> Sheet:
        """The step in five lines, and every term of the gradient, ranked by size."""
        terms = (step.deltas * step.met).ravel()
        order = np.argsort(-np.abs(terms), kind="stable")
        extent, so_far = extent_of(terms), np.cumsum(terms[order])
        deltas, met = step.deltas.ravel(), step.met.ravel()

        def row(rank: int) -> SheetRow:
            i = int(order[rank])
            place = _place(step, i)
            return SheetRow(
                (
                    SheetText(f"{rank + 1}.", "caption", 5, True),
                    SheetText(place, width=12),
                    SheetText(number(float(deltas[i])), width=9, right=True),
                    SheetText("×"),
                    SheetText(number(float(met[i])), width=9, right=True),
                    SheetText("="),
                    SheetText(number(float(terms[i])), "strong", 9, True),
                    SheetBar(float(terms[i]), extent),
                    SheetText(self.tr("so far {sum}").format(sum=number(float(so_far[rank]))), "caption"),
                )
            )

        return Sheet(self._head(step, len(terms)), len(terms), row)

    def _head(self, step: WeightStep, count: int) -> tuple[SheetRow, ...]:
        rates = step.rates
        shown = {name: said(value) for name, value in vars(step).items() if isinstance(value, float)}
        if step.agrees:
            check = self.tr("✓ as PyTorch's SGD")
        else:
            check = self.tr("✗ PyTorch's SGD: {value}").format(value=shown["torch_new_value"])
        decay = f" + λ·w {shown['decay']}" if rates.weight_decay else ""
        return (
            SheetRow(
                (
                    SheetText(step.name, "strong"),
                    SheetText(f"{shown['value']} →"),
                    SheetText(shown["new_value"], "result"),
                    SheetText(check, "caption"),
                ),
                strong=True,
            ),
            self._line(
                self.tr("gradient"),
                counted(
                    self.tr("g = Σ δ·x = {gradient}, the sum of {n:term|terms}"),
                    gradient=shown["gradient"],
                    n=f"{count:,}",
                ),
            ),
            self._line(
                self.tr("momentum buffer"),
                f"v′ = μ·v + g{' + λ·w' if decay else ''} = {rates.momentum:g}·{_bracketed(shown['velocity_before'])}"
                f" + {_bracketed(shown['gradient'])}{decay} = {shown['velocity_after']}",
            ),
            self._line(
                self.tr("new weight"),
                f"w′ = w − η·v′ = {shown['value']} − {rates.learning_rate:g}·{_bracketed(shown['velocity_after'])}"
                f" = {shown['new_value']}",
            ),
            SheetRow(
                (SheetText(self.tr("gradient at the output δ × value x there = term, ranked by size"), "caption"),)
            ),
        )

    def _line(self, name: str, text: str) -> SheetRow:
        return SheetRow((SheetText(name, "caption", 17), SheetText(text)))


def _place(step: WeightStep, term: int) -> str:
    """Which output a term belongs to; of a weight that is used several times, in which layer it lies."""
    if len(step.uses) < 2:
        return f"[{', '.join(str(int(part)) for part in np.unravel_index(term, step.deltas.shape))}]"
    for layer, count in step.uses:
        if term < count:
            return f"{layer}[{term}]"
        term -= count
    return ""


def _bracketed(text: str) -> str:
    return f"({text})" if text.startswith("−") else text
