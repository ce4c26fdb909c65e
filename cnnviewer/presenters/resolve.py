"""Decide what to show from what is known: pure functions, no widgets, no threads."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from cnnviewer.core.data.info import DataInfo, DataSource
from cnnviewer.core.data.registry import data_info
from cnnviewer.core.errors import UserError
from cnnviewer.core.inspection.records import Architecture
from cnnviewer.core.models.key import ModelKey
from cnnviewer.core.models.large import IMAGENET_MEAN, IMAGENET_STD, imagenet_classes
from cnnviewer.core.models.normalisation import for_data
from cnnviewer.core.models.registry import MODELS, ModelSpec, spec, tensors_of
from cnnviewer.core.models.state import ModelState
from cnnviewer.core.training.config import TrainConfig
from cnnviewer.core.training.metric_log import MetricLog
from cnnviewer.core.training.progress import TrainProgress
from cnnviewer.core.training.usual import usual_config

_SPEED_WINDOW = 5.0
"""Seconds over which the training speed is averaged."""


def fits(state: ModelState, model: ModelSpec, info: DataInfo | None) -> bool:
    """Whether these weights are of `model` and read the images and classes of `info`."""
    recipe = state.recipe
    if recipe.model != model.info.key:
        return False
    if info is not None and model.info.resizes:  # it takes images of any size; trained weights keep their classes
        return len(recipe.classes) == len(info.classes) or not state.provenance.get("untrained")
    return info is None or (recipe.input_shape == info.shape and len(recipe.classes) == len(info.classes))


def reads(state: ModelState, info: DataInfo) -> bool:
    """Whether these weights read the images and classes of `info`."""
    return fits(state, spec(state.recipe.model), info)


def is_known(model: ModelKey) -> bool:
    """Whether the model can be built: it is in the list, a design, or a file that the user agreed to run."""
    try:
        spec(str(model))
    except UserError:
        return False
    return True


def weights_for(
    model: ModelSpec, info: DataInfo | None, current: ModelState | None, bundled: ModelState | None
) -> ModelState:
    """The weights to show for a choice of model and data: the current ones, the bundled ones, or untrained ones.

    Raises:
        UserError: the model cannot be built for these images.
    """
    for there in (current, bundled):
        state = for_data(there, info) if there is not None else None
        if state is not None and fits(state, model, info):
            return state
    return untrained(model, info)


def is_of_run(state: ModelState, config: TrainConfig | None) -> bool:
    """Whether these weights come from the training that `config` describes, as far as they record it."""
    if config is None or state.recipe.model != config.model:
        return False
    facts = state.provenance
    expected = {"seed": config.seed, "batch_size": config.batch_size}
    recorded = ("weight_decay", "schedule", "augmentation", "validation_fraction")  # which no run changes on its way
    moved = state.learned_from.is_own and config.data_key.is_own
    return (moved or state.learned_from == config.data_key) and (
        all(facts.get(name) == expected[name] for name in expected)
        and all(facts.get(name, getattr(config, name)) == getattr(config, name) for name in recorded)
    )


def untrained(model: ModelSpec, info: DataInfo | None) -> ModelState:
    """The model with random weights, marked so in its provenance. Do not call it while a training runs."""
    if info is None:
        raise ValueError(f"nothing is known of the images {model.info.title} shall read")
    recipe = model.recipe_for(info)
    tensors = {
        name: tensor.detach() for name, tensor in model.built(recipe).state_dict().items()
    }  # new tensors, not shared
    return ModelState(recipe, tensors, {"untrained": 1}, read_as="dataset")


def usual_info(model: ModelSpec) -> DataInfo:
    """What is known of the images that a model of the list is usually built for."""
    info = model.info
    if not info.resizes:
        return data_info(info.dataset)
    return DataInfo("imagenet", "ImageNet", info.input_shape, imagenet_classes(), IMAGENET_MEAN, IMAGENET_STD)


def config_for(model: ModelSpec, dataset: str, old: TrainConfig) -> TrainConfig:
    """The course's hyperparameters for `model`, with the data, device, seed and threads already chosen."""
    return replace(usual_config(model.info), dataset=dataset, device=old.device, seed=old.seed, threads=old.threads)


def dataset_for(model: ModelSpec, sources: tuple[DataSource, ...], loaded: str | None) -> str:
    """The data set to choose with a model: the one that is `loaded`, where the model takes its images.

    Else its usual one when it is there, else the generated one of that shape.
    """
    info = model.info
    by_key = {source.key: source for source in sources}
    current = by_key.get(loaded or "")
    of_any_shape = info.key not in MODELS or info.resizes
    takes = of_any_shape or (current is not None and current.shape == info.input_shape)
    if loaded is not None and takes and (current is None or current.availability != "missing"):
        return loaded
    if of_any_shape:
        info = MODELS["simplecnn"].info
    usual = by_key.get(info.dataset)
    if usual is not None and usual.availability != "missing":
        return info.dataset
    for source in sources:
        if source.availability == "generated" and source.shape == info.input_shape:
            return source.key
    return info.dataset


def why_not_built(model: ModelSpec, info: DataInfo) -> UserError | None:
    """Why a model of the list cannot be built for these images and classes; None: it can be."""
    try:
        tensors_of(model.recipe_for(info))
    except UserError as error:
        return error
    return None


def kernel_layer_for(selected: str, kernel_layers: tuple[str, ...], architecture: Architecture) -> str:
    """The layer whose kernels belong to the selected one: itself, or the last one with weights before it."""
    if not kernel_layers:
        return ""
    best = kernel_layers[0]
    for layer in architecture.layers:
        if layer.name in kernel_layers:
            best = layer.name
        if layer.name == selected:
            return best
    return kernel_layers[0]


def progress_of(log: MetricLog, config: TrainConfig, total_steps: int, step: int | None = None) -> TrainProgress | None:
    """Place, speed and time left, from the last seconds up to `step`, else the newest. None before the first step."""
    count = log.step_count if step is None else min(step, log.step_count)
    if count == 0 or total_steps == 0:
        return None
    start = max(0, count - 4096)
    seconds = log.steps("seconds", start)[: count - start]
    first = int(np.searchsorted(seconds, seconds[-1] - _SPEED_WINDOW))
    steps = len(seconds) - 1 - first
    elapsed = float(seconds[-1] - seconds[first])
    rate = steps / elapsed if steps > 0 and elapsed > 0 else 0.0
    return TrainProgress(
        epoch=int(log.steps("epoch")[count - 1]),
        epochs=config.epochs,
        step=count,
        total_steps=total_steps,
        images_per_second=rate * config.batch_size,
        seconds_left=(total_steps - count) / rate if rate else None,
    )


def title_of(model: ModelKey) -> str:
    """The model's display name, also for a file that is not allowed to run yet; else the key."""
    try:
        return spec(str(model)).info.title
    except UserError:
        pass
    try:
        path, call = model.own_code()
    except (UserError, ValueError):
        return str(model)
    return f"{call.name} ({path.name})"
