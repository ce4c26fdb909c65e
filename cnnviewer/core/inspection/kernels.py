"""The learned weights of a layer as arrays. Free of torch's import: what comes in is read with `numpy()`."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from cnnviewer.core.inspection.records import Architecture, FloatArray, Kernels, LayerInfo, WeightFacts

if TYPE_CHECKING:
    import torch

_MANY = 1_000_000  # weights
_WITH_KERNELS = ("conv2d", "linear")


def kernel_layers(architecture: Architecture) -> tuple[str, ...]:
    """Names of the layers that have kernels to show: convolutions and fully connected ones, in order."""
    return tuple(layer.name for layer in architecture.layers if layer.module and layer.kind in _WITH_KERNELS)


def kernels(tensors: Mapping[str, torch.Tensor], layer: LayerInfo) -> Kernels | None:
    """The layer's weights and bias, which are those of the `state_dict` itself; None if it has none of that kind.

    A convolution's are `(out, in / groups, kh, kw)`, a fully connected layer's `(out, in, 1, 1)`.
    """
    if layer.module is None or layer.kind not in _WITH_KERNELS:
        return None
    weight = _array(tensors.get(f"{layer.module}.weight"))
    if weight is None or weight.ndim not in (2, 4):
        return None
    if weight.ndim == 2:
        weight = weight[:, :, None, None]
    facts = _facts(tensors[f"{layer.module}.weight"]) if weight.size > _MANY else None
    return Kernels(layer.name, weight, _array(tensors.get(f"{layer.module}.bias")), facts)


def _facts(tensor: torch.Tensor) -> WeightFacts:
    """In the tensor's own library, whose sums use every core and need no copy."""
    values = tensor.detach()
    broken = 0
    if not bool(values.sum().isfinite()):
        values = values[values.isfinite()]
        broken = tensor.numel() - values.numel()
    if not values.numel():
        return WeightFacts(math.nan, math.nan, math.nan, math.nan, broken)
    return WeightFacts(
        float(values.min()), float(values.max()), float(values.mean()), float(values.std(correction=0)), broken
    )


def _array(tensor: torch.Tensor | None) -> FloatArray | None:
    if tensor is None:
        return None
    array = np.ascontiguousarray(tensor.detach().cpu().numpy(), dtype=np.float32).view()
    array.flags.writeable = False
    return array
