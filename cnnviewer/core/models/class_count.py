"""How many classes a model tells apart, and on which images it runs: found by running it on an empty one."""

from __future__ import annotations

import torch
from torch import nn

from cnnviewer.core.models.fitting import Tensors
from cnnviewer.core.models.output import class_count
from cnnviewer.core.models.randomness import own_randomness
from cnnviewer.core.models.recipe import ModelRecipe
from cnnviewer.core.models.registry import build, spec
from cnnviewer.core.models.state_dicts import load_into


def on_meta(recipe: ModelRecipe) -> nn.Module | None:
    """The model as shapes without numbers, which costs nothing however large it is; None where it wants numbers."""
    try:
        with own_randomness(), torch.device("meta"):
            return build(recipe).eval()
    except (Exception, SystemExit):  # the user's own code
        return None


def classes_given(recipe: ModelRecipe, tensors: Tensors) -> int | None:
    """How many classes the model gives for an empty image; None where it cannot run on one.

    Of several tensors the one counts that has as many scores as the recipe has classes, see `main_part`.
    """
    model = on_meta(recipe)
    return _classes_of_real(recipe, tensors) if model is None else classes_of(model, recipe, tensors)


def classes_of(model: nn.Module, recipe: ModelRecipe, tensors: Tensors) -> int | None:
    """The same of a model on the meta device that was built for such an image, or for any."""
    try:
        with own_randomness(), torch.no_grad():
            given = model(torch.empty(1, *recipe.input_shape, device="meta"))
            return class_count(given, len(recipe.classes))
    except NotImplementedError:
        return _classes_of_real(recipe, tensors)
    except (Exception, SystemExit) as error:  # the user's own code
        return _classes_of_real(recipe, tensors) if "meta" in str(error).lower() else None


def _classes_of_real(recipe: ModelRecipe, tensors: Tensors) -> int | None:
    """The same of a model that needs numbers to run, such as one that makes tensors of its own."""
    try:
        with own_randomness(), torch.no_grad():
            model = spec(recipe.model).unfitted(recipe).eval()
            if tensors:
                load_into(model, tensors)
            return class_count(model(torch.zeros(1, *recipe.input_shape)), len(recipe.classes))
    except (Exception, SystemExit):  # the user's own code
        return None
