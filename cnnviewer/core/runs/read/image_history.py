"""Runs every network that a run has kept on one image."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Protocol

import numpy as np

from cnnviewer.core.errors import Cancelled, UserError
from cnnviewer.core.inspection.records import FloatArray
from cnnviewer.core.inspection.trace import Inspector
from cnnviewer.core.models.recipe import ModelRecipe
from cnnviewer.core.runs.format.checkpoint_file import size_of
from cnnviewer.core.runs.format.snapshot_steps import SMALL
from cnnviewer.core.runs.read.answer_history import AnswerHistory
from cnnviewer.core.training.checkpoint import Checkpoint

_BETWEEN = 0.5  # seconds from one history that is shown to the next


class Snapshots(Protocol):
    """A run's snapshots, on disk or in memory."""

    def snapshot_steps(self) -> list[int]:
        """The steps that have a snapshot, ascending."""

    def snapshot(self, step: int) -> Checkpoint:
        """The training's state after `step`. Raises UserError where there is no snapshot, or it is damaged."""


def image_history(
    run: Snapshots,
    image: FloatArray,
    known: AnswerHistory | None = None,
    progress: Callable[[float], None] = lambda _: None,
    abandoned: Callable[[], bool] = lambda: False,
    show: Callable[[AnswerHistory], None] = lambda _: None,
) -> AnswerHistory:
    """The probabilities that the run's networks gave the classes of `image`, float32 `(C, H, W)` in 0..1.

    One network is in memory at a time. A snapshot that cannot be read, or was deleted meanwhile, is left out.

    Args:
        run: its snapshots.
        image: as the run's model takes it.
        known: the answers of the same run to the same image as they were found before: only newer steps are read.
        progress: is told what share is done.
        abandoned: whether nobody waits any more.
        show: gets what is known so far, about twice a second.

    Raises:
        Cancelled: `abandoned` said so.
        UserError: the run has no snapshots that can be read, or its model takes other images.
    """
    gathered = _Gathered(run.snapshot_steps(), known)
    unread = [step for step in gathered.steps if step not in gathered.answers]
    inspector: Inspector | None = None
    shown = time.monotonic()
    for count, step in enumerate(unread):
        if abandoned():
            raise Cancelled
        try:
            checkpoint = run.snapshot(step)
        except UserError:
            gathered.missing += 1
            continue
        if inspector is None:
            _check(checkpoint.state.recipe, image)
            inspector = Inspector.from_state(checkpoint.state)
        else:
            inspector.load(checkpoint.state.tensors)
        gathered.add(step, checkpoint, inspector.probabilities(image))
        progress((count + 1) / len(unread))
        if time.monotonic() - shown > _BETWEEN:
            shown = time.monotonic()
            show(gathered.history())
    if not gathered.answers:
        raise UserError("No snapshot of this run can be read: there is no history to show.")
    return gathered.history()


class _Gathered:
    """The answers so far. Those of snapshots that are gone are left out."""

    def __init__(self, steps: list[int], known: AnswerHistory | None) -> None:
        self.steps = steps
        before = known if known is not None else AnswerHistory((), np.empty((0, 0), np.float32), ())
        there = frozenset(steps)
        rows = zip(before.steps, before.probabilities, strict=True)
        self.answers = {step: row for step, row in rows if step in there}
        self.missing = 0
        self._classes, self._in_eight_bits = before.classes, before.in_eight_bits

    def add(self, step: int, checkpoint: Checkpoint, probabilities: FloatArray) -> None:
        self.answers[step] = probabilities
        self._classes = checkpoint.state.recipe.classes
        if not checkpoint.exact and size_of(checkpoint.state) > SMALL:
            self._in_eight_bits = True

    def history(self) -> AnswerHistory:
        steps = tuple(sorted(self.answers))
        probabilities = np.stack([self.answers[step] for step in steps])
        return AnswerHistory(steps, probabilities, self._classes, self._in_eight_bits, self.missing)


def _check(recipe: ModelRecipe, image: FloatArray) -> None:
    if tuple(image.shape) != recipe.input_shape:
        raise UserError(
            "The run's model takes images of {expected} (channels×height×width), not of {found}.",
            expected="×".join(str(size) for size in recipe.input_shape),
            found="×".join(str(size) for size in image.shape),
        )
