"""The user's own network is shown as it is written: modules, functions, branches."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from torch import nn

from cnnviewer.core.data.dataset import normalise_unit
from cnnviewer.core.errors import UserError
from cnnviewer.core.inspection.records import SlidingWindow
from cnnviewer.core.inspection.trace import Inspector
from tests.core.inspection.sample_networks import Functional, InPlace, Mixed, Untraceable, expected_output, image, own


@pytest.mark.parametrize(
    ("build_model", "layout"),
    [
        (InPlace, torch.contiguous_format),
        (InPlace, torch.channels_last),
        (Mixed, torch.contiguous_format),
        (Mixed, torch.channels_last),
        (Functional, torch.contiguous_format),  # its view() is refused by PyTorch itself otherwise
    ],
    ids=["InPlace", "InPlace NHWC", "Mixed", "Mixed NHWC", "Functional"],
)
def test_a_users_own_network_is_recorded_to_the_last_bit(
    build_model: Callable[[], nn.Module], layout: torch.memory_format
) -> None:
    model, recipe = build_model().eval().to(memory_format=layout), own((3, 16, 16))
    inspector = Inspector(model, recipe)
    assert inspector.architecture.note == ""
    pixels = image((3, 16, 16))
    inspection = inspector.inspect(pixels)
    output = expected_output(model, recipe, pixels)
    assert np.array_equal(inspection.activations[inspector.architecture.layers[-2].name], output.numpy())
    assert all(inspection.activations[layer.name].flags.c_contiguous for layer in inspector.architecture.layers)
    assert inspector.architecture.parameters == sum(p.numel() for p in model.parameters())


def test_values_are_recorded_before_the_next_operation_overwrites_them() -> None:
    inspector = Inspector(InPlace(), own((3, 16, 16)))
    activations = inspector.inspect(image((3, 16, 16))).activations
    assert activations["conv"].min() < 0
    assert np.array_equal(activations["relu"], np.maximum(activations["conv"], 0))
    assert [layer.kind for layer in inspector.architecture.layers] == [
        *("input", "conv2d", "relu", "add", "relu", "adaptive_avg_pool2d", "mul", "linear", "softmax")
    ]


def test_functional_calls_are_layers_too() -> None:
    architecture = Inspector(Functional(), own((3, 16, 16))).architecture
    assert [(layer.kind, layer.inputs) for layer in architecture.layers] == [
        ("input", ()),
        ("conv2d", ("input",)),
        ("relu", ("conv1",)),
        ("max_pool2d", ("relu",)),
        ("conv2d", ("max_pool2d",)),
        ("mul", ("max_pool2d",)),
        ("add", ("conv2d", "mul")),
        ("dropout", ("add",)),
        ("flatten", ("dropout",)),
        ("linear", ("view",)),
        ("log_softmax", ("fc",)),
        ("softmax", ("log_softmax",)),
    ]
    assert architecture.layer("conv1").window == SlidingWindow((3, 3), (1, 1), (1, 1))
    assert architecture.layer("max_pool2d").window == SlidingWindow((2, 2), (2, 2), (0, 0))
    assert architecture.layer("conv2d").window == SlidingWindow((1, 1), (1, 1), (0, 0))
    assert architecture.layer("conv2d").parameter_text == "4×4×1×1 = 16"
    assert architecture.layer("mul").parameters == 1


def test_modules_of_the_usual_families_are_described() -> None:
    layers = {layer.name: layer for layer in Inspector(Mixed(), own((3, 16, 16))).architecture.layers}
    assert layers["features.0"].operation == "Conv 3×3, stride 2, padding 1"
    assert layers["features.1"].kind == "batch_norm2d"
    assert layers["features.1"].parameter_text == "8 + 8 = 16"
    assert layers["features.2"].palette == "sequential"
    assert layers["features.3"].window == SlidingWindow((3, 3), (1, 1), (0, 0), (2, 2), 8)
    assert layers["features.3"].operation == "Conv 3×3, dilation 2, 8 groups"
    assert layers["features.4"].operation == "Average-pool 2×2, stride 1"
    assert layers["features.5"].operation == "Adaptive average-pool to 2×2"
    assert layers["head.1"].operation == "Dropout p 0.5"


def test_a_model_that_ends_in_softmax_is_not_put_through_it_twice() -> None:
    inspection = Inspector(Mixed(), own((3, 16, 16))).inspect(image((3, 16, 16)))
    assert np.array_equal(inspection.activations["probabilities"], inspection.activations["head.3"])


def test_dropout_that_is_never_switched_off_is_switched_off_and_said() -> None:
    class Forgetful(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.fc = nn.Linear(48, 10)

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            return self.fc(F.dropout(torch.flatten(x, 1)))

    inspector = Inspector(Forgetful(), own((3, 4, 4)))
    assert "training=self.training" in inspector.architecture.note
    first, second = (inspector.inspect(image((3, 4, 4))).activations["fc"] for _ in range(2))
    assert np.array_equal(first, second)


def test_a_model_that_decides_by_its_values_shows_what_ran_and_says_so() -> None:
    model, recipe = Untraceable().eval(), own((3, 16, 16))
    inspector = Inspector(model, recipe)
    assert "another image may take another way" in inspector.architecture.note
    pixels = image((3, 16, 16))
    activations = inspector.inspect(pixels).activations
    assert [(layer.name, layer.inputs) for layer in inspector.architecture.layers] == [
        ("input", ()),
        ("conv", ("input",)),
        ("relu", ("conv",)),
        ("mean", ("relu",)),
        ("flatten", ("relu",)),
        ("fc", ("flatten",)),
        ("probabilities", ("fc",)),
    ]
    assert activations["conv"].min() < 0 <= activations["relu"].min()
    assert np.array_equal(activations["fc"], expected_output(model, recipe, pixels).numpy())
    assert not any(module._forward_hooks or "forward" in vars(module) for module in model.modules())


def test_a_module_used_twice_has_two_layers_and_counts_once() -> None:
    class Twice(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.conv = nn.Conv2d(3, 3, 3, padding=1)
            self.fc = nn.Linear(48, 10)

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            return self.fc(self.conv(self.conv(x)).flatten(1))

    architecture = Inspector(Twice(), own((3, 4, 4))).architecture
    assert [layer.name for layer in architecture.layers] == [
        *("input", "conv", "conv#2", "flatten", "fc", "probabilities")
    ]
    assert architecture.layer("conv#2").operation == "Conv 3×3, padding 1 (2nd call)"
    assert architecture.layer("conv#2").window == architecture.layer("conv").window
    assert architecture.parameters == sum(p.numel() for p in Twice().parameters())


@pytest.mark.parametrize("output", [(5,), (10, 2, 2)], ids=["other classes", "maps"])
def test_what_is_no_classifier_of_the_classes_is_refused(output: tuple[int, ...]) -> None:
    model = nn.Sequential(nn.Flatten(), nn.Linear(48, int(np.prod(output))), nn.Unflatten(1, output))
    with pytest.raises(UserError, match="10 classes"):
        Inspector(model, own((3, 4, 4)))


def test_a_model_that_cannot_run_on_the_image_gives_an_error_message() -> None:
    with pytest.raises(UserError, match="cannot be run on an image of 3×4×4"):
        Inspector(nn.Sequential(nn.Flatten(), nn.Linear(47, 10)), own((3, 4, 4)))


@pytest.mark.parametrize("name", ["alexnet", "resnet18", "squeezenet1_1", "mobilenet_v2"])
def test_torchvisions_models_work_unchanged(name: str) -> None:
    import torchvision.models

    with torch.device("meta"):
        model = getattr(torchvision.models, name)(num_classes=10)
    model.to_empty(device="cpu")
    with torch.no_grad():
        for tensor in model.state_dict().values():
            tensor.fill_(0.01)
    recipe = own((3, 64, 64))
    inspector = Inspector(model, recipe)
    assert inspector.architecture.note == ""
    assert inspector.architecture.parameters == sum(p.numel() for p in model.parameters())
    pixels = image((3, 64, 64))
    activations = inspector.inspect(pixels).activations
    last = inspector.architecture.layers[-2].name
    assert np.array_equal(activations[last].ravel(), expected_output(model, recipe, pixels).numpy())


class Wide(nn.Module):
    """More values than are kept behind a ReLU; `in_place` changes them between the layers."""

    def __init__(self, in_place: bool) -> None:
        super().__init__()
        self.conv, self.fc = nn.Conv2d(3, 80, 3, padding=1), nn.Linear(80 * 32 * 32, 10)
        self.in_place = in_place

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = self.conv(x)
        if self.in_place:
            x.mul_(-1)
        return self.fc(torch.flatten(F.relu(x), 1))


@pytest.mark.parametrize("in_place", [False, True])
def test_what_is_not_kept_behind_a_relu_is_had_again_to_the_last_bit(in_place: bool) -> None:
    model, recipe, pixels = Wide(in_place).eval(), own((3, 32, 32)), image((3, 32, 32))
    inspection = Inspector(model, recipe).inspect(pixels)
    with torch.inference_mode():
        x = normalise_unit(torch.from_numpy(pixels)[None], recipe.mean, recipe.std)
        expected = F.relu(model.conv(x) * (-1 if in_place else 1))[0]
    assert np.array_equal(inspection.activations["relu"], expected.numpy())
    assert inspection.digests["relu"].highs.max() == expected.max()


def test_a_module_that_runs_on_a_constant_is_counted_where_its_result_is_used() -> None:
    """Swin Transformer V2 computes its position bias so."""

    class Biased(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.register_buffer("places", torch.linspace(-1, 1, 10)[:, None])
            self.bias, self.fc = nn.Sequential(nn.Linear(1, 5), nn.ReLU(), nn.Linear(5, 1)), nn.Linear(48, 10)

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            return self.fc(x.flatten(1)) + self.bias(self.places)[:, 0].sigmoid()

    model = Biased()
    architecture = Inspector(model, own((3, 4, 4))).architecture
    assert architecture.parameters == sum(weight.numel() for weight in model.parameters())
    assert architecture.layer("add").parameters == 16
