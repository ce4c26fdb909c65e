"""The user's file is loaded anew each time, with its own folder's neighbours, and leaves nothing under plain names."""

from __future__ import annotations

import atexit
import copy
import dataclasses
import inspect
import logging
import os
import pickle
import random
import sys
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

from cnnviewer.core.errors import UserError
from cnnviewer.core.models.own import own_file
from cnnviewer.core.models.own.namespace import digest_of
from cnnviewer.core.models.registry import spec

NET = (
    "from torch import nn\n{imports}\n"
    "class Net(nn.Module):\n"
    "    def __init__(self, num_classes=10):\n"
    "        super().__init__()\n"
    "        self.fc = nn.Linear(784, num_classes)\n"
    "        self.width = {width}\n"
    "    def forward(self, x):\n"
    "        return self.fc(x.flatten(1))\n"
)


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def built(file: Path, name: str = "Net") -> Any:
    return spec(own_file.agree(file, name)).build((1, 28, 28), 10)


def test_a_file_opened_again_is_the_edited_one_also_within_the_same_second(tmp_path: Path) -> None:
    file = write(tmp_path, "net.py", NET.format(imports="", width=1))
    stamp = file.stat().st_mtime_ns
    assert built(file).width == 1
    write(tmp_path, "net.py", NET.format(imports="", width=2))
    os.utime(file, ns=(stamp, stamp))  # of the same size and time: bytecode would be taken for its own
    assert built(file).width == 2
    assert not (tmp_path / "__pycache__").exists()


def test_a_neighbour_opened_again_is_the_edited_one(tmp_path: Path) -> None:
    file = write(tmp_path, "net.py", NET.format(imports="from blocks import WIDTH", width="WIDTH"))
    write(tmp_path, "blocks.py", "WIDTH = 1")
    first = built(file)
    write(tmp_path, "blocks.py", "WIDTH = 2")
    assert (first.width, built(file).width) == (1, 2)


def test_a_specification_that_is_kept_builds_the_file_as_it_was_opened_last(tmp_path: Path) -> None:
    file = write(tmp_path, "net.py", NET.format(imports="from blocks import WIDTH", width="WIDTH"))
    write(tmp_path, "blocks.py", "WIDTH = 1")
    kept = spec(own_file.agree(file, "Net"))
    write(tmp_path, "blocks.py", "WIDTH = 2")
    own_file.agree(file, "Net")
    model: Any = kept.build((1, 28, 28), 10)
    assert (kept.is_own, model.width) == (True, 2)


def test_each_folder_has_its_own_neighbours(tmp_path: Path) -> None:
    files = []
    for folder, width in (("a", 1), ("b", 2)):
        files.append(write(tmp_path / folder, "net.py", NET.format(imports="import blocks", width="blocks.WIDTH")))
        write(tmp_path / folder, "blocks.py", f"WIDTH = {width}")
    keys = [own_file.agree(file, "Net") for file in files]
    assert [spec(key).build((1, 28, 28), 10).width for key in keys] == [1, 2]
    assert "blocks" not in sys.modules
    assert str(tmp_path / "a") not in sys.path


@pytest.mark.parametrize(
    ("imports", "width"),
    [
        ("import blocks", "blocks.WIDTH"),
        ("import blocks as b", "b.WIDTH"),
        ("from blocks import WIDTH as w", "w"),
        ("from .blocks import WIDTH", "WIDTH"),
        ("from . import blocks", "blocks.WIDTH"),
        ("import pkg.sub", "pkg.sub.WIDTH"),
        ("import pkg.sub as s", "s.WIDTH"),
        ("from pkg import sub", "sub.WIDTH"),
        ("from pkg import *", "sub.WIDTH"),
        ("from pkg.sub import WIDTH", "WIDTH"),
        ("from bare.deep import WIDTH", "WIDTH"),
        ("import importlib\nblocks = importlib.import_module('blocks')", "blocks.WIDTH"),
        ("from importlib import import_module as i", "i('blocks').WIDTH"),
        ("import importlib.util, importlib", "importlib.import_module('pkg.sub').WIDTH"),
        ("blocks = __import__('blocks')", "blocks.WIDTH"),
        ("import sys, os\nsys.path.append(os.path.join(os.path.dirname(__file__), 'lib'))\nimport far", "far.WIDTH"),
        ("import circle", "circle.width()"),
        ("import random", "random.WIDTH"),
        ("from installed_by_nobody import WIDTH", "WIDTH"),
    ],
)
def test_neighbours_are_found_however_they_are_imported(imports: str, width: str, tmp_path: Path) -> None:
    file = write(tmp_path, "net.py", NET.format(imports=f"{imports}\nHERE = 7", width=width))
    for name in ("blocks.py", "pkg/sub.py", "bare/deep.py", "lib/far.py", "random.py", "installed_by_nobody.py"):
        write(tmp_path, name, "from torch import nn\nimport collections\nWIDTH = 7")
    write(tmp_path, "pkg/__init__.py", "from . import sub\n__all__ = ['sub']")
    write(tmp_path, "circle.py", "def width():\n    import net\n    return net.HERE")
    before = {name for name in sys.modules if not name.startswith("cnnviewer_own_")}
    assert built(file).width == 7
    brought = {name for name in sys.modules if not name.startswith("cnnviewer_own_")} - before
    assert not brought & {
        "blocks",
        "pkg",
        "pkg.sub",
        "bare",
        "bare.deep",
        "far",
        "circle",
        "net",
        "installed_by_nobody",
    }
    assert sys.modules["random"] is random


def test_a_neighbour_is_imported_late_too_and_for_every_model_again(tmp_path: Path) -> None:
    text = NET.format(imports="", width="__import__('blocks').WIDTH").replace(
        "return self.fc", "from . import late\n        return late.scale() * self.fc"
    )
    file = write(tmp_path, "net.py", text)
    write(tmp_path, "blocks.py", "WIDTH = 3")
    write(tmp_path, "late.py", "def scale():\n    import later\n    return later.SCALE")
    write(tmp_path, "later.py", "SCALE = 0.0")
    key = own_file.agree(file, "Net")
    assert set(own_file.code_of(key)) == {"net.py"}
    for _ in range(2):
        model: Any = spec(key).build((1, 28, 28), 10)
        assert model.width == 3
        assert not model(torch.ones(1, 1, 28, 28)).any()
    assert set(own_file.code_of(key)) == {"net.py", "blocks.py", "late.py", "later.py"}


@pytest.mark.parametrize(
    ("where", "imports"),
    [
        ("project/models/net.py", "from .blocks import WIDTH"),
        ("project/models/net.py", "from ..common import WIDTH"),
        ("project/models/net.py", "from project.common import WIDTH"),
        ("project/models/net.py", "from project.models.blocks import WIDTH"),
        ("loose/models/net.py", "from ..common import WIDTH"),
        ("project/models/__init__.py", "from .blocks import WIDTH"),
    ],
)
def test_a_file_inside_a_package_imports_as_its_package_does(where: str, imports: str, tmp_path: Path) -> None:
    for name in ("project", "project/models"):
        write(tmp_path, f"{name}/__init__.py", "")
    for name in ("project/common.py", "project/models/blocks.py", "loose/common.py"):
        write(tmp_path, name, "WIDTH = 5")
    assert built(write(tmp_path, where, NET.format(imports=imports, width="WIDTH"))).width == 5


def test_a_package_that_imports_its_file_itself_runs_it_once(tmp_path: Path) -> None:
    write(tmp_path, "pkg/__init__.py", "from .net import Net\nFIRST = Net")
    file = write(tmp_path, "pkg/net.py", NET.format(imports="from . import __name__ as me\nimport sys", width="5"))
    key = own_file.agree(file, "Net")
    model = spec(key).build((1, 28, 28), 10)
    package = sys.modules[type(model).__module__.rpartition(".")[0]]
    assert package.FIRST is type(model)


@pytest.mark.parametrize("name", ["torch.py", "my-net.py", "net.v2.py", "1st.py", "random.py"])
def test_any_name_of_a_file_will_do(name: str, tmp_path: Path) -> None:
    assert built(write(tmp_path, name, NET.format(imports="import torch", width="torch.tensor(2).item()"))).width == 2


def test_python_finds_the_classes_again(tmp_path: Path) -> None:
    text = NET.format(
        imports="import dataclasses\nfrom blocks import Config, Base",
        width="dataclasses.replace(Config(), width=9).width",
    ).replace("class Net(nn.Module)", "class Net(Base)")
    file = write(tmp_path, "net.py", text)
    write(
        tmp_path,
        "blocks.py",
        "from __future__ import annotations\nimport dataclasses, typing\nfrom torch import nn\n"
        "@dataclasses.dataclass\nclass Config:\n    width: typing.Optional[int] = 4\n    kind: typing.ClassVar[int] = 1\n"
        "class Base(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.config = Config()\n",
    )
    model = built(file)
    assert model.width == 9
    assert inspect.getsource(type(model)).startswith("class Net(Base)")
    assert inspect.getsource(type(model.config)).startswith("@dataclasses.dataclass")
    assert dataclasses.asdict(pickle.loads(pickle.dumps(model.config))) == {"width": 4}
    for again in (copy.deepcopy(model), pickle.loads(pickle.dumps(model))):
        assert type(again) is type(model)
        assert torch.equal(again.fc.weight, model.fc.weight)


def test_the_hash_is_of_the_content_whatever_ends_its_lines() -> None:
    assert digest_of(b"a = 1\nb = 2\n") == digest_of(b"\xef\xbb\xbfa = 1\r\nb = 2\r\n") == digest_of(b"a = 1\rb = 2\r")
    assert digest_of(b"a = 1\n") != digest_of(b"a = 2\n")


# what the file changes for everybody


CHANGES = (
    "import atexit, logging, os, random, sys, warnings, signal\nimport numpy as np\nimport torch\n"
    "torch.set_default_dtype(torch.float64)\ntorch.set_default_device('meta')\ntorch.manual_seed(3)\nrandom.random()\n"
    "np.random.rand()\ntorch.rand(1)\nos.chdir('/')\nos.environ['OWN_TEST'] = 'b'\nsys.path.insert(0, '/nowhere')\n"
    "warnings.simplefilter('ignore')\ntorch.set_num_threads(torch.get_num_threads() + 1)\n"
    "torch.set_grad_enabled(False)\nsys.setrecursionlimit(5000)\ntorch.set_float32_matmul_precision('medium')\n"
    "logging.getLogger().setLevel(1)\nlogging.getLogger().addHandler(logging.StreamHandler())\nlogging.disable(9)\n"
    "print('hello')\nsys.stdout.write('hello')\nprint(sys.argv)\nsys.stdout = None\nsys.argv = []\n"
)


def everything() -> list[Any]:
    return [
        *(torch.get_default_dtype(), torch.get_default_device(), torch.is_grad_enabled(), torch.get_num_threads()),
        *(os.getcwd(), dict(os.environ), list(sys.path), list(warnings.filters), sys.getrecursionlimit(), sys.stdout),
        *(torch.get_rng_state().tolist(), random.getstate(), np.random.get_state()[1].tolist(), sys.argv),  # type: ignore[index]
        torch.get_float32_matmul_precision(),
        *(logging.getLogger().level, list(logging.getLogger().handlers), logging.root.manager.disable),
    ]


@pytest.mark.parametrize("ends", ["", "1 / 0", "raise SystemExit"])
def test_nothing_of_the_program_is_another_one_afterwards(
    ends: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MPLBACKEND", "Agg")
    file = write(tmp_path, "net.py", NET.format(imports=CHANGES + ends, width=1))
    before = everything()
    if ends:
        with pytest.raises(UserError, match=f"in line {len(CHANGES.splitlines()) + 2}"):
            own_file.agree(file, "Net")
    else:
        own_file.agree(file, "Net")
    assert everything() == before
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err == f"hello\nhello['{file}']\n"


def test_what_a_file_wants_done_when_the_program_ends_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left_out: list[object] = []
    forget = atexit.unregister
    monkeypatch.setattr(atexit, "unregister", lambda function: (left_out.append(function), forget(function)))
    end = "import atexit, functools\natexit.register(print, 'bye')\natexit.register(functools.partial(print, 'bye'))"
    own_file.agree(write(tmp_path, "net.py", NET.format(imports=end, width=1)), "Net")
    assert left_out[0] is print
    assert len(left_out) == 2


def test_what_a_models_own_code_changes_is_put_back_too(tmp_path: Path) -> None:
    text = NET.format(imports="import torch, os", width="torch.set_default_dtype(torch.float64) or os.chdir('/')")
    before = everything()[:9]
    model = built(write(tmp_path, "net.py", text.replace("return", "torch.set_grad_enabled(True)\n        return")))
    assert everything()[:9] == before
    assert model.fc.weight.dtype == torch.float32


def test_what_a_file_draws_is_the_same_each_time(tmp_path: Path) -> None:
    file = write(tmp_path, "net.py", NET.format(imports="import torch\nNOISE = torch.rand(3)", width="NOISE"))
    assert torch.equal(built(file).width, built(file).width)


# what is built


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ("def make(): return Net()", "make"),
        ("def make(num_classes): return Net(num_classes)", "make"),
        ("def make(**options): return Net(**options)", "make"),
        ("def make(*args, **kwargs): return Net()", "make"),
        ("made = Net()", "made"),
        ("class Inner(Net): pass", "Inner"),
        ("class Deep(Net):\n    def __init__(self, depth, n=1): super().__init__()", "Deep(2, n=3)"),
        ("class Deep(Net):\n    def __init__(self, depth): super().__init__()", "Deep(depth=[2])"),
        ("class In(Net):\n    def __init__(self, in_features, image_size, num_classes): super().__init__()", "In"),
        ("import functools\nmake = functools.partial(Net, num_classes=10)", "make"),
    ],
)
def test_classes_functions_and_models_are_built(body: str, name: str, tmp_path: Path) -> None:
    model = built(write(tmp_path, "net.py", NET.format(imports="", width=1) + body), name)
    assert isinstance(model, nn.Module)
    assert model(torch.zeros(1, 1, 28, 28)).shape == (1, 10)


@pytest.mark.filterwarnings("ignore:`torch.jit.script` is deprecated")
def test_a_scripted_model_is_called_what_it_is(tmp_path: Path) -> None:
    file = write(tmp_path, "net.py", NET.format(imports="import torch", width=1) + "\nmade = torch.jit.script(Net())")
    with pytest.raises(UserError, match="is a TorchScript program"):
        built(file, "made")


def test_a_function_with_options_gets_the_number_of_classes(tmp_path: Path) -> None:
    file = write(tmp_path, "net.py", NET.format(imports="", width=1) + "def make(**options): return Net(**options)")
    assert spec(own_file.agree(file, "make")).build((1, 28, 28), 4).fc.out_features == 4


def test_models_made_by_the_file_are_copied(tmp_path: Path) -> None:
    key = own_file.agree(write(tmp_path, "net.py", NET.format(imports="", width=1) + "made = Net()"), "made")
    first, second = (spec(key).build((1, 28, 28), 10).fc.weight for _ in range(2))
    assert torch.equal(first, second)
    assert first is not second


def test_the_width_of_a_block_is_not_the_channels_of_the_images(tmp_path: Path) -> None:
    text = NET.format(imports="", width="channels").replace("num_classes=10", "num_classes=10, channels=64")
    assert built(write(tmp_path, "net.py", text)).width == 64


@pytest.mark.parametrize(
    ("body", "name", "words"),
    [
        ("class Deep(Net):\n    def __init__(self, depth, w): ...", "Deep", r"wants depth, w, .* Deep\(depth=2, w=2\)"),
        ("class Deep(Net):\n    def __init__(self, depth, w): ...", "Deep(3)", r"wants w, .* Deep\(3, w=2\)"),
        ("", "Net(depth=2)", "does not take these arguments: got an unexpected keyword argument 'depth'"),
        ("made = Net()", "made(2)", "takes no arguments"),
        ("made = 3", "made", "no model made"),
        ("class Other: pass", "Other", "not derived from"),
        ("def make(): return 3", "make", "gives no torch.nn.Module, but int"),
        ("", "Nothing", "no model Nothing"),
        ("class Bad(Net):\n    def __init__(self): raise SystemExit", "Bad", "Bad cannot be built: SystemExit"),
        ("class Bad(Net):\n    def __init__(self): 1 / 0", "Bad", r"division by zero \(line 11 of net.py\)"),
        ("class Bad(Net):\n    def forward(self, x): raise SystemExit", "Bad", "cannot read such images: SystemExit"),
        (
            "class Bad(Net):\n    def forward(self, x): return super().forward(x.double())",
            "Bad",
            "images: .* same dtype",
        ),
        ("import blocks", "Net", r"blocks.py fails when it is run, in line 2: division by zero"),
        ("import broken", "Net", r"broken.py is not Python .* line 1"),
        ("import no_such_package", "Net", "net.py needs no_such_package in line 10"),
        ("from blocks_ import Missing", "Net", "cannot import name 'Missing' from 'blocks_'"),
        ("input('?')", "Net", "in line 10: input"),
    ],
)
def test_what_cannot_be_used_gives_an_error_message_with_the_line(
    body: str, name: str, words: str, tmp_path: Path
) -> None:
    file = write(tmp_path, "net.py", NET.format(imports="", width=1) + body)
    write(tmp_path, "blocks.py", "\n1 / 0")
    write(tmp_path, "blocks_.py", "")
    write(tmp_path, "broken.py", "class")

    with pytest.raises(UserError, match=words):
        built(file, name)
