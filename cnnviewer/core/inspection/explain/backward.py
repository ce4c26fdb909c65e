"""Backward: the gradient of every value, and what the optimiser's next step makes of one weight.

The gradients are PyTorch's (`torch.autograd.grad`). A weight's gradient is put together again from its terms, in
float64: for a convolution the gradient at every output times the value that the weight met there, for a fully
connected layer the gradient of its output times its input, summed over the images. The step is that of
`torch.optim.SGD`: `velocity = momentum * velocity + gradient + decay * weight; weight -= rate * velocity`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from cnnviewer.core.errors import UserError
from cnnviewer.core.inspection.explain.backward_records import Backward, Hyperparameters, WeightCell, WeightStep
from cnnviewer.core.inspection.explain.records import Doubles
from cnnviewer.core.inspection.explain.windows import pair
from cnnviewer.core.inspection.recorder import Recording
from cnnviewer.core.inspection.records import Architecture, FloatArray
from cnnviewer.core.inspection.steps import Step
from cnnviewer.core.training.sgd import SGD

Tensors = Mapping[str, torch.Tensor]


@dataclass(frozen=True)
class Pass:
    """What a backward pass is made with.

    Attributes:
        architecture: the layers, as they ran for the image looked at.
        model: in evaluation mode; nobody else runs it.
        record: normalised images `(N, C, H, W)` -> every layer's value, with its graph.
        alone: the layers' values for the image looked at by itself.
        steps: how these were computed.
        output: name of the layer that is the model's output.

    """

    architecture: Architecture
    model: nn.Module
    record: Callable[[torch.Tensor], Recording]
    alone: Tensors
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
    parameters = _parameters_of(made, weight) if weight is not None else []
    try:
        for parameter in parameters:
            parameter.requires_grad_(True)
        recording = made.record(images)
        loss = loss_of(recording.returned, labels)
        edges = recording.edges
        wanted: list[Any] = [*edges.values(), *parameters]
        found = torch.autograd.grad(loss, wanted, allow_unused=True)
    except RuntimeError as error:  # what PyTorch cannot differentiate, it cannot train either
        raise UserError(
            "PyTorch finds no gradients for this model: {reason}.", reason=str(error).splitlines()[0].rstrip(".")
        ) from error
    finally:
        for parameter in parameters:
            parameter.requires_grad_(False)
    gradients = {name: slope for name, slope in zip(edges, found, strict=False) if slope is not None}
    step = None
    if weight is not None:
        known = dict(zip(map(id, parameters), found[len(edges) :], strict=True))
        step = _weight_step(made, recording, gradients, weight, known, rates or Hyperparameters(), velocity or {})
    shapes = {layer.name: layer.shape for layer in made.architecture.layers}

    def of_first(values: Tensors) -> dict[str, FloatArray]:
        return {
            name: _array(_first(value, made.alone[name].shape) if len(images) > 1 else value, shapes[name])
            for name, value in values.items()
            if name in shapes
        }

    return Backward(
        loss=float(loss.detach()),
        label=int(labels[0]),
        images=len(images),
        activations=of_first(recording.values),
        gradients=of_first(gradients),
        weight=step,
    )


def _first(batch: torch.Tensor, alone: torch.Size) -> torch.Tensor:
    """The first image's part of a batch's value, which has the shape `alone` for one image."""
    for axis, size in enumerate(alone):
        if batch.shape[axis] > size:
            batch = batch.narrow(axis, 0, size)
    return batch


def _parameters_of(made: Pass, cell: WeightCell) -> list[nn.Parameter]:
    """The layer's weight and bias, where they are parameters themselves."""
    step = made.steps.get(cell.layer)
    found = _learned_by(step) if step is not None else []
    if not found:
        raise UserError("{layer} has no weights that are learned.", layer=cell.layer)
    return found


def _learned_by(step: Step) -> list[nn.Parameter]:
    """The weight and the bias of an operation, where they are parameters themselves."""
    module = step.target if isinstance(step.target, nn.Module) else None
    given = (
        step.operand(place, name) if module is None else getattr(module, name, None)
        for place, name in ((1, "weight"), (2, "bias"))
    )
    return [value for value in given if isinstance(value, nn.Parameter)]


def _weight_step(
    made: Pass,
    recording: Recording,
    gradients: Tensors,
    cell: WeightCell,
    known: Mapping[int, torch.Tensor | None],
    rates: Hyperparameters,
    velocity: Tensors,
) -> WeightStep:
    parameters = _parameters_of(made, cell)
    parameter = next((p for p in parameters if (p.ndim == 1) == cell.bias), None)
    if parameter is None or not _inside(parameter, cell):
        raise UserError("{layer} has no such weight: choose another output, input, row or column.", layer=cell.layer)
    gradient = known[id(parameter)]
    if gradient is None:
        raise UserError("The loss of this image does not depend on the weights of {layer}.", layer=cell.layer)
    kinds = {layer.name: layer.kind for layer in recording.layers}
    terms = {
        name: _terms(kinds[name], step, recording.values[step.source], gradients[name], cell)
        for name, step in recording.steps.items()
        if name in gradients and any(used is parameter for used in _learned_by(step))
    }
    if len(terms) == 1:
        deltas, met = next(iter(terms.values()))
    else:  # the weight is used again and again: its gradient is the sum over all uses
        deltas, met = (np.concatenate([each[side].ravel() for each in terms.values()]) for side in (0, 1))
    names = {id(p): name for name, p in made.model.named_parameters()}
    name = names.get(id(parameter), cell.layer)
    uses = tuple((layer, each[0].size) for layer, each in terms.items())
    return _stepped(cell, name, parameter.detach(), gradient, (deltas, met, uses), rates, velocity.get(name))


def _terms(
    kind: str, step: Step, source: torch.Tensor, delta: torch.Tensor, cell: WeightCell
) -> tuple[Doubles, Doubles]:
    """The gradient at every output that the weight took part in, and what it was multiplied with there."""
    weight = step.tensor(1, "weight")
    if kind == "conv2d" and delta.ndim == 4 and weight is not None:
        deltas, met = _met_by_convolution(step, source, delta, cell, weight)
    elif kind == "linear":
        deltas = delta[..., cell.output].reshape(-1)
        met = torch.ones_like(deltas) if cell.bias else source[..., cell.input].reshape(-1)
    else:
        raise UserError("How the weights of {layer} learn is not known here.", layer=cell.layer)
    return _doubles(deltas), _doubles(met)


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


def _stepped(
    cell: WeightCell,
    name: str,
    weight: torch.Tensor,
    gradient: torch.Tensor,
    terms: tuple[Doubles, Doubles, tuple[tuple[str, int], ...]],
    rates: Hyperparameters,
    velocity: torch.Tensor | None,
) -> WeightStep:
    """The step by hand, in float64, and PyTorch's own on the whole tensor, in float32."""
    deltas, met, uses = terms
    place = _place(weight, cell)
    moved = nn.Parameter(weight.clone())
    moved.grad = gradient.detach().clone()
    optimizer = SGD([moved], rates.learning_rate, rates.momentum, rates.weight_decay)
    before = 0.0
    if velocity is not None and rates.momentum:
        optimizer.velocity = [velocity.detach().clone()]
        before = float(velocity[place])
    optimizer.step()
    value, total = float(weight[place]), float((deltas * met).sum())
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
        uses=uses,
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
