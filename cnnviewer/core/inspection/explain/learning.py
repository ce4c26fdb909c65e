"""How a weight learns: the terms of its gradient, one for every output that it took part in.

Each is the gradient of the loss at that output times what the weight was multiplied with there: the value under the
kernel, the input of a fully connected layer, the normalised value of a normalisation, the negative value of a PReLU.
A bias meets ones.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import torch
import torch.nn.functional as F
from torch import nn

from cnnviewer.core.errors import UserError
from cnnviewer.core.inspection.arrays import doubles_of
from cnnviewer.core.inspection.explain.backward_records import WeightCell
from cnnviewer.core.inspection.explain.pointwise import uses_running_statistics
from cnnviewer.core.inspection.explain.records import Doubles
from cnnviewer.core.inspection.explain.windows import sides
from cnnviewer.core.inspection.traced_operation import OperandSource, TracedOperation

Values = Mapping[str, torch.Tensor]
Met = tuple[torch.Tensor, torch.Tensor]
"""The gradients at the outputs that a weight took part in, and what it met there."""

# Where a function that is called with its weights takes them.
_PLACES = {
    "batch_norm": (3, 4),
    "instance_norm": (3, 4),
    "layer_norm": (2, 3),
    "rms_norm": (2, 99),
    "group_norm": (2, 3),
    "bilinear": (2, 3),
}


def learned_by(step: TracedOperation) -> dict[str, nn.Parameter]:
    """The `weight` and the `bias` of an operation, where they are parameters themselves."""
    module = step.target if isinstance(step.target, nn.Module) else None
    places = _PLACES.get(str(step.call.operation), (1, 2))
    given = {
        name: step.operand(place, name) if module is None else getattr(module, name, None)
        for place, name in zip(places, ("weight", "bias"), strict=True)
    }
    return {name: value for name, value in given.items() if isinstance(value, nn.Parameter)}


def terms_of(
    kind: str, step: TracedOperation, values: Values, delta: torch.Tensor, cell: WeightCell
) -> tuple[Doubles, Doubles]:
    """The gradient at every output that the weight took part in, and what it was multiplied with there.

    Args:
        kind: of the operation.
        step: how it was computed.
        values: the layers' values, of all images.
        delta: the gradient of the loss at its value.
        cell: which weight.

    Raises:
        UserError: it is not known how such a weight learns.
    """
    source = _operand(step, 0, "input", values)
    found: Met | None = None
    if kind.startswith("conv"):
        found = _by_convolution(kind, step, source, delta, cell)
    elif kind == "linear" and source is not None:
        deltas = delta[..., cell.output].reshape(-1)
        found = deltas, torch.ones_like(deltas) if cell.bias else source[..., cell.input].reshape(-1)
    elif kind == "embedding":
        found = _by_entry(step, source, delta, cell)
    elif kind == "bilinear":
        found = _by_two(step, values, delta, cell)
    elif source is not None and (scaled := _scaled(kind, step, source)) is not None:
        numbers, by_channel = scaled
        rank = next(iter(learned_by(step).values())).ndim
        place: Any = (slice(None), cell.output) if by_channel else (..., *cell.place(kind, rank))
        if kind == "prelu" and learned_by(step)["weight"].numel() == 1:
            place = (slice(None),)
        found = delta[place], torch.ones_like(delta[place]) if cell.bias else numbers[place]
    if found is None:
        raise unknown(cell)
    return doubles_of(found[0]), doubles_of(found[1])


def unknown(cell: WeightCell) -> UserError:
    """That nobody has written down how these weights learn."""
    return UserError("How the weights of {layer} learn is not supported.", layer=cell.layer)


def _operand(step: TracedOperation, position: int, name: str, values: Values) -> torch.Tensor | None:
    """A tensor that the operation read, whether it is a layer's value or not: an embedding reads indices."""
    given = step.operand(position, name)
    if isinstance(given, OperandSource):
        return values.get(given.layer)
    return given if torch.is_tensor(given) else None


def _by_convolution(
    kind: str, step: TracedOperation, source: torch.Tensor | None, delta: torch.Tensor, cell: WeightCell
) -> Met | None:
    """`(N, …)` each, in one to three dimensions.

    The value that a weight meets at every output is the convolution of its input channel with a kernel that is 1 at the
    weight's place and 0 elsewhere.
    """
    weight = step.tensor(1, "weight")
    if weight is None or source is None or weight.ndim not in (3, 4, 5) or not source.is_floating_point():
        return None
    if source.ndim == weight.ndim - 1:  # a single image
        source, delta = source[None], delta[None]
    if source.ndim != weight.ndim or delta.ndim != weight.ndim:
        return None
    count, transposed = weight.ndim - 2, kind.startswith("conv_transpose")
    groups = int(step.constant(6, "groups", 1))
    output, channel = cell.output, cell.input
    if not transposed:
        channel += cell.output // (int(weight.shape[0]) // groups) * int(weight.shape[1])
    elif not cell.bias:
        output += cell.input // (int(weight.shape[0]) // groups) * int(weight.shape[1])
    deltas = delta[:, output]
    if cell.bias:
        return deltas, torch.ones_like(deltas)
    kernel = torch.zeros(1, 1, *weight.shape[2:], dtype=torch.float64)
    kernel[(0, 0, *cell.place(kind, weight.ndim)[2:])] = 1
    read = source[:, [channel]].double()
    stride = sides(step.constant(3, "stride", 1), count)
    dilation = sides(step.constant(7 if transposed else 5, "dilation", 1), count)
    if transposed:
        spread = (F.conv_transpose1d, F.conv_transpose2d, F.conv_transpose3d)[count - 1]
        whole = spread(read, kernel, stride=stride, dilation=dilation)
        before = sides(step.constant(4, "padding", 0), count)
        cut = [(-b, deltas.shape[1 + i] + b - whole.shape[2 + i]) for i, b in enumerate(before)]
        return deltas, F.pad(whole, [each for pair in reversed(cut) for each in pair])[:, 0]
    slide = (F.conv1d, F.conv2d, F.conv3d)[count - 1]
    padding = step.constant(4, "padding", 0)
    mode = str(step.constant(99, "padding_mode", "zeros"))
    if mode != "zeros":
        assert isinstance(step.target, nn.modules.conv._ConvNd)
        read, padding = F.pad(read, step.target._reversed_padding_repeated_twice, mode), 0
    elif not isinstance(padding, str):
        padding = sides(padding, count)
    return deltas, slide(read, kernel, stride=stride, padding=padding, dilation=dilation)[:, 0]


def _by_entry(step: TracedOperation, indices: torch.Tensor | None, delta: torch.Tensor, cell: WeightCell) -> Met | None:
    """An entry of a table meets 1 where it was looked up, and 0 elsewhere."""
    if indices is None or indices.is_floating_point() or delta.shape[:-1] != indices.shape:
        return None
    met = (indices == cell.input).double()
    filler = step.constant(2, "padding_idx")
    if filler is not None and filler % learned_by(step)["weight"].shape[0] == cell.input:
        met = torch.zeros_like(met)  # what fills up a sequence learns nothing
    elif step.constant(5, "scale_grad_by_freq", False):
        met = met / met.sum().clamp(min=1)
    return delta[..., cell.output], met


def _by_two(step: TracedOperation, values: Values, delta: torch.Tensor, cell: WeightCell) -> Met | None:
    """`y[k] = Σ x₁[i] · A[k, i, j] · x₂[j] + b[k]` (`torch.nn.Bilinear`)."""
    one, other = _operand(step, 0, "input1", values), _operand(step, 1, "input2", values)
    deltas = delta[..., cell.output]
    if cell.bias:
        return deltas, torch.ones_like(deltas)
    return None if one is None or other is None else (deltas, (one[..., cell.row] * other[..., cell.col]).double())


def _scaled(kind: str, step: TracedOperation, source: torch.Tensor) -> tuple[torch.Tensor, bool] | None:
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
