"""Explains one number: finds its operands, computes it again in float64 and says it in three ways."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import torch

from cnnviewer.core.errors import UserError
from cnnviewer.core.inspection.arrays import coarseness
from cnnviewer.core.inspection.channels import channel_axis
from cnnviewer.core.inspection.explain.asked import Arithmetic, ExplainedNumber, InspectedModel
from cnnviewer.core.inspection.explain.formula import formula
from cnnviewer.core.inspection.explain.places import index_of
from cnnviewer.core.inspection.explain.records import (
    Explanation,
    GivenValue,
    Loss,
    MovedValue,
    MutedValue,
    Opaque,
    Pointwise,
)
from cnnviewer.core.inspection.explain.snippet import snippet
from cnnviewer.core.inspection.explain.table import KNOWN
from cnnviewer.core.inspection.explain.vectors import (
    exponential_terms,
    exponentials,
    loss_terms,
)
from cnnviewer.core.inspection.records import Cell, LayerInfo
from cnnviewer.core.inspection.traced_operation import TracedOperation
from cnnviewer.core.models.mutes import Mute

LOSS = "loss"
"""Name of the layer that a cell asking for the loss has."""


def explain(subject: InspectedModel, cell: Cell) -> Explanation:
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
        if (coarser := coarseness(subject.values[layer.name])) > 1:
            size = max(float(np.abs(worked.terms).sum()), worked.rounded)
            worked = worked._replace(rounded=coarser * size)
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


_POINTS, _EXPONENT = 97, 8.0  # of the curve exp(x): points, and how far it goes to the left


def _layer(subject: InspectedModel, name: str) -> LayerInfo:
    try:
        return subject.architecture.layer(name)
    except KeyError:
        raise subject.architecture.no_layer(name) from None


def _work(subject: InspectedModel, layer: LayerInfo, index: int) -> Arithmetic:
    if layer.kind == "input":
        return _given(subject, layer, index)
    if layer.name not in subject.steps:  # the probabilities, which the program computes behind the model
        return _probability(subject, layer, index)
    step = subject.steps[layer.name]
    value = subject.values[layer.name]
    mute = _mute_at(subject, layer, index)
    if mute is not None:
        return _muted(subject, step, index, mute)
    source = subject.values.get(step.source)
    if layer.kind == "embedding":  # it reads indices, which are no layer's value
        source = value
    if source is not None and not bool(torch.isnan(value.reshape(-1)[index])):
        place = tuple(int(part) for part in np.unravel_index(index, tuple(value.shape)))
        for known in KNOWN.get(layer.kind, ()):
            worked = known(ExplainedNumber(subject, layer, step, source, value, place, index))
            if worked is not None:
                return worked
    return _opaque(subject, layer, step, index)


def _mute_at(subject: InspectedModel, layer: LayerInfo, index: int) -> Mute | None:
    """The mute of the channel that the number is in."""
    mutes = [mute for mute in subject.mutes if mute.layer == layer.name]
    if not mutes:
        return None
    channel = np.unravel_index(index, layer.shape)[channel_axis(layer, subject.architecture)]
    return next((mute for mute in mutes if mute.channel == channel), None)


def _muted(subject: InspectedModel, step: TracedOperation, index: int, mute: Mute) -> Arithmetic:
    try:
        unmuted = float(step.again(subject.values).reshape(-1)[index])
    except Exception:  # untrusted code
        unmuted = None
    return Arithmetic(MutedValue(mute.how, mute.replaced_by, unmuted), np.array([mute.replaced_by]))


def _given(subject: InspectedModel, layer: LayerInfo, index: int) -> Arithmetic:
    channel = index // int(np.prod(layer.shape[1:]))
    pixel = float(subject.image.reshape(-1)[index])
    mean, std = subject.recipe.mean[channel], subject.recipe.std[channel]
    return Arithmetic(GivenValue(pixel, mean, std), np.array([pixel / std, -mean / std]))


def _probability(subject: InspectedModel, layer: LayerInfo, index: int) -> Arithmetic:
    source = subject.values[subject.output]
    kind = subject.architecture.layer(subject.output).kind
    x = float(source.reshape(-1)[index])
    if kind == "log_softmax":
        low = min(-1.0, float(torch.nan_to_num(source, neginf=-1.0).clamp(min=-_EXPONENT).min()))
        low = min(low, 1.05 * x) if np.isfinite(x) else low
        points = np.linspace(low, 0.2, _POINTS)
        curve = np.stack([points, np.exp(points)])
        return Arithmetic(Pointwise("exp", subject.output, x, "exp(x)", curve=curve), np.array([np.exp(x)]))
    if kind == "softmax":
        return Arithmetic(MovedValue(Cell(subject.output, index), layer.shape, index, x), np.array([x]))
    work = exponentials(source, subject.output, (0, index), 1, False, subject.recipe.classes)
    return Arithmetic(work, exponential_terms(work))


def _loss(subject: InspectedModel) -> tuple[LayerInfo, float, Arithmetic]:
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
    return layer, float(function(scores, label)), Arithmetic(work, loss_terms(work))


def _opaque(subject: InspectedModel, layer: LayerInfo, step: TracedOperation, index: int) -> Arithmetic:
    try:
        again, twice = (float(step.again(subject.values).reshape(-1)[index]) for _ in range(2))
        if again != twice:  # it draws random numbers
            again = float(subject.values[layer.name].reshape(-1)[index])
    except Exception:  # untrusted code: what it computed is all there is to say
        again = float(subject.values[layer.name].reshape(-1)[index])
    sizes = [subject.values[name].detach().abs().max() for name in step.sources]
    return Arithmetic(Opaque(layer.kind), np.array([again]), max((float(size) for size in sizes), default=0.0))
