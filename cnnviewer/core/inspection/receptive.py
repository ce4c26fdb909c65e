"""The receptive field of any place in the network: which part of every earlier layer its value depends on.

Windows are followed backwards: an output row r of a window with stride s, padding p, kernel k and dilation d reads
the input rows r*s - p ... r*s - p + (k - 1)*d (Dumoulin and Visin, "A guide to convolution arithmetic for deep
learning", 2016). Where an operation mixes everything, or is not known, the whole of its input is given: a region
may be too large, never too small.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from cnnviewer.core.inspection.records import Architecture, Cell, Highlight, LayerInfo, Reach, Region, Span

_ELEMENTWISE = frozenset(
    {
        *("relu", "relu6", "leaky_relu", "prelu", "elu", "selu", "celu", "gelu", "silu", "mish", "sigmoid", "tanh"),
        *("hardtanh", "hardswish", "hardsigmoid", "softplus", "dropout", "dropout2d", "alpha_dropout", "identity"),
        *(
            "batch_norm1d",
            "batch_norm2d",
            "add",
            "sub",
            "mul",
            "div",
            "pow",
            "square",
            "abs",
            "exp",
            "neg",
            "sqrt",
            "clamp",
        ),
        *("maximum", "minimum", "fmax", "fmin", "where", "masked_fill", "clamp_min", "clamp_max", "tanhshrink"),
        *("softshrink", "hardshrink", "threshold", "softsign", "logsigmoid", "log", "sign", "sin", "cos", "rsqrt"),
        *("reciprocal", "log1p", "expm1", "erf", "floor", "ceil", "round", "rrelu"),
        *("log2", "log10", "exp2", "trunc", "frac", "tan", "asin", "acos", "atan", "sinh", "cosh", "asinh", "acosh"),
        *("atanh", "sinc", "logit", "entr", "deg2rad", "rad2deg", "erfc", "erfinv", "lgamma", "digamma", "i0"),
        *("dropout1d", "dropout3d", "feature_alpha_dropout", "lerp", "addcmul", "addcdiv", "logaddexp", "logaddexp2"),
        *("rsub", "atan2", "hypot", "fmod", "remainder", "floor_divide", "copysign", "heaviside", "ldexp", "xlogy"),
        *("xlog1py", "positive", "nan_to_num"),
    }
)
_SPREAD = frozenset({"conv_transpose2d", "interpolate"})  # maps that are made larger, or smaller, by windows of a kind
_RESHAPING = frozenset({"flatten", "reshape", "unflatten", "squeeze", "unsqueeze"})


def highlight(architecture: Architecture, cell: Cell) -> Highlight:
    """The parts of all earlier layers that the cell's value depends on.

    A region that a window reads directly may reach into the padding; padding is followed no further back.

    Raises:
        KeyError: there is no such layer.
    """
    layers = {layer.name: layer for layer in architecture.layers}
    start = layers[cell.layer]
    regions: dict[str, Region] = {start.name: _region_of(cell, start)}
    reads: dict[str, Region] = {}
    for layer in reversed(architecture.layers):  # in order of the data's way: users come after their sources
        if layer.name not in regions:
            continue
        region = _clipped(regions[layer.name], layer)
        for position, name in enumerate(layer.inputs):
            read = _read_by(layer, region, layers[name], position, layers)
            if read is not None:
                regions[name] = _union(regions[name], read) if name in regions else read
        if layer is start:
            reads = {name: regions[name] for name in layer.inputs if name in regions}  # before other branches join
    return Highlight(cell, regions, reads)


def window_of(layer: LayerInfo, source: LayerInfo, row: int, col: int) -> Region | None:
    """What of every map of `source` the output at `(row, col)` of a sliding window reads; None without a window."""
    if len(layer.shape) not in (1, 3) or len(source.shape) != 3:
        return None
    region = Region(None, row, col, row + 1, col + 1)
    if layer.window is not None:
        return _through_window(layer, region, source)
    if layer.kind in _SPREAD and layer.reach and layer.reach[0] is not None:
        return _through_reach(layer, region, source, layer.reach[0])
    return _through_adaptive(layer, region, source) if layer.kind.startswith("adaptive_") else None


def touched_by(layer: LayerInfo, source: LayerInfo, row: int, col: int) -> tuple[list[int], list[int]]:
    """Rows and columns of the outputs whose windows read the cell `(row, col)` of `source`."""
    _, height, width = _maps(layer)
    spans = layer.reach[0] if layer.kind in _SPREAD and layer.reach else None
    if spans is not None and spans[1] is not None and spans[2] is not None:
        return _reading(spans[1], row), _reading(spans[2], col)
    if layer.window is None:
        regions = [(window_of(layer, source, r, 0), window_of(layer, source, 0, r)) for r in range(max(height, width))]
        rows = [r for r, (down, _) in enumerate(regions[:height]) if down and down.top <= row < down.bottom]
        return rows, [c for c, (_, over) in enumerate(regions[:width]) if over and over.left <= col < over.right]
    found = []
    for axis, (place, size) in enumerate(((row, height), (col, width))):
        window = layer.window
        stride, padding = window.stride[axis], window.padding[axis]
        taps = [place + padding - i * window.dilation[axis] for i in range(window.kernel[axis])]
        found.append(sorted(tap // stride for tap in taps if tap % stride == 0 and 0 <= tap // stride < size))
    return found[0], found[1]


def channels_fed(
    layer: LayerInfo, source: LayerInfo, position: int, channel: int, layers: dict[str, LayerInfo]
) -> Sequence[int]:
    """The channels of `layer` that are computed from one channel of `source`, its input number `position`.

    Where an operation mixes everything, or is not known: all of them.
    """
    every, kind, same = range(layer.shape[0]), layer.kind, range(channel, channel + 1)
    if layer.window is not None and len(source.shape) == 3:
        if kind != "conv2d":
            return same
        groups = layer.window.groups
        group, outputs = channel // (source.shape[0] // groups), layer.shape[0] // groups
        return range(group * outputs, (group + 1) * outputs)
    if kind.startswith("adaptive_") and len(source.shape) == 3:
        return same
    if layer.reach:
        reach = layer.reach[position]
        span = reach[0] if reach else None
        if span is None or span.axis:
            return every
        return [c for c, (first, end) in enumerate(zip(span.first, span.end, strict=True)) if first <= channel < end]
    if kind in _ELEMENTWISE:
        return same if len(source.shape) == len(layer.shape) and source.shape[0] == layer.shape[0] else every
    if kind in _RESHAPING and math.prod(layer.shape) == math.prod(source.shape):
        block, each = math.prod(source.shape[1:]), math.prod(layer.shape[1:])
        return range(channel * block // each, -(-(channel + 1) * block // each))
    if kind == "cat":
        depths = [layers[name].shape[0] for name in layer.inputs]
        if sum(depths) == layer.shape[0] and source.shape[1:] == layer.shape[1:]:
            return range(sum(depths[:position]) + channel, sum(depths[:position]) + channel + 1)
    return every


def _reading(span: Span, place: int) -> list[int]:
    """The outputs along an axis that read a place."""
    return [
        number for number, (first, end) in enumerate(zip(span.first, span.end, strict=True)) if first <= place < end
    ]


def _region_of(cell: Cell, layer: LayerInfo) -> Region:
    _, height, width = _maps(layer)
    top, bottom = (0, height) if cell.row is None else (cell.row, cell.row + 1)
    left, right = (0, width) if cell.col is None else (cell.col, cell.col + 1)
    return Region(None if cell.channel is None else (cell.channel,), top, left, bottom, right)


def _read_by(
    layer: LayerInfo, region: Region, source: LayerInfo, position: int, layers: dict[str, LayerInfo]
) -> Region | None:
    """What of `source` the region of `layer` is computed from; None for nothing of it."""
    kind, window = layer.kind, layer.window
    if window is not None and len(source.shape) == 3:
        return _through_window(layer, region, source)
    if kind.startswith("adaptive_") and len(source.shape) == 3:
        return _through_adaptive(layer, region, source)
    if layer.reach:
        reach = layer.reach[position]
        return _all_of(source) if reach is None else _through_reach(layer, region, source, reach)
    if kind in _ELEMENTWISE:
        return _through_broadcast(layer, region, source)
    if kind in _RESHAPING and math.prod(layer.shape) == math.prod(source.shape):
        return _through_reshape(layer, region, source)
    if kind == "cat":
        return _through_concatenation(layer, region, source, position, layers)
    return _all_of(source)


def _through_window(layer: LayerInfo, region: Region, source: LayerInfo) -> Region:
    window = layer.window
    assert window is not None
    channels = region.channels
    if layer.kind == "conv2d":  # all input channels of the output channel's group
        channels = None
        if window.groups > 1 and region.channels is not None:
            outputs, inputs = layer.shape[0] // window.groups, source.shape[0] // window.groups
            groups = sorted({channel // outputs for channel in region.channels})
            channels = tuple(channel for g in groups for channel in range(g * inputs, (g + 1) * inputs))
    top, left = (
        first * stride - padding
        for first, stride, padding in zip((region.top, region.left), window.stride, window.padding, strict=True)
    )
    bottom, right = (
        (end - 1) * stride - padding + (kernel - 1) * dilation + 1
        for end, stride, padding, kernel, dilation in zip(
            (region.bottom, region.right), window.stride, window.padding, window.kernel, window.dilation, strict=True
        )
    )
    return Region(channels, top, left, bottom, right)


def _through_adaptive(layer: LayerInfo, region: Region, source: LayerInfo) -> Region:
    """Output row r of H' averages the input rows floor(r*H/H') ... ceil((r+1)*H/H'), as PyTorch has it."""
    _, height, width = _maps(layer)
    _, rows, cols = source.shape
    return Region(
        region.channels,
        region.top * rows // height,
        region.left * cols // width,
        -(-region.bottom * rows // height),
        -(-region.right * cols // width),
    )


def _through_reach(layer: LayerInfo, region: Region, source: LayerInfo, reach: Reach) -> Region | None:
    """Between the bounds of each axis; None where nothing is read."""
    _, height, width = _maps(layer)
    depth = layer.shape[0]
    channels = tuple(range(depth)) if region.channels is None else region.channels
    asked = (
        channels,
        range(max(0, region.top), min(region.bottom, height)),
        range(max(0, region.left), min(region.right, width)),
    )
    read: list[tuple[int, ...] | None] = []
    for span in (*reach, None, None)[:3]:
        if span is None:
            read.append(None)
            continue
        places = asked[span.axis]
        if span.axis == 0 and region.channels is None and span is reach[0]:
            read.append(None)
            continue
        cells = {cell for place in places for cell in range(span.first[place], span.end[place])}
        if not cells:
            return None
        read.append(tuple(sorted(cells)))
    _, rows, cols = _maps(source)
    top, bottom = (0, rows) if read[1] is None else (read[1][0], read[1][-1] + 1)
    left, right = (0, cols) if read[2] is None else (read[2][0], read[2][-1] + 1)
    return Region(read[0], top, left, bottom, right)


def _through_broadcast(layer: LayerInfo, region: Region, source: LayerInfo) -> Region:
    """The same place; along an axis where the source has one value for all, that one."""
    if source.shape == layer.shape:
        return region
    if len(source.shape) != len(layer.shape):
        return _all_of(source)
    (_, height, width), (depth, rows, cols) = _maps(layer), _maps(source)
    top, bottom = (region.top, region.bottom) if rows == height else (0, rows)
    left, right = (region.left, region.right) if cols == width else (0, cols)
    return Region(region.channels if depth == layer.shape[0] else None, top, left, bottom, right)


def _through_reshape(layer: LayerInfo, region: Region, source: LayerInfo) -> Region:
    """The places of the source that became the region's, counted row by row as PyTorch lays them out."""
    depth, height, width = _maps(layer)
    if region.channels is None and (region.bottom - region.top, region.right - region.left) == (height, width):
        return _all_of(source)
    c = np.arange(depth) if region.channels is None else np.asarray(region.channels)
    rows, cols = np.arange(region.top, region.bottom), np.arange(region.left, region.right)
    places = (c[:, None, None] * height + rows[:, None]) * width + cols
    channels, tops, lefts = np.unravel_index(places.ravel(), _maps(source))
    return Region(
        tuple(np.unique(channels).tolist()),
        int(tops.min()),
        int(lefts.min()),
        int(tops.max()) + 1,
        int(lefts.max()) + 1,
    )


def _through_concatenation(
    layer: LayerInfo, region: Region, source: LayerInfo, position: int, layers: dict[str, LayerInfo]
) -> Region | None:
    """Along the channels: those that came from this source, None without any. Along another axis: all of it."""
    depths = [layers[name].shape[0] for name in layer.inputs]
    if sum(depths) != layer.shape[0] or source.shape[1:] != layer.shape[1:]:
        return _all_of(source)
    if region.channels is None:
        return region
    first = sum(depths[:position])
    channels = tuple(c - first for c in region.channels if first <= c < first + depths[position])
    return Region(channels, region.top, region.left, region.bottom, region.right) if channels else None


def _maps(layer: LayerInfo) -> tuple[int, int, int]:
    """`(C, H, W)`; a feature of `(N,)` is a map of one pixel."""
    shape = layer.shape
    return (shape[0], shape[1], shape[2]) if len(shape) == 3 else (shape[0], 1, 1)


def _all_of(layer: LayerInfo) -> Region:
    _, height, width = _maps(layer)
    return Region(None, 0, 0, height, width)


def _clipped(region: Region, layer: LayerInfo) -> Region:
    """Without the padding, which depends on nothing. A region wholly in the padding keeps the nearest pixel."""
    _, height, width = _maps(layer)
    top, left = min(max(region.top, 0), height - 1), min(max(region.left, 0), width - 1)
    bottom, right = max(min(region.bottom, height), top + 1), max(min(region.right, width), left + 1)
    return Region(region.channels, top, left, bottom, right)


def _union(a: Region, b: Region) -> Region:
    """The smallest region around both."""
    channels = None
    if a.channels is not None and b.channels is not None:
        channels = tuple(sorted({*a.channels, *b.channels}))
    return Region(channels, min(a.top, b.top), min(a.left, b.left), max(a.bottom, b.bottom), max(a.right, b.right))
