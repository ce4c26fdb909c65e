"""Measure the calibration of weights, and find what is unfamiliar to them, in a job."""

from __future__ import annotations

from cnnviewer.core.data.dataset import DataSet
from cnnviewer.core.evaluation.calibrated import Calibrated
from cnnviewer.core.inspection.trace import Inspector
from cnnviewer.core.models.class_match import for_classes
from cnnviewer.core.models.familiarity import Familiarity
from cnnviewer.core.models.state import ModelState
from cnnviewer.core.thread_counts import compute_for_evaluation
from cnnviewer.core.training.calibrated import calibrate, familiarity_of
from cnnviewer.runtime.job import JobContext


def measure_calibration(state: ModelState, data: DataSet, context: JobContext) -> Calibrated:
    """Calibration on all test images, and the threshold of unfamiliar ones.

    Raises:
        UserError: the weights know other classes.
        Cancelled: it is no longer needed.
    """
    compute_for_evaluation()
    state, data, _ = for_classes(state, data)
    return calibrate(state, data, Inspector.from_state(state), context.report, context.cancelled)


def find_familiarity(state: ModelState, data: DataSet, context: JobContext) -> Familiarity:
    """What tells unfamiliar images.

    Raises:
        UserError: the weights learned from other images, or there are too few.
        Cancelled: it is no longer needed.
    """
    compute_for_evaluation()
    state, data, _ = for_classes(state, data)
    return familiarity_of(state, data, Inspector.from_state(state), context.report, context.cancelled)
