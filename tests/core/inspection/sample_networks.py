"""Networks to look into, as people write them."""

from __future__ import annotations

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from cnnviewer.core.data.dataset import normalise_unit
from cnnviewer.core.models.recipe import ModelRecipe

LENET = ModelRecipe("lenet", (1, 28, 28), tuple("0123456789"), (0.1307,), (0.3081,), "mnist")
SIMPLECNN = ModelRecipe("simplecnn", (3, 32, 32), tuple("abcdefghij"), (0.5,) * 3, (0.5,) * 3, "cifar10")


def own(shape: tuple[int, int, int], classes: int = 10) -> ModelRecipe:
    return ModelRecipe("own", shape, tuple(f"c{i}" for i in range(classes)), (0.5,) * shape[0], (0.25,) * shape[0])


def image(shape: tuple[int, int, int], seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).random(shape, dtype=np.float32)


def expected_output(model: nn.Module, recipe: ModelRecipe, pixels: np.ndarray) -> torch.Tensor:
    with torch.inference_mode():
        return model(normalise_unit(torch.from_numpy(pixels)[None], recipe.mean, recipe.std))[0]


class InPlace(nn.Module):
    """Everything that could overwrite what was recorded."""

    def __init__(self) -> None:
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)
        self.relu = nn.ReLU(inplace=True)
        self.fc = nn.Linear(8, 10)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = self.relu(self.conv(x))
        x += 1
        x = F.relu(x, inplace=True)
        x = x.mean((2, 3))
        x.mul_(2)
        return self.fc(x)


class Functional(nn.Module):
    """A network as scripts write them, shapes read off the data."""

    def __init__(self) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(3, 4, 3, padding="same")
        self.weight = nn.Parameter(torch.randn(4, 4, 1, 1))
        self.scale = nn.Parameter(torch.ones(1))
        self.fc = nn.Linear(4 * 8 * 8, 10)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        x = F.conv2d(x, self.weight, stride=1) + x * self.scale
        x = F.dropout(x, training=self.training)
        x = x.view(x.size(0), -1)
        return F.log_softmax(self.fc(x), dim=1)


class Mixed(nn.Module):
    """The usual modules of image networks."""

    def __init__(self) -> None:
        super().__init__()
        self.features = nn.Sequential(
            nn.Conv2d(3, 8, 3, stride=2, padding=1, bias=False),
            nn.BatchNorm2d(8),
            nn.ReLU6(),
            nn.Conv2d(8, 8, 3, dilation=2, groups=8),
            nn.AvgPool2d(2, 1),
            nn.AdaptiveAvgPool2d((2, 2)),
        )
        self.head = nn.Sequential(nn.Flatten(), nn.Dropout(), nn.Linear(32, 10), nn.Softmax(dim=1))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.head(self.features(x))


class Untraceable(nn.Module):
    """Decides by its values, so that it cannot be traced."""

    def __init__(self) -> None:
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3)
        self.relu = nn.ReLU(inplace=True)
        self.fc = nn.Linear(4 * 14 * 14, 10)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = self.relu(self.conv(x))
        if x.mean() > 1e9:
            x = x * 2
        return self.fc(x.flatten(1))
