"""All questions that can be asked about a number and its layer, with the real numbers put in."""

from __future__ import annotations

from collections.abc import Iterator

from cnnviewer.core.inspection.costs import costs
from cnnviewer.core.inspection.explain.records import (
    Combined,
    Convolution,
    Dense,
    Dropped,
    Explanation,
    Exponentials,
    GivenValue,
    Loss,
    MovedValue,
    Normalised,
    Pointwise,
    Pooling,
)
from cnnviewer.core.inspection.records import Architecture, LayerInfo
from cnnviewer.core.teaching import counting, geometry, values
from cnnviewer.core.teaching.question import AnswerCheck, Question, bracketed, parse, shown

__all__ = ["AnswerCheck", "Question", "bracketed", "parse", "questions", "shown"]


def questions(explanation: Explanation, architecture: Architecture) -> tuple[Question, ...]:
    """What the user may predict about the number and its layer, the layer's size first.

    Questions whose answer does not follow from the plain formula (`ceil_mode`, say), or that are not finite or show
    nothing (a window of equal values), are left out.
    """
    found = (*_of_layer(explanation, architecture), *_of_value(explanation))
    return tuple(question for question in found if question is not None)


def _of_layer(explanation: Explanation, architecture: Architecture) -> Iterator[Question | None]:
    layers = {layer.name: layer for layer in architecture.layers}
    layer, work = explanation.layer, explanation.work
    sources = tuple(layers[name] for name in layer.inputs if name in layers)
    if layer.name not in layers or not sources:  # the input, and the loss behind the model
        return
    source: LayerInfo = sources[0]
    cost = costs(architecture).layers
    yield geometry.output_size(layer, source)
    yield counting.parameters(layer, source)
    if isinstance(work, Pooling) and explanation.cell.row is not None:
        yield geometry.adaptive_window(layer, source, work, explanation.cell.row)
    yield counting.multiply_adds(layer, source, cost[layer.name].multiply_adds)
    yield geometry.receptive_field(layer, cost[source.name], cost[layer.name])
    if isinstance(work, Pooling) or (isinstance(work, Convolution) and work.way == "plain"):
        yield geometry.readers(layer, source, work)
    yield counting.channels(layer, sources)


def _of_value(explanation: Explanation) -> Iterator[Question | None]:
    match explanation.work:
        case Pooling() as work:
            yield from values.pooling(work)
        case Convolution() | Dense() as work:
            yield values.total(work)
        case Pointwise() as work:
            yield values.pointwise(work)
        case Dropped() as work:
            yield from values.dropout(work)
        case Normalised() as work:
            yield values.batch_norm(work)
        case Exponentials() as work:
            yield values.share(work)
        case Loss() as work:
            yield values.loss(work)
        case Combined() as work:
            yield values.combined(work)
        case MovedValue() as work:
            yield from geometry.flattening(explanation.layer, work, work.index)
        case GivenValue() as work:
            yield values.normalised_pixel(work)
        case _:
            return
