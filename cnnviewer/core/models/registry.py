"""Which models there are, and how one is built: fresh for training, or from weights for looking inside."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Literal

import torch
from torch import nn
from torch.nn.parameter import is_lazy

from cnnviewer.core.data.info import DataInfo
from cnnviewer.core.errors import UserError
from cnnviewer.core.models import design
from cnnviewer.core.models.class_names import made_up_names
from cnnviewer.core.models.design_module import build as build_design
from cnnviewer.core.models.key import ModelKey
from cnnviewer.core.models.large import IMAGENET_MEAN, IMAGENET_STD, build_alexnet, build_vgg16, build_vgg19
from cnnviewer.core.models.lenet import LeNet
from cnnviewer.core.models.output import head_of
from cnnviewer.core.models.own import own_file
from cnnviewer.core.models.randomness import own_randomness
from cnnviewer.core.models.recipe import OWN_DATASET, ModelInfo, ModelRecipe
from cnnviewer.core.models.resnet import SmallResNet, build_resnet18
from cnnviewer.core.models.simplecnn import SimpleCNN
from cnnviewer.core.models.small import SmallAlexNet, SmallVGG
from cnnviewer.core.models.state import ModelState
from cnnviewer.core.models.state_dicts import COUNTS, KINDS, load_into

Loss = Literal["nll", "cross_entropy"]
InputShape = tuple[int, int, int]


@dataclass(frozen=True)
class ModelSpec:
    """A model that can be chosen, with all that belongs to it.

    Attributes:
        build: `(input_shape, num_classes)` -> a freshly initialised module; `UserError` for impossible shapes.
        loss: `nll` for log-probabilities, `cross_entropy` for logits.
        is_own: whether it is a user's own code, which builds a model as the file was opened last.
        written: builds a user's own as it is written, though it fits no such images or classes; None for every other.

    """

    info: ModelInfo
    build: Callable[[InputShape, int], nn.Module]
    loss: Loss
    is_own: bool = False
    written: Callable[[InputShape, int], nn.Module] | None = None

    def recipe_for(self, data: DataInfo) -> ModelRecipe:
        """How the model is built for `data`: its input and its outputs follow the images and their classes.

        A model that resizes keeps its own input, and its own normalisation.
        """
        info = self.info
        shape, mean, std, classes = data.shape, data.mean, data.std, data.classes
        if info.resizes and shape != info.input_shape:
            shape, mean, std = info.input_shape, IMAGENET_MEAN, IMAGENET_STD
            if shape[0] != len(mean):
                mean, std = mean[:1] * shape[0], std[:1] * shape[0]
            if info.classes not in (0, len(classes)):
                classes = made_up_names(info.classes)
        return ModelRecipe(info.key, shape, classes, mean, std, data.key, data.reading)

    def built(self, recipe: ModelRecipe) -> nn.Module:
        """A new model as a recipe of this very model says, see `build`."""
        return self.build(recipe.input_shape, len(recipe.classes))

    def unfitted(self, recipe: ModelRecipe) -> nn.Module:
        """Likewise with all its layers, although it may read no such images or tell other classes apart."""
        if self.written is None:
            return self.built(recipe)
        with own_randomness(), torch.no_grad():
            model = self.written(recipe.input_shape, len(recipe.classes))
            # it may make layers when it first sees an image; what fails here fails or works with other images
            with suppress(Exception, SystemExit):
                model.eval()(torch.zeros(2, *recipe.input_shape))
        return model


_PHOTOGRAPH = (3, 224, 224)


def _large(key: str, title: str, build: Callable[[InputShape, int], nn.Module]) -> ModelSpec:
    return ModelSpec(
        info=ModelInfo(key, title, dataset="imagenet", input_shape=_PHOTOGRAPH, resizes=True),
        build=build,
        loss="cross_entropy",
    )


def _small(key: str, title: str, build: Callable[[InputShape, int], nn.Module]) -> ModelSpec:
    return ModelSpec(
        info=ModelInfo(key, title, dataset="cifar10", input_shape=(3, 32, 32)),
        build=build,
        loss="cross_entropy",
    )


MODELS: Mapping[str, ModelSpec] = MappingProxyType(
    {
        "lenet": ModelSpec(
            info=ModelInfo("lenet", "LeNet", dataset="mnist", input_shape=(1, 28, 28)),
            build=LeNet,
            loss="nll",
        ),
        "simplecnn": _small("simplecnn", "SimpleCNN", SimpleCNN),
        "alexnet32": _small("alexnet32", "AlexNet (32×32)", SmallAlexNet),
        "vgg32": _small("vgg32", "VGG (32×32)", SmallVGG),
        "resnet32": _small("resnet32", "ResNet (32×32)", SmallResNet),
        "alexnet": _large("alexnet", "AlexNet", build_alexnet),
        "vgg16": _large("vgg16", "VGG16", build_vgg16),
        "vgg19": _large("vgg19", "VGG19", build_vgg19),
        "resnet18": _large("resnet18", "ResNet-18", build_resnet18),
    }
)


def spec(key: str) -> ModelSpec:
    """The model of that key: of the list, a design (`design:…`) or the user's own (`file:…`).

    Raises:
        UserError: there is no such model, the design cannot be read, or the file was not agreed to.
    """
    if key in MODELS:
        return MODELS[key]
    kind = ModelKey.parse(key).kind
    if kind == "design":
        return _designed(key)
    if kind == "file":
        return _own(key)
    raise UserError(
        "There is no model called {model}; the models are: {known}.",
        field="model",
        model=key,
        known=", ".join(MODELS),
    )


def _designed(key: str) -> ModelSpec:
    drawn = design.parse(key)

    def build(input_shape: InputShape, num_classes: int) -> nn.Module:
        return build_design(drawn, input_shape, num_classes)

    return ModelSpec(
        info=ModelInfo(drawn.text, "My design", dataset="cifar10", input_shape=(3, 32, 32)),
        build=build,
        loss="cross_entropy",
    )


def _own(key: str) -> ModelSpec:
    own = own_file.agreed(key)
    info = ModelInfo(key, own.title, dataset=OWN_DATASET, input_shape=(3, 32, 32))
    if own.reads is not None:
        shape, classes = own.reads
        info = replace(info, input_shape=shape, resizes=True, classes=classes)

    def build(input_shape: InputShape, num_classes: int) -> nn.Module:
        # asked for again: whoever keeps this specification builds the file as it was opened last, like everybody
        return own_file.agreed(key).build(input_shape, num_classes)

    return ModelSpec(
        info=info,
        build=build,
        loss="cross_entropy",
        is_own=True,
        written=own.written,
    )


def build(recipe: ModelRecipe) -> nn.Module:
    """A new model in training mode, initialised from PyTorch's global random numbers as `nn.Module`s are."""
    return spec(recipe.model).built(recipe)


def built_to_train(recipe: ModelRecipe) -> nn.Module:
    """As `build`, but what no `state_dict` holds is as `from_state` has it, so that it stays when weights are read.

    The user's own model may draw a permutation or random features into an attribute, a buffer that is not persistent
    or a layer in a plain list. Only its weights depend on the seed then.

    Raises:
        UserError: it has numbers that no weights file of this program holds.
    """
    model = build(recipe)
    if not spec(recipe.model).is_own:
        return model
    state = model.state_dict()
    for name, value in state.items():
        if not torch.is_tensor(value):
            raise UserError(
                "{name} of {model} is no tensor, so a run cannot store it: leave get_extra_state() out.",
                field="model",
                name=name,
                model=spec(recipe.model).info.title,
            )
        if value.dtype not in (*KINDS, *COUNTS):
            raise UserError(
                "{name} of {model} holds numbers of the kind {kind}, which a run cannot store: keep complex numbers as "
                "pairs of real ones (torch.view_as_real).",
                field="model",
                name=name,
                model=spec(recipe.model).info.title,
                kind=str(value.dtype).removeprefix("torch."),
            )
    return from_state(ModelState(recipe, state)).train()


def from_state(state: ModelState) -> nn.Module:
    """A model of its own with the state's weights: on the CPU, in evaluation mode.

    It draws no random numbers that anybody else uses, so a training in another thread is not disturbed.

    Raises:
        RuntimeError: the tensors do not belong to the recipe (`load_weights` never returns such a state).
    """
    model = _shell(state.recipe, spec(state.recipe.model))
    tensors = state.tensors
    if head_of(model) is None:  # it would use these themselves
        tensors = {name: tensor.detach().to("cpu", copy=True).contiguous() for name, tensor in tensors.items()}
    put(model, tensors)
    return model.eval()


def reading(state: ModelState) -> nn.Module:
    """A model that reads the state's own tensors, for looking inside: nobody may train it or write into it.

    VGG16's weights take 528 MB, which need not be there twice. The user's own model takes a copy, see `put`.

    Raises:
        RuntimeError: as `from_state`.
    """
    model = _shell(state.recipe, spec(state.recipe.model))
    put(model, state.tensors)
    return model.eval().requires_grad_(False)


def put(model: nn.Module, tensors: Mapping[str, torch.Tensor]) -> None:
    """Give the model other weights and buffers.

    A model of ours uses these tensors themselves. The user's own keeps its own ones and takes the numbers: it may have
    tied some, keep them in a list, or want them in float64.

    Raises:
        RuntimeError: names or shapes are not this model's.
    """
    ours = head_of(model) is None
    load_into(model, {name: tensor.detach() for name, tensor in tensors.items()}, assign=ours)


def tensors_of(recipe: ModelRecipe) -> dict[str, torch.Tensor]:
    """The model's `state_dict` without numbers: shapes and kinds, on the meta device, in the model's order.

    Raises:
        UserError: the model cannot be built for such images.
    """
    known = spec(recipe.model)
    try:
        with torch.device("meta"):
            model = known.unfitted(recipe)
        if not _is_unfinished(model):
            return dict(model.state_dict())
    except Exception:  # the user's code may need numbers: `.item()`, `if weight.sum() > 0`
        if not known.is_own:
            raise
    model = known.unfitted(recipe)
    if _is_unfinished(model):
        model = _shell(recipe, known)  # which says what does not fit
    return {name: tensor.to("meta") for name, tensor in model.state_dict().items()}


def _is_unfinished(model: nn.Module) -> bool:
    return any(map(is_lazy, (*model.parameters(), *model.buffers())))


def _shell(recipe: ModelRecipe, known: ModelSpec) -> nn.Module:
    """A model that waits for its weights.

    Ours is without numbers: nothing is initialised. The user's own may hold numbers that no `state_dict` has (a buffer
    that is not persistent, a tensor as an attribute, what `.item()` gave), so it is built as it is written.
    """
    if known.is_own:
        with own_randomness():
            return known.built(recipe)
    with torch.device("meta"):
        return known.built(recipe)


def recipe_for(model: str, data: DataInfo) -> ModelRecipe:
    """`ModelSpec.recipe_for` of the model of that key."""
    return spec(model).recipe_for(data)
