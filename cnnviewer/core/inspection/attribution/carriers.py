"""Which feature maps carry a place of the image to a score."""

from __future__ import annotations

import math

import torch
import torch.nn.functional as F

from cnnviewer.core.data.dataset import normalise_unit
from cnnviewer.core.errors import Cancelled
from cnnviewer.core.inspection.attribution.carried import Carriers, middles_of
from cnnviewer.core.inspection.attribution.logits import Logits
from cnnviewer.core.inspection.attribution.methods import Abandoned
from cnnviewer.core.inspection.naming import INPUT
from cnnviewer.core.inspection.records import Architecture, FloatArray
from cnnviewer.core.models.recipe import ModelRecipe

_SIDE = 32  # places of a map to a side that are told apart
_LARGEST = 2_000_000  # numbers of a layer: larger ones of large models are left out


def carriers(
    logits: Logits,
    pixels: FloatArray,
    recipe: ModelRecipe,
    architecture: Architecture,
    target: int,
    against: int | None = None,
    abandoned: Abandoned = lambda: False,
) -> Carriers:
    """Value times slope of the score at every place of every map, for `pixels`, float32 `(C, H, W)` in 0..1.

    Raises:
        Cancelled: `abandoned` said so.
        UserError: PyTorch finds no gradients.
    """
    names = tuple(
        layer.name
        for layer in architecture.layers
        if layer.name != INPUT
        and len(layer.shape) == 3
        and layer.rank in (None, 4)
        and math.prod(layer.shape) <= _LARGEST
    )
    if abandoned():
        raise Cancelled
    image = normalise_unit(torch.from_numpy(pixels.copy())[None], recipe.mean, recipe.std)
    found = logits.slopes(image, logits.direction(target, against), names)
    known = [name for name in names if name in found.values]
    return Carriers(
        {name: _summed(found.values[name] * found.gradients[name]).numpy() for name in known},
        {name: middles_of(architecture.layer(name), architecture) for name in known},
    )


def _summed(products: torch.Tensor) -> torch.Tensor:
    """`(1, C, H, W)` -> `(C, h, w)` with at most `_SIDE` rows and columns: the sums over blocks."""
    block = max(1, math.ceil(max(products.shape[2:]) / _SIDE))
    return F.avg_pool2d(products, block, ceil_mode=True, divisor_override=1)[0]
