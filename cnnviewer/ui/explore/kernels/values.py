"""A layer's weights with what is said about them, each worked out when first asked for."""

from __future__ import annotations

import math
from functools import cached_property
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from cnnviewer.core.inspection.records import FloatArray, Kernels
from cnnviewer.ui.explore.kernels.layout import Layout, Mode, Shape
from cnnviewer.ui.widgets.palettes import Range, colourise, value_range

BINS: Final = 41
_SAMPLE: Final = 1 << 16


class Statistics(NamedTuple):
    """Of all finite weights of a layer; `std` is the population's."""

    mean: float
    std: float
    low: float
    high: float
    broken: int


class LayerValues:
    """One `Kernels`, never changed; newer weights are a new one. `bounds` are given where several share colours."""

    def __init__(self, kernels: Kernels, bounds: Range | None = None) -> None:
        self.kernels = kernels
        self._given = bounds
        self.weight: FloatArray = kernels.weight

    @property
    def shape(self) -> Shape:
        """Output channels, input channels, kernel height, kernel width."""
        out, inp, height, width = self.weight.shape
        return out, inp, height, width

    @cached_property
    def extremes(self) -> tuple[float, float]:
        """Least and largest weight; NaN or infinite if one is."""
        if self.kernels.facts is not None:
            return self.kernels.facts.low, self.kernels.facts.high
        return (float(self.weight.min()), float(self.weight.max())) if self.weight.size else (0.0, 0.0)

    @cached_property
    def bounds(self) -> Range:
        """Symmetric about 0, over the whole layer, where none were given."""
        if self._given is not None:
            return self._given
        low, high = self.extremes
        bound = max(-low, high)
        if math.isfinite(low) and math.isfinite(high) and bound > 0:  # spares a copy of large layers
            return Range(-bound, bound)
        return value_range(self.weight, "kernel")

    @cached_property
    def statistics(self) -> Statistics:
        """Mean, standard deviation and extremes."""
        facts = self.kernels.facts
        if facts is not None:
            return Statistics(facts.mean, facts.std, facts.low, facts.high, facts.broken)
        values = self.weight.reshape(-1)
        low, high = self.extremes
        if not (math.isfinite(low) and math.isfinite(high)):
            values = values[np.isfinite(values)]
            low, high = (float(values.min()), float(values.max())) if values.size else (math.nan, math.nan)
        if not values.size:
            return Statistics(math.nan, math.nan, math.nan, math.nan, self.weight.size)
        mean = float(values.mean(dtype=np.float64 if values.size < _SAMPLE else np.float32))
        # around the mean of all, in float32 with pairwise sums: exact enough for four digits, and no slower than a copy
        apart = values - np.float32(mean)
        std = math.sqrt(float(np.dot(apart, apart)) / values.size)
        return Statistics(mean, std, low, high, self.weight.size - values.size)

    @cached_property
    def histogram(self) -> npt.NDArray[np.int64]:
        """How many weights lie in each of `BINS` equal parts of `bounds`; of very large layers, of an even sample."""
        values = self.weight.reshape(-1)
        values = values[:: max(1, values.size // _SAMPLE)]
        bounds = self.bounds
        with np.errstate(invalid="ignore", over="ignore"):
            index = (values - bounds.low) * (BINS / (bounds.high - bounds.low))
        index = index[np.isfinite(index)]
        return np.bincount(np.clip(index, 0, BINS - 1).astype(np.int64), minlength=BINS)

    def colours(self, layout: Layout, mode: Mode, columns: range, rows: range) -> npt.NDArray[np.uint8]:
        """The cells of the tiles in `columns` and `rows` without gaps: `(rows*kh, columns*kw, 4)` RGBA uint8."""
        out, _, kh, kw = self.shape
        if layout.matrix:
            first, second = (columns, rows) if layout.out_across else (rows, columns)
            part = self.weight[first.start : first.stop, second.start : second.stop]
            order = (1, 2, 0, 3) if layout.out_across else (0, 2, 1, 3)
            cells = part.transpose(order).reshape(len(rows) * kh, len(columns) * kw)
            return colourise(cells, "kernel", self.bounds)
        first_out, last_out = rows.start * layout.across, min(rows.stop * layout.across, out)
        part = self.weight[first_out:last_out]
        rgba = rgb(part, self.bounds) if mode == "rgb" else colourise(part[:, layout.inp or 0], "kernel", self.bounds)
        tiles = np.zeros((len(rows) * layout.across, kh, kw, 4), np.uint8)
        tiles[: len(rgba)] = rgba
        tiles = tiles.reshape(len(rows), layout.across, kh, kw, 4)[:, columns.start : columns.stop]
        return np.ascontiguousarray(tiles.transpose(0, 2, 1, 3, 4).reshape(len(rows) * kh, len(columns) * kw, 4))


def rgb(weight: FloatArray, bounds: Range) -> npt.NDArray[np.uint8]:
    """Kernels of three input channels as colours, `(N, 3, kh, kw)` -> `(N, kh, kw, 4)`: 0 is middle grey.

    Magenta where one of the three is not a number, as everywhere.
    """
    with np.errstate(invalid="ignore", over="ignore"):
        scaled = (weight - bounds.low) * (255.0 / (bounds.high - bounds.low))
    count, _, height, width = weight.shape
    rgba = np.full((count, height, width, 4), 255, np.uint8)
    rgba[..., :3] = np.clip(np.nan_to_num(scaled) + 0.5, 0, 255).astype(np.uint8).transpose(0, 2, 3, 1)
    rgba[~np.isfinite(weight).all(axis=1)] = (255, 0, 255, 255)
    return rgba
