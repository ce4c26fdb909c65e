"""Which models there are, and how one is built: fresh for training, or from weights for looking inside."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

import torch
from torch import nn

from cnnviewer.core.data.info import DataInfo
from cnnviewer.core.errors import UserError
from cnnviewer.core.models.lenet import LeNet
from cnnviewer.core.models.recipe import ModelInfo, ModelRecipe
from cnnviewer.core.models.simplecnn import SimpleCNN
from cnnviewer.core.models.state import ModelState
from cnnviewer.core.training.config import TrainConfig

Loss = Literal["nll", "cross_entropy"]
InputShape = tuple[int, int, int]


@dataclass(frozen=True)
class ModelSpec:
    """A model that can be chosen, with all that belongs to it.

    Attributes:
        build: `(input_shape, num_classes)` -> a freshly initialised module; `UserError` for impossible shapes.
        defaults: the course's hyperparameters.
        loss: `nll` for log-probabilities, `cross_entropy` for logits.

    """

    info: ModelInfo
    build: Callable[[InputShape, int], nn.Module]
    defaults: TrainConfig
    loss: Loss


MODELS: Mapping[str, ModelSpec] = MappingProxyType(
    {
        "lenet": ModelSpec(
            info=ModelInfo("lenet", "LeNet", dataset="mnist", input_shape=(1, 28, 28)),
            build=LeNet,
            defaults=TrainConfig("lenet", "mnist", epochs=10, batch_size=32, learning_rate=0.01, momentum=0.0),
            loss="nll",
        ),
        "simplecnn": ModelSpec(
            info=ModelInfo("simplecnn", "SimpleCNN", dataset="cifar10", input_shape=(3, 32, 32)),
            build=SimpleCNN,
            defaults=TrainConfig("simplecnn", "cifar10", epochs=10, batch_size=64, learning_rate=0.01, momentum=0.9),
            loss="cross_entropy",
        ),
    }
)


def spec(key: str) -> ModelSpec:
    """The model of that key; `UserError` naming the known ones otherwise."""
    if key not in MODELS:
        raise UserError(
            "There is no model called {model}; the models are: {known}.",
            field="model",
            model=key,
            known=", ".join(MODELS),
        )
    return MODELS[key]


def build(recipe: ModelRecipe) -> nn.Module:
    """A new model in training mode, initialised from PyTorch's global random numbers as `nn.Module`s are."""
    return spec(recipe.model).build(recipe.input_shape, len(recipe.classes))


def from_state(state: ModelState) -> nn.Module:
    """A model of its own with the state's weights: on the CPU, in evaluation mode.

    It draws no random numbers, so a training in another thread is not disturbed.

    Raises:
        RuntimeError: the tensors do not belong to the recipe (`load_weights` never returns such a state).
    """
    with torch.device("meta"):  # shapes without numbers: nothing is initialised
        model = build(state.recipe)
    copies = {name: tensor.detach().to("cpu", copy=True).contiguous() for name, tensor in state.tensors.items()}
    model.load_state_dict(copies, assign=True)
    return model.eval()


def recipe_for(model: str, data: DataInfo) -> ModelRecipe:
    """How `model` is built for `data`: its input and its outputs follow the images and their classes."""
    return ModelRecipe(
        model=spec(model).info.key,
        input_shape=data.shape,
        classes=data.classes,
        mean=data.mean,
        std=data.std,
        dataset=data.key,
    )
