"""Every attribution equals Captum's in float64, and the closed form where there is one."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import captum.attr
import pytest
import torch
import torch.nn.functional as F
from torch import nn

from cnnviewer.core.errors import Cancelled
from cnnviewer.core.inspection.attribution import methods
from cnnviewer.core.inspection.attribution.logits import Logits
from cnnviewer.core.inspection.naming import INPUT
from cnnviewer.core.inspection.recorder import Recorder
from cnnviewer.core.inspection.records import Architecture

CLOSE = {"rtol": 1e-6, "atol": 1e-9}


class Residual(nn.Module):
    """Branches that meet, a normalisation, a shared ReLU and a log-softmax at the end."""

    def __init__(self) -> None:
        super().__init__()
        self.conv1, self.conv2 = nn.Conv2d(3, 4, 3, padding=1), nn.Conv2d(4, 4, 3, padding=1)
        self.norm, self.fc = nn.BatchNorm2d(4), nn.Linear(4 * 5 * 5, 6)

    def scores(self, x: torch.Tensor) -> torch.Tensor:
        first = F.relu(self.norm(self.conv1(x)))
        return self.fc(F.max_pool2d(F.relu(self.conv2(first) + first), 2).flatten(1))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return F.log_softmax(self.scores(x), 1)


class Scores(nn.Module):
    """What Captum reads: the logits of a model that ends in a log-softmax."""

    def __init__(self, model: Residual) -> None:
        super().__init__()
        self.model = model

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.model.scores(x)


@pytest.fixture
def model() -> Residual:
    torch.manual_seed(3)
    made = Residual().double().eval()
    made.norm.running_mean.uniform_(-0.5, 0.5)
    made.norm.running_var.uniform_(0.5, 2.0)
    return made


@pytest.fixture
def image() -> torch.Tensor:
    return torch.randn((1, 3, 10, 10), dtype=torch.float64, generator=torch.Generator().manual_seed(1))


def logits_of(model: nn.Module, image: torch.Tensor) -> Logits:
    recorder = Recorder(model)
    recording = recorder.record(image)
    return Logits(recorder, Architecture("", recording.layers), recording.output)


def test_the_score_is_the_logit_and_not_the_probability(model: Residual, image: torch.Tensor) -> None:
    logits = logits_of(model, image)
    for target in range(6):
        found = logits.scores(image, logits.direction(target, None))
        torch.testing.assert_close(found[0], model.scores(image)[0, target], **CLOSE)


def test_one_class_against_another_is_the_difference_of_their_logits(model: Residual, image: torch.Tensor) -> None:
    logits = logits_of(model, image)
    both = methods.gradient(logits, image, logits.direction(2, 5))
    first, second = (methods.gradient(logits, image, logits.direction(label, None)) for label in (2, 5))
    torch.testing.assert_close(both[0], first[0] - second[0], **CLOSE)
    assert both[1] == pytest.approx(first[1] - second[1])


def test_the_gradient_is_captums(model: Residual, image: torch.Tensor) -> None:
    logits = logits_of(model, image)
    found, _ = methods.gradient(logits, image, logits.direction(4, None))
    theirs = captum.attr.Saliency(Scores(model)).attribute(image.clone(), target=4, abs=False)
    torch.testing.assert_close(found, theirs[0], **CLOSE)
    product = captum.attr.InputXGradient(Scores(model)).attribute(image.clone(), target=4)
    torch.testing.assert_close(found * image[0], product[0], **CLOSE)


@pytest.mark.parametrize("nodes", [5, 50])
def test_integrated_gradients_are_captums_with_the_same_nodes(model: Residual, image: torch.Tensor, nodes: int) -> None:
    logits, baseline = logits_of(model, image), torch.full_like(image, -0.5)
    found, score, before, used = methods.integrated_gradients(
        logits, image, baseline, logits.direction(1, None), (nodes,), nodes
    )
    theirs = captum.attr.IntegratedGradients(Scores(model)).attribute(
        image.clone(), baseline, target=1, n_steps=nodes, method="gausslegendre"
    )
    torch.testing.assert_close(found, theirs[0], **CLOSE)
    assert used == nodes
    assert score == pytest.approx(float(model.scores(image)[0, 1].detach()))
    assert before == pytest.approx(float(model.scores(baseline)[0, 1].detach()))


def test_integrated_gradients_of_a_linear_network_are_the_weights_times_the_way(image: torch.Tensor) -> None:
    torch.manual_seed(0)
    linear = nn.Sequential(nn.Flatten(), nn.Linear(300, 4)).double().eval()
    logits, baseline = logits_of(linear, image), torch.randn_like(image)
    found, score, before, used = methods.integrated_gradients(logits, image, baseline, logits.direction(3, None))
    weight = linear[1].weight[3].detach().reshape(3, 10, 10)  # type: ignore[union-attr, index]
    torch.testing.assert_close(found, weight * (image - baseline)[0], **CLOSE)
    assert float(found.sum()) == pytest.approx(score - before)
    assert used == methods.NODES[0]


def test_more_nodes_are_taken_until_the_sum_is_right(model: Residual, image: torch.Tensor) -> None:
    logits, baseline = logits_of(model, image), -3 * image
    direction = logits.direction(0, None)
    few, score, before, _ = methods.integrated_gradients(logits, image, baseline, direction, (2,), 2)
    many, _, _, used = methods.integrated_gradients(logits, image, baseline, direction, (2,))
    allowed = max(0.01 * abs(score - before), 1e-3)
    assert abs(float(few.sum()) - (score - before)) > allowed
    assert abs(float(many.sum()) - (score - before)) <= allowed
    assert used % methods.PANEL_NODES == 0
    assert 100 <= used <= methods.MOST_NODES


def test_in_panels_integrated_gradients_are_captums_of_each_panel_together(
    model: Residual, image: torch.Tensor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(methods, "LEAST_ALLOWED", 0.0)
    monkeypatch.setattr(methods, "ALLOWED_SHARE", 1e-9)  # so that panels are halved up to the end
    logits, baseline = logits_of(model, image), -3 * image
    panels: list[tuple[float, float]] = []
    whole = methods._Way.panels

    def watched(way: methods._Way, parts: list[tuple[float, float]], *more: Any) -> Any:
        panels[:] = [each for each in panels if not any(a <= each[0] and each[1] <= b for a, b in parts)]
        inside = [part for part in parts for each in panels if each[0] <= part[0] and part[1] <= each[1]]
        panels[:] = [each for each in panels if not any(each[0] <= a and b <= each[1] for a, b in inside)] + list(parts)
        return whole(way, parts, *more)

    monkeypatch.setattr(methods._Way, "panels", watched)
    found, _, _, used = methods.integrated_gradients(logits, image, baseline, logits.direction(1, None))
    assert used == methods.MOST_NODES
    assert len(panels) == 40
    assert sorted(panels)[0][0] == 0
    assert all(a[1] == b[0] for a, b in pairwise(sorted(panels)))
    read, way = captum.attr.IntegratedGradients(Scores(model)), image - baseline
    theirs = sum(
        read.attribute(
            baseline + end * way, baseline + begin * way, target=1, n_steps=methods.PANEL_NODES, method="gausslegendre"
        )
        for begin, end in panels
    )
    torch.testing.assert_close(found, theirs[0], **CLOSE)


def test_panels_become_narrow_where_the_slope_jumps() -> None:
    """Of one ReLU the slope jumps once: what 400 nodes on the whole way miss, a quarter of them find in panels."""
    kink = nn.Sequential(nn.Flatten(), nn.Linear(1, 1), nn.ReLU(), nn.Linear(1, 2)).double().eval()
    with torch.no_grad():
        for layer, weight, bias in ((kink[1], 1.0, -0.637), (kink[3], 1.0, 0.0)):
            layer.weight.fill_(weight)  # type: ignore[union-attr, operator]
            layer.bias.fill_(bias)  # type: ignore[union-attr, operator]
    image, baseline = torch.ones(1, 1, 1, 1, dtype=torch.float64), torch.zeros(1, 1, 1, 1, dtype=torch.float64)
    logits = logits_of(kink, image)
    direction = logits.direction(0, None)
    whole, score, before, _ = methods.integrated_gradients(logits, image, baseline, direction, (50,), 50)
    panels, _, _, used = methods.integrated_gradients(logits, image, baseline, direction)
    errors = [abs(float(found.sum()) - (score - before)) for found in (whole, panels)]
    assert errors[1] < errors[0]
    assert errors[1] <= 0.01 * (score - before)
    assert used <= 110


@pytest.mark.parametrize("layer", ["conv1", "conv2", "norm", "max_pool2d"])
def test_grad_cam_is_captums(model: Residual, image: torch.Tensor, layer: str) -> None:
    logits = logits_of(model, image)
    direction = logits.direction(5, None)
    found, _, peak = methods.grad_cam(logits, image, direction, layer)
    if layer == "max_pool2d":  # a function: no module of Captum's
        assert found.shape == (10, 10)
        return
    read = captum.attr.LayerGradCam(Scores(model), getattr(model, layer))
    theirs = read.attribute(image.clone(), target=5, relu_attributions=True)
    large = captum.attr.LayerAttribution.interpolate(theirs, (10, 10), "bilinear")
    torch.testing.assert_close(found, large[0, 0].detach(), **CLOSE)
    raw = read.attribute(image.clone(), target=5)
    assert peak == pytest.approx((float(raw.max().detach()), float(raw.min().detach())))


def test_grad_cam_before_a_mean_over_the_maps_is_the_class_activation_map(image: torch.Tensor) -> None:
    # Zhou and others, 2016: with global average pooling and a linear head the gradient is the head's weight
    torch.manual_seed(0)
    conv, head = nn.Conv2d(3, 5, 3), nn.Linear(5, 4)
    model = nn.Sequential(conv, nn.AdaptiveAvgPool2d(1), nn.Flatten(), head).double().eval()
    logits = logits_of(model, image)
    found, _, _ = methods.grad_cam(logits, image, logits.direction(2, None), "0", positive=False)
    cam = (head.weight[2][:, None, None] * conv(image)[0]).sum(0) / 64
    large = F.interpolate(cam[None, None], (10, 10), mode="bilinear", align_corners=False)[0, 0]
    torch.testing.assert_close(found, large.detach(), **CLOSE)


@pytest.mark.parametrize(("patch", "stride"), [(3, 1), (4, 2), (4, 3), (10, 10), (1, 1), (3, 3)])
def test_occlusion_is_captums(model: Residual, image: torch.Tensor, patch: int, stride: int) -> None:
    logits, fill = logits_of(model, image), torch.full_like(image, 0.25)
    found, _ = methods.occlusion(logits, image, fill, logits.direction(3, None), patch, stride)
    theirs = captum.attr.Occlusion(Scores(model)).attribute(
        image, (3, patch, patch), (3, stride, stride), fill, target=3
    )
    torch.testing.assert_close(found, theirs[0, 0].double(), rtol=1e-6, atol=1e-6)  # Captum adds up in float32


@pytest.mark.parametrize("method", ["integrated_gradients", "occlusion"])
def test_what_takes_long_says_how_far_it_is_and_can_be_cancelled(
    model: Residual, image: torch.Tensor, method: str
) -> None:
    logits = logits_of(model, image)
    shares: list[float] = []
    more: tuple[object, ...] = ((50,),) if method == "integrated_gradients" else (2, 1)
    call: Callable[..., object] = getattr(methods, method)
    order = (image, torch.zeros_like(image), logits.direction(0, None))
    call(logits, *order, *more, progress=shares.append)
    assert shares == sorted(shares)
    assert shares[-1] == 1
    with pytest.raises(Cancelled):
        call(logits, *order, *more, abandoned=lambda: True)


def test_looking_for_reasons_leaves_the_model_as_it_is(model: Residual, image: torch.Tensor) -> None:
    logits = logits_of(model, image)
    before = {name: tensor.clone() for name, tensor in model.state_dict().items()}
    direction = logits.direction(0, 1)
    methods.grad_cam(logits, image, direction, "conv2")
    methods.integrated_gradients(logits, image, torch.zeros_like(image), direction, (5,))
    assert all(torch.equal(tensor, before[name]) for name, tensor in model.state_dict().items())
    assert all(parameter.grad is None for parameter in model.parameters())
    assert INPUT in logits.slopes(image, direction).gradients
