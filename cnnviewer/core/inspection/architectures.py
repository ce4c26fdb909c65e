"""Models side by side: what each shows in its column. Free of torch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np

from cnnviewer.core.inspection.costs import Costs, costs
from cnnviewer.core.inspection.receptive import highlight
from cnnviewer.core.inspection.records import Architecture, Cell, FloatArray, LayerInfo, Region

_MAPPED = ("conv2d", "relu", "max_pool2d", "avg_pool2d", "min_pool2d", "batch_norm2d")


@dataclass(frozen=True)
class ArchitectureSummary:
    """A model's column. `architecture` makes one.

    Attributes:
        key: registry key.
        title: as shown to the user.
        architecture: the layers.
        costs: of the layers.
        fields: layer name -> the part of the input that the value in the middle of its maps depends on, within the
            image; all of it for layers without maps.
        note: what the user should know, e.g. that the weights are untrained.

    """

    key: str
    title: str
    architecture: Architecture
    costs: Costs
    fields: Mapping[str, Region] = field(default_factory=dict)
    note: str = ""

    @property
    def input_shape(self) -> tuple[int, int, int]:
        """`(C, H, W)` of the image that the model takes."""
        channels, height, width = self.architecture.layers[0].shape
        return channels, height, width


def architecture_summary(key: str, title: str, architecture: Architecture, note: str = "") -> ArchitectureSummary:
    """The column of a model; its first layer is the image."""
    image = architecture.layers[0]
    fields = {}
    for layer in architecture.layers:
        region = highlight(architecture, _middle(layer)).regions.get(image.name)
        if region is not None:
            fields[layer.name] = _within(region, image)
    return ArchitectureSummary(key, title, architecture, costs(architecture), MappingProxyType(fields), note)


def early_middle_late(architecture: Architecture) -> tuple[str, str, str]:
    """Names of three layers with maps, whose maps tell how the picture changes on its way: first, middle and last.

    They are the activations behind the convolutions where there are three, else whatever has maps. Of a model
    with fewer than three such layers one is named twice.

    Raises:
        ValueError: no layer but the input has maps.
    """
    inner = [layer for layer in architecture.layers[1:] if len(layer.shape) == 3]
    mapped = [layer.name for layer in inner if layer.kind == "relu"]
    if len(mapped) < 3:
        mapped = [layer.name for layer in inner if layer.kind in _MAPPED]
    names = mapped or [layer.name for layer in inner]
    if not names:
        raise ValueError("no layer of the model has maps")
    return names[0], names[(len(names) - 1) // 2], names[-1]


def strongest(maps: FloatArray, count: int = 9) -> tuple[int, ...]:
    """The channels of `(C, H, W)` with the largest mean absolute value, strongest first; at most `count`.

    Values that are not finite count as 0; of equal channels the first comes first.
    """
    strength = np.abs(np.nan_to_num(maps, nan=0.0, posinf=0.0, neginf=0.0)).mean(axis=(1, 2), dtype=np.float64)
    return tuple(np.argsort(-strength, kind="stable")[:count].tolist())


def _middle(layer: LayerInfo) -> Cell:
    if len(layer.shape) != 3:
        return Cell(layer.name)
    return Cell(layer.name, None, layer.shape[1] // 2, layer.shape[2] // 2)


def _within(region: Region, image: LayerInfo) -> Region:
    """Without the padding around the image."""
    _, height, width = image.shape
    return Region(None, max(region.top, 0), max(region.left, 0), min(region.bottom, height), min(region.right, width))
