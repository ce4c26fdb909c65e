"""`nn.MultiheadAttention` as a whole: PyTorch may run it as one fused operation, which nobody can listen to.

`concat(o₁, …) · Wᵀ + b`, where head h attends with its part of the projected queries, keys and values (Vaswani and
others, "Attention is all you need", 2017; `torch.nn.MultiheadAttention`).
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import torch
from torch import nn

from cnnviewer.core.inspection.arrays import doubles_of
from cnnviewer.core.inspection.explain.group_records import Doubles, ManyHeaded
from cnnviewer.core.inspection.traced_operation import OperandSource, TracedOperation

Values = Mapping[str, torch.Tensor]


def many_headed(step: TracedOperation, values: Values, place: tuple[int, ...]) -> ManyHeaded | None:
    """One number of the output; None for the shares themselves, or keys that are added to those given."""
    module = step.target
    if not isinstance(module, nn.MultiheadAttention) or step.part not in (0, None):
        return None
    if module.bias_k is not None or module.add_zero_attn:
        return None
    names = [step.operand(position, name) for position, name in enumerate(("query", "key", "value"))]
    given = [values[name.layer] if isinstance(name, OperandSource) else name for name in names]
    if not all(isinstance(each, torch.Tensor) for each in given):
        return None
    batch, row = 0, place[0]
    if given[0].ndim == 3:
        batch, row = (place[0], place[1]) if module.batch_first else (place[1], place[0])
        given = [each.select(0 if module.batch_first else 1, batch) for each in given]
    heads, size = module.num_heads, module.head_dim
    query, keys, value = (
        (each.double() @ weight.T + bias).unflatten(-1, (heads, size)).transpose(0, 1)
        for each, (weight, bias) in zip((given[0][[row]], *given[1:]), _projections(module), strict=True)
    )
    scores = (query @ keys.mT)[:, 0] / size**0.5
    for position, name in ((5, "attn_mask"), (3, "key_padding_mask")):
        mask = step.operand(position, name)
        mask = values[mask.layer] if isinstance(mask, OperandSource) else mask
        if isinstance(mask, torch.Tensor):
            scores = scores + _added(mask, name, batch, row, heads)
    shares = scores.softmax(1)
    mixed = torch.einsum("hk,hkd->hd", shares, value)
    out = module.out_proj
    return ManyHeaded(
        query=names[0].layer if isinstance(names[0], OperandSource) else "",
        row=row,
        shares=doubles_of(shares),
        mixed=doubles_of(mixed),
        weights=doubles_of(out.weight[place[-1]].reshape(heads, size)),
        bias=0.0 if out.bias is None else float(out.bias.detach()[place[-1]]),
    )


def many_headed_terms(work: ManyHeaded) -> tuple[Doubles, float]:
    """What each head adds, and the bias; and what is rounded: every product, and the shares by their scores."""
    size = float(np.abs(work.mixed * work.weights).sum())
    return np.append(work.parts, work.bias), 8 * size


def _projections(module: nn.MultiheadAttention) -> list[tuple[torch.Tensor, torch.Tensor]]:
    """Weight and bias of the queries, keys and values, in float64."""
    if module._qkv_same_embed_dim:
        weights = list(module.in_proj_weight.detach().double().chunk(3))
    else:
        parts = (module.q_proj_weight, module.k_proj_weight, module.v_proj_weight)
        weights = [each.detach().double() for each in parts]
    bias = module.in_proj_bias
    biases = (
        [torch.zeros(len(weights[0]), dtype=torch.float64)] * 3 if bias is None else bias.detach().double().chunk(3)
    )
    return list(zip(weights, biases, strict=True))


def _added(mask: torch.Tensor, name: str, batch: int, row: int, heads: int) -> torch.Tensor:
    """What a mask adds to the scores of a query, `(keys,)` or `(heads, keys)`: −∞ where it hides a key."""
    if name == "key_padding_mask":
        line = mask[batch] if mask.ndim == 2 else mask
    else:
        line = mask[row] if mask.ndim == 2 else mask[batch * heads : (batch + 1) * heads, row]
    if line.dtype == torch.bool:
        return torch.zeros(line.shape, dtype=torch.float64).masked_fill(line, float("-inf"))
    return line.detach().double()
