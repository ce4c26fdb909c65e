"""The course's models: their layers, shapes, names and defaults."""

from __future__ import annotations

import threading

import pytest
import torch
import torch.nn.functional as F
from torch import nn

from cnnviewer.core.data.info import DataInfo
from cnnviewer.core.errors import UserError
from cnnviewer.core.models.lenet import LeNet
from cnnviewer.core.models.recipe import ModelRecipe
from cnnviewer.core.models.registry import MODELS, build, from_state, recipe_for, spec
from cnnviewer.core.models.simplecnn import SimpleCNN
from cnnviewer.core.models.state import ModelState
from cnnviewer.core.training.usual import usual_config

LENET = ModelRecipe("lenet", (1, 28, 28), tuple("0123456789"), (0.1307,), (0.3081,), "mnist")


def test_lenet_computes_what_the_course_writes() -> None:
    model = LeNet().eval()
    x = torch.randn(4, 1, 28, 28)
    h = F.relu(F.max_pool2d(F.conv2d(x, model.conv1.weight, model.conv1.bias), 2))
    h = F.relu(F.max_pool2d(F.conv2d(h, model.conv2.weight, model.conv2.bias), 2)).view(-1, 320)
    h = F.linear(F.relu(F.linear(h, model.fc1.weight, model.fc1.bias)), model.fc2.weight, model.fc2.bias)
    assert torch.equal(model(x), F.log_softmax(h, dim=1))


def test_simplecnn_computes_what_the_course_writes() -> None:
    model = SimpleCNN().eval()
    x = torch.randn(4, 3, 32, 32)
    h = F.max_pool2d(F.relu(F.conv2d(x, model.conv1.weight, model.conv1.bias, padding=1)), 2)
    h = F.max_pool2d(F.relu(F.conv2d(h, model.conv2.weight, model.conv2.bias, padding=1)), 2).view(-1, 4096)
    h = F.linear(F.relu(F.linear(h, model.fc1.weight, model.fc1.bias)), model.fc2.weight, model.fc2.bias)
    assert torch.equal(model(x), h)


def test_a_script_with_the_same_seed_starts_from_the_same_weights() -> None:
    torch.manual_seed(5)
    ours = LeNet().state_dict()
    torch.manual_seed(5)
    layers = (nn.Conv2d(1, 10, 5), nn.Conv2d(10, 20, 5), nn.Linear(320, 50), nn.Linear(50, 10))
    script = [parameter for layer in layers for parameter in layer.parameters()]
    assert all(torch.equal(a, b) for a, b in zip(ours.values(), script, strict=True))


@pytest.mark.parametrize("key", ["lenet", "simplecnn"])
def test_only_the_four_layers_have_parameters(key: str) -> None:
    model = MODELS[key].build(MODELS[key].info.input_shape, 10)
    assert list(model.state_dict()) == [
        f"{n}.{p}" for n in ("conv1", "conv2", "fc1", "fc2") for p in ("weight", "bias")
    ]


def test_lenet_drops_whole_maps_while_it_trains() -> None:
    model = LeNet().train()
    assert isinstance(model.dropout, nn.Dropout2d)
    assert model.dropout.p == 0.5
    dropped = model.dropout(torch.ones(1, 400, 3, 3))[0]
    assert set(dropped.unique().tolist()) == {0.0, 2.0}
    assert all(len(feature_map.unique()) == 1 for feature_map in dropped)


@pytest.mark.parametrize(
    ("key", "shape"),
    [("lenet", (1, 16, 16)), ("lenet", (3, 33, 20)), ("simplecnn", (1, 4, 4)), ("simplecnn", (4, 29, 50))],
)
def test_input_and_output_follow_the_data(key: str, shape: tuple[int, int, int]) -> None:
    assert MODELS[key].build(shape, 3).eval()(torch.rand(2, *shape)).shape == (2, 3)


@pytest.mark.parametrize(
    ("key", "shape"),
    [("lenet", (1, 15, 28)), ("lenet", (1, 28, 1)), ("simplecnn", (3, 3, 32)), ("simplecnn", (3, 32, 0))],
)
def test_an_image_smaller_than_the_kernels_is_refused_next_to_the_data_set(
    key: str, shape: tuple[int, int, int]
) -> None:
    with pytest.raises(UserError, match="too small for") as caught:
        MODELS[key].build(shape, 10)
    assert caught.value.field == "dataset"
    assert f"{shape[1]}×{shape[2]}" in str(caught.value)


def test_the_defaults_are_the_courses() -> None:
    lenet, simplecnn = (usual_config(MODELS[key].info) for key in ("lenet", "simplecnn"))
    assert list(MODELS) == [
        "lenet",
        "simplecnn",
        "alexnet32",
        "vgg32",
        "resnet32",
        "alexnet",
        "vgg16",
        "vgg19",
        "resnet18",
    ]
    assert (lenet.model, lenet.dataset, lenet.batch_size, lenet.epochs) == ("lenet", "mnist", 32, 10)
    assert (lenet.learning_rate, lenet.momentum, MODELS["lenet"].loss) == (0.01, 0.0, "nll")
    assert (simplecnn.model, simplecnn.dataset, simplecnn.batch_size, simplecnn.epochs) == (
        *("simplecnn", "cifar10"),
        *(64, 10),
    )
    assert (simplecnn.learning_rate, simplecnn.momentum, MODELS["simplecnn"].loss) == (0.01, 0.9, "cross_entropy")


def test_the_recipe_follows_the_data_set() -> None:
    info = DataInfo("npz:/x", "X", (2, 20, 24), ("a", "b", "c"), (0.1, 0.2), (0.3, 0.4))
    recipe = recipe_for("simplecnn", info)
    assert recipe == ModelRecipe("simplecnn", (2, 20, 24), ("a", "b", "c"), (0.1, 0.2), (0.3, 0.4), "npz:/x")
    assert build(recipe)(torch.rand(1, 2, 20, 24)).shape == (1, 3)


def test_an_unknown_model_names_those_there_are() -> None:
    with pytest.raises(UserError, match=r"resnet50.*lenet, simplecnn"):
        spec("resnet50")


def test_a_model_from_a_state_has_its_own_weights_and_draws_no_random_numbers() -> None:
    source = build(LENET)
    state = ModelState(LENET, source.state_dict())
    before = torch.get_rng_state()
    model = from_state(state)
    assert torch.equal(torch.get_rng_state(), before)
    assert not model.training
    x = torch.rand(2, 1, 28, 28)
    expected = source.eval()(x)
    assert torch.equal(model(x), expected)
    with torch.no_grad():
        next(iter(state.tensors.values())).zero_()
    assert torch.equal(model(x), expected)
    assert all(parameter.requires_grad and parameter.is_leaf for parameter in model.parameters())


def test_building_in_one_thread_leaves_the_default_device_of_another() -> None:
    state = ModelState(LENET, build(LENET).state_dict())
    devices: set[str] = set()
    stop = threading.Event()

    def watch() -> None:
        while not stop.is_set():
            devices.add(torch.empty(1).device.type)

    watcher = threading.Thread(target=watch)
    watcher.start()
    for _ in range(20):
        from_state(state)
    stop.set()
    watcher.join()
    assert devices == {"cpu"}
