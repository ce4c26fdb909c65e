"""What shows best how a model learns: kernels and maps are the model's own, of the layers that tell most."""

import numpy as np
import pytest
import torch

from cnnviewer.core.inspection.learned import convolutions, kernel_tiles, map_tiles, telling_layers
from cnnviewer.core.inspection.trace import Inspector
from cnnviewer.core.models.registry import MODELS
from cnnviewer.presenters.resolve import untrained
from tests.small_data import COLOUR, GREY


@pytest.fixture
def lenet():
    state = untrained(MODELS["lenet"], GREY)
    inspector = Inspector.from_state(state)
    image = np.random.default_rng(0).random((1, 28, 28), np.float32)
    inspection = inspector.inspect(image, generation=1, step=0)
    return state, inspector.architecture, inspection


def test_of_lenet_both_convolutions_and_the_first_and_the_last_relu_with_maps_are_shown(lenet) -> None:
    _, architecture, _ = lenet
    assert convolutions(architecture) == ("conv1", "conv2")
    assert telling_layers(architecture) == ("relu", "relu_1") or len(telling_layers(architecture)) == 2
    for name in telling_layers(architecture):
        assert len(architecture.layer(name).shape) == 3
        assert architecture.layer(name).kind == "relu"


def test_kernels_are_the_weights_of_the_first_input_channel_on_one_scale_around_zero(lenet) -> None:
    state, architecture, _ = lenet
    tiles = kernel_tiles(state.tensors, architecture.layer("conv2"))
    weight = state.tensors["conv2.weight"]
    assert torch.equal(torch.tensor(tiles.values), weight[:, 0])
    assert (tiles.count, tiles.inputs, tiles.palette) == (20, 10, "kernel")
    assert tiles.bounds.high == -tiles.bounds.low == pytest.approx(float(weight.abs().max()))


def test_maps_are_the_recorded_values(lenet) -> None:
    _, architecture, inspection = lenet
    name = telling_layers(architecture)[0]
    tiles = map_tiles(inspection, architecture.layer(name))
    assert np.array_equal(tiles.values, inspection.activations[name])
    assert tiles.palette == "sequential"
    assert tiles.bounds.low == 0.0


def test_weights_or_values_of_another_model_are_not_shown(lenet) -> None:
    _, architecture, inspection = lenet
    other = untrained(MODELS["simplecnn"], COLOUR)
    assert kernel_tiles(other.tensors, architecture.layer("conv1")) is None
    layers = Inspector.from_state(other).architecture.layers
    assert all(map_tiles(inspection, layer) is None for layer in layers if len(layer.shape) == 3)
