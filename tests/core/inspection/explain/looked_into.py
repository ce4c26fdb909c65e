"""Models that are looked into, by name, each with an image already inspected."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import numpy as np
import torch

from cnnviewer.core.inspection.records import Architecture, Cell, LayerInfo
from cnnviewer.core.inspection.trace import Inspector
from cnnviewer.core.models.design import PRESETS
from cnnviewer.core.models.recipe import ModelRecipe
from cnnviewer.core.models.registry import build
from cnnviewer.core.models.weights import BUNDLED, bundled
from tests.core.inspection.sample_networks import Functional, image, own

DESIGN = PRESETS["every_kind"].text
MODELS = ("lenet", "simplecnn", "alexnet", "vgg16", DESIGN, "functional")


@cache
def looked_into(name: str) -> Inspector:
    """The bundled weights where there are some, random ones else; the same at every run."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(3)
        if name in BUNDLED:
            inspector = Inspector.from_state(bundled(name))
        elif name == "functional":
            inspector = Inspector(Functional(), own((3, 16, 16)))
        else:
            side = 224 if name in ("alexnet", "vgg16") else 32
            mean, std = (0.4, 0.5, 0.6), (0.2, 0.25, 0.3)
            recipe = ModelRecipe(name, (3, side, side), tuple("abcdefghij"), mean, std)
            model = build(recipe)
            model(torch.rand(4, *recipe.input_shape))  # in training mode: batch normalisation gets running statistics
            inspector = Inspector(model, recipe)
    inspector.inspect(image(inspector.recipe.input_shape, seed=1))
    return inspector


def random_cells(architecture: Architecture, layer: LayerInfo, count: int) -> Iterator[Cell]:
    """Places anywhere in the layer, the corners among them."""
    draw = np.random.default_rng(abs(hash(layer.shape)) % 1000)
    yield Cell(layer.name, *(0 for _ in layer.shape))
    yield Cell(layer.name, *(size - 1 for size in layer.shape))
    for _ in range(count - 2):
        yield Cell(layer.name, *(int(draw.integers(size)) for size in layer.shape))
