"""The cascade re-initialises one layer after another, from the logits down, and only in a copy."""

from __future__ import annotations

import copy
import math

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from torch import nn

from cnnviewer.core.data.dataset import normalise_unit
from cnnviewer.core.errors import Cancelled, UserError
from cnnviewer.core.inspection.attribution.records import METHODS, AttributionRequest
from cnnviewer.core.inspection.attribution.trust import cascade as module
from cnnviewer.core.inspection.attribution.trust.ranks import rank_correlation
from cnnviewer.core.inspection.attribution.trust.records import Cascade, CascadeRequest
from cnnviewer.core.inspection.attribution.trust.reinitialise import reinitialise, weighted_layers
from cnnviewer.core.inspection.recorder import Recorder
from cnnviewer.core.inspection.trace import Inspector
from cnnviewer.core.models.mutes import Mute
from cnnviewer.core.models.randomness import own_randomness
from tests.core.inspection.sample_networks import Functional, InPlace, Mixed, image, own

SHAPE = (3, 8, 8)
GRADIENT = AttributionRequest("gradient", 1)


class Reversed(nn.Module):
    """Registered in another order than it runs, with a convolution that runs twice and a head that nobody reads."""

    def __init__(self) -> None:
        super().__init__()
        self.fc = nn.Linear(4 * 4 * 4, 10)
        self.unread = nn.Linear(64, 3)
        self.norm = nn.BatchNorm2d(4)
        self.twice = nn.Conv2d(4, 4, 3, padding=1)
        self.first = nn.Conv2d(3, 4, 3, padding=1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = F.relu(self.norm(self.twice(F.relu(self.first(x)))))
        x = F.max_pool2d(F.relu(self.twice(x)), 2).flatten(1)
        self.unread(x)
        return self.fc(x)


class Own(nn.Module):
    """Weights of its own, without `reset_parameters`, and one given to a function."""

    def __init__(self) -> None:
        super().__init__()
        self.kernel = nn.Parameter(torch.randn(5, 3, 3, 3) * 0.3)
        self.scale = nn.Parameter(torch.full((5, 1, 1), 2.0))
        self.zero = nn.Parameter(torch.zeros(5, 1, 1))
        self.fc = nn.Linear(5, 10)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = torch.relu(F.conv2d(x, self.kernel) * self.scale + self.zero)
        return F.linear(x.mean((2, 3)), self.fc.weight, self.fc.bias)


def inspected(model: nn.Module) -> Inspector:
    inspector = Inspector(model, own(SHAPE))
    inspector.inspect(image(SHAPE))
    return inspector


@pytest.fixture
def model() -> Reversed:
    torch.manual_seed(0)
    made = Reversed().eval()
    made.norm.running_mean.uniform_(-0.2, 0.2)
    return made


def names(found: Cascade) -> list[str]:
    return [step.layer for step in found.steps]


def test_the_layers_follow_the_way_of_the_data_back_and_a_shared_one_comes_once(model: Reversed) -> None:
    # not fc, norm, twice, first: that is how they are registered; no ReLU, pooling or unread head
    found = inspected(model).randomise(CascadeRequest(GRADIENT, (0,)))
    assert names(found) == ["fc", "twice#2", "norm", "first"]
    assert not any(step.drawn for step in found.steps)


def test_weights_without_a_way_to_begin_anew_are_drawn_and_named() -> None:
    torch.manual_seed(0)
    found = inspected(Own()).randomise(CascadeRequest(GRADIENT, (0,)))
    assert [step.drawn for step in found.steps] == [(), ("zero",), ("scale",), ("kernel",)]
    assert names(found) == ["linear", "add", "mul", "conv2d"]


@pytest.mark.filterwarnings("ignore:`torch.jit.script` is deprecated")
def test_a_scripted_part_begins_anew_in_the_copy_alone() -> None:
    torch.manual_seed(0)
    part = torch.jit.script(nn.Conv2d(4, 10, 6))
    inspector = inspected(nn.Sequential(nn.Conv2d(3, 4, 3), nn.ReLU(), part, nn.Flatten()).eval())
    before, shown = part.weight.clone(), inspector.attribute(GRADIENT).map
    found = inspector.randomise(CascadeRequest(GRADIENT, seeds=(0, 1)))
    assert [step.drawn for step in found.steps] == [("2.weight", "2.bias"), ()]
    assert (found.correlations[:, 0] == 1).all()
    assert (found.correlations[:, 1:] < 1).all()
    assert torch.equal(part.weight, before)
    assert part.weight.grad is None
    assert np.array_equal(inspector.attribute(GRADIENT).map, shown)


@pytest.mark.parametrize("method", METHODS)
def test_the_untouched_model_gives_exactly_one_and_an_edge_detector_always_does(model: Reversed, method: str) -> None:
    found = inspected(model).randomise(CascadeRequest(AttributionRequest(method, 1), (0, 1)))  # type: ignore[arg-type]
    assert found.correlations.shape == found.among.shape == found.guided.shape == (2, 5)
    for curve in (found.correlations, found.among, found.guided):
        assert (curve[:, 0] == 1.0).all()
    assert (found.edges == 1.0).all()
    assert found.edges.shape == (5,)


def test_after_each_step_the_layers_so_far_have_begun_anew_and_the_others_are_as_learned(model: Reversed) -> None:
    found = inspected(model).randomise(CascadeRequest(GRADIENT, (3,)))
    again = copy.deepcopy(model)
    recipe, pixels = own(SHAPE), image(SHAPE)
    for number, name in enumerate(["fc", "twice", "norm", "first"]):
        with own_randomness(seed=module.seed_of(3, number)):
            getattr(again, name).reset_parameters()
        x = normalise_unit(torch.from_numpy(pixels)[None], recipe.mean, recipe.std).requires_grad_()
        again(x)[0, 1].backward()
        assert x.grad is not None
        expected = x.grad[0].sum(0).numpy()
        np.testing.assert_allclose(found.maps[number + 1], expected, rtol=1e-4, atol=1e-6)
        left = rank_correlation(np.abs(found.maps[0]), np.abs(expected))
        assert found.correlations[0, number + 1] == pytest.approx(left, abs=0.01)
    assert float(again.norm.running_mean.abs().max()) == 0  # running statistics begin anew too


def test_each_seed_is_a_measurement_of_its_own_and_the_same_each_time(model: Reversed) -> None:
    inspector = inspected(model)
    both = inspector.randomise(CascadeRequest(GRADIENT, (4, 5)))
    one, other = (inspector.randomise(CascadeRequest(GRADIENT, (seed,))) for seed in (4, 5))
    np.testing.assert_array_equal(both.correlations, np.concatenate([one.correlations, other.correlations]))
    assert (one.correlations[:, 1:] != other.correlations[:, 1:]).all()
    merged = one.with_more(other)
    assert merged.request.seeds == (4, 5)
    np.testing.assert_array_equal(merged.guided, both.guided)
    np.testing.assert_array_equal(merged.maps, both.maps)


def test_neither_the_model_nor_anybodys_random_numbers_change(model: Reversed) -> None:
    inspector = inspected(model)
    before = {name: tensor.clone() for name, tensor in model.state_dict().items()}
    gradient = inspector.attribute(GRADIENT).map
    state = torch.get_rng_state()
    inspector.randomise(CascadeRequest(GRADIENT, (0, 1)))
    assert torch.equal(torch.get_rng_state(), state)
    assert all(torch.equal(tensor, before[name]) for name, tensor in model.state_dict().items())
    np.testing.assert_array_equal(inspector.attribute(GRADIENT).map, gradient)


def test_what_is_muted_stays_muted(model: Reversed) -> None:
    inspector = Inspector(model, own(SHAPE))
    inspector.set_mutes([Mute("twice", channel, "zero") for channel in range(4)])
    found = inspector.randomise(CascadeRequest(GRADIENT, (0,)), image=image(SHAPE))
    assert not found.maps.any()  # no gradient passes a layer that is muted as a whole


def test_an_answer_that_is_known_is_not_computed_again(model: Reversed) -> None:
    inspector = inspected(model)
    known = inspector.attribute(GRADIENT)
    found = inspector.randomise(CascadeRequest(known.request, (0,), known))
    assert found.attribution is known


def test_pixels_that_equal_the_baseline_are_left_out_of_the_second_measure() -> None:
    torch.manual_seed(1)
    inspector = Inspector(Reversed().eval(), own(SHAPE))
    pixels = image(SHAPE)
    pixels[:, :6] = 0.0  # black, as the baseline: integrated gradients are 0 here whatever the weights are
    inspector.inspect(pixels)
    found = inspector.randomise(CascadeRequest(AttributionRequest("integrated-gradients", 0), (0, 1, 2)))
    assert found.zeros == pytest.approx(0.75)
    assert found.correlations[:, -1].min() > found.among[:, -1].max()
    assert found.change == ("much" if found.left.mean() < 0.5 else "partly" if found.left.mean() < 0.8 else "little")


def test_a_map_that_is_the_same_everywhere_has_no_order() -> None:
    torch.manual_seed(0)
    plain = nn.Sequential(nn.Conv2d(3, 2, 3), nn.ReLU(), nn.Flatten(), nn.Linear(72, 10))
    with torch.no_grad():
        plain[3].weight[1] = -1.0  # nothing raises this logit: Grad-CAM is empty
    found = inspected(plain).randomise(CascadeRequest(AttributionRequest("grad-cam", 1), (0,)))
    assert math.isnan(found.correlations[0, 0])
    assert found.change is None


def test_a_model_without_weights_has_no_steps() -> None:
    plain = nn.Sequential(nn.AdaptiveAvgPool2d((2, 5)), nn.Flatten(), nn.Unflatten(1, (3, 10)))
    mean = nn.Sequential(plain, nn.AvgPool1d(1), nn.Flatten())
    inspector = Inspector(nn.Sequential(mean, nn.Unflatten(1, (3, 10)), _First()), own(SHAPE))
    inspector.inspect(image(SHAPE))
    found = inspector.randomise(CascadeRequest(GRADIENT))
    assert found.steps == ()
    assert found.change is None


class _First(nn.Module):
    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x[:, 0]


def test_a_model_that_cannot_be_copied_is_refused_in_one_sentence(model: Reversed) -> None:
    inspector = inspected(model)
    model.held = (number for number in ())  # type: ignore[assignment]  # a generator
    with pytest.raises(UserError, match="cannot be copied"):
        inspector.randomise(CascadeRequest(GRADIENT))


def test_it_says_how_far_it_is_and_can_be_cancelled(model: Reversed) -> None:
    inspector = inspected(model)
    shares: list[float] = []
    inspector.randomise(CascadeRequest(AttributionRequest("occlusion", 1), (0, 1)), shares.append)
    assert shares == sorted(shares)
    assert shares[-1] == 1
    with pytest.raises(Cancelled):
        inspector.randomise(CascadeRequest(GRADIENT), abandoned=lambda: True)


def test_without_an_image_there_is_nothing_to_test(model: Reversed) -> None:
    with pytest.raises(UserError, match="Choose an image first"):
        Inspector(model, own(SHAPE)).randomise(CascadeRequest(GRADIENT))


class Deciding(nn.Module):
    """Runs another layer where the first one says so."""

    def __init__(self) -> None:
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3, padding=1)
        self.left, self.right = nn.Linear(256, 10), nn.Linear(256, 10)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = self.conv(x).flatten(1)
        return self.left(x) if float(x.sum()) > 0 else self.right(x)


def test_a_model_that_decides_by_its_numbers_may_take_another_way_when_it_is_randomised() -> None:
    torch.manual_seed(0)
    found = inspected(Deciding()).randomise(CascadeRequest(GRADIENT))
    assert names(found) in (["left", "conv"], ["right", "conv"])  # those that ran as learned
    assert np.isfinite(found.correlations).all()


class Attentive(nn.Module):
    """Attention is one operation with a layer of its own within."""

    def __init__(self) -> None:
        super().__init__()
        self.embed = nn.Conv2d(3, 8, 4, stride=4)
        self.attend = nn.MultiheadAttention(8, 2, batch_first=True)
        self.head = nn.Linear(8, 10)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        tokens = self.embed(x).flatten(2).transpose(1, 2)
        return self.head(self.attend(tokens, tokens, tokens, need_weights=False)[0].mean(1))


def test_attention_begins_anew_with_all_its_weights() -> None:
    torch.manual_seed(0)
    model = Attentive().eval()
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.add_(1.0)
    recorder = Recorder(model)
    recording = recorder.record(torch.rand(1, 3, 8, 8))
    layers = weighted_layers(model, recording, recording.output)
    assert not any(layer.step.drawn for layer in layers)
    before = {name: parameter.clone() for name, parameter in model.named_parameters()}
    learned = set(before)
    for layer in layers:
        reinitialise(model, layer)
        changed = {name for name, each in model.named_parameters() if not torch.equal(each, before[name])}
        assert changed & learned, layer.step.layer
        learned -= changed
    assert learned == set()


@pytest.mark.parametrize(
    ("network", "shape"), [(InPlace, (3, 16, 16)), (Functional, (3, 16, 16)), (Mixed, (3, 16, 16))], ids=str
)
def test_networks_as_people_write_them_can_be_randomised(network: type[nn.Module], shape: tuple[int, int, int]) -> None:
    torch.manual_seed(0)
    inspector = Inspector(network(), own(shape))
    inspector.inspect(image(shape))
    found = inspector.randomise(CascadeRequest(GRADIENT, (0,)))
    assert len(found.steps) >= 2
    assert found.correlations[0, 0] == 1
    assert np.isfinite(found.correlations).all()
