"""The maps that carry a place of the image, and where in them it lies. Free of torch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from cnnviewer.core.inspection.naming import INPUT
from cnnviewer.core.inspection.receptive import highlight
from cnnviewer.core.inspection.records import Architecture, Cell, FloatArray, Highlight, LayerInfo, Region

Middles = tuple[tuple[float, float], tuple[float, float]]
_MOST = 3
"""Maps of a layer that are lit."""
_LEAST_SHARE = 0.1  # of the strongest map's part: weaker ones are not lit


@dataclass(frozen=True)
class Carriers:
    """What every place of every map gives to a score, to first order: its value times the score's slope there.

    Attributes:
        layers: layer name -> float32 `(C, h, w)` in logits; places of large maps are added up in blocks.
        middles: layer name -> along rows and columns, see `middles_of`.

    """

    layers: Mapping[str, FloatArray]
    middles: Mapping[str, Middles]


def carried(
    found: Carriers, architecture: Architecture, row: int, col: int, side: int, answer: tuple[str, tuple[int, ...]]
) -> Highlight:
    """The maps that carry the square of the image with this upper left corner, `side` pixels wide, to a score.

    Of each layer those whose places over the square give most to it, at most three. A place lies over the square where
    the middle of its receptive field does.

    Args:
        found: what every place gives.
        architecture: the layers.
        row: of the corner, in pixels.
        col: likewise.
        side: of the square, in pixels.
        answer: name of the layer of the logits, and the channels that were asked about.
    """
    image = architecture.layers[0]
    regions = {INPUT: Region(None, row, col, row + side, col + side)}
    for name, gives in found.layers.items():
        layer = architecture.layer(name)
        region = _over(layer, found.middles[name], row, col, side)
        block = max(1, -(-max(layer.shape[1:]) // max(gives.shape[1:])))
        part = gives[
            :, region.top // block : -(-region.bottom // block), region.left // block : -(-region.right // block)
        ]
        strength = np.abs(part.sum((1, 2)))
        order = np.argsort(-strength, kind="stable")[:_MOST]
        lit = tuple(int(c) for c in order if strength[c] > 0 and strength[c] >= _LEAST_SHARE * strength[order[0]])
        if lit:
            regions[name] = Region(lit, region.top, region.left, region.bottom, region.right)
    name, channels = answer
    shape = architecture.layer(name).shape
    regions[name] = Region(channels, 0, 0, *(shape[1:] if len(shape) == 3 else (1, 1)))
    return Highlight(Cell(image.name, None, row, col), regions, dict(regions), joined=False)


def middles_of(layer: LayerInfo, architecture: Architecture) -> Middles:
    """Where the receptive fields of a layer's places have their middles in the image.

    Returns:
        along rows and along columns: the pixels between two neighbouring middles, and the first middle.
    """
    image = architecture.layers[0].shape[1:]
    return _middles(layer, architecture, 0, image[0]), _middles(layer, architecture, 1, image[1])


def _over(layer: LayerInfo, middles: Middles, row: int, col: int, side: int) -> Region:
    """The places of a layer's maps over a square of the image: at least one."""
    (top, bottom), (left, right) = (
        _span(layer.shape[1 + axis], *middles[axis], begin, begin + side) for axis, begin in enumerate((row, col))
    )
    return Region(None, top, left, bottom, right)


def _span(size: int, step: float, first: float, begin: int, end: int) -> tuple[int, int]:
    lowest = min(size - 1, max(0, round((begin + 0.5 - first) / step)))
    highest = min(size - 1, max(0, round((end - 0.5 - first) / step)))
    return lowest, highest + 1


def _middles(layer: LayerInfo, architecture: Architecture, axis: int, pixels: int) -> tuple[float, float]:
    """Pixels between the middles of two neighbouring receptive fields along an axis, and the first such middle."""
    size = layer.shape[1 + axis]
    even = pixels / size, 0.5 * pixels / size
    if size < 2:
        return even
    middles = []
    for place in (size // 2 - 1, size // 2):
        cell = Cell(layer.name, 0, *(place if each == axis else layer.shape[1 + each] // 2 for each in (0, 1)))
        region = highlight(architecture, cell).regions.get(INPUT)
        if region is None:
            return even
        ends = (region.top, region.bottom) if axis == 0 else (region.left, region.right)
        if ends[0] <= 0 and ends[1] >= pixels:
            return even  # it sees the whole image: where its middle lies is not known
        middles.append(sum(ends) / 2)
    step = middles[1] - middles[0]
    return (step, middles[0] - step * (size // 2 - 1)) if step > 0 else even
