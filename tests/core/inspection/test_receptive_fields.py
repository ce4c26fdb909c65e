"""A receptive field is where PyTorch's own gradient is not zero."""

from __future__ import annotations

import time

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from torch import nn

from cnnviewer.core.inspection.receptive import highlight
from cnnviewer.core.inspection.records import Architecture, Cell, Region
from cnnviewer.core.inspection.trace import Inspector
from cnnviewer.core.models.recipe import ModelRecipe
from cnnviewer.core.models.registry import MODELS


def recipe(shape: tuple[int, int, int], classes: int = 10) -> ModelRecipe:
    return ModelRecipe("own", shape, tuple(str(i) for i in range(classes)), (0.5,) * shape[0], (0.5,) * shape[0])


def architecture_of(model: nn.Module, shape: tuple[int, int, int], classes: int = 10) -> Architecture:
    architecture = Inspector(model, recipe(shape, classes)).architecture
    assert architecture.note == ""
    return architecture


def mask(region: Region | None, shape: tuple[int, ...]) -> np.ndarray:
    """True inside the region, the padding left out."""
    inside = np.zeros(shape, bool)
    if region is not None:
        channels = list(range(shape[0])) if region.channels is None else list(region.channels)
        if len(shape) == 1:
            inside[channels] = True
            return inside
        inside[channels, max(region.top, 0) : region.bottom, max(region.left, 0) : region.right] = True
    return inside


def gradient(model: nn.Sequential, layer: int, cell: Cell, shape: tuple[int, int, int], source: int = -1) -> np.ndarray:
    """Where the cell's value in layer `layer` depends on the value of layer `source`, -1 being the input."""
    x = torch.rand((1, *shape), generator=torch.Generator().manual_seed(1))
    x = model[: source + 1](x).detach().requires_grad_()
    value = model[source + 1 : layer + 1](x)[0]
    index = tuple(slice(None) if i is None else i for i in (cell.channel, cell.row, cell.col)[: value.ndim])
    value[index].sum().backward()
    assert x.grad is not None
    return x.grad[0].numpy() != 0


def random_net(seed: int) -> tuple[nn.Sequential, tuple[int, int, int]]:
    """Windows of every geometry with positive weights: a value then depends on all of its receptive field."""
    rng = np.random.default_rng(seed)
    channels = int(rng.choice([1, 2, 4]))
    shape = (channels, int(rng.integers(18, 30)), int(rng.integers(18, 30)))
    layers: list[nn.Module] = []

    def pair(low: int, high: int) -> tuple[int, int]:
        return int(rng.integers(low, high)), int(rng.integers(low, high))

    for _ in range(int(rng.integers(2, 4))):
        if rng.random() < 0.6:
            groups = int(rng.choice([g for g in (1, 2, 4) if channels % g == 0]))
            layers.append(
                nn.Conv2d(channels, 4, pair(1, 4), pair(1, 3), pair(0, 3), pair(1, 3), groups=groups, bias=False)
            )
            channels = 4
        else:
            layers.append(nn.AvgPool2d(pair(2, 4), pair(1, 3), (1, 0), ceil_mode=bool(rng.random() < 0.5)))
        layers.append(nn.BatchNorm2d(channels) if rng.random() < 0.5 else nn.Softplus())
    layers += [nn.AdaptiveAvgPool2d((3, 2)), nn.Flatten(), nn.Linear(6 * channels, 10)]
    net = nn.Sequential(*layers).eval()
    for parameter in net.parameters():
        nn.init.uniform_(parameter, 0.5, 1.0, generator=torch.Generator().manual_seed(seed))
    return net, shape


@pytest.mark.parametrize("seed", range(40))
def test_the_gradient_fills_exactly_the_receptive_field(seed: int) -> None:
    net, shape = random_net(seed)
    architecture = architecture_of(net, shape)
    rng = np.random.default_rng(seed)
    for number in range(len(net)):
        layer = architecture.layer(str(number))
        place = [int(rng.integers(0, size)) for size in layer.shape]
        cell = Cell(layer.name, *place)
        regions = highlight(architecture, cell).regions
        for source in range(-1, number):
            name = "input" if source < 0 else str(source)
            expected = gradient(net, number, cell, shape, source)
            box = mask(regions.get(name), architecture.layer(name).shape)
            assert not (expected & ~box).any(), (layer, name)
            if not _dilated(architecture, number):
                assert expected.sum() == box.sum(), (layer, name)


def _dilated(architecture: Architecture, number: int) -> bool:
    """Dilated or widely strided windows leave holes: the region is the box around them."""
    windows = [architecture.layer(str(i)).window for i in range(number + 1)]
    return any(w and (w.dilation != (1, 1) or any(s > k for s, k in zip(w.stride, w.kernel))) for w in windows)  # noqa: B905


def test_a_pixel_of_lenets_second_convolution_sees_14_pixels_of_all_maps() -> None:
    architecture = architecture_of(MODELS["lenet"].build((1, 28, 28), 10), (1, 28, 28))
    result = highlight(architecture, Cell("conv2", 3, 1, 2))
    assert set(result.reads) == {"relu1"}
    assert result.regions["relu1"] == Region(None, 1, 2, 6, 7)
    assert result.regions["pool1"] == Region(None, 1, 2, 6, 7)
    assert result.regions["conv1"] == Region(None, 2, 4, 12, 14)
    assert result.regions["input"] == Region(None, 2, 4, 16, 18)
    assert "dropout" not in result.regions


def test_pooling_and_relu_keep_the_channel() -> None:
    architecture = architecture_of(MODELS["lenet"].build((1, 28, 28), 10), (1, 28, 28))
    result = highlight(architecture, Cell("relu1", 7, 0, 0))
    assert result.regions["conv1"] == Region((7,), 0, 0, 2, 2)


def test_a_flattened_feature_comes_from_one_pixel() -> None:
    architecture = architecture_of(MODELS["lenet"].build((1, 28, 28), 10), (1, 28, 28))
    feature = 13 * 16 + 2 * 4 + 3
    assert highlight(architecture, Cell("flatten", feature)).regions["relu2"] == Region((13,), 2, 3, 3, 4)


def test_padding_is_shown_where_it_is_read_and_followed_no_further() -> None:
    architecture = architecture_of(MODELS["simplecnn"].build((3, 32, 32), 10), (3, 32, 32))
    result = highlight(architecture, Cell("conv2", 0, 0, 15))
    assert result.regions["pool1"] == Region(None, -1, 14, 2, 17)
    assert result.regions["relu1"] == Region(None, 0, 28, 4, 32)
    assert result.regions["input"] == Region(None, -1, 27, 5, 33)


def test_a_class_depends_on_everything() -> None:
    architecture = architecture_of(MODELS["lenet"].build((1, 28, 28), 10), (1, 28, 28))
    result = highlight(architecture, Cell("probabilities", 4))
    assert set(result.regions) == {layer.name for layer in architecture.layers}
    assert mask(result.regions["input"], (1, 28, 28)).all()
    assert result.regions["flatten"].channels is None
    assert result.regions["probabilities"].channels == (4,)


def test_a_whole_map_sees_the_whole_image() -> None:
    architecture = architecture_of(MODELS["simplecnn"].build((3, 32, 32), 10), (3, 32, 32))
    result = highlight(architecture, Cell("pool2", 5))
    assert result.regions["conv2"] == Region((5,), 0, 0, 16, 16)
    assert mask(result.regions["input"], (3, 32, 32)).all()


class Branches(nn.Module):
    """A residual sum, a concatenation and a scaled copy, functionally."""

    def __init__(self) -> None:
        super().__init__()
        self.narrow = nn.Conv2d(2, 4, 1)
        self.wide = nn.Conv2d(2, 4, 5, padding=2)
        self.depthwise = nn.Conv2d(8, 8, 3, padding=1, groups=8)
        self.head = nn.Linear(8, 10)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        a, b = self.narrow(x), self.wide(x)
        both = torch.cat([a + b, a], dim=1)
        both = both * both.mean((2, 3), keepdim=True).sigmoid()
        return self.head(F.relu(self.depthwise(both)).mean((2, 3)))


def test_branches_are_followed_and_united() -> None:
    architecture = architecture_of(Branches(), (2, 12, 12))
    by_kind = {layer.kind: layer.name for layer in architecture.layers}
    added = highlight(architecture, Cell(by_kind["cat"], 1, 6, 6)).regions
    assert added["narrow"] == Region((1,), 6, 6, 7, 7)
    assert added["input"] == Region(None, 4, 4, 9, 9)
    copied = highlight(architecture, Cell(by_kind["cat"], 5, 6, 6)).regions
    assert copied["input"] == Region(None, 6, 6, 7, 7)
    assert "wide" not in copied
    scaled = highlight(architecture, Cell("depthwise", 5, 6, 6)).regions
    assert scaled[by_kind["mul"]] == Region((5,), 5, 5, 8, 8)
    assert mask(scaled["input"], (2, 12, 12)).all()  # through the global mean


class Gated(nn.Module):
    """A residual sum and a gate, of which each also reaches all maps along its other branch; then a grouped part."""

    def __init__(self) -> None:
        super().__init__()
        self.stem = nn.Conv2d(1, 8, 3)
        self.inner = nn.Conv2d(8, 8, 3, padding=1)
        self.norm = nn.BatchNorm2d(8)
        self.grouped = nn.Conv2d(8, 8, 3, padding=1, groups=4)
        self.head = nn.Linear(8, 10)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = self.stem(x)
        x = F.relu(self.norm(self.inner(x)) + x)
        x = x * x.mean((2, 3), keepdim=True).sigmoid()
        return self.head(self.grouped(x).mean((2, 3)))


def test_what_is_read_directly_leaves_out_what_arrives_along_other_branches() -> None:
    architecture = architecture_of(Gated().eval(), (1, 12, 12))
    names = {layer.kind: layer.name for layer in architecture.layers}
    place = Region((5,), 4, 6, 5, 7)
    added = highlight(architecture, Cell(names["add"], 5, 4, 6))
    assert added.reads == {"norm": place, "stem": place}
    assert added.regions["stem"] == Region(None, 3, 5, 6, 8)  # through the convolution of the other branch
    assert highlight(architecture, Cell(names["relu"], 5, 4, 6)).reads == {names["add"]: place}
    assert highlight(architecture, Cell("norm", 5, 4, 6)).reads == {"inner": place}
    assert highlight(architecture, Cell(names["mul"], 5, 4, 6)).reads[names["relu"]] == place
    assert highlight(architecture, Cell("grouped", 5, 4, 6)).reads == {names["mul"]: Region((4, 5), 3, 5, 6, 8)}


def test_an_unknown_operation_is_taken_to_read_everything() -> None:
    class Turned(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.fc = nn.Linear(2 * 36, 10)

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            return self.fc(torch.flip(x, (3,)).flatten(1))

    architecture = architecture_of(Turned(), (2, 6, 6))
    assert highlight(architecture, Cell("flip", 0, 0, 0)).regions["input"] == Region(None, 0, 0, 6, 6)


def test_a_layer_that_is_not_there_is_a_key_error() -> None:
    architecture = architecture_of(MODELS["lenet"].build((1, 28, 28), 10), (1, 28, 28))
    with pytest.raises(KeyError):
        highlight(architecture, Cell("conv9"))


def test_it_is_quick_enough_for_every_move_of_the_mouse() -> None:
    architecture = architecture_of(MODELS["lenet"].build((1, 28, 28), 10), (1, 28, 28))
    best = min(_seconds(architecture) for _ in range(20))
    assert best < 1e-3


def _seconds(architecture: Architecture) -> float:
    start = time.perf_counter()
    highlight(architecture, Cell("probabilities", 3))
    return time.perf_counter() - start
