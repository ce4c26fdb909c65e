"""What an evaluation asks of a model."""

from __future__ import annotations

from typing import Protocol

import numpy as np
import numpy.typing as npt
import torch

from cnnviewer.core.models.recipe import ModelRecipe


class Predictor(Protocol):
    """A model that predicts a batch of images, such as an `Inspector`.

    Attributes:
        recipe: how an image is fed to the model and what its outputs are called.

    """

    recipe: ModelRecipe

    def predict_batch(self, images: torch.Tensor) -> npt.NDArray[np.float32]:
        """Probabilities `(N, classes)` for uint8 images `(N, C, H, W)` on the CPU."""
        ...
