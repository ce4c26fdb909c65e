"""Weights evaluated for how far their answers can be trusted: calibration, and what is unfamiliar to them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from cnnviewer.core.data.dataset import DataSet
from cnnviewer.core.errors import UserError, without_frames
from cnnviewer.core.evaluation.calibrated import Calibrated
from cnnviewer.core.evaluation.calibration import calibration
from cnnviewer.core.evaluation.unfamiliar import Scorer, learn_familiarity, scores_of
from cnnviewer.core.models.familiarity import Familiarity
from cnnviewer.core.models.state import ModelState
from cnnviewer.core.training.held_out import held_out_by


@dataclass(frozen=True)
class _Part:
    """A stretch of the progress."""

    tell: Callable[[float], None]
    first: float
    last: float

    def __call__(self, share: float) -> None:
        self.tell(self.first + share * (self.last - self.first))


def calibrate(
    state: ModelState,
    data: DataSet,
    model: Scorer,
    progress: Callable[[float], None] = lambda _: None,
    abandoned: Callable[[], bool] = lambda: False,
) -> Calibrated:
    """Calibration on the test images, and the threshold of unfamiliar ones.

    The temperature is fitted on images that the training held out, never on those it learned from.

    Args:
        state: the weights.
        data: with its classes numbered as the outputs (`for_classes`).
        model: with these weights.
        progress: hears what share is done.
        abandoned: whether nobody waits any more.

    Raises:
        UserError: the model runs otherwise from image to image.
        Cancelled: `abandoned` said so.
    """
    held_out = held_out_by(state, data)
    test = scores_of(model, data.test.images, _Part(progress, 0.0, 0.5), abandoned)
    validation = None
    if held_out.validation is not None:
        found = scores_of(model, held_out.validation.images, _Part(progress, 0.5, 0.7), abandoned)
        validation = found.logits, held_out.validation.labels.numpy()
    familiarity, why_unknown = state.familiarity, None
    if familiarity is None:
        try:
            familiarity = familiarity_of(state, data, model, _Part(progress, 0.7, 1.0), abandoned)
        except UserError as error:
            why_unknown = without_frames(error)
    return Calibrated(
        calibration(test.logits, data.test.labels.numpy(), validation, held_out.why_not),
        familiarity,
        familiarity.scores(test.logits, test.features) if familiarity is not None else np.zeros(0),
        why_unknown,
    )


def familiarity_of(
    state: ModelState,
    data: DataSet,
    model: Scorer,
    progress: Callable[[float], None] = lambda _: None,
    abandoned: Callable[[], bool] = lambda: False,
) -> Familiarity:
    """The threshold of unfamiliar images for these weights, from the data set that they learned from.

    Raises:
        UserError: they learned from another one, or there are too few images.
        Cancelled: `abandoned` said so.
    """
    held_out = held_out_by(state, data)
    if held_out.learned is None:
        assert held_out.why_not is not None
        raise held_out.why_not
    return learn_familiarity(model, held_out.learned, held_out.validation, progress, abandoned)
