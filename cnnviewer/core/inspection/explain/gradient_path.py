"""One way of the gradient from the loss back to a weight, a channel of a layer at a time. Free of torch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from cnnviewer.core.inspection.explain.backward_records import WeightCell, weight_fields
from cnnviewer.core.inspection.receptive import channels_fed
from cnnviewer.core.inspection.records import FloatArray, LayerInfo

Gradients = Mapping[str, FloatArray]
Moved = Mapping[str, Mapping[str, tuple[tuple[int, ...], ...]]]


@dataclass(frozen=True)
class PathStep:
    """A channel through which the gradient comes.

    Attributes:
        layer: with the channel.
        channel: of a layer of shape `(N,)` the feature.
        others: names of the layers, besides the one that the path comes from, that read the layer, too: the gradient
            is the sum of what comes back from all of them.

    """

    layer: LayerInfo
    channel: int
    others: tuple[str, ...] = ()


def gradient_path(
    layers: Sequence[LayerInfo], gradients: Gradients, weight: WeightCell | None, moved: Moved | None = None
) -> tuple[PathStep, ...]:
    """The steps from the last layer that has a gradient back to the weight's own; without a weight, to the first.

    The path is followed forward from the channel that the weight leads to. Each layer is read by the next, and so is
    its channel; of several that read it, the one with the largest gradient is taken.

    Args:
        layers: of the model, in the order of the data's way.
        gradients: layer name -> gradient of the loss there, of the layer's shape.
        weight: where the path ends.
        moved: where layers that only move values put their channels, as in `Backward`.
    """
    known = [layer for layer in layers if layer.name in gradients]
    start = next((layer for layer in known if weight is None or layer.name == weight.layer), None)
    if start is None:
        return ()
    named = {layer.name: layer for layer in layers}
    leading = _leading(layers, known[-1].name)
    layer, channel = start, _channel_of(start, weight, gradients)
    path = []
    while True:
        users = [user for user in layers if layer.name in user.inputs and user.name in leading]
        found = None
        for user in users if layer is not known[-1] else ():
            sizes = _sizes(user, gradients)
            for position, name in enumerate(user.inputs):
                if name != layer.name:
                    continue
                known_places = (moved or {}).get(user.name, {}).get(name)
                fed = channels_fed(user, layer, position, channel, named) if not known_places else known_places[channel]
                if len(fed):
                    best = fed[int(sizes[list(fed)].argmax())]
                    if found is None or sizes[best] > found[0]:
                        found = float(sizes[best]), user, best
        others = tuple(user.name for user in users if found is not None and user is not found[1])
        path.append(PathStep(layer, channel, others))
        if found is None:
            return tuple(reversed(path))
        _, layer, channel = found


def _leading(layers: Sequence[LayerInfo], last: str) -> set[str]:
    """The layers whose values lead to the last one, and itself."""
    leading = {last}
    for layer in reversed(layers):  # users come after their sources
        if layer.name in leading:
            leading.update(layer.inputs)
    return leading


def _sizes(layer: LayerInfo, gradients: Gradients) -> FloatArray:
    """`(C,)` the largest gradient of each channel; zeros where none is known."""
    gradient = gradients.get(layer.name)
    if gradient is None or not gradient.size:
        return np.zeros(layer.shape[0], np.float32)
    sizes: FloatArray = np.nan_to_num(np.abs(gradient.reshape(layer.shape[0], -1)).max(axis=1))
    return sizes


def _channel_of(layer: LayerInfo, weight: WeightCell | None, gradients: Gradients) -> int:
    """The channel that the weight leads to; of several the one with the largest gradient."""
    if weight is not None and (len(layer.shape) == 1 or not _by_rows(layer.kind)):
        names = weight_fields(layer.kind, len(layer.weight_shape))
        if dict(zip(names, layer.weight_shape, strict=False)).get("output") == layer.shape[0] > weight.output:
            return weight.output
    return int(_sizes(layer, gradients).argmax())


def _by_rows(kind: str) -> bool:
    """Whether its outputs stand in the rows or columns of what is shown, where that has several dimensions."""
    return "1d" in kind or kind in ("linear", "embedding", "bilinear")
