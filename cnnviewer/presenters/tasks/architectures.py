"""The tasks of the architectures page: descriptions of all models, and the feature maps of one."""

from __future__ import annotations

from dataclasses import dataclass

from cnnviewer.core.inspection.architectures import ArchitectureSummary, architecture_summary, early_middle_late
from cnnviewer.core.inspection.records import FloatArray
from cnnviewer.core.inspection.trace import Inspector, outline
from cnnviewer.core.models.recipe import ModelRecipe
from cnnviewer.core.models.registry import MODELS, ModelSpec
from cnnviewer.core.models.state import ModelState
from cnnviewer.core.models.weights import BUNDLED, bundled
from cnnviewer.presenters.resolve import untrained, usual_info
from cnnviewer.runtime.jobs import JobContext
from cnnviewer.runtime.requests import InputSource, model_input

ARCHITECTURES = ("lenet", "simplecnn", "alexnet", "vgg16", "vgg19", "resnet18")
"""Registry keys of the models, in the order of their years."""


@dataclass(frozen=True)
class ModelMaps:
    """Feature maps of a model.

    Attributes:
        key: of the model.
        layers: name and float32 maps `(C, H, W)` of an early, a middle and a late layer.

    """

    key: str
    layers: tuple[tuple[str, FloatArray], ...]


def outlines(_context: JobContext) -> tuple[ArchitectureSummary, ...]:
    """Every model with its layers, shapes and costs."""
    summaries = []
    for key in ARCHITECTURES:
        model = MODELS[key]
        summaries.append(architecture_summary(key, model.info.title, outline(usual_recipe(model))))
    return tuple(summaries)


def usual_recipe(model: ModelSpec) -> ModelRecipe:
    """The model's recipe for the data set it is usually trained on."""
    return model.recipe_for(usual_info(model))


def feature_maps(key: str, source: InputSource, state: ModelState | None, _context: JobContext) -> ModelMaps:
    """Run a model on the image: with `state`, else with bundled or untrained weights.

    Raises:
        UserError: the image does not fit.
    """
    model = MODELS[key]
    state = state or (bundled(key) if key in BUNDLED else untrained(model, usual_info(model)))
    inspector = Inspector.from_state(state)
    image, _ = model_input(source, state.recipe)
    inspection = inspector.inspect(image)
    names = early_middle_late(inspector.architecture)
    return ModelMaps(key, tuple((name, inspection.activations[name]) for name in names))
