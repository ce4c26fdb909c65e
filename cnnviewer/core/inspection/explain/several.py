"""Functions of two or three values at the same place: `lerp`, `addcmul`, `logaddexp`, remainders, scaled sums."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import numpy as np
import torch

from cnnviewer.core.inspection.explain.notation import bracketed
from cnnviewer.core.inspection.explain.pointwise import part_of
from cnnviewer.core.inspection.explain.records import Doubles, ExplainedPart, OfSeveral
from cnnviewer.core.inspection.records import Architecture
from cnnviewer.core.inspection.traced_operation import OperandSource, TracedOperation


class _Function(NamedTuple):
    """How a function of a, b, c and its factor `{v}` is written, and what adds up to it, where anything does."""

    expression: str
    code: str
    terms: Callable[..., tuple[float, ...]] | None = None


# As PyTorch documents each.
_FUNCTIONS: Mapping[str, _Function] = {
    "add": _Function("a + {v} · b", "a + {v!r} * b", lambda v, a, b: (a, v * b)),
    "sub": _Function("a − {v} · b", "a - {v!r} * b", lambda v, a, b: (a, -v * b)),
    "rsub": _Function("b − {v} · a", "b - {v!r} * a", lambda v, a, b: (b, -v * a)),
    "addcmul": _Function("a + {v} · b · c", "a + {v!r} * b * c", lambda v, a, b, c: (a, v * b * c)),
    "addcdiv": _Function("a + {v} · b / c", "a + {v!r} * b / c", lambda v, a, b, c: (a, v * b / c)),
    "lerp": _Function("a + c · (b − a)", "torch.lerp(a, b, c)", lambda _, a, b, c: (a, c * b, -c * a)),
    "logaddexp": _Function("log(exp(a) + exp(b))", "torch.logaddexp(a, b)"),
    "logaddexp2": _Function("log₂(2^a + 2^b)", "torch.logaddexp2(a, b)"),
    "atan2": _Function("atan2(a, b)", "torch.atan2(a, b)"),
    "hypot": _Function("√(a² + b²)", "torch.hypot(a, b)"),
    "fmod": _Function("a − b · (a / b without its decimals)", "torch.fmod(a, b)"),
    "remainder": _Function("a − b · ⌊a / b⌋", "torch.remainder(a, b)"),
    "floor_divide": _Function("⌊a / b⌋", "torch.floor_divide(a, b)"),
    "div_floor": _Function("⌊a / b⌋", "torch.div(a, b, rounding_mode='floor')"),
    "div_trunc": _Function("a / b without its decimals", "torch.div(a, b, rounding_mode='trunc')"),
    "copysign": _Function("|a| with the sign of b", "torch.copysign(a, b)"),
    "heaviside": _Function("0 if a < 0, 1 if a > 0, else b", "torch.heaviside(a, b)"),
    "ldexp": _Function("a · 2^b", "torch.ldexp(a, b)"),
    "xlogy": _Function("a · log(b)", "torch.xlogy(a, b)"),
    "xlog1py": _Function("a · log(1 + b)", "torch.special.xlog1py(a, b)"),
    "clamp": _Function("min(max(a, b), c)", "torch.clamp(a, b, c)"),
    "clamp_min": _Function("max(a, b)", "torch.clamp(a, b)"),
    "clamp_max": _Function("min(a, b)", "torch.clamp(a, max=b)"),
    "kron": _Function("a · b", "a * b", lambda _, a, b: (a * b,)),
    "cross": _Function("a · b − c · d", "a * b - c * d", lambda _, a, b, c, d: (a * b, -c * d)),
}
_OPERANDS: Mapping[str, tuple[str, ...]] = {
    "lerp": ("input", "end", "weight"),
    "addcmul": ("input", "tensor1", "tensor2"),
    "addcdiv": ("input", "tensor1", "tensor2"),
    "heaviside": ("input", "values"),
    "clamp": ("input", "min", "max"),
    "clamp_min": ("input", "min"),
    "clamp_max": ("input", "max"),
}
_FROM_ELSEWHERE: Mapping[str, str] = {"kron": "kron", "cross": "cross", "linalg_cross": "cross"}
"""Kinds whose operands are taken from other places than the output's, and their functions."""
SEVERAL = frozenset(_FUNCTIONS) - {"div_floor", "div_trunc"} | {"div", "linalg_cross"}


def of_several(
    architecture: Architecture,
    kind: str,
    step: TracedOperation,
    values: Mapping[str, torch.Tensor],
    index: int,
    shape: tuple[int, ...],
) -> tuple[OfSeveral, Doubles, float] | None:
    """The function, what adds up to it, and the sizes of what is rounded; None for a form of it that is not known."""
    operands = [step.operand(place, name) for place, name in enumerate(_OPERANDS.get(kind, ("input", "other")))]
    name = f"div_{step.constant(2, 'rounding_mode')}" if kind == "div" else kind
    if kind == "clamp":
        name = "clamp_max" if operands[1] is None else "clamp_min" if operands[2] is None else kind
        operands = [operand for operand in operands if operand is not None]
    function, factor = _FUNCTIONS.get(_FROM_ELSEWHERE.get(name, name)), _factor(kind, step)
    if kind in _FROM_ELSEWHERE:
        parts = _from_elsewhere(architecture, kind, step, operands, values, index, shape)
    else:
        parts = [part_of(architecture, operand, values, index, shape) for operand in operands]
    known = tuple(part for part in parts if part is not None)
    if function is None or factor is None or len(known) < len(parts):
        return None
    numbers = [part.value for part in known]
    if function.terms is not None:
        with np.errstate(divide="ignore", invalid="ignore"):
            terms = np.array(function.terms(factor, *map(np.float64, numbers)), dtype=np.float64)
    else:
        terms = np.array([float(step.again(values).reshape(-1)[index])])
    written = function.expression if factor != 1 else function.expression.replace("{v} · ", "")
    work = OfSeveral(kind, written.format(v=bracketed(factor)), function.code.format(v=factor), known)
    return work, terms, float(np.abs(numbers).sum())


def _from_elsewhere(
    architecture: Architecture,
    kind: str,
    step: TracedOperation,
    operands: list[Any],
    values: Mapping[str, torch.Tensor],
    index: int,
    shape: tuple[int, ...],
) -> list[ExplainedPart | None]:
    """The two values of a Kronecker product, or the four of a cross product: `a₁ · b₂ − a₂ · b₁` for its third number.

    As `torch.kron` and `torch.linalg.cross` document them; None for a form that is not known.
    """
    tensors = [values[each.layer] if isinstance(each, OperandSource) else each for each in operands]
    place = [int(each) for each in np.unravel_index(index, shape)]
    if kind == "kron":
        ours = (1,) * (len(shape) - tensors[1].ndim) + tuple(tensors[1].shape)
        inner = [at % size for at, size in zip(place, ours, strict=True)]
        outer = [at // size for at, size in zip(place, ours, strict=True)]
        picked = [(0, outer[len(shape) - tensors[0].ndim :]), (1, inner[len(shape) - tensors[1].ndim :])]
    else:
        dim = step.constant(2, "dim", -1)
        if dim is None or any(tuple(tensor.shape) != shape for tensor in tensors):
            return [None]
        at = place[dim]
        moved = [[*place[: dim % len(shape)], (at + by) % 3, *place[dim % len(shape) + 1 :]] for by in (1, 2)]
        picked = [(0, moved[0]), (1, moved[1]), (0, moved[1]), (1, moved[0])]
    found: list[ExplainedPart | None] = []
    for number, where in picked:
        size = tuple(tensors[number].shape)
        flat = int(np.ravel_multi_index(where, size)) if size else 0
        found.append(part_of(architecture, operands[number], values, flat, size))
    return found


def _factor(kind: str, step: TracedOperation) -> float | None:
    """The number that scales a part of the sum; None for what is no number."""
    name = {"add": "alpha", "sub": "alpha", "rsub": "alpha", "addcmul": "value", "addcdiv": "value"}.get(kind)
    value: Any = 1.0 if name is None else step.kwargs.get(name, 1.0)
    return float(value) if isinstance(value, (int, float)) else None
