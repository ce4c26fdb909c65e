"""Explains one number: finds its operands, computes it again in float64 and says it in three ways."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

import numpy as np
import torch

from cnnviewer.core.errors import UserError
from cnnviewer.core.inspection.explain.attention import ATTENDING, attended, attended_terms
from cnnviewer.core.inspection.explain.choices import CHOOSING, selected
from cnnviewer.core.inspection.explain.formula import formula
from cnnviewer.core.inspection.explain.gates import RECURRENT, gated, gated_terms
from cnnviewer.core.inspection.explain.groups import EXTREMES, NORMALISING, extreme, standardised, standardised_terms
from cnnviewer.core.inspection.explain.places import MOVING, cell_at, index_of, origin, places_of
from cnnviewer.core.inspection.explain.pointwise import (
    BINARY,
    POINTWISE,
    Draw,
    batch_norm,
    combined,
    combined_terms,
    dropped,
    normalised_terms,
    pointwise,
    pointwise_terms,
    uses_running_statistics,
)
from cnnviewer.core.inspection.explain.records import (
    Doubles,
    Explanation,
    Filled,
    Given,
    Loss,
    Moved,
    Opaque,
    Pointwise,
    Work,
)
from cnnviewer.core.inspection.explain.snippet import snippet
from cnnviewer.core.inspection.explain.sums import LINEAR, PRODUCTS, weighted
from cnnviewer.core.inspection.explain.vectors import (
    dense,
    dense_terms,
    exponential_terms,
    exponentials,
    loss_terms,
)
from cnnviewer.core.inspection.explain.windows import convolution, convolution_transposed, pooling, pooling_terms
from cnnviewer.core.inspection.operations import softmax_dim
from cnnviewer.core.inspection.records import Architecture, Cell, FloatArray, LayerInfo
from cnnviewer.core.inspection.steps import Step
from cnnviewer.core.models.recipe import ModelRecipe

LOSS = "loss"
"""Name of the layer that a cell asking for the loss has."""

_POOLS = ("max_pool2d", "min_pool2d", "avg_pool2d", "adaptive_max_pool2d", "adaptive_avg_pool2d")


class Worked(NamedTuple):
    """How a number was put together, what adds up to it, and the sizes that float32 rounds on the way."""

    work: Work
    terms: Doubles
    rounded: float = 0.0


@dataclass(frozen=True)
class Subject:
    """A model that was run on an image, with everything an explanation draws on.

    Attributes:
        values: layer name -> float32 with the batch dimension of 1.
        steps: how each of them was computed.
        image: the pixels before normalisation, `(C, H, W)` in 0..1.
        output: name of the layer that is the model's output.
        label: index of the image's class, None where it is unknown.
        draw: how the training draws what it drops.
        step: of the training.

    """

    architecture: Architecture
    recipe: ModelRecipe
    values: Mapping[str, torch.Tensor]
    steps: Mapping[str, Step]
    image: FloatArray
    output: str
    label: int | None = None
    draw: Draw = field(default_factory=Draw)
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
    work, terms, rounded = worked
    explanation = Explanation(
        cell=cell,
        layer=layer,
        value=float(terms.sum()),
        torch_value=torch_value,
        terms=terms,
        work=work,
        generation=subject.generation,
        step=subject.step,
        rounded=rounded,
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
    if source is not None and not bool(torch.isnan(value.reshape(-1)[index])):
        place = tuple(int(part) for part in np.unravel_index(index, tuple(value.shape)))
        for known in _KNOWN.get(layer.kind, ()):
            worked = known(_Asked(subject, layer, step, source, value, place, index))
            if worked is not None:
                return worked
    return _opaque(subject, layer, step, index)


@dataclass(frozen=True)
class _Asked:
    """A number that is asked about, with what it was computed from.

    Attributes:
        source: the value of the first layer that the step reads.
        value: of the layer itself.
        place: of the number in `value`, with the batch dimension.
        index: the same in a row of all its values.

    """

    subject: Subject
    layer: LayerInfo
    step: Step
    source: torch.Tensor
    value: torch.Tensor
    place: tuple[int, ...]
    index: int

    @property
    def x(self) -> float:
        """The value of the source at the same index."""
        return float(self.source.reshape(-1)[self.index])


def _convolved(asked: _Asked) -> Worked | None:
    weight = asked.step.tensor(1, "weight")
    rank = 3 if asked.layer.kind == "conv1d" else 4
    if weight is None or not asked.value.ndim == asked.source.ndim == weight.ndim == rank:
        return None
    function = convolution_transposed if asked.layer.kind == "conv_transpose2d" else convolution
    conv = function(asked.step, asked.source, (asked.place[1], asked.place[-2] if rank == 4 else 0, asked.place[-1]))
    products = conv.products.ravel()
    return Worked(conv, products if conv.bias is None else np.append(products, conv.bias))


def _pooled(asked: _Asked) -> Worked | None:
    value = asked.value
    if asked.source.ndim != 4:
        return None
    spot = (asked.place[1], *(asked.place[2:] or (0, 0)))
    size = (int(value.shape[2]), int(value.shape[3])) if value.ndim == 4 else (1, 1)
    pool = pooling(asked.layer.kind, asked.step, asked.source, (spot[0], spot[1], spot[2]), size)
    return Worked(pool, pooling_terms(pool))


def _joined(asked: _Asked) -> Worked | None:
    weight = asked.step.tensor(1, "weight")
    if weight is None or weight.ndim != 2:
        return None
    work = dense(asked.step, asked.source, asked.index, int(weight.shape[0]))
    work = replace(work, **_flattened(asked.subject, asked.step.source))
    return Worked(work, dense_terms(work))


def _softmaxed(asked: _Asked) -> Worked:
    dim = asked.step.constant(1, "dim")
    along = int(dim) if dim is not None else softmax_dim(asked.source.ndim)
    classes, log = asked.subject.recipe.classes, asked.layer.kind == "log_softmax"
    share = exponentials(asked.source, asked.step.source, asked.place, along, log, classes)
    return Worked(share, exponential_terms(share))


def _by_running_statistics(asked: _Asked) -> Worked | None:
    if not uses_running_statistics(asked.step):
        return None
    work = batch_norm(asked.step, asked.source, asked.place)
    return Worked(work, normalised_terms(work))


def _by_its_group(asked: _Asked) -> Worked | None:
    subject = asked.subject
    work = standardised(subject.architecture, asked.layer.kind, asked.step, subject.values, asked.place)
    return None if work is None else Worked(work, *standardised_terms(work))


def _dropping(asked: _Asked) -> Worked:
    subject = asked.subject
    work = dropped(
        asked.layer, asked.step, asked.x, asked.index, replace(subject.draw, step=subject.step), subject.steps
    )
    return Worked(work, np.array([work.x]))


def _arithmetic(asked: _Asked) -> Worked | None:
    subject, shape = asked.subject, tuple(asked.value.shape)
    work = combined(subject.architecture, BINARY[asked.layer.kind], asked.step, subject.values, asked.index, shape)
    return None if work is None else Worked(work, combined_terms(work))


def _by_condition(asked: _Asked) -> Worked | None:
    subject, shape = asked.subject, tuple(asked.value.shape)
    work = selected(subject.architecture, asked.layer.kind, asked.step, subject.values, asked.index, shape)
    return None if work is None else Worked(work, np.array([work.parts[0 if work.condition else 1].value]))


def _pointwise(asked: _Asked) -> Worked | None:
    if asked.source.shape != asked.value.shape or len(asked.step.sources) != 1:
        return None
    work = pointwise(asked.layer.kind, asked.step, asked.source, asked.place)
    return None if work is None else Worked(work, *pointwise_terms(work, asked.step))


def _summed(asked: _Asked) -> Worked | None:
    subject = asked.subject
    work = weighted(subject.architecture, asked.layer.kind, asked.step, subject.values, asked.index)
    if work is None:
        return None
    if work.rule == "interpolate" and work.weights.tolist() == [1.0]:  # the nearest cell is taken as it is
        return _moved_from(asked, asked.step.source, int(work.cells.places[0]))
    return Worked(work, work.products if work.bias is None else np.append(work.products, work.bias))


def _extreme(asked: _Asked) -> Worked | None:
    subject = asked.subject
    work = extreme(subject.architecture, asked.layer.kind, asked.step, subject.values, asked.place)
    return None if work is None else Worked(work, work.cells.values[work.winners][:1])


def _attending(asked: _Asked) -> Worked | None:
    work = attended(asked.subject.architecture, asked.step, asked.subject.values, asked.place)
    return None if work is None else Worked(work, *attended_terms(work))


def _recurrent(asked: _Asked) -> Worked | None:
    work = gated(asked.step, asked.subject.values, asked.place)
    return None if work is None else Worked(work, *gated_terms(work))


def _moved(asked: _Asked) -> Worked | None:
    found = origin(asked.step, asked.subject.values, asked.index)
    if found is None:
        return None
    if isinstance(found, float):  # it came from none of the values
        return Worked(Filled(found), np.array([found]))
    return _moved_from(asked, *found)


def _moved_from(asked: _Asked, name: str, place: int) -> Worked:
    layer = asked.subject.architecture.layer(name)
    x = float(asked.subject.values[name].reshape(-1)[place])
    return Worked(Moved(cell_at(place, layer), layer.shape, asked.index, x), np.array([x]))


_Explains = Callable[[_Asked], Worked | None]


def _table() -> dict[str, tuple[_Explains, ...]]:
    """Kind of operation -> what explains it, in the order in which it is tried."""
    table: dict[str, tuple[_Explains, ...]] = {}
    for function, kinds in (
        (_convolved, ("conv2d", "conv1d", "conv_transpose2d")),
        (_pooled, _POOLS),
        (_joined, ("linear",)),
        (_softmaxed, ("softmax", "log_softmax")),
        (_by_running_statistics, ("batch_norm1d", "batch_norm2d", "batch_norm3d", "instance_norm")),
        (_by_its_group, NORMALISING),
        (_dropping, ("dropout", "dropout2d", "alpha_dropout")),
        (_moved, MOVING),
        (_extreme, EXTREMES),
        (_arithmetic, BINARY),
        (_by_condition, CHOOSING),
        (_summed, (*LINEAR, *PRODUCTS)),
        (_attending, (ATTENDING,)),
        (_recurrent, RECURRENT),
        (_pointwise, POINTWISE),
    ):
        for kind in kinds:
            table[kind] = (*table.get(kind, ()), function)
    return table


_KNOWN = _table()
EXPLAINED = frozenset(_KNOWN)
"""Kinds of operations that have arithmetic of their own."""


def _given(subject: Subject, layer: LayerInfo, index: int) -> Worked:
    channel = index // int(np.prod(layer.shape[1:]))
    pixel = float(subject.image.reshape(-1)[index])
    mean, std = subject.recipe.mean[channel], subject.recipe.std[channel]
    return Worked(Given(pixel, mean, std), np.array([pixel / std, -mean / std]))


def _probability(subject: Subject, layer: LayerInfo, index: int) -> Worked:
    source = subject.values[subject.output]
    kind = subject.architecture.layer(subject.output).kind
    x = float(source.reshape(-1)[index])
    if kind == "log_softmax":
        return Worked(Pointwise("exp", subject.output, x, "exp(x)"), np.array([np.exp(x)]))
    if kind == "softmax":
        return Worked(Moved(Cell(subject.output, index), layer.shape, index, x), np.array([x]))
    work = exponentials(source, subject.output, (0, index), 1, False, subject.recipe.classes)
    return Worked(work, exponential_terms(work))


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
    return layer, float(function(scores, label)), Worked(work, loss_terms(work))


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
    sizes = [subject.values[name].detach().abs().max() for name in step.sources]
    return Worked(Opaque(layer.kind), np.array([again]), max((float(size) for size in sizes), default=0.0))
