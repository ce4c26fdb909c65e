"""Every number that the inspector shows is PyTorch's own."""

from __future__ import annotations

import threading
from collections.abc import Callable

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from torch import nn

from cnnviewer.core.data.dataset import normalise, normalise_unit
from cnnviewer.core.errors import UserError
from cnnviewer.core.inspection.kernels import kernel_layers, kernels
from cnnviewer.core.inspection.operations import functional_name
from cnnviewer.core.inspection.records import Window
from cnnviewer.core.inspection.trace import Inspector, ranked
from cnnviewer.core.models.recipe import ModelRecipe
from cnnviewer.core.models.registry import MODELS, build
from cnnviewer.core.models.state import ModelState

LENET = ModelRecipe("lenet", (1, 28, 28), tuple("0123456789"), (0.1307,), (0.3081,), "mnist")
SIMPLECNN = ModelRecipe("simplecnn", (3, 32, 32), tuple("abcdefghij"), (0.5,) * 3, (0.5,) * 3, "cifar10")


def own(shape: tuple[int, int, int], classes: int = 10) -> ModelRecipe:
    return ModelRecipe("own", shape, tuple(f"c{i}" for i in range(classes)), (0.5,) * shape[0], (0.25,) * shape[0])


def image(shape: tuple[int, int, int], seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).random(shape, dtype=np.float32)


def expected_output(model: nn.Module, recipe: ModelRecipe, pixels: np.ndarray) -> torch.Tensor:
    with torch.inference_mode():
        return model(normalise_unit(torch.from_numpy(pixels)[None], recipe.mean, recipe.std))[0]


def test_lenets_layers_are_all_there_in_order() -> None:
    layers = Inspector(build(LENET), LENET).architecture.layers
    assert [(layer.name, layer.kind, layer.shape) for layer in layers] == [
        ("input", "input", (1, 28, 28)),
        ("conv1", "conv2d", (10, 24, 24)),
        ("pool1", "max_pool2d", (10, 12, 12)),
        ("relu1", "relu", (10, 12, 12)),
        ("conv2", "conv2d", (20, 8, 8)),
        ("dropout", "dropout2d", (20, 8, 8)),
        ("pool2", "max_pool2d", (20, 4, 4)),
        ("relu2", "relu", (20, 4, 4)),
        ("flatten", "flatten", (320,)),
        ("fc1", "linear", (50,)),
        ("relu3", "relu", (50,)),
        ("fc2", "linear", (10,)),
        ("log_softmax", "log_softmax", (10,)),
        ("probabilities", "softmax", (10,)),
    ]
    assert [layer.inputs for layer in layers] == [(), *((layer.name,) for layer in layers[:-1])]


def test_what_stands_above_the_columns_says_what_they_do() -> None:
    architecture = Inspector(build(LENET), LENET).architecture
    assert architecture.title == "LeNet"
    assert architecture.note == ""
    assert architecture.parameters == sum(p.numel() for p in build(LENET).parameters()) == 21_840
    assert architecture.layer("conv2").parameter_text == "20×10×5×5 + 20 = 5,020"
    assert architecture.layer("conv2").operation == "Conv 5×5"
    assert architecture.layer("conv2").window == Window((5, 5), (1, 1), (0, 0))
    assert architecture.layer("pool1").operation == "Max-pool 2×2"
    assert architecture.layer("fc1").operation == "Linear 320→50"
    assert architecture.layer("fc1").module == "fc1"
    assert architecture.layer("relu1").module is None
    simple = Inspector(build(SIMPLECNN), SIMPLECNN).architecture
    assert simple.layer("conv1").operation == "Conv 3×3, padding 1"


def test_colours_are_sequential_exactly_where_no_value_can_be_negative() -> None:
    architecture = Inspector(build(LENET), LENET).architecture
    sequential = [layer.name for layer in architecture.layers if layer.palette == "sequential"]
    assert sequential == ["relu1", "relu2", "flatten", "relu3", "probabilities"]
    assert architecture.layer("input").palette == "image"


@pytest.mark.parametrize("recipe", [LENET, SIMPLECNN], ids=["lenet", "simplecnn"])
def test_recorded_numbers_are_those_of_the_model_to_the_last_bit(recipe: ModelRecipe) -> None:
    model = build(recipe)
    inspector = Inspector(model, recipe)
    pixels = image(recipe.input_shape)
    seen: dict[str, torch.Tensor] = {}
    for name, module in model.named_children():
        module.register_forward_hook(lambda _m, _i, value, name=name: seen.__setitem__(name, value[0].clone()))
    output = expected_output(model, recipe, pixels)
    inspection = inspector.inspect(pixels, generation=7, step=3)
    assert (inspection.generation, inspection.step) == (7, 3)
    assert set(inspection.activations) == {layer.name for layer in inspector.architecture.layers}
    for name, value in seen.items():
        assert np.array_equal(inspection.activations[name], value.numpy()), name
    assert np.array_equal(inspection.activations[inspector.architecture.layers[-2].name], output.numpy())
    probabilities = inspection.activations["probabilities"]
    assert np.allclose(probabilities, F.softmax(output, 0).numpy(), atol=1e-7)
    assert probabilities.sum() == pytest.approx(1, abs=1e-6)
    for layer in inspector.architecture.layers:
        value = inspection.activations[layer.name]
        assert value.shape == layer.shape
        assert value.dtype == np.float32
        assert value.flags.c_contiguous
        assert not value.flags.writeable


def test_the_input_layer_is_the_normalised_image_and_the_pixels_stay_beside_it() -> None:
    pixels = image((1, 28, 28))
    inspection = Inspector(build(LENET), LENET).inspect(pixels)
    assert np.array_equal(inspection.image, pixels)
    assert np.allclose(inspection.activations["input"], (pixels - 0.1307) / 0.3081, atol=1e-6)
    pixels[:] = 0  # the drawing goes on
    assert inspection.image.max() > 0


def test_the_ranking_is_sorted_and_equal_classes_keep_their_order() -> None:
    inspection = Inspector(build(LENET), LENET).inspect(image((1, 28, 28)))
    probabilities = [p for _, p in inspection.prediction.ranking]
    assert probabilities == sorted(probabilities, reverse=True)
    tied = ranked(("a", "b", "c", "d"), np.array([0.2, 0.3, 0.2, 0.3], np.float32))
    assert [name for name, _ in tied.ranking] == ["b", "d", "a", "c"]


def test_no_image_predicts_nothing() -> None:
    inspection = Inspector(build(LENET), LENET).inspect(None, generation=4)
    assert inspection.generation == 4
    assert inspection.image is None
    assert inspection.prediction.ranking == ()
    assert not inspection.activations


def test_an_image_of_another_shape_is_refused() -> None:
    with pytest.raises(UserError, match=r"1×28×28.*3×28×28"):
        Inspector(build(LENET), LENET).inspect(image((3, 28, 28)))


def test_new_weights_are_seen_without_tracing_again() -> None:
    first, second = build(LENET), build(LENET).eval()
    inspector = Inspector.from_state(ModelState(LENET, first.state_dict()))
    architecture = inspector.architecture
    pixels = image((1, 28, 28))
    before = inspector.inspect(pixels)
    kept = before.activations["conv1"].copy()
    inspector.load(second.state_dict())
    after = inspector.inspect(pixels)
    assert inspector.architecture is architecture
    assert np.array_equal(after.activations["log_softmax"], expected_output(second, LENET, pixels).numpy())
    assert np.array_equal(before.activations["conv1"], kept)


def test_predictions_of_many_images_are_those_of_one() -> None:
    inspector = Inspector(build(SIMPLECNN), SIMPLECNN)
    images = torch.randint(0, 256, (7, 3, 32, 32), dtype=torch.uint8)
    probabilities = inspector.predict_batch(images)
    assert probabilities.shape == (7, 10)
    for number in range(7):
        one = inspector.inspect(images[number].numpy().astype(np.float32) / 255)
        assert np.allclose(probabilities[number], one.activations["probabilities"], atol=1e-6)
    assert inspector.predict_batch(images[:0]).shape == (0, 10)


def test_many_images_are_normalised_as_in_training() -> None:
    model = build(LENET).eval()
    images = torch.randint(0, 256, (5, 1, 28, 28), dtype=torch.uint8)
    with torch.no_grad():
        expected = model(normalise(images, LENET.mean, LENET.std)).exp()
    assert np.array_equal(Inspector(model, LENET).predict_batch(images), expected.numpy())


class InPlace(nn.Module):
    """Everything that could overwrite what was recorded."""

    def __init__(self) -> None:
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)
        self.relu = nn.ReLU(inplace=True)
        self.fc = nn.Linear(8, 10)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = self.relu(self.conv(x))
        x += 1
        x = F.relu(x, inplace=True)
        x = x.mean((2, 3))
        x.mul_(2)
        return self.fc(x)


class Functional(nn.Module):
    """A network as scripts write them, shapes read off the data."""

    def __init__(self) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(3, 4, 3, padding="same")
        self.weight = nn.Parameter(torch.randn(4, 4, 1, 1))
        self.scale = nn.Parameter(torch.ones(1))
        self.fc = nn.Linear(4 * 8 * 8, 10)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        x = F.conv2d(x, self.weight, stride=1) + x * self.scale
        x = F.dropout(x, training=self.training)
        x = x.view(x.size(0), -1)
        return F.log_softmax(self.fc(x), dim=1)


class Mixed(nn.Module):
    """The usual modules of image networks."""

    def __init__(self) -> None:
        super().__init__()
        self.features = nn.Sequential(
            nn.Conv2d(3, 8, 3, stride=2, padding=1, bias=False),
            nn.BatchNorm2d(8),
            nn.ReLU6(),
            nn.Conv2d(8, 8, 3, dilation=2, groups=8),
            nn.AvgPool2d(2, 1),
            nn.AdaptiveAvgPool2d((2, 2)),
        )
        self.head = nn.Sequential(nn.Flatten(), nn.Dropout(), nn.Linear(32, 10), nn.Softmax(dim=1))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.head(self.features(x))


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
def test_a_persons_own_network_is_recorded_to_the_last_bit(
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
    assert architecture.layer("conv1").window == Window((3, 3), (1, 1), (1, 1))
    assert architecture.layer("max_pool2d").window == Window((2, 2), (2, 2), (0, 0))
    assert architecture.layer("conv2d").window == Window((1, 1), (1, 1), (0, 0))
    assert architecture.layer("conv2d").parameter_text == "4×4×1×1 = 16"
    assert architecture.layer("mul").parameters == 1


def test_modules_of_the_usual_families_are_described() -> None:
    layers = {layer.name: layer for layer in Inspector(Mixed(), own((3, 16, 16))).architecture.layers}
    assert layers["features.0"].operation == "Conv 3×3, stride 2, padding 1"
    assert layers["features.1"].kind == "batch_norm2d"
    assert layers["features.1"].parameter_text == "8 + 8 = 16"
    assert layers["features.2"].palette == "sequential"
    assert layers["features.3"].window == Window((3, 3), (1, 1), (0, 0), (2, 2), 8)
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


class Untraceable(nn.Module):
    """Decides by its values; the functional operations between its modules cannot be seen by hooks."""

    def __init__(self) -> None:
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3)
        self.relu = nn.ReLU(inplace=True)
        self.fc = nn.Linear(4 * 14 * 14, 10)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = self.relu(self.conv(x))
        if x.mean() > 1e9:
            x = x * 2
        return self.fc(x.flatten(1))


def test_a_model_that_cannot_be_traced_shows_its_modules_and_says_so() -> None:
    model, recipe = Untraceable().eval(), own((3, 16, 16))
    inspector = Inspector(model, recipe)
    assert "could not be traced" in inspector.architecture.note
    assert [(layer.name, layer.inputs) for layer in inspector.architecture.layers] == [
        ("input", ()),
        ("conv", ("input",)),
        ("relu", ("conv",)),
        ("fc", ("relu",)),
        ("probabilities", ("fc",)),
    ]
    pixels = image((3, 16, 16))
    activations = inspector.inspect(pixels).activations
    assert activations["conv"].min() < 0 <= activations["relu"].min()
    assert np.array_equal(activations["fc"], expected_output(model, recipe, pixels).numpy())
    assert not any(module._forward_hooks for module in model.modules())


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
        *("input", "conv", "conv_1", "flatten", "fc", "probabilities")
    ]
    assert architecture.layer("conv_1").window == architecture.layer("conv").window
    assert architecture.parameters == sum(p.numel() for p in Twice().parameters())


@pytest.mark.parametrize("output", [(5,), (10, 2, 2)], ids=["other classes", "maps"])
def test_what_is_no_classifier_of_the_classes_is_refused(output: tuple[int, ...]) -> None:
    model = nn.Sequential(nn.Flatten(), nn.Linear(48, int(np.prod(output))), nn.Unflatten(1, output))
    with pytest.raises(UserError, match="10 classes"):
        Inspector(model, own((3, 4, 4)))


def test_a_model_that_cannot_run_on_the_image_is_a_sentence() -> None:
    with pytest.raises(UserError, match="cannot be run on an image of 3×4×4"):
        Inspector(nn.Sequential(nn.Flatten(), nn.Linear(47, 10)), own((3, 4, 4)))


def test_inspecting_draws_no_random_numbers() -> None:
    model = build(LENET)
    before = torch.get_rng_state()
    inspector = Inspector(model, LENET)
    inspector.inspect(image((1, 28, 28)))
    assert torch.equal(torch.get_rng_state(), before)


def test_a_training_in_another_thread_is_not_drawn_into_the_trace() -> None:
    """fx replaces `nn.Module.__call__` for the whole process while it traces."""
    failures: list[BaseException] = []
    stop = threading.Event()

    def train() -> None:
        model = build(LENET)
        expected = model.eval()(torch.ones(2, 1, 28, 28))
        try:
            while not stop.is_set():
                value = model(torch.ones(2, 1, 28, 28))
                assert torch.equal(value, expected)
                value.sum().backward()
        except BaseException as error:
            failures.append(error)

    def trace() -> None:
        try:
            for _ in range(15):
                assert Inspector(build(LENET), LENET).architecture.note == ""
        except BaseException as error:
            failures.append(error)

    call = nn.Module.__call__
    trainer, tracers = threading.Thread(target=train), [threading.Thread(target=trace) for _ in range(2)]
    for thread in (trainer, *tracers):
        thread.start()
    for thread in tracers:
        thread.join()
    stop.set()
    trainer.join()
    assert not failures
    assert nn.Module.__call__ is call


def test_kernels_are_copies_of_the_weights() -> None:
    model = build(LENET)
    architecture = Inspector(build(LENET), LENET).architecture
    assert kernel_layers(architecture) == ("conv1", "conv2", "fc1", "fc2")
    conv = kernels(model.state_dict(), architecture.layer("conv2"))
    assert conv is not None
    assert np.array_equal(conv.weight, model.state_dict()["conv2.weight"].numpy())
    assert np.array_equal(conv.bias, model.state_dict()["conv2.bias"].numpy())
    assert not conv.weight.flags.writeable
    with torch.no_grad():
        model.state_dict()["conv2.weight"].zero_()
    assert conv.weight.any()
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


@pytest.mark.parametrize(
    ("name", "functional"),
    [
        *(("Conv2d", "conv2d"), ("MaxPool2d", "max_pool2d"), ("AdaptiveAvgPool2d", "adaptive_avg_pool2d")),
        *(("ReLU", "relu"), ("ReLU6", "relu6"), ("LeakyReLU", "leaky_relu"), ("PReLU", "prelu"), ("GELU", "gelu")),
        *(("SiLU", "silu"), ("ELU", "elu"), ("LogSoftmax", "log_softmax"), ("BatchNorm2d", "batch_norm2d")),
    ],
)
def test_modules_have_the_functional_names_of_pytorch(name: str, functional: str) -> None:
    assert functional_name(name) == functional


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


def test_every_model_of_the_registry_can_be_looked_into() -> None:
    for key, model in MODELS.items():
        recipe = own(model.info.input_shape)
        assert Inspector(model.build(model.info.input_shape, 10), recipe).architecture.note == "", key
