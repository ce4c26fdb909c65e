"""What a condition chooses: `where` and `masked_fill`."""

from __future__ import annotations

from collections.abc import Mapping

import torch

from cnnviewer.core.inspection.explain.pointwise import part_of
from cnnviewer.core.inspection.explain.records import SelectedValue
from cnnviewer.core.inspection.records import Architecture
from cnnviewer.core.inspection.traced_operation import TracedOperation

CHOOSING = frozenset({"where", "masked_fill"})


def selected(
    architecture: Architecture,
    kind: str,
    step: TracedOperation,
    values: Mapping[str, torch.Tensor],
    index: int,
    shape: tuple[int, ...],
) -> SelectedValue | None:
    """Both values and which of them the condition takes."""
    operands = [*step.args, *step.kwargs.values()]
    if len(operands) != 3:
        return None
    condition, first, second = operands if kind == "where" else (operands[1], operands[2], operands[0])
    if not torch.is_tensor(condition) or condition.dtype != torch.bool:
        return None
    one = part_of(architecture, first, values, index, shape)
    other = part_of(architecture, second, values, index, shape)
    if one is None or other is None:
        return None
    return SelectedValue(bool(condition.broadcast_to(shape).reshape(-1)[index]), (one, other))
