"""What is recorded is what ran: in place, through views, again and again, in whatever way the model is written."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from torch import nn

from cnnviewer.core.inspection.recorder import UNSEEN, RecordedPass, Recorder
from cnnviewer.core.inspection.trace import Inspector
from tests.core.inspection.sample_networks import image, own

Forward = Callable[["Net", torch.Tensor], torch.Tensor]


class Net(nn.Module):
    """Two convolutions, a ReLU that works in place, a classifier; `way` is what its forward does between them."""

    def __init__(self, way: Forward, features: int = 8) -> None:
        super().__init__()
        torch.manual_seed(0)
        self.c1, self.c2 = nn.Conv2d(3, 8, 3, padding=1), nn.Conv2d(8, 8, 3, padding=1)
        self.r = nn.ReLU(inplace=True)
        self.fc = nn.Linear(features, 10)
        self.way = way

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.fc(self.way(self, self.c1(x)))


def features(function: Callable[[torch.Tensor], torch.Tensor]) -> Forward:
    """A way that does something to the first convolution's maps and averages them."""
    return lambda net, x: function(x).mean((2, 3))


def statement(function: Callable[[torch.Tensor], object]) -> Forward:
    """A way that changes the maps without an assignment."""

    def way(net: Net, x: torch.Tensor) -> torch.Tensor:
        function(x)
        return x.mean((2, 3))

    return way


def shared(net: Net, x: torch.Tensor) -> torch.Tensor:
    return (net.c2(net.r(x)) + x).mean((2, 3))


def bare_module(net: Net, x: torch.Tensor) -> torch.Tensor:
    net.r(x)
    return (net.c2(x) + x).mean((2, 3))


def through_a_view(net: Net, x: torch.Tensor) -> torch.Tensor:
    half = x[:, :4]
    half.mul_(-2)
    return x.mean((2, 3))


def through_the_base(net: Net, x: torch.Tensor) -> torch.Tensor:
    half = x[:, :4]
    x.relu_()
    return torch.cat([half * 2, x[:, 4:]], 1).mean((2, 3))


def into_zeros(net: Net, x: torch.Tensor) -> torch.Tensor:
    z = torch.zeros(x.size(0), 8, 16, 16)
    row = z[:, 1]
    z[:, :4] = x[:, 4:]
    return torch.cat([row[:, None].expand(-1, 4, -1, -1), z[:, :4]], 1).mean((2, 3))


def given_out(net: Net, x: torch.Tensor) -> torch.Tensor:
    y = torch.empty_like(x)
    torch.mul(x, 3, out=y)
    return y.mean((2, 3))


def in_chunks(net: Net, x: torch.Tensor) -> torch.Tensor:
    a, *others = x.split(2, 1)
    return torch.cat([a.abs(), *(part.clamp(0, 0.1) for part in others)], 1).mean((2, 3))


def chunks_in_place(net: Net, x: torch.Tensor) -> torch.Tensor:
    a, *others = x.split(2, 1)
    others[0].clamp_(0, 0.1)
    return torch.cat([a.abs(), *others, x], 1).mean((2, 3))[:, :8]


def in_loops(net: Net, x: torch.Tensor) -> torch.Tensor:
    assert x.shape[1] == 8
    if x.size(2) > 7:
        x = x * 2
    print(x.sum())
    return torch.stack([x[:, i].mean((1, 2)) for i in range(x.size(1))], 1)


def data_alias(net: Net, x: torch.Tensor) -> torch.Tensor:
    x.data.mul_(2)
    return x.mean((2, 3))


WAYS: dict[str, Forward] = {
    "module in place, read again": shared,
    "module in place as a statement": bare_module,
    "F.relu in place": features(lambda x: F.relu(x, inplace=True)),
    "mul_": statement(lambda x: x.mul_(0.5)),
    "relu_": statement(lambda x: x.relu_()),
    "add_": statement(lambda x: x.add_(x)),
    "clamp_": statement(lambda x: x.clamp_(-0.1, 0.2)),
    "masked_fill_": statement(lambda x: x.masked_fill_(x < 0, 0.3)),
    "setitem": statement(lambda x: x.__setitem__((slice(None), 0), 0)),
    "iadd": statement(lambda x: x.__iadd__(1)),
    "sub_ of itself": statement(lambda x: x.sub_(x.mean())),
    "through a view": through_a_view,
    "through the base": through_the_base,
    "into zeros": into_zeros,
    "out=": given_out,
    "chunks": in_chunks,
    "chunks in place": chunks_in_place,
    "loops and asserts": in_loops,
    "data": data_alias,
    "transpose_": features(lambda x: x.transpose_(2, 3)),
    "identity": features(lambda x: nn.Identity()(x.contiguous())),
    "stack": features(lambda x: torch.stack([x, x * 2]).mean(0)),
    "minus its mean": features(lambda x: x - x.mean()),
    "attention": features(
        lambda x: F.scaled_dot_product_attention(*[x.flatten(2).permute(2, 0, 1)] * 3).permute(1, 2, 0)[..., None]
    ),
    "tensor constant": features(lambda x: x * torch.tensor([2.0]) + torch.arange(16.0)),
    "maximum of a dimension": features(lambda x: x.max(1, keepdim=True)[0] + x),
}


UNKNOWN_TO_AUTOGRAD = ("chunks in place", "data")  # refused by PyTorch itself, and left out of the graph on purpose


@pytest.fixture(params=WAYS, ids=str)
def net(request: pytest.FixtureRequest) -> Net:
    if request.param in UNKNOWN_TO_AUTOGRAD and "gradient" in request.node.name:
        pytest.skip("has no gradients in PyTorch either")
    return Net(WAYS[request.param]).eval()


def recorded(net: nn.Module) -> tuple[RecordedPass, torch.Tensor]:
    pixels = torch.from_numpy(image((3, 16, 16)))[None]
    recorder = Recorder(net)
    recorder.record(pixels)
    return recorder.record(pixels), pixels


def test_the_output_is_the_models_own_to_the_last_bit(net: Net) -> None:
    recording, pixels = recorded(net)
    with torch.no_grad():
        expected = net(pixels.clone())
    assert torch.equal(recording.values[recording.output], expected)
    assert recording.output == "fc"
    assert net.r.inplace


def test_every_value_follows_from_its_operands_as_they_were(net: Net) -> None:
    recording, _ = recorded(net)
    assert len(recording.steps) > 2
    for name, step in recording.steps.items():
        again = step.again(recording.values, torch.float32)
        assert torch.equal(again, recording.values[name]), name


def test_every_layer_is_connected_to_the_output(net: Net) -> None:
    recording, _ = recorded(net)
    read = {recording.output}
    for layer in reversed(recording.layers):
        if layer.name in read:
            read.update(layer.inputs)
    assert read >= {"input", "c1"}
    assert all(layer.inputs for layer in recording.layers[1:])


def test_the_gradient_of_every_value_is_what_a_change_of_it_changes(net: Net) -> None:
    """Checked by running what comes after a layer again, on a value moved along the gradient."""
    recording, pixels = recorded(net)
    with_gradients = Recorder(net).record_with_gradients(pixels)
    loss = F.cross_entropy(with_gradients.returned, torch.tensor([3]))
    edges = with_gradients.edges
    found = dict(zip(edges, torch.autograd.grad(loss, list(edges.values()), allow_unused=True), strict=True))
    used = read_by(recording)
    for name in used:
        assert found.get(name) is not None, name
        slope = found[name].double()
        expected = numeric_slope(recording, name, slope)
        assert float((slope * slope).sum()) == pytest.approx(expected, rel=2e-2, abs=1e-7), name


def read_by(recording: RecordedPass) -> list[str]:
    """The layers that the output depends on."""
    read = {recording.output}
    for layer in reversed(recording.layers):
        if layer.name in read:
            read.update(layer.inputs)
    return [layer.name for layer in recording.layers if layer.name in read]


def numeric_slope(recording: RecordedPass, name: str, direction: torch.Tensor) -> float:
    """The loss's slope along `direction` at one layer's value, by running the later steps again in float64."""
    names = list(recording.steps)
    later = names[names.index(name) + 1 :] if name in names else names
    losses = []
    for change in (-1e-5, 1e-5):
        values = {layer: value.double() for layer, value in recording.values.items()}
        values[name] = values[name] + change * direction
        for each in later:
            values[each] = recording.steps[each].again(values)
        losses.append(float(F.cross_entropy(values[recording.output], torch.tensor([3]))))
    return (losses[1] - losses[0]) / 2e-5


def test_a_batch_with_gradients_names_the_same_layers(net: Net) -> None:
    one = Recorder(net).record(torch.rand(1, 3, 16, 16))
    assert Recorder(net).record_with_gradients(torch.rand(2, 3, 16, 16)).steps.keys() == one.steps.keys()


def test_a_second_recording_names_the_same_layers(net: Net) -> None:
    recorder, pixels = Recorder(net), torch.from_numpy(image((3, 16, 16)))[None]
    first, second = recorder.record(pixels), recorder.record(torch.rand(1, 3, 16, 16))
    assert first.layers == second.layers
    assert not np.array_equal(first.values["c1"], second.values["c1"])


def test_a_batch_norm_before_a_function_in_place_shows_what_it_gave() -> None:
    """As GoogLeNet is written: 43 such pairs."""

    class Basic(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.conv, self.bn = nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4)
            self.fc = nn.Linear(4, 10)

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            return self.fc(F.relu(self.bn(self.conv(x)), inplace=True).mean((2, 3)))

    inspector = Inspector(Basic(), own((3, 8, 8)))
    activations = inspector.inspect(image((3, 8, 8))).activations
    assert activations["bn"].min() < 0 == activations["relu"].min()
    backward = inspector.backward([1])
    assert np.array_equal(backward.gradients["bn"], np.where(activations["bn"] > 0, backward.gradients["relu"], 0))


class Stateful(nn.Module):
    """Writes into a buffer, a weight and a number of its own while it predicts."""

    def __init__(self) -> None:
        super().__init__()
        self.fc = nn.Linear(48, 10)
        self.register_buffer("mean", torch.zeros(1))
        self.register_buffer("last", torch.ones(1))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        self.mean.mul_(0.5).add_(x.mean())
        self.last = self.last + 1
        self.fc.weight.data.clamp_(-0.05, 0.05)
        return self.fc(x.flatten(1)) + self.mean * self.last


def test_a_model_that_changes_itself_damages_no_weights_and_answers_alike() -> None:
    model = Stateful().eval().requires_grad_(False)
    state = {name: tensor.clone() for name, tensor in model.state_dict().items()}
    shared = {name: tensor.clone() for name, tensor in state.items()}
    inspector = Inspector(model, own((3, 4, 4)))
    inspector.load(shared)
    pixels = image((3, 4, 4))
    first = inspector.inspect(pixels).activations
    second = inspector.inspect(pixels).activations
    assert all(np.array_equal(first[name], second[name]) for name in first)
    assert np.array_equal(inspector.probabilities(pixels), first["probabilities"])
    inspector.backward([1])
    assert all(torch.equal(shared[name], tensor) for name, tensor in state.items())
    x = torch.from_numpy(first["input"].copy())[None]
    expected = F.linear(x.flatten(1), state["fc.weight"].clamp(-0.05, 0.05), state["fc.bias"]) + x.mean() * 2
    assert np.allclose(first[inspector.architecture.layers[-2].name], expected.numpy()[0], atol=1e-6)


class Branching(nn.Module):
    """Takes another way for a bright image than for a dark one."""

    def __init__(self) -> None:
        super().__init__()
        self.bright, self.dark = nn.Conv2d(3, 2, 3), nn.Conv2d(3, 4, 1)
        self.short, self.long = nn.Linear(72, 10), nn.Linear(256, 10)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        if x.mean() > 0:
            return self.short(self.bright(x).flatten(1))
        return self.long(F.relu(self.dark(x)).flatten(1))


def test_the_picture_is_that_of_the_way_this_image_took() -> None:
    inspector = Inspector(Branching(), own((3, 8, 8)))
    dark, bright = np.zeros((3, 8, 8), np.float32), np.ones((3, 8, 8), np.float32)
    for pixels, names in ((dark, ["dark", "relu", "flatten", "long"]), (bright, ["bright", "flatten", "short"])):
        for _ in range(2):
            inspection = inspector.inspect(pixels)
            shown = [layer.name for layer in inspector.architecture.layers]
            assert shown == ["input", "mean", *names, "probabilities"]
            assert set(inspection.activations) == set(shown)
            assert not any(np.isnan(value).any() for value in inspection.activations.values())
            assert "another image may take another way" in inspector.architecture.note
    assert inspector.backward([1]).gradients.keys() >= {"bright", "short"}


class Square(torch.autograd.Function):
    @staticmethod
    def forward(ctx: torch.autograd.function.FunctionCtx, x: torch.Tensor) -> torch.Tensor:
        ctx.save_for_backward(x)
        return x.clamp(min=0) ** 2

    @staticmethod
    def backward(ctx: Any, slope: torch.Tensor) -> torch.Tensor:
        (x,) = ctx.saved_tensors
        return 2 * x.clamp(min=0) * slope


@torch.jit.script
def scripted(x: torch.Tensor) -> torch.Tensor:
    return x * 2 + 1


SCRIPTED = torch.jit.script(nn.Sequential(nn.ReLU(), nn.Tanh()))
HIDDEN: dict[str, tuple[Callable[[torch.Tensor], torch.Tensor], tuple[str, ...]]] = {
    "autograd function": (Square.apply, ("clamp", "pow")),
    "scripted function": (scripted, ("unseen",)),
    "numpy": (lambda x: torch.from_numpy(np.tanh(x.detach().numpy())), ("identity", "unseen")),
    "vmap": (torch.func.vmap(torch.relu), ("unseen",)),
    "list in place": (lambda x: (torch._foreach_mul_([x], 2), x)[1], ("foreach_mul",)),
    "sparse": (lambda x: x.flatten(2)[0].to_sparse().to_dense().reshape(x.shape), ("flatten", "getitem", "to_dense", "reshape")),
}  # fmt: skip


@pytest.mark.parametrize("name", HIDDEN)
def test_what_cannot_be_seen_is_a_box_between_what_can(name: str) -> None:
    function, kinds = HIDDEN[name]
    net = Net(features(function)).eval()
    recording, pixels = recorded(net)
    with torch.no_grad():
        assert torch.equal(recording.values["fc"], net(pixels.clone()))
    assert tuple(layer.kind for layer in recording.layers[2:-2]) == kinds
    assert (UNSEEN in recording.notes) == ("unseen" in kinds)
    assert all(layer.inputs for layer in recording.layers[1:])
    assert recording.values["c1"].equal(net.c1(pixels))


class Scripted(Net):
    def __init__(self) -> None:
        super().__init__(lambda net, x: net.scripted(x).mean((2, 3)))
        self.scripted = SCRIPTED


def test_a_scripted_module_is_one_box() -> None:
    recording, _ = recorded(Scripted().eval())
    box = next(layer for layer in recording.layers if layer.name == "scripted")
    assert (box.inputs, box.kind) == (("c1",), "own sequential")


def test_a_layer_inside_fused_attention_is_part_of_it() -> None:
    net = nn.Sequential(
        nn.Flatten(2), nn.TransformerEncoderLayer(16, 2, 8, batch_first=True), nn.Flatten(), nn.Linear(48, 10)
    )
    net.eval().requires_grad_(False)
    recording, pixels = recorded(nn.Sequential(nn.AvgPool2d(4), *net).eval())
    assert [layer.kind for layer in recording.layers[2:]] == [
        "flatten",
        "transformer_encoder_layer",
        "flatten",
        "linear",
    ]
    with torch.no_grad():
        assert torch.equal(recording.values[recording.output], net(F.avg_pool2d(pixels, 4)))


def test_a_model_that_nobody_inspects_any_more_leaves_memory_without_a_collection_of_cycles() -> None:
    model = Net(features(F.relu))
    recorder = Recorder(model)
    recorder.record(torch.rand(1, 3, 8, 8))
    seen = weakref.ref(model)
    del model, recorder
    assert seen() is None
