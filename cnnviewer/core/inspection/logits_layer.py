"""Which layer's values are the logits, and whether the model makes probabilities of them itself. Free of torch."""

from __future__ import annotations

import math
from typing import Final, Literal

from cnnviewer.core.inspection.naming import INPUT
from cnnviewer.core.inspection.records import Architecture, LayerInfo

Ending = Literal["", "softmax", "log_softmax"]
"""What a model's output is: logits, probabilities or their logarithms."""

_SOFTMAX: Final = ("softmax", "log_softmax")
# behind a softmax they change no value: no order, no number
_KEEPING: Final = frozenset({"flatten", "reshape", "squeeze", "unsqueeze", "identity", "dropout", "dropout2d"})
_MOVING: Final = _KEEPING | {"getitem", "expand", "expand_as"}  # a single number, as these do
_LARGEST: Final = ("max", "amax")
_GUARDS: Final = frozenset({"clamp", "clamp_min"})  # the logarithm behind them from 0


def logits_layer(architecture: Architecture, output: str = "") -> LayerInfo:
    """The layer whose values are the logits: what a softmax at the end of the model reads; `output` is the model's."""
    return _behind(architecture, output)[0]


def ending_of(architecture: Architecture, output: str = "") -> Ending:
    """Whether the model ends with a softmax, or with its logarithm; `output` is the model's."""
    return _behind(architecture, output)[1]


def behind_logits(architecture: Architecture) -> frozenset[str]:
    """Names of the layers that only make probabilities of the logits."""
    logits = logits_layer(architecture).name
    reached = {logits}
    for layer in architecture.layers[:-1]:
        if not reached.isdisjoint(layer.inputs):
            reached.add(layer.name)
    return frozenset(reached - {logits})


def only_logit(architecture: Architecture, output: str = "") -> int | None:
    """The class whose logit is all that the layer of the logits holds, the other one's being 0; None: it holds each.

    Of a sigmoid `p = 1 / (1 + exp(-z))` and `1 - p` the two logits are `z` and 0.
    """
    return _behind(architecture, output)[2]


def gives_one_number(architecture: Architecture, output: str = "") -> bool:
    """Whether the model gives one number for its two classes: the log-odds of one against the other."""
    return only_logit(architecture, output) is not None or one_is_constant(architecture, output)


def one_is_constant(architecture: Architecture, output: str = "") -> bool:
    """Whether of two logits one is a number that no image changes, as the 0 beside a model's only output."""
    layer = logits_layer(architecture, output)
    return layer.kind == "cat" and math.prod(layer.shape) == 2 and _sizes(architecture, layer) == [1]


def _sizes(architecture: Architecture, layer: LayerInfo) -> list[int]:
    return [math.prod(architecture.layer(name).shape) for name in layer.inputs]


def logit_place(architecture: Architecture, label: int) -> tuple[str, int]:
    """Layer and channel of a class's logit; of the one number where a model gives one for two classes."""
    layer = logits_layer(architecture)
    if one_is_constant(architecture):
        return _moved(architecture, architecture.layer(layer.inputs[0])).name, 0
    return layer.name, 0 if only_logit(architecture) is not None else label


def _behind(architecture: Architecture, output: str) -> tuple[LayerInfo, Ending, int | None]:
    """The layer of the logits, what the model makes of them, and of which class it is where it is one alone."""
    last = layer = architecture.layer(output or architecture.layers[-1].inputs[0])
    logarithms = 0
    while (found := _probabilities_of(architecture, layer)) is None:
        source = _source(architecture, layer)
        logarithms += layer.kind == "log"
        guards = logarithms and layer.kind in _GUARDS
        if source is None or not (layer.kind in _KEEPING or layer.kind == "log" or guards):
            return last, "", None
        layer = source
    logits, is_logarithm, alone = found
    logarithms += is_logarithm
    if logarithms > 1:
        return last, "", None
    while alone is None and (deeper := _probabilities_of(architecture, logits)) is not None:
        logits, _, alone = deeper
    return logits, "log_softmax" if logarithms else "softmax", alone


def _probabilities_of(architecture: Architecture, layer: LayerInfo) -> tuple[LayerInfo, bool, int | None] | None:
    """Of what logits `layer` is the softmax or, as the second says, its logarithm; None where it is neither.

    As PyTorch's operation, or written by hand: `exp(z) / exp(z).sum()`, a maximum of `z` subtracted or not;
    `z - z.logsumexp()`; and the probabilities `1 - p` and `p` of a sigmoid, whose logit belongs to the class told last.
    """
    if layer.kind in _SOFTMAX:
        source = _source(architecture, layer)
        return (source, layer.kind == "log_softmax", None) if source is not None else None
    inputs = [architecture.layer(name) for name in layer.inputs if name != INPUT]
    if len(inputs) != 2:
        return None
    one, other = inputs
    total = _moved(architecture, other)
    if layer.kind == "div" and one.kind == "exp" and math.prod(total.shape) == 1:
        powers = architecture.layer(total.inputs[0]) if total.kind == "sum" else None
        if powers is not None and powers.kind == "exp" and powers.inputs == one.inputs:
            return _unshifted(architecture, architecture.layer(one.inputs[0])), False, None
    if (
        layer.kind == "sub"
        and total.kind == "logsumexp"
        and total.inputs == (one.name,)
        and math.prod(total.shape) == 1
    ):
        return one, True, None
    if layer.kind == "cat" and math.prod(layer.shape) == 2:
        for label, (probability, rest) in enumerate(((one, other), (other, one))):
            logit = _moved(architecture, probability)
            if rest.kind == "sub" and rest.inputs == (probability.name,) and logit.kind == "sigmoid":
                source = _source(architecture, logit)
                return (source, False, label) if source is not None else None
    return None


def _unshifted(architecture: Architecture, layer: LayerInfo) -> LayerInfo:
    """The logits of which `layer` subtracts the largest, so that no exponential overflows; else `layer` itself."""
    if layer.kind != "sub" or len(layer.inputs) != 2 or INPUT in layer.inputs:
        return layer
    logits, largest = (architecture.layer(name) for name in layer.inputs)
    largest = _moved(architecture, largest)
    return logits if largest.kind in _LARGEST and largest.inputs == (logits.name,) else layer


def _moved(architecture: Architecture, layer: LayerInfo) -> LayerInfo:
    """What `layer` only moves: `s` of `s[:, None]`."""
    while layer.kind in _MOVING and (source := _source(architecture, layer)) is not None:
        layer = source
    return layer


def _source(architecture: Architecture, layer: LayerInfo) -> LayerInfo | None:
    """What the layer reads, where that is one other layer with as many values."""
    if len(layer.inputs) != 1 or layer.inputs[0] == INPUT:
        return None
    source = architecture.layer(layer.inputs[0])
    return source if math.prod(source.shape) == math.prod(layer.shape) else None
