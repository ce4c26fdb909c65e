"""Explains one number: finds its operands, computes it again in float64 and says it in three ways."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import torch

from cnnviewer.core.errors import UserError
from cnnviewer.core.inspection.explain.formula import formula
from cnnviewer.core.inspection.explain.places import MOVING, cell_at, index_of, origin, places_of
from cnnviewer.core.inspection.explain.pointwise import (
    BINARY,
    batch_norm,
    combined,
    combined_terms,
    dropped,
    expression,
    normalised_terms,
)
from cnnviewer.core.inspection.explain.records import Doubles, Explanation, Given, Loss, Moved, Opaque, Pointwise, Work
from cnnviewer.core.inspection.explain.snippet import snippet
from cnnviewer.core.inspection.explain.vectors import (
    dense,
    dense_terms,
    exponential_terms,
    exponentials,
    loss_terms,
)
from cnnviewer.core.inspection.explain.windows import convolution, pooling, pooling_terms
from cnnviewer.core.inspection.records import Architecture, Cell, FloatArray, LayerInfo
from cnnviewer.core.inspection.steps import Step
from cnnviewer.core.models.recipe import ModelRecipe

LOSS = "loss"
"""Name of the layer that a cell asking for the loss has."""

_POOLS = ("max_pool2d", "min_pool2d", "avg_pool2d", "adaptive_max_pool2d", "adaptive_avg_pool2d")
Worked = tuple[Work, Doubles]


@dataclass(frozen=True)
class Subject:
    """A model that was run on an image, with everything an explanation draws on.

    Attributes:
        values: layer name -> float32 with the batch dimension of 1.
        steps: how each of them was computed.
        image: the pixels before normalisation, `(C, H, W)` in 0..1.
        output: name of the layer that is the model's output.
        label: index of the image's class, None where it is unknown.
        seed: of the training.
        step: of the training.

    """

    architecture: Architecture
    recipe: ModelRecipe
    values: Mapping[str, torch.Tensor]
    steps: Mapping[str, Step]
    image: FloatArray
    output: str
    label: int | None = None
    seed: int = 1
    step: int = 0
    generation: int = 0


def explain(subject: Subject, cell: Cell) -> Explanation:
    """How the number at `cell` came about; `Cell("loss")` asks for the loss of a labelled image.

    Raises:
        UserError: there is no such number, or no label for a loss.
    """
    if cell.layer == LOSS:
        layer, torch_value, worked = _loss(subject)
    else:
        layer = _layer(subject, cell.layer)
        index = index_of(cell, layer)
        torch_value = float(subject.values[layer.name].reshape(-1)[index])
        worked = _work(subject, layer, index)
    work, terms = worked
    explanation = Explanation(
        cell=cell,
        layer=layer,
        value=float(terms.sum()),
        torch_value=torch_value,
        terms=terms,
        work=work,
        generation=subject.generation,
        step=subject.step,
    )
    code, tensors = snippet(explanation)
    return replace(explanation, formula=formula(explanation), snippet=code, tensors=tensors)


def _layer(subject: Subject, name: str) -> LayerInfo:
    try:
        return subject.architecture.layer(name)
    except KeyError:
        raise UserError("There is no layer called {layer}.", layer=name) from None


def _work(subject: Subject, layer: LayerInfo, index: int) -> Worked:
    if layer.kind == "input":
        return _given(subject, layer, index)
    if layer.name not in subject.steps:  # the probabilities, which the program computes behind the model
        return _probability(subject, layer, index)
    step = subject.steps[layer.name]
    value = subject.values[layer.name]
    source = subject.values.get(step.source)
    place = tuple(int(part) for part in np.unravel_index(index, tuple(value.shape)))
    weight = step.tensor(1, "weight")
    if source is not None and not bool(torch.isnan(value.reshape(-1)[index])):
        worked = _known(subject, layer, step, source, value, place, index, weight)
        if worked is not None:
            return worked
    return _opaque(subject, layer, step, index)


def _known(
    subject: Subject,
    layer: LayerInfo,
    step: Step,
    source: torch.Tensor,
    value: torch.Tensor,
    place: tuple[int, ...],
    index: int,
    weight: torch.Tensor | None,
) -> Worked | None:
    """The arithmetic of an operation that the program knows; None for others."""
    kind = layer.kind
    maps = value.ndim == 4 and source.ndim == 4
    work: Work | None
    if kind == "conv2d" and maps and weight is not None and weight.ndim == 4:
        conv = convolution(step, source, (place[1], place[2], place[3]))
        products = conv.products.ravel()
        return conv, products if conv.bias is None else np.append(products, conv.bias)
    if kind in _POOLS and source.ndim == 4:
        spot = (place[1], *(place[2:] or (0, 0)))
        size = (int(value.shape[2]), int(value.shape[3])) if value.ndim == 4 else (1, 1)
        pool = pooling(kind, step, source, (spot[0], spot[1], spot[2]), size)
        return pool, pooling_terms(pool)
    if kind == "linear" and weight is not None and weight.ndim == 2:
        work = replace(dense(step, source, index, int(weight.shape[0])), **_flattened(subject, step.source))
        return work, dense_terms(work)
    if kind in ("softmax", "log_softmax"):
        dim = step.constant(1, "dim")
        classes = subject.recipe.classes
        share = exponentials(source, step.source, place, -1 if dim is None else int(dim), kind[0] == "l", classes)
        return share, exponential_terms(share)
    if kind.startswith("batch_norm") and step.tensor(1, "running_mean") is not None:
        work = batch_norm(step, source, place)
        return work, normalised_terms(work)
    if kind in ("dropout", "dropout2d", "alpha_dropout"):
        work = dropped(layer, step, float(source.reshape(-1)[index]), index, subject.seed, subject.step, subject.steps)
        return work, np.array([work.x])
    if kind in MOVING:
        return _moved(subject, step, index, float(value.reshape(-1)[index]))
    if kind in BINARY:
        work = combined(subject.architecture, BINARY[kind], step, subject.values, index, tuple(value.shape))
        return None if work is None else (work, combined_terms(work))
    return _pointwise(kind, step, source, value, index)


def _pointwise(kind: str, step: Step, source: torch.Tensor, value: torch.Tensor, index: int) -> Worked | None:
    known = expression(kind, step)
    if known is None or source.shape != value.shape or len(step.sources) != 1:
        return None
    x = float(source.reshape(-1)[index])
    y = float(step.again({step.source: torch.full((1,), x, dtype=torch.float64)}))
    return Pointwise(kind, step.source, x, *known), np.array([y])


def _given(subject: Subject, layer: LayerInfo, index: int) -> Worked:
    channel = index // int(np.prod(layer.shape[1:]))
    pixel = float(subject.image.reshape(-1)[index])
    mean, std = subject.recipe.mean[channel], subject.recipe.std[channel]
    return Given(pixel, mean, std), np.array([pixel / std, -mean / std])


def _probability(subject: Subject, layer: LayerInfo, index: int) -> Worked:
    source = subject.values[subject.output]
    kind = subject.architecture.layer(subject.output).kind
    x = float(source.reshape(-1)[index])
    if kind == "log_softmax":
        return Pointwise("exp", subject.output, x, "exp(x)"), np.array([np.exp(x)])
    if kind == "softmax":
        return Moved(Cell(subject.output, index), layer.shape, index, x), np.array([x])
    work = exponentials(source, subject.output, (0, index), 1, False, subject.recipe.classes)
    return work, exponential_terms(work)


def _loss(subject: Subject) -> tuple[LayerInfo, float, Worked]:
    if subject.label is None:
        raise UserError("A loss compares the prediction with the image's label: choose an image of the data set.")
    last = subject.architecture.layer(subject.output)
    scores = subject.values[subject.output]
    label = torch.tensor([subject.label])
    name = "nll" if last.kind == "log_softmax" else "cross_entropy"
    function = torch.nn.functional.nll_loss if name == "nll" else torch.nn.functional.cross_entropy
    work = Loss(
        name,
        exponentials(scores, subject.output, (0, subject.label), 1, True, subject.recipe.classes),
        subject.recipe.classes[subject.label],
    )
    layer = LayerInfo(LOSS, name, "NLL loss" if name == "nll" else "Cross-entropy", (subject.output,), (1,))
    return layer, float(function(scores, label)), (work, loss_terms(work))


def _moved(subject: Subject, step: Step, index: int, value: float) -> Worked | None:
    found = origin(step, subject.values, index)
    if found is None:
        return None
    name, place = found
    layer = subject.architecture.layer(name)
    x = float(subject.values[name].reshape(-1)[place])
    if x != value:  # it came from a constant that the model puts beside its values
        return None
    return Moved(cell_at(place, layer), layer.shape, index, x), np.array([x])


def _flattened(subject: Subject, name: str) -> dict[str, Any]:
    """Where the features of a vector were before they were flattened, as long as nothing else happened since."""
    layer = subject.architecture.layer(name)
    while layer.name in subject.steps and layer.kind in ("dropout", "relu", "identity"):
        layer = subject.architecture.layer(subject.steps[layer.name].source)
    if layer.kind != "flatten":
        return {}
    before = subject.architecture.layer(subject.steps[layer.name].source)
    if len(before.shape) != 3 or int(np.prod(before.shape)) != layer.shape[0]:
        return {}
    return {"origin": before.name, "places": places_of(before)}


def _opaque(subject: Subject, layer: LayerInfo, step: Step, index: int) -> Worked:
    try:
        again = float(step.again(subject.values).reshape(-1)[index])
    except Exception:  # a stranger's code: what it computed is all there is to say
        again = float(subject.values[layer.name].reshape(-1)[index])
    return Opaque(layer.kind), np.array([again])
