"""The mean of each channel over the data set's images, for channels that are muted to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from cnnviewer.core.data.dataset import DataSet
from cnnviewer.core.errors import Cancelled
from cnnviewer.core.inspection.records import FloatArray
from cnnviewer.core.inspection.trace import Inspector
from cnnviewer.core.models.state import ModelState
from cnnviewer.core.thread_counts import compute_for_evaluation
from cnnviewer.runtime.job import JobContext

_IMAGES = 100

Means = Mapping[str, FloatArray]


def means_of(state: ModelState, data: DataSet, layers: Sequence[str], context: JobContext) -> Means:
    """The mean of every channel of these layers, float32 `(C,)` by name, with nothing muted.

    Raises:
        Cancelled: it is no longer needed.
    """
    compute_for_evaluation()
    inspector = Inspector.from_state(state)
    sums = {layer: np.zeros(inspector.architecture.layer(layer).shape[0]) for layer in layers}
    images = data.train.images[:_IMAGES]
    for pixels in images:
        if context.cancelled():
            raise Cancelled
        shown = inspector.inspect(pixels.numpy().astype(np.float32) / 255)
        for layer in layers:
            values = shown.activations[layer].astype(np.float64)
            sums[layer] += values.reshape(len(values), -1).mean(1) / len(images)
    return {layer: total.astype(np.float32) for layer, total in sums.items()}
