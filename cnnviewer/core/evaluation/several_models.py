"""Several states of models asked about the same images."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from cnnviewer.core.data.dataset import DataSet
from cnnviewer.core.errors import Cancelled
from cnnviewer.core.evaluation.predictor import Predictor
from cnnviewer.core.evaluation.records import ModelPredictions
from cnnviewer.core.models.class_match import match_classes

_CHUNK = 256  # images at once: the user who cancels waits for one such batch


def predict_with_each(
    models: Mapping[int, Predictor],
    data: DataSet,
    progress: Callable[[float], None] = lambda _: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> ModelPredictions:
    """What each of `models`, by number of its column, reads on every test image of `data` (on the CPU).

    Raises:
        UserError: a model knows other classes.
        Cancelled: `cancelled` said so.
    """
    matches = [match_classes(model.recipe, data.info) for model in models.values()]
    split = data.test
    count = len(split)
    predicted = np.empty((len(models), count), np.int64)
    chances = np.empty((len(models), count), np.float32)
    for start in range(0, count, _CHUNK):
        images = split.images[start : start + _CHUNK]
        for place, model in enumerate(models.values()):
            if cancelled():
                raise Cancelled
            probabilities = model.predict_batch(images)
            best = probabilities.argmax(axis=1)
            predicted[place, start : start + _CHUNK] = matches[place].classes_of(best)
            chances[place, start : start + _CHUNK] = probabilities[np.arange(len(best)), best]
        progress(min(1.0, (start + _CHUNK) / count))
    return ModelPredictions(tuple(models), predicted, chances, split.labels.numpy(), data.info.classes)
