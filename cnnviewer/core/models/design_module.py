"""A design as a PyTorch module."""

from __future__ import annotations

import torch
from torch import nn

from cnnviewer.core.models.design import Design
from cnnviewer.core.models.design_check import InputShape, LayerCheck, out_features, require
from cnnviewer.core.models.pooling import MinPool2d


class DesignedNetwork(nn.Module):
    """Image `(N, C, H, W)` -> logits `(N, classes)`; train it with the cross-entropy.

    Every layer of the design is a submodule with the name that the design's rows have, run in order.
    """

    def __init__(self, design: Design, input_shape: InputShape, classes: int) -> None:
        super().__init__()
        for row in require(design, input_shape, classes):
            self.add_module(row.name, _layer(row, classes))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """`(N, C, H, W)` normalised images -> `(N, classes)` logits."""
        for layer in self.children():
            x = layer(x)
        return x


def build(design: Design, input_shape: InputShape, classes: int) -> nn.Module:
    """A freshly initialised network for images of `input_shape`, `(C, H, W)`.

    Raises:
        UserError: the design cannot be built for such images, and why.
    """
    return DesignedNetwork(design, input_shape, classes)


def _layer(row: LayerCheck, classes: int) -> nn.Module:
    spec, before = row.spec, row.before
    assert before is not None
    if spec.kind == "conv":
        return nn.Conv2d(
            before[0],
            out_features(spec, classes),
            spec.kernel,
            stride=spec.stride,
            padding=spec.padding,
            dilation=spec.dilation,
            groups=spec.groups,
        )
    if spec.kind == "max_pool":
        return nn.MaxPool2d(spec.kernel, stride=spec.stride, padding=spec.padding, dilation=spec.dilation)
    if spec.kind == "avg_pool":
        return nn.AvgPool2d(spec.kernel, stride=spec.stride, padding=spec.padding)
    if spec.kind == "min_pool":
        return MinPool2d(spec.kernel, stride=spec.stride, padding=spec.padding, dilation=spec.dilation)
    if spec.kind == "relu":
        return nn.ReLU()
    if spec.kind == "dropout":
        return nn.Dropout(spec.p)
    if spec.kind == "batch_norm":
        return nn.BatchNorm2d(before[0]) if len(before) == 3 else nn.BatchNorm1d(before[0])
    if spec.kind == "flatten":
        return nn.Flatten()
    return nn.Linear(before[0], out_features(spec, classes))
