"""Predict images of a split with the weights shown: a fixed sample at once, all of them piece by piece."""

from __future__ import annotations

import time
import zlib
from collections import OrderedDict
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import torch

from cnnviewer.core.data.dataset import DataSet, Split
from cnnviewer.core.errors import Cancelled
from cnnviewer.core.evaluation.confusion import Confusion, confusion_of
from cnnviewer.core.evaluation.scores import ImageScores, image_scores, joined
from cnnviewer.core.inspection.mute_edits import fitting
from cnnviewer.core.inspection.sample_size import sample_size
from cnnviewer.core.inspection.trace import Inspector
from cnnviewer.core.models.class_match import ClassMatch, for_classes
from cnnviewer.core.models.mutes import Mutes
from cnnviewer.core.models.own.own_file import opening_of
from cnnviewer.core.models.state import ModelState
from cnnviewer.core.thread_counts import compute_for_evaluation
from cnnviewer.runtime.job import JobContext

SAMPLE_SECONDS = 0.05
"""Seconds that predicting the sample should take: with overhead an answer comes in less than 0.1 s."""
_SMALLEST, _LEAST, _LARGEST, _ROUND = 20, 200, 2000, 20
_REMEMBERED = 300  # tables
_PIECE_SECONDS = 0.05  # between two checks for cancellation
_CHUNK = 256


def predict_split(
    state: ModelState, split: Split, match: ClassMatch, mutes: Mutes, context: JobContext
) -> npt.NDArray[np.int64]:
    """Predict every image of a split, with these channels muted.

    Returns:
        The predicted classes, int64 `(N,)`, numbered as the data set numbers them.

    Raises:
        Cancelled: the result is no longer needed.
    """
    inspector = Inspector.from_state(state)
    inspector.set_mutes(fitting(mutes, inspector.architecture))
    count = len(split)
    predicted = np.empty(count, np.int64)
    for start in range(0, count, _CHUNK):
        if context.cancelled():
            raise Cancelled
        end = min(start + _CHUNK, count)
        predicted[start:end] = inspector.predict_batch(split.images[start:end]).argmax(axis=1)
        context.report(end / count)
    return match.classes_of(predicted)


@dataclass(frozen=True)
class Tables:
    """What is predicted with the channels that are muted, and without.

    Attributes:
        after: with them muted.
        before: of the weights themselves, of the same images; None where nothing is muted.

    """

    after: Confusion
    before: Confusion | None = None


class Reading:
    """Predicts test images with its own copy of the model, on the CPU. One job at a time uses it.

    The sample is the start of one fixed order of the split, as long as the model's speed allows. It is chosen once per
    model and data set, so that the tables of two snapshots cover the same images.
    """

    def __init__(self) -> None:
        self._inspector: Inspector | None = None
        self._opening: object = None  # of the user's own file
        self._speed = 0.0  # images per second
        self._sample = 0  # images in the sample
        self._split: Split | None = None
        self._numbered: tuple[DataSet, tuple[int, ...], Split] | None = None
        self._order = np.zeros(0, np.int64)
        self._known: OrderedDict[tuple[int, int], Confusion] = OrderedDict()

    def seconds_for_all(self) -> float:
        """Estimated seconds for all images; 0 while unknown."""
        return len(self._order) / self._speed if self._speed else 0.0

    def effect(self, state: ModelState, data: DataSet, mutes: Mutes, whole: bool, context: JobContext) -> Tables:
        """The table with these channels muted, and the one without where any are; `whole`: of every test image.

        Raises:
            UserError: the weights know other classes.
            Cancelled: it is no longer needed.
        """
        read = self.all if whole else self.sample
        parts = 2 if mutes else 1
        after = read(state, data, _Part(context, 0, parts), mutes)
        if not mutes:
            return Tables(after)
        before = read(state, data, _Part(context, 1, parts))
        return Tables(_only(after, before), _only(before, after))

    def sample(self, state: ModelState, data: DataSet, context: JobContext, mutes: Mutes = ()) -> Confusion:
        """The table of the sample; that of all images where these weights have predicted them already.

        Raises:
            UserError: the weights know other classes.
            Cancelled: it is no longer needed.
        """
        state, split = self._matched(state, data)
        key, inspector = self._take(state, split, mutes)
        known = self._known.get((key, len(split))) or self._known.get((key, self._sample))
        if known is not None:
            return replace(known, step=step_of(state))
        if not self._sample:
            self._measure(inspector, split)
        return self._read(inspector, split, key, state, self._sample, context)

    def all(self, state: ModelState, data: DataSet, context: JobContext, mutes: Mutes = ()) -> Confusion:
        """The table of every test image.

        Raises:
            UserError: the weights know other classes.
            Cancelled: it is no longer needed.
        """
        state, split = self._matched(state, data)
        key, inspector = self._take(state, split, mutes)
        known = self._known.get((key, len(split)))
        if known is not None:
            return replace(known, step=step_of(state))
        return self._read(inspector, split, key, state, len(split), context)

    def _matched(self, state: ModelState, data: DataSet) -> tuple[ModelState, Split]:
        """The weights and the test images with one list of classes; the same class order gives the same split."""
        state, fitted, match = for_classes(state, data)
        if self._numbered is None or self._numbered[0] is not data or self._numbered[1] != match.outputs:
            self._numbered = data, match.outputs, fitted.test
        return state, self._numbered[2]

    def _take(self, state: ModelState, split: Split, mutes: Mutes) -> tuple[int, Inspector]:
        """Use these weights and mutes from now on. Returns a number that identifies them, and the model with them."""
        compute_for_evaluation()
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
        mutes = fitting(mutes, self._inspector.architecture)
        self._inspector.set_mutes(mutes)
        check = zlib.crc32(repr((state.recipe, mutes)).encode())
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
        least = sample_size(
            inspector.architecture, _LEAST
        )  # of a small model on a busy machine: fewer would say nothing
        self._sample = min(len(split), max(least, min(_LARGEST, fitting)))

    def _images_of(self, split: Split, count: int) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """Which images the table of `count` has, and their classes: those of a table of before, to keep them once."""
        before = next((table for (_, known), table in self._known.items() if known == count), None)
        if before is not None:
            return before.indices, before.labels
        indices = np.sort(self._order[:count])
        return indices, split.labels[torch.from_numpy(indices)].numpy()

    def _read(
        self,
        inspector: Inspector,
        split: Split,
        key: int,
        state: ModelState,
        count: int,
        context: JobContext,
    ) -> Confusion:
        indices, labels = self._images_of(split, count)
        predicted, confidences = np.empty(count, np.int64), np.empty(count, np.float32)
        scores: list[ImageScores] = []
        piece = max(1, min(500, round(self._speed * _PIECE_SECONDS)))
        for start in range(0, count, piece):
            if context.cancelled():
                raise Cancelled
            chosen = torch.from_numpy(indices[start : start + piece].copy())  # a table has frozen them
            began = time.perf_counter()
            probabilities, logits = inspector.predict_with_logits(split.images[chosen])
            scores.append(image_scores(logits, labels[start : start + piece]))
            predicted[start : start + piece] = probabilities.argmax(axis=1)
            confidences[start : start + piece] = probabilities.max(axis=1)
            if len(chosen) == piece:
                self._speed += 0.2 * (piece / max(1e-6, time.perf_counter() - began) - self._speed)
            context.report((start + len(chosen)) / count)
        table = confusion_of(
            labels,
            predicted,
            indices,
            state.recipe.classes,
            len(split),
            step_of(state),
            confidences,
            joined(scores),
        )
        self._known[key, count] = table
        while len(self._known) > _REMEMBERED:
            self._known.popitem(last=False)
        return table


def _only(table: Confusion, other: Confusion) -> Confusion:
    """The table of those images alone that the other one is about: a sample, where all are known already."""
    if table.total <= other.total:
        return table
    return table.of_rows(np.searchsorted(table.indices, other.indices))


class _Part(JobContext):
    """One of several parts of a job, equally long: its progress is that of the whole."""

    def __init__(self, whole: JobContext, part: int, parts: int) -> None:
        self._whole, self._part, self._parts = whole, part, parts

    def report(self, progress: object) -> None:
        """Tell how far the whole is."""
        if isinstance(progress, float):
            self._whole.report((self._part + progress) / self._parts)

    def cancelled(self) -> bool:
        """Whether the job is no longer needed."""
        return self._whole.cancelled()


def step_of(state: ModelState) -> int:
    """The training step of weights, 0 where they record none."""
    return int(state.provenance.get("step", 0))
