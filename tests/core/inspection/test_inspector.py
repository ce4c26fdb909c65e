"""Every number that the inspector shows is PyTorch's own."""

from __future__ import annotations

import threading

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from torch import nn

from cnnviewer.core.data.dataset import normalise
from cnnviewer.core.errors import UserError
from cnnviewer.core.inspection.operations import functional_name
from cnnviewer.core.inspection.records import SlidingWindow
from cnnviewer.core.inspection.trace import Inspector, ranked
from cnnviewer.core.models.recipe import ModelRecipe
from cnnviewer.core.models.registry import MODELS, build
from cnnviewer.core.models.state import ModelState
from tests.core.inspection.sample_networks import LENET, SIMPLECNN, expected_output, image, own


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
    assert architecture.layer("conv2").window == SlidingWindow((5, 5), (1, 1), (0, 0))
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
        recorded = inspection.activations[layer.name]
        assert recorded.shape == layer.shape
        assert recorded.dtype == np.float32
        assert recorded.flags.c_contiguous
        assert not recorded.flags.writeable


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


def test_every_model_of_the_registry_can_be_inspected() -> None:
    for key, model in MODELS.items():
        recipe = own(model.info.input_shape)
        assert Inspector(model.build(model.info.input_shape, 10), recipe).architecture.note == "", key
