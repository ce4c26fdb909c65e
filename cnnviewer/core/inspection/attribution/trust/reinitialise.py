"""Which layers a cascade re-initialises, and how one begins anew."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import torch
from torch import nn

from cnnviewer.core.inspection.attribution.trust.records import CascadeStep
from cnnviewer.core.inspection.recorder import RecordedPass
from cnnviewer.core.interruption import InParts


@dataclass(frozen=True)
class WeightedLayer:
    """A layer whose weights have not been met nearer to the logits.

    Attributes:
        step: what is told of it.
        modules: those that re-initialise their own weights and statistics.

    """

    step: CascadeStep
    modules: tuple[str, ...]


def weighted_layers(model: nn.Module, recording: RecordedPass, logits: str) -> tuple[WeightedLayer, ...]:
    """The layers with weights that `logits` depends on, the last one that ran first.

    In the order of the recording, not in that of `named_modules`. A module that ran twice is met at its last call.
    """
    names = {id(tensor): name for name, tensor in model.named_parameters()}
    paths = {id(module): path for path, module in model.named_modules()}
    needed, found = {logits}, []
    met: set[str] = set()
    for layer in reversed(recording.layers):
        if layer.name not in needed:
            continue
        needed.update(layer.inputs)
        learned = dict.fromkeys(recording.learned.get(layer.name, ()))
        modules: dict[str, None] = {}
        target = recording.steps[layer.name].target if layer.name in recording.steps else None
        if isinstance(target, nn.Module):
            learned |= dict.fromkeys(names[id(each)] for each in target.parameters() if id(each) in names)
            modules |= {paths[id(each)]: None for each in target.modules() if _has_statistics(each)}
        modules |= {path: None for path in map(_owner, learned) if _resets(model.get_submodule(path))}
        drawn = tuple(name for name in learned if _owner(name) not in modules and name not in met)
        fresh = tuple(path for path in modules if path not in met)
        if fresh or drawn:
            met.update(fresh, drawn)
            found.append(WeightedLayer(CascadeStep(layer.name, drawn), fresh))
    return tuple(found)


def reinitialise(model: nn.Module, layer: WeightedLayer) -> None:
    """Begin the layer's weights anew, from the random numbers of now."""
    with torch.no_grad(), InParts():
        for path in layer.modules:
            module = model.get_submodule(path)
            below = [(each, each.clone()) for each in _below(module)]
            _reset_of(module)()
            for tensor, numbers in below:  # a step is one layer: those within have steps of their own
                tensor.copy_(numbers)
        weights = dict(model.named_parameters())  # of a scripted part `get_parameter` takes none for one
        for name in layer.step.drawn:
            weight = weights[name]
            weight.copy_(torch.randn_like(weight) * _size(weight))


def _size(weight: torch.Tensor) -> float:
    """The root of the mean of a weight's squares; where all are 0, that which keeps a sum of its terms near 1."""
    size = float(weight.double().pow(2).mean().sqrt())
    return size or 1 / math.sqrt(max(1, weight[0].numel() if weight.ndim else 1))


def _owner(name: str) -> str:
    """Path of the module that holds a parameter."""
    return name.rpartition(".")[0]


def _below(module: nn.Module) -> Iterator[torch.Tensor]:
    for child in module.children():
        yield from child.parameters()
        yield from child.buffers()


def _resets(module: nn.Module) -> bool:
    return any(callable(getattr(module, name, None)) for name in _RESETS)


_RESETS = ("reset_parameters", "_reset_parameters")  # attention has the second alone


def _reset_of(module: nn.Module) -> Callable[[], object]:
    found: Callable[[], object] = next(getattr(module, name) for name in _RESETS if hasattr(module, name))
    return found


def _has_statistics(module: nn.Module) -> bool:
    """Whether a normalisation keeps running statistics; it may have no parameters."""
    return getattr(module, "running_mean", None) is not None and _resets(module)
