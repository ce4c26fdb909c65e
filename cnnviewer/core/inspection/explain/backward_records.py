"""What a backward pass tells: gradients, and one weight's next step. Free of torch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from cnnviewer.core.inspection.explain.records import (
    ROUNDING,
    TOLERANCE,
    Convolution,
    Dense,
    Doubles,
    Explanation,
    overflowed,
)
from cnnviewer.core.inspection.records import Cell, LayerInfo

EarlyWeights = Literal["", "step", "untrained"]
"""Weights with which there is more to learn: an early step of the run, new random ones, or none."""
_FIELDS = ("output", "input", "row", "col")
# Where PyTorch keeps a weight in another order. A table's entry is chosen by its input; a bilinear form has a matrix
# for each output.
_FIELDS_OF: Mapping[str, tuple[str, ...]] = {
    "conv1d": ("output", "input", "col"),
    "conv3d": ("output", "input", "depth", "row", "col"),
    "conv_transpose1d": ("input", "output", "col"),
    "conv_transpose2d": ("input", "output", "row", "col"),
    "conv_transpose3d": ("input", "output", "depth", "row", "col"),
    "embedding": ("input", "output"),
    "bilinear": ("output", "row", "col"),
}


@dataclass(frozen=True)
class WeightCell:
    """A learned number: of the kernel from input channel `input` to output channel `output`, or its bias.

    Where there are groups, a convolution counts the inputs of the output's group, a transposed one the outputs of the
    input's.
    """

    layer: str
    output: int
    input: int = 0
    row: int = 0
    col: int = 0
    bias: bool = False
    depth: int = 0

    def place(self, kind: str, rank: int) -> tuple[int, ...]:
        """Where it stands in a weight of `rank` dimensions that belongs to an operation of this kind, or in its bias.

        A bias is counted by the outputs: all of them, whatever the groups are.
        """
        return tuple(getattr(self, name) for name in weight_fields("" if self.bias else kind, rank))

    def at(self, layer: str, kind: str, place: tuple[int, ...]) -> WeightCell:
        """The number that stands at `place` for another operation, which shares the weight with this one's."""
        parts: dict[str, Any] = dict(zip(weight_fields("" if self.bias else kind, len(place)), place, strict=True))
        return replace(self, layer=layer, **parts)


def weight_fields(kind: str, rank: int) -> tuple[str, ...]:
    """What the dimensions of a weight are called, as fields of a `WeightCell`."""
    return _FIELDS_OF.get(kind, _FIELDS)[:rank]


def weight_of(layer: LayerInfo, cell: Cell) -> WeightCell:
    """The first weight of the output channel that a number of the layer belongs to."""
    kind, last = layer.kind, cell.channel if cell.row is None else cell.col
    output = last if kind in ("linear", "embedding", "bilinear") else cell.row if "1d" in kind else cell.channel
    sizes = dict(zip(weight_fields(kind, len(layer.weight_shape)), layer.weight_shape, strict=False))
    return WeightCell(layer.name, min(output or 0, sizes.get("output", 1) - 1))


def strongest_weight(explanation: Explanation) -> WeightCell | None:
    """The weight whose product is the largest part of a number; None for other operations than these two."""
    work, cell = explanation.work, explanation.cell
    if isinstance(work, Dense) and cell.channel is not None and cell.row is None:
        return WeightCell(cell.layer, cell.channel, int(np.abs(work.inputs * work.weights).argmax()))
    if isinstance(work, Convolution) and work.way == "plain" and work.kernel.size and cell.channel is not None:
        group, row, col = np.unravel_index(int(np.abs(work.products).argmax()), work.products.shape)
        return WeightCell(cell.layer, cell.channel, int(group), int(row), int(col))
    return None


@dataclass(frozen=True)
class StepSettings:
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
        rounding: what rounding may add up to, relative to the sum of the sizes of the terms.
        gradient: the sum of `deltas * met`, in float64.
        torch_gradient: PyTorch's, in float32.
        decay: what the weight decay adds to the gradient.
        velocity_before: the momentum buffer; 0 before the first step.
        velocity_after: `momentum * velocity_before + gradient + decay`.
        new_value: `value - learning_rate * velocity_after`.
        torch_new_value: what PyTorch's step made of it, in float32.
        livelier: where the gradient is 0, the weight of the same output with the largest gradient, or, where all of
            those are 0, that of the whole layer; None where there is none.

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
    rates: StepSettings
    new_value: float
    torch_new_value: float
    uses: tuple[tuple[str, int], ...] = ()
    rounding: float = ROUNDING
    livelier: WeightCell | None = None

    @property
    def agrees(self) -> bool:
        """Whether it is what PyTorch computed, as near as float32 can tell."""
        terms = float(np.abs(self.deltas * self.met).sum())
        if overflowed(self.torch_gradient, terms):
            return True
        gradient = abs(self.gradient - self.torch_gradient) <= max(
            TOLERANCE * abs(self.torch_gradient), self.rounding * terms
        )
        size = abs(self.value) + self.rates.learning_rate * (abs(self.velocity_after) + terms)
        return gradient and abs(self.new_value - self.torch_new_value) <= max(
            TOLERANCE * abs(self.torch_new_value), self.rounding * size
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
        moved: name of a layer that only moves values -> of each layer that it reads, which of its own channels come
            from each channel there.

    """

    loss: float
    label: int
    images: int
    activations: Mapping[str, npt.NDArray[np.float32]]
    gradients: Mapping[str, npt.NDArray[np.float32]]
    weight: WeightStep | None = None
    moved: Mapping[str, Mapping[str, tuple[tuple[int, ...], ...]]] = field(default_factory=dict)


@dataclass(frozen=True)
class BackwardRequest:
    """What the user wants to see going backward.

    Attributes:
        label: index of the class that the image shall be; None: its own.
        weight: whose next step is asked about.
        rates: of the step.
        batch: how many images, the chosen one included.

    """

    label: int | None = None
    weight: WeightCell | None = None
    rates: StepSettings = field(default_factory=StepSettings)
    batch: int = 1
