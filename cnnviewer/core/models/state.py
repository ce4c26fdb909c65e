"""A model's weights at one step, frozen, with where they come from."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

import torch

from cnnviewer.core.data.key import DataKey
from cnnviewer.core.models.familiarity import Familiarity
from cnnviewer.core.models.mutes import Mutes
from cnnviewer.core.models.recipe import ModelRecipe, ReadAs
from cnnviewer.core.models.temperature import Temperature


def digest_of(tensors: Mapping[str, torch.Tensor]) -> str:
    """SHA-256 of the names, shapes and numbers of weights."""
    digest = hashlib.sha256()
    for name, tensor in sorted(tensors.items()):
        digest.update(f"{name} {tensor.dtype} {tuple(tensor.shape)}\n".encode())
        digest.update(tensor.contiguous().reshape(-1).view(torch.uint8).numpy().data)
    return digest.hexdigest()


@dataclass(frozen=True)
class ModelState:
    """Recipe and weights: what is saved, loaded, inspected and trained from. Nobody writes into it.

    Attributes:
        recipe: how to build the model.
        tensors: the `state_dict`, float32 on the CPU; copies, shared with nobody who changes them.
        velocity: the momentum buffers of the optimiser by weight, where a training left some; not saved.
        read_as: who says how images are fed to the weights, as the recipe has it: `weights` where a file or a run
            records it. Not saved: what is saved is recorded.
        file: name of the file they were read from, empty for all others; not saved.
        named: whether the weights record the names of their classes; else those in the recipe are taken from elsewhere.
        mutes: channels that are muted in every pass of the model; the tensors are as if there were none.
        familiarity: what tells whether an image looks like those they learned from, where that is known.
        temperature: what the logits are divided by, so that probabilities can be taken at their word, if known.
        provenance: plain facts for captions and metadata: `seed`, `epoch`, `step`, `accuracy`, `command`, …

    """

    recipe: ModelRecipe
    tensors: Mapping[str, torch.Tensor]
    provenance: Mapping[str, str | int | float] = field(default_factory=dict)
    velocity: Mapping[str, torch.Tensor] = field(default_factory=dict)
    read_as: ReadAs = "weights"
    named: bool = True
    file: str = ""
    mutes: Mutes = ()
    familiarity: Familiarity | None = None
    temperature: Temperature | None = None

    @property
    def learned_from(self) -> DataKey:
        """The data set that the training noted; of an empty name where none is noted."""
        return DataKey.parse(str(self.provenance.get("dataset", "")))
