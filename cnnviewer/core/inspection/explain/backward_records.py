"""What a backward pass tells: gradients, and one weight's next step. Free of torch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from cnnviewer.core.inspection.explain.records import ROUNDING, TOLERANCE, Doubles


@dataclass(frozen=True)
class WeightCell:
    """A learned number: of the kernel from input channel `input` to output channel `output`, or its bias."""

    layer: str
    output: int
    input: int = 0
    row: int = 0
    col: int = 0
    bias: bool = False


@dataclass(frozen=True)
class Hyperparameters:
    """Of the next step of SGD."""

    learning_rate: float = 0.01
    momentum: float = 0.0
    weight_decay: float = 0.0


@dataclass(frozen=True)
class WeightStep:
    """One weight's gradient and what the optimiser's next step makes of it.

    Attributes:
        name: of the weight in the `state_dict`, with its place.
        value: before the step.
        deltas: the gradient of the loss at every output that the weight took part in, `(N, H', W')` or `(N,)`; in a
            row for a weight that is used several times.
        met: what the weight was multiplied with there, of the same shape; ones for a bias.
        uses: the layers that use the weight, each with the number of its terms.
        gradient: the sum of `deltas * met`, in float64.
        torch_gradient: PyTorch's, in float32.
        decay: what the weight decay adds to the gradient.
        velocity_before: the momentum buffer; 0 before the first step.
        velocity_after: `momentum * velocity_before + gradient + decay`.
        new_value: `value - learning_rate * velocity_after`.
        torch_new_value: what PyTorch's step made of it, in float32.

    """

    cell: WeightCell
    name: str
    value: float
    deltas: Doubles
    met: Doubles
    gradient: float
    torch_gradient: float
    decay: float
    velocity_before: float
    velocity_after: float
    rates: Hyperparameters
    new_value: float
    torch_new_value: float
    uses: tuple[tuple[str, int], ...] = ()

    @property
    def agrees(self) -> bool:
        """Whether it is what PyTorch computed, as near as float32 can tell."""
        terms = float(np.abs(self.deltas * self.met).sum())
        gradient = abs(self.gradient - self.torch_gradient) <= max(
            TOLERANCE * abs(self.torch_gradient), ROUNDING * terms
        )
        size = abs(self.value) + self.rates.learning_rate * (abs(self.velocity_after) + terms)
        return gradient and abs(self.new_value - self.torch_new_value) <= max(
            TOLERANCE * abs(self.torch_new_value), ROUNDING * size
        )


@dataclass(frozen=True)
class Backward:
    """A backward pass.

    Attributes:
        loss: the mean over the images.
        label: index of the first image's class.
        images: how many there were.
        activations: layer name -> value of the first image, of the layer's shape.
        gradients: layer name -> gradient of the loss there, of the same shape.
        weight: the weight asked about, None without one.

    """

    loss: float
    label: int
    images: int
    activations: Mapping[str, npt.NDArray[np.float32]]
    gradients: Mapping[str, npt.NDArray[np.float32]]
    weight: WeightStep | None = None


@dataclass(frozen=True)
class BackwardWish:
    """What a person wants to see going backward.

    Attributes:
        label: index of the class that the image shall be; None: its own.
        weight: whose next step is asked about.
        rates: of the step.
        batch: how many images, the chosen one included.

    """

    label: int | None = None
    weight: WeightCell | None = None
    rates: Hyperparameters = field(default_factory=Hyperparameters)
    batch: int = 1
