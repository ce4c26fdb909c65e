"""The means of channels over the data set's images, for channels that are muted to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import torch

from cnnviewer.core.data.dataset import DataSet
from cnnviewer.core.inspection.attribution.channel_records import ChannelMeans
from cnnviewer.core.inspection.channel_means import channel_means
from cnnviewer.core.inspection.records import Architecture
from cnnviewer.core.inspection.sample_size import sample_size, spread
from cnnviewer.core.inspection.trace import Inspector
from cnnviewer.core.models.state import ModelState
from cnnviewer.core.thread_counts import compute_for_evaluation
from cnnviewer.runtime.job import JobContext

Means = Mapping[str, ChannelMeans]


def images_for_means(architecture: Architecture, data: DataSet) -> torch.Tensor:
    """The training images that a mean is taken over, uint8 `(N, C, H, W)`: the same ones wherever it is needed."""
    images = data.train.images if len(data.train) else data.test.images
    return images[spread(len(images), sample_size(architecture, len(images)))]


def means_of(state: ModelState, data: DataSet, layers: Sequence[str], context: JobContext) -> Means:
    """The means of the channels of these layers, by layer, with nothing muted.

    Raises:
        Cancelled: they are no longer needed.
        UserError: a layer has no channels.
    """
    compute_for_evaluation()
    inspector = Inspector.from_state(state)
    images = images_for_means(inspector.architecture, data)
    return {layer: channel_means(inspector, images, layer, abandoned=context.cancelled) for layer in layers}
