"""What cannot be opened safely is named, with the line of Python that saves the weights alone, and nothing is run."""

from __future__ import annotations

import argparse
import fractions
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

from cnnviewer.core.models.lenet import LeNet
from cnnviewer.core.models.weights import load_weights
from tests.core.models.sample_weights import refusal

Tensors = dict[str, torch.Tensor]


class Tuned(argparse.Namespace):
    """A script's own class."""


CASES: dict[str, tuple[Callable[[Tensors], Any], str]] = {
    "namespace": (lambda w: {"args": argparse.Namespace(lr=0.1), "model": w}, "args (argparse.Namespace)"),
    "path": (lambda w: {"state_dict": w, "config": {"root": PurePosixPath("/data")}}, "config.root (pathlib.PurePo"),
    "numpy scalar": (lambda w: {"model_state_dict": w, "best": np.float64(0.5)}, "best (numpy"),
    "numpy array": (lambda w: {"net": {"weights": w}, "history": [1, np.zeros(3)]}, "history.1 (numpy"),
    "set": (lambda w: {"state": w, "frozen": {"conv1", "conv2"}}, "frozen (set)"),
    "class of the script": (lambda w: {"hyper": Tuned(lr=1), "model": w}, "hyper (tests.core.models"),
    "number of a library": (lambda w: {"rate": fractions.Fraction(1, 3), "model": w}, "rate (fractions.Fraction)"),
    "beside the tensors": (lambda w: {**w, "args": argparse.Namespace(lr=0.1)}, "args (argparse.Namespace)"),
}


@pytest.mark.parametrize("old", [False, True], ids=["today's format", "format of before 1.6"])
@pytest.mark.parametrize("case", CASES)
def test_the_line_saves_what_then_opens(case: str, old: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make, words = CASES[case]
    model = LeNet((1, 28, 28), 10)
    torch.save(make(dict(model.state_dict())), tmp_path / "ckpt.pth", _use_new_zipfile_serialization=not old)
    sentence = refusal(tmp_path / "ckpt.pth", "lenet")
    assert words in sentence
    assert "could run code" in sentence
    line = sentence[sentence.index("torch.save(") : sentence.index(" in Python")]
    monkeypatch.chdir(tmp_path)
    exec(line, {"torch": torch})  # as the user does who trusts the file
    loaded = load_weights(tmp_path / "weights.pt", "lenet")
    assert all(torch.equal(loaded.tensors[name], value) for name, value in model.state_dict().items())


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (lambda m: m, 'torch.save(torch.load("m.pt", weights_only=False).state_dict(), "weights.pt")'),
        (
            lambda m: {"epoch": 3, "model": m},
            'torch.save(torch.load("m.pt", weights_only=False)["model"].state_dict(), "weights.pt")',
        ),
    ],
    ids=["the whole file", "within a dictionary"],
)
def test_a_model_that_was_saved_whole_is_saved_again_by_its_weights(
    content: Callable[[nn.Module], Any], line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = LeNet((1, 28, 28), 10)
    torch.save(content(model), tmp_path / "m.pt")
    assert line in refusal(tmp_path / "m.pt", "lenet")
    monkeypatch.chdir(tmp_path)
    exec(line, {"torch": torch})
    assert load_weights(tmp_path / "weights.pt").recipe.model == "lenet"


def test_another_pickle_protocol_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    model = LeNet((1, 28, 28), 10)
    torch.save({"model": model.state_dict()}, tmp_path / "w.pt", pickle_protocol=4)
    sentence = refusal(tmp_path / "w.pt")
    assert "a pickle of another protocol" in sentence
    monkeypatch.chdir(tmp_path)
    exec(sentence[sentence.index("torch.save(") : sentence.index(" in Python")], {"torch": torch})
    assert load_weights(tmp_path / "weights.pt").recipe.model == "lenet"


def test_untrusted_keys_cannot_put_code_into_the_line(tmp_path: Path) -> None:
    harm = '"]); import os; os.system("echo harm"); ("'
    torch.save({harm: LeNet((1, 28, 28), 10).state_dict(), "args": argparse.Namespace()}, tmp_path / "w.pt")
    sentence = refusal(tmp_path / "w.pt")
    line = sentence[sentence.index("torch.save(") : sentence.index(" in Python")]
    compiled = compile(line, "line", "eval")  # one expression
    assert "os" not in compiled.co_names


def test_a_pickle_that_refers_to_itself_a_million_times_is_refused_at_once(tmp_path: Path) -> None:
    deep: Any = [argparse.Namespace()]
    for _ in range(30):
        deep = [deep] * 30
    torch.save({"laughs": deep, "model": LeNet((1, 28, 28), 10).state_dict()}, tmp_path / "w.pt")
    assert "argparse.Namespace" in refusal(tmp_path / "w.pt")
