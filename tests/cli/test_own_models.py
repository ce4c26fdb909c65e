"""The user's own model on the command line: its output stays JSON, its first run is bounded, changed code is refused."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from cnnviewer.core.models.trial import trial
from cnnviewer.core.runs.format.info import Deviation, read_info
from tests.cli.conftest import Ask

NET = """
import blocks
from torch import nn
import os, torch
print("at the top")
os.write(1, b"past Python\\n")
torch.set_default_dtype(torch.float64)
class Net(nn.Module):
    def __init__(self, num_classes, width):
        super().__init__()
        print("built")
        self.fc = nn.Linear(784, num_classes)
    def forward(self, x):
        print("forward")
        return self.fc(x.flatten(1)) * blocks.SCALE
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "net.py").write_text(NET, encoding="utf-8")
    (folder / "blocks.py").write_text("SCALE = 1.0\n", encoding="utf-8")
    return folder / "net.py"


def test_a_run_of_ones_own_model(
    ask: Ask,
    own_set: Path,
    own: Path,
    runs_dir: Path,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # standard output stays JSON, whatever the file prints
    words = f"train --trust --epochs 1 --batch-size 60 --threads 1 --dataset npz:{own_set} --name own --json --model"
    assert ask(words, f"file:{own}::Net(width=2)") == 0
    captured = capfd.readouterr()
    run = Path(json.loads(captured.out)["folder"])
    for printed in ("at the top", "past Python", "built", "forward"):
        assert printed in captured.err
    assert "net.py changes PyTorch's default number type in line 7; it was put back." in captured.err
    before = read_info(run).code
    assert set(before) == {"net.py", "blocks.py"}

    # changed code is refused by name before anything of it is run
    (own.parent / "blocks.py").write_text("SCALE = 2.0\n", encoding="utf-8")
    with monkeypatch.context() as patch:
        patch.setattr(trial, "subprocess", None)
        for words in ("resume own --epochs 2", "resume own --from-step 1 --epochs 2", "evaluate --run own"):
            assert ask(f"{words} --trust") == 2
            assert f"blocks.py changed since {run.name} was trained" in capfd.readouterr().err

    # and so is code that is no longer there
    blocks = (own.parent / "blocks.py").rename(own.parent / "away.py")
    assert ask("evaluate --run own --trust") == 2
    assert f"The code of {run.name} is no longer in {own.parent}: blocks.py." in capfd.readouterr().err
    blocks.rename(own.parent / "blocks.py")

    # unless it is wanted, and then the run says so
    assert ask("resume own --epochs 2 --trust --changed-code") == 0
    info = read_info(run)
    assert info.deviations == (Deviation("code", 2, ("blocks.py",)),)
    assert info.code["net.py"] == before["net.py"]
    assert info.code["blocks.py"] != before["blocks.py"]
    capfd.readouterr()
    assert ask("runs show own") == 0
    assert "From step 2 on with changed code (blocks.py): this run is not exact." in capfd.readouterr().out


def test_a_file_without_an_end_is_refused_with_the_line(
    own: Path, own_set: Path, ask: Ask, capfd: pytest.CaptureFixture[str]
) -> None:
    own.write_text(f"while True: pass\n{NET}", encoding="utf-8")
    words = f"train --trust --trust-seconds 0.5 --epochs 1 --json --dataset npz:{own_set} --model"
    assert ask(words, f"file:{own}::Net(width=2)") == 2
    captured = capfd.readouterr()
    assert captured.out == ""
    assert "after 0.5 seconds it is still in line 1 of net.py" in captured.err


@pytest.mark.parametrize(
    "words",
    [
        "sweep --dataset {data} --epochs 1 --seeds 1,2 --model",
        "evaluate --dataset {data} --weights {weights} --model",
        "predict {picture} --weights {weights} --model",
    ],
    ids=["sweep", "evaluate", "predict"],
)
def test_a_model_whose_building_has_no_end_is_refused_with_the_line(
    own: Path, own_set: Path, ask: Ask, capfd: pytest.CaptureFixture[str], words: str, tmp_path: Path
) -> None:
    own.write_text(NET.replace("super().__init__()", "super().__init__()\n        while True: pass"), encoding="utf-8")
    torch.save({"fc.weight": torch.zeros(10, 4)}, tmp_path / "w.pt")
    Image.fromarray(np.zeros((8, 8), np.uint8)).save(tmp_path / "p.png")
    there = words.format(data=f"npz:{own_set}", weights=tmp_path / "w.pt", picture=tmp_path / "p.png")
    assert ask(f"{there} file:{own}::Net(width=2) --trust --trust-seconds 0.5 --json") == 2
    captured = capfd.readouterr()
    assert captured.out == ""
    assert "after 0.5 seconds it is still in line" in captured.err


def test_arguments_that_are_missing_or_no_values_are_reported(
    own: Path, own_set: Path, ask: Ask, capsys: pytest.CaptureFixture[str]
) -> None:
    words = f"train --trust --dataset npz:{own_set} --model"
    assert ask(words, f"file:{own}::Net") == 2
    assert (
        "Net wants width, which this program does not know: write for example Net(width=2)" in capsys.readouterr().err
    )
    assert ask(words, f"file:{own}::Net(width=w)") == 2
    assert "w is no plain value" in capsys.readouterr().err
