"""A weight that learns something from an image, where the one asked about meets only zeros. Free of torch."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from cnnviewer.core.inspection.explain.backward_records import Backward, WeightCell
from cnnviewer.core.inspection.records import Architecture


def lively_weight(backward: Backward, architecture: Architecture, weight: WeightCell) -> WeightCell | None:
    """The weight of the same output that meets the largest value where the gradient there is largest.

    None for other layers than convolutions of one group over two dimensions and fully connected ones, and where even
    that weight meets only zeros.
    """
    layer = architecture.layer(weight.layer)
    x = backward.activations.get(layer.inputs[0]) if layer.inputs else None
    delta = backward.gradients.get(layer.name)
    if x is None or delta is None or weight.bias:
        return None
    if layer.kind == "linear" and x.ndim == delta.ndim == 1:
        found = int(np.abs(x).argmax())
        return replace(weight, input=found) if x[found] * delta[weight.output] else None
    window = layer.window
    if layer.kind != "conv2d" or window is None or window.groups != 1 or x.ndim != 3 or delta.ndim != 3:
        return None
    row, col = np.unravel_index(int(np.abs(delta[weight.output]).argmax()), delta.shape[1:])
    (kh, kw), (sv, sh), (pv, ph), (dv, dh) = window.kernel, window.stride, window.padding, window.dilation
    rows, cols = int(row) * sv - pv + dv * np.arange(kh), int(col) * sh - ph + dh * np.arange(kw)
    inside = np.ix_((rows >= 0) & (rows < x.shape[1]), (cols >= 0) & (cols < x.shape[2]))
    met = np.zeros((x.shape[0], kh, kw), np.float32)
    met[:, inside[0], inside[1]] = x[:, rows[inside[0]], cols[inside[1]]]
    channel, r, c = (int(part) for part in np.unravel_index(int(np.abs(met).argmax()), met.shape))
    if not met[channel, r, c] * delta[weight.output, row, col]:
        return None
    return replace(weight, input=channel, row=r, col=c)
