"""Which normalisation an image gets before a model reads it, decided here for every place that asks a model.

The weights' own where they record one; else that of the data set chosen; else the usual one of the model.
`(pixel / 255 - mean) / std`, per channel, with numbers of another data set costs LeNet 8 % of MNIST's test digits.
"""

from __future__ import annotations

from dataclasses import replace

from cnnviewer.core.data.info import DataInfo
from cnnviewer.core.models.recipe import ModelRecipe, Normalisation
from cnnviewer.core.models.registry import recipe_for
from cnnviewer.core.models.state import ModelState


def for_data(state: ModelState, info: DataInfo | None) -> ModelState:
    """The weights as they read the images of `info`: what they record stays, else the data set decides.

    Weights that read other images than those of `info` stay as they are.
    """
    if info is None or state.read_as == "weights":
        return state
    usual = recipe_for(state.recipe.model, info)
    fits = usual.input_shape == state.recipe.input_shape == info.shape
    if not fits or (state.read_as == "dataset" and (usual.mean, usual.std) == (state.recipe.mean, state.recipe.std)):
        return state
    return replace(state, recipe=replace(state.recipe, mean=usual.mean, std=usual.std), read_as="dataset")


def recipe_of_training(model: str, info: DataInfo, start: ModelState | None) -> ModelRecipe:
    """The recipe of a training on the images of `info`, which its run and its weights record.

    A training from random weights normalises as its data set says. One that goes on from weights normalises as these
    record: they were learned from such inputs, and the first step begins where they were left.
    """
    usual = recipe_for(model, info)
    if start is None:
        return usual
    own = for_data(start, info).recipe
    return replace(usual, mean=own.mean, std=own.std)


def normalisation_of(state: ModelState) -> Normalisation:
    """How the weights' images are normalised, and who says so."""
    recipe = state.recipe
    return Normalisation(recipe.mean, recipe.std, state.read_as, recipe.dataset if state.read_as == "weights" else "")
