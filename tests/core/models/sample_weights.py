"""Weights to save and load, ways to damage them, and how a refusal is read."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import nn

from cnnviewer.core.errors import UserError
from cnnviewer.core.models.recipe import ModelRecipe
from cnnviewer.core.models.registry import build
from cnnviewer.core.models.state import ModelState
from cnnviewer.core.models.weights import load_weights

LENET = ModelRecipe("lenet", (1, 28, 28), tuple("0123456789"), (0.1307,), (0.3081,), "mnist")
PROVENANCE = {"seed": 1, "accuracy": 0.9923, "command": "cnnviewer train --model lenet"}


def state_of(recipe: ModelRecipe) -> ModelState:
    tensors = {name: tensor.detach().clone() for name, tensor in build(recipe).state_dict().items()}
    return ModelState(recipe, tensors, PROVENANCE)


def same(a: ModelState, b: ModelState) -> bool:
    return list(a.tensors) == list(b.tensors) and all(
        torch.equal(a.tensors[n].view(torch.int32), b.tensors[n].view(torch.int32)) for n in a.tensors
    )


def refusal(path: Path, model: str | None = None) -> str:
    """The one sentence with which the file is refused."""
    with pytest.raises(UserError) as caught:
        load_weights(path, model)
    sentence = str(caught.value)
    assert path.name in sentence
    assert "\n" not in sentence
    assert sentence.endswith(".")
    assert len(sentence) < 300
    return sentence


def loaded_or_refused(path: Path, model: str | None = None) -> ModelState | None:
    """The weights, or None for a refusal; whatever else happens fails the test."""
    try:
        return load_weights(path, model)
    except UserError:
        return None


class Course(nn.Module):
    """LeNet as a script writes it."""

    def __init__(self) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(1, 10, 5)
        self.conv2 = nn.Conv2d(10, 20, 5)
        self.conv2_drop = nn.Dropout2d()
        self.fc1 = nn.Linear(320, 50)
        self.fc2 = nn.Linear(50, 10)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = nn.functional.relu(nn.functional.max_pool2d(self.conv1(x), 2))
        x = nn.functional.relu(nn.functional.max_pool2d(self.conv2_drop(self.conv2(x)), 2))
        x = nn.functional.relu(self.fc1(x.view(-1, 320)))
        return nn.functional.log_softmax(self.fc2(x), dim=1)


def corrupt(data: bytes, seed: int) -> bytes:
    """Changed, cut, doubled, shifted: half of the changes in the first 2 kB, where headers and directories are."""
    rng = np.random.default_rng(seed)
    damaged = bytearray(data)
    for _ in range(int(rng.integers(1, 5))):
        end = min(2048, len(damaged)) if rng.random() < 0.5 else len(damaged)
        at = int(rng.integers(0, max(end, 1)))
        match int(rng.integers(0, 6)):
            case 0 | 1 | 2:
                damaged[at : at + 1] = bytes([int(rng.integers(0, 256))])
            case 3:
                del damaged[at:]
            case 4:
                damaged[at:at] = rng.bytes(int(rng.integers(1, 9)))
            case 5:
                damaged[at : at + 8] = struct.pack("<Q", int(rng.integers(0, 2**63)))
    return bytes(damaged)
