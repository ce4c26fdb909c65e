"""The maps that carry a place of the image to a logit."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import nn

from cnnviewer.core.errors import Cancelled
from cnnviewer.core.inspection.attribution.carried import carried, middles_of
from cnnviewer.core.inspection.attribution.carriers import carriers
from cnnviewer.core.inspection.trace import Inspector
from cnnviewer.core.models.recipe import ModelRecipe

CLASSES = ("a", "b")


class Corners(nn.Module):
    """Map 0 copies the left half of the image, map 1 the right half; class a reads both, class b only the second."""

    def __init__(self) -> None:
        super().__init__()
        self.conv = nn.Conv2d(1, 2, 1, bias=False)
        self.pool = nn.MaxPool2d(2)
        self.fc = nn.Linear(2 * 4 * 4, 2, bias=False)
        with torch.no_grad():
            self.conv.weight.fill_(1.0)
            weights = torch.zeros(2, 2, 4, 4)
            weights[0, 0, :, :2] = weights[:, 1, :, 2:] = 1.0
            self.fc.weight.copy_(weights.flatten(1))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.fc(self.pool(self.conv(x)).flatten(1))


@pytest.fixture
def inspector() -> Inspector:
    return Inspector(Corners(), ModelRecipe("lenet", (1, 8, 8), CLASSES, (0.0,), (1.0,)))


@pytest.fixture
def image() -> np.ndarray:
    return np.random.default_rng(0).random((1, 8, 8), dtype=np.float32) + 0.5


def found(inspector: Inspector, image: np.ndarray, target: int, against: int | None = None):
    return carriers(inspector.logits, image, inspector.recipe, inspector.architecture, target, against)


def test_of_a_network_without_biases_every_layer_carries_the_whole_logit(
    inspector: Inspector, image: np.ndarray
) -> None:
    inspector.inspect(image)
    logit = float(inspector.logits.scores(torch.from_numpy(image)[None], torch.tensor([1.0, 0.0]))[0])
    for name, gives in found(inspector, image, 0).layers.items():
        assert float(gives.sum()) == pytest.approx(logit, rel=1e-5), name


@pytest.mark.parametrize(("col", "map_"), [(1, 0), (6, 1)], ids=["left half", "right half"])
def test_the_map_that_a_place_goes_through_is_lit(inspector: Inspector, image: np.ndarray, col: int, map_: int) -> None:
    architecture = inspector.architecture
    lit = carried(found(inspector, image, 0), architecture, 2, col - col % 2, 2, ("fc", (0,)))
    assert lit.regions["pool"].channels == (map_,)
    assert (lit.regions["pool"].top, lit.regions["pool"].left) == (1, col // 2)
    assert lit.regions["conv"].channels == (map_,)
    assert lit.regions["fc"].channels == (0,)
    assert not lit.joined


def test_a_place_that_gives_nothing_lights_no_map(inspector: Inspector, image: np.ndarray) -> None:
    lit = carried(found(inspector, image, 1), inspector.architecture, 2, 0, 2, ("fc", (1,)))
    assert "conv" not in lit.regions
    assert "input" in lit.regions


def test_the_middles_of_receptive_fields_without_padding_begin_inside(inspector: Inspector) -> None:
    model = nn.Sequential(nn.Conv2d(1, 2, 5), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(2 * 12 * 12, 2))
    made = Inspector(model, ModelRecipe("lenet", (1, 28, 28), CLASSES, (0.0,), (1.0,)))
    conv, pool = made.architecture.layers[1:3]
    assert middles_of(conv, made.architecture) == ((1.0, 2.5), (1.0, 2.5))
    assert middles_of(pool, made.architecture) == ((2.0, 3.0), (2.0, 3.0))


def test_nobody_waits_any_more(inspector: Inspector, image: np.ndarray) -> None:
    with pytest.raises(Cancelled):
        carriers(inspector.logits, image, inspector.recipe, inspector.architecture, 0, abandoned=lambda: True)
