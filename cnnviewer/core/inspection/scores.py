"""The logits of many images, and what the last weights read to compute them."""

from __future__ import annotations

import math
from collections.abc import Callable

import torch

from cnnviewer.core.errors import UserError
from cnnviewer.core.evaluation.records import Scores
from cnnviewer.core.inspection.logits_layer import ending_of, logits_layer, only_logit
from cnnviewer.core.inspection.recorder import Recorder
from cnnviewer.core.inspection.records import Architecture, FloatArray, LayerInfo
from cnnviewer.core.inspection.traced_operation import TracedOperation
from cnnviewer.core.models.familiarity import MOST_NUMBERS


def score_layers(architecture: Architecture, output: str) -> tuple[str, str]:
    """Names of the layer of the logits and of the one that the last weights read; that is empty where it is too large.

    Where one logit stands for two classes it is the `output` itself, which has two. Of the last weights it is the
    input: of LeNet the 50 values behind `relu3`.
    """
    alone = only_logit(architecture, output) is not None
    layer = architecture.layer(output) if alone else logits_layer(architecture, output)
    logits, classes = layer.name, math.prod(layer.shape)
    while layer.inputs:
        source = architecture.layer(layer.inputs[0])
        if layer.parameters:
            fits = (classes + 1) * math.prod(source.shape) <= MOST_NUMBERS
            return logits, source.name if fits else ""
        layer = source
    return logits, ""


def scores_in_parts(
    recorder: Recorder,
    architecture: Architecture,
    output: str,
    images: torch.Tensor,
    at_once: int,
    fitted: Callable[[torch.Tensor], torch.Tensor],
) -> Scores:
    """Logits and features of images.

    Args:
        recorder: of the model.
        architecture: its layers.
        output: name of the layer that is its output.
        images: uint8 `(N, C, H, W)`.
        at_once: how many are run together.
        fitted: makes the model's input of some of them.

    Raises:
        UserError: the model runs otherwise for these images.
    """
    logits, features = score_layers(architecture, output)
    classes = math.prod(architecture.layer(logits).shape)
    width = math.prod(architecture.layer(features).shape) if features else 0

    def keep(layer: LayerInfo, _step: TracedOperation | None, _value: torch.Tensor) -> bool:
        return layer.name in (logits, features)

    # what ends in anything but a softmax gives the logits itself, whatever its last layer makes of them
    direct = ending_of(architecture, output) == ""
    found, read = [torch.empty(0, classes)], [torch.empty(0, width)]
    for part in images.split(at_once):
        if not len(part):
            continue
        recording = recorder.record(fitted(part), keep)
        try:
            found.append(recording.returned if direct else recording.values[logits].reshape(len(part), -1))
            if features:
                read.append(recording.values[features].reshape(len(part), -1))
        except KeyError as error:
            raise UserError(
                "This model decides by its numbers which operations run: its scores do not compare."
            ) from error
    return Scores(torch.cat(found).float().numpy(), _joined(read, len(images)))


def _joined(parts: list[torch.Tensor], count: int) -> FloatArray:
    return torch.cat(parts).float().numpy() if len(parts) > 1 else torch.empty(count, 0).numpy()
