"""What each model of a comparison makes of one image: its prediction, and the maps of a layer."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass

import numpy as np

from cnnviewer.core.errors import Cancelled
from cnnviewer.core.inspection.learned import map_tiles
from cnnviewer.core.inspection.records import Architecture, Inspection, Prediction
from cnnviewer.core.inspection.trace import Inspector, ranked
from cnnviewer.core.models.state import ModelState
from cnnviewer.core.runs.compare.maps import ComparedMaps, in_one_scale
from cnnviewer.runtime.job import JobContext
from cnnviewer.runtime.requests import InputSource, model_input


def predict_image(
    models: Mapping[int, Inspector], source: InputSource | None, _context: JobContext
) -> Mapping[int, Prediction]:
    """What each model, by column, predicts for one image; nothing without an image."""
    found = {}
    for number, model in models.items():
        image, _ = model_input(source, model.recipe)
        found[number] = Prediction() if image is None else ranked(model.recipe.classes, model.probabilities(image))
    return found


@dataclass(frozen=True, eq=False)
class MapReader:
    """A model of its own for the maps: a test set may be evaluated by the column's other one meanwhile."""

    state: ModelState
    inspector: Inspector


def read_maps(
    states: Mapping[int, ModelState],
    readers: MutableMapping[int, MapReader],
    source: InputSource | None,
    layer: str,
    context: JobContext,
) -> tuple[str, Mapping[int, ComparedMaps | None]]:
    """The layer, and its maps by column in one scale; None where a model has no such maps. Empty without an image.

    Args:
        states: the weights of each column.
        readers: models that were built before; those of other weights are built anew, others are dropped.
        source: of the image.
        layer: its name.
        context: of the job.

    Raises:
        Cancelled: the result is no longer needed.
    """
    for number in [number for number, reader in readers.items() if reader.state is not states.get(number)]:
        del readers[number]
    found: dict[int, ComparedMaps | None] = {}
    for number, state in states.items():
        if context.cancelled():
            raise Cancelled
        image, _ = model_input(source, state.recipe)
        if image is None:
            continue
        if number not in readers:
            readers[number] = MapReader(state, Inspector.from_state(state))
        inspector = readers[number].inspector
        inspection = inspector.inspect(image)
        found[number] = _maps(inspector.architecture, inspection, layer)
    return layer, in_one_scale(found)


def map_layers(architecture: Architecture) -> tuple[str, ...]:
    """Names of the layers with feature maps of more than one value."""
    return tuple(
        layer.name
        for layer in architecture.layers
        if layer.kind != "input" and len(layer.shape) == 3 and max(layer.shape[1:]) > 1
    )


def _maps(architecture: Architecture, inspection: Inspection, name: str) -> ComparedMaps | None:
    info = next((layer for layer in architecture.layers if layer.name == name), None)
    tiles = map_tiles(inspection, info) if info is not None else None
    if tiles is None:
        return None
    values = np.asarray(inspection.activations[name])
    finite = np.isfinite(values)
    with np.errstate(invalid="ignore", over="ignore"):
        return ComparedMaps(
            tiles,
            np.where(finite, values, np.inf).min(axis=(1, 2)),
            np.where(finite, values, -np.inf).max(axis=(1, 2)),
            values.mean(axis=(1, 2)),
        )
