"""Scaled dot product attention: scores, softmax and the values weighted with it, for one number of the output.

`softmax(q·kᵀ·scale + mask)·v`, scale `1/√d` where none is given (Vaswani et al., "Attention is all you need", 2017;
`torch.nn.functional.scaled_dot_product_attention`).
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import torch

from cnnviewer.core.inspection.arrays import doubles_of
from cnnviewer.core.inspection.explain.group_records import AttentionTerm, Doubles
from cnnviewer.core.inspection.explain.sums import gathered
from cnnviewer.core.inspection.records import Architecture
from cnnviewer.core.inspection.traced_operation import OperandSource, TracedOperation

ATTENDING = "scaled_dot_product_attention"


def attended(
    architecture: Architecture, step: TracedOperation, values: Mapping[str, torch.Tensor], place: tuple[int, ...]
) -> AttentionTerm | None:
    """What the output at `place` `(…, i, e)` is made of: query i, all keys, and column e of the values."""
    names = [step.operand(position, name) for position, name in enumerate(("query", "key", "value"))]
    if not all(isinstance(name, OperandSource) for name in names) or step.operand(7, "enable_gqa"):
        return None
    if float(step.operand(4, "dropout_p") or 0.0) > 0:
        return None
    query, key, value = (name.layer for name in names)
    *batch, row, column = place
    tall, deep = values[key].shape[-2:]
    lead = tuple(torch.broadcast_shapes(*(values[name].shape[:-2] for name in (query, key, value))))

    def numbered(name: str) -> torch.Tensor:
        tensor = values[name]
        numbers = torch.arange(tensor.numel()).reshape(tensor.shape)
        return numbers.broadcast_to((*lead, *tensor.shape[-2:]))[tuple(batch)]

    keys = numbered(key)
    scale = step.operand(6, "scale")
    mask = np.zeros(tall)
    given = step.operand(3, "attn_mask")
    if isinstance(given, OperandSource):
        given = values[given.layer]
    if torch.is_tensor(given):
        whole = given.detach().broadcast_to((*lead, values[query].shape[-2], tall))[(*batch, row)]
        mask = np.where(whole.numpy(), 0.0, -np.inf) if whole.dtype == torch.bool else doubles_of(whole)
    if step.operand(5, "is_causal"):
        mask = np.where(np.arange(tall) <= row, mask, -np.inf)
    return AttentionTerm(
        query=gathered(architecture, query, numbered(query)[row].numpy(), values),
        keys=key,
        rows=doubles_of(values[key].reshape(-1)[keys]),
        values=gathered(architecture, value, numbered(value)[:, column].numpy(), values),
        scale=float(1 / np.sqrt(deep) if scale is None else scale),
        mask=mask,
    )


def attended_terms(work: AttentionTerm) -> tuple[Doubles, float]:
    """Each value times its share; and what is rounded: a share is off by as much as its score."""
    terms: Doubles = work.shares * work.values.values
    scores = np.abs(work.rows * work.query.values).sum(axis=1).max(initial=0.0) * abs(work.scale)
    return terms, float(np.abs(terms).sum() * (1 + scores))
