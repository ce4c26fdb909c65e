"""Copies of a model, whatever it is made of."""

from __future__ import annotations

import copy
from collections.abc import Mapping

import torch
from torch import nn


def copy_of(model: nn.Module, copied: Mapping[int, nn.Parameter] | None = None) -> nn.Module:
    """A copy whose gradients are its own; `copied` are copies that are there already, by the id of the original.

    `copy.deepcopy` alone computes the weights of a scripted part from the original's: what a backward pass finds would
    be added to the original's gradients, and the copy could not learn.

    Raises:
        RuntimeError: the model holds a tensor that was computed from its weights.
    """
    with torch.no_grad():
        made = copy.deepcopy(model, dict(copied or {}))
    for weight, original in zip(made.parameters(), model.parameters(), strict=True):
        weight.requires_grad_(original.requires_grad)
    return made
