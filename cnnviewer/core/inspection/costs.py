"""What every layer of a model costs, and how far it sees: multiply-adds, memory, receptive field. Free of torch.

Receptive fields follow the layers forwards: with j the distance of neighbouring outputs in pixels (the "jump"),

    r_out = r_in + (k - 1) * d * j_in,    j_out = j_in * s

for a window of kernel k, dilation d and stride s (Dumoulin and Visin, "A guide to convolution arithmetic for deep
learning", 2016, with the receptive field arithmetic of Araujo, Norris and Sim, "Computing Receptive Fields of
Convolutional Neural Networks", 2019). They are those of the layers, whatever the image: near its border, or where the
image is smaller, a part of the field lies in the padding.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType
from typing import Final

from cnnviewer.core.inspection.records import Architecture, LayerInfo, Reach

BYTES: Final = 4  # of a float32

_SAME_PLACE: Final = frozenset(
    {
        *("relu", "relu6", "leaky_relu", "prelu", "elu", "selu", "celu", "gelu", "silu", "mish", "sigmoid", "tanh"),
        *("hardtanh", "hardswish", "hardsigmoid", "softplus", "dropout", "dropout2d", "alpha_dropout", "identity"),
        *("batch_norm1d", "batch_norm2d", "add", "sub", "mul", "div", "pow", "square", "abs", "exp", "neg", "sqrt"),
        *("clamp", "cat", "flatten", "reshape", "squeeze", "unsqueeze", "maximum", "minimum", "where", "masked_fill"),
    }
)
_MULTIPLYING: Final = frozenset(
    {"matmul", "mm", "bmm", "baddbmm", "addmm", "einsum", "scaled_dot_product_attention", "bilinear"}
)
_SCALING: Final = frozenset({"layer_norm", "group_norm", "instance_norm", "rms_norm", "embedding"})


@dataclass(frozen=True)
class LayerCost:
    """What one layer costs for one image.

    Attributes:
        name: of the layer.
        multiply_adds: multiplications, each with its addition, of a convolution, a fully connected layer or a product
            of layers; the bias's addition is not counted, nor are the comparisons and additions of pooling,
            activations and normalisation, which are 0 here. None where the operation multiplies and it is not known
            how often.
        memory: bytes of its values in float32.
        parameters: how many numbers are learned here.
        receptive: height and width of the part of the input, in pixels, that one value depends on.
        jump: pixels from the field of one value to that of its neighbour, `(vertical, horizontal)`; 0 where all
            values see the same.

    """

    name: str
    multiply_adds: int | None
    memory: int
    parameters: int
    receptive: tuple[int, int]
    jump: tuple[Fraction, Fraction]


@dataclass(frozen=True)
class Costs:
    """A model's layers with their costs, in order, and the totals.

    Attributes:
        layers: name of the layer -> its cost.
        unknown: names of layers whose multiply-adds are not known; the total is then the least it can be.

    """

    layers: Mapping[str, LayerCost]
    unknown: tuple[str, ...] = ()

    @property
    def multiply_adds(self) -> int:
        """Of all layers for one image."""
        return sum(cost.multiply_adds or 0 for cost in self.layers.values())

    @property
    def memory(self) -> int:
        """Bytes of all values for one image, the input's included: what looking inside and training keep."""
        return sum(cost.memory for cost in self.layers.values())

    @property
    def parameters(self) -> int:
        """How many numbers the model learns."""
        return sum(cost.parameters for cost in self.layers.values())

    @property
    def parameter_bytes(self) -> int:
        """The parameters' size in float32."""
        return BYTES * self.parameters


@dataclass(frozen=True)
class _Axis:
    """One axis of a layer's grid: `cells` along it, each seeing `size` pixels, `jump` pixels apart."""

    cells: int
    size: Fraction = Fraction(1)
    jump: Fraction = Fraction(1)

    @property
    def all(self) -> Fraction:
        """Pixels that the cells see together."""
        return self.size + (self.cells - 1) * self.jump


_Grid = tuple[_Axis, _Axis]


def costs(architecture: Architecture) -> Costs:
    """Every layer's cost; exact integers."""
    layers = {layer.name: layer for layer in architecture.layers}
    grids: dict[str, _Grid] = {}
    found: dict[str, LayerCost] = {}
    for layer in architecture.layers:
        sources = [layers[name] for name in layer.inputs]
        grid = grids[layer.name] = _grid(layer, sources, [grids[name] for name in layer.inputs])
        found[layer.name] = LayerCost(
            layer.name,
            _multiply_adds(layer, sources),
            BYTES * math.prod(layer.shape),
            layer.parameters,
            (math.ceil(grid[0].size), math.ceil(grid[1].size)),
            (grid[0].jump, grid[1].jump),
        )
    unknown = tuple(name for name, cost in found.items() if cost.multiply_adds is None)
    return Costs(MappingProxyType(found), unknown)


def _multiply_adds(layer: LayerInfo, sources: list[LayerInfo]) -> int | None:
    """A convolution uses each weight once for every place of its output; a fully connected layer once."""
    if layer.kind == "conv2d" and layer.window is not None and sources:
        channels, _, _ = sources[0].shape
        return math.prod(layer.shape) * channels // layer.window.groups * math.prod(layer.window.kernel)
    if layer.kind == "linear" and sources:
        return math.prod(layer.shape) * sources[0].shape[-1]
    weights = layer.weight_shape
    if layer.kind in ("conv1d", "conv3d") and sources and len(weights) > 2:
        return math.prod(layer.shape) * math.prod(weights[1:])
    if layer.kind.startswith("conv_transpose") and sources and len(weights) > 2:  # each input with its whole kernel
        return math.prod(sources[0].shape) * math.prod(weights[1:])
    if layer.kind in ("matmul", "bmm", "mm") and len(sources) == 2:
        return math.prod(layer.shape) * sources[0].shape[-1]
    if layer.kind == "scaled_dot_product_attention" and len(sources) == 3 and len(layer.shape) == 3:
        query, keys = sources[0].shape, sources[1].shape[-2]
        return keys * (math.prod(query) + math.prod(layer.shape))
    if layer.kind in _MULTIPLYING or (layer.parameters and layer.kind not in _SCALING | _SAME_PLACE):
        return None
    return 0


def _grid(layer: LayerInfo, sources: list[LayerInfo], before: list[_Grid]) -> _Grid:
    if not sources:
        height, width = layer.shape[1:] if len(layer.shape) == 3 else (1, 1)
        return _Axis(height), _Axis(width)
    rows, cols = (_merged([grid[axis] for grid in before]) for axis in (0, 1))
    maps = len(layer.shape) == 3 and len(sources[0].shape) == 3
    if layer.window is not None and maps:
        return _through_window(layer, rows, 0), _through_window(layer, cols, 1)
    if layer.kind.startswith("adaptive_") and maps:
        return _through_adaptive(rows, layer.shape[1]), _through_adaptive(cols, layer.shape[2])
    reach = layer.reach[0] if len(layer.reach) == 1 else None
    if reach is not None and maps:
        return _through_reach(layer, reach, rows, 1), _through_reach(layer, reach, cols, 2)
    if layer.kind in _SAME_PLACE:
        return rows, cols
    # a fully connected layer, softmax, or what is not known: every value depends on all of them
    height, width = layer.shape[1:] if len(layer.shape) == 3 else (1, 1)
    return _Axis(height, rows.all, Fraction(0)), _Axis(width, cols.all, Fraction(0))


def _merged(axes: list[_Axis]) -> _Axis:
    """Of an operation on several layers (a shortcut, say): what its widest source sees."""
    return _Axis(max(a.cells for a in axes), max(a.size for a in axes), max(a.jump for a in axes))


def _through_window(layer: LayerInfo, axis: _Axis, way: int) -> _Axis:
    window = layer.window
    assert window is not None
    return _Axis(
        layer.shape[1 + way],
        axis.size + (window.kernel[way] - 1) * window.dilation[way] * axis.jump,
        axis.jump * window.stride[way],
    )


def _through_reach(layer: LayerInfo, reach: Reach, axis: _Axis, way: int) -> _Axis:
    """The largest of the ranges that the cells read counts; all of them see the same where all is read."""
    span = reach[way]
    if span is None or span.axis != way:
        return _Axis(layer.shape[way], axis.all, Fraction(0))
    longest = max((end - first for first, end in zip(span.first, span.end, strict=True)), default=1)
    return _Axis(layer.shape[way], axis.size + (max(longest, 1) - 1) * axis.jump, axis.jump * span.step)


def _through_adaptive(axis: _Axis, cells: int) -> _Axis:
    """Cell i averages floor(i*n/m) ... ceil((i+1)*n/m), as PyTorch has it: the largest of these windows counts."""
    largest = max(-(-(i + 1) * axis.cells // cells) - i * axis.cells // cells for i in range(cells))
    return _Axis(cells, axis.size + (largest - 1) * axis.jump, axis.jump * Fraction(axis.cells, cells))
