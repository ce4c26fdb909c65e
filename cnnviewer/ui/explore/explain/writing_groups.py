"""Writes worksheets of numbers with many operands: sums, norms, extremes, attention, gates."""

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
    Flags,
    Gate,
    Gated,
    Indices,
    ManyHeaded,
    Power,
    Standardised,
    Weighted,
)
from cnnviewer.core.inspection.explain.notation import said
from cnnviewer.core.inspection.explain.records import Explanation
from cnnviewer.core.inspection.explain.reduction_records import LogSum, Product, Spread
from cnnviewer.ui.explore.explain.fact_rows import RANKED, REST, columns, facts, named, result_row
from cnnviewer.ui.explore.explain.sheet import (
    Sheet,
    SheetBar,
    SheetGrid,
    SheetRow,
    SheetText,
    TextRole,
    around_zero,
    extent_of,
)
from cnnviewer.ui.explore.network.labels import listed_number, number
from cnnviewer.ui.widgets.percent import percent

_LARGEST_GRID = 7  # rows and columns


class GroupWriter(QObject):
    """Makes a sheet of an explanation whose record is one of `group_records`."""

    def write(self, explanation: Explanation, work: object, everything: bool) -> Sheet:
        """The worksheet; `everything` lists each term of a ranked list."""
        match work:
            case Weighted():
                return self._weighted(explanation, work, everything)
            case Standardised():
                return self._standardised(explanation, work)
            case Extreme():
                return self._extreme(explanation, work)
            case AttentionTerm():
                return self._attended(explanation, work)
            case Power():
                words = self.tr("the root of the sum of {n} powers").format(n=f"{len(work.cells):,}")
                order = np.argsort(-np.abs(work.cells.values), kind="stable")
                head = result_row(explanation, SheetText(words), SheetText(f"p = {work.power:g}", "caption"))
                return Sheet((head, self._of(work.cells)), len(work.cells), self._values(work.cells, order))
            case Spread() | LogSum() | Product():
                return self._reduced(explanation, work)
            case Divided():
                return self._divided(explanation, work)
            case ManyHeaded():
                return self._many_headed(explanation, work)
            case Gated():
                return self._gated(explanation, work)
        return Sheet()

    # -- sums

    def _weighted(self, explanation: Explanation, work: Weighted, everything: bool) -> Sheet:
        count, products = len(work.cells), work.products
        total = float(products.sum())
        parts = [
            SheetText(counted(self.tr("sum of {n:term|terms}"), n=f"{count:,}"), "caption"),
            SheetText(said(total)),
        ]
        if work.bias is not None:
            parts += [SheetText("+"), SheetText(self.tr("bias"), "caption"), SheetText(said(work.bias))]
        head = result_row(explanation, *parts)
        if (grid := self._as_grid(head, work)) is not None:
            return grid
        if work.common is not None:
            plain = float(work.cells.values.sum())
            words = counted(self.tr("sum {total} of {n:value|values}"), total=said(plain), n=f"{count:,}")
            if work.common != 1:
                words += f" ÷ {1 / work.common:g}"
            values = self._values(work.cells, np.argsort(-np.abs(work.cells.values), kind="stable"))
            return Sheet((result_row(explanation, SheetText(words)), self._of(work.cells)), count, values)
        titles = self.tr("{value} × {weight} = term, ranked by size").format(
            value=work.cells.layer or self.tr("value"),
            weight=" × ".join(other.layer or self.tr("weight") for other in work.others) or self.tr("weight"),
        )
        order = np.argsort(-np.abs(products), kind="stable")
        listed = count if everything or count <= RANKED + 1 else RANKED
        row = self._term_row(work, order, listed)
        return Sheet((head, SheetRow((SheetText(titles, "caption"),))), listed + (listed < count), row)

    def _as_grid(self, head: SheetRow, work: Weighted) -> Sheet | None:
        """The cells beside their weights as small maps, where they are a block of one map."""
        if work.rule != "interpolate" or len(work.cells.shape) != 3:
            return None
        channels, rows, cols = np.unravel_index(work.cells.places, work.cells.shape)
        tall, wide = (np.unique(places) for places in (rows, cols))
        if len(np.unique(channels)) != 1 or len(tall) * len(wide) != len(work.cells):
            return None
        if max(len(tall), len(wide)) > _LARGEST_GRID:
            return None
        values, weights, products = (
            array.reshape(len(tall), len(wide)) for array in (work.cells.values, work.weights, work.products)
        )
        name = f"{work.cells.layer}[{int(channels[0])}]"
        place = self.tr("rows {rows}, columns {cols}").format(rows=_listed(tall), cols=_listed(wide))
        items = (
            SheetGrid(values, "signed", around_zero(values)),
            SheetText("×"),
            SheetGrid(weights, "kernel", around_zero(weights)),
            SheetText("="),
            SheetGrid(products, "signed", around_zero(products)),
        )
        where = SheetRow((SheetText(f"{name}: {place}", "caption"),))
        return Sheet((head, where), 1, lambda _: SheetRow(items), values.shape, roomy=max(values.shape) <= 4)

    def _term_row(self, work: Weighted, order: Indices, listed: int) -> Callable[[int], SheetRow]:
        products = work.products
        so_far, extent, count = np.cumsum(products[order]), extent_of(products), len(products)
        shown = [int(i) for i in order[:RANKED]]
        first = max((columns(_short(work.cells, i)) for i in shown), default=1) + 1
        second = max((columns(_partners(work, i)) for i in shown), default=0) + 1 if work.others else 0

        def row(place: int) -> SheetRow:
            if place == listed:
                rest = float(products[order[listed:]].sum())
                words = counted(
                    self.tr("the other {n:term|terms} together (click to list them)"), n=f"{count - listed:,}"
                )
                wide = first + second + 30
                return SheetRow(
                    (SheetText(words, width=wide), SheetText(number(rest), "strong", 9, True), SheetBar(rest, extent)),
                    REST,
                )
            i = int(order[place])
            partner = [SheetText(_partners(work, i), width=second)] if work.others else []
            words = self.tr("so far {sum}").format(sum=number(float(so_far[place])))
            said_so_far = () if work.others else (SheetText(words, "caption"),)  # both maps take the room
            return SheetRow(
                (
                    SheetText(f"{place + 1}.", "caption", 4, True),
                    SheetText(_short(work.cells, i), width=first),
                    SheetText(listed_number(float(work.cells.values[i]), 8), width=8, right=True),
                    SheetText("×"),
                    *partner,
                    SheetText(listed_number(float(work.weights[i]), 8), width=8, right=True),
                    SheetText("="),
                    SheetText(listed_number(float(products[i]), 8), "strong", 8, True),
                    SheetBar(float(products[i]), extent),
                    *said_so_far,
                ),
                key=i,
            )

        return row

    def _of(self, cells: Cells) -> SheetRow:
        """Whose values are listed: their places follow without its name."""
        return _caption(self.tr("values of {layer}, ranked").format(layer=cells.layer))

    def _values(self, cells: Cells, order: Indices, framed: Flags | None = None) -> Callable[[int], SheetRow]:
        """Each value with its place and a bar; those framed stand out."""
        extent = extent_of(cells.values)
        wide = max((columns(_short(cells, int(i))) for i in order[:RANKED]), default=1) + 1

        def row(place: int) -> SheetRow:
            i = int(order[place])
            role: TextRole = "strong" if framed is not None and framed[i] else "plain"
            value = float(cells.values[i])
            return SheetRow(
                (
                    SheetText(_short(cells, i), role, wide),
                    SheetText(number(value), role, 9, True),
                    SheetBar(value, extent),
                )
            )

        return row

    # -- groups

    def _standardised(self, explanation: Explanation, work: Standardised) -> Sheet:
        count = len(work.cells)
        words = "(x − μ) / √(σ² + ε) · γ + β" if work.centred else "x / √(Σ x² / n + ε) · γ"
        framed = np.arange(count) == work.index
        title = SheetRow(
            (SheetText(self.tr("the group in {layer}, largest first").format(layer=work.cells.layer), "caption"),)
        )
        values = self._values(work.cells, np.argsort(-work.cells.values, kind="stable"), framed)
        return Sheet((result_row(explanation, SheetText(words)), title), count, values)

    def _extreme(self, explanation: Explanation, work: Extreme) -> Sheet:
        winner = _name(work.cells, int(work.winners.argmax()))
        count, ties = len(work.cells), int(work.winners.sum())
        if work.mode == "rank":
            words = self.tr("number {rank} of {n} from the smallest is {cell}").format(
                rank=f"{work.rank:,}", n=f"{count:,}", cell=winner
            )
        elif ties > 1:
            words = counted(self.tr("a tie of {n:equal value|equal values}; the first is {cell}"), n=ties, cell=winner)
        elif work.mode == "max":
            words = counted(self.tr("the largest of {n:value|values} is {cell}"), n=f"{count:,}", cell=winner)
        else:
            words = counted(self.tr("the smallest of {n:value|values} is {cell}"), n=f"{count:,}", cell=winner)
        order = np.argsort(-work.cells.values if work.mode == "max" else work.cells.values, kind="stable")
        head = (result_row(explanation, SheetText(words)), self._of(work.cells))
        return Sheet(head, count, self._values(work.cells, order, work.winners))

    def _reduced(self, explanation: Explanation, work: Spread | LogSum | Product) -> Sheet:
        words = {Spread: "Σ (x − μ)² / (n − c)", LogSum: "m + log Σ exp(x − m)", Product: "Π x"}[type(work)]
        if isinstance(work, Spread) and work.root:
            words = f"√({words})"
        order = np.argsort(-work.cells.values, kind="stable")
        head = (result_row(explanation, SheetText(words)), self._of(work.cells))
        return Sheet(head, len(work.cells), self._values(work.cells, order))

    # -- attention and gates

    def _attended(self, explanation: Explanation, work: AttentionTerm) -> Sheet:
        scores, shares, terms = work.scores, work.shares, work.shares * work.values.values
        order = np.argsort(-shares, kind="stable")
        extent = extent_of(terms)
        names = max((columns(_short(work.values, int(i))) for i in order[:RANKED]), default=1) + 1
        seen = int((work.mask > -np.inf).sum())
        words = counted(self.tr("sum of {n:value|values}, each times its share"), n=f"{seen:,}")
        lines = (
            result_row(explanation, SheetText(words)),
            _caption(self.tr("score, softmax = share, × {values} = term").format(values=work.values.layer)),
        )
        masked = self.tr("masked")

        def row(place: int) -> SheetRow:
            j = int(order[place])
            hidden = np.isneginf(work.mask[j])
            return SheetRow(
                (
                    SheetText(self.tr("key {number}").format(number=j), width=9),
                    SheetText(
                        masked if hidden else number(float(scores[j])), "caption" if hidden else "plain", 9, True
                    ),
                    SheetText(percent(float(shares[j])), "strong", 7, True),
                    SheetText("×"),
                    SheetText(_short(work.values, j), width=names),
                    SheetText(listed_number(float(work.values.values[j]), 8), width=8, right=True),
                    SheetText("="),
                    SheetText(listed_number(float(terms[j]), 8), "strong", 8, True),
                    SheetBar(float(terms[j]), extent),
                )
            )

        return Sheet(lines, len(shares), row)

    def _divided(self, explanation: Explanation, work: Divided) -> Sheet:
        words = "x / max((Σ |x|ᵖ)^(1/p), ε)" if work.norm else "x / (k + α/n · Σ x²)^β"
        order = np.argsort(-np.abs(work.cells.values), kind="stable")
        values = self._values(work.cells, order, np.arange(len(work.cells)) == work.index)
        title = SheetRow(
            (SheetText(self.tr("the group in {layer}, by size").format(layer=work.cells.layer), "caption"),)
        )
        return Sheet((result_row(explanation, SheetText(words)), title), len(work.cells), values)

    def _many_headed(self, explanation: Explanation, work: ManyHeaded) -> Sheet:
        words = self.tr("sum over {n} heads + bias {bias}").format(n=len(work.shares), bias=said(work.bias))
        title = self.tr("each head: the key that it looks at most, its share, and what the head adds")
        extent = extent_of(work.parts)

        def row(head: int) -> SheetRow:
            shares = work.shares[head]
            key = int(shares.argmax())
            return SheetRow(
                (
                    SheetText(self.tr("head {number}").format(number=head), width=9),
                    SheetText(self.tr("key {number}").format(number=key), width=9),
                    SheetBar(float(shares[key]), 1.0, share=True),
                    SheetText(percent(float(shares[key])), "plain", 7, True),
                    SheetText(number(float(work.parts[head])), "strong", 9, True),
                    SheetBar(float(work.parts[head]), extent),
                )
            )

        head_rows = (result_row(explanation, SheetText(words)), SheetRow((SheetText(title, "caption"),)))
        return Sheet(head_rows, len(work.shares), row)

    def _gated(self, explanation: Explanation, work: Gated) -> Sheet:
        rows = [(self._gate_name(gate), self._gate_text(gate)) for gate in work.gates]
        if work.cell == "gru":
            z, n = work.gate("z").value, work.gate("n").value
            rows += [
                (self.tr("state before, h"), said(work.before)),
                ("(1 − z) · n + z · h", f"{said(1 - z)} · {said(n)} + {said(z)} · {said(work.before)}"),
            ]
        elif work.cell == "lstm":
            i, f, g, o = (work.gate(name).value for name in "ifgo")
            rows += [
                (self.tr("memory before, c′"), said(work.before)),
                (
                    "c = f · c′ + i · g",
                    f"{said(f)} · {said(work.before)} + {said(i)} · {said(g)} = {said(work.memory)}",
                ),
            ]
            if work.part == "output":
                rows += [("o · tanh(c)", f"{said(o)} · tanh({said(work.memory)})")]
        return facts(explanation, *rows)

    def _gate_name(self, gate: Gate) -> str:
        names = {
            "i": self.tr("input gate i"),
            "f": self.tr("forget gate f"),
            "g": self.tr("candidate g"),
            "o": self.tr("output gate o"),
            "r": self.tr("reset gate r"),
            "z": self.tr("update gate z"),
            "n": self.tr("candidate n"),
        }
        return names.get(gate.name, self.tr("state h"))

    def _gate_text(self, gate: Gate) -> str:
        function = {"sigmoid": "σ", "tanh": "tanh", "relu": "max(0, ·)"}[gate.function]
        factor = f"{said(gate.factor)} · " if gate.factor != 1 else ""
        inside = self.tr("{input} from the input + {state} from the state").format(
            input=said(float(gate.from_input.sum())), state=f"{factor}{said(float(gate.from_state.sum()))}"
        )
        return f"{function}({inside}) = {said(gate.value)}"


def _name(cells: Cells, i: int) -> str:
    cell = cells.cell(i)
    return str(i) if cell is None else named(cell)


def _caption(text: str) -> SheetRow:
    return SheetRow((SheetText(text, "caption"),))


def _short(cells: Cells, i: int) -> str:
    """A place without the layer's name: `[3] (5, 7)`."""
    return _name(cells, i).removeprefix(cells.layer)


def _partners(work: Weighted, i: int) -> str:
    """The cells whose product a weight is."""
    return " × ".join(_short(other, i) if other.layer else said(float(other.values[i])) for other in work.others)


def _listed(places: Indices) -> str:
    return ", ".join(str(int(place)) for place in places)
