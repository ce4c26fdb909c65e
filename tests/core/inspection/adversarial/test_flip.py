"""A change that flips an answer: never larger than allowed, found by arithmetic where there is any, and really answered."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from torch import nn

from cnnviewer.core.data import registry as data_registry
from cnnviewer.core.data.dataset import normalise
from cnnviewer.core.errors import Cancelled, UserError
from cnnviewer.core.inspection.adversarial.attacks import Aim
from cnnviewer.core.inspection.adversarial.flip import answered, flip, in_eight_bits
from cnnviewer.core.inspection.adversarial.records import ATTACKS, Attack, Flip, FlipRequest
from cnnviewer.core.inspection.records import FloatArray
from cnnviewer.core.inspection.trace import Inspector
from cnnviewer.core.models.output import OutputHead
from cnnviewer.core.models.recipe import ModelRecipe
from cnnviewer.core.models.weights import bundled
from tests.core.inspection.sample_networks import image, own

HEADS = ("scores", "log-softmax", "softmax", "probabilities of one's own")


class Small(nn.Module):
    """A convolution and two layers, with the head that is asked for."""

    def __init__(self, channels: int = 1, head: str = "scores") -> None:
        super().__init__()
        self.conv, self.fc = nn.Conv2d(channels, 6, 3), nn.Linear(6 * 5 * 5, 5)
        self.head = head

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = 4 * self.fc(F.max_pool2d(F.relu(self.conv(x)), 2).flatten(1))
        return x if self.head == "scores" else x.log_softmax(1) if self.head == "log-softmax" else x.softmax(1)


def small(channels: int = 1, head: str = "scores") -> Inspector:
    torch.manual_seed(2)
    model = Small(channels, head)
    if head == HEADS[3]:  # as the user's own model is opened that ends in a softmax
        model.register_forward_hook(OutputHead("own", 5, "probabilities"))
    return Inspector(model, own((channels, 12, 12), 5))


def linear(weight: torch.Tensor) -> tuple[Inspector, ModelRecipe]:
    """Two classes; the first one's logit is `weight` times the normalised image, the other one's 0."""
    model = nn.Sequential(nn.Flatten(), nn.Linear(weight.numel(), 2, bias=False))
    layer = model[1]
    assert isinstance(layer, nn.Linear)
    layer.weight.data = torch.stack([weight, torch.zeros_like(weight)])
    recipe = own((1, 6, 6), 2)
    return Inspector(model, recipe), recipe


def assert_is_sound(found: Flip, inspector: Inspector, pixels: FloatArray) -> None:
    """What every change must be, however it was found."""
    before, after = found.before.picture, found.after.picture
    assert before.dtype == after.dtype == np.uint8
    assert np.array_equal(before, in_eight_bits(pixels))
    assert np.abs(after.astype(int) - before.astype(int)).max() == found.largest_change <= found.epsilon
    shown = inspector.inspect(after.astype(np.float32) / np.float32(255))
    assert found.after.prediction == shown.prediction, "the answer shown is not that to the saved picture"
    predicted = inspector.predicted
    assert found.after.label == predicted
    wanted = found.request.towards
    assert found.flipped == (predicted != found.before.label if wanted is None else predicted == wanted)


@pytest.mark.parametrize("channels", [1, 3], ids=["grey", "colour"])
@pytest.mark.parametrize("head", HEADS)
@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("towards", [None, 0, 3])
@pytest.mark.parametrize("epsilon", [0, 1, 7, 255, None])
def test_no_value_changes_by_more_than_is_allowed_and_the_answer_is_that_to_the_saved_picture(
    channels: int, head: str, attack: Attack, towards: int | None, epsilon: int | None
) -> None:
    inspector, pixels = small(channels, head), image((channels, 12, 12), seed=5)
    assert_is_sound(flip(inspector, pixels, FlipRequest(attack, epsilon, towards, steps=6)), inspector, pixels)


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("head", HEADS[1:])
def test_a_softmax_at_the_end_changes_nothing(attack: Attack, head: str) -> None:
    pixels = image((1, 12, 12), seed=5)
    one, other = (flip(small(1, each), pixels, FlipRequest(attack)) for each in ("scores", head))
    assert np.array_equal(one.after.picture, other.after.picture)
    assert one.epsilon == other.epsilon


def test_of_a_linear_network_the_fewest_levels_are_those_of_the_arithmetic() -> None:
    weight = torch.randn(36, generator=torch.Generator().manual_seed(1))
    inspector, recipe = linear(weight)
    pixels = np.full((1, 6, 6), 128 / 255, np.float32)
    pixels[0][weight.reshape(6, 6).numpy() > 0] = 210 / 255
    score = float(normalise(torch.from_numpy(in_eight_bits(pixels))[None], recipe.mean, recipe.std).flatten() @ weight)
    slope = float(weight.abs().sum()) / recipe.std[0] / 255  # what a level of every value takes from the score
    fewest = math.floor(score / slope) + 1
    assert 16 < fewest < 45, "the search must bisect, and no value may reach 0 or 255"
    for attack in ATTACKS:
        found = flip(inspector, pixels, FlipRequest(attack))
        assert found.flipped
        assert found.epsilon == fewest
        tried = dict(found.tried)
        assert tried[fewest]
        assert not tried[fewest - 1]
        assert all(tried[level] is False for level in range(17))
        assert flip(inspector, pixels, FlipRequest(attack, fewest)).flipped
        assert not flip(inspector, pixels, FlipRequest(attack, fewest - 1)).flipped


def test_the_slope_is_that_of_the_cross_entropy_also_where_the_probability_rounds_to_1() -> None:
    logits = torch.tensor([[20.0, 1.0, 2.0], [0.5, 0.2, 0.1]], dtype=torch.float64, requires_grad=True)
    labels = torch.zeros(2, dtype=torch.long)
    (slope,) = torch.autograd.grad(F.cross_entropy(logits, labels, reduction="sum"), logits)
    away = Aim(0).uphill(logits.detach().float())
    share = logits.detach().softmax(1)[:, 1:].sum(1, keepdim=True)
    torch.testing.assert_close(away.double() * share, slope, rtol=1e-6, atol=0)
    assert float(logits.detach().float().softmax(1)[0, 0]) == 1, "the case must be one where the probability rounds"
    assert torch.equal(Aim(2, 0).uphill(logits.detach().float()), -away)


def test_the_gradient_sign_method_is_the_step_of_its_formula() -> None:
    inspector, pixels = small(3), in_eight_bits(image((3, 12, 12), seed=9))
    found = flip(inspector, pixels / np.float32(255), FlipRequest("fgsm", 5))
    torch.manual_seed(2)
    model, recipe = Small(3).eval(), inspector.recipe
    unit = (torch.from_numpy(pixels)[None] / 255).requires_grad_(True)
    mean, std = (torch.tensor(each).view(-1, 1, 1) for each in (recipe.mean, recipe.std))
    F.cross_entropy(model((unit - mean) / std), torch.tensor([found.before.label])).backward()
    assert unit.grad is not None
    expected = (torch.from_numpy(pixels).float() + 5 * unit.grad[0].sign()).clamp(0, 255)
    assert np.array_equal(found.after.picture, expected.numpy().astype(np.uint8))


@pytest.mark.parametrize("towards", [None, 4])
def test_many_small_steps_are_never_worse_than_one(real_data_dir: Path, towards: int | None) -> None:
    inspector = Inspector.from_state(bundled("lenet"))
    images = data_registry.load("mnist", real_data_dir).test.images[:24]
    flipped: dict[tuple[Attack, int], int] = {}
    for attack in ATTACKS:
        for epsilon in (4, 12, 24):
            answers = [
                flip(inspector, each.numpy().astype(np.float32) / 255, FlipRequest(attack, epsilon, towards, steps=5))
                for each in images
            ]
            flipped[attack, epsilon] = sum(each.flipped for each in answers)
    for epsilon in (4, 12, 24):
        assert flipped["pgd", epsilon] >= flipped["fgsm", epsilon]
    assert flipped["pgd", 24] > flipped["fgsm", 24], "the steps must do something"


def test_the_fewest_levels_found_are_enough_and_none_fewer_was(real_data_dir: Path) -> None:
    inspector = Inspector.from_state(bundled("lenet"))
    images = data_registry.load("mnist", real_data_dir).test.images[:4].numpy().astype(np.float32) / 255
    for each in images:
        fewest: dict[Attack, int] = {}
        for attack in ATTACKS:
            found = flip(inspector, each, FlipRequest(attack))
            assert_is_sound(found, inspector, each)
            fewest[attack] = found.epsilon
            again = flip(inspector, each, FlipRequest(attack, found.epsilon))
            assert np.array_equal(again.after.picture, found.after.picture)
            assert not any(enough for level, enough in found.tried if level < found.epsilon)
        assert 0 < fewest["pgd"] <= fewest["fgsm"]


@pytest.mark.parametrize("attack", ATTACKS)
def test_the_same_request_gives_the_same_picture(attack: Attack) -> None:
    pixels = image((3, 12, 12), seed=5)
    one, other = (flip(small(3), pixels, FlipRequest(attack)) for _ in range(2))
    assert np.array_equal(one.after.picture, other.after.picture)
    assert one.tried == other.tried


def test_no_change_at_all_is_an_answer_too() -> None:
    inspector, pixels = small(), image((1, 12, 12), seed=5)
    found = flip(inspector, pixels, FlipRequest("pgd", 0))
    assert found.epsilon == found.largest_change == found.changed_pixels == 0
    assert np.array_equal(found.before.logits, found.after.logits)
    already = flip(inspector, pixels, FlipRequest("pgd", towards=found.before.label))
    assert already.flipped
    assert already.epsilon == 0


def test_what_cannot_be_flipped_says_so() -> None:
    found = flip(linear(torch.zeros(36))[0], image((1, 6, 6)), FlipRequest("pgd", steps=2))
    assert not found.flipped
    assert found.without_slope
    assert found.epsilon == 0
    assert all(not enough for _, enough in found.tried)
    assert max(level for level, _ in found.tried) == 255


def test_the_logits_of_a_picture_are_the_models() -> None:
    inspector, picture = small(3, "log-softmax"), in_eight_bits(image((3, 12, 12)))
    torch.manual_seed(2)
    model, recipe = Small(3, "scores").eval(), inspector.recipe
    with torch.no_grad():
        expected = model(normalise(torch.from_numpy(picture)[None], recipe.mean, recipe.std))[0]
    torch.testing.assert_close(torch.from_numpy(answered(inspector, picture).logits), expected)


@pytest.mark.parametrize(
    ("request_", "words"),
    [
        (FlipRequest("pgd", 256), "grey levels"),
        (FlipRequest("pgd", -1), "grey levels"),
        (FlipRequest("fgsm", 1, 5), "no class number 5"),
        (FlipRequest("pgd", 1, steps=0), "at least one step"),
    ],
    ids=["too many levels", "too few", "no such class", "no step"],
)
def test_a_request_that_is_wrong_is_refused_with_a_sentence(request_: FlipRequest, words: str) -> None:
    with pytest.raises(UserError, match=words):
        flip(small(), image((1, 12, 12)), request_)


def test_a_model_without_gradients_is_refused_with_a_sentence() -> None:
    class Detached(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.fc = nn.Linear(144, 5)

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            return self.fc(torch.from_numpy(x.detach().numpy()).flatten(1)).detach()

    with pytest.raises(UserError, match="no gradients"):
        flip(Inspector(Detached(), own((1, 12, 12), 5)), image((1, 12, 12)), FlipRequest("fgsm", 4))


@pytest.mark.parametrize("epsilon", [None, 30])
def test_the_search_says_how_far_it_is_and_can_be_cancelled(epsilon: int | None) -> None:
    inspector, pixels, told = small(), image((1, 12, 12), seed=5), list[float]()
    flip(inspector, pixels, FlipRequest("pgd", epsilon), told.append)
    assert told == sorted(told)
    assert told[-1] == 1
    with pytest.raises(Cancelled):
        flip(inspector, pixels, FlipRequest("pgd", epsilon), abandoned=lambda: True)


@pytest.mark.parametrize("epsilon", [None, 30])
def test_of_a_large_model_one_step_is_shown_first(epsilon: int | None, monkeypatch: pytest.MonkeyPatch) -> None:
    inspector, pixels, shown = small(), image((1, 12, 12), seed=5), list[Flip]()
    flip(inspector, pixels, FlipRequest("pgd", epsilon), show=shown.append)
    assert not shown
    monkeypatch.setattr("cnnviewer.core.inspection.adversarial.flip.is_slow", lambda _: True)
    found = flip(inspector, pixels, FlipRequest("pgd", epsilon), show=shown.append)
    (coarse,) = shown
    assert_is_sound(coarse, inspector, pixels)
    assert coarse.request.attack == "fgsm"
    assert coarse.flipped
    assert found.epsilon <= coarse.epsilon
