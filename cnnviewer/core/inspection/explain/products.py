"""Sums of products of any number of operands: rows times columns, `einsum`, bilinear forms.

Each is an Einstein sum (`torch.einsum`): the letters of the output stand for its place, the others are summed over, and
every term is the product of one value of each operand.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import nn

from cnnviewer.core.inspection.arrays import doubles_of
from cnnviewer.core.inspection.explain.group_records import Cells, Doubles, Indices, Rule, Weighted
from cnnviewer.core.inspection.explain.sums import gathered, is_exact
from cnnviewer.core.inspection.records import Architecture
from cnnviewer.core.inspection.traced_operation import OperandSource, TracedOperation

Values = Mapping[str, torch.Tensor]
_ADDED_TO: Mapping[str, str] = {
    "baddbmm": "...ij,...jk->...ik", "addmm": "...ij,...jk->...ik", "addmv": "ij,j->i", "addbmm": "bij,bjk->ik",
    "addr": "i,j->ij",
}  # fmt: skip
_OF_VECTORS: Mapping[str, str] = {
    "outer": "i,j->ij",
    "ger": "i,j->ij",
    "vdot": "i,i->",
    "linalg_vecdot": "...i,...i->...",
}
PRODUCTS = frozenset(
    {"matmul", "linalg_matmul", "mm", "bmm", "mv", "dot", "inner", "einsum", "tensordot", "linear", "bilinear"}
    | {*_ADDED_TO, *_OF_VECTORS}
)
_MOST = 4_000_000  # terms that are worked out


@dataclass(frozen=True)
class _Sum:
    """An Einstein sum with its operands, which may be scaled, and to which something may be added."""

    equation: str
    operands: tuple[Any, ...]
    added: Any = None
    scale: float = 1.0
    added_scale: float = 1.0


def multiplied_out(
    architecture: Architecture, kind: str, step: TracedOperation, values: Values, place: tuple[int, ...]
) -> Weighted | None:
    """Every term of the output at `place`; None where it is no such sum."""
    made = _sum_of(kind, step, values)
    if made is None:
        return None
    tensors = [_tensor(operand, values) for operand in made.operands]
    found = _expanded(made.equation, [tuple(tensor.shape) for tensor in tensors], place)
    if found is None:
        return None
    parts = [
        gathered(architecture, operand.layer, places, values)
        if isinstance(operand, OperandSource)
        else Cells("", tuple(tensor.shape), places, doubles_of(tensor.reshape(-1)[torch.from_numpy(places)]))
        for operand, tensor, places in zip(made.operands, tensors, found, strict=True)
    ]
    first = next((number for number, part in enumerate(parts) if part.layer), None)
    if first is None:
        return None
    cells, others = parts[first], [part for number, part in enumerate(parts) if number != first]
    weights: Doubles = np.full(len(cells), made.scale)
    for other in others:
        weights = weights * other.values
    bias = 0.0
    if made.added is not None:
        added = _tensor(made.added, values).detach()
        whole = tuple(values[step.call.name].shape) if step.call.name in values else tuple(added.shape)
        bias = made.added_scale * float(added.broadcast_to(whole)[place])
    known = [other for other in others if other.layer]
    rule: Rule = "product" if known else "learned" if others else "sum"
    found_sum = Weighted(rule, cells, weights, tuple(others) if known else (), bias or None)
    return found_sum if is_exact(found_sum, step, values, place) else None


def _sum_of(kind: str, step: TracedOperation, values: Values) -> _Sum | None:
    if kind == "einsum":
        equation, *given = step.args
        given = list(given[0]) if len(given) == 1 and isinstance(given[0], (tuple, list)) else given
        return _Sum(equation, tuple(given)) if isinstance(equation, str) and all(map(_is_tensor, given)) else None
    given = [value for value in (*step.args, *step.kwargs.values()) if _is_tensor(value)]
    if isinstance(step.target, nn.Module):
        given += [step.target.weight, step.target.bias] if kind in ("linear", "bilinear") else []
        given = [value for value in given if value is not None]
    if kind == "linear" and len(given) in (2, 3):
        weight = "...i,oi->...o" if _tensor(given[1], values).ndim == 2 else "...i,i->..."
        return _Sum(weight, tuple(given[:2]), *given[2:])
    if kind == "bilinear" and len(given) in (3, 4):
        return _Sum("...i,...j,kij->...k", tuple(given[:3]), *given[3:])
    if kind in _ADDED_TO and len(given) == 3:
        scale, added = step.kwargs.get("alpha", 1), step.kwargs.get("beta", 1)
        return _Sum(_ADDED_TO[kind], tuple(given[1:]), given[0], float(scale), float(added))
    if kind == "tensordot" and len(given) == 2:
        return _Sum(_contracted(step, *(_tensor(value, values).ndim for value in given)), tuple(given))
    if kind not in PRODUCTS or len(given) != 2:
        return None
    if kind in _OF_VECTORS:
        return _Sum(_OF_VECTORS[kind], tuple(given))
    one, other = (_tensor(value, values).ndim for value in given)
    if kind == "inner":  # rows of one times rows of the other, each with each
        first, second = "abcdef"[: one - 1], "ghijkl"[: other - 1]
        return _Sum(f"{first}z,{second}z->{first}{second}", tuple(given))
    left, right = ("i" if one == 1 else "...hi"), ("i" if other == 1 else "...ij")
    kept = f"{'...' if max(one, other) > 1 else ''}{'h' if one > 1 else ''}{'j' if other > 1 else ''}"
    return _Sum(f"{left},{right}->{kept}", tuple(given))


def _contracted(step: TracedOperation, one: int, other: int) -> str:
    """`torch.tensordot` as an Einstein sum: `ab,bc->ac` where the last of one is summed with the first of the other."""
    dims = step.constant(2, "dims", 2)
    if isinstance(dims, int):
        dims = [range(one - dims, one), range(dims)]
    first, second = list("abcdefghijkl"[:one]), list("mnopqrstuvwxyz"[:other])
    for left, right in zip(*dims, strict=True):
        second[right] = first[left]
    kept = [letter for letter in first + second if (letter in first) != (letter in second)]
    return f"{''.join(first)},{''.join(second)}->{''.join(kept)}"


def _expanded(equation: str, shapes: Sequence[tuple[int, ...]], place: tuple[int, ...]) -> list[Indices] | None:
    """The places of each operand's factors in a row of its values, a term each; None where it is not known how.

    The dimensions of an ellipsis are counted from the right, and may be 1 in one operand and more in another.
    """
    left, arrow, right = equation.replace(" ", "").partition("->")
    words = left.split(",")
    if len(words) != len(shapes):
        return None
    axes = [_axes(word, len(shape) - len(word.replace("...", ""))) for word, shape in zip(words, shapes, strict=True)]
    sizes: dict[str, int] = {}
    for names, shape in zip(axes, shapes, strict=True):
        if len(names) != len(shape):
            return None
        for name, size in zip(names, shape, strict=True):
            sizes[name] = max(size, sizes.get(name, 1))
    hidden = max(sum(name.isdecimal() for name in names) for names in axes)
    if not arrow:  # letters that stand once, in order
        letters = "".join(words).replace("...", "")
        right = "..." * bool(hidden) + "".join(sorted(each for each in set(letters) if letters.count(each) == 1))
    kept = _axes(right, hidden)
    summed = [name for name in sizes if name not in kept]
    total = int(np.prod([sizes[name] for name in summed], dtype=np.int64))
    if len(kept) != len(place) or total > _MOST:
        return None
    at: dict[str, Any] = dict(zip(kept, place, strict=True))
    at |= dict(zip(summed, np.indices([sizes[name] for name in summed]).reshape(len(summed), total), strict=True))
    found = []
    for names, shape in zip(axes, shapes, strict=True):
        flat: Any = np.zeros(total, np.int64)
        for name, size in zip(names, shape, strict=True):
            flat = flat * size + (at[name] if size > 1 else 0)
        found.append(flat)
    return found


def _axes(word: str, hidden: int) -> list[str]:
    """A name for each dimension: its letter, or its number from the right within the ellipsis."""
    before, dots, behind = word.partition("...")
    between = [str(number) for number in range(hidden, 0, -1)] if dots else []
    return [*before, *between, *behind]


def _is_tensor(value: Any) -> bool:
    return isinstance(value, (OperandSource, torch.Tensor))


def _tensor(operand: Any, values: Values) -> torch.Tensor:
    tensor: torch.Tensor = values[operand.layer] if isinstance(operand, OperandSource) else operand
    return tensor
