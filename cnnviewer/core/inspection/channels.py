"""Which axis of a layer's value is its channels, and which layers have any that can be muted. Free of torch."""

from __future__ import annotations

from cnnviewer.core.errors import UserError
from cnnviewer.core.inspection.logits_layer import behind_logits
from cnnviewer.core.inspection.naming import INPUT, PROBABILITIES
from cnnviewer.core.inspection.records import Architecture, LayerInfo

_LAST = frozenset({"linear", "layer_norm", "rms_norm", "embedding", "multihead_attention", "bilinear"})
"""These work along the last axis: of tokens `(N, T, D)`, and of maps that are kept as `(N, H, W, C)`."""
_SECOND = ("conv", "batch_norm", "max_pool", "avg_pool", "adaptive_", "lp_pool", "group_norm", "instance_norm", "prelu")
"""And these along the second, of `(N, C, H, W)` and `(N, C, L)`: what their names begin with."""
_MOVES = frozenset({"permute", "transpose", "swapaxes", "swapdims", "movedim", "moveaxis", "t", "mt"})
_NO_OPERATION = frozenset({"update", "unseen", "output"})


def channel_axis(layer: LayerInfo, architecture: Architecture) -> int:
    """The axis of its channels, counted from the end: -1 for `(N,)`, -3 for maps `(C, H, W)`, -1 for tokens.

    Raises:
        UserError: the layer has no channels that mean something, or they cannot be muted.
    """
    if layer.name == INPUT:
        raise UserError("The channels of the input are the image itself: mute a channel of a layer behind it.")
    if layer.name == PROBABILITIES or layer.kind in _NO_OPERATION:
        raise UserError("{layer} is no operation of the model: its values cannot be muted.", layer=layer.name)
    softmax = layer.kind in ("softmax", "log_softmax") and len(layer.shape) == 1
    if softmax or layer.name in behind_logits(architecture):
        raise UserError(
            "The values of {layer} are the classes' probabilities: mute a layer before it.", layer=layer.name
        )
    if len(layer.shape) == 1:
        return -1
    if layer.rank is None:
        raise _no_channels(layer)
    maps = layer.rank == 4 and len(layer.shape) == 3
    way = _way(layer, architecture)
    if way == "moved":
        raise _no_channels(layer)
    if way == "last":
        return -1
    if way == "second":
        return -3 if maps else -2
    if not maps and layer.kind in ("reshape", "flatten"):
        raise _no_channels(layer)
    return -3 if maps else -1


def channel_count(layer: LayerInfo, architecture: Architecture) -> int:
    """How many channels the layer has.

    Raises:
        UserError: as of `channel_axis`.
    """
    return layer.shape[channel_axis(layer, architecture)]


def can_be_muted(layer: LayerInfo, architecture: Architecture) -> bool:
    """Whether the layer has channels that can be muted."""
    try:
        channel_axis(layer, architecture)
    except UserError:
        return False
    return True


def _way(layer: LayerInfo, architecture: Architecture) -> str:
    """`last` or `second`, as the nearest operation before it says that works along channels; `moved`, or nothing."""
    infos = {each.name: each for each in architecture.layers}
    left, seen = [layer], {layer.name}
    while left:
        one = left.pop(0)
        if one.kind in _LAST:
            return "last"
        if one.kind.startswith(_SECOND):
            return "second"
        if one.kind in _MOVES:
            return "moved" if one is layer else ""
        for name in one.inputs:
            before = infos[name]
            if name not in seen and before.shape == layer.shape and before.rank == layer.rank:
                seen.add(name)
                left.append(before)
    return ""


def _no_channels(layer: LayerInfo) -> UserError:
    return UserError(
        "The values of {layer} are not kept by channels: mute a channel of a layer before or behind it.",
        layer=layer.name,
    )
