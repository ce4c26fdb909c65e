"""Requests to the inspection thread and its answers: frozen, made in one thread and read in another."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import torch

from cnnviewer.core.errors import UserError
from cnnviewer.core.images import drawn_digit, image_file, photographed_digit
from cnnviewer.core.images.drawn_digit import DigitSteps
from cnnviewer.core.images.image_file import DeepPixels
from cnnviewer.core.inspection.explain.backward_records import Backward, StepSettings, WeightCell
from cnnviewer.core.inspection.explain.records import Explanation
from cnnviewer.core.inspection.records import Architecture, Cell, FloatArray, Inspection, Kernels
from cnnviewer.core.models.digits import read_as_digit, takes_digits
from cnnviewer.core.models.recipe import ModelRecipe, Normalisation
from cnnviewer.core.models.state import ModelState

Pixels = npt.NDArray[np.uint8]
NOTHING = -1
"""Number of a request that withdraws the last one."""


@dataclass(frozen=True)
class DrawnInput:
    """The drawing on the canvas: uint8 `(H, W)`, ink 255 on 0."""

    raster: Pixels


@dataclass(frozen=True)
class SampleInput:
    """An image of a data set: uint8 `(C, H, W)`."""

    pixels: Pixels


@dataclass(frozen=True)
class PictureInput:
    """A file or a pasted image.

    Attributes:
        pixels: uint8 `(H, W, 3)`.
        as_digit: whether it is prepared as one handwritten digit, if the model's images can be digits; None: only if
            the model was trained on digits.
        wide: the values of a grey picture of more than eight bits, which the model's data set may have converted
            differently.

    """

    pixels: Pixels
    as_digit: bool | None = None
    wide: DeepPixels | None = None

    def for_model(self, recipe: ModelRecipe) -> Pixels:
        """The pixels, converted in the same way as the model's training images."""
        if self.wide is None:
            return self.pixels
        return image_file.in_bytes(self.wide, recipe.reading_of_photos)


InputSource = DrawnInput | SampleInput | PictureInput


@dataclass(frozen=True)
class InspectRequest:
    """An image to inspect. `source` None: no image; `truth` is its true class, None where it is unknown."""

    generation: int
    source: InputSource | None
    truth: str | None = None


@dataclass(frozen=True)
class ExplainRequest:
    """A value to explain, again for every new image and new weights; `cell` None: stop explaining."""

    cell: Cell | None
    number: int


@dataclass(frozen=True)
class Answer:
    """Everything the window shows for the newest image and weights.

    Attributes:
        state: the weights that were inspected, with the channels that were muted.
        untrained: whether the weights were drawn at random.
        steps: how a drawing became the model's input, where it was one.
        kernels: of the layer last requested with `set_kernel_layer`.
        refusal: why the requested image is not inspected.
    """

    inspection: Inspection
    architecture: Architecture
    recipe: ModelRecipe
    normalisation: Normalisation
    state: ModelState
    kernels: Kernels | None
    steps: DigitSteps | None
    untrained: bool = False
    refusal: Exception | None = None


@dataclass(frozen=True)
class ExplainReply:
    """An explanation, or why there is none. `number` is that of the request."""

    number: int
    explanation: Explanation | None
    problem: UserError | None = None


@dataclass(frozen=True)
class GradientRequest:
    """A backward pass for the inspected image, again for every new image and new weights.

    Attributes:
        number: of the request.
        label: index of the target class; None: the true class; where that is unknown, the class predicted
            when gradients were first asked for, which stays while the image does.
        weight: the weight whose next update is requested.
        rates: learning rate, momentum and weight decay of the update.
        others: uint8 images `(N, C, H, W)` in the same batch, or None.
        labels: class indices of `others`.

    """

    number: int
    label: int | None = None
    weight: WeightCell | None = None
    rates: StepSettings = field(default_factory=StepSettings)
    others: torch.Tensor | None = None
    labels: tuple[int, ...] = ()


@dataclass(frozen=True)
class GradientReply:
    """A backward pass, or why there is none. `number` is that of the request."""

    number: int
    backward: Backward | None
    problem: UserError | None = None


def is_read_as_digit(picture: PictureInput, recipe: ModelRecipe) -> bool:
    """Whether a picture is prepared as a digit for this model."""
    if picture.as_digit is None:
        return read_as_digit(picture.pixels, recipe)
    return picture.as_digit and takes_digits(recipe)


def model_input(source: InputSource | None, recipe: ModelRecipe) -> tuple[FloatArray | None, DigitSteps | None]:
    """Make a model's input of an image: float32 `(C, H, W)` in 0..1, and the steps where it was read as a digit.

    A drawing is prepared like MNIST's digits when the model takes 1x28x28; any other model gets the canvas as a grey
    picture. `(None, None)` without an image or without ink.
    """
    shape = recipe.input_shape
    match source:
        case None:
            return None, None
        case SampleInput(pixels):
            if pixels.shape == shape:
                return pixels.astype(np.float32) / np.float32(255), None
            picture = np.repeat(pixels, 3, axis=0) if pixels.shape[0] == 1 else pixels[:3]
            return image_file.fit(np.ascontiguousarray(picture.transpose(1, 2, 0)), shape), None
        case DrawnInput(raster):
            steps = drawn_digit.prepare(raster)
            if steps is None:
                return None, None
            if shape == (1, 28, 28):
                return steps.centred[None], steps
            return image_file.fit(np.repeat(raster[:, :, None], 3, axis=2), shape), None
        case PictureInput():
            pixels = source.for_model(recipe)
            if is_read_as_digit(source, recipe):
                steps = photographed_digit.as_digit(pixels)
                return steps.centred[None], steps
            return image_file.fit(pixels, shape), None
