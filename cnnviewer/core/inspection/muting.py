"""Puts numbers in place of a layer's channels while the model runs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import torch

from cnnviewer.core.errors import UserError
from cnnviewer.core.inspection.channels import channel_axis
from cnnviewer.core.inspection.records import Architecture
from cnnviewer.core.models.mutes import Mute, Mutes

Replacement = Callable[[torch.Tensor], torch.Tensor]
"""A layer's value -> a new tensor that stands in its place: same shape and type, through which gradients pass."""


@dataclass(frozen=True)
class Muting:
    """Replaces channels of a value by a number each, for every image.

    Attributes:
        axis: of the channels, counted from the end.
        channels: which.
        values: the number of each.

    """

    axis: int
    channels: tuple[int, ...]
    values: tuple[float, ...]

    def __call__(self, value: torch.Tensor) -> torch.Tensor:
        """No gradient passes a channel that is replaced."""
        size = value.shape[self.axis] if value.ndim >= -self.axis else 0
        kept = [pair for pair in zip(self.channels, self.values, strict=True) if pair[0] < size]
        if not kept:  # another way through the model, where the layer of this name is smaller
            return value.clone()
        index = torch.tensor([channel for channel, _ in kept], device=value.device)
        numbers = torch.tensor([number for _, number in kept], dtype=value.dtype, device=value.device)
        shape = list(value.shape)
        shape[self.axis] = len(kept)
        numbers = numbers.view(-1, *[1] * (-self.axis - 1)).expand(shape)
        return value.index_copy(self.axis, index, numbers)


@dataclass(frozen=True)
class OneEach:
    """Replaces another channel in each image of a batch.

    Attributes:
        axis: of the channels, counted from the end.
        channels: of each image `(N,)`; a negative one is none.
        values: what it is replaced by, `(N,)`.

    """

    axis: int
    channels: tuple[int, ...]
    values: tuple[float, ...]

    def __call__(self, value: torch.Tensor) -> torch.Tensor:
        """The batch is the first axis.

        Raises:
            UserError: it is not, so that one image cannot be told from another.
        """
        if value.ndim <= -self.axis or len(value) != len(self.channels):
            raise UserError("The images of a batch cannot be told apart in this layer.")
        changed = value.clone()
        for image, channel, number in zip(changed, self.channels, self.values, strict=True):
            if channel >= 0:
                image.select(self.axis, channel).fill_(number)
        return changed


def replacements(mutes: Mutes, architecture: Architecture) -> dict[str, Replacement]:
    """What mutes the channels of each layer, by its name.

    Raises:
        UserError: there is no such layer or channel, or nothing can be put in its place.
    """
    by_layer: dict[str, list[Mute]] = {}
    for mute in mutes:
        by_layer.setdefault(mute.layer, []).append(mute)
    return {name: _muting(name, each, architecture) for name, each in by_layer.items()}


def in_turn(first: Replacement, then: Replacement | None) -> Replacement:
    """Both, one after the other."""
    return first if then is None else lambda value: then(first(value))


def together(first: Mapping[str, Replacement], then: Mapping[str, Replacement]) -> dict[str, Replacement]:
    """Both for every layer that either names."""
    return {**then, **{name: in_turn(each, then.get(name)) for name, each in first.items()}}


def _muting(name: str, mutes: Sequence[Mute], architecture: Architecture) -> Muting:
    try:
        layer = architecture.layer(name)
    except KeyError:
        raise UserError("{layer} is muted, but this model has no layer of that name.", layer=name) from None
    axis = channel_axis(layer, architecture)
    for mute in mutes:
        if not 0 <= mute.channel < layer.shape[axis]:
            raise UserError(
                "{layer} has no channel {channel}: its channels are 0 to {last}.",
                layer=name,
                channel=mute.channel,
                last=layer.shape[axis] - 1,
            )
    return Muting(axis, tuple(mute.channel for mute in mutes), tuple(mute.replaced_by for mute in mutes))
