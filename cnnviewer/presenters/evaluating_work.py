"""Reading the test images with the weights shown, for jobs: a fixed sample at once, all of them piece by piece."""

from __future__ import annotations

import os
import time
import zlib
from collections import OrderedDict
from dataclasses import replace

import numpy as np
import torch

from cnnviewer.core.data.dataset import Split
from cnnviewer.core.errors import Cancelled
from cnnviewer.core.inspection.confusion import Confusion, confusion_of
from cnnviewer.core.inspection.trace import Inspector
from cnnviewer.core.models.own_file import opening_of
from cnnviewer.core.models.state import ModelState
from cnnviewer.runtime.jobs import JobContext

SAMPLE_SECONDS = 0.05
"""How long reading the sample should take: with what is around it an answer comes in less than 0.1 s."""
_SMALLEST, _LARGEST, _ROUND = 20, 2000, 20
_REMEMBERED = 300  # tables
_PIECE_SECONDS = 0.05  # between two looks whether the answer is still wanted


class Reading:
    """Reads test images with its own copy of the model, on the CPU. One job at a time uses it.

    The sample is the beginning of one fixed order of the split, as long as the model's speed allows; it is chosen once
    for a model and a data set, so that the tables of two moments are about the same images.
    """

    def __init__(self) -> None:
        self._inspector: Inspector | None = None
        self._opening: object = None  # of a person's own file
        self._speed = 0.0  # images a second
        self._sample = 0  # images of it
        self._split: Split | None = None
        self._order = np.zeros(0, np.int64)
        self._known: OrderedDict[tuple[int, int], Confusion] = OrderedDict()

    def seconds_for_all(self) -> float:
        """How long all images will take; 0 while nothing is known."""
        return len(self._order) / self._speed if self._speed else 0.0

    def sample(self, state: ModelState, split: Split, classes: tuple[str, ...], context: JobContext) -> Confusion:
        """The table of the sample; that of all images where these weights have read them already.

        Raises:
            Cancelled: it is no longer wanted.
        """
        key, inspector = self._take(state, split)
        known = self._known.get((key, len(split))) or self._known.get((key, self._sample))
        if known is not None:
            return replace(known, step=_step_of(state))
        if not self._sample:
            self._measure(inspector, split)
        return self._read(inspector, split, key, state, classes, self._sample, context)

    def all(self, state: ModelState, split: Split, classes: tuple[str, ...], context: JobContext) -> Confusion:
        """The table of every image of the split.

        Raises:
            Cancelled: it is no longer wanted.
        """
        key, inspector = self._take(state, split)
        known = self._known.get((key, len(split)))
        if known is not None:
            return replace(known, step=_step_of(state))
        return self._read(inspector, split, key, state, classes, len(split), context)

    def _take(self, state: ModelState, split: Split) -> tuple[int, Inspector]:
        """Read with these weights from now on: a number that tells them from others, and the model with them."""
        # a training needs the other core; a large model is not trained meanwhile
        torch.set_num_threads(max(1, (os.cpu_count() or 2) // 2))
        opening = opening_of(state.recipe.model)
        if opening is not self._opening:
            self._inspector, self._opening = None, opening
            self._known.clear()
        if self._inspector is None or self._inspector.recipe != state.recipe:
            self._inspector = Inspector.from_state(state)
            self._speed, self._sample = 0.0, 0
        else:
            self._inspector.load(state.tensors)
        if self._split is None or self._split.labels is not split.labels:
            self._split, self._sample = split, 0
            self._order = np.random.default_rng(0).permutation(len(split))
            self._known.clear()
        check = zlib.crc32(repr(state.recipe).encode())
        for name in sorted(state.tensors):
            check = zlib.crc32(state.tensors[name].contiguous().reshape(-1).view(torch.uint8).numpy().data, check)
        return check, self._inspector

    def _measure(self, inspector: Inspector, split: Split) -> None:
        """Choose how long the sample is, by the model's speed on a few images, read twice: the first warms up."""
        few = min(len(split), _SMALLEST)
        for _ in range(2):
            began = time.perf_counter()
            inspector.predict_batch(split.images[:few])
            self._speed = few / max(1e-6, time.perf_counter() - began)
        fitting = round(self._speed * SAMPLE_SECONDS / _ROUND) * _ROUND
        self._sample = min(len(split), max(_SMALLEST, min(_LARGEST, fitting)))

    def _read(
        self,
        inspector: Inspector,
        split: Split,
        key: int,
        state: ModelState,
        classes: tuple[str, ...],
        count: int,
        context: JobContext,
    ) -> Confusion:
        indices = np.sort(self._order[:count])
        predicted = np.empty(count, np.int64)
        piece = max(1, min(500, round(self._speed * _PIECE_SECONDS)))
        for start in range(0, count, piece):
            if context.cancelled():
                raise Cancelled
            chosen = torch.from_numpy(indices[start : start + piece])
            began = time.perf_counter()
            predicted[start : start + piece] = inspector.predict_batch(split.images[chosen]).argmax(axis=1)
            if len(chosen) == piece:
                self._speed += 0.2 * (piece / max(1e-6, time.perf_counter() - began) - self._speed)
            context.report((start + len(chosen)) / count)
        labels = split.labels[torch.from_numpy(indices)].numpy()
        table = confusion_of(labels, predicted, indices, classes, len(split), _step_of(state))
        self._known[key, count] = table
        while len(self._known) > _REMEMBERED:
            self._known.popitem(last=False)
        return table


def _step_of(state: ModelState) -> int:
    return int(state.provenance.get("step", 0))
