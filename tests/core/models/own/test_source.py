"""What a Python file defines as a model, found out without running it."""

from __future__ import annotations

from pathlib import Path

import pytest

from cnnviewer.core.errors import UserError
from cnnviewer.core.models.call import Call, parse_call
from cnnviewer.core.models.key import ModelKey
from cnnviewer.core.models.own.source import DefinedModel, defined_models

BASE = "import torch\nfrom torch import nn\nclass Base(nn.Module):\n  def forward(self, x): return self.fc(x)\n"


def defined(folder: Path, text: str, **neighbours: str) -> dict[str, DefinedModel]:
    for name, content in neighbours.items():
        path = folder / f"{name.replace('__', '/')}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    (folder / "net.py").write_text(text, encoding="utf-8")
    return {one.name: one for one in defined_models(folder / "net.py")}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (BASE + "class Net(Base): pass", {"Net", "Base"}),
        (BASE + "class Middle(Base): pass\nclass Net(Middle):\n  depth = 2", {"Net", "Base", "Middle"}),
        ("import torch.nn as tnn\nclass Net(tnn.Module): pass", {"Net"}),
        ("from torch.nn import Module as M\nclass Net(M): pass", {"Net"}),
        ("from torch import nn\nM = nn.Module\nclass Net(M): pass", {"Net"}),
        ("from torch import nn\nif True:\n  class Net(nn.Module): pass", {"Net"}),
        ("from torch import nn\ntry:\n  import timm\nexcept ImportError:\n  class Net(nn.Module): pass", {"Net"}),
        ("from torch import nn\ndef mark(c): return c\n@mark\nclass Net(nn.Module): pass", {"Net"}),
        ("from torch import nn\nclass Net(nn.Sequential): pass", {"Net"}),
        ("from torch import nn\nclass A(nn.Module):\n  def f(self, x): return x\n  forward = f", {"A"}),
        ("from torchvision.models import ResNet\nclass Net(ResNet): pass", {"Net"}),
        ("import pytorch_lightning as pl\nclass Net(pl.LightningModule): pass", {"Net"}),
        ("import typing as t\nfrom torch import nn\nT = t.TypeVar('T')\nclass N(nn.Module, t.Generic[T]): pass", {"N"}),
    ],
    ids=[
        *("inherits", "inherits twice", "alias of the module", "alias of the class", "assigned", "if", "try"),
        *("decorated", "sequential", "forward assigned", "torchvision", "lightning", "generic"),
    ],
)
def test_classes_are_offered_however_they_come_to_their_forward(text: str, names: set[str], tmp_path: Path) -> None:
    assert set(defined(tmp_path, text)) == names


@pytest.mark.parametrize(
    "text",
    [
        "class Helper: pass",
        "from torch.autograd import Function\nclass Relu(Function):\n  @staticmethod\n  def forward(ctx, x): return x",
        "from typing import TYPE_CHECKING\nfrom torch import nn\nif TYPE_CHECKING:\n  class Net(nn.Module): pass",
        "from torch import nn\nif __name__ == '__main__':\n  class Net(nn.Module): pass",
        "import pytorch_lightning as pl\nclass Data(pl.LightningDataModule): pass",
        "class A(B): pass\nclass B(A): pass",
        "from torch import nn\ndef conv3x3(a, b): return nn.Conv2d(a, b, 3)",
        "def forward(x): return x",
        "def f(): return f()",
    ],
    ids=["plain", "autograd", "type checking", "script", "data", "circle", "a layer", "function", "calls itself"],
)
def test_what_is_no_model_is_not_offered(text: str, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no class derived from"):
        defined(tmp_path, text)


@pytest.mark.parametrize(
    "text",
    [
        "def make():\n  return Base()",
        "def make():\n  m = Base()\n  m.eval()\n  return m",
        "def make() -> nn.Module:\n  return build()",
        "def make() -> 'Base': ...",
        "def make(big=False):\n  return Base() if big else other",
        "def _make(): return Base()\ndef make(): return _make()",
        "def make(): return nn.Sequential(nn.Flatten())",
        "def make():\n  class Inner(nn.Module):\n    def forward(self, x): return x\n  return Inner()",
        "make = lambda: Base()",
        "def make(): return Base().to('cpu')",
        "import torchvision\ndef make(): return torchvision.models.resnet18()",
    ],
    ids=[
        *("returns", "by name", "annotated", "annotated in quotes", "either", "through another", "sequential"),
        *("its own class", "lambda", "moved", "torchvision"),
    ],
)
def test_functions_that_return_a_model_are_offered(text: str, tmp_path: Path) -> None:
    assert defined(tmp_path, BASE + text)["make"].kind == "function"


def test_models_made_by_the_file_are_offered(tmp_path: Path) -> None:
    found = defined(tmp_path, BASE + "net = Base()\nother = nn.Sequential(nn.Flatten())\nnumber = 3\nlist_ = list()")
    assert {name: one.kind for name, one in found.items()} == {"Base": "class", "net": "model", "other": "model"}


def test_neighbours_are_read_for_what_they_define(tmp_path: Path) -> None:
    text = (
        "from blocks import Base\nfrom .more import Other as O\nimport pkg.sub as s\nfrom stars import *\n"
        "class A(Base): pass\nclass B(O): pass\nclass C(s.Deep): pass\nclass D(Star): pass\nclass E(Base.x): pass"
    )
    other = BASE.replace("Base", "Other")
    found = defined(
        tmp_path,
        text,
        blocks=BASE,
        more=other,
        pkg__sub=BASE.replace("Base", "Deep"),
        stars=BASE.replace("Base", "Star"),
    )
    assert set(found) == {"A", "B", "C", "D"}


def test_a_file_that_only_collects_offers_what_its_neighbours_define(tmp_path: Path) -> None:
    assert set(defined(tmp_path, "from blocks import Base\n__all__ = ['Base']", blocks=BASE)) == {"Base"}


def test_the_most_likely_models_of_a_file_come_first(tmp_path: Path) -> None:
    text = (
        "from torch import nn\n"
        "class Block(nn.Module):\n  def __init__(self, width): ...\n  def forward(self, x): return x\n"
        "class Part(nn.Module):\n  def forward(self, x): return x\n"
        "class Net(nn.Module):\n  def __init__(self, num_classes=10): self.a = Block(2), Part()\n"
        "  def forward(self, x): return x\n"
        "class Hidden(nn.Module): pass\n"
        "__all__ = ['Net']"
    )
    found = defined(tmp_path, text)
    assert list(found) == ["Net", "Hidden", "Part", "Block"]
    assert found["Block"] == DefinedModel("Block", "class", missing=("width",))
    assert found["Net"].optional == ("num_classes",)


@pytest.mark.parametrize("first", [b"\xef\xbb\xbf", b"# -*- coding: cp949 -*-\n# \xb0\xa1\n"], ids=["bom", "cp949"])
def test_a_file_is_read_in_its_own_encoding(first: bytes, tmp_path: Path) -> None:
    (tmp_path / "net.py").write_bytes(first + BASE.encode())
    assert [one.name for one in defined_models(tmp_path / "net.py")] == ["Base"]


@pytest.mark.parametrize(
    "call",
    [
        Call("Net"),
        Call("Net", (2, [8, 16])),
        Call("Net", (), {"depth": 2, "name": "a::b(c) d", "pair": (1, None), "on": True}),
        Call("Net", (), {"path": "x.py::Other"}),
    ],
)
@pytest.mark.parametrize("folder", ["plain", "with spaces (1)", "a::b"])
def test_a_key_is_read_as_it_was_written(call: Call, folder: str, tmp_path: Path) -> None:
    path = tmp_path / folder / "net.py"
    assert ModelKey.parse(str(ModelKey.of_file(path, call))).own_code() == (path.resolve(), call)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Net(Block, [2])", "Block is no plain value"),
        ("Net(depth=f())", r"f\(\) is no plain value"),
        ("Net(**{})", "no plain value"),
        ("Net(", "write a name"),
        ("Net().eval()", "write a name"),
        ("1", "write a name"),
    ],
)
def test_arguments_are_plain_values_or_refused(text: str, words: str) -> None:
    with pytest.raises(UserError, match=words):
        parse_call(text)
