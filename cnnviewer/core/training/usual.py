"""How a model is usually trained: the course's hyperparameters. Free of torch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from cnnviewer.core.models.recipe import ModelInfo
from cnnviewer.core.training.config import TrainConfig

_CIFAR10: Final = TrainConfig("", "cifar10", epochs=10, batch_size=64, learning_rate=0.01, momentum=0.9)
_BY_IMAGES: Final[Mapping[str, TrainConfig]] = MappingProxyType(
    {
        "mnist": TrainConfig("", "mnist", epochs=10, batch_size=32, learning_rate=0.01, momentum=0.0),
        "cifar10": _CIFAR10,
        "imagenet": replace(_CIFAR10, batch_size=16),  # ImageNet's own images are not at hand
    }
)


def usual_config(model: ModelInfo) -> TrainConfig:
    """The hyperparameters with which a model is trained where nothing else is chosen; they follow its usual images."""
    return replace(_BY_IMAGES[model.dataset], model=model.key)
