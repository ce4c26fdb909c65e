"""Weights as every usual script saves them load with the script's outputs, to the last bit."""

from __future__ import annotations

import copy
import itertools
from collections import Counter, OrderedDict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import safetensors.torch
import torch
from torch import nn

from cnnviewer.core.models.registry import from_state
from cnnviewer.core.models.weights import load_weights
from tests.core.models.own_models import own
from tests.core.models.sample_weights import refusal

Tensors = dict[str, torch.Tensor]

PREFIXES = ("module.", "_orig_mod.", "model.", "net.", "encoder.")
STACKS = [
    "",
    *PREFIXES,
    *("".join(pair) for pair in itertools.permutations(PREFIXES, 2)),
    "net.model._orig_mod.module.",
]
ENDINGS = ("pt", "pth", "ckpt", "bin", "pth.tar", "safetensors")


def _optimiser(weights: Tensors) -> dict[str, Any]:
    parameters = [nn.Parameter(value.clone()) for value in weights.values() if value.is_floating_point()]
    adam = torch.optim.Adam(parameters)
    for parameter in parameters:
        parameter.grad = torch.ones_like(parameter)
    adam.step()
    return dict(adam.state_dict())


def _other(weights: Tensors) -> Tensors:
    return {name: value + 1 for name, value in weights.items()}


WRAPPERS: dict[str, Callable[[Tensors], Any]] = {
    "bare": lambda w: w,
    "ordered": OrderedDict,
    "state_dict": lambda w: {"epoch": 3, "arch": "net", "state_dict": w, "best_acc1": 71.5},
    "model_state_dict": lambda w: {"model_state_dict": w, "optimizer_state_dict": _optimiser(w), "loss": 0.1},
    "model": lambda w: {"model": w, "optimizer": _optimiser(w), "lr_scheduler": {"milestones": Counter([3, 5])}},
    "net": lambda w: {"net": w, "acc": 93.1, "epoch": 7},
    "state": lambda w: {"state": w, "config": {"lr": 0.1, "sizes": (3, 5), "name": None, "on": True}},
    "nested": lambda w: {"checkpoint": {"model": {"state_dict": w}}, "step": 4},
    "in a list": lambda w: {"models": [w], "epoch": 1},
    "a dictionary a layer": lambda w: {
        "weights": {
            layer: {name.rpartition(".")[2]: value for name, value in w.items() if name.rpartition(".")[0] == layer}
            for layer in dict.fromkeys(name.rpartition(".")[0] for name in w)
        }
    },
    "with an average beside": lambda w: {"state_dict_ema": _other(w), "state_dict": w},
    "an average alone": lambda w: {"epoch": 2, "model_ema": w},
    "swa": lambda w: {"n_averaged": torch.tensor(5), **{f"module.{name}": value for name, value in w.items()}},
    "lightning": lambda w: {
        "epoch": 1,
        "global_step": 20,
        "pytorch-lightning_version": "2.2.0",
        "state_dict": {**{f"model.{name}": value for name, value in w.items()}, "criterion.weight": torch.ones(10)},
        "loops": {"fit_loop": {"state_dict": {}, "epoch_progress": {"total": {"ready": 2}}}},
        "callbacks": {"ModelCheckpoint{'monitor': None}": {"best_model_score": torch.tensor(0.5), "best_k_models": {}}},
        "optimizer_states": [_optimiser(w)],
        "lr_schedulers": [],
        "hparams_name": "kwargs",
        "hyper_parameters": {"lr": 0.1, "device": torch.device("cpu"), "dtype": torch.float32},
    },
    "plain values beside the tensors": lambda w: {"epoch": 3, "best": 0.5, "name": "run", "sizes": [1, 2], **w},
    "profiled": lambda w: {**w, "total_ops": torch.zeros(1, dtype=torch.float64), "conv1.total_params": torch.zeros(1)},
    "random states": lambda w: {"weights": w, "rng": torch.get_rng_state(), "python": (3, (1, 2, 3), None)},
}


@pytest.fixture(scope="module")
def net(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, nn.Module]:
    """A model with convolution, batch normalisation and a linear layer."""
    return own("plain", tmp_path_factory.mktemp("own"))


def cases() -> list[Any]:
    """Every wrapper with every ending, under a stack of prefixes each; every stack occurs, and every one bare."""
    stacks = itertools.cycle(STACKS)
    every = [(wrapper, next(stacks), ending) for wrapper in WRAPPERS for ending in ENDINGS[:-1]]
    every += [("bare", stack, ending) for stack in STACKS for ending in ("pth", "safetensors")]
    return [pytest.param(*case, id=f"{case[0]}, {case[1] or 'no prefix'}, .{case[2]}") for case in every]


@pytest.mark.parametrize(("wrapper", "stack", "ending"), cases())
def test_outputs_are_the_scripts_whatever_it_wrapped_its_weights_into(
    net: tuple[str, nn.Module], wrapper: str, stack: str, ending: str, tmp_path: Path
) -> None:
    key, model = net
    weights = {f"{stack}{name}": value.clone() for name, value in model.state_dict().items()}
    file = tmp_path / f"weights.{ending}"
    if ending == "safetensors":
        safetensors.torch.save_file(weights, file)
    else:
        torch.save(WRAPPERS[wrapper](weights), file)
    state = load_weights(file, key)
    assert state.provenance["loaded"] == len(state.tensors) == len(weights)
    images = torch.rand(4, 3, 32, 32)
    with torch.no_grad():
        assert torch.equal(from_state(state)(images), model(images))


@pytest.mark.parametrize("part", ["conv1", "bn1"])
@pytest.mark.parametrize("inserted", ["_orig_mod", "module"])
def test_a_part_that_was_compiled_or_shared_by_itself_is_found(
    net: tuple[str, nn.Module], part: str, inserted: str, tmp_path: Path
) -> None:
    key, model = net
    weights = {name.replace(f"{part}.", f"{part}.{inserted}."): value for name, value in model.state_dict().items()}
    torch.save({"state_dict": weights}, tmp_path / "w.pth")
    assert all(
        torch.equal(load_weights(tmp_path / "w.pth", key).tensors[name], value)
        for name, value in model.state_dict().items()
    )


def test_weights_without_a_name_of_the_models_are_an_error(net: tuple[str, nn.Module], tmp_path: Path) -> None:
    torch.save({"a.weight": torch.zeros(3), "b.weight": torch.zeros(3)}, tmp_path / "w.pt")
    sentence = refusal(tmp_path / "w.pt", net[0])
    assert "none of its 2 tensors" in sentence
    torch.save({"epoch": 3, "config": {"lr": 0.1}}, tmp_path / "w.pt")
    assert "holds no weights by name" in refusal(tmp_path / "w.pt", net[0])


def test_weights_of_which_some_lack_are_an_error_that_names_them(net: tuple[str, nn.Module], tmp_path: Path) -> None:
    key, model = net
    weights = {f"module.{name}": value for name, value in model.state_dict().items() if name != "fc.bias"}
    torch.save({"state_dict": weights}, tmp_path / "w.pt")
    assert "has no fc.bias" in refusal(tmp_path / "w.pt", key)


def test_tensors_that_the_model_does_not_have_are_an_error_under_any_prefix(
    net: tuple[str, nn.Module], tmp_path: Path
) -> None:
    key, model = net
    weights = {f"module.{name}": value for name, value in model.state_dict().items()}
    torch.save({"state_dict": {**weights, "module.fc2.weight": torch.zeros(3)}}, tmp_path / "w.pt")
    assert "has no fc2.weight" in refusal(tmp_path / "w.pt", key)


def test_a_file_that_refers_to_itself_a_million_times_is_read_at_once(
    net: tuple[str, nn.Module], tmp_path: Path
) -> None:
    key, model = net
    deep: Any = copy.copy(model.state_dict())
    for _ in range(30):
        deep = [deep] * 30
    torch.save({"laughs": deep, "model": model.state_dict()}, tmp_path / "w.pt")
    assert load_weights(tmp_path / "w.pt", key).provenance["loaded"] == 9


def test_which_of_several_weights_was_taken_is_known(net: tuple[str, nn.Module], tmp_path: Path) -> None:
    key, model = net
    weights = {name: value.clone() for name, value in model.state_dict().items()}
    torch.save({"model": weights, "model_ema": _other(weights), "optimizer": {}}, tmp_path / "both.pt")
    both = load_weights(tmp_path / "both.pt", key)
    assert both.provenance["prefix"] == "model."
    assert both.provenance["left"] == "model_ema."
    assert all(torch.equal(both.tensors[name], value.float()) for name, value in weights.items())
    torch.save({"model": weights, "epoch": 3}, tmp_path / "one.pt")
    assert "left" not in load_weights(tmp_path / "one.pt", key).provenance
