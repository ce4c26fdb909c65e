"""Pictures of a layer as they are shown while a model learns. Free of torch: the window shows these."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from cnnviewer.core.inspection.records import FloatArray
from cnnviewer.core.palettes import PaletteName, Range


@dataclass(frozen=True)
class LearnedTiles:
    """Pictures of a layer, a channel each.

    Attributes:
        kind: kernels of a convolution (of its first input channel), or feature maps.
        layer: its name.
        values: float32 `(N, h, w)`, the first ones of `count`.
        count: channels that the layer has.
        inputs: input channels of a kernel; 1 for maps.
        palette: of their colours.
        frozen: whether the layer learns nothing in this training.
        bounds: values of the first and the last colour, of the whole layer.

    """

    kind: Literal["kernels", "maps"]
    layer: str
    values: FloatArray
    count: int
    inputs: int
    palette: PaletteName
    bounds: Range
    frozen: bool = False
