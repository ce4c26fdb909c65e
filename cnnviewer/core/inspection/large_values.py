"""Which values of a pass are kept in memory: all that are small; of large ones what is not had again at once."""

from __future__ import annotations

import math
from collections.abc import Collection

import torch

from cnnviewer.core.inspection.digest import LARGE, digest
from cnnviewer.core.inspection.records import Digest, LayerInfo
from cnnviewer.core.inspection.traced_operation import TracedOperation
from cnnviewer.core.memory import release_freed_memory

_UNCHANGED = ("identity", "dropout", "dropout2d")  # kinds of layers that give, while predicting, what they take
_GIVEN_BACK = 48 * 2**20  # bytes of maps after which freed memory goes back: VGG16's take 110 MB


class LargeValues:
    """Decides for one pass; the recorder calls it with each layer's value.

    Attributes:
        digests: layer name -> a small picture of its large maps.
        left_out: name of a large ReLU -> the layer that it is had from again.

    """

    def __init__(self, replaced: Collection[str]) -> None:
        """`replaced`: the layers whose values are not what their operations give."""
        self.digests: dict[str, Digest] = {}
        self.left_out: dict[str, str] = {}
        self._replaced = replaced
        self._shapes: dict[str, tuple[int, ...]] = {}
        self._passed = 0

    def __call__(self, layer: LayerInfo, step: TracedOperation | None, value: torch.Tensor) -> bool:
        """Whether the value of this layer is kept."""
        if math.prod(layer.shape) <= LARGE:
            return True
        self._passed += value.nbytes
        if self._passed > _GIVEN_BACK:  # what operations on large maps leave behind fits no smaller ones
            self._passed = 0
            release_freed_memory()
        source = step.source if step is not None else ""
        replaced = layer.name in self._replaced
        same = not replaced and layer.kind in _UNCHANGED and self._shapes.get(source) == layer.shape
        if same and source in self.digests:
            self.digests[layer.name] = self.digests[source]
        elif value.ndim == 4:
            self.digests[layer.name] = digest(value)
        self._shapes[layer.name] = layer.shape
        if not replaced and layer.kind == "relu" and step is not None and len(step.sources) == 1:
            self.left_out[layer.name] = step.source
        return layer.name not in self.left_out
