"""Several states of models asked about the same images."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from cnnviewer.core.data.dataset import Split
from cnnviewer.core.errors import Cancelled, UserError
from cnnviewer.core.inspection.trace import Inspector
from cnnviewer.core.runs.compare import Verdicts

_CHUNK = 256  # images at once: a person who cancels waits for one such batch


def judge(
    models: Mapping[int, Inspector],
    split: Split,
    classes: Sequence[str],
    progress: Callable[[float], None] = lambda _: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Verdicts:
    """What each of `models`, by number of its column, reads on every image of `split` (uint8, on the CPU).

    Raises:
        UserError: a model knows other classes.
        Cancelled: `cancelled` said so.
    """
    for model in models.values():
        if model.recipe.classes != tuple(classes):
            raise UserError(
                "{model} reads other classes: only models of the same classes can disagree.", model=model.title
            )
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
            predicted[place, start : start + _CHUNK] = best
            chances[place, start : start + _CHUNK] = probabilities[np.arange(len(best)), best]
        progress(min(1.0, (start + _CHUNK) / count))
    return Verdicts(tuple(models), predicted, chances, split.labels.numpy(), tuple(classes))
