"""What shows best how a model learns: kernels of a convolution, maps of the first and the last ReLU."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from cnnviewer.core.inspection.kernels import kernels
from cnnviewer.core.inspection.learned_records import LearnedTiles
from cnnviewer.core.inspection.records import Architecture, Inspection, LayerInfo
from cnnviewer.core.palettes import PaletteName, Range, value_range

if TYPE_CHECKING:
    import torch

_RECTIFIERS = ("relu", "relu6", "leaky_relu", "prelu", "elu", "gelu", "silu", "hardswish", "mish", "sigmoid", "tanh")
_MOST = 128  # tiles: more have no room anywhere
_SIDE = 64  # values across; a larger map is taken from its digest


def convolutions(architecture: Architecture) -> tuple[str, ...]:
    """Names of the convolutions with kernels of more than one value, in order; all of them where none has more."""
    found = [layer for layer in architecture.layers if layer.kind == "conv2d" and layer.module]
    large = [layer for layer in found if layer.window is not None and max(layer.window.kernel) > 1]
    return tuple(layer.name for layer in large or found)


def telling_layers(architecture: Architecture) -> tuple[str, ...]:
    """The first and the last layer of feature maps behind a ReLU, else behind a convolution."""
    maps = [layer for layer in architecture.layers if len(layer.shape) == 3 and max(layer.shape[1:]) > 1]
    rectified = [layer.name for layer in maps if layer.kind in _RECTIFIERS]
    found = rectified or [layer.name for layer in maps if layer.kind == "conv2d"]
    return tuple(dict.fromkeys((*found[:1], *found[-1:])))


def kernel_tiles(tensors: Mapping[str, torch.Tensor], layer: LayerInfo) -> LearnedTiles | None:
    """The kernels of a convolution; None where these weights have none for it."""
    found = kernels(tensors, layer) if layer.kind == "conv2d" else None
    if found is None or (layer.weight_shape and found.weight.shape != layer.weight_shape):
        return None
    weight = found.weight
    if found.facts is not None:
        bound = max(abs(found.facts.low), abs(found.facts.high)) or 1.0
        bounds = Range(-bound, bound) if np.isfinite(bound) else Range(-1.0, 1.0)
    else:
        bounds = value_range(weight, "kernel")
    first = weight[:_MOST, 0]
    return LearnedTiles("kernels", layer.name, first, len(weight), weight.shape[1], "kernel", bounds)


def map_tiles(inspection: Inspection, layer: LayerInfo) -> LearnedTiles | None:
    """The feature maps of a layer; None without an image, or where the values are another model's."""
    values = inspection.activations.get(layer.name) if inspection.image is not None else None
    if values is None or values.shape != layer.shape:
        return None
    palette: PaletteName = "sequential" if layer.palette == "sequential" else "signed"
    digest = inspection.digests.get(layer.name)
    extremes = values if digest is None else np.concatenate([digest.lows, digest.highs])
    smaller = digest.level(_SIDE, _SIDE) if digest is not None else None
    shown = values if smaller is None else smaller
    return LearnedTiles("maps", layer.name, shown[:_MOST], layer.shape[0], 1, palette, value_range(extremes, palette))
