"""The calculation as lines of mathematics with the numbers put in."""

from __future__ import annotations

from cnnviewer.core.inspection.explain.formula_groups import of_group
from cnnviewer.core.inspection.explain.notation import (
    MOST_TERMS,
    added,
    bracketed,
    multiplied,
    said,
    subscript,
    written,
)
from cnnviewer.core.inspection.explain.records import (
    Combined,
    Convolution,
    Dense,
    Dropped,
    Explanation,
    Exponentials,
    FilledValue,
    GivenValue,
    Indices,
    Loss,
    MovedValue,
    MutedValue,
    Normalised,
    OfSeveral,
    Pointwise,
    Pooling,
    SelectedValue,
)
from cnnviewer.core.inspection.records import Cell

_ORIGIN = {False: "constant", True: "learned parameter"}


def formula(explanation: Explanation) -> tuple[str, ...]:
    """The lines, from the general formula to the number; empty for an operation that is not known."""
    place, result = subscript(explanation.cell), f"= {said(explanation.value)}"
    match explanation.work:
        case Convolution() as work:
            lines = _convolution(explanation.cell, work)
        case Pooling() as work:
            lines = _pooling(work, place)
        case Dense() as work:
            lines = _dense(explanation.cell, work)
        case Exponentials() as work:
            lines = _exponentials(work, place)
        case Loss() as work:
            lines = _loss(work)
        case Normalised() as work:
            lines = [
                f"y{place} = (x{place} − μ) / √(σ² + ε) · γ + β",
                f"= ({said(work.x)} − {bracketed(work.mean)}) / √({said(work.variance)} + {work.epsilon:g})"
                f" · {bracketed(work.weight)} + {bracketed(work.bias)}",
            ]
        case Pointwise() as work:
            lines = [f"y{place} = {work.expression}", f"x = {work.source}{place} = {said(work.x)}"]
        case Dropped() as work:
            lines = [f"y{place} = x{place}"]
        case MovedValue() as work:
            lines = _moved(explanation.cell, work)
        case Combined() as work:
            names = [written(part.cell) if part.cell else said(part.value) for part in work.parts]
            numbers = [bracketed(part.value) for part in work.parts]
            sign = f" {work.operator} "
            if work.operator == "· σ":
                lines = [f"y{place} = a · σ(b),  a = {names[0]},  b = {names[1]}", f"= {numbers[0]} · σ({numbers[1]})"]
            elif work.operator in ("max", "min"):
                lines = [f"y{place} = {work.operator}({', '.join(names)})", f"= {work.operator}({', '.join(numbers)})"]
            else:
                lines = [f"y{place} = {sign.join(names)}", f"= {sign.join(numbers)}"]
        case OfSeveral() as work:
            said_parts = ",  ".join(
                f"{letter} = {f'{written(part.cell)} = ' if part.cell else ''}{said(part.value)}"
                for letter, part in zip("abcd", work.parts, strict=False)
            )
            lines = [f"y{place} = {work.expression}", said_parts]
        case SelectedValue() as work:
            taken, other = work.parts if work.condition else work.parts[::-1]
            names = [written(part.cell) if part.cell else said(part.value) for part in (taken, other)]
            lines = [f"y{place} = {names[0]}, not {names[1]}: the condition is {work.condition} here"]
        case FilledValue() as work:
            lines = [f"y{place} = {work.entry or f'{said(work.value)}, a {_ORIGIN[work.learned]}'}"]
        case MutedValue() as work:
            mean = " (the channel's mean)" if work.how == "mean" else ""
            unmuted = "" if work.unmuted is None else f", in place of {said(work.unmuted)}"
            lines = [f"y{place} = {said(work.value)}{mean}, muted by you{unmuted}"]
        case GivenValue() as work:
            lines = [
                f"x{place} = (pixel − mean) / std",
                f"= ({said(work.pixel)} − {said(work.mean)}) / {said(work.std)}",
            ]
        case work:
            lines = of_group(explanation.cell, work)
            if not lines:
                return ()
    return (*lines, result)


def _convolution(cell: Cell, work: Convolution) -> list[str]:
    (sv, sh), (pv, ph), (dv, dh) = work.geometry
    count, height, width = work.kernel.shape
    k, r, c = cell.channel, cell.row, cell.col
    first, last = int(work.channels[0]), int(work.channels[-1])
    bias = "" if work.bias is None else " + b[k]"
    if work.way == "line":
        lines = [
            "y[k, c] = Σₘ Σⱼ w[k, m, j] · x[m, c·S − P + j·D]" + bias,
            f"k = {r}, c = {c};  m = {first} … {last}, j = 0 … {width - 1}",
            f"S = {sh}, P = {ph}, D = {dh}",
        ]
    elif work.way == "transposed":
        lines = [
            "y[k, r, c] = Σ w[m, k, a, b] · x[m, i, j]" + bias + "  over all i·S − P + a·D = r, j·S − P + b·D = c",
            f"k = {k}, r = {r}, c = {c};  m = {first} … {last}, i = {_listed(work.rows)}, j = {_listed(work.cols)}",
            f"S = {_both(sv, sh)}, P = {_both(pv, ph)}, D = {_both(dv, dh)}",
        ]
    else:
        lines = [
            "y[k, r, c] = Σₘ Σᵢ Σⱼ w[k, m, i, j] · x[m, r·S − P + i·D, c·S − P + j·D]" + bias,
            f"k = {k}, r = {r}, c = {c};  m = {first} … {last}, i = 0 … {height - 1}, j = 0 … {width - 1}",
            f"S = {_both(sv, sh)}, P = {_both(pv, ph)}, D = {_both(dv, dh)}",
        ]
    tail = "" if work.bias is None else f" + {bracketed(work.bias)}"
    if not work.kernel.size:
        return [*lines, f"= {'0' if work.bias is None else said(work.bias)}"]
    if work.kernel.size <= MOST_TERMS:
        for m, patch, kernel in zip(work.channels, work.patch, work.kernel, strict=True):
            inner = multiplied(kernel.ravel(), patch.ravel())
            lines.append(f"Σ[m = {m}] = {inner} = {said(float((kernel * patch).sum()))}")
    else:
        lines.append(f"= {multiplied(work.kernel.ravel(), work.patch.ravel())}{tail}")
    if count > 1 or work.bias is not None:
        lines.append(f"= {added(work.sums)}{tail}")
    return lines


def _pooling(work: Pooling, place: str) -> list[str]:
    inside = work.patch[~work.outside]
    rows, cols = (f"{int(places[0])} … {int(places[-1])}" for places in (work.rows, work.cols))
    window = f"x[{work.channel}, {rows}, {cols}]"
    if work.mode == "average":
        return [f"y{place} = Σ {window} / n", f"= ({added(inside)}) / {said(work.divisor)}"]
    return [f"y{place} = {work.mode}({window})", f"= {work.mode}({', '.join(said(float(v)) for v in inside)})"]


def _dense(cell: Cell, work: Dense) -> list[str]:
    bias = "" if work.bias is None else f" + b[{cell.channel}]"
    tail = "" if work.bias is None else f" + {bracketed(work.bias)}"
    return [
        f"y[{cell.channel}] = Σᵢ w[{cell.channel}, i] · x[i]{bias},  i = 0 … {len(work.inputs) - 1}",
        f"= {multiplied(work.weights, work.inputs)}{tail}",
    ]


def _exponentials(work: Exponentials, place: str) -> list[str]:
    x, m, total = work.inputs[work.index], work.shift, work.total
    sums, asked = added(work.exponentials), said(float(work.exponentials[work.index]))
    if work.log:
        return [
            f"y{place} = x{place} − m − log Σⱼ exp(x[j] − m),  m = max x = {said(m)}",
            f"Σⱼ exp(x[j] − m) = {sums} = {said(total)}",
            f"= {said(x)} − {bracketed(m)} − log {said(total)}",
        ]
    return [
        f"y{place} = exp(x{place} − m) / Σⱼ exp(x[j] − m),  m = max x = {said(m)}",
        f"Σⱼ exp(x[j] − m) = {sums} = {said(total)}",
        f"= exp({said(x)} − {bracketed(m)}) / {said(total)} = {asked} / {said(total)}",
    ]


def _loss(work: Loss) -> list[str]:
    scores, y = work.scores, work.scores.index
    if work.name == "nll":
        return [f"loss = −log p[{y}]", f"= −({said(float(scores.inputs[y]))})"]
    return [
        f"loss = −x[{y}] + m + log Σⱼ exp(x[j] − m),  m = max x = {said(scores.shift)}",
        f"= −({said(float(scores.inputs[y]))}) + {bracketed(scores.shift)} + log {said(scores.total)}",
    ]


def _moved(cell: Cell, work: MovedValue) -> list[str]:
    lines = [f"{written(cell)} = {written(work.origin)}"]
    if len(work.shape) == 3 and cell.row is None:
        _, height, width = work.shape
        c, r, q = work.origin.channel, work.origin.row, work.origin.col
        lines.append(f"{cell.channel} = ({c}·{height} + {r})·{width} + {q}")
    return lines


def _listed(places: Indices) -> str:
    return ", ".join(str(int(place)) for place in places) or "none"


def _both(vertical: int, horizontal: int) -> str:
    return str(vertical) if vertical == horizontal else f"{vertical}×{horizontal}"
