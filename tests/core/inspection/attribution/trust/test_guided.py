"""Guided backpropagation equals Captum's, however a ReLU is written."""

from __future__ import annotations

import captum.attr
import pytest
import torch
import torch.nn.functional as F
from torch import nn

from cnnviewer.core.inspection.attribution import methods
from cnnviewer.core.inspection.attribution.logits import Logits
from cnnviewer.core.inspection.attribution.trust.edges import edges
from cnnviewer.core.inspection.attribution.trust.guided import guided_backpropagation
from cnnviewer.core.inspection.recorder import Recorder
from cnnviewer.core.inspection.records import Architecture

CLOSE = {"rtol": 1e-6, "atol": 1e-9}


class Branches(nn.Module):
    """A residual block; its ReLUs are modules, functions, or work in place."""

    def __init__(self, how: str) -> None:
        super().__init__()
        self.conv1, self.conv2 = nn.Conv2d(3, 5, 3, padding=1), nn.Conv2d(5, 5, 3, padding=1)
        self.fc = nn.Linear(5 * 25, 6)
        self.relus = nn.ModuleList(nn.ReLU() for _ in range(3))
        self.how = how

    def relu(self, x: torch.Tensor, number: int) -> torch.Tensor:
        if self.how == "module":
            return self.relus[number](x)
        return F.relu(x) if self.how == "function" else x.relu_()

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        first = self.relu(self.conv1(x), 0)
        both = self.relu(self.conv2(first), 1) + first
        return self.fc(F.max_pool2d(self.relu(both - 0.1, 2), 2).flatten(1))


def network(how: str) -> Branches:
    torch.manual_seed(2)
    return Branches(how).double().eval()


@pytest.fixture
def image() -> torch.Tensor:
    return torch.randn((1, 3, 10, 10), dtype=torch.float64, generator=torch.Generator().manual_seed(1))


def logits_of(model: nn.Module, image: torch.Tensor) -> Logits:
    recorder = Recorder(model)
    recording = recorder.record(image)
    return Logits(recorder, Architecture("", recording.layers), recording.output)


@pytest.mark.parametrize("how", ["module", "function", "in place"])
@pytest.mark.parametrize("target", [0, 4])
def test_it_is_captums_guided_backpropagation(image: torch.Tensor, how: str, target: int) -> None:
    theirs = captum.attr.GuidedBackprop(network("module")).attribute(image.clone().requires_grad_(), target=target)
    logits = logits_of(network(how), image)
    found, relus = guided_backpropagation(logits, image, logits.direction(target, None))
    torch.testing.assert_close(found, theirs[0].detach(), **CLOSE)
    assert relus == 3


def test_the_gradient_afterwards_is_the_gradient_again(image: torch.Tensor) -> None:
    model = network("module")
    logits = logits_of(model, image)
    direction = logits.direction(1, None)
    before, _ = methods.gradient(logits, image, direction)
    guided, _ = guided_backpropagation(logits, image, direction)
    after, _ = methods.gradient(logits, image, direction)
    assert torch.equal(before, after)
    assert not torch.allclose(before, guided)


def test_without_a_relu_it_is_the_gradient(image: torch.Tensor) -> None:
    torch.manual_seed(0)
    model = nn.Sequential(nn.Conv2d(3, 4, 3), nn.Tanh(), nn.Flatten(), nn.Linear(256, 5)).double().eval()
    logits = logits_of(model, image)
    direction = logits.direction(2, None)
    found, relus = guided_backpropagation(logits, image, direction)
    torch.testing.assert_close(found, methods.gradient(logits, image, direction)[0])
    assert relus == 0


def test_the_edge_detector_is_the_size_of_sobels_gradient() -> None:
    image = torch.rand((3, 9, 12), generator=torch.Generator().manual_seed(0))
    kernel = torch.tensor([[-1.0, 0, 1], [-2, 0, 2], [-1, 0, 1]])
    grey = F.pad(image.mean(0)[None, None], (1, 1, 1, 1), mode="replicate")
    steep = F.conv2d(grey, torch.stack([kernel, kernel.T])[:, None])[0].norm(dim=0)
    torch.testing.assert_close(torch.from_numpy(edges(image.numpy())), steep, rtol=1e-5, atol=1e-6)
