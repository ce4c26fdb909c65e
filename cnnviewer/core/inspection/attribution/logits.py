"""A model's logits and their gradients, whatever its last layer makes of them."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

import torch

from cnnviewer.core.errors import Cancelled, UserError
from cnnviewer.core.inspection.attribution.records import images_at_once, is_slow
from cnnviewer.core.inspection.logits_layer import gives_one_number, logits_layer, only_logit
from cnnviewer.core.inspection.naming import INPUT
from cnnviewer.core.inspection.recorder import RecordedPass, Recorder
from cnnviewer.core.inspection.records import Architecture, LayerInfo
from cnnviewer.core.inspection.traced_operation import TracedOperation
from cnnviewer.core.models.predicting import keeps_images_apart
from cnnviewer.core.training.layout import SafeConvolutions

Direction = Callable[[torch.Tensor], torch.Tensor]
"""The logits `(N, classes)` -> for each image the direction whose score is meant."""


_ROUNDING = 1e-3  # of the largest value: by so little another memory layout may change it


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
        gives_log_odds: whether the model gives one number for two classes; every score is that number then, with its
            sign: the log-odds of one class against the other.

    """

    def __init__(self, recorder: Recorder, architecture: Architecture, output: str) -> None:
        self.recorder = recorder
        self.architecture = architecture
        layer = logits_layer(architecture, output)
        self.layer = layer.name
        self._only = only_logit(architecture, output)
        self.gives_log_odds = gives_one_number(architecture, output)
        self.classes = math.prod(layer.shape) if self._only is None else 2

    @cached_property
    def at_once(self) -> int:
        """How many images are best run together: one, where a model computes with its whole batch."""
        most = images_at_once(self.architecture)
        return most if most == 1 or self.keeps_images_apart() else 1

    def keeps_images_apart(self) -> bool:
        """Whether an image's logits are the same beside another one; asked once of a model."""
        if self.recorder.keeps_images_apart is None:
            try:
                with torch.no_grad(), self.recorder.unreplaced():
                    self.recorder.keeps_images_apart = keeps_images_apart(self.values, self._image())
            except Cancelled:
                raise
            except Exception:  # weights of another type than an image's
                self.recorder.keeps_images_apart = False
        return self.recorder.keeps_images_apart

    def _image(self) -> torch.Tensor:
        """One to try the model on, the same each time."""
        return torch.rand((1, *self.architecture.layer(INPUT).shape), generator=torch.Generator().manual_seed(0))

    def _laid_out(self, images: torch.Tensor) -> torch.Tensor:
        """Many images in the memory format in which this model runs them quickest."""
        if len(images) == 1 or is_slow(images_at_once(self.architecture)):
            return images
        if self.recorder.batch_layout is None:
            self.recorder.batch_layout = self._tried_layout()
        return images.to(memory_format=self.recorder.batch_layout)

    def _tried_layout(self) -> torch.memory_format:
        """Channels that lie together are a quarter to a half faster; not every model bears it."""
        try:
            with self.recorder.unreplaced():
                pair, direction = torch.cat([self._image()] * 2), self.direction(0, None)
                self.recorder.batch_layout = torch.contiguous_format
                with SafeConvolutions():
                    plain = self.slopes(pair, direction)
                self.recorder.batch_layout = torch.channels_last
                quick = self.slopes(pair, direction)
            bears = _alike(plain.scores, quick.scores) and _alike(plain.gradients[INPUT], quick.gradients[INPUT])
        except Cancelled:
            self.recorder.batch_layout = None
            raise
        except Exception:  # a user's own code may depend on how its maps lie in memory
            bears = False
        return torch.channels_last if bears else torch.contiguous_format

    def direction(self, target: int, against: int | None) -> torch.Tensor:
        """`(classes,)`: 1 at `target`, -1 at `against`.

        Of two classes with one logit each is meant against the other: that of the first is the second's, negated.
        """
        if self.gives_log_odds and against is None:
            against = 1 - target
        made = torch.zeros(self.classes)
        made[target] = 1.0
        if against is not None:
            made[against] -= 1.0
        return made

    def values(self, images: torch.Tensor) -> torch.Tensor:
        """The logits `(N, classes)` of normalised images `(N, C, H, W)`."""

        def keep(layer: LayerInfo, _step: TracedOperation | None, _value: torch.Tensor) -> bool:
            return layer.name == self.layer

        return self.of_classes(self.recorder.record(self._laid_out(images), keep).values[self.layer])

    def of_classes(self, values: torch.Tensor) -> torch.Tensor:
        """The layer's values `(N, …)` -> the logits `(N, classes)`."""
        logits = values.reshape(len(values), -1)
        if self._only is None:
            return logits
        zeros = torch.zeros_like(logits)
        return torch.cat([logits, zeros] if self._only == 0 else [zeros, logits], 1)

    def scores(self, images: torch.Tensor, direction: torch.Tensor) -> torch.Tensor:
        """`(N,)` for normalised images `(N, C, H, W)`."""
        with torch.no_grad():
            parts = [images] if len(images) == 1 else images.split(self.at_once)
            values = torch.cat([self.values(part) for part in parts])
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

        recording = self.recorder.record_with_gradients(self._laid_out(images), keep)
        if missing := [name for name in (self.layer, *layers) if name not in recording.edges]:
            raise UserError(
                "PyTorch finds no gradients for this model: it computes {layer} without them.", layer=missing[0]
            )
        try:
            alter(recording)
            value = recording.values[self.layer]
            if not torch.is_tensor(direction):
                direction = direction(self.of_classes(value.detach()))
            outward = direction.to(value.dtype).expand(len(images), -1)
            if self._only is not None:
                outward = outward[:, self._only]
            outward = outward.reshape(value.shape)
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
        ways: list[torch.Tensor | None] = list(found)  # None: PyTorch knows no way from there to the score
        gradients = {}
        for name, slope in zip(layers, ways, strict=True):
            if slope is None and self._depends_on(name, recording):
                raise UserError(
                    "PyTorch finds no gradients for this model: behind {layer} it computes without them.", layer=name
                )
            gradients[name] = slope if slope is not None else torch.zeros_like(recording.values[name])
        return Slopes((value * outward).reshape(len(images), -1).sum(1), recording.values, gradients)

    def _depends_on(self, name: str, recording: RecordedPass) -> bool:
        """Whether the logits are computed from this layer, as it was recorded."""
        needed = {self.layer}
        for layer in reversed(recording.layers):
            if layer.name in needed:
                needed.update(layer.inputs)
        return name in needed


def _alike(one: torch.Tensor, other: torch.Tensor) -> bool:
    """Whether they differ by rounding only."""
    return float((one - other).abs().max()) <= _ROUNDING * float(one.abs().max())
