"""What cannot work is refused before a training starts, next to the field it is about."""

from __future__ import annotations

import math
from typing import get_args

import torch
from torch import nn

from cnnviewer.core.data.dataset import DataSet
from cnnviewer.core.errors import UserError
from cnnviewer.core.models.copying import copy_of
from cnnviewer.core.models.randomness import own_randomness
from cnnviewer.core.models.recipe import ModelInfo, ModelRecipe
from cnnviewer.core.models.registry import ModelSpec, spec
from cnnviewer.core.training.batches import divided
from cnnviewer.core.training.config import MOST_THREADS, Augmentation, Schedule, TrainConfig
from cnnviewer.core.training.devices import check_device


def check(config: TrainConfig, data: DataSet, start: ModelRecipe | None = None) -> ModelSpec:
    """Refuse hyperparameters and data that cannot work together; `start` is the recipe of weights to continue from.

    That the model's kernels fit the images is found by building it, which raises the same kind of error.

    Returns:
        The model that `config` names.

    Raises:
        UserError: with `field` naming the hyperparameter.
    """
    model = spec(config.model)
    check_numbers(config)
    check_device(config.device)
    _check_data(config, data)
    wanted = model.recipe_for(data.info)
    _check_size(model.info, wanted, data)
    if start is not None:
        _check_start(wanted, start)
    return model


def _check_size(info: ModelInfo, wanted: ModelRecipe, data: DataSet) -> None:
    """A model that resizes what it looks at is not trained on images of another size."""
    shape = data.info.shape
    if info.resizes and wanted.input_shape != shape:
        raise UserError(
            "{model} reads images of {expected}, and those of {title} are {found}: look at them with it, but train "
            "a variant for small images, such as VGG (32×32), or use images of that size.",
            field="model",
            model=info.title,
            expected="×".join(map(str, info.input_shape)),
            title=data.info.title,
            found="×".join(map(str, shape)),
        )


def check_last_batch(model: nn.Module, config: TrainConfig, data: DataSet) -> None:
    """Batch normalisation cannot be trained on one image where that gives it one number a channel.

    Raises:
        UserError: the last batch of an epoch would have one image, and the model fails on one.
    """
    learned_from = len(divided(data, config.validation_fraction, config.seed)[0])
    alone = learned_from % config.batch_size == 1 or config.batch_size == 1
    normalises = any(isinstance(module, nn.modules.batchnorm._BatchNorm) for module in model.modules())
    if alone and normalises and _needs_more_images(model, data.info.shape):
        raise UserError(
            "The last of the batches of {value} would have one image, over which batch normalisation has nothing to "
            "normalise: choose another batch size.",
            field="batch_size",
            value=config.batch_size,
        )


def _needs_more_images(model: nn.Module, shape: tuple[int, int, int]) -> bool:
    """Whether training fails on one image, as PyTorch's batch normalisation does; tried on a copy."""
    try:
        with own_randomness(), torch.no_grad():
            copy_of(model).train()(torch.zeros(1, *shape))
    except (Exception, SystemExit) as error:  # the user's code: another failure is reported when it happens
        return "more than 1 value per channel" in str(error)
    return False


def check_learnable(model: nn.Module, title: str) -> None:
    """Refuse a model in which no number can be learned; `title` is its name as shown to the user.

    Raises:
        UserError: it has no weights, or all are frozen.
    """
    weights = list(model.parameters())
    if not weights:
        raise UserError("{model} has no weights: there is nothing to learn.", field="model", model=title)
    if not any(weight.requires_grad for weight in weights):
        raise UserError(
            "All weights of {model} are frozen (requires_grad=False): there is nothing to learn.",
            field="model",
            model=title,
        )


def check_numbers(config: TrainConfig) -> None:
    """The part that needs no data: every number within its range.

    Raises:
        UserError: with `field` naming the hyperparameter.
    """
    if not (math.isfinite(config.learning_rate) and config.learning_rate > 0):
        raise UserError(
            "The learning rate must be a number above 0; it is {value}.",
            field="learning_rate",
            value=config.learning_rate,
        )
    if not 0 <= config.momentum < 1:  # NaN fails too
        raise UserError(
            "The momentum must be at least 0 and below 1; it is {value}.", field="momentum", value=config.momentum
        )
    if config.epochs < 1:
        raise UserError("The number of epochs must be at least 1; it is {value}.", field="epochs", value=config.epochs)
    if config.batch_size < 1:
        raise UserError(
            "The batch size must be at least 1; it is {value}.", field="batch_size", value=config.batch_size
        )
    if not (math.isfinite(config.weight_decay) and config.weight_decay >= 0):
        raise UserError(
            "The weight decay must be a number of at least 0; it is {value}.",
            field="weight_decay",
            value=config.weight_decay,
        )
    if config.dropout is not None and not 0 <= config.dropout < 1:
        raise UserError(
            "The dropout must be at least 0 and below 1; it is {value}.", field="dropout", value=config.dropout
        )
    if not 0 <= config.validation_fraction < 1:
        raise UserError(
            "The validation share must be at least 0 and below 1; it is {value}.",
            field="validation_fraction",
            value=config.validation_fraction,
        )
    if not 0 <= config.seed < 2**63:
        raise UserError(
            "The seed must be a whole number of at least 0 and below 2⁶³; it is {value}.",
            field="seed",
            value=config.seed,
        )
    if not 0 <= config.threads <= MOST_THREADS:
        raise UserError(
            "The number of threads must be from 0 to {most}; it is {value}.",
            field="threads",
            most=f"{MOST_THREADS:,}",
            value=config.threads,
        )
    _check_choice("schedule", config.schedule, get_args(Schedule))
    _check_choice("augmentation", config.augmentation, get_args(Augmentation))


def _check_choice(field: str, value: str, known: tuple[str, ...]) -> None:
    if value not in known:
        raise UserError(
            "{value} is not a known {field}; known are: {known}.",
            field=field,
            value=value,
            known=", ".join(known),
        )


def _check_data(config: TrainConfig, data: DataSet) -> None:
    title, classes = data.info.title, len(data.info.classes)
    for split, name in ((data.train, "training"), (data.test, "test")):
        if len(split) == 0:
            raise UserError("{title} has no {name} images.", field="dataset", title=title, name=name)
        lowest, highest = int(torch.min(split.labels)), int(torch.max(split.labels))
        if lowest < 0 or highest >= classes:
            raise UserError(
                "{title} has the label {label} among its {name} images, but its {classes:class|classes} are numbered "
                "0 to {last}.",
                field="dataset",
                title=title,
                label=lowest if lowest < 0 else highest,
                name=name,
                classes=classes,
                last=classes - 1,
            )
    learned_from = len(divided(data, config.validation_fraction, config.seed)[0])
    if config.batch_size > learned_from:
        raise UserError(
            "The batch size {value} is larger than the {count:image|images} of {title} that are left for training.",
            field="batch_size",
            value=config.batch_size,
            count=learned_from,
            title=title,
        )
    if config.augmentation == "handwriting" and data.info.shape[0] != 1:
        raise UserError(
            "The augmentation for handwriting needs grey images; those of {title} are in colour.",
            field="augmentation",
            title=title,
        )


def _check_start(wanted: ModelRecipe, start: ModelRecipe) -> None:
    if wanted.model != start.model:
        raise UserError(
            "The weights to continue from are those of {start}, not of {wanted}.",
            field="model",
            start=start.model,
            wanted=wanted.model,
        )
    if wanted.input_shape != start.input_shape or len(wanted.classes) != len(start.classes):
        raise UserError(
            "The weights to continue from take images of {start_shape} in {start_classes} classes; the data set "
            "has {shape} in {classes}.",
            field="dataset",
            start_shape="×".join(map(str, start.input_shape)),
            start_classes=len(start.classes),
            shape="×".join(map(str, wanted.input_shape)),
            classes=len(wanted.classes),
        )
