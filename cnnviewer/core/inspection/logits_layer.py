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
_GUARDS: Final = frozenset({"clamp", "clamp_min"})  # the logarithm behind them from 0


def logits_layer(architecture: Architecture, output: str = "") -> LayerInfo:
    """The layer whose values are the logits: what a softmax at the end of the model reads; `output` is the model's."""
    return _behind(architecture, output)[0]


def ending_of(architecture: Architecture, output: str = "") -> Ending:
    """Whether the model ends with a softmax, or with its logarithm; `output` is the model's."""
    return _behind(architecture, output)[1]


def behind_logits(architecture: Architecture) -> frozenset[str]:
    """Names of the layers that only make probabilities of the logits."""
    names, layer = [], architecture.layer(architecture.layers[-1].inputs[0])
    logits = logits_layer(architecture).name
    while layer.name != logits:
        names.append(layer.name)
        layer = architecture.layer(layer.inputs[0])
    return frozenset(names)


def _behind(architecture: Architecture, output: str) -> tuple[LayerInfo, Ending]:
    """The layer of the logits, and what the model makes of them."""
    last = layer = architecture.layer(output or architecture.layers[-1].inputs[0])
    logarithms = 0
    while layer.kind not in _SOFTMAX:
        source = _source(architecture, layer)
        logarithms += layer.kind == "log"
        guards = logarithms and layer.kind in _GUARDS
        if source is None or not (layer.kind in _KEEPING or layer.kind == "log" or guards):
            return last, ""
        layer = source
    logarithms += layer.kind == "log_softmax"
    if logarithms > 1:
        return last, ""
    while layer.kind in _SOFTMAX and (source := _source(architecture, layer)) is not None:
        layer = source
    return layer, "log_softmax" if logarithms else "softmax"


def _source(architecture: Architecture, layer: LayerInfo) -> LayerInfo | None:
    """What the layer reads, where that is one other layer with as many values."""
    if len(layer.inputs) != 1 or layer.inputs[0] == INPUT:
        return None
    source = architecture.layer(layer.inputs[0])
    return source if math.prod(source.shape) == math.prod(layer.shape) else None
