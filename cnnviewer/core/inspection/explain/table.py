"""Which operations are explained, and by what: kind of operation -> its arithmetic."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import torch

from cnnviewer.core.inspection.explain.asked import Arithmetic, ExplainedNumber, InspectedModel
from cnnviewer.core.inspection.explain.attention import ATTENDING, attended, attended_terms
from cnnviewer.core.inspection.explain.choices import CHOOSING, selected
from cnnviewer.core.inspection.explain.gates import RECURRENT, gated, gated_terms
from cnnviewer.core.inspection.explain.group_records import Weighted
from cnnviewer.core.inspection.explain.groups import (
    EXTREMES,
    NORMALISING,
    RANKING,
    extreme,
    ranked,
    standardised,
    standardised_terms,
)
from cnnviewer.core.inspection.explain.heads import many_headed, many_headed_terms
from cnnviewer.core.inspection.explain.places import MOVING, cell_at, origin, places_of
from cnnviewer.core.inspection.explain.pointwise import (
    BINARY,
    POINTWISE,
    batch_norm,
    combined,
    combined_terms,
    dropped,
    normalised_terms,
    pointwise,
    pointwise_curve,
    pointwise_terms,
    uses_running_statistics,
)
from cnnviewer.core.inspection.explain.powers import DIVIDED, ROOTED, divided, rooted
from cnnviewer.core.inspection.explain.products import PRODUCTS, multiplied_out
from cnnviewer.core.inspection.explain.records import Combined, ExplainedPart, FilledValue, MovedValue
from cnnviewer.core.inspection.explain.reductions import (
    LOG_SUMS,
    MULTIPLYING,
    SPREADING,
    log_sum,
    mean_beside,
    product,
    spread,
)
from cnnviewer.core.inspection.explain.several import SEVERAL, of_several
from cnnviewer.core.inspection.explain.sums import LINEAR, weighted
from cnnviewer.core.inspection.explain.vectors import dense, dense_terms, exponential_terms, exponentials
from cnnviewer.core.inspection.explain.windows import convolution, convolution_transposed, pooling, pooling_terms
from cnnviewer.core.inspection.operations import softmax_dim

_POOLS = ("max_pool2d", "min_pool2d", "avg_pool2d", "adaptive_max_pool2d", "adaptive_avg_pool2d")


def _convolved(asked: ExplainedNumber) -> Arithmetic | None:
    weight = asked.step.tensor(1, "weight")
    rank = 3 if asked.layer.kind == "conv1d" else 4
    if weight is None or not asked.value.ndim == asked.source.ndim == weight.ndim == rank:
        return None
    function = convolution_transposed if asked.layer.kind == "conv_transpose2d" else convolution
    conv = function(asked.step, asked.source, (asked.place[1], asked.place[-2] if rank == 4 else 0, asked.place[-1]))
    products = conv.products.ravel()
    return Arithmetic(conv, products if conv.bias is None else np.append(products, conv.bias))


def _pooled(asked: ExplainedNumber) -> Arithmetic | None:
    value = asked.value
    if asked.source.ndim != 4:
        return None
    spot = (asked.place[1], *(asked.place[2:] or (0, 0)))
    size = (int(value.shape[2]), int(value.shape[3])) if value.ndim == 4 else (1, 1)
    pool = pooling(asked.layer.kind, asked.step, asked.source, (spot[0], spot[1], spot[2]), size)
    return Arithmetic(pool, pooling_terms(pool))


def _joined(asked: ExplainedNumber) -> Arithmetic | None:
    weight = asked.step.tensor(1, "weight")
    if weight is None or weight.ndim != 2:
        return None
    work = dense(asked.step, asked.source, asked.index, int(weight.shape[0]))
    work = replace(work, **_flattened(asked.subject, asked.step.source))
    return Arithmetic(work, dense_terms(work))


def _softmaxed(asked: ExplainedNumber) -> Arithmetic:
    dim = asked.step.constant(1, "dim")
    along = int(dim) if dim is not None else softmax_dim(asked.source.ndim)
    classes, log = asked.subject.recipe.classes, asked.layer.kind == "log_softmax"
    share = exponentials(
        asked.source, asked.step.source, asked.place, along, log, classes, asked.layer.kind == "softmin"
    )
    return Arithmetic(share, exponential_terms(share))


def _by_running_statistics(asked: ExplainedNumber) -> Arithmetic | None:
    if not uses_running_statistics(asked.step):
        return None
    work = batch_norm(asked.step, asked.source, asked.place)
    return Arithmetic(work, normalised_terms(work))


def _by_its_group(asked: ExplainedNumber) -> Arithmetic | None:
    subject = asked.subject
    work = standardised(subject.architecture, asked.layer.kind, asked.step, subject.values, asked.place)
    return None if work is None else Arithmetic(work, *standardised_terms(work))


def _dropping(asked: ExplainedNumber) -> Arithmetic:
    subject = asked.subject
    work = dropped(
        asked.layer, asked.step, asked.x, asked.index, replace(subject.draw, step=subject.step), subject.steps
    )
    return Arithmetic(work, np.array([work.x]))


def _arithmetic(asked: ExplainedNumber) -> Arithmetic | None:
    subject, shape = asked.subject, tuple(asked.value.shape)
    work = combined(subject.architecture, BINARY[asked.layer.kind], asked.step, subject.values, asked.index, shape)
    return None if work is None else Arithmetic(work, combined_terms(work))


def _by_condition(asked: ExplainedNumber) -> Arithmetic | None:
    subject, shape = asked.subject, tuple(asked.value.shape)
    work = selected(subject.architecture, asked.layer.kind, asked.step, subject.values, asked.index, shape)
    return None if work is None else Arithmetic(work, np.array([work.parts[0 if work.condition else 1].value]))


def _pointwise(asked: ExplainedNumber) -> Arithmetic | None:
    if asked.source.shape != asked.value.shape or len(asked.step.sources) != 1:
        return None
    work = pointwise(asked.layer.kind, asked.step, asked.source, asked.place)
    if work is None:
        return None
    return Arithmetic(
        replace(work, curve=pointwise_curve(work, asked.step, asked.source)), *pointwise_terms(work, asked.step)
    )


def _summed(asked: ExplainedNumber) -> Arithmetic | None:
    subject = asked.subject
    work = weighted(subject.architecture, asked.layer.kind, asked.step, subject.values, asked.index)
    if work is None:
        return None
    if work.rule == "interpolate" and work.weights.tolist() == [1.0]:  # the nearest cell is taken as it is
        return _moved_from(asked, asked.step.source, int(work.cells.places[0]))
    return Arithmetic(work, work.terms)


def _multiplied(asked: ExplainedNumber) -> Arithmetic | None:
    subject = asked.subject
    work = multiplied_out(subject.architecture, asked.layer.kind, asked.step, subject.values, asked.place)
    return None if work is None else Arithmetic(work, work.terms)


def _rooted(asked: ExplainedNumber) -> Arithmetic | None:
    work = rooted(asked.subject.architecture, asked.layer.kind, asked.step, asked.subject.values, asked.place)
    return None if work is None else Arithmetic(work, np.array([work.value]))


def _divided(asked: ExplainedNumber) -> Arithmetic | None:
    work = divided(asked.subject.architecture, asked.layer.kind, asked.step, asked.subject.values, asked.place)
    return None if work is None else Arithmetic(work, np.array([work.x / work.divisor]))


def _gated_linear(asked: ExplainedNumber) -> Arithmetic | None:
    """`a · σ(b)`, the halves of the source (`torch.nn.functional.glu`)."""
    axis = int(asked.step.constant(1, "dim", -1)) % asked.source.ndim
    half, numbers = asked.value.shape[axis], torch.arange(asked.source.numel()).reshape(asked.source.shape)
    layer = asked.subject.architecture.layer(asked.step.source)
    parts = []
    for shift in (0, half):
        place = tuple(part + shift * (number == axis) for number, part in enumerate(asked.place))
        parts.append(ExplainedPart(cell_at(int(numbers[place]), layer), float(asked.source[place])))
    work = Combined("· σ", tuple(parts))
    return Arithmetic(work, combined_terms(work))


def _looked_up(asked: ExplainedNumber) -> Arithmetic | None:
    indices, weight = asked.step.operand(0, "input"), asked.step.tensor(1, "weight")
    if weight is None or not torch.is_tensor(indices) or indices.shape != asked.value.shape[:-1]:
        return None
    place = (int(indices[asked.place[:-1]]), asked.place[-1])
    work = FilledValue(float(weight[place]), f"{asked.layer.module or asked.layer.name}.weight[{place[0]}, {place[1]}]")
    return Arithmetic(work, np.array([work.value]))


def _many_headed(asked: ExplainedNumber) -> Arithmetic | None:
    work = many_headed(asked.step, asked.subject.values, asked.place)
    return None if work is None else Arithmetic(work, *many_headed_terms(work))


def _ranked(asked: ExplainedNumber) -> Arithmetic | None:
    subject = asked.subject
    work = ranked(subject.architecture, asked.layer.kind, asked.step, subject.values, asked.place)
    return None if work is None else Arithmetic(work, work.cells.values[work.winners][:1])


def _of_several(asked: ExplainedNumber) -> Arithmetic | None:
    subject, shape = asked.subject, tuple(asked.value.shape)
    found = of_several(subject.architecture, asked.layer.kind, asked.step, subject.values, asked.index, shape)
    return None if found is None else Arithmetic(*found)


def _spread(asked: ExplainedNumber) -> Arithmetic | None:
    architecture, kind, values = asked.subject.architecture, asked.layer.kind, asked.subject.values
    cells = mean_beside(architecture, asked.step, values, asked.place) if kind.endswith("_mean") else None
    if cells is not None:
        mean = Weighted("mean", cells, np.full(len(cells), 1 / len(cells)))
        return Arithmetic(mean, mean.terms)
    work = spread(architecture, kind, asked.step, values, asked.place)
    if work is None:
        return None
    size = float(np.abs(work.cells.values).max()) if work.root else float(np.square(work.cells.values).max())
    return Arithmetic(work, np.array([work.value]), size)  # what lies close together cancels


def _log_sum(asked: ExplainedNumber) -> Arithmetic:
    work = log_sum(asked.subject.architecture, asked.layer.kind, asked.step, asked.subject.values, asked.place)
    return Arithmetic(work, work.terms)


def _product(asked: ExplainedNumber) -> Arithmetic:
    work = product(asked.subject.architecture, asked.layer.kind, asked.step, asked.subject.values, asked.place)
    return Arithmetic(work, np.array([work.value]))


def _extreme(asked: ExplainedNumber) -> Arithmetic | None:
    subject = asked.subject
    work = extreme(subject.architecture, asked.layer.kind, asked.step, subject.values, asked.place)
    return None if work is None else Arithmetic(work, work.cells.values[work.winners][:1])


def _attending(asked: ExplainedNumber) -> Arithmetic | None:
    work = attended(asked.subject.architecture, asked.step, asked.subject.values, asked.place)
    return None if work is None else Arithmetic(work, *attended_terms(work))


def _recurrent(asked: ExplainedNumber) -> Arithmetic | None:
    work = gated(asked.step, asked.subject.values, asked.place)
    return None if work is None else Arithmetic(work, *gated_terms(work))


def _moved(asked: ExplainedNumber) -> Arithmetic | None:
    found = origin(asked.step, asked.subject.values, asked.index)
    if found is None:
        return None
    if isinstance(found, float):  # it came from none of the values
        return Arithmetic(FilledValue(found, learned=bool(asked.step.call.learned)), np.array([found]))
    return _moved_from(asked, *found)


def _moved_from(asked: ExplainedNumber, name: str, place: int) -> Arithmetic:
    layer = asked.subject.architecture.layer(name)
    x = float(asked.subject.values[name].reshape(-1)[place])
    return Arithmetic(MovedValue(cell_at(place, layer), layer.shape, asked.index, x), np.array([x]))


_Explains = Callable[[ExplainedNumber], Arithmetic | None]


def _table() -> dict[str, tuple[_Explains, ...]]:
    """Kind of operation -> what explains it, in the order in which it is tried."""
    table: dict[str, tuple[_Explains, ...]] = {}
    for function, kinds in (
        (_convolved, ("conv2d", "conv1d", "conv_transpose2d")),
        (_pooled, _POOLS),
        (_joined, ("linear",)),
        (_softmaxed, ("softmax", "log_softmax", "softmin")),
        (_by_running_statistics, ("batch_norm1d", "batch_norm2d", "batch_norm3d", "instance_norm")),
        (_by_its_group, NORMALISING),
        (_dropping, ("dropout", "dropout2d")),
        (_moved, MOVING),
        (_extreme, EXTREMES),
        (_ranked, RANKING),
        (_spread, SPREADING),
        (_log_sum, LOG_SUMS),
        (_product, MULTIPLYING),
        (_arithmetic, BINARY),
        (_by_condition, CHOOSING),
        (_summed, LINEAR),
        (_multiplied, PRODUCTS),
        (_rooted, ROOTED),
        (_divided, DIVIDED),
        (_gated_linear, ("glu",)),
        (_looked_up, ("embedding",)),
        (_many_headed, ("multihead_attention",)),
        (_attending, (ATTENDING,)),
        (_recurrent, RECURRENT),
        (_pointwise, POINTWISE),
        (_of_several, SEVERAL),
    ):
        for kind in kinds:
            table[kind] = (*table.get(kind, ()), function)
    return table


KNOWN = _table()
EXPLAINED = frozenset(KNOWN)
"""Kinds of operations that have arithmetic of their own."""


def _flattened(subject: InspectedModel, name: str) -> dict[str, Any]:
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
