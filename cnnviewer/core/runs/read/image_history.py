"""Runs every network that a run has kept on one image."""

from __future__ import annotations

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
) -> AnswerHistory:
    """The probabilities that the run's networks gave the classes of `image`, float32 `(C, H, W)` in 0..1.

    One network is in memory at a time. A snapshot that cannot be read, or was deleted meanwhile, is left out.

    Args:
        run: its snapshots.
        image: as the run's model takes it.
        known: the answers of the same run to the same image as they were found before: only newer steps are read.
        progress: is told what share is done.
        abandoned: whether nobody waits any more.

    Raises:
        Cancelled: `abandoned` said so.
        UserError: the run has no snapshots that can be read, or its model takes other images.
    """
    answers = {} if known is None else dict(zip(known.steps, known.probabilities, strict=True))
    in_eight_bits, missing = known is not None and known.in_eight_bits, 0
    steps = run.snapshot_steps()
    unread = [step for step in steps if step not in answers]
    inspector: Inspector | None = None
    recipe: ModelRecipe | None = None
    for count, step in enumerate(unread):
        if abandoned():
            raise Cancelled
        try:
            checkpoint = run.snapshot(step)
        except UserError:
            missing += 1
            continue
        if inspector is None:
            recipe = checkpoint.state.recipe
            _check(recipe, image)
            inspector = Inspector.from_state(checkpoint.state)
        else:
            inspector.load(checkpoint.state.tensors)
        answers[step] = inspector.probabilities(image)
        in_eight_bits = in_eight_bits or (not checkpoint.exact and size_of(checkpoint.state) > SMALL)
        progress((count + 1) / len(unread))
    classes = recipe.classes if recipe is not None else known.classes if known is not None else ()
    there = tuple(step for step in steps if step in answers)
    if not there:
        raise UserError("No snapshot of this run can be read: there is no history to show.")
    return AnswerHistory(there, np.stack([answers[step] for step in there]), classes, in_eight_bits, missing)


def _check(recipe: ModelRecipe, image: FloatArray) -> None:
    if tuple(image.shape) != recipe.input_shape:
        raise UserError(
            "The run's model takes images of {expected} (channels×height×width), not of {found}.",
            expected="×".join(str(size) for size in recipe.input_shape),
            found="×".join(str(size) for size in image.shape),
        )
