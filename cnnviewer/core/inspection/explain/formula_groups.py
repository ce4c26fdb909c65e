"""The lines of a calculation with many operands: sums, norms, extremes, attention, gates."""

from __future__ import annotations

from cnnviewer.core.inspection.explain.group_records import (
    AttentionTerm,
    Cells,
    Divided,
    Doubles,
    Extreme,
    Gate,
    Gated,
    ManyHeaded,
    Power,
    Standardised,
    Weighted,
)
from cnnviewer.core.inspection.explain.notation import (
    MOST_TERMS,
    added,
    bracketed,
    multiplied,
    said,
    subscript,
    written,
)
from cnnviewer.core.inspection.explain.reduction_records import LogSum, Product, Spread
from cnnviewer.core.inspection.records import Cell

_FUNCTIONS = {"sigmoid": "σ", "tanh": "tanh", "relu": "max(0, ·)"}


def of_group(cell: Cell, work: object) -> list[str]:
    """The lines without the result; empty for a record of another kind."""
    place = subscript(cell)
    match work:
        case Weighted():
            return _weighted(work, place)
        case Standardised():
            return _standardised(work, place)
        case Extreme():
            values = ", ".join(said(float(v)) for v in work.cells.values[:MOST_TERMS])
            rest = ", …" if len(work.cells) > MOST_TERMS else ""
            winner = written(work.cells.cell(int(work.winners.argmax())) or Cell(""))
            if work.mode == "rank":
                return [f"y{place} = number {work.rank} of {len(work.cells)} values, smallest first, at {winner}"]
            return [
                f"y{place} = {work.mode} of {len(work.cells)} values, at {winner}",
                f"= {work.mode}({values}{rest})",
            ]
        case Spread():
            return _spread(work, place)
        case LogSum():
            return [
                f"y{place} = m + log Σᵢ exp(x[i] − m),  m = max x = {said(work.shift)},  x: {_span(work.cells)}",
                f"Σᵢ exp(x[i] − m) = {added(work.exponentials)} = {said(work.total)}",
                f"= {said(work.shift)} + log {said(work.total)}",
            ]
        case Product():
            x = work.cells.values
            shown = " · ".join(bracketed(float(v)) for v in x[:MOST_TERMS])
            return [f"y{place} = Πᵢ x[i],  x: {_span(work.cells)}", f"= {shown}{' · …' if len(x) > MOST_TERMS else ''}"]
        case Power():
            return _power(work, place)
        case Divided():
            return _divided(work, place)
        case AttentionTerm():
            return _attended(work, place)
        case ManyHeaded():
            return _many_headed(work, place)
        case Gated():
            return _gated(work, place)
    return []


def _weighted(work: Weighted, place: str) -> list[str]:
    x = work.cells.values
    bias = "" if work.bias is None else f" + {bracketed(work.bias)}"
    if work.common == 1.0:
        return [f"y{place} = Σᵢ x[i],  {len(x)} values: {_span(work.cells)}", f"= {added(x)}"]
    if work.common is not None and abs(round(1 / work.common) * work.common - 1) < 1e-9:
        share = round(1 / work.common)
        return [f"y{place} = Σᵢ x[i] / n,  n = {share}: {_span(work.cells)}", f"= ({added(x)}) / {share}"]
    if not len(x):
        return [f"y{place} = a sum without terms{bias}"]
    if work.others:
        names = "abcdefgh"[: len(work.others) + 1]
        spans = ",  ".join(f"{n}: {_span(each)}" for n, each in zip(names, (work.cells, *work.others), strict=False))
        factors = " · ".join(f"{name}[i]" for name in names)
        head = f"y{place} = Σᵢ {factors}{' + bias' if bias else ''},  {spans}"
    else:
        head = f"y{place} = Σᵢ w[i] · x[i]{' + b' if bias else ''},  x: {_span(work.cells)}"
    return [head, f"= {multiplied(work.weights, x)}{bias}"]


def _span(cells: Cells) -> str:
    """`conv1[0, 2, 3] … conv1[0, 3, 4]`, the first and last of the cells."""
    first, last = cells.cell(0), cells.cell(len(cells) - 1)
    if first is None or last is None:
        return f"{len(cells)} values"
    return written(first) if first == last else f"{written(first)} … {written(last)}"


def _standardised(work: Standardised, place: str) -> list[str]:
    n, x = len(work.cells), work.cells.values
    affine = f" · {bracketed(work.weight)} + {bracketed(work.bias)}"
    root = f"√({said(work.variance)} + {work.epsilon:g})"
    if not work.centred:
        return [
            f"y{place} = x{place} / √(Σᵢ x[i]² / n + ε) · γ,  n = {n}: {_span(work.cells)}",
            f"Σᵢ x[i]² / n = ({added(x * x)}) / {n} = {said(work.variance)}",
            f"= {said(work.x)} / {root} · {bracketed(work.weight)}",
        ]
    return [
        f"y{place} = (x{place} − μ) / √(σ² + ε) · γ + β,  n = {n}: {_span(work.cells)}",
        f"μ = Σᵢ x[i] / n = ({added(x)}) / {n} = {said(work.mean)}",
        f"σ² = Σᵢ (x[i] − μ)² / n = {said(work.variance)}",
        f"= ({said(work.x)} − {bracketed(work.mean)}) / {root}{affine}",
    ]


def _spread(work: Spread, place: str) -> list[str]:
    n, c = len(work.cells), f" − {work.correction:g}" if work.correction else ""
    head = f"Σᵢ (x[i] − μ)² / (n{c})" if c else "Σᵢ (x[i] − μ)² / n"
    return [
        f"y{place} = {f'√({head})' if work.root else head},  n = {n}: {_span(work.cells)}",
        f"μ = Σᵢ x[i] / n = ({added(work.cells.values)}) / {n} = {said(work.mean)}",
        f"Σᵢ (x[i] − μ)² = {added(work.squares)} = {said(work.total)}",
        f"= {'√(' if work.root else ''}{said(work.total)} / {said(work.divisor)}{')' if work.root else ''}",
    ]


def _power(work: Power, place: str) -> list[str]:
    x = "|x[i]|" if work.sizes else "x[i]"
    factor = "" if work.factor == 1 else f"{said(work.factor)} · "
    return [
        f"y{place} = ({factor}Σᵢ {x}^{work.power:g})^(1/{work.power:g}),  x: {_span(work.cells)}",
        f"= ({factor}({added(work.powers)}))^(1/{work.power:g})",
    ]


def _divided(work: Divided, place: str) -> list[str]:
    x, span = f"x{place}", _span(work.cells)
    if work.norm:
        p = f"{work.power:g}"
        return [
            f"y{place} = {x} / max((Σᵢ |x[i]|^{p})^(1/{p}), ε),  x: {span}",
            f"= {said(work.x)} / max({said(work.total)}^(1/{p}), {work.least:g})",
            f"= {said(work.x)} / {said(work.divisor)}",
        ]
    return [
        f"y{place} = {x} / (k + α/n · Σᵢ x[i]²)^β,  x: {span}",
        f"Σᵢ x[i]² = {added(work.cells.values**2)} = {said(work.total)}",
        f"= {said(work.x)} / ({work.least:g} + {said(work.share)} · {said(work.total)})^{work.power:g}",
        f"= {said(work.x)} / {said(work.divisor)}",
    ]


def _many_headed(work: ManyHeaded, place: str) -> list[str]:
    lines = [
        f"y{place} = Σₕ Σᵢ W[i] · oₕ[i] + b,  oₕ = Σⱼ aₕ[j] · vₕ[j]",
        f"aₕ = softmax(qₕ · kₕ[j] / √{work.mixed.shape[1]}),  q: row {work.row} of {work.query or 'the queries'}",
    ]
    for head, shares in enumerate(work.shares):
        key = int(shares.argmax())
        lines.append(
            f"head {head}: a[{key}] = {said(float(shares[key]))} is the largest share;  "
            f"Σᵢ W[i] · o[i] = {said(float(work.parts[head]))}"
        )
    return [*lines, f"= {added(work.parts)} + {bracketed(work.bias)}"]


def _attended(work: AttentionTerm, place: str) -> list[str]:
    seen = [j for j in range(len(work.shares)) if work.mask[j] > float("-inf")]
    largest = max(seen, key=lambda j: work.shares[j], default=0)
    dot = multiplied(work.query.values, work.rows[largest])
    mask = f" + {bracketed(float(work.mask[largest]))}" if work.mask[largest] else ""
    hidden = len(work.shares) - len(seen)
    tail = f";  {hidden} masked keys have a[j] = 0" if hidden else ""
    return [
        f"y{place} = Σⱼ a[j] · v[j],  a = softmax(s),  s[j] = q · k[j] · {said(work.scale)}{' + mask' if mask else ''}",
        f"q: {_span(work.query)},  k: {work.keys},  v: {_span(work.values)}{tail}",
        f"s[{largest}] = ({dot}) · {said(work.scale)}{mask} = {said(float(work.scores[largest]))}",
        f"= {multiplied(work.shares[seen], work.values.values[seen])}",
    ]


def _gated(work: Gated, place: str) -> list[str]:
    lines = [_gate(gate) for gate in work.gates]
    if work.cell == "rnn":
        return [f"y{place} = {work.gates[0].function}(W·x + U·h)", *lines]
    if work.cell == "gru":
        z, n = work.gate("z").value, work.gate("n").value
        return [
            f"y{place} = (1 − z) · n + z · h",
            *lines,
            f"= {said(1 - z)} · {bracketed(n)} + {said(z)} · {bracketed(work.before)}",
        ]
    i, f, g, o = (work.gate(name).value for name in "ifgo")
    memory = f"c = f · c′ + i · g = {said(f)} · {bracketed(work.before)} + {said(i)} · {bracketed(g)}"
    if work.part == "memory":
        return [f"y{place} = f · c′ + i · g", *lines, memory]
    return [
        f"y{place} = o · tanh(c)",
        *lines,
        f"{memory} = {said(work.memory)}",
        f"= {said(o)} · tanh({said(work.memory)})",
    ]


def _gate(gate: Gate) -> str:
    factor = f"{said(gate.factor)} · " if gate.factor != 1 else ""
    return (
        f"{gate.name} = {_FUNCTIONS[gate.function]}(({_sum(gate.from_input)}) + {factor}({_sum(gate.from_state)}))"
        f" = {_FUNCTIONS[gate.function]}({said(gate.before)}) = {said(gate.value)}"
    )


def _sum(terms: Doubles) -> str:
    """What is not 0: a state that was not given has no other terms."""
    return added(terms[terms != 0]) or "0"
