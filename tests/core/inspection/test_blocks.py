"""Blocks of a network: which layers lie in one, what goes in and comes out."""

import torch
import torchvision
from torch import nn
from torch.nn import functional as F

from cnnviewer.core.inspection.blocks import Block, Shortcut, blocks_of, shortcuts
from cnnviewer.core.inspection.recorder import Recorder


class Residual(nn.Module):
    """Adds what it reads to what it makes of it, and ends in functions."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(count, count, 3, padding=1)
        self.conv2 = nn.Conv2d(count, count, 3, padding=1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return F.relu(self.conv2(F.relu(self.conv1(x))) + x)


class Net(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.stem = nn.Conv2d(1, 4, 3)
        self.blocks = nn.ModuleList([Residual(4), Residual(4)])
        self.head = nn.Linear(4, 3)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = self.stem(x)
        for block in self.blocks:
            x = block(x)
        return self.head(x.mean((2, 3)))


class Unequal(nn.Module):
    """Adds what two ways of different length made: none of them is a shortcut."""

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return torch.tanh(x) + torch.exp(torch.sigmoid(x))


def blocks(model: nn.Module, *shape: int) -> tuple[Block, ...]:
    return blocks_of(Recorder(model.eval()).record(torch.randn(1, *shape)).layers)


def test_a_block_ends_with_the_functions_behind_its_last_layer() -> None:
    first, second = blocks(Net(), 1, 8, 8)
    assert (first.name, second.name) == ("blocks.0", "blocks.1")
    assert first.layers == ("blocks.0.conv1", "relu", "blocks.0.conv2", "add", "relu_1")
    assert (first.inputs, first.output) == (("stem",), "relu_1")
    assert (second.inputs, second.output) == (("relu_1",), "relu_3")
    assert first.parameters == sum(weight.numel() for weight in Residual(4).parameters())


def test_the_blocks_of_resnet18_are_its_eight_basic_blocks() -> None:
    found = blocks(torchvision.models.resnet18(weights=None), 3, 32, 32)
    assert [block.name for block in found] == [f"layer{stage}.{block}" for stage in (1, 2, 3, 4) for block in (0, 1)]
    assert found[0].inputs == ("maxpool",)
    assert found[2].layers[-3:] == ("layer2.0.downsample.1", "add_2", "layer2.0.relu#2")


def test_the_shortcut_of_an_addition_is_the_way_with_fewer_layers() -> None:
    layers = Recorder(torchvision.models.resnet18(weights=None).eval()).record(torch.randn(1, 3, 32, 32)).layers
    found = shortcuts(layers)
    added = [layer.name for layer in layers if layer.kind == "add"]
    assert list(found) == added
    way = tuple(f"layer1.0.{name}" for name in ("conv1", "bn1", "relu", "conv2", "bn2"))
    assert found["add"] == Shortcut("maxpool", "layer1.0.bn2", "maxpool", way)
    assert found["add_2"] == Shortcut(
        "layer2.0.downsample.1",
        "layer2.0.bn2",
        "layer1.1.relu#2",
        tuple(name.replace("layer1.0", "layer2.0") for name in way),
        ("layer2.0.downsample.0", "layer2.0.downsample.1"),
    )
    deep = Recorder(Unequal().eval()).record(torch.randn(1, 1, 8, 8)).layers
    assert shortcuts(deep) == {}


def test_layers_that_are_concatenated_make_a_block() -> None:
    found = blocks(torchvision.models.squeezenet1_1(weights=None), 3, 64, 64)
    assert [block.name for block in found][:2] == ["features.3", "features.4"]
    assert found[0].output == "cat"


def test_a_network_that_joins_nothing_and_numbers_nothing_has_no_blocks() -> None:
    assert blocks(torchvision.models.vgg11(weights=None), 3, 32, 32) == ()
