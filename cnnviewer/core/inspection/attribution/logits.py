"""A model's logits and their gradients, whatever its last layer makes of them."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import torch

from cnnviewer.core.errors import UserError
from cnnviewer.core.inspection.attribution.records import images_at_once, logits_layer
from cnnviewer.core.inspection.naming import INPUT
from cnnviewer.core.inspection.recorder import RecordedPass, Recorder
from cnnviewer.core.inspection.records import Architecture, LayerInfo
from cnnviewer.core.inspection.traced_operation import TracedOperation

Direction = Callable[[torch.Tensor], torch.Tensor]
"""The logits `(N, classes)` -> for each image the direction whose score is meant."""


@dataclass(frozen=True)
class Slopes:
    """The gradient of a score.

    Attributes:
        scores: `(N,)`, of each image.
        values: layer name -> its value, `(N, …)`.
        gradients: layer name -> the gradient of each image's score there.

    """

    scores: torch.Tensor
    values: Mapping[str, torch.Tensor]
    gradients: Mapping[str, torch.Tensor]


class Logits:
    """Scores of images: the logit of a class, or the difference of two.

    Attributes:
        recorder: of the model.
        architecture: its layers.
        layer: name of the layer whose values are the logits: what a softmax at the end of the model reads.
        classes: how many there are.
        at_once: how many images are best run together.

    """

    def __init__(self, recorder: Recorder, architecture: Architecture, output: str) -> None:
        self.recorder = recorder
        self.architecture = architecture
        layer = logits_layer(architecture, output)
        self.layer = layer.name
        self.classes = math.prod(layer.shape)
        self.at_once = images_at_once(architecture)

    def direction(self, target: int, against: int | None) -> torch.Tensor:
        """`(classes,)`: 1 at `target`, -1 at `against`."""
        made = torch.zeros(self.classes)
        made[target] = 1.0
        if against is not None:
            made[against] -= 1.0
        return made

    def values(self, images: torch.Tensor) -> torch.Tensor:
        """The logits `(N, classes)` of normalised images `(N, C, H, W)`."""

        def keep(layer: LayerInfo, _step: TracedOperation | None, _value: torch.Tensor) -> bool:
            return layer.name == self.layer

        return self.recorder.record(images, keep).values[self.layer].reshape(len(images), -1)

    def scores(self, images: torch.Tensor, direction: torch.Tensor) -> torch.Tensor:
        """`(N,)` for normalised images `(N, C, H, W)`."""
        with torch.no_grad():
            values = self.values(images)
            return values @ direction.to(values.dtype)

    def slopes(
        self,
        images: torch.Tensor,
        direction: torch.Tensor | Direction,
        layers: tuple[str, ...] = (INPUT,),
        alter: Callable[[RecordedPass], None] = lambda _: None,
    ) -> Slopes:
        """The scores of normalised images `(N, C, H, W)` and their gradients at these layers.

        Args:
            images: what the model is run on.
            direction: `(classes,)`; or what gives one for each image, from the logits `(N, classes)`.
            layers: where the gradients are wanted.
            alter: may change the way of the gradients, after the pass.

        Raises:
            UserError: PyTorch finds no gradient there.
        """

        def keep(layer: LayerInfo, _step: TracedOperation | None, _value: torch.Tensor) -> bool:
            return layer.name == self.layer or layer.name in layers

        try:
            recording = self.recorder.record_with_gradients(images, keep)
            alter(recording)
            value = recording.values[self.layer]
            if not torch.is_tensor(direction):
                direction = direction(value.detach().reshape(len(images), -1))
            outward = direction.to(value.dtype).expand(len(images), -1).reshape(value.shape)
            inward = [recording.edges[name] for name in layers]
            live = recording.live.get(self.layer)
            if live is None:
                found = torch.autograd.grad([recording.edges[self.layer]], inward, [outward], allow_unused=True)
            else:  # of one number: for a gradient of its own PyTorch imports a library of symbols, for a second or two
                with torch.inference_mode(False), torch.enable_grad():
                    score = (live * outward).sum()
                found = torch.autograd.grad([score], inward, allow_unused=True)
        except (KeyError, RuntimeError) as error:
            raise UserError(
                "PyTorch finds no gradients for this model: {reason}.",
                reason=(str(error) or type(error).__name__).splitlines()[0].rstrip("."),
            ) from error
        gradients = {
            name: slope if slope is not None else torch.zeros_like(recording.values[name])
            for name, slope in zip(layers, found, strict=True)
        }
        return Slopes((value * outward).reshape(len(images), -1).sum(1), recording.values, gradients)
