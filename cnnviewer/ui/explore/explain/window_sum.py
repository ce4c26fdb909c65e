"""What the arithmetic of a window consists of: its grids, and the sum below them. Pure: no Qt."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cnnviewer.core.inspection.explain.group_records import Weighted
from cnnviewer.core.inspection.explain.records import Convolution, Doubles, Explanation, Flags, Indices, Pooling
from cnnviewer.core.inspection.records import FloatArray, LayerInfo
from cnnviewer.ui.widgets.palettes import PaletteName, Range, value_range


@dataclass(frozen=True)
class WindowGrid:
    """Numbers in coloured cells.

    Attributes:
        values: `(h, w)`.
        palette: of the colours.
        bounds: of the colours; the same wherever in the layer the window lies.
        padding: `(h, w)` cells that lie outside of the map.
        framed: `(h, w)` cells that won.

    """

    values: Doubles
    palette: PaletteName
    bounds: Range
    padding: Flags | None = None
    framed: Flags | None = None


@dataclass(frozen=True)
class WindowSum:
    """One channel under the window, its kernel, their products, and the sum of everything.

    Attributes:
        window: what is read.
        kernel: None for pooling.
        products: None for pooling.
        channel: of the source.
        rows, cols: of the source under each row and column of the window.
        channel_sum: of the products of this channel.
        other_sum: of all other channels; 0 where there is none.
        others: how many they are.
        bias: None without one.
        value: the result.

    """

    window: WindowGrid
    kernel: WindowGrid | None
    products: WindowGrid | None
    channel: int
    rows: Indices
    cols: Indices
    channel_sum: float
    other_sum: float
    others: int
    bias: float | None
    value: float


def map_bounds(layer: LayerInfo, values: FloatArray) -> Range:
    """The colours of a whole layer, `(C, H, W)` or a map of it: an image from its darkest to its lightest value."""
    if layer.palette != "image":
        return value_range(values, layer.palette)
    finite = values[np.isfinite(values)]
    low, high = (float(finite.min()), float(finite.max())) if finite.size else (0.0, 1.0)
    return Range(low, high if high > low else low + 1.0)


def window_sum(explanation: Explanation, channel: int, source: LayerInfo, bounds: Range) -> WindowSum | None:
    """The arithmetic of a convolution or a pooling; None for every other operation.

    Args:
        explanation: of one value.
        channel: of the source, whose products are shown.
        source: the layer that is read.
        bounds: of the colours of that whole layer, see `map_bounds`.

    """
    work = explanation.work
    if isinstance(work, Pooling):
        window = WindowGrid(
            work.patch, source.palette, bounds, work.outside, None if work.mode == "average" else work.winners
        )
        total = float(work.patch.sum())
        return WindowSum(window, None, None, work.channel, work.rows, work.cols, total, 0.0, 0, None, explanation.value)
    if isinstance(work, Weighted):
        return _interpolated(explanation, work, channel, source, bounds)
    if not isinstance(work, Convolution) or not work.kernel.size or channel not in work.channels:
        return None
    at = int(np.flatnonzero(work.channels == channel)[0])
    sums = work.sums
    kernels = value_range(work.kernel.astype(np.float32), "kernel")
    largest = kernels.high * max(abs(bounds.low), abs(bounds.high))  # wherever in the layer the window lies
    return WindowSum(
        WindowGrid(work.patch[at], source.palette, bounds, work.padding),
        WindowGrid(work.kernel[at], "kernel", kernels),
        WindowGrid(work.products[at], "signed", Range(-largest, largest), work.padding),
        channel,
        work.rows,
        work.cols,
        float(sums[at]),
        float(sums.sum() - sums[at]),
        len(sums) - 1,
        work.bias,
        explanation.value,
    )


def _interpolated(
    explanation: Explanation, work: Weighted, channel: int, source: LayerInfo, bounds: Range
) -> WindowSum | None:
    """The cells beside their weights, where they are a block of one map."""
    if work.rule != "interpolate" or len(work.cells.shape) != 3 or not len(work.cells):
        return None
    channels, rows, cols = np.unravel_index(work.cells.places, work.cells.shape)
    tall, wide = (np.unique(places) for places in (rows, cols))
    if len(np.unique(channels)) != 1 or len(tall) * len(wide) != len(work.cells):
        return None
    shape = len(tall), len(wide)
    largest = max(abs(bounds.low), abs(bounds.high))
    return WindowSum(
        WindowGrid(work.cells.values.reshape(shape), source.palette, bounds),
        WindowGrid(work.weights.reshape(shape), "kernel", Range(-1.0, 1.0)),
        WindowGrid(work.products.reshape(shape), "signed", Range(-largest, largest)),
        channel,
        tall,
        wide,
        float(work.products.sum()),
        0.0,
        0,
        work.bias,
        explanation.value,
    )
