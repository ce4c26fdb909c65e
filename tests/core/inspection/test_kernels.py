"""The kernels shown are the layer's weights."""

from __future__ import annotations

import numpy as np

from cnnviewer.core.inspection.kernels import kernel_layers, kernels
from cnnviewer.core.inspection.trace import Inspector
from cnnviewer.core.models.registry import build
from tests.core.inspection.sample_networks import LENET, Mixed, own


def test_kernels_are_the_weights_themselves_read_only() -> None:
    model = build(LENET)
    architecture = Inspector(build(LENET), LENET).architecture
    assert kernel_layers(architecture) == ("conv1", "conv2", "fc1", "fc2")
    conv = kernels(model.state_dict(), architecture.layer("conv2"))
    assert conv is not None
    assert np.array_equal(conv.weight, model.state_dict()["conv2.weight"].numpy())
    assert np.array_equal(conv.bias, model.state_dict()["conv2.bias"].numpy())
    assert not conv.weight.flags.writeable
    assert conv.weight.ctypes.data == model.state_dict()["conv2.weight"].data_ptr()
    linear = kernels(model.state_dict(), architecture.layer("fc1"))
    assert linear is not None
    assert linear.weight.shape == (50, 320, 1, 1)
    assert kernels(model.state_dict(), architecture.layer("relu1")) is None


def test_a_layer_without_bias_or_with_other_weights_has_none_to_show() -> None:
    architecture = Inspector(Mixed(), own((3, 16, 16))).architecture
    tensors = Mixed().state_dict()
    assert kernel_layers(architecture) == ("features.0", "features.3", "head.2")
    shown = kernels(tensors, architecture.layer("features.0"))
    assert shown is not None
    assert shown.bias is None
    assert kernels(tensors, architecture.layer("features.1")) is None
