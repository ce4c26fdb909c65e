"""What each channel carries of a score is what PyTorch gives without it, one channel and one pass at a time."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch
from torch import nn

from cnnviewer.core.data.dataset import normalise_unit
from cnnviewer.core.errors import Cancelled, UserError
from cnnviewer.core.inspection import contributions as module
from cnnviewer.core.inspection import replay
from cnnviewer.core.inspection.attribution.channel_records import ChannelMeans, ContributionsRequest
from cnnviewer.core.inspection.channel_means import channel_means
from cnnviewer.core.inspection.contributions import contributions
from cnnviewer.core.inspection.sample_size import sample_size, spread
from cnnviewer.core.inspection.trace import Inspector, outline
from cnnviewer.core.models.mutes import Mute
from cnnviewer.core.models.recipe import ModelRecipe
from cnnviewer.core.models.registry import reading
from cnnviewer.core.models.weights import bundled
from tests.core.inspection.sample_networks import image, own
from tests.core.inspection.test_mutes import MODELS, with_hook


def normalised(pixels: np.ndarray, recipe: ModelRecipe) -> torch.Tensor:
    return normalise_unit(torch.from_numpy(pixels)[None], recipe.mean, recipe.std)


@pytest.mark.parametrize(
    ("key", "layer", "axis"),
    [
        ("lenet", "conv1", -3),
        ("lenet", "fc1", -1),
        ("simplecnn", "conv2", -3),
        ("simplecnn", "fc1", -1),
        ("vgg32", "conv3_2", -3),
    ],
)
@pytest.mark.parametrize("how", ["zero", "mean"])
def test_every_drop_is_that_of_a_hook_of_pytorch(key: str, layer: str, axis: int, how: str) -> None:
    state = bundled(key)
    inspector, model = Inspector.from_state(state), reading(state)
    pixels = image(state.recipe.input_shape, seed=4)
    count = inspector.layer(layer).shape[axis]
    numbers = np.linspace(-0.5, 1, count) if how == "mean" else np.zeros(count)
    means = ChannelMeans(layer, tuple(numbers.tolist()), 1) if how == "mean" else None
    found = contributions(inspector, ContributionsRequest(layer, 3, 5, how, means), pixels)
    batch = normalised(pixels, state.recipe)
    with torch.no_grad():
        whole = model(batch)[0]  # of LeNet log-probabilities: their difference is that of the logits
        for channel in range(0, count, max(1, count // 24)):
            without = with_hook(model, layer, axis, [channel], float(numbers[channel]), batch)[0]
            expected = float((whole[3] - whole[5]) - (without[3] - without[5]))
            assert found.drops[channel] == pytest.approx(expected, abs=2e-5 * max(1, abs(float(whole[3])))), channel
    assert found.score == pytest.approx(float(whole[3] - whole[5]), rel=1e-5)


@pytest.mark.parametrize("name", ["residual, in place", "in place", "functional", "branches and views", "tokens"])
def test_operations_behind_the_layer_run_again_as_the_model_runs_them(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Four channels at a time, so that most are computed from the recorded operations; and all through the model."""
    model, recipe = MODELS[name]()
    inspector = Inspector(model, recipe)
    pixels = image(recipe.input_shape)
    monkeypatch.setattr(module._Work, "at_once", property(lambda work: min(len(work.values), 3)))
    for layer in inspector.architecture.layers:
        try:
            fast = contributions(inspector, ContributionsRequest(layer.name, 3), pixels)
        except UserError:
            continue
        with monkeypatch.context() as patch:
            patch.setattr(replay.Replay, "of", classmethod(lambda *_: None))
            slow = contributions(inspector, ContributionsRequest(layer.name, 3), pixels)
        np.testing.assert_allclose(fast.drops, slow.drops, atol=1e-5, err_msg=layer.name)


def test_the_bars_add_up_behind_which_everything_is_linear() -> None:
    inspector = Inspector.from_state(bundled("simplecnn"))
    pixels = image((3, 32, 32))
    last = contributions(inspector, ContributionsRequest("relu3", 2), pixels)
    assert last.adds_up
    assert last.total == pytest.approx(last.together, abs=1e-3)
    first = contributions(inspector, ContributionsRequest("conv1", 2), pixels)
    assert not first.adds_up
    assert list(first.order) == sorted(range(32), key=lambda channel: (-abs(first.drops[channel]), channel))


def test_of_a_linear_readout_the_drop_is_weight_times_activation() -> None:
    state = bundled("simplecnn")
    inspector = Inspector.from_state(state)
    pixels = image((3, 32, 32))
    activations = inspector.inspect(pixels).activations["relu3"]
    found = contributions(inspector, ContributionsRequest("relu3", 7, 1), pixels)
    weight = state.tensors["fc2.weight"].numpy()
    np.testing.assert_allclose(found.drops, (weight[7] - weight[1]) * activations, atol=1e-5)


@pytest.mark.parametrize("at_once", [8, 64], ids=["from the layer on", "through the model"])
def test_what_is_muted_stays_muted_and_carries_nothing_more(at_once: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module._Work, "at_once", property(lambda _: at_once))
    mutes = (Mute("conv2", 5), Mute("relu1", 2, "mean", 0.3), Mute("fc1", 4, "mean", 0.7))
    inspector = Inspector.from_state(replace(bundled("simplecnn"), mutes=mutes))
    pixels = image((3, 32, 32))
    found = contributions(inspector, ContributionsRequest("conv2", 3), pixels)
    assert found.drops[5] == pytest.approx(0, abs=1e-5)
    logit = inspector.inspect(pixels).activations["fc2"][3]
    assert found.score == pytest.approx(float(logit), rel=1e-5)
    inspector.set_mutes((*mutes, Mute("conv2", 9)))
    without = inspector.inspect(pixels).activations["fc2"][3]
    assert found.drops[9] == pytest.approx(float(logit - without), abs=1e-4)
    assert ContributionsRequest("conv2", 3).mute(9) == Mute("conv2", 9)


class OneHead(nn.Module):
    """Twelve maps, something in between, and a fully connected layer."""

    def __init__(self) -> None:
        super().__init__()
        self.conv = nn.Conv2d(3, 12, 3)
        self.fc = nn.Linear(12, 10)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.fc(self.between(self.conv(x)).mean((2, 3)))

    def between(self, x: torch.Tensor) -> torch.Tensor:
        raise NotImplementedError


class Unseen(OneHead):
    """A factor that Python reads off the values, where nobody sees it."""

    def between(self, x: torch.Tensor) -> torch.Tensor:
        return x / torch.tensor([each.abs().max().item() for each in x]).view(-1, 1, 1, 1)


class Masks(OneHead):
    """A mask made of a layer's values, which is no layer."""

    def between(self, x: torch.Tensor) -> torch.Tensor:
        return x * (x > x.mean((1, 2, 3), keepdim=True))


class Mixes(OneHead):
    """Computes with its whole batch."""

    def between(self, x: torch.Tensor) -> torch.Tensor:
        return x / x.abs().max()


class Folds(OneHead):
    """Keeps its maps with those of the other images."""

    def between(self, x: torch.Tensor) -> torch.Tensor:
        return torch.tanh(x.reshape(-1, *x.shape[2:])).reshape(x.shape)


@pytest.mark.parametrize("kind", [Unseen, Masks, Mixes, Folds])
def test_a_model_is_asked_as_often_as_it_takes_to_be_right(
    kind: type[OneHead], monkeypatch: pytest.MonkeyPatch
) -> None:
    torch.manual_seed(1)
    model, recipe = kind().eval(), own((3, 8, 8))
    inspector = Inspector(model, recipe)
    pixels = image((3, 8, 8))
    monkeypatch.setattr(module._Work, "at_once", property(lambda _: 3))
    found = contributions(inspector, ContributionsRequest("conv", 3), pixels)
    batch = normalised(pixels, recipe)
    with torch.no_grad():
        whole = float(model(batch)[0, 3])
        expected = [whole - float(with_hook(model, "conv", -3, [channel], 0.0, batch)[0, 3]) for channel in range(12)]
    np.testing.assert_allclose(found.drops, expected, atol=1e-6)


def test_the_mean_of_a_channel_is_that_of_pytorch_over_images_and_places_whatever_is_muted() -> None:
    state = bundled("simplecnn")
    inspector = Inspector.from_state(replace(state, mutes=(Mute("conv1", 3), Mute("conv2", 1))))
    images = torch.randint(0, 255, (150, 3, 32, 32), dtype=torch.uint8, generator=torch.Generator().manual_seed(0))
    found = channel_means(inspector, images, "conv2")
    kept: list[torch.Tensor] = []
    model = reading(state)
    model.get_submodule("conv2").register_forward_hook(lambda _module, _inputs, output: kept.append(output))
    with torch.no_grad():
        model(normalise_unit(images.float() / 255, state.recipe.mean, state.recipe.std))
    np.testing.assert_allclose(found.values, kept[0].double().mean((0, 2, 3)).numpy(), rtol=1e-4, atol=1e-6)
    assert found.images == 150
    assert inspector.mutes == (Mute("conv1", 3), Mute("conv2", 1))
    assert not inspector.inspect(image((3, 32, 32))).activations["conv1"][3].any()


def test_the_mean_of_tokens_is_over_images_and_tokens() -> None:
    model, recipe = MODELS["tokens"]()
    inspector = Inspector(model, recipe)
    images = torch.randint(0, 255, (20, 3, 8, 8), dtype=torch.uint8, generator=torch.Generator().manual_seed(0))
    found = channel_means(inspector, images, "norm")
    kept: list[torch.Tensor] = []
    handle = model.norm.register_forward_hook(lambda _module, _inputs, output: kept.append(output))
    with torch.no_grad():
        model(normalise_unit(images.float() / 255, recipe.mean, recipe.std))
    handle.remove()
    np.testing.assert_allclose(found.values, kept[0].double().mean((0, 1)).numpy(), atol=1e-5)


def test_asking_stops_when_nobody_waits_and_says_how_far_it_is() -> None:
    inspector = Inspector.from_state(bundled("simplecnn"))
    shares: list[float] = []
    pixels = image((3, 32, 32))
    contributions(inspector, ContributionsRequest("fc1", 3), pixels, shares.append)
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    with pytest.raises(Cancelled):
        contributions(inspector, ContributionsRequest("fc1", 3), pixels, abandoned=lambda: True)
    with pytest.raises(Cancelled):
        channel_means(inspector, torch.zeros(3, 3, 32, 32, dtype=torch.uint8), "fc1", abandoned=lambda: True)


@pytest.mark.parametrize(
    ("request_", "said"),
    [
        (ContributionsRequest("conv9", 3), "no layer called conv9. There is: conv2, conv1.$"),
        (ContributionsRequest("conv1", 30), "no class number 30"),
        (ContributionsRequest("conv1", 3, how="mean"), "means of the channels of conv1 are not known"),
        (ContributionsRequest("log_softmax", 3), "the classes' probabilities"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_one_sentence(request_: ContributionsRequest, said: str) -> None:
    inspector = Inspector.from_state(bundled("lenet"))
    with pytest.raises(UserError, match=said):
        contributions(inspector, request_, image((1, 28, 28)))


def test_a_sample_is_as_long_as_the_model_allows_and_evenly_spread() -> None:
    assert sample_size(outline(bundled("lenet").recipe), 10_000) == 1000
    assert 300 < sample_size(outline(bundled("simplecnn").recipe), 10_000) < 500
    assert sample_size(outline(bundled("lenet").recipe), 12) == 12
    assert spread(10, 3) == [0, 3, 6]
    assert spread(2, 3) == [0, 1]
    assert len(set(spread(9999, 389))) == 389
