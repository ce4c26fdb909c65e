"""Six models of very different sizes at the three levels and in Backward: `python -m tests.screens --models`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from tests.screens.numbers import backward, labelled_image, largest_number, sizes_of_number
from tests.screens.state import State, Step
from tests.screens.visitor import Visitor

RESNET18: Final = """
import torch
import torchvision

def make():
    torch.manual_seed(0)
    return torchvision.models.resnet18(num_classes=10)
"""
TRANSFORMER: Final = '''
import torch
from torch import nn


class Block(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.norm1, self.norm2 = nn.LayerNorm(width), nn.LayerNorm(width)
        self.attention = nn.MultiheadAttention(width, heads, batch_first=True)
        self.mlp = nn.Sequential(nn.Linear(width, 2 * width), nn.GELU(), nn.Linear(2 * width, width))

    def forward(self, x):
        y = self.norm1(x)
        x = x + self.attention(y, y, y)[0]
        return x + self.mlp(self.norm2(x))


class ViT(nn.Module):
    """A class token and the patches of an image through two blocks of attention."""

    def __init__(self, num_classes=10):
        super().__init__()
        torch.manual_seed(0)
        self.patches = nn.Conv2d(3, 32, 8, stride=8)
        self.token = nn.Parameter(torch.randn(1, 1, 32) * 0.02)
        self.position = nn.Parameter(torch.randn(1, 17, 32) * 0.02)
        self.blocks = nn.Sequential(Block(32, 4), Block(32, 4))
        self.norm = nn.LayerNorm(32)
        self.head = nn.Linear(32, num_classes)

    def forward(self, x):
        tokens = self.patches(x).flatten(2).transpose(1, 2)
        tokens = torch.cat([self.token.expand(len(x), -1, -1), tokens], 1) + self.position
        return self.head(self.norm(self.blocks(tokens)[:, 0]))
'''
JOINS: Final = '''
import torch
from torch import nn


class Branches(nn.Module):
    def __init__(self, inside):
        super().__init__()
        self.one = nn.Conv2d(inside, 16, 1)
        self.three = nn.Conv2d(inside, 24, 3, padding=1)
        self.pool = nn.Sequential(nn.MaxPool2d(3, 1, 1), nn.Conv2d(inside, 8, 1))

    def forward(self, x):
        return torch.cat([self.one(x).relu(), self.three(x).relu(), self.pool(x).relu()], 1)


class Dense(nn.Module):
    def __init__(self, inside, growth=12):
        super().__init__()
        self.first = nn.Conv2d(inside, growth, 3, padding=1)
        self.second = nn.Conv2d(inside + growth, growth, 3, padding=1)

    def forward(self, x):
        x = torch.cat([x, self.first(x).relu()], 1)
        return torch.cat([x, self.second(x).relu()], 1)


class Joins(nn.Module):
    """Branches that are concatenated, as in GoogLeNet and DenseNet, and a convolution that is called twice."""

    def __init__(self, num_classes=10):
        super().__init__()
        torch.manual_seed(0)
        self.stem = nn.Conv2d(3, 16, 5, padding=2)
        self.inception = Branches(16)
        self.dense = Dense(48)
        self.shared = nn.Conv2d(72, 72, 3, padding=1)
        self.pool = nn.AdaptiveAvgPool2d(1)
        self.head = nn.Linear(72, num_classes)

    def forward(self, x):
        x = torch.max_pool2d(self.stem(x).relu(), 2)
        x = self.dense(self.inception(x))
        x = self.shared(x).relu()
        x = self.shared(torch.max_pool2d(x, 2)).relu()
        return self.head(self.pool(x).flatten(1))
'''
DESIGN: Final = (
    "design:conv 16 k3 p1, relu, conv 16 k3 p1, relu, maxpool 2, conv 32 k3 p1, relu, maxpool 2, dropout 0.25, "
    "flatten, linear 64, relu, dropout 0.5, linear classes"
)


@dataclass(frozen=True)
class Looked:
    """A model, and which of its layers are looked at.

    Attributes:
        name: of the model, in the names of its states.
        key: a part of its recipe's `model`.
        choose: puts it on the screen.
        layer: looked at as Layer, as Number and in Backward: it has weights.
        joins: layers that read several others, which the network is shown at.

    """

    name: str
    key: str
    choose: Callable[[Visitor], None]
    layer: str
    joins: tuple[str, ...] = ()

    def states(self) -> tuple[State, ...]:
        """The model at every level, in the order in which one leads to the next."""
        start = f"explore-{self.name}"
        return (
            State(start, self._reach),
            State(f"{start}-fit", _fit),
            *(State(f"{start}-{name}", _at(name)) for name in self.joins),
            State(f"{start}-layer", _layer(self.layer)),
            State(f"{start}-number", largest_number(self.layer), measure=sizes_of_number),
            *(State(f"{start}-number-{name}", largest_number(name), measure=sizes_of_number) for name in self.joins),
            State(f"{start}-backward", backward(self.layer)),
        )

    def _reach(self, visitor: Visitor) -> None:
        visitor.show("explore")
        _let_go(visitor)
        reach(self.key, self.layer, self.choose, visitor)
        labelled_image(visitor)
        while visitor.window.messages.sentences:
            visitor.window.messages.dismiss()


def reach(key: str, layer: str, choose: Callable[[Visitor], None], visitor: Visitor) -> None:
    """Choose a model and wait until it is on the screen, with that layer."""
    choose(visitor)
    session, view = visitor.session, visitor.find("networkView")
    visitor.until(
        lambda: (
            session.state is not None
            and key in session.state.recipe.model
            and any(each.name == layer for each in view.architecture.layers)
            and not visitor.program.jobs.busy
        ),
        f"{key} is on the screen",
    )
    visitor.settled()


def _combo(key: str) -> Callable[[Visitor], None]:
    def choose(visitor: Visitor) -> None:
        box = visitor.find("modelCombo")
        box.setCurrentIndex(box.findData(key))
        box.activated.emit(box.currentIndex())

    return choose


def _file(source: str, name: str) -> Callable[[Visitor], None]:
    def choose(visitor: Visitor) -> None:
        """Its images have three channels: those of SimpleCNN."""
        reach("simplecnn", "conv2", _combo("simplecnn"), visitor)
        path = visitor.folder / f"{name.lower()}.py"
        path.write_text(source, encoding="utf-8")
        visitor.program.presenters.own_models.run_model(path, name)

    return choose


def _design(visitor: Visitor) -> None:
    visitor.program.presenters.own_models.use_design(DESIGN)


def _let_go(visitor: Visitor) -> None:
    visitor.find("explainView").show_text_tab("numbers")
    canvas = visitor.find("networkCanvas")
    canvas.let_go()
    visitor.window.explore.show_level("network")
    visitor.sleep(0.2)


def _fit(visitor: Visitor) -> None:
    _let_go(visitor)
    visitor.find("networkCanvas").fit_all()
    visitor.sleep(0.3)


def _at(layer: str) -> Step:
    def reach(visitor: Visitor) -> None:
        _let_go(visitor)
        visitor.find("networkCanvas").show_layer(layer)
        visitor.sleep(0.3)

    return reach


def _layer(layer: str) -> Step:
    def reach(visitor: Visitor) -> None:
        visitor.find("networkView").select(layer, 1)
        visitor.window.explore.show_level("layer")
        visitor.sleep(0.3)

    return reach


LOOKED: Final = (
    Looked("lenet", "lenet", _combo("lenet"), "conv2"),
    Looked("simplecnn", "simplecnn", _combo("simplecnn"), "conv2"),
    Looked("design", "design:", _design, "conv3"),
    Looked("vit", "::ViT", _file(TRANSFORMER, "ViT"), "patches", ("add_1",)),
    Looked("joins", "::Joins", _file(JOINS, "Joins"), "inception.three", ("cat", "cat_2", "shared#2")),
    Looked("resnet32", "resnet32", _combo("resnet32"), "block2.conv1", ("add_1",)),
    Looked("resnet18", "::make", _file(RESNET18, "make"), "layer1.0.conv1", ("add",)),
    Looked("vgg16", "vgg16", _combo("vgg16"), "features.5"),
)


def states_of(wanted: Sequence[str]) -> list[State]:
    """The states of the models with one that is wanted; of all where nothing is."""
    every = [looked.states() for looked in LOOKED]
    return [
        state
        for states in every
        if not wanted or any(part in each.name for each in states for part in wanted)
        for state in states
    ]
