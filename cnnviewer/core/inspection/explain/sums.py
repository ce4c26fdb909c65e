"""Weighted sums of cells: interpolation, sums and means, rows times columns, convolutions in one or three dimensions.

Which cells an output reads, and with what weight, is found by running the operation itself: it is linear in its
source, so the gradient of one output with respect to the source is the row of weights, and its value on zeros is the
bias. Where two layers are multiplied, the partner of each value is found by running the operation on the places of the
other layer instead of its values.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Literal

import numpy as np
import torch

from cnnviewer.core.inspection.explain.group_records import Cells, Doubles, Indices, Weighted
from cnnviewer.core.inspection.records import Architecture
from cnnviewer.core.inspection.steps import Source, Step

Rule = Literal["interpolate", "sum", "mean", "learned", "product"]
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
}
PRODUCTS = frozenset({"matmul", "mm", "bmm", "mv", "dot", "einsum", "linear", "baddbmm", "addmm"})
_EXACT = 1e-9  # of float64, relative to the terms' sizes


def weighted(
    architecture: Architecture, kind: str, step: Step, values: Mapping[str, torch.Tensor], index: int
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
    if kind in LINEAR and len(names) == 1:
        weights, bias = _gradient(separate, operands, index)
        places = np.flatnonzero(weights)
        cells = gathered(architecture, names[0], places + first, values)
        found = Weighted(LINEAR[kind], cells, weights[places], bias=bias or None)
    elif kind in PRODUCTS and len(names) == 1:  # with a constant of the model
        weights, bias = _gradient(separate, operands, index)
        places = np.flatnonzero(weights)
        found = Weighted(
            "learned", gathered(architecture, names[0], places, values), weights[places], None, bias or None
        )
    elif kind in PRODUCTS and len(names) == 2:
        product = _product(architecture, separate, names, operands, values, index)
        if product is None:
            return None
        found = product
    else:
        return None
    exact = float(separate.again(_named(operands)).reshape(-1)[index])
    sizes = float(np.abs(found.products).sum()) + abs(found.bias or 0.0)
    total = float(found.products.sum()) + (found.bias or 0.0)
    return found if abs(total - exact) <= _EXACT * max(sizes, abs(exact)) else None


def gathered(architecture: Architecture, name: str, places: Indices, values: Mapping[str, torch.Tensor]) -> Cells:
    """The values at these places of a layer."""
    taken = values[name].detach().reshape(-1)[torch.from_numpy(np.asarray(places))]
    return Cells(name, architecture.layer(name).shape, np.asarray(places), taken.numpy().astype(np.float64))


def _product(
    architecture: Architecture,
    step: Step,
    names: Sequence[str],
    operands: list[torch.Tensor],
    values: Mapping[str, torch.Tensor],
    index: int,
) -> Weighted | None:
    """Each value of the first layer with its partner in the second."""
    first, second = operands
    numbered = torch.arange(1, second.numel() + 1, dtype=torch.float64).reshape(second.shape)
    partners, _ = _gradient(step, [first, numbered], index)
    places = np.flatnonzero(partners)
    others = np.rint(partners[places]).astype(np.int64) - 1
    if len(others) and not (others.min() >= 0 and others.max() < second.numel()):
        return None
    _, bias = _gradient(step, operands, index)
    cells = gathered(architecture, names[0], places, values)
    partner = gathered(architecture, names[1], others, values)
    return Weighted("product", cells, partner.values, partner, bias or None)


def _gradient(step: Step, operands: Sequence[torch.Tensor], index: int) -> tuple[Doubles, float]:
    """The weights of the first operand in output `index`, and the output's value where that operand is zero."""
    first = torch.zeros_like(operands[0]).requires_grad_(True)
    with torch.inference_mode(False):
        output = step.again(_named([first, *operands[1:]]), graph=True).reshape(-1)[index]
        if not output.requires_grad:
            return np.zeros(first.numel()), float(output)
        (slope,) = torch.autograd.grad(output, first)
    return slope.reshape(-1).numpy(), float(output.detach())


def _named(operands: Sequence[torch.Tensor]) -> dict[str, torch.Tensor]:
    return {str(number): operand for number, operand in enumerate(operands)}


def _separated(step: Step) -> tuple[Step, list[str]]:
    """The step with its operands named `0`, `1`, … as they come, and the layers that they are."""
    names: list[str] = []

    def seen(value: Any) -> Any:
        if isinstance(value, Source):
            names.append(value.layer)
            return Source(str(len(names) - 1))
        return type(value)(seen(part) for part in value) if type(value) in (tuple, list) else value

    args = tuple(seen(value) for value in step.args)
    kwargs = {name: seen(value) for name, value in step.kwargs.items()}
    return replace(step, args=args, kwargs=kwargs), names
