"""Weighted sums of cells: interpolation, sums, differences and means, convolutions in one or three dimensions.

Which cells an output reads, and with what weight, is found by running the operation itself: it is linear in its
source, so the gradient of one output with respect to the source is the row of weights, and its value on zeros is the
bias.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import torch

from cnnviewer.core.inspection.arrays import doubles_of
from cnnviewer.core.inspection.explain.group_records import Cells, Doubles, Indices, Rule, Weighted
from cnnviewer.core.inspection.records import Architecture
from cnnviewer.core.inspection.traced_operation import OperandSource, TracedOperation

LINEAR: Mapping[str, Rule] = {
    "interpolate": "interpolate",
    "sum": "sum",
    "cumsum": "sum",
    "mean": "mean",
    "avg_pool1d": "mean",
    "avg_pool3d": "mean",
    "adaptive_avg_pool1d": "mean",
    "adaptive_avg_pool3d": "mean",
    "conv3d": "learned",
    "conv_transpose1d": "learned",
    "conv_transpose3d": "learned",
    **dict.fromkeys(("nansum", "trace", "diff", "gradient", "trapezoid", "trapz", "fold"), "sum"),
    **dict.fromkeys(("scatter_add", "index_add"), "sum"),
    "nanmean": "mean",
    "grid_sample": "interpolate",
    "quantile": "sum",
}
_EXACT = 1e-9  # of float64, relative to the terms' sizes


def weighted(
    architecture: Architecture, kind: str, step: TracedOperation, values: Mapping[str, torch.Tensor], index: int
) -> Weighted | None:
    """What output number `index` is the sum of; None where the operation is not linear in what it reads."""
    separate, names = _separated(step)
    operands = [values[name].detach().to(torch.float64).clone() for name in names]
    first = 0
    if kind == "interpolate" and len(operands) == 1:  # each map by itself: one of many is resized
        size = int(operands[0][0, 0].numel())
        whole = math.prod(separate.call.shape) * size // operands[0].numel()
        first, index = index // whole * size, index % whole
        operands = [operands[0].flatten(0, 1)[first // size][None, None]]
    if len(names) != 1:
        return None
    weights, bias = _gradient(kind, separate, operands, index)
    places = np.flatnonzero(weights)
    cells = gathered(architecture, names[0], places + first, values)
    found = Weighted(LINEAR[kind], cells, weights[places], bias=bias or None)
    return found if _near(found, float(separate.again(_named(operands)).reshape(-1)[index])) else None


def is_exact(
    found: Weighted, step: TracedOperation, values: Mapping[str, torch.Tensor], place: tuple[int, ...]
) -> bool:
    """Whether the terms add up to what PyTorch gives in float64."""
    return _near(found, float(step.again(values)[place]))


def _near(found: Weighted, exact: float) -> bool:
    sizes = float(np.abs(found.products).sum()) + abs(found.bias or 0.0)
    total = float(found.products.sum()) + (found.bias or 0.0)
    return abs(total - exact) <= _EXACT * max(sizes, abs(exact))


def gathered(architecture: Architecture, name: str, places: Indices, values: Mapping[str, torch.Tensor]) -> Cells:
    """The values at these places of a layer."""
    taken = values[name].detach().reshape(-1)[torch.from_numpy(np.asarray(places))]
    return Cells(name, architecture.layer(name).shape, np.asarray(places), doubles_of(taken))


def _gradient(kind: str, step: TracedOperation, operands: Sequence[torch.Tensor], index: int) -> tuple[Doubles, float]:
    """The weights of the first operand in output `index`, and the output's value where that operand is zero."""
    # a quantile is linear only as long as no value overtakes another
    at = operands[0].clone() if kind == "quantile" else torch.zeros_like(operands[0])
    first = at.requires_grad_(True)
    with torch.inference_mode(False):
        output = step.again(_named([first, *operands[1:]]), graph=True).reshape(-1)[index]
        if not output.requires_grad:
            return np.zeros(first.numel()), float(output)
        (slope,) = torch.autograd.grad(output, first)
    weights = doubles_of(slope.reshape(-1))
    return weights, float(output.detach()) - float((weights * doubles_of(at.detach().reshape(-1))).sum())


def _named(operands: Sequence[torch.Tensor]) -> dict[str, torch.Tensor]:
    return {str(number): operand for number, operand in enumerate(operands)}


def _separated(step: TracedOperation) -> tuple[TracedOperation, list[str]]:
    """The step with its operands named `0`, `1`, … as they come, and the layers that they are."""
    names: list[str] = []
    args = tuple(_numbered(value, names) for value in step.args)
    kwargs = {name: _numbered(value, names) for name, value in step.kwargs.items()}
    return replace(step, args=args, kwargs=kwargs), names


def _numbered(value: Any, names: list[str]) -> Any:
    """An argument with its layers named by number; their own names are added to `names`."""
    if isinstance(value, OperandSource):
        names.append(value.layer)
        return OperandSource(str(len(names) - 1))
    return type(value)(_numbered(part, names) for part in value) if type(value) in (tuple, list) else value
