"""Answers a request for an attribution."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

import torch
import torch.nn.functional as F

from cnnviewer.core.data.dataset import normalise_unit
from cnnviewer.core.errors import UserError
from cnnviewer.core.inspection.attribution import methods
from cnnviewer.core.inspection.attribution.logits import Logits
from cnnviewer.core.inspection.attribution.methods import MOST_NODES, NODES, Abandoned, Progress
from cnnviewer.core.inspection.attribution.records import Attribution, AttributionRequest, Baseline, is_slow
from cnnviewer.core.inspection.records import Architecture, FloatArray
from cnnviewer.core.models.recipe import ModelRecipe

_PATCHES = 7  # across an image, where no size is given
COARSE_NODES = 3
"""Of integrated gradients of a large model, to be seen first."""
_COARSE_PARTS = (2, 4)  # of an image's side that occlusion of a large model covers first
_BLUR = 8.0  # an image's side over the standard deviation of its blur


def attribute(
    request: AttributionRequest,
    logits: Logits,
    pixels: FloatArray,
    recipe: ModelRecipe,
    architecture: Architecture,
    progress: Progress = lambda _: None,
    abandoned: Abandoned = lambda: False,
    most: int = MOST_NODES,
    show: Callable[[Attribution], None] | None = None,
) -> Attribution:
    """Which pixels the score of `request` rests on, for `pixels`, float32 `(C, H, W)` in 0..1.

    `most` is how many nodes integrated gradients may take. `show` is given coarse results of a large model first:
    integrated gradients of few nodes, occlusion by large squares.

    Raises:
        Cancelled: `abandoned` said so.
        UserError: the layer has no maps, the patch does not fit, or PyTorch finds no gradients.
    """
    request = replace(completed(request, recipe, architecture), log_odds=logits.gives_log_odds)
    unit = torch.from_numpy(pixels.copy())[None]
    image = normalise_unit(unit, recipe.mean, recipe.std)
    direction = logits.direction(request.target, request.against)
    if request.method == "grad-cam":
        positive = request.against is None
        found, score, peak = methods.grad_cam(logits, image, direction, request.layer or "", positive)
        return Attribution(request, score, found.numpy(), peak=peak)
    if request.method in ("occlusion", "integrated-gradients"):
        begin = baseline_of(unit, recipe, request.baseline)
        if request.method == "integrated-gradients":
            return _integrated(request, logits, image, begin, recipe, most, progress, abandoned, show)
        return _occluded(request, logits, image, begin, recipe, progress, abandoned, show)
    found, score = methods.gradient(logits, image, direction)
    if request.method == "gradient-x-input":
        found = found * image[0]
    return Attribution(request, score, found.numpy())


def _integrated(
    request: AttributionRequest,
    logits: Logits,
    image: torch.Tensor,
    begin: torch.Tensor,
    recipe: ModelRecipe,
    most: int,
    progress: Progress,
    abandoned: Abandoned,
    show: Callable[[Attribution], None] | None,
) -> Attribution:
    direction, baseline = logits.direction(request.target, request.against), _in_pixels(begin, recipe)
    coarse = (COARSE_NODES,) if show is not None and is_slow(logits.at_once) else ()

    def attribution(found: torch.Tensor, score: float, before: float, count: int) -> Attribution:
        return Attribution(request, score, found.numpy(), baseline_logit=before, nodes=count, baseline=baseline)

    def give(found: torch.Tensor, score: float, before: float, count: int) -> None:
        if show is not None and is_slow(logits.at_once):
            show(attribution(found, score, before, count))

    nodes = (*coarse, *NODES)
    found = methods.integrated_gradients(logits, image, begin, direction, nodes, most, progress, abandoned, give)
    return attribution(*found)


def _occluded(
    request: AttributionRequest,
    logits: Logits,
    image: torch.Tensor,
    fill: torch.Tensor,
    recipe: ModelRecipe,
    progress: Progress,
    abandoned: Abandoned,
    show: Callable[[Attribution], None] | None,
) -> Attribution:
    direction, baseline = logits.direction(request.target, request.against), _in_pixels(fill, recipe)
    shorter = min(image.shape[2:])
    for parts in _COARSE_PARTS if show is not None and is_slow(logits.at_once) else ():
        side = math.ceil(shorter / parts)
        if side > request.patch and show is not None:
            found, score = methods.occlusion(logits, image, fill, direction, side, side, abandoned=abandoned)
            coarse = replace(request, patch=side, stride=side)
            show(Attribution(coarse, score, found.numpy(), baseline=baseline))
    found, score = methods.occlusion(logits, image, fill, direction, request.patch, request.stride, progress, abandoned)
    return Attribution(request, score, found.numpy(), baseline=baseline)


def _in_pixels(normalised: torch.Tensor, recipe: ModelRecipe) -> FloatArray:
    """A normalised image `(1, C, H, W)` as it looks: `(C, H, W)` in 0..1."""
    mean = torch.tensor(recipe.mean).view(-1, 1, 1)
    std = torch.tensor(recipe.std).view(-1, 1, 1)
    shown: FloatArray = (normalised[0] * std + mean).clamp(0, 1).numpy()
    return shown


def completed(request: AttributionRequest, recipe: ModelRecipe, architecture: Architecture) -> AttributionRequest:
    """The request with the layer, the patch and the stride filled in.

    Raises:
        UserError: there is no such class or layer, the layer has no maps, or the patch does not fit.
    """
    for label in (request.target, request.against):
        if label is not None and not 0 <= label < len(recipe.classes):
            raise UserError("There is no class number {number}.", number=label)
    if request.target == request.against:
        raise UserError("A class is compared with another one, not with itself.")
    if request.method == "grad-cam":
        return replace(request, layer=layer_with_maps(request.layer, architecture))
    if request.method == "occlusion":
        side = min(recipe.input_shape[1:])
        patch = request.patch or max(1, round(side / _PATCHES))
        if patch > side:
            raise UserError(
                "A patch of {patch} pixels does not fit the image of {size} pixels.", patch=patch, size=side
            )
        stride = request.stride or max(1, patch // 2)
        if stride > patch:
            raise UserError("The stride must be at most the side of the patch: else pixels are left out.")
        return replace(request, patch=patch, stride=stride)
    return request


def layer_with_maps(name: str | None, architecture: Architecture) -> str:
    """The layer that Grad-CAM reads: the one named, or the last whose maps are larger than a pixel.

    Raises:
        UserError: there is no such layer, or it has no maps.
    """
    with_maps = [each for each in architecture.layers[1:] if len(each.shape) == 3 and each.rank in (None, 4)]
    if name is None:
        usual = [layer for layer in with_maps if max(layer.shape[1:]) > 1]
        if not usual:
            raise UserError("No layer of this model has maps, which Grad-CAM needs.")
        return usual[-1].name
    if name not in {layer.name for layer in with_maps}:
        names = ", ".join(layer.name for layer in with_maps) or "–"
        raise UserError("{layer} is no layer with maps. These are: {names}.", layer=name, names=names)
    return name


def baseline_of(unit: torch.Tensor, recipe: ModelRecipe, baseline: Baseline) -> torch.Tensor:
    """The normalised image `(1, C, H, W)` without anything on it, for one in 0..1 of the same shape."""
    if baseline == "mean":
        return torch.zeros_like(unit)
    shown = torch.zeros_like(unit) if baseline == "black" else blurred(unit)
    return normalise_unit(shown, recipe.mean, recipe.std)


def blurred(unit: torch.Tensor) -> torch.Tensor:
    """`(1, C, H, W)` blurred by a Gaussian whose standard deviation is an eighth of its shorter side."""
    deviation = min(unit.shape[2:]) / _BLUR
    reach = math.ceil(3 * deviation)
    place = torch.arange(-reach, reach + 1, dtype=unit.dtype)
    bell = torch.exp(-(place**2) / (2 * deviation**2))
    bell = (bell / bell.sum()).expand(unit.shape[1], 1, 1, -1)
    wide = F.conv2d(F.pad(unit, (reach, reach, 0, 0), mode="replicate"), bell, groups=unit.shape[1])
    tall = F.pad(wide, (0, 0, reach, reach), mode="replicate")
    return F.conv2d(tall, bell.transpose(2, 3), groups=unit.shape[1])
