"""What one step of gradient descent did: the same batch with the new weights, and where they changed most."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import torch
from torch import nn

_MOST = 30_000_000
"""Weights of the largest model that is copied: a report must not take the memory that the training needs."""


class WeightsBefore:
    """A copy of a model's weights before a step; of a very large model there is none."""

    def __init__(self, model: nn.Module) -> None:
        self._model = model
        fits = sum(weight.numel() for weight in model.parameters()) <= _MOST
        self._copies = {name: weight.detach().clone() for name, weight in model.named_parameters()} if fits else {}

    def largest_change(self) -> tuple[str, float]:
        """The module whose weights have changed most as a part of their size, and by which part.

        That is the norm of the change divided by the norm of the weights; an empty name where nothing can be compared.
        """
        changed: dict[str, torch.Tensor] = {}
        sizes: dict[str, torch.Tensor] = {}
        for name, weight in self._model.named_parameters():
            if name not in self._copies:
                continue
            module, before = name.rpartition(".")[0] or name, self._copies[name]
            changed[module] = changed.get(module, 0) + (weight.detach() - before).square().sum()
            sizes[module] = sizes.get(module, 0) + before.square().sum()
        parts = {name: float((changed[name] / sizes[name]).sqrt()) for name in changed if float(sizes[name]) > 0}
        finite = {name: part for name, part in parts.items() if part == part}
        layer = max(finite, key=finite.__getitem__, default="")
        return layer, finite.get(layer, 0.0)


@contextmanager
def buffers_kept(model: nn.Module) -> Iterator[None]:
    """Put the model's buffers, such as running means, back to the last bit after the block."""
    copies = [(buffer, buffer.clone()) for buffer in model.buffers()]
    try:
        yield
    finally:
        for buffer, before in copies:
            buffer.copy_(before)


def drops(model: nn.Module) -> bool:
    """Whether channels or values are dropped while it trains."""
    kinds = (nn.Dropout, nn.Dropout1d, nn.Dropout2d, nn.Dropout3d, nn.AlphaDropout, nn.FeatureAlphaDropout)
    return any(isinstance(module, kinds) and module.p > 0 for module in model.modules())
