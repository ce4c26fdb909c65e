"""Which size and normalisation an image gets before a model reads it, decided here for every place that asks a model.

The weights' own where they record one; else that of the data set chosen; else the usual one of the model.
`(pixel / 255 - mean) / std`, per channel, with numbers of another data set costs LeNet 8 % of MNIST's test digits.
"""

from __future__ import annotations

import math
from dataclasses import replace

from cnnviewer.core.data.info import DataInfo
from cnnviewer.core.errors import UserError
from cnnviewer.core.models.class_match import match_classes
from cnnviewer.core.models.recipe import ModelRecipe, Normalisation
from cnnviewer.core.models.recognising import recipe_for_images
from cnnviewer.core.models.registry import ModelSpec, spec
from cnnviewer.core.models.state import ModelState

LARGEST_SIDE = 1024
"""Pixels a side of what the user can ask for: an image of that size takes a ResNet-18 a second."""


def for_data(state: ModelState, info: DataInfo | None) -> ModelState:
    """The weights as they read the images of `info`: what they record stays, else the data set decides.

    It decides on size, normalisation and names of the classes. Weights that cannot read its images stay as they are.
    """
    if info is None:
        return state
    if state.read_as in ("weights", "asked"):
        return _named(state, info)
    recipe: ModelRecipe | None = state.recipe
    if state.recipe.input_shape != info.shape:
        resizes = spec(state.recipe.model).info.resizes  # such a model looks at any image in its own size
        recipe = None if resizes else recipe_for_images(state.recipe, state.tensors, info.shape)
    if recipe is None:
        return state
    classes = info.classes if len(info.classes) == len(recipe.classes) else recipe.classes
    recipe = replace(recipe, mean=info.mean, std=info.std, classes=classes)
    if state.read_as == "dataset" and recipe == state.recipe:
        return state
    return replace(state, recipe=recipe, read_as="dataset")


def _named(state: ModelState, info: DataInfo) -> ModelState:
    """The weights with the names of the data set's classes, where they record none."""
    try:
        match = match_classes(state.recipe, info, state.named)
    except UserError:
        return state
    if match.by == "name" or match.names == state.recipe.classes:
        return state
    return replace(state, recipe=replace(state.recipe, classes=match.names), named=False)


def as_asked(
    state: ModelState,
    size: tuple[int, int] | None = None,
    mean: tuple[float, ...] | None = None,
    std: tuple[float, ...] | None = None,
) -> ModelState:
    """The weights as the user wants them to read images: `size` is `(H, W)`; one number is for every channel.

    Raises:
        UserError: the model cannot run on such images, or the numbers cannot be.
    """
    recipe: ModelRecipe | None = state.recipe
    channels = state.recipe.input_shape[0]
    if size is not None and size != state.recipe.input_shape[1:]:
        recipe = recipe_for_images(state.recipe, state.tensors, (channels, *size)) if min(size) > 0 else None
    if recipe is None or (size is not None and max(size) > LARGEST_SIDE):
        raise UserError(
            "{model} cannot run on images of {size} pixels.",
            field="size",
            model=spec(state.recipe.model).info.title,
            size="×".join(map(str, size or ())),
        )
    recipe = replace(
        recipe,
        mean=_for_channels("mean", mean, channels) or recipe.mean,
        std=_for_channels("std", std, channels) or recipe.std,
    )
    return replace(state, recipe=recipe, read_as="asked", familiarity=None, temperature=None)


def _for_channels(field: str, values: tuple[float, ...] | None, channels: int) -> tuple[float, ...] | None:
    """The numbers asked for, one for each channel."""
    if values is None:
        return None
    shown = ", ".join(f"{value:g}" for value in values) or "nothing"
    right = len(values) in (1, channels) and all(math.isfinite(value) for value in values)
    if field == "mean" and not right:
        raise UserError(
            "{value} cannot be the mean: write one number, or one for each channel ({channels}).",
            field=field,
            value=shown,
            channels=channels,
        )
    if field == "std" and not (right and min(values) > 0):
        raise UserError(
            "{value} cannot be the standard deviation: write one number above 0, or one for each channel ({channels}).",
            field=field,
            value=shown,
            channels=channels,
        )
    return values * channels if len(values) == 1 else values


def recipe_of_training(model: ModelSpec, info: DataInfo, start: ModelState | None) -> ModelRecipe:
    """The recipe of a training on the images of `info`, which its run and its weights record.

    A training from random weights normalises as its data set says. One that continues from weights normalises as these
    record: they were learned from such inputs, and the first step begins where they were left.
    """
    usual = model.recipe_for(info)
    if start is None:
        return usual
    own = for_data(start, info).recipe
    return replace(usual, mean=own.mean, std=own.std)


def normalisation_of(state: ModelState) -> Normalisation:
    """How the weights' images are normalised, and who says so."""
    recipe = state.recipe
    return Normalisation(recipe.mean, recipe.std, state.read_as, recipe.dataset if state.read_as == "weights" else "")
