"""A muted channel is replaced wherever the model reads it, and nothing else changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from torch import nn

from cnnviewer.core.data.dataset import normalise_unit
from cnnviewer.core.errors import UserError
from cnnviewer.core.inspection.attribution.records import AttributionRequest
from cnnviewer.core.inspection.channels import can_be_muted, channel_axis, channel_count
from cnnviewer.core.inspection.explain.backward_records import WeightCell
from cnnviewer.core.inspection.explain.records import MutedValue
from cnnviewer.core.inspection.records import Cell
from cnnviewer.core.inspection.trace import Inspector
from cnnviewer.core.models.mutes import Mute, as_plain, from_plain, muted, with_mute, without_mute
from cnnviewer.core.models.recipe import ModelRecipe
from cnnviewer.core.models.registry import reading
from cnnviewer.core.models.weights import bundled
from tests.core.inspection.sample_networks import Functional, InPlace, Mixed, image, own


class Residual(nn.Module):
    """A block as ResNet's: batch normalisation, in-place ReLU, `+=`, an average over the maps."""

    def __init__(self) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(3, 6, 3, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(6)
        self.relu = nn.ReLU(inplace=True)
        self.conv2 = nn.Conv2d(6, 6, 3, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(6)
        self.fc = nn.Linear(6, 10)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = self.relu(self.bn1(self.conv1(x)))
        out = self.bn2(self.conv2(x))
        out += x
        out = self.relu(out)
        return self.fc(torch.flatten(F.adaptive_avg_pool2d(out, 1), 1))


class Branches(nn.Module):
    """Views, several results of one operation, and writes through a view."""

    def __init__(self) -> None:
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)
        self.left, self.right = nn.Conv2d(4, 4, 1), nn.Conv2d(4, 4, 1)
        self.fc = nn.Linear(8 * 36, 10)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        a, b = self.conv(x).chunk(2, 1)
        a, b = self.left(a), self.right(b)
        a[:, 1:3] *= 2
        y = torch.cat([a.relu_(), b], 1)
        return self.fc(y.flatten(1))


class Tokens(nn.Module):
    """Attention over patches."""

    def __init__(self) -> None:
        super().__init__()
        self.patches = nn.Conv2d(3, 8, 4, 4)
        self.norm = nn.LayerNorm(8)
        self.attention = nn.MultiheadAttention(8, 2, batch_first=True)
        self.head = nn.Linear(8, 10)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = self.patches(x).flatten(2).transpose(1, 2)
        y = self.norm(x)
        y, _ = self.attention(y, y, y, need_weights=False)
        return self.head((x + y).mean(1))


def bundled_model(key: str) -> Callable[[], tuple[nn.Module, ModelRecipe]]:
    def make() -> tuple[nn.Module, ModelRecipe]:
        state = bundled(key)
        return reading(state), state.recipe

    return make


def made(kind: type[nn.Module], size: int) -> Callable[[], tuple[nn.Module, ModelRecipe]]:
    def make() -> tuple[nn.Module, ModelRecipe]:
        torch.manual_seed(0)
        model = kind().eval()
        for module in model.modules():
            if isinstance(module, nn.BatchNorm2d):
                module.running_mean.normal_(0, 0.3)
                module.running_var.uniform_(0.5, 2)
        return model, own((3, size, size))

    return make


MODELS = {
    "LeNet": bundled_model("lenet"),
    "SimpleCNN": bundled_model("simplecnn"),
    "small VGG": bundled_model("vgg32"),
    "residual, in place": made(Residual, 8),
    "in place": made(InPlace, 8),
    "functional": made(Functional, 16),
    "the usual modules": made(Mixed, 16),
    "branches and views": made(Branches, 8),
    "tokens": made(Tokens, 8),
}
each_model = pytest.mark.parametrize("make", MODELS.values(), ids=MODELS.keys())


def mutable(inspector: Inspector) -> list[tuple[str, int, int]]:
    """Layer, axis and number of its channels, of each that can be muted."""
    architecture = inspector.architecture
    return [
        (layer.name, channel_axis(layer, architecture), channel_count(layer, architecture))
        for layer in architecture.layers
        if can_be_muted(layer, architecture)
    ]


def with_hook(
    model: nn.Module, path: str, axis: int, channels: list[int], number: float, x: torch.Tensor
) -> torch.Tensor:
    """The output where a hook of PyTorch's puts a number in place of channels of a module's output."""

    def put(_module: nn.Module, _inputs: object, output: torch.Tensor) -> torch.Tensor:
        changed = output.clone()
        for channel in channels:
            changed.select(axis, channel).fill_(number)
        return changed

    handle = model.get_submodule(path).register_forward_hook(put)
    try:
        return model(x)
    finally:
        handle.remove()


@each_model
def test_a_muted_channel_is_zero_in_its_layer_and_undoing_it_gives_the_same_bits(
    make: Callable[[], tuple[nn.Module, ModelRecipe]],
) -> None:
    inspector = Inspector(*make())
    pixels = image(inspector.recipe.input_shape)
    before = {name: value.copy() for name, value in inspector.inspect(pixels).activations.items()}
    for layer, axis, count in mutable(inspector):
        inspector.set_mutes([Mute(layer, count // 2)])
        found = inspector.inspect(pixels).activations
        assert not np.take(found[layer], count // 2, axis).any()
        assert np.array_equal(inspector.probabilities(pixels), found["probabilities"])
    inspector.set_mutes([])
    after = inspector.inspect(pixels).activations
    assert after.keys() == before.keys()
    assert all(after[name].tobytes() == before[name].tobytes() for name in before)


@each_model
def test_what_a_module_gives_is_replaced_as_by_a_hook_of_pytorch(
    make: Callable[[], tuple[nn.Module, ModelRecipe]],
) -> None:
    model, recipe = make()
    inspector = Inspector(model, recipe)
    pixels = image(recipe.input_shape, seed=1)
    batch = normalise_unit(torch.from_numpy(pixels)[None], recipe.mean, recipe.std)
    paths = dict(model.named_modules())
    compared = 0
    for layer, axis, count in mutable(inspector):
        if layer not in paths or f"{layer}#2" in {each.name for each in inspector.architecture.layers}:
            continue
        channels = sorted({0, count - 1})
        mutes = [Mute(layer, channel, "mean", 0.75) for channel in channels]
        inspector.set_mutes(mutes)
        inspector.inspect(pixels)
        with torch.no_grad():
            output = with_hook(model, layer, axis, channels, 0.75, batch)
        last = inspector.architecture.layer("probabilities").inputs[0]
        found = torch.from_numpy(inspector.inspect(pixels).activations[last].copy())
        assert torch.equal(found.reshape(-1), output[0].reshape(-1)), layer
        compared += 1
    assert compared >= 2


@each_model
def test_every_layer_behind_a_mute_follows_from_the_muted_values(
    make: Callable[[], tuple[nn.Module, ModelRecipe]],
) -> None:
    inspector = Inspector(*make())
    pixels = image(inspector.recipe.input_shape, seed=2)
    generator = np.random.default_rng(0)
    for layer, _, count in mutable(inspector):
        inspector.set_mutes([Mute(layer, int(generator.integers(count)))])
        inspector.inspect(pixels)
        for info in inspector.architecture.layers:
            place = tuple(int(generator.integers(size)) for size in info.shape)
            assert inspector.explain(Cell(info.name, *place)).agrees, (layer, info.name, place)


@pytest.mark.parametrize(
    ("model", "layer", "readers"),
    [
        ("lenet", "relu1", ["conv2"]),
        ("lenet", "relu3", ["fc2"]),
        ("simplecnn", "pool1", ["conv2"]),
        ("simplecnn", "relu3", ["fc2"]),
        ("vgg32", "relu1_1", ["conv1_2"]),
        ("vgg32", "relu4", ["fc2"]),
    ],
)
def test_muting_to_zero_equals_zeroing_the_weights_that_read_the_channel(
    model: str, layer: str, readers: list[str]
) -> None:
    state = bundled(model)
    plain = Inspector.from_state(state)
    pixels = image(state.recipe.input_shape, seed=3)
    for channel in (0, 3, 7):
        tensors = {name: tensor.clone() for name, tensor in state.tensors.items()}
        for reader in readers:
            tensors[f"{reader}.weight"][:, channel] = 0
        plain.load(tensors)
        expected = plain.inspect(pixels).activations["probabilities"]
        inspector = Inspector.from_state(replace(state, mutes=(Mute(layer, channel),)))
        found = inspector.inspect(pixels).activations["probabilities"]
        np.testing.assert_allclose(found, expected, rtol=1e-5, atol=1e-7)


def test_what_a_functional_in_place_call_gives_is_muted_for_all_that_reads_it() -> None:
    model, recipe = MODELS["in place"]()
    inspector = Inspector(model, recipe)
    pixels = image(recipe.input_shape)
    batch = normalise_unit(torch.from_numpy(pixels)[None], recipe.mean, recipe.std)
    inspector.set_mutes([Mute("add", 2), Mute("add", 5, "mean", 1.5)])
    found = inspector.inspect(pixels).activations
    with torch.no_grad():
        x = F.relu(model.conv(batch)) + 1
        x[:, 2], x[:, 5] = 0, 1.5
        expected = model.fc(F.relu(x).mean((2, 3)) * 2)
    np.testing.assert_array_equal(found["fc"], expected[0].numpy())
    assert found["relu"][2].any()  # what is before the mute stays as it was


def test_a_muted_view_leaves_the_layer_alone_that_it_is_a_view_of() -> None:
    model, recipe = MODELS["branches and views"]()
    inspector = Inspector(model, recipe)
    pixels = image(recipe.input_shape)
    before = inspector.inspect(pixels).activations
    conv, right = before["conv"].copy(), before["right"].copy()
    inspector.set_mutes([Mute("chunk[0]", 1)])
    found = inspector.inspect(pixels).activations
    assert np.array_equal(found["conv"], conv)
    assert np.array_equal(found["right"], right)
    assert not found["chunk[0]"][1].any()


def test_a_large_relu_that_is_muted_is_shown_muted() -> None:
    torch.manual_seed(0)
    model = nn.Sequential(
        nn.Conv2d(3, 32, 3, padding=1), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(32, 10)
    )
    inspector = Inspector(model, own((3, 64, 64)))
    pixels = image((3, 64, 64))
    inspector.set_mutes([Mute("1", 4)])
    found = inspector.inspect(pixels)
    assert not found.activations["1"][4].any()
    assert found.activations["0"][4].any()
    assert found.digests["1"].highs[4] == 0
    assert not np.array_equal(found.digests["1"].highs, found.digests["0"].highs)


def test_a_muted_number_says_so_and_what_it_would_have_been() -> None:
    inspector = Inspector.from_state(bundled("lenet"))
    pixels = image((1, 28, 28))
    before = inspector.inspect(pixels).activations["conv2"][3, 4, 5]
    inspector.set_mutes([Mute("conv2", 3, "mean", 0.25)])
    inspector.inspect(pixels)
    explanation = inspector.explain(Cell("conv2", 3, 4, 5))
    assert explanation.work == MutedValue("mean", 0.25, pytest.approx(before, rel=1e-5))
    assert explanation.value == explanation.torch_value == 0.25
    assert "muted by you" in explanation.formula[0]
    assert not isinstance(inspector.explain(Cell("conv2", 2, 4, 5)).work, MutedValue)


def test_no_gradient_passes_a_muted_channel_and_the_others_are_those_of_pytorch() -> None:
    model, recipe = MODELS["residual, in place"]()
    inspector = Inspector(model, recipe)
    pixels = image(recipe.input_shape)
    inspector.set_mutes([Mute("bn1", 2)])
    inspector.inspect(pixels)
    found = inspector.attribute(AttributionRequest("gradient", 3))
    batch = normalise_unit(torch.from_numpy(pixels)[None], recipe.mean, recipe.std).requires_grad_(True)
    output = with_hook(model, "bn1", -3, [2], 0.0, batch)
    (expected,) = torch.autograd.grad(output[0, 3], batch)
    np.testing.assert_allclose(found.map, expected[0].numpy(), rtol=1e-5, atol=1e-8)
    back = inspector.backward([3])
    assert not back.gradients["bn1"][2].any()
    assert not back.gradients["conv1"][2].any()
    assert back.gradients["relu"][2].any()  # what reads the muted channel


def test_a_weight_behind_which_the_channel_is_muted_learns_nothing() -> None:
    inspector = Inspector.from_state(replace(bundled("lenet"), mutes=(Mute("conv1", 4),)))
    inspector.inspect(image((1, 28, 28)))
    step = inspector.backward([3], WeightCell("conv1", 4, 0, 1, 1)).weight
    assert step is not None
    assert step.gradient == step.torch_gradient == 0.0
    other = inspector.backward([3], WeightCell("conv1", 5, 0, 1, 1)).weight
    assert other is not None
    assert other.gradient == pytest.approx(other.torch_gradient, rel=1e-4)


@pytest.mark.parametrize("method", ["gradient-x-input", "integrated-gradients", "grad-cam", "occlusion"])
def test_every_attribution_is_that_of_the_muted_model(method: str) -> None:
    """Muting what a convolution alone reads is the same as weights of 0."""
    state = bundled("lenet")
    pixels = image((1, 28, 28))
    tensors = {name: tensor.clone() for name, tensor in state.tensors.items()}
    tensors["conv2.weight"][:, 4] = 0
    other = Inspector.from_state(replace(state, tensors=tensors))
    inspector = Inspector.from_state(replace(state, mutes=(Mute("relu1", 4),)))
    request = AttributionRequest(method, 3, layer="relu2" if method == "grad-cam" else None)
    other.inspect(pixels)
    inspector.inspect(pixels)
    found, expected = inspector.attribute(request), other.attribute(request)
    assert found.logit == pytest.approx(expected.logit, rel=1e-5)
    np.testing.assert_allclose(found.map, expected.map, rtol=1e-3, atol=1e-5)


@pytest.mark.parametrize(
    ("mute", "said"),
    [
        (Mute("conv9", 0), "no layer of that name"),
        (Mute("conv1", 10), "its channels are 0 to 9"),
        (Mute("conv1", -1), "its channels are 0 to 9"),
        (Mute("input", 0), "the image itself"),
        (Mute("log_softmax", 0), "the classes' probabilities"),
        (Mute("probabilities", 0), "no operation of the model"),
        (Mute("conv1", 0, "mean"), "not known yet"),
    ],
    ids=lambda value: value.layer if isinstance(value, Mute) else "",
)
def test_a_mute_that_means_nothing_is_refused_in_one_sentence(mute: Mute, said: str) -> None:
    inspector = Inspector.from_state(bundled("lenet"))
    inspector.set_mutes([Mute("conv1", 1)])
    with pytest.raises(UserError, match=said):
        inspector.set_mutes([Mute("conv1", 2), mute])
    assert inspector.mutes == (Mute("conv1", 1),)


def test_values_that_were_only_moved_out_of_their_channels_are_refused() -> None:
    inspector = Inspector(*MODELS["tokens"]())
    for layer in ("flatten", "transpose"):
        with pytest.raises(UserError, match="not kept by channels"):
            inspector.set_mutes([Mute(layer, 0)])


def test_mutes_are_sorted_and_the_last_of_a_channel_counts() -> None:
    first = muted([Mute("b", 1), Mute("a", 2), Mute("b", 1, "mean", 2.0)])
    assert first == (Mute("a", 2), Mute("b", 1, "mean", 2.0))
    assert with_mute(first, Mute("a", 2, "mean", 1.0))[0].value == 1.0
    assert without_mute(first, "b", 1) == (Mute("a", 2),)
    assert from_plain(as_plain(first)) == first


@pytest.mark.parametrize(
    "plain",
    [
        {},
        [3],
        [{"layer": "a", "channel": -1, "how": "zero"}],
        [{"layer": "a", "channel": 1.0, "how": "zero"}],
        [{"layer": "", "channel": 1, "how": "zero"}],
        [{"layer": "a", "channel": 1, "how": "mean"}],
        [{"layer": "a", "channel": 1, "how": "mean", "value": float("inf")}],
        [{"layer": "a", "channel": 1, "how": "loud"}],
    ],
)
def test_what_is_no_list_of_mutes_is_refused(plain: object) -> None:
    with pytest.raises(ValueError, match="mute"):
        from_plain(plain)
