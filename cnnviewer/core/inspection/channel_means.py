"""The mean of each channel of a layer over images: what stands for a channel that is muted to its mean."""

from __future__ import annotations

from collections.abc import Callable

import torch

from cnnviewer.core.errors import Cancelled
from cnnviewer.core.inspection.attribution.channel_records import ChannelMeans
from cnnviewer.core.inspection.channels import channel_axis
from cnnviewer.core.inspection.records import LayerInfo
from cnnviewer.core.inspection.trace import Inspector
from cnnviewer.core.inspection.traced_operation import TracedOperation

_AT_ONCE = 64


def channel_means(
    inspector: Inspector,
    images: torch.Tensor,
    layer: str,
    progress: Callable[[float], None] = lambda _: None,
    abandoned: Callable[[], bool] = lambda: False,
) -> ChannelMeans:
    """The means of a layer's channels over uint8 images `(N, C, H, W)` and over all places, as if nothing were muted.

    Added up in float64, image by image.

    Raises:
        Cancelled: `abandoned` said so.
        UserError: there is no such layer, or it has no channels.
    """
    info = inspector.layer(layer)
    axis = channel_axis(info, inspector.architecture)
    logits = inspector.logits
    total, places = torch.zeros(info.shape[axis], dtype=torch.float64), 0

    def keep(each: LayerInfo, _step: TracedOperation | None, _value: torch.Tensor) -> bool:
        return each.name == layer

    at_once = min(_AT_ONCE, logits.at_once)
    with logits.recorder.unreplaced():
        for begin in range(0, len(images), at_once):
            if abandoned():
                raise Cancelled
            batch = inspector.fitted(images[begin : begin + at_once])
            value = logits.recorder.record(batch, keep).values.get(layer)
            if value is not None:  # an image may go another way
                channels = value.movedim(axis, 0).flatten(1)
                total += channels.sum(1, dtype=torch.float64)
                places += channels.shape[1]
            progress(min(1.0, (begin + len(batch)) / len(images)))
    return ChannelMeans(layer, tuple((total / max(1, places)).tolist()), len(images))
