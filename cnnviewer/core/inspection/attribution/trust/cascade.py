"""The cascading randomisation test: how much of a map is left when the layers lose what they learned.

Adebayo and others: Sanity Checks for Saliency Maps, 2018.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from types import MappingProxyType
from typing import Final

import numpy as np
import numpy.typing as npt
import torch
from torch import nn

from cnnviewer.core.data.dataset import normalise_unit
from cnnviewer.core.errors import Cancelled, UserError
from cnnviewer.core.inspection.attribution.attribute import attribute
from cnnviewer.core.inspection.attribution.logits import Logits
from cnnviewer.core.inspection.attribution.methods import MOST_NODES, NODES, Abandoned, Progress
from cnnviewer.core.inspection.attribution.records import Attribution, AttributionRequest
from cnnviewer.core.inspection.attribution.trust.edges import edges
from cnnviewer.core.inspection.attribution.trust.guided import guided_backpropagation
from cnnviewer.core.inspection.attribution.trust.ranks import rank_correlation
from cnnviewer.core.inspection.attribution.trust.records import Cascade, CascadeRequest, Numbers, sizes
from cnnviewer.core.inspection.attribution.trust.reinitialise import WeightedLayer, reinitialise, weighted_layers
from cnnviewer.core.inspection.muting import Replacement
from cnnviewer.core.inspection.recorder import RecordedPass, Recorder, keep_none
from cnnviewer.core.inspection.records import Architecture, FloatArray
from cnnviewer.core.interruption import check_interruption, copied_in_parts
from cnnviewer.core.models.copying import copy_of
from cnnviewer.core.models.randomness import own_randomness
from cnnviewer.core.models.recipe import ModelRecipe

_BETWEEN_PARTS: Final = 0.3  # seconds
NOTHING_MUTED: Final[Mapping[str, Replacement]] = MappingProxyType({})


def flat(found: FloatArray) -> FloatArray:
    """A map `(C, H, W)` or `(H, W)` -> `(H, W)`, added up over the colours."""
    return found.sum(0) if found.ndim == 3 else found


@dataclass(frozen=True)
class _Maps:
    """Both maps of a model at one step, `(H, W)` each."""

    attribution: Attribution
    map: FloatArray
    guided: FloatArray
    relus: int


class _Copy:
    """A copy of the model whose weights may be written into; the model itself is only read."""

    def __init__(
        self, model: nn.Module, pixels: FloatArray, recipe: ModelRecipe, replacing: Mapping[str, Replacement]
    ) -> None:
        self._given = model
        try:
            self._model = copy_of(model, copied_in_parts(model.parameters()))
        except Cancelled:
            raise
        except Exception as error:  # a user's own module may hold what cannot be copied
            raise UserError(
                "The layers cannot be randomised, for the model cannot be copied: {reason}.",
                reason=(str(error) or type(error).__name__).splitlines()[0].rstrip("."),
            ) from error
        self._recorder = Recorder(self._model)
        self._recorder.replacing = replacing
        self._pixels, self._recipe = pixels, recipe
        self._image = normalise_unit(torch.from_numpy(pixels.copy())[None], recipe.mean, recipe.std)

        self._recorded: RecordedPass | None = None

    def _recording(self) -> RecordedPass:
        """The layers as they run with these weights: with others a model may take another way."""
        if self._recorded is None:
            self._recorded = self._recorder.record(self._image, keep_none)
        return self._recorded

    def layers(self) -> tuple[WeightedLayer, ...]:
        recording = self._recording()
        logits = Logits(self._recorder, Architecture("", recording.layers), recording.output)
        return weighted_layers(self._model, recording, logits.layer)

    def learned(self) -> None:
        """Take the learned weights and statistics again."""
        with torch.no_grad():
            for mine, given in zip(_numbers(self._model), _numbers(self._given), strict=True):
                check_interruption()
                mine.copy_(given)
        self._recorder.weights_changed()
        self._recorded = None

    def randomise(self, layer: WeightedLayer) -> None:
        reinitialise(self._model, layer)
        self._recorder.weights_changed()
        self._recorded = None

    def maps(
        self,
        request: AttributionRequest,
        known: Attribution | None,
        progress: Progress,
        abandoned: Abandoned,
        most: int = MOST_NODES,
    ) -> _Maps:
        recording = self._recording()
        architecture = Architecture("", recording.layers)
        logits = Logits(self._recorder, architecture, recording.output)
        found = known or attribute(request, logits, self._pixels, self._recipe, architecture, progress, abandoned, most)
        direction = logits.direction(request.target, request.against)
        guided, relus = guided_backpropagation(logits, self._image, direction)
        return _Maps(found, flat(found.map), flat(guided.numpy()), relus)


def cascade(
    request: CascadeRequest,
    model: nn.Module,
    pixels: FloatArray,
    recipe: ModelRecipe,
    replacing: Mapping[str, Replacement] = NOTHING_MUTED,
    progress: Progress = lambda _: None,
    abandoned: Abandoned = lambda: False,
    show: Callable[[Cascade], None] = lambda _: None,
) -> Cascade:
    """Re-initialise one layer after another, from the logits down, and compare |map| with what it was.

    Layers begin anew as PyTorch would begin them (`reset_parameters`), a batch normalisation with its running
    statistics. The model is copied: nothing in it changes.

    Args:
        request: which map, and how many measurements.
        model: in evaluation mode.
        pixels: float32 `(C, H, W)` in 0..1.
        recipe: of the model.
        replacing: what is muted, as the model's recorder has it.
        progress: is told what share is done.
        abandoned: whether nobody waits any more.
        show: is given what is known so far, while the first seed is under way and takes long.

    Raises:
        Cancelled: `abandoned` said so.
        UserError: the model cannot be copied, or the map cannot be had.
    """
    copied = _Copy(model, pixels, recipe, replacing)
    layers = copied.layers()
    total, done = 1 + len(request.seeds) * len(layers), 0

    def within(share: float) -> None:
        progress((done + share) / total)

    first = copied.maps(request.attribution, request.known, within, abandoned)
    request = replace(request, attribution=first.attribution.request)
    runs: list[list[_Maps]] = []
    edge_map = edges(pixels)
    shown = time.monotonic()
    for seed in request.seeds:
        runs.append([first])
        copied.learned()
        for number, layer in enumerate(layers):
            if abandoned():
                raise Cancelled
            done = 1 + (len(runs) - 1) * len(layers) + number
            with own_randomness(seed=seed_of(seed, number)):
                copied.randomise(layer)
            if len(runs) == 1 and time.monotonic() - shown > _BETWEEN_PARTS:
                show(_answer(request, layers, first, runs, edge_map))
                shown = time.monotonic()
            runs[-1].append(copied.maps(request.attribution, None, within, abandoned, NODES[-1]))
    progress(1.0)
    return _answer(request, layers, first, runs, edge_map)


def seed_of(seed: int, layer: int) -> int:
    """Of the random numbers with which the layer of that place begins anew."""
    return seed * 100_003 + layer


def _answer(
    request: CascadeRequest,
    layers: tuple[WeightedLayer, ...],
    first: _Maps,
    runs: list[list[_Maps]],
    edge_map: FloatArray,
) -> Cascade:
    shown = runs[0] if runs else [first]
    places = len(layers) + 1

    def curve(compare: Callable[[_Maps], float]) -> Numbers:
        found = np.full((len(runs), places), np.nan)
        for row, run in zip(found, runs, strict=True):
            row[: len(run)] = [compare(each) for each in run]
        return found

    counted = sizes(first.map) > 0
    return Cascade(
        request,
        first.attribution,
        tuple(layer.step for layer in layers),
        curve(lambda each: _alike(first.map, each.map)),
        curve(lambda each: _alike(first.map, each.map, counted)),
        curve(lambda each: _alike(first.guided, each.guided)),
        np.array([_alike(edge_map, edge_map)] * places),
        np.stack([each.map for each in shown]),
        np.stack([each.guided for each in shown]),
        edge_map,
        first.relus,
    )


def _alike(one: FloatArray, other: FloatArray, among: npt.NDArray[np.bool_] | None = None) -> float:
    one, other = sizes(one), sizes(other)
    if among is not None:
        one, other = one[among], other[among]
    return rank_correlation(one, other) if one.size else math.nan


def _numbers(model: nn.Module) -> Iterator[torch.Tensor]:
    return chain(model.parameters(), model.buffers())
