"""A model's weights at one moment, frozen, with where they come from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import torch

from cnnviewer.core.models.recipe import ModelRecipe, ReadAs


@dataclass(frozen=True)
class ModelState:
    """Recipe and weights: what is saved, loaded, inspected and trained from. Nobody writes into it.

    Attributes:
        recipe: how to build the model.
        tensors: the `state_dict`, float32 on the CPU; copies, shared with nobody who changes them.
        velocity: the momentum buffers of the optimiser by weight, where a training left some; not saved.
        read_as: who says how images are fed to the weights, as the recipe has it: `weights` where a file or a run
            records it. Not saved: what is saved is recorded.
        provenance: plain facts for captions and metadata: `seed`, `epoch`, `step`, `accuracy`, `command`, …

    """

    recipe: ModelRecipe
    tensors: Mapping[str, torch.Tensor]
    provenance: Mapping[str, str | int | float] = field(default_factory=dict)
    velocity: Mapping[str, torch.Tensor] = field(default_factory=dict)
    read_as: ReadAs = "weights"
