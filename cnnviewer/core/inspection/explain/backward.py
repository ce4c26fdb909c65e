"""Backward: the gradient of every value, and what the optimiser's next step makes of one weight.

The gradients are PyTorch's (`torch.autograd.grad`). A weight's gradient is put together again from its terms, in
float64: for a convolution the gradient at every output times the value that the weight met there, for a fully
connected layer the gradient of its output times its input, summed over the images. The step is that of
`torch.optim.SGD`: `velocity = momentum * velocity + gradient + decay * weight; weight -= rate * velocity`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from cnnviewer.core.errors import UserError
from cnnviewer.core.inspection.explain.backward_records import Backward, Hyperparameters, WeightCell, WeightStep
from cnnviewer.core.inspection.explain.records import Doubles
from cnnviewer.core.inspection.explain.windows import pair
from cnnviewer.core.inspection.records import Architecture, FloatArray
from cnnviewer.core.inspection.steps import Step
from cnnviewer.core.training.sgd import SGD

Tensors = Mapping[str, torch.Tensor]


@dataclass(frozen=True)
class Pass:
    """What a backward pass is made with.

    Attributes:
        model: in evaluation mode; nobody else runs it.
        run: normalised images `(N, C, H, W)` -> every layer's value, with its graph.
        steps: how each layer's value was computed, of the last run.
        output: name of the layer that is the model's output.

    """

    architecture: Architecture
    model: nn.Module
    run: Callable[[torch.Tensor], dict[str, torch.Tensor]]
    steps: Mapping[str, Step]
    output: str


def backward(
    made: Pass,
    images: torch.Tensor,
    labels: torch.Tensor,
    weight: WeightCell | None = None,
    rates: Hyperparameters | None = None,
    velocity: Tensors | None = None,
) -> Backward:
    """The gradients of the loss of normalised `images` with these `labels`, and the next step of one weight.

    Dropout is off and batch normalisation uses its running statistics, as while predicting.

    Raises:
        UserError: the layer has no weight like that.
    """
    last = made.architecture.layer(made.output)
    if last.kind == "softmax":
        raise UserError("This model ends in a softmax: its loss needs log-probabilities or scores.")
    loss_of = F.nll_loss if last.kind == "log_softmax" else F.cross_entropy
    images = images.clone().requires_grad_(True)
    parameters: list[nn.Parameter] = []
    with torch.enable_grad():
        try:
            if weight is not None:
                parameters = _parameters_of(made, weight)
            for parameter in parameters:
                parameter.requires_grad_(True)
            values = made.run(images)
            loss = loss_of(values[made.output], labels)
            reached = {name: value for name, value in values.items() if value.requires_grad}
            wanted = [*reached.values(), *parameters]
            found = torch.autograd.grad(loss, wanted, allow_unused=True)
        finally:
            for parameter in parameters:
                parameter.requires_grad_(False)
    gradients = dict(zip(reached, found, strict=False))
    step = None
    if weight is not None:
        known = dict(zip(map(id, parameters), found[len(reached) :], strict=True))
        step = _weight_step(made, values, gradients, weight, known, rates or Hyperparameters(), velocity or {})
    shapes = {layer.name: layer.shape for layer in made.architecture.layers}
    return Backward(
        loss=float(loss.detach()),
        label=int(labels[0]),
        images=len(images),
        activations={n: _array(v[0], shapes[n]) for n, v in values.items() if n in shapes},
        gradients={n: _array(g[0], shapes[n]) for n, g in gradients.items() if g is not None and n in shapes},
        weight=step,
    )


def _parameters_of(made: Pass, cell: WeightCell) -> list[nn.Parameter]:
    """The layer's weight and bias, where they are parameters themselves."""
    step = made.steps.get(cell.layer)
    found: list[nn.Parameter] = []
    if step is not None:
        for place, name in ((1, "weight"), (2, "bias")):
            value = (
                getattr(step.target, name, None) if isinstance(step.target, nn.Module) else step.operand(place, name)
            )
            if isinstance(value, nn.Parameter):
                found.append(value)
    if not found:
        raise UserError("{layer} has no weights that are learned.", layer=cell.layer)
    return found


def _weight_step(
    made: Pass,
    values: Tensors,
    gradients: Mapping[str, torch.Tensor | None],
    cell: WeightCell,
    known: Mapping[int, torch.Tensor | None],
    rates: Hyperparameters,
    velocity: Tensors,
) -> WeightStep:
    step, layer = made.steps[cell.layer], made.architecture.layer(cell.layer)
    parameters = _parameters_of(made, cell)
    parameter = next((p for p in parameters if (p.ndim == 1) == cell.bias), None)
    delta = gradients.get(cell.layer)
    if parameter is None or delta is None or not _inside(parameter, cell):
        raise UserError("{layer} has no such weight: choose another output, input, row or column.", layer=cell.layer)
    source = values[step.source].detach()
    match layer.kind:
        case "conv2d" if delta.ndim == 4:
            deltas, met = _met_by_convolution(step, source, delta.detach(), cell, parameters[0])
        case "linear":
            deltas, met = delta[..., cell.output].reshape(-1), source[..., cell.input].reshape(-1)
            if cell.bias:
                met = torch.ones_like(deltas)
        case _:
            raise UserError("How the weights of {layer} learn is not known here.", layer=cell.layer)
    d, x = _doubles(deltas), _doubles(met)
    gradient = known[id(parameter)]
    assert gradient is not None
    names = {id(p): name for name, p in made.model.named_parameters()}
    name = names.get(id(parameter), cell.layer)
    return _stepped(cell, name, parameter.detach(), gradient, d, x, rates, velocity.get(name))


def _met_by_convolution(
    step: Step, source: torch.Tensor, delta: torch.Tensor, cell: WeightCell, weight: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor]:
    """The gradient at every output of the weight's channel, `(N, H', W')`, and the value that the weight met there."""
    deltas = delta[:, cell.output]
    if cell.bias:
        return deltas, torch.ones_like(deltas)
    if step.constant(99, "padding_mode", "zeros") != "zeros":
        raise UserError("How the weights of {layer} learn is not known here.", layer=cell.layer)
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
    padded = F.pad(source[:, channel], around)
    rows, cols = deltas.shape[-2:]
    top, left = cell.row * dilation[0], cell.col * dilation[1]
    met = padded[:, top : top + stride[0] * rows : stride[0], left : left + stride[1] * cols : stride[1]]
    return deltas, met[:, :rows, :cols]


def _stepped(
    cell: WeightCell,
    name: str,
    weight: torch.Tensor,
    gradient: torch.Tensor,
    deltas: Doubles,
    met: Doubles,
    rates: Hyperparameters,
    velocity: torch.Tensor | None,
) -> WeightStep:
    """The step by hand, in float64, and PyTorch's own on the whole tensor, in float32."""
    place = _place(weight, cell)
    moved = nn.Parameter(weight.clone())
    moved.grad = gradient.detach().clone()
    optimizer = SGD([moved], rates.learning_rate, rates.momentum, rates.weight_decay)
    before = 0.0
    if velocity is not None and rates.momentum:
        optimizer.velocity = [velocity.detach().clone()]
        before = float(velocity[place])
    optimizer.step()
    value, terms = float(weight[place]), (deltas * met).ravel()
    total = float(terms.sum())
    decayed = rates.weight_decay * value
    after = rates.momentum * before + total + decayed
    return WeightStep(
        cell=cell,
        name=f"{name}[{', '.join(str(part) for part in place)}]",
        value=value,
        deltas=deltas,
        met=met,
        gradient=total,
        torch_gradient=float(gradient[place]),
        decay=decayed,
        velocity_before=before,
        velocity_after=after,
        rates=rates,
        new_value=value - rates.learning_rate * after,
        torch_new_value=float(moved.detach()[place]),
    )


def _place(weight: torch.Tensor, cell: WeightCell) -> tuple[int, ...]:
    return (cell.output, cell.input, cell.row, cell.col)[: weight.ndim]


def _inside(weight: torch.Tensor, cell: WeightCell) -> bool:
    return all(0 <= part < size for part, size in zip(_place(weight, cell), weight.shape, strict=True))


def _doubles(tensor: torch.Tensor) -> Doubles:
    array: Doubles = tensor.detach().numpy().astype(np.float64)
    return array


def _array(tensor: torch.Tensor, shape: tuple[int, ...]) -> FloatArray:
    array: FloatArray = tensor.detach().reshape(shape).contiguous().numpy()
    array.flags.writeable = False
    return array
