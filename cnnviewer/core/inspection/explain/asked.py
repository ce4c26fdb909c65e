"""A number that is asked about, the model it belongs to, and what an explanation of it is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import torch

from cnnviewer.core.inspection.explain.pointwise import Draw
from cnnviewer.core.inspection.explain.records import Doubles, Work
from cnnviewer.core.inspection.records import Architecture, FloatArray, LayerInfo
from cnnviewer.core.inspection.traced_operation import TracedOperation
from cnnviewer.core.models.mutes import Mutes
from cnnviewer.core.models.recipe import ModelRecipe


class Arithmetic(NamedTuple):
    """How a number was put together, what adds up to it, and the sizes that float32 rounds on the way."""

    work: Work
    terms: Doubles
    rounded: float = 0.0


@dataclass(frozen=True)
class InspectedModel:
    """A model that was run on an image, with everything an explanation draws on.

    Attributes:
        values: layer name -> float32 with the batch dimension of 1.
        steps: how each of them was computed.
        image: the pixels before normalisation, `(C, H, W)` in 0..1.
        output: name of the layer that is the model's output.
        label: index of the image's class, None where it is unknown.
        draw: how the training draws what it drops.
        step: of the training.
        mutes: the channels that were muted.

    """

    architecture: Architecture
    recipe: ModelRecipe
    values: Mapping[str, torch.Tensor]
    steps: Mapping[str, TracedOperation]
    image: FloatArray
    output: str
    label: int | None = None
    draw: Draw = field(default_factory=Draw)
    step: int = 0
    generation: int = 0
    mutes: Mutes = ()


@dataclass(frozen=True)
class ExplainedNumber:
    """A number that is asked about, with what it was computed from.

    Attributes:
        source: the value of the first layer that the step reads.
        value: of the layer itself.
        place: of the number in `value`, with the batch dimension.
        index: the same in a row of all its values.

    """

    subject: InspectedModel
    layer: LayerInfo
    step: TracedOperation
    source: torch.Tensor
    value: torch.Tensor
    place: tuple[int, ...]
    index: int

    @property
    def x(self) -> float:
        """The value of the source at the same index."""
        return float(self.source.reshape(-1)[self.index])
