"""Frozen layers: their weights keep every bit while the others learn, as with PyTorch's `requires_grad = False`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from cnnviewer.core.errors import UserError

if TYPE_CHECKING:
    import torch
    from torch import nn

SEPARATOR = ","
"""Between the names in `TrainConfig.freeze`."""


def names_in(freeze: str) -> tuple[str, ...]:
    """The layers that `TrainConfig.freeze` names, in its order, each once."""
    return tuple(dict.fromkeys(filter(None, (name.strip() for name in freeze.split(SEPARATOR)))))


def joined(layers: Iterable[str]) -> str:
    """Names of layers as `TrainConfig.freeze` holds them."""
    return SEPARATOR.join(names_in(SEPARATOR.join(layers)))


def is_frozen(layer: str, freeze: str) -> bool:
    """Whether `TrainConfig.freeze` names this layer, or a module that it is in."""
    return any(layer == name or layer.startswith(f"{name}.") for name in names_in(freeze))


def layers_of(tensors: Mapping[str, torch.Tensor]) -> dict[str, tuple[int, int]]:
    """The layers that have weights, in the model's order, with how many weights and biases; `tensors`: a state dict.

    The averages of batch normalisation are neither: they are not frozen.
    """
    found: dict[str, tuple[int, int]] = {}
    for name, tensor in tensors.items():
        layer, _, what = name.rpartition(".")
        if layer and tensor.is_floating_point() and not what.startswith("running_"):
            weights, biases = found.get(layer, (0, 0))
            count = tensor.numel()
            found[layer] = (weights, biases + count) if "bias" in what else (weights + count, biases)
    return found


def freeze(model: nn.Module, layers: str, title: str) -> None:
    """Let the weights of these layers learn nothing; `title` is the model's name as shown to the user.

    A name stands for a module with everything inside it. Only weights are frozen: batch normalisation goes on
    averaging the images of the training, and dropout goes on, as in PyTorch.

    Raises:
        UserError: the model has no such layer, or one without weights.
    """
    for layer in names_in(layers):
        inside = [weight for name, weight in model.named_parameters() if name.startswith(f"{layer}.")]
        if not inside:
            known = list(dict.fromkeys(name.rpartition(".")[0] for name, _ in model.named_parameters()))
            raise UserError(
                "{model} has no layer {layer} with weights to freeze; it has {known}.",
                field="model",
                model=title,
                layer=layer,
                known=", ".join(known),
            )
        for weight in inside:
            weight.requires_grad_(False)
