"""Numbers with many operands as a few lines of PyTorch."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from cnnviewer.core.inspection.explain.group_records import (
    AttentionTerm,
    Divided,
    Extreme,
    Gated,
    ManyHeaded,
    Power,
    Standardised,
    Weighted,
)
from cnnviewer.core.inspection.explain.reduction_records import LogSum, Product, Spread

Singles = npt.NDArray[np.float32]
Calculation = tuple[dict[str, Singles], list[str]]


def of_group(work: object) -> Calculation:
    """The tensors and the lines that print the number; nothing for a record of another kind."""
    match work:
        case Weighted():
            return _weighted(work)
        case Standardised():
            function = f"F.{'layer' if work.centred else 'rms'}_norm(x, x.shape, eps={work.epsilon!r})[{work.index}]"
            affine = {"weight": _singles(work.weight), "bias": _singles(work.bias)}
            return {"x": _singles(work.cells.values), **affine}, [f"print(({function} * weight + bias).item())"]
        case Extreme():
            taken = f"sort().values[{work.rank - 1}]" if work.mode == "rank" else f"{work.mode}()"
            return {"x": _singles(work.cells.values)}, [f"print(x.{taken}.item())"]
        case Spread():
            function = "std" if work.root else "var"
            return {"x": _singles(work.cells.values)}, [
                f"print(x.{function}(0, correction={work.correction!r}).item())"
            ]
        case LogSum():
            return {"x": _singles(work.cells.values)}, ["print(x.logsumexp(0).item())"]
        case Product():
            return {"x": _singles(work.cells.values)}, ["print(x.prod().item())"]
        case AttentionTerm():
            tensors = {
                "query": _singles(work.query.values)[None],
                "key": _singles(work.rows),
                "value": _singles(work.values.values)[:, None],
                "mask": _singles(work.mask)[None],
            }
            call = "F.scaled_dot_product_attention(query[None], key[None], value[None], mask[None]"
            return tensors, [f"print({call}, scale={work.scale!r}).item())"]
        case Power():
            factor = "" if work.factor == 1 else f"{work.factor!r} * "
            x = "x.abs()" if work.sizes else "x"
            return {"x": _singles(work.cells.values)}, [
                f"print((({factor}{x} ** {work.power!r}).sum() ** (1 / {work.power!r})).item())"
            ]
        case Divided():
            return _divided(work)
        case ManyHeaded():
            tensors = {"mixed": _singles(work.mixed), "weight": _singles(work.weights), "bias": _singles(work.bias)}
            return tensors, [
                "# mixed: what each head makes of the values; weight: the row of the output's weights",
                "print(((mixed * weight).sum() + bias).item())",
            ]
        case Gated():
            return _gated(work)
    return {}, []


def _weighted(work: Weighted) -> Calculation:
    tensors = {"x": _singles(work.cells.values)}
    if work.common == 1.0:
        return tensors, [f"print(x.sum().item())  # {len(work.cells)} values of {work.cells.layer}"]
    if work.common is not None and abs(len(work.cells) * work.common - 1) < 1e-9:
        return tensors, [f"print(x.mean().item())  # {len(work.cells)} values of {work.cells.layer}"]
    tensors["weight"] = _singles(work.weights)
    if work.bias is not None:
        tensors["bias"] = _singles(work.bias)
    sources = " × ".join(other.layer or "constants" for other in work.others)
    lines = [f"# x: {len(work.cells)} values of {work.cells.layer}{f'; weight: of {sources}' if sources else ''}"]
    return tensors, [*lines, f"print(({'x @ weight' if work.bias is None else 'x @ weight + bias'}).item())"]


def _divided(work: Divided) -> Calculation:
    tensors, x = {"x": _singles(work.cells.values)}, f"x[{work.index}]"
    if work.norm:
        return tensors, [f"print(F.normalize(x, {work.power!r}, dim=0, eps={work.least!r})[{work.index}].item())"]
    return tensors, [f"print(({x} / ({work.least!r} + {work.share!r} * (x * x).sum()) ** {work.power!r}).item())"]


def _gated(work: Gated) -> Calculation:
    tensors: dict[str, Singles] = {}
    lines: list[str] = []
    for gate in work.gates:
        tensors[f"{gate.name}_input"], tensors[f"{gate.name}_state"] = (
            _singles(gate.from_input),
            _singles(gate.from_state),
        )
        state = f"{gate.name}_state.sum()"
        factor = "r * " if work.cell == "gru" and gate.name == "n" else ""
        lines.append(f"{gate.name} = torch.{gate.function}({gate.name}_input.sum() + {factor}{state})")
    if work.cell == "rnn":
        return tensors, [*lines, "print(h.item())"]
    tensors["before"] = _singles(work.before)
    if work.cell == "gru":
        return tensors, [*lines, "print(((1 - z) * n + z * before).item())"]
    last = "c" if work.part == "memory" else "(o * torch.tanh(c))"
    return tensors, [*lines, "c = f * before + i * g", f"print({last}.item())"]


def _singles(values: npt.ArrayLike) -> Singles:
    return np.asarray(values, dtype=np.float32)
