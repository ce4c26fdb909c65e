"""Writes worksheets: the operands of an explanation in rows, with words in the window's language."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from PySide6.QtCore import QObject

from cnnviewer.core.counting import counted
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
from cnnviewer.ui.explore.explain.fact_rows import RANKED, REST, facts, named
from cnnviewer.ui.explore.explain.sheet import (
    Item,
    Sheet,
    SheetBar,
    SheetGrid,
    SheetRow,
    SheetText,
    Stack,
    TextRole,
    around_zero,
    extent_of,
)
from cnnviewer.ui.explore.explain.writing_groups import GroupWriter
from cnnviewer.ui.explore.network.labels import listed_number, number
from cnnviewer.ui.widgets.percent import percent

_STACKED = 3  # rows of a kernel beside which name, sum and bar stand below each other
_FEW = 4  # rows and columns of a window that is drawn large


class WorksheetWriter(QObject):
    """Makes a sheet of an explanation."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._groups = GroupWriter(self)

    def write(self, explanation: Explanation, everything: bool = False) -> Sheet:
        """The worksheet; `everything` lists each term of a ranked list."""
        match explanation.work:
            case Convolution() as work:
                return self._convolution(explanation, work)
            case Pooling() as work:
                return self._pooling(explanation, work)
            case Dense() as work:
                return self._dense(explanation, work, everything)
            case Exponentials() as work:
                return self._exponentials(explanation, work)
            case Loss() as work:
                return self._loss(explanation, work)
            case Normalised() as work:
                return self._normalised(explanation, work)
            case Pointwise() as work:
                return facts(
                    explanation,
                    (self._same_place(work.source, explanation), said(work.x)),
                    ("y", f"{work.expression} = {said(explanation.value)}"),
                )
            case Dropped() as work:
                return self._dropped(explanation, work)
            case MovedValue() as work:
                return self._moved(explanation, work)
            case Combined() as work:
                names = [self._named(part) for part in work.parts]
                rows = [(name, said(part.value)) for name, part in zip(names, work.parts, strict=True)]
                return facts(explanation, *rows, (work.operator, said(explanation.value)))
            case OfSeveral() as work:
                names = [self._named(part) for part in work.parts]
                rows = [
                    (letter, f"{name} = {said(part.value)}")
                    for letter, name, part in zip("abcd", names, work.parts, strict=False)
                ]
                return facts(explanation, *rows, ("y", f"{work.expression} = {said(explanation.value)}"))
            case GivenValue() as work:
                return facts(
                    explanation,
                    (self.tr("pixel, 0 to 1"), said(work.pixel)),
                    (self.tr("mean of the data set"), said(work.mean)),
                    (self.tr("standard deviation"), said(work.std)),
                    ("(pixel − mean) / std", said(explanation.value)),
                )
            case SelectedValue() as work:
                names = [self._named(part) for part in work.parts]
                values = [f"{name} = {said(part.value)}" for name, part in zip(names, work.parts, strict=True)]
                holds = self.tr("holds: the first") if work.condition else self.tr("does not hold: the second")
                return facts(
                    explanation,
                    (self.tr("condition"), holds),
                    (self.tr("first"), values[0]),
                    (self.tr("second"), values[1]),
                )
            case FilledValue() as work:
                words = self.tr("a constant that stands beside the values: padding, or written in the model")
                if work.learned:
                    words = self.tr("a learned parameter of the model that stands beside the values")
                if work.entry:
                    words = self.tr("looked up in a learned table: {entry}").format(entry=work.entry)
                return facts(explanation, (said(work.value), words))
            case MutedValue() as work:
                lines = [(said(work.value), self.tr("muted by you"))]
                if work.unmuted is not None:
                    lines.append((said(work.unmuted), self.tr("without the mute")))
                return facts(explanation, *lines)
            case Opaque() as work:
                return facts(
                    explanation,
                    (work.function, said(explanation.value)),
                    (
                        self.tr("note"),
                        self.tr("its arithmetic is not supported: PyTorch computed it again in double precision"),
                    ),
                )
            case work:
                return self._groups.write(explanation, work, everything)

    def _named(self, part: ExplainedPart) -> str:
        """Where an operand stands, or what it is."""
        return named(part.cell) if part.cell else self.tr("learned") if part.learned else self.tr("constant")

    # -- windows

    def channels(self, work: Convolution) -> Sheet:
        """The channels by the size of their sums, a bar each; the key of a row is its channel."""
        sums = work.sums
        order, extent = np.argsort(-np.abs(sums), kind="stable"), extent_of(sums)

        def place(at: int) -> str:
            return f"[0] ({at})" if work.way == "line" else f"[{at}]"

        widest = max((len(place(int(at))) for at in work.channels), default=0)

        def row(rank: int) -> SheetRow:
            i = int(order[rank])
            name = SheetText(place(int(work.channels[i])), width=widest)  # of the layer that the window's title names
            value = float(sums[i])
            return SheetRow(
                (name, SheetBar(value, extent), SheetText(listed_number(value, 8), width=8, right=True)),
                int(work.channels[i]),
            )

        words = counted(self.tr("{n:channel|channels} by sum"), n=f"{len(sums):,}")
        head = SheetRow((SheetText(words, "caption"),))
        return Sheet((head,), len(sums), row)

    def _convolution(self, explanation: Explanation, work: Convolution) -> Sheet:
        if not work.kernel.size:
            words = self.tr("no value of {layer} is written to this place").format(layer=work.source)
            bias = [] if work.bias is None else [(self.tr("bias"), said(work.bias))]
            return facts(explanation, (work.source, words), *bias)
        sums, products = work.sums, work.products
        order = np.argsort(-np.abs(sums), kind="stable")
        count, height, width = work.kernel.shape
        source_bounds = around_zero(work.patch)
        kernel_bounds, product_bounds, extent = around_zero(work.kernel), around_zero(products), extent_of(sums)
        digits = len(str(int(work.channels.max(initial=0))))
        names = len(work.source) + digits + (6 if work.way == "line" else 2)

        def row(rank: int) -> SheetRow:
            i = int(order[rank])
            channel = int(work.channels[i])
            place = f"[0] ({channel})" if work.way == "line" else f"[{channel}]"
            name = SheetText(f"{work.source}{place}", width=names)
            bar = SheetBar(float(sums[i]), extent)
            said_sum = listed_number(float(sums[i]), 8)
            heading: tuple[Item, ...] = (name, SheetText(said_sum, "strong", width=8, right=True), bar)
            if height >= _STACKED:
                heading = (Stack((name, SheetText(said_sum, "strong"), bar)),)
            return SheetRow(
                (
                    *heading,
                    SheetText("= Σ"),
                    SheetGrid(work.patch[i], "signed", source_bounds, hatched=work.padding),
                    SheetText("×"),
                    SheetGrid(work.kernel[i], "kernel", kernel_bounds),
                    SheetText("="),
                    SheetGrid(products[i], "signed", product_bounds, hatched=work.padding),
                ),
                key=int(work.channels[i]),
            )

        total = float(sums.sum())
        words = (
            counted(self.tr("sum of {n:channel|channels}"), n=count) if count > 1 else self.tr("sum of the products")
        )
        parts = [SheetText(words, "caption"), SheetText(said(total))]
        if work.bias is not None:
            parts += [SheetText("+"), SheetText(self.tr("bias"), "caption"), SheetText(said(work.bias))]
        parts += [SheetText("="), SheetText(said(explanation.value), "result")]
        if count > 1:
            parts.append(SheetText(self.tr("channels ranked by the size of their sums"), "caption"))
        return Sheet((SheetRow(tuple(parts), strong=True),), count, row, (height, width))

    def pooled_words(self, work: Pooling) -> str:
        """How a pooling comes to its value: `the largest of 4 values is at row 3, column 5`."""
        inside = int((~work.outside).sum())
        if work.mode == "average":
            return counted(
                self.tr("sum {total} of {n:value|values} ÷ {divisor}"),
                total=said(float(work.patch.sum())),
                n=inside,
                divisor=f"{work.divisor:g}",
            )
        row, col = (int(part) for part in np.argwhere(work.winners)[0])
        place = self.tr("row {row}, column {col}").format(row=int(work.rows[row]), col=int(work.cols[col]))
        ties = int(work.winners.sum())
        if ties > 1:
            return counted(
                self.tr("a tie of {n:equal value|equal values}; the first is at {place}"), n=ties, place=place
            )
        if work.mode == "max":
            return counted(self.tr("the largest of {n:value|values} is at {place}"), n=inside, place=place)
        return counted(self.tr("the smallest of {n:value|values} is at {place}"), n=inside, place=place)

    def _pooling(self, explanation: Explanation, work: Pooling) -> Sheet:
        name = f"{work.source}[{work.channel}]"
        words = self.pooled_words(work)
        framed = work.winners if work.mode != "average" else None
        head = SheetRow((SheetText(words), SheetText("="), SheetText(said(explanation.value), "result")), strong=True)
        grid = SheetGrid(work.patch, "signed", around_zero(work.patch), work.outside, framed)
        few = max(work.patch.shape) <= _FEW
        return Sheet((head,), 1, lambda _: SheetRow((SheetText(name, width=9), grid)), work.patch.shape, roomy=few)

    # -- vectors

    def _dense(self, explanation: Explanation, work: Dense, everything: bool) -> Sheet:
        products = work.inputs * work.weights
        order = np.argsort(-np.abs(products), kind="stable")
        so_far = np.cumsum(products[order])
        extent, count = extent_of(products), len(products)
        names = max(len(self._feature(work, int(i))) for i in order[:RANKED]) + 2
        listed = count if everything or count <= RANKED + 1 else RANKED

        def row(place: int) -> SheetRow:
            if place == listed:
                rest = float(products[order[listed:]].sum())
                words = counted(
                    self.tr("the other {n:term|terms} together (click to list them)"), n=f"{count - listed:,}"
                )
                return SheetRow(
                    (
                        SheetText(words, width=names + 30),
                        SheetText(number(rest), "strong", 9, True),
                        SheetBar(rest, extent),
                    ),
                    REST,
                )
            i = int(order[place])
            return SheetRow(
                (
                    SheetText(f"{place + 1}.", "caption", 6, True),
                    SheetText(self._feature(work, i), width=names),
                    SheetText(listed_number(float(work.inputs[i]), 8), width=8, right=True),
                    SheetText("×"),
                    SheetText(listed_number(float(work.weights[i]), 8), width=8, right=True),
                    SheetText("="),
                    SheetText(listed_number(float(products[i]), 8), "strong", 8, True),
                    SheetBar(float(products[i]), extent),
                    SheetText(self.tr("so far {sum}").format(sum=number(float(so_far[place]))), "caption"),
                ),
                key=i,
            )

        parts = [SheetText(counted(self.tr("sum of {n:term|terms}"), n=f"{count:,}"), "caption")]
        parts.append(SheetText(said(float(products.sum()))))
        if work.bias is not None:
            parts += [SheetText("+"), SheetText(self.tr("bias"), "caption"), SheetText(said(work.bias))]
        parts += [SheetText("="), SheetText(said(explanation.value), "result")]
        titles = self.tr("input × weight = term, ranked by size")
        head = (SheetRow(tuple(parts), strong=True), SheetRow((SheetText(titles, "caption"),)))
        return Sheet(head, listed + (listed < count), row)

    def _feature(self, work: Dense, i: int) -> str:
        if work.places is None:
            return f"{work.source}[{i}]"
        channel, r, c = (int(part) for part in work.places[i])
        return f"{work.source}[{i}] · {work.origin}[{channel}] ({r}, {c})"

    def _exponentials(self, explanation: Explanation, work: Exponentials) -> Sheet:
        asked = said(float(work.exponentials[work.index]))
        if work.log:
            score = said(float(work.inputs[work.index]))
            words = f"{score} − m − log {said(work.total)}"
        else:
            words = f"{asked} ÷ {said(work.total)}"
        head = SheetRow((SheetText(words), SheetText("="), SheetText(said(explanation.value), "result")), strong=True)
        return Sheet((head, self._shift_row(work)), len(work.inputs), self._share_row(work))

    def _shift_row(self, work: Exponentials) -> SheetRow:
        """What the m in the rows below is."""
        shift = SheetText(self.tr("m, the largest score: {m}").format(m=said(work.shift)), "caption")
        total = SheetText(self.tr("sum of the exponentials: {total}").format(total=said(work.total)), "caption")
        return SheetRow((shift, total))

    def _share_row(self, work: Exponentials) -> Callable[[int], SheetRow]:
        exponentials, total = work.exponentials, work.total

        def row(i: int) -> SheetRow:
            role: TextRole = "strong" if i == work.index else "plain"
            share = float(exponentials[i]) / total
            return SheetRow(
                (
                    SheetText(work.names[i] if work.names else str(i), role, 10),
                    SheetText(f"exp({number(float(work.inputs[i]))} − m)", width=18, right=True),
                    SheetText("="),
                    SheetText(number(float(exponentials[i])), width=9, right=True),
                    SheetBar(share, 1.0, share=True),
                    SheetText(percent(share), role, 7, True),
                )
            )

        return row

    def _loss(self, explanation: Explanation, work: Loss) -> Sheet:
        scores = work.scores
        asked = float(scores.inputs[scores.index])
        label = self.tr("label: {label}").format(label=work.label)
        if work.name == "nll":
            words = f"−log p = −({said(asked)})"
        else:
            words = f"−({said(asked)}) + m + log {said(scores.total)}"
        head = SheetRow(
            (
                SheetText(label, "strong"),
                SheetText(words),
                SheetText("="),
                SheetText(said(explanation.value), "result"),
            ),
            strong=True,
        )
        return Sheet((head, self._shift_row(scores)), len(scores.inputs), self._share_row(scores))

    # -- one value from one

    def _same_place(self, source: str, explanation: Explanation) -> str:
        """`x = relu1[3] (2, 5)`: the value of another layer at the place explained."""
        return f"x = {named(replace(explanation.cell, layer=source))}"

    def _normalised(self, explanation: Explanation, work: Normalised) -> Sheet:
        return facts(
            explanation,
            (self._same_place(work.source, explanation), said(work.x)),
            (self.tr("running mean μ"), said(work.mean)),
            (self.tr("running variance σ²"), said(work.variance)),
            ("ε", f"{work.epsilon:g}"),
            (self.tr("weight γ"), said(work.weight)),
            (self.tr("bias β"), said(work.bias)),
            ("(x − μ) / √(σ² + ε) · γ + β", said(explanation.value)),
        )

    def _dropped(self, explanation: Explanation, work: Dropped) -> Sheet:
        if work.device != "cpu":
            then = self.tr("{device} draws other numbers than the processor: not supported").format(device=work.device)
        elif work.kept:
            then = self.tr("kept and divided by 1 − p: {value}").format(value=said(work.then))
        elif work.whole_maps:
            then = self.tr("dropped with its whole map: 0")
        else:
            then = self.tr("dropped: 0")
        return facts(
            explanation,
            (self._same_place(work.source, explanation), said(work.x)),
            (self.tr("while predicting"), self.tr("dropout is off: y = x = {x}").format(x=said(work.x))),
            (self.tr("in training step {n}").format(n=f"{work.step + 1:,}"), then),
            ("p", f"{work.p:g}"),
            (self.tr("random seed"), self.tr("seed {seed}, this image as the batch").format(seed=work.seed)),
        )

    def _moved(self, explanation: Explanation, work: MovedValue) -> Sheet:
        rows = [(self.tr("comes from"), f"{named(work.origin)} = {said(work.x)}")]
        if len(work.shape) == 3 and explanation.cell.row is None:
            _, height, width = work.shape
            c, r, q = work.origin.channel, work.origin.row, work.origin.col
            rows += [
                (self.tr("feature"), f"({c} × {height} + {r}) × {width} + {q} = {explanation.cell.channel}"),
                (
                    self.tr("inverse"),
                    self.tr("channel {c} = {k} ÷ {area}, row and column from the remainder").format(
                        c=c, k=explanation.cell.channel, area=height * width
                    ),
                ),
            ]
        return facts(explanation, *rows)
