"""The gradient of every layer and the next step of a weight are PyTorch's."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from torch import nn

from cnnviewer.core.data.dataset import normalise_unit
from cnnviewer.core.errors import UserError
from cnnviewer.core.inspection.explain.backward_records import StepSettings, WeightCell
from cnnviewer.core.inspection.explain.records import ROUNDING, TOLERANCE
from cnnviewer.core.inspection.records import Cell
from cnnviewer.core.inspection.trace import Inspector
from cnnviewer.core.models.recipe import ModelRecipe
from cnnviewer.core.models.registry import from_state
from cnnviewer.core.models.state import ModelState
from cnnviewer.core.models.weights import bundled
from tests.core.inspection.explain.looked_into import DESIGN, looked_into
from tests.core.inspection.sample_networks import Functional, image, own

LOSSES = {"lenet": F.nll_loss, "simplecnn": F.cross_entropy}
COUNTS = {"lenet": 120, "simplecnn": 40}  # weights that are followed


class Ordinary:
    """A course script: a model, a batch, `torch.optim.SGD`, one step done so that there are momentum buffers."""

    def __init__(self, name: str, momentum: float, decay: float) -> None:
        state = bundled(name)
        self.recipe, self.rate, self.momentum, self.decay = state.recipe, 0.05, momentum, decay
        self.draw = np.random.default_rng(4)
        shape = self.recipe.input_shape
        self.image = self.draw.random(shape, dtype=np.float32)
        self.others = torch.from_numpy(self.draw.integers(0, 256, (5, *shape), dtype=np.uint8))
        self.labels = [int(label) for label in self.draw.integers(0, 10, 6)]
        unit = torch.cat([torch.from_numpy(self.image)[None], self.others / 255])
        self.batch = normalise_unit(unit, self.recipe.mean, self.recipe.std)
        self.model, self.loss = from_state(state), LOSSES[name]
        self.optimizer = torch.optim.SGD(self.model.parameters(), self.rate, momentum, weight_decay=decay)
        self.step()

    def step(self) -> None:
        self.optimizer.zero_grad()
        self.loss(self.model(self.batch), torch.tensor(self.labels)).backward()
        self.optimizer.step()

    def state(self) -> ModelState:
        velocity = {
            name: self.optimizer.state[weight]["momentum_buffer"].clone()
            for name, weight in self.model.named_parameters()
            if self.momentum
        }
        return ModelState(
            self.recipe, {n: t.detach().clone() for n, t in self.model.state_dict().items()}, velocity=velocity
        )


@pytest.mark.parametrize("decay", [0.0, 5e-4], ids=["no decay", "decay"])
@pytest.mark.parametrize("momentum", [0.0, 0.9], ids=["no momentum", "momentum"])
@pytest.mark.parametrize("name", LOSSES)
def test_the_new_weight_is_that_of_the_optimizers_next_step(name: str, momentum: float, decay: float) -> None:
    script = Ordinary(name, momentum, decay)
    state = script.state()
    inspector = Inspector.from_state(state)
    inspector.inspect(script.image)
    script.step()
    after = script.model.state_dict()
    rates = StepSettings(script.rate, momentum, decay)
    names = list(after)
    for count in range(COUNTS[name]):
        tensor = names[count % len(names)]
        place = tuple(int(script.draw.integers(size)) for size in after[tensor].shape)
        layer, kind = tensor.split(".")
        cell = WeightCell(layer, *place, bias=kind == "bias")
        step = inspector.backward(script.labels, cell, rates, state.velocity, script.others).weight
        assert step is not None
        expected = float(after[tensor][place])
        assert step.agrees
        assert step.torch_new_value == pytest.approx(expected, rel=1e-6, abs=1e-9)
        assert step.new_value == pytest.approx(expected, rel=TOLERANCE, abs=1e-9)
        assert step.value == float(state.tensors[tensor][place])
        assert step.name == f"{tensor}[{', '.join(map(str, place))}]"
        assert float((step.deltas * step.met).sum()) == pytest.approx(step.gradient, abs=1e-12)


@pytest.mark.parametrize("name", ["lenet", "simplecnn", DESIGN, "functional"], ids=lambda name: name.split(":")[0])
def test_the_gradient_of_every_layer_is_the_change_of_the_loss(name: str) -> None:
    inspector = looked_into(name)
    backward = inspector.backward([3])
    assert backward.gradients.keys() >= {layer.name for layer in inspector.architecture.layers[:-1]}
    for layer in inspector.architecture.layers[:-1]:
        assert backward.gradients[layer.name].shape == layer.shape
        assert np.isfinite(backward.gradients[layer.name]).all()
    # the gradient at the scores has a closed form: softmax minus one at the label
    last = inspector.architecture.layers[-2]
    if last.kind == "linear":
        scores = torch.from_numpy(backward.activations[last.name].astype(np.float64))
        expected = scores.softmax(0)
        expected[3] -= 1
        np.testing.assert_allclose(backward.gradients[last.name], expected, rtol=1e-4, atol=1e-7)


def test_a_pixels_gradient_is_the_slope_of_the_loss() -> None:
    inspector = looked_into("simplecnn")
    pixels = image((3, 32, 32), seed=1)
    gradient = inspector.backward([5]).gradients["input"]
    channel, row, col = (int(part) for part in np.unravel_index(np.abs(gradient).argmax(), gradient.shape))
    losses = []
    for change in (-1e-3, 1e-3):
        moved = pixels.copy()
        moved[channel, row, col] += change
        inspector.inspect(moved)
        losses.append(inspector.backward([5]).loss)
    inspector.inspect(pixels)
    std = inspector.recipe.std[channel]
    assert (losses[1] - losses[0]) / 2e-3 * std == pytest.approx(float(gradient[channel, row, col]), rel=0.05)


@pytest.mark.parametrize(
    "conv",
    [
        nn.Conv2d(4, 6, (2, 5), stride=(2, 3), padding=(1, 2)),
        nn.Conv2d(4, 6, 3, dilation=2, padding=2, bias=False),
        nn.Conv2d(4, 6, 3, groups=2, padding=1),
        nn.Conv2d(4, 6, 4, padding="same"),
    ],
    ids=str,
)
def test_a_kernels_gradient_follows_any_geometry(conv: nn.Conv2d) -> None:
    shape = (4, 9, 11)
    with torch.no_grad():
        size = conv(torch.rand(1, *shape)).numel()
    inspector = Inspector(nn.Sequential(conv, nn.Flatten(), nn.Linear(size, 10)), own(shape))
    inspector.inspect(image(shape))
    for place in np.ndindex(*conv.weight.shape):
        step = inspector.backward([2], WeightCell("0", *(int(part) for part in place))).weight
        assert step is not None
        assert step.agrees, place


def test_a_weight_that_a_function_is_given_learns_too() -> None:
    inspector = Inspector(Functional(), own((3, 16, 16)))
    inspector.inspect(image((3, 16, 16)))
    layer = next(layer for layer in inspector.architecture.layers if layer.kind == "conv2d" and layer.name != "conv1")
    step = inspector.backward([2], WeightCell(layer.name, 1, 2)).weight
    assert step is not None
    assert step.agrees
    assert step.name == "weight[1, 2, 0, 0]"


def test_looking_back_leaves_the_weights_as_they_are() -> None:
    state = bundled("lenet")
    before = {name: tensor.clone() for name, tensor in state.tensors.items()}
    inspector = Inspector.from_state(state)
    inspector.inspect(image((1, 28, 28)))
    inspector.backward([1], WeightCell("conv1", 0), StepSettings(10.0, 0.9, 0.1))
    assert all(torch.equal(before[name], tensor) for name, tensor in state.tensors.items())
    assert all(tensor.grad is None for tensor in state.tensors.values())


@pytest.mark.parametrize("cell", [WeightCell("conv1", 99), WeightCell("pool1", 0), WeightCell("nowhere", 0)], ids=str)
def test_a_weight_that_is_not_there_gives_an_error_message(cell: WeightCell) -> None:
    with pytest.raises(UserError):
        looked_into("lenet").backward([1], cell)


def test_a_training_hands_its_momentum_buffers_over() -> None:
    recipe = bundled("simplecnn").recipe
    assert isinstance(recipe, ModelRecipe)
    from cnnviewer.core.training.config import TrainConfig
    from cnnviewer.core.training.loop import Training
    from tests.small_data import COLOUR, tiny

    training = Training(tiny(COLOUR), TrainConfig("simplecnn", "tiny", batch_size=8, momentum=0.9, epochs=1))
    events = iter(training)
    next(events)
    next(events)
    snapshot = training.snapshot(velocity=True)
    assert snapshot.velocity.keys() == snapshot.tensors.keys()
    assert training.snapshot().velocity == {}
    first = snapshot.velocity["conv1.weight"]
    next(events)
    assert not torch.equal(first, training.snapshot(velocity=True).velocity["conv1.weight"])


def test_a_weight_used_twice_learns_from_both_uses() -> None:
    class Twice(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.conv, self.fc = nn.Conv2d(3, 3, 3, padding=1), nn.Linear(48, 10)

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            return self.fc(self.conv(self.conv(x)).flatten(1))

    torch.manual_seed(0)
    model = Twice()
    inspector = Inspector(model, own((3, 4, 4)))
    inspector.inspect(image((3, 4, 4)))
    for layer in ("conv", "conv#2"):
        step = inspector.backward([2], WeightCell(layer, 1, 2, 0, 1)).weight
        assert step is not None
        assert step.agrees
        assert [name for name, _ in step.uses] == ["conv", "conv#2"]
        first = float((step.deltas * step.met)[:16].sum())
        assert step.gradient == pytest.approx(first + float((step.deltas * step.met)[16:].sum()))
        assert first != pytest.approx(step.gradient, rel=1e-3)


def test_what_a_model_looks_up_has_gradients_although_the_image_has_none() -> None:
    class Lookup(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.table, self.fc = nn.Embedding(8, 4), nn.Linear(4, 10)

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            return self.fc(self.table((x * 3).long().clamp(0, 7).flatten(1)).mean(1))

    torch.manual_seed(0)
    model = Lookup().requires_grad_(False)
    inspector = Inspector(model, own((3, 4, 4)))
    inspector.inspect(image((3, 4, 4)))
    gradients = inspector.backward([2]).gradients
    assert {"table", "mean", "fc"} <= set(gradients)
    assert np.abs(gradients["table"]).max() > 0
    assert not any(weight.requires_grad for weight in model.parameters())


class Reversed(torch.autograd.Function):
    """Hands its input on, and the gradient back with the other sign."""

    @staticmethod
    def forward(ctx: object, x: torch.Tensor) -> torch.Tensor:  # type: ignore[override]
        return x.view_as(x)

    @staticmethod
    def backward(ctx: object, gradient: torch.Tensor) -> torch.Tensor:  # type: ignore[override]
        return -gradient


def test_the_gradient_goes_through_a_function_that_hands_a_view_on() -> None:
    class Net(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.conv, self.fc = nn.Conv2d(3, 3, 3, padding=1), nn.Linear(48, 10)

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            return self.fc(Reversed.apply(self.conv(x)).flatten(1))

    torch.manual_seed(0)
    model = Net()
    inspector = Inspector(model, own((3, 4, 4)))
    inspector.inspect(image((3, 4, 4)))
    found = inspector.backward([2], WeightCell("conv", 1, 2, 0, 1))
    assert found.weight is not None
    assert found.weight.agrees
    pixels = torch.from_numpy(image((3, 4, 4)))[None]
    images = normalise_unit(pixels, inspector.recipe.mean, inspector.recipe.std).requires_grad_()
    (slope,) = torch.autograd.grad(F.cross_entropy(model(images), torch.tensor([2])), images)
    assert np.allclose(found.gradients["input"], slope[0], atol=1e-6)


@pytest.mark.parametrize("kind", [torch.bfloat16, torch.float16], ids=str)
def test_numbers_of_16_bits_are_shown_and_explained_as_far_as_they_are_exact(kind: torch.dtype) -> None:
    class Short(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.conv, self.fc = nn.Conv2d(3, 3, 3, padding=1), nn.Linear(48, 10)

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            with torch.autocast("cpu", kind):
                return self.fc(F.relu(self.conv(x)).flatten(1)).float()

    torch.manual_seed(0)
    inspector = Inspector(Short(), own((3, 4, 4)))
    shown = inspector.inspect(image((3, 4, 4)))
    for layer in inspector.architecture.layers:
        assert np.isfinite(shown.activations[layer.name]).all()
        for index in range(math.prod(layer.shape)):
            cell = Cell(layer.name, *map(int, np.unravel_index(index, layer.shape)))
            assert inspector.explain(cell).agrees, cell
    for cell in (WeightCell("conv", 1, 2, 0, 1), WeightCell("conv", 1, bias=True), WeightCell("fc", 3, 7)):
        step = inspector.backward([2], cell).weight
        assert step is not None
        assert step.agrees
        assert (
            abs(step.gradient - step.torch_gradient) < 2 * torch.finfo(kind).eps * np.abs(step.deltas * step.met).sum()
        )


def test_what_pytorch_cannot_differentiate_gives_an_error_message() -> None:
    class Chunks(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.fc = nn.Linear(48, 10)

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            a, b = (x * 1).chunk(2, 2)
            a.mul_(2)
            return self.fc(torch.cat([a, b], 2).flatten(1))

    inspector = Inspector(Chunks(), own((3, 4, 4)))
    inspector.inspect(image((3, 4, 4)))
    with pytest.raises(UserError, match="finds no gradients for this model"):
        inspector.backward([2])


@pytest.mark.parametrize("padding", [1, (2, 1), "same"], ids=str)
@pytest.mark.parametrize("mode", ["zeros", "reflect", "replicate", "circular"])
def test_a_convolutions_weight_learns_from_the_padding_whatever_lies_there(
    mode: str, padding: int | tuple[int, int] | str
) -> None:
    torch.manual_seed(5)
    conv = nn.Conv2d(1, 2, (3, 2), padding=padding, padding_mode=mode)
    model = nn.Sequential(conv, nn.AdaptiveAvgPool2d(3), nn.Flatten(), nn.Linear(18, 10))
    recipe = own((1, 6, 5))
    pixels = image(recipe.input_shape, seed=4)
    batch = normalise_unit(torch.from_numpy(pixels)[None], recipe.mean, recipe.std)
    F.cross_entropy(model(batch), torch.tensor([3])).backward()
    assert conv.weight.grad is not None
    expected = conv.weight.grad.clone()
    inspector = Inspector(model, recipe)
    inspector.inspect(pixels)
    for place in np.ndindex(*expected.shape):
        step = inspector.backward([3], WeightCell("0", *place)).weight
        assert step is not None
        terms = float(np.abs(step.deltas * step.met).sum())
        assert step.gradient == pytest.approx(float(expected[place]), rel=TOLERANCE, abs=terms * ROUNDING)
        assert float((step.deltas * step.met).sum()) == pytest.approx(step.gradient, abs=1e-12)


@pytest.mark.parametrize(
    "layer",
    [
        nn.BatchNorm2d(4),
        nn.BatchNorm2d(4, track_running_stats=False),
        nn.GroupNorm(2, 4),
        nn.InstanceNorm2d(4, affine=True),
        nn.LayerNorm(7),
        nn.LayerNorm((4, 6, 7)),
        nn.RMSNorm(7),
        nn.PReLU(),
        nn.PReLU(4),
    ],
    ids=str,
)
def test_a_scale_learns_from_what_it_scales(layer: nn.Module) -> None:
    torch.manual_seed(0)
    for parameter in layer.parameters():
        nn.init.uniform_(parameter, 0.2, 1.0)
    model = nn.Sequential(nn.Conv2d(3, 4, 3), layer, nn.Flatten(), nn.Linear(168, 10))
    others = torch.randint(0, 256, (2, 3, 8, 9), dtype=torch.uint8)
    inspector = Inspector(model, own((3, 8, 9)))
    inspector.inspect(image((3, 8, 9)))
    shape = inspector.architecture.layer("1").weight_shape
    assert shape == tuple(layer.weight.shape)
    for labels, beside in (([2], None), ([2, 1, 0], others)):
        for place in list(np.ndindex(*shape))[:8]:
            for bias in (False, True)[: len(list(layer.parameters()))]:
                cell = WeightCell("1", *(int(part) for part in place), bias=bias)
                step = inspector.backward(labels, cell, others=beside).weight
                assert step is not None
                assert step.agrees, (cell, step.gradient, step.torch_gradient)
                assert abs(step.gradient) > 1e-9


class Between(nn.Module):
    """A layer between what `before` makes of an image, and a classifier."""

    def __init__(self, layer: nn.Module, before: Callable[[torch.Tensor], object], shape: tuple[int, int, int]) -> None:
        super().__init__()
        self.layer, self.before = layer, before
        self.head = nn.Linear(self.middle(torch.rand(1, *shape)).numel(), 10)

    def middle(self, x: torch.Tensor) -> torch.Tensor:
        given = self.before(x)
        return self.layer(*given) if isinstance(given, tuple) else self.layer(given)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.head(self.middle(x).flatten(1))


def _rows(x: torch.Tensor) -> torch.Tensor:
    return x.flatten(1, 2)


def _volume(x: torch.Tensor) -> torch.Tensor:
    return x[:, None]


def _indices(x: torch.Tensor) -> torch.Tensor:
    return (x.flatten(1) * 7).long().abs().clamp(max=7)


WEIGHTS: list[tuple[nn.Module, Callable[[torch.Tensor], object]]] = [
    (nn.Conv1d(12, 4, 3, stride=2, padding=2, dilation=2), _rows),
    (nn.Conv1d(12, 6, 4, padding="same", groups=3, bias=False), _rows),
    (nn.Conv1d(12, 2, 3, padding=1, padding_mode="circular"), _rows),
    (nn.Conv3d(1, 2, (2, 3, 2), stride=(1, 2, 1), padding=(0, 1, 1)), _volume),
    (nn.Conv3d(2, 4, 2, groups=2, dilation=(1, 2, 1), padding="same"), lambda x: torch.stack([x, x * 0.5], 1)),
    (nn.ConvTranspose1d(12, 4, 3, stride=2, padding=1, output_padding=1), _rows),
    (nn.ConvTranspose1d(12, 6, 3, groups=3, dilation=2, bias=False), _rows),
    (nn.ConvTranspose2d(3, 2, (2, 3), stride=(3, 2), padding=(0, 1), output_padding=(2, 0)), lambda x: x),
    (nn.ConvTranspose2d(3, 6, 3, groups=3, stride=2, padding=2, output_padding=1), lambda x: x),
    (nn.ConvTranspose3d(1, 2, (2, 3, 2), stride=(2, 1, 2), padding=(0, 1, 0)), _volume),
    (nn.Embedding(8, 5), _indices),
    (nn.Embedding(8, 5, padding_idx=2, scale_grad_by_freq=True), _indices),
    (nn.Bilinear(5, 4, 3), lambda x: (x, x[..., :4].flip(3))),
]


@pytest.mark.parametrize(("layer", "before"), WEIGHTS, ids=[str(layer) for layer, _ in WEIGHTS])
def test_every_weight_has_its_gradient_term_by_term(layer: nn.Module, before: Callable[[torch.Tensor], object]) -> None:
    torch.manual_seed(0)
    shape = (3, 4, 5)
    model = Between(layer, before, shape)
    inspector = Inspector(model, own(shape))
    pixels = image(shape, seed=3)
    inspector.inspect(pixels)
    info = inspector.architecture.layer("layer")
    others = torch.randint(0, 256, (2, *shape), dtype=torch.uint8)
    for labels, beside in (([2], None), ([2, 1, 0], others)):
        unit = torch.from_numpy(pixels)[None]
        unit = unit if beside is None else torch.cat([unit, beside / 255])
        layer.requires_grad_(True)
        output = model(normalise_unit(unit, inspector.recipe.mean, inspector.recipe.std))
        found = torch.autograd.grad(F.cross_entropy(output, torch.tensor(labels)), [*layer.parameters()])
        assert any(bool(gradient.any()) for gradient in found)
        for name, gradient in zip(dict(layer.named_parameters()), found, strict=True):
            places = list(np.ndindex(*gradient.shape))
            for place in places[:: max(1, len(places) // 12)]:
                cell = WeightCell("layer", 0, bias=name == "bias").at("layer", info.kind, place)
                step = inspector.backward(labels, cell, others=beside).weight
                assert step is not None
                assert step.agrees
                assert step.name == f"layer.{name}[{', '.join(map(str, place))}]"
                terms = float(np.abs(step.deltas * step.met).sum())  # float32 rounds by the largest of them
                assert step.gradient == pytest.approx(float(gradient[place]), rel=TOLERANCE, abs=terms * ROUNDING)
                assert float((step.deltas * step.met).sum()) == pytest.approx(step.gradient, abs=1e-12)


def test_a_table_that_is_also_the_classifier_learns_from_both_uses() -> None:
    class Tied(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.table, self.head = nn.Embedding(10, 5), nn.Linear(5, 10, bias=False)
            self.head.weight = self.table.weight

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            return self.head(self.table((x.flatten(1) * 9).long().abs().clamp(max=9)).mean(1))

    torch.manual_seed(0)
    inspector = Inspector(Tied(), own((3, 4, 4)))
    inspector.inspect(image((3, 4, 4)))
    by_table = inspector.backward([2], WeightCell("table", 3, 1)).weight
    by_head = inspector.backward([2], WeightCell("head", 1, 3)).weight
    assert by_table is not None
    assert by_head is not None
    assert by_table.agrees
    assert len(by_table.uses) == 2
    assert by_table.gradient == by_head.gradient != 0


class First(nn.Module):
    """The first of several results."""

    def __init__(self, module: nn.Module) -> None:
        super().__init__()
        self.module = module

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.module(x)[0]


@pytest.mark.parametrize(
    "layer",
    [nn.Sequential(nn.Flatten(2), First(nn.LSTM(16, 4))), nn.utils.parametrizations.weight_norm(nn.Linear(4, 3))],
    ids=["names of their own", "computed from parameters"],
)
def test_weights_whose_learning_is_not_known_give_an_error_message(layer: nn.Module) -> None:
    inspector = Inspector(Between(layer, lambda x: x, (3, 4, 4)), own((3, 4, 4)))
    inspector.inspect(image((3, 4, 4)))
    name = next(each.name for each in inspector.architecture.layers if each.kind in ("lstm", "linear"))
    with pytest.raises(UserError, match=r"How the weights of .* learn is not supported"):
        inspector.backward([2], WeightCell(name, 0))
