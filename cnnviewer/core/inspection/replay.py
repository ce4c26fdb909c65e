"""Runs the operations behind a layer again, as they were recorded: what lies before it need not be computed again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import torch

from cnnviewer.core.inspection.muting import Replacement
from cnnviewer.core.inspection.recorder import DROPS, RecordedPass
from cnnviewer.core.inspection.records import Architecture, LayerInfo
from cnnviewer.core.inspection.traced_operation import TracedOperation
from cnnviewer.core.interruption import check_interruption


def behind(layers: tuple[LayerInfo, ...], layer: str) -> tuple[LayerInfo, ...]:
    """The layers whose values depend on that of `layer`, in order, without itself."""
    reached = {layer}
    found = []
    for each in layers:
        if not reached.isdisjoint(each.inputs):
            reached.add(each.name)
            found.append(each)
    return tuple(found)


@dataclass(frozen=True)
class Replay:
    """The operations between a layer and the logits, with all that they read.

    Attributes:
        layer: its name.
        output: name of the layer of the logits.
        images: how many were recorded, and are computed at once.
        base: the layer's value for one image, `(1, …)`.
        before: values of other layers that are read, for as many images as were recorded.
        steps: the operations, by the layers that they give, in order.
        replacing: what stands in place of layers' values.

    """

    layer: str
    output: str
    images: int
    base: torch.Tensor
    before: Mapping[str, torch.Tensor]
    steps: Mapping[str, TracedOperation]
    replacing: Mapping[str, Replacement]

    @staticmethod
    def wanted(architecture: Architecture, layer: str, output: str) -> frozenset[str]:
        """Names of the layers whose values `of` needs."""
        found = behind(architecture.layers, layer)
        return frozenset({layer, output, *(name for each in found for name in each.inputs)})

    @classmethod
    def of(
        cls,
        recording: RecordedPass,
        layer: str,
        output: str,
        base: torch.Tensor,
        replacing: Mapping[str, Replacement],
    ) -> Replay | None:
        """From a pass of one image several times; `base` is the layer's value for it alone, `(1, …)`.

        None where something that depends on the layer was computed outside of what is recorded.
        """
        found = behind(recording.layers, layer)
        names = {layer, *(each.name for each in found)}
        if recording.takes_out or any(note is not DROPS for note in recording.notes) or output not in names:
            return None
        steps: dict[str, TracedOperation] = {}
        before: dict[str, torch.Tensor] = {}
        for each in found:
            step = steps[each.name] = recording.steps[each.name]
            if set(each.inputs) != set(step.sources):  # a mask, an index: what it is made of is not recorded
                return None
            before |= {name: recording.values[name] for name in step.sources if name not in names}
            if each.name == output:
                break
        return cls(layer, output, len(recording.returned), base, before, steps, replacing)

    def logits(self, removed: Replacement) -> torch.Tensor:
        """`(images, …)`; `removed` makes of the layer's value for as many images what stands in its place."""
        with torch.inference_mode():
            value = removed(self.base.expand(self.images, *self.base.shape[1:]))
            values = {**self.before, self.layer: self._replaced(self.layer, value)}
            for name, step in self.steps.items():
                check_interruption()
                values[name] = self._replaced(name, step.again(values, self.base.dtype))
            return values[self.output]

    def _replaced(self, layer: str, value: torch.Tensor) -> torch.Tensor:
        return self.replacing[layer](value) if layer in self.replacing else value
