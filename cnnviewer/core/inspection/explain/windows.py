"""Convolution and pooling: which cells lie under the window, and what becomes of them.

The geometry is PyTorch's: output row r reads the rows r*stride - padding + i*dilation, i = 0 … kernel - 1 (see the
`Shape` sections of `torch.nn.Conv2d`, `MaxPool2d`, `AvgPool2d`); an adaptive pool reads floor(r*H/H') up to
ceil((r+1)*H/H').
"""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
import torch

from cnnviewer.core.inspection.arrays import doubles_of
from cnnviewer.core.inspection.explain.records import Convolution, Doubles, Flags, Indices, Pooling
from cnnviewer.core.inspection.traced_operation import TracedOperation

Pair = tuple[int, int]
Place = tuple[int, int, int]
"""Channel, row and column of the output."""

_MODES: dict[str, Literal["max", "min", "average"]] = {
    "max_pool2d": "max",
    "min_pool2d": "min",
    "avg_pool2d": "average",
    "adaptive_max_pool2d": "max",
    "adaptive_avg_pool2d": "average",
}


def convolution(step: TracedOperation, source: torch.Tensor, place: Place) -> Convolution:
    """What a convolution's output at `place` is made of; `source` is `(1, C, H, W)`, or `(1, C, L)`: one row."""
    weight = step.tensor(1, "weight")
    assert weight is not None
    bias = step.tensor(2, "bias")
    line = weight.ndim == 3
    if line:
        weight, source = weight[:, :, None], source[:, :, None]
    channel, row, col = place
    groups = int(step.constant(6, "groups", 1))
    stride = _sides(step.constant(3, "stride", 1), line, across=1)
    dilation = _sides(step.constant(5, "dilation", 1), line, across=1)
    kernel_size = (int(weight.shape[2]), int(weight.shape[3]))
    padding = _convolution_padding(step.constant(4, "padding", 0), kernel_size, dilation, line)
    height, width = int(source.shape[2]), int(source.shape[3])
    mode = str(step.constant(99, "padding_mode", "zeros"))
    rows, cols = (
        place_ * s - p + d * np.arange(k)
        for place_, s, p, d, k in zip((row, col), stride, padding, dilation, kernel_size, strict=True)
    )
    inputs = int(weight.shape[1])
    first = channel // (int(weight.shape[0]) // groups) * inputs
    channels = np.arange(first, first + inputs)
    read_rows, outside_rows = _wrapped(rows, height, mode)
    read_cols, outside_cols = _wrapped(cols, width, mode)
    padded = outside_rows[:, None] | outside_cols[None, :]
    read = source[0, first : first + inputs][:, torch.from_numpy(read_rows)][:, :, torch.from_numpy(read_cols)]
    patch = doubles_of(read)
    patch = np.where(padded, 0.0, patch) if mode == "zeros" else patch
    return Convolution(
        source=step.source,
        channels=channels,
        rows=rows,
        cols=cols,
        patch=patch,
        padding=padded,
        kernel=doubles_of(weight[channel]),
        bias=None if bias is None else float(bias[channel]),
        geometry=(stride, padding, dilation),
        way="line" if line else "plain",
    )


def convolution_transposed(step: TracedOperation, source: torch.Tensor, place: Place) -> Convolution:
    """What a transposed convolution's output at `place` is made of; `source` is `(1, C, H, W)`.

    Each input row i is written to the rows i*stride - padding + a*dilation, a = 0 … kernel - 1: output row r has those
    with (r + padding - a*dilation) divisible by the stride (`torch.nn.ConvTranspose2d`).
    """
    weight, bias = step.tensor(1, "weight"), step.tensor(2, "bias")
    assert weight is not None
    channel, row, col = place
    groups = int(step.constant(6, "groups", 1))
    stride, padding = pair(step.constant(3, "stride", 1)), pair(step.constant(4, "padding", 0))
    dilation = pair(step.constant(7, "dilation", 1))
    inputs, outputs = int(weight.shape[0]) // groups, int(weight.shape[1])
    first = channel // outputs * inputs
    channels = np.arange(first, first + inputs)
    (rows, down), (cols, over) = (
        _spread(r, size, kernel, s, p, d)
        for r, size, kernel, s, p, d in zip(
            (row, col), source.shape[2:], weight.shape[2:], stride, padding, dilation, strict=True
        )
    )
    return Convolution(
        source=step.source,
        channels=channels,
        rows=rows,
        cols=cols,
        patch=doubles_of(source[0, first : first + inputs][:, torch.from_numpy(rows)][:, :, torch.from_numpy(cols)]),
        padding=np.zeros((len(rows), len(cols)), bool),
        kernel=doubles_of(weight[first : first + inputs, channel % outputs])[:, down[:, None], over[None, :]],
        bias=None if bias is None else float(bias[channel]),
        geometry=(stride, padding, dilation),
        way="transposed",
    )


def _spread(place: int, size: int, kernel: int, stride: int, padding: int, dilation: int) -> tuple[Indices, Indices]:
    """The inputs along one direction that are written to `place`, in order, and the weights that they meet there."""
    taps = np.arange(kernel)[::-1]
    reach = place + padding - taps * dilation
    met = (reach % stride == 0) & (reach >= 0) & (reach // stride < size)
    return reach[met] // stride, taps[met]


def pooling(kind: str, step: TracedOperation, source: torch.Tensor, place: Place, size: Pair) -> Pooling:
    """What a pool's output at `place` is made of; `source` is `(1, C, H, W)` and `size` the output's."""
    channel, row, col = place
    height, width = int(source.shape[2]), int(source.shape[3])
    mode = _MODES[kind]
    adaptive = kind.startswith("adaptive_")
    divisor = None
    if adaptive:
        rows, cols = adaptive_places(row, height, size[0]), adaptive_places(col, width, size[1])
    else:
        kernel = pair(step.constant(1, "kernel_size"))
        stride = pair(step.constant(2, "stride") or kernel)
        padding = pair(step.constant(3, "padding", 0))
        dilation = pair(1 if mode == "average" else step.constant(4, "dilation", 1))
        rows = row * stride[0] - padding[0] + dilation[0] * np.arange(kernel[0])
        cols = col * stride[1] - padding[1] + dilation[1] * np.arange(kernel[1])
        if mode == "average":
            # the last window of ceil_mode may begin inside and end behind the padding: that part does not count
            rows, cols = rows[rows < height + padding[0]], cols[cols < width + padding[1]]
            divisor = step.constant(6, "divisor_override")
            if divisor is None and bool(step.constant(5, "count_include_pad", True)):
                divisor = len(rows) * len(cols)
    read_rows, outside_rows = _wrapped(rows, height, "zeros")
    read_cols, outside_cols = _wrapped(cols, width, "zeros")
    outside = outside_rows[:, None] | outside_cols[None, :]
    patch = np.where(outside, 0.0, doubles_of(source[0, channel])[read_rows[:, None], read_cols[None, :]])
    if mode == "average":
        inside = int((~outside).sum())
        return Pooling(
            mode, step.source, channel, rows, cols, patch, outside, np.zeros_like(outside),
            float(divisor or inside), adaptive,
        )  # fmt: skip
    inside_values = patch[~outside]
    best = inside_values.max() if mode == "max" else inside_values.min()
    winners = ~outside & ((patch == best) | (np.isnan(patch) & np.isnan(best)))
    return Pooling(mode, step.source, channel, rows, cols, patch, outside, winners, 1.0, adaptive)


def pooling_terms(pool: Pooling) -> Doubles:
    """What adds up to the pool's value: the winner, or every value's share of the average."""
    if pool.mode == "average":
        return (pool.patch / pool.divisor).ravel()
    return np.array([pool.patch[pool.winners][0]])


def sides(value: Any, count: int) -> tuple[int, ...]:
    """One for each of `count` directions, of what PyTorch takes as a number or as a tuple."""
    values = (int(value),) if isinstance(value, (int, float)) else tuple(int(v) for v in value)
    return values if len(values) == count else (values[0],) * count


def pair(value: Any) -> Pair:
    """`(vertical, horizontal)`."""
    vertical, horizontal = sides(value, 2)
    return vertical, horizontal


def _sides(value: Any, line: bool, across: int) -> Pair:
    """Both directions of a parameter; over one dimension the vertical one does nothing: `across`."""
    return (across, sides(value, 1)[0]) if line else pair(value)


def _convolution_padding(padding: Any, kernel: Pair, dilation: Pair, line: bool) -> Pair:
    if padding == "same":  # an odd pixel goes behind
        return (dilation[0] * (kernel[0] - 1) // 2, dilation[1] * (kernel[1] - 1) // 2)
    return (0, 0) if padding == "valid" else _sides(padding, line, across=0)


def _wrapped(places: Indices, size: int, mode: str) -> tuple[Indices, Flags]:
    """Where each place is read, and which lie outside: clipped for zeros, else as the padding mode mirrors them."""
    outside = (places < 0) | (places >= size)
    if mode == "reflect":
        mirrored = np.abs(places)
        return np.where(mirrored >= size, 2 * (size - 1) - mirrored, mirrored), outside
    if mode == "circular":
        return places % size, outside
    return np.clip(places, 0, size - 1), outside  # zeros, where the value is not used, and replicate


def adaptive_places(place: int, size: int, out: int) -> Indices:
    """What of `size` cells the output at `place`, of `out`, reads along a direction."""
    return np.arange(place * size // out, -(-(place + 1) * size // out))
