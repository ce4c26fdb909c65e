"""What the inspection thread is asked and what it answers: frozen, made in one thread and read in another."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import torch

from cnnviewer.core import digits, handwriting, images
from cnnviewer.core.digits import DigitSteps
from cnnviewer.core.errors import UserError
from cnnviewer.core.inspection.explain.backward_records import Backward, Hyperparameters, WeightCell
from cnnviewer.core.inspection.explain.records import Explanation
from cnnviewer.core.inspection.records import Architecture, Cell, FloatArray, Inspection, Kernels
from cnnviewer.core.models.recipe import ModelRecipe, Normalisation

Pixels = npt.NDArray[np.uint8]
NOTHING = -1
"""Number of a question that takes the last one back."""


@dataclass(frozen=True)
class Drawing:
    """What stands on the canvas: uint8 `(H, W)`, ink 255 on 0."""

    raster: Pixels


@dataclass(frozen=True)
class Sample:
    """An image of a data set: uint8 `(C, H, W)`."""

    pixels: Pixels


@dataclass(frozen=True)
class Picture:
    """A file or a pasted image: uint8 `(H, W, 3)`.

    `as_digit` prepares it as one handwritten digit, where the model's images can be digits; None: where the model was
    trained on digits.
    """

    pixels: Pixels
    as_digit: bool | None = None


Source = Drawing | Sample | Picture


@dataclass(frozen=True)
class Request:
    """An image to look at. `source` None: there is none; `truth` is its class, where it is labelled."""

    generation: int
    source: Source | None
    truth: str | None = None


@dataclass(frozen=True)
class Why:
    """A number to explain, again with every new image and new weights; `cell` None: no longer."""

    cell: Cell | None
    number: int


@dataclass(frozen=True)
class Answer:
    """Everything the window shows for the newest image and weights.

    Attributes:
        untrained: whether the weights were drawn at random.
        steps: how a drawing became the model's input, where it was one.
        kernels: of the layer last asked for with `set_kernel_layer`.
    """

    inspection: Inspection
    architecture: Architecture
    recipe: ModelRecipe
    normalisation: Normalisation
    kernels: Kernels | None
    steps: DigitSteps | None
    untrained: bool = False


@dataclass(frozen=True)
class Because:
    """The answer: an explanation, or why there is none. `number` is the question's."""

    number: int
    explanation: Explanation | None
    problem: UserError | None = None


@dataclass(frozen=True)
class Learn:
    """A backward pass for the image looked at; again with every new image and new weights.

    Attributes:
        number: of the question.
        label: index of the class that the image shall be; None: the one it is labelled with, or the one predicted.
        weight: the weight whose next step is asked about.
        rates: of the step.
        others: uint8 images `(N, C, H, W)` that are in the batch with it, or None.
        labels: of these.

    """

    number: int
    label: int | None = None
    weight: WeightCell | None = None
    rates: Hyperparameters = field(default_factory=Hyperparameters)
    others: torch.Tensor | None = None
    labels: tuple[int, ...] = ()


@dataclass(frozen=True)
class Learned:
    """The answer: a backward pass, or why there is none. `number` is the question's."""

    number: int
    backward: Backward | None
    problem: UserError | None = None


def is_read_as_digit(picture: Picture, recipe: ModelRecipe) -> bool:
    """Whether a picture is prepared as a digit for this model."""
    if picture.as_digit is None:
        return handwriting.read_as_digit(picture.pixels, recipe)
    return picture.as_digit and handwriting.takes_digits(recipe)


def model_input(source: Source | None, recipe: ModelRecipe) -> tuple[FloatArray | None, DigitSteps | None]:
    """Make a model's input of an image: float32 `(C, H, W)` in 0..1, and the steps where it was read as a digit.

    A drawing becomes what MNIST's makers would have made of it when the model takes 1x28x28; any other model
    sees the canvas as a grey picture. `(None, None)` without an image or without ink.
    """
    shape = recipe.input_shape
    match source:
        case None:
            return None, None
        case Sample(pixels):
            if pixels.shape == shape:
                return pixels.astype(np.float32) / np.float32(255), None
            picture = np.repeat(pixels, 3, axis=0) if pixels.shape[0] == 1 else pixels[:3]
            return images.fit(np.ascontiguousarray(picture.transpose(1, 2, 0)), shape), None
        case Drawing(raster):
            steps = digits.prepare(raster)
            if steps is None:
                return None, None
            if shape == (1, 28, 28):
                return steps.centred[None], steps
            return images.fit(np.repeat(raster[:, :, None], 3, axis=2), shape), None
        case Picture(pixels):
            if is_read_as_digit(source, recipe):
                steps = handwriting.as_digit(pixels)
                return steps.centred[None], steps
            return images.fit(pixels, shape), None
