"""How a weight learns: the terms of its gradient, one for every output that it took part in.

Each is the gradient of the loss at that output times what the weight was multiplied with there: the value under the
kernel, the input of a fully connected layer, the normalised value of a normalisation, the negative value of a PReLU.
A bias meets ones.
"""

from __future__ import annotations

from typing import Any

import torch
import torch.nn.functional as F
from torch import nn

from cnnviewer.core.errors import UserError
from cnnviewer.core.inspection.explain.backward_records import WeightCell
from cnnviewer.core.inspection.explain.pointwise import uses_running_statistics
from cnnviewer.core.inspection.explain.records import Doubles
from cnnviewer.core.inspection.explain.windows import pair
from cnnviewer.core.inspection.steps import Step

# Where a function that is called with its weights takes them.
_PLACES = {
    "batch_norm": (3, 4),
    "instance_norm": (3, 4),
    "layer_norm": (2, 3),
    "rms_norm": (2, 99),
    "group_norm": (2, 3),
}


def learned_by(step: Step) -> dict[str, nn.Parameter]:
    """The `weight` and the `bias` of an operation, where they are parameters themselves."""
    module = step.target if isinstance(step.target, nn.Module) else None
    places = _PLACES.get(str(step.call.operation), (1, 2))
    given = {
        name: step.operand(place, name) if module is None else getattr(module, name, None)
        for place, name in zip(places, ("weight", "bias"), strict=True)
    }
    return {name: value for name, value in given.items() if isinstance(value, nn.Parameter)}


def terms_of(
    kind: str, step: Step, source: torch.Tensor | None, delta: torch.Tensor, cell: WeightCell
) -> tuple[Doubles, Doubles]:
    """The gradient at every output that the weight took part in, and what it was multiplied with there.

    Args:
        kind: of the operation.
        step: how it was computed.
        source: what it read, of all images; None where that was no layer's value, such as an embedding's indices.
        delta: the gradient of the loss at its value.
        cell: which weight.

    Raises:
        UserError: it is not known how such a weight learns.
    """
    if source is None:
        raise _unknown(cell)
    weight = step.tensor(1, "weight")
    if kind == "conv2d" and delta.ndim == 4 and weight is not None:
        deltas, met = _met_by_convolution(step, source, delta, cell, weight)
    elif kind == "linear":
        deltas = delta[..., cell.output].reshape(-1)
        met = torch.ones_like(deltas) if cell.bias else source[..., cell.input].reshape(-1)
    elif (scaled := _scaled(kind, step, source)) is not None:
        values, by_channel = scaled
        place: Any = (slice(None), cell.output) if by_channel else (..., *_place(step, cell))
        if kind == "prelu" and learned_by(step)["weight"].numel() == 1:
            place = (slice(None),)
        deltas = delta[place]
        met = torch.ones_like(deltas) if cell.bias else values[place]
    else:
        raise _unknown(cell)
    return _doubles(deltas), _doubles(met)


def _unknown(cell: WeightCell) -> UserError:
    return UserError("How the weights of {layer} learn is not known here.", layer=cell.layer)


def _scaled(kind: str, step: Step, source: torch.Tensor) -> tuple[torch.Tensor, bool] | None:
    """What a scale is multiplied with, in float64, and whether there is one for each channel; None for others."""
    x = source.double()
    if kind == "prelu":
        return x.clamp(max=0), True
    epsilon = step.constant(99, "eps", 1e-5)
    shape = learned_by(step).get("weight") if kind in ("layer_norm", "rms_norm") else None
    match kind:
        case "layer_norm" if shape is not None:
            return F.layer_norm(x, shape.shape, eps=step.constant(4, "eps", 1e-5)), False
        case "rms_norm" if shape is not None:
            return F.rms_norm(x, shape.shape, eps=step.constant(3, "eps", None) or torch.finfo(source.dtype).eps), False
        case "group_norm":
            groups = int(step.constant(1, "num_groups"))
            return F.group_norm(x, groups, eps=step.constant(4, "eps", epsilon)), True
        case "instance_norm" | "batch_norm1d" | "batch_norm2d" | "batch_norm3d":
            mean, variance = step.tensor(1, "running_mean"), step.tensor(2, "running_var")
            epsilon = step.constant(7, "eps", 1e-5)
            if mean is not None and variance is not None and uses_running_statistics(step):
                return F.batch_norm(x, mean.double(), variance.double(), eps=epsilon), True
            batch = str(step.call.operation).startswith("batch_norm") or isinstance(
                step.target, nn.modules.batchnorm._BatchNorm
            )
            return (F.batch_norm(x, None, None, training=True, eps=epsilon) if batch else
                    F.instance_norm(x, eps=epsilon)), True  # fmt: skip
        case _:
            return None


def _place(step: Step, cell: WeightCell) -> tuple[int, ...]:
    size = next(iter(learned_by(step).values())).ndim
    return (cell.output, cell.input, cell.row, cell.col)[:size]


def _met_by_convolution(
    step: Step, source: torch.Tensor, delta: torch.Tensor, cell: WeightCell, weight: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor]:
    """The gradient at every output of the weight's channel, `(N, H', W')`, and the value that the weight met there."""
    deltas = delta[:, cell.output]
    if cell.bias:
        return deltas, torch.ones_like(deltas)
    stride, dilation = pair(step.constant(3, "stride", 1)), pair(step.constant(5, "dilation", 1))
    padding = step.constant(4, "padding", 0)
    if padding == "same":
        size = tuple(weight.shape[2:])
        pads = tuple(d * (k - 1) for d, k in zip(dilation, size, strict=True))
        around = (pads[1] // 2, pads[1] - pads[1] // 2, pads[0] // 2, pads[0] - pads[0] // 2)
    else:
        vertical, horizontal = (0, 0) if padding == "valid" else pair(padding)
        around = (horizontal, horizontal, vertical, vertical)
    groups = int(step.constant(6, "groups", 1))
    channel = cell.output // (weight.shape[0] // groups) * weight.shape[1] + cell.input
    mode = str(step.constant(99, "padding_mode", "zeros"))
    padded = F.pad(source[:, [channel]], around, "constant" if mode == "zeros" else mode)[:, 0]
    rows, cols = deltas.shape[-2:]
    top, left = cell.row * dilation[0], cell.col * dilation[1]
    met = padded[:, top : top + stride[0] * rows : stride[0], left : left + stride[1] * cols : stride[1]]
    return deltas, met[:, :rows, :cols]


def _doubles(tensor: torch.Tensor) -> Doubles:
    array: Doubles = tensor.detach().double().numpy()
    return array
