"""Fully connected layers, softmax, log-softmax and the loss: what is computed from a whole vector."""

from __future__ import annotations

import numpy as np
import torch

from cnnviewer.core.inspection.arrays import doubles_of
from cnnviewer.core.inspection.explain.records import Dense, Doubles, Exponentials, Loss
from cnnviewer.core.inspection.traced_operation import TracedOperation


def dense(step: TracedOperation, source: torch.Tensor, place: int, outputs: int) -> Dense:
    """What output number `place` (counted over all of the layer's values) of a fully connected layer is made of."""
    weight, bias = step.tensor(1, "weight"), step.tensor(2, "bias")
    assert weight is not None
    row, output = divmod(place, outputs)
    inputs = source.reshape(-1, weight.shape[1])[row]
    return Dense(
        source=step.source,
        inputs=doubles_of(inputs),
        weights=doubles_of(weight[output]),
        bias=None if bias is None else float(bias[output]),
    )


def dense_terms(work: Dense) -> Doubles:
    """The products, and the bias at the end."""
    products = work.inputs * work.weights
    return products if work.bias is None else np.append(products, work.bias)


def exponentials(
    source: torch.Tensor,
    name: str,
    place: tuple[int, ...],
    dim: int,
    log: bool,
    classes: tuple[str, ...] = (),
    negated: bool = False,
) -> Exponentials:
    """The scores along `dim` of `source` through `place`, or minus these, and which of them is asked about."""
    dim %= source.ndim
    line = tuple(slice(None) if axis == dim else index for axis, index in enumerate(place))
    scores = -doubles_of(source[line]) if negated else doubles_of(source[line])
    return Exponentials(name, scores, place[dim], log, classes if len(classes) == len(scores) else (), negated)


def exponential_terms(work: Exponentials) -> Doubles:
    """The share; or the score, minus the largest one, minus the logarithm of the sum."""
    if work.log:
        return np.array([work.inputs[work.index], -work.shift, -np.log(work.total)])
    return np.array([work.exponentials[work.index] / work.total])


def loss_terms(work: Loss) -> Doubles:
    """What adds up to the loss."""
    scores = work.scores
    if work.name == "nll":
        return np.array([-scores.inputs[scores.index]])
    return np.array([-scores.inputs[scores.index], scores.shift, np.log(scores.total)])
