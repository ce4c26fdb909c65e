"""Backward: the gradient of every value, and what the optimiser's next step makes of one weight.

The gradients are PyTorch's (`torch.autograd.grad`). A weight's gradient is put together again from its terms, in
float64 (`learning.py`). The step is that of `torch.optim.SGD`:
`velocity = momentum * velocity + gradient + decay * weight; weight -= rate * velocity`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from cnnviewer.core.errors import UserError
from cnnviewer.core.inspection.arrays import array_of, coarseness
from cnnviewer.core.inspection.explain.backward_records import (
    Backward,
    StepSettings,
    WeightCell,
    WeightStep,
    weight_fields,
)
from cnnviewer.core.inspection.explain.learning import learned_by, terms_of, unknown
from cnnviewer.core.inspection.explain.places import MOVING, channels_moved
from cnnviewer.core.inspection.explain.records import ROUNDING, Doubles
from cnnviewer.core.inspection.recorder import RecordedPass
from cnnviewer.core.inspection.records import Architecture, FloatArray
from cnnviewer.core.inspection.traced_operation import TracedOperation
from cnnviewer.core.training.sgd import SGD

Tensors = Mapping[str, torch.Tensor]


@dataclass(frozen=True)
class BackwardPass:
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
    record: Callable[[torch.Tensor], RecordedPass]
    alone: Tensors
    steps: Mapping[str, TracedOperation]
    output: str


def backward(
    made: BackwardPass,
    images: torch.Tensor,
    labels: torch.Tensor,
    weight: WeightCell | None = None,
    rates: StepSettings | None = None,
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
    parameters = [*_parameters_of(made, weight).values()] if weight is not None else []
    try:
        for parameter in parameters:
            parameter.requires_grad_(True)
        recording = made.record(images)
        loss = loss_of(recording.returned, labels)
        if not loss.requires_grad:  # the image only chooses what is read, as from a table: its entries have gradients
            parameters = [weight for weight in made.model.parameters() if weight.is_floating_point()]
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
        step = _weight_step(made, recording, gradients, weight, known, rates or StepSettings(), velocity or {})
    shapes = {layer.name: layer.shape for layer in made.architecture.layers}

    def of_first(values: Tensors) -> dict[str, FloatArray]:
        return {
            name: array_of((_first(value, made.alone[name].shape) if len(images) > 1 else value).reshape(shapes[name]))
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
        moved=_moved(made),
    )


def _moved(made: BackwardPass) -> dict[str, dict[str, tuple[tuple[int, ...], ...]]]:
    """Where the channels of values go that layers only move."""
    known = {layer.name: layer for layer in made.architecture.layers}
    found = {}
    for name, step in made.steps.items():
        read = [source for source in dict.fromkeys(step.sources) if source in known and source in made.alone]
        if name in known and known[name].kind in MOVING and read:
            sources = {source: (known[source], made.alone[source].shape) for source in read}
            found[name] = channels_moved(step, known[name], sources)
    return found


def _first(batch: torch.Tensor, alone: torch.Size) -> torch.Tensor:
    """The first image's part of a batch's value, which has the shape `alone` for one image."""
    for axis, size in enumerate(alone):
        if batch.shape[axis] > size:
            batch = batch.narrow(axis, 0, size)
    return batch


def _parameters_of(made: BackwardPass, cell: WeightCell) -> dict[str, nn.Parameter]:
    """The layer's weight and bias, where they are parameters themselves."""
    step = made.steps.get(cell.layer)
    found = learned_by(step) if step is not None else {}
    if step is not None and "weight" not in found and not (found and cell.bias) and _learns(made, step, cell.layer):
        raise unknown(cell)
    if not found:
        raise UserError("{layer} has no weights that are learned.", layer=cell.layer)
    return found


def _learns(made: BackwardPass, step: TracedOperation, layer: str) -> bool:
    """Whether it has weights that are called otherwise, or are computed from parameters, as by `weight_norm`."""
    computed = isinstance(step.target, nn.Module) and torch.is_tensor(getattr(step.target, "weight", None))
    return computed or bool(made.architecture.layer(layer).parameters)


def _weight_step(
    made: BackwardPass,
    recording: RecordedPass,
    gradients: Tensors,
    cell: WeightCell,
    known: Mapping[int, torch.Tensor | None],
    rates: StepSettings,
    velocity: Tensors,
) -> WeightStep:
    parameter = _parameters_of(made, cell).get("bias" if cell.bias else "weight")
    kinds = {layer.name: layer.kind for layer in recording.layers}
    place = () if parameter is None else cell.place(kinds[cell.layer], parameter.ndim)
    if parameter is None or not _inside(parameter, place):
        raise UserError("{layer} has no such weight: choose another output, input, row or column.", layer=cell.layer)
    gradient = known[id(parameter)]
    if gradient is None:
        raise UserError("The loss of this image does not depend on the weights of {layer}.", layer=cell.layer)
    gradient = gradient.to_dense() if gradient.is_sparse else gradient
    terms = {
        name: terms_of(kinds[name], step, recording.values, gradients[name], cell.at(name, kinds[name], place))
        for name, step in recording.steps.items()
        if name in gradients and any(used is parameter for used in learned_by(step).values())
    }
    if len(terms) == 1:
        deltas, met = next(iter(terms.values()))
    else:  # the weight is used again and again: its gradient is the sum over all uses
        deltas, met = (np.concatenate([each[side].ravel() for each in terms.values()]) for side in (0, 1))
    names = {id(p): name for name, p in made.model.named_parameters()}
    name = names.get(id(parameter), cell.layer)
    uses = tuple((layer, each[0].size) for layer, each in terms.items())
    found = _stepped(cell, name, place, parameter.detach(), gradient, (deltas, met, uses), rates, velocity.get(name))
    rounding = ROUNDING * max(coarseness(gradients[layer]) for layer in terms)
    livelier = None if gradient[place] or cell.bias else _livelier(cell, kinds[cell.layer], gradient)
    return replace(found, rounding=rounding, livelier=livelier)


def _livelier(cell: WeightCell, kind: str, gradient: torch.Tensor) -> WeightCell | None:
    """The weight of the same output with the largest gradient, else that of the layer; None where all are 0."""
    fields = weight_fields(kind, gradient.ndim)
    axis = fields.index("output") if "output" in fields else 0
    first = cell.place(kind, gradient.ndim)[axis]
    for start, part in ((first, gradient.narrow(axis, first, 1)), (0, gradient)):
        sizes = part.abs().nan_to_num(0.0)
        if sizes.any():
            found = [int(each) for each in np.unravel_index(int(sizes.argmax()), tuple(sizes.shape))]
            found[axis] += start
            return cell.at(cell.layer, kind, tuple(found))
    return None


def _stepped(
    cell: WeightCell,
    name: str,
    place: tuple[int, ...],
    weight: torch.Tensor,
    gradient: torch.Tensor,
    terms: tuple[Doubles, Doubles, tuple[tuple[str, int], ...]],
    rates: StepSettings,
    velocity: torch.Tensor | None,
) -> WeightStep:
    """The step by hand, in float64, and PyTorch's own on the whole tensor, in float32."""
    deltas, met, uses = terms
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


def _inside(weight: torch.Tensor, place: tuple[int, ...]) -> bool:
    return len(place) == weight.ndim and all(0 <= part < size for part, size in zip(place, weight.shape, strict=True))
