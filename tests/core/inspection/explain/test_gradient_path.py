"""The way from the loss to a weight leads along connections that the architecture has, channel by channel."""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import pairwise

import pytest
import torch
from torch import nn

from cnnviewer.core.inspection.explain.backward_records import WeightCell
from cnnviewer.core.inspection.explain.gradient_path import gradient_path
from cnnviewer.core.inspection.explain.places import MOVING, cell_at
from cnnviewer.core.inspection.receptive import highlight
from cnnviewer.core.inspection.records import Cell
from cnnviewer.core.inspection.trace import Inspector
from cnnviewer.core.models.weights import bundled
from tests.core.inspection.sample_networks import image, own

KEEPING = ("relu", "dropout", "dropout2d", "max_pool2d", "batch_norm2d", "add", "adaptive_avg_pool2d", "mul")


class Joined(nn.Module):
    """Two branches that are concatenated, a sum with a shortcut, and a convolution of one group for each channel."""

    def __init__(self) -> None:
        super().__init__()
        self.one, self.other = nn.Conv2d(3, 4, 3, padding=1), nn.Conv2d(3, 4, 1)
        self.depthwise, self.head = nn.Conv2d(8, 8, 3, padding=1, groups=8), nn.Linear(8 * 64, 10)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        both = torch.cat([self.other(x), self.one(x).relu()], 1)
        return self.head((self.depthwise(both) + both).flatten(1))


def joined() -> Inspector:
    torch.manual_seed(0)
    return Inspector(Joined(), own((3, 8, 8)))


MODELS: dict[str, Callable[[], Inspector]] = {
    name: lambda name=name: Inspector.from_state(bundled(name)) for name in ("lenet", "simplecnn", "resnet32")
} | {"concatenated": joined}


@pytest.mark.parametrize("name", MODELS)
def test_each_channel_of_the_path_is_read_by_the_one_before(name: str) -> None:
    inspector = MODELS[name]()
    inspector.inspect(image(inspector.recipe.input_shape, seed=3))
    layers, gradients = inspector.architecture.layers, inspector.backward([3]).gradients
    last = [layer.name for layer in layers if layer.name in gradients][-1]
    pairs = set()
    for layer in layers:
        for output in range(0, layer.weight_shape[0] if layer.weight_shape else 0, 3):
            path = gradient_path(layers, gradients, WeightCell(layer.name, output))
            assert path[0].layer.name == last
            assert (path[-1].layer.name, path[-1].channel) == (layer.name, output)
            pairs |= {((a.layer.name, a.channel), (b.layer.name, b.channel)) for a, b in pairwise(path)}
    for reader, (source, channel) in pairs:
        read = highlight(inspector.architecture, Cell(*reader)).reads[source].channels
        assert read is None or channel in read, (reader, source, channel)
        assert inspector.architecture.layer(reader[0]).kind not in KEEPING or reader[1] == channel
    assert len(pairs) > len(layers)


class Moving(nn.Module):
    """Maps that are split, cut, turned, doubled and put in another order."""

    def __init__(self) -> None:
        super().__init__()
        self.conv, self.head = nn.Conv2d(3, 8, 3, padding=1), nn.Linear(18 * 64, 10)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        first, second = self.conv(x).chunk(2, 1)
        one, three = first.split([1, 3], 1)
        both = torch.stack([one.expand(-1, 3, -1, -1), three.flip(1)], 2).flatten(1, 2)
        turned = second.permute(0, 2, 3, 1).transpose(1, 3)[:, 1:]
        rolled = turned.transpose(2, 3).roll(1, 1).repeat(1, 4, 1, 1)
        return self.head(torch.cat([both, rolled], 1).flatten(1))


def test_the_path_follows_the_indices_through_operations_that_only_move_values() -> None:
    torch.manual_seed(0)
    inspector = Inspector(Moving(), own((3, 8, 8)))
    inspector.inspect(image((3, 8, 8), seed=3))
    architecture, backward = inspector.architecture, inspector.backward([3])
    kinds = set()
    for output in range(8):
        path = gradient_path(architecture.layers, backward.gradients, WeightCell("conv", output), backward.moved)
        assert (path[-1].layer.name, path[-1].channel) == ("conv", output)
        for reader, source in pairwise(path):
            if reader.layer.kind not in MOVING:
                continue
            size = math.prod(reader.layer.shape[1:])
            origins = {
                inspector.explain(cell_at(place, reader.layer)).work.origin  # type: ignore[union-attr]
                for place in range(reader.channel * size, (reader.channel + 1) * size)
            }
            assert (source.layer.name, source.channel) in {(cell.layer, cell.channel) for cell in origins}
            kinds.add(reader.layer.kind)
    assert {"chunk", "split", "stack", "expand", "flip", "permute", "getitem", "transpose", "roll", "repeat"} <= kinds


def test_where_the_gradient_comes_back_along_several_branches_the_others_are_named() -> None:
    inspector = joined()
    inspector.inspect(image((3, 8, 8), seed=3))
    path = gradient_path(inspector.architecture.layers, inspector.backward([3]).gradients, WeightCell("one", 2))
    names = [(step.layer.name, step.channel) for step in path]
    assert names[-3:] == [("cat", 6), ("relu", 2), ("one", 2)]
    (fork,) = (step for step in path if step.others)
    assert fork.layer.name == "cat"
    assert {*fork.others, path[path.index(fork) - 1].layer.name} == {"depthwise", "add"}
