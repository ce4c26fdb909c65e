"""A single operation between an image and a classifier, and the explanations of all its numbers."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import nn

from cnnviewer.core.inspection.explain.records import Explanation
from cnnviewer.core.inspection.records import Cell, LayerInfo
from cnnviewer.core.inspection.trace import Inspector
from tests.core.inspection.sample_networks import image, own

SHAPE = (4, 9, 11)


class Headed(nn.Module):
    """An operation between the image and a classifier of ten classes."""

    def __init__(self, operation: nn.Module, shape: tuple[int, int, int] = SHAPE) -> None:
        super().__init__()
        self.operation = operation
        with torch.no_grad():
            features = operation.eval()(torch.rand(1, *shape)).numel()
        self.flatten = nn.Flatten()
        self.head = nn.Linear(features, 10)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.head(self.flatten(self.operation(x)))


class Call(nn.Module):
    """A function as a module, so that it can stand in `Headed`."""

    def __init__(self, function: object) -> None:
        super().__init__()
        self.function = function

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.function(x)  # type: ignore[operator]


def looked_at(operation: nn.Module, kind: str, shape: tuple[int, int, int] = SHAPE) -> tuple[Inspector, LayerInfo]:
    """The model with the operation, looked into with an image, and the first layer of that kind."""
    torch.manual_seed(0)
    inspector = Inspector(Headed(operation, shape), own(shape))
    inspector.inspect(image(shape, seed=5))
    return inspector, next(layer for layer in inspector.architecture.layers if layer.kind == kind)


def explained(
    operation: nn.Module, kind: str, shape: tuple[int, int, int] = SHAPE, most: int = 10_000
) -> list[Explanation]:
    """Every number of the first layer of that kind, or `most` of them: the first, the last and some between."""
    inspector, layer = looked_at(operation, kind, shape)
    return [inspector.explain(cell) for cell in cells(layer, most)]


def cells(layer: LayerInfo, most: int) -> list[Cell]:
    """Every place of the layer, or `most` of them: the first, the last and some between."""
    places = list(np.ndindex(*layer.shape))
    if len(places) > most:
        between = np.random.default_rng(2).choice(len(places), most - 2, replace=False)
        places = [places[0], places[-1], *(places[number] for number in between)]
    return [Cell(layer.name, *(int(part) for part in place)) for place in places]


def check(explanations: list[Explanation], work: type) -> None:
    assert explanations
    for explanation in explanations:
        assert isinstance(explanation.work, work), explanation.work
        assert explanation.agrees, (explanation.cell, explanation.value, explanation.torch_value)
        assert explanation.terms.sum() == pytest.approx(explanation.value)
